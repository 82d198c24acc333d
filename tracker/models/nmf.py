"""Topics by non-negative matrix factorisation of TF-IDF; deterministic, whatever the order of the texts."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls
from scipy.sparse import csr_array
from scipy.sparse.linalg import svds
from threadpoolctl import threadpool_limits

from tracker.models.base import Progress, TopicModel, assemble
from tracker.models.stability import stability

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

Array = NDArray[np.float64]
TOLERANCE = 1e-4
MAX_ITER = 1000
_DENSE = 400  # below this many rows or columns an exact dense SVD takes no time and knows no start vector
_NO_RANK = 1e-9  # singular values below this part of the largest are rounding


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

        def refit(rows: NDArray[np.intp]) -> Array:
            counts = csr_array(matrix.counts[rows])
            own_idf = inverse_frequency(counts)
            return _as_topics(factorise(weigh(counts, own_idf), topics)[0], own_idf)[0]

        scores, quality = stability(matrix, topic_term, refit=refit, refits=refits, random_state=random_state, progress=progress)
    settings = {"topics": topics, "random_state": random_state, "refits": refits, "tolerance": TOLERANCE, "max_iter": MAX_ITER}
    told = ({**quality, "converged": float(converged)}, settings)
    return assemble(matrix, topic_term, unit_topic, stability=scores, engine="nmf", told=told, state=state)


def inverse_frequency(counts: csr_array) -> Array:
    """Return `1 + ln((1 + units) / (1 + units with the term))` for every term; units without words do not count."""
    units = int(np.count_nonzero(np.diff(counts.indptr)))
    with_term = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(1 + np.log((1 + units) / (1 + with_term)), dtype=np.float64)


def weigh(counts: csr_array, idf: Array) -> csr_array:
    """Return `(1 + ln count) * idf` with rows of Euclidean length 1; a row of zeros stays one.

    Args:
        counts: Shape (units, terms), stored counts > 0; left as it is.
        idf: Shape (terms,).
    """
    data = (1 + np.log(counts.data)) * idf[counts.indices]
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(row, weights=data**2, minlength=counts.shape[0]))
    return csr_array((data / length[row], counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)


def factorise(weighed: csr_array, topics: int) -> tuple[Array, bool]:
    """Return the components H of `weighed ~ W H` and whether the solver converged.

    Args:
        weighed: Shape (units, terms), >= 0, not all 0.
        topics: Wanted number of components, 1 to the number of units and of terms.

    Returns:
        Shape (components, terms), >= 0, no row of zeros; components beyond the rank of `weighed` are left out.
    """
    from sklearn.decomposition import NMF

    start_w, start_h = nndsvd(weighed, topics)
    model = NMF(n_components=topics, init="custom", solver="cd", tol=TOLERANCE, max_iter=MAX_ITER)
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # an exact fit leaves an error of -1e-17, whose root scikit-learn takes
        warnings.filterwarnings("ignore", message="Maximum number of iterations")  # told in `quality` instead
        unit_weights = model.fit_transform(weighed, W=start_w, H=start_h)
    components = np.asarray(model.components_, dtype=np.float64)
    alive = (components.max(axis=1) > 0) & (unit_weights.max(axis=0) > 0)
    return components[alive], model.n_iter_ < MAX_ITER


def nndsvd(weighed: csr_array, topics: int) -> tuple[Array, Array]:
    """Return the non-negative start (W, H) from the exact singular vectors; components beyond the rank are 0.

    Args:
        weighed: Shape (units, terms), >= 0.
        topics: Number of components.

    Returns:
        Shapes (units, topics) and (topics, terms).

    Source:
        Boutsidis and Gallopoulos 2008, Pattern Recognition 41(4), section 2.3. scikit-learn's own start is left alone: its random SVD depends on the
        order of the rows.
    """
    u, s, v = _svd(weighed, topics)
    w, h = np.zeros((weighed.shape[0], topics)), np.zeros((topics, weighed.shape[1]))
    w[:, 0], h[0] = np.sqrt(s[0]) * np.abs(u[:, 0]), np.sqrt(s[0]) * np.abs(v[0])
    for j in range(1, len(s)):
        if s[j] <= _NO_RANK * s[0]:
            break
        sides = [(np.maximum(sign * u[:, j], 0), np.maximum(sign * v[j], 0)) for sign in (1, -1)]
        sizes = [np.linalg.norm(a) * np.linalg.norm(b) for a, b in sides]
        (a, b), size = (sides[0], sizes[0]) if sizes[0] >= sizes[1] else (sides[1], sizes[1])
        w[:, j] = np.sqrt(s[j] * size) * a / np.linalg.norm(a)
        h[j] = np.sqrt(s[j] * size) * b / np.linalg.norm(b)
    return w, h


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


def _svd(weighed: csr_array, topics: int) -> tuple[Array, Array, Array]:
    if min(weighed.shape) <= max(_DENSE, topics + 1):
        u, s, v = np.linalg.svd(weighed.toarray(), full_matrices=False)
        return np.asarray(u[:, :topics]), np.asarray(s[:topics], dtype=np.float64), np.asarray(v[:topics])
    mean = np.asarray(weighed.mean(axis=0)).ravel()
    start = weighed @ mean if weighed.shape[0] < weighed.shape[1] else mean  # follows the rows when they are reordered
    u, s, v = svds(weighed, k=topics, v0=start, tol=1e-6, solver="arpack")
    order = np.argsort(-s)
    return np.asarray(u[:, order]), np.asarray(s[order], dtype=np.float64), np.asarray(v[order])
