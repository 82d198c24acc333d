"""What is said of a file beside it: `NAME.meta.toml`, and a table `metadata.csv` with a row a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tracker.errors import SourceError
from tracker.sources.base import Item, ReadOptions, Skipped
from tracker.sources.columns import BadRow, Row, fields_of, listed, survey, text_column, usual
from tracker.sources.encoding import decode
from tracker.sources.listing import Found
from tracker.sources.table import csv_rows
from tracker.sources.text import toml_fields

SUFFIX = ".meta.toml"
FILE_COLUMNS = ("file", "filename", "file_name", "name")
MOST_NAMES = 5
_SHEETS = (".csv", ".tsv")


@dataclass(slots=True)
class Beside:
    """What sidecars say.

    Args:
        fields: Key of a file to its fields; those of its own sidecar over those of the folder's table.
        sidecars: Keys of the sidecars themselves, which are no speeches.
        skipped: What in them could not be used.
        unmatched: What in them is about no file.
    """

    fields: dict[str, dict[str, str]] = field(default_factory=dict)
    sidecars: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)
    unmatched: list[Skipped] = field(default_factory=list)


class _Files:
    """The files that sidecars can be about, found by key or by key without suffix."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = frozenset(keys)
        self.stems: dict[str, list[str]] = {}
        for key in sorted(self.keys):
            self.stems.setdefault(str(PurePosixPath(key).with_suffix("")), []).append(key)

    def named(self, key: str) -> list[str]:
        """Return the file with this key, else those that have it but for their suffix."""
        return [key] if key in self.keys else self.stems.get(key, [])


def is_sidecar(name: str) -> bool:
    """Whether a file is by its name the sidecar of another."""
    return name.lower().endswith(SUFFIX)


def is_sheet(name: str) -> bool:
    """Whether a file is by its name the table of a folder: `metadata.csv`, `NAME_metadata.csv`, or with `.tsv`."""
    path = PurePosixPath(name)
    return path.suffix.lower() in _SHEETS and path.stem.casefold().endswith("metadata")


def gather(found: Sequence[Found], options: ReadOptions) -> Beside:
    """Read the sidecars among the files of one root.

    Args:
        found: The files with their keys.
        options: Which columns hold what, as for every table.
    """
    beside = Beside()
    sheets, sidecars = ([f for f in found if is_one(f.name)] for is_one in (is_sheet, is_sidecar))
    if not sheets and not sidecars:
        return beside
    files = _Files([f.key for f in found if not is_sidecar(f.name)])
    for one, read in (*((sheet, _read_sheet) for sheet in sheets), *((sidecar, _read_sidecar) for sidecar in sidecars)):
        try:
            read(one, files, options, beside)
        except SourceError as error:
            beside.sidecars.add(one.key)
            beside.skipped.append(Skipped(one.source, error.message, error.hint))
    return beside


def _read_sidecar(found: Found, files: _Files, options: ReadOptions, beside: Beside) -> None:  # noqa: ARG001 - called as _read_sheet is
    """Lay `NAME.meta.toml` beside `NAME`, or beside every `NAME.*`.

    Raises:
        SourceError: It cannot be read.
    """
    beside.sidecars.add(found.key)
    about = files.named(found.key[: -len(SUFFIX)])
    if not about:
        beside.unmatched.append(Skipped(found.source, "stands beside no file of its name"))
        return
    said = toml_fields(decode(found.bytes()).text, "the sidecar")
    for key in about:
        beside.fields[key] = {**beside.fields.get(key, {}), **said}


def _read_sheet(found: Found, files: _Files, options: ReadOptions, beside: Beside) -> None:
    """Lay each row of a folder's table beside its file; a table that holds texts itself is left to be read like other tables.

    Raises:
        SourceError: It cannot be read, or no column names the files.
    """
    rows = list(csv_rows(Item(found.key, found.source, "", found.bytes())))
    names = survey(rows).names
    if text_column(names) or options.text_column in names:
        return
    beside.sidecars.add(found.key)
    column = next((name for wanted in FILE_COLUMNS for name in names if name.casefold() == wanted), None)
    if column is None:
        raise SourceError(f"has no column that names the files (`{'`, `'.join(FILE_COLUMNS)}`); {listed(names)}" if names else "is empty")
    roles = {asked: role for role in ("date", "speaker", "title", "place") if (asked := getattr(options, f"{role}_column")) in names}
    columns = {name: role for name, role in usual(names, roles).items() if role != "id"} | roles
    unknown: list[str] = []
    for row in rows:
        reason = row.reason if isinstance(row, BadRow) else _take(row, found, column, files, beside=beside, columns=columns, unknown=unknown)
        if reason:
            beside.skipped.append(Skipped(f"{found.source}:{row.line}", reason))
    if unknown:
        some = ", ".join(f"`{name}`" for name in unknown[:MOST_NAMES]) + (", …" if len(unknown) > MOST_NAMES else "")
        beside.unmatched.append(Skipped(found.source, f"{len(unknown)} of its {len(rows)} rows name no file here: {some}"))


def _take(row: Row, found: Found, column: str, files: _Files, *, beside: Beside, columns: Mapping[str, str], unknown: list[str]) -> str:
    """Lay one row beside its file; return why that cannot be done, or ""."""
    name = str(row.cells[column]).strip()
    parts = (*found.key.split("/")[:-1], *name.replace("\\", "/").split("/"))
    about = files.named("/".join(part for part in parts if part not in ("", "."))) if name else []
    if not about:
        unknown.append(name)
    elif len(about) > 1:
        return f"`{name}` can be {' or '.join(f'`{key}`' for key in about)}; write it with its suffix"
    elif about[0] in beside.fields:
        return f"says of `{name}` what another row has said already; the first was taken"
    else:
        beside.fields[about[0]] = fields_of(row, columns, leave_out=column)
    return ""
