"""The topics of a growing corpus, by the command line alone."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("subject_speeches", Path(__file__).parents[1] / "tasks" / "conftest.py")
SPEECHES = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(SPEECHES)
SUBJECTS = ["harbour", "orchard", "school"]


@pytest.fixture(scope="module")
def told(run, tmp_path_factory):
    """What each command of a user's day answered, by its words."""
    root = tmp_path_factory.mktemp("user")
    workspace = root / "workspace"
    answers = {}

    def ask(*words):
        answers[" ".join(words)] = answer = run(*words, "--workspace", workspace)
        return answer

    def put(first, last, subjects):
        for number in range(first, last):
            path = root / f"s{number:02}.md"
            path.write_text(SPEECHES.speech(subjects, number), encoding="utf-8")
            assert run("add", path, "--workspace", workspace).code == 0

    run("init", workspace, "--themes", "none")
    (workspace / "tracker.toml").write_text("[topics]\nrefits = 2\npasses = 1\n", encoding="utf-8")
    put(0, 9, SUBJECTS)
    ask("topics", "history")
    ask("fit", "--topics", "3")
    for words in (("topics", "name", "1", "Our coast"), ("topics", "hide", "3"), ("topics",), ("topics", "--all"), ("topics", "show", "our coast")):
        ask(*words)
    for words in (("topics", "show", "99"), ("topics", "name", "topic-9", "x"), ("topics", "hide", "1", "nine"), ("topics", "unhide", "our cost")):
        ask(*words)
    put(9, 12, [*SUBJECTS, "railway"])
    ask("fit")
    ask("fit", "--json")
    for words in (("topics", "history", "--json"), ("topics", "show", "1", "--json"), ("topics", "name", "2", "Two", "--json"), ("topics", "unhide", "3")):
        ask(*words)
    ask("fit", "--cold")
    answers["after"] = run("topics", "history", "--workspace", workspace)
    return answers


def test_without_topics_there_is_no_history(told):
    assert (told["topics history"].code, told["topics history"].err) == (1, "error: no topics were fitted yet\n\nhint: tracker fit\n")


def test_the_list_uses_the_name_and_says_how_many_are_hidden(told):
    listed = told["topics"].out
    assert re.search(r"^topic-01 .* Our coast: \w+", listed, re.MULTILINE)
    assert "topic-03" not in listed
    assert "\n1 hidden: tracker topics --all\n" in listed
    assert re.search(r"^topic-03 .*\(hidden\)", told["topics --all"].out, re.MULTILINE)


def test_one_topic_is_shown_closely(told):
    shown = told["topics show our coast"].out
    assert shown.startswith("topic-01  Our coast\nproposed label  ")
    for part in ("marks it off", "most frequent", "share", "stability", "coherence", "exclusivity", "nearest theme", "share by year", "most typical speeches"):
        assert re.search(rf"^{part}\b", shown, re.MULTILINE), part
    assert len(re.findall(r"^  “We know the .*” [0-9a-f]{8} 20\d\d-03-01 \[\d+:\d+\]$", shown, re.MULTILINE)) == 5
    assert "  fit 1 (9 speeches, 2000 to 2008): born: " in shown


@pytest.mark.parametrize(
    ("words", "error", "hint"),
    [
        ("topics show 99", "no topic `99`", "tracker topics --all"),
        ("topics name topic-9 x", "no topic `topic-9`", "tracker topics --all"),
        ("topics hide 1 nine", "no topic `nine`", "tracker topics --all"),
        ("topics unhide our cost", "no topic `our cost`", "tracker topics unhide 'our coast'"),
    ],
)
def test_an_unknown_topic_is_an_error_with_a_command_that_helps(told, words, error, hint):
    assert told[words].code == 1
    assert told[words].err == f"error: {error}\n  topics: topic-01, topic-02, topic-03\n\nhint: {hint}\n"


def test_a_fit_on_the_grown_corpus_says_what_became_of_every_topic(told):
    said = told["fit"].out
    assert re.search(r"^fit 2: 12 speeches, 2000 to 2011; 3 topics, lda, carried on\n  stability \d\.\d\d, \d of 3 came back in refits", said, re.MULTILINE)
    assert re.search(r"^  kept      [1-3]  .*topic-01 \(Our coast\) \d\.\d\d", said, re.MULTILINE)


def test_a_second_fit_of_the_same_corpus_says_that_nothing_changed(told):
    answer = json.loads(told["fit --json"].out)["data"]
    assert (answer["fit"]["number"], answer["fit"]["start"], answer["hidden"]) == (2, "carried on", 1)
    assert {change["became"] for change in answer["fit"]["changes"]} <= {"kept", "born", "split", "merged", "retired"}


def test_the_history_reads_as_history(told):
    said = told["after"].out
    assert [line for line in said.splitlines() if line.startswith("fit ")] == [
        "fit 1: 9 speeches, 2000 to 2008; 3 topics, lda, started anew (there were no topics before)",
        "fit 2: 12 speeches, 2000 to 2011; 3 topics, lda, carried on",
        "fit 3: 12 speeches, 2000 to 2011; 3 topics, lda, started anew (asked for)",
    ]
    assert "topic-01 (Our coast)" in said


@pytest.mark.parametrize(
    ("words", "schema", "keys"),
    [
        ("topics history --json", "tracker/topics-history/1", {"fits"}),
        ("topics name 2 Two --json", "tracker/topics-name/1", {"topics"}),
        (
            "topics show 1 --json",
            "tracker/topics-show/1",
            {"id", "label", "proposed", "hidden", "words", "frequent", "share", "stability", "reproducible", "coherence", "exclusivity", "nearest_theme"}
            | {"boilerplate", "drift", "years", "passages", "speeches", "became", "model"},
        ),
    ],
)
def test_every_answer_has_its_form_for_scripts(told, words, schema, keys):
    answer = json.loads(told[words].out)
    assert (answer["schema"], set(answer["data"])) == (schema, keys)
