"""Period means drawn towards their common mean, for lines in a chart; tests never use them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize

from tracker.estimates import Estimate
from tracker.measures.prevalence import PASSAGE_PHI, event_counts, prevalence
from tracker.measures.spread import pooled_variance
from tracker.measures.welch import t_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

MIN_PERIODS = 4


@dataclass(frozen=True, slots=True)
class ShrunkenMeans:
    """Period means with less noise.

    Args:
        means: One per period, unit `share`, with a band; value None for a period without tokens. n is its number of events.
        between: Variance of the true period means, in squared shares; 0 when the periods differ no more than events do.
        kept: How much of each period's own mean is kept, 0-1; None without tokens.
    """

    means: tuple[Estimate, ...]
    between: float
    kept: tuple[float | None, ...]


def shrunken_means(periods: Sequence[tuple[npt.ArrayLike, npt.ArrayLike]], *, level: float = 0.95, phi: float = PASSAGE_PHI) -> ShrunkenMeans | None:
    """Return the mean share of every period, drawn towards the mean of all as far as its few events make it uncertain.

    Args:
        periods: Hits and content tokens per event, shape (k,) each, one pair a period; an empty period stays a gap.
        level: Coverage of the bands, between 0 and 1.
        phi: Variance of a theme's counts within a text over the binomial variance, >= 1.

    Returns:
        None when fewer than four periods have tokens or no period has two events: nothing can be borrowed then. The means of a
        theme that no event mentions are those of `prevalence`.

    Raises:
        ValueError: Impossible counts, or a level outside its range.

    Caution:
        For drawing only: a shrunken mean is drawn to its neighbours, so that two of them differ less than the periods do. Test
        with `tracker.measures.shift.shift`.

    Source:
        Normal-normal model on shares; between-period variance by Paule & Mandel 1982 (J. Res. NBS 87:377-385); shrinkage factor
        Spread of events capped by the mean square successive difference (von Neumann et al. 1941, Ann. Math. Statist. 12:153-162). Factor
        times (P - 3) / (P - 1) and band widened by 2 / (P - 3) B^2 (y - mean)^2 as in Morris 1983 (JASA 78:47-55, section 5).
        Simulated with 4, 6, 8 and 15 periods of 1-5 events, shares .1, .01, .003: error .33-.99 of that of the plain means,
        coverage .92-1.00. On logits or arcsine roots the means of rare themes come out too low, by 13-23 % and 28-44 % at .003.

    Example:
        >>> found = shrunken_means([([5, 7], [100, 100]), ([4], [100]), ([6, 5, 8], [100] * 3), ([12], [100]), ([5], [100])])
        >>> [round(mean.value, 3) for mean in found.means]
        [0.062, 0.053, 0.064, 0.092, 0.058]
    """
    counts = [event_counts(*pair) for pair in periods]
    shares = [said / spoken for said, spoken in counts]
    spread, df = pooled_variance(shares)
    full = [i for i, values in enumerate(shares) if values.size]
    if len(full) < MIN_PERIODS or df == 0:
        return None
    plain = np.array([math.fsum(shares[i]) / shares[i].size for i in full])
    spread, df = _capped(spread, df, plain, np.array([shares[i].size for i in full]))
    noise = _noise([counts[i] for i in full], spread, phi)
    if not noise.any():
        alone = tuple(prevalence(*pair, level=level, phi=phi) for pair in periods)
        return ShrunkenMeans(alone, 0.0, tuple(1.0 if mean.n else None for mean in alone))
    between = paule_mandel(plain, noise)
    centres, variances, own = _shrink(plain, noise, between)
    reach = t_quantile(df, level) * np.sqrt(variances)
    known = {
        i: Estimate(centre, max(0.0, centre - r), min(1.0, centre + r), level, shares[i].size, "share", "shrunken")
        for i, centre, r in zip(full, centres.tolist(), reach.tolist(), strict=True)
    }
    gap = Estimate(None, None, None, level, 0, "share", "none")
    kept = dict(zip(full, own.tolist(), strict=True))
    return ShrunkenMeans(tuple(known.get(i, gap) for i in range(len(counts))), between, tuple(kept.get(i) for i in range(len(counts))))


def _capped(spread: float, df: int, plain: npt.NDArray[np.float64], events: npt.NDArray[np.int64]) -> tuple[float, int]:
    """Variance between events of one period, at most what successive periods differ by, where that is told by more of them.

    Where nearly all periods have one event, the few that have two decide alone, and may be unlike the others (two presidents in one year).
    """
    steps = plain.size - 1
    if df >= steps:
        return spread, df
    successive = math.fsum(np.diff(plain) ** 2) / math.fsum(1 / events[1:] + 1 / events[:-1])
    return (spread, df) if spread <= successive else (successive, max(df, 2 * steps // 3))


def paule_mandel(values: npt.ArrayLike, variances: npt.ArrayLike) -> float:
    """Return the variance between true values that makes the weighted squares around their mean as many as expected.

    Args:
        values: Observed values, shape (p,), p >= 2.
        variances: Variance of each, shape (p,), > 0.

    Returns:
        tau^2 >= 0, the root of sum w (y - mean)^2 = p - 1 with w = 1 / (v + tau^2); 0 when the values vary no more than their variances.

    Example:
        >>> round(paule_mandel([0.1, 0.2, 0.4], [0.001, 0.001, 0.001]), 6)
        0.022333
    """
    y, v = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)

    def excess(tau2: float) -> float:
        weights = 1 / (v + tau2)
        mean = math.fsum(weights * y) / math.fsum(weights)
        return math.fsum(weights * (y - mean) ** 2) - (y.size - 1)

    if excess(0.0) <= 0:
        return 0.0
    # At tau^2 = sum of squares every weight is so small that fewer than p - 1 are left.
    return float(optimize.brentq(excess, 0.0, math.fsum((y - y.mean()) ** 2), xtol=1e-18, rtol=1e-12))


def _noise(counts: Sequence[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]], spread: float, phi: float) -> npt.NDArray[np.float64]:
    """Variance of each period's mean: what events differ beyond the counting of their words, and that counting."""
    pooled = math.fsum(said.sum() for said, _ in counts) / math.fsum(spoken.sum() for _, spoken in counts)
    counting = [[phi * pooled * (1 - pooled) / n for n in spoken] for _, spoken in counts]
    beyond = max(0.0, spread - math.fsum(x for period in counting for x in period) / sum(map(len, counting)))
    return np.array([(len(period) * beyond + math.fsum(period)) / len(period) ** 2 for period in counting])


def _shrink(
    plain: npt.NDArray[np.float64], noise: npt.NDArray[np.float64], between: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Shrunken means, their variances, and the part of each plain mean that is kept."""
    periods = plain.size
    weights = 1 / (noise + between)
    centre = math.fsum(weights * plain) / math.fsum(weights)
    lent = noise * weights * (periods - 3) / (periods - 1)
    variances = (1 - lent) * noise + lent**2 / math.fsum(weights) + 2 / (periods - 3) * lent**2 * (plain - centre) ** 2
    return lent * centre + (1 - lent) * plain, variances, 1 - lent
