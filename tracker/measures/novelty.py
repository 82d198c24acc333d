"""Which events broke with what came before and whether it lasted: novelty, transience and resonance beyond shuffled order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.rarefaction import common_depth, count_matrix, draws_needed, rarefied

MIN_EVENTS = 15
MAX_EVENTS = 4000
WIDE_WINDOW = 7
WIDE_FROM = 30
PRIOR_SHARE = 0.5
TIE = 1e-9
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ResonanceSlope:
    """Slope of resonance on novelty; never to be shown without what shuffled order gives: .1 to .5, by construction.

    Args:
        observed: The slope in the real order.
        shuffled: Its mean in shuffled order.
        low: Lower end of the middle 95 % in shuffled order.
        high: Upper end of it.
        p: Share of shuffled orders as far from `shuffled`, 0-1.
    """

    observed: float
    shuffled: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class Novelty:
    """Every event that has a window on both sides, in order of date; arrays of shape (m,), read-only.

    Args:
        events: Index of the event among those handed in.
        apart: Mean divergence from all other events, bits: how unlike the others it is, whenever it was held.
        novelty: Divergence from the window before, minus `apart`, bits; below 0 where neighbours resemble each other.
        transience: Divergence from the window after, minus `apart`, bits.
        resonance: Novelty minus transience, bits; above 0: new, and it stayed.
        reach: Shuffled order keeps `resonance` within plus or minus this in 95 % of cases, bits.
        p: Two-sided p of `resonance` against shuffled order, 0-1.
        q: The same corrected for all events (Benjamini-Hochberg).
        slope: Slope of resonance on novelty beside its shuffled value.
        window: Events looked at on either side.
        depth: Tokens that every event was thinned to; 0 for mixtures.
        left_out: Events shorter than the depth.
    """

    events: npt.NDArray[np.intp]
    apart: Floats
    novelty: Floats
    transience: Floats
    resonance: Floats
    reach: Floats
    p: Floats
    q: Floats
    slope: ResonanceSlope
    window: int
    depth: int
    left_out: int


def novelty(
    counts: npt.ArrayLike | sparse.sparray | sparse.spmatrix,
    *,
    window: int | None = None,
    n_shuffles: int = 999,
    min_tokens: int = 50,
    rng: np.random.Generator,
) -> Novelty | None:
    """Return novelty, transience and resonance of events from the counts of their words.

    Args:
        counts: Counts of events x terms **in order of date**, dense or sparse, shape (n, V).
        window: Events on either side, >= 1; by default 7 from 30 events on, else a fifth of them.
        n_shuffles: Shuffled orders.
        min_tokens: Events with fewer tokens are left out.
        rng: Source of randomness.

    Returns:
        None with fewer than fifteen events of `min_tokens` tokens.

    Raises:
        ValueError: A count is negative or fractional, the window does not fit, or more than 4,000 events.

    Caution:
        Long speeches have low novelty (-.77 with log length on real addresses); every event is therefore thinned to one
        depth. Words are smoothed towards the whole corpus by half as many tokens. A test of order, not of content: a
        wandering series resonates too. Neighbouring events share most of their windows, so one break shows in several.
        Forty unchanged events: some q <= .05 in 5 % of runs; a lasting break of the size of the spread between speeches
        is found in a quarter of runs, one of twice that size in 95 %.

    Source:
        Barron, Huang, Spang & DeDeo 2018, PNAS 115(18):4607-4612: N = mean KL(event || each of the w before), T the same
        after, R = N - T, in bits. p: |R| over its spread among the event's own divergences, against all events of all
        shuffled orders.

    Example:
        >>> counts = [[30, 60, 10]] * 15 + [[30, 10, 60]] * 15
        >>> result = novelty(counts, rng=np.random.default_rng(1))
        >>> result.window, int(result.events[result.resonance.argmax()]), bool(result.q.min() < 0.05)
        (7, 15, True)
    """
    matrix = count_matrix(counts)
    lengths = np.asarray(matrix.sum(axis=1)).ravel()
    depth = common_depth(lengths, np.zeros(lengths.size), min_tokens=min_tokens, min_events=MIN_EVENTS)
    kept = np.flatnonzero((lengths >= depth) & (depth > 0))
    width = _window(kept.size, window)
    if kept.size < MIN_EVENTS:
        return None
    events = matrix[kept]
    background = np.asarray(events.sum(axis=0)).ravel() / events.sum()
    bits = np.zeros((kept.size, kept.size))
    draws = draws_needed(kept.size)
    for _ in range(draws):
        bits += _smoothed_bits(rarefied(events, depth, rng), depth, background) / draws
    return _in_order(bits, kept, window=width, n_shuffles=n_shuffles, depth=depth, left_out=lengths.size - kept.size, rng=rng)


def mixture_novelty(mixtures: npt.ArrayLike, *, window: int | None = None, n_shuffles: int = 999, rng: np.random.Generator) -> Novelty | None:
    """Return novelty, transience and resonance of events from their mixtures of topics.

    Args:
        mixtures: Share of every topic per event **in order of date**, all above 0, rows summing to 1, shape (n, K).
        window: Events on either side, >= 1; by default 7 from 30 events on, else a fifth of them.
        n_shuffles: Shuffled orders.
        rng: Source of randomness.

    Returns:
        None with fewer than fifteen events.

    Raises:
        ValueError: A share is not above 0, a row does not sum to 1, the window does not fit, or more than 4,000 events.

    Caution:
        Nothing is thinned here: the mixtures of long speeches are smoother than those of short ones.

    Example:
        >>> mixtures = [[0.7, 0.3]] * 10 + [[0.3, 0.7]] * 10
        >>> result = mixture_novelty(mixtures, rng=np.random.default_rng(1))
        >>> result.window, int(result.events[result.resonance.argmax()])
        (4, 10)
    """
    shares = np.atleast_2d(np.asarray(mixtures, dtype=float))
    if shares.size and not ((shares > 0).all() and np.allclose(shares.sum(axis=1), 1)):
        raise ValueError("every share of a mixture must lie above 0, and every row sum to 1")
    width = _window(shares.shape[0], window)
    if shares.shape[0] < MIN_EVENTS:
        return None
    logs = np.log2(shares)
    bits = (shares * logs).sum(axis=1, keepdims=True) - shares @ logs.T
    return _in_order(bits, np.arange(shares.shape[0]), window=width, n_shuffles=n_shuffles, depth=0, left_out=0, rng=rng)


def _window(n: int, asked: int | None) -> int:
    width = (WIDE_WINDOW if n >= WIDE_FROM else max(1, n // 5)) if asked is None else asked
    if n > MAX_EVENTS or width < 1 or (n >= MIN_EVENTS and 2 * width >= n):
        raise ValueError(f"a window of {width} on both sides does not fit {n} events, or there are more than {MAX_EVENTS:,} of them")
    return width


def _smoothed_bits(events: sparse.csr_array, depth: int, background: Floats) -> Floats:
    """KL in bits of every event (row) from every other (column), both smoothed by the background; zeros stay sparse."""
    prior = PRIOR_SHARE * depth
    surplus = events.astype(np.float64)
    surplus.data = np.log2(1 + surplus.data / (prior * background[surplus.indices]))
    cross = (events.astype(np.float64) @ surplus.T).toarray() + prior * np.asarray(surplus @ background)[None, :]
    return np.asarray((np.diag(cross)[:, None] - cross) / (depth + prior))


def _in_order(bits: Floats, events: npt.NDArray[np.intp], *, window: int, n_shuffles: int, depth: int, left_out: int, rng: np.random.Generator) -> Novelty:
    """Read novelty and transience off the matrix of divergences, in the real order and in shuffled ones."""
    n = events.size
    apart, spread = _own_mean_and_spread(bits)
    scale = spread * np.sqrt(2 / window)
    real = np.arange(n)
    before, after, middle = _windows(bits, real, window)
    null, slopes = np.empty((n_shuffles, middle.size)), np.empty(n_shuffles)
    for b in range(n_shuffles):
        shuffled = _windows(bits, rng.permutation(n), window)
        null[b] = _over(np.abs(shuffled[0] - shuffled[1]), scale[shuffled[2]])
        slopes[b] = _slope(shuffled[0], shuffled[1])
    ordered = np.sort(null, axis=None)
    size = _over(np.abs(before - after), scale[middle])
    p = (1 + ordered.size - np.searchsorted(ordered, size * (1 - TIE))) / (1 + ordered.size)
    q = np.array([value or 0.0 for value in benjamini_hochberg(p.tolist())])
    reach = float(np.quantile(ordered, 0.95)) * scale[middle]
    columns = (events[middle], apart[middle], before - apart[middle], after - apart[middle], before - after, reach, p, q)
    for column in columns:
        column.setflags(write=False)
    return Novelty(*columns, slope=_beside_shuffled(_slope(before, after), slopes), window=window, depth=depth, left_out=left_out)


def _own_mean_and_spread(bits: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of every event's divergences from the others."""
    n = bits.shape[0]
    others = bits[~np.eye(n, dtype=bool)].reshape(n, n - 1)
    return np.asarray(others.mean(axis=1)), np.asarray(others.std(axis=1, ddof=1))


def _windows(bits: Floats, order: npt.NDArray[np.intp], window: int) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
    """Mean divergence from the events before and after, and the events that have both windows."""
    n = order.size
    middle = order[window : n - window]
    before = sum(bits[middle, order[window - d : n - window - d]] for d in range(1, window + 1))
    after = sum(bits[middle, order[window + d : n - window + d]] for d in range(1, window + 1))
    return np.asarray(before) / window, np.asarray(after) / window, middle


def _over(size: Floats, scale: Floats) -> Floats:
    return np.divide(size, scale, out=np.zeros_like(size), where=scale > TIE)


def _slope(before: Floats, after: Floats) -> float:
    """Least-squares slope of resonance on novelty; 0 where novelty does not vary."""
    centred = before - before.mean()
    spread = float(centred @ centred)
    return float(centred @ (before - after)) / spread if spread > TIE**2 else 0.0


def _beside_shuffled(observed: float, slopes: Floats) -> ResonanceSlope:
    middle = float(slopes.mean())
    low, high = (float(end) for end in np.quantile(slopes, (0.025, 0.975)))
    as_far = int((np.abs(slopes - middle) >= abs(observed - middle) * (1 - TIE)).sum())
    return ResonanceSlope(observed, middle, low, high, (1 + as_far) / (1 + slopes.size))
