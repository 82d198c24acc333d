"""Which words mark one side off: weighted log-odds for ranking, rates and ratios for reading, G2 for description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class LogOdds:
    """Weighted log-odds of every word, positive = typical of AFTER.

    Args:
        delta: Log-odds ratio after against before, shape (V,), natural logarithm; read-only.
        z: delta over its standard error, shape (V,); for sorting only; read-only.
        prior_tokens: Size a_0 of the prior that was used, in tokens.
    """

    delta: npt.NDArray[np.float64]
    z: npt.NDArray[np.float64]
    prior_tokens: float


def log_odds(before_counts: npt.ArrayLike, after_counts: npt.ArrayLike, background: npt.ArrayLike, *, prior_tokens: float = 500.0) -> LogOdds:
    """Return the log-odds ratio of every word with an informative Dirichlet prior.

    Args:
        before_counts: Count of every word of the vocabulary before, shape (V,).
        after_counts: The same after, shape (V,).
        background: Count of every word in the whole corpus, both sides included, shape (V,).
        prior_tokens: Wanted size of the prior, about one short speech, > 0; at most half the tokens of both sides is used.

    Raises:
        ValueError: Shapes differ, a count is negative or infinite, a counted word is missing from the background, or
            `prior_tokens` is not above 0.

    Caution:
        z is not a test: it takes words as independent, and half of what it calls significant on unchanged speech is false.
        Words that stand nowhere, and a vocabulary of one word, get 0.

    Source:
        Monroe, Colaresi & Quinn 2008, "Fightin' Words", Political Analysis 16(4):372-403, sections 3.3-3.5.

    Example:
        >>> result = log_odds([5, 95], [20, 80], [25, 175])
        >>> result.prior_tokens, result.z.round(2).tolist()
        (100.0, [2.38, -6.59])
    """
    before, after, corpus = _vectors(before_counts, after_counts, background)
    if prior_tokens <= 0 or ((corpus == 0) & (before + after > 0)).any():
        raise ValueError(f"prior_tokens must lie above 0, not {prior_tokens}, and the background must hold every counted word")
    size = min(prior_tokens, float(before.sum() + after.sum()) / 2)
    known = (corpus > 0) & (corpus < corpus.sum()) & (size > 0)
    prior = size * corpus[known] / max(float(corpus.sum()), 1.0)
    delta, z = np.zeros(corpus.size), np.zeros(corpus.size)
    with_before, with_after = before[known] + prior, after[known] + prior
    delta[known] = np.log(with_after / (after.sum() + size - with_after)) - np.log(with_before / (before.sum() + size - with_before))
    z[known] = delta[known] / np.sqrt(1 / with_before + 1 / with_after)
    delta.setflags(write=False)
    z.setflags(write=False)
    return LogOdds(delta, z, size)


def g2(before_counts: npt.ArrayLike, after_counts: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the token-level log-likelihood ratio of every word over its 2 x 2 table, >= 0; 0 where a side is empty.

    Args:
        before_counts: Count of every word of the whole vocabulary before, shape (V,); the sum is the side's tokens.
        after_counts: The same after, shape (V,).

    Raises:
        ValueError: Shapes differ, or a count is negative or infinite.

    Caution:
        A description, never a test: on unchanged speech it reports a difference in about 60 % of comparisons.

    Source:
        Dunning 1993, Computational Linguistics 19(1):61-74: 2 sum O ln(O / E), all four cells.

    Example:
        >>> g2([10, 90], [20, 80]).round(4)
        array([3.9866, 3.9866])
    """
    before, after = _vectors(before_counts, after_counts)
    n_before, n_after = float(before.sum()), float(after.sum())
    if n_before == 0 or n_after == 0:
        return np.zeros(before.size)
    word, other = before + after, n_before + n_after - before - after
    cells = special.xlogy(before, before) + special.xlogy(after, after)
    cells = cells + special.xlogy(n_before - before, n_before - before) + special.xlogy(n_after - after, n_after - after)
    total = n_before + n_after
    margins = special.xlogy(word, word) + special.xlogy(other, other) + special.xlogy(n_before, n_before) + special.xlogy(n_after, n_after)
    score: npt.NDArray[np.float64] = np.maximum(0.0, 2 * (cells - margins + special.xlogy(total, total)))
    return score


def log2_ratio(before_counts: npt.ArrayLike, after_counts: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return the log2 ratio of every word's rates, after against before, and where it may be printed.

    Args:
        before_counts: Count of every word of the whole vocabulary before, shape (V,); the sum is the side's tokens.
        after_counts: The same after, shape (V,).

    Returns:
        log2 of ((after + .5) / tokens after) / ((before + .5) / tokens before), always finite, shape (V,), and a mask, False
        where a count is 0: there the .5 makes the ratio, and a reader is told "0 of N" instead.

    Raises:
        ValueError: Shapes differ, or a count is negative or infinite.

    Source:
        Hardie 2014, Log Ratio, with .5 added to every count.

    Example:
        >>> values, shown = log2_ratio([7, 0, 93], [15, 5, 80])
        >>> values.round(2).tolist(), shown.tolist()
        ([1.05, 3.46, -0.22], [True, False, True])
    """
    before, after = _vectors(before_counts, after_counts)
    sizes = max(float(before.sum()), 1.0), max(float(after.sum()), 1.0)
    return np.log2((after + 0.5) / (before + 0.5)) + np.log2(sizes[0] / sizes[1]), (before > 0) & (after > 0)


def per_1000(counts: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return every word's rate per 1,000 tokens of its side, shape (V,); 0 where the side is empty.

    Args:
        counts: Count of every word of the whole vocabulary, shape (V,); the sum is the side's tokens.

    Raises:
        ValueError: A count is negative or infinite.

    Example:
        >>> per_1000([1, 3])
        array([250., 750.])
    """
    (values,) = _vectors(counts)
    return 1000 * values / max(float(values.sum()), 1.0)


def _vectors(*counts: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], ...]:
    vectors = tuple(np.asarray(c, dtype=float) for c in counts)
    if any(v.ndim != 1 or v.shape != vectors[0].shape for v in vectors):
        raise ValueError(f"counts must be lists of one length, not of shapes {[v.shape for v in vectors]}")
    if not all(np.isfinite(v).all() and (v >= 0).all() for v in vectors):
        raise ValueError("every count must be finite and not below 0")
    return vectors
