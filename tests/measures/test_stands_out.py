"""One event against the usual."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.shift import shift
from tracker.measures.spread import pooled_variance
from tracker.measures.stands_out import stands_out
from tracker.measures.verdict import Floors, judge_single
from tracker.synthetic import simulate_events

QUIET = settings(derandomize=True, deadline=None, max_examples=60, database=None)
LONG = 10**9  # events so long that the counting of words adds nothing
event = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
others = st.lists(event, min_size=4, max_size=9)


def columns(pairs):
    return [h for h, _ in pairs], [n for _, n in pairs]


def long_events(*shares):
    return [round(share * LONG) for share in shares], [LONG] * len(shares)


def test_by_hand_with_four_events_of_known_roots():
    # Roots .2, .3, .4, .3: mean .3, variance .02 / 3; error^2 = .02 / 3 * 5 / 4; t = .3 / .0913 = 3.286 with 3 df.
    roots = (0.2, 0.3, 0.4, 0.3)
    found = stands_out(round(math.sin(0.6) ** 2 * LONG), LONG, [long_events(*(math.sin(r) ** 2 for r in roots))])
    assert (found.df, found.higher_than, found.lower_than, found.ranked) == (3, 4, 0, 4)
    assert found.usual.value == pytest.approx(math.sin(0.3) ** 2, abs=1e-6)
    assert found.p == pytest.approx(2 * stats.t.sf(0.3 / math.sqrt(0.02 / 3 * 1.25), 3), rel=1e-4)
    assert found.usual.high == pytest.approx(math.sin(0.3 + 3.18245 * math.sqrt(0.02 / 3 * 1.25)) ** 2, abs=1e-5)


def test_with_one_period_of_long_events_it_is_the_two_sample_t_of_one_against_many():
    shares = (0.1, 0.12, 0.09, 0.14, 0.11, 0.1)
    found = stands_out(*(column[0] for column in long_events(0.2)), [long_events(*shares)])
    oracle = stats.ttest_ind(np.arcsin(np.sqrt([0.2])), np.arcsin(np.sqrt(shares)), equal_var=True)
    assert (found.p, found.df) == (pytest.approx(oracle.pvalue, rel=1e-4), oracle.df)


def test_the_spread_is_pooled_within_periods_as_an_analysis_of_variance_does():
    periods = [np.array([0.1, 0.2]), np.array([0.5, 0.6, 0.4]), np.array([0.9])]
    spread, df = pooled_variance(periods)
    within = sum(((p - p.mean()) ** 2).sum() for p in periods)
    total = ((np.concatenate(periods) - np.concatenate(periods).mean()) ** 2).sum()
    f = stats.f_oneway(*periods).statistic
    assert (spread, df) == (pytest.approx(within / 3), 3)
    assert spread == pytest.approx((total - within) / 2 / f)


def test_a_period_that_stands_high_lends_its_spread_and_not_its_level():
    own, low = ([4, 6, 5], [500] * 3), ([5, 4, 6, 5], [500] * 4)
    high = ([h + 100 for h in low[0]], low[1])
    near, far = stands_out(30, 500, [own, low]), stands_out(30, 500, [own, high])
    assert near.usual.value == far.usual.value
    assert abs(near.p - far.p) < 0.05


def test_a_short_event_has_a_wider_usual_range_than_a_long_one():
    reference = [([40, 60, 50, 55, 45], [1000] * 5)]
    short, long = stands_out(5, 100, reference), stands_out(50, 1000, reference)
    assert short.usual.high - short.usual.low > 1.5 * (long.usual.high - long.usual.low)
    assert short.usual.value == long.usual.value


def test_events_that_never_mention_a_theme_still_have_a_spread():
    found = stands_out(3, 1000, [([0] * 8, [1000] * 8)], min_expected_hits=1)
    assert found.usual.high > 0.003
    assert found.p > 0.05
    assert stands_out(60, 1000, [([0] * 8, [1000] * 8)]).p < 0.01


@pytest.mark.parametrize(
    "reference",
    [[([1, 2, 3], [100] * 3)], [([1], [100]), ([1, 2, 3], [100] * 3)], [([], []), ([1, 2, 3, 4, 5], [100] * 5)], [], [([1, 2, 3, 4], [0] * 4)]],
)
def test_without_three_degrees_of_freedom_or_another_side_nothing_is_said(reference):
    assert stands_out(5, 100, [([h * (n > 0) for h, n in zip(*pair, strict=True)], pair[1]) for pair in reference]) is None


def test_an_event_without_words_is_not_judged():
    assert stands_out(0, 0, [([1, 2, 3, 4, 5], [100] * 5)]) is None


def test_one_event_on_both_sides_borrows_its_spread_and_is_ranked_among_all():
    found = stands_out(30, 500, [([5], [500]), ([5, 6, 4], [500] * 3), ([7, 5, 6], [500] * 3)])
    assert (found.df, found.usual.n, found.ranked, found.higher_than) == (4, 7, 7, 7)
    assert found.usual.value == pytest.approx(0.01)


def test_a_theme_neither_held_nor_expected_is_too_rare_and_has_neither_p_nor_range():
    found = stands_out(4, 500, [([1, 0, 1, 0, 1], [500] * 5)])
    assert (found.too_rare, found.p, found.usual.low, found.usual.method) == (True, None, None, "none")
    assert stands_out(5, 500, [([1, 0, 1, 0, 1], [500] * 5)]).p is not None


def test_the_verdict_needs_a_q_and_an_effect_and_is_never_a_rise():
    usual = [4, 6, 5, 7, 5, 6], [500] * 6
    found, change = stands_out(30, 500, [usual]), shift(*usual, [30], [500])
    assert judge_single(found, change, 0.01) == "stands out"
    assert judge_single(found, change, 0.2) == "within the usual range"
    assert judge_single(found, change, 0.01, floors=Floors(9.0, 99.0)) == "within the usual range"
    assert judge_single(None, change, 0.01) == "not testable"
    assert judge_single(stands_out(0, 500, [([0, 1, 0, 0, 1], [500] * 5)]), change, None) == "too rare"


@QUIET
@given(event, others, others)
def test_the_range_leaves_out_exactly_what_has_a_small_p(own, first, second):
    found = stands_out(*own, [columns(first), columns(second)], min_expected_hits=0)
    assert found.usual.low <= found.usual.value <= found.usual.high
    outside = not found.usual.low <= found.share <= found.usual.high
    if abs(found.p - 0.05) > 1e-6 and found.usual.low > 0 and found.usual.high < 1:
        assert outside is (found.p < 0.05)


@QUIET
@given(event, others, others, st.randoms(use_true_random=False))
def test_the_order_of_events_and_of_borrowed_periods_changes_no_digit(own, first, second, random):
    shuffled = [columns(random.sample(period, len(period))) for period in (first, second, second[:3])]
    assert stands_out(*own, [columns(first), columns(second), columns(second[:3])]) == stands_out(*own, [shuffled[0], shuffled[2], shuffled[1]])


@QUIET
@given(event, others)
def test_ranks_count_every_event_at_most_once(own, first):
    found = stands_out(*own, [columns(first)])
    assert found.higher_than + found.lower_than <= found.ranked == len(first)


def test_a_planted_outlier_is_found_and_told_from_the_usual():
    rng = np.random.default_rng(3)
    runs, k = 200, 12
    hits, tokens = simulate_events(k * runs, 0.1, 0.4, rng=rng)
    high, n = simulate_events(runs, 0.3, 0.4, rng=rng)
    found = [stands_out(high[i], n[i], [(hits[i * k : (i + 1) * k], tokens[i * k : (i + 1) * k])]) for i in range(runs)]
    assert 0.7 <= np.mean([f.p <= 0.05 and f.share > f.usual.value for f in found]) <= 0.95


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="every event needs 0 <= hits <= tokens"):
        stands_out(9, 5, [([1, 2, 3, 4, 5], [100] * 5)])
