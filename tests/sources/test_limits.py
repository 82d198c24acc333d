"""No file can fill the memory or never end."""

import io
import os
import tracemalloc

import pytest

from tracker.sources import ReadOptions, Skipped, limits, read_sources
from tracker.sources.text import split_front_matter
from tracker.speech import Speech


def read(path, stdin=None, **options):
    return list(read_sources([str(path)], ReadOptions(**options), stdin=stdin))


def test_a_file_that_is_too_large_is_skipped_with_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 2**10)
    (tmp_path / "a.txt").write_bytes(b"We begin. " * 200)
    assert read(tmp_path / "a.txt") == [Skipped(str(tmp_path / "a.txt"), "is larger than 1 KB; split it into one file a speech")]


def test_a_text_that_is_no_longer_a_speech_is_skipped(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "TEXT_CHARACTERS", 20)
    (tmp_path / "a.txt").write_text("We begin. " * 3, encoding="utf-8")
    (tmp_path / "t.csv").write_text(f"text\nWe end.\n{'We begin. ' * 3}\n", encoding="utf-8")
    reasons = [s.reason if isinstance(s, Skipped) else s.text for s in read(tmp_path)]
    assert reasons == [
        "holds 30 characters, more than one speech can (20); split it into one file a speech",
        "We end.",
        "holds 30 characters, more than one speech can (20); split it into one file a speech",
    ]


def test_standard_input_has_the_same_limit(monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 2**10)
    assert read("-", io.BytesIO(b"a" * 5000)) == [Skipped("standard input", "is larger than 1 KB", "save it as a file and add that")]


def test_a_line_without_an_end_is_passed_over_and_the_lines_behind_it_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "LINE_CHARACTERS", 1000)
    (tmp_path / "t.jsonl").write_text('{"text": "We begin."}\n{"text": "' + "a" * 50_000 + '"}\n{"text": "We end."}\n', encoding="utf-8")
    found = read(tmp_path / "t.jsonl")
    assert [s.text if isinstance(s, Speech) else s.reason for s in found] == ["We begin.", "is longer than 1,000 characters", "We end."]
    assert found[2].key == "t.jsonl:3"


@pytest.mark.parametrize("row", ["b," + "a" * 5000 + "\n", 'b,"We go on.\n' + "a,We go on.\n" * 500])
def test_a_cell_without_an_end_ends_the_table_and_that_is_said(tmp_path, monkeypatch, row):
    monkeypatch.setattr(limits, "LINE_CHARACTERS", 1000)
    (tmp_path / "t.csv").write_text(f"id,text\na,We begin.\n{row}c,We end.\n", encoding="utf-8")
    found = read(tmp_path / "t.csv")
    reason = "is longer than 1,000 characters, or a quotation mark is not closed; nothing behind it was read"
    assert [s.text if isinstance(s, Speech) else s.reason for s in found] == ["We begin.", reason]


def test_a_json_list_that_is_too_large_says_which_form_is_not(tmp_path, monkeypatch):
    (tmp_path / "t.json").write_text('[{"text": "' + "We begin. " * 300 + '"}]', encoding="utf-8")
    monkeypatch.setattr(limits, "FILE_BYTES", 2**10)
    assert read(tmp_path / "t.json") == [Skipped(str(tmp_path / "t.json"), "is larger than 1 KB", "save it as JSON Lines, one object a line")]


def test_a_large_table_in_an_encoding_that_must_be_guessed_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 2**10)
    (tmp_path / "t.csv").write_bytes(("text\n" + "La forêt était protégée.\n" * 100).encode("cp1252"))
    assert read(tmp_path / "t.csv") == [
        Skipped(str(tmp_path / "t.csv"), "is not UTF-8, and with more than 1 KB too large to guess its encoding", "save it as UTF-8")
    ]


@pytest.mark.parametrize(
    ("data", "reason"), [(b"text\nWe\0begin.\n", "is not text"), (b"\xff\xfet\0e\0\x00\xd8", "is not text: it begins as utf-16 but breaks off")]
)
def test_a_table_that_is_no_text_is_refused(tmp_path, data, reason):
    (tmp_path / "t.csv").write_bytes(data)
    assert [s.reason for s in read(tmp_path / "t.csv")] == [reason]


def test_a_table_on_disk_may_be_larger_than_the_limit_of_a_file_and_needs_no_memory_for_it(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 2**16)
    with (tmp_path / "t.jsonl").open("w", encoding="utf-8") as lines:
        for i in range(1_500):
            lines.write(f'{{"id": "{i}", "text": "We begin the {i}th day and go on with it.", "note": "{"x" * 8000}"}}\n')
    size = (tmp_path / "t.jsonl").stat().st_size
    tracemalloc.start()
    count = sum(isinstance(s, Speech) for s in read_sources([str(tmp_path / "t.jsonl")], ReadOptions(kind="transcript", language="en", date="2022")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1_500
    assert peak < size


def test_names_and_references_in_front_matter_are_never_expanded():
    bomb = "a: &a lol\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]"
    fields, _ = split_front_matter(f"---\n{bomb}\n---\nWe begin.")
    assert fields == {"a": "&a lol", "b": "&b [*a, *a, *a, *a]", "c": "*b, *b, *b, *b"}


def test_what_is_no_regular_file_is_never_waited_for(tmp_path):
    for name in ("p.txt", "t.jsonl", "a.zip", "p.meta.toml"):
        os.mkfifo(tmp_path / name)
    assert {s.reason for s in read(tmp_path)} == {"is not a regular file"}


def test_links_are_told_for_what_they_are(tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "e").mkdir()
    (tmp_path / "e/a.txt").write_text("We begin.", encoding="utf-8")
    (tmp_path / "d/gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "d/loop").symlink_to(tmp_path / "d")
    (tmp_path / "d/a.txt").symlink_to(tmp_path / "e/a.txt")
    found = read(tmp_path / "d")
    assert [s.key for s in found if isinstance(s, Speech)] == ["a.txt"]
    assert {s.source.rpartition("/")[2]: s.reason for s in found if isinstance(s, Skipped)} == {
        "loop": "is a link to a folder; add that folder itself",
        "gone.txt": "is a link that leads nowhere",
    }
