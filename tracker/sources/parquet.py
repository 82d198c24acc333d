"""Rows of a Parquet file, read through duckdb, which is an extra."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tracker.errors import SourceError
from tracker.sources.base import Item
from tracker.sources.columns import BadRow, Row

ROWS_AT_ONCE = 256


def rows(item: Item) -> Iterator[Row | BadRow]:
    """Yield the rows, numbered from 1.

    Raises:
        SourceError: duckdb is not installed, or the file is no Parquet file.
    """
    if find_spec("duckdb") is None:
        raise SourceError("Parquet files are read by `duckdb`, which is not installed", hint="pip install 'speech-theme-tracker[tables]'")
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        plain = Path(folder) / "table.parquet"  # duckdb takes `*`, `?` and `[` in a file's own name for a pattern
        if item.path and not set("*?[\\") & set(str(item.path.resolve())):
            yield from _read(item.path.resolve())
            return
        with closing(item.open()) as source, plain.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        yield from _read(plain)


def _read(path: Path) -> Iterator[Row]:
    import duckdb

    number = 0
    offline: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1"}
    try:
        with duckdb.connect(config=offline) as connection:
            found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in found.description or ()]
            while some := found.fetchmany(ROWS_AT_ONCE):
                for cells in some:
                    number += 1
                    yield Row(number, dict(zip(names, cells, strict=True)))
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise SourceError(f"is not a Parquet file that can be read: {str(error).splitlines()[0]}") from error
