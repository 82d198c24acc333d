"""Which days the text, its layout and its file name state; nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.errors import SourceError
from tracker.sources.blocks import BlockSpan
from tracker.sources.days import WEEKDAYS, Order, WrittenDay, day_in_name, find_days, parse_day
from tracker.sources.metadata import OFFICE, header_fields, is_first_person
from tracker.speech import Basis, DateCandidate, DateRole

HALF_A_YEAR, TWO_MONTHS = 183, 61
_WEEKDAY = re.compile(rf"(?<!last )(?<!next )(?<!every )(?<!until )(?<!since )(?<!by )\b(?:[Oo]n\s)?(?P<name>{'|'.join(WEEKDAYS)})\b(?! night’s)")
_ON = rf"(?:[Oo]n\s(?:the\s(?:morning|afternoon|evening|night)\sof\s)?)(?:(?:{'|'.join(WEEKDAYS)}),?\s)?(?:the\s)?$"
_OPENS_SENTENCE = re.compile(rf"(?:^|[.!?][\"”’]?\s)(?P<on>{_ON})")
_BEHIND_NAME = re.compile(rf"(?:{OFFICE})\s(?:[A-Z][\w’'-]+\s){{1,4}}(?P<on>{_ON})")
_DELIVERED = re.compile(r"\(?(?:[Dd]elivered|[Gg]iven|[Hh]eld|[Ss]peech|[Aa]ddress|[Rr]emarks|[Ss]tatement|[Rr]eport)\b")
_PLACE_ONLY = re.compile(r"[\W_]*(?:[A-Z][\w.’'-]*,?\s){0,5}[\W_]*")


@dataclass(frozen=True, slots=True)
class Clues:
    """What was found.

    Args:
        candidates: Days with a year, whatever their rank.
        yearless: Days and months without a year: quote, offset, basis and the day as written.
        weekday: Name, quote and offset of the weekday in the first paragraph of a report; None otherwise.
        refused: Why something that looks like a date was not taken, one clause each.
    """

    candidates: tuple[DateCandidate, ...] = ()
    yearless: tuple[tuple[Basis, WrittenDay], ...] = ()
    weekday: tuple[str, str, int] | None = None
    refused: tuple[str, ...] = ()


def find_clues(text: str, blocks: Sequence[BlockSpan], *, file_name: str = "", order: Order | None = None) -> Clues:
    """Return the days stated in header lines, title, captions, datelines, the first paragraph and the file name.

    Days deeper in the text are history and never looked at; nor is the first paragraph of a text in the first person.

    Args:
        text: The text as it was read.
        blocks: Its blocks.
        file_name: The file's name without folders and suffix; "" when there is none.
        order: How `03/04/2023` is to be read.
    """
    refused: list[str] = []
    found: list[tuple[DateRole, Basis, WrittenDay]] = []
    candidates = list(_headers(text, order, refused))
    lead = next((b for b in blocks if b.block == "body"), None)
    for block in blocks:
        if block.block in ("caption", "dateline") and not (block.block == "dateline" and any(block.start <= c.start < block.end for c in candidates)):
            role: DateRole = "event" if block.block == "caption" else "published"
            found += [(role, block.block, day) for day in _days(text, block)]
    found += _standing_alone(text, blocks)
    report = lead is not None and not is_first_person(text)
    if lead is not None and report:
        found += [("event", "text", day) for day in _lead_days(text, lead)]
    yearless: list[tuple[Basis, WrittenDay]] = []
    for role, basis, written in found:
        day = written.in_year(2000)
        if day is None:
            refused.append(f"“{written.quote}” is no day of the calendar")
        elif written.year is None:
            yearless.append((basis, written))
        elif (exact := written.in_year()) is not None:
            candidates.append(DateCandidate(role, exact, "day", basis, written.quote, written.start))
        else:
            refused.append(f"“{written.quote}” is no day of the calendar")
    if (named := day_in_name(file_name)) and (day := named.in_year()):
        candidates.append(DateCandidate("event", day, named.precision, "file name", named.quote))
    return Clues(tuple(candidates), tuple(yearless), _weekday(text, lead) if report else None, tuple(refused))


def latest_year(written: WrittenDay, published: date) -> date | None:
    """Return the day in the latest year not after the publication; None when that lies more than half a year back (it announces something)."""
    for year in range(published.year, published.year - 2, -1):
        day = written.in_year(year)
        if day is not None and day <= published:
            return day if (published - day).days <= HALF_A_YEAR else None
    return None


def _headers(text: str, order: Order | None, refused: list[str]) -> Iterator[DateCandidate]:
    for name, (value, start) in header_fields(text).items():
        if name in ("date", "published"):
            try:
                day, precision = parse_day(value, order=order)
            except SourceError as error:
                refused.append(f"the header line `{name}` was not taken: {error.message}")
            else:
                yield DateCandidate("published", day, precision, "header", value, start)


def _days(text: str, block: BlockSpan) -> list[WrittenDay]:
    """Return the days of a block with offsets into the text."""
    return [_moved(day, block.start) for day in find_days(text[block.start : block.end])]


def _moved(day: WrittenDay, by: int) -> WrittenDay:
    return WrittenDay(day.quote, day.start + by, day.month, day.day, day.year, day.precision)


def _standing_alone(text: str, blocks: Sequence[BlockSpan]) -> Iterator[tuple[DateRole, Basis, WrittenDay]]:
    """Yield the date of the lines above the text: a line that is a place and a date, `Delivered ... on DATE`, or a title that ends in one."""
    for block in blocks[:6]:
        line = text[block.start : block.end]
        if len(line) > 250 or block.block in ("caption", "dateline"):
            continue
        days = [d for d in find_days(line) if d.year]
        if len(days) != 1:
            continue
        day, before = days[0], line[: days[0].start]
        behind = line[day.start + len(day.quote) :].strip(" .)）*_")
        opens = not before.strip("—–-（( ") and behind.startswith("在")
        if opens or (_DELIVERED.match(before) and (not behind or before.lower().startswith(("delivered", "given")))):
            yield "event", "header", _moved(day, block.start)
        elif not behind and (block.block == "title" or _PLACE_ONLY.fullmatch(before)):
            yield "published", "header", _moved(day, block.start)


def _lead_days(text: str, lead: BlockSpan) -> Iterator[WrittenDay]:
    """Yield the days that date the report's first paragraph: at the opening of a sentence, or directly behind title and name."""
    paragraph = text[lead.start : lead.end]
    for day in find_days(paragraph):
        before = paragraph[: day.start]
        match = _OPENS_SENTENCE.search(before) or _BEHIND_NAME.search(before)
        if match:
            yield _moved(WrittenDay(paragraph[match.start("on") : day.start + len(day.quote)], match.start("on"), day.month, day.day, day.year), lead.start)
        elif "日" in day.quote and (not before or before.endswith(("。", "　"))):
            yield _moved(day, lead.start)


def _weekday(text: str, lead: BlockSpan | None) -> tuple[str, str, int] | None:
    match = _WEEKDAY.search(text, lead.start, lead.end) if lead else None
    return (match["name"], match.group(), match.start()) if match else None
