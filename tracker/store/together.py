"""Which speeches can be one event with changed ones: found along what joins speeches, without reading the rest of the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from tracker.speech import OWN_EVENT

Change = tuple[str, str, str]


def fold(speaker: str) -> str:
    """Return a speaker's name as it is compared: case-folded, with single spaces."""
    return " ".join(speaker.casefold().split())


class Together:
    """Follows everything by which two speeches may become or may have been one event.

    Args:
        db: The corpus.
        silent: Days (ISO) that say nothing, and said nothing before: their speeches are not joined by their day.
    """

    def __init__(self, db: sqlite3.Connection, silent: frozenset[str]) -> None:
        self._db, self._silent = db, silent
        self._days: dict[str, dict[str, list[str]]] = {}

    def reach(self, changes: Iterable[Change], days: Iterable[str]) -> set[str]:
        """Return the ids of all texts that hang together with changed ones, former texts too.

        Args:
            changes: Id, speaker and day (ISO) of what was put in, changed or taken out, as it was and as it is.
            days: Days that began or ceased to say nothing.
        """
        waiting: set[str] = set()
        for name, speaker, day in changes:
            waiting |= {name, *self._bucket(speaker, day)}
        for day in days:
            waiting.update(name for names in self._of_day(day).values() for name in names)
        reached: set[str] = set()
        while waiting:
            name = waiting.pop()
            reached.add(name)
            waiting.update(other for other in self._joined(name) if other not in reached)
        return reached

    def _joined(self, name: str) -> Iterator[str]:
        """Yield the texts that share words with a text, were one event with it, bear the same name of an event, or are its speaker's on its day."""
        for query in (
            "SELECT b FROM overlaps WHERE a = ?",
            "SELECT a FROM overlaps WHERE b = ?",
            "SELECT f.id FROM events e JOIN events f ON f.event = e.event WHERE e.id = ?",
            "SELECT id FROM speeches WHERE event = ? AND event != ''",
        ):
            yield from (row[0] for row in self._db.execute(query, (name,)))
        row = self._db.execute("SELECT speaker, coalesce(event_date, ''), event FROM speeches WHERE id = ?", (name,)).fetchone()
        if row is None:
            return
        yield from self._bucket(row[0], row[1])
        if row[2] not in ("", OWN_EVENT):
            yield from (held[0] for held in self._db.execute("SELECT id FROM speeches WHERE event = ? AND event != '' OR id = ?", (row[2], row[2])))

    def _bucket(self, speaker: str, day: str) -> list[str]:
        """The speeches of one speaker on one day."""
        if not speaker or not day or day in self._silent:
            return []
        return self._of_day(day).get(fold(speaker), [])

    def _of_day(self, day: str) -> dict[str, list[str]]:
        """The speeches of a day by speaker."""
        if day not in self._days:
            held = self._days[day] = {}
            for row in self._db.execute("SELECT id, speaker FROM speeches WHERE event_date = ? AND precision = 'day'", (day,)):
                held.setdefault(fold(row[1]), []).append(row[0])
        return self._days[day]
