"""The word a reader gets for a shift: the one place where it is chosen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.estimates import Verdict
    from tracker.measures.balance import BalanceShift
    from tracker.measures.shift import Shift
    from tracker.measures.stands_out import StandsOut


@dataclass(frozen=True, slots=True)
class Floors:
    """What a change must pass besides its q; the arguments of `judge` by the same names."""

    min_log2_ratio: float = 0.3
    min_points: float = 0.5
    same_ratio: float = 1.5


FLOORS = Floors()


def judge(
    shift: Shift,
    q: float | None,
    *,
    level: float = 0.95,
    min_log2_ratio: float = 0.3,
    min_points: float = 0.5,
    same_ratio: float = 1.5,
) -> Verdict:
    """Return the verdict on a shift, given its q within its family of tested themes.

    Args:
        shift: The shift of one theme.
        q: Benjamini-Hochberg q, 0-1; None when the theme was not tested.
        level: A shift counts when q <= 1 - level.
        min_log2_ratio: Effect floor on |log2 ratio|; a mean of 0 on one side passes it.
        min_points: Effect floor on |points|; passing either floor is enough.
        same_ratio: `about the same` when the whole interval of the ratio lies within 1/same_ratio .. same_ratio.

    Returns:
        `not testable` (a side has fewer than two events), `too rare`, `rose`, `fell`, `about the same` or `cannot tell`,
        the first that holds. `cannot tell` never means no change.

    Example:
        >>> from tracker.measures.shift import shift
        >>> judge(shift([1, 2, 3, 2], [100] * 4, [6, 8, 7, 9], [100] * 4), 0.001)
        'rose'
    """
    if not shift.testable:
        return "not testable"
    if shift.too_rare:
        return "too rare"
    points, ratio = shift.points.value or 0.0, shift.ratio
    if _significant(q, level) and _large(shift, min_log2_ratio, min_points) and points != 0:
        return "rose" if points > 0 else "fell"
    if ratio.low is not None and ratio.high is not None and 1 / same_ratio <= ratio.low and ratio.high <= same_ratio:
        return "about the same"
    return "cannot tell"


def judge_balance(balance: BalanceShift, *, level: float = 0.95) -> Verdict:
    """Return the verdict on the balance of two themes: one test, a family of its own; `rose` is towards the second theme.

    Args:
        balance: The change of the balance.
        level: It counts when p <= 1 - level.

    Example:
        >>> from tracker.measures.balance import balance
        >>> judge_balance(balance([9, 8, 9], [1, 2, 2], [1, 2, 1], [9, 9, 8]))
        'rose'
    """
    if not balance.testable:
        return "not testable"
    change = balance.change.value or 0.0
    if _significant(balance.p, level) and change != 0:
        return "rose" if change > 0 else "fell"
    return "cannot tell"


def _significant(q: float | None, level: float) -> bool:
    """Whether q <= 1 - level, with 1 - .9 meaning .1 and not .09999999999999998."""
    return q is not None and q <= round(1 - level, 12)


def judge_single(standing: StandsOut | None, shift: Shift, q: float | None, *, level: float = 0.95, floors: Floors = FLOORS) -> Verdict:
    """Return the verdict on one event, which can stand out but never rise or fall.

    Args:
        standing: The event beside the usual range; None when there is no such range.
        shift: Its change against the other side's mean, for the effect floors.
        q: Benjamini-Hochberg q, 0-1; None when the theme was not tested.
        level: It stands out when q <= 1 - level.
        floors: The change against the other side's mean must pass one of the first two.

    Returns:
        `not testable`, `too rare`, `stands out` or `within the usual range`, the first that holds. The last never means no change.

    Example:
        >>> from tracker.measures.shift import shift
        >>> from tracker.measures.stands_out import stands_out
        >>> usual = [4, 6, 5, 7, 5, 6], [500] * 6
        >>> judge_single(stands_out(30, 500, [usual]), shift(*usual, [30], [500]), 0.01)
        'stands out'
    """
    if standing is None:
        return "not testable"
    if standing.too_rare:
        return "too rare"
    return "stands out" if _significant(q, level) and _large(shift, floors.min_log2_ratio, floors.min_points) else "within the usual range"


def _large(shift: Shift, min_log2_ratio: float, min_points: float) -> bool:
    """Whether a change passes an effect floor; a mean of 0 passes."""
    points, ratio = shift.points.value or 0.0, shift.ratio.value
    return ratio is None or abs(math.log2(ratio)) >= min_log2_ratio or abs(points) >= min_points
