"""The debiased divergence of two sides."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.spatial.distance import jensenshannon

from tracker.measures.divergence import divergence, divergences

QUIET = settings(derandomize=True, deadline=None, max_examples=12, database=None)


def of(before, after, seed=1, **settings_):
    return divergence(before, after, rng=np.random.default_rng(seed), **settings_)


def speeches(n, shares, seed, tokens=200):
    return np.random.default_rng(seed).multinomial(tokens, shares, n)


def test_plug_in_expectation_and_p_by_hand_over_all_seventy_exchanges():
    before, after = speeches(4, [0.5, 0.3, 0.1, 0.1], 1), speeches(4, [0.1, 0.3, 0.3, 0.3], 2)
    rows = np.vstack((before, after)) / 200
    by_hand = {c: jensenshannon(rows[list(c)].mean(0), rows[[i for i in range(8) if i not in c]].mean(0), base=2) ** 2 for c in combinations(range(8), 4)}
    result = of(before, after)
    assert result.plug_in == pytest.approx(by_hand[0, 1, 2, 3])
    assert result.expected == pytest.approx(np.mean(list(by_hand.values())))
    assert result.divergence.value == pytest.approx(result.plug_in - result.expected)
    assert result.p == pytest.approx(2 / 70)
    assert (result.divergence.unit, result.divergence.method, result.divergence.n) == ("bits", "jsd-rarefied", 8)


def test_the_interval_is_the_jackknife_by_hand():
    before, after = speeches(4, [0.5, 0.3, 0.2], 3), speeches(5, [0.2, 0.3, 0.5], 4)
    sides, squares = (before / 200, after / 200), 0.0
    for s in (0, 1):
        left = []
        for i in range(len(sides[s])):
            means = [np.delete(sides[t], i, 0).mean(0) if t == s else sides[t].mean(0) for t in (0, 1)]
            left.append(jensenshannon(*means, base=2) ** 2)
        squares += (len(left) - 1) ** 2 / len(left) * np.var(left, ddof=1)
    result = of(before, after)
    assert result.divergence.high - result.divergence.value == pytest.approx(1.959964 * math.sqrt(squares), rel=1e-6)


def test_three_against_three_have_an_estimate_and_no_p():
    result = of(speeches(3, [0.5, 0.5], 1), speeches(3, [0.9, 0.1], 2))
    assert result.divergence.value > 0
    assert result.p is None


def test_two_events_on_a_side_have_nothing():
    result = of(speeches(2, [0.5, 0.5], 1), speeches(9, [0.9, 0.1], 2))
    assert (result.divergence.value, result.divergence.low, result.plug_in, result.p, result.distance) == (None, None, None, None, None)
    assert result.divergence.method == "none"


def test_an_empty_side_and_two_tiny_speeches_have_nothing():
    assert of(np.zeros((0, 3), dtype=int), [[50, 3, 1]]).divergence.value is None
    assert of([[1, 0, 2]], [[0, 1, 1]]).divergence.value is None


def test_equal_texts_are_not_apart_and_the_distance_is_cut_at_zero():
    result = of(speeches(5, [0.4, 0.3, 0.3], 5), speeches(5, [0.4, 0.3, 0.3], 6))
    assert result.divergence.low < 0 < result.divergence.high
    assert result.p > 0.05
    assert result.distance == math.sqrt(max(0, result.divergence.value))


def test_strata_that_coincide_with_the_sides_leave_nothing_to_exchange():
    result = of(speeches(5, [0.5, 0.5], 1), speeches(5, [0.9, 0.1], 2), strata=(["a"] * 5, ["b"] * 5))
    assert result.divergence.value is None


def test_a_difference_of_kinds_alone_disappears_when_events_are_exchanged_within_kinds():
    readouts, transcripts = [0.8, 0.1, 0.1], [0.1, 0.1, 0.8]
    before = np.vstack((speeches(6, readouts, 1), speeches(3, transcripts, 2)))
    after = np.vstack((speeches(3, readouts, 3), speeches(6, transcripts, 4)))
    kinds = (["r"] * 6 + ["t"] * 3, ["r"] * 3 + ["t"] * 6)
    free, within = of(before, after), of(before, after, strata=kinds)
    assert within.divergence.value < free.divergence.value / 2
    assert within.p > 0.05


def test_sparse_and_dense_counts_give_the_same_bytes_and_are_not_changed():
    before, after = speeches(5, [0.5, 0.3, 0.2], 1), speeches(6, [0.2, 0.3, 0.5], 2)
    before.setflags(write=False)
    assert of(before, after) == of(sparse.csr_array(before), sparse.csr_array(after))


@pytest.mark.parametrize("sizes", [(5, 6), (4, 12)])
def test_the_order_of_events_and_of_sides_changes_nothing(sizes):
    rng = np.random.default_rng(8)
    before, after = (np.vstack([rng.multinomial(t, [0.4, 0.3, 0.2, 0.1]) for t in rng.integers(80, 400, n)]) for n in sizes)
    there, moved, back = of(before, after), of(before[::-1], after[::-1]), of(after, before)
    assert there == moved
    assert back.divergence.value == pytest.approx(there.divergence.value, abs=1e-12)
    assert (back.p, back.left_out) == (there.p, there.left_out[::-1])


@QUIET
@given(st.integers(0, 10_000))
def test_words_that_stand_nowhere_change_nothing(seed):
    before, after = speeches(4, [0.6, 0.4], seed), speeches(4, [0.4, 0.6], seed + 1)
    wider = [np.hstack((side, np.zeros((4, 3), dtype=int))) for side in (before, after)]
    assert of(before, after).divergence.value == pytest.approx(of(*wider).divergence.value, abs=1e-12)


def test_a_short_event_is_left_out_and_counted():
    after = np.vstack((speeches(6, [0.2, 0.8], 2), [[3, 4]]))
    assert of(speeches(6, [0.5, 0.5], 1), after).left_out == (0, 1)
    assert of(speeches(6, [0.5, 0.5], 1), after, min_tokens=5).left_out == (0, 1)


def test_what_does_not_fit_is_named():
    with pytest.raises(ValueError, match=r"^both sides need the same terms, not 2 and 3, and a level between 0 and 1, not 0.95$"):
        of([[1, 2]], [[1, 2, 3]])
    with pytest.raises(ValueError, match=r"^strata need one label per event on both sides$"):
        of([[1, 2]], [[1, 2]], strata=([], ["a"]))


def test_pairs_of_groups_are_what_each_pair_gives_and_a_small_group_has_none():
    counts = np.vstack((speeches(4, [0.6, 0.2, 0.2], 1), speeches(4, [0.2, 0.6, 0.2], 2), speeches(2, [0.2, 0.2, 0.6], 3)))
    bits, p = divergences(counts, [0] * 4 + [1] * 4 + [2] * 2, rng=np.random.default_rng(1))
    pair = of(counts[:4], counts[4:8])
    assert (bits[0, 1], p[1, 0]) == pytest.approx((pair.divergence.value, pair.p))
    assert np.isnan(bits[2, :2]).all()
    assert bits[2, 2] == 0
    assert not bits.flags.writeable


def test_groups_are_whole_numbers_one_per_event():
    with pytest.raises(ValueError, match=r"^groups need one whole number from 0 on per event$"):
        divergences([[1, 2]], [0, 1], rng=np.random.default_rng(1))
