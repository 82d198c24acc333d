"""Which topics come back when the model is fitted again: the screen every topic has to pass before it is shown as a finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tracker.models.align import match
from tracker.room import give_back

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

REPRODUCIBLE = 0.5
TOP_WORDS = 10
MOST_UNITS = 100_000
_KEPT = 0.8
_FEWEST_EVENTS = 5

Refit = Callable[[NDArray[np.intp]], NDArray[np.float64]]


def top_words(topic_term: NDArray[np.float64]) -> list[frozenset[int]]:
    """Return the columns of each topic's 10 most probable terms.

    Args:
        topic_term: Shape (topics, terms).

    Returns:
        One set a topic: 10 columns, fewer in a vocabulary below 100 terms (a tenth of it, at least 1), where any two tens would overlap by chance.
        Terms of probability 0 never count.
    """
    n = max(1, min(TOP_WORDS, topic_term.shape[1] // 10))
    return [frozenset(int(i) for i in np.argsort(-np.round(row, 9), kind="stable")[:n] if row[i] > 0) for row in topic_term]


def agreement(topic_term: NDArray[np.float64], refits: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return how well each topic comes back in the refits.

    Args:
        topic_term: Shape (topics, terms), rows sum to 1.
        refits: At least one fit over the same columns; their number of topics may differ.

    Returns:
        Shape (topics,): the mean Jaccard index of the top 10 terms with the matched topic, 0 (never) to 1 (always the same words);
        a topic without a partner in a refit counts 0 there. Chance is below 0.03 in a vocabulary of 1,000 terms.

    Source:
        Greene, O'Callaghan and Cunningham 2014, "How many topics?", section 3, with plain in place of average Jaccard.
    """
    own = top_words(topic_term)
    scores = np.zeros(len(topic_term))
    for refit in refits:
        theirs = top_words(refit)
        for i, j, _ in match(topic_term, refit):
            scores[i] += len(own[i] & theirs[j]) / max(1, len(own[i] | theirs[j]))
    return scores / len(refits)


def medoid(runs: Sequence[NDArray[np.float64]]) -> int:
    """Return the position of the run that is most like the others: highest mean of 1 - Hellinger distance over matched topics; the first of equals.

    Source:
        Rieger, Rahnenfuehrer and Jentsch 2020, LDAPrototype, with Hellinger in place of their similarity.
    """
    likeness = np.zeros((len(runs), len(runs)))
    for i, first in enumerate(runs):
        for j in range(i):
            likeness[i, j] = likeness[j, i] = 1 - np.mean([distance for _, _, distance in match(first, runs[j])])
    return int(np.argmax(np.round(likeness.sum(axis=1), 9)))


def by_event(matrix: TermMatrix) -> tuple[NDArray[np.intp], list[str]]:
    """Return the number of each unit's event, and the sorted names of the events."""
    event = [matrix.speech_event.get(speech, speech) for speech in matrix.unit_speech]
    names = sorted(set(event))
    number = {name: index for index, name in enumerate(names)}
    return np.array([number[name] for name in event], dtype=np.intp), names


def subsamples(matrix: TermMatrix, *, refits: int, random_state: int) -> tuple[list[NDArray[np.intp]], bool]:
    """Return rows for refits on 80 % of the events, all reports of an event together; on fewer in a corpus where these hold more than 100,000 units.

    Args:
        matrix: Its units, their speeches and events.
        refits: How many samples, all different; fewer when that many do not exist.
        random_state: Decides the samples.

    Returns:
        Sorted row numbers for each refit, and whether events were sampled. With fewer than 5 events an 80 % sample of events
        does not exist: units are sampled then, which says only whether the topics hang on single passages.

    Caution:
        Smaller samples differ more: where 100,000 units are the limit, topics have to stand more than leaving out a fifth, and never less.
    """
    groups, names = by_event(matrix)
    enough = len(names) >= _FEWEST_EVENTS
    groups = groups if enough else np.arange(len(matrix.unit_ids))
    n = int(groups.max()) + 1
    kept = min(int(_KEPT * n), max(1, int(MOST_UNITS / len(groups) * n)))
    there_are = refits if refits <= n and 0 < kept < n else comb(n, kept)  # of many events the number itself takes seconds
    rng = np.random.default_rng(random_state)
    drawn: dict[tuple[int, ...], None] = {}
    while kept and len(drawn) < min(refits, there_are):
        drawn[tuple(sorted(rng.choice(n, size=kept, replace=False).tolist()))] = None
    return [np.flatnonzero(np.isin(groups, sample)) for sample in drawn], enough


def stability(
    matrix: TermMatrix, topic_term: NDArray[np.float64], *, refit: Refit, refits: int, random_state: int, progress: Callable[[int, int], None] | None = None
) -> tuple[NDArray[np.float64] | None, dict[str, float]]:
    """Return how well each topic comes back in refits on 80 % of the events.

    Args:
        matrix: What the topics were fitted on.
        topic_term: Shape (topics, terms), rows sum to 1.
        refit: Fits the given rows of `matrix` again and returns their topic-term matrix over the same columns.
        refits: Number of refits.
        random_state: Decides the subsamples.
        progress: Called with (done, all) after every refit; the fit itself counts as the first.

    Returns:
        Shape (topics,), 0 to 1, or None when no subsample holds as many units with words as there are topics; and what was done, for the model's `quality`:
        `refits` and `by_event` (1: events were sampled; 0: too few events, passages were).
    """
    samples, enough = subsamples(matrix, refits=refits, random_state=random_state)
    filled = np.diff(matrix.counts.indptr) > 0
    samples = [rows for rows in samples if int(filled[rows].sum()) >= len(topic_term)]
    fitted = []
    for done, rows in enumerate(samples):
        if progress:
            progress(done + 1, len(samples) + 1)
        fitted.append(refit(rows))
        give_back()
    if progress:
        progress(len(samples) + 1, len(samples) + 1)
    scores = agreement(topic_term, fitted) if fitted else None
    return scores, {"refits": float(len(fitted)), "by_event": float(enough)}
