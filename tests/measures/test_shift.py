"""The shift of a theme between two sides."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.shift import shift
from tracker.measures.verdict import judge

QUIET = settings(derandomize=True, deadline=None, max_examples=80, database=None)
event = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
side = st.lists(event, min_size=1, max_size=7)


def near(value, **tolerance):
    return None if value is None else pytest.approx(value, **tolerance)


def columns(pairs):
    return [h for h, _ in pairs], [n for _, n in pairs]


def of(before, after, **settings_):
    return shift(*columns(before), *columns(after), **settings_)


def test_points_and_ratio_by_hand():
    result = of([(10, 100), (20, 100)], [(40, 100), (50, 100)])
    assert result.points.value == pytest.approx(30)
    assert result.ratio.value == pytest.approx(3)
    assert (result.points.unit, result.points.n, result.points.method) == ("points", 4, "welch-share")


def test_p_and_points_agree_with_scipy():
    before, after = [(3, 100), (9, 180), (2, 90), (8, 160)], [(12, 120), (9, 100), (20, 150)]
    result = of(before, after)
    shares = [[h / n for h, n in pairs] for pairs in (before, after)]
    oracle = stats.ttest_ind(shares[1], shares[0], equal_var=False)
    interval = oracle.confidence_interval(0.95)
    assert result.p == pytest.approx(oracle.pvalue)
    assert (result.points.low, result.points.high) == pytest.approx((100 * interval.low, 100 * interval.high))


def test_the_ratio_interval_by_hand():
    # shares .04 .06 and .08 .12: relative variance of the mean .04 each side, df 2, t 4.302653
    result = of([(40, 1000), (60, 1000)], [(80, 1000), (120, 1000)])
    reach = 4.302653 * math.sqrt(2 * 0.0002 / 2 / 0.05**2)
    assert result.ratio.low == pytest.approx(2 * math.exp(-reach), rel=1e-6)
    assert result.ratio.high == pytest.approx(2 * math.exp(reach), rel=1e-6)


def test_the_smallest_detectable_ratio_agrees_with_the_noncentral_t():
    before = after = [(h, 1000) for h in (30, 50, 70, 40, 60)]
    result = of(before, after)
    error = math.sqrt(2 * np.var([0.03, 0.05, 0.07, 0.04, 0.06], ddof=1) / 5) / 0.05
    found = stats.nct.sf(stats.t.ppf(0.975, 8), 8, math.log(result.smallest_detectable) / error)
    assert found == pytest.approx(0.8, abs=1e-4)


def test_a_silent_side_has_a_test_but_no_ratio():
    result = of([(0, 300)] * 3, [(10, 300), (9, 300), (12, 300)])
    assert (result.ratio.value, result.ratio.low, result.ratio.high) == (None, None, None)
    assert result.p < 0.05
    assert result.before.high > 0
    assert result.smallest_detectable > 1


def test_one_event_a_side_has_values_and_no_test():
    result = of([(14, 226)], [(10, 259)])
    assert not result.testable
    assert result.points.value == pytest.approx(100 * (10 / 259 - 14 / 226))
    assert (result.points.low, result.points.high, result.p, result.smallest_detectable) == (None, None, None, None)
    assert result.points.method == result.ratio.method == "none"


def test_a_tipping_point_is_given_only_where_nothing_can_be_tested():
    assert of([(8, 88)], [(0, 195)], phi=1).tau_star == pytest.approx(0.857, abs=0.001)
    assert of([(8, 88), (9, 88)], [(0, 195), (1, 100)]).tau_star is None


def test_a_side_without_words_has_no_numbers():
    result = of([(0, 0)], [(10, 259)])
    assert (result.before.value, result.points.value, result.ratio.value, result.tau_star) == (None, None, None, None)


def test_below_five_expected_hits_there_is_neither_p_nor_interval():
    result = of([(2, 100), (2, 100)], [(3, 100), (2, 100)])
    assert result.expected_hits == pytest.approx((4.5, 4.5))
    assert (result.too_rare, result.testable, result.p, result.points.low, result.ratio.low) == (True, True, None, None, None)


def test_texts_of_a_sentence_are_not_tested_against_far_longer_ones():
    short, long = [(4, 18), (6, 20), (5, 16)], [(59, 180), (61, 200), (50, 190)]
    result = of(short, long)
    assert (result.p, result.points.low, result.ratio.low, result.smallest_detectable) == (None, None, None, None)
    assert result.points.value is not None
    assert judge(result, None) == "cannot tell"
    assert of(short, [(1, 18), (2, 20), (1, 16)]).p is not None
    assert of([(4, 90), (6, 95), (5, 99)], long).p is not None


def test_the_gate_is_a_setting_that_changes_the_answer():
    before, after = [(2, 100), (2, 110)], [(3, 100), (2, 100)]
    assert of(before, after).p is None
    assert of(before, after, min_expected_hits=1).p is not None


def test_a_theme_nobody_mentions_is_too_rare():
    result = of([(0, 100)] * 20, [(0, 300)] * 20)
    assert (result.too_rare, result.p, result.points.value) == (True, None, 0)


def test_equal_constant_shares_give_p_one_and_no_invented_interval():
    result = of([(10, 100)] * 3, [(20, 200)] * 3)
    assert (result.p, result.points.value, result.points.low, result.ratio.value, result.ratio.low) == (1.0, 0, None, 1.0, None)
    assert result.smallest_detectable is None


def test_different_constant_shares_give_the_permutation_p():
    result = of([(10, 100)] * 5, [(20, 100)] * 5)
    assert result.p == pytest.approx(2 / 252)
    assert (result.points.low, result.ratio.low) == (None, None)


def test_a_ratio_whose_upper_limit_no_float_holds_has_none():
    result = of([(0, 100), (90, 100)], [(50, 100), (50, 100)], level=0.9999)
    assert (result.ratio.high, result.smallest_detectable) == (None, None)
    assert result.ratio.low == pytest.approx(0)


def test_a_higher_level_widens_the_interval():
    before, after = [(3, 100), (9, 180), (2, 90)], [(12, 120), (9, 100), (20, 150)]
    assert of(before, after, level=0.99).points.low < of(before, after, level=0.8).points.low


@QUIET
@given(side, side)
def test_swapping_the_sides_flips_the_sign_and_inverts_the_ratio(before, after):
    there, back = of(before, after), of(after, before)
    assert (there.before, there.after) == (back.after, back.before)
    assert there.p == near(back.p, rel=1e-9)
    assert there.smallest_detectable == near(back.smallest_detectable, rel=1e-6)
    assert there.tau_star == near(back.tau_star)
    if there.points.value is not None:
        assert there.points.value == -back.points.value
    if there.points.low is not None:
        assert there.points.low == pytest.approx(-back.points.high, abs=1e-9)
    if there.ratio.low is not None:
        assert there.ratio.value == pytest.approx(1 / back.ratio.value)
        assert there.ratio.low == pytest.approx(1 / back.ratio.high)


@QUIET
@given(side, side, st.randoms(use_true_random=False))
def test_order_and_empty_events_change_no_digit(before, after, random):
    moved = [*random.sample(before, len(before)), (0, 0)], [(0, 0), *random.sample(after, len(after))]
    assert of(before, after) == of(*moved)


@QUIET
@given(side, side)
def test_saying_everything_ten_times_over_does_not_shrink_the_interval_of_the_change(before, after):
    once = of(before, after, min_expected_hits=1e-9)
    tenfold = of([(10 * h, 10 * n) for h, n in before], [(10 * h, 10 * n) for h, n in after], min_expected_hits=1e-9)
    if once.points.low is not None:
        assert tenfold.points.high - tenfold.points.low >= 0.65 * (once.points.high - once.points.low)


@QUIET
@given(side, side)
def test_every_number_is_finite_or_missing_and_in_its_range(before, after):
    result = of(before, after)
    numbers = [result.p, result.tau_star, result.smallest_detectable, *result.expected_hits]
    numbers += [x for e in (result.before, result.after, result.points, result.ratio) for x in (e.value, e.low, e.high)]
    assert all(x is None or math.isfinite(x) for x in numbers)
    assert result.p is None or 0 <= result.p <= 1
    assert result.smallest_detectable is None or result.smallest_detectable > 1
    for change in (result.points, result.ratio):
        assert change.low is None or change.low <= change.value
        assert change.high is None or change.value <= change.high


def test_arrays_are_left_as_they_are():
    arrays = [np.array(a, dtype=float) for a in ([5, 1, 3], [10, 10, 20], [3, 4], [9, 20])]
    for array in arrays:
        array.setflags(write=False)
    shift(*arrays)
    assert [a.tolist() for a in arrays] == [[5, 1, 3], [10, 10, 20], [3, 4], [9, 20]]
