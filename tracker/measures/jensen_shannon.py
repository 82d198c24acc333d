"""Jensen-Shannon divergence in bits of many pairs of mean distributions at once, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

CELLS = 2_000_000


Marks = npt.NDArray[np.uint8]


def pair_bits(shares: sparse.csr_array, first: Marks, second: Marks) -> npt.NDArray[np.float64]:
    """Return the JSD of the mean distributions of the events marked by each row of `first` and of `second`, shape (b,).

    Args:
        shares: One distribution over terms per event, shape (n, V).
        first: Rows of 1 (taken) and 0, each taking one event at least, shape (b, n).
        second: The same for the other side.

    Example:
        >>> pair_bits(sparse.csr_array(np.eye(3)), np.array([[1, 0, 0]], dtype=np.uint8), np.array([[0, 1, 1]], dtype=np.uint8))
        array([1.])
    """
    by_term = sparse.csr_array(shares.T)
    found = []
    for rows in _chunks(first.shape[0], shares.shape[1]):
        means = [by_term @ np.ascontiguousarray((marks[rows] / marks[rows].sum(axis=1, keepdims=True, dtype=np.float64)).T) for marks in (first, second)]
        found.append(jsd_bits(means[0], means[1]))
    return np.concatenate(found)


def leave_one_out_bits(shares: sparse.csr_array, side: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Return the JSD of both sides without each event in turn, shape (n,).

    Args:
        shares: One distribution over terms per event, shape (n, V).
        side: 0 or 1 per event, two events at least of both, shape (n,).

    Example:
        >>> leave_one_out_bits(sparse.csr_array(np.eye(2)[[0, 0, 1, 1]]), np.array([0, 0, 1, 1]))
        array([1., 1., 1., 1.])
    """
    sums = [np.asarray(shares[side == s].sum(axis=0)).ravel() for s in (0, 1)]
    found = np.empty(side.size)
    for s in (0, 1):
        rows = np.flatnonzero(side == s)
        n, other = rows.size - 1, sums[1 - s] / (side.size - rows.size)
        usual = _parts(sums[s] / n, other)  # of a term that the event left out does not have: only its own terms are worked out again
        held = shares[rows].tocoo()
        without = np.maximum(0.0, sums[s][held.col] - held.data) / n
        found[rows] = usual.sum() + np.bincount(held.row, _parts(without, other[held.col]) - usual[held.col], minlength=rows.size)
    return found


def jsd_bits(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the Jensen-Shannon divergence of columns that sum to 1, shape (V, b) -> (b,), 0-1 up to rounding.

    Source:
        Lin 1991, IEEE Trans. Inf. Theory 37(1):145-151: H((P + Q) / 2) - (H(P) + H(Q)) / 2, logarithm to base 2.

    Example:
        >>> jsd_bits(np.array([[1.0], [0.0]]), np.array([[0.5], [0.5]])).round(4)
        array([0.3113])
    """
    return np.asarray(_parts(first, second).sum(axis=0))


def _parts(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What each term gives to the divergence."""
    return (_plogp(first) + _plogp(second)) / 2 - _plogp((first + second) / 2)


def _plogp(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(shares * np.log2(np.maximum(shares, np.finfo(float).tiny)))


def _chunks(n: int, n_terms: int) -> Iterator[slice]:
    step = max(1, CELLS // max(1, n_terms))
    return (slice(start, start + step) for start in range(0, n, step))
