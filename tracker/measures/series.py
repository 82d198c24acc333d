"""Event values along periods: period means, the exchange of events over periods, and what persists from one period to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CORRELATED = 0.2
LARGEST_LAG1 = 0.95
CHUNK = 200_000
MANY = 20_000  # events; of so many most are silent on a theme
_ROWS = 500  # exchanges that are looked at together


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Events sorted by period and value, and their period means; every array is read-only.

    Args:
        values: One value per event, sorted within its period, shape (n,).
        periods: The periods that hold an event, ascending whole numbers, shape (T,); a gap is a number left out.
        means: Mean value of the events of each of them, shape (T,).
        first: Index of the first event of each of them in `values`, shape (T,).
    """

    values: npt.NDArray[np.float64]
    periods: npt.NDArray[np.int64]
    means: npt.NDArray[np.float64]
    first: npt.NDArray[np.intp]

    @property
    def n_periods(self) -> int:
        """Number of periods that hold an event."""
        return int(self.periods.size)

    @property
    def tie(self) -> float:
        """Differences of means up to this are rounding, in the unit of the values."""
        return 1e-9 * float(np.ptp(self.values)) + 1e-12 * float(np.abs(self.values).max()) if self.values.size else 0.0


def series(values: npt.ArrayLike, periods: npt.ArrayLike) -> Series:
    """Return the series of period means, every event of a period counting the same.

    Args:
        values: One value per event (a share, or any finite number), shape (n,).
        periods: Period of every event as a whole number, consecutive periods one apart, shape (n,).

    Raises:
        ValueError: Lists of different length, a value that is not finite, or a period that is not whole.

    Example:
        >>> line = series([3.0, 1.0, 5.0], [2001, 2001, 2004])
        >>> line.periods.tolist(), line.means.tolist()
        ([2001, 2004], [2.0, 5.0])
    """
    given, when = np.asarray(values, dtype=float), np.asarray(periods)
    if given.ndim != 1 or given.shape != when.shape or not np.isfinite(given).all():
        raise ValueError(f"values and periods must be two lists of one length, all finite, not of shapes {given.shape} and {when.shape}")
    if when.size and when.dtype.kind not in "iu":
        raise ValueError("every period must be a whole number")
    order = np.lexsort((given, when))
    ordered = given[order]
    distinct, first = np.unique(when[order].astype(np.int64), return_index=True)
    means = _period_means(ordered[None, :], first)[0] if given.size else ordered
    for array in (ordered, distinct, means, first):
        array.setflags(write=False)
    return Series(ordered, distinct, means, first)


def exchanged_means(line: Series, n: int, *, rng: np.random.Generator) -> Iterator[npt.NDArray[np.float64]]:
    """Yield n rows of period means, in blocks of shape (b, T), after exchanging the events over the periods.

    Every period keeps its number of events. With one event a period this permutes the periods.

    Example:
        >>> rows = next(exchanged_means(series([1.0, 2.0, 3.0], [1, 2, 3]), 4, rng=np.random.default_rng(1)))
        >>> rows.shape, sorted(rows[0].tolist())
        ((4, 3), [1.0, 2.0, 3.0])
    """
    pooled = np.sort(line.values)
    if pooled.size > MANY:
        yield from _exchanged_few(pooled, line.first, n, rng)
        return
    step = max(1, CHUNK // max(1, pooled.size))
    for start in range(0, n, step):
        block = rng.permuted(np.tile(pooled, (min(step, n - start), 1)), axis=1)
        yield _period_means(block, line.first)


def _exchanged_few(pooled: npt.NDArray[np.float64], first: npt.NDArray[np.intp], n: int, rng: np.random.Generator) -> Iterator[npt.NDArray[np.float64]]:
    """The same where most of very many events have the lowest value: only how many of the others come to each period, and which, is drawn."""
    lowest = pooled[0]
    others = pooled[pooled > lowest] - lowest
    sizes = np.diff(np.append(first, pooled.size))
    for start in range(0, n, _ROWS):
        rows = np.empty((min(_ROWS, n - start), first.size))
        for row in rows:
            ends = np.cumsum(rng.multivariate_hypergeometric(sizes, others.size, method="marginals"))
            sums = np.append(0.0, rng.permutation(others).cumsum())[ends]
            row[:] = lowest + np.diff(sums, prepend=0.0) / sizes
        yield rows


def detrended_lag1(line: Series) -> float:
    """Return the correlation of neighbouring periods around the straight line through them, corrected for small T.

    Returns:
        A value in -1 .. .95; 0 when the means lie on a line.

    Raises:
        ValueError: Fewer than five periods.

    Caution:
        At T = 10 the uncorrected value is below .2 in 72 % of series whose true correlation is .5: the line takes
        part of it away. The correction (r T + 2) / (T - 4) removes that bias and leaves a wide spread. Pairs across a gap
        count only when fewer than half of the neighbours are there.

    Source:
        Bias -(2 + 4 r) / T of r around a fitted line: Kendall 1954, Biometrika 41:403-404, extended to a line by simulation.

    Example:
        >>> detrended_lag1(series(np.arange(6.0), range(6)))
        0.0
        >>> detrended_lag1(series([1.0, -1.0] * 5, range(10))) < -0.9
        True
    """
    if line.n_periods < 5:
        raise ValueError(f"the correlation of neighbours needs five periods, not {line.n_periods}")
    size = line.n_periods
    at = line.periods - line.periods.mean()
    rest = line.means - line.means.mean()
    rest = rest - at * float(at @ rest) / float(at @ at)
    if np.abs(rest).max() <= line.tie:
        return 0.0
    neighbours = np.diff(line.periods) == 1
    if neighbours.sum() < (size - 1) / 2:
        neighbours[:] = True
    raw = float((rest[1:] * rest[:-1])[neighbours].mean()) * (size - 1) / float(rest @ rest)
    return min(LARGEST_LAG1, max(-1.0, (raw * size + 2) / (size - 4)))


def persistent_series(line: Series, lag1: float, n: int, *, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Return n series without trend or change whose neighbours correlate by `lag1`, at the periods of the line, shape (n, T).

    Args:
        line: The series that gives the periods; a gap lasts as long as it lasts there.
        lag1: Correlation of neighbouring periods, 0 .. .95; below 0 counts as 0.
        n: Number of series, >= 1.
        rng: Source of randomness.

    Example:
        >>> persistent_series(series([1.0, 2.0, 3.0], [1, 2, 5]), 0.5, 4, rng=np.random.default_rng(1)).shape
        (4, 3)
    """
    kept = min(LARGEST_LAG1, max(0.0, lag1)) ** np.diff(line.periods).astype(float)
    noise = rng.standard_normal((n, line.n_periods))
    made = noise.copy()
    for t, carried in enumerate(kept, start=1):
        made[:, t] = carried * made[:, t - 1] + (1 - carried**2) ** 0.5 * noise[:, t]
    return made


def _period_means(rows: npt.NDArray[np.float64], first: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    sizes = np.diff(np.append(first, rows.shape[1]))
    return np.asarray(np.add.reduceat(rows, first, axis=1) / sizes)
