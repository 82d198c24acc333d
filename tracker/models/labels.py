"""The words that show what a topic is about, and a label proposed from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHOWN = 12
LABEL_WORDS = 3
_FREQUENT = 40  # a label takes its words from the topic's most probable ones, so that no rare word stands for it


def relevance(topic_term: NDArray[np.float64], shares: NDArray[np.float64], *, weight: float = 0.6) -> NDArray[np.float64]:
    """Return how well each term marks each topic: `weight * ln p(w|k) + (1 - weight) * ln (p(w|k) / p(w))`.

    Args:
        topic_term: Shape (topics, terms), rows sum to 1.
        shares: Shape (topics,), sum to 1; they make `p(w)` the mean of the topics.
        weight: 0-1; 1 ranks by probability alone, 0 by lift alone.

    Returns:
        Shape (topics, terms), higher is better; -inf where a term is less than half as common in the topic as in the whole.

    Source:
        Sievert and Shirley 2014, LDAvis, section 3.1.
    """
    overall = shares @ topic_term
    shown = (topic_term > 0) & (2 * topic_term >= overall)
    log_p = np.log(topic_term, out=np.zeros_like(topic_term), where=shown)
    log_overall = np.log(overall, out=np.zeros_like(overall), where=overall > 0)
    return np.where(shown, log_p - (1 - weight) * log_overall, -np.inf)


def describe(topic_term: NDArray[np.float64], shares: NDArray[np.float64], terms: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the label and the words of every topic.

    Args:
        topic_term: Shape (topics, terms), rows sum to 1.
        shares: Shape (topics,), sum to 1.
        terms: The columns.

    Returns:
        (label, words) by topic. `words`: up to 12 terms by `relevance` (weight 0.6), best first. `label`: the 3 terms with the most lift
        (relevance with weight 0.3) among the topic's 40 most probable, joined by commas; when another topic has that label already, one word more.

    Example:
        >>> describe(np.array([[0.5, 0.4, 0.1], [0.0, 0.1, 0.9]]), np.array([0.5, 0.5]), ("harbour", "ship", "field"))
        [('harbour, ship', ('harbour', 'ship')), ('field', ('field',))]
    """
    shown = relevance(topic_term, shares)
    marking = relevance(topic_term, shares, weight=0.3)
    described: list[tuple[str, tuple[str, ...]]] = []
    taken: set[str] = set()
    for topic, row in enumerate(topic_term):
        frequent = np.sort(_best(row)[:_FREQUENT])
        candidates = [terms[frequent[i]] for i in _best(marking[topic, frequent])]
        label = _new_label(candidates, taken, topic)
        taken.add(label)
        described.append((label, tuple(terms[i] for i in _best(shown[topic])[:SHOWN])))
    return described


def _best(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the positions of finite scores, best first; equal scores (to 9 digits, so that rounding never decides) in the order of terms."""
    return np.array([i for i in np.argsort(-np.round(scores, 9), kind="stable") if np.isfinite(scores[i])], dtype=np.intp)


def _new_label(candidates: list[str], taken: set[str], topic: int) -> str:
    for length in range(LABEL_WORDS, len(candidates) + 1):
        label = ", ".join(candidates[:length])
        if label not in taken:
            return label
    label = ", ".join(candidates)
    return label if label and label not in taken else f"topic {topic + 1}"
