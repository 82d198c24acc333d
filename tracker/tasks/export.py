"""Export: the whole corpus as a table that `add` takes back unchanged."""

from __future__ import annotations

import csv
import errno
import json
import re
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TextIO, get_args
from urllib.parse import urlsplit

from tracker.errors import CorpusError, TrackerError
from tracker.progress import Progress, followed
from tracker.speech import DateCandidate, Speech, SpokenDate
from tracker.tasks.workspace import Workspace

Format = Literal["csv", "jsonl", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
RECORD = "tracker"
COLUMNS = ("id", "date", "published", "speaker", "title", "place", "outlet", "kind", "language", "event", "source")
_SCHEMA = "tracker/speech/1"
_PLAIN = ("title", "speaker", "place", "outlet", "kind", "language", "event", "source")
_TAKEN = frozenset({*COLUMNS, RECORD, "text", "content", "body", "speech", "lang"})  # names that a reader of tables gives a meaning of their own
_COLUMN_NAME = re.compile(r"[^\W\d_][\w-]{0,39}")
_INSERT_ROWS = 50


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file ("" for standard output), its format, and how many speeches it holds."""

    path: str
    format: Format
    speeches: int


def export(workspace: Workspace, output: Path | None = None, *, to: str = "", stream: TextIO | None = None, progress: Progress | None = None) -> Exported:
    """Write every speech with everything that is known of it.

    Args:
        workspace: Whose corpus.
        output: The file to make; None writes to `stream`.
        to: csv, jsonl or parquet; "" goes by the file's name, else csv.
        stream: Where to write without a file.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: The corpus is empty.
        TrackerError: Unknown format, a file that exists, parquet without a file or without its library, or a text that a csv cannot carry.
    """
    form = _format(to, output)
    if not workspace.store.extent()[0]:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    writers: dict[Format, Callable[[Workspace, TextIO, Progress | None], int]] = {"csv": _csv, "jsonl": _jsonl}
    if output is None:
        if form == "parquet" or stream is None:
            raise TrackerError(f"{form} needs a file to be written to", hint=f"tracker export --output speeches.{form}")
        return Exported("", form, writers[form](workspace, stream, progress))
    if output.exists():
        free = next(name for n in range(2, 10_000) if not (name := output.with_stem(f"{output.stem}-{n}")).exists())
        raise TrackerError(f"`{output}` exists already", hint=shlex.join(["tracker", "export", "--to", form, "--output", str(free)]))
    partial = output.with_name(f"{output.name}.part")
    try:
        if form == "parquet":
            count = _parquet(workspace, partial, progress)
        else:
            with partial.open("w", encoding="utf-8", newline="") as file:
                count = writers[form](workspace, file, progress)
        partial.replace(output)
    except OSError as error:
        look = ["df", "-h"] if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else ["ls", "-ld"]
        raise TrackerError(f"cannot write `{output}`: {error.strerror}", hint=shlex.join([*look, str(output.parent)])) from error
    finally:
        partial.unlink(missing_ok=True)
    return Exported(str(output), form, count)


def _format(to: str, output: Path | None) -> Format:
    by_name = output.suffix.lower().removeprefix(".") if output else ""
    asked = to or (by_name if by_name in FORMATS else "csv")
    for form in FORMATS:
        if asked == form:
            return form
    raise TrackerError(f"no format `{to}`", looked_at=("formats: " + ", ".join(FORMATS),), hint="--to csv")


def rows(workspace: Workspace, progress: Progress | None = None) -> Iterator[dict[str, str]]:
    """Each speech as a row: column to value, tags in columns of their own, `text`, and `tracker` with what no other column can say."""
    tags = _tag_columns(workspace)
    for speech in followed(workspace.store.each(), "writing speeches", workspace.store.extent()[0], progress):
        plain = {name: str(getattr(speech, name)) for name in _PLAIN}
        published = speech.date.published.isoformat() if speech.date.published else ""
        values = {"id": speech.key, "date": speech.date.text, "published": published, **plain}
        yield {
            **{name: values[name] for name in COLUMNS},
            **{name: speech.tags.get(name, "") for name in tags},
            "text": speech.text,
            RECORD: _record(speech, workspace.store.corrections(speech.key)),
        }


def _tag_columns(workspace: Workspace) -> list[str]:
    """Tags that can be columns; one whose name means something else to a reader stands in the column `tracker` alone."""
    if not (names := {name for listed in workspace.store.listed() for name in listed.tags}):
        return []
    folded = [name.casefold() for name in names]
    return sorted(n for n in names if _COLUMN_NAME.fullmatch(n) and n.casefold() not in _TAKEN and folded.count(n.casefold()) == 1)


def _csv(workspace: Workspace, stream: TextIO, progress: Progress | None) -> int:
    columns = [*COLUMNS, *_tag_columns(workspace), "text", RECORD]
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows(workspace, progress):
        if any("\0" in value for value in row.values()):
            raise TrackerError(f"`{row['id']}` has a NUL character, which a csv cannot carry", hint="tracker export --to jsonl")
        writer.writerow([row[name] for name in columns])
        count += 1
    return count


def _jsonl(workspace: Workspace, stream: TextIO, progress: Progress | None) -> int:
    count = 0
    for row in rows(workspace, progress):
        kept = {name: value for name, value in row.items() if value}
        stream.write(json.dumps(kept, ensure_ascii=False) + "\n")
        count += 1
    return count


def _parquet(workspace: Workspace, path: Path, progress: Progress | None) -> int:
    if find_spec("duckdb") is None:
        raise TrackerError("parquet files are written by `duckdb`, which is not installed", hint="pip install 'speech-theme-tracker[tables]'")
    import duckdb

    columns = [*COLUMNS, *_tag_columns(workspace), "text", RECORD]
    names = ", ".join('"' + name.replace('"', '""') + '" VARCHAR' for name in columns)
    count = 0
    with tempfile.TemporaryDirectory(prefix="tracker-export-") as folder, duckdb.connect(f"{folder}/rows.duckdb") as db:
        db.execute(f"CREATE TABLE speeches ({names})")
        for batch in _batches(rows(workspace, progress), _INSERT_ROWS):
            marks = ", ".join(f"({', '.join('?' * len(columns))})" for _ in batch)
            db.execute(f"INSERT INTO speeches VALUES {marks}", [row[name] for row in batch for name in columns])
            count += len(batch)
        made = f"{folder}/speeches.parquet"  # a name without quotes and patterns
        db.execute(f"COPY speeches TO '{made}' (FORMAT parquet)")
        shutil.copyfile(made, path)
    return count


def _batches(stream: Iterator[dict[str, str]], size: int) -> Iterator[list[dict[str, str]]]:
    while batch := list(islice(stream, size)):
        yield batch


def _record(speech: Speech, corrections: Mapping[str, str]) -> str:
    """Everything about a speech but its text, as JSON: the columns for people say less (where a date comes from, what was only suggested)."""
    held = {f.name: getattr(speech, f.name) for f in fields(speech) if f.name not in ("text", "date", "tags", "grouped")}
    when = asdict(speech.date)
    for item in (when, *when["candidates"]):
        item.update({name: value.isoformat() for name, value in item.items() if isinstance(value, date)})
    whole = {"schema": _SCHEMA, **held, "date": when, "tags": dict(speech.tags), "corrections": dict(corrections)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Restored:
    """A row of an export as the speech it was, with what the user had said about it; `same` when no cell was changed since."""

    speech: Speech
    corrections: Mapping[str, str]
    same: bool


def restored(item: Speech) -> Restored | None:
    """Return the speech that a row was exported from; a cell that was changed since counts, one that was emptied does not.

    Args:
        item: As a reader of tables gives it.

    Returns:
        None when it does not come from an export, or when its text was changed: then it is read like any other row.
    """
    told = item.tags.get(RECORD, "")
    if not told.startswith('{"schema":"tracker/speech/'):
        return None
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        held = json.loads(told)
        speech = _speech(held, item.text)
        if held["schema"] == _SCHEMA and speech.id == held["id"]:
            changed = _changed(item, speech)
            settled = {f"tag:{name}" for name in changed.get("tags", {})} | ({"date", "published"} if "date" in changed else set()) | set(changed)
            corrections = {str(name): str(value) for name, value in held["corrections"].items() if name not in settled}
            return Restored(replace(speech, **changed), corrections, same=not changed)
    return None


def _speech(held: Mapping[str, Any], text: str) -> Speech:
    when = held["date"]
    days = {name: date.fromisoformat(when[name]) if when[name] else None for name in ("event_date", "published")}
    candidates = tuple(DateCandidate(**{**c, "day": date.fromisoformat(c["day"])}) for c in when["candidates"])
    plain = {name: held[name] for name in ("key", *_PLAIN)}
    spoken = SpokenDate(**{**when, **days, "candidates": candidates})
    return Speech(**plain, text=text, date=spoken, tags=held["tags"], inferred=tuple(held["inferred"]))


def _changed(item: Speech, speech: Speech) -> dict[str, Any]:
    """The fields whose cells say something else than what was exported."""
    changed: dict[str, Any] = {}
    for name in _PLAIN:
        cell = "" if name in item.inferred or (name == "outlet" and item.outlet == urlsplit(item.source).hostname) else getattr(item, name)
        if cell and _line(cell) != _line(getattr(speech, name)):
            changed[name] = cell
    if changed:
        changed["inferred"] = tuple(name for name in speech.inferred if name not in changed)
    tags = {name: value for name, value in item.tags.items() if name != RECORD and _line(value) != _line(speech.tags.get(name, ""))}
    if tags:
        changed["tags"] = {**speech.tags, **tags}
    if _date_changed(item.date, speech.date):
        changed["date"] = item.date
    return changed


def _date_changed(cells: SpokenDate, held: SpokenDate) -> bool:
    exported = {"event": held.text, "published": held.published.isoformat() if held.published else ""}
    stated = {c.role: c.quote for c in reversed(cells.candidates) if c.basis in ("table", "user")}
    return any(value != exported[role] for role, value in stated.items()) or "was not taken" in cells.evidence


def _line(value: str) -> str:
    """A value as a cell carries it: white space at its ends and the kind of its line ends may be lost."""
    return " ".join(value.split())
