"""The pooled permutation test of words: events change places, and every word is held against what all words do then."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations, product
from typing import TYPE_CHECKING

import numpy as np

from tracker.measures.overdispersion import intraclass, over_binomial, pearson_phi, squeeze
from tracker.measures.quasi_g2 import shrunken_g2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tracker.measures.overdispersion import EventCounts, Indices, Vector

BLOCK_CELLS = 2_000_000
PRIOR_SHARE = 0.5
TIE = 1e-9


def pooled_null_p(
    table: EventCounts,
    *,
    n_permutations: int = 999,
    strata: npt.ArrayLike | None = None,
    rng: np.random.Generator,
    progress: Callable[[int, int], None] | None = None,
) -> Vector:
    """Return the two-sided p of every word's change over rearrangements of events, pooled over all words.

    A word's score is its G2 on effective counts (see `quasi_g2`), shrunk by half of all tokens at the common rate, over its own
    dispersion within the sides, squeezed. Under the null what changes places between events is not their counts but how far each
    lies from its side's rate, in units of its own standard deviation: the lengths stay where they are, so one side's texts may
    be ten times as long as the other's, and a word that did change does not widen the null it is held against.

    Args:
        table: Each word at least once; three events or more, one at least on each side. The p depend on the order of the events.
        n_permutations: Arrangements B; where fewer exist (small strata) each is looked at once.
        strata: A label for every event; events change places only within one, shape (n,). None for one stratum.
        rng: Source of randomness.
        progress: Called with (words done, words in all).

    Returns:
        #{(b, v): score_bv >= score_w} / (B V), at least 1 / (B V); shape (V,), read-only.

    Raises:
        ValueError: Fewer than three events, or none on a side.

    Caution:
        Pooling takes the words as alike once they are scaled: the false discovery rate of the family holds, the p of one word is
        approximate. Residuals of few events are a little too small; sqrt(n / (n - 2)) makes up for it. Memory is bounded: B x n
        numbers, and a few times 2 million cells.

    Source:
        Pooled null: Storey & Tibshirani 2003, PNAS 100(16):9440-9445. Residuals changing places: ter Braak 1992, in Bootstrapping
        and Related Techniques, 79-86. Moderation: Smyth 2004, see `squeeze`.

    Example:
        >>> from tracker.measures.overdispersion import event_counts
        >>> rng = np.random.default_rng(1)
        >>> counts = rng.poisson(5, (12, 200))
        >>> counts[6:, 0] += 15
        >>> p = pooled_null_p(event_counts(counts, counts.sum(axis=1), [False] * 6 + [True] * 6), rng=rng)
        >>> bool(p[0] < 1e-4), bool(0.03 < (p[1:] < 0.05).mean() < 0.08)
        (True, True)
    """
    n = table.tokens
    trend = squeeze(pearson_phi(table), n.size - 2, np.log(table.total(table.counts)))
    rho = intraclass(trend.prior, n)
    places = _places(np.zeros(n.size) if strata is None else np.asarray(strata), n_permutations, rng)
    blocks = [block for level in np.unique(rho) for block in _blocks(np.flatnonzero(rho == level), max(n.size, len(places)))]
    observed = np.concatenate([_weigh(table, words, float(rho[words[0]])).observed(table.after, trend.prior_df) for words in blocks])
    ranked = np.sort(observed * (1 - TIE))
    reached, done = np.zeros(ranked.size + 1, dtype=np.int64), 0
    for words in blocks:
        scores = _weigh(table, words, float(rho[words[0]])).rearranged(table.after, places, trend.prior_df)
        reached += np.bincount(np.searchsorted(ranked, scores.ravel(), side="right"), minlength=ranked.size + 1)
        done += words.size
        if progress is not None:
            progress(done, table.n_words)
    at_least = reached[::-1].cumsum()[::-1][1:]  # at_least[j]: null scores that reach the j-th smallest observed one
    p = np.empty(table.n_words)
    p[np.concatenate(blocks)] = np.maximum(at_least[np.searchsorted(ranked, observed * (1 - TIE))], 1) / (len(places) * table.n_words)
    p.setflags(write=False)
    return p


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Words of one rho: effective lengths (n,), common rates (V,), residuals from their side's rate over the root of the length (n, V), and sums."""

    lengths: Vector
    rate: Vector
    residuals: Vector
    words: tuple[Vector, Vector]

    def observed(self, after: npt.NDArray[np.bool_], prior_df: float) -> Vector:
        """Scores of the words as they stand, shape (V,)."""
        sums = [(words, self.lengths[side].sum()) for words, side in zip(self.words, (~after, after), strict=True)]
        spread = over_binomial((self.residuals**2).sum(axis=0), self.rate)
        return shrunken_g2(sums, PRIOR_SHARE) / _moderated(spread, prior_df, self.lengths.size - 2)

    def rearranged(self, after: npt.NDArray[np.bool_], places: Indices, prior_df: float) -> Vector:
        """Scores in every arrangement, shape (B, V)."""
        df = self.lengths.size - 2
        residuals = self.residuals * math.sqrt(self.lengths.size / df)
        sums = []
        for side in (~after, after):
            weights = np.zeros(places.shape)
            weights[np.arange(len(places))[:, None], places[:, side]] = np.sqrt(self.lengths[side])
            size = self.lengths[side].sum()
            sums.append((size * self.rate + weights @ residuals, size))
        (a, of_a), (b, of_b) = sums
        between = (a / of_a - b / of_b) ** 2 / (1 / of_a + 1 / of_b)
        variance = np.where(self.rate < 1, self.rate * (1 - self.rate), 1.0)
        spread = np.maximum((residuals**2).sum(axis=0) - between, 0) / variance
        return shrunken_g2(sums, PRIOR_SHARE) / _moderated(spread, prior_df, df)


def _moderated(spread: Vector, prior_df: float, df: int) -> Vector:
    """The dispersion within the sides against that of words so frequent, squeezed towards it; floored at 1."""
    found: Vector = np.ones_like(spread) if math.isinf(prior_df) else np.maximum((prior_df + spread) / (prior_df + df), 1.0)
    return found


def _weigh(table: EventCounts, words: Indices, rho: float) -> _Block:
    """Bring words of one rho to effective counts."""
    lengths = table.tokens / (1 + (table.tokens - 1) * rho)
    counts = table.dense(words) * (lengths / table.tokens)[:, None]
    sums = counts[~table.after].sum(axis=0), counts[table.after].sum(axis=0)
    rates = [held / lengths[side].sum() for held, side in zip(sums, (~table.after, table.after), strict=True)]
    expected = lengths[:, None] * np.where(table.after[:, None], rates[1], rates[0])
    return _Block(lengths, (sums[0] + sums[1]) / lengths.sum(), (counts - expected) / np.sqrt(lengths)[:, None], sums)


def _blocks(words: Indices, rows: int) -> list[Indices]:
    room = max(1, BLOCK_CELLS // rows)
    return np.split(words, range(room, words.size, room))


def _places(strata: npt.NDArray[np.generic], n_permutations: int, rng: np.random.Generator) -> Indices:
    """Arrangements, shape (B, n): row b says whose residual comes to event i."""
    groups = [np.flatnonzero(strata == label) for label in np.unique(strata)]
    if math.prod(math.factorial(group.size) for group in groups) <= n_permutations:
        return np.array(list(_all_places(groups, strata.size)), dtype=np.intp)
    places: Indices = np.tile(np.arange(strata.size), (n_permutations, 1))
    for group in groups:
        places[:, group] = rng.permuted(places[:, group], axis=1)
    return places


def _all_places(groups: Sequence[Indices], n: int) -> Iterator[Indices]:
    for orders in product(*(permutations(group.tolist()) for group in groups)):
        place = np.arange(n)
        for group, order in zip(groups, orders, strict=True):
            place[group] = order
        yield place
