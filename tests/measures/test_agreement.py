import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.agreement import rank_agreement


def test_by_hand():
    found = rank_agreement([1, 2, 3, 4], [10, 30, 20, 40])
    assert found.value == pytest.approx(1 - 6 * 2 / (4 * 15))
    assert (found.low, found.high, found.n, found.unit) == (None, None, 4, "rank correlation")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=10, max_size=40))
def test_as_scipy_has_it_ties_included(pairs):
    first, second = ([pair[side] for pair in pairs] for side in (0, 1))
    found = rank_agreement(first, second)
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert found.value is None
        return
    assert found.value == pytest.approx(stats.spearmanr(first, second).statistic, abs=1e-12)
    assert -1 <= found.low <= found.value <= found.high <= 1


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(12)), st.permutations(range(12)))
def test_only_the_order_counts_and_the_order_of_events_does_not(first, second):
    found = rank_agreement(first, second)
    assert rank_agreement([math.exp(x) for x in first], second).value == pytest.approx(found.value)
    again = sorted(zip(first, second, strict=True))
    assert rank_agreement([a for a, _ in again], [b for _, b in again]).value == pytest.approx(found.value)
    assert rank_agreement([-x for x in first], second).value == pytest.approx(-found.value)


@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_intervals_hold_a_known_correlation(rho):
    rng = np.random.default_rng(3)
    true = 6 / np.pi * np.arcsin(rho / 2)
    inside = 0
    for _ in range(400):
        first = rng.standard_normal(20)
        found = rank_agreement(first, rho * first + np.sqrt(1 - rho**2) * rng.standard_normal(20))
        inside += found.low <= true <= found.high
    assert 0.92 <= inside / 400 <= 0.99


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="finite numbers of one length"):
        rank_agreement([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="level must lie"):
        rank_agreement([1, 2, 3], [1, 2, 3], level=1.0)
