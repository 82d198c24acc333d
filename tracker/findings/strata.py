"""Strata of a comparison: events of one kind, outlet, speaker or tag against events of the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.errors import TrackerError
from tracker.findings.cases import Within
from tracker.findings.sides import Side
from tracker.measures.welch import MIN_EVENTS
from tracker.slices import FIELDS
from tracker.speech import Speech

KEYS = tuple(name for name in FIELDS if name not in ("title", "event", "id"))


@dataclass(frozen=True, slots=True)
class Strata:
    """What a comparison is made within.

    Args:
        events: The events (before, after) of every stratum that enters, in order of its value.
        told: What to say about them.
    """

    events: tuple[tuple[frozenset[str], frozenset[str]], ...]
    told: Within


def within(before: Side, after: Side, key: str) -> tuple[Side, Side, Strata]:
    """Narrow both sides to the strata that have two events with words to count on both.

    Args:
        before: The first side.
        after: The second side.
        key: `kind`, `outlet`, `speaker`, `place`, `language` or a tag.

    Returns:
        The two sides with the events that enter, and their strata. An event whose value is not known
        enters nothing; one whose reports differ in it is a stratum of its own mixture.

    Raises:
        TrackerError: Nothing has that name, or no stratum has two events on both sides.
    """
    names = _known(item.speech for side in (before, after) for item in side.speeches)
    if key not in names:
        raise TrackerError(f"no strata by `{key}`", looked_at=(f"there are: {', '.join(names)}",), hint="--within kind")
    held = [_by_value(side, key) for side in (before, after)]
    values = [v for v in sorted(held[0].keys() & held[1].keys()) if v and min(len(held[0][v]), len(held[1][v])) >= MIN_EVENTS]
    if not values:
        looked = tuple(f"{side.label}: {_counted(values_)}" for side, values_ in zip((before, after), held, strict=True))
        raise TrackerError(f"no `{key}` has two events on both sides", looked_at=looked, hint="tracker list")
    kept = [frozenset(event for value in values for event in side[value]) for side in held]
    dropped = tuple(sum(map(len, side.values())) - len(events) for side, events in zip(held, kept, strict=True))
    sides = [replace(side, speeches=tuple(i for i in side.speeches if i.speech.event_id in events)) for side, events in zip((before, after), kept, strict=True)]
    told = Within(key, tuple((v, len(held[0][v]), len(held[1][v])) for v in values), (dropped[0], dropped[1]))
    return sides[0], sides[1], Strata(tuple((frozenset(held[0][v]), frozenset(held[1][v])) for v in values), told)


def _by_value(side: Side, key: str) -> dict[str, list[str]]:
    """The events with words to count, by what their reports say; "" where they say nothing."""
    said: dict[str, set[str]] = {}
    for item in side.speeches:
        said.setdefault(item.speech.event_id, set()).add(_value(item.speech, key))
    groups: dict[str, list[str]] = {}
    for event, (_, tokens) in side.rows("").items():
        if tokens:
            groups.setdefault(" + ".join(sorted(said[event] - {""})), []).append(event)
    return groups


def _value(speech: Speech, key: str) -> str:
    return str(getattr(speech, key)) if key in KEYS else speech.tags.get(key, "")


def _known(speeches: Iterable[Speech]) -> list[str]:
    return [*KEYS, *sorted({tag for speech in speeches for tag in speech.tags} - set(KEYS))]


def _counted(groups: dict[str, list[str]], most: int = 6) -> str:
    shown = [f"{value or 'not known'} {len(groups[value]):,}" for value in sorted(groups, key=lambda v: (-len(groups[v]), v))]
    return ", ".join(shown[:most]) + (f" and {len(shown) - most:,} more" if len(shown) > most else "") or "no event with words to count"
