"""What the corpus remembers for human coding: the samples that were drawn, from what, and what every coder said."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.store.disk import explained

SETTLED = ""

Stratum = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample of passages.

    Args:
        id: `sample-1`, `sample-2`, ...
        made: The day it was drawn, ISO.
        design: The themes asked about and every setting the passages depend on.
        strata: (speech, stratum) to the passages of the population there; a stratum is (leading theme or "", period, outlet or "").
        passages: Passage to (speech, stratum), the passages drawn.
    """

    id: str
    made: str
    design: Mapping[str, Any]
    strata: Mapping[tuple[str, Stratum], int]
    passages: Mapping[str, tuple[str, Stratum]]


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder said of one passage and theme; coder SETTLED for what was settled where coders differed."""

    passage: str
    theme: str
    coder: str
    code: int
    coded: str


class Codings:
    """The tables behind samples and codings; use `Store.codings`. Writing methods belong inside `Store.writing`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection

    def names(self) -> tuple[str, ...]:
        """Ids of the samples, in the order they were drawn."""
        with explained(self.path):
            return tuple(row[0] for row in self._db.execute("SELECT id FROM samples ORDER BY rowid"))

    def sample(self, name: str) -> Drawn:
        """One sample with everything known of it."""
        with explained(self.path):
            made, design = self._db.execute("SELECT made, design FROM samples WHERE id = ?", (name,)).fetchone()
            strata = self._db.execute("SELECT speech, stratum, passages FROM sample_strata WHERE sample = ? ORDER BY speech, stratum", (name,)).fetchall()
            drawn = self._db.execute("SELECT passage, speech, stratum FROM sampled WHERE sample = ? ORDER BY passage", (name,)).fetchall()
        return Drawn(name, made, json.loads(design), {(a, _stratum(b)): n for a, b, n in strata}, {p: (speech, _stratum(s)) for p, speech, s in drawn})

    def put_sample(self, drawn: Drawn) -> None:
        """Remember a sample."""
        strata = [(drawn.id, speech, _text(stratum), n) for (speech, stratum), n in sorted(drawn.strata.items())]
        passages = [(drawn.id, passage, speech, _text(stratum)) for passage, (speech, stratum) in sorted(drawn.passages.items())]
        with explained(self.path):
            self._db.execute("INSERT INTO samples VALUES (?, ?, ?)", (drawn.id, drawn.made, json.dumps(drawn.design, ensure_ascii=False, sort_keys=True)))
            self._db.executemany("INSERT INTO sample_strata VALUES (?, ?, ?, ?)", strata)
            self._db.executemany("INSERT INTO sampled VALUES (?, ?, ?, ?)", passages)

    def samples_of(self, passages: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The samples each of these passages was drawn in; one that never was drawn is not there."""
        found: dict[str, tuple[str, ...]] = {}
        order = "SELECT s.sample FROM sampled s JOIN samples m ON m.id = s.sample WHERE s.passage = ? ORDER BY m.rowid"
        with explained(self.path):
            for passage in passages:
                if names := tuple(row[0] for row in self._db.execute(order, (passage,))):
                    found[passage] = names
        return found

    def put(self, codings: Iterable[Coding]) -> None:
        """Remember codings; what the same coder said before of the same passage and theme is replaced, and keeps its day where it is the same."""
        rows = sorted((c.passage, c.theme, c.coder, c.code, c.coded) for c in codings)
        insert = (
            "INSERT INTO codings VALUES (?, ?, ?, ?, ?) ON CONFLICT (passage, theme, coder) "
            "DO UPDATE SET code = excluded.code, coded = excluded.coded WHERE code != excluded.code"
        )
        with explained(self.path):
            self._db.executemany(insert, rows)

    def forget(self, codings: Iterable[Coding]) -> None:
        """Take codings back."""
        rows = sorted((c.passage, c.theme, c.coder) for c in codings)
        with explained(self.path):
            self._db.executemany("DELETE FROM codings WHERE passage = ? AND theme = ? AND coder = ?", rows)

    def held(self) -> tuple[Coding, ...]:
        """All codings, in order of passage, theme and coder."""
        with explained(self.path):
            return tuple(Coding(*row) for row in self._db.execute("SELECT passage, theme, coder, code, coded FROM codings ORDER BY passage, theme, coder"))

    def hash(self) -> str:
        """Fingerprint of samples and codings, 12 hex digits; "" where there are no codings."""
        held = self.held()
        told = [[c.passage, c.theme, c.coder, c.code, c.coded] for c in held]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:12] if held else ""


def _text(stratum: Stratum) -> str:
    return json.dumps(list(stratum), ensure_ascii=False)


def _stratum(text: str) -> Stratum:
    theme, period, outlet = json.loads(text)
    return theme, period, outlet
