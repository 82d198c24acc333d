"""The sheets that coders fill in: a row a passage, a column a theme, as spreadsheets write and save them.

One row a passage, for reading is what coding costs: a long form (a row for each passage and theme) would have every passage read once for each
theme. An `x` under every theme the passage is about, or under `none`, so that a row that was not read yet can be told from one without a theme.
"""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from tracker.errors import CorpusError, SourceError, TrackerError
from tracker.sources.encoding import decode
from tracker.tasks.coding.frame import Unit

SETTLED_NAME = "settled"
RESERVED = ("passage", "coder", "text", "none", "note")
_YES = """1 1.0 1,0 x xx yes y true t ja j oui o si sí sim да wahr vrai ✓ ✔ ☑ √ 是 有"""
_NO = """0 0.0 0,0 no n false f nein non não нет falsch faux - – 否 无 沒有 没有"""
YES, NO = frozenset(_YES.split()), frozenset(_NO.split())
MOST_NAMED = 6
_FORMULA = ("=", "+", "-", "@", "\t")
_SEPARATORS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one coder said.

    Args:
        path: The file.
        coder: Its `coder` column, else the file's name.
        codes: (passage, theme) to 1 or 0.
        unfilled: (row of the sheet, passage, theme) left open; theme "" for a whole row.
        named: Whether it names its coder itself.
    """

    path: Path
    coder: str
    codes: Mapping[tuple[str, str], int]
    unfilled: tuple[tuple[int, str, str], ...]
    named: bool = True


def write_sheet(path: Path, units: Iterable[Unit], themes: Sequence[str], coder: str, cells: Mapping[tuple[str, str], str] | None = None) -> None:
    """Write an empty sheet, or one with some cells filled; with a byte order mark, by which spreadsheets know the letters.

    Args:
        path: The file.
        units: The passages, in the order of the rows.
        themes: Ids of the themes, one column each.
        coder: Stands in every row, so that a renamed file is still this coder's.
        cells: (passage, theme or `note`) to what stands there already.

    Raises:
        CorpusError: It cannot be written.
    """
    given = cells or {}
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(("passage", "coder", "text", *themes, "none", "note"))
    for unit in units:
        text = f" {unit.text}" if unit.text.startswith(_FORMULA) else unit.text  # a spreadsheet would take it for a formula
        rows.writerow((unit.id, coder, text, *(given.get((unit.id, theme), "") for theme in themes), "", given.get((unit.id, "note"), "")))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(out.getvalue(), encoding="utf-8-sig", errors="replace", newline="")
    except OSError as error:
        raise CorpusError(f"cannot write `{path}`: {error.strerror}", hint="--output another-folder") from error


def read_sheet(path: Path, themes: Sequence[str]) -> Sheet:
    """Read a filled sheet: commas, semicolons or tabs, any encoding, 1/0, yes/no, x.

    Where a sheet has no word for no anywhere, an empty cell in a row with any mark is a no; where it has one, an empty cell is a gap.

    Args:
        path: The file.
        themes: The themes a column of which may stand in it.

    Raises:
        TrackerError: It cannot be read, is no sheet, holds something that is neither yes nor no, a passage twice, or answers about an unknown theme.
    """
    heads, rows = _rows(path)
    asked = [name for name in heads if name in themes]
    if "passage" not in heads or not asked:
        seen = f"columns: {', '.join(heads[:12]) or 'none'}"
        wanted = f"needed: passage, and one or more of {', '.join(themes[:8]) or 'the themes that were asked about'}"
        raise TrackerError(f"`{path}` is no sheet of passages to code", looked_at=(seen, wanted), hint="tracker themes sample")
    _refuse_unknown(path, heads, rows, themes)
    marks = [(number, row["passage"].strip(), {name: _mark(row.get(name, "")) for name in (*asked, "none")}) for number, row in rows if row["passage"].strip()]
    strange = [f"row {number}, {name}: `{mark}`" for number, _, said in marks for name, mark in said.items() if isinstance(mark, str) and mark]
    strange += [f"row {number}: `none` beside a theme" for number, _, said in marks if said["none"] == 1 and any(said[name] == 1 for name in asked)]
    if strange:
        more = (f"and {len(strange) - MOST_NAMED} more",) if len(strange) > MOST_NAMED else ()
        raise TrackerError(
            f"{len(strange)} cell{'s' if len(strange) > 1 else ''} of `{path}` say neither yes nor no",
            looked_at=(*strange[:MOST_NAMED], *more, "yes: 1, x, yes; no: 0, no"),
            hint=f"edit {shlex.quote(str(path))}",
        )
    seen_at: dict[str, int] = {}
    for number, passage, _ in marks:
        if passage in seen_at:
            raise TrackerError(f"`{path}` has the passage `{passage}` twice: rows {seen_at[passage]} and {number}", hint=f"edit {shlex.quote(str(path))}")
        seen_at[passage] = number
    coders = sorted({row.get("coder", "").strip() for _, row in rows} - {""})
    if len(coders) > 1:
        raise TrackerError(f"`{path}` holds several coders: {', '.join(coders[:6])}", looked_at=("one file a coder is read",), hint=f"edit {path}")
    codes, unfilled = _codes(marks, asked)
    return Sheet(path, coders[0] if coders else path.stem, codes, unfilled, named=bool(coders))


def _refuse_unknown(path: Path, heads: Sequence[str], rows: Sequence[tuple[int, Mapping[str, str]]], themes: Sequence[str]) -> None:
    """Refuse columns with answers under a name that no sample asks about; a column of remarks, or an empty one, is the coder's own."""
    unknown = []
    for name in dict.fromkeys(heads):
        said = [mark for _, row in rows if (mark := _mark(row.get(name, ""))) != ""]
        if name and name not in (*RESERVED, *themes) and said and not any(isinstance(mark, str) for mark in said):
            near = get_close_matches(name, themes, n=1)
            unknown.append(f"column `{name}`: {len(said)} answer{'s' if len(said) > 1 else ''}{f'; did you mean `{near[0]}`?' if near else ''}")
    if unknown:
        known = f"themes that samples of this workspace ask about: {', '.join(themes)}"
        some = f"answers of `{path}` stand under no known theme"
        raise TrackerError(some, looked_at=(*unknown[:MOST_NAMED], known), hint=f"edit {shlex.quote(str(path))}")


def _codes(
    marks: Sequence[tuple[int, str, Mapping[str, int | str]]], asked: Sequence[str]
) -> tuple[dict[tuple[str, str], int], tuple[tuple[int, str, str], ...]]:
    """Yes, no and what was left open."""
    says_no = any(said[name] == 0 for _, _, said in marks for name in asked)
    codes: dict[tuple[str, str], int] = {}
    unfilled: list[tuple[int, str, str]] = []
    for number, passage, said in marks:
        marked = [name for name in asked if said[name] == 1]
        if said["none"] == 1 and not marked:
            codes |= {(passage, name): 0 for name in asked}
        elif not any(said[name] in (0, 1) for name in asked):
            unfilled.append((number, passage, ""))
        else:
            codes |= {(passage, name): int(said[name] == 1) for name in asked if said[name] in (0, 1) or not says_no}
            unfilled += [(number, passage, name) for name in asked if said[name] == "" and says_no]
    return codes, tuple(unfilled)


def _rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The heads of a table and its rows, numbered as a spreadsheet numbers them."""
    try:
        text = decode(path.read_bytes()).text
    except OSError as error:
        raise TrackerError(f"cannot read `{path}`: {error.strerror}", hint="tracker themes sample") from error
    except SourceError as error:
        raise TrackerError(f"`{path}` is not a table saved as csv: {error.message}", hint=f"save {path.stem}.csv") from error
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise TrackerError(f"`{path}` is not a table saved as csv: {error}", hint=f"save {path.stem}.csv") from error
    heads = [name.strip() for name in table[0]] if table else []
    return heads, [(i, dict(zip(heads, [*row, *[""] * len(heads)], strict=False))) for i, row in enumerate(table[1:], start=2) if any(map(str.strip, row))]


def _mark(cell: str) -> int | str:
    """1, 0, "" for an empty cell, or what stands there."""
    said = cell.strip()
    return 1 if said.casefold() in YES else 0 if said.casefold() in NO else "" if said in ("", "?") else said
