from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from tracker.errors import TrackerError
from tracker.matrix import TermMatrix, select_terms
from tracker.models import growth, lda
from tracker.models.base import Topic, TopicModel
from tracker.models.fitting import fit, refit
from tracker.models.growth import Change, follow, given_up, start_from
from tracker.models.stability import agreement

SETTINGS = {"engine": "lda", "random_state": 1, "passes": 1, "refits": 2}


def model_of(topic_term: np.ndarray, ids: tuple[str, ...], **told: float) -> TopicModel:
    topics = tuple(Topic(name, name, (name,), None) for name in ids)
    terms = tuple(f"w{n:03d}" for n in range(topic_term.shape[1]))
    state = {"topic_tokens": np.full(len(ids), 100.0)}
    return TopicModel(topics, topic_term, np.full((1, len(ids)), 1 / len(ids)), ("u",), terms, "lda", {}, {"eta": 0.1, **told}, state)


def on(*words: range, terms: int = 120) -> np.ndarray:
    """One topic a range of words, each evenly on its words."""
    rows = np.zeros((len(words), terms))
    for row, own in zip(rows, words, strict=True):
        row[list(own)] = 1 / len(own)
    return rows


def first_units(matrix: TermMatrix, n: int) -> TermMatrix:
    cut = TermMatrix(csr_array(matrix.counts[:n]), matrix.terms, matrix.unit_ids[:n], matrix.unit_speech[:n], matrix.speech_event)
    return select_terms(cut)


def test_topics_that_went_on_keep_their_ids_whatever_their_order():
    old = model_of(on(range(10), range(20, 30)), ("topic-01", "topic-02"))
    new = model_of(on(range(21, 31), range(10)), ("topic-01", "topic-02"))
    followed, log = follow(old, new)
    assert [topic.id for topic in followed.topics] == ["topic-02", "topic-01"]
    assert log == (Change("kept", "topic-02", "", 0.818), Change("kept", "topic-01", "", 1.0))
    assert followed.settings["grown_from"] == old.id
    assert followed.topic_term.tobytes() == new.topic_term.tobytes()


def test_a_topic_like_none_before_is_born_under_a_number_never_used():
    old = model_of(on(range(10), range(20, 30)), ("topic-01", "topic-03"), ids_used=5)
    new = model_of(on(range(10), range(40, 50)), ("topic-01", "topic-02"))
    followed, log = follow(old, new)
    assert [topic.id for topic in followed.topics] == ["topic-01", "topic-06"]
    assert log[1:] == (Change("born", "topic-06", "", 0.0), Change("retired", "topic-03", "", 0.0))
    assert followed.settings["ids_used"] == 6


def test_a_topic_that_splits_and_one_that_merges_name_the_other():
    whole, left, right = range(10), range(5), range(5, 10)
    followed, log = follow(model_of(on(whole), ("topic-01",)), model_of(on(left, right), ("topic-01", "topic-02")))
    assert [topic.id for topic in followed.topics] == ["topic-01", "topic-02"]
    assert log == (Change("kept", "topic-01", "", 0.5), Change("split", "topic-02", "topic-01", 0.5))
    _, back = follow(model_of(on(left, right), ("topic-01", "topic-02")), model_of(on(whole), ("topic-01",)))
    assert back == (Change("kept", "topic-01", "", 0.5), Change("merged", "topic-02", "topic-01", 0.5))


def test_new_words_start_with_the_tokens_of_the_prior_and_lost_ones_are_dropped(planted):
    model = fit(planted, topics=3, **SETTINGS)
    kept = planted.terms[1:]
    grown = TermMatrix(csr_array(planted.counts), (*kept, "zeppelin"), planted.unit_ids, planted.unit_speech, planted.speech_event)
    start = start_from(model, grown)
    np.testing.assert_allclose(start.sum(axis=1), 1)
    tokens = model.state["topic_tokens"][:, None] * model.topic_term
    np.testing.assert_allclose(start[:, -1] / start[:, 0], model.settings["eta"] / tokens[:, 1])


def test_a_grown_corpus_keeps_its_topics_and_learns_its_new_words(invented):
    whole, _, _ = invented(speeches=40)
    old = fit(first_units(whole, 280), topics=4, **SETTINGS)
    model, log = refit(old, whole, random_state=1, refits=2)
    assert [change.became for change in log] == ["kept"] * 4
    assert sorted(topic.id for topic in model.topics) == ["topic-01", "topic-02", "topic-03", "topic-04"]
    assert min(change.overlap for change in log) > 0.5
    assert len(model.terms) > len(old.terms)
    again, _ = refit(old, whole, random_state=1, refits=2)
    assert again.topic_term.tobytes() == model.topic_term.tobytes()
    assert again.id == model.id


def test_only_the_own_engine_is_carried_on(planted):
    model = replace(fit(planted, topics=3, **SETTINGS), engine="nmf")
    with pytest.raises(TrackerError) as error:
        refit(model, planted, random_state=1, refits=2)
    assert error.value.render() == "error: topics of the engine `nmf` cannot be carried on\n\nhint: tracker fit --engine lda"


def peaked(*tops: range, terms: int = 120) -> np.ndarray:
    rows = np.full((len(tops), terms), 0.01)
    for row, top in zip(rows, tops, strict=True):
        row[list(top)] = 1
    return rows / rows.sum(axis=1, keepdims=True)


def test_a_topic_is_given_up_where_a_fresh_one_in_its_place_comes_back_clearly_better():
    carried, fresh = peaked(range(10), range(20, 30), range(40, 50)), peaked(range(42, 52), range(60, 70), range(10))
    assert given_up((carried, np.array([0.9, 0.3, 0.6])), (fresh, np.array([0.75, 0.55, 1.0]))) == [(1, 1)]
    assert given_up((carried, np.array([0.9, 0.4, 0.6])), (fresh, np.array([0.75, 0.55, 1.0]))) == []


def test_topics_are_given_up_in_a_fit_but_for_those_to_keep(invented, monkeypatch):
    whole, _, _ = invented(speeches=40)
    start = np.random.default_rng(3).dirichlet(np.full(len(whole.terms), 0.5), size=4) + 1e-6
    start /= start.sum(axis=1, keepdims=True)
    asked = {"topics": 4, "random_state": 1, "refits": 3, "start": start}
    monkeypatch.setattr(growth, "CLEARLY", -2.0)  # every fresh topic is ahead
    renewed, half, stubborn = (lda.fit(whole, keep=keep, **asked) for keep in ((), (0, 1), range(4)))
    assert [model.quality["given_up"] for model in (renewed, half, stubborn)] == [4, 2, 0]
    fresh = lda.fit(whole, topics=4, random_state=1, refits=3)
    assert {model.quality["fresh_stability"] for model in (renewed, half, stubborn)} == {fresh.quality["stability"]}
    assert renewed.topic_term.tobytes() != stubborn.topic_term.tobytes()


def test_the_stability_of_topics_carried_on_is_that_of_refits_from_their_own_texts(invented):
    whole, _, _ = invented(speeches=40)
    noise = np.random.default_rng(3).dirichlet(np.ones(len(whole.terms)), size=4)
    poor = lda.fit(whole, topics=4, random_state=1, refits=3, start=noise, keep=range(4))
    tokens = np.ones((4, 1)) * poor.topic_term
    warm = [lda.train(csr_array(whole.counts[:240]), whole.unit_ids[:240], topics=4, eta=0.1, start=tokens)]
    inflated = agreement(poor.topic_term, [again / again.sum(axis=1, keepdims=True) for again in warm])
    assert inflated.mean() > poor.quality["stability"]


def test_a_number_that_any_topic_of_the_corpus_ever_had_is_not_used_again():
    old, new = model_of(on(range(10)), ("topic-01",)), model_of(on(range(40, 50)), ("topic-01",))
    assert [topic.id for topic in follow(old, new, used=7)[0].topics] == ["topic-08"]
