"""The refits behind a topic's stability, kept with the model: its topics as other samples of the same speeches would have had them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tracker.models.align import match

Array = NDArray[np.float64]
STATE = "topic_refits"


def kept(topic_term: Array, refits: Sequence[Array]) -> dict[str, Array]:
    """Return the refits as a model's `state` keeps them: topic by topic, matched by Hellinger distance.

    Args:
        topic_term: Shape (topics, terms), rows sum to 1.
        refits: Fits over the same columns; their number of topics may differ.

    Returns:
        `topic_refits`, shape (topics, refits, terms): the topic of each refit that is most like this one, a row of zeros where the refit has none left;
        to single precision, which halves the file. Empty without refits.

    Example:
        >>> a, b = [1.0, 0.0], [0.0, 1.0]
        >>> kept(np.array([a, b]), [np.array([b, a]), np.array([b])])["topic_refits"].tolist()
        [[[1.0, 0.0], [0.0, 0.0]], [[0.0, 1.0], [0.0, 1.0]]]
    """
    if not refits:
        return {}
    found = np.zeros((len(topic_term), len(refits), topic_term.shape[1]), dtype=np.float32)
    for number, refit in enumerate(refits):
        for i, j, _ in match(topic_term, refit):
            found[i, number] = refit[j]
    return {STATE: found.astype(np.float64)}


def refits_of(state: Mapping[str, Array]) -> Iterator[Array]:
    """Yield the kept refits one at a time, shape (topics, terms) each, rows summing to 1 or of zeros; none for a model that keeps none."""
    for number in range(number_of(state)):
        found = state[STATE][:, number]
        total = found.sum(axis=1, keepdims=True)
        yield np.asarray(found / np.where(total > 0, total, 1.0))


def number_of(state: Mapping[str, Array]) -> int:
    """How many refits are kept."""
    return int(state[STATE].shape[1]) if STATE in state else 0
