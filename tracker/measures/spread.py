"""How much the events of one period differ among themselves, borrowed from all periods together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


def pooled_variance(periods: Sequence[npt.NDArray[np.float64]]) -> tuple[float, int]:
    """Return the variance of events around the mean of their own period, and its degrees of freedom.

    Args:
        periods: One value per event, shape (k,) each, any unit; a period of one event adds nothing, one of none neither.

    Returns:
        Sum of squares within periods over K - P, and K - P, with K events in P periods; (0, 0) when no period has two.

    Example:
        >>> pooled_variance([np.array([1.0, 3.0]), np.array([10.0, 10.0, 13.0]), np.array([7.0])])
        (2.6666666666666665, 3)
    """
    df = sum(max(0, values.size - 1) for values in periods)
    if df == 0:
        return 0.0, 0
    # Exact sums: the order of periods and of events within them cannot move a digit.
    squares = [(value - mean) ** 2 for values in periods if values.size for mean in [math.fsum(values) / values.size] for value in values]
    return math.fsum(squares) / df, df
