"""Intervals of proportions: simple, weighted by a sampling design, ratios and differences of two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from tracker.estimates import Estimate

if TYPE_CHECKING:
    import numpy.typing as npt


def wilson(successes: float, n: float, *, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion.

    Args:
        successes: How many, 0 <= successes <= n; may be fractional.
        n: Of how many, > 0; an effective size may be fractional.
        level: Coverage, between 0 and 1.

    Raises:
        ValueError: Numbers outside their range.

    Source:
        Wilson 1927, JASA 22:209-212; Brown, Cai and DasGupta 2001, Statistical Science 16(2):101-133, section 3.1.1.

    Example:
        >>> low, high = wilson(9, 10)
        >>> round(low, 3), round(high, 3)
        (0.596, 0.982)
    """
    if not 0 < level < 1 or not n > 0 or not 0 <= successes <= n * (1 + 1e-12):
        raise ValueError(f"0 <= successes <= n and 0 < level < 1 are needed, not {successes} of {n} at {level}")
    p, z = min(1.0, successes / n), float(special.ndtri((1 + level) / 2))
    middle, reach = p + z**2 / (2 * n), z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (middle - reach) / (1 + z**2 / n), (middle + reach) / (1 + z**2 / n)
    return (0.0 if p == 0 else max(0.0, low)), (1.0 if p == 1 else min(1.0, high))


def weighted_share(yes: npt.ArrayLike, weights: npt.ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return the share of a population that says yes, from units drawn with unequal probabilities.

    Args:
        yes: 0 to 1 for each unit drawn, shape (n,); coders who differ give a fraction.
        weights: How many units of the population each stands for, > 0, shape (n,).
        level: Coverage of the interval, between 0 and 1.

    Returns:
        Unit `share` with n = units drawn; None without any. `method` is `wilson` where all weights are equal, else `wilson, weighted`.

    Raises:
        ValueError: Arrays of different length, or values outside their range.

    Source:
        Estimate: Hajek's ratio of Horvitz-Thompson sums (Sarndal, Swensson and Wretman 1992, Model Assisted Survey Sampling, sections 5.7-5.8).
        Interval: Wilson's, with n divided by the loss that unequal weights bring, 1 + cv^2 (Kish 1965, Survey Sampling, section 11.7); Franco, Little,
        Louis and Slud 2019, J. Survey Statistics and Methodology 7(3):334-364, find such intervals sound where Wald's fail.

    Example:
        >>> found = weighted_share([1, 1, 0, 1], [1, 1, 1, 1])
        >>> found.value, round(found.low, 3), round(found.high, 3), found.method
        (0.75, 0.301, 0.954, 'wilson')
    """
    said, stands = np.asarray(yes, dtype=float), np.asarray(weights, dtype=float)
    if said.shape != stands.shape or said.ndim != 1:
        raise ValueError(f"yes and weights must be two lists of one length, not of shapes {said.shape} and {stands.shape}")
    if not ((said >= 0).all() and (said <= 1).all() and (stands > 0).all() and np.isfinite(stands).all()):
        raise ValueError("yes must lie in 0 .. 1 and weights above 0")
    if said.size == 0:
        return Estimate(None, None, None, level, 0, "share", "none")
    order = np.lexsort((said, stands))
    said, stands = said[order], stands[order]
    equal = bool(np.allclose(stands, stands[0]))
    value = float(said.mean() if equal else (said * stands).sum() / stands.sum())
    effective = float(said.size if equal else stands.sum() ** 2 / (stands**2).sum())
    low, high = wilson(value * effective, effective, level=level)
    return Estimate(value, min(low, value), max(high, value), level, said.size, "share", "wilson" if equal else "wilson, weighted")


def ratio_limits(top: Estimate, bottom: Estimate) -> tuple[float, float | None]:
    """Return limits of top / bottom, two independent estimates above or at 0 with their own intervals; None for no upper limit.

    Source:
        Donner and Zou 2012, Statistical Methods in Medical Research 21(4):347-359, section 2 (variance estimates recovered from the limits).

    Example:
        >>> from tracker.estimates import Estimate
        >>> a, b = (Estimate(v, v - 0.1, v + 0.1, 0.95, 50, "share", "wilson") for v in (0.4, 0.8))
        >>> low, high = ratio_limits(a, b)
        >>> round(low, 2), round(high, 2)
        (0.37, 0.65)
    """
    a, b = top.value or 0.0, bottom.value or 0.0
    (a_low, a_high), (b_low, b_high) = ((e.low or 0.0, e.high or 0.0) for e in (top, bottom))
    above, below = b_high * (2 * b - b_high), b_low * (2 * b - b_low)
    # Above: where the interval of the denominator reaches past twice its value, its own limit is the safe one.
    low = (a * b - math.sqrt(max(0.0, (a * b) ** 2 - a_low * (2 * a - a_low) * above))) / above if above > 0 else a_low / b_high if b_high else 0.0
    high = (a * b + math.sqrt(max(0.0, (a * b) ** 2 - a_high * (2 * a - a_high) * below))) / below if below > 0 else None
    return max(0.0, low), high


@dataclass(frozen=True, slots=True)
class Difference:
    """Two proportions that were held against each other: later minus earlier, with limits; `differ` says whether 0 is outside."""

    value: float
    low: float
    high: float

    @property
    def differ(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low > 0 or self.high < 0


def difference(first: Estimate, second: Estimate) -> Difference | None:
    """Return second - first with limits, from the intervals of two independent proportions; None where one does not exist.

    Source:
        Newcombe 1998, Statistics in Medicine 17:873-890, method 10.

    Example:
        >>> one, other = weighted_share([1] * 9 + [0], [1] * 10), weighted_share([1] * 2 + [0] * 8, [1] * 10)
        >>> found = difference(one, other)
        >>> round(found.value, 2), round(found.low, 2), round(found.high, 2), found.differ
        (-0.7, -0.87, -0.27, True)
    """
    if None in (first.value, first.low, first.high, second.value, second.low, second.high):
        return None
    a, b = first, second
    value = b.value - a.value  # type: ignore[operator]
    low = value - math.hypot(b.value - b.low, a.high - a.value)  # type: ignore[operator]
    high = value + math.hypot(b.high - b.value, a.value - a.low)  # type: ignore[operator]
    return Difference(value, low, high)
