"""Counts of words of every speech in the cache beside rows of a table: `python tests/benchmarks/counts_stored.py --write`."""

from __future__ import annotations

import argparse
import gc
import json
import os
import pickle
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import chain, pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from benchmark_page import put, table
from invented import grown_records
from scipy.sparse import csr_array
from turns import texts

Rows = list[tuple[int, int, int]]
GOAL = 0.2  # seconds to load all counts of 33,000 speeches
TRIPLES = "CREATE TABLE counts (speech INTEGER NOT NULL, term INTEGER NOT NULL, n INTEGER NOT NULL); CREATE INDEX of_speech ON counts (speech)"
BLOBS = "CREATE TABLE counts (speech INTEGER PRIMARY KEY, held BLOB NOT NULL)"
TERMS = "CREATE TABLE terms (term INTEGER PRIMARY KEY, name TEXT NOT NULL)"
READ = (
    "`python tests/benchmarks/counts_stored.py --write`. {n:,} invented speeches of about 340 words of real sentences ({words:,} words, {cells:,} counts of {terms:,} terms). *Ours* is what "
    "the tool does (`store/counted.py`, `analysis.py`, `matrix.py`): a row for each speech in `cache.db` with the numbers of its words, which hold for the whole file, and how often each "
    "counts, as they lie in memory; all are read by one query, each is taken only if it was made of the same text by the same code and settings, and words are summed by lemma into a matrix "
    "whose terms are sorted. *Triples*: a table of speech, term and number with an index on speech, filled by "
    "`executemany` in one transaction. *Blob of counts*: a row for each speech with its pairs of term and number, sorted already and with nothing to check: what could be "
    "had at best. All three end in the same sparse matrix with the names of its terms, each time from a newly opened file and with nothing numbered before; the texts are read already."
)
STORED = (
    "One more speech into the full files, what is stored being ready: milliseconds of {n} speeches one by one, the median, as they pass and of the CPU. The tool asks its cache to wait for no disk "
    "(`PRAGMA synchronous = OFF`), since the file only saves time and is made again when it is lost; to be compared, all are told as it does and with `FULL`. One `fsync` of a file alone, "
    "after as many bytes as ours writes: {fsync:.2f} ms."
)


class Bench:
    """The same counts in three files.

    Args:
        place: A folder.
        n: Speeches that are loaded.
        more: Speeches that are added afterwards.
    """

    def __init__(self, place: Path, n: int, more: int) -> None:
        from tracker.lexicon import read_themes
        from tracker.matrix import count_terms
        from tracker.recipe import Recipe
        from tracker.speech import Speech
        from tracker.tasks.workspace import codebook

        (place / "themes.toml").write_text(codebook("policy"), encoding="utf-8")
        self.place, self.n, self.lexicon, self.recipe = place, n, read_themes(place / "themes.toml"), Recipe()
        sentences = [one for text, language in texts() if language == "en" for one in re.split(r"(?<=[.!?])\s+", text) if 3 < one.count(" ") < 60]
        rows = list(grown_records(n + more, sentences))
        self.speeches = sorted((Speech(key=row["id"], text=row["text"], language="en", event="own") for row in rows), key=lambda one: one.key)
        self.words = sum(speech.text.count(" ") + 1 for speech in self.speeches[:n])
        self.files = {name: place / f"{name}.db" for name in ("ours", "triples", "blobs")}
        self.further: list[tuple[str, str, str, Any]] = []
        items = self._fill("ours", self.speeches[:n])
        matrix = count_terms(items, [item.speech.key for item in items], frozenset())
        self.terms, self.counts = matrix.terms, matrix.counts
        del items, matrix
        self._fill("later", self.speeches[n:])
        later = self.cache("later")
        self.further = [(*row, pickle.dumps(later.types(*row))) for speech in self.speeches[n:] for row in [(speech.id, *self._types_of(speech))]]
        later.close()
        self._fill_others()

    def cache(self, name: str) -> Any:
        """The tool's cache in one of the files, holding next to nothing in memory."""
        from tracker.room import Room
        from tracker.store.cache import Cache

        return Cache(self.files.get(name, self.place / f"{name}.db"), Room(0))

    def _known(self, reader: Any, speech: Any) -> Any:
        found = reader.known(speech)
        if found is None:
            sys.exit(f"{speech.key} is not in the cache")
        return found

    def _fill(self, name: str, speeches: list[Any]) -> list[Any]:
        """Count speeches and have the cache remember it, as `tracker add` does."""
        from tracker.analysis import Reader

        cache = self.cache(name)
        reader = Reader(self.lexicon, self.recipe, cache=cache)
        for speech in speeches:
            reader.prepare(speech)
        cache.flush()
        return [reader.read(speech) for speech in speeches]

    def _types_of(self, speech: Any) -> tuple[str, str]:
        from tracker.analysis import Reader

        return Reader(self.lexicon, self.recipe, cache=self.cache("ours"))._types_of(speech)[1:]

    def _fill_others(self) -> None:
        counts = self.counts
        speech = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        pairs = np.column_stack([counts.indices, counts.data]).astype(np.int32)
        ends = counts.indptr.tolist()
        rows = zip(speech.tolist(), counts.indices.tolist(), counts.data.tolist(), strict=True)
        blobs = ((i, pairs[begin:end].tobytes()) for i, (begin, end) in enumerate(pairwise(ends)))
        for name, made, told, filled in (("triples", TRIPLES, "(?, ?, ?)", rows), ("blobs", BLOBS, "(?, ?)", blobs)):
            db = sqlite3.connect(self.files[name], isolation_level=None)
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(f"{made}; {TERMS}")
            db.execute("BEGIN")
            db.executemany(f"INSERT INTO counts VALUES {told}", filled)
            db.executemany("INSERT INTO terms VALUES (?, ?)", enumerate(self.terms))
            db.execute("COMMIT")
            db.close()

    def known(self) -> tuple[Any, list[Any], float]:
        """The newly opened cache, what is counted of themes in each speech, which is no part of this, and its CPU seconds."""
        from tracker.analysis import Reader

        cache = self.cache("ours")
        reader, begun = Reader(self.lexicon, self.recipe, cache=cache), time.process_time()
        return cache, [self._known(reader, speech) for speech in self.speeches[: self.n]], time.process_time() - begun

    def ours(self, items: list[Any]) -> tuple[csr_array, list[str]]:
        """All counts as the tool loads them."""
        from tracker.matrix import count_terms

        matrix = count_terms(items, [item.speech.key for item in items], frozenset())
        return matrix.counts, list(matrix.terms)

    def triples(self) -> tuple[csr_array, list[str]]:
        """All counts from the rows of a table."""
        db = sqlite3.connect(self.files["triples"])
        numbers = np.fromiter(chain.from_iterable(db.execute("SELECT speech, term, n FROM counts")), dtype=np.int32).reshape(-1, 3)
        names = [name for (name,) in db.execute("SELECT name FROM terms ORDER BY term")]
        db.close()
        return csr_array((numbers[:, 2], (numbers[:, 0], numbers[:, 1])), shape=(self.n, len(names))), names

    def blobs(self) -> tuple[csr_array, list[str]]:
        """All counts from a blob of pairs for each speech."""
        db = sqlite3.connect(self.files["blobs"])
        held = [blob for (blob,) in db.execute("SELECT held FROM counts ORDER BY speech")]
        names = [name for (name,) in db.execute("SELECT name FROM terms ORDER BY term")]
        db.close()
        pairs = np.frombuffer(b"".join(held), dtype=np.int32).reshape(-1, 2)
        ends = np.concatenate([[0], np.cumsum([len(blob) // pairs[:1].nbytes for blob in held])])
        return csr_array((pairs[:, 1].copy(), pairs[:, 0].copy(), ends.astype(np.int32)), shape=(self.n, len(names))), names

    def pieces(self, items: list[Any]) -> dict[str, float]:
        """CPU seconds of some of what ours does: the keys, and the rows with the words of the file; the rest is sorting and summing."""
        from tracker.analysis import rows_of_types

        cache, times = self.cache("ours"), [time.process_time()]
        keys = {item.speech.id: item.reader._types_of(item.speech)[2] for item in items}
        times.append(time.process_time())
        n = sum(len(rows.speeches) for rows in cache.type_rows(self._types_of(items[0].speech)[0], keys))
        times.append(time.process_time())
        if n != len(items) or sum(len(rows.speeches) for rows in rows_of_types(items)) != n:
            sys.exit(f"{n} of {len(items)} speeches have rows")
        cache.close()
        return dict(zip(("keys", "rows"), np.diff(times).tolist(), strict=True))

    def stored(self, waits: str) -> dict[str, tuple[float, float]]:
        """Milliseconds, as they pass and of the CPU, of storing one more speech in each of the files, in turns; taken out again afterwards."""
        cache = self.cache("ours")
        cache.get("", "", "")
        others = {name: sqlite3.connect(self.files[name], isolation_level=None) for name in ("triples", "blobs")}
        for db in (cache._db, *others.values()):  # the tool itself never waits
            db.execute(f"PRAGMA synchronous = {waits}")
        took: dict[str, list[tuple[float, float]]] = {"ours": [], "triples": [], "blobs": []}
        for i, (*named, held) in enumerate(self.further):
            row = (*named, pickle.loads(held))  # noqa: S301 - words are numbered anew by then
            begin, end = self.counts.indptr[[i, i + 1]].tolist()  # the counts of another speech of the same kind
            pairs = np.column_stack([self.counts.indices[begin:end], self.counts.data[begin:end]]).astype(np.int32)
            rows, blob = [(self.n + i, term, n) for term, n in pairs.tolist()], pairs.tobytes()

            def ours(row: tuple[Any, ...] = row) -> None:
                cache.put_types(*row)
                cache.flush()

            def triples(rows: Rows = rows) -> None:
                others["triples"].execute("BEGIN IMMEDIATE")
                others["triples"].executemany("INSERT INTO counts VALUES (?, ?, ?)", rows)
                others["triples"].execute("COMMIT")

            def blobs(number: int = self.n + i, blob: bytes = blob) -> None:
                others["blobs"].execute("INSERT INTO counts VALUES (?, ?)", (number, blob))

            for name, call in (("ours", ours), ("triples", triples), ("blobs", blobs)):
                took[name].append(timed(call))
        cache.keep_only([speech.id for speech in self.speeches[: self.n]])
        cache.close()
        for db in others.values():
            db.execute("DELETE FROM counts WHERE speech >= ?", (self.n,))
            db.close()
        return {name: (1000 * median(wall for wall, _ in one), 1000 * median(cpu for _, cpu in one)) for name, one in took.items()}

    def fsync(self) -> float:
        """Milliseconds of one fsync, the median."""
        took = []
        with (self.place / "plain").open("ab", buffering=0) as file:
            for *_, counts in self.further:
                file.write(counts)
                took.append(timed(lambda: os.fsync(file.fileno()))[0])
        return 1000 * median(took)

    def megabytes(self) -> dict[str, float]:
        """Size of each file, and of what is in the tool's."""
        sizes = {name: path.stat().st_size / 1e6 for name, path in self.files.items()}
        db = sqlite3.connect(self.files["ours"])
        sizes["counts"] = db.execute("SELECT sum(length(numbers) + length(counts) + ifnull(length(in_all), 0)) FROM counted").fetchone()[0] / 1e6
        sizes["words"] = db.execute("SELECT sum(length(said)) FROM words").fetchone()[0] / 1e6
        sizes |= {part: size / 1e6 for part, size in db.execute("SELECT part, sum(length(held)) FROM parts GROUP BY part")}
        db.close()
        return sizes


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds as they pass, and of the CPU."""
    begun = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - begun[0], time.process_time() - begun[1]


def loads(bench: Bench, rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """Median CPU seconds of loading everything in each of the three ways, in turns, and of the steps of ours."""
    from tracker.vocabulary import VOCABULARY

    took: dict[str, list[float]] = {"ours": [], "triples": [], "blobs": []}
    steps: dict[str, list[float]] = {}
    for _ in range(rounds):
        cache, items, themes = bench.known()
        for name, call in {"ours": lambda items=items: bench.ours(items), "triples": bench.triples, "blobs": bench.blobs}.items():
            VOCABULARY.clear()
            VOCABULARY.types.clear()
            gc.collect()
            begun = time.process_time()
            counts, names = call()
            took[name].append(time.process_time() - begun)
            if tuple(names) != bench.terms or (counts != bench.counts).nnz:
                sys.exit(f"{name}: not the same counts")
            del counts, names
        cache.close()
        cache, items, _ = bench.known()
        VOCABULARY.clear()
        VOCABULARY.types.clear()
        for name, seconds in (bench.pieces(items) | {"themes": themes}).items():
            steps.setdefault(name, []).append(seconds)
        cache.close()
    return {name: median(seconds) for name, seconds in took.items()}, {name: median(seconds) for name, seconds in steps.items()}


def main() -> None:
    """Fill the files, load them and add to them in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speeches", type=int, default=33_000)
    parser.add_argument("--more", type=int, default=200, help="speeches that are stored one by one")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tracker-counts-") as place:
        bench = Bench(Path(place), asked.speeches, asked.more)
        sizes = bench.megabytes()
        took, steps = loads(bench, asked.rounds)
        stored = {waits: bench.stored(waits) for waits in ("OFF", "FULL")}
        fsync = bench.fsync()
    names = {"ours": "**ours**", "triples": "triples", "blobs": "blob of counts"}
    rows = [(told, f"{took[name]:.2f}", f"{took['triples'] / took[name]:.2f}", f"{sizes[name]:.0f}") for name, told in names.items()]
    loading = table(("all counts loaded", "CPU s", "times as fast as triples", "file, MB"), rows)
    cells = [(told, *(f"{ms:.2f}" for waits in ("OFF", "FULL") for ms in stored[waits][name])) for name, told in names.items()]
    storing = table(("one more speech stored", "ms, not waiting", "CPU ms", "ms, waiting for the disk", "CPU ms"), cells)
    goal = GOAL * asked.speeches / 33_000
    parts = ", ".join(f"{part.split()[0]} {size:.0f}" for part, size in sizes.items() if part not in names)
    held = f"In ours there are more things than counts, in MB: {parts}; the rest of its file is keys, the index and room left in its pages."
    why = (
        f"Of ours {steps['keys']:.2f} s go to the keys, {steps['rows']:.2f} s to the rows and the words of the file, and the rest to the matrix: words left out, sums by lemma, sorting. "
        f"What is counted of themes in each speech, with the mark of every token, is held for itself and read speech by speech: {steps['themes']:.1f} s more, in this run."
    )
    times = took["ours"] / took["triples"]
    beside = f"{times:.1f} times as slow as triples" if times > 1 else f"{1 / times:.1f} times as fast as triples"
    reached = "reached" if took["ours"] <= goal else "missed"
    nearest = "would reach it" if took["blobs"] <= goal else "comes nearest"
    verdict = (
        f"So ours is {beside} at this one thing, and the goal, {goal:.2g} s for all counts of {asked.speeches:,} speeches, is {reached} ({took['ours'] / goal:.1f} times that). "
        f"A row for each speech that is sorted already and is not checked {nearest} ({took['blobs']:.2f} s); it would have to be written again whenever a new word comes "
        "between two others."
    )
    size = f"{asked.speeches:,} speeches"
    told = f"{loading}\n\n{held}\n\n{why}\n\n{verdict}\n\n{STORED.format(n=asked.more, fsync=fsync)}\n\n{storing}"
    sys.stdout.write(f"{size}\n{told}\n")
    figures = {"size": size, "seconds": took, "steps": steps, "mb": sizes, "stored_ms": stored, "fsync_ms": fsync}
    sys.stdout.write(json.dumps({"benchmark": "counts_stored", **figures}) + "\n")
    if asked.write:
        read = READ.format(n=asked.speeches, words=bench.words, cells=bench.counts.nnz, terms=len(bench.terms))
        put("Counts stored", f"{read}\n\n{told}", libraries=("numpy", "scipy"))


if __name__ == "__main__":
    main()
