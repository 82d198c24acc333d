"""How many topics: the number whose topics come back best among those that explain words left out about as well as any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tracker.models import lda
from tracker.models.base import Progress

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

GRID = (3, 5, 8, 12, 20, 30)
PASSAGES_A_TOPIC = 30
TIE = 0.03  # about the standard error of a mean stability over six refits
GUARD = 1.1


@dataclass(frozen=True, slots=True)
class Point:
    """One number of topics with its figures.

    Args:
        topics: How many.
        stability: Mean matched Jaccard index of the top 10 words over refits on 80 % of the events, 0-1; NaN when no refit was possible.
        coherence: Mean NPMI of the topics' top 10 words, -1 to 1.
        perplexity: Of the events left out of the refits (document completion); NaN when unknown.
    """

    topics: int
    stability: float
    coherence: float
    perplexity: float


def grid(n_passages: int, most: int) -> tuple[int, ...]:
    """Return the numbers of topics worth a look: at least 30 passages a topic; in a small corpus the least alone.

    Example:
        >>> grid(400, 400), grid(40, 40), grid(4, 2)
        ((3, 5, 8, 12), (3,), (2,))
    """
    return tuple(k for k in GRID if k <= min(most, n_passages // PASSAGES_A_TOPIC)) or (min(GRID[0], most),)


def curve(matrix: TermMatrix, *, random_state: int, refits: int, progress: Progress | None = None) -> tuple[Point, ...]:
    """Return the figures of every number of topics of the grid, fitted by the engine `lda`.

    Args:
        matrix: Counts of terms in passages.
        random_state: Decides the subsamples.
        refits: Refits for each number.
        progress: Called with (done, all) after every fit.

    Caution:
        A curve, not a truth: neighbouring numbers are often as good, and the same texts can be cut into topics in more than one way.

    Source:
        Greene, O'Callaghan and Cunningham 2014, How many topics?: the number at which topics agree best across subsamples.
    """
    filled = int(np.count_nonzero(np.diff(matrix.counts.indptr)))
    numbers = grid(filled, min(filled, len(matrix.terms)))
    points = []
    for index, topics in enumerate(numbers):

        def shown(done: int, of: int, index: int = index) -> None:
            if progress:
                progress(index * (refits + 1) + done, len(numbers) * (refits + 1)) if of > refits else None

        model = lda.fit(matrix, topics=topics, random_state=random_state, refits=refits, progress=shown)
        unknown = float("nan")
        quality = model.quality
        points.append(Point(topics, quality.get("stability", unknown), quality["coherence"], quality.get("perplexity", unknown)))
    return tuple(points)


def best(points: Sequence[Point]) -> int:
    """Return the number of topics to take: guarded by perplexity, by stability first, then by coherence.

    Numbers whose perplexity is more than a tenth above the lowest are left aside (with few topics everything comes back, and says little). Of the others
    those within .03 of the most stable count as equal, and the most coherent of them is taken; the smaller of equals.

    Args:
        points: At least one.

    Example:
        >>> best([Point(3, 0.9, 0.1, 2000.0), Point(8, 0.70, 0.12, 1500.0), Point(12, 0.68, 0.15, 1450.0)])
        12
    """
    lowest = min((p.perplexity for p in points if np.isfinite(p.perplexity)), default=np.inf)
    sound = [p for p in points if not p.perplexity > GUARD * lowest and np.isfinite(p.stability)] or list(points[:1])
    top = max((p.stability for p in sound), default=np.nan)
    equal = [p for p in sound if not p.stability < top - TIE]
    return min(equal, key=lambda p: (-round(p.coherence, 6), p.topics)).topics
