import json
import re
from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.tasks.compare import compare
from tracker.tasks.demo import demo
from tracker.tasks.workspace import init, open_workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return demo(tmp_path_factory.mktemp("demo") / "first")


def test_the_demonstration_makes_a_workspace_with_two_dated_digests_and_a_report(made):
    speeches = open_workspace(made.workspace).store.speeches()
    assert [(s.date.text, s.kind) for s in speeches] == [("2022-08-16", "digest"), ("2023-09-07", "digest")]
    assert Path(made.report.html).exists()


def test_the_demonstration_answers_its_question_without_claiming_a_trend(made):
    page = re.sub(r"<(style|script)\b.*?</\1>", " ", Path(made.report.html).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.findall(r"\b(rose|fell)\b", page)
    assert "they show how the tool works, not what was said" in page
    assert {"W1", "W4", "W19"} <= {w.code for w in made.report.warnings}


def test_core_words_of_the_question_stand_on_one_side_each(made):
    texts = {(t.theme, t.term): t.only for t in compare(open_workspace(made.workspace), "2022", "2023").texts}
    assert texts["industrial-restructuring", "restructur*"] == "before"
    assert texts["self-reliance", "self-relian*"] == "after"


def test_the_commands_to_try_next_begin_in_the_new_folder(made):
    assert made.next[0] == f"cd {made.workspace}"
    assert all(command.startswith("tracker ") for command in made.next[1:])


def test_the_report_says_which_theme_words_were_weighed(made):
    held = json.loads((Path(made.report.path) / "report.json").read_text(encoding="utf-8"))["data"]["compare"]["balance"]
    assert (held["x"], held["y"], held["verdict"]) == ("industrial-restructuring", "self-reliance", "not testable")


def test_a_demonstration_never_goes_into_a_workspace_that_exists(tmp_path):
    init(tmp_path / "w")
    with pytest.raises(TrackerError, match="is a workspace already"):
        demo(tmp_path / "w")
