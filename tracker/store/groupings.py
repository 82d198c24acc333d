"""What the corpus remembers for events: a sketch of every text, what pairs of texts share, and which speeches are one event."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.copies import Overlap, Sketch, pack, unpack
from tracker.speech import DateStatus, Kind
from tracker.store.disk import explained

_SEEN = """
SELECT s.id, s.event_date, s.precision, s.status, s.speaker, s.title, s.place, s.outlet, s.kind, s.event, coalesce(k.same, s.id), coalesce(k.runs, 0)
FROM speeches s LEFT JOIN sketches k ON k.id = s.id ORDER BY s.id
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What grouping needs to know of one speech.

    Args:
        id: The speech.
        day: Its day; None when it is not known to the day.
        status: How the day is known.
        event: What the user or the source says: a name, `own`, or "".
        text: Fingerprint of the text; equal for the same words.
        runs: Different runs of words in it, as `copies.runs_of` counts them.
    """

    id: str
    day: date | None
    status: DateStatus
    speaker: str = ""
    title: str = ""
    place: str = ""
    outlet: str = ""
    kind: Kind = "transcript"
    event: str = ""
    text: str = ""
    runs: int = 0


@dataclass(frozen=True, slots=True)
class Grouping:
    """Why a speech belongs to an event with other speeches.

    Args:
        speech: The speech's id.
        event: The event's id: the smallest id of its speeches, or the user's name for it.
        other: Another speech of the event, the one the reason speaks of.
        reason: One sentence a reader can check.
    """

    speech: str
    event: str
    other: str
    reason: str


class Groupings:
    """The tables behind events; use `Store.groupings`. Writing methods belong inside `Store.writing`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection

    def seen(self) -> list[Seen]:
        """All current speeches, without their texts, in order of id."""
        with explained(self.path):
            rows = self._db.execute(_SEEN).fetchall()
        return [Seen(row[0], date.fromisoformat(row[1]) if row[1] and row[2] == "day" else None, *row[3:]) for row in rows]

    def unsketched(self) -> list[str]:
        """Ids of current speeches whose text was not weighed against the others yet, in order."""
        with explained(self.path):
            return [row[0] for row in self._db.execute("SELECT id FROM speeches WHERE id NOT IN (SELECT id FROM sketches) ORDER BY id")]

    def text(self, speech: str) -> str:
        """The text of a speech."""
        with explained(self.path):
            return str(self._db.execute("SELECT text FROM texts WHERE id = ?", (speech,)).fetchone()[0])

    def sketches(self, ids: Iterable[str] | None = None) -> Iterator[tuple[str, Sketch]]:
        """Every sketch there is, of former texts too, in order of id; or those of some speeches."""
        columns = "SELECT id, runs, same, prints FROM sketches"
        with explained(self.path):
            if ids is not None:
                for name in ids:
                    yield from (_sketch(row) for row in self._db.execute(f"{columns} WHERE id = ?", (name,)).fetchall())
                return
            with closing(self._db.execute(f"{columns} ORDER BY id")) as rows:
                yield from map(_sketch, rows)

    def put_sketches(self, sketches: Mapping[str, Sketch]) -> None:
        """Remember sketches."""
        rows = [(name, one.runs, one.same, pack(one.prints)) for name, one in sorted(sketches.items())]
        with explained(self.path):
            self._db.executemany("INSERT OR REPLACE INTO sketches VALUES (?, ?, ?, ?)", rows)

    def overlaps(self) -> dict[tuple[str, str], Overlap]:
        """What pairs of texts share, as far as it was worked out; the smaller id first."""
        with explained(self.path):
            return {(a, b): Overlap(c, j) for a, b, c, j in self._db.execute("SELECT a, b, contained, jaccard FROM overlaps ORDER BY a, b")}

    def put_overlaps(self, overlaps: Mapping[tuple[str, str], Overlap]) -> None:
        """Remember what pairs of texts share."""
        rows = [(a, b, one.contained, one.jaccard) for (a, b), one in sorted(overlaps.items())]
        with explained(self.path):
            self._db.executemany("INSERT OR REPLACE INTO overlaps VALUES (?, ?, ?, ?)", rows)

    def held(self) -> tuple[Grouping, ...]:
        """The groupings as they were last worked out, in order of event and speech."""
        with explained(self.path):
            return tuple(Grouping(*row) for row in self._db.execute("SELECT id, event, other, reason FROM events ORDER BY event, id"))

    def replace(self, groupings: Iterable[Grouping]) -> None:
        """Put groupings in the place of all that were held."""
        old, new = set(self.held()), set(groupings)
        with explained(self.path):
            self._db.executemany("DELETE FROM events WHERE id = ?", sorted((g.speech,) for g in old - new))
            self._db.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", sorted((g.speech, g.event, g.other, g.reason) for g in new - old))


def _sketch(row: sqlite3.Row) -> tuple[str, Sketch]:
    return row[0], Sketch(row[1], row[2], unpack(row[3]))
