"""What a number of events can find."""

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import TTestIndPower

from tracker.measures.power import events_needed_for_hits, expected_hits, ratio_power, smallest_ratio, speeches_needed
from tracker.measures.shift import shift
from tracker.synthetic import simulate_events


def power_of_the_test(n, before, after, *, runs=600, tau=0.45):
    rng = np.random.default_rng(21)
    sides = [simulate_events(n * runs, mean, tau, rng=rng) for mean in (before, after)]
    rows = [array.reshape(runs, n) for side in sides for array in side]
    return np.mean([shift(*row).p <= 0.05 for row in zip(*rows, strict=True)])


def relative_spread(mean, tau=0.45):
    hits, tokens = simulate_events(40_000, mean, tau, rng=np.random.default_rng(22))
    return float(np.std(hits / tokens) / np.mean(hits / tokens))


def test_power_agrees_with_statsmodels_where_both_sides_are_alike():
    expected = TTestIndPower().power(math.log(2) / 0.5, nobs1=10, alpha=0.05)
    assert ratio_power(2, spreads=(0.5, 0.5), sizes=(10, 10)) == pytest.approx(expected, abs=1e-6)


def test_power_agrees_with_scipy_where_they_are_not():
    a, b = 0.5**2 / 4, 0.3**2 / 9
    df = (a + b) ** 2 / (a**2 / 3 + b**2 / 8)
    centre, critical = math.log(3) / math.sqrt(a + b), stats.t.ppf(0.975, df)
    expected = stats.nct.sf(critical, df, centre) + stats.nct.cdf(-critical, df, centre)
    assert ratio_power(3, spreads=(0.5, 0.3), sizes=(4, 9)) == pytest.approx(expected, abs=1e-6)


def test_no_change_is_found_as_often_as_the_level_allows():
    assert ratio_power(1, spreads=(0.5, 0.5), sizes=(6, 6)) == pytest.approx(0.05)


def test_a_doubling_and_a_halving_are_the_same_task():
    assert ratio_power(2, spreads=(0.5, 0.4), sizes=(6, 9)) == pytest.approx(ratio_power(0.5, spreads=(0.4, 0.5), sizes=(9, 6)))


def test_the_smallest_ratio_has_the_power_it_promises():
    ratio = smallest_ratio(spreads=(0.5, 0.7), sizes=(4, 12), power=0.9)
    assert ratio_power(ratio, spreads=(0.5, 0.7), sizes=(4, 12)) == pytest.approx(0.9, abs=1e-5)


def test_the_smallest_ratio_falls_with_more_events():
    ratios = [smallest_ratio(spreads=(0.5, 0.5), sizes=(n, n)) for n in (2, 3, 5, 10, 40, 1000)]
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[0] > 10
    assert ratios[-1] < 1.1


def test_without_any_spread_no_ratio_is_promised():
    assert smallest_ratio(spreads=(0.0, 0.0), sizes=(5, 5)) is None


def test_a_ratio_no_float_holds_is_not_promised():
    assert smallest_ratio(spreads=(1.4, 0.0), sizes=(2, 2), level=0.9999) is None


@pytest.mark.parametrize(("n", "mean"), [(5, 0.03), (10, 0.05)])
def test_simulated_speeches_are_found_about_as_often_as_promised(n, mean):
    spread = relative_spread(mean)
    ratio = smallest_ratio(spreads=(spread, spread), sizes=(n, n))
    assert 0.72 <= power_of_the_test(n, mean, mean * ratio) <= 0.9


def test_the_speeches_said_to_be_needed_find_a_doubling():
    n = 1 + speeches_needed(1, 1, hits_per_event=0.05 * 680)
    assert 0.72 <= power_of_the_test(n, 0.05, 0.1) <= 0.9


def test_one_event_fewer_would_not_be_enough():
    spread = math.sqrt(math.expm1(0.45**2))
    more = speeches_needed(1, 1)
    powers = [ratio_power(2, spreads=(spread, spread), sizes=(n, n)) for n in (more, more + 1)]
    assert powers[0] < 0.8 <= powers[1]


def test_more_events_are_needed_for_short_speeches_smaller_ratios_and_varied_speakers():
    base = speeches_needed(1, 1)
    assert speeches_needed(1, 1, hits_per_event=5) > base
    assert speeches_needed(1, 1, ratio=1.5) > base
    assert speeches_needed(1, 1, tau=0.8) > base
    assert speeches_needed(1, 1, level=0.99) > base
    assert speeches_needed(1, 1, power=0.95) > base


def test_enough_events_need_no_more_and_none_at_all_can_be_counted_from():
    assert speeches_needed(60, 60) == 0
    assert speeches_needed(0, 0) == speeches_needed(1, 1) + 1


@pytest.mark.parametrize("arguments", [{"ratio": 1.0}, {"tau": 0.0}])
def test_needs_without_a_ratio_or_a_spread_are_refused(arguments):
    with pytest.raises(ValueError, match="ratio must lie above 1 and events must vary"):
        speeches_needed(1, 1, **arguments)


def test_expected_hits_share_the_pooled_hits_by_length():
    assert expected_hits([0, 0], [100, 100], [6], [400]) == pytest.approx((2, 4))
    assert expected_hits([], [], [], []) == (0, 0)


def test_events_needed_for_hits_by_hand():
    # pooled share 2/400; 5 hits need 1,000 words a side: 8 more of 100 words on both sides
    assert events_needed_for_hits([1, 0], [100, 100], [0, 1], [100, 100]) == 16


def test_a_side_with_enough_hits_needs_no_more():
    # pooled 30/3000: before expects 10, after 20
    assert events_needed_for_hits([10, 0], [500, 500], [20, 0], [1000, 1000]) == 0


def test_a_side_is_brought_to_two_events_even_with_hits_enough():
    assert events_needed_for_hits([50], [500], [50], [500]) == 2
    assert events_needed_for_hits([], [], [50, 50], [500, 500]) == 2


def test_a_theme_never_mentioned_has_no_number_that_would_do():
    assert events_needed_for_hits([0], [100], [0], [100]) is None
    assert events_needed_for_hits([], [], [], []) is None
