"""The Jensen-Shannon divergence itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.spatial.distance import jensenshannon

from tracker.measures import jensen_shannon
from tracker.measures.jensen_shannon import Marks, jsd_bits, leave_one_out_bits, pair_bits

QUIET = settings(derandomize=True, deadline=None, max_examples=60, database=None)
weights = st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any)


def column(values):
    return np.array(values, dtype=float)[:, None] / sum(values)


def test_texts_without_a_common_word_are_one_bit_apart():
    assert jsd_bits(column([1, 1, 0, 0]), column([0, 0, 3, 1])).tolist() == pytest.approx([1])


@QUIET
@given(weights, weights)
def test_it_agrees_with_scipy_is_symmetric_and_lies_between_0_and_1(first, second):
    value = jsd_bits(column(first), column(second))[0]
    assert value == pytest.approx(jensenshannon(first, second, base=2) ** 2, abs=1e-9)
    assert value == pytest.approx(jsd_bits(column(second), column(first))[0], abs=1e-12)
    assert -1e-12 <= value <= 1 + 1e-12


def test_small_blocks_change_nothing(monkeypatch):
    rng = np.random.default_rng(1)
    shares = sparse.csr_array(rng.dirichlet(np.ones(30), 9))
    labels = (rng.random((50, 9)) < 0.5).astype(float)
    labels[:, 0], labels[:, 1] = 1, 0
    labels = Marks.of(labels, 9)
    whole = pair_bits(shares, labels, labels.others), leave_one_out_bits(shares, np.arange(9) % 2)
    monkeypatch.setattr(jensen_shannon, "CELLS", 60)
    assert pair_bits(shares, labels, labels.others).tolist() == pytest.approx(whole[0].tolist())
    assert leave_one_out_bits(shares, np.arange(9) % 2).tolist() == pytest.approx(whole[1].tolist())


def test_marks_are_those_given_a_bit_each():
    given = (np.random.default_rng(3).random((20, 13)) < 0.4).astype(np.uint8)
    marks = Marks.of(given, 13)
    assert (len(marks), marks.bits.shape) == (20, (20, 2))
    assert np.array_equal(marks[3:9], given[3:9])
    assert np.array_equal(np.array(list(marks)), given)
    assert np.array_equal(marks.others[0:20], 1 - given)
    assert np.array_equal(marks.behind(4)[0:20], given[4:])


def test_leaving_one_out_is_the_divergence_of_the_rest():
    shares = np.random.default_rng(2).dirichlet(np.ones(6), 7)
    side = np.array([0, 0, 0, 1, 1, 1, 1])
    found = leave_one_out_bits(sparse.csr_array(shares), side)
    for i in range(7):
        rest = np.arange(7) != i
        means = [shares[rest & (side == s)].mean(axis=0) for s in (0, 1)]
        assert found[i] == pytest.approx(jensenshannon(*means, base=2) ** 2)
