import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracker.matrix import build
from tracker.models.align import counts_on, hellinger, match, on_one_vocabulary


def test_hellinger_by_hand():
    first, second = np.array([[0.5, 0.5]]), np.array([[1.0, 0.0]])
    np.testing.assert_allclose(hellinger(first, second), [[np.sqrt(1 - np.sqrt(0.5))]])


@given(st.permutations(range(5)), st.integers(0, 1000))
def test_reordered_topics_are_matched_with_themselves(order, state):
    topics = np.random.default_rng(state).dirichlet(np.full(30, 0.2), size=5)
    pairs = match(topics, topics[list(order)])
    assert [order[j] for _, j, _ in pairs] == list(range(5))
    assert max(distance for _, _, distance in pairs) < 1e-6


def test_models_of_different_size_are_matched_as_far_as_they_go():
    pairs = match(np.eye(3), np.eye(3)[1:])
    assert pairs == ((1, 0, 0.0), (2, 1, 0.0))


def test_a_word_only_one_model_knows_counts_as_distance():
    first, second, terms = on_one_vocabulary(np.array([[0.5, 0.5]]), ("ferry", "quay"), np.array([[0.5, 0.5]]), ("quay", "reef"))
    assert terms == ("ferry", "quay", "reef")
    np.testing.assert_allclose(hellinger(first, second), [[np.sqrt(0.5)]])


def test_counts_are_moved_to_the_columns_of_the_model():
    matrix = build([{"quay": 2, "zeppelin": 4}, {"ferry": 1}], ["a", "b"], ["a", "b"], {})
    assert counts_on(matrix.counts, matrix.terms, ("quay", "reef", "ferry")).toarray().tolist() == [[2, 0, 0], [0, 0, 1]]
    assert counts_on(matrix.counts, matrix.terms, ("reef",)).toarray().tolist() == [[0], [0]]
