"""Terms are counted as lemmas and shown as the words that stand in the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.analysis import Analysed


def surface_forms(items: Sequence[Analysed]) -> dict[str, str]:
    """The commonest surface form of every term, for readers; ties go to the first in the alphabet."""
    forms: dict[str, Counter[str]] = {}
    for item in items:
        for (word, term), n in item.forms.items():
            forms.setdefault(term, Counter())[word] += n
    return {term: min(counted, key=lambda w: (-counted[w], w)) for term, counted in forms.items()}
