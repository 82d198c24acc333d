"""Tokens of topics in speeches: under the model, and under each of its refits, which are worked out once for a speech and remembered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy
from scipy.sparse import csr_array

from tracker.matrix import TermMatrix
from tracker.parts import Cache, code_hash
from tracker.progress import Progress

if TYPE_CHECKING:
    from tracker.models.base import TopicModel

Array = Any
_BLOCK = 20_000  # passages looked at together
_STEP = "measuring topics"


@dataclass(frozen=True, slots=True, eq=False)
class TopicTokens:
    """How many tokens of each topic some speeches hold.

    Args:
        speeches: Their ids, in the order of the matrix.
        tokens: Content tokens of each, shape (speeches,).
        held: Those of each topic under the model, shape (speeches, topics).
        refits: And under each refit, in single precision, as the model keeps its refits: shape (refits, speeches, topics); NaN where one lacks a topic.
        shares: Shares of the topics in each of their passages under the model, in single precision, shape (passages, topics).
    """

    speeches: tuple[str, ...]
    tokens: Array
    held: Array
    refits: Array
    shares: Array


def topic_tokens(model: TopicModel, matrix: TermMatrix, cache: Cache | None = None, *, progress: Progress | None = None) -> Iterator[TopicTokens]:
    """Measure speeches under a model and under its refits, some speeches at a time: a million of them under six refits are a gigabyte.

    Args:
        model: The model.
        matrix: Counts of passages, those of a speech one behind another.
        cache: Where tokens under the refits are looked up, and remembered: by what the model and its refits are and what the passages count.
        progress: Called with (step, done, total).

    Yields:
        Speeches in the order of the matrix; of each the same to the last digit whether it was remembered or not, and whatever others are in the matrix.
    """
    from tracker.models.align import counts_on
    from tracker.models.fitting import infer
    from tracker.models.refits import number_of

    starts = _starts(matrix.unit_speech)
    speeches = tuple(matrix.unit_speech[start] for start in starts[:-1])
    n_refits = number_of(model.state)
    blocks, made_of = list(_blocks(starts)), _made_of(model) if cache is not None and n_refits else ""
    done = _Done(progress, len(blocks) * (1 + n_refits))
    for first, last in blocks:
        begin = starts[first : last + 1] - starts[first]
        known = counts_on(csr_array(matrix.counts[starts[first] : starts[last]]), matrix.terms, model.terms)
        weights = np.asarray(matrix.counts[starts[first] : starts[last]].sum(axis=1), dtype=float).ravel()
        own = infer(model, _passages(known, model.terms))
        done.more()
        refits = np.empty((n_refits, last - first, len(model.topics)), dtype=np.float32)
        _under_refits(refits, model, (known, weights, begin), _Remembered(cache, speeches[first:last], made_of), done)
        yield TopicTokens(speeches[first:last], np.add.reduceat(weights, begin[:-1]), _summed(own, weights, begin), refits, own.astype(np.float32))
    if cache is not None:
        cache.flush()


def _under_refits(refits: Array, model: TopicModel, passages: tuple[csr_array, Array, Array], remembered: _Remembered, done: _Done) -> None:
    """Fill in the tokens under each refit: what is remembered, and what is worked out and remembered now."""
    from tracker.models.fitting import infer_refits

    known, weights, begin = passages
    keys = remembered.keys(known, begin)
    missing = remembered.fill(refits, keys)
    if not missing.size or not len(refits):
        done.more(len(refits))
        return
    mine = np.repeat(np.isin(np.arange(refits.shape[1]), missing), np.diff(begin))
    ends = np.concatenate([[0], np.cumsum(np.diff(begin)[missing])])
    for number, some in enumerate(infer_refits(model, _passages(csr_array(known[mine]), model.terms))):
        refits[number, missing] = _summed(some, weights[mine], ends)
        done.more()
    remembered.put(refits, keys, missing)


class _Done:
    """Tells how far it is."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._done, self._total = progress, 0, total
        self.more(0)

    def more(self, steps: int = 1) -> None:
        """Tell of further steps."""
        self._done += steps
        if self._progress is not None:
            self._progress(_STEP, self._done, self._total)


def _starts(unit_speech: Sequence[str]) -> Array:
    """The first passage of every speech, and behind them the number of passages."""
    said = np.array(unit_speech, dtype=object)
    first = np.flatnonzero(np.concatenate([[True], said[1:] != said[:-1]])) if said.size else np.zeros(0, dtype=np.intp)
    return np.concatenate([first, [said.size]]).astype(np.intp)


def _blocks(starts: Array) -> Iterator[tuple[int, int]]:
    """Whole speeches, about so many passages of them together."""
    first, n = 0, len(starts) - 1
    while first < n:
        last = int(np.clip(np.searchsorted(starts, starts[first] + _BLOCK, side="right") - 1, first + 1, n))
        yield first, last
        first = last


def _passages(counts: csr_array, terms: tuple[str, ...]) -> TermMatrix:
    numbers = tuple(map(str, range(counts.shape[0])))
    return TermMatrix(counts, terms, numbers, numbers, {})


def _summed(shares: Array, weights: Array, begin: Array) -> Array:
    """The tokens of each topic in each speech, whose passages begin there; shape (speeches, topics)."""
    return np.add.reduceat(shares * weights[:, None], begin[:-1], axis=0)


def _made_of(model: TopicModel) -> str:
    """The hash of a model, of its refits and of what looks for shares."""
    code = [code_hash("findings", "models"), np.__version__, scipy.__version__]
    told = hashlib.sha256(json.dumps([code, model.engine, list(model.terms), dict(model.settings)], sort_keys=True).encode())
    for array in (model.topic_term, *(model.state[name] for name in sorted(model.state))):
        told.update(np.ascontiguousarray(array).tobytes())
    return told.hexdigest()


class _Remembered:
    """What the cache knows of some speeches under the refits.

    Args:
        cache: None where nothing is remembered.
        speeches: Their ids.
        made_of: What the model is; "" where nothing is remembered.
    """

    def __init__(self, cache: Cache | None, speeches: Sequence[str], made_of: str) -> None:
        self._cache, self._speeches, self._made_of = cache if made_of else None, speeches, made_of

    def keys(self, counts: csr_array, begin: Array) -> list[str]:
        """The hash of what the passages of each speech count, and of what is made of it."""
        return [self._key(counts, *ends) for ends in pairwise(begin)] if self._cache is not None else []

    def _key(self, counts: csr_array, first: int, last: int) -> str:
        ends = counts.indptr[first : last + 1]
        cells = slice(ends[0], ends[-1])
        told = hashlib.sha256(self._made_of.encode())
        for row, kind in ((ends - ends[0], np.int64), (counts.indices[cells], np.int64), (counts.data[cells], np.float64)):
            told.update(row.astype(kind).tobytes())
        return told.hexdigest()[:24]

    def fill(self, refits: Array, keys: Sequence[str]) -> Array:
        """Fill in what is remembered, shape (refits, speeches, topics); return which speeches are missing."""
        missing = []
        for i, speech in enumerate(self._speeches):
            found = self._cache.get(speech, "topics", keys[i]) if self._cache is not None else None
            if found is None or len(found) != refits[:, i].nbytes:
                missing.append(i)
            else:
                refits[:, i] = np.frombuffer(found, dtype=np.float32).reshape(refits[:, i].shape)
        return np.array(missing, dtype=np.intp)

    def put(self, refits: Array, keys: Sequence[str], missing: Array) -> None:
        """Remember those that were missing."""
        if self._cache is not None:
            for i in missing:
                self._cache.put(self._speeches[i], "topics", keys[i], refits[:, i].tobytes())
