import json
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from tracker.store import VERSION
from tracker.tasks import doctor as module
from tracker.tasks.doctor import EXTRAS, LIBRARIES, doctor
from tracker.tasks.search import search

PROJECT = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def named(requirement):
    return requirement.split(";")[0].split(">")[0].split("[")[0].strip()


def test_every_extra_and_every_library_of_the_project_is_looked_for():
    extras = {name: named(packages[0]) for name, packages in PROJECT["optional-dependencies"].items() if name not in ("all", "test", "bench")}
    assert {name: package for name, (package, _) in EXTRAS.items()} == extras
    assert set(LIBRARIES) == {named(requirement) for requirement in PROJECT["dependencies"]}


def test_a_sound_workspace_has_nothing_wrong(make_workspace, two_texts):
    result = doctor(make_workspace(two_texts))
    assert result.wrong == 0
    assert {row.area for row in result.rows} == {"program", "libraries", "extras", "fonts", "corpus"}
    assert result.rows[-1].found == f"2 speeches, format {VERSION}; pages, references, texts and search index agree"


def test_what_is_not_installed_is_said_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr(module, "_installed", lambda name: "" if name in ("rjieba", "scipy") else "1.0")
    rows = {row.name: row for row in doctor(None).rows}
    assert (rows["zh: Chinese words"].state, rows["zh: Chinese words"].help) == ("missing", "pip install 'speech-theme-tracker[zh]'")
    assert (rows["scipy"].state, rows["scipy"].help) == ("wrong", "pip install scipy")


def test_a_missing_font_is_said_and_is_nothing_wrong(monkeypatch):
    from tracker.charts import style

    monkeypatch.setattr(style, "families", lambda: ("DejaVu Sans",))
    row = next(row for row in doctor(None).rows if row.area == "fonts")
    assert (row.state, row.help) == ("missing", "apt-get install fonts-noto-cjk")


def change(workspace, statement):
    with closing(sqlite3.connect(workspace.corpus_path)) as db, db:
        db.execute(statement)


def test_a_repair_reads_a_broken_row_again_from_its_text_and_what_the_user_said(make_workspace, two_texts):
    from tracker.tasks.corpus import list_speeches, set_fields

    workspace = make_workspace(two_texts)
    row = list_speeches(workspace)[0]
    set_fields(workspace, row.id, {"place": "Ostby", "date": "2022-03-09"})
    change(workspace, f"UPDATE speeches SET candidates = '[', event_date = 'x', place = '' WHERE id = '{row.id}'")
    assert [r.help for r in doctor(workspace).rows if r.state == "wrong"] == ["tracker doctor --repair"]
    result = doctor(workspace, mend=True)
    assert result.wrong == 0
    assert Path(result.backup).is_file()
    mended = workspace.store.get(row.id)
    assert (mended.place, mended.date.text, mended.speaker, mended.text) == ("Ostby", "2022-03-09", "Mara Lind", workspace.store.get(row.id).text)
    assert len(search(workspace, "shipyards").hits) > 2


def test_the_command_ends_with_1_until_the_corpus_is_repaired(run, make_workspace, two_texts):
    workspace = make_workspace(two_texts)
    place = ("--workspace", workspace.path)
    assert run("doctor", *place).code == 0
    change(workspace, "INSERT INTO search (search) VALUES ('delete-all')")
    said = run("doctor", *place, "--quiet")
    assert said.code == 1
    assert "the search index is not that of the texts" in said.out
    assert "tracker doctor --repair" in said.out
    told = json.loads(run("doctor", "--repair", "--json", *place).out)
    assert (told["schema"], told["data"]["wrong"], told["corpus"]["speeches"]) == ("tracker/doctor/1", 0, 2)
    assert told["data"]["done"] == ["the search index was built anew"]
    assert set(told["data"]) == {"rows", "wrong", "backup", "done"}
    assert set(told["data"]["rows"][0]) == {"area", "name", "state", "found", "help"}
    assert run("doctor", "--repair", *place).code == 0  # nothing to repair: no further copy
    assert len(list(workspace.path.glob("*before-repair*"))) == 1


def test_outside_a_workspace_the_installation_alone_is_examined(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRACKER_WORKSPACE", raising=False)
    said = run("doctor")
    assert said.code == 0
    assert "no workspace here" in said.err
    told = json.loads(run("doctor", "--json").out)
    assert (told["corpus"], told["data"]["wrong"]) == (None, 0)


@pytest.mark.parametrize("data", [b"", b"not a database at all" * 100])
def test_a_file_that_is_no_corpus_is_wrong_and_left_alone(run, make_workspace, two_texts, data):
    workspace = make_workspace(two_texts)
    workspace.store.close()
    for path in workspace.path.glob("corpus.db*"):
        path.unlink()
    workspace.corpus_path.write_bytes(data)
    said = run("doctor", "--repair", "--workspace", workspace.path)
    assert said.code == 1
    assert "is damaged or is not a corpus" in " ".join(said.out.split())
    assert workspace.corpus_path.read_bytes() == data
