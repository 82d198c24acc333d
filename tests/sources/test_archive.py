"""Zip archives, honest and hostile."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from tracker.sources import ReadOptions, Skipped, limits, read_sources
from tracker.speech import Speech


def packed(path, *members, how=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def read(*paths, **options):
    return list(read_sources([str(p) for p in paths], ReadOptions(**options)))


def keys(found):
    return [s.key for s in found if isinstance(s, Speech)]


def skips(found, archive="a.zip/"):
    return {s.source.partition(archive)[2] or Path(s.source).name: s.reason for s in found if isinstance(s, Skipped)}


TEXTS = (("b/two.md", "---\ndate: 2023-03-14\n---\nWe go on."), ("a.txt", "We begin."), ("t.csv", "id,text\nx,We end.\n"), ("empty/", ""))


def test_an_archive_is_read_like_a_folder(tmp_path):
    found = read(packed(tmp_path / "a.zip", *TEXTS))
    assert keys(found) == ["a.txt", "b/two.md", "x"]
    assert [s.source for s in found] == [f"{tmp_path}/a.zip/{name}" for name in ("a.txt", "b/two.md", "t.csv:2")]
    assert found[1].date.text == "2023-03-14"


def test_an_archive_in_a_folder_is_a_folder_of_its_own(tmp_path):
    (tmp_path / "d").mkdir()
    packed(tmp_path / "d/a.zip", *TEXTS)
    (tmp_path / "d/a.txt").write_text("We stay.", encoding="utf-8")
    assert keys(read(tmp_path / "d")) == ["a.txt", "a.zip/a.txt", "a.zip/b/two.md", "x"]


def test_two_archives_with_the_same_names_keep_their_speeches_apart(tmp_path):
    for year in ("2022", "2023"):
        packed(tmp_path / f"{year}.zip", ("a.txt", f"We begin {year}."))
    assert keys(read(tmp_path / "2022.zip", tmp_path / "2023.zip")) == ["2022.zip/a.txt", "2023.zip/a.txt"]


def test_names_that_lead_elsewhere_and_hidden_ones_are_passed_over_with_the_reason(tmp_path):
    names = ("../out.txt", "/etc/x.txt", "C:\\x.txt", "b\\..\\..\\x.txt", ".git/x.txt", ".git/y.txt", "__MACOSX/._a.txt", "._a.txt", "p.odt", "in.zip", "e.txt")
    found = read(packed(tmp_path / "a.zip", *((name, "" if name == "e.txt" else "We leave.") for name in names), ("sub\\a.txt", "We begin.")))
    assert keys(found) == ["sub/a.txt"]
    told = skips(found)
    assert told.pop("p.odt").startswith("no reader for `.odt` files")
    assert told == {
        "../out.txt": "has a path that leads out of the archive",
        "b/../../x.txt": "has a path that leads out of the archive",
        "/etc/x.txt": "has an absolute path in the archive",
        "C:/x.txt": "has an absolute path in the archive",
        ".git": "is a hidden folder",
        "__MACOSX": "is a hidden folder",
        "._a.txt": "is a hidden file",
        "in.zip": "is an archive inside an archive; unpack it first",
        "e.txt": "is empty",
    }


def test_links_encrypted_members_and_rare_packings_are_passed_over_with_the_reason(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("secret.txt", "We hide.")
        archive.writestr("a.txt", "We begin.")
        archive.writestr("rare.txt", "We squeeze.", zipfile.ZIP_LZMA)
    raw = bytearray(data.getvalue())
    entry = raw.rindex(b"secret.txt") - 46
    raw[entry + 8] |= 1
    (tmp_path / "a.zip").write_bytes(raw)
    found = read(tmp_path / "a.zip")
    assert keys(found) == ["a.txt"]
    assert skips(found) == {"link.txt": "is a link in the archive", "secret.txt": "is encrypted", "rare.txt": "is packed in a way that is not supported"}


def test_a_name_that_stands_twice_is_read_once_and_said(tmp_path):
    found = read(packed(tmp_path / "a.zip", ("a.txt", "We begin."), ("./a.txt", "We differ.")))
    assert [s.text for s in found if isinstance(s, Speech)] == ["We begin."]
    assert skips(found) == {"a.txt": "stands in the archive twice; the first was taken"}


def test_a_bomb_is_not_unpacked(tmp_path):
    found = read(packed(tmp_path / "a.zip", ("bomb.txt", b"a" * 20_000_000), ("a.txt", "We begin.")))
    assert keys(found) == ["a.txt"]
    assert skips(found) == {"bomb.txt": "is packed more than 200 to 1, as no text is"}


def test_a_member_that_lies_about_its_size_is_not_believed(tmp_path):
    path = packed(tmp_path / "a.zip", ("bomb.txt", b"We begin. " * 400_000), ("a.txt", "We begin."))
    raw = bytearray(path.read_bytes())
    entry = raw.index(b"PK\x01\x02", raw.rindex(b"bomb.txt") - 46)
    raw[entry + 24 : entry + 28] = struct.pack("<I", 90)
    path.write_bytes(raw)
    found = read(path)
    assert keys(found) in ([], ["a.txt"])
    assert "bomb.txt" in skips(found)


def test_an_archive_unpacks_to_no_more_than_its_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 25)
    found = read(packed(tmp_path / "a.zip", *((f"{i}.txt", f"We begin {i}.") for i in range(4))))
    assert keys(found) == ["0.txt", "1.txt"]
    assert skips(found) == {f"{i}.txt": "was not read: the archive unpacks to more than 25 bytes" for i in (2, 3)}


def test_a_member_and_the_number_of_members_have_limits(tmp_path, monkeypatch):
    path = packed(tmp_path / "a.zip", ("a.txt", "We begin. " * 9), ("b.txt", "We end."))
    monkeypatch.setattr(limits, "FILE_BYTES", 50)
    assert skips(read(path)) == {"a.txt": "is larger than 50 bytes when unpacked"}
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", 1)
    (found,) = read(path)
    assert (found.reason, found.hint) == ("holds 2 files, more than 1", f"unzip {path} -d a")


@pytest.mark.parametrize("data", [b"", b"We begin.", b"PK\x05\x06" + b"\0" * 17, b"PK\x03\x04" + b"\xff" * 60])
def test_what_is_no_archive_is_skipped(tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)
    assert skips(read(tmp_path / "a.zip")) == {"a.zip": "is not a zip archive, or is damaged"}


def test_a_damaged_member_never_stops_the_others(tmp_path):
    path = packed(tmp_path / "a.zip", ("a.txt", "We begin the day."), ("b.txt", "We end."), how=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"We begin the day.", b"We begin the dax."))
    found = read(path)
    assert keys(found) == ["b.txt"]
    assert skips(found) == {"a.txt": "is damaged in the archive: Bad CRC-32 for file 'a.txt'"}


def test_an_empty_archive_is_said_to_be_one(tmp_path):
    assert skips(read(packed(tmp_path / "a.zip"))) == {"a.zip": "is an empty archive"}


def test_a_workspace_in_an_archive_is_no_source_of_speeches(tmp_path):
    names = ("w/tracker.toml", "w/themes.toml", "w/reports/run/report.md", "w/speeches/a.txt", "reports/b.txt")
    found = read(packed(tmp_path / "a.zip", *((name, "We begin.") for name in names)))
    assert keys(found) == ["reports/b.txt", "w/speeches/a.txt"]
    assert skips(found) == {}


def test_names_in_utf_8_that_do_not_say_so_are_read(tmp_path):
    path = packed(tmp_path / "a.zip", ("xxxxxx.txt", "We begin."))
    path.write_bytes(path.read_bytes().replace(b"xxxxxx", "港口".encode()))
    assert keys(read(path)) == ["港口.txt"]


def test_a_table_in_an_archive_has_parquet_too(tmp_path):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed; the extra [tables] has it")
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 'x' AS id, 'We begin.' AS text) TO '{tmp_path / 't.parquet'}' (FORMAT parquet)")
    assert keys(read(packed(tmp_path / "a.zip", ("t.parquet", (tmp_path / "t.parquet").read_bytes())))) == ["x"]
