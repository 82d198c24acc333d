"""Sentences that show a topic: from the passages it fills most, the one with most of its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tracker.analysis import Analysed
from tracker.counts import term_counts
from tracker.findings.quotes import evidence
from tracker.findings.records import Evidence

if TYPE_CHECKING:
    from tracker.passages import Passage
    from tracker.speech import Segment

LOOKED_AT = 6


def topic_quotes(passages: Sequence[tuple[Analysed, Passage]], share: Any, words: frozenset[str], *, most: int) -> tuple[Evidence, ...]:
    """Choose a topic's quotes, one a speech.

    Args:
        passages: Where to look.
        share: The topic's share of each, shape (passages,).
        words: The topic's words, as terms.
        most: How many at the most.

    Returns:
        Verbatim sentences of body text, from the fullest passage down; fewer where the fullest hold none of the words.
    """
    chosen: dict[str, Evidence] = {}
    for i in fullest(passages, share, LOOKED_AT * most):
        item, passage = passages[i]
        best = None if passage.speech in chosen else fullest_sentence(item, passage, words)
        if best is not None:
            chosen[passage.speech] = evidence(item, best)
        if len(chosen) == most:
            break
    return tuple(chosen.values())


def fullest(passages: Sequence[tuple[Analysed, Passage]], share: Any, most: int) -> list[int]:
    """The numbers of the passages that a topic fills most, the fullest first, ties by id.

    Args:
        passages: Where to look.
        share: The topic's share of each, shape (passages,).
        most: How many at the most.
    """
    import numpy as np

    shares = np.asarray(share, dtype=float)
    enough = np.partition(shares, -most)[-most] if shares.size > most else -np.inf  # all that are as full are looked at: only these are put in order
    return sorted(np.flatnonzero(shares >= enough).tolist(), key=lambda i: (-float(shares[i]), passages[i][1].id))[:most]


def fullest_sentence(item: Analysed, passage: Passage, words: frozenset[str]) -> Segment | None:
    """The body sentence of a passage with most of the words, the first of equals; None where none has any."""
    counted = {
        segment: sum(n for term, n in term_counts(item.tokens, (segment,), item.scope, institutions=item.institutions).items() if term in words)
        for segment in passage.segments(item.segments)
        if segment.block == "body"
    }
    best = min(counted, key=lambda segment: (-counted[segment], segment.start), default=None)
    return best if best is not None and counted[best] else None
