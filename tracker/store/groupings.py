"""What the corpus remembers for events: a sketch of every text, what pairs of texts share, and which speeches are one event."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.copies import Overlap, Sketch, marks_of, pack, unpack
from tracker.speech import DateStatus, Kind
from tracker.store import prints
from tracker.store.disk import explained
from tracker.store.together import Change, Together

_SEEN = """
SELECT s.id, s.event_date, s.precision, s.status, s.speaker, s.title, s.place, s.outlet, s.kind, s.event, coalesce(k.same, s.id), coalesce(k.runs, 0)
FROM speeches s LEFT JOIN sketches k ON k.id = s.id
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

    def seen(self, ids: Iterable[str] | None = None) -> list[Seen]:
        """All current speeches, without their texts, in order of id; or those among some ids."""
        with explained(self.path):
            if ids is None:
                return _seen(self._db.execute(f"{_SEEN} ORDER BY s.id"))
            return [one for name in sorted(ids) for one in _seen(self._db.execute(f"{_SEEN} WHERE s.id = ?", (name,)))]

    def seen_in(self, year: str, fewest: int) -> list[Seen]:
        """The current speeches of a year (four digits) that are dated to the day, in order of id; none when no day of it has so many as `fewest`."""
        within = "event_date >= ? || '-' AND event_date < ? || '.' AND precision = 'day'"  # the stop comes next to the hyphen
        with explained(self.path):
            crowded = f"SELECT 1 FROM speeches WHERE {within} GROUP BY event_date HAVING count(*) >= ? LIMIT 1"
            if self._db.execute(crowded, (year, year, fewest)).fetchone() is None:
                return []
            return _seen(self._db.execute(f"{_SEEN} WHERE {within} ORDER BY s.id", (year, year)))

    def is_settled(self) -> bool:
        """Whether nothing was put in, changed or taken out since events were last worked out."""
        with explained(self.path):
            return self._db.execute("SELECT 1 FROM unsettled LIMIT 1").fetchone() is None

    def unsettled(self, most: int) -> Iterator[list[Change]]:
        """Id, speaker and day (ISO or "") of what was put in, changed or taken out since events were last worked out, as it was and as it is.

        In order of day: those that are worked out together then hang together, and no day is read again for each batch.

        Args:
            most: How many are given at a time; no more are held.
        """
        with explained(self.path), closing(self._db.execute("SELECT id, speaker, day FROM unsettled ORDER BY day, speaker, id")) as rows:
            while batch := rows.fetchmany(most):
                yield [(a, b, c) for a, b, c in batch]

    def unsettled_years(self) -> list[str]:
        """The years (four digits) in which something changed, in order."""
        with explained(self.path):
            return [row[0] for row in self._db.execute("SELECT DISTINCT substr(day, 1, 4) AS year FROM unsettled WHERE day != '' ORDER BY year")]

    def unsettle_all(self) -> None:
        """Have all events worked out anew."""
        with explained(self.path):
            prints.unsettle_all(self._db)

    def settled(self, artificial: Iterable[date]) -> None:
        """Remember that events are worked out, but for texts that another process put in and nobody has weighed yet, and the days that say nothing."""
        done = "EXISTS (SELECT 1 FROM sketches k WHERE k.id = unsettled.id) OR NOT EXISTS (SELECT 1 FROM speeches s WHERE s.id = unsettled.id)"
        with explained(self.path):
            self._db.execute(f"DELETE FROM unsettled WHERE {done}")
            self._db.execute("DELETE FROM artificial")
            self._db.executemany("INSERT INTO artificial VALUES (?)", sorted((day.isoformat(),) for day in artificial))

    def artificial(self) -> frozenset[date]:
        """The days that said nothing when events were last worked out."""
        with explained(self.path):
            return frozenset(date.fromisoformat(row[0]) for row in self._db.execute("SELECT day FROM artificial"))

    def together(self, changes: Iterable[Change], flipped: frozenset[date], silent: frozenset[date]) -> set[str]:
        """Ids of all texts, former ones too, that can be one event with changed ones or with those of flipped days, or that were."""
        with explained(self.path):
            return Together(self._db, frozenset(day.isoformat() for day in silent - flipped)).reach(changes, sorted(day.isoformat() for day in flipped))

    def unsketched(self) -> list[str]:
        """Ids of current speeches whose text was not weighed against the others yet, in order."""
        query = "SELECT DISTINCT s.id FROM unsettled u JOIN speeches s ON s.id = u.id LEFT JOIN sketches k ON k.id = s.id WHERE k.id IS NULL ORDER BY s.id"
        with explained(self.path):
            return [row[0] for row in self._db.execute(query)]

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

    def put_sketches(self, sketches: Mapping[str, Sketch]) -> list[str]:
        """Remember sketches; return the ids of those held before that may be copies of them, in order."""
        rows = [(name, one.runs, one.same, pack(one.prints)) for name, one in sorted(sketches.items())]
        marks = marks_of(sketches)
        with explained(self.path):
            found = prints.near(self._db, marks.values())
            for same in {one.same for one in sketches.values() if one.same}:
                found.update(row[0] for row in self._db.execute("SELECT id FROM sketches WHERE same = ?", (same,)))
            self._db.executemany("INSERT OR REPLACE INTO sketches VALUES (?, ?, ?, ?)", rows)
            prints.put(self._db, marks)
        return sorted(found - sketches.keys())

    def overlaps(self, ids: Iterable[str]) -> dict[tuple[str, str], Overlap]:
        """What pairs of texts share, as far as it was worked out, by the smaller id, which is one of some; in order."""
        query = "SELECT a, b, contained, jaccard FROM overlaps WHERE a = ? ORDER BY b"
        with explained(self.path):
            return {(a, b): Overlap(c, j) for name in sorted(ids) for a, b, c, j in self._db.execute(query, (name,))}

    def put_overlaps(self, overlaps: Mapping[tuple[str, str], Overlap]) -> None:
        """Remember what pairs of texts share."""
        rows = [(a, b, one.contained, one.jaccard) for (a, b), one in sorted(overlaps.items())]
        with explained(self.path):
            self._db.executemany("INSERT OR REPLACE INTO overlaps VALUES (?, ?, ?, ?)", rows)

    def held(self) -> tuple[Grouping, ...]:
        """The groupings as they were last worked out, in order of event and speech."""
        with explained(self.path):
            return tuple(Grouping(*row) for row in self._db.execute("SELECT id, event, other, reason FROM events ORDER BY event, id"))

    def of(self, ids: Iterable[str]) -> dict[str, Grouping]:
        """The groupings of some speeches, of those that have one, by id."""
        query = "SELECT id, event, other, reason FROM events WHERE id = ?"
        with explained(self.path):
            return {row[0]: Grouping(*row) for name in sorted(ids) for row in self._db.execute(query, (name,))}

    def replace(self, groupings: Iterable[Grouping], ids: Iterable[str]) -> None:
        """Put groupings in the place of all that were held of some speeches."""
        old, new = set(self.of(ids).values()), set(groupings)
        with explained(self.path):
            self._db.executemany("DELETE FROM events WHERE id = ?", sorted((g.speech,) for g in old - new))
            self._db.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", sorted((g.speech, g.event, g.other, g.reason) for g in new - old))


def _seen(rows: Iterable[sqlite3.Row]) -> list[Seen]:
    return [Seen(row[0], date.fromisoformat(row[1]) if row[1] and row[2] == "day" else None, *row[3:]) for row in rows]


def _sketch(row: sqlite3.Row) -> tuple[str, Sketch]:
    return row[0], Sketch(row[1], row[2], unpack(row[3]))
