"""How good topics are: perplexity of words they have not seen, coherence of their top words, and how exclusive those are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tracker.models.em import ALPHA, shares

Array = NDArray[np.float64]
TOP = 10
_ROUNDS, _UNITS = 32, 50_000
_FLOOR = 1e-7


def perplexity(counts: csr_array, topic_term: Array, *, random_state: int) -> float:
    """Return the perplexity of half of each unit's tokens when the other half has told its topic shares (document completion).

    Args:
        counts: int, shape (units, terms): units the topics were not fitted on.
        topic_term: Shape (topics, terms), rows sum to 1, of any engine; 1e-7 is added to each probability.
        random_state: Decides which tokens are completed.

    Returns:
        1 (each token was certain) to the number of terms (all were equally likely) and beyond; lower is better. NaN without a token to complete.

    Source:
        Wallach, Murray, Salakhutdinov and Mimno 2009, Evaluation methods for topic models, section 5.1 (document completion), with the most probable shares.
    """
    given, asked = halves(counts, random_state)
    if not asked.nnz:
        return float("nan")
    floored = topic_term + _FLOOR
    floored /= floored.sum(axis=1, keepdims=True)
    held = shares(given, floored, alpha=ALPHA, sweeps=_ROUNDS)
    row = np.repeat(np.arange(asked.shape[0]), np.diff(asked.indptr))
    likely = np.einsum("ij,ij->i", held[row], floored.T[asked.indices])
    return float(np.exp(-(asked.data @ np.log(likely)) / asked.data.sum()))


def halves(counts: csr_array, random_state: int) -> tuple[csr_array, csr_array]:
    """Return the counts of two halves of each unit's tokens; every token falls to either by an even chance."""
    first = np.random.default_rng(random_state).binomial(counts.data.astype(np.int64), 0.5)
    split = []
    for data in (first, counts.data - first):
        half = csr_array((data, counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)
        half.eliminate_zeros()
        split.append(half)
    return split[0], split[1]


def coherence(counts: csr_array, topic_term: Array) -> Array:
    """Return each topic's mean normalised pointwise mutual information of the pairs among its 10 most probable terms.

    Args:
        counts: Shape (units, terms): the units in which two terms stand together or not.
        topic_term: Shape (topics, terms).

    Returns:
        Shape (topics,), -1 (never in one unit) over 0 (as if independent) to 1 (always together); 0 for a topic with a single term.

    Caution:
        Counted on the texts the topics were fitted on, as is custom; topics of rare words that come together score high.

    Source:
        Bouma 2009; Lau, Newman and Baldwin 2014, section 3, with units as windows.
    """
    leaders = [leading(row) for row in topic_term]
    wanted, scores = np.unique(np.concatenate(leaders)), np.zeros(len(topic_term))
    pairs = _met(counts, wanted) / max(1, counts.shape[0])
    for topic, terms in enumerate(leaders):
        best = np.searchsorted(wanted, terms)
        together = pairs[np.ix_(best, best)]
        alone = together.diagonal()
        first, second = np.triu_indices(len(best), 1)
        if not len(first):
            continue
        joint = together[first, second]
        value = np.full(len(joint), -1.0)
        met = joint > 0
        expected = alone[first][met] * alone[second][met]
        always = joint[met] >= 1
        value[met] = np.where(always, 1.0, np.log(joint[met] / expected) / -np.log(np.where(always, 0.5, joint[met])))
        scores[topic] = value.mean()
    return scores


def _met(counts: csr_array, terms: NDArray[np.intp]) -> Array:
    """In how many units each two of these terms stand, shape (terms, terms); some units at a time, for of a large corpus they would be many."""
    place = np.full(counts.shape[1], -1, dtype=np.int32)
    place[terms] = np.arange(terms.size)
    together = np.zeros((terms.size, terms.size))
    for first in range(0, counts.shape[0], _UNITS):
        some = csr_array(counts[first : first + _UNITS])
        columns = place[some.indices]
        there = columns >= 0
        ends = np.concatenate(([0], np.cumsum(there)))[some.indptr]
        present = csr_array((np.ones(np.count_nonzero(there)), columns[there], ends), shape=(some.shape[0], terms.size))
        together += (present.T @ present).toarray()
    return together


def exclusivity(topic_term: Array) -> Array:
    """Return how much each topic has its 10 most probable terms to itself: the mean of `p(w|k) / sum over topics of p(w|j)`.

    Args:
        topic_term: Shape (topics, terms).

    Returns:
        Shape (topics,), 1 / topics (all share them evenly) to 1 (no other topic has them).

    Source:
        Bischof and Airoldi 2012, section 3, without the frequency half of their FREX.

    Example:
        >>> exclusivity(np.array([[1.0, 0.0], [0.0, 1.0]])).tolist()
        [1.0, 1.0]
    """
    total = topic_term.sum(axis=0)
    return np.array([float(np.mean(row[leading(row)] / total[leading(row)])) for row in topic_term])


def leading(row: Array) -> NDArray[np.intp]:
    """Return the columns of a topic's 10 most probable terms; equal ones (to 9 digits) in the order of terms, impossible ones never."""
    best = np.argsort(-np.round(row, 9), kind="stable")[:TOP]
    return best[row[best] > 0]
