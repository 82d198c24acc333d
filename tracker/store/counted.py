"""How often each word of each speech counts, in the file of the cache: words are numbered once for the whole file, and counts lie there as in memory."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from tracker.numbered import joined
from tracker.vocabulary import VOCABULARY, TypeCounts, TypeRows

if TYPE_CHECKING:
    from tracker.vocabulary import Numbers

TABLES = """
CREATE TABLE IF NOT EXISTS words (first INTEGER PRIMARY KEY, said BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS counted (
    speech TEXT NOT NULL, part TEXT NOT NULL, key TEXT NOT NULL, numbers BLOB NOT NULL, counts BLOB NOT NULL, in_all BLOB, PRIMARY KEY (speech, part));
"""
_AT_ONCE = 10_000  # speeches
_FEW = 8  # where fewer than one of so many rows is asked for, each is looked up for itself
_NONE = 2**32 - 1


class CountedWords:
    """The type counts in a cache.

    A number in the file stands for a word and its term, whatever process wrote it: whoever writes looks first which numbers there are, and new ones are
    written in the same transaction as the counts they are used in.

    Args:
        db: The cache, with its tables.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._here = array("I")  # number in the file -> number in this process
        self._there = array("I")  # and back, of the first `_turned` of them
        self._turned = 0
        self._written = 0  # numbers that are in the file
        self._is_writing = False

    def put(self, speech: str, part: str, key: str, counts: TypeCounts) -> None:
        """Hold the counts of a speech, in a transaction that no other process can write in; `finish` stands at its end."""
        if not self._is_writing:
            self._look()
            self._is_writing = True
        there = self._turn()
        for number in counts.numbers:
            if there[number] == _NONE:
                there[number] = len(self._here)
                self._here.append(number)
        numbers = array("I", map(there.__getitem__, counts.numbers))
        in_all = None if counts.in_all is counts.counts else counts.in_all.tobytes()
        row = (speech, part, key, numbers.tobytes(), counts.counts.tobytes(), in_all)
        self._db.execute("INSERT OR REPLACE INTO counted VALUES (?, ?, ?, ?, ?, ?)", row)

    def finish(self) -> None:
        """Write the numbers that were given in this transaction."""
        self._is_writing = False
        if self._written < len(self._here):
            types = [VOCABULARY.types[number] for number in self._here[self._written :]]
            said = "\n".join(word for both in types for word in both).encode("utf-8", "surrogatepass")
            self._db.execute("INSERT INTO words VALUES (?, ?)", (self._written, said))
            self._written = len(self._here)

    def get(self, speech: str, part: str, key: str) -> TypeCounts | None:
        """The counts of a speech, if they were made from the same."""
        asked = "SELECT numbers, counts, in_all FROM counted WHERE speech = ? AND part = ? AND key = ?"
        found = self._db.execute(asked, (speech, part, key)).fetchone()
        if found is None:
            return None
        numbers = array("I", found[0])
        if numbers and max(numbers) >= len(self._here):
            self._look()
        counts = _unpacked(found[1], found[0])
        in_all = counts if found[2] is None else _unpacked(found[2], found[0])
        return TypeCounts(array("I", list(map(self._here.__getitem__, numbers))), counts, in_all)

    def rows(self, part: str, keys: Mapping[str, str]) -> Iterator[TypeRows]:
        """The counts of some speeches (id to key), as far as they are held, some at a time, in any order."""
        (most,) = self._db.execute("SELECT max(rowid) FROM counted").fetchone()
        told = "SELECT speech, key, numbers, counts, in_all FROM counted"
        found: Any = self._db.execute(f"{told} WHERE part = ?", (part,))
        if len(keys) * _FEW < (most or 0):
            found = (row for speech in keys for row in self._db.execute(f"{told} WHERE speech = ? AND part = ?", (speech, part)).fetchall())
        wanted = (row for row in found if keys.get(row[0]) == row[1])
        while some := list(islice(wanted, _AT_ONCE)):
            yield self._rows(some)

    def _rows(self, some: list[tuple[str, str, bytes, bytes, bytes | None]]) -> TypeRows:
        import numpy as np

        speeches, _, numbers, counts, in_all = zip(*some, strict=True)
        there = np.frombuffer(b"".join(numbers), dtype=np.uint32)
        if there.size and int(there.max()) >= len(self._here):
            self._look()
        sizes = np.fromiter(map(len, numbers), dtype=np.int64, count=len(numbers)) // there.itemsize
        own, whole = (_side_by_side(numbers, held) for held in (counts, [row or counts[i] for i, row in enumerate(in_all)]))
        return TypeRows(speeches, sizes, np.array(self._here, dtype=np.uint32)[there], own, whole)

    def _turn(self) -> array[int]:
        """For every number in this process that in the file; `_NONE` where it has none yet."""
        there = self._there
        there.extend([_NONE] * (len(VOCABULARY) - len(there)))
        for number in range(self._turned, len(self._here)):
            there[self._here[number]] = number
        self._turned = len(self._here)
        return there

    def _look(self) -> None:
        """Read the numbers that were written since."""
        for first, said in self._db.execute("SELECT first, said FROM words WHERE first >= ? ORDER BY first", (self._written,)).fetchall():
            if first != len(self._here):
                raise sqlite3.DatabaseError(f"words of the cache go on at {first} where {len(self._here)} are known")
            words = said.decode("utf-8", "surrogatepass").split("\n")
            self._here.extend(VOCABULARY.numbers(list(zip(words[::2], words[1::2], strict=True))))
            self._written = len(self._here)


def _side_by_side(numbers: Sequence[bytes], counts: Sequence[bytes]) -> Numbers:
    """Counts of several speeches one behind another; those of each take as many bytes as its numbers, or half as many."""
    import numpy as np

    if 2 * sum(map(len, counts)) == sum(map(len, numbers)):
        return np.frombuffer(b"".join(counts), dtype=np.uint16)
    return joined([_unpacked(held, row) for row, held in zip(numbers, counts, strict=True)])


def _unpacked(counts: bytes, numbers: bytes) -> array[int]:
    """The counts of one speech: four bytes each as their numbers, or two where all of them fit."""
    return array("H" if len(counts) < len(numbers) else "I", counts)
