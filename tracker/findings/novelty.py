"""Events that broke with those before them, in the words a reader sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tracker.analysis import Analysed
from tracker.findings import warnings as notes
from tracker.findings.event_terms import event_terms, rows_of
from tracker.findings.records import Warning
from tracker.findings.series_records import Novelty, NoveltyRow
from tracker.findings.surface import surface_forms
from tracker.measures.keyness import log_odds
from tracker.measures.novelty import MIN_EVENTS
from tracker.measures.novelty import Novelty as Measured
from tracker.measures.novelty import novelty as measure
from tracker.recipe import Recipe

SHUFFLES = 999
MOST_WORDS = 6


def novelty_of(items: Sequence[Analysed], leave_out: frozenset[str], recipe: Recipe, *, language: str) -> Novelty:
    """Measure every event against those before and those after it.

    Args:
        items: Dated speeches taken apart, in any order.
        leave_out: The corpus stop list.
        recipe: Level and random state.
        language: The one they are in.

    Returns:
        Events in order of date; those within the first or last window have no numbers. With fewer than fifteen events there are rows without
        numbers and a warning.
    """
    first: dict[str, Analysed] = {}
    for item in sorted(items, key=lambda item: (str(item.speech.date.event_date), item.speech.id)):
        first.setdefault(item.speech.event_id, item)
    events = list(first)
    matrix = event_terms(items, leave_out)
    counts = rows_of(matrix, events)
    found = measure(counts, n_shuffles=SHUFFLES, rng=np.random.default_rng([recipe.topics.random_state, 7])) if len(events) >= MIN_EVENTS else None
    surface, whole = surface_forms(items), counts.sum(axis=0)
    rows = []
    place = {int(event): i for i, event in enumerate(found.events)} if found else {}
    for at, event in enumerate(events):
        words = _words(counts, whole, (at, found.window), matrix.terms, surface) if found and at in place else ()
        rows.append(_row(first[event], found, place.get(at), words, recipe.measure.level))
    scopes = {item.scope for item in items} - {"none"}
    return Novelty(
        window=found.window if found else 0,
        tokens=found.depth if found else 0,
        shuffles=SHUFFLES if found else 0,
        level=recipe.measure.level,
        scope=scopes.pop() if len(scopes) == 1 else "by-kind",
        language=language,
        rows=tuple(rows),
        warnings=_warnings(items, len(events), found),
    )


def _row(item: Analysed, found: Measured | None, at: int | None, words: tuple[str, ...], level: float) -> NoveltyRow:
    speech = item.speech
    if found is None or at is None:
        return NoveltyRow(speech.id, speech.event_id, speech.date.text, speech.title, speech.speaker, None, None, None, None, None, "not measured", ())
    resonance, q = float(found.resonance[at]), float(found.q[at])
    sure = q <= round(1 - level, 12)
    return NoveltyRow(
        speech=speech.id,
        event=speech.event_id,
        date=speech.date.text,
        title=speech.title,
        speaker=speech.speaker,
        novelty=float(found.novelty[at]),
        transience=float(found.transience[at]),
        resonance=resonance,
        reach=float(found.reach[at]),
        q=q,
        verdict="as usual" if not sure else "broke and stayed" if resonance > 0 else "left behind",
        words=words,
    )


def _words(counts: csr_array, whole: NDArray[np.integer], place: tuple[int, int], terms: Sequence[str], surface: dict[str, str]) -> tuple[str, ...]:
    """Words that mark an event off from the events of the window before it, most telling first.

    Args:
        counts: Counts of events x terms, in order of date.
        whole: Those of all events together.
        place: Which event, and how many are in a window.
        terms: The columns.
        surface: Words as readers know them, by term.
    """
    at, window = place
    own, earlier = counts[[at]].sum(axis=0), counts[max(0, at - window) : at].sum(axis=0)
    odds = log_odds(earlier, own, whole)
    ranked = sorted((int(i) for i in np.flatnonzero(own > 1)), key=lambda i: (-odds.z[i], terms[i]))
    return tuple(surface.get(terms[i], terms[i]) for i in ranked[:MOST_WORDS] if odds.z[i] > 0)


def _warnings(items: Sequence[Analysed], events: int, found: Measured | None) -> tuple[Warning, ...]:
    told = []
    if events < MIN_EVENTS:
        told.append(notes.too_few_for_novelty(events, MIN_EVENTS))
    elif found is None or found.left_out:
        told.append(notes.too_short_for_novelty(found.left_out if found else events, found.depth if found else 0))
    return (*told, *notes.digests(tuple(item.speech.kind for item in items)))
