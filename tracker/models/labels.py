"""The words that show what a topic is about, and a label proposed from them and from the phrases they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHOWN = 12
LABEL_WORDS = 3
_FREQUENT = 40  # a label takes its words from the topic's most probable ones, so that no rare word stands for it
_MOSTLY = 0.4  # part of a word's occurrences in a topic from which its commonest phrase stands for it
_FEWEST = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Two terms side by side, and how often in each topic.

    Args:
        pairs: The terms of each phrase, in order.
        shown: Each phrase as it stands in the texts.
        counts: Shape (topics, phrases): occurrences, each passage's divided among the topics by its shares.
        words: Shape (topics, terms): the same for single terms.
    """

    pairs: tuple[tuple[str, str], ...]
    shown: tuple[str, ...]
    counts: NDArray[np.float64]
    words: NDArray[np.float64]


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
    labels = propose(topic_term, shares, terms)
    return [(label, tuple(terms[i] for i in _best(row)[:SHOWN])) for label, row in zip(labels, shown, strict=True)]


def frequent_terms(topic_term: NDArray[np.float64], terms: Sequence[str]) -> frozenset[str]:
    """Return the terms that a label can take: the 40 most probable of every topic."""
    return frozenset(terms[i] for row in topic_term for i in _best(row)[:_FREQUENT])


def propose(topic_term: NDArray[np.float64], shares: NDArray[np.float64], terms: Sequence[str], phrases: Phrases | None = None) -> list[str]:
    """Return a label for every topic: its 3 most distinctive words, each as the phrase it mostly stands in.

    A word is distinctive when it has much lift (`relevance` with weight 0.3) among the topic's 40 most probable: often enough and mostly here, as in FREX.
    Where 40 % of its occurrences in the topic, and 3 at least, stand in one phrase of two words, that is taken in its place; no word comes twice.

    Args:
        topic_term: Shape (topics, terms), rows sum to 1.
        shares: Shape (topics,), sum to 1.
        terms: The columns.
        phrases: Counts of phrases; None for words alone.

    Source:
        Bischof and Airoldi 2012 for frequent and exclusive words; Sievert and Shirley 2014 for the measure; the phrases: a rule of the tool.
    """
    marking = relevance(topic_term, shares, weight=0.3)
    taken: set[str] = set()
    labels = []
    for topic, row in enumerate(topic_term):
        frequent = np.sort(_best(row)[:_FREQUENT])
        candidates = [terms[frequent[i]] for i in _best(marking[topic, frequent])]
        standing = {} if phrases is None else _standing_in(topic, terms, phrases)
        labels.append(_new_label(_without_repeats(candidates, standing, phrases), taken, topic))
        taken.add(labels[-1])
    return labels


def _standing_in(topic: int, terms: Sequence[str], phrases: Phrases) -> dict[str, int]:
    """The number of the phrase in which a term mostly stands in a topic, for the terms that have one."""
    counts = phrases.counts[topic]
    column = {term: index for index, term in enumerate(terms)}
    found: dict[str, int] = {}
    for phrase in (int(i) for i in np.argsort(-np.round(counts, 6), kind="stable") if counts[i] >= _FEWEST):
        for term in phrases.pairs[phrase]:
            if term not in found and term in column and counts[phrase] >= _MOSTLY * phrases.words[topic, column[term]]:
                found[term] = phrase
    return found


def _without_repeats(candidates: Sequence[str], standing: Mapping[str, int], phrases: Phrases | None) -> list[str]:
    """The candidates, each as its phrase; one whose words were all said already is left out."""
    said: set[str] = set()
    items = []
    for term in candidates:
        if term in said:
            continue
        phrase = standing.get(term)
        if phrase is None or phrases is None:
            items.append(term)
            said.add(term)
        else:
            items.append(phrases.shown[phrase])
            said.update(phrases.pairs[phrase])
    return items


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
