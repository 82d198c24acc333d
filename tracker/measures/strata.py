"""The change of a theme within strata: like compared with like, so that a change of the mixture is no shift."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tracker.estimates import Estimate
from tracker.measures.cautious import errors_of, largest_p, widest_reach
from tracker.measures.power import LARGEST_EXPONENT, expected_hits, ratio_found
from tracker.measures.prevalence import PASSAGE_PHI, event_shares, prevalence
from tracker.measures.shift import Shift
from tracker.measures.welch import MIN_EVENTS, satterthwaite, t_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Counts = tuple[npt.ArrayLike, npt.ArrayLike]


@dataclass(frozen=True, slots=True)
class _Strata:
    """Mean, variance and number of event shares (before, after) in every stratum, and the strata's weights, which sum to 1."""

    means: tuple[tuple[float, float], ...]
    variances: tuple[tuple[float, float], ...]
    sizes: tuple[tuple[int, int], ...]
    weights: tuple[float, ...]

    def mean(self, side: int) -> float:
        """Weighted mean share of a side."""
        return math.fsum(w * pair[side] for w, pair in zip(self.weights, self.means, strict=True))

    @property
    def relative(self) -> tuple[tuple[float, float], ...]:
        """The variances over the squares of the sides' weighted means."""
        first, second = self.mean(0) ** 2, self.mean(1) ** 2
        return tuple((b / first, a / second) for b, a in self.variances)


def shift_within(
    before: Sequence[Counts],
    after: Sequence[Counts],
    *,
    level: float = 0.95,
    phi: float = PASSAGE_PHI,
    min_expected_hits: float = 5.0,
    tests: int = 1,
) -> Shift:
    """Return the change of a theme's mean share within strata, averaged over them and tested as in `shift`.

    Args:
        before: Hits and content tokens per event, shape (k,) each, one pair a stratum.
        after: The same strata on the other side, in the same order. A stratum with fewer than two events with tokens on either
            side says nothing and is left out.
        level: Coverage of the intervals, between 0 and 1.
        phi: Within-text overdispersion, >= 1, for the intervals of silent sides.
        min_expected_hits: A side that expects fewer hits makes the theme too rare to test.
        tests: Tests of the family, >= 1, for the smallest detectable ratio.

    Returns:
        As `tracker.measures.shift.shift`, with `welch-share-within` as the method of tested changes. The means of both sides
        are weighted over the strata as the change is, so that points are their difference; `tau_star` is None.

    Raises:
        ValueError: Impossible counts, a bad level, or sides with different numbers of strata.

    Caution:
        It answers for the strata that both sides share, in a mixture that is neither side's. It takes away what differs by
        the stratum, and nothing else.

    Source:
        Stratum s weighs w = n_before n_after / (n_before + n_after), the weights of least variance at equal spread. Errors by
        `tracker.measures.cautious.errors_of`. Type-I errors in tests/calibration/test_stands_out.py.

    Example:
        >>> speeches, articles = ([2, 4, 3], [100] * 3), ([20, 24, 22], [100] * 3)
        >>> change = shift_within([speeches, articles], [([3, 3, 4], [100] * 3), ([21, 22, 26], [100] * 3)])
        >>> round(change.points.value, 3), change.p > 0.5
        (0.667, True)
    """
    pairs = [(b, a) for b, a in zip(before, after, strict=True) if min(event_shares(*b).size, event_shares(*a).size) >= MIN_EVENTS]
    strata = _strata([(event_shares(*b), event_shares(*a)) for b, a in pairs])
    shares = tuple(_side([pair[side] for pair in pairs], strata, side, level=level, phi=phi) for side in (0, 1))
    each = [expected_hits(*b, *a) for b, a in pairs]
    expected = math.fsum(e[0] for e in each), math.fsum(e[1] for e in each)
    testable, too_rare = bool(pairs), min(expected) < min_expected_hits
    tested = testable and not too_rare
    spoken = bool(strata.mean(0) and strata.mean(1))
    return Shift(
        before=shares[0],
        after=shares[1],
        points=_points(strata, shares, level, tested=tested),
        ratio=_ratio(strata, shares, level, tested=tested) if spoken else Estimate(None, None, None, level, shares[0].n + shares[1].n, "ratio", "none"),
        p=_p(strata) if tested else None,
        smallest_detectable=ratio_found(errors_of(strata.relative, strata.sizes, strata.weights), level=1 - (1 - level) / tests) if tested and spoken else None,
        tau_star=None,
        expected_hits=expected,
        too_rare=too_rare,
        testable=testable,
    )


def _strata(shares: Sequence[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]) -> _Strata:
    weights = [1 / (1 / b.size + 1 / a.size) for b, a in shares]
    total = math.fsum(weights)
    return _Strata(
        means=tuple((_mean(b), _mean(a)) for b, a in shares),
        variances=tuple((_variance(b), _variance(a)) for b, a in shares),
        sizes=tuple((b.size, a.size) for b, a in shares),
        weights=tuple(w / total for w in weights),
    )


def _mean(shares: npt.NDArray[np.float64]) -> float:
    return float(shares[0]) if shares[0] == shares[-1] else float(shares.mean())


def _variance(shares: npt.NDArray[np.float64]) -> float:
    return 0.0 if shares[0] == shares[-1] else float(shares.var(ddof=1))


def _side(counts: Sequence[Counts], strata: _Strata, side: int, *, level: float, phi: float) -> Estimate:
    """The weighted mean with a t interval; where no stratum varies, the interval of the summed counts, widened to hold it."""
    n = sum(pair[side] for pair in strata.sizes)
    if not n:
        return Estimate(None, None, None, level, 0, "share", "none")
    value = strata.mean(side)
    parts = [w**2 * v[side] / k[side] for w, v, k in zip(strata.weights, strata.variances, strata.sizes, strict=True)]
    if any(parts):
        reach = t_quantile(satterthwaite(parts, [k[side] for k in strata.sizes]), level) * math.sqrt(math.fsum(parts))
        return Estimate(value, max(0.0, value - reach), min(1.0, value + reach), level, n, "share", "mean-share-within-t")
    hits, tokens = (np.concatenate([np.asarray(pair[i], dtype=float) for pair in counts]) for i in (0, 1))
    whole = prevalence(hits, tokens, level=level, phi=phi)
    low, high = (value if end is None else end for end in (whole.low, whole.high))
    return Estimate(value, min(low, value), max(high, value), level, n, "share", whole.method)


def _points(strata: _Strata, shares: tuple[Estimate, ...], level: float, *, tested: bool) -> Estimate:
    n = shares[0].n + shares[1].n
    value = 100 * (strata.mean(1) - strata.mean(0)) if n else None
    errors = errors_of(strata.variances, strata.sizes, strata.weights) if tested else ()
    if value is None or not errors:
        return Estimate(value, None, None, level, n, "points", "none")
    reach = 100 * widest_reach(errors, level)
    return Estimate(value, value - reach, value + reach, level, n, "points", "welch-share-within")


def _ratio(strata: _Strata, shares: tuple[Estimate, ...], level: float, *, tested: bool) -> Estimate:
    """Ratio of the weighted means, both above 0, with the log-delta interval when tested."""
    n, value = shares[0].n + shares[1].n, strata.mean(1) / strata.mean(0)
    errors = errors_of(strata.relative, strata.sizes, strata.weights) if tested else ()
    if not errors:
        return Estimate(value, None, None, level, n, "ratio", "none")
    reach, centre = widest_reach(errors, level), math.log(value)
    high = math.exp(centre + reach) if centre + reach < LARGEST_EXPONENT else None
    return Estimate(value, math.exp(centre - reach), high, level, n, "ratio", "welch-share-within")


def _p(strata: _Strata) -> float:
    """Two-sided p; where nothing varies, that of all exchanges of events within strata, as in `tracker.measures.welch.welch`."""
    errors, difference = errors_of(strata.variances, strata.sizes, strata.weights), strata.mean(1) - strata.mean(0)
    if errors:
        return largest_p(difference, errors)
    arrangements = math.prod(math.comb(k + m, k) for k, m in strata.sizes)
    return 1.0 if difference == 0 else min(1.0, 2 / arrangements)
