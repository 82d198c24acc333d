"""What was worked out once, in a file of its own beside the corpus: it can be deleted at any time and only saves time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.room import Room
from tracker.store.counted import TABLES, CountedWords
from tracker.store.disk import write_ahead

if TYPE_CHECKING:
    from tracker.vocabulary import TypeCounts, TypeRows

_WAIT = 2.0  # seconds for another process that writes; then this one goes without
_BATCH = 500
_TABLE = "CREATE TABLE IF NOT EXISTS parts (speech TEXT NOT NULL, part TEXT NOT NULL, key TEXT NOT NULL, held BLOB NOT NULL, PRIMARY KEY (speech, part));"


class Cache:
    """Parts of speeches by speech and name, each with the key of all that it was made from.

    A folder that cannot be written, a damaged file or one that another process holds is no error: nothing is remembered then.

    Args:
        path: `cache.db` of a workspace; made when something is first put in.
        room: What is held in memory besides; a quarter of the machine's when None.
    """

    def __init__(self, path: Path, room: Room | None = None) -> None:
        self.path = path
        self.room = room or Room()
        self._db: sqlite3.Connection | None = None
        self._counted: CountedWords | None = None
        self.is_usable = True
        self._waiting = 0

    def __reduce__(self) -> tuple[type[Cache], tuple[Path]]:
        """Another process opens the file for itself."""
        return Cache, (self.path,)

    def get(self, speech: str, part: str, key: str) -> bytes | None:
        """Return what is held of a speech under a name, if it was made from the same."""
        db = self._open(create=False)
        if db is None:
            return None
        try:
            found = db.execute("SELECT held FROM parts WHERE speech = ? AND part = ? AND key = ?", (speech, part, key)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return None if found is None else bytes(found[0])

    def put(self, speech: str, part: str, key: str, held: bytes) -> None:
        """Hold a part of a speech; what was held under that name goes."""
        db = self._open(create=True)
        if db is None:
            return
        self._written(db, lambda: db.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)", (speech, part, key, held)))

    def types(self, speech: str, part: str, key: str) -> TypeCounts | None:
        """Return the type counts that are held of a speech under a name, if they were made from the same."""
        if self._open(create=False) is None or self._counted is None:
            return None
        try:
            return self._counted.get(speech, part, key)
        except sqlite3.Error as error:
            self._give_up(error)
            return None

    def put_types(self, speech: str, part: str, key: str, counts: TypeCounts) -> None:
        """Hold the type counts of a speech; those that were held under that name go."""
        db = self._open(create=True)
        if db is not None and (counted := self._counted) is not None:
            self._written(db, lambda: counted.put(speech, part, key, counts))

    def type_rows(self, part: str, keys: Mapping[str, str]) -> Iterator[TypeRows]:
        """Return the type counts of some speeches (id to key), some at a time, in any order; those of which nothing is held are not among them."""
        if self._open(create=False) is None or self._counted is None:
            return
        try:
            yield from self._counted.rows(part, keys)
        except sqlite3.Error as error:
            self._give_up(error)

    def _written(self, db: sqlite3.Connection, write: Callable[[], object]) -> None:
        try:
            if not db.in_transaction:
                db.execute("BEGIN IMMEDIATE")
            write()
            self._waiting += 1
            if self._waiting >= _BATCH:
                self.flush()
        except sqlite3.Error as error:
            self._give_up(error)

    def flush(self) -> None:
        """Write what was put in."""
        self._waiting = 0
        if self._db is not None and self._db.in_transaction:
            try:
                if self._counted is not None:
                    self._counted.finish()
                self._db.commit()
            except sqlite3.Error as error:
                self._give_up(error)

    def keep_only(self, speeches: Collection[str]) -> None:
        """Forget all speeches but these."""
        db = self._open(create=False)
        if db is None:
            return
        try:
            if not db.in_transaction:
                db.execute("BEGIN IMMEDIATE")
            for table in ("parts", "counted"):
                gone = {row[0] for row in db.execute(f"SELECT DISTINCT speech FROM {table}")} - set(speeches)
                db.executemany(f"DELETE FROM {table} WHERE speech = ?", [(speech,) for speech in sorted(gone)])
        except sqlite3.Error as error:
            self._give_up(error)
        self.flush()

    def close(self) -> None:
        """Write what was put in and close the file."""
        self.flush()
        if self._db is not None:
            self._db.close()
            self._db = self._counted = None

    def __del__(self) -> None:
        self.close()

    def _open(self, *, create: bool) -> sqlite3.Connection | None:
        if self._db is None and self.is_usable and (create or self.path.exists()):
            try:
                self._db = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
                write_ahead(self._db, _WAIT)
                self._db.execute("PRAGMA synchronous = OFF")
                self._db.executescript(_TABLE + TABLES)
                self._counted = CountedWords(self._db)
            except sqlite3.Error as error:
                self._give_up(error)
        return self._db

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go without; a file that is no database any more is put away, since all in it can be made again."""
        self.is_usable = False
        if self._db is not None:
            self._db.close()
            self._db = self._counted = None
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            for ending in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
