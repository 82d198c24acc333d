"""From everything that states a date to one event date and one publication date, by fixed rules, with the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from tracker.sources.blocks import BlockSpan, split_blocks
from tracker.sources.calendar_names import ENGLISH_DAYS
from tracker.sources.clues import TWO_MONTHS, Clues, find_clues, latest_year
from tracker.sources.days import Order, day_range, parse_day
from tracker.speech import Basis, DateCandidate, DateRole, DateStatus, SpokenDate

RANKS: tuple[tuple[Basis, ...], ...] = (
    ("user",),
    ("sidecar", "front matter", "table"),
    ("page metadata",),
    ("header",),
    ("caption",),
    ("dateline",),
    ("text",),
    ("file name",),
)
OUTSIDE: frozenset[Basis] = frozenset({"user", "sidecar", "front matter", "table", "page metadata"})
_NAMES = {"user": "you say", "table": "the table says", "page metadata": "the page’s metadata say"}
LOOKED_FOR = "nothing dates it: no column, front matter, date header, caption, dateline, day in the first paragraph or file name"


def stated_day(role: DateRole, value: str, basis: Basis, *, order: Order | None = None) -> DateCandidate:
    """Return the candidate that a user, a column or front matter states.

    Raises:
        SourceError: The value is not a date.

    Example:
        >>> str(stated_day("event", "2022-08", "user").day)
        '2022-08-01'
    """
    day, precision = parse_day(value, order=order)
    return DateCandidate(role, day, precision, basis, value.strip())


def resolve_date(
    text: str,
    blocks: Sequence[BlockSpan] | None = None,
    *,
    stated: Sequence[DateCandidate] = (),
    file_name: str = "",
    order: Order | None = None,
    today: date | None = None,
    refused: Sequence[str] = (),
) -> SpokenDate:
    r"""Return when the speech was given and the text published, by rule, with the evidence.

    The order is user, then sidecar, front matter and table, page metadata, header line, caption (checked against the weekday), dateline, day and
    month in the first paragraph with the latest year not after the publication, file name. A header or dateline day is the publication where the text states
    another day, and dates both where it does not; after a line `Published` alone that is inferred. Nothing that lies in the future, after the
    publication or outside the calendar is taken.

    Args:
        text: The text as it was read.
        blocks: Its blocks; split here when None.
        stated: What was stated outside the text; to correct a known date pass the new user candidate and the old ones of OUTSIDE bases.
        file_name: Name of the file without folders and suffix.
        order: How `03/04/2023` is read; None refuses it.
        today: The last day that is not in the future; None means today.
        refused: What was refused before, e.g. a column that is no date; goes into the evidence.

    Example:
        >>> found = resolve_date("date 2024-05-06 Talks\n\nOn May 4th, Premier Alva Brandt met farmers.")
        >>> found.text, found.basis, str(found.published)
        ('2024-05-04', 'text', '2024-05-06')
    """
    clues = find_clues(text, split_blocks(text) if blocks is None else blocks, file_name=file_name, order=order)
    limit = today or datetime.now(tz=UTC).date()
    candidates = [*stated, *clues.candidates]
    late = [c for c in candidates if c.day > limit]
    usable = [c for c in candidates if c.day <= limit or c.basis in OUTSIDE]
    published = _best(usable, "published")
    more, dropped = _with_years(clues, usable, published)
    notes = [*refused, *clues.refused, *dropped, *(f"{_says(c)}, which lies in the future" for c in late)]
    usable = _sorted([*usable, *more])
    return _decide(usable, published, clues, notes, late=late)


def _rank(candidate: DateCandidate) -> int:
    return next(i for i, bases in enumerate(RANKS) if candidate.basis in bases)


def _sorted(candidates: Sequence[DateCandidate]) -> list[DateCandidate]:
    return sorted(candidates, key=lambda c: (_rank(c), c.start, c.role, c.day))


def _best(candidates: Sequence[DateCandidate], role: DateRole) -> DateCandidate | None:
    return next((c for c in _sorted(candidates) if c.role == role), None)


def _with_years(clues: Clues, usable: Sequence[DateCandidate], published: DateCandidate | None) -> tuple[list[DateCandidate], list[str]]:
    """Give days without a year the latest one not after the publication (or the day in the file name); say which could not be dated."""
    anchor = published or next((c for c in usable if c.basis == "file name" and c.precision == "day"), None)
    dated: list[DateCandidate] = []
    dropped: list[str] = []
    for basis, written in clues.yearless:
        day = latest_year(written, anchor.day) if anchor and anchor.precision == "day" else None
        role: DateRole = "published" if basis == "dateline" else "event"
        if day:
            dated.append(DateCandidate(role, day, "day", basis, written.quote, written.start))
        elif anchor is None or anchor.precision != "day":
            dropped.append(f"“{written.quote}” has no year and no publication date gives it one")
        else:
            dropped.append(f"“{written.quote}” lies after the publication on {anchor.day}")
    return dated, dropped


def _decide(
    usable: Sequence[DateCandidate], published: DateCandidate | None, clues: Clues, notes: Sequence[str], *, late: Sequence[DateCandidate]
) -> SpokenDate:
    """Choose by rank, then judge the choice by what else was said."""
    published = published or _best(usable, "published")
    chosen, why = _event(usable, published, clues)
    kept = (*([chosen] if chosen else []), *(c for c in usable if c != chosen), *(c for c in late if c not in usable))
    day = published.day if published else None
    if chosen is None:
        return SpokenDate(published=day, evidence=_sentence([*notes] or [LOOKED_FOR]), candidates=kept)
    status, reason = _status(chosen, usable, published, clues)
    if chosen in late or (notes and status == "stated" and chosen.basis == "header" and any("lies after the publication" in n for n in notes)):
        status = "conflicting"
    clauses = [_says(chosen) if not reason.startswith(_says(chosen)) else "", why, reason, *notes]
    return SpokenDate(chosen.day, day, chosen.precision, chosen.basis, status, _sentence([c for c in clauses if c]), kept)


def _event(usable: Sequence[DateCandidate], published: DateCandidate | None, clues: Clues) -> tuple[DateCandidate | None, str]:
    """Return the candidate that dates the event, and a clause on how when it is not simply said."""
    for candidate in usable:
        near = published is None or candidate.basis not in ("caption", "text") or 0 <= (published.day - candidate.day).days <= TWO_MONTHS
        if candidate.role != "event" or candidate.basis == "file name" or not near:
            continue
        dated_by = next((w for _, w in clues.yearless if w.start == candidate.start), None)
        anchor = published or next((c for c in usable if c.basis == "file name"), None)
        return candidate, f"the {'year' if dated_by.month else 'month'} is taken from {_source(anchor)}" if dated_by and anchor else ""
    if published is not None:
        earlier = _weekday_before(published, clues)
        if earlier and earlier.day != published.day:
            return earlier, f"that was {earlier.day}, the last one before {_source(published)}"
        return published, "" if published.basis == "header" and published.start not in clues.publications else "no other day is stated"
    return next((c for c in usable if c.basis == "file name"), None), ""


def _weekday_before(published: DateCandidate, clues: Clues) -> DateCandidate | None:
    """Return the last such weekday not after the publication."""
    if clues.weekday is None or published.precision != "day":
        return None
    number, quote, start = clues.weekday
    back = (published.day.weekday() - number) % 7
    return DateCandidate("event", published.day - timedelta(days=back), "day", "text", quote, start)


def _status(chosen: DateCandidate, usable: Sequence[DateCandidate], published: DateCandidate | None, clues: Clues) -> tuple[DateStatus, str]:
    """Return how sure the choice is, and the clause that says why."""
    if chosen.basis == "user":
        return "stated", ""
    other = _against(chosen, usable, published)
    if other is not None:
        return "conflicting", f"but {_says(other)}"
    if chosen.role == "event" and published and published.day < chosen.day and published.precision == chosen.precision == "day":
        return "conflicting", f"but {_source(published)} is earlier"
    if clues.weekday and chosen.precision == "day" and chosen.basis in ("caption", "text") and chosen.quote != clues.weekday[1]:
        return _by_weekday(chosen, clues.weekday)
    same = next((c for c in usable if c.basis != chosen.basis and c.day == chosen.day and c.precision == chosen.precision == "day"), None)
    if same is not None:
        return "agreed", f"{_says(same)} too"
    dates_event = chosen.start not in clues.publications if chosen.basis == "header" else chosen.basis in OUTSIDE and chosen.role == "event"
    return "stated" if dates_event else "inferred", ""


def _by_weekday(chosen: DateCandidate, weekday: tuple[int, str, int]) -> tuple[DateStatus, str]:
    """Return whether the chosen day, or one of a range, was the weekday the text names."""
    number, quote, _ = weekday
    written = day_range(chosen.quote)
    if written and number != chosen.day.weekday() and number in {day.weekday() for day in written.days_from(chosen.day)}:
        return "inferred", f"{_says(chosen)} and the text says “{quote}”, which is one of those days"
    actual = ENGLISH_DAYS[chosen.day.weekday()]
    if number != chosen.day.weekday():
        return "conflicting", f"but the text says “{quote}” and that day was a {actual}"
    return "agreed", f"{_says(chosen)} and the text says “{quote}”: that day was a {actual}"


def _against(chosen: DateCandidate, usable: Sequence[DateCandidate], published: DateCandidate | None) -> DateCandidate | None:
    """Return a whole date of another source that contradicts the choice; a publication date contradicts no earlier event."""
    for other in usable:
        if other.basis in (chosen.basis, "file name", "user") or other.precision != "day" or _within(other.day, chosen):
            continue
        if other.role == "event":
            return other
        is_publication = other.basis in OUTSIDE or (published is not None and other is not published and other.day == published.day)
        from_text = chosen.basis in ("caption", "text") or (chosen.basis == "header" and chosen.role == "event")
        if not is_publication and not from_text and chosen.role == "event" and other.basis == "header":
            return other
    return None


def _within(day: date, candidate: DateCandidate) -> bool:
    """Whether a day is the candidate's day or lies in its month or year."""
    return SpokenDate(candidate.day, precision=candidate.precision).text == day.isoformat()[: {"year": 4, "month": 7, "day": 10}[candidate.precision]]


def _says(candidate: DateCandidate) -> str:
    more = ", of which the first day counts" if day_range(candidate.quote) else ""
    return f"{_NAMES.get(candidate.basis, f'the {candidate.basis} says')} “{candidate.quote}”{more}"


def _source(candidate: DateCandidate | None) -> str:
    if candidate is None:
        return ""
    what = "the publication date" if candidate.role == "published" else "the date"
    where = {"user": "you gave", "table": "in the table"}.get(candidate.basis, f"in the {candidate.basis}")
    return f"{what} “{candidate.quote}” {where}"


def _sentence(clauses: Sequence[str]) -> str:
    """Join clauses to one sentence."""
    joined = "; ".join(dict.fromkeys(clauses)).replace("; but ", ", but ").replace("; that was ", ": that was ")
    return f"{joined[:1].upper()}{joined[1:]}." if joined else ""
