import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tracker.estimates import Estimate
from tracker.measures.proportions import difference, ratio_limits, weighted_share, wilson


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200), st.data())
def test_wilson_as_statsmodels_has_it(n, data):
    k = data.draw(st.integers(0, n))
    assert wilson(k, n) == pytest.approx(proportion_confint(k, n, method="wilson"), abs=1e-9)
    low, high = wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert wilson(n - k, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_the_published_example_of_newcombe_and_statsmodels_agree():
    # Newcombe 1998, table II (a): 56/70 - 48/80, method 10: .0524 to .3339.
    found = difference(weighted_share([1] * 48 + [0] * 32, [1] * 80), weighted_share([1] * 56 + [0] * 14, [1] * 70))
    assert (round(found.low, 4), round(found.high, 4), found.differ) == (0.0524, 0.3339, True)
    assert (found.low, found.high) == pytest.approx(confint_proportions_2indep(56, 70, 48, 80, method="newcomb"), abs=1e-9)


def test_weights_by_hand():
    found = weighted_share([1, 0, 0], [2, 1, 1])
    assert (found.value, found.n, found.method) == (0.5, 3, "wilson, weighted")
    assert (found.low, found.high) == pytest.approx(wilson(0.5 * 16 / 6, 16 / 6))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.integers(1, 9)), min_size=1, max_size=30), st.floats(0.1, 10))
def test_neither_the_order_nor_the_unit_of_the_weights_counts(pairs, scale):
    yes, weights = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    found = weighted_share(yes, weights)
    assert weighted_share(yes[::-1], weights[::-1]) == found
    assert weighted_share(yes, scale * weights).value == pytest.approx(found.value)
    other = weighted_share(1 - yes, weights)
    assert (other.value, other.low, other.high) == pytest.approx((1 - found.value, 1 - found.high, 1 - found.low))


def test_a_weighted_interval_holds_the_share_of_the_population():
    rng = np.random.default_rng(2)
    inside = 0
    for _ in range(500):
        population = np.concatenate([rng.random(900) < 0.1, rng.random(100) < 0.5])
        drawn = np.concatenate([rng.choice(900, 60, replace=False), 900 + rng.choice(100, 40, replace=False)])
        found = weighted_share(population[drawn].astype(float), np.repeat([15.0, 2.5], [60, 40]))
        inside += found.low <= population.mean() <= found.high
    assert 0.92 <= inside / 500 <= 0.99


def test_a_ratio_of_nothing_missed_has_an_upper_limit_and_no_lower_one():
    none, some = Estimate(0.0, 0.0, 0.05, 0.95, 70, "share", "wilson"), Estimate(0.9, 0.8, 0.96, 0.95, 60, "share", "wilson")
    low, high = ratio_limits(none, some)
    assert (low, 0.05 < high < 0.07) == (0.0, True)
    assert ratio_limits(some, none)[1] is None


def test_what_does_not_exist_has_no_difference_and_bad_input_is_refused():
    empty = weighted_share([], [])
    assert (empty.value, empty.n, difference(empty, empty)) == (None, 0, None)
    with pytest.raises(ValueError, match="one length"):
        weighted_share([1], [1, 2])
    with pytest.raises(ValueError, match="weights above 0"):
        weighted_share([1], [0])
    with pytest.raises(ValueError, match="0 <= successes"):
        wilson(3, 2)
