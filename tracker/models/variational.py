"""Topic shares as variational LDA defines them: what gensim's and scikit-learn's own fits are read with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import digamma

Array = NDArray[np.float64]
ALPHA = 0.1
ETA = 0.5
_SWEEPS = 100
_BLOCK = 2000


def shares(counts: csr_array, topic_tokens: Array, *, alpha: float) -> Array:
    """Return the topic shares of units: posterior means of LDA's variational approximation with the topics held fixed.

    Args:
        counts: Shape (units, terms) over the model's terms.
        topic_tokens: Shape (topics, terms): the tokens of each term in each topic, prior included (gensim's lambda).
        alpha: The symmetric Dirichlet prior of the shares, > 0.

    Returns:
        Shape (units, topics), rows sum to 1; uniform for a unit without words. The same update as gensim's inference, from a uniform start and for
        a fixed number of rounds, so a row depends on its own unit only and never on chance.
    """
    likely = np.ascontiguousarray(np.exp(digamma(topic_tokens) - digamma(topic_tokens.sum(axis=1, keepdims=True))).T)
    blocks = [_shares(csr_array(counts[first : first + _BLOCK]), likely, alpha) for first in range(0, counts.shape[0], _BLOCK)]
    return np.concatenate(blocks) if blocks else np.zeros((0, len(topic_tokens)))


def _shares(counts: csr_array, likely: Array, alpha: float) -> Array:
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    cells = likely[counts.indices]
    length = np.bincount(row, weights=counts.data, minlength=counts.shape[0])
    gamma = alpha + np.repeat(length[:, None] / likely.shape[1], likely.shape[1], axis=1)
    for _ in range(_SWEEPS):
        weight = np.exp(digamma(gamma) - digamma(gamma.sum(axis=1, keepdims=True)))
        norm = np.einsum("ij,ij->i", weight[row], cells) + np.finfo(float).tiny
        gamma = alpha + weight * (csr_array((counts.data / norm, counts.indices, counts.indptr), shape=counts.shape) @ likely)
    return np.asarray(gamma / gamma.sum(axis=1, keepdims=True))
