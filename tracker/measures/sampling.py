"""How many units each stratum of a sample gets, and which: drawn at random without replacement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

LEAST = 2
"""Units of a stratum below which its variance cannot be seen."""


def power_allocation(sizes: Sequence[int], n: int) -> tuple[int, ...]:
    """Return how many units to draw from each stratum: in proportion to the square root of its size, at least LEAST or all it has.

    Between equal numbers, best for each stratum, and proportional ones, best for the whole.

    Args:
        sizes: Units of each stratum, each >= 1.
        n: Units to draw in all; more are drawn only where LEAST a stratum need more.

    Raises:
        ValueError: A stratum without units, or n below 1.

    Source:
        Bankier 1988, The American Statistician 42(3):174-177, power 1/2.

    Example:
        >>> power_allocation([100, 400, 3], 33), power_allocation([5, 5], 40)
        ((10, 21, 2), (5, 5))
    """
    held = np.asarray(sizes, dtype=np.int64)
    if n < 1 or (held < 1).any():
        raise ValueError(f"every stratum needs units and n must be 1 or more, not {list(sizes)} and {n}")
    given = np.minimum(held, LEAST)
    wish = np.sqrt(held.astype(float))
    while given.sum() < min(n, held.sum()):
        short = np.where(given < held, wish / (given + 1), -1.0)  # each next unit where it is owed most
        given[int(np.argmax(short))] += 1
    return tuple(int(one) for one in given)


def drawn(sizes: Sequence[int], allocation: Sequence[int], rng: np.random.Generator) -> tuple[npt.NDArray[np.int64], ...]:
    """Return the indices drawn from each stratum, in ascending order.

    Args:
        sizes: Units of each stratum.
        allocation: How many to draw of each, none more than its size.
        rng: Source of randomness.

    Example:
        >>> [len(part) for part in drawn([5, 3], [2, 3], np.random.default_rng(1))]
        [2, 3]
    """
    return tuple(np.sort(rng.choice(size, take, replace=False)).astype(np.int64) for size, take in zip(sizes, allocation, strict=True))
