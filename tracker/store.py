"""The corpus on disk (SQLite): add, get, iterate, correct and remove speeches; nothing that was read is ever lost."""

from __future__ import annotations

import hashlib
import json
import shlex
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from tracker.errors import CorpusError
from tracker.speech import DateCandidate, Speech, SpokenDate

VERSION = 1
LOCK_SECONDS = 30.0
Outcome = Literal["added", "updated", "unchanged"]
_COLUMNS = (
    "key, id, event_date, published, precision, basis, status, evidence, candidates, "
    "title, speaker, place, outlet, kind, language, tags, source, event, inferred, tokens"
)


class Store:
    """One open corpus; use `open_store`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection

    def close(self) -> None:
        """Close the file; calling it twice does no harm."""
        self._db.close()

    def __del__(self) -> None:
        self._db.close()

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[None]:
        """Write whole or not at all: everything inside is one transaction.

        Args:
            keep: False takes everything back at the end: a rehearsal.

        Raises:
            CorpusError: The folder is read-only, the disk full, or another process holds the corpus.
        """
        with _explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        with _explained(self.path):
            (self._db.commit if keep else self._db.rollback)()

    def put(self, speech: Speech, tokens: int) -> Outcome:
        """Write a speech under its key (inside `writing`).

        Args:
            speech: Complete, corrections laid over it.
            tokens: Content tokens, for lists.

        Returns:
            `unchanged` when the corpus holds exactly this already; the old text of an updated one is kept.
        """
        row = _to_row(speech, tokens)
        with _explained(self.path):
            held = self._db.execute(f"SELECT {_COLUMNS} FROM speeches WHERE key = ?", (speech.key,)).fetchone()
            if held is not None and tuple(held) == row:
                return "unchanged"
            self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?, ?, ?)", (speech.id, speech.key, speech.text, _text_hash(speech.text)))
            self._db.execute(f"INSERT OR REPLACE INTO speeches ({_COLUMNS}) VALUES ({', '.join('?' * len(row))})", row)
        return "added" if held is None else "updated"

    def get(self, prefix: str) -> Speech:
        """Return the speech whose id starts with `prefix` (or whose key is it).

        Raises:
            CorpusError: No speech or several match.
        """
        found = self._rows("WHERE substr(s.id, 1, ?) = ? OR s.key = ? LIMIT 9", (len(prefix), prefix.lower(), prefix))
        if len(found) == 1:
            return found[0][0]
        if not found:
            raise CorpusError(f"no speech `{prefix}` in the corpus", hint="tracker list")
        ids = ", ".join(f"`{s.id}`" for s, _ in found)
        raise CorpusError(f"`{prefix}` is the beginning of {len(found)} ids: {ids}", hint=f"tracker show {found[0][0].id}")

    def by_key(self, key: str) -> Speech | None:
        """Return the current speech of a key, or None."""
        found = self._rows("WHERE s.key = ?", (key,))
        return found[0][0] if found else None

    def by_source(self, source: str) -> Speech | None:
        """Return the current speech read from a source, or None."""
        found = self._rows("WHERE s.source = ? ORDER BY s.id LIMIT 1", (source,))
        return found[0][0] if found else None

    def speeches(self) -> list[Speech]:
        """All current speeches in order of date, undated ones last, then id."""
        return [speech for speech, _ in self.counted()]

    def counted(self) -> list[tuple[Speech, int]]:
        """All current speeches with their content tokens, in order of date, undated ones last, then id."""
        return self._rows("ORDER BY s.event_date IS NULL, s.event_date, s.id", ())

    def same_text(self, speech: Speech) -> list[str]:
        """Ids of the other current speeches whose text is exactly this one's."""
        query = "SELECT t.id FROM texts t JOIN speeches s ON s.id = t.id WHERE t.hash = ? AND t.id != ? ORDER BY t.id"
        with _explained(self.path):
            return [row[0] for row in self._db.execute(query, (_text_hash(speech.text), speech.id))]

    def remove(self, speech: Speech) -> None:
        """Take a speech out of the corpus (inside `writing`); its text stays for old reports."""
        with _explained(self.path):
            self._db.execute("DELETE FROM speeches WHERE key = ?", (speech.key,))
            self._db.execute("DELETE FROM corrections WHERE key = ?", (speech.key,))

    def corrections(self, key: str) -> dict[str, str]:
        """What the user said about the speech of a key: field to value."""
        with _explained(self.path):
            return dict(self._db.execute("SELECT field, value FROM corrections WHERE key = ? ORDER BY field", (key,)).fetchall())

    def correct(self, key: str, changes: Mapping[str, str]) -> None:
        """Remember what the user said (inside `writing`)."""
        with _explained(self.path):
            self._db.executemany("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?)", [(key, f, v) for f, v in sorted(changes.items())])

    def log_contrast(self, contrast: str, theme_hashes: Mapping[str, str]) -> frozenset[str]:
        """Remember that a contrast is looked at; return the themes whose words were edited since it first was.

        Args:
            contrast: What the two slices mean.
            theme_hashes: Theme id to the hash of its words now.

        Returns:
            Ids of themes whose hash differs from the one first seen; nothing when the contrast is new. A theme made
            after the contrast was first looked at counts as edited.
        """
        with self.writing():
            seen = dict(self._db.execute("SELECT theme, theme_hash FROM contrasts WHERE contrast = ?", (contrast,)).fetchall())
            first = [(contrast, t, h if not seen else "") for t, h in sorted(theme_hashes.items()) if t not in seen]
            self._db.executemany("INSERT INTO contrasts VALUES (?, ?, ?)", first)
        return frozenset(t for t, h in theme_hashes.items() if seen and seen.get(t) != h)

    def hash(self) -> str:
        """Fingerprint of everything in the corpus that can change a number: 12 hex digits, whatever the order of adding."""
        digest = hashlib.sha256()
        with _explained(self.path):
            for row in self._db.execute(f"SELECT {_COLUMNS} FROM speeches ORDER BY id"):
                digest.update(json.dumps(list(row), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()[:12]

    def _rows(self, clause: str, values: tuple[Any, ...]) -> list[tuple[Speech, int]]:
        names = ", ".join(f"s.{c.strip()}" for c in _COLUMNS.split(","))
        with _explained(self.path):
            rows = self._db.execute(f"SELECT {names}, t.text FROM speeches s JOIN texts t ON t.id = s.id {clause}", values).fetchall()
        try:
            return [(_to_speech(row), row["tokens"]) for row in rows]
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _damaged(self.path, f"a row cannot be read: {error}") from error


def open_store(path: Path, *, create: bool = False) -> Store:
    """Open the corpus file.

    Args:
        path: `corpus.db` of a workspace.
        create: Make it when it does not exist.

    Raises:
        CorpusError: It is missing, damaged, newer than this version, or cannot be written.
    """
    if not path.exists() and not create:
        raise CorpusError(f"no corpus in `{path.parent}`", hint="tracker add SOURCE")
    if path.exists() and not path.is_file():
        raise CorpusError(f"`{path}` is not a file", hint=_aside(path))
    if not create and path.stat().st_size == 0:
        raise _damaged(path, "it is empty: 0 bytes")
    with _explained(path):
        connection = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            _create(connection, path)
        elif version > VERSION:
            connection.close()
            raise CorpusError(
                f"`{path.name}` was written by a newer tracker (format {version}; this one reads up to {VERSION})",
                hint="pip install --upgrade speech-theme-tracker",
            )
    return Store(path, connection)


def _create(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        connection.close()
        raise CorpusError(f"`{path.name}` is a database of another program", hint="tracker init another-folder")
    connection.execute("PRAGMA journal_mode = WAL")
    schema = (files("tracker") / "schema.sql").read_text(encoding="utf-8")
    connection.executescript(f"BEGIN IMMEDIATE;\n{schema}\nPRAGMA user_version = {VERSION};\nCOMMIT;")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what a user can do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = str(error)
        file, folder = shlex.quote(str(path)), shlex.quote(str(path.parent))
        if "locked" in said or "busy" in said:
            waited = f"waited {LOCK_SECONDS:g} seconds; run the command again when that process is done"
            raise CorpusError(f"another process is writing to `{path.name}`", looked_at=(waited,), hint=f"lsof {file}") from error
        if "full" in said:
            whole = "every speech added before is whole; make room and run the command again to add the rest"
            raise CorpusError(f"no room left on the disk of `{path}`", looked_at=(whole,), hint=f"df -h {folder}") from error
        if "readonly" in said or "unable to open" in said or "attempt to write" in said:
            raise CorpusError(f"cannot write `{path}`", looked_at=(said,), hint=f"chmod u+w {folder} {file}") from error
        raise _damaged(path, said) from error


def _damaged(path: Path, found: str) -> CorpusError:
    later = "nothing in it was changed; with the file out of the way, `tracker add SOURCE` begins a new corpus"
    return CorpusError(f"`{path.name}` is damaged or is not a corpus of tracker", looked_at=(found, later), hint=_aside(path))


def _aside(path: Path) -> str:
    """The command that puts a file out of the way without losing it."""
    return shlex.join(["mv", str(path), f"{path}.damaged"])


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _to_row(speech: Speech, tokens: int) -> tuple[Any, ...]:
    when = speech.date
    candidates = json.dumps([{**asdict(c), "day": c.day.isoformat()} for c in when.candidates], ensure_ascii=False)
    return (
        speech.key,
        speech.id,
        when.event_date.isoformat() if when.event_date else None,
        when.published.isoformat() if when.published else None,
        when.precision,
        when.basis,
        when.status,
        when.evidence,
        candidates,
        *(speech.title, speech.speaker, speech.place, speech.outlet, speech.kind, speech.language),
        json.dumps(dict(speech.tags), ensure_ascii=False),
        speech.source,
        speech.event,
        json.dumps(list(speech.inferred)),
        tokens,
    )


def _to_speech(row: sqlite3.Row) -> Speech:
    candidates = tuple(DateCandidate(**{**c, "day": date.fromisoformat(c["day"])}) for c in json.loads(row["candidates"]))
    when = SpokenDate(
        event_date=date.fromisoformat(row["event_date"]) if row["event_date"] else None,
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        precision=row["precision"],
        basis=row["basis"],
        status=row["status"],
        evidence=row["evidence"],
        candidates=candidates,
    )
    plain = {name: row[name] for name in ("key", "text", "title", "speaker", "place", "outlet", "kind", "language", "source", "event")}
    speech = replace(Speech(**plain), date=when, tags=json.loads(row["tags"]), inferred=tuple(json.loads(row["inferred"])))
    if speech.id != row["id"]:
        raise ValueError(f"the text of `{row['id']}` is not the one that was added")
    return speech
