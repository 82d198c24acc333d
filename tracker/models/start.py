"""Where the topics start: non-negative factors of the best low-rank picture of TF-IDF, the same whatever the order of the texts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import svds

from tracker.models.em import one_thread

Array = NDArray[np.float64]
ROUNDS = 60
_EVERYDAY = 0.05  # of the whole corpus's word shares in every topic: no word is impossible in one
_DENSE = 400  # below this many rows or columns an exact dense SVD takes no time and knows no start vector
_NO_RANK = 1e-9  # singular values below this part of the largest are rounding


def topics_of(counts: csr_array, topics: int) -> Array:
    """Return topics to start from.

    The exact singular value decomposition of TF-IDF is cut after as many components as topics are wanted, and that picture, small and smooth, is
    factorised: for the same words at the top in subsamples it does as well as factorising the whole matrix, in a twentieth of the time.

    Args:
        counts: Shape (units, terms), not all 0.
        topics: How many, 1 to the number of units with words and of terms.

    Returns:
        Shape (components, terms), rows sum to 1, > 0 where a term has a count; components beyond the rank are left out.

    Source:
        Start: Boutsidis and Gallopoulos 2008. Factors of a low-rank approximation by alternating columns: Zhou, Cichocki and Xie 2012, IEEE Transactions
        on Signal Processing 60(6), sections II-III.
    """
    with one_thread():
        idf = inverse_frequency(counts)
        u, s, v = singular_vectors(weigh(counts, idf), topics)
        real = s > _NO_RANK * s[0]
        components = factors(u[:, real], s[real], v[real])
    counted = components / idf
    usual = np.bincount(counts.indices, weights=counts.data, minlength=counts.shape[1])
    return np.asarray((1 - _EVERYDAY) * counted / counted.sum(axis=1, keepdims=True) + _EVERYDAY * usual / usual.sum())


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


def singular_vectors(weighed: csr_array, wanted: int) -> tuple[Array, Array, Array]:
    """Return the leading singular vectors and values (u, s, v), largest first; fewer when the matrix has fewer rows or columns.

    Args:
        weighed: Shape (units, terms), >= 0, not all 0.
        wanted: How many.

    Returns:
        Shapes (units, found), (found,), (found, terms); signs are arbitrary.
    """
    if min(weighed.shape) <= max(_DENSE, wanted + 1):
        u, s, v = np.linalg.svd(weighed.toarray(), full_matrices=False)
        return np.asarray(u[:, :wanted]), np.asarray(s[:wanted], dtype=np.float64), np.asarray(v[:wanted])
    mean = np.asarray(weighed.mean(axis=0)).ravel()
    start = weighed @ mean if weighed.shape[0] < weighed.shape[1] else mean  # follows the rows when they are reordered
    u, s, v = svds(weighed, k=wanted, v0=start, tol=1e-6, solver="arpack")
    order = np.argsort(-s)
    return np.asarray(u[:, order]), np.asarray(s[order], dtype=np.float64), np.asarray(v[order])


def nndsvd(u: Array, s: Array, v: Array, topics: int) -> tuple[Array, Array]:
    """Return the non-negative start (W, H) from singular vectors; components beyond the rank are 0.

    Args:
        u: Shape (units, found).
        s: Shape (found,), largest first.
        v: Shape (found, terms).
        topics: Number of components.

    Returns:
        Shapes (units, topics) and (topics, terms).

    Source:
        Boutsidis and Gallopoulos 2008, Pattern Recognition 41(4), section 2.3. scikit-learn's own start is left alone: its random SVD depends on the
        order of the rows.
    """
    w, h = np.zeros((u.shape[0], topics)), np.zeros((topics, v.shape[1]))
    w[:, 0], h[0] = np.sqrt(s[0]) * np.abs(u[:, 0]), np.sqrt(s[0]) * np.abs(v[0])
    for j in range(1, min(topics, len(s))):
        if s[j] <= _NO_RANK * s[0]:
            break
        sides = [(np.maximum(sign * u[:, j], 0), np.maximum(sign * v[j], 0)) for sign in (1, -1)]
        sizes = [np.linalg.norm(a) * np.linalg.norm(b) for a, b in sides]
        (a, b), size = (sides[0], sizes[0]) if sizes[0] >= sizes[1] else (sides[1], sizes[1])
        w[:, j] = np.sqrt(s[j] * size) * a / np.linalg.norm(a)
        h[j] = np.sqrt(s[j] * size) * b / np.linalg.norm(b)
    return w, h


def factors(u: Array, s: Array, v: Array, *, rounds: int = ROUNDS) -> Array:
    """Return the components H of non-negative W and H with `u s v ~ W H`, as many as singular values; those that die out are left out.

    Args:
        u: Shape (units, rank).
        s: Shape (rank,), all > 0.
        v: Shape (rank, terms).
        rounds: Rounds over all columns of W, then all rows of H.

    Returns:
        Shape (components, terms), float64, >= 0, no row of zeros.
    """
    begun = nndsvd(u, s, v, len(s))
    w, h = np.ascontiguousarray(begun[0].T, dtype=np.float32), begun[1].astype(np.float32)
    left, right = np.ascontiguousarray((u * s).T, dtype=np.float32), v.astype(np.float32)
    for _ in range(rounds):
        _improve(w, np.asarray(h @ right.T) @ left, h @ h.T)
        _improve(h, np.asarray(w @ left.T) @ right, w @ w.T)
    alive = (h.max(axis=1) > 0) & (w.max(axis=1) > 0)
    return np.asarray(h[alive], dtype=np.float64)


def _improve(rows: NDArray[np.float32], products: NDArray[np.float32], gram: NDArray[np.float32]) -> None:
    """Replace each row in turn by its best non-negative value with the others held."""
    for k in range(len(rows)):
        if gram[k, k] > 0:
            rows[k] += (products[k] - gram[k] @ rows) / gram[k, k]
            np.maximum(rows[k], 0, out=rows[k])
