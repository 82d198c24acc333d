import json
import shutil

import pytest

from tracker.errors import TrackerError
from tracker.findings.topic_records import TopicChange, TopicFit
from tracker.tasks.topics import current_model, current_topics, fit, read_current, read_history
from tracker.tasks.topics.current import append_history
from tracker.tasks.workspace import open_workspace

SETTINGS = "[topics]\nrefits = 2\npasses = 2\n"


@pytest.fixture(scope="module")
def young(make_workspace, subject_texts):
    """Twelve speeches on three subjects, fitted once."""
    workspace = make_workspace(subject_texts(["harbour", "orchard", "school"], 0, 12), settings=SETTINGS)
    fit(workspace, topics=3)
    return workspace


@pytest.fixture
def copy(young, tmp_path):
    """A copy of the fitted workspace to change."""
    young.store.close()
    shutil.copytree(young.path, tmp_path / "workspace")
    return open_workspace(tmp_path / "workspace")


def test_the_first_fit_says_that_every_topic_was_born(young):
    told = read_history(young)
    assert [(fit.number, fit.before, fit.start, fit.why, fit.speeches, fit.first, fit.last) for fit in told] == [
        (1, "", "anew", "there were no topics before", 12, "2000", "2011")
    ]
    assert [change.became for change in told[0].changes] == ["born"] * 3


def test_an_unchanged_corpus_keeps_its_topics_byte_for_byte(copy):
    before = {path.relative_to(copy.path): path.read_bytes() for path in copy.models_path.rglob("*") if path.is_file()}
    assert fit(copy) == current_topics(copy)
    assert {path.relative_to(copy.path): path.read_bytes() for path in copy.models_path.rglob("*") if path.is_file()} == before


def test_a_grown_corpus_carries_its_topics_on(copy, add_texts, subject_texts):
    old = {topic.id: topic.words for topic in current_topics(copy).topics}
    add_texts(copy, subject_texts(["harbour", "orchard", "school"], 12, 15))
    found = fit(copy)
    assert found.fit.start == "carried on"
    assert found.fit.why == ""
    assert [change.became for change in found.fit.changes] == ["kept"] * 3
    assert {topic.id for topic in found.topics} == set(old)
    assert all(set(topic.words) & set(old[topic.id]) for topic in found.topics)
    assert [fit.number for fit in read_history(copy)] == [1, 2]
    assert read_history(copy)[1].before == read_history(copy)[0].model


def test_new_words_are_learned(copy, add_texts, subject_texts):
    add_texts(copy, subject_texts(["harbour", "railway"], 12, 20))
    assert current_topics(copy).added.unknown > 0.1
    found = fit(copy)
    assert found.added is None
    assert {"railway", "locomotive"} <= set(current_model(copy)[0].terms)


def test_the_same_corpus_recipe_and_model_before_give_the_same_bytes(copy, young, tmp_path, add_texts, subject_texts):
    shutil.copytree(young.path, tmp_path / "other" / "workspace")
    other = open_workspace(tmp_path / "other" / "workspace")
    more = subject_texts(["harbour", "railway"], 12, 16)
    add_texts(copy, more)
    add_texts(other, more)
    first, second = fit(copy), fit(other)
    assert first == second
    held = {path.relative_to(copy.models_path): path.read_bytes() for path in copy.models_path.rglob("*") if path.is_file()}
    assert {path.relative_to(other.models_path): path.read_bytes() for path in other.models_path.rglob("*") if path.is_file()} == held


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"cold": True}, "asked for"),
        ({"engine": "nmf"}, "the engine was lda"),
        ({"topics": 4}, "4 topics were asked for, there were 3"),
        ({"topics": "auto"}, "auto topics were asked for, there were 3"),
    ],
)
def test_numbers_start_anew_when_that_is_asked_for_and_ids_go_on_all_the_same(copy, asked, why):
    found = fit(copy, **asked)
    assert (found.fit.start, found.fit.why) == ("anew", why)
    assert found.fit.before == read_history(copy)[0].model
    assert {change.topic for change in found.fit.changes if change.became == "kept"} == {"topic-01", "topic-02", "topic-03"}
    assert found.fit.fresh_stability is None


def test_the_engine_of_the_current_topics_stays_and_nmf_is_never_carried_on(copy, add_texts, subject_texts):
    fit(copy, engine="nmf")
    add_texts(copy, subject_texts(["harbour", "orchard", "school"], 12, 14))
    found = fit(copy)
    assert (found.engine, found.fit.why) == ("nmf", "topics of nmf cannot be carried on")


def test_the_recipe_decides_over_the_engine_of_the_current_topics(copy):
    fit(copy, engine="nmf")
    (copy.path / "tracker.toml").write_text(SETTINGS + 'engine = "lda"\n', encoding="utf-8")
    assert fit(open_workspace(copy.path)).engine == "lda"


def test_an_id_is_never_used_twice(copy):
    for topics in (5, 2, 5):
        fit(copy, topics=topics)
    born = [change.topic for told in read_history(copy) for change in told.changes if change.became in ("born", "split")]
    assert len(born) == len(set(born))


def test_a_corpus_that_has_become_too_small_is_given_fewer_topics(copy):
    fit(copy, topics=20)
    for summary in copy.store.speeches()[2:]:
        copy.store.remove(summary)
    found = fit(copy)
    assert found.fit.start == "anew"
    assert found.fit.why == "the corpus has become too small for 20 topics"


def test_a_fit_that_was_interrupted_between_its_notes_is_told_once(copy, add_texts, subject_texts):
    note = (copy.models_path / "current.json").read_bytes()
    add_texts(copy, subject_texts(["harbour", "orchard", "school"], 12, 14))
    found = fit(copy)
    (copy.models_path / "current.json").write_bytes(note)
    assert fit(copy).fit == found.fit
    assert [told.number for told in read_history(copy)] == [1, 2]


def test_the_history_is_only_ever_added_to(copy, add_texts, subject_texts):
    before = (copy.models_path / "history.jsonl").read_bytes()
    add_texts(copy, subject_texts(["harbour", "orchard", "school"], 12, 14))
    fit(copy)
    assert (copy.models_path / "history.jsonl").read_bytes().startswith(before)
    assert not list(copy.models_path.glob(".*"))


def test_a_damaged_history_is_an_error_with_a_way_out(copy):
    path = copy.models_path / "history.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(TrackerError, match=r"`models/history.jsonl` is damaged") as caught:
        read_history(copy)
    assert caught.value.hint == f"mv {path} {path}.damaged"


def test_a_history_holds_labels_with_any_character(copy):
    told = TopicFit(0, "m", "", "lda", "en", 2, 3, "", "", "anew", "", 1, 0, None, None, (TopicChange("born", "topic-09", "a\u2028b", "", 0.0),))
    assert append_history(copy, told).changes[0].label == "a\u2028b"


def test_a_model_that_is_lost_is_no_reason_to_fail_a_fit(copy):
    held = read_current(copy)
    shutil.rmtree(copy.models_path / held["model"])
    assert fit(copy).fit.why == "there were no topics before"


def test_the_note_of_the_current_model_of_an_older_version_is_read(copy):
    path = copy.models_path / "current.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({name: held[name] for name in ("model", "corpus", "speeches")}), encoding="utf-8")
    (copy.models_path / "history.jsonl").unlink()
    found = current_topics(copy)
    assert found.fit is None
    assert fit(copy).fit.before == found.model
