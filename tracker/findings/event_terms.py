"""The words of events as one matrix: what distances and novelty are measured from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from scipy.sparse import csr_array

from tracker.analysis import Analysed
from tracker.matrix import TermMatrix, build, select_terms

MOST_TERMS = 20_000


def event_terms(items: Iterable[Analysed], leave_out: frozenset[str]) -> TermMatrix:
    """Return how often each term occurs in each event, in the headline scope of its speeches; reports of one event are summed.

    Args:
        items: Speeches taken apart.
        leave_out: The corpus stop list.

    Returns:
        One row an event, in order of event id; the commonest MOST_TERMS terms.
    """
    reports: dict[str, list[Analysed]] = {}
    for item in items:
        reports.setdefault(item.speech.event_id, []).append(item)
    events = sorted(reports)
    matrix = build((summed(reports[event], leave_out) for event in events), events, events, {event: event for event in events})
    if len(matrix.terms) <= MOST_TERMS:
        return matrix
    totals = matrix.counts.sum(axis=0)
    kept = sorted(range(len(matrix.terms)), key=lambda i: (-int(totals[i]), matrix.terms[i]))[:MOST_TERMS]
    return select_terms(matrix, keep=[matrix.terms[i] for i in kept])


def summed(reports: Sequence[Analysed], leave_out: frozenset[str]) -> Mapping[str, int]:
    """Counts of every term in the headline scope of some speeches together."""
    if len(reports) == 1:
        return reports[0].terms(leave_out)
    total: Counter[str] = Counter()
    for item in reports:
        total.update(item.terms(leave_out))
    return total


def rows_of(matrix: TermMatrix, events: Sequence[str]) -> csr_array:
    """The rows of some events, in the order given, as a csr array."""
    place = {event: row for row, event in enumerate(matrix.unit_ids)}
    return csr_array(matrix.counts[[place[event] for event in events]])
