"""How far coders agree beyond chance: Krippendorff's alpha for names, gaps allowed, with an interval over speeches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tracker.estimates import Estimate

if TYPE_CHECKING:
    import numpy.typing as npt

MIN_SPEECHES = 5
MOST_UNDEFINED = 0.1
RELIABLE, TENTATIVE = 0.8, 0.667


def alpha(codes: npt.ArrayLike, speeches: npt.ArrayLike | None = None, *, level: float = 0.95, rounds: int = 2000, rng: np.random.Generator) -> Estimate:
    """Return Krippendorff's alpha of nominal codes: 1 full agreement, 0 what chance would give, below 0 systematic disagreement.

    Args:
        codes: One row a unit, one column a coder; NaN where a coder has not coded a unit. Shape (units, coders).
        speeches: The speech of every unit, shape (units,); units of one speech are resampled together. Every unit for itself when None.
        level: Coverage of the interval, between 0 and 1.
        rounds: Bootstrap samples.
        rng: Source of randomness, used for the interval alone.

    Returns:
        Unit `alpha`, n = units that two coders or more have coded. Value None where there is no such unit or where all codes are the same:
        without variation there is nothing to agree on. The interval needs MIN_SPEECHES speeches.

    Raises:
        ValueError: Arrays of the wrong shape, infinite codes, or a bad level.

    Caution:
        Alpha depends on how common a code is: among passages that were chosen to hold many of a theme it is not that of passages at random.
        A percentile interval over few speeches is somewhat too narrow.

    Source:
        Krippendorff 2011, Computing Krippendorff's Alpha-Reliability (University of Pennsylvania), sections B and C; missing codes as there.
        The bootstrap is over speeches, not over pairs as in Hayes and Krippendorff 2007, for passages of one speech are alike.

    Example:
        >>> found = alpha([[1, 1], [0, 0], [1, 0], [0, 0]], rng=np.random.default_rng(1))
        >>> round(found.value, 3), found.n, found.low
        (0.533, 4, None)
    """
    table = np.asarray(codes, dtype=float)
    if table.ndim != 2 or np.isinf(table).any():
        raise ValueError("codes must be a finite table of units x coders")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    of = np.arange(len(table)) if speeches is None else np.asarray(speeches)
    if of.shape != (len(table),):
        raise ValueError(f"speeches must name one speech for each of {len(table)} units, not {of.shape}")
    counts, disagreement = _by_unit(table)
    paired = counts.sum(axis=1) > 1
    n = int(paired.sum())
    groups = np.unique(of[paired], return_inverse=True)[1]
    n_groups = int(groups.max(initial=-1)) + 1
    totals, apart = np.zeros((n_groups, counts.shape[1])), np.zeros(n_groups)
    np.add.at(totals, groups, counts[paired])
    np.add.at(apart, groups, disagreement[paired])
    value = float(_alpha(apart.sum(keepdims=True), totals.sum(axis=0, keepdims=True))[0])
    if np.isnan(value):
        return Estimate(None, None, None, level, n, "alpha", "none")
    low, high = _interval(apart, totals, level, rounds, rng)
    return Estimate(value, None if low is None else min(low, value), None if high is None else max(high, value), level, n, "alpha", "bootstrap over speeches")


def _by_unit(table: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """How often each unit has each code, and its disagreement: (m^2 - sum of squared counts) / (m - 1), 0 where fewer than two coded it."""
    values = np.unique(table[~np.isnan(table)])
    counts = np.stack([(table == value).sum(axis=1) for value in values], axis=1).astype(float) if values.size else np.zeros((len(table), 1))
    coded = counts.sum(axis=1)
    disagreement = np.where(coded > 1, (coded**2 - (counts**2).sum(axis=1)) / np.maximum(coded - 1, 1), 0.0)
    return counts, disagreement


def _alpha(apart: npt.NDArray[np.float64], totals: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """1 - observed over expected disagreement, for each row; NaN where nothing is expected to disagree."""
    n = totals.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = (n**2 - (totals**2).sum(axis=1)) / (n * (n - 1))
        return np.where(expected > 0, 1 - (apart / n) / expected, np.nan)


def _interval(
    apart: npt.NDArray[np.float64], totals: npt.NDArray[np.float64], level: float, rounds: int, rng: np.random.Generator
) -> tuple[float | None, float | None]:
    """Percentiles of alpha over speeches drawn with replacement; (None, None) with too few, or where alpha often does not exist."""
    n = len(apart)
    if n < MIN_SPEECHES:
        return None, None
    times = rng.multinomial(n, np.full(n, 1 / n), size=rounds).astype(float)
    drawn = _alpha(times @ apart, times @ totals)
    if np.isnan(drawn).mean() > MOST_UNDEFINED:
        return None, None
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
