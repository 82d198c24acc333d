"""Whether the corpus file is whole, and its repair from what is stored in it, with a backup beside it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from tracker.progress import Progress, followed
from tracker.speech import KINDS, Speech, speech_id
from tracker.store import index, prints
from tracker.store.cut import places
from tracker.store.disk import connect, explained
from tracker.store.opening import backup, make_schema
from tracker.store.rows import COLUMNS, OF_SPEECHES, text_hash, to_row, to_speech

Damage = Literal["file", "text missing", "text altered", "row unreadable", "search index"]
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in the file: what, what was found, and the speech's source where it is one speech's."""

    damage: Damage
    found: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did: the copy made before it, one line for each thing done, and the keys of rows to be read again from their texts."""

    backup: Path
    done: tuple[str, ...]
    emptied: tuple[str, ...]


def features() -> tuple[str, bool]:
    """The version of SQLite, and whether it has full-text search."""
    with closing(sqlite3.connect(":memory:")) as db:
        return sqlite3.sqlite_version, bool(db.execute("SELECT count(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'").fetchone()[0])


def examine(path: Path, *, progress: Progress | None = None) -> tuple[Fault, ...]:
    """Look at everything in the file: its pages, every reference, every text against its id, every row, the search index.

    Args:
        path: The corpus.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: It is no database at all.
    """
    with explained(path, mending=True), closing(connect(path)) as db:
        pages = _pages(db)
        if pages:
            return pages
        return (*_texts(db, progress), *_speeches(db, progress), *_references(db), *_index(db))


def repair(path: Path) -> Repair:
    """Repair the file from the originals stored in it; what cannot be repaired is taken out, and stays in the backup.

    Raises:
        CorpusError: It is no database at all, or cannot be written.
    """
    done: list[str] = []
    with explained(path, mending=True):
        copy = backup(path, "before-repair.bak")
        lost = _whole_file(path, done)
        with closing(connect(path)) as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                done += _without_lost_texts(db)
                emptied = (*_readable_rows(db), *(_rows_from_texts(db) if "speeches" in lost else ()))
                db.execute("DROP TABLE IF EXISTS search")
                db.execute("DROP TABLE IF EXISTS searched")
                make_schema(db)
                index.rebuild(db)
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise
    return Repair(copy, (*done, "the search index was built anew"), emptied)


def _pages(db: sqlite3.Connection) -> tuple[Fault, ...]:
    try:
        said = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({MOST_FOUND})")]
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise
        said = [str(error)]
    return tuple(Fault("file", " ".join(line.split())) for line in said if line != "ok")


def _texts(db: sqlite3.Connection, progress: Progress | None) -> Iterator[Fault]:
    """Texts that are not the ones that were added, current or not."""
    texts = db.execute("SELECT id, key, text, hash FROM texts ORDER BY id")
    for row in followed(texts, "reading texts", _size(db, "texts"), progress):
        if speech_id(row["text"], row["key"]) != row["id"] or text_hash(row["text"]) != row["hash"]:
            yield Fault("text altered", f"the text of `{row['id']}` is not the one that was added", row["key"])


def _speeches(db: sqlite3.Connection, progress: Progress | None) -> Iterator[Fault]:
    """Rows without a text, and rows that cannot be read."""
    rows = db.execute(f"SELECT {OF_SPEECHES}, t.text FROM speeches s LEFT JOIN texts t ON t.id = s.id ORDER BY s.id")
    for row in followed(rows, "reading speeches", _size(db, "speeches"), progress):
        if row["text"] is None:
            yield Fault("text missing", f"the text of `{row['id']}` is not there", row["source"])
        elif speech_id(row["text"], row["key"]) == row["id"] and (wrong := _unreadable(row)):
            yield Fault("row unreadable", f"`{row['id']}`: {wrong}", row["source"])


def _size(db: sqlite3.Connection, of: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {of}").fetchone()[0])


def _unreadable(row: sqlite3.Row) -> str:
    try:
        to_speech(row)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return str(error) or type(error).__name__
    return "" if row["kind"] in KINDS else f"no kind `{row['kind']}`"


def _references(db: sqlite3.Connection) -> Iterator[Fault]:
    """Rows of the tables behind events and search that speak of a text that is not there."""
    found = Counter(str(row[0]) for row in db.execute("PRAGMA foreign_key_check") if row[0] != "speeches")
    for table, count in sorted(found.items()):
        yield Fault("text missing", f"{count} row{'s' if count != 1 else ''} of `{table}` speak of a text that is not there")


def _index(db: sqlite3.Connection) -> Iterator[Fault]:
    """Whether the search index holds exactly the current texts."""
    strays = "SELECT count(*) FROM (SELECT id FROM {0} EXCEPT SELECT id FROM {1})"
    missing, more = (db.execute(strays.format(*pair)).fetchone()[0] for pair in (("speeches", "searched"), ("searched", "speeches")))
    if missing or more:
        yield Fault("search index", f"{missing} speeches are not in the search index, {more} in it are not in the corpus")
        return
    for row in db.execute("SELECT r.id, r.words, t.text FROM searched r JOIN texts t ON t.id = r.id WHERE r.words IS NOT NULL ORDER BY r.id"):
        try:
            places(row["words"], row["text"])
        except ValueError as error:
            yield Fault("search index", f"`{row['id']}`: {error}")
            return
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if any(said in str(error) for said in ("readonly", "locked", "unable to open")):
            raise
        yield Fault("search index", "the search index is not that of the texts")
    finally:
        db.rollback()


def _whole_file(path: Path, done: list[str]) -> list[str]:
    """Mend broken pages: the file's indexes, else a new file of everything that can be read; return the tables with gaps."""
    with closing(connect(path)) as db:
        if not _pages(db):
            return []
        with suppress(sqlite3.DatabaseError):  # broken deeper than its indexes
            db.execute("REINDEX")
        if not _pages(db):
            done.append("the indexes of the file were built anew")
            return []
        partial = path.with_name(f"{path.name}.part")
        partial.unlink(missing_ok=True)
        with closing(connect(partial)) as whole:
            lost = _salvage(db, whole)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    partial.replace(path)
    done.append("the file was written anew from what could be read" + (f"; rows are lost in: {', '.join(lost)}" if lost else ""))
    return lost


def _salvage(broken: sqlite3.Connection, whole: sqlite3.Connection) -> list[str]:
    """Copy every row that can be read; return the tables in which some could not."""
    whole.execute("BEGIN IMMEDIATE")
    make_schema(whole)
    lost = []
    for table in _tables(whole):
        columns = [r["name"] for r in whole.execute(f"PRAGMA table_info({table})")]
        order = next(r["name"] for r in whole.execute(f"PRAGMA table_info({table})") if r["pk"] == 1) if _has_no_rowid(whole, table) else "rowid"
        insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        for direction in ("ASC", "DESC"):  # up to the broken place from both sides
            try:
                for row in broken.execute(f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED ORDER BY {order} {direction}"):
                    whole.execute(insert, tuple(row))
                break
            except sqlite3.DatabaseError:
                lost += [table] if direction == "ASC" else []
    prints.rebuild(whole)
    whole.execute("COMMIT")
    whole.execute("PRAGMA journal_mode = WAL")
    return lost


def _tables(db: sqlite3.Connection) -> list[str]:
    """The tables but those of the indexes of words and of fingerprints, which are always built anew."""
    built = "name LIKE 'search%' OR name LIKE 'sqlite_%' OR name IN ('prints', 'unsettled')"
    rows = db.execute(f"SELECT name FROM sqlite_master WHERE type = 'table' AND NOT ({built}) ORDER BY name")
    return [row[0] for row in rows]


def _has_no_rowid(db: sqlite3.Connection, table: str) -> bool:
    return "WITHOUT ROWID" in db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]


def _without_lost_texts(db: sqlite3.Connection) -> list[str]:
    """Take out texts that are not the ones that were added, and speeches that have none: only their source can bring them back."""
    altered, unhashed = [], []
    for row in db.execute("SELECT id, key, text, hash FROM texts ORDER BY id"):
        if speech_id(row["text"], row["key"]) != row["id"]:
            altered.append((row["id"],))
        elif (right := text_hash(row["text"])) != row["hash"]:
            unhashed.append((right, row["id"]))
    db.executemany("DELETE FROM texts WHERE id = ?", altered)
    db.executemany("UPDATE texts SET hash = ? WHERE id = ?", unhashed)
    gone = db.execute("SELECT s.key, s.source FROM speeches s LEFT JOIN texts t ON t.id = s.id WHERE t.id IS NULL ORDER BY s.id").fetchall()
    db.executemany("DELETE FROM speeches WHERE key = ?", [(row["key"],) for row in gone])
    for table in _tables(db):
        for reference in db.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            db.execute(f"DELETE FROM {table} WHERE {reference['from']} NOT IN (SELECT id FROM texts)")
    return [f"`{row['key']}` was taken out, its text is lost; read it again from {row['source']}" for row in gone]


def _readable_rows(db: sqlite3.Connection) -> tuple[str, ...]:
    """Empty the fields that cannot be read; return the keys of their rows."""
    rows = db.execute(f"SELECT {OF_SPEECHES}, t.text FROM speeches s JOIN texts t ON t.id = s.id ORDER BY s.id")
    found = [row for row in rows if _unreadable(row)]
    for row in found:
        changes = _emptied(row)
        db.execute(f"UPDATE speeches SET {', '.join(f'{name} = ?' for name in changes)} WHERE key = ?", (*changes.values(), row["key"]))
    return tuple(row["key"] for row in found)


def _rows_from_texts(db: sqlite3.Connection) -> tuple[str, ...]:
    """Give each key whose row is lost an empty row with the newest of its texts; a speech that was removed comes back with them."""
    keys = db.execute("SELECT key, id, max(rowid) FROM texts WHERE key NOT IN (SELECT key FROM speeches) GROUP BY key ORDER BY key").fetchall()
    empty = to_row(Speech(key="", text=""), 0)[2:]
    for row in keys:
        db.execute(f"INSERT INTO speeches ({COLUMNS}) VALUES ({', '.join('?' * (len(empty) + 2))})", (row["key"], row["id"], *empty))
        db.execute("UPDATE speeches SET source = key, inferred = ? WHERE key = ?", (json.dumps(["kind", "language"]), row["key"]))
    return tuple(row["key"] for row in keys)


def _emptied(row: sqlite3.Row) -> dict[str, str | None]:
    """The fields of a row that cannot be read, with the value that says nothing."""
    kinds: tuple[tuple[str, type], ...] = (("tags", dict), ("inferred", list))
    changes: dict[str, str | None] = {name: json.dumps(kind()) for name, kind in kinds if not _is_json(row[name], kind)}
    changes |= {name: None for name in ("event_date", "published") if not _is_day(row[name])}
    if "event_date" in changes:
        changes |= {"precision": None, "basis": None, "status": "missing"}
    if row["kind"] not in KINDS:
        changes["kind"] = "transcript"
    return changes | {"candidates": "[]"}


def _is_json(text: str, kind: type) -> bool:
    try:
        return isinstance(json.loads(text), kind)
    except ValueError:
        return False


def _is_day(text: str | None) -> bool:
    try:
        return text is None or bool(date.fromisoformat(text))
    except ValueError:
        return False
