"""What is said of a file beside it."""

import zipfile
from pathlib import Path

import pytest

from tracker.sources import ReadOptions, Skipped, read_sources
from tracker.speech import Speech

SHEET = 'Filename,Date,Speaker,party\na.txt,2023-03-14,Ada Moss,Sea\nb.txt,"May 5, 2021",Lia Fenn,Land\n'


def read(*paths, **options):
    return list(read_sources([str(p) for p in paths], ReadOptions(**options)))


def folder(tmp_path, **files):
    for name, content in files.items():
        (tmp_path / name.replace("__", ".")).write_text(content, encoding="utf-8")
    return tmp_path


def told(found):
    return [(s.key, s.date.text, s.date.basis, s.speaker, dict(s.tags)) for s in found if isinstance(s, Speech)]


def skips(found):
    return {Path(s.source).name: s.reason for s in found if isinstance(s, Skipped)}


def test_a_sidecar_gives_fields_and_tags(tmp_path):
    found = read(folder(tmp_path, a__txt="We begin.", a__meta__toml='date = 2023-03-14\nspeaker = "Ada Moss"\nkind = "transcript"\n[tags]\nparty = "Sea"\n'))
    assert told(found) == [("a.txt", "2023-03-14", "sidecar", "Ada Moss", {"party": "Sea"})]
    assert found[0].inferred == ("language",)


def test_a_sidecar_may_bear_the_whole_name_of_its_file(tmp_path):
    (tmp_path / "a.txt.meta.toml").write_text('speaker = "Ada Moss"\n', encoding="utf-8")
    found = read(folder(tmp_path, a__txt="We begin.", a__md="We go on."))
    assert [(s.key, s.speaker) for s in found] == [("a.md", ""), ("a.txt", "Ada Moss")]


def test_a_sidecar_goes_before_front_matter_and_two_days_are_said_to_conflict(tmp_path):
    (speech,) = read(
        folder(tmp_path, a__md="---\ndate: 2023-03-15\ntitle: On roads\n---\nWe begin.", a__meta__toml="date = 2023-03-14\ntitle = 'On bridges'\n")
    )
    assert (speech.title, speech.date.text, speech.date.status) == ("On bridges", "2023-03-14", "conflicting")


def test_a_table_of_the_folder_gives_fields_and_tags_to_each_file(tmp_path):
    found = read(folder(tmp_path, a__txt="We begin.", b__txt="We end.", metadata__csv=SHEET))
    assert told(found) == [
        ("a.txt", "2023-03-14", "sidecar", "Ada Moss", {"party": "Sea"}),
        ("b.txt", "2021-05-05", "sidecar", "Lia Fenn", {"party": "Land"}),
    ]
    assert skips(found) == {}


def test_a_file_of_its_own_goes_before_the_table_of_the_folder(tmp_path):
    found = read(folder(tmp_path, a__txt="We begin.", b__txt="We end.", metadata__csv=SHEET, a__meta__toml="date = 2022-01-02\n"))
    assert told(found)[0] == ("a.txt", "2022-01-02", "sidecar", "Ada Moss", {"party": "Sea"})


def test_rows_and_sidecars_of_no_file_are_reported(tmp_path):
    found = read(folder(tmp_path, b__txt="We end.", speech_metadata__csv=SHEET, c__meta__toml="date = 2022-01-02\n"))
    assert told(found) == [("b.txt", "2021-05-05", "sidecar", "Lia Fenn", {"party": "Land"})]
    assert skips(found) == {"speech_metadata.csv": "1 of its 2 rows name no file here: `a.txt`", "c.meta.toml": "stands beside no file of its name"}


def test_names_may_lack_their_suffix_and_lie_in_folders_below(tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d/c.txt").write_text("We stay.", encoding="utf-8")
    sheet = "name;date\na;2021\nd/c.txt;2022\n./b.md;2023\n"
    found = read(folder(tmp_path, a__txt="We begin.", b__md="We end.", metadata__csv=sheet))
    assert [(s.key, s.date.text) for s in found] == [("a.txt", "2021"), ("b.md", "2023"), ("d/c.txt", "2022")]


def test_a_row_that_two_files_answer_to_and_a_second_row_for_a_file_are_reported(tmp_path):
    sheet = "file,date\na,2021\nb.txt,2022\nb.txt,2023\nb.txt\n"
    found = read(folder(tmp_path, a__txt="We begin.", a__md="We go on.", b__txt="We end.", metadata__csv=sheet))
    assert [(s.key, s.date.text) for s in found if isinstance(s, Speech)] == [("a.md", ""), ("a.txt", ""), ("b.txt", "2022")]
    assert skips(found) == {
        "metadata.csv:2": "`a` can be `a.md` or `a.txt`; write it with its suffix",
        "metadata.csv:4": "says of `b.txt` what another row has said already; the first was taken",
        "metadata.csv:5": "has 1 cells, the header 2: a text with commas or line ends needs quotation marks",
    }


def test_a_column_called_name_is_a_tag_where_another_names_the_files(tmp_path):
    (speech,) = read(folder(tmp_path, a__txt="We begin.", metadata__csv="name,file\nMoss,a.txt\n"))
    assert dict(speech.tags) == {"name": "Moss"}


def test_a_table_that_holds_texts_is_a_table_whatever_its_name(tmp_path):
    found = read(folder(tmp_path, metadata__csv="filename,text\na.txt,We begin.\n"))
    assert told(found) == [("metadata.csv:2", "", None, "", {"filename": "a.txt"})]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("metadata.csv", "who,when\nMoss,2022\n", "has no column that names the files (`file`, `filename`, `file_name`, `name`); columns: `who`, `when`"),
        ("metadata.csv", " \n", "is empty"),
        ("a.meta.toml", "date = = 3\n", "the sidecar is not valid TOML: Invalid value (at line 1, column 8)"),
        ("a.meta.toml", "x = " + "[" * 50_000, "the sidecar is nested too deeply"),
        ("a.meta.toml", "x = 0x" + "f" * 9_000, "the sidecar is not valid TOML: "),
    ],
)
def test_a_sidecar_that_cannot_be_read_is_reported_and_the_speech_read_without_it(tmp_path, name, content, reason):
    (tmp_path / name).write_text(content, encoding="utf-8")
    found = read(folder(tmp_path, a__txt="We begin."))
    assert [s.key for s in found if isinstance(s, Speech)] == ["a.txt"]
    assert skips(found)[name].startswith(reason)


def test_a_date_in_a_sidecar_that_is_none_leaves_the_speech_undated_with_the_reason(tmp_path):
    (speech,) = read(folder(tmp_path, a__txt="We begin.", a__meta__toml='date = "soon"\n'))
    assert speech.date.evidence == "`date` in the sidecar was not taken: `soon` is not a date."


def test_columns_of_a_folders_table_can_be_named(tmp_path):
    sheet = "file,when,President\na.txt,2021,Moss\n"
    (speech,) = read(folder(tmp_path, a__txt="We begin.", metadata__csv=sheet), date_column="when", speaker_column="President")
    assert (speech.date.text, speech.speaker) == ("2021", "Moss")


def test_a_file_added_by_its_name_has_its_sidecars_too(tmp_path):
    folder(tmp_path, a__txt="We begin.", b__txt="We end.", metadata__csv=SHEET, b__meta__toml="broken", c__meta__toml="x = 1")
    in_folder = {s.key: s for s in read(tmp_path) if isinstance(s, Speech)}
    assert read(tmp_path / "a.txt") == [in_folder["a.txt"]]
    found = read(*sorted(tmp_path.iterdir()))
    assert [s for s in found if isinstance(s, Speech)] == list(in_folder.values())
    assert skips(found) == {"b.meta.toml": "the sidecar is not valid TOML: Expected '=' after a key in a key/value pair (at end of document)"}


@pytest.mark.parametrize("name", ["metadata.csv", "a.meta.toml"])
def test_a_sidecar_added_alone_is_told_what_it_is(tmp_path, name):
    folder(tmp_path, a__txt="We begin.", metadata__csv=SHEET, a__meta__toml="x = 1")
    (found,) = read(tmp_path / name)
    assert (found.reason, found.hint) == ("says something of the files beside it; add those", f"tracker add {tmp_path}")


def test_a_sidecar_of_a_table_stands_behind_what_its_rows_say(tmp_path):
    found = read(folder(tmp_path, t__csv="id,text,date,speaker\nx,We begin.,2021,\ny,We end.,,Lia Fenn\n", t__meta__toml='date = 2020\nspeaker = "Ada Moss"\n'))
    assert [(s.key, s.date.text, s.speaker) for s in found] == [("x", "2021", "Ada Moss"), ("y", "2020", "Lia Fenn")]


def test_the_user_goes_before_every_sidecar(tmp_path):
    (speech,) = read(folder(tmp_path, a__txt="We begin.", a__meta__toml="date = 2020\n"), date="2021")
    assert (speech.date.text, speech.date.basis) == ("2021", "user")


def test_sidecars_in_an_archive_are_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name, content in (("d/a.txt", "We begin."), ("d/b.txt", "We end."), ("d/metadata.csv", SHEET), ("d/b.meta.toml", "date = 2020\n")):
            archive.writestr(name, content)
    found = read(tmp_path / "x.zip")
    assert [(s.key, s.date.text, s.speaker) for s in found] == [("d/a.txt", "2023-03-14", "Ada Moss"), ("d/b.txt", "2020", "Lia Fenn")]
