"""The events that a single event is held against: of its kind and language, of its speaker where that leaves enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from tracker.analysis import Analysed
from tracker.findings.cases import ReferenceEvents
from tracker.findings.sides import Side
from tracker.measures.stands_out import MIN_DF
from tracker.speech import Speech

ENOUGH_DF = 10
MOST_BORROWED = 200


@dataclass(frozen=True, slots=True)
class Reference:
    """The events behind the usual range of one event.

    Args:
        single: The side of the single event.
        groups: The other side's events of the same make first, then the periods of the rest of the corpus.
        same: What they share with the single event.
        periods: How the rest was cut; "" where none was needed.
    """

    single: Literal["before", "after"]
    groups: tuple[Side, ...]
    same: tuple[str, ...]
    periods: str

    @property
    def summary(self) -> ReferenceEvents:
        """How many there are and what they have in common; `when` is set by `reference_of`."""
        sizes = [_events(group) for group in self.groups]
        return ReferenceEvents(self.single, sum(sizes), sum(max(0, n - 1) for n in sizes), self.same, self.periods, "other")


def lone_side(before: Side, after: Side) -> Literal["before", "after"] | None:
    """Return the side with a single event that has words to count, the second where both have one; None where neither has, or one has none."""
    sizes = _events(before), _events(after)
    if 0 in sizes or 1 not in sizes:
        return None
    return "after" if sizes[1] == 1 else "before"


def candidates(everything: Iterable[Speech], before: Side, after: Side) -> list[Speech]:
    """Return the speeches on neither side that may lend their spread to a single event, at most a few hundred.

    Args:
        everything: The corpus.
        before: The first side.
        after: The second side.

    Returns:
        Nothing when no side is single or the other side alone has events enough; else dated speeches of the single event's kind
        and language, its speaker's first, then those nearest in time.
    """
    single = lone_side(before, after)
    if single is None:
        return []
    own, other = (before, after) if single == "before" else (after, before)
    if _events(_narrowed(other, own, speaker=True)) > ENOUGH_DF:
        return []
    kinds, languages, speakers = _makes(own)
    taken = {item.speech.event_id for side in (before, after) for item in side.speeches} | {s.event_id for side in (before, after) for s in side.later}
    alike = [s for s in everything if s.event_id not in taken and s.date.event_date and s.kind in kinds and s.language in languages]
    day = _first_day(own.speeches) or date.min
    alike.sort(key=lambda s: (s.speaker not in speakers, abs(((s.date.event_date or day) - day).days), s.id))
    return sorted(alike[:MOST_BORROWED], key=lambda s: (s.date.event_date or day, s.id))


def reference_of(before: Side, after: Side, rest: Sequence[Analysed]) -> Reference | None:
    """Return the reference of a single event; None when no side is single or too few events are like it.

    Args:
        before: The first side.
        after: The second side.
        rest: `candidates`, taken apart.
    """
    single = lone_side(before, after)
    if single is None:
        return None
    own, other = (before, after) if single == "before" else (after, before)
    for speaker in (True, False):
        first = _narrowed(other, own, speaker=speaker)
        borrowed = _narrowed(Side("", tuple(rest), lacking=own.lacking), own, speaker=speaker)
        groups, periods = _cut(borrowed, before, after) if borrowed.speeches else ((), "")
        same = ("kind", "language", "speaker") if speaker else ("kind", "language")
        found = Reference(single, (first, *groups), same, periods)
        if _events(first) and found.summary.df >= MIN_DF:
            return found
    return None


def summary_of(reference: Reference, before: Side, after: Side) -> ReferenceEvents:
    """Return the reference in numbers, with whether the ranked events are all earlier or all later than the single one."""
    own = before if reference.single == "before" else after
    ranked = reference.groups[:1] if _events(reference.groups[0]) > 1 else reference.groups
    day, days = _first_day(own.speeches), [item.speech.date.event_date for group in ranked for item in group.speeches]
    known = [d for d in days if d is not None]
    if day is None or len(known) < len(days):
        return reference.summary
    when: Literal["earlier", "later", "other"] = "earlier" if max(known) < day else "later" if min(known) > day else "other"
    return replace(reference.summary, when=when)


def _events(side: Side) -> int:
    """Events with words to count."""
    return int((side.counts("")[2] > 0).sum())


def _makes(side: Side) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    speeches = [item.speech for item in side.speeches]
    return frozenset(s.kind for s in speeches), frozenset(s.language for s in speeches), frozenset(s.speaker for s in speeches) - {""}


def _narrowed(side: Side, own: Side, *, speaker: bool) -> Side:
    """The side without events of another kind, language or (if asked for) speaker than the single event's."""
    kinds, languages, speakers = _makes(own)

    def fits(speech: Speech) -> bool:
        return speech.kind in kinds and speech.language in languages and (not speaker or speech.speaker in speakers)

    events = {item.speech.event_id for item in side.speeches if fits(item.speech)}
    return replace(side, speeches=tuple(item for item in side.speeches if item.speech.event_id in events))


def _cut(side: Side, before: Side, after: Side) -> tuple[tuple[Side, ...], str]:
    """Cut events into calendar years, or into spans as long as the longer side where every year holds one event."""
    years = _grouped(side, lambda day: day.year)
    spans = [days for s in (before, after) if (days := [d for item in s.speeches if (d := item.speech.date.event_date)])]
    length = max(((max(days) - min(days)).days + 1 for days in spans), default=1)
    if max(map(_events, years)) > 1 or not spans:
        return years, "calendar years"
    origin = min(min(days) for days in spans)
    return _grouped(side, lambda day: (day - origin).days // length), f"spans of {length} days"


def _grouped(side: Side, key: Callable[[date], int]) -> tuple[Side, ...]:
    """Split a side by its events' first days."""
    events: dict[str, list[Analysed]] = {}
    for item in side.speeches:
        events.setdefault(item.speech.event_id, []).append(item)
    groups: dict[int, list[Analysed]] = {}
    for event in sorted(events):
        groups.setdefault(key(_first_day(events[event]) or date.min), []).extend(events[event])
    return tuple(replace(side, label=str(name), speeches=tuple(groups[name])) for name in sorted(groups))


def _first_day(items: Sequence[Analysed]) -> date | None:
    return min((day for item in items if (day := item.speech.date.event_date)), default=None)
