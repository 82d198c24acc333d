"""Events of unequal length made equal: every event is thinned to the same number of tokens before texts are compared."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

SPREAD_TOKENS = 300.0
"""Tokens at which the noise of sampling words is about as large as the spread between speeches; weighs depth against number."""
MAX_LEFT_OUT = 0.2
WANTED_EVENTS = 200
_LARGE = 2**31
_BEGIN = 8  # terms of a row that tell it from nearly all others
MAX_DRAWS = 10


def count_matrix(counts: npt.ArrayLike | sparse.sparray | sparse.spmatrix) -> sparse.csr_array:
    """Return an events x terms matrix of whole counts, checked, as a new csr array of int64 without stored zeros.

    Raises:
        ValueError: Not two-dimensional, or a count is negative, fractional or not finite.

    Example:
        >>> count_matrix([[1, 0], [2, 3]]).nnz
        3
    """
    given = sparse.csr_array(counts) if sparse.issparse(counts) else sparse.csr_array(np.atleast_2d(np.asarray(counts)))
    if given.ndim != 2:
        raise ValueError(f"counts must be events x terms, not of {given.ndim} dimensions")
    amounts = given.data if given.data.dtype.kind in "iu" else np.asarray(given.data, dtype=float)
    if not (np.isfinite(amounts).all() and (amounts >= 0).all() and (amounts == np.rint(amounts)).all()):
        raise ValueError("every count must be a whole number not below 0")
    stored = amounts.astype(np.int32) if amounts.max(initial=0) < _LARGE else amounts.astype(np.int64)
    whole: Any = sparse.csr_array((stored, given.indices.copy(), given.indptr.copy()), shape=given.shape)
    whole.sum_duplicates()
    whole.eliminate_zeros()
    return sparse.csr_array(whole)


def common_depth(lengths: npt.ArrayLike, groups: npt.ArrayLike, *, min_tokens: int = 50, min_events: int = 4) -> int:
    """Return the number of tokens that every event is thinned to; shorter events are left out.

    The depth is a length of one of the events, chosen so that events x depth / (depth + 300) is largest, events being
    the harmonic mean over groups: a few very short events are left out, many are not.

    Args:
        lengths: Tokens per event, shape (n,).
        groups: Group of every event, shape (n,).
        min_tokens: No event with fewer tokens takes part.
        min_events: No group with that many events is brought below it, nor below 80 % of its events, by a greater depth.

    Returns:
        The depth in tokens, >= min_tokens; 0 when a group has no event of `min_tokens`.

    Caution:
        Only lengths are looked at, so that equal content stays equal under any exchange of events.

    Example:
        >>> common_depth([60, 900, 950, 980, 990, 1000], [0] * 6)
        900
    """
    tokens, labels = np.asarray(lengths), np.asarray(groups)
    sides = [np.sort(tokens[(labels == label) & (tokens >= min_tokens)]) for label in np.unique(labels)]
    if not sides or min(side.size for side in sides) == 0:
        return 0
    needed = [max(min(min_events, side.size), int(np.ceil((1 - MAX_LEFT_OUT) * side.size))) for side in sides]
    deepest = min(int(side[side.size - need]) for side, need in zip(sides, needed, strict=True))
    depths = np.unique(np.concatenate(sides))
    depths = depths[depths <= deepest]
    kept = np.array([side.size - np.searchsorted(side, depths) for side in sides])
    worth = depths / (depths + SPREAD_TOKENS) / (1 / kept).sum(axis=0)
    return int(depths[int(np.argmax(worth))])


def draws_needed(n_events: int) -> int:
    """Return how many times events are thinned and averaged: few events are drawn often, 200 or more once.

    Example:
        >>> draws_needed(8), draws_needed(50), draws_needed(2000)
        (10, 4, 1)
    """
    return int(min(MAX_DRAWS, max(1, -(-WANTED_EVENTS // max(1, n_events)))))


def rarefied(counts: sparse.csr_array, depth: int, rng: np.random.Generator) -> sparse.csr_array:
    """Return the matrix with every row thinned to `depth` tokens, drawn without replacement.

    Args:
        counts: Whole counts, each row of at least `depth` tokens, shape (n, V).
        depth: Tokens kept of every row, >= 1.
        rng: Source of randomness; rows of exactly `depth` tokens use none.

    Raises:
        ValueError: A row has fewer tokens.

    Example:
        >>> thinned = rarefied(count_matrix([[4, 6, 0], [1, 2, 2]]), 5, np.random.default_rng(1))
        >>> thinned.sum(axis=1).tolist(), thinned.toarray()[1].tolist()
        ([5, 5], [1, 2, 2])
    """
    totals = np.asarray(counts.sum(axis=1)).ravel()
    if totals.size and totals.min() < depth:
        raise ValueError(f"a row of {int(totals.min())} tokens cannot be thinned to {depth}")
    kept = counts.data.copy()
    for row in np.flatnonzero(totals > depth):
        span = slice(counts.indptr[row], counts.indptr[row + 1])
        kept[span] = rng.multivariate_hypergeometric(kept[span], depth, method="marginals")
    thinned = sparse.csr_array((kept, counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)
    thinned.eliminate_zeros()
    return thinned


def content_rank(counts: sparse.csr_array) -> npt.NDArray[np.intp]:
    """Return the rank of every row by its content alone, equal rows sharing one, so that the order of events cannot move a digit.

    Example:
        >>> content_rank(count_matrix([[0, 2], [1, 1], [0, 1], [0, 2]])).tolist()
        [2, 0, 1, 2]
    """
    ends = counts.indptr

    def begin(row: int) -> bytes:
        return counts.indices[ends[row] : min(ends[row] + _BEGIN, ends[row + 1])].tobytes()

    def whole(row: int) -> tuple[bytes, bytes]:
        span = slice(ends[row], ends[row + 1])
        return counts.indices[span].tobytes(), counts.data[span].astype(np.int64).tobytes()

    ranks, rank = np.zeros(counts.shape[0], dtype=np.intp), 0
    for _, alike in groupby(sorted(range(counts.shape[0]), key=begin), key=begin):  # few rows begin alike: the whole of all would be a second matrix
        for _, equal in groupby(sorted(alike, key=whole), key=whole):
            ranks[list(equal)] = rank
            rank += 1
    return ranks
