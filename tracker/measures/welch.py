"""Welch's t on two samples of event values, with the degenerate cases settled exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

MIN_EVENTS = 2


@dataclass(frozen=True, slots=True)
class Welch:
    """The difference after - before of two means and how well it is known.

    Args:
        difference: Mean after minus mean before, in the unit of the values.
        standard_error: Its standard error; 0 when neither side varies.
        df: Welch-Satterthwaite degrees of freedom; None when neither side varies.
        p: Two-sided p, 0-1.
    """

    difference: float
    standard_error: float
    df: float | None
    p: float

    def interval(self, level: float) -> tuple[float, float] | None:
        """Return the t interval of the difference at `level`; None when neither side varies (never a zero width)."""
        if self.df is None:
            return None
        reach = t_quantile(self.df, level) * self.standard_error
        return self.difference - reach, self.difference + reach


def welch(before: npt.ArrayLike, after: npt.ArrayLike) -> Welch | None:
    """Return Welch's t of after against before; None when a side has fewer than two values.

    Args:
        before: One value per event, shape (k,), any unit.
        after: The same for the other side.

    Caution:
        When neither side varies Welch's t does not exist. Equal values give p = 1. Different values give the smallest
        two-sided p of a permutation test, 2 / C(k_before + k_after, k_before): all that such a sample can show
        (.33 with 2/2, .008 with 5/5), where t would be infinite and p a pretended 0.

    Source:
        Welch 1947, Biometrika 34:28-35; degrees of freedom by Satterthwaite 1946.

    Example:
        >>> result = welch([0.01, 0.02, 0.03], [0.05, 0.06, 0.07])
        >>> round(result.difference, 3), round(result.df, 3), round(result.p, 5)
        (0.04, 4.0, 0.00805)
    """
    first, second = np.sort(np.asarray(before, dtype=float)), np.sort(np.asarray(after, dtype=float))
    if min(first.size, second.size) < MIN_EVENTS:
        return None
    (mean_before, var_before), (mean_after, var_after) = mean_and_variance(first), mean_and_variance(second)
    difference = mean_after - mean_before
    error = math.sqrt(var_before + var_after)
    if error == 0:
        arrangements = math.comb(first.size + second.size, first.size)
        return Welch(difference, 0.0, None, 1.0 if difference == 0 else min(1.0, 2 / arrangements))
    df = satterthwaite((var_before, var_after), (first.size, second.size))
    return Welch(difference, error, df, min(1.0, 2 * float(special.stdtr(df, -abs(difference) / error))))


def mean_and_variance(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the mean and the variance of the mean, s^2 / k, of at least two values; exact when all are equal.

    Example:
        >>> mean_and_variance(np.array([0.1, 0.1, 0.1]))
        (0.1, 0.0)
    """
    if values.min() == values.max():
        return float(values[0]), 0.0
    return float(values.mean()), float(values.var(ddof=1)) / values.size


def satterthwaite(variances: Sequence[float], sizes: Sequence[int]) -> float:
    """Return the degrees of freedom of a sum of variances of means, of which one at least is above 0.

    Args:
        variances: Variance of each mean.
        sizes: Number of events behind each, >= 2.

    Source:
        Satterthwaite 1946, Biometrics Bulletin 2:110-114: (sum v)^2 / sum v^2 / (n - 1).

    Example:
        >>> round(satterthwaite((1.0, 1.0), (5, 5)), 9), round(satterthwaite((0.0, 2.0), (5, 9)), 9)
        (8.0, 8.0)
    """
    total = sum(variances)
    return 1 / sum((variance / total) ** 2 / (size - 1) for variance, size in zip(variances, sizes, strict=True))


def t_quantile(df: float, level: float) -> float:
    """Return how many standard errors a two-sided t interval reaches at `level` (0-1).

    Raises:
        ValueError: `level` is not strictly between 0 and 1.

    Example:
        >>> round(t_quantile(10, 0.95), 3)
        2.228
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return float(special.stdtrit(df, (1 + level) / 2))
