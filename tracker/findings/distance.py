"""How far the words of two sides lie apart, and of every pair of groups."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
from scipy import sparse

from tracker.findings.cases import Distance
from tracker.findings.event_terms import event_terms
from tracker.findings.series_records import DistanceMatrix
from tracker.findings.sides import Side
from tracker.measures.divergence import MIN_EVENTS, divergence_of, divergences
from tracker.progress import Progress
from tracker.recipe import Recipe

PAIR_PERMUTATIONS = 199
MOST_GROUPS = 12


def distance_of(before: Side, after: Side, leave_out: frozenset[str], recipe: Recipe, *, progress: Progress | None = None) -> Distance | None:
    """Return the distance of two sides, or None where a side has fewer than three events long enough.

    Args:
        before: The first side, in one language.
        after: The second side, in the same language.
        leave_out: The corpus stop list.
        recipe: Level and random state.
        progress: Called with (step, done, total).
    """
    if min(len({item.speech.event_id for item in side.speeches}) for side in (before, after)) < MIN_EVENTS:
        return None
    own = [frozenset(item.speech.event_id for item in side.speeches) for side in (before, after)]
    matrix = event_terms([*before.speeches, *after.speeches], leave_out)
    rows = [[i for i, event in enumerate(matrix.unit_ids) if event in held] for held in own]
    side = np.repeat([0, 1], [len(held) for held in rows])
    pool = [matrix.counts[[*rows[0], *rows[1]]]]
    del matrix
    rng, tell = np.random.default_rng([recipe.topics.random_state, 11]), None if progress is None else partial(progress, "measuring distance")
    found = divergence_of(pool.pop(), side, level=recipe.measure.level, rng=rng, progress=tell)  # nobody else holds it
    return Distance(found.divergence, found.p, found.depth, found.left_out) if found.divergence.value is not None else None


def distances_of(sides: Sequence[Side], leave_out: frozenset[str], recipe: Recipe) -> DistanceMatrix | None:
    """Return the distances of all pairs of groups; None with one group of three events or fewer, or with too many groups to read.

    Args:
        sides: The groups.
        leave_out: The corpus stop list.
        recipe: Random state.
    """
    full = sum(len({item.speech.event_id for item in side.speeches}) >= MIN_EVENTS for side in sides)
    if full < 2 or len(sides) > MOST_GROUPS:
        return None
    matrices = [event_terms(side.speeches, leave_out) for side in sides]
    terms = {term: i for i, term in enumerate(sorted({term for matrix in matrices for term in matrix.terms}))}
    blocks = []
    for matrix in matrices:
        coo = matrix.counts.tocoo()
        columns = np.array([terms[term] for term in matrix.terms], dtype=np.int64)[coo.col] if coo.nnz else np.zeros(0, dtype=np.int64)
        blocks.append(sparse.csr_array((coo.data, (coo.row, columns)), shape=(len(matrix.unit_ids), len(terms))))
    counts = sparse.csr_array(sparse.vstack([block for block in blocks if block.shape[0]]))
    labels = np.repeat(np.arange(len(sides)), [block.shape[0] for block in blocks])
    bits, _ = divergences(counts, labels, n_permutations=PAIR_PERMUTATIONS, rng=np.random.default_rng([recipe.topics.random_state, 12]))
    whole = np.full((len(sides), len(sides)), np.nan)
    whole[: bits.shape[0], : bits.shape[1]] = bits
    shown = tuple(tuple(None if math.isnan(value) else max(0.0, float(value)) for value in row) for row in whole)
    return DistanceMatrix(tuple(side.label for side in sides), shown)
