"""Which column of a table holds what, and a row -> a speech or the reason why there is none."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from tracker.errors import SourceError
from tracker.sources.base import ALIASES, FIELDS, Item, RawSpeech, ReadOptions, build_speech
from tracker.speech import Speech

TEXT_COLUMNS = ("text", "content", "body", "speech")
ROLES = ("text", "date", "id", "speaker", "title", "place")
MOST_NAMES, MOST_LETTERS = 20, 40
_HALF = re.compile("[\ud800-\udfff]")
_KINDS = {
    list: "a list",
    dict: "an object",
    bool: "true or false",
    int: "a number",
    float: "a number",
    Decimal: "a number",
    bytes: "bytes",
    date: "a date",
    type(None): "null",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Args:
        line: Where it begins: the line of a text file, else its number; from 1.
        cells: Column name to value.
        guessed: The table's encoding where it had to be guessed.
    """

    line: int
    cells: Mapping[str, Any]
    guessed: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class Survey:
    """What the rows of a table hold: how many there are, their columns in order, and how much text each column has."""

    rows: int = 0
    bad: int = 0
    letters: Counter[str] = field(default_factory=Counter)

    @property
    def names(self) -> list[str]:
        """The columns in the order of their first appearance."""
        return list(self.letters)

    @property
    def longest(self) -> str:
        """The column with most text: the likeliest one for the speech."""
        return max(self.letters, key=lambda name: (self.letters[name], name), default="text")


def survey(rows: Iterable[Row | BadRow]) -> Survey:
    """Return what the rows hold."""
    found = Survey()
    for row in rows:
        if isinstance(row, BadRow):
            found.bad += 1
            continue
        found.rows += 1
        for name, value in row.cells.items():
            found.letters[name] += len(value) if isinstance(value, str) else 0
    return found


def listed(names: Sequence[str]) -> str:
    """Return the names of columns for an error; not all of very many, and none that is a text itself."""
    shown = [f"`{' '.join(name[:MOST_LETTERS].split())}{'…' if len(name) > MOST_LETTERS else ''}`" for name in names[:MOST_NAMES]]
    return f"columns: {', '.join(shown)}" + (f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else "")


def choose(found: Survey, options: ReadOptions) -> dict[str, str]:
    """Return which column holds what: column name -> `text`, `id` or one of FIELDS; the user's choice before the usual names.

    Raises:
        SourceError: A column that is named or needed does not exist.
    """
    names = found.names
    chosen: dict[str, str] = {}
    for role in ROLES:
        asked = getattr(options, f"{role}_column")
        if asked and asked not in names:
            meant = found.longest if role == "text" else next(iter(get_close_matches(asked, names, n=1)), role)
            raise SourceError(f"has no column `{asked}`; {listed(names)}", hint=f"--{role}-column {shlex.quote(meant[:MOST_LETTERS])}")
        if asked:
            chosen[asked] = role
    if "text" not in chosen.values():
        text = text_column([name for name in names if name not in chosen])
        if text is None:
            hint = f"--text-column {shlex.quote(found.longest[:MOST_LETTERS])}"
            raise SourceError(f"has no text column (`{'`, `'.join(TEXT_COLUMNS)}`); {listed(names)}", hint=hint)
        chosen[text] = "text"
    return {**usual(names, chosen), **chosen}


def text_column(names: Sequence[str]) -> str | None:
    """Return the column that by its name holds the text, or None."""
    return next((name for wanted in TEXT_COLUMNS for name in names if name.strip().casefold() == wanted), None)


def usual(names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the roles of the columns that bear the usual names, but for roles given away already."""
    roles: dict[str, str] = {}
    for name in names:
        plain = name.strip().casefold()
        plain = ALIASES.get(plain, plain)
        if name not in chosen and plain in ("id", *FIELDS) and plain not in (*chosen.values(), *roles.values()):
            roles[name] = plain
    return roles


def speech_of(row: Row, item: Item, columns: Mapping[str, str], seen: dict[str, int], *, options: ReadOptions) -> Speech | str:
    """Return the row's speech, or why there is none.

    Args:
        row: The row.
        item: The table it stands in.
        columns: Column name to role, as `choose` gives it.
        seen: Ids of the rows before, with their lines; the row's own is put in.
        options: What the user states.
    """
    text_name = next(name for name, role in columns.items() if role == "text")
    text = row.cells.get(text_name)
    if text is None:
        return f"has no text in column `{text_name}`"
    if not isinstance(text, str):
        return f"`{text_name}` is {next((told for kind, told in _KINDS.items() if isinstance(text, kind)), type(text).__name__)}, not text"
    if not text.strip():
        return "is empty"
    fields = fields_of(row, columns, leave_out=text_name)
    key = fields.pop("id", "") or f"{item.key}:{row.line}"
    if key in seen:
        return f"the id `{key}` stands on line {seen[key]} already"
    seen[key] = row.line
    if row.guessed:
        fields.setdefault("encoding", f"{row.guessed}, guessed")
    try:
        return build_speech(RawSpeech(key, _clean(text), f"{item.source}:{row.line}", "", fields, "table"), options)
    except SourceError as error:
        return error.message


def fields_of(row: Row, columns: Mapping[str, str], *, leave_out: str) -> dict[str, str]:
    """Return the cells that are not empty by role, or by column name where there is none."""
    cells = {columns.get(name, name): scalar(value) for name, value in row.cells.items() if name != leave_out}
    return {name: value for name, value in cells.items() if value}


def scalar(value: Any) -> str:
    """Return a cell as text, a list of such cells joined by commas; "" for null, objects and lists of those.

    Example:
        >>> scalar(True), scalar([1, "two"]), scalar({"a": 1}), scalar([[1]])
        ('true', '1, two', '', '')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):  # a time stamp is one too
        return value.isoformat()
    if isinstance(value, list):
        return "" if any(isinstance(inner, list | dict) for inner in value) else ", ".join(told for inner in value if (told := scalar(inner)))
    return _clean(str(value)).strip() if isinstance(value, str | int | float | Decimal) else ""


def _clean(text: str) -> str:
    """Return text with plain line ends and without half characters, which JSON allows and nothing else does."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if not text.isascii() and _HALF.search(text) else text
    return whole.replace("\r\n", "\n").replace("\r", "\n")
