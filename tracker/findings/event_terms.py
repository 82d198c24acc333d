"""The words of events as one matrix: what distances and novelty are measured from."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.sparse import csr_array

from tracker.analysis import Analysed
from tracker.matrix import TermMatrix, count_terms, select_terms

MOST_TERMS = 20_000


def event_terms(items: Sequence[Analysed], leave_out: frozenset[str]) -> TermMatrix:
    """Return how often each term occurs in each event, in the headline scope of its speeches; reports of one event are summed.

    Args:
        items: Speeches taken apart.
        leave_out: The corpus stop list.

    Returns:
        One row an event, in order of event id; the commonest MOST_TERMS terms.
    """
    matrix = count_terms(items, [item.speech.event_id for item in items], leave_out)
    if len(matrix.terms) <= MOST_TERMS:
        return matrix
    totals = matrix.counts.sum(axis=0)
    kept = sorted(range(len(matrix.terms)), key=lambda i: (-int(totals[i]), matrix.terms[i]))[:MOST_TERMS]
    return select_terms(matrix, keep=[matrix.terms[i] for i in kept])


def rows_of(matrix: TermMatrix, events: Sequence[str]) -> csr_array:
    """The rows of some events, in the order given, as a csr array."""
    place = {event: row for row, event in enumerate(matrix.unit_ids)}
    return csr_array(matrix.counts[[place[event] for event in events]])
