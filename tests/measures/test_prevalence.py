"""The mean share per event and its interval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from tracker.measures.prevalence import event_shares, jeffreys, prevalence
from tracker.synthetic import simulate_events

QUIET = settings(derandomize=True, deadline=None, max_examples=80, database=None)
event = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
events = st.lists(event, min_size=1, max_size=9)


def columns(pairs):
    return [h for h, _ in pairs], [n for _, n in pairs]


def test_every_event_counts_the_same_however_long():
    estimate = prevalence([1, 90], [10, 300])
    assert estimate.value == pytest.approx((0.1 + 0.3) / 2)
    assert (estimate.n, estimate.unit, estimate.method) == (2, "share", "mean-share-t")


def test_the_interval_by_hand():
    # shares .02 .04 .06: s = .02, error .011547, t(2) = 4.302653
    estimate = prevalence([20, 40, 60], [1000] * 3)
    assert (estimate.low, estimate.high) == (0.0, pytest.approx(0.04 + 4.302653 * 0.0115470, rel=1e-6))


def test_the_interval_agrees_with_scipy():
    shares = [0.11, 0.14, 0.09, 0.12, 0.13]
    expected = stats.t.interval(0.9, 4, np.mean(shares), stats.sem(shares))
    estimate = prevalence([s * 1000 for s in shares], [1000] * 5, level=0.9)
    assert (estimate.low, estimate.high) == pytest.approx(expected)


def test_an_interval_stops_at_zero_and_at_one():
    low, high = prevalence([0, 5], [100, 100]), prevalence([100, 90], [100, 100])
    assert (low.low, high.high) == (0.0, 1.0)


def test_one_event_gets_an_interval_of_its_own_words_named_as_such():
    estimate = prevalence([4], [88], phi=1)
    assert estimate.method == "beta-within-texts"
    assert (estimate.low, estimate.high) == pytest.approx(proportion_confint(4, 88, method="jeffreys"), rel=1e-6)


def test_silence_gets_zero_and_an_upper_limit_from_the_prior():
    estimate = prevalence([0, 0, 0], [300, 200, 500])
    assert (estimate.value, estimate.low, estimate.method) == (0.0, 0.0, "jeffreys")
    assert estimate.high == pytest.approx(stats.beta.ppf(0.975, 0.5, 1000 / 3.4 + 0.5))


def test_more_silent_words_lower_the_upper_limit():
    assert prevalence([0, 0], [1000, 1000]).high < prevalence([0, 0], [100, 100]).high


def test_phi_widens_what_rests_on_counts():
    assert prevalence([4], [88], phi=5).high > prevalence([4], [88], phi=1).high


def test_phi_changes_nothing_where_the_events_show_their_spread():
    assert prevalence([4, 7], [88, 90], phi=5) == prevalence([4, 7], [88, 90], phi=1)


def test_equal_shares_get_the_interval_of_their_counts_and_no_zero_width():
    estimate = prevalence([5, 10], [100, 200])
    assert (estimate.value, estimate.method) == (0.05, "jeffreys")
    assert estimate.low < 0.05 < estimate.high


def test_no_event_with_tokens_gives_no_number():
    estimate = prevalence([0], [0])
    assert (estimate.value, estimate.low, estimate.high, estimate.n, estimate.method) == (None, None, None, 0, "none")


@QUIET
@given(events)
def test_the_interval_holds_the_value_and_is_never_of_zero_width(pairs):
    estimate = prevalence(*columns(pairs))
    if estimate.n:
        assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
        assert estimate.low < estimate.high


@QUIET
@given(st.floats(1e-9, 1), st.floats(1, 50))
def test_a_fraction_of_a_hit_still_lies_in_its_interval(hits, phi):
    low, high = jeffreys(hits, 40, level=0.95, phi=phi)
    assert low <= hits / 40 <= high


@QUIET
@given(events, st.randoms(use_true_random=False))
def test_order_and_empty_events_change_no_digit(pairs, random):
    moved = [*random.sample(pairs, len(pairs)), (0, 0)]
    assert prevalence(*columns(pairs)) == prevalence(*columns(moved))


def test_arrays_are_left_as_they_are():
    hits, tokens = np.array([5.0, 1.0]), np.array([10.0, 10.0])
    hits.setflags(write=False)
    tokens.setflags(write=False)
    prevalence(hits, tokens)
    assert hits.tolist() == [5.0, 1.0]
    assert event_shares(hits, tokens).tolist() == [0.1, 0.5]


@pytest.mark.parametrize(
    ("hits", "tokens", "message"),
    [
        ([1], [1, 2], "hits and tokens must be two lists of one length, not of shapes"),
        ([3], [2], "every event needs 0 <= hits <= tokens, all finite"),
        ([-1], [2], "every event needs 0 <= hits <= tokens, all finite"),
        ([1], [float("inf")], "every event needs 0 <= hits <= tokens, all finite"),
        ([float("nan")], [2], "every event needs 0 <= hits <= tokens, all finite"),
    ],
)
def test_impossible_counts_are_refused(hits, tokens, message):
    with pytest.raises(ValueError, match=message):
        prevalence(hits, tokens)


@pytest.mark.parametrize("arguments", [{"phi": 0.5}, {"level": 1.0}])
def test_a_phi_below_one_and_a_level_of_one_are_refused(arguments):
    with pytest.raises(ValueError, match="level must lie between 0 and 1 and phi not below 1"):
        prevalence([1], [2], **arguments)


@pytest.mark.parametrize(("k", "mean"), [(2, 0.1), (5, 0.1), (10, 0.02)])
def test_the_interval_covers_the_true_mean_share_at_its_level(k, mean):
    runs = 1000  # 8,000 runs gave .948, .937, .932: shares are skewed; three Monte Carlo errors are .025
    hits, tokens = simulate_events(k * runs, mean, 0.4, rng=np.random.default_rng(11))
    estimates = [prevalence(h, n) for h, n in zip(hits.reshape(runs, k), tokens.reshape(runs, k), strict=True)]
    assert 0.905 <= np.mean([e.low <= mean <= e.high for e in estimates]) <= 0.98


def test_the_upper_limit_of_silent_events_is_rarely_below_the_true_share():
    mean, k, runs = 0.002, 3, 3000
    hits, tokens = simulate_events(k * runs, mean, 0.45, rng=np.random.default_rng(12))
    silent = hits.reshape(runs, k).sum(axis=1) == 0
    below = [prevalence(np.zeros(k), n).high < mean for n in tokens.reshape(runs, k)[silent]]
    assert np.mean(below) * silent.mean() <= 0.05
