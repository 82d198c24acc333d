"""The word for a shift."""

from dataclasses import replace

import pytest

from tracker.estimates import Estimate
from tracker.measures.balance import balance
from tracker.measures.shift import Shift
from tracker.measures.verdict import judge, judge_balance


def estimate(value, low=None, high=None, unit="share"):
    return Estimate(value, low, high, 0.95, 10, unit, "welch-share")


def made(points=2.0, ratio=(1.5, 1.1, 2.0), **changes):
    base = Shift(
        before=estimate(0.04),
        after=estimate(0.06),
        points=estimate(points, unit="points"),
        ratio=estimate(*ratio, unit="ratio"),
        p=0.01,
        smallest_detectable=1.6,
        tau_star=None,
        expected_hits=(50.0, 50.0),
        too_rare=False,
        testable=True,
    )
    return replace(base, **changes)


def test_a_large_change_with_a_small_q_rose_or_fell():
    assert judge(made(), 0.01) == "rose"
    assert judge(made(points=-2.0, ratio=(0.6, 0.4, 0.9)), 0.01) == "fell"


@pytest.mark.parametrize(("level", "q"), [(0.95, 0.05), (0.9, 0.1), (0.99, 0.01), (0.8, 0.2)])
def test_q_of_exactly_one_minus_level_counts(level, q):
    assert judge(made(), q, level=level) == "rose"
    assert judge(made(), q + 1e-9, level=level) == "cannot tell"


def test_the_floor_is_passed_by_the_ratio_alone_or_by_the_points_alone():
    assert judge(made(points=0.1, ratio=(1.3, 1.1, 1.6)), 0.01) == "rose"
    assert judge(made(points=0.6, ratio=(1.1, 1.05, 1.6)), 0.01) == "rose"


def test_below_both_floors_a_small_q_is_not_enough():
    small = made(points=0.1, ratio=(1.1, 1.05, 1.6))
    assert judge(small, 0.001) == "cannot tell"
    assert judge(small, 0.001, min_log2_ratio=0.1) == "rose"
    assert judge(small, 0.001, min_points=0.1) == "rose"


def test_a_mean_of_zero_passes_the_floor():
    assert judge(made(points=0.1, ratio=(None,)), 0.01) == "rose"
    assert judge(made(points=-0.1, ratio=(None,)), 0.01) == "fell"


def test_about_the_same_needs_the_whole_interval_of_the_ratio():
    assert judge(made(points=0.1, ratio=(1.05, 0.8, 1.4)), 0.6) == "about the same"
    assert judge(made(points=0.1, ratio=(1.05, 0.8, 1.6)), 0.6) == "cannot tell"
    assert judge(made(points=0.1, ratio=(1.05, 0.6, 1.4)), 0.6) == "cannot tell"
    assert judge(made(points=0.1, ratio=(1.05, 0.6, 1.4)), 0.6, same_ratio=2) == "about the same"


def test_a_small_but_certain_change_within_the_bounds_is_about_the_same():
    assert judge(made(points=0.1, ratio=(1.1, 1.05, 1.15)), 0.001) == "about the same"


def test_no_interval_and_no_small_q_cannot_tell():
    assert judge(made(ratio=(1.0,), points=0.0), 1.0) == "cannot tell"
    assert judge(made(ratio=(1.0, 0.9, None), points=0.0), 1.0) == "cannot tell"


def test_one_event_on_a_side_is_not_testable_however_rare():
    assert judge(made(testable=False, too_rare=True), None) == "not testable"


def test_too_rare_is_said_before_anything_else_is_looked_at():
    assert judge(made(too_rare=True), 0.001) == "too rare"


def test_without_q_nothing_rose():
    assert judge(made(), None) == "cannot tell"


def test_a_balance_moves_towards_the_second_theme_or_the_first():
    assert judge_balance(balance([9, 8, 9], [1, 2, 2], [1, 2, 1], [9, 9, 8])) == "rose"
    assert judge_balance(balance([1, 2, 1], [9, 9, 8], [9, 8, 9], [1, 2, 2])) == "fell"


def test_a_balance_that_varies_too_much_cannot_tell_and_one_event_is_not_testable():
    assert judge_balance(balance([9, 1], [1, 9], [1, 8], [9, 1])) == "cannot tell"
    assert judge_balance(balance([9], [1], [1], [9])) == "not testable"


def test_the_level_of_a_balance_changes_the_answer():
    result = balance([9, 8, 5], [1, 2, 4], [3, 5, 2], [5, 6, 5])
    assert {judge_balance(result, level=0.5), judge_balance(result, level=0.999)} == {"rose", "cannot tell"}
