"""Whether and when a series of period means moved to another level: largest CUSUM and the posterior of one change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from tracker.measures.series import CORRELATED, Series, detrended_lag1, exchanged_means, persistent_series, series

MIN_TESTED = 10
LONG = 40
TIE = 1e-9
LEVEL = 0.05
MIN_PROBABILITY = 0.95


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where the level may have changed.

    Args:
        last_before: The last period before the change.
        first_after: The next period that holds an event; the change lies between the two, across the gap where there is one.
        probability: Probability of this place, given that there is one change, 0-1.
    """

    last_before: int
    first_after: int
    probability: float


@dataclass(frozen=True, slots=True)
class Changepoint:
    """One change of level in a series of period means; `changed` is the only claim.

    Args:
        n_periods: Periods that hold an event; below ten nothing is tested and every other field is empty.
        changed: Whether p < .05 and the probability of a change exceeds .95.
        statistic: Largest CUSUM over all places, in standard deviations; None when not tested or when nothing varies.
        p: The p that decides: `p_persistent` where neighbours correlate above .2 or there are 40 periods or more, else `p_exchanged`.
        p_exchanged: p from exchanging events over periods.
        p_persistent: p against series without change whose neighbours correlate by `lag1`.
        lag1: Correlation of neighbouring periods around a line.
        probability: Posterior probability of one change against none, prior 1/2, 0-1.
        log10_bayes_factor: Decimal logarithm of the odds behind it.
        log10_step_over_line: The same of a step against a straight line; above 0 the step fits better.
        best: The likeliest place.
        credible: The likeliest places that hold 95 % of the probability, in order of time.
    """

    n_periods: int
    changed: bool = False
    statistic: float | None = None
    p: float | None = None
    p_exchanged: float | None = None
    p_persistent: float | None = None
    lag1: float | None = None
    probability: float | None = None
    log10_bayes_factor: float | None = None
    log10_step_over_line: float | None = None
    best: Candidate | None = None
    credible: tuple[Candidate, ...] = ()


def changepoint(values: npt.ArrayLike, periods: npt.ArrayLike, *, n_permutations: int = 999, rng: np.random.Generator) -> Changepoint:
    """Return the change of level that the period means of events show best, and whether it may be claimed.

    Args:
        values: One value per event, shape (n,).
        periods: Period of every event, whole numbers one apart, shape (n,); a period without events is a gap.
        n_permutations: Random exchanges, and simulated series for `p_persistent`.
        rng: Source of randomness.

    Raises:
        ValueError: As `series`.

    Caution:
        Simulated false alarms of `changed` with 10, 24, 50 periods: independent .002, .003, .003; neighbours correlated by .5
        .03, .05, .06, by .7 .05, .09, .08. Power for a step of 1.5 SD in the middle .03, .36, .89; of 2.5 SD .16, .91, 1.
        A slope fires it as a step does (a rise of 2 SD: .02, .22, .66): say "changed". `log10_step_over_line` tells the two
        apart poorly: beyond .5 either way it named the wrong one in 1-14 % of runs, the right one in 3-97 %.

    Source:
        |S_k| / sqrt(k (T - k) / T) / s, S_k the sums of centred means. Bayes factor of a step after period k with a
        unit-information prior, g = T (Liang et al. 2008, JASA 103:410-423, eq. 6): (1 + g)^((T - 2) / 2) / (1 + g (1 - R2_k))^((T - 1) / 2).

    Example:
        >>> years = range(2001, 2013)
        >>> result = changepoint([1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9], years, rng=np.random.default_rng(1))
        >>> result.best.first_after, round(result.probability, 3), result.p_exchanged < 0.05
        (2007, 1.0, True)
    """
    line = series(values, periods)
    if line.n_periods < MIN_TESTED:
        return Changepoint(line.n_periods)
    if float(np.ptp(line.means)) <= line.tie:
        return Changepoint(line.n_periods, p=1.0, p_exchanged=1.0, p_persistent=1.0, lag1=0.0)
    statistic = float(_largest_cusum(line.means[None, :])[0])
    floor = statistic * (1 - TIE)
    as_large = sum(int((_largest_cusum(rows) >= floor).sum()) for rows in exchanged_means(line, n_permutations, rng=rng))
    lag1 = detrended_lag1(line)
    invented = int((_largest_cusum(persistent_series(line, lag1, n_permutations, rng=rng)) >= floor).sum())
    p_exchanged, p_persistent = (1 + as_large) / (1 + n_permutations), (1 + invented) / (1 + n_permutations)
    p = p_persistent if lag1 > CORRELATED or line.n_periods >= LONG else p_exchanged
    log_bf, over_line, posterior = _posterior(line)
    probability = float(special.expit(log_bf))
    places = _candidates(line, posterior)
    return Changepoint(
        n_periods=line.n_periods,
        changed=p < LEVEL and probability > MIN_PROBABILITY,
        statistic=statistic,
        p=p,
        p_exchanged=p_exchanged,
        p_persistent=p_persistent,
        lag1=lag1,
        probability=probability,
        log10_bayes_factor=log_bf / float(np.log(10)),
        log10_step_over_line=over_line / float(np.log(10)),
        best=places[int(np.argmax(posterior))],
        credible=_credible(places, posterior),
    )


def _largest_cusum(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Largest |S_k| / sqrt(k (T - k) / T) / s of every row; 0 where a row does not vary."""
    size = rows.shape[1]
    places = np.arange(1, size)
    centred = rows - rows.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred**2).sum(axis=1) / (size - 1))
    largest = (np.abs(centred.cumsum(axis=1)[:, :-1]) / np.sqrt(places * (size - places) / size)).max(axis=1)
    return np.asarray(np.divide(largest, deviation, out=np.zeros_like(largest), where=deviation > 0))


def _posterior(line: Series) -> tuple[float, float, npt.NDArray[np.float64]]:
    """Log Bayes factor of one step against none, of a step against a line, and the posterior over the places, shape (T - 1,)."""
    size = line.n_periods
    places = np.arange(1, size)
    centred = line.means - line.means.mean()
    total = float(centred @ centred)
    step = centred.cumsum()[:-1] ** 2 * size / (places * (size - places)) / total
    at = line.periods - line.periods.mean()
    slope = float(at @ centred) ** 2 / float(at @ at) / total
    logs = _log_bf(step, size)
    averaged = float(special.logsumexp(logs)) - float(np.log(logs.size))
    return averaged, averaged - float(_log_bf(np.array([slope]), size)[0]), np.asarray(special.softmax(logs))


def _log_bf(explained: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.float64]:
    """Natural logarithm of the Bayes factor of one regressor that explains a share R2 of the variance, g = T."""
    left = np.clip(1 - explained, 0.0, 1.0)
    return np.asarray((size - 2) / 2 * np.log1p(size) - (size - 1) / 2 * np.log1p(size * left))


def _candidates(line: Series, posterior: npt.NDArray[np.float64]) -> tuple[Candidate, ...]:
    when = line.periods.tolist()
    return tuple(Candidate(when[k], when[k + 1], float(weight)) for k, weight in enumerate(posterior))


def _credible(places: tuple[Candidate, ...], posterior: npt.NDArray[np.float64]) -> tuple[Candidate, ...]:
    """The fewest places that hold 95 % of the probability, in order of time."""
    order = np.argsort(-posterior, kind="stable")
    needed = int(np.searchsorted(np.cumsum(posterior[order]), MIN_PROBABILITY)) + 1
    return tuple(places[k] for k in sorted(order[:needed].tolist()))
