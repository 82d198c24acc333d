"""How much of the speech a theme takes up: the mean share per event with an interval that is never of zero width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from tracker.estimates import Estimate
from tracker.measures.welch import MIN_EVENTS, mean_and_variance, t_quantile

if TYPE_CHECKING:
    import numpy.typing as npt

PASSAGE_PHI = 3.4
"""Overdispersion of theme words within a text: the middle of the 1.7-5.1 measured on 60-token passages of real speeches."""
SHORT, FAR_LONGER = 30, 3
"""Content tokens of a text of a sentence or two, and how many times as long the other side's are that its share is not comparable with."""


def prevalence(hits: npt.ArrayLike, tokens: npt.ArrayLike, *, level: float = 0.95, phi: float = PASSAGE_PHI) -> Estimate:
    """Return the mean share of a theme per event, every event counting the same.

    Args:
        hits: Theme tokens per event, summed over the event's reports, shape (k,), 0 <= hits <= tokens; may be fractional.
        tokens: Content tokens per event, shape (k,). Events with 0 tokens say nothing and are left out.
        level: Coverage of the interval, between 0 and 1.
        phi: Variance of the theme's counts within a text over the binomial variance, >= 1; used only where the events
            themselves cannot show the spread.

    Returns:
        Share in 0-1 with n = events that have tokens; None when there are none. `method` says what the interval is:
        `mean-share-t` (two events or more): t interval over event shares, cut at 0 and 1;
        `jeffreys` (no hit in any event, or all shares equal): Jeffreys interval of the summed counts divided by phi;
        `beta-within-texts` (one event): the same interval of that one event.

    Raises:
        ValueError: Arrays of different length, negative or infinite counts, more hits than tokens, or phi below 1.

    Caution:
        `beta-within-texts` says how exactly this one event's words show its own share. It knows nothing of how much the
        speeches of a period differ and must not be read as an interval of the period. `jeffreys` borrows the spread from
        phi; events that vary more than passages do make it too narrow.

    Source:
        t interval on event shares: simulated coverage .93-.95 (2 to 20 events, shares .02 and .10). Jeffreys: Brown, Cai & DasGupta 2001, Statistical
        Science 16(2):101-133, section 3.1 (0 at no hits, 1 at hits only); counts divided by phi as in quasi-likelihood.

    Example:
        >>> estimate = prevalence([2, 4, 6], [100, 100, 100])
        >>> estimate.value, round(estimate.high, 4), estimate.n, estimate.method
        (0.04, 0.0897, 3, 'mean-share-t')
        >>> silent = prevalence([0, 0], [100, 100])
        >>> silent.low, round(silent.high, 3)
        (0.0, 0.042)
    """
    said, spoken = event_counts(hits, tokens)
    if spoken.size == 0:
        return Estimate(None, None, None, level, 0, "share", "none")
    shares = np.sort(said / spoken)
    if spoken.size < MIN_EVENTS or shares[0] == shares[-1]:
        low, high = jeffreys(float(said.sum()), float(spoken.sum()), level=level, phi=phi)
        method = "beta-within-texts" if spoken.size == 1 else "jeffreys"
        return Estimate(float(shares[0]), low, high, level, spoken.size, "share", method)
    mean, variance = mean_and_variance(shares)
    reach = t_quantile(spoken.size - 1, level) * variance**0.5
    return Estimate(mean, max(0.0, mean - reach), min(1.0, mean + reach), level, spoken.size, "share", "mean-share-t")


def event_counts(hits: npt.ArrayLike, tokens: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return hits and tokens of the events that have tokens, checked, as new float arrays.

    Raises:
        ValueError: Arrays of different length, negative or infinite counts, or more hits than tokens.

    Example:
        >>> event_counts([1, 0], [50, 0])
        (array([1.]), array([50.]))
    """
    said, spoken = np.asarray(hits, dtype=float), np.asarray(tokens, dtype=float)
    if said.shape != spoken.shape or said.ndim != 1:
        raise ValueError(f"hits and tokens must be two lists of one length, not of shapes {said.shape} and {spoken.shape}")
    if not (np.isfinite(spoken).all() and (said >= 0).all() and (said <= spoken).all()):
        raise ValueError("every event needs 0 <= hits <= tokens, all finite")
    return said[spoken > 0], spoken[spoken > 0]


def event_shares(hits: npt.ArrayLike, tokens: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the share of each event that has tokens, sorted, so that the order of events cannot move a digit.

    Raises:
        ValueError: As `event_counts`.

    Example:
        >>> event_shares([3, 1, 0], [100, 100, 0])
        array([0.01, 0.03])
    """
    said, spoken = event_counts(hits, tokens)
    return np.sort(said / spoken)


def too_short(before: npt.ArrayLike, after: npt.ArrayLike) -> bool:
    """Return whether the texts of one side are so short beside the other's that their shares say different things.

    The share of a sentence or two is not, on average, the share of the text it comes from: long sentences hold more of some words. Of FOMC
    statements of which a tenth of the sentences is kept (18 content words at the median), 27 % of comparisons of unchanged speech would
    make a false claim; of longer remains (96 words and more) 4-7 %.

    Args:
        before: Content tokens per event, shape (k,); events with 0 tokens are left out.
        after: The same for the other side, shape (m,).

    Example:
        >>> too_short([12, 20, 16], [180, 200, 190]), too_short([12, 20, 16], [18, 20, 15]), too_short([60, 80], [900, 700])
        (True, False, False)
    """
    medians = [float(np.median(spoken[spoken > 0])) if (spoken > 0).any() else 0.0 for spoken in map(np.asarray, (before, after))]
    return 0 < min(medians) < SHORT and max(medians) >= FAR_LONGER * min(medians)


def jeffreys(hits: float, tokens: float, *, level: float, phi: float) -> tuple[float, float]:
    """Return the Jeffreys interval of a share whose counts are overdispersed by phi; it always holds hits / tokens.

    Args:
        hits: Theme tokens, 0 <= hits <= tokens.
        tokens: Content tokens, > 0.
        level: Coverage, between 0 and 1.
        phi: Variance over the binomial variance, >= 1; the counts are divided by it.

    Raises:
        ValueError: `level` or `phi` is outside its range.

    Example:
        >>> low, high = jeffreys(0, 195, level=0.95, phi=1)
        >>> low, round(high, 4)
        (0.0, 0.0128)
    """
    if not 0 < level < 1 or phi < 1:
        raise ValueError(f"level must lie between 0 and 1 and phi not below 1, not {level} and {phi}")
    a, b = hits / phi + 0.5, (tokens - hits) / phi + 0.5
    low = 0.0 if hits == 0 else float(special.betaincinv(a, b, (1 - level) / 2))
    high = 1.0 if hits == tokens else float(special.betaincinv(a, b, (1 + level) / 2))
    # A fraction of a hit divided by phi can put the prior above the observed share; the interval must hold what was seen.
    return min(low, hits / tokens), max(high, hits / tokens)
