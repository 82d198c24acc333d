"""One change of level in a series."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.measures.changepoint import changepoint

QUIET = settings(derandomize=True, deadline=None, max_examples=30, database=None)
NILE = (
    "1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100 1210 1150 1250 1260 1220 1030 1100 774 840 874 694 940 833 "
    "701 916 692 1020 1050 969 831 726 456 824 702 1120 1100 832 764 821 768 845 864 862 698 845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649 846 "
    "812 742 801 1040 860 874 848 890 744 749 838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 919 718 714 740"
)


def of(values, periods=None, seed=1, n=199):
    return changepoint(values, range(len(values)) if periods is None else periods, n_permutations=n, rng=np.random.default_rng(seed))


def test_the_nile_fell_after_1898():
    result = of([float(v) for v in NILE.split()], range(1871, 1971), n=999)
    assert result.changed
    assert result.statistic == pytest.approx(6.574, abs=0.001)
    assert (result.best.last_before, result.best.first_after) == (1898, 1899)
    assert {c.last_before: round(c.probability, 3) for c in result.credible} == {1896: 0.057, 1897: 0.121, 1898: 0.763, 1899: 0.045}
    assert result.log10_bayes_factor == pytest.approx(9.3, abs=0.05)
    assert result.p == result.p_persistent == 0.001


def test_the_nile_is_that_of_statsmodels():
    nile = pytest.importorskip("statsmodels.datasets", reason="statsmodels is not installed; the extra [test] has it").nile
    assert nile.load().data["volume"].astype(int).tolist() == [int(v) for v in NILE.split()]


def test_the_bayes_factor_agrees_with_two_regressions_written_out():
    values = np.random.default_rng(3).normal(0, 1, 12) + 2 * (np.arange(12) >= 7)
    factors = []
    for k in range(1, 12):
        step = (np.arange(12) >= k).astype(float)
        r2 = np.corrcoef(step, values)[0, 1] ** 2
        factors.append(13 ** ((12 - 2) / 2) * (1 + 12 * (1 - r2)) ** (-(12 - 1) / 2))
    line = 13 ** ((12 - 2) / 2) * (1 + 12 * (1 - np.corrcoef(np.arange(12), values)[0, 1] ** 2)) ** (-(12 - 1) / 2)
    result = of(values)
    assert result.log10_bayes_factor == pytest.approx(math.log10(np.mean(factors)))
    assert result.log10_step_over_line == pytest.approx(math.log10(np.mean(factors) / line))
    assert result.best.probability == pytest.approx(max(factors) / sum(factors))
    assert result.probability == pytest.approx(np.mean(factors) / (1 + np.mean(factors)))


def test_the_largest_cusum_by_hand():
    # Centred: five times -1, five times 1; S_5 = -5 over sqrt(5 5 / 10) and s = sqrt(10 / 9)
    assert of([0] * 5 + [2] * 5).statistic == pytest.approx(5 / 2.5**0.5 / (10 / 9) ** 0.5)


def test_the_likeliest_place_is_where_the_cusum_is_largest():
    values = np.random.default_rng(7).normal(0, 1, 15)
    sums = (values - values.mean()).cumsum()[:-1]
    k = np.arange(1, 15)
    assert of(values).best.last_before == np.argmax(np.abs(sums) / np.sqrt(k * (15 - k)))


def test_nine_periods_are_too_few():
    result = of([0.0] * 4 + [9.0] * 5)
    assert (result.changed, result.p, result.best, result.credible, result.n_periods) == (False, None, None, (), 9)
    assert of([]).n_periods == 0


def test_a_series_that_does_not_vary_has_not_changed():
    result = of([0.1] * 12)
    assert (result.changed, result.p, result.statistic) == (False, 1.0, None)


def test_a_perfect_step_is_certain():
    result = of([0.0] * 12 + [1.0] * 12)
    assert result.probability == pytest.approx(1)
    assert [(c.last_before, c.first_after) for c in result.credible] == [(11, 12)]


def test_a_change_across_a_gap_is_placed_in_the_gap():
    result = of([1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9], [*range(2001, 2007), *range(2011, 2017)])
    assert (result.best.last_before, result.best.first_after) == (2006, 2011)


def test_both_halves_of_the_rule_are_needed():
    rng = np.random.default_rng(12)
    rows = [of(rng.normal(0, 1, 24) + 1.2 * (np.arange(24) >= 12), n=99) for _ in range(60)]
    assert any(r.p < 0.05 and r.probability <= 0.95 and not r.changed for r in rows)
    assert any(r.probability > 0.95 and r.p >= 0.05 and not r.changed for r in rows)
    assert all(r.changed == (r.p < 0.05 and r.probability > 0.95) for r in rows)


def test_forty_periods_are_measured_against_persistent_series():
    values = np.tile([0.0, 1.0], 20) + np.random.default_rng(1).normal(0, 0.1, 40)
    assert (of(values).p == of(values).p_persistent, of(values[:38]).p == of(values[:38]).p_exchanged) == (True, True)
    assert of(values).lag1 < 0


@QUIET
@given(st.lists(st.integers(0, 9).map(float), min_size=10, max_size=14).filter(lambda v: len(set(v)) > 1))
def test_unit_sign_and_order_of_events_change_nothing(values):
    there, other = of(values, n=29), of([5 - 3 * v for v in values], n=29)
    assert (other.statistic, other.probability, other.lag1) == pytest.approx((there.statistic, there.probability, there.lag1), abs=1e-9)
    when = list(range(len(values)))
    assert of(values[::-1], when[::-1], n=29) == there


@QUIET
@given(st.lists(st.integers(0, 9).map(float), min_size=10, max_size=14).filter(lambda v: len(set(v)) > 1))
def test_backwards_in_time_the_change_lies_in_the_same_place(values):
    there, back = of(values, n=29), of(values[::-1], n=29)
    assert back.statistic == pytest.approx(there.statistic)
    assert back.log10_bayes_factor == pytest.approx(there.log10_bayes_factor, abs=1e-9)
