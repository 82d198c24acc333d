"""How a theme's mean share per event changed between two sides, and what those sides could have shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tracker.estimates import Estimate
from tracker.measures.cautious import cautious, errors_of, widest_reach
from tracker.measures.power import LARGEST_EXPONENT, expected_hits, smallest_ratio
from tracker.measures.prevalence import PASSAGE_PHI, event_counts, event_shares, prevalence, too_short
from tracker.measures.tipping import tipping_point
from tracker.measures.welch import MIN_EVENTS, mean_and_variance

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Shift:
    """A change from before to after; `tracker.measures.verdict.judge` puts a word to it.

    Args:
        before: Mean share per event before, 0-1.
        after: Mean share per event after, 0-1.
        points: 100 x (after - before), unit `points`; value None when a side has no tokens.
        ratio: after / before, unit `ratio`; value None when a mean is 0 or missing.
        p: Two-sided p on event shares, the larger of Welch's and Student's; None when not testable, too rare, or one side's texts are
            too short for shares that can be compared (`tracker.measures.prevalence.too_short`).
        smallest_detectable: Ratio above 1 (or its inverse) that a test of these events would find with 80 % power;
            None where there is no p, or without spread.
        tau_star: Between-event SD (log-odds) below which the difference would be credible; None when testable.
        expected_hits: Hits (before, after) at the pooled share.
        too_rare: Whether a side expects fewer hits than the gate asks for.
        testable: Whether both sides have two events with tokens.
    """

    before: Estimate
    after: Estimate
    points: Estimate
    ratio: Estimate
    p: float | None
    smallest_detectable: float | None
    tau_star: float | None
    expected_hits: tuple[float, float]
    too_rare: bool
    testable: bool


def shift(
    before_hits: npt.ArrayLike,
    before_tokens: npt.ArrayLike,
    after_hits: npt.ArrayLike,
    after_tokens: npt.ArrayLike,
    *,
    level: float = 0.95,
    phi: float = PASSAGE_PHI,
    min_expected_hits: float = 5.0,
    tests: int = 1,
) -> Shift:
    """Return the change of a theme's mean share per event, tested on event shares by Welch's and Student's t.

    Args:
        before_hits: Theme tokens per event, summed over the event's reports, shape (k,).
        before_tokens: Content tokens per event, shape (k,); events with 0 tokens are left out.
        after_hits: The same for the other side, shape (m,).
        after_tokens: The same for the other side, shape (m,).
        level: Coverage of the intervals, between 0 and 1.
        phi: Within-text overdispersion, >= 1, for `tau_star` and for the intervals of silent or single events.
        min_expected_hits: A side that expects fewer hits makes the theme too rare to test.
        tests: Tests of the family, >= 1: the smallest detectable ratio is the one found when this theme alone of them has changed,
            where the correction for many tests asks for p <= (1 - level) / tests.

    Returns:
        Intervals of `points` and `ratio` exist exactly when p does and the events vary, so that a theme that is not
        tested is not tested by its interval either; `method` is then `welch-share`, else `none`.

    Raises:
        ValueError: Arrays of different length, negative or infinite counts, more hits than tokens, a bad level or phi.

    Caution:
        Events are taken as independent. Several reports of one event must be summed before, or false alarms become seven
        times as frequent. A p says nothing of what else differs between the sides (kind, outlet, length).

    Source:
        Welch on shares: type-I error .02-.10 at .05 in simulations of 2 to 40 speeches a side, where a token-level G2
        reaches .4-.8; with unequal numbers of speeches only together with Student's t, see `tracker.measures.cautious`. Ratio:
        log-delta method, the wider of both intervals, with degrees of freedom on the log scale (simulated coverage .93-.98
        where those of the shares gave .91-.98).

    Example:
        >>> change = shift([1, 2, 3, 2], [100] * 4, [6, 8, 7, 9], [100] * 4)
        >>> round(change.points.value, 3), round(change.ratio.value, 3), round(change.p, 5)
        (5.5, 3.75, 0.00076)
    """
    before = prevalence(before_hits, before_tokens, level=level, phi=phi)
    after = prevalence(after_hits, after_tokens, level=level, phi=phi)
    expected = expected_hits(before_hits, before_tokens, after_hits, after_tokens)
    shares = event_shares(before_hits, before_tokens), event_shares(after_hits, after_tokens)
    testable = min(before.n, after.n) >= MIN_EVENTS
    too_rare = min(expected) < min_expected_hits
    tested = testable and not too_rare and not too_short(before_tokens, after_tokens)
    result = cautious(*shares) if tested else None
    return Shift(
        before=before,
        after=after,
        points=_points(before, after, result.interval(level) if result else None),
        ratio=_ratio(before, after, shares if tested else None),
        p=result.p if result else None,
        smallest_detectable=_smallest_detectable(*shares, level=1 - (1 - level) / tests) if tested else None,
        tau_star=None if testable else tipping_point(event_counts(before_hits, before_tokens), event_counts(after_hits, after_tokens), level=level, phi=phi),
        expected_hits=expected,
        too_rare=too_rare,
        testable=testable,
    )


def _points(before: Estimate, after: Estimate, interval: tuple[float, float] | None) -> Estimate:
    """Difference of the means in points, with the Welch interval when there is one."""
    value = None if before.value is None or after.value is None else 100 * (after.value - before.value)
    low, high = (100 * interval[0], 100 * interval[1]) if interval else (None, None)
    return Estimate(value, low, high, before.level, before.n + after.n, "points", "welch-share" if interval else "none")


def _ratio(before: Estimate, after: Estimate, shares: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None) -> Estimate:
    """Ratio of the means, with the log-delta interval when `shares` are handed in and vary."""
    n, level = before.n + after.n, before.level
    if not before.value or not after.value:
        return Estimate(None, None, None, level, n, "ratio", "none")
    value = after.value / before.value
    errors = errors_of([(_relative_variance(shares[0]), _relative_variance(shares[1]))], [(before.n, after.n)]) if shares else ()
    if not errors:
        return Estimate(value, None, None, level, n, "ratio", "none")
    reach, centre = widest_reach(errors, level), math.log(value)
    # Two or three events at a level near 1 reach beyond what a float holds: no upper limit then.
    high = math.exp(centre + reach) if centre + reach < LARGEST_EXPONENT else None
    return Estimate(value, math.exp(centre - reach), high, level, n, "ratio", "welch-share")


def _relative_variance(shares: npt.NDArray[np.float64]) -> float:
    """(SD / mean)^2 of two or more event shares whose mean is above 0."""
    mean, variance = mean_and_variance(shares)
    return variance * shares.size / mean**2


def _smallest_detectable(before: npt.NDArray[np.float64], after: npt.NDArray[np.float64], *, level: float) -> float | None:
    """Smallest ratio found with 80 % power at the observed relative spreads; a silent side is lent the other's."""
    spreads = [math.sqrt(_relative_variance(side)) if side.any() else None for side in (before, after)]
    first, second = (spreads[0] if spreads[0] is not None else spreads[1]), (spreads[1] if spreads[1] is not None else spreads[0])
    if first is None or second is None:
        return None
    return smallest_ratio(spreads=(first, second), sizes=(before.size, after.size), level=level)
