"""Tables, archives and sidecars given to `tracker add`, as a user gives them."""

import json
import zipfile
from pathlib import Path

from tracker.tasks.workspace import open_workspace

ROADS = "The road is long and the bridge is open. We shall build more roads for growth."
SCHOOLS = "The school is open. Our teachers teach innovation and technology to the children."


def speeches():
    return [(s.key, s.date.text, s.speaker, s.title, s.place) for s in open_workspace(".").store.speeches()]


def packed(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)


def test_every_column_can_be_named(here, tracker):
    Path("t.csv").write_text(f"nr;said;when;who;head;where\n7;{ROADS};2022-03-04;Ada Moss;On roads;Quill\n", encoding="utf-8")
    words = "--id-column nr --text-column said --date-column when --speaker-column who --title-column head --place-column where"
    assert tracker("add", "t.csv", *words.split()).code == 0
    assert speeches() == [("7", "2022-03-04", "Ada Moss", "On roads", "Quill")]


def test_a_column_that_is_missing_is_named_with_the_likely_one(here, tracker):
    Path("t.csv").write_text(f"text,speakers\n{ROADS},Ada Moss\n", encoding="utf-8")
    said = tracker("add", "t.csv", "--speaker-column", "speaker")
    assert said.code == 3
    assert "skipped t.csv: has no column `speaker`; columns: `text`, `speakers` (tracker add t.csv --speaker-column speakers)" in said.out


def test_an_archive_is_the_same_from_any_folder_and_adding_it_again_changes_nothing(here, tracker, monkeypatch):
    Path("d").mkdir()
    packed("d/a.zip", roads__txt=f"Date: 2022-03-04\n\n{ROADS}", schools__md=f"---\ndate: 2023-05-06\n---\n{SCHOOLS}")
    assert tracker("add", "d/a.zip").code == 0
    first = speeches()
    monkeypatch.chdir("d")
    assert tracker("add", "a.zip", "--workspace", "..").out == "0 added, 0 updated, 2 unchanged, 0 skipped\n"
    monkeypatch.chdir("..")
    assert tracker("add", "d").out == "0 added, 0 updated, 2 unchanged, 0 skipped\n"
    assert speeches() == first
    assert {s.source for s in open_workspace(".").store.speeches()} == {"d/a.zip/roads.txt", "d/a.zip/schools.md"}


def test_the_same_name_in_two_archives_never_replaces_a_speech(here, tracker):
    packed("one.zip", a__txt=ROADS)
    packed("two.zip", a__txt=SCHOOLS)
    assert tracker("add", "one.zip").code == 0
    said = tracker("add", "two.zip")
    assert said.code == 3
    assert "skipped two.zip/a.txt: `a.txt` is in the corpus already, from one.zip/a.txt; add the folder above both, so that their names differ" in said.out


def test_a_sidecar_that_comes_later_updates_the_speech_and_loses_nothing(here, tracker):
    Path("d").mkdir()
    Path("d/a.txt").write_text(ROADS, encoding="utf-8")
    assert tracker("add", "d").code == 0
    assert tracker("set", open_workspace(".").store.speeches()[0].id, "place=Quill").code == 0
    Path("d/metadata.csv").write_text("file,date,speaker\na.txt,2022-03-04,Ada Moss\nb.txt,2021-01-01,Ada Moss\n", encoding="utf-8")
    said = tracker("add", "d")
    assert said.code == 3
    assert said.out.splitlines()[-2:] == [
        "skipped d/metadata.csv: 1 of its 2 rows name no file here: `b.txt`",
        "0 added, 1 updated, 0 unchanged, 1 skipped",
    ]
    assert speeches() == [("a.txt", "2022-03-04", "Ada Moss", "", "Quill")]
    (row,) = json.loads(tracker("list", "--json").out)["data"]["speeches"]
    assert (row["date_basis"], row["date_status"]) == ("sidecar", "stated")


def test_a_hostile_archive_adds_what_is_good_in_it(here, tracker):
    packed("a.zip", good__txt=ROADS)
    with zipfile.ZipFile("a.zip", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.txt", SCHOOLS)
        archive.writestr("bomb.txt", b"a" * 30_000_000)
        archive.writestr("inner.zip", b"PK")
    said = tracker("add", "a.zip")
    assert said.code == 3
    assert [line for line in said.out.splitlines() if line.startswith("skipped ")] == [
        "skipped a.zip/../../evil.txt: has a path that leads out of the archive",
        "skipped a.zip/bomb.txt: is packed more than 200 to 1, as no text is",
        "skipped a.zip/inner.zip: is an archive inside an archive; unpack it first",
    ]
    assert [key for key, *_ in speeches()] == ["good.txt"]
    assert not Path("../../evil.txt").exists()


def test_adding_in_any_order_gives_the_same_corpus(here, tracker):
    Path("t.csv").write_text(f"id,text,date\nx,{SCHOOLS},2021\n", encoding="utf-8")
    packed("a.zip", a__txt=ROADS, metadata__csv="file,date\na.txt,2022-03-04\n")
    hashes = []
    for order in (("t.csv", "a.zip"), ("a.zip", "t.csv")):
        workspace = f"w-{order[0]}"
        assert tracker("init", workspace).code == 0
        for source in order:
            assert tracker("add", source, "--workspace", workspace).code == 0
        hashes.append(open_workspace(workspace).store.hash())
    assert hashes[0] == hashes[1]
