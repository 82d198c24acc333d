"""Speeches by calendar period, by given edges, or by what they have in common: the points of a series."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from tracker.errors import SliceError
from tracker.slices import FIELDS
from tracker.speech import Listed, Speech

S = TypeVar("S", Speech, Listed)

CALENDAR = ("year", "quarter", "month")
GIVEN = "edges"
MOST_PERIODS = 2400  # two centuries of months
_COARSER = {"year": (), "quarter": ("year",), "month": ("year",), GIVEN: ("year", "month")}


@dataclass(frozen=True, slots=True)
class Group(Generic[S]):
    """One point of a series: a period or a value, and its speeches.

    Args:
        label: `2022`, `2022-Q3`, `2022-08`, `1981-01-20..1985-01-19`, or the value.
        speeches: In order of day and id; empty for a period in which nothing is held.
        start: First day of a period; None for a value.
        end: Last day of a period; None for a value.
    """

    label: str
    speeches: tuple[S, ...]
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Series(Generic[S]):
    """All groups of a corpus in order, and what fits into none.

    Args:
        by: year, quarter, month, edges, or the field or tag.
        groups: Periods without gaps in the calendar (a period without speeches is a group without speeches); values by name.
        outside: Speeches that fit into no group: undated, dated too coarsely, before the first edge, or without the value.
    """

    by: str
    groups: tuple[Group[S], ...]
    outside: tuple[S, ...]

    @property
    def in_time(self) -> bool:
        """Whether the groups follow each other in time."""
        return self.by in (*CALENDAR, GIVEN)


def grouped(speeches: Sequence[S], by: str, *, edges: Sequence[date] = ()) -> Series[S]:
    """Put speeches into the groups of a series.

    Args:
        speeches: The speeches.
        by: `year`, `quarter`, `month`; a field (speaker, place, outlet, kind, language, title, event); or a tag.
        edges: First days of periods, in order; `by` is then not looked at, and the last period ends with the last speech.

    Raises:
        SliceError: Nothing fits into any group, the edges are not in order, or there would be more than MOST_PERIODS periods.
    """
    by = GIVEN if edges else by
    if by in (*CALENDAR, GIVEN):
        return _in_time(speeches, by, tuple(edges))
    return _by_value(speeches, by)


def _by_value(speeches: Sequence[S], by: str) -> Series[S]:
    held: dict[str, list[S]] = defaultdict(list)
    for speech in speeches:
        held[str(getattr(speech, by)) if by in FIELDS else speech.tags.get(by, "")].append(speech)
    outside = held.pop("", [])
    if not held:
        known = sorted({tag for speech in speeches for tag in speech.tags if not tag.startswith("voice:")})
        raise SliceError(
            f"no speech has a value for `{by}`",
            looked_at=(f"fields: {', '.join(FIELDS[:-1])}", f"tags: {', '.join(known[:12]) or 'none'}"),
            hint="tracker trend --by year",
        )
    return Series(by, tuple(Group(value, _ordered(held[value])) for value in sorted(held)), _ordered(outside))


def _in_time(speeches: Sequence[S], by: str, edges: tuple[date, ...]) -> Series[S]:
    dated = [s for s in speeches if s.date.event_date and s.date.precision not in _COARSER[by]]
    if not dated:
        needed = {"year": "a date", GIVEN: "a day"}.get(by, "a month")
        raise SliceError(f"no speech has {needed}, so there is no series by {by}", looked_at=(f"{len(speeches)} speeches",), hint="tracker check")
    days = sorted(day for s in dated if (day := s.date.event_date))
    spans = tuple(_between(edges, days[-1]) if edges else _calendar(by, days[0], days[-1]))
    starts = [start for _, start, _ in spans]
    held: dict[date, list[S]] = defaultdict(list)
    outside = [s for s in speeches if not (s.date.event_date and s.date.precision not in _COARSER[by])]
    place = _placer(starts)
    for speech in dated:
        start = place(speech.date.event_date) if speech.date.event_date else None
        (held[start] if start else outside).append(speech)
    return Series(by, tuple(Group(label, _ordered(held.get(start, [])), start, end) for label, start, end in spans), _ordered(outside))


def _placer(starts: Sequence[date]) -> Callable[[date], date | None]:
    """A function from a day to the start of its period; None before the first."""
    from bisect import bisect_right

    def place(day: date) -> date | None:
        at = bisect_right(starts, day)
        return starts[at - 1] if at else None

    return place


def _calendar(by: str, first: date, last: date) -> Iterator[tuple[str, date, date]]:
    """Every period from the one of `first` to the one of `last`, both included."""
    months = {"year": 12, "quarter": 3, "month": 1}[by]
    start = date(first.year, (first.month - 1) // months * months + 1, 1)
    if (last.year - start.year) * 12 // months > MOST_PERIODS:
        raise SliceError(f"more than {MOST_PERIODS} periods from {first} to {last}", hint="tracker trend --by year")
    while start <= last:
        closing = start.month + months - 1
        end = date(start.year, closing, calendar.monthrange(start.year, closing)[1])
        year = f"{start.year:04d}"
        yield {"year": year, "quarter": f"{year}-Q{(start.month + 2) // 3}", "month": f"{year}-{start.month:02d}"}[by], start, end
        start = end + timedelta(days=1)


def _between(edges: tuple[date, ...], last: date) -> Iterator[tuple[str, date, date]]:
    if list(edges) != sorted(set(edges)):
        shown = ",".join(str(edge) for edge in sorted(set(edges)))
        raise SliceError(f"the edges `{','.join(map(str, edges))}` are not in order", hint=f"tracker trend --edges {shown}")
    ends = [edge - timedelta(days=1) for edge in edges[1:]] + [max(last, edges[-1])]
    for start, end in zip(edges, ends, strict=True):
        yield f"{start}..{end}", start, end


def _ordered(speeches: Sequence[S]) -> tuple[S, ...]:
    return tuple(sorted(speeches, key=lambda s: (s.date.event_date or date.max, s.id)))
