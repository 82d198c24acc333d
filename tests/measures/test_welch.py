"""Welch's t: by hand, against scipy, and its degenerate cases."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.welch import mean_and_variance, satterthwaite, t_quantile, welch

QUIET = settings(derandomize=True, deadline=None, max_examples=60, database=None)
samples = st.lists(st.integers(0, 1000).map(lambda n: n / 1000), min_size=2, max_size=12)


def test_three_against_three_by_hand():
    # means 2 and 6, variances 1 and 1: error sqrt(2/3), df 4, t = 4 / .8165 = 4.899
    result = welch([1, 2, 3], [5, 6, 7])
    assert result.difference == 4
    assert result.standard_error == pytest.approx(math.sqrt(2 / 3))
    assert result.df == pytest.approx(4)
    assert result.p == pytest.approx(0.00805, abs=5e-6)


@QUIET
@given(samples, samples)
def test_it_agrees_with_scipy_wherever_the_values_vary(before, after):
    if len(set(before)) == 1 and len(set(after)) == 1:
        return
    result = welch(before, after)
    oracle = stats.ttest_ind_from_stats(
        np.mean(after), np.std(after, ddof=1), len(after), np.mean(before), np.std(before, ddof=1), len(before), equal_var=False
    )
    assert result.p == pytest.approx(oracle.pvalue, rel=1e-6, abs=1e-12)


def test_the_interval_agrees_with_scipy():
    before, after = [0.01, 0.03, 0.02, 0.05], [0.04, 0.09, 0.06]
    expected = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.9)
    assert welch(before, after).interval(0.9) == pytest.approx((expected.low, expected.high))


def test_constant_and_equal_sides_give_p_one_and_no_interval():
    result = welch([0.1, 0.1, 0.1], [0.1, 0.1])
    assert (result.difference, result.p, result.df, result.interval(0.95)) == (0, 1.0, None, None)


@pytest.mark.parametrize(("n", "p"), [(2, 1 / 3), (3, 0.1), (4, 2 / 70), (5, 2 / 252)])
def test_constant_and_different_sides_give_the_smallest_permutation_p(n, p):
    assert welch([0.1] * n, [0.2] * n).p == pytest.approx(p)


def test_one_constant_side_leaves_the_degrees_of_freedom_of_the_other():
    assert welch([0.0, 0.0, 0.0], [0.1, 0.2, 0.4]).df == pytest.approx(2)


@pytest.mark.parametrize(("before", "after"), [([], [1, 2]), ([1], [1, 2]), ([1, 2], [3])])
def test_fewer_than_two_values_on_a_side_are_not_tested(before, after):
    assert welch(before, after) is None


@QUIET
@given(samples, samples)
def test_swapping_the_sides_flips_the_sign_and_nothing_else(before, after):
    there, back = welch(before, after), welch(after, before)
    assert there.difference == -back.difference
    assert there.p == pytest.approx(back.p, rel=1e-12)


@QUIET
@given(samples, samples, st.randoms(use_true_random=False))
def test_the_order_of_values_changes_no_digit(before, after, random):
    shuffled = random.sample(before, len(before)), random.sample(after, len(after))
    assert welch(before, after) == welch(*shuffled)


def test_variances_too_small_to_square_still_give_degrees_of_freedom():
    assert satterthwaite((1e-300, 1e-300), (4, 4)) == pytest.approx(6)


def test_equal_values_have_no_variance_even_where_their_sum_is_rounded():
    assert mean_and_variance(np.full(7, 0.1)) == (0.1, 0.0)


@pytest.mark.parametrize("level", [0, 1, 1.5, -0.1])
def test_a_level_outside_zero_to_one_is_refused(level):
    with pytest.raises(ValueError, match=rf"level must lie between 0 and 1, not {level}"):
        t_quantile(5, level)
