"""Tables: JSON Lines, one speech a line."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tracker.errors import SourceError
from tracker.sources.base import ALIASES, FIELDS, Item, RawSpeech, ReadOptions, Skipped, build_speech
from tracker.sources.encoding import decode
from tracker.speech import Speech

SUFFIXES = (".jsonl", ".ndjson")
TEXT_COLUMNS = ("text", "content", "body", "speech")
_KINDS_OF_VALUE = {list: "a list", dict: "an object", bool: "true or false", int: "a number", float: "a number", type(None): "null"}


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table."""

    line: int
    cells: Mapping[str, Any]


def read(item: Item, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Yield the speeches of a table in its order, and each line that holds none with the reason.

    Raises:
        SourceError: The file is empty or not text, or no line has a text column (or a column the user names).
    """
    decoded = decode(item.data)
    rows, bad = _rows(decoded.text)
    if not rows and not bad:
        raise SourceError("is empty")
    columns = _columns(rows, options) if rows else {}
    seen: dict[str, int] = {}
    entries: list[tuple[int, _Row | str]] = [*((row.line, row) for row in rows), *bad]
    for line, entry in sorted(entries, key=lambda pair: pair[0]):
        result = entry if isinstance(entry, str) else _speech(entry, item, columns, seen, options=options)
        yield Skipped(f"{item.source}:{line}", result) if isinstance(result, str) else result


def _rows(text: str) -> tuple[list[_Row], list[tuple[int, str]]]:
    """Return the lines that are objects, and the others with the reason."""
    rows: list[_Row] = []
    bad: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except RecursionError:
            bad.append((number, "its JSON is nested too deeply"))
        except ValueError as error:
            bad.append((number, f"is not JSON: {getattr(error, 'msg', error)}"))
        else:
            if isinstance(value, dict):
                rows.append(_Row(number, value))
            else:
                bad.append((number, f"is {_KINDS_OF_VALUE.get(type(value), 'a string')}, not an object"))
    return rows, bad


def _columns(rows: Sequence[_Row], options: ReadOptions) -> dict[str, str]:
    """Return which column holds what: column name -> `text`, `id` or one of FIELDS.

    Raises:
        SourceError: A column that is named or needed does not exist.
    """
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    held = f"columns: {', '.join(f'`{name}`' for name in names)}"
    chosen: dict[str, str] = {}
    for role in ("text", "date", "id", "speaker", "title", "place"):
        asked = getattr(options, f"{role}_column")
        if asked and asked not in names:
            meant = _longest(rows) if role == "text" else next(iter(get_close_matches(asked, names, n=1)), role)
            raise SourceError(f"has no column `{asked}`; {held}", hint=f"--{role}-column {shlex.quote(meant)}")
        if asked:
            chosen[asked] = role
    if "text" not in chosen.values():
        text = next((name for wanted in TEXT_COLUMNS for name in names if name.casefold() == wanted and name not in chosen), None)
        if text is None:
            raise SourceError(f"has no text column (`{'`, `'.join(TEXT_COLUMNS)}`); {held}", hint=f"--text-column {shlex.quote(_longest(rows))}")
        chosen[text] = "text"
    for name in names:
        plain = ALIASES.get(name.casefold(), name.casefold())
        if name not in chosen and plain in ("id", *FIELDS) and plain not in chosen.values():
            chosen[name] = plain
    return chosen


def _longest(rows: Sequence[_Row]) -> str:
    """Return the column that holds most text: the likeliest one for the speech."""
    lengths: Counter[str] = Counter()
    for row in rows:
        lengths.update({name: len(value) for name, value in row.cells.items() if isinstance(value, str)})
    return max(lengths, key=lambda name: (lengths[name], name), default="text")


def _speech(row: _Row, item: Item, columns: Mapping[str, str], seen: dict[str, int], *, options: ReadOptions) -> Speech | str:
    """Return the row's speech, or why there is none."""
    text_column = next(name for name, role in columns.items() if role == "text")
    text = row.cells.get(text_column)
    if text is None:
        return f"has no text in column `{text_column}`"
    if not isinstance(text, str):
        return f"`{text_column}` is {_KINDS_OF_VALUE[type(text)]}, not text"
    if not text.strip():
        return "is empty"
    cells = {columns.get(name, name): _scalar(value) for name, value in row.cells.items() if name != text_column}
    fields = {name: value for name, value in cells.items() if value}
    key = fields.pop("id", "") or f"{item.key}:{row.line}"
    if key in seen:
        return f"the id `{key}` stands on line {seen[key]} already"
    seen[key] = row.line
    return build_speech(RawSpeech(key, _clean(text), f"{item.source}:{row.line}", "", fields, "table"), options)


def _scalar(value: Any) -> str:
    """Return a cell as text; "" for null, lists and objects."""
    if isinstance(value, bool):
        return str(value).lower()
    return _clean(str(value)).strip() if isinstance(value, str | int | float) else ""


def _clean(text: str) -> str:
    """Return text with plain line ends and without half characters, which JSON allows and nothing else does."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if any("\ud800" <= c <= "\udfff" for c in text) else text
    return whole.replace("\r\n", "\n").replace("\r", "\n")
