import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tracker.models.quality import coherence, exclusivity, halves, leading, perplexity


def test_coherence_by_hand():
    counts = csr_array(np.array([[2, 1, 0], [1, 3, 0], [1, 0, 1], [0, 0, 2]]))
    first = np.log((2 / 4) / (3 / 4 * 2 / 4)) / -np.log(2 / 4)
    np.testing.assert_allclose(coherence(counts, np.array([[0.6, 0.4, 0.0], [0.0, 0.5, 0.5]])), [first, -1.0])


def test_words_that_always_come_together_have_coherence_one():
    np.testing.assert_allclose(coherence(csr_array(np.array([[1, 1], [2, 1]])), np.array([[0.5, 0.5]])), [1.0])


def test_coherence_agrees_with_gensims(invented):
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    matrix, topics, _ = invented(speeches=10)
    passages = [[term for term, n in zip(matrix.terms, row, strict=True) for _ in range(n)] for row in matrix.counts.toarray()]
    words = [[matrix.terms[i] for i in leading(row)] for row in topics]
    peer = CoherenceModel(topics=words, texts=passages, dictionary=Dictionary(passages), coherence="c_npmi", window_size=10**6, processes=1)
    np.testing.assert_allclose(coherence(matrix.counts, topics), peer.get_coherence_per_topic(), atol=1e-6)


def test_exclusivity_by_hand():
    np.testing.assert_allclose(exclusivity(np.array([[0.75, 0.25], [0.25, 0.75]])), [0.5, 0.5])
    np.testing.assert_allclose(exclusivity(np.array([[1.0, 0.0], [0.5, 0.5]])), [2 / 3, (1 / 3 + 1) / 2])


def test_even_topics_are_as_perplexed_as_there_are_words(invented):
    counts = invented(speeches=5)[0].counts
    assert perplexity(counts, np.full((3, counts.shape[1]), 1 / counts.shape[1]), random_state=0) == pytest.approx(counts.shape[1])


def test_the_true_topics_are_less_perplexed_than_one_topic_of_all_words(invented):
    matrix, topics, _ = invented()
    usual = matrix.counts.sum(axis=0)[None, :] / matrix.counts.sum()
    assert perplexity(matrix.counts, topics / topics.sum(axis=1, keepdims=True), random_state=0) < 0.75 * perplexity(matrix.counts, usual, random_state=0)


def test_without_tokens_to_complete_there_is_no_perplexity():
    assert np.isnan(perplexity(csr_array((2, 3), dtype=np.int32), np.full((1, 3), 1 / 3), random_state=0))


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=6), st.integers(0, 99))
def test_halves_hold_every_token_once(rows, state):
    counts = csr_array(np.array(rows))
    first, second = halves(counts, state)
    assert (first.toarray() + second.toarray()).tolist() == rows
    assert min(first.data.min(initial=1), second.data.min(initial=1)) > 0


@given(st.permutations(range(4)))
def test_the_order_of_topics_changes_no_figure(order):
    rng = np.random.default_rng(1)
    counts, topics = csr_array(rng.poisson(0.5, size=(20, 12))), rng.dirichlet(np.ones(12), size=4)
    np.testing.assert_allclose(coherence(counts, topics)[list(order)], coherence(counts, topics[list(order)]))
    np.testing.assert_allclose(exclusivity(topics)[list(order)], exclusivity(topics[list(order)]))
    assert perplexity(counts, topics, random_state=2) == pytest.approx(perplexity(counts, topics[list(order)], random_state=2), rel=1e-9)
