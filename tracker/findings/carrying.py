"""Which word carries a theme, and what its change would be without that word."""

from __future__ import annotations

from collections import Counter

from tracker.findings.records import Sensitivity
from tracker.findings.sides import Side
from tracker.lexicon import surface
from tracker.measures.prevalence import event_shares


def carrying_word(theme: str, before: Side, after: Side) -> Sensitivity | None:
    """Leave the theme's most frequent word out and measure the change again.

    Args:
        theme: The theme's id.
        before: The first side.
        after: The second side.

    Returns:
        The word, its share of the theme's hits over both sides, and the change in points without it; None when the theme
        is never mentioned in scope.

    Caution:
        Only mentions by exactly this word are left out; what else stands in the same sentences stays.
    """
    counted: Counter[str] = Counter()
    removed: dict[str, Counter[str]] = {}
    for item in (*before.measuring(theme), *after.measuring(theme)):
        mine = removed.setdefault(item.speech.id, Counter())
        for hit in item.counts.hits:
            if hit.theme == theme:
                mine[surface(hit, item.tokens)] += item.counted_tokens(hit)
        counted.update(mine)
    total = sum(counted.values())
    if not total:
        return None
    word = min(counted, key=lambda w: (-counted[w], w))
    means = [_mean_without(theme, side, {speech: mine[word] for speech, mine in removed.items()}) for side in (before, after)]
    return Sensitivity(word, counted[word] / total, None if means[0] is None or means[1] is None else 100 * (means[1] - means[0]))


def _mean_without(theme: str, side: Side, removed: dict[str, int]) -> float | None:
    """Mean share per event when `removed` content tokens of each speech no longer count as the theme's."""
    events: dict[str, list[int]] = {}
    for item in side.measuring(theme):
        scope = item.counts.scopes[item.scope]
        row = events.setdefault(item.speech.event_id, [0, 0])
        row[0] += scope.themes[theme][0] - removed[item.speech.id]
        row[1] += scope.tokens
    shares = event_shares([row[0] for row in events.values()], [row[1] for row in events.values()])
    return float(shares.mean()) if shares.size else None
