"""The balance of two themes and its change: the answer to "from X to Y"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tracker.estimates import Estimate
from tracker.measures.cautious import cautious
from tracker.measures.prevalence import PASSAGE_PHI, prevalence
from tracker.measures.welch import MIN_EVENTS, mean_and_variance, t_quantile

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class BalanceShift:
    """The balance before and after, unit `balance`, from -1 (only X) to 1 (only Y), and its change, -2 to 2.

    Args:
        before: Mean balance of the events that mention X or Y; value None when none does.
        after: The same for the other side.
        change: after - before with its Welch interval when there is one; value None when a side has no such event.
        p: Two-sided p, the larger of Welch's and Student's; None when not testable.
        testable: Whether two events on both sides mention X or Y.
    """

    before: Estimate
    after: Estimate
    change: Estimate
    p: float | None
    testable: bool


def balance(
    before_x: npt.ArrayLike,
    before_y: npt.ArrayLike,
    after_x: npt.ArrayLike,
    after_y: npt.ArrayLike,
    *,
    level: float = 0.95,
) -> BalanceShift:
    """Return the mean of (y - x) / (x + y) over events that mention either theme, and its change tested by Welch's and Student's t.

    Args:
        before_x: Hits of theme X per event, shape (k,), >= 0.
        before_y: Hits of theme Y in the same events, shape (k,).
        after_x: The same for the other side, shape (m,).
        after_y: The same for the other side, shape (m,).
        level: Coverage of the intervals, between 0 and 1.

    Raises:
        ValueError: Arrays of different length, or counts that are negative or infinite.

    Caution:
        Every event counts the same, one with a single mention too. An event that floods a speech (a disaster on the day)
        moves both themes' shares but not their balance. Where each side is constant, p is that of a permutation test
        (see `welch`), and the change has no interval.

    Example:
        >>> result = balance([9, 8, 0], [1, 2, 0], [5, 4], [5, 6])
        >>> round(result.before.value, 3), round(result.after.value, 3), round(result.change.value, 3), result.before.n
        (-0.7, 0.1, 0.8, 2)
    """
    first, second = _balances(before_x, before_y), _balances(after_x, after_y)
    before, after = _side(before_x, before_y, level), _side(after_x, after_y, level)
    result = cautious(first, second)
    interval = result.interval(level) if result else None
    value = None if before.value is None or after.value is None else after.value - before.value
    low, high = interval or (None, None)
    change = Estimate(value, low, high, level, before.n + after.n, "balance", "welch-balance" if interval else "none")
    return BalanceShift(before, after, change, result.p if result else None, min(before.n, after.n) >= MIN_EVENTS)


def _balances(x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the balance of every event that mentions either theme, sorted."""
    xs, ys = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if xs.shape != ys.shape or xs.ndim != 1:
        raise ValueError(f"the two themes need counts of the same events, not of shapes {xs.shape} and {ys.shape}")
    if not (np.isfinite(xs + ys).all() and (xs >= 0).all() and (ys >= 0).all()):
        raise ValueError("every count must be finite and not below 0")
    either = xs + ys > 0
    return np.sort((ys[either] - xs[either]) / (xs[either] + ys[either]))


def _side(x: npt.ArrayLike, y: npt.ArrayLike, level: float) -> Estimate:
    """Mean balance with a t interval cut at -1 and 1; that of Y's share of the mentions where the events do not vary."""
    values = _balances(x, y)
    if values.size >= MIN_EVENTS and values[0] < values[-1]:
        mean, variance = mean_and_variance(values)
        reach = t_quantile(values.size - 1, level) * variance**0.5
        return Estimate(mean, max(-1.0, mean - reach), min(1.0, mean + reach), level, values.size, "balance", "mean-balance-t")
    share = prevalence(y, np.asarray(x, dtype=float) + np.asarray(y, dtype=float), level=level, phi=PASSAGE_PHI)
    if share.value is None or share.low is None or share.high is None:
        return Estimate(None, None, None, level, 0, "balance", "none")
    return Estimate(float(values[0]), 2 * share.low - 1, 2 * share.high - 1, level, share.n, "balance", share.method)
