"""Successive events that resemble each other: what their resemblance does to a shift."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tracker.findings.event_rows import Rows
from tracker.findings.sides import Side
from tracker.measures.serial import Serial, serial_shift
from tracker.measures.shift import Shift

MIN_DECIDING = 20
MIN_DIFFERENT_DAYS = 0.5


def resemblance(before: Side, after: Side, rows: tuple[Rows, Rows]) -> Serial | None:
    """Return how much successive events resemble each other, or None where their order in time is not known.

    Args:
        before: The first side.
        after: The second side.
        rows: Hits and content tokens of a theme by event, on both sides.
    """
    keys: list[list[tuple[str, str]]] = []
    for side, held in zip((before, after), rows, strict=True):
        days = side.days
        spoken = [held.events[at] for at in np.flatnonzero(held.tokens).tolist()]
        known = [event for event in spoken if event in days]
        if len(known) < len(spoken) or len({days[event] for event in known}) < MIN_DIFFERENT_DAYS * len(known):
            return None
        keys.append([(days[event], event) for event in known])
    shares: list[list[float]] = []
    for held, dated in zip(rows, keys, strict=True):
        dated.sort()
        at = [held.index[event] for _, event in dated]
        shares.append((held.hits[at] / held.tokens[at]).tolist())
    return serial_shift(*shares, places=_places(keys[0], keys[1]))


def _places(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> tuple[list[int], list[int]] | None:
    """Rank of every event among those of both sides; None where one side ends before the other begins."""
    if not before or not after or before[-1] < after[0] or after[-1] < before[0]:
        return None
    ranks = {key: rank for rank, key in enumerate(sorted({*before, *after}))}
    return [ranks[key] for key in before], [ranks[key] for key in after]


def allowed_for(measured: Shift, found: Serial | None, *, level: float) -> Shift:
    """Return the shift with the p and the interval that allow for resemblance, where both sides have enough events to tell.

    With fewer than MIN_DECIDING events on a side the allowance costs too much power to decide: there it is a caveat.

    Args:
        measured: The shift as if events were independent.
        found: What resembles; None where it is not known.
        level: Coverage of the interval.

    Source:
        Simulated with 10, 20 and 40 events a side, docs/calibration.md.
    """
    if measured.p is None or found is None or found.p is None or not found.correlated or found.p <= measured.p:
        return measured
    if min(measured.before.n, measured.after.n) < MIN_DECIDING:
        return measured
    span = found.interval(level)
    points = measured.points
    if span is not None and points.low is not None and points.high is not None:
        points = replace(points, low=min(points.low, 100 * span[0]), high=max(points.high, 100 * span[1]))
    return replace(measured, p=found.p, points=points)
