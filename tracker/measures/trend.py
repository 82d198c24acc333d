"""Whether a series of period means keeps rising or falling: Mann-Kendall's S, Sen's slope, and p from exchanging events."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from tracker.estimates import Estimate
from tracker.measures.series import CORRELATED, Series, detrended_lag1, exchanged_means, persistent_series, series

MIN_DRAWN = 5
MIN_TESTED = 10
Gate = Literal["too few to draw", "too few to test", "tested"]


@dataclass(frozen=True, slots=True)
class Trend:
    """A monotonic trend of period means, positive = rising.

    Args:
        gate: `too few to draw` (< 5 periods), `too few to test` (5-9: slope without interval or p) or `tested`.
        n_periods: Periods that hold an event.
        s: Mann-Kendall's S, rises minus falls over all pairs of periods; None below 5 periods.
        z: S over its standard error with ties, continuity corrected; None when not tested.
        slope: Sen's slope, unit `<unit> per period`.
        p: The two-sided p to read: `p_persistent` when neighbours are correlated, else `p_exchanged`; None when not tested.
        p_exchanged: p from exchanging events over periods.
        p_persistent: p against trendless series whose neighbours correlate by `lag1`.
        lag1: Correlation of neighbouring periods around a line; None when not tested.
        correlated: Whether `lag1` exceeds .2: `p_exchanged` is then too small.
    """

    gate: Gate
    n_periods: int
    s: int | None
    z: float | None
    slope: Estimate
    p: float | None = None
    p_exchanged: float | None = None
    p_persistent: float | None = None
    lag1: float | None = None
    correlated: bool = False


def trend(
    values: npt.ArrayLike, periods: npt.ArrayLike, *, level: float = 0.95, unit: str = "share", n_permutations: int = 999, rng: np.random.Generator
) -> Trend:
    """Return the trend of the period means of events, tested by exchanging the events over the periods.

    Args:
        values: One value per event, shape (n,).
        periods: Period of every event, whole numbers one apart, shape (n,); a period without events is a gap, never a 0.
        level: Coverage of the slope's interval, between 0 and 1.
        unit: Unit of the values.
        n_permutations: Random exchanges, and simulated series for `p_persistent`.
        rng: Source of randomness.

    Raises:
        ValueError: As `series`, or a bad level.

    Caution:
        A step fires this test as a slope does. Exchanging events does not remove correlation between periods: at a
        correlation of .5 `p_exchanged` <= .05 comes in 19-24 % of trendless series, p in 8-10 % (at .7: 26-39 and 8-14 %).
        Sen's interval takes the periods as independent.

    Source:
        Mann 1945, Econometrica 13:245-259; Kendall 1975, Rank Correlation Methods; Sen 1968, JASA 63:1379-1389.
        Random exchanges: (1 + #) / (B + 1), Phipson & Smyth 2010.

    Example:
        >>> result = trend([1.0, 2.0, 4.0, 3.0, 5.0, 6.0, 8.0, 7.0, 9.0, 10.0], range(10), rng=np.random.default_rng(1))
        >>> result.s, round(result.z, 3), result.slope.value, result.p
        (41, 3.578, 1.0, 0.001)
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    line = series(values, periods)
    size, n, unit = line.n_periods, int(line.values.size), f"{unit} per period"
    if size < MIN_DRAWN:
        return Trend("too few to draw", size, None, None, Estimate(None, None, None, level, n, unit, "none"))
    tie = line.tie
    s = int(_s(line.means[None, :], tie)[0])
    slopes = _pair_slopes(line, tie)
    value = float(np.median(slopes))
    if size < MIN_TESTED:
        return Trend("too few to test", size, s, None, Estimate(value, None, None, level, n, unit, "sen"))
    deviation = math.sqrt(_s_variance(line.means, tie))
    low, high = _sen_interval(slopes, deviation, level)
    z = 0.0 if s == 0 else (s - math.copysign(1, s)) / deviation
    as_large = sum(int((np.abs(_s(rows, tie)) >= abs(s)).sum()) for rows in exchanged_means(line, n_permutations, rng=rng))
    lag1 = detrended_lag1(line)
    invented = int((np.abs(_s(persistent_series(line, lag1, n_permutations, rng=rng), 0.0)) >= abs(s)).sum())
    p_exchanged, p_persistent = (1 + as_large) / (1 + n_permutations), (1 + invented) / (1 + n_permutations)
    p = p_persistent if lag1 > CORRELATED else p_exchanged
    slope = Estimate(value, low, high, level, n, unit, "sen")
    return Trend("tested", size, s, z, slope, p=p, p_exchanged=p_exchanged, p_persistent=p_persistent, lag1=lag1, correlated=lag1 > CORRELATED)


def _s(rows: npt.NDArray[np.float64], tie: float) -> npt.NDArray[np.int64]:
    """Rises minus falls over all pairs of columns, one S per row; differences up to `tie` count as none."""
    total = np.zeros(rows.shape[0], dtype=np.int64)
    for lag in range(1, rows.shape[1]):
        change = rows[:, lag:] - rows[:, :-lag]
        total += (change > tie).sum(axis=1) - (change < -tie).sum(axis=1)
    return total


def _s_variance(means: npt.NDArray[np.float64], tie: float) -> float:
    """Variance of S without trend; >= 1, since S is 0 where all are tied."""
    size, ordered = means.size, np.sort(means)
    runs = np.diff(np.flatnonzero(np.concatenate(([True], np.diff(ordered) > tie, [True]))))
    tied = float((runs * (runs - 1) * (2 * runs + 5)).sum())
    return max(1.0, (size * (size - 1) * (2 * size + 5) - tied) / 18)


def _pair_slopes(line: Series, tie: float) -> npt.NDArray[np.float64]:
    """Slopes of all pairs of periods, sorted."""
    later, earlier = np.tril_indices(line.n_periods, -1)
    rise = line.means[later] - line.means[earlier]
    rise[np.abs(rise) <= tie] = 0.0
    return np.sort(rise / (line.periods[later] - line.periods[earlier]))


def _sen_interval(slopes: npt.NDArray[np.float64], deviation: float, level: float) -> tuple[float, float]:
    """Sen's interval from the ranks of the sorted slopes."""
    reach = float(special.ndtri((1 + level) / 2)) * deviation
    low = max(0, round((slopes.size - reach) / 2) - 1)
    high = min(slopes.size - 1, round((slopes.size + reach) / 2))
    return float(slopes[low]), float(slopes[high])
