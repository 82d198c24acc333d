import shutil

import pytest

from tracker.errors import TrackerError
from tracker.tasks.topics import current_topics, fit, hide, name_topic, read_marks, topic_detail
from tracker.tasks.topics.marks import Mark, drifted
from tracker.tasks.workspace import open_workspace

SETTINGS = "[topics]\nrefits = 2\npasses = 2\n"


@pytest.fixture(scope="module")
def fitted(make_workspace, subject_texts):
    made = make_workspace(subject_texts(["harbour", "orchard", "school"], 0, 10), settings=SETTINGS)
    fit(made, topics=3)
    return made


@pytest.fixture
def workspace(fitted, tmp_path):
    fitted.store.close()
    shutil.copytree(fitted.path, tmp_path / "workspace")
    return open_workspace(tmp_path / "workspace")


def test_a_name_stands_in_the_list_in_place_of_the_label_and_outlives_a_refit(workspace, add_texts, subject_texts):
    assert name_topic(workspace, "1", "  The  coast ").name == "The coast"
    assert current_topics(workspace).topics[0].label == "The coast"
    add_texts(workspace, subject_texts(["harbour", "orchard", "school"], 10, 13))
    assert {topic.id: topic.name for topic in fit(workspace).topics}["topic-01"] == "The coast"


@pytest.mark.parametrize("which", ["topic-02", "2", "02", "Topic 2", "topic-2"])
def test_a_topic_is_found_by_its_id_or_its_number(workspace, which):
    assert name_topic(workspace, which, "Fruit").id == "topic-02"


def test_a_topic_is_found_by_its_name_and_an_empty_name_gives_the_label_back(workspace):
    label = current_topics(workspace).topics[1].label
    name_topic(workspace, "topic-02", "Fruit")
    assert name_topic(workspace, "fruit", "").label == label
    assert read_marks(workspace) == {}


def test_two_topics_never_have_one_name(workspace):
    name_topic(workspace, "topic-02", "Fruit")
    with pytest.raises(TrackerError) as caught:
        name_topic(workspace, "topic-01", "fruit")
    assert caught.value.render() == "error: `fruit` is the name of topic-02 already\n\nhint: tracker topics name topic-01 'fruit 2'"


@pytest.mark.parametrize("name", ["x" * 81, "bell\a"])
def test_a_name_is_one_short_line(workspace, name):
    with pytest.raises(TrackerError, match="a name is one line of at most 80 characters"):
        name_topic(workspace, "1", name)


def test_an_unknown_topic_is_an_error_that_lists_the_topics(workspace):
    with pytest.raises(TrackerError) as caught:
        name_topic(workspace, "99", "x")
    assert caught.value.render() == "error: no topic `99`\n  topics: topic-01, topic-02, topic-03\n\nhint: tracker topics --all"
    with pytest.raises(TrackerError) as caught:
        hide(workspace, ["1", "topik-02"])
    assert caught.value.hint == "tracker topics hide topic-02"
    assert read_marks(workspace) == {}


def test_a_topic_that_is_gone_says_what_became_of_it(workspace):
    fit(workspace, topics=2)
    gone = next(change for change in current_topics(workspace).fit.changes if change.became in ("merged", "retired"))
    with pytest.raises(TrackerError, match=rf"`{gone.topic}` \({gone.label}\) was (merged into topic-0\d|retired) in fit 2") as caught:
        topic_detail(workspace, gone.topic)
    assert caught.value.hint == "tracker topics history"


def test_hidden_topics_are_left_out_and_counted_and_change_no_share(workspace):
    shares = {topic.id: topic.share for topic in current_topics(workspace).topics}
    assert [one.hidden for one in hide(workspace, ["1", "3"])] == [True, True]
    found = current_topics(workspace)
    assert ([topic.id for topic in found.topics], found.hidden) == (["topic-02"], 2)
    assert found.topics[0].share == shares["topic-02"]
    everything = current_topics(workspace, hidden=True)
    assert [(topic.hidden, bool(topic.quotes)) for topic in everything.topics] == [(True, True), (False, True), (True, True)]
    hide(workspace, ["1"], hidden=False)
    assert current_topics(workspace).hidden == 1


def test_the_report_uses_names_and_says_how_many_are_hidden(workspace):
    from pathlib import Path

    from tracker.tasks.report import report

    name_topic(workspace, "2", "Fruit & <cider>")
    label = current_topics(workspace).topics[0].label
    hide(workspace, ["1"])
    folder = Path(report(workspace, "2000..2004", "2005..2009").path)
    page, markdown, table = ((folder / name).read_text(encoding="utf-8") for name in ("index.html", "report.md", "data/topics.csv"))
    assert "Fruit &amp; &lt;cider&gt;" in page
    assert "1 topic hidden." in page
    assert "1 topic hidden." in markdown
    assert "Fruit & <cider>" in table
    assert label not in table


def test_a_report_with_every_topic_hidden_is_written(workspace):
    from pathlib import Path

    from tracker.tasks.report import report

    hide(workspace, ["1", "2", "3"])
    folder = Path(report(workspace, "2000..2004", "2005..2009").path)
    assert "3 topics hidden." in (folder / "index.html").read_text(encoding="utf-8")


def test_a_name_whose_topic_has_other_words_now_is_told(workspace):
    assert drifted(Mark("Fruit", words=("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")), ("a", "b", "x")) != ""
    assert drifted(Mark("Fruit", words=("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")), ("a", "b", "c")) == ""
    assert drifted(None, ("a",)) == drifted(Mark(hidden=True), ("a",)) == ""
    name_topic(workspace, "1", "Coast")
    assert topic_detail(workspace, "Coast").drift == ""


def test_a_damaged_file_of_names_is_an_error_with_a_way_out(workspace):
    path = workspace.models_path / "names.json"
    path.write_text('{"topic-01": 3}', encoding="utf-8")
    with pytest.raises(TrackerError, match=r"`models/names.json` is damaged") as caught:
        current_topics(workspace)
    assert caught.value.hint == f"mv {path} {path}.damaged"
