"""How far the words of two sides lie apart: Jensen-Shannon divergence, freed of what the size of the texts alone produces."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, count, product

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from tracker.estimates import Estimate
from tracker.measures.jensen_shannon import Marks, Rows, leave_one_out_bits, pair_bits
from tracker.measures.permutation import arrangements
from tracker.measures.rarefaction import common_depth, content_rank, count_matrix, draws_needed, rarefied

Counts = npt.ArrayLike | sparse.sparray | sparse.spmatrix
MIN_EVENTS = 3
MIN_TESTED = 4
MIN_ARRANGEMENTS = 20
BALANCED = 1.5
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Divergence:
    """How far two sides lie apart beyond what exchanging their events produces.

    Args:
        divergence: Jensen-Shannon divergence in bits, plug-in minus the mean over exchanges of events; signed (a display
            cuts it at 0); value None with fewer than three events a side.
        plug_in: The uncorrected value at the common depth, bits, 0-1; a description of sizes as much as of words.
        expected: Mean of the plug-in value over exchanges, bits; what equal sides of these sizes would show.
        p: Share of exchanges that part the events as far, 0-1; None with fewer than four events a side.
        depth: Tokens that every event was thinned to.
        left_out: Events shorter than the depth, before and after.
    """

    divergence: Estimate
    plug_in: float | None
    expected: float | None
    p: float | None
    depth: int
    left_out: tuple[int, int]

    @property
    def distance(self) -> float | None:
        """Square root of the divergence cut at 0, 0-1: the metric to draw; None when there is no estimate."""
        value = self.divergence.value
        return None if value is None else math.sqrt(max(0.0, value))


def divergence(
    before: Counts,
    after: Counts,
    *,
    strata: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    level: float = 0.95,
    n_permutations: int = 999,
    min_tokens: int = 50,
    rng: np.random.Generator,
) -> Divergence:
    """Return the debiased Jensen-Shannon divergence of two sides, every event counting the same.

    Args:
        before: Counts of events x terms, dense or sparse, shape (k, V); reports of one event summed before.
        after: The same for the other side, the same terms, shape (m, V).
        strata: A label per event (kind, outlet) on both sides: events are exchanged within a label only.
        level: Coverage of the interval, between 0 and 1.
        n_permutations: Random exchanges; where fewer exist all are looked at and p is exact.
        min_tokens: Events with fewer tokens are left out.
        rng: Source of randomness.

    Returns:
        `method` is `jsd-rarefied`, else `none`: fewer than three events a side, or fewer than twenty exchanges within strata.

    Raises:
        ValueError: A count is negative or fractional, terms or strata do not fit, or a bad level.

    Caution:
        Every event is thinned to one depth (`common_depth`), several times, and the values are averaged: without that the
        side with shorter speeches looks different (4/12 with lengths 1:2: called apart in 67 % of runs). A side with more than
        1.5 times the events of the other is compared in equal numbers. Independent events are assumed.
        A true divergence of .02 is understated by a tenth (10/10) to a quarter (5/20, 4/12). Intervals covered it in
        97-99 % of runs (5/5, 10/10, 20/20), in 88-94 % with unequal numbers, and nearly always at 0.

    Source:
        Lin 1991, IEEE Trans. Inf. Theory 37(1):145-151. Debiasing by exchange of events, p = (1 + #) / (B + 1) (Phipson &
        Smyth 2010); interval by the delete-one jackknife of both sides.

    Example:
        >>> side, other = [[30, 30, 0]] * 4, [[30, 0, 30]] * 4
        >>> result = divergence(side, other, rng=np.random.default_rng(1))
        >>> result.plug_in, round(result.expected, 3), round(result.p, 3)
        (0.5, 0.057, 0.029)
    """
    sides = count_matrix(before), count_matrix(after)
    if sides[0].shape[1] != sides[1].shape[1] or not 0 < level < 1:
        raise ValueError(f"both sides need the same terms, not {sides[0].shape[1]} and {sides[1].shape[1]}, and a level between 0 and 1, not {level}")
    side = np.repeat([0, 1], [sides[0].shape[0], sides[1].shape[0]])
    pool = sparse.csr_array(sparse.vstack(sides))
    del sides
    return divergence_of(pool, side, stratum=_codes(strata, side), level=level, n_permutations=n_permutations, min_tokens=min_tokens, rng=rng)


def divergence_of(
    pool: sparse.csr_array,
    side: npt.NDArray[np.intp],
    *,
    stratum: npt.NDArray[np.intp] | None = None,
    level: float = 0.95,
    n_permutations: int = 999,
    min_tokens: int = 50,
    rng: np.random.Generator,
    progress: Callable[[int, int], None] | None = None,
) -> Divergence:
    """Return `divergence` of the events of both sides in one matrix, of which a hundred thousand events are held once.

    Args:
        pool: As `count_matrix` returns it, shape (n, V).
        side: 0 or 1 per event, shape (n,).
        stratum: A number per event, shape (n,); all in one when None.
        level: As in `divergence`, and so are the others.
        n_permutations: Random exchanges.
        min_tokens: Least tokens of an event.
        rng: Source of randomness.
        progress: Called with (thinnings done, thinnings in all).
    """
    stratum = np.zeros(side.size, dtype=np.intp) if stratum is None else stratum
    lengths = np.asarray(pool.sum(axis=1)).ravel()
    depth = common_depth(lengths, side, min_tokens=min_tokens) if side.any() and not side.all() else 0
    kept = (lengths >= depth) & (depth > 0)
    left_out = int((~kept[side == 0]).sum()), int((~kept[side == 1]).sum())
    order = np.flatnonzero(kept)[np.lexsort((side[kept], stratum[kept], content_rank(pool[kept])))]
    events = _Events(_present(pool[order]), side[order], stratum[order], depth)
    del pool
    n = order.size
    if min(events.sizes) < MIN_EVENTS or _arrangements(events.side, events.stratum, MIN_ARRANGEMENTS) < MIN_ARRANGEMENTS:
        return Divergence(Estimate(None, None, None, level, n, "bits", "none"), None, None, None, depth, left_out)
    plug_in, expected, p = _exchanged(events, n_permutations, rng, progress)
    reach = float(special.ndtri((1 + level) / 2)) * _jackknife_error(events, rng)
    value = plug_in - expected
    tested = p if min(events.sizes) >= MIN_TESTED else None
    return Divergence(Estimate(value, value - reach, value + reach, level, n, "bits", "jsd-rarefied"), plug_in, expected, tested, depth, left_out)


def divergences(
    counts: Counts, groups: npt.ArrayLike, *, n_permutations: int = 199, min_tokens: int = 50, rng: np.random.Generator
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the debiased divergence and p of every pair of groups, for a chart of distances.

    Args:
        counts: Counts of events x terms, shape (n, V).
        groups: Group of every event, 0 .. G - 1, shape (n,).
        n_permutations: Exchanges per pair.
        min_tokens: Events with fewer tokens are left out.
        rng: Source of randomness.

    Returns:
        Two symmetric matrices of shape (G, G), read-only: bits (signed, 0 on the diagonal) and p (1 on the diagonal);
        NaN where `divergence` has None.

    Raises:
        ValueError: As `divergence`, or groups do not fit.

    Caution:
        Each pair has its own depth; values are comparable because each is freed of its own bias. The p are a family:
        correct them together.

    Example:
        >>> counts = [[30, 30, 0]] * 4 + [[30, 0, 30]] * 4
        >>> bits, p = divergences(counts, [0] * 4 + [1] * 4, rng=np.random.default_rng(1))
        >>> bits.round(3).tolist(), float(p[0, 1].round(3))
        ([[0.0, 0.443], [0.443, 0.0]], 0.029)
    """
    matrix, labels = count_matrix(counts), np.asarray(groups)
    if labels.shape != (matrix.shape[0],) or labels.dtype.kind not in "iu" or (labels.size and labels.min() < 0):
        raise ValueError("groups need one whole number from 0 on per event")
    n_groups = int(labels.max()) + 1 if labels.size else 0
    bits, ps = np.zeros((n_groups, n_groups)), np.ones((n_groups, n_groups))
    for i, j in combinations(range(n_groups), 2):
        pair = divergence(matrix[labels == i], matrix[labels == j], n_permutations=n_permutations, min_tokens=min_tokens, rng=rng)
        bits[i, j] = bits[j, i] = np.nan if pair.divergence.value is None else pair.divergence.value
        ps[i, j] = ps[j, i] = np.nan if pair.p is None else pair.p
    bits.setflags(write=False)
    ps.setflags(write=False)
    return bits, ps


@dataclass(frozen=True, slots=True, eq=False)
class _Events:
    """The events that take part, in an order that depends on content alone."""

    counts: sparse.csr_array
    side: npt.NDArray[np.intp]
    stratum: npt.NDArray[np.intp]
    depth: int

    @property
    def sizes(self) -> tuple[int, int]:
        return int((self.side == 0).sum()), int((self.side == 1).sum())

    def take(self, rows: npt.NDArray[np.intp]) -> _Events:
        return _Events(self.counts[rows], self.side[rows], self.stratum[rows], self.depth)

    def thinned(self, rng: np.random.Generator) -> sparse.csr_array:
        """Every event's distribution over terms, as shown by `depth` of its tokens."""
        found = rarefied(self.counts, self.depth, rng).astype(np.float64)
        found.data /= self.depth
        return sparse.csr_array(found)


def _exchanged(
    events: _Events, n_permutations: int, rng: np.random.Generator, progress: Callable[[int, int], None] | None = None
) -> tuple[float, float, float]:
    """Plug-in value, its mean over exchanges and p, averaged over thinnings; a much larger side is cut to equal numbers.

    With equal numbers a side that varies more does not look farther away; with 4 against 12 it does. Exchanges of all
    events then give the shape of the null, exchanges within the cut sides its mean.
    """
    small, large = sorted(events.sizes)
    labels, exact = _label_rows(events.side, events.stratum, n_permutations, rng)
    n_draws = draws_needed(2 * small)
    is_cut = large > BALANCED * small
    done, total = count(1), n_draws * (1 + is_cut)

    def draws() -> Iterator[int]:
        for draw in range(n_draws):
            yield draw
            if progress is not None:
                progress(next(done), total)

    if not is_cut:
        values = np.mean([pair_bits(events.thinned(rng), labels, labels.others) for _ in draws()], axis=0)
        expected, scale = float(values[1:].mean()), 1.0
    else:
        values = np.mean([pair_bits(events.thinned(rng), labels, _subsets(labels.others, small, rng)) for _ in draws()], axis=0)
        expected = float(np.mean([_cut_mean(events, small, -(-n_permutations // n_draws), rng) for _ in draws()]))
        scale, exact = expected / max(float(values[1:].mean()), np.finfo(float).tiny), False
    as_far = int((values[1:] * scale >= values[0] * (1 - TIE)).sum())
    return float(values[0]), expected, as_far / (values.size - 1) if exact else (1 + as_far) / values.size


def _subsets(labels: Marks, size: int, rng: np.random.Generator) -> Marks:
    """Keep `size` of the marks of every row, at random."""

    def some(marks: Rows) -> Rows:
        row = np.zeros_like(marks)
        row[np.argpartition(np.where(marks > 0, rng.random(marks.size), 2.0), size - 1)[:size]] = 1
        return row

    return Marks.of(map(some, labels), labels.events)


def _cut_mean(events: _Events, size: int, n: int, rng: np.random.Generator) -> float:
    """Mean over exchanges of `size` events of both sides, the larger side's drawn at random."""
    rows = [np.flatnonzero(events.side == s) for s in (0, 1)]
    chosen = events.take(np.sort(np.concatenate([r if r.size == size else rng.choice(r, size, replace=False) for r in rows])))
    labels, _ = _label_rows(chosen.side, chosen.stratum, n, rng)
    return float(pair_bits(chosen.thinned(rng), labels.behind(1), labels.behind(1).others).mean())


def _label_rows(side: npt.NDArray[np.intp], stratum: npt.NDArray[np.intp], n: int, rng: np.random.Generator) -> tuple[Marks, bool]:
    """Rows of 1 (one side) and 0, the observed first, then exchanges within strata; and whether those are all there are."""
    mark = (side == (0 if (side == 0).sum() <= (side == 1).sum() else 1)).astype(np.uint8)
    places = [np.flatnonzero(stratum == s) for s in np.unique(stratum)]
    if _arrangements(side, stratum, n) <= n:
        rows = [mark]
        for chosen in product(*(combinations(place.tolist(), int(mark[place].sum())) for place in places)):
            row = np.zeros(side.size, dtype=np.uint8)
            row[[i for part in chosen for i in part]] = 1
            rows.append(row)
        return Marks.of(rows, side.size), True
    return Marks.of(chain([mark], _exchanges(mark, places, n, rng)), side.size), False


def _exchanges(mark: Rows, places: Sequence[npt.NDArray[np.intp]], n: int, rng: np.random.Generator) -> Iterator[Rows]:
    """Random exchanges of the marks within strata; row by row where there is one stratum, however many events."""
    if len(places) == 1:
        for _ in range(n):
            yield rng.permuted(mark)
        return
    labels = np.tile(mark, (n, 1))
    for place in places:
        labels[:, place] = rng.permuted(labels[:, place], axis=1)
    yield from labels


def _arrangements(side: npt.NDArray[np.intp], stratum: npt.NDArray[np.intp], most: int) -> int:
    """In how many ways the events can be exchanged within strata; any number above `most` where they are more."""
    return math.prod(arrangements(int((stratum == s).sum()), int(((stratum == s) & (side == 0)).sum()), most) for s in np.unique(stratum))


def _jackknife_error(events: _Events, rng: np.random.Generator) -> float:
    """Standard error of the plug-in value: delete one event of either side, thinnings averaged."""
    draws = draws_needed(events.side.size)
    left = np.mean([leave_one_out_bits(events.thinned(rng), events.side) for _ in range(draws)], axis=0)
    variance = 0.0
    for s in (0, 1):
        values = left[events.side == s]
        variance += (values.size - 1) / values.size * float(((values - values.mean()) ** 2).sum())
    return math.sqrt(variance)


def _present(counts: sparse.csr_array) -> sparse.csr_array:
    """Leave out the terms that stand nowhere."""
    return sparse.csr_array(counts[:, np.unique(counts.indices)])


def _codes(strata: tuple[npt.ArrayLike, npt.ArrayLike] | None, side: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Whole numbers for the labels of both sides, sorted; all 0 without strata."""
    if strata is None:
        return np.zeros(side.size, dtype=np.intp)
    labels = [np.asarray(part) for part in strata]
    if any(part.shape != ((side == s).sum(),) for s, part in enumerate(labels)):
        raise ValueError("strata need one label per event on both sides")
    return np.unique(np.concatenate(labels), return_inverse=True)[1].astype(np.intp)
