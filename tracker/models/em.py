"""Latent Dirichlet allocation at its most probable values: shares of units under given topics, and both climbing together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from threadpoolctl import ThreadpoolController

Array = NDArray[np.float64]
Floats = NDArray[np.floating]
Answer = TypeVar("Answer")

ALPHA = 0.1
STEPS = 20  # beyond 20 held-out perplexity stands still and coherence falls
SETTLING = 5
SWEEPS = 12  # mean total variation to the fixed point .0004 to .007 (four corpora, K = 5 to 60); 20 plain steps: .0006 to .008
_PLAIN = 2  # the last of them: leaps are quick where steps are slow, and steps where leaps are
_LANES = 4  # fixed, so that sums are added in one order on any number of cores
_CELLS = 16_384  # cells of the counts looked at together: their topic rows stay in the cache
_UNITS = 20_000  # units whose shares are looked for together: what that takes is many times their counts
_SERIAL = 2_000_000  # cells x topics below which a second thread costs more than it saves


class Lane:
    """Consecutive units with what the steps need of their counts; its shares (`held`, tokens of each topic) are the only thing that changes.

    Args:
        counts: Shape (units, terms), counts >= 0.
        topics: How many.
        dtype: float32 unless a test wants to see the last digits.
    """

    def __init__(self, counts: csr_array, topics: int, dtype: type = np.float32) -> None:
        self.data: Floats = counts.data.astype(dtype)
        self.ratios = csr_array((np.zeros_like(self.data), counts.indices, counts.indptr), shape=counts.shape)
        lengths = np.diff(counts.indptr)
        tokens = np.bincount(np.repeat(np.arange(counts.shape[0]), lengths), weights=self.data, minlength=counts.shape[0])
        self.held: Floats = np.repeat((tokens / topics)[:, None], topics, axis=1).astype(dtype)
        self._tokens: Floats = tokens[:, None].astype(dtype)
        cuts = np.unique(np.concatenate(([0], np.searchsorted(counts.indptr, np.arange(_CELLS, counts.nnz, _CELLS)), [counts.shape[0]])))
        self.blocks = [(slice(first, last), slice(int(counts.indptr[first]), int(counts.indptr[last])), lengths[first:last]) for first, last in pairwise(cuts)]

    def step(self, likely: Floats, alpha: float) -> Floats:
        """Give every token to the topics in proportion to `(held + alpha) * likely`, and return the `held + alpha` from before.

        `ratios`, the counts over what was expected of them, then hold what the topics' own update needs.

        Args:
            likely: Shape (terms, topics): the probability of each term in each topic.
            alpha: Prior of the shares.
        """
        before = self.held + self.held.dtype.type(alpha)
        for units, cells, lengths in self.blocks:
            of_unit = np.repeat(before[units], lengths, axis=0)
            expected = np.einsum("ij,ij->i", of_unit, likely.take(self.ratios.indices[cells], axis=0))
            np.divide(self.data[cells], expected, out=self.ratios.data[cells])
        self.held = before * np.asarray(self.ratios @ likely)
        return before

    def leap(self, likely: Floats, alpha: float) -> None:
        """Take a `step`, and go on the same way seven eighths as far again.

        Args:
            likely: As for `step`.
            alpha: As for `step`.

        Source:
            Salakhutdinov and Roweis 2003, Adaptive overrelaxed bound optimization methods: steps below twice as long settle where plain ones do. The
            power is made of square roots, which are the same on every machine.
        """
        before = self.step(likely, alpha)
        moved = (self.held + self.held.dtype.type(alpha)) / before
        half = np.sqrt(moved)
        quarter = np.sqrt(half)
        further = np.maximum(before * moved * half * quarter * np.sqrt(quarter) - self.held.dtype.type(alpha), 0)
        whole = further.sum(axis=1, keepdims=True)
        self.held = further * (self._tokens / np.where(whole > 0, whole, 1))


def shares(counts: csr_array, topic_term: Array, *, alpha: float = ALPHA, sweeps: int = SWEEPS) -> Array:
    """Return the most probable topic shares of units with the topics held fixed.

    Args:
        counts: Shape (units, terms) over the model's terms.
        topic_term: Shape (topics, terms), rows sum to 1, all > 0.
        alpha: Every topic's prior tokens in a unit, > 0.
        sweeps: Rounds from even shares; fixed, so that a row depends on its own unit only.

    Returns:
        Shape (units, topics), rows sum to 1: `(tokens of the topic + alpha) / (tokens + topics * alpha)`; uniform for a unit without words.

    Source:
        Asuncion, Welling, Smyth and Teh 2009, On smoothing and inference for topic models, section 2: MAP estimation, with their alpha - 1 as `alpha`.
    """
    order = np.lexsort(topic_term.T)  # so that the order in which topics are listed decides no last digit
    likely = np.ascontiguousarray(topic_term[order].T, dtype=np.float32)

    def found(lane: Lane) -> Array:
        for done in range(sweeps):
            (lane.leap if done < sweeps - _PLAIN else lane.step)(likely, alpha)
        held = lane.held.astype(np.float64) + alpha
        held /= held.sum(axis=1, keepdims=True)
        return held[:, np.argsort(order)]

    if counts.shape[0] <= _UNITS:
        with workers(counts.nnz * len(topic_term)) as spread:
            return np.concatenate(spread(found, lanes(counts, len(topic_term))))
    whole = np.empty((counts.shape[0], len(topic_term)))
    for first in range(0, counts.shape[0], _UNITS):
        whole[first : first + _UNITS] = shares(csr_array(counts[first : first + _UNITS]), topic_term, alpha=alpha, sweeps=sweeps)
    return whole


def climb(
    counts: csr_array,
    start: Array,
    *,
    eta: float | Array,
    alpha: float = ALPHA,
    steps: int = STEPS,
    leaps: int = 0,
    watch: Callable[[list[Lane], Floats], None] | None = None,
) -> Array:
    """Return topics and shares improved together from a start, as the tokens of each term in each topic.

    Args:
        counts: Shape (units, terms).
        start: Shape (topics, terms), rows sum to 1, > 0 for every term with a count.
        eta: Every term's prior tokens in a topic, > 0; or those of each term in each topic, shape (terms, topics).
        alpha: Every topic's prior tokens in a unit, > 0.
        steps: Joint steps; the shares alone settle before, in five steps.
        leaps: Or in so many leaps, where the start is good already.
        watch: Called with the lanes and the topics (terms, topics) after every joint step; float64 is used then.

    Returns:
        Shape (topics, terms): expected tokens plus `eta`; divided by its row sums it is the topics. Each step raises
        `sum counts * log(shares @ topics) + alpha * sum log shares + eta * sum log topics`.

    Source:
        Asuncion et al. 2009, section 2 (MAP; also CVB0 without the token's own contribution taken out).
    """
    dtype = np.float64 if watch else np.float32
    likely: Floats = np.ascontiguousarray(start.T, dtype=dtype)
    tokens = likely.astype(np.float64)
    with workers(counts.nnz * len(start)) as spread:
        parts = lanes(counts, len(start), dtype)

        def settle(lane: Lane, likely: Floats = likely) -> None:
            for _ in range(leaps or SETTLING):
                (lane.leap if leaps else lane.step)(likely, alpha)

        spread(settle, parts)
        for _ in range(steps):

            def moved(lane: Lane, likely: Floats = likely) -> Floats:
                before = lane.step(likely, alpha)
                return np.asarray(lane.ratios.T @ before)

            given = spread(moved, parts)
            tokens = sum(given[1:], start=given[0].astype(np.float64)) * likely + eta
            likely = (tokens / tokens.sum(axis=0)).astype(dtype)
            if watch:
                watch(parts, likely)
    return np.ascontiguousarray(tokens.T)


def expected(counts: csr_array, likely: NDArray[np.float32], *, rounds: int, alpha: float = ALPHA) -> Array:
    """Return what a batch of units gives to each term in each topic, to be multiplied by `likely`: shape (terms, topics).

    Args:
        counts: Shape (units, terms).
        likely: Shape (terms, topics): the probability of each term in each topic.
        rounds: Rounds from even shares; the last one gives.
        alpha: Every topic's prior tokens in a unit.
    """

    def moved(lane: Lane) -> Floats:
        for _ in range(rounds - 1):
            lane.step(likely, alpha)
        before = lane.step(likely, alpha)
        return np.asarray(lane.ratios.T @ before)

    with workers(counts.nnz * likely.shape[1]) as spread:
        parts = spread(moved, lanes(counts, likely.shape[1]))
    return np.asarray(sum(parts[1:], start=parts[0].astype(np.float64)))


def lanes(counts: csr_array, topics: int, dtype: type = np.float32) -> list[Lane]:
    """Return the units cut into four runs with about as many cells each (few cells: one), whatever the number of cores."""
    n = _LANES if counts.nnz >= _LANES * _CELLS else 1
    ends = np.searchsorted(counts.indptr, counts.nnz * np.arange(1, n) / n)
    cuts = [0, *(int(end) for end in np.clip(ends, 0, counts.shape[0])), counts.shape[0]]
    return [Lane(csr_array(counts[first:last]), topics, dtype) for first, last in pairwise(cuts)]


def one_thread() -> AbstractContextManager[object]:
    """Keep BLAS to one thread for a while: the same bytes on any number of cores."""
    return _controller().limit(limits=1, user_api="blas")  # type: ignore[no-any-return]


@cache
def _controller() -> ThreadpoolController:
    """The libraries to keep; looked for once, which takes longer than a small fit."""
    import scipy.linalg  # noqa: F401 - brings a BLAS of its own, which must be there to be found

    return ThreadpoolController()


@contextmanager
def workers(work: int) -> Iterator[Callable[[Callable[[Lane], Answer], list[Lane]], list[Answer]]]:
    """Give a `map` over lanes that uses the cores when there is enough work; BLAS keeps to one thread, so that the bytes never depend on their number."""
    with one_thread():
        if work < _SERIAL or (os.cpu_count() or 1) == 1:
            yield lambda call, parts: [call(part) for part in parts]
            return
        with ThreadPoolExecutor(min(_LANES, os.cpu_count() or 1)) as pool:
            yield lambda call, parts: list(pool.map(call, parts))
