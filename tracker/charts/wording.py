"""Numbers and dates as a reader sees them, the same in charts, page and Markdown."""

from __future__ import annotations

from datetime import date

from tracker.findings.records import SideSummary
from tracker.numerals import count, number

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
VOICES = {
    "quoted": ("Q", "in quotation marks"),
    "attributed": ("A", "attributed to the speaker"),
    "spoken": ("S", "spoken"),
    "institutional": ("I", "attributed to a meeting or body"),
    "other": ("O", "somebody else"),
    "narrated": ("N", "the reporter’s words"),
    "title": ("H", "headline"),
    "heading": ("H", "heading"),
    "caption": ("C", "caption"),
    "dateline": ("D", "dateline"),
    "lead": ("N", "lead"),
    "headline": ("H", "headline"),
}


def spelled_date(iso: str) -> str:
    """Return an ISO date no more exact than it is: `16 August 2022`, `August 2022`, `2022`; "no date" when empty.

    Example:
        >>> spelled_date("2022-08-16"), spelled_date("2022-08"), spelled_date("")
        ('16 August 2022', 'August 2022', 'no date')
    """
    parts = iso.split("-")
    if not iso or not all(part.isdigit() for part in parts):
        return iso or "no date"
    month = MONTHS[int(parts[1]) - 1] if len(parts) > 1 else ""
    return " ".join([*(str(int(part)) for part in parts[2:]), *([month] if month else []), parts[0]])


def left_out(n: int, noun: str, table: str) -> str:
    """Say how many more there are and where.

    Example:
        >>> left_out(1, "theme", "themes"), left_out(1200, "word", "words")
        ('1 more theme in data/themes.csv.', '1,200 more words in data/words.csv.')
    """
    return f"{count(n, f'more {noun}')} in data/{table}.csv."


def listed(items: tuple[str, ...] | list[str], most: int = 0) -> str:
    """Join words as English does; with `most`, the rest is counted.

    Example:
        >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], most=2)
        ('a, b and c', 'a, b and 2 more')
    """
    shown = list(items)
    if most and len(shown) > most:
        shown = [*shown[:most], f"{len(shown) - most:,} more"]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1] if shown else ""


def first_day(iso: str) -> date | None:
    """Return the first day an ISO date allows; None when it is empty or no date.

    Example:
        >>> first_day("2022-08"), first_day("")
        (datetime.date(2022, 8, 1), None)
    """
    try:
        return date.fromisoformat(f"{iso}-01-01"[:10] if len(iso) == 4 else f"{iso}-01"[:10])
    except ValueError:
        return None


def side_size(side: SideSummary, counted: int | None) -> str:
    """How large a side is: its speeches and words, and how many of the words are counted where not all are.

    Example:
        >>> from tracker.findings.records import SideSummary
        >>> side_size(SideSummary("2022", 1, 1, 222, 0.4, (), (), (), (), 222.0), 69)
        '1 speech, 69 of 222 words counted'
    """
    words = count(side.tokens, "word")
    return f"{count(side.speeches, 'speech', 'speeches')}, " + (words if counted in (None, side.tokens) else f"{number(counted, 0)} of {words} counted")
