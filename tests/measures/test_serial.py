"""Events that resemble the one before."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.measures.serial import serial_shift
from tracker.measures.welch import welch

QUIET = settings(derandomize=True, deadline=None, max_examples=60, database=None)
sides = st.lists(st.integers(0, 40).map(lambda n: n / 200), min_size=8, max_size=14)


def walk(n, rho, seed):
    rng = np.random.default_rng(seed)
    values = rng.standard_normal(n)
    for t in range(1, n):
        values[t] = rho * values[t - 1] + (1 - rho**2) ** 0.5 * values[t]
    return values


def test_without_resemblance_it_is_welch():
    before, after = [1, 2, 1, 2, 1, 2, 1, 2], [3, 5, 3, 5, 3, 5, 3, 4, 2]
    result, plain = serial_shift(before, after), welch(before, after)
    assert not result.correlated
    assert (result.p, result.df, result.standard_error, result.difference) == pytest.approx((plain.p, plain.df, plain.standard_error, plain.difference))
    assert result.effective == (8, 9)
    assert result.interval(0.9) == pytest.approx(plain.interval(0.9))


def test_lag_inflation_and_error_agree_with_the_formulas_written_out():
    before, after = walk(20, 0.7, 1), walk(30, 0.7, 2) + 1
    first, second = before - before.mean(), after - after.mean()
    raw = (first[1:] @ first[:-1] + second[1:] @ second[:-1]) / (first @ first + second @ second)
    lag1 = (raw + 1 / 25) / (1 - 3 / 25)
    result = serial_shift(before, after)
    assert result.lag1 == pytest.approx(lag1)
    variance = 0
    for side, worth in zip((before, after), result.effective, strict=True):
        n = side.size
        r = [1 if k == 0 else lag1 * max(lag1, 0.5) ** (k - 1) for k in range(n)]
        matrix = np.array([[r[abs(i - j)] for j in range(n)] for i in range(n)])
        f = matrix.sum() / n
        expected_s2 = (n - matrix.sum() / n) / (n - 1)
        variance += side.var(ddof=1) / expected_s2 * f / n
        assert worth == pytest.approx(n / f)
    assert result.standard_error == pytest.approx(variance**0.5)


def test_resemblance_raises_p_and_widens_the_interval():
    before, after = walk(20, 0.8, 3), walk(20, 0.8, 4) + 1.5
    result, plain = serial_shift(before, after), welch(before, after)
    assert result.correlated
    assert result.p > plain.p
    assert result.interval(0.95)[0] < plain.interval(0.95)[0]
    assert max(result.effective) < 20


def test_it_is_the_order_that_makes_the_difference():
    before, after = np.sort(walk(12, 0, 5)), np.sort(walk(12, 0, 6)) + 1
    order = [0, 11, 2, 9, 4, 7, 6, 5, 8, 3, 10, 1]
    assert serial_shift(before, after).correlated
    assert not serial_shift(before[order], after[order]).correlated


def test_what_sides_that_take_turns_share_at_a_time_falls_out_of_their_difference():
    course, place = walk(80, 0.9, 7), np.arange(80)
    first = place % 4 < 2
    sides, places = (course[first], course[~first]), (place[first], place[~first])
    mixed, apart = serial_shift(*sides, places=places), serial_shift(*sides)
    z = np.where(first, (course - course[first].mean()) / course[first].std(), (course - course[~first].mean()) / course[~first].std())
    across = min(0.9, np.mean([z[i] * z[i + 1] for i in range(79) if first[i] != first[i + 1]]))
    shared = np.mean([[across * max(apart.lag1, 0.5) ** ((abs(i - j) - 1) / 2) for j in places[1]] for i in places[0]])
    shared *= course[first].std(ddof=1) * course[~first].std(ddof=1)
    expected = max(apart.standard_error**2 - 2 * shared, welch(*sides).standard_error ** 2)
    assert mixed.standard_error**2 == pytest.approx(expected)
    assert mixed.standard_error < 0.85 * apart.standard_error
    assert mixed.effective[0] > apart.effective[0]
    assert mixed.lag1 == apart.lag1


def test_a_course_of_each_sides_own_stays_allowed_for():
    place = np.arange(80)
    first = place % 2 == 0
    sides = walk(40, 0.9, 8), walk(40, 0.9, 11)
    assert serial_shift(*sides, places=(place[first], place[~first])) == serial_shift(*sides)


def test_places_are_one_per_value():
    with pytest.raises(ValueError, match=r"^places must be one per value: 9 and 8 for 9 and 9$"):
        serial_shift([1.0] * 9, [2.0] * 9, places=(range(9), range(8)))


def test_seven_events_on_a_side_show_nothing():
    result = serial_shift(np.arange(7.0), np.arange(20.0))
    assert (result.lag1, result.p, result.interval(0.95), result.correlated, result.effective) == (None, None, None, False, (7, 20))
    assert result.difference == 6.5
    assert serial_shift([], [1.0]).difference is None


def test_sides_that_do_not_vary_have_no_lag():
    assert serial_shift([1.0] * 9, [2.0] * 9).p is None
    assert serial_shift([1.0] * 9, [2.0, 3.0] * 5).p is not None


@QUIET
@given(sides, sides)
def test_swapping_the_sides_or_turning_time_round_changes_only_signs(before, after):
    there, swapped, back = serial_shift(before, after), serial_shift(after, before), serial_shift(before[::-1], after[::-1])
    assert there.difference == pytest.approx(-swapped.difference)
    assert back.difference == there.difference
    for other in (swapped, back):
        assert (there.p, there.lag1) == pytest.approx((other.p, other.lag1)) if there.p is not None else other.p is None


@QUIET
@given(sides, sides)
def test_allowing_for_resemblance_never_makes_a_shift_surer(before, after):
    result, plain = serial_shift(before, after), welch(before, after)
    if result.p is not None:
        assert result.p >= plain.p - 1e-9
        assert 0 < result.effective[0] <= len(before)


def test_infinite_values_are_refused():
    with pytest.raises(ValueError, match=r"^both sides must be lists of finite numbers$"):
        serial_shift([float("inf")] * 9, [1.0] * 9)
