"""Which speeches are meant: parse `2022..2023,speaker:Obama` and choose from a corpus."""

from __future__ import annotations

import calendar
import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tracker.errors import SliceError
from tracker.speech import Listed, Speech

S = TypeVar("S", Speech, Listed)

FIELDS = ("speaker", "place", "outlet", "title", "kind", "language", "event", "id")
_WORDS_OF = ("speaker", "place", "outlet", "title")
_DATE = re.compile(r"(\d{4})(?:-(?:(\d{1,2})(?:-(\d{1,2}))?|[Qq]([1-4])))?$")
_FORMS = "a year `2022`, a month `2022-08`, a quarter `2022-Q3`, a day `2022-08-16`, a range `2022..2023`, `speaker:NAME`, `TAG:value`, `id:3fa9c1`, `latest`"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included; an open end is None.

    Args:
        label: As the user wrote it.
        start: First day or None.
        end: Last day or None.
    """

    label: str
    start: date | None
    end: date | None

    def holds(self, speech: Speech | Listed) -> bool:
        """Whether the whole of the speech's date (its day, month or year) lies inside; an undated one never does."""
        first, last = speech.date.event_date, speech.date.last_day
        if first is None or last is None:
            return False
        return (self.start is None or self.start <= first) and (self.end is None or last <= self.end)


@dataclass(frozen=True, slots=True)
class Slice:
    """A period and metadata filters that all must hold.

    Args:
        label: As the user wrote it.
        period: The span or None for any date (undated speeches too).
        filters: (field, value) pairs; a field outside FIELDS is a tag.
        latest: Whether only the newest speech is meant.
    """

    label: str
    period: Period | None = None
    filters: tuple[tuple[str, str], ...] = ()
    latest: bool = False

    @property
    def meaning(self) -> str:
        """The slice without its spelling: `2022` and `2022-01..2022-12` mean the same.

        Example:
            >>> parse_slice("2022").meaning == parse_slice("2022-Q1..2022-12-31").meaning
            True
        """
        span = f"{self.period.start or ''}..{self.period.end or ''}" if self.period else ""
        return ",".join([span, *sorted(f"{name}:{value.casefold()}" for name, value in self.filters), *(["latest"] if self.latest else [])])

    @property
    def is_latest_of_all(self) -> bool:
        """Whether the newest speech of the whole corpus is meant."""
        return self.latest and self.period is None and not self.filters

    def holds(self, speech: Speech | Listed) -> bool:
        """Whether the speech meets the period and every filter (`latest` is decided by `select`)."""
        return (self.period is None or self.period.holds(speech)) and all(_meets(speech, f, v) for f, v in self.filters)


def parse_slice(text: str) -> Slice:
    """Parse a slice.

    Raises:
        SliceError: The text is none of the known forms, or a day does not exist.

    Example:
        >>> parse_slice("2022..2023,speaker:Obama").filters
        (('speaker', 'Obama'),)
        >>> str(parse_slice("2022-Q3").period.end)
        '2022-09-30'
    """
    period: Period | None = None
    filters: list[tuple[str, str]] = []
    latest = False
    for part in (p.strip() for p in text.split(",")):
        if part == "latest":
            latest = True
        elif _looks_like_dates(part):
            if period is not None:
                raise SliceError(f"two periods in the slice `{text}`", hint=f"tracker list {_span_of(text)}")
            period = _period(part, text)
        elif re.match(r"[^:\s][^:]*:.", part):
            name, _, value = part.partition(":")
            filters.append((name.strip(), value.strip()))
        else:
            raise SliceError(f"cannot read the slice `{text}`", looked_at=(f"known forms: {_FORMS}",), hint="tracker list 2022")
    return Slice(text, period, tuple(filters), latest)


def display(label: str) -> str:
    """Return a slice as readers see it.

    Example:
        >>> display("1970..1973"), display("..2021"), display("2024..,speaker:Ada Berg")
        ('1970–1973', 'until 2021', 'from 2024, speaker Ada Berg')
    """
    parts = []
    for part in (p.strip() for p in label.split(",")):
        first, dots, last = part.partition("..")
        if _looks_like_dates(part) and dots:
            parts.append(f"{first}–{last}" if first and last else f"from {first}" if first else f"until {last}")
        else:
            parts.append(part.replace(":", " ", 1))
    return ", ".join(parts)


def is_open(label: str) -> bool:
    """Whether a slice, as readers see it, has no beginning or no end: it says `until` or `from` by itself."""
    return label.startswith(("until ", "from "))


def during(label: str) -> str:
    """Return where in a sentence something is said.

    Example:
        >>> during("2022"), during("until 1960")
        ('in 2022', 'until 1960')
    """
    return label if is_open(label) else f"in {label}"


def between(before: str, after: str) -> str:
    """Return between which two periods something changed.

    Example:
        >>> between("2022", "2023"), between("until 1960", "from 1961")
        ('between 2022 and 2023', 'between the time until 1960 and the time from 1961')
    """
    return f"between {as_noun(before)} and {as_noun(after)}"


def as_noun(label: str) -> str:
    """Return a slice, as readers see it, as a noun: `2022`, or `the time until 1960`."""
    return f"the time {label}" if is_open(label) else label


def select(speeches: Iterable[S], slice_: Slice) -> list[S]:
    """Choose the speeches of a slice in the order given.

    Raises:
        SliceError: Nothing matches; the error says what the corpus does hold.
    """
    everything = list(speeches)
    found = [s for s in everything if slice_.holds(s)]
    if slice_.latest and found:
        newest = max(found, key=lambda s: (s.date.event_date or date.min, s.id))
        found = [newest] if newest.date.event_date else []
    if not found:
        raise SliceError(f"no speech in `{slice_.label}`", looked_at=_holdings(everything), hint="tracker list" if everything else "tracker add SOURCE")
    return found


def select_pair(speeches: Sequence[Speech], before: Slice, after: Slice) -> tuple[list[Speech], list[Speech]]:
    """Choose both sides of a comparison; `..2023 latest` leaves the latest out of the first.

    Raises:
        SliceError: A side is empty, or a speech stands on both sides.
    """
    second = select(speeches, after)
    first = select(speeches, before)
    if after.latest and not before.latest:
        rest = [s for s in first if s.event_id not in {x.event_id for x in second}]
        if not rest:
            raise SliceError(
                f"`{before.label}` holds only the latest speech, which `{after.label}` already means", looked_at=_holdings(speeches), hint="tracker list"
            )
        first = rest
    shared = {s.id for s in first} & {s.id for s in second}
    if shared:
        raise SliceError(
            f"`{before.label}` and `{after.label}` overlap: {len(shared)} speech{'es' if len(shared) > 1 else ''} in both, e.g. `{min(shared)}`",
            hint=shlex.join(_apart(before, after, first, second) or ["tracker", "list", before.label]),
        )
    return first, second


def _apart(before: Slice, after: Slice, first: Sequence[Speech], second: Sequence[Speech]) -> list[str]:
    """The comparison that leaves the shared speeches to one side, where years or days can tell the rest apart; else nothing."""
    if rest := _rest(before, first, second):
        return ["tracker", "compare", rest, after.label]
    if rest := _rest(after, second, first):
        return ["tracker", "compare", before.label, rest]
    return []


def _rest(slice_: Slice, own: Sequence[Speech], others: Sequence[Speech]) -> str:
    """A slice for the speeches of one side that are not on the other; "" where no span of years or days holds them alone."""
    taken = {s.id for s in others}
    days = sorted(d for s in own if s.id not in taken and (d := s.date.event_date))
    spans = ((str(days[0].year), str(days[-1].year)), (days[0].isoformat(), days[-1].isoformat())) if days else ()
    for start, end in spans:
        label = ",".join([start if start == end else f"{start}..{end}", *(f"{name}:{value}" for name, value in slice_.filters)])
        if not any(parse_slice(label).holds(s) for s in others):
            return label
    return ""


def _span_of(text: str) -> str:
    """The range from the first to the last of the dates in a slice."""
    ends = sorted(end for part in text.split(",") if _looks_like_dates(part.strip()) for end in part.strip().split("..") if end)
    return f"{ends[0]}..{ends[-1]}"


def _looks_like_dates(part: str) -> bool:
    first, dots, last = part.partition("..")
    ends = [end for end in (first, last) if end]
    return bool(ends) and all(_DATE.match(end) for end in ends) and (bool(dots) or bool(first))


def _period(part: str, text: str) -> Period:
    first, dots, last = part.partition("..")
    start = _span(first, text)[0] if first else None
    end = _span(last or first, text)[1] if (last or not dots) else None
    if start and end and start > end:
        raise SliceError(f"the range `{part}` ends before it begins", hint=f"tracker list {last}..{first}")
    return Period(part, start, end)


def _span(text: str, whole: str) -> tuple[date, date]:
    match = _DATE.match(text)
    assert match is not None  # noqa: S101 - _looks_like_dates has matched it
    year, month, day, quarter = (int(g) if g else None for g in match.groups())
    try:
        if day:
            only = date(year or 0, month or 0, day)
            return only, only
        first, last = (3 * quarter - 2, 3 * quarter) if quarter else (month or 1, month or 12)
        return date(year or 0, first, 1), date(year or 0, last, calendar.monthrange(year or 1, last)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise SliceError(f"no such day as `{text}` in the slice `{whole}`", hint="tracker list 2022-08") from error


def _meets(speech: Speech | Listed, name: str, value: str) -> bool:
    if name == "id":
        return speech.id.startswith(value.lower())
    if name == "event":
        return speech.event_id == value
    held = str(getattr(speech, name)) if name in FIELDS else speech.tags.get(name, "")
    if name in _WORDS_OF:
        return bool(held) and f" {value.casefold()} " in f" {' '.join(held.casefold().split())} "
    return held.casefold() == value.casefold()


def _holdings(speeches: Sequence[Speech | Listed]) -> tuple[str, ...]:
    """Say what the corpus does hold, for an error."""
    days = sorted(d for s in speeches if (d := s.date.event_date))
    undated = len(speeches) - len(days)
    lines = [f"the corpus holds {len(speeches)} speech{'es' if len(speeches) != 1 else ''}"]
    if days:
        years = sorted({d.year for d in days})
        shown = ", ".join(map(str, years)) if len(years) <= 12 else f"{years[0]}..{years[-1]} ({len(years)} years)"
        lines[0] += f", from {days[0]} to {days[-1]}; years: {shown}"
    if undated:
        lines.append(f"{undated} without a date")
    speakers = sorted({s.speaker for s in speeches if s.speaker})
    if speakers:
        lines.append("speakers: " + ", ".join(speakers[:8]) + (f" and {len(speakers) - 8} more" if len(speakers) > 8 else ""))
    tags = sorted({t for s in speeches for t in s.tags})
    if tags:
        lines.append("tags: " + ", ".join(tags[:12]) + (f" and {len(tags) - 12} more" if len(tags) > 12 else ""))
    return tuple(lines)
