"""The permutation p of a shift: a check that needs no normal distribution, shown as a caveat, never as a verdict."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

MIN_PERMUTED = 4
TIE = 1e-9
FEWEST = 199
MOST_MOVED = 20_000_000  # values that change places
_BLOCK = 2_000_000  # values looked at together: 16 MB


def permutation_p(before_shares: npt.ArrayLike, after_shares: npt.ArrayLike, *, n_permutations: int = 999, random_state: int) -> float | None:
    """Return the two-sided p of Welch's t over exchanges of events between the two sides.

    Args:
        before_shares: One share per event, shape (k,).
        after_shares: The same for the other side, shape (m,).
        n_permutations: Random arrangements; where fewer exist, all of them are looked at and p is exact. Where they would move more than 20 million values
            fewer are drawn, down to 199: with so many events the plain test has all that it asks for, and the check may be coarse.
        random_state: The recipe's. What is measured on as many events has the same arrangements, each of which holds for it alone; unused where all are
            looked at.

    Returns:
        p in (0, 1]; None with fewer than four events on a side, where .05 is out of reach or barely in it.

    Source:
        Studentised: Janssen 1997, Statistics & Probability Letters 36:9-21; Chung & Romano 2013, Annals of Statistics
        41(2):484-507. Random arrangements: (1 + #) / (B + 1), Phipson & Smyth 2010.

    Example:
        >>> round(permutation_p([1, 2, 3, 4], [5, 6, 7, 8], random_state=1), 4)  # 2 of 70
        0.0286
    """
    sides = np.asarray(before_shares, dtype=float), np.asarray(after_shares, dtype=float)
    before, after = sorted(sides, key=lambda side: side.size)
    if before.size < MIN_PERMUTED:
        return None
    pooled = np.sort(np.concatenate((before, after)))
    centre, scale = float(pooled.mean()), float(np.ptp(pooled))
    if scale == 0:
        return 1.0
    pooled = (pooled - centre) / scale
    sums = float(pooled.sum()), float(pooled @ pooled)
    own = (before - centre) / scale
    counts = before.size, pooled.size
    observed = float(_studentised(own.sum(keepdims=True), np.square(own).sum(keepdims=True), counts, sums)[0])
    n_permutations = min(n_permutations, max(FEWEST, MOST_MOVED // pooled.size))
    exact = arrangements(pooled.size, before.size, n_permutations) <= n_permutations
    drawn = _all_sums(pooled, before.size) if exact else _random_sums(pooled, before.size, n_permutations, random_state)
    values = np.concatenate([_studentised(totals, squares, counts, sums) for totals, squares in drawn])
    as_large = int((values >= observed * (1 - TIE)).sum())
    return as_large / values.size if exact else (1 + as_large) / (n_permutations + 1)


def arrangements(n: int, k: int, most: int) -> int:
    """Return in how many ways k of n can be chosen, or `most` + 1 where they are more: of 300,000 events the number itself takes seconds.

    Example:
        >>> arrangements(8, 4, 100), arrangements(300_000, 150_000, 100)
        (70, 101)
    """
    return min(math.comb(n, k), most + 1) if n <= most or not 0 < k < n else most + 1


def _studentised(totals: Floats, squares: Floats, counts: tuple[int, int], sums: tuple[float, float]) -> Floats:
    """|t| of sides of k of n values against the rest, from sums of values and of squares; values are scaled to a range of 1, so TIE is relative to it."""
    k, m = counts[0], counts[1] - counts[0]
    rest, rest_squares = sums[0] - totals, sums[1] - squares
    differences = np.abs(totals / k - rest / m)
    variances = np.maximum(0.0, squares - totals**2 / k) / (k * (k - 1)) + np.maximum(0.0, rest_squares - rest**2 / m) / (m * (m - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(variances > TIE**2, differences / np.sqrt(variances), np.inf)
    return np.where(differences <= TIE, 0.0, found)


def _all_sums(pooled: Floats, size: int) -> Iterator[tuple[Floats, Floats]]:
    """Sums of values and of squares of every choice of so many of the values, some choices at a time."""
    chosen, rows = _all_arrangements(pooled.size, size), max(1, _BLOCK // size)
    for row in range(0, len(chosen), rows):
        sides = pooled[chosen[row : row + rows]]
        yield sides.sum(axis=1), np.square(sides).sum(axis=1)


def _random_sums(pooled: Floats, size: int, count: int, random_state: int) -> Iterator[tuple[Floats, Floats]]:
    """The same of as many random choices."""
    chosen, rows = _random_arrangements(pooled.size, size, count, random_state), max(1, _BLOCK // pooled.size)
    both = np.stack((pooled, pooled**2))
    for row in range(0, count, rows):
        totals, squares = np.einsum("jn,kn->jk", both, np.unpackbits(chosen[row : row + rows], axis=1, count=pooled.size))
        yield totals, squares


@lru_cache(maxsize=4)
def _all_arrangements(n: int, size: int) -> npt.NDArray[np.int32]:
    return np.array(list(combinations(range(n), size)), dtype=np.int32)


@lru_cache(maxsize=2)  # one theme after the other is asked about the same events
def _random_arrangements(n: int, size: int, count: int, random_state: int) -> npt.NDArray[np.uint8]:
    """Which of n are on the side, a bit each: of a million events the numbers of those on it would be a quarter of a gigabyte."""
    rng, chosen = np.random.default_rng([random_state, n, size]), np.empty((count, -(-n // 8)), dtype=np.uint8)
    for row in chosen:
        marked = np.zeros(n, dtype=bool)
        marked[rng.permutation(n)[:size]] = True
        row[:] = np.packbits(marked)
    return chosen
