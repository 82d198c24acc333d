"""What a change leans on: the words of a theme and the events of both sides, one at a time left out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from tracker.estimates import Verdict
from tracker.findings.cases import Sensitivity, WithoutSpeech
from tracker.findings.event_rows import Rows
from tracker.findings.measuring import Measured, Measuring, Table

Again = Callable[[Measured], Verdict]
LOOKED_AT = 20


def without_word(theme: str, measuring: Measuring, again: Again | None = None) -> Sensitivity | None:
    """Leave each of the theme's words out in turn and measure the change again.

    Args:
        theme: The theme's id.
        measuring: The two sides.
        again: The verdict on a change measured again, the other themes as they were; None to go without.

    Returns:
        The most frequent word with its share of the hits of both sides, the range of the change without any one word, and the
        verdict without the word that moves it farthest; None when the theme is never mentioned in scope.

    Caution:
        Only mentions by exactly this word are left out; what else stands in the same sentences stays.
    """
    words = _words(theme, measuring)
    counted = {word: sum(parts[0].values()) + sum(parts[1].values()) for word, parts in words.items()}
    counted = {word: n for word, n in counted.items() if n}
    if not counted:
        return None
    table = measuring.table(theme)
    whole = measuring.points(table)
    points = {word: _points_without(measuring, table, words[word], whole) for word in sorted(counted)}
    carrying = min(counted, key=lambda w: (-counted[w], w))
    held = Sensitivity(carrying, counted[carrying] / sum(counted.values()), points[carrying])
    known = {word: value for word, value in points.items() if value is not None}
    if whole is None or not known:
        return held
    low, high = min(known, key=lambda w: (known[w], w)), max(known, key=lambda w: (known[w], w))
    widest = max(known, key=lambda w: (abs(known[w] - whole), w))
    held = replace(held, low=known[low], low_word=low, high=known[high], high_word=high, widest_word=widest)
    measured = measuring.measure(table.without_words(words[widest])) if again else None
    return held if measured is None or again is None or measured.p is None else replace(held, verdict=again(measured))


def without_speech(theme: str, measuring: Measuring, again: Again | None = None) -> WithoutSpeech | None:
    """Leave each event out in turn and return the one that moves the change farthest; None when no side has two events.

    Args:
        theme: The theme's id.
        measuring: The two sides.
        again: As in `without_word`.
    """
    table = measuring.table(theme)
    whole = measuring.points(table)
    if whole is None:
        return None
    pulls = [*_strongest(table.before, "before"), *_strongest(table.after, "after")]
    most = sorted(pulls, key=lambda pull: (-pull[0], pull[1]))[:LOOKED_AT]
    moved = [
        (abs(points - whole), event, side, points) for _, event, side in most if (points := measuring.points(table.without_event(side, event))) is not None
    ]
    if not moved:
        return None
    # Of two that move it equally far (any two events of a side do) the one without which less is left.
    _, event, side, points = max(moved, key=lambda row: (round(row[0], 9), -abs(row[3]), row[1]))
    measured = measuring.measure(table.without_event(side, event)) if again else None
    verdict = None if again is None or measured is None or measured.p is None else again(measured)
    reports = [item.speech for item in (measuring.before if side == "before" else measuring.after).speeches if item.speech.event_id == event]
    first = min(reports, key=lambda s: (s.date.text or "9", s.id))
    return WithoutSpeech(event, first.id, first.date.text, first.title, side, points, verdict)


def _words(theme: str, measuring: Measuring) -> Mapping[str, tuple[Counter[str], ...]]:
    """Content tokens in scope that each word gives the theme, by event, for each part of a table."""
    found: dict[str, tuple[Counter[str], ...]] = {}
    for part, side in enumerate(measuring.parts):
        for item in side.mentioning(theme):
            for hit in item.mentions_of(theme):
                if n := item.counted_tokens(hit):
                    if hit.words not in found:  # not setdefault: it would make its default for each of millions of hits
                        found[hit.words] = tuple(Counter() for _ in measuring.parts)
                    found[hit.words][part][item.speech.event_id] += n
    return found


def _points_without(measuring: Measuring, table: Table, removed: Sequence[Mapping[str, int]], whole: float | None) -> float | None:
    """The change when some tokens of each event no longer count as the theme's."""
    if measuring.strata is not None or whole is None:
        return measuring.points(table.without_words(removed))
    lost = []
    for rows, gone in zip((table.before, table.after), removed[:2], strict=True):
        shares = [n / rows[event][1] for event, n in sorted(gone.items())]
        lost.append(math.fsum(shares) / max(1, rows.n_spoken))
    return whole - 100 * (lost[1] - lost[0])


def _strongest(rows: Rows, side: Literal["before", "after"]) -> list[tuple[float, str, Literal["before", "after"]]]:
    """How far the side's mean moves without each of the events that move it farthest; nothing where it has one event alone."""
    spoken = np.flatnonzero(rows.tokens > 0)
    shares = rows.hits[spoken] / rows.tokens[spoken]
    if shares.size < 2:
        return []
    pulls = abs(shares - sum(shares.tolist()) / shares.size) / (shares.size - 1)
    least = np.partition(pulls, -LOOKED_AT)[-LOOKED_AT] if pulls.size > LOOKED_AT else 0.0
    return [(float(pulls[at]), rows.events[spoken[at]], side) for at in np.flatnonzero(pulls >= least).tolist()]
