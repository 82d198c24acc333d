"""Tables: CSV, TSV, JSON, JSON Lines and Parquet, one speech a row."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import PurePath
from typing import Any, TextIO

from tracker.errors import SourceError
from tracker.sources import limits, parquet
from tracker.sources.base import Item, ReadOptions, Skipped
from tracker.sources.columns import BadRow, Row, choose, speech_of, survey
from tracker.sources.encoding import open_text
from tracker.speech import Speech

DELIMITERS = (",", ";", "\t", "|")
_KINDS = {list: "a list", dict: "an object", bool: "true or false", int: "a number", float: "a number", type(None): "null"}


def read(item: Item, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Yield the speeches of a table in its order, and each row that holds none with the reason.

    Raises:
        SourceError: The file is empty or not a table, or no row has a text column (or a column the user names).
    """
    return read_as(PurePath(item.source).suffix.lower(), item, options)


def read_as(suffix: str, item: Item, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Read a table of the form that files with the suffix have; see `read`."""
    rows = _ROWS[suffix]
    found = survey(rows(item))
    if not found.rows and not found.bad:
        raise SourceError("is empty")
    columns = choose(found, options) if found.rows else {}
    seen: dict[str, int] = {}
    for row in rows(item):
        result = row.reason if isinstance(row, BadRow) else speech_of(row, item, columns, seen, options=options)
        yield Skipped(f"{item.source}:{row.line}", result) if isinstance(result, str) else result


def _json_lines(item: Item) -> Iterator[Row | BadRow]:
    """Yield the lines that are objects, and the others with the reason."""
    with closing(item.open()) as stream:
        lines, guessed = open_text(stream)
        number = 0
        while line := lines.readline(limits.LINE_CHARACTERS + 1):
            number += 1
            if len(line) > limits.LINE_CHARACTERS:
                yield BadRow(number, f"is longer than {limits.LINE_CHARACTERS:,} characters")
                while line and not line.endswith("\n"):
                    line = lines.readline(limits.LINE_CHARACTERS)
            elif line.strip():
                yield _json_row(line, number, guessed)


def _json_row(line: str, number: int, guessed: str) -> Row | BadRow:
    try:
        value = json.loads(line)
    except RecursionError:
        return BadRow(number, "its JSON is nested too deeply")
    except ValueError as error:
        return BadRow(number, f"is not JSON: {getattr(error, 'msg', error)}")
    return _object(value, number, guessed)


def _object(value: Any, number: int, guessed: str) -> Row | BadRow:
    if isinstance(value, dict):
        return Row(number, value, guessed)
    return BadRow(number, f"is {_KINDS.get(type(value), 'a string')}, not an object")


def _json(item: Item) -> Iterator[Row | BadRow]:
    """Yield the objects of a list, numbered from 1; a file of one object a line is read as JSON Lines."""
    with closing(item.open()) as stream:
        lines, guessed = open_text(stream)
        text = lines.read(limits.FILE_BYTES + 1)
    if not text.strip():
        return
    if starts_with_object(text.lstrip().split("\n", 1)[0]) and text.strip().count("\n"):
        yield from _json_lines(item)
        return
    if len(text) > limits.FILE_BYTES:
        raise SourceError(f"is larger than {limits.told(limits.FILE_BYTES)}", hint="save it as JSON Lines, one object a line")
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise SourceError("its JSON is nested too deeply") from error
    except ValueError as error:
        raise SourceError(f"is not JSON: {error}") from error
    for number, one in enumerate(_list(value), 1):
        yield _object(one, number, guessed)


def _list(value: Any) -> list[Any]:
    """Return the list of objects in a JSON value: itself, the only list of objects in an object, else the value as the only one."""
    inner = [part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict)] if isinstance(value, dict) else []
    if isinstance(value, list):
        return value
    return inner[0] if len(inner) == 1 else [value]


def starts_with_object(line: str) -> bool:
    """Whether a line is a JSON object, as every line of JSON Lines is."""
    if not line.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def csv_rows(item: Item) -> Iterator[Row | BadRow]:
    """Yield the rows below the header; a row with other cells than the header has is never guessed at."""
    with closing(item.open()) as stream:
        lines, guessed = open_text(stream)
        first = lines.readline(limits.LINE_CHARACTERS)
        skipped = 0
        stated = first[4] if re.fullmatch(r"sep=[^\w\s\"]\n|sep=\t\n", first) else ""
        if stated:  # a spreadsheet's own first line
            first, skipped = lines.readline(limits.LINE_CHARACTERS), 1
        csv.field_size_limit(limits.LINE_CHARACTERS)
        reader = csv.reader(_bounded(first, lines), delimiter=stated or _delimiter(first, "\t" if item.source.lower().endswith(".tsv") else ","), strict=True)
        names: list[str] = []
        before = skipped
        while True:
            try:
                cells = next(reader, None)
            except (csv.Error, _TooLong) as error:
                yield BadRow(before + 1, f"{_why(error)}; nothing behind it was read")
                return
            line, before = before + 1, reader.line_num + skipped
            if cells is None:
                return
            if not any(cell.strip() for cell in cells):
                continue
            if not names:
                names = _unique(cells)
                continue
            while len(cells) > len(names) and not cells[-1].strip():
                cells.pop()
            if len(cells) == len(names):
                yield Row(line, dict(zip(names, cells, strict=True)), guessed)
            else:
                yield BadRow(line, f"has {len(cells)} cells, the header {len(names)}: a text with commas or line ends needs quotation marks")


class _TooLong(Exception):  # noqa: N818 - carries a condition through csv.reader and is caught beside it
    """A line has no end in sight."""


def _bounded(first: str, lines: TextIO) -> Iterator[str]:
    line = first
    while line:
        if len(line) >= limits.LINE_CHARACTERS:
            raise _TooLong
        yield line
        line = lines.readline(limits.LINE_CHARACTERS)


def _why(error: Exception) -> str:
    """Return what is wrong with a row that csv refuses."""
    said = str(error)
    if isinstance(error, _TooLong) or "field larger" in said:
        return f"is longer than {limits.LINE_CHARACTERS:,} characters, or a quotation mark is not closed"
    if "end of data" in said:
        return "has a quotation mark that is not closed"
    return "has a quotation mark inside a quoted cell that is not doubled" if "expected after" in said else f"is not CSV: {said}"


def _delimiter(header: str, usual: str) -> str:
    """Return the delimiter that stands most often in the header outside quotation marks; the usual one where two do or none does."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=lambda mark: (outside.count(mark), mark == usual))


def _unique(header: list[str]) -> list[str]:
    """Return the header's names, those without one numbered and repeated ones told apart."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        name = cell.strip() or f"column_{number}"
        names.append(f"{name}_{number}" if name in names else name)
    return names


_ROWS: dict[str, Callable[[Item], Iterator[Row | BadRow]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json,
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".parquet": parquet.rows,
}
SUFFIXES = tuple(_ROWS)
