"""Jensen-Shannon divergence in bits of many pairs of mean distributions at once, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

CELLS, MARKS = 2_000_000, 8_000_000
"""Terms x rows and events x rows that are worked on together."""
_EVENTS = 10_000  # events looked at together
Rows = npt.NDArray[np.uint8]


class Marks:
    """Rows of 1 (taken) and 0 over events, a bit each: a thousand rows over a hundred thousand events take 12 MB.

    Args:
        bits: As `numpy.packbits` of each row, shape (b, bytes).
        events: How many there are.
    """

    def __init__(self, bits: Rows, events: int) -> None:
        self.bits, self.events = bits, events

    @classmethod
    def of(cls, rows: Iterable[npt.ArrayLike], events: int) -> Marks:
        """Rows of 1 and 0, one by one."""
        packed = [np.packbits(np.asarray(row, dtype=np.uint8)) for row in rows]
        return cls(np.array(packed, dtype=np.uint8).reshape(len(packed), -(-events // 8)), events)

    def __len__(self) -> int:
        return len(self.bits)

    def __getitem__(self, rows: slice) -> Rows:
        return np.unpackbits(self.bits[rows], axis=1, count=self.events)

    def __iter__(self) -> Iterator[Rows]:
        return (self[row : row + 1][0] for row in range(len(self)))

    def behind(self, first: int) -> Marks:
        """All rows but the first few."""
        return Marks(self.bits[first:], self.events)

    @property
    def others(self) -> Marks:
        """1 for 0, and 0 for 1."""
        return Marks(~self.bits, self.events)


def pair_bits(shares: sparse.csr_array, first: Marks, second: Marks) -> npt.NDArray[np.float64]:
    """Return the JSD of the mean distributions of the events marked by each row of `first` and of `second`, shape (b,).

    Args:
        shares: One distribution over terms per event, shape (n, V).
        first: Rows of 1 (taken) and 0, each taking one event at least, shape (b, n).
        second: The same for the other side.

    Example:
        >>> one = Marks.of([[1, 0, 0]], 3)
        >>> pair_bits(sparse.csr_array(np.eye(3)), one, one.others)
        array([1.])
    """
    by_term = shares.T  # as it lies in memory: of a hundred thousand events a second copy would be as large as all else
    found = []
    for rows in _chunks(len(first), shares.shape):
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
        whole = usual.sum()
        for begin in range(0, rows.size, _EVENTS):
            some = rows[begin : begin + _EVENTS]
            held = shares[some].tocoo()
            without = np.maximum(0.0, sums[s][held.col] - held.data) / n
            found[some] = whole + np.bincount(held.row, _parts(without, other[held.col]) - usual[held.col], minlength=some.size)
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


def _chunks(n: int, shape: tuple[int, ...]) -> Iterator[slice]:
    events, terms = shape
    step = max(1, min(CELLS // max(1, terms), MARKS // max(1, events)))
    return (slice(start, start + step) for start in range(0, n, step))
