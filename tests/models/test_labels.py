import numpy as np

from tracker.models.labels import describe, relevance

EVEN = np.array([0.5, 0.5])


def test_relevance_by_hand():
    scores = relevance(np.array([[0.8, 0.2], [0.2, 0.8]]), EVEN, weight=0.6)
    np.testing.assert_allclose(scores[0, 0], 0.6 * np.log(0.8) + 0.4 * np.log(0.8 / 0.5))
    assert scores[0, 1] == -np.inf


def test_weight_one_ranks_by_probability_and_zero_by_lift():
    topics = np.array([[0.5, 0.3, 0.2], [0.5, 0.49, 0.01]])
    assert np.argmax(relevance(topics, EVEN, weight=1)[0]) == 0
    assert np.argmax(relevance(topics, EVEN, weight=0)[0]) == 2


def test_words_common_to_all_topics_make_no_label():
    terms = ("a-common", "quay", "ferry", "reef", "barley", "orchard", "harvest")
    topics = np.array([[0.4, 0.2, 0.2, 0.2, 0, 0, 0], [0.4, 0, 0, 0, 0.2, 0.2, 0.2]])
    assert [label for label, _ in describe(topics, EVEN, terms)] == ["quay, ferry, reef", "barley, orchard, harvest"]


def test_topics_with_the_same_words_get_different_labels():
    topics = np.array([[0.4, 0.3, 0.2, 0.1], [0.4, 0.3, 0.2, 0.1], [0.4, 0.3, 0.2, 0.1]])
    assert [label for label, _ in describe(topics, np.full(3, 1 / 3), ("a", "b", "c", "d"))] == ["a, b, c", "a, b, c, d", "topic 3"]


def test_at_most_twelve_words_are_shown_and_ties_follow_the_terms():
    topics = np.full((1, 30), 1 / 30)
    (_, words), *_ = describe(topics, np.array([1.0]), tuple(f"w{n:02d}" for n in range(30)))
    assert words == tuple(f"w{n:02d}" for n in range(12))
