"""A shift whose counts come from a model: the doubt about the model, seen in its refits, joins the spread of the events."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tracker.measures.cautious import cautious, errors_of, largest_p, widest_reach
from tracker.measures.power import LARGEST_EXPONENT, ratio_found
from tracker.measures.prevalence import event_shares
from tracker.measures.shift import Shift, shift
from tracker.measures.welch import mean_and_variance

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tracker.measures.cautious import Pair

MIN_REFITS = 2
MOST_TURNED = 0.1


@dataclass(frozen=True, slots=True)
class Refitted:
    """A shift under a model, with the doubt about the model in its p and intervals.

    Args:
        shift: The shift under the model itself; p and intervals None with fewer than two refits.
        points: The change under each refit that has the topic, in points.
        turned: Share of the refits in which the change has the other sign, 0-1.
        doubt: Share of the variance of the change that is the model's, 0-1; None when not tested.
    """

    shift: Shift
    points: tuple[float, ...]
    turned: float
    doubt: float | None

    @property
    def stable(self) -> bool:
        """Whether the change keeps its direction in at least 90 % of the refits."""
        return self.turned <= MOST_TURNED


def refitted_shift(
    before: npt.ArrayLike,
    before_tokens: npt.ArrayLike,
    after: npt.ArrayLike,
    after_tokens: npt.ArrayLike,
    *,
    level: float = 0.95,
    min_expected_hits: float = 5.0,
    tests: int = 1,
    besides: Sequence[Pair] = (),
) -> Refitted:
    """Return the change of a topic's mean share per event, tested with the doubt about the model composed in.

    Args:
        before: Tokens of the topic per event, shape (1 + refits, k): first under the model, then under each refit; NaN where a refit lacks the topic.
        before_tokens: Content tokens per event, shape (k,); events with 0 tokens are left out.
        after: The same for the other side, shape (1 + refits, m).
        after_tokens: The same for the other side, shape (m,).
        level: Coverage of the intervals, between 0 and 1.
        min_expected_hits: As in `shift`.
        tests: As in `shift`.
        besides: Further (standard error, degrees of freedom) of the change as a share, e.g. with successive events that resemble each other; the most
            cautious of all counts.

    Raises:
        ValueError: As `shift`.

    Caution:
        Refits on 80 % of the speeches differ less than fits on new speeches would: what a model misses in all of them is not seen here.

    Source:
        Method of composition as in Roberts, Stewart and Airoldi 2016, JASA 111(515):988-1003, section 3; variances added as by Rubin 1987, Multiple
        Imputation, section 3.1: T = W + (1 + 1/R) B, B about the model's own change, degrees of freedom by Satterthwaite.

    Example:
        >>> before, after = [1, 2, 3, 2], [6, 8, 7, 9]
        >>> sure = refitted_shift([before] * 3, [100] * 4, [after] * 3, [100] * 4)
        >>> unsure = refitted_shift([before] * 3, [100] * 4, [after, after, [2, 3, 4, 3]], [100] * 4)
        >>> round(sure.shift.p, 5), round(unsure.shift.p, 2), [round(p, 1) for p in unsure.points], round(unsure.doubt, 2)
        (0.00076, 0.29, [5.5, 1.0], 0.96)
    """
    own, other = np.atleast_2d(np.asarray(before, dtype=float)), np.atleast_2d(np.asarray(after, dtype=float))
    means = [(mean_share(a, before_tokens), mean_share(b, after_tokens)) for a, b in zip(own[1:], other[1:], strict=True)]
    sides = (own[0], before_tokens), (other[0], after_tokens)
    return composed_shift(*sides, means, level=level, min_expected_hits=min_expected_hits, tests=tests, besides=besides)


def composed_shift(
    before: tuple[npt.ArrayLike, npt.ArrayLike],
    after: tuple[npt.ArrayLike, npt.ArrayLike],
    refits: Sequence[tuple[float, float]],
    *,
    level: float = 0.95,
    min_expected_hits: float = 5.0,
    tests: int = 1,
    besides: Sequence[Pair] = (),
) -> Refitted:
    """Return `refitted_shift` where of each refit nothing is held but the mean share of both sides.

    Args:
        before: Tokens of the topic under the model and all content tokens, per event, each of shape (k,).
        after: The same for the other side, each of shape (m,).
        refits: `mean_share` of both sides under each refit; NaN where it lacks the topic.
        level: As in `refitted_shift`, and so are the others.
        min_expected_hits: As in `shift`.
        tests: As in `shift`.
        besides: Further errors of the change.
    """
    (own, before_tokens), (other, after_tokens) = before, after
    whole = shift(own, before_tokens, other, after_tokens, level=level, min_expected_hits=min_expected_hits, tests=tests)
    means = [(a, b) for a, b in refits if not (math.isnan(a) or math.isnan(b))]
    points = tuple(100 * (b - a) for a, b in means)
    value = whole.points.value
    turned = sum(value is not None and p * value < 0 for p in points) / len(points) if points else 0.0
    if whole.p is None or value is None or len(points) < MIN_REFITS:
        return Refitted(_untested(whole), points, turned, None)
    sides = event_shares(own, before_tokens), event_shares(other, after_tokens)
    found = cautious(*sides)
    errors = (*(found.errors if found else ()), *besides)
    if not errors:
        return Refitted(_untested(whole), points, turned, None)
    among = _among([p / 100 for p in points], value / 100)
    wide = _widened(errors, among, len(points))
    reach = 100 * widest_reach(wide, level)
    tested = replace(whole, p=largest_p(value / 100, wide), points=replace(whole.points, low=value - reach, high=value + reach, method="welch-share-refits"))
    tested = _ratio(tested, sides, means, (level, 1 - (1 - level) / tests))
    return Refitted(tested, points, turned, among / (among + max(error for error, _ in errors) ** 2))


def mean_share(hits: npt.ArrayLike, tokens: npt.ArrayLike) -> float:
    """Return the mean over events of the share of a topic's tokens; NaN where a refit lacks the topic, 0 without events."""
    held = np.asarray(hits, dtype=float)
    if np.isnan(held).any():
        return math.nan
    shares = event_shares(np.minimum(held, np.asarray(tokens, dtype=float)), tokens)
    return float(shares.mean()) if shares.size else 0.0


def _among(values: Sequence[float], centre: float) -> float:
    """(1 + 1/R) times the mean squared distance of the refits from the model's own value."""
    return (1 + 1 / len(values)) * sum((value - centre) ** 2 for value in values) / len(values)


def _widened(errors: Sequence[Pair], among: float, refits: int) -> tuple[Pair, ...]:
    """Add the variance among refits to each standard error; degrees of freedom by Satterthwaite, the refits counting R of them."""
    wide = ((math.sqrt(total := error**2 + among), total**2 / (error**4 / df + among**2 / refits)) for error, df in errors)
    return (*errors, *wide)  # a little doubt adds degrees of freedom and could sharpen a test of few events: the plain error stays beside it


def _ratio(
    tested: Shift, sides: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]], means: Sequence[tuple[float, float]], levels: tuple[float, float]
) -> Shift:
    """Widen the interval of the ratio alike, and what could have been found with it; both go where a mean is 0."""
    value = tested.ratio.value
    if not value or any(a <= 0 or b <= 0 for a, b in means):
        return replace(tested, ratio=replace(tested.ratio, low=None, high=None, method="none"), smallest_detectable=None)
    relative = [mean_and_variance(side)[1] * side.size / mean_and_variance(side)[0] ** 2 for side in sides]
    errors = errors_of([(relative[0], relative[1])], [(sides[0].size, sides[1].size)])
    if not errors:
        return tested
    wide = _widened(errors, _among([math.log(b / a) for a, b in means], math.log(value)), len(means))
    reach, centre = widest_reach(wide, levels[0]), math.log(value)
    high = math.exp(centre + reach) if centre + reach < LARGEST_EXPONENT else None
    ratio = replace(tested.ratio, low=math.exp(centre - reach), high=high, method="welch-share-refits")
    return replace(tested, ratio=ratio, smallest_detectable=ratio_found(wide, level=levels[1]))


def _untested(whole: Shift) -> Shift:
    """The shift without p, intervals of the change and what hangs on them: nothing is known about the model's own error."""
    points, ratio = (replace(estimate, low=None, high=None, method="none") for estimate in (whole.points, whole.ratio))
    return replace(whole, p=None, points=points, ratio=ratio, smallest_detectable=None, testable=False)
