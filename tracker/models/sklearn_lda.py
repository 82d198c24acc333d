"""Topics by latent Dirichlet allocation as scikit-learn fits it, in batch; several starts, the run most like the others is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from tracker.models.base import Progress, TopicModel, assemble
from tracker.models.refits import kept as kept_refits
from tracker.models.stability import agreement, medoid
from tracker.models.variational import ALPHA, ETA, shares

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

Array = NDArray[np.float64]


def fit(matrix: TermMatrix, *, topics: int, random_state: int, passes: int, refits: int, progress: Progress | None = None) -> TopicModel:
    """Return the most typical of several LDA runs, with each topic's stability over the others.

    Args:
        matrix: Counts of terms in passages.
        topics: How many.
        random_state: Run r starts from the first word of `SeedSequence([random_state, r])`.
        passes: Batch variational EM steps of each run.
        refits: Number of runs, at least 2.
        progress: Called with (done, all) after every run.

    Returns:
        A model whose `unit_topic` are the posterior means of the variational approximation. `state["topic_tokens"]`: the tokens (prior included) each topic
        holds.

    Source:
        Blei, Ng and Jordan 2003; Hoffman, Blei and Bach 2010, as in `sklearn.decomposition.LatentDirichletAllocation`. The kept run: the medoid.
    """
    runs = []
    for run in range(refits):
        runs.append(one_run(matrix.counts, topics, int(np.random.SeedSequence([random_state, run]).generate_state(1)[0]), passes))
        if progress:
            progress(run + 1, refits)
    phis = [run / run.sum(axis=1, keepdims=True) for run in runs]
    kept = medoid(phis)
    others = [phi for index, phi in enumerate(phis) if index != kept]
    scores = agreement(phis[kept], others)
    told = (
        {"refits": float(refits), "medoid": float(kept)},
        {"topics": topics, "random_state": random_state, "passes": passes, "refits": refits, "alpha": ALPHA, "eta": ETA},
    )
    state = {"topic_tokens": runs[kept].sum(axis=1), **kept_refits(phis[kept], others)}
    unit_topic = shares(matrix.counts, runs[kept], alpha=ALPHA)
    return assemble(matrix, phis[kept], unit_topic, stability=scores, engine="sklearn", told=told, state=state)


def one_run(counts: csr_array, topics: int, start: int, passes: int) -> Array:
    """Return scikit-learn's topics of one run as tokens of each term in each topic, prior included; shape (topics, terms)."""
    from sklearn.decomposition import LatentDirichletAllocation

    model = LatentDirichletAllocation(topics, doc_topic_prior=ALPHA, topic_word_prior=ETA, max_iter=passes, learning_method="batch", random_state=start)
    with threadpool_limits(1):  # the same bytes on any number of cores
        model.fit(csr_array(counts[np.flatnonzero(np.diff(counts.indptr))]))
    return np.asarray(model.components_, dtype=np.float64)
