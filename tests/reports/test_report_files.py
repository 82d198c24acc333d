"""The folder, its tables, its Markdown and its manifest."""

import csv
import hashlib
import io
import json
from dataclasses import replace

import pytest
from whole_report import report_files

from tracker.errors import TrackerError
from tracker.reports import tables
from tracker.reports.content import DIGEST_NOTICE
from tracker.reports.markdown import escaped, render_markdown
from tracker.reports.quotes import pieces
from tracker.reports.write import report_hashes, write_report

MANIFEST = {"version": "0", "command": ["tracker", "report"]}


def test_the_same_content_gives_the_same_bytes(two, files):
    assert report_files(two, json_text='{"schema": "x"}\n') == files


def test_a_table_stands_beside_every_chart(files):
    charts = {path.split("/")[1].split(".")[0] for path in files if path.startswith("charts/")}
    data = {path.split("/")[1].split(".")[0] for path in files if path.startswith("data/")}
    assert charts == {"rug", "themes", "words", "tfidf", "topics", "stability"}
    assert charts - {"rug", "stability"} | {"speeches", "periods", "texts", "measures", "mentions"} == data


def test_the_manifest_has_the_hash_of_every_other_file(two, files, tmp_path):
    folder = write_report(two, tmp_path, run_name="one", json_text='{"schema": "x"}\n', manifest=MANIFEST)
    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    stated = json.loads(written.pop("manifest.json"))["files"]
    assert written == files
    assert stated == {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    assert stated == report_hashes(two, json_text='{"schema": "x"}\n')


def test_a_report_is_written_whole_and_becomes_the_latest(two, tmp_path):
    first = write_report(two, tmp_path / "reports", run_name="one", json_text="{}\n", manifest=MANIFEST)
    write_report(two, tmp_path / "reports", run_name="two", json_text="{}\n", manifest=MANIFEST)
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["latest", "one", "two"]
    assert (tmp_path / "reports" / "latest").readlink().as_posix() == "two"
    assert (first / "report.json").read_text() == "{}\n"
    assert (first / "index.html").stat().st_size > 10_000


def test_without_symlinks_latest_is_a_text_file(two, tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("no symlinks here")

    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    write_report(two, tmp_path, run_name="one", json_text="{}\n", manifest=MANIFEST)
    assert (tmp_path / "latest").read_text() == "one\n"


def test_a_report_is_never_written_over_another(two, tmp_path):
    (tmp_path / "one").mkdir()
    with pytest.raises(TrackerError) as caught:
        write_report(two, tmp_path, run_name="one", json_text="{}\n", manifest=MANIFEST)
    assert caught.value.render() == f"error: the report `one` exists already\n  in {tmp_path}\n\nhint: tracker view one"


def test_a_write_that_fails_leaves_nothing_behind(two, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tracker.reports.write.parts", full)
    with pytest.raises(TrackerError, match="No space left on device"):
        write_report(two, tmp_path, run_name="one", json_text="{}\n", manifest=MANIFEST)
    assert list(tmp_path.iterdir()) == []


def test_csv_keeps_full_precision_and_leaves_missing_numbers_empty(two):
    rows = list(csv.DictReader(io.StringIO(tables.csv_text(tables.themes(two)))))
    assert float(rows[0]["after_per_1000"]) == 1000 * 6 / 104
    assert rows[0]["p"] == rows[0]["before_low"] == ""
    assert rows[0]["exploratory"] == "no"


def test_a_number_that_is_not_finite_is_an_empty_cell():
    table = tables.Table("x", ("a", "b"), ((float("nan"), float("inf")),))
    assert tables.csv_text(table) == "a,b\n,\n"


def test_the_measures_table_is_handed_through(two):
    rows = list(csv.DictReader(io.StringIO(tables.csv_text(tables.measures(two)))))
    assert len(rows) == len(two.measures_rows)
    assert rows[0] == {key: str(value) for key, value in two.measures_rows[0].items()}


def test_markdown_says_what_the_page_says_and_escapes_the_corpus(two, many):
    text = render_markdown(two)
    assert "> The mayor called for emergency **flood protection** and for the **river wall** to be rebuilt" in text
    assert "**One speech a year cannot show that a year changed" in text
    assert "<script>" not in render_markdown(many)
    assert "None" not in render_markdown(many).replace("None of", "")


def test_markdown_shows_special_characters_as_they_are():
    assert escaped("a|b\n*c*") == "a\\|b \\*c\\*"


def test_pieces_of_a_quote_lose_nothing_whatever_the_hits(two):
    passage = two.findings[0].evidence[0]
    for hits in ((), ((0, 5),), ((passage.start, passage.end + 50),), ((passage.start + 4, passage.start + 9), (passage.start + 2, passage.start + 6))):
        assert "".join(text for text, _ in pieces(replace(passage, hits=hits))) == passage.quote


def test_the_digest_notice_appears_only_with_digests(two, many):
    assert two.digest_notice == ""
    assert many.digest_notice == DIGEST_NOTICE
