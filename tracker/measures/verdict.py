"""The word a reader gets for a shift: the one place where it is chosen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.estimates import Verdict
    from tracker.measures.balance import BalanceShift
    from tracker.measures.shift import Shift


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
    large = ratio.value is None or abs(math.log2(ratio.value)) >= min_log2_ratio or abs(points) >= min_points
    if _significant(q, level) and large and points != 0:
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
