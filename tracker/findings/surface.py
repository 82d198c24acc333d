"""Terms are counted as lemmas and shown as the words that stand in the texts."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.analysis import Analysed
from tracker.vocabulary import VOCABULARY


def surface_forms(items: Sequence[Analysed]) -> dict[str, str]:
    """The commonest surface form of every term, for readers; ties go to the first in the alphabet."""
    from tracker.matrix import types_in

    best: dict[str, tuple[int, str]] = {}
    for number, n in enumerate(types_in(items, whole=True).tolist()):
        if n:
            word, term = VOCABULARY.types[number]
            best[term] = min(best.get(term, (0, "")), (-n, word))
    return {term: word for term, (_, word) in best.items()}
