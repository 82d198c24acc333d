"""Which words keep a theme's company: log-odds of words in the passages that mention it against all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tracker.measures.keyness import log_odds

if TYPE_CHECKING:
    import numpy.typing as npt
    from scipy.sparse import csr_array

Z_LEAST = 3.5


@dataclass(frozen=True, slots=True, eq=False)
class Companions:
    """How every term is drawn to the passages of a theme.

    Args:
        z: Log-odds inside against outside over its standard error, shape (V,); read-only.
        inside: Passages of the theme that hold the term, shape (V,); read-only.
        passages: Passages that hold it, shape (V,); read-only.
    """

    z: npt.NDArray[np.float64]
    inside: npt.NDArray[np.int64]
    passages: npt.NDArray[np.int64]


def companions(counts: csr_array, mentioned: npt.ArrayLike) -> Companions:
    """Compare how often terms occur in passages that mention a theme and in all others.

    Args:
        counts: Occurrences of terms, passages x terms, shape (P, V); the theme's own words left out.
        mentioned: Whether each passage mentions the theme, shape (P,).

    Raises:
        ValueError: Not one truth value per passage.

    Caution:
        Passages of one speech are not independent: z > Z_LEAST chooses words to show to a person, it tests nothing.

    Source:
        Monroe, Colaresi & Quinn 2008, sections 3.3-3.5, for the log-odds; their use over passages with and without a theme was measured on three corpora
        (`docs/benchmarks.md`).
    """
    chosen = np.asarray(mentioned, dtype=bool)
    if chosen.shape != (counts.shape[0],):
        raise ValueError(f"{chosen.size} truth values for {counts.shape[0]} passages")
    total = np.asarray(counts.sum(axis=0), dtype=float).ravel()
    within = np.asarray(counts[np.flatnonzero(chosen)].sum(axis=0), dtype=float).ravel()
    present = counts.astype(bool).astype(float)
    passages = np.asarray(present.sum(axis=0)).ravel().astype(np.int64)
    inside = np.asarray(present[np.flatnonzero(chosen)].sum(axis=0)).ravel().astype(np.int64)
    z = log_odds(total - within, within, total).z if total.sum() else np.zeros(total.size)
    for array in (inside, passages):
        array.setflags(write=False)
    return Companions(z, inside, passages)
