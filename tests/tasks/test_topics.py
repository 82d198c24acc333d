import json

import pytest

from tracker.errors import CorpusError, TrackerError
from tracker.tasks.add import add
from tracker.tasks.topics import current_topics, default_topics, fit, passage_size, read_current
from tracker.tasks.workspace import init, open_workspace

ROCKETS = "2024-05-06\n\n" + "We launch rockets and satellites, and our telescopes watch distant planets and comets. I thank you.\n\n" * 12


@pytest.fixture(scope="module")
def fitted(make_workspace, three_texts):
    workspace = make_workspace(three_texts)
    return workspace, fit(workspace)


def test_topics_have_ids_words_shares_and_stability(fitted):
    topics = fitted[1].topics
    assert len(topics) == 2
    assert sum(t.share for t in topics) == pytest.approx(1)
    assert all(len(t.words) >= 2 and t.id and 0 <= t.stability <= 1 for t in topics)


def test_a_small_corpus_is_marked_illustrative(fitted):
    assert fitted[1].illustrative
    assert fitted[1].warnings[0].code == "W9"
    assert fitted[1].warnings[0].text.startswith(f"{fitted[1].passages} passages: the topics are illustrative (")


def test_quotes_of_topics_are_verbatim(fitted):
    workspace, result = fitted
    texts = {s.id: s.text for s in workspace.store.speeches()}
    shown = [e for t in result.topics for e in t.quotes]
    assert shown
    assert all(e.quote == texts[e.speech][e.start : e.end] for e in shown)


def test_words_are_shown_as_they_stand_in_the_texts(fitted):
    texts = " ".join(s.text for s in fitted[0].store.speeches()).casefold()
    assert all(word in texts for t in fitted[1].topics for word in t.words)


def test_the_current_topics_are_those_that_were_fitted(fitted):
    assert current_topics(open_workspace(fitted[0].path)) == fitted[1]


def test_fitting_again_gives_the_same_topics(fitted):
    assert fit(open_workspace(fitted[0].path)) == fitted[1]


def test_words_unknown_to_the_model_are_warned_about_and_nothing_is_refitted(make_workspace, three_texts, tmp_path):
    workspace = make_workspace(three_texts)
    model = fit(workspace, engine="nmf").model
    (tmp_path / "rockets.txt").write_text(ROCKETS, encoding="utf-8")
    add(workspace, [str(tmp_path / "rockets.txt")])
    result = current_topics(workspace)
    assert result.model == model
    assert [w.code for w in result.warnings] == ["W9", "W13"]
    assert f"are unknown to the model {model}; topic shares for them are unreliable" in result.warnings[1].text


def test_topics_need_two_speeches(make_workspace, two_texts):
    with pytest.raises(CorpusError, match="topics need 2 speeches or more; the corpus holds 1"):
        fit(make_workspace({"tarnvik.md": two_texts["tarnvik.md"]}))


def test_without_a_fit_there_are_no_topics_to_show(tmp_path):
    workspace = init(tmp_path / "w")
    assert read_current(workspace) is None
    with pytest.raises(TrackerError, match="no topics were fitted yet"):
        current_topics(workspace)


def test_a_damaged_note_of_the_current_model_is_an_error_with_a_way_out(tmp_path):
    workspace = init(tmp_path / "w")
    workspace.models_path.mkdir()
    (workspace.models_path / "current.json").write_text(json.dumps({"corpus": "x"}), encoding="utf-8")
    with pytest.raises(TrackerError, match="is damaged") as caught:
        read_current(workspace)
    assert caught.value.hint == "tracker fit"


def test_too_many_topics_for_a_corpus_are_an_error(make_workspace, two_texts):
    with pytest.raises(TrackerError):
        fit(make_workspace(two_texts), topics=400)


def test_the_usual_number_of_topics_and_size_of_passages_grow_with_the_corpus():
    assert [default_topics(n) for n in (1, 12, 100, 500, 2000, 10**6)] == [2, 4, 8, 12, 20, 30]
    assert [passage_size(n, 60) for n in (10, 450, 600, 1800, 10**6)] == [15, 15, 20, 60, 60]
