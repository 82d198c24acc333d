"""The tipping point: how alike speeches of one period would have to be for a difference between few speeches to count."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    import numpy.typing as npt

Counts = tuple["npt.NDArray[np.float64]", "npt.NDArray[np.float64]"]


def tipping_point(before: Counts, after: Counts, *, level: float = 0.95, phi: float) -> float | None:
    """Return tau*, the between-event SD below which the difference of the two sides' logits would leave 0 out.

    Args:
        before: Hits and tokens of the events of one side, shape (k,) each, tokens > 0.
        after: The same for the other side, shape (m,).
        level: Level at which the difference would count, between 0 and 1.
        phi: Within-text overdispersion, >= 1.

    Returns:
        Log-odds SD >= 0; 0 when not even these texts can be told apart; None when a side has no event.

    Caution:
        A way to say what would have to be true, not a test: compare it with the SD of real speeches, 0.35-0.55.

    Source:
        y = ln((c + .5) / (n - c + .5)), v = phi (1 / (c + .5) + 1 / (n - c + .5)); one event a side:
        tau* = sqrt(max(0, ((y_B - y_A) / 1.96)^2 - v_A - v_B) / 2); several: means of y, v / k^2 summed, 1/k + 1/m for 2.

    Example:
        >>> eight, none = (np.array([8.0]), np.array([88.0])), (np.array([0.0]), np.array([195.0]))
        >>> round(tipping_point(eight, none, phi=1.0), 2)
        0.86
    """
    if min(before[0].size, after[0].size) == 0:
        return None
    (centre_before, noise_before), (centre_after, noise_after) = _logit(*before, phi), _logit(*after, phi)
    reach = float(special.ndtri((1 + level) / 2))
    room = ((centre_after - centre_before) / reach) ** 2 - noise_before - noise_after
    return math.sqrt(max(0.0, room) / (1 / before[0].size + 1 / after[0].size))


def _logit(hits: npt.NDArray[np.float64], tokens: npt.NDArray[np.float64], phi: float) -> tuple[float, float]:
    """Mean logit of the events and the variance of that mean that comes from counting words."""
    yes, no = hits + 0.5, tokens - hits + 0.5
    noise = phi * (1 / yes + 1 / no)
    return float(np.sort(np.log(yes / no)).mean()), float(np.sort(noise).sum()) / hits.size**2
