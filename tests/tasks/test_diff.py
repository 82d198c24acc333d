"""What changed between two reports of one workspace, on the page and by command, and reports made again."""

import json
import shutil

import pytest

from tracker.errors import TrackerError
from tracker.tasks.add import add
from tracker.tasks.compare import Choices
from tracker.tasks.corpus import set_fields
from tracker.tasks.diff import diff
from tracker.tasks.replay import replay
from tracker.tasks.report import report
from tracker.tasks.workspace import open_workspace


@pytest.fixture(scope="module")
def grown(make_workspace, three_texts, tmp_path_factory):
    """A workspace with a report, then a speech more and a second report."""
    workspace = make_workspace(three_texts)
    first = report(workspace, "2022", "2023")
    more = tmp_path_factory.mktemp("more") / "new.md"
    text = three_texts["belmara.md"].replace("2023-06-14", "2023-09-01").replace("On June 14 ", "")
    more.write_text(text + "\nShe asked for orchards, apples and orchards again.\n", encoding="utf-8")
    add(workspace, [str(more)])
    return workspace, first, report(open_workspace(workspace.path), "2022", "2023")


def told(workspace, run):
    return json.loads((workspace.reports_path / run / "report.json").read_text(encoding="utf-8"))["data"]


def page(workspace, run):
    return (workspace.reports_path / run / "index.html").read_text(encoding="utf-8")


def test_the_first_report_says_nothing_of_changes(grown):
    workspace, first, _ = grown
    assert told(workspace, first.run)["changes"] is None
    assert 'id="changes"' not in page(workspace, first.run)


def test_the_second_report_names_the_speech_that_was_added_and_links_to_the_first(grown):
    workspace, first, second = grown
    held = told(workspace, second.run)["changes"]
    assert (held["before"], [(s["what"], s["side"], s["date"]) for s in held["speeches"]]) == (first.run, [("added", "after", "2023-09-01")])
    shown = page(workspace, second.run)
    assert 'href="#changes"' in shown
    assert f'href="../{first.run}/index.html"' in shown
    assert "added: " in shown
    assert (workspace.reports_path / second.run / "data" / "changes.csv").exists()


def test_levels_moved_by_the_added_speech_alone_name_it(grown):
    found = diff(grown[0], grown[1].run, grown[2].run)
    assert found.themes
    for theme in found.themes:
        assert [m.what for m in theme.movers] == ["added"]
        assert theme.movers[0].points == pytest.approx(theme.now.points - theme.was.points, abs=1e-6)


def test_the_command_and_the_page_say_the_same(grown):
    workspace, first, second = grown
    told_by_page, told_by_command = told(workspace, second.run)["changes"], diff(workspace, second.run, first.run)
    assert [s["speech"] for s in told_by_page["speeches"]] == [s.speech for s in told_by_command.speeches]
    assert [(t["id"], [m["speech"] for m in t["movers"]]) for t in told_by_page["themes"]] == [
        (t.id, [m.speech for m in t.movers]) for t in told_by_command.themes
    ]


def test_a_report_made_again_from_the_same_says_the_same_of_changes(grown):
    workspace, _, second = grown
    third = report(open_workspace(workspace.path), "2022", "2023")
    assert page(workspace, third.run) == page(workspace, second.run)
    shutil.rmtree(third.path)


def test_a_report_may_say_nothing_of_changes(grown):
    workspace = grown[0]
    alone = report(open_workspace(workspace.path), "2022", "2023", since="none")
    assert told(workspace, alone.run)["changes"] is None
    shutil.rmtree(alone.path)


def test_a_report_is_replayed_to_the_same_bytes_after_a_speech_was_added(grown):
    workspace, first, second = grown
    for run in (first.run, second.run):
        found = replay(open_workspace(workspace.path), run)
        assert (found.same, found.differing, found.reasons, found.edited) == (True, (), (), ())
    assert replay(workspace, first.run).put_back == ("corpus: 1 speech added since left out",)


def test_a_replay_leaves_the_workspace_as_it_is(grown):
    workspace, first, _ = grown
    before = {p: p.read_bytes() for p in workspace.path.rglob("*") if p.is_file() and p.suffix != ".db-shm"}
    replay(open_workspace(workspace.path), first.run)
    assert {p: p.read_bytes() for p in workspace.path.rglob("*") if p.is_file() and p.suffix != ".db-shm"} == before


def test_a_replay_says_which_files_differ_and_why(make_workspace, three_texts):
    workspace = make_workspace(three_texts)
    written = report(workspace, "2022", "2023", Choices(balance="shipyards:orchards"))
    set_fields(workspace, workspace.store.speeches()[1].id, {"place": "Ostby"})
    manifest = workspace.reports_path / written.run / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"numpy": "', '"numpy": "0.'), encoding="utf-8")
    (workspace.reports_path / written.run / "report.md").write_text("mine", encoding="utf-8")
    found = replay(open_workspace(workspace.path), written.run)
    assert not found.same
    assert {"data/speeches.csv", "report.json"} <= set(found.differing)
    assert [reason.partition(":")[0] for reason in found.reasons] == ["numpy", "corpus"]
    assert found.edited == ("report.md",)


def test_edited_themes_are_put_back_for_a_replay(make_workspace, two_texts):
    workspace = make_workspace(two_texts)
    written = report(workspace, "2022", "2023")
    workspace.themes_path.write_text('[themes.boats]\nterms = ["boat*"]\n', encoding="utf-8")
    found = replay(open_workspace(workspace.path), written.run)
    assert found.same, found.differing
    assert [line.partition(":")[0] for line in found.put_back] == ["themes"]


def test_one_report_alone_cannot_be_held_against_another(make_workspace, two_texts):
    with pytest.raises(TrackerError, match="a difference needs two reports"):
        diff(make_workspace(two_texts))


def test_a_report_of_an_older_version_cannot_be_replayed_and_says_why(grown, tmp_path):
    workspace, first, _ = grown
    old = workspace.reports_path / "20200101T000000-aaaaaaaa"
    shutil.copytree(workspace.reports_path / first.run, old)
    held = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    del held["theme_list"]
    (old / "manifest.json").write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(TrackerError, match="kept too little to replay it") as caught:
        replay(workspace, old.name)
    shutil.rmtree(old)
    assert "its manifest lacks: theme_list" in caught.value.render()
