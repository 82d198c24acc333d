"""Welch's and Student's t, the more cautious of the two."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.cautious import cautious, errors_of, widest_reach
from tracker.measures.welch import welch

QUIET = settings(derandomize=True, deadline=None, max_examples=60, database=None)
values = st.lists(st.floats(0, 1, allow_subnormal=False).map(lambda x: round(x, 6)), min_size=2, max_size=8)


def varying(*sides):
    return all(len(set(side)) > 1 for side in sides)


def test_by_hand_where_student_is_the_more_cautious():
    # Two close values against four: pooled variance (0 + ... ) is far above the variance of the two.
    before, after = [2.0, 2.2], [1.0, 3.0, 5.0, 7.0]
    pooled = (0.02 + 20) / 4
    error = (pooled * (1 / 2 + 1 / 4)) ** 0.5
    assert cautious(before, after).p == pytest.approx(2 * stats.t.sf(1.9 / error, 4))
    assert cautious(before, after).interval(0.95)[1] == pytest.approx(1.9 + stats.t.ppf(0.975, 4) * error)


@QUIET
@given(values, values)
def test_p_is_the_larger_of_scipys_two(before, after):
    if not varying(before, after):
        return
    both = [stats.ttest_ind(after, before, equal_var=same).pvalue for same in (True, False)]
    assert cautious(before, after).p == pytest.approx(max(both), rel=1e-6, abs=1e-12)


@QUIET
@given(st.integers(2, 8).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 1000), min_size=n, max_size=n)] * 2)))
def test_with_equal_numbers_it_is_welchs(sides):
    before, after = sides
    if varying(before, after):
        assert cautious(before, after).p == pytest.approx(welch(before, after).p, rel=1e-9)


@QUIET
@given(values, values, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_leaves_zero_out_exactly_where_p_is_small(before, after, level):
    result = cautious(before, after)
    ends = result.interval(level)
    if ends is not None and abs(result.p - (1 - level)) > 1e-9:
        assert (ends[0] > 0 or ends[1] < 0) is (result.p < 1 - level)


@QUIET
@given(values, values, st.randoms(use_true_random=False))
def test_order_changes_no_digit_and_swapping_flips_the_sign(before, after, random):
    there = cautious(before, after)
    assert there == cautious(random.sample(before, len(before)), random.sample(after, len(after)))
    assert cautious(after, before).difference == -there.difference
    assert cautious(after, before).p == pytest.approx(there.p)


def test_without_variance_it_says_what_welch_says():
    assert cautious([0.1] * 3, [0.2] * 3).p == welch([0.1] * 3, [0.2] * 3).p
    assert (cautious([0.1] * 3, [0.2] * 3).interval(0.95), cautious([1], [1, 2])) == (None, None)


def test_strata_add_up_as_independent_differences_do():
    errors = errors_of([(1.0, 2.0), (3.0, 4.0)], [(4, 5), (6, 7)], [0.25, 0.75])
    assert errors[0][0] == pytest.approx((0.25**2 * (1 / 4 + 2 / 5) + 0.75**2 * (3 / 6 + 4 / 7)) ** 0.5)
    assert widest_reach(errors, 0.95) == pytest.approx(max(stats.t.ppf(0.975, df) * error for error, df in errors))


def test_two_events_that_lie_together_by_chance_are_no_discovery():
    rng = np.random.default_rng(4)
    pairs = [(rng.lognormal(0, 0.5, 2), rng.lognormal(0, 0.5, 60)) for _ in range(2000)]
    small = 0.05 / 12
    assert np.mean([welch(*pair).p <= small for pair in pairs]) > 5 * small
    assert np.mean([cautious(*pair).p <= small for pair in pairs]) <= 2 * small
