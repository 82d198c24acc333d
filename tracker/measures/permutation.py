"""The permutation p of a shift: a check that needs no normal distribution, shown as a caveat, never as a verdict."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

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
    observed = float(_studentised(own[np.newaxis], pooled.size, sums)[0])
    n_permutations = min(n_permutations, max(FEWEST, MOST_MOVED // pooled.size))
    exact = arrangements(pooled.size, before.size, n_permutations) <= n_permutations
    chosen = _all_arrangements(pooled.size, before.size) if exact else _random_arrangements(pooled.size, before.size, n_permutations, random_state)
    rows = max(1, _BLOCK // before.size)
    values = np.concatenate([_studentised(pooled[chosen[row : row + rows]], pooled.size, sums) for row in range(0, len(chosen), rows)])
    as_large = int((values >= observed * (1 - TIE)).sum())
    return as_large / values.size if exact else (1 + as_large) / (n_permutations + 1)


def arrangements(n: int, k: int, most: int) -> int:
    """Return in how many ways k of n can be chosen, or `most` + 1 where they are more: of 300,000 events the number itself takes seconds.

    Example:
        >>> arrangements(8, 4, 100), arrangements(300_000, 150_000, 100)
        (70, 101)
    """
    return min(math.comb(n, k), most + 1) if n <= most or not 0 < k < n else most + 1


def _studentised(sides: npt.NDArray[np.float64], n: int, sums: tuple[float, float]) -> npt.NDArray[np.float64]:
    """|t| of one side against the rest of n values for each row, from sums and sums of squares; values are scaled to a range of 1, so TIE is relative to it."""
    k, m = sides.shape[1], n - sides.shape[1]
    totals, squares = sides.sum(axis=1), np.einsum("ij,ij->i", sides, sides)
    rest, rest_squares = sums[0] - totals, sums[1] - squares
    differences = np.abs(totals / k - rest / m)
    variances = np.maximum(0.0, squares - totals**2 / k) / (k * (k - 1)) + np.maximum(0.0, rest_squares - rest**2 / m) / (m * (m - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(variances > TIE**2, differences / np.sqrt(variances), np.inf)
    return np.where(differences <= TIE, 0.0, found)


@lru_cache(maxsize=4)
def _all_arrangements(n: int, size: int) -> npt.NDArray[np.int32]:
    return np.array(list(combinations(range(n), size)), dtype=np.int32)


@lru_cache(maxsize=2)  # one theme after the other is asked about the same events
def _random_arrangements(n: int, size: int, count: int, random_state: int) -> npt.NDArray[np.int32]:
    rng, chosen = np.random.default_rng([random_state, n, size]), np.empty((count, size), dtype=np.int32)
    for row in chosen:
        row[:] = rng.permutation(n)[:size]
    return chosen
