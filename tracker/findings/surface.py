"""Terms are counted as lemmas and shown as the words that stand in the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.analysis import Analysed


def surface_forms(items: Sequence[Analysed]) -> dict[str, str]:
    """The commonest surface form of every term, for readers; ties go to the first in the alphabet."""
    counted: Counter[tuple[str, str]] = Counter()
    for item in items:
        counted.update(item.forms)
    best: dict[str, tuple[int, str]] = {}
    for (word, term), n in counted.items():
        best[term] = min(best.get(term, (0, "")), (-n, word))
    return {term: word for term, (_, word) in best.items()}
