"""The permutation p."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.permutation import permutation_p
from tracker.synthetic import simulate_events

QUIET = settings(derandomize=True, deadline=None, max_examples=25, database=None)
shares = st.lists(st.integers(0, 50).map(lambda n: n / 1000), min_size=4, max_size=5)


def p(before, after, seed=1, **settings_):
    return permutation_p(before, after, random_state=seed, **settings_)


def test_four_against_four_wholly_apart_is_two_of_seventy():
    assert p([1, 2, 3, 4], [5, 6, 7, 8]) == pytest.approx(2 / 70)


def test_all_arrangements_agree_with_scipy():
    before, after = [0.01, 0.03, 0.02, 0.05], [0.04, 0.09, 0.06, 0.025, 0.07]

    def statistic(a, b):
        return abs(np.mean(a) - np.mean(b)) / np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))

    oracle = stats.permutation_test((before, after), statistic, n_resamples=np.inf, alternative="greater")
    assert p(before, after) == pytest.approx(oracle.pvalue)


def test_random_arrangements_come_near_the_exact_p():
    rng = np.random.default_rng(8)
    before, after = rng.normal(0, 1, 6), rng.normal(1, 1, 6)
    exact, drawn = p(before, after, n_permutations=924), p(before, after, n_permutations=900)
    assert drawn == pytest.approx(exact, abs=3 * np.sqrt(exact * (1 - exact) / 900))
    assert drawn != exact


def test_a_drawn_p_is_never_zero():
    assert p(np.arange(12), np.arange(100, 112), n_permutations=99) == pytest.approx(0.01)


@pytest.mark.parametrize(("k", "m"), [(3, 4), (3, 12), (1, 9), (0, 5)])
def test_fewer_than_four_events_on_a_side_have_no_p(k, m):
    assert p(np.arange(k), np.arange(m)) is None


def test_equal_shares_everywhere_give_one():
    assert p([0.1] * 4, [0.1] * 5) == 1


def test_two_constants_that_differ_give_the_smallest_p():
    assert p([0.0] * 4, [0.1] * 4) == pytest.approx(2 / 70)


@QUIET
@given(shares, shares, st.randoms(use_true_random=False))
def test_order_swap_and_scale_change_nothing(before, after, random):
    base = p(before, after)
    assert p(random.sample(before, len(before)), random.sample(after, len(after))) == base
    assert p(after, before) == base
    assert p([8 * x for x in before], [8 * x for x in after]) == base


def test_the_same_random_state_gives_the_same_p():
    before, after = np.linspace(0, 1, 12), np.linspace(0.2, 1.5, 12)
    assert p(before, after, 3) == p(before, after, 3)


def test_a_larger_difference_never_has_a_larger_p():
    before = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    ps = [p(before, before + gap) for gap in (0, 1, 2, 3, 4, 6)]
    assert all(b <= a for a, b in pairwise(ps))


def test_arrays_are_left_as_they_are():
    before, after = np.array([4.0, 1.0, 3.0, 2.0]), np.array([9.0, 5.0, 7.0, 6.0])
    before.setflags(write=False)
    after.setflags(write=False)
    p(before, after)
    assert before.tolist() == [4.0, 1.0, 3.0, 2.0]


def test_unchanged_speech_is_rarely_called_changed():
    runs, k = 300, 5
    hits, tokens = simulate_events(2 * k * runs, 0.1, 0.4, rng=np.random.default_rng(6))
    sides = (hits / tokens).reshape(2, runs, k)
    rejected = np.mean([p(a, b) <= 0.05 for a, b in zip(*sides, strict=True)])
    assert rejected <= 0.08
