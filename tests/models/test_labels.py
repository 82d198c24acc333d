import numpy as np
import pytest

from tracker.models.labels import Phrases, describe, frequent_terms, propose, relevance

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


def phrases(counts: list[float], words: list[float]) -> Phrases:
    return Phrases((("clean", "energy"),), ("clean energy",), np.array([counts]), np.array([words]))


@pytest.mark.parametrize(
    ("count", "label"),
    [
        (4.0, "clean energy, reef, tide"),  # 40 % of the occurrences of both words
        (3.9, "clean, energy, reef"),  # less than that
        (2.9, "clean, energy, reef"),  # fewer than three
    ],
)
def test_a_word_that_mostly_stands_in_one_phrase_is_shown_as_that_phrase(count, label):
    words = [10.0, 10.0, 5.0, 5.0] if count > 3 else [2.9, 2.9, 5.0, 5.0]
    topic = np.array([[0.3, 0.3, 0.2, 0.2]])
    assert propose(topic, np.array([1.0]), ("clean", "energy", "reef", "tide"), phrases([count], words)) == [label]


def test_a_word_said_in_a_phrase_is_not_said_again():
    topic = np.array([[0.4, 0.3, 0.2, 0.1]])
    assert propose(topic, np.array([1.0]), ("clean", "energy", "reef", "tide"), phrases([4.0], [9.0, 30.0, 5.0, 5.0])) == ["clean energy, reef, tide"]


def test_a_label_takes_its_words_from_the_forty_most_probable():
    topics = np.full((1, 60), 1 / 60)
    terms = tuple(f"w{n:02d}" for n in range(60))
    assert frequent_terms(topics, terms) == frozenset(terms[:40])
