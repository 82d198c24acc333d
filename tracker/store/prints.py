"""The index of fingerprints: the texts that may be copies of new ones are found without reading the sketches of all others."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from tracker.copies import Marks, Sketch, marks_of, unpack

_AMONG = "SELECT text FROM prints WHERE print IN (SELECT value FROM json_each(?))"  # however many they are
_LONGER = f"{_AMONG} GROUP BY text HAVING count(*) >= ?"
_SHORTER = f"{_AMONG} AND rare > 0 GROUP BY text HAVING count(*) >= min(rare)"
_CHUNK = 4_000  # sketches that are looked at together when the index is made anew


def put(db: sqlite3.Connection, marks: Mapping[str, Marks]) -> None:
    """Index the fingerprints of texts, by id (inside a transaction)."""
    rows = [(mark, one.needed if mark in one.rare else 0, int(name, 16)) for name, one in marks.items() for mark in one.own]
    db.executemany("INSERT OR IGNORE INTO prints VALUES (?, ?, ?)", sorted(rows))


def near(db: sqlite3.Connection, marks: Iterable[Marks]) -> set[str]:
    """Return the ids of indexed texts that may stand in one of these texts, or these in them, by their fingerprints.

    A longer text has enough of the rare fingerprints of the shorter (`copies.marks_of`), so that these alone are counted, of the one and of the other.
    """
    found: set[int] = set()
    for one in marks:
        if one.own:
            found.update(row[0] for row in db.execute(_LONGER, (json.dumps(sorted(one.rare)), one.needed)))
            found.update(row[0] for row in db.execute(_SHORTER, (json.dumps(sorted(one.own)),)))
    return {f"{text:012x}" for text in found}


def rebuild(db: sqlite3.Connection) -> None:
    """Index the fingerprints of all sketches anew, and have all events worked out anew (inside a transaction)."""
    db.execute("DELETE FROM prints")
    last = ""
    while rows := db.execute("SELECT id, runs, same, prints FROM sketches WHERE id > ? ORDER BY id LIMIT ?", (last, _CHUNK)).fetchall():
        put(db, marks_of({row[0]: Sketch(row[1], row[2], unpack(row[3])) for row in rows}))
        last = rows[-1][0]
    unsettle_all(db)


def unsettle_all(db: sqlite3.Connection) -> None:
    """Have all events worked out anew (inside a transaction)."""
    db.execute("INSERT OR IGNORE INTO unsettled SELECT id, speaker, coalesce(event_date, '') FROM speeches")
    db.execute("INSERT OR IGNORE INTO unsettled SELECT id, '', '' FROM events")
