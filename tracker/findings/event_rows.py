"""Hits and content tokens of every event, as arrays: a side of a hundred thousand events is summed once for all themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tracker.analysis import Analysed
from tracker.counts import ScopeCounts
from tracker.numbered import joined
from tracker.packed import PackedThemes

Numbers = npt.NDArray[np.int64]


class Rows(Mapping[str, tuple[int, int]]):
    """(hits, content tokens) of a theme by event, in order of event id.

    Args:
        events: Ids, ascending.
        hits: Tokens of the theme, shape (events,); fractions of them where it is a topic.
        tokens: Content tokens, shape (events,).
    """

    __slots__ = ("_index", "events", "hits", "tokens")

    def __init__(self, events: Sequence[str], hits: npt.NDArray[Any], tokens: npt.NDArray[Any], index: Mapping[str, int] | None = None) -> None:
        self.events, self.hits, self.tokens, self._index = events, hits, tokens, index

    @staticmethod
    def of(rows: Mapping[str, tuple[int, int]]) -> Rows:
        """The same from any mapping."""
        events = sorted(rows)
        table = np.array([rows[event] for event in events], dtype=np.int64).reshape(-1, 2)
        return Rows(events, table[:, 0], table[:, 1])

    @property
    def index(self) -> Mapping[str, int]:
        """Place of every event."""
        if self._index is None:
            self._index = {event: i for i, event in enumerate(self.events)}
        return self._index

    def __getitem__(self, event: str) -> tuple[int, int]:
        at = self.index[event]
        return int(self.hits[at]), int(self.tokens[at])

    def __iter__(self) -> Iterator[str]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    @property
    def n_spoken(self) -> int:
        """Events that have tokens."""
        return int((self.tokens > 0).sum())

    def chosen(self, events: Iterable[str]) -> Rows:
        """Those of some events alone; ids it does not have are passed over."""
        at = np.array(sorted(self.index[event] for event in events if event in self.index), dtype=np.int64)
        return Rows([self.events[i] for i in at.tolist()], self.hits[at], self.tokens[at])

    def without(self, event: str) -> Rows:
        """The same as if one event had said nothing: without tokens it counts in no share."""
        if event not in self.index:
            return self
        at, hits, tokens = self.index[event], self.hits.copy(), self.tokens.copy()
        hits[at] = tokens[at] = 0
        return Rows(self.events, hits, tokens, self.index)

    def less(self, gone: Mapping[str, int]) -> Rows:
        """The same with fewer hits in some events."""
        hits = self.hits.copy()
        for event, n in gone.items():
            if event in self.index:
                hits[self.index[event]] -= n
        return Rows(self.events, hits, self.tokens, self.index)


class EventTable:
    """Every theme's counts by event, reports of one event summed; held in as few bytes as the largest sum needs.

    Args:
        items: The speeches.
        counted: What is counted of each of them.
        like: The table of something else that is counted of the same speeches, whose events are these.
    """

    def __init__(self, items: Sequence[Analysed], counted: Callable[[Analysed], ScopeCounts], like: EventTable | None = None) -> None:
        if like is None:
            events = [item.speech.event_id for item in items]
            self.events = sorted(set(events))
            self.index = {event: i for i, event in enumerate(self.events)}
            self.at = np.array([self.index[event] for event in events], dtype=np.int32)
        else:
            self.events, self.index, self.at = like.events, like.index, like.at
        held = [counted(item) for item in items]
        self.tokens = np.zeros(len(self.events), dtype=np.int64)
        np.add.at(self.tokens, self.at, np.array([one.tokens for one in held], dtype=np.int64))
        self.columns, table = _table([one.themes for one in held])
        self._sums = _summed(table, self.at)

    def rows(self, theme: str) -> Rows:
        """Hits and tokens of a theme."""
        return Rows(self.events, self._column(theme, 0), self.tokens, self.index)

    def counts(self, theme: str) -> tuple[Numbers, Numbers, Numbers]:
        """Hits, core hits and tokens of a theme, each of shape (events,)."""
        return self._column(theme, 0), self._column(theme, 1), self.tokens

    def _column(self, theme: str, core: int) -> Numbers:
        at = self.columns.get(theme)
        return np.zeros(len(self.events), dtype=np.int64) if at is None else self._sums[2 * at + core].astype(np.int64)


def _summed(table: npt.NDArray[np.integer[Any]], at: npt.NDArray[np.int32]) -> npt.NDArray[np.unsignedinteger[Any]]:
    """The rows of each event added up, shape (columns, events)."""
    if not at.size:
        return np.zeros((table.shape[1], 0), dtype=np.uint16)
    order = np.argsort(at, kind="stable")
    starts = np.flatnonzero(np.diff(at[order], prepend=-1))
    largest = int(table.max(initial=0)) * int(np.diff(starts, append=at.size).max())
    kind = next(kind for kind in (np.uint16, np.uint32, np.uint64) if largest <= np.iinfo(kind).max)
    return np.ascontiguousarray(np.add.reduceat(table[order], starts, axis=0, dtype=kind).T)


def _table(held: Sequence[Mapping[str, tuple[int, int]]]) -> tuple[Mapping[str, int], npt.NDArray[np.integer[Any]]]:
    """Place of every theme, and hits and core hits of each speech in turn, shape (speeches, 2 * themes)."""
    packed = [one for one in held if isinstance(one, PackedThemes)]
    if packed and len(packed) == len(held) and all(one.places == packed[0].places for one in packed):
        return packed[0].places, joined(one.numbers for one in packed).reshape(len(packed), -1)
    places = {theme: i for i, theme in enumerate(sorted({theme for one in held for theme in one}))}
    table: npt.NDArray[np.integer[Any]] = np.zeros((len(held), 2 * len(places)), dtype=np.uint32)
    for row, one in zip(table, held, strict=True):
        for theme, pair in one.items():
            row[2 * places[theme] : 2 * places[theme] + 2] = pair
    return places, table
