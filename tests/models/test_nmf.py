import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.decomposition import NMF

from tracker.models import nmf, start


def test_weights_are_log_counts_times_idf_of_length_one_by_hand():
    counts = csr_array(np.array([[2, 0], [1, 1], [0, 0]]))
    idf = start.inverse_frequency(counts)
    np.testing.assert_allclose(idf, [1.0, 1 + np.log(3 / 2)])
    weighed = start.weigh(counts, idf).toarray()
    np.testing.assert_allclose(weighed[0], [1, 0])
    np.testing.assert_allclose(weighed[1], np.array([1, idf[1]]) / np.hypot(1, idf[1]))
    assert weighed[2].tolist() == [0, 0]


def test_the_start_rebuilds_a_matrix_of_blocks_exactly():
    blocks = np.zeros((6, 8))
    blocks[:3, :4], blocks[3:, 4:] = 2.0, 1.0
    w, h = start.nndsvd(*start.singular_vectors(csr_array(blocks), 2), 2)
    np.testing.assert_allclose(w @ h, blocks, atol=1e-12)


@pytest.mark.parametrize("dense", [400, 1])
def test_the_order_of_the_rows_changes_no_topic(monkeypatch, planted, dense):
    monkeypatch.setattr(start, "_DENSE", dense)
    order = np.random.default_rng(3).permutation(len(planted.unit_ids))
    idf = start.inverse_frequency(planted.counts)
    weighed = start.weigh(planted.counts, idf)
    first, _ = nmf.factorise(weighed, 3)
    second, _ = nmf.factorise(csr_array(weighed[order]), 3)
    np.testing.assert_allclose(first, second, atol=1e-6)


def test_exact_and_iterative_svd_give_the_same_topics(monkeypatch, planted):
    weighed = start.weigh(planted.counts, start.inverse_frequency(planted.counts))
    exact, _ = nmf.factorise(weighed, 3)
    monkeypatch.setattr(start, "_DENSE", 1)
    iterative, _ = nmf.factorise(weighed, 3)
    np.testing.assert_allclose(exact, iterative, atol=1e-5)


def test_weights_agree_with_those_of_scikit_learn(planted):
    idf = start.inverse_frequency(planted.counts)
    weighed = start.weigh(planted.counts, idf)
    w, h = start.nndsvd(*start.singular_vectors(weighed, 3), 3)
    peer = NMF(3, init="custom", tol=1e-10, max_iter=5000)
    theirs = peer.fit_transform(weighed, W=w, H=h)
    scale = (peer.components_ / idf).sum(axis=1)
    ours = nmf.weights(planted.counts, peer.components_ / idf / scale[:, None], {"idf": idf, "topic_scale": scale})
    np.testing.assert_allclose(ours, theirs / theirs.sum(axis=1, keepdims=True), atol=1e-5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=2, max_size=7), st.integers(1, 2))
def test_any_small_matrix_gives_finite_topics_without_a_warning(rows, topics):
    counts = csr_array(np.array(rows))
    counts.eliminate_zeros()
    if not counts.nnz:
        return
    idf = start.inverse_frequency(counts)
    components, _ = nmf.factorise(start.weigh(counts, idf), topics)
    assert 1 <= len(components) <= topics
    assert np.isfinite(components).all()
    assert (components.sum(axis=1) > 0).all()
