"""Many tests at once: the false discovery rate of one family."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def benjamini_hochberg(p: Sequence[float | None]) -> list[float | None]:
    """Return the q of every p: the smallest false discovery rate at which it would count.

    Args:
        p: Two-sided p values of one family, 0-1; None for what was not tested, which leaves the family.

    Returns:
        q values in the order of p, 0-1; None where p is None.

    Raises:
        ValueError: A p is outside 0-1.

    Caution:
        Exact for independent tests, approximate for themes that share words.

    Source:
        Benjamini & Hochberg 1995, JRSS B 57(1):289-300: q_(j) = min over l >= j of m p_(l) / l.

    Example:
        >>> benjamini_hochberg([0.01, None, 0.04, 0.03])
        [0.03, None, 0.04, 0.04]
    """
    tested = [i for i, value in enumerate(p) if value is not None]
    values = np.array([p[i] for i in tested], dtype=float)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError(f"every p must lie in 0-1, not {list(p)}")
    order = np.argsort(values, kind="stable")
    scaled = values[order] * values.size / np.arange(1, values.size + 1)
    adjusted = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    result: list[float | None] = [None] * len(p)
    for rank, index in enumerate(order):
        result[tested[index]] = float(adjusted[rank])
    return result
