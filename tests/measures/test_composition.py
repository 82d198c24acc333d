import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.composition import refitted_shift
from tracker.measures.shift import shift
from tracker.synthetic import simulate_events

BEFORE, AFTER, TOKENS = [1.0, 2.0, 3.0, 2.0], [6.0, 8.0, 7.0, 9.0], [100.0] * 4


def composed(refits, **settings):
    """The change of BEFORE to AFTER when each refit has these tokens before and after."""
    return refitted_shift([BEFORE, *(b for b, _ in refits)], TOKENS, [AFTER, *(a for _, a in refits)], TOKENS, **settings)


def test_variances_add_by_hand():
    refits = [(BEFORE, [5.0, 7.0, 6.0, 8.0]), (BEFORE, [8.0, 10.0, 9.0, 11.0])]  # changes of 4.5 and 7.5 points for 5.5
    among = 1.5 * ((0.045 - 0.055) ** 2 + (0.075 - 0.055) ** 2) / 2
    within = (np.var(BEFORE, ddof=1) + np.var(AFTER, ddof=1)) / 4 / 100**2
    total = within + among
    df = total**2 / (within**2 / stats.ttest_ind(AFTER, BEFORE, equal_var=False).df + among**2 / 2)
    found = composed(refits)
    assert found.points == pytest.approx((4.5, 7.5))
    assert found.shift.p == pytest.approx(2 * stats.t.sf(0.055 / math.sqrt(total), df))
    assert found.shift.points.high == pytest.approx(5.5 + 100 * stats.t.ppf(0.975, df) * math.sqrt(total))
    assert found.doubt == pytest.approx(among / total)
    assert found.shift.points.method == found.shift.ratio.method == "welch-share-refits"


def test_refits_that_agree_with_the_model_leave_the_test_as_it_is():
    found, plain = composed([(BEFORE, AFTER)] * 6).shift, shift(BEFORE, TOKENS, AFTER, TOKENS)
    assert found.p == pytest.approx(plain.p)
    assert (found.points.low, found.points.high) == pytest.approx((plain.points.low, plain.points.high))
    assert (found.ratio.low, found.ratio.high) == pytest.approx((plain.ratio.low, plain.ratio.high))
    assert found.smallest_detectable == pytest.approx(plain.smallest_detectable)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.2, 5), min_size=2, max_size=6))
def test_doubt_never_sharpens_the_test(factors):
    refits = [(BEFORE, [min(100.0, factor * a) for a in AFTER]) for factor in factors]
    found, plain = composed(refits).shift, shift(BEFORE, TOKENS, AFTER, TOKENS)
    assert found.p >= plain.p - 1e-12
    assert found.points.low <= plain.points.low + 1e-9
    assert found.points.high >= plain.points.high - 1e-9
    assert found.ratio.low <= plain.ratio.low + 1e-9


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(4)))
def test_swapping_the_sides_turns_the_sign_and_the_order_of_refits_means_nothing(order):
    refits = [([factor * b for b in BEFORE], AFTER) for factor in (0.5, 1.0, 1.5, 2.0)]
    first = composed([refits[i] for i in order])
    turned = refitted_shift([AFTER, *(a for _, a in refits)], TOKENS, [BEFORE, *(b for b, _ in refits)], TOKENS)
    assert turned.shift.points.value == pytest.approx(-first.shift.points.value)
    assert turned.shift.p == pytest.approx(first.shift.p)
    assert turned.turned == first.turned


def test_a_direction_that_refits_do_not_share_is_told():
    found = composed([(BEFORE, AFTER)] * 5 + [(AFTER, BEFORE)])
    assert found.turned == pytest.approx(1 / 6)
    assert not found.stable
    assert composed([(BEFORE, AFTER)] * 10 + [(AFTER, BEFORE)]).stable


def test_a_refit_that_lacks_the_topic_says_nothing():
    gone = [math.nan] * 4
    assert composed([(BEFORE, AFTER), (gone, gone), (BEFORE, AFTER)]).points == pytest.approx((5.5, 5.5))


def test_without_refits_there_is_no_test():
    for refits in ([], [(BEFORE, AFTER)]):
        found = composed(refits)
        assert (found.shift.p, found.shift.points.low, found.shift.ratio.low, found.doubt) == (None, None, None, None)
        assert found.shift.points.value == pytest.approx(5.5)
        assert not found.shift.testable


def test_one_event_on_a_side_is_not_tested():
    found = refitted_shift([[2.0]] * 4, [100.0], [AFTER] * 4, TOKENS)
    assert found.shift.p is None
    assert not found.shift.testable


def test_a_wider_error_from_elsewhere_counts():
    assert composed([(BEFORE, AFTER)] * 3, besides=[(0.05, 6.0)]).shift.p == pytest.approx(2 * stats.t.sf(0.055 / 0.05, 6.0))


def test_unchanged_topics_are_rarely_called_changed_and_the_intervals_hold_the_truth():
    rng = np.random.default_rng(5)
    alarms = inside = 0
    runs = 300
    for _ in range(runs):
        sides = [simulate_events(10, 0.1, 0.4, rng=rng) for _ in range(2)]
        seen = [[hits * factor for factor in (1.0, *np.exp(0.1 * rng.standard_normal(6)))] for hits, _ in sides]
        found = refitted_shift(np.minimum(seen[0], sides[0][1]), sides[0][1], np.minimum(seen[1], sides[1][1]), sides[1][1]).shift
        alarms += found.p <= 0.05
        inside += found.points.low <= 0 <= found.points.high
    assert alarms / runs <= 0.08
    assert inside / runs >= 0.92
