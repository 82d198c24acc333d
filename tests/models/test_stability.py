import numpy as np
import pytest

from tracker.matrix import build
from tracker.models.stability import agreement, medoid, stability, subsamples, top_words


def peaked(*tops: range, terms: int = 100) -> np.ndarray:
    rows = np.full((len(tops), terms), 0.1)
    for row, top in zip(rows, tops, strict=True):
        row[list(top)] = 10
    return rows / rows.sum(axis=1, keepdims=True)


def corpus(events: int, reports: int = 1):
    ids = [f"{event:02d}/{report}" for event in range(events) for report in range(reports)]
    return build([{"quay": 1, "levy": 1}] * len(ids), ids, ids, {name: name[:2] for name in ids})


def test_agreement_is_the_mean_jaccard_of_the_top_ten_words_by_hand():
    topics = peaked(range(10), range(50, 60))
    refits = [peaked(range(50, 60), range(10)), peaked(range(5, 15), range(50, 60))]
    np.testing.assert_allclose(agreement(topics, refits), [(1 + 5 / 15) / 2, 1])


def test_a_topic_without_a_partner_counts_nothing():
    assert agreement(peaked(range(10), range(50, 60)), [peaked(range(10))]).tolist() == [1, 0]


def test_fewer_top_words_count_in_a_small_vocabulary_and_none_of_probability_zero():
    assert top_words(np.array([[0.6, 0.4, 0.0] + [0.0] * 27])) == [frozenset({0, 1})]
    assert top_words(np.array([[0.6, 0.4]])) == [frozenset({0})]


def test_the_medoid_is_the_run_most_like_the_others_and_the_first_of_equals():
    near, middle, far = peaked(range(10)), peaked(range(3, 13)), peaked(range(6, 16))
    assert medoid([near, middle, far]) == 1
    assert medoid([near, near, near]) == 0


def test_subsamples_keep_all_reports_of_an_event_together():
    matrix = corpus(10, reports=3)
    samples, by_event = subsamples(matrix, refits=4, random_state=1)
    assert by_event
    assert len({tuple(rows) for rows in samples}) == 4
    for rows in samples:
        assert len(rows) == 24
        assert np.bincount(rows // 3, minlength=10).tolist() == [3 * (event in set(rows // 3)) for event in range(10)]


@pytest.mark.parametrize("events", [1, 2, 4])
def test_passages_are_sampled_when_an_eighty_percent_sample_of_events_does_not_exist(events):
    samples, by_event = subsamples(corpus(events, reports=10), refits=3, random_state=1)
    assert not by_event
    assert [len(rows) for rows in samples] == [8 * events] * 3


def test_in_a_very_large_corpus_fewer_events_are_kept_so_that_refits_stay_small(monkeypatch):
    monkeypatch.setattr("tracker.models.stability.MOST_UNITS", 12)
    samples, by_event = subsamples(corpus(10, reports=3), refits=4, random_state=1)
    assert by_event
    assert [len(rows) for rows in samples] == [12] * 4


def test_no_more_subsamples_are_drawn_than_there_are():
    assert len(subsamples(corpus(5), refits=50, random_state=1)[0]) == 5
    assert subsamples(corpus(1), refits=50, random_state=1)[0] == []


def test_random_state_decides_the_subsamples():
    first, again, other = (subsamples(corpus(20), refits=3, random_state=state)[0] for state in (1, 1, 2))
    assert [rows.tolist() for rows in first] == [rows.tolist() for rows in again]
    assert [rows.tolist() for rows in first] != [rows.tolist() for rows in other]


def test_a_refit_that_always_finds_the_same_is_fully_stable():
    topics = peaked(range(10), range(50, 60))
    scores, told = stability(corpus(10), topics, refit=lambda _: topics, refits=4, random_state=1)
    assert scores is not None
    assert scores.tolist() == [1, 1]
    assert told == {"refits": 4.0, "by_event": 1.0}


def test_stability_is_unknown_when_the_subsamples_hold_fewer_units_than_topics():
    topics = peaked(range(10), range(20, 30), range(50, 60))
    assert stability(corpus(3), topics, refit=lambda _: topics, refits=4, random_state=1) == (None, {"refits": 0.0, "by_event": 0.0})
