"""How much more words vary between events than chance alone would have them, squeezed towards words of the same frequency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse, special

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Indices = npt.NDArray[np.integer[Any]]
    Counts = sparse.csr_array | npt.ArrayLike

TRENDED_WORDS = 20
STEPS_PER_DOUBLING = 8
MOST_RHO = 0.5
CELLS = 1_000_000
"""Cells looked at together."""


@dataclass(frozen=True, slots=True, eq=False)
class Squeezed:
    """Dispersions after squeezing.

    Args:
        phi: Squeezed dispersion of every word, > 0, shape (V,); read-only.
        prior: What each was squeezed towards, shape (V,); read-only.
        prior_df: How many degrees of freedom the prior is worth, >= 0; infinity where the words differ no more than by chance.
    """

    phi: Vector
    prior: Vector
    prior_df: float


@dataclass(frozen=True, slots=True, eq=False)
class EventCounts:
    """Counts of words in events, cell by cell in order of word and event; all arrays read-only.

    Args:
        event: The event of each cell, shape (cells,).
        word: The word of each cell, shape (cells,).
        count: How often the word stands there, > 0, shape (cells,); whole numbers stay such.
        tokens: Tokens of every event, all its words included, > 0, shape (n,).
        after: For every event whether it stands on the side AFTER, shape (n,).
        n_words: Number of words V.
    """

    event: Indices
    word: Indices
    count: npt.NDArray[Any]
    tokens: Vector
    after: npt.NDArray[np.bool_]
    n_words: int

    def total(self, value: Callable[[slice], npt.NDArray[Any]], side: npt.NDArray[np.bool_] | None = None) -> Vector:
        """Sum a value of every cell by word, over all events or those of a side; some words at a time.

        Args:
            value: Gives the values of some cells that stand together.
            side: The events that count; all when None.

        Returns:
            Shape (V,).
        """
        sums = np.zeros(self.n_words)
        for cells in self._together():
            held = value(cells) if side is None else value(cells) * side[self.event[cells]]
            word = self.word[cells]
            sums[word[0] : word[-1] + 1] = np.bincount(word - word[0], weights=held)
        return sums

    def counts(self, cells: slice) -> npt.NDArray[Any]:
        """The counts of some cells."""
        return self.count[cells]

    def ones(self, cells: slice) -> npt.NDArray[Any]:
        """1 for each of some cells."""
        return np.ones(cells.stop - cells.start)

    def _together(self) -> Iterator[slice]:
        """The cells, about CELLS at a time; those of one word are never parted, so that its sum is added up in one order."""
        first = 0
        while first < self.word.size:
            last = int(np.searchsorted(self.word, self.word[min(first + CELLS, self.word.size) - 1], side="right"))
            yield slice(first, last)
            first = last

    def dense(self, words: Indices) -> Vector:
        """Return the counts of some words, in increasing order, as a table of shape (n, words)."""
        table = np.zeros((self.tokens.size, words.size))
        for column, (first, last) in enumerate(zip(np.searchsorted(self.word, words), np.searchsorted(self.word, words, side="right"), strict=True)):
            table[self.event[first:last], column] = self.count[first:last]
        return table


def event_counts(counts: Counts, tokens: npt.ArrayLike, after: npt.ArrayLike) -> EventCounts:
    """Read a table of counts, dense or sparse.

    Args:
        counts: Count of every word in every event, shape (n, V).
        tokens: Tokens of every event, all its words included, > 0, shape (n,).
        after: For every event whether it stands on the side AFTER, shape (n,).

    Raises:
        ValueError: The shapes do not fit, a count is negative or not finite, or an event has no token.
    """
    given: Any = counts
    table: Any = given if sparse.issparse(given) else sparse.csr_array(given)
    n, later = np.asarray(tokens, dtype=float), np.asarray(after, dtype=bool)
    if table.ndim != 2 or not table.shape[0] == n.size == later.size or not (n > 0).all():
        raise ValueError(f"counts of shape {table.shape} need one length above 0 and one side an event, not {n.size} and {later.size}")
    if not np.isfinite(table.data).all() or (table.data < 0).any():
        raise ValueError("every count must be finite and not below 0")
    cells = table.tocsc()
    cells.eliminate_zeros()
    cells.sort_indices()
    words = np.repeat(np.arange(table.shape[1], dtype=np.int32), np.diff(cells.indptr))
    count = cells.data if cells.data.dtype.kind in "iu" else cells.data.astype(np.float64)
    held = EventCounts(cells.indices.astype(np.int32, copy=False), words, count, n.copy(), later.copy(), int(table.shape[1]))
    for array in (held.event, held.word, held.count, held.tokens, held.after):
        array.setflags(write=False)
    return held


def pearson_phi(table: EventCounts) -> Vector:
    """Return every word's dispersion between the events of a side, 1 = as if its tokens fell independently, shape (V,).

    Returns:
        sum (c - n p_side)^2 / (n p (1 - p)) / (n - 2), with the rate of all events p below; 0 where a word stands nowhere or is
        every token.

    Raises:
        ValueError: Fewer than three events, or none on a side.

    Source:
        Pearson's X2 / df: McCullagh & Nelder 1989, Generalized Linear Models, section 4.5.2.

    Example:
        >>> pearson_phi(event_counts([[1], [3], [4], [4]], [10, 10, 10, 10], [0, 0, 1, 1])).round(4)
        array([0.4762])
    """
    n, sides = table.tokens, (~table.after, table.after)
    if n.size <= len(sides) or not all(side.any() for side in sides):
        raise ValueError(f"{n.size} events leave nothing to measure spread by")
    squares = table.total(lambda cells: table.count[cells].astype(np.float64) ** 2 / n[table.event[cells]])
    for side in sides:
        squares = squares - table.total(table.counts, side) ** 2 / n[side].sum()
    rate = table.total(table.counts) / n.sum()
    return over_binomial(squares, rate) / (n.size - 2)


def over_binomial(squares: Vector, rate: Vector) -> Vector:
    """Return squares in units of rate (1 - rate), 0 where that is 0."""
    variance = rate * (1 - rate)
    held = variance > 0
    result = np.zeros(rate.size)
    result[held] = np.maximum(squares[held], 0) / variance[held]
    return result


def squeeze(phi: npt.ArrayLike, df: float, covariate: npt.ArrayLike | None = None) -> Squeezed:
    """Return dispersions squeezed towards a common value or trend, by as much as the words resemble each other.

    Args:
        phi: Dispersion of every word, >= 0, shape (V,).
        df: Degrees of freedom of each, >= 1.
        covariate: What the trend runs over, usually log counts, shape (V,); a cubic, from 20 words up.

    Raises:
        ValueError: `phi` is empty, negative or not finite, or df is below 1.

    Caution:
        Takes phi as a scaled F variate; words in bursts have heavier tails than that.

    Source:
        Smyth 2004, Statistical Applications in Genetics and Molecular Biology 3(1):3, section 6.2, with the trend of
        limma's fitFDist: e = ln phi - digamma(df/2) + ln(df/2); trigamma(d0/2) = var(e) - trigamma(df/2);
        ln s0^2 = mean(e) + digamma(d0/2) - ln(d0/2); squeezed = (d0 s0^2 + df phi) / (d0 + df).

    Example:
        >>> held = squeeze([0.5, 1.0, 2.0, 4.0], 10)
        >>> held.phi.round(2), round(held.prior_df, 1)
        (array([0.72, 1.07, 1.76, 3.16]), 4.4)
    """
    values: Vector = np.asarray(phi, dtype=np.float64)
    if not values.size or not np.isfinite(values).all() or (values < 0).any() or df < 1:
        raise ValueError("dispersions must be finite and not below 0, at least one, with a df of 1 or more")
    middle = float(np.median(values))
    logs = np.log(np.maximum(values, 1e-5 * middle if middle > 0 else 1e-5)) - special.digamma(df / 2) + np.log(df / 2)
    fitted, parameters = _trend(logs, covariate)
    if values.size <= parameters:
        return _frozen(values, values, 0.0)
    excess = float(((logs - fitted) ** 2).sum()) / (values.size - parameters) - float(special.polygamma(1, df / 2))
    if excess <= 0:
        return _frozen(np.exp(fitted), np.exp(fitted), float("inf"))
    prior_df = 2 * inverse_trigamma(excess)
    prior = np.exp(fitted + special.digamma(prior_df / 2) - np.log(prior_df / 2))
    return _frozen((prior_df * prior + df * values) / (prior_df + df), prior, prior_df)


def _frozen(phi: Vector, prior: Vector, prior_df: float) -> Squeezed:
    held = phi.copy(), prior.copy()
    for array in held:
        array.setflags(write=False)
    return Squeezed(*held, prior_df)


def _trend(logs: Vector, covariate: npt.ArrayLike | None) -> tuple[Vector, int]:
    """The fitted level of every word and the number of parameters spent on it."""
    if covariate is None or logs.size < TRENDED_WORDS:
        return np.full(logs.size, logs.mean()), 1
    x = np.asarray(covariate, dtype=float)
    powers = min(3, np.unique(x).size - 1)
    design = np.vander((x - x.mean()) / max(float(x.std()), 1e-12), powers + 1)
    weights = np.linalg.lstsq(design, logs, rcond=None)[0]
    return design @ weights, powers + 1


def inverse_trigamma(value: float) -> float:
    """Return y > 0 with trigamma(y) = value, for value > 0.

    Source:
        Smyth 2004, appendix: Newton's method on 1 / trigamma, which is nearly linear.

    Example:
        >>> float(special.polygamma(1, inverse_trigamma(0.3)).round(9))
        0.3
    """
    if value > 1e7:
        return float(1 / np.sqrt(value))
    if value < 1e-6:
        return 1 / value
    y = 0.5 + 1 / value
    for _ in range(50):
        now = float(special.polygamma(1, y))
        step = now * (1 - now / value) / float(special.polygamma(2, y))
        y += step
        if -step / y < 1e-10:
            break
    return y


def intraclass(phi: npt.ArrayLike, tokens: npt.ArrayLike) -> Vector:
    """Return the correlation of two tokens of one event that makes a dispersion of phi at these lengths, 0 - .5, shape (V,).

    A word's variance in an event of n tokens is binomial times 1 + (n - 1) rho, so that ten times the text does not carry ten
    times the evidence. Dispersions are floored at 1 and rounded to the nearest of eight steps a doubling: words of one step
    share their weights, which makes them quick to handle together.

    Args:
        phi: Dispersion of every word, >= 0, shape (V,).
        tokens: Tokens of every event, > 0, shape (n,).

    Source:
        Williams 1982, Applied Statistics 31(2):144-148, model II.

    Example:
        >>> intraclass([0.7, 2.0], [101, 101]).round(4)
        array([0.  , 0.01])
    """
    steps = np.rint(STEPS_PER_DOUBLING * np.log2(np.maximum(np.asarray(phi, dtype=float), 1.0)))
    spare = max(float(np.mean(np.asarray(tokens, dtype=float))) - 1, 1.0)
    rho: Vector = np.minimum((2.0 ** (steps / STEPS_PER_DOUBLING) - 1) / spare, MOST_RHO)
    return rho
