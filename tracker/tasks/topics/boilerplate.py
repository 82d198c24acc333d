"""Topics that are made of boilerplate: of lines that recur, of one source's habits, or of a single event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tracker.boilerplate import recurring_lines, silent_spans, source_of
from tracker.speech import Speech
from tracker.tasks.topics.units import Units
from tracker.tokens import token_range

MOSTLY = 0.5
FEWEST_WORDS = 5
CONCENTRATED = 0.8
LOOKED_AT = 50
FEWEST_EVENTS = 5


def looks_like_boilerplate(units: Units, shares: Any, words: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Say of every topic why it looks like boilerplate; "" where it does not.

    Half or more of the occurrences of its words, in the passages it fills for half or more (the ten it fills most where there are fewer, fifty at the most),
    stand in lines that recur (`tracker.boilerplate`); or four fifths of it stand in one source, or in one event, that has at most half as large a part of the
    corpus.

    Args:
        units: The passages.
        shares: Shape (passages, topics).
        words: The words of each topic (lemmas).
    """
    import numpy as np

    speeches = list({item.speech.id: item.speech for item, _ in units.passages}.values())
    lines = [found.line for found in recurring_lines(speeches)]
    spans = {speech.id: silent_spans(speech.text, lines) for speech in speeches} if lines else {}
    weights = np.asarray(units.matrix.counts.sum(axis=1), dtype=float)
    groups = [_grouped(units, name) for name in (source_of, lambda speech: speech.event_id)]
    reasons = []
    for k, own in enumerate(words):
        said = _in_recurring_lines(units, shares[:, k], weights, frozenset(own), spans) if lines else ""
        mass = shares[:, k] * weights
        said = said or _concentrated(groups[0], mass, weights, "from {}", fewest=2)
        reasons.append(said or _concentrated(groups[1], mass, weights, "in one event ({})", fewest=FEWEST_EVENTS))
    return tuple(reasons)


def _grouped(units: Units, name: Callable[[Speech], str]) -> tuple[list[str], Any]:
    """The groups that passages belong to, sorted, and the number of each passage's, shape (passages,)."""
    import numpy as np

    of_passage = [name(item.speech) for item, _ in units.passages]
    names = sorted(set(of_passage))
    place = {one: number for number, one in enumerate(names)}
    return names, np.array([place[one] for one in of_passage], dtype=np.int64)


def _in_recurring_lines(units: Units, share: Any, weights: Any, words: frozenset[str], spans: dict[str, list[tuple[int, int]]]) -> str:
    order = sorted(range(len(units.passages)), key=lambda i: (-round(float(share[i] * weights[i]), 6), i))
    filled = [i for i in order if share[i] >= MOSTLY]
    inside = whole = 0
    for i in filled[:LOOKED_AT] if len(filled) >= 10 else order[:10]:
        item, passage = units.passages[i]
        tokens = item.tokens
        recurring = {j for start, end in spans[item.speech.id] for j in range(*token_range(tokens, start, end))}
        for segment in passage.segments(item.segments):
            found = [j for j in range(*token_range(tokens, segment.start, segment.end)) if tokens.content[j] and tokens.terms[j] in words]
            whole += len(found)
            inside += len(recurring.intersection(found))
    if whole < FEWEST_WORDS or inside < MOSTLY * whole:
        return ""
    return f"{inside} of {whole} occurrences of its words stand in lines that recur (tracker check lists them)"


def _concentrated(groups: tuple[list[str], Any], mass: Any, weights: Any, told: str, *, fewest: int) -> str:
    """Why a topic belongs to one source or event; "" when it does not, and when the corpus has too few of them for that to mean anything."""
    import numpy as np

    names, which = groups
    of_topic, of_corpus = (np.bincount(which, weights=column, minlength=len(names)) for column in (mass, weights))
    total, whole = float(of_topic.sum()), float(of_corpus.sum())
    if len(names) < fewest or not total or not whole:
        return ""
    largest = int(np.argmax(of_topic))
    here, there = float(of_topic[largest]) / total, float(of_corpus[largest]) / whole
    if not names[largest] or here < CONCENTRATED or 2 * there > here:
        return ""
    return f"{here:.0%} of it is {told.format(names[largest])}, which has {there:.0%} of the words"
