"""The trend of a series of periods, and the series itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.series import detrended_lag1, exchanged_means, persistent_series, series
from tracker.measures.trend import trend

QUIET = settings(derandomize=True, deadline=None, max_examples=40, database=None)
lines = st.lists(st.integers(0, 9).map(float), min_size=10, max_size=16)


def of(values, periods=None, seed=1, n=199, **settings_):
    return trend(values, range(len(values)) if periods is None else periods, n_permutations=n, rng=np.random.default_rng(seed), **settings_)


def test_s_and_its_variance_with_ties_by_hand():
    # Ten periods, 2 and 2 tied: 45 pairs, 44 rises, 0 falls; variance (10 9 25 - 2 1 9) / 18 = 124
    result = of([1, 2, 2, 3, 4, 5, 6, 7, 8, 9])
    assert result.s == 44
    assert result.z == pytest.approx(43 / 124**0.5)


@QUIET
@given(lines)
def test_s_z_and_slope_agree_with_scipy_and_the_formula_written_out(values):
    result, at = of(values, n=9), np.arange(len(values))
    signs = [np.sign(values[j] - values[i]) for i in range(len(values)) for j in range(i + 1, len(values))]
    slope, _, low, high = stats.theilslopes(values, at)
    assert result.s == sum(signs)
    assert result.slope.value == pytest.approx(slope)
    if np.ptp(values) > 0:
        assert (result.slope.low, result.slope.high) == pytest.approx((low, high))


def test_s_z_and_slope_agree_with_pymannkendall():
    oracle = pytest.importorskip("pymannkendall", reason="pymannkendall is not installed; the extra [test] has it")
    values = np.random.default_rng(4).normal(0, 1, 24).round(1) + 0.05 * np.arange(24)
    theirs, ours = oracle.original_test(values), of(values)
    assert (ours.s, ours.z, ours.slope.value) == pytest.approx((theirs.s, theirs.z, theirs.slope))


def test_p_comes_near_kendalls_exact_p():
    values = np.random.default_rng(6).permutation(10) + 0.53 * np.arange(10)
    exact = stats.kendalltau(np.arange(10), values, method="exact").pvalue
    assert of(values, n=4999).p_exchanged == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 4999) ** 0.5 + 1e-3)


def test_four_periods_are_too_few_to_draw_and_nine_to_test():
    assert (of([1, 2, 3, 4]).gate, of([1, 2, 3, 4]).slope.value) == ("too few to draw", None)
    nine = of(np.arange(9.0))
    assert (nine.gate, nine.slope.value, nine.slope.low, nine.p, nine.lag1) == ("too few to test", 1.0, None, None, None)
    assert of(np.arange(10.0)).gate == "tested"
    assert of([]).n_periods == 0


def test_several_events_of_a_period_count_as_their_mean():
    once = of(np.arange(12.0))
    twice = of(np.repeat(np.arange(12.0), 2) + np.tile([-0.5, 0.5], 12), np.repeat(np.arange(12), 2))
    assert (once.s, once.slope.value) == (twice.s, twice.slope.value)
    assert twice.slope.n == 24


def test_a_gap_stretches_the_slope_and_is_not_a_zero():
    values = np.arange(12.0)
    with_gap = of(values, [*range(6), *range(16, 22)])
    assert (with_gap.n_periods, with_gap.s) == (12, 66)
    assert with_gap.slope.value == pytest.approx(np.median([(values[j] - values[i]) / ((j - i) + 10 * (j > 5 >= i)) for j in range(12) for i in range(j)]))


def test_constant_values_have_no_trend():
    result = of([0.3] * 12)
    assert (result.s, result.z, result.p, result.slope.value, result.lag1) == (0, 0.0, 1.0, 0.0, 0.0)
    assert of([0.3] * 25, [*range(12), *range(12), 3]).s == 0


@QUIET
@given(lines, st.randoms(use_true_random=False))
def test_turning_values_over_flips_signs_and_the_order_of_events_changes_no_digit(values, random):
    there, over = of(values, n=49), of([9 - v for v in values], n=49)
    assert (over.s, over.z, over.slope.value) == pytest.approx((-there.s, -there.z, -there.slope.value))
    rows = list(enumerate(values)) * 2
    moved = random.sample(rows, len(rows))
    both = [of([v for _, v in r], [t for t, _ in r], n=49) for r in (rows, moved)]
    assert both[0] == both[1]


def test_resemblance_of_neighbours_decides_which_p_is_read():
    walk = np.cumsum(np.random.default_rng(2).normal(0, 1, 30))
    result = of(walk)
    assert result.correlated
    assert result.p == result.p_persistent > result.p_exchanged
    jump = of([0, 1] * 10)
    assert (jump.correlated, jump.p) == (False, jump.p_exchanged)


def test_the_lag_around_a_line_is_corrected_as_written():
    values = np.random.default_rng(3).normal(0, 1, 20)
    rest = values - np.polyval(np.polyfit(np.arange(20), values, 1), np.arange(20))
    raw = rest[1:] @ rest[:-1] / (rest @ rest)
    assert detrended_lag1(series(values, range(20))) == pytest.approx((raw * 20 + 2) / 16)


def test_the_corrected_lag_recovers_the_truth():
    rng = np.random.default_rng(5)
    flat = series(np.zeros(24), range(24))
    for truth in (0.0, 0.5):
        found = [detrended_lag1(series(row, range(24))) for row in persistent_series(flat, truth, 400, rng=rng)]
        assert np.mean(found) == pytest.approx(truth, abs=0.06)


def test_neighbours_across_a_gap_do_not_count_as_neighbours():
    values = np.random.default_rng(9).normal(0, 1, 12)
    when = np.array([*range(6), *range(30, 36)])
    at = when - when.mean()
    rest = values - values.mean()
    rest = rest - at * (at @ rest) / (at @ at)
    pairs = np.delete(rest[1:] * rest[:-1], 5)
    raw = pairs.mean() * 11 / (rest @ rest)
    assert detrended_lag1(series(values, when)) == pytest.approx((raw * 12 + 2) / 8)


def test_a_series_needs_five_periods_for_its_lag():
    with pytest.raises(ValueError, match=r"^the correlation of neighbours needs five periods, not 4$"):
        detrended_lag1(series([1, 2, 3, 4], range(4)))


def test_exchanges_keep_every_events_value_and_every_periods_size():
    line = series([1.0, 2, 3, 4, 5, 6], [0, 0, 0, 1, 2, 2])
    rows = np.vstack(list(exchanged_means(line, 50, rng=np.random.default_rng(1))))
    assert rows.shape == (50, 3)
    assert (rows @ np.array([3, 1, 2])).tolist() == pytest.approx([21] * 50)
    assert not line.values.flags.writeable


def test_invented_series_fade_over_a_gap():
    line = series(np.zeros(3), [0, 1, 6])
    rows = persistent_series(line, 0.8, 6000, rng=np.random.default_rng(1))
    assert np.corrcoef(rows.T)[0, 1] == pytest.approx(0.8, abs=0.04)
    assert np.corrcoef(rows.T)[1, 2] == pytest.approx(0.8**5, abs=0.05)


@pytest.mark.parametrize(("values", "periods"), [([1.0], [1, 2]), ([float("nan")], [1]), ([1.0], [1.5])])
def test_values_and_periods_must_fit(values, periods):
    with pytest.raises(ValueError, match=r"values and periods must be|every period must be"):
        series(values, periods)


def test_a_level_outside_its_range_is_named():
    with pytest.raises(ValueError, match=r"^level must lie between 0 and 1, not 1$"):
        of([1, 2, 3], level=1)
