"""Topics by non-negative matrix factorisation of TF-IDF; deterministic, whatever the order of the texts."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from tracker.models.base import Progress, TopicModel, assemble
from tracker.models.refits import kept
from tracker.models.stability import stability
from tracker.models.start import inverse_frequency, nndsvd, singular_vectors, weigh

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

Array = NDArray[np.float64]
TOLERANCE = 1e-4
MAX_ITER = 1000


def fit(matrix: TermMatrix, *, topics: int, random_state: int, refits: int, progress: Progress | None = None) -> TopicModel:
    """Return the factorisation as a topic model, with each topic's stability over refits on 80 % of the events.

    Args:
        matrix: Counts of terms in passages.
        topics: How many; fewer come back when the texts have fewer different contents.
        random_state: Decides the subsamples of the refits, never the topics.
        refits: Number of refits.
        progress: Called with (done, all) after every fit.

    Returns:
        A model whose `unit_topic` holds weights: how much of a passage's TF-IDF each topic rebuilds, made to sum to 1. A weight is not a probability
        and not a share of the words.

    Source:
        Weights: design of the tool (log counts times smooth idf, rows of length 1). Start: Boutsidis and Gallopoulos 2008, NNDSVD, with an exact SVD.
    """
    with threadpool_limits(1):  # the same bytes on any number of cores
        idf = inverse_frequency(matrix.counts)
        components, converged = factorise(weigh(matrix.counts, idf), topics)
        topic_term, scale = _as_topics(components, idf)
        state = {"idf": idf, "topic_scale": scale}
        unit_topic = weights(matrix.counts, topic_term, state)
        fitted: list[Array] = []

        def refit(rows: NDArray[np.intp]) -> Array:
            counts = csr_array(matrix.counts[rows])
            own_idf = inverse_frequency(counts)
            fitted.append(_as_topics(factorise(weigh(counts, own_idf), topics)[0], own_idf)[0])
            return fitted[-1]

        scores, quality = stability(matrix, topic_term, refit=refit, refits=refits, random_state=random_state, progress=progress)
    settings = {"topics": topics, "random_state": random_state, "refits": refits, "tolerance": TOLERANCE, "max_iter": MAX_ITER}
    told = ({**quality, "converged": float(converged)}, settings)
    state |= kept(topic_term, fitted)
    return assemble(matrix, topic_term, unit_topic, stability=scores, engine="nmf", told=told, state=state)


def factorise(weighed: csr_array, topics: int) -> tuple[Array, bool]:
    """Return the components H of `weighed ~ W H` and whether the solver converged.

    Args:
        weighed: Shape (units, terms), >= 0, not all 0.
        topics: Wanted number of components, 1 to the number of units and of terms.

    Returns:
        Shape (components, terms), >= 0, no row of zeros; components beyond the rank of `weighed` are left out.
    """
    from sklearn.decomposition import NMF

    start_w, start_h = nndsvd(*singular_vectors(weighed, topics), topics)
    model = NMF(n_components=topics, init="custom", solver="cd", tol=TOLERANCE, max_iter=MAX_ITER)
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # an exact fit leaves an error of -1e-17, whose root scikit-learn takes
        warnings.filterwarnings("ignore", message="Maximum number of iterations")  # told in `quality` instead
        unit_weights = model.fit_transform(weighed, W=start_w, H=start_h)
    components = np.asarray(model.components_, dtype=np.float64)
    alive = (components.max(axis=1) > 0) & (unit_weights.max(axis=0) > 0)
    return components[alive], model.n_iter_ < MAX_ITER


def weights(counts: csr_array, topic_term: Array, state: Mapping[str, Array]) -> Array:
    """Return how much of each unit's TF-IDF each topic rebuilds: non-negative least squares, rows made to sum to 1.

    Args:
        counts: Shape (units, terms) over the model's terms.
        topic_term: Shape (topics, terms).
        state: `idf`, shape (terms,), and `topic_scale`, shape (topics,), of the fit.

    Returns:
        Shape (units, topics), uniform where nothing is rebuilt. A weight, not a probability.
    """
    components = topic_term * state["idf"] * state["topic_scale"][:, None]
    with threadpool_limits(1):  # the same bytes on any number of cores
        basis, triangle = np.linalg.qr(components.T)
        targets = weigh(counts, state["idf"]) @ basis
    found = np.array([nnls(triangle, target)[0] for target in targets]).reshape(counts.shape[0], len(topic_term))
    total = found.sum(axis=1, keepdims=True)
    return np.asarray(np.where(total > 0, found / np.where(total > 0, total, 1), 1 / len(topic_term)))


def _as_topics(components: Array, idf: Array) -> tuple[Array, Array]:
    """Undo the idf and return rows that sum to 1, with the sums they had: `components = topic_term * idf * scale`."""
    counted = components / idf
    scale = counted.sum(axis=1)
    return counted / scale[:, None], scale
