"""The moderated quasi-G2 of words: a likelihood ratio in units of how much speeches differ anyway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from tracker.measures.overdispersion import intraclass, over_binomial, pearson_phi, squeeze

if TYPE_CHECKING:
    import numpy.typing as npt

    from tracker.measures.overdispersion import EventCounts, Vector

MIN_EVENTS = 2


@dataclass(frozen=True, slots=True, eq=False)
class QuasiG2:
    """The test of every word.

    Args:
        p: Two-sided p, 0-1, shape (V,); read-only.
        f: G2 of the effective counts over what dispersion is left in them, shape (V,); read-only.
        rises: Whether the effective rate is higher after, shape (V,); read-only.
        df: Denominator degrees of freedom: those of the events and those borrowed from other words.
    """

    p: Vector
    f: Vector
    rises: npt.NDArray[np.bool_]
    df: float


def quasi_g2(table: EventCounts) -> QuasiG2:
    """Return the p of every word's change, with the event and not the token as the unit.

    Each event's counts are divided by their own variance inflation 1 + (n - 1) rho of the word, so that one very long text does
    not outvote the rest; with events of one length that is plainly G2 / phi. The dispersion that stays is measured again,
    squeezed, and divided out where it exceeds 1.

    Args:
        table: Each word at least once; two events or more on both sides.

    Raises:
        ValueError: Fewer than two events on a side.

    Caution:
        Closed form and quick. At 10/10 events it finds .11 of tripled words where the pooled permutation finds .18, and as many as it
        (.87) of those that change fiftyfold. Quiet also where one side's texts are ten times as long.

    Source:
        G2: Dunning 1993. F = G2 / phi on (1, df): McCullagh & Nelder 1989, section 4.5. Moderation: Smyth 2004, see `squeeze`.

    Example:
        >>> from tracker.measures.overdispersion import event_counts
        >>> found = quasi_g2(event_counts([[2, 5], [3, 5], [9, 5], [8, 5]], [100] * 4, [0, 0, 1, 1]))
        >>> found.f.round(2), found.rises.tolist()
        (array([7.3, 0. ]), [True, False])
    """
    n = table.tokens
    if min(table.after.sum(), (~table.after).sum()) < MIN_EVENTS:
        raise ValueError("two events or more are needed on both sides")
    logs, df = np.log(table.total(table.counts)), n.size - 2
    borrowed = squeeze(pearson_phi(table), df, logs)
    rho = intraclass(borrowed.phi, n)
    sums = _effective(table, rho)
    f = shrunken_g2(sums) / np.maximum(squeeze(_left(table, rho, sums), df, logs).phi, 1.0)
    whole = df + borrowed.prior_df
    p = special.chdtrc(1, f) if np.isinf(whole) else special.fdtrc(1, whole, f)
    rises = sums[1][0] * sums[0][1] > sums[0][0] * sums[1][1]
    for array in (p, f, rises):
        array.setflags(write=False)
    return QuasiG2(p, f, rises, whole)


def _effective(table: EventCounts, rho: Vector) -> list[tuple[Vector, Vector]]:
    """Effective counts and tokens of every word, before and after."""
    n = table.tokens

    def held(cells: slice) -> Vector:
        found: Vector = table.count[cells] / (1 + (n[table.event[cells]] - 1) * rho[table.word[cells]])
        return found

    levels, level = np.unique(rho, return_inverse=True)
    lengths = n[:, None] / (1 + (n[:, None] - 1) * levels)
    return [(table.total(held, side), lengths[side].sum(axis=0)[level]) for side in (~table.after, table.after)]


def _left(table: EventCounts, rho: Vector, sums: list[tuple[Vector, Vector]]) -> Vector:
    """Dispersion of the effective counts within the sides, shape (V,)."""

    def square(cells: slice) -> Vector:
        n = table.tokens[table.event[cells]]
        found: Vector = table.count[cells].astype(np.float64) ** 2 / (n * (1 + (n - 1) * rho[table.word[cells]]))
        return found

    squares = table.total(square)
    for words, lengths in sums:
        squares = squares - words**2 / lengths
    rate = (sums[0][0] + sums[1][0]) / (sums[0][1] + sums[1][1])
    return over_binomial(squares, rate) / (table.tokens.size - 2)


def shrunken_g2(sums: list[tuple[Vector, Vector]], prior_share: float = 0.0) -> Vector:
    """Return 2 sum O ln(O / E) of a word over both sides and all four cells, >= 0.

    Args:
        sums: Counts and tokens of every word before, and after, of any shapes that fit each other.
        prior_share: How many tokens at the common rate are added to each side first, as a share of all tokens.

    Example:
        >>> before, after = (np.array([10.0]), np.array([100.0])), (np.array([20.0]), np.array([100.0]))
        >>> shrunken_g2([before, after]).round(4), shrunken_g2([before, after], 0.5).round(2)
        (array([3.9866]), array([1.97]))
    """
    (a, of_a), (b, of_b) = sums
    extra = prior_share * (of_a + of_b)
    added = extra * (a + b) / (of_a + of_b)
    whole, total = np.zeros_like(of_a), np.zeros_like(a)
    for held, of in ((a, of_a), (b, of_b)):
        words, tokens = np.maximum(held, 0) + added, of + extra
        total = total + _entropy(words) + _entropy(np.maximum(tokens - words, 0)) - _entropy(tokens)
        whole = whole + tokens
    words = np.maximum(a, 0) + np.maximum(b, 0) + 2 * added
    total = total - _entropy(words) - _entropy(np.maximum(whole - words, 0)) + _entropy(whole)
    score: Vector = np.maximum(0.0, 2 * total)
    return score


def _entropy(values: Vector) -> Vector:
    found: Vector = np.asarray(special.xlogy(values, values), dtype=np.float64)
    return found
