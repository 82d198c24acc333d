"""Parquet, read through the extra `tables`."""

from importlib import util

import pytest

from tracker.sources import ReadOptions, Skipped, read_sources

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed; the extra [tables] has it")
COLUMNS = (
    "SELECT 'a' AS id, 'We begin.' AS \"Text\", DATE '2023-03-14' AS date, TIMESTAMP '2023-03-15 10:00:00' AS published, ['sea', 'fish'] AS topics, "
    "{'x': 1} AS nested, 1.50::DECIMAL(5, 2) AS share, true AS final, NULL AS nothing"
)


def parquet(tmp_path, query=COLUMNS, name="t.parquet"):
    plain = tmp_path / "made"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{plain}' (FORMAT parquet)")
    return plain.rename(tmp_path / name)


def read(path, **options):
    return list(read_sources([str(path)], ReadOptions(**options)))


def test_columns_of_every_type_become_fields_and_tags(tmp_path):
    (speech,) = read(parquet(tmp_path))
    assert (speech.key, speech.text, speech.date.text, str(speech.date.published), speech.date.basis) == ("a", "We begin.", "2023-03-14", "2023-03-15", "table")
    assert dict(speech.tags) == {"topics": "sea, fish", "share": "1.50", "final": "true"}


def test_rows_keep_their_order_and_numbers(tmp_path):
    found = read(parquet(tmp_path, "SELECT CASE WHEN i = 2 THEN NULL ELSE 'We begin ' || i END AS text FROM range(1, 2001) t(i)"))
    assert [s.key for s in found if not isinstance(s, Skipped)] == [f"t.parquet:{i}" for i in range(1, 2001) if i != 2]
    assert [s.reason for s in found if isinstance(s, Skipped)] == ["has no text in column `text`"]


def test_bytes_are_no_text(tmp_path):
    (found,) = read(parquet(tmp_path, "SELECT 'ab'::BLOB AS text"))
    assert found.reason == "`text` is bytes, not text"


def test_a_name_that_looks_like_a_pattern_is_only_a_name(tmp_path):
    parquet(tmp_path, "SELECT 'We end.' AS text", "t1.parquet")
    (speech,) = read(parquet(tmp_path, name="t[1]*.parquet"))
    assert speech.text == "We begin."


@pytest.mark.parametrize("data", [b"PAR1", b"We begin.", b"PAR1" + b"\0" * 200 + b"PAR1"])
def test_what_is_no_parquet_is_skipped_with_the_reason(tmp_path, data):
    (tmp_path / "t.parquet").write_bytes(data)
    (found,) = read(tmp_path / "t.parquet")
    assert found.reason.startswith("is not a Parquet file that can be read: ")


def test_without_its_extra_the_file_is_skipped_with_the_line_that_installs_it(tmp_path, monkeypatch):
    path = parquet(tmp_path)
    monkeypatch.setattr("tracker.sources.parquet.find_spec", lambda name: None if name == "duckdb" else util.find_spec(name))
    assert read(path) == [Skipped(str(path), "Parquet files are read by `duckdb`, which is not installed", "pip install 'speech-theme-tracker[tables]'")]
