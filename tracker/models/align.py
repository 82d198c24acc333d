"""Which topic of one model is which topic of another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array


def hellinger(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Hellinger distance between every topic of one model and every topic of another.

    Args:
        first: Shape (k, terms), rows are distributions (sum <= 1; what is missing counts as distance).
        second: Shape (m, terms), the same columns.

    Returns:
        Shape (k, m), 0 (the same) to 1 (no word in common).

    Example:
        >>> hellinger(np.array([[1.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])).tolist()
        [[0.0, 1.0]]
    """
    overlap = np.sqrt(first) @ np.sqrt(second).T
    return np.sqrt(np.clip(1.0 - overlap, 0.0, 1.0))


def match(first: NDArray[np.float64], second: NDArray[np.float64]) -> tuple[tuple[int, int, float], ...]:
    """Return the pairs of topics whose summed Hellinger distance is smallest (Hungarian matching).

    Args:
        first: Shape (k, terms), rows are distributions.
        second: Shape (m, terms), the same columns.

    Returns:
        (row of `first`, row of `second`, distance 0-1), by row of `first`; min(k, m) pairs.

    Example:
        >>> match(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]]))
        ((0, 1, 0.0), (1, 0, 0.0))
    """
    distances = hellinger(first, second)
    rows, columns = linear_sum_assignment(distances)
    return tuple((int(i), int(j), float(distances[i, j])) for i, j in zip(rows, columns, strict=True))


def on_one_vocabulary(
    first: NDArray[np.float64], first_terms: Sequence[str], second: NDArray[np.float64], second_terms: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64], tuple[str, ...]]:
    """Return both topic-term matrices over the terms of either, so that models of a grown corpus can be matched.

    Args:
        first: Shape (k, first_terms).
        first_terms: Its columns.
        second: Shape (m, second_terms).
        second_terms: Its columns.

    Returns:
        Both matrices with the sorted union of the terms as columns (0 for a term a model does not know), and those terms.

    Example:
        >>> a, b, terms = on_one_vocabulary(np.array([[1.0]]), ["tide"], np.array([[1.0]]), ["reef"])
        >>> terms, a.tolist(), b.tolist()
        (('reef', 'tide'), [[0.0, 1.0]], [[1.0, 0.0]])
    """
    terms = tuple(sorted({*first_terms, *second_terms}))
    column = {term: index for index, term in enumerate(terms)}
    widened = []
    for topic_term, its_terms in ((first, first_terms), (second, second_terms)):
        wide = np.zeros((len(topic_term), len(terms)))
        wide[:, [column[term] for term in its_terms]] = topic_term
        widened.append(wide)
    return widened[0], widened[1], terms


def counts_on(counts: csr_array, terms: Sequence[str], wanted: Sequence[str]) -> csr_array:
    """Return term counts with the columns of a model; terms the model does not know are left out.

    Args:
        counts: Shape (units, terms).
        terms: Its columns.
        wanted: The model's terms; one that `counts` lacks becomes a column of zeros.

    Returns:
        float64, shape (units, wanted), with sorted indices and arrays of its own.
    """
    if terms is wanted:  # as where the passages of a corpus are asked about under one refit after another
        own = csr_array((counts.data.astype(np.float64), counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)
        own.sum_duplicates()
        return own
    place = {term: index for index, term in enumerate(wanted)}
    column = np.array([place.get(term, -1) for term in terms], dtype=np.int32)
    columns = column[counts.indices] if len(terms) else np.zeros(0, dtype=np.int32)
    known = columns >= 0
    ends = np.concatenate(([0], np.cumsum(known, dtype=counts.indptr.dtype)))[counts.indptr]
    moved = csr_array((counts.data[known].astype(np.float64), columns[known], ends), shape=(counts.shape[0], len(wanted)))
    moved.sum_duplicates()
    return moved
