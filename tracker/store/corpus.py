"""The open corpus: add, get, iterate, search, correct and remove speeches; nothing that was read is ever lost."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tracker.errors import CorpusError
from tracker.speech import OWN_EVENT, Listed, Speech
from tracker.store import index
from tracker.store.disk import LOCK_SECONDS, explained, unreadable
from tracker.store.query import Query
from tracker.store.rows import COLUMNS, LINE, OF_SPEECHES, in_turn, text_hash, to_listed, to_row, to_speech
from tracker.store.texts import Texts, stored

if TYPE_CHECKING:
    from tracker.store.codings import Codings
    from tracker.store.groupings import Groupings

Answer = TypeVar("Answer")
Outcome = Literal["added", "updated", "unchanged"]
IN_ORDER = "ORDER BY s.event_date IS NULL, s.event_date, s.id"
_UNSETTLE = "INSERT OR IGNORE INTO unsettled SELECT id, speaker, coalesce(event_date, '') FROM speeches WHERE key = ?"
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)


class Store:
    """One open corpus; use `open_store`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        self._texts = Texts(path)
        self._all: tuple[tuple[int, int], tuple[Speech, ...]] | None = None

    def close(self) -> None:
        """Close the file; calling it twice does no harm."""
        self._db.close()
        self._texts.close()

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
        with explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        with explained(self.path):
            (self._db.commit if keep else self._db.rollback)()

    def put(self, speech: Speech, tokens: int) -> Outcome:
        """Write a speech under its key (inside `writing`).

        Args:
            speech: Complete, corrections laid over it.
            tokens: Content tokens, for lists.

        Returns:
            `unchanged` when the corpus holds exactly this already; the old text of an updated one is kept.
        """
        row = to_row(speech, tokens)
        with explained(self.path):
            held = self._db.execute(f"SELECT {COLUMNS} FROM speeches WHERE key = ?", (speech.key,)).fetchone()
            if held is not None and tuple(held) == row:
                return "unchanged"
            if held is not None and held["id"] != speech.id:
                index.drop(self._db, held["id"])
            if held is not None:
                self._db.execute(_UNSETTLE, (speech.key,))
            self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?, ?, ?)", (speech.id, speech.key, speech.text, text_hash(speech.text)))
            self._db.execute(f"INSERT OR REPLACE INTO speeches ({COLUMNS}) VALUES ({', '.join('?' * len(row))})", row)
            self._db.execute(_UNSETTLE, (speech.key,))
            index.put(self._db, speech.id, speech.text, speech.language)
        return "added" if held is None else "updated"

    def get(self, prefix: str) -> Speech:
        """Return the speech whose id starts with `prefix` (or whose key is it).

        Raises:
            CorpusError: No speech or several match.
        """
        begin = prefix.lower()
        found = self._rows("WHERE (s.id >= ? AND s.id < ?) OR s.key = ? ORDER BY s.id LIMIT 9", (begin, f"{begin}g", prefix))  # g: behind every hex digit
        if len(found) == 1:
            return found[0]
        if not found:
            raise CorpusError(f"no speech `{prefix}` in the corpus", hint="tracker list")
        ids = ", ".join(f"`{s.id}`" for s in found)
        raise CorpusError(f"`{prefix}` is the beginning of {len(found)} ids: {ids}", hint=f"tracker show {found[0].id}")

    def by_key(self, key: str) -> Speech | None:
        """Return the current speech of a key, or None."""
        found = self._rows("WHERE s.key = ?", (key,))
        return found[0] if found else None

    def by_source(self, source: str) -> Speech | None:
        """Return the current speech read from a source, or None."""
        found = self._rows("WHERE s.source = ? ORDER BY s.id LIMIT 1", (source,))
        return found[0] if found else None

    def copy_to(self, path: Path) -> None:
        """Write a whole copy of the corpus to another file, whatever is being written meanwhile."""
        with explained(self.path), closing(sqlite3.connect(path)) as copy:
            self._db.backup(copy)

    def speeches(self) -> list[Speech]:
        """All current speeches in order of date, undated ones last, then id; no text is read before it is asked for."""
        now = self._version()
        if self._all is None or self._all[0] != now:
            with explained(self.path), closing(self._db.execute(f"SELECT {OF_SPEECHES} FROM speeches s {IN_ORDER}")) as rows:
                self._all = now, tuple(self._each(rows, lambda row: stored(in_turn(row), self._texts)))
        return list(self._all[1])

    def _version(self) -> tuple[int, int]:
        """Changes with every write, of ours or of another process."""
        with explained(self.path):
            return self._db.execute("PRAGMA data_version").fetchone()[0], self._db.total_changes

    def each(self) -> Iterator[Speech]:
        """The current speeches one at a time, in order of date, undated ones last, then id: never more than one text is held."""
        return self._read(IN_ORDER, ())

    def listed(self, *, newest: bool = False) -> Iterator[Listed]:
        """The current speeches without their texts, in order of date, undated ones last, then id.

        Args:
            newest: Only the last of those that have a date.
        """
        which = "WHERE s.event_date IS NOT NULL ORDER BY s.event_date DESC, s.id DESC LIMIT 1" if newest else IN_ORDER
        with explained(self.path), closing(self._db.execute(f"SELECT {OF_SPEECHES} FROM speeches s {which}")) as rows:
            yield from self._each(rows, to_listed)

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """What a list shows of every current speech, in the order of `rows.LINE` and of `listed`: no date, tag or event is worked out for each."""
        return self._tuples(f"SELECT {LINE} FROM speeches s {IN_ORDER}", (OWN_EVENT,))

    def extent(self) -> tuple[int, int]:
        """How many current speeches there are, and how many content tokens they have."""
        with explained(self.path):
            speeches, tokens = self._db.execute("SELECT count(*), coalesce(sum(tokens), 0) FROM speeches").fetchone()
        return int(speeches), int(tokens)

    def matches(self, query: Query) -> list[str]:
        """Ids of the speeches that a search finds, in order of date, undated ones last, then id.

        Raises:
            QueryError: The search cannot be carried out.
        """
        with explained(self.path):
            return index.matches(self._db, query)

    def spots(self, query: Query, speech: Speech) -> list[tuple[int, int]]:
        """Where a search is met in one speech: offsets (start, end) into its text, in order.

        Raises:
            CorpusError: The index is not that of the text.
        """
        try:
            with explained(self.path):
                return index.spots(self._db, query, speech.id)
        except ValueError as error:
            raise CorpusError(f"cannot search in `{speech.id}`: {error}", hint="tracker doctor --repair") from error

    def is_cut_into_words(self) -> bool:
        """Whether Chinese texts were indexed by words; without rjieba they are indexed by characters."""
        with explained(self.path):
            return self._db.execute("SELECT 1 FROM searched WHERE cut = 'words' LIMIT 1").fetchone() is not None

    def same_text(self, speech: Speech) -> list[str]:
        """Ids of the other current speeches whose text is exactly this one's."""
        query = "SELECT t.id FROM texts t JOIN speeches s ON s.id = t.id WHERE t.hash = ? AND t.id != ? ORDER BY t.id"
        with explained(self.path):
            return [row[0] for row in self._db.execute(query, (text_hash(speech.text), speech.id))]

    def groupings(self) -> Groupings:
        """The tables behind events: which speeches are one, and why."""
        from tracker.store.groupings import Groupings  # not for a list or a search

        return Groupings(self.path, self._db)

    def codings(self) -> Codings:
        """The samples drawn for human coders, and what these said."""
        from tracker.store.codings import Codings

        return Codings(self.path, self._db)

    def remove(self, speech: Speech) -> None:
        """Take a speech out of the corpus (inside `writing`); its text stays for old reports, what the user said for its return."""
        with explained(self.path):
            index.drop(self._db, speech.id)
            self._db.execute(_UNSETTLE, (speech.key,))
            self._db.execute("DELETE FROM speeches WHERE key = ?", (speech.key,))

    def forget(self, key: str) -> None:
        """Forget what the user said about the speech of a key (inside `writing`)."""
        with explained(self.path):
            self._db.execute("DELETE FROM corrections WHERE key = ?", (key,))

    def has_text(self, speech: str) -> bool:
        """Whether a text was ever read under this id, be it that of a speech that was updated or removed since."""
        with explained(self.path):
            return self._db.execute("SELECT 1 FROM texts WHERE id = ?", (speech,)).fetchone() is not None

    def corrections(self, key: str) -> dict[str, str]:
        """What the user said about the speech of a key: field to value."""
        with explained(self.path):
            return dict(self._db.execute("SELECT field, value FROM corrections WHERE key = ? ORDER BY field", (key,)).fetchall())

    def correct(self, key: str, changes: Mapping[str, str]) -> None:
        """Remember what the user said (inside `writing`)."""
        with explained(self.path):
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
        with self.writing(), self._beside_speeches():
            seen = dict(self._db.execute("SELECT theme, theme_hash FROM contrasts WHERE contrast = ?", (contrast,)).fetchall())
            first = [(contrast, t, h if not seen else "") for t, h in sorted(theme_hashes.items()) if t not in seen]
            self._db.executemany("INSERT INTO contrasts VALUES (?, ?, ?)", first)
        return frozenset(t for t, h in theme_hashes.items() if seen and seen.get(t) != h)

    def contrasts(self) -> list[str]:
        """What the contrasts mean that were looked at, in order."""
        with explained(self.path):
            return [row[0] for row in self._db.execute("SELECT DISTINCT contrast FROM contrasts ORDER BY contrast")]

    def hash(self) -> str:
        """Fingerprint of everything in the corpus that can change a number or a word of a report: 12 hex digits, whatever the order of adding.

        It is over every column of `speeches` (the id stands for the text; where a date comes from and what was only suggested are in it too) and over
        the user's corrections of voices. Other corrections are in the columns they changed; events follow from the speeches. It is worked out once, and again
        when a row has changed: the file sees to that itself, whoever changes it.
        """
        with explained(self.path):
            held = self._db.execute("SELECT hash FROM fingerprint").fetchone()
        if held is not None:
            return str(held["hash"])
        if self._db.in_transaction:
            return self._hashed()
        try:
            with explained(self.path):
                self._db.execute("BEGIN")  # what is read and the fingerprint of it are of one moment
            found = self._hashed()
            self._remember(found)
        finally:
            self._db.rollback()
        return found

    def _hashed(self) -> str:
        digest, told = hashlib.sha256(), json.JSONEncoder(ensure_ascii=False).encode
        voices = "SELECT s.id, c.field, c.value FROM corrections c JOIN speeches s ON s.key = c.key WHERE c.field LIKE 'voice:%' ORDER BY s.id, c.field"
        for query in (f"SELECT {COLUMNS} FROM speeches ORDER BY id", voices):
            for row in self._tuples(query):
                digest.update(told(row).encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()[:12]

    def _remember(self, found: str) -> None:
        """Write the fingerprint down (inside a transaction), unless the file cannot be written or another process writes: nobody waits for that."""
        try:
            self._db.execute("PRAGMA busy_timeout = 0")
            with suppress(sqlite3.DatabaseError), self._beside_speeches():
                self._db.execute("INSERT INTO fingerprint VALUES (?)", (found,))
                self._db.commit()
        finally:
            self._db.execute(f"PRAGMA busy_timeout = {round(1000 * LOCK_SECONDS)}")

    @contextmanager
    def _beside_speeches(self) -> Iterator[None]:
        """Write what is no speech (inside a transaction): those that are at hand need not be read again."""
        held = self._all if self._all is not None and self._all[0] == self._version() else None
        yield
        self._all = (self._version(), held[1]) if held else self._all

    def _rows(self, clause: str, values: tuple[Any, ...]) -> list[Speech]:
        return list(self._read(clause, values))

    def _read(self, clause: str, values: tuple[Any, ...]) -> Iterator[Speech]:
        query = f"SELECT {OF_SPEECHES}, t.text FROM speeches s JOIN texts t ON t.id = s.id {clause}"
        with explained(self.path), closing(self._db.execute(query, values)) as rows:
            yield from self._each(rows, to_speech)

    def _tuples(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows without the names of their columns, which cost more than they are worth where all speeches go by."""
        with explained(self.path), closing(self._db.cursor()) as cursor:
            cursor.row_factory = None
            yield from cursor.execute(query, values)

    def _each(self, rows: Iterable[sqlite3.Row], told: Callable[[sqlite3.Row], Answer]) -> Iterator[Answer]:
        """What every row tells.

        Raises:
            CorpusError: A row cannot be read.
        """
        for row in rows:
            try:
                answer = told(row)
            except _UNREADABLE as error:
                raise unreadable(self.path, f"a row cannot be read: {error}") from error
            yield answer
