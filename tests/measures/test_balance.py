"""The balance of two themes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.balance import balance
from tracker.synthetic import simulate_events

QUIET = settings(derandomize=True, deadline=None, max_examples=60, database=None)
pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=7)


def of(before, after, **settings_):
    return balance([x for x, _ in before], [y for _, y in before], [x for x, _ in after], [y for _, y in after], **settings_)


def test_two_events_a_side_by_hand():
    # (1-9)/10 = -.8, (2-8)/10 = -.6; (5-5)/10 = 0, (7-3)/10 = .4
    result = of([(9, 1), (8, 2)], [(5, 5), (3, 7)])
    assert (result.before.value, result.after.value, result.change.value) == pytest.approx((-0.7, 0.2, 0.9))
    assert (result.change.unit, result.change.method, result.change.n) == ("balance", "welch-balance", 4)


def test_it_agrees_with_scipy():
    result = of([(9, 1), (8, 3), (7, 4)], [(5, 5), (3, 7), (2, 9), (4, 4)])
    before, after = [(y - x) / (x + y) for x, y in [(9, 1), (8, 3), (7, 4)]], [(y - x) / (x + y) for x, y in [(5, 5), (3, 7), (2, 9), (4, 4)]]
    welch, student = (stats.ttest_ind(after, before, equal_var=same) for same in (False, True))
    assert result.p == pytest.approx(max(welch.pvalue, student.pvalue))
    wider = max((oracle.confidence_interval(0.95) for oracle in (welch, student)), key=lambda ends: ends.high - ends.low)
    assert (result.change.low, result.change.high) == pytest.approx(tuple(wider))


def test_events_that_mention_neither_theme_are_left_out():
    with_silence, without = of([(9, 1), (0, 0), (8, 3)], [(5, 5), (3, 7)]), of([(9, 1), (8, 3)], [(5, 5), (3, 7)])
    assert with_silence == without


def test_one_event_a_side_has_values_with_intervals_of_their_own_words_and_no_test():
    result = of([(9, 1)], [(2, 6)])
    assert (result.p, result.testable, result.change.low) == (None, False, None)
    assert result.change.value == pytest.approx(1.3)
    assert result.before.method == "beta-within-texts"
    assert -1 <= result.before.low < result.before.value < result.before.high <= 1


def test_a_complete_turn_is_judged_by_the_permutation_p():
    result = of([(3, 0)] * 4, [(0, 5)] * 4)
    assert (result.change.value, result.p, result.change.low) == (2, pytest.approx(2 / 70), None)
    assert result.before.low == -1 < result.before.high


def test_a_side_that_mentions_neither_has_no_balance():
    result = of([(0, 0)], [(1, 2), (3, 4)])
    assert (result.before.value, result.change.value, result.p) == (None, None, None)


@QUIET
@given(pairs, pairs)
def test_swapping_sides_or_themes_flips_the_sign(before, after):
    there, sides, themes = of(before, after), of(after, before), of([(y, x) for x, y in before], [(y, x) for x, y in after])
    if there.change.value is not None:
        assert there.change.value == pytest.approx(-sides.change.value)
        assert there.change.value == pytest.approx(-themes.change.value)
    assert there.p == pytest.approx(sides.p)
    assert there.p == pytest.approx(themes.p)


@QUIET
@given(pairs, pairs)
def test_every_balance_lies_in_its_interval_between_minus_one_and_one(before, after):
    result = of(before, after)
    for side in (result.before, result.after):
        if side.value is not None:
            assert -1 <= side.low <= side.value <= side.high <= 1
            assert side.low < side.high


@QUIET
@given(pairs, pairs, st.randoms(use_true_random=False))
def test_the_order_of_events_changes_no_digit(before, after, random):
    assert of(before, after) == of(random.sample(before, len(before)), random.sample(after, len(after)))


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [([1], [1, 2], "the two themes need counts of the same events"), ([-1], [1], "every count must be finite and not below 0")],
)
def test_impossible_counts_are_refused(x, y, message):
    with pytest.raises(ValueError, match=message):
        balance(x, y, [1], [1])


def test_an_unchanged_balance_is_rarely_called_changed_and_its_true_value_covered():
    runs, k, rng = 500, 8, np.random.default_rng(5)
    x, y = (simulate_events(2 * k * runs, 0.05, 0.4, rng=rng)[0].reshape(2, runs, k) for _ in range(2))
    results = [balance(x[0, i], y[0, i], x[1, i], y[1, i]) for i in range(runs)]
    assert np.mean([r.p <= 0.05 for r in results]) <= 0.08
    assert 0.92 <= np.mean([r.change.low <= 0 <= r.change.high for r in results]) <= 0.98


def test_a_flood_that_takes_words_from_both_themes_leaves_the_balance():
    before = [(10, 20), (12, 20), (9, 22)]
    halved = [(x / 2, y / 2) for x, y in before]
    assert of(before, halved).change.value == pytest.approx(0)
