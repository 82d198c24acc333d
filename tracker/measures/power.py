"""What a number of events can find: power of the test of shares, the smallest detectable ratio, the events still needed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from tracker.measures.cautious import errors_of
from tracker.measures.prevalence import PASSAGE_PHI, event_counts
from tracker.measures.welch import MIN_EVENTS, t_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

POWER = 0.8
BETWEEN_EVENT_TAU = 0.45
"""Between-event standard deviation of the logit share: the middle of the .35-.55 measured on real speeches."""
LARGEST_EXPONENT = 700.0


def ratio_power(ratio: float, *, spreads: tuple[float, float], sizes: tuple[int, int], level: float = 0.95) -> float:
    """Return the probability, 0-1, that a true ratio of means is found at two-sided 1 - level.

    Args:
        ratio: True ratio of the two mean shares, > 0; r and 1/r are the same task.
        spreads: Relative standard deviation (SD / mean) of event shares on both sides, > 0.
        sizes: Number of events on both sides, >= 2.
        level: Level of the test, between 0 and 1.

    Caution:
        Spreads are taken as proportional to the mean, as they are where shares vary by a factor. On simulated speeches
        (shares .02-.10, ratios 1.5-6, 4,000 runs each) it met the power of the test within .07 from 5/5 on; with SDs held
        fixed it promised up to .37 too much. With 2/2 and 3/3 it is up to .19 too high.

    Source:
        Noncentral t: Johnson & Kotz 1970, chapter 31; log ratio by the delta method.

    Example:
        >>> round(ratio_power(2, spreads=(0.53, 0.53), sizes=(10, 10)), 2)
        0.79
    """
    return min(_found(math.log(ratio), error, df, level) for error, df in errors_of([(spreads[0] ** 2, spreads[1] ** 2)], [sizes]))


def _found(log_ratio: float, error: float, df: float, level: float) -> float:
    """Probability that a log ratio known with this error is found."""
    centre, critical = abs(log_ratio) / error, t_quantile(df, level)
    return float(1 - special.nctdtr(df, centre, critical) + special.nctdtr(df, centre, -critical))


def smallest_ratio(*, spreads: tuple[float, float], sizes: tuple[int, int], level: float = 0.95, power: float = POWER) -> float | None:
    """Return the smallest ratio > 1 (or its inverse) that these events would find with the wanted power.

    Args:
        spreads: As in `ratio_power`; a single 0 is allowed.
        sizes: Number of events on both sides, >= 2.
        level: Level of the test, between 0 and 1.
        power: Wanted probability of finding it, between 0 and 1.

    Returns:
        A ratio above 1; None when neither side varies or when no finite ratio would do.

    Example:
        >>> round(smallest_ratio(spreads=(0.53, 0.53), sizes=(10, 10)), 2)
        2.02
    """
    return ratio_found(errors_of([(spreads[0] ** 2, spreads[1] ** 2)], [sizes]), level=level, power=power)


def ratio_found(errors: Sequence[tuple[float, float]], *, level: float = 0.95, power: float = POWER) -> float | None:
    """Return the smallest ratio > 1 (or its inverse) that every one of several tests of its logarithm finds with the wanted power.

    Args:
        errors: (standard error of the log ratio, degrees of freedom) of each test.
        level: Level of the tests, between 0 and 1.
        power: Wanted probability of finding it, between 0 and 1.

    Returns:
        A ratio above 1; None without any test or when no finite ratio would do.

    Example:
        >>> round(ratio_found([(0.24, 18)]), 2)
        2.04
    """
    exponents = [float(special.nctdtrinc(df, 1 - power, t_quantile(df, level))) * error for error, df in errors]
    return math.exp(max(exponents)) if exponents and max(exponents) < LARGEST_EXPONENT else None


def speeches_needed(
    n_before: int,
    n_after: int,
    *,
    ratio: float = 2.0,
    tau: float = BETWEEN_EVENT_TAU,
    hits_per_event: float | None = None,
    level: float = 0.95,
    power: float = POWER,
) -> int:
    """Return how many more events on each side would find a ratio (a doubling) with the wanted power.

    Args:
        n_before: Events there are before, >= 0.
        n_after: Events there are after, >= 0.
        ratio: True ratio to be found, above 1.
        tau: Between-event SD of the logit share; the relative SD is sqrt(exp(tau^2) - 1), exact for small shares.
        hits_per_event: Theme tokens an event is expected to hold; adds the variance phi / hits of counting words.
            None: events so long that counting adds nothing.
        level: Level of the test, between 0 and 1.
        power: Wanted probability of finding it, between 0 and 1.

    Returns:
        0 when there are enough already.

    Raises:
        ValueError: `ratio` is not above 1, or `tau` and `hits_per_event` leave no spread at all.

    Example:
        >>> speeches_needed(1, 1), speeches_needed(1, 1, hits_per_event=20), speeches_needed(40, 40)
        (8, 13, 0)
    """
    spread = math.sqrt(math.expm1(tau**2) + (PASSAGE_PHI / hits_per_event if hits_per_event else 0.0))
    if ratio <= 1 or spread == 0:
        raise ValueError(f"ratio must lie above 1 and events must vary, not {ratio} and a relative SD of {spread}")

    def enough(more: int) -> bool:
        sizes = n_before + more, n_after + more
        return min(sizes) >= MIN_EVENTS and ratio_power(ratio, spreads=(spread, spread), sizes=sizes, level=level) >= power

    if enough(0):
        return 0
    most = 1
    while not enough(most):
        most *= 2
    least = most // 2
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if enough(middle) else (middle, most)
    return most


def expected_hits(before_hits: npt.ArrayLike, before_tokens: npt.ArrayLike, after_hits: npt.ArrayLike, after_tokens: npt.ArrayLike) -> tuple[float, float]:
    """Return the hits each side would hold if both had the same share: its tokens times the pooled share.

    Example:
        >>> expected_hits([2], [100], [4], [200])
        (2.0, 4.0)
    """
    (said_before, spoken_before), (said_after, spoken_after) = event_counts(before_hits, before_tokens), event_counts(after_hits, after_tokens)
    tokens = spoken_before.sum(), spoken_after.sum()
    pooled = (said_before.sum() + said_after.sum()) / max(sum(tokens), 1.0)
    return float(tokens[0] * pooled), float(tokens[1] * pooled)


def events_needed_for_hits(
    before_hits: npt.ArrayLike,
    before_tokens: npt.ArrayLike,
    after_hits: npt.ArrayLike,
    after_tokens: npt.ArrayLike,
    *,
    min_expected_hits: float = 5.0,
) -> int | None:
    """Return about how many more events of the usual length, both sides together, a theme needs before it can be tested.

    Args:
        before_hits: Theme tokens per event, shape (k,).
        before_tokens: Content tokens per event, shape (k,).
        after_hits: The same for the other side.
        after_tokens: The same for the other side.
        min_expected_hits: Hits either side must expect at the pooled share.

    Returns:
        Events lacking, summed over the sides, each brought to two events and the expected hits; None when the theme was
        never mentioned, so that no number of events can be promised, or when no event has tokens.

    Example:
        >>> events_needed_for_hits([1, 0], [100, 100], [0, 1], [100, 100])
        16
    """
    sides = event_counts(before_hits, before_tokens), event_counts(after_hits, after_tokens)
    lengths = np.concatenate([spoken for _, spoken in sides])
    pooled = sum(float(said.sum()) for said, _ in sides) / max(float(lengths.sum()), 1.0)
    if pooled == 0:
        return None
    lacking = 0
    for _, spoken in sides:
        usual = float(spoken.mean()) if spoken.size else float(lengths.mean())
        # Rounded before the ceiling: 5 / .005 - 200 must not become one event more through its last binary digit.
        by_hits = math.ceil(round((min_expected_hits / pooled - float(spoken.sum())) / usual, 9))
        lacking += max(by_hits, MIN_EVENTS - spoken.size, 0)
    return lacking
