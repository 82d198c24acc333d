"""Topics by latent Dirichlet allocation at its most probable values, from a start without chance: the same every time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tracker.models import em
from tracker.models.base import Progress, Setting, TopicModel, assemble
from tracker.models.growth import given_up
from tracker.models.quality import perplexity
from tracker.models.refits import kept
from tracker.models.stability import agreement, by_event, stability
from tracker.models.start import topics_of

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

Array = NDArray[np.float64]
Batches = Callable[[], Iterable[csr_array]]

ETA = 0.1
ETAS = (0.03, 0.1, 0.3, 0.5, 1.0)
FEW = 1000  # units below which the prior of the words is chosen by held-out speeches
STREAMED = 50_000  # units above which the start comes from a sample and the rest goes by in batches
HELD_OUT = 20_000  # units: a million tokens tell the perplexity to a thousandth
WARM = 10  # steps from topics that were fitted before: perplexity as after 20, and .04 more of the top words stay
LEAPS = 2  # in the place of five steps before: as probable after the ten (sotu, ungdc, ecb; K = 8 to 40), in five sixths of the time
PASSES = 4
ROUNDS = 6
_BATCH = 10_000
_FOLDS = 5


def fit(
    matrix: TermMatrix,
    *,
    topics: int,
    random_state: int,
    refits: int,
    start: Array | None = None,
    keep: Container[int] = (),
    progress: Progress | None = None,
) -> TopicModel:
    """Return the topics with their shares, and each topic's stability over refits on 80 % of the events (`stability.subsamples`).

    Args:
        matrix: Counts of terms in passages.
        topics: How many; fewer come back when the texts have fewer different contents.
        random_state: Decides the subsamples of the refits and the tokens of the perplexity, never the topics.
        refits: Number of refits.
        start: Topics to start from instead of the factors of TF-IDF, shape (topics, terms), all > 0; one in whose place a fresh start finds a topic that
            comes back clearly better is given up for that.
        keep: Rows of `start` that are never given up.
        progress: Called with (done, all) after every fit.

    Returns:
        A model whose `unit_topic` holds the most probable shares. `state["topic_tokens"]`: the tokens (prior included) of each topic;
        `state["topic_refits"]`: the refits (`models.refits`).
        `quality["perplexity"]`: of the events left out of each refit (20,000 units of them at most), the mean over refits. With `start`:
        `quality["given_up"]`, how many topics were given up, and `quality["fresh_stability"]`, the mean stability a fresh start has over the same refits.

    Caution:
        The most probable values under the priors, not the posterior means that gensim's and scikit-learn's variational LDA approximate: shares of a
        passage are somewhat further from even. Refits always start from their own texts, with `start` too: topics carried on into refits would have seen
        the events that are left out, and come back because they were put there (.85 in place of .35 on State of the Union messages).

    Source:
        Asuncion, Welling, Smyth and Teh 2009 (MAP estimation of LDA); the start: `tracker.models.start`.
    """
    eta = choose_eta(matrix, topics, random_state)
    tokens = train(matrix.counts, matrix.unit_ids, start=start, topics=topics, eta=eta)
    seen: list[float] = []
    again: list[Array] = []

    def refit(rows: NDArray[np.intp]) -> Array:
        again.append(_rows_to_one(train(csr_array(matrix.counts[rows]), [matrix.unit_ids[row] for row in rows], topics=topics, eta=eta)))
        others = for_perplexity(matrix, rows)
        seen.append(perplexity(csr_array(matrix.counts[others]), again[-1], random_state=random_state))
        return again[-1]

    scores, quality = stability(matrix, _rows_to_one(tokens), refit=refit, refits=refits, random_state=random_state, progress=progress)
    if seen and np.isfinite(seen).all():
        quality["perplexity"] = round(float(np.mean(seen)), 3)
    if start is not None and scores is not None:
        fresh = _rows_to_one(train(matrix.counts, matrix.unit_ids, topics=topics, eta=eta))
        came_back = agreement(fresh, again)
        lost = [(old, new) for old, new in given_up((_rows_to_one(tokens), scores), (fresh, came_back)) if old not in keep]
        quality |= {"given_up": float(len(lost)), "fresh_stability": round(float(came_back.mean()), 6)}
        if lost:
            start = np.array(start)
            start[[old for old, _ in lost]] = fresh[[new for _, new in lost]]
            tokens = train(matrix.counts, matrix.unit_ids, start=start, topics=topics, eta=eta)
            scores = agreement(_rows_to_one(tokens), again)
    asked: dict[str, Setting] = {"topics": topics, "random_state": random_state, "refits": refits, "eta": eta}
    return _model(matrix, tokens, again, (scores, quality), asked)


def for_perplexity(matrix: TermMatrix, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """The units that a refit did not see; the 20,000 of them whose names have the smallest hashes where there are more."""
    others = np.setdiff1d(np.arange(len(matrix.unit_ids)), rows)
    return np.asarray(others[chosen([matrix.unit_ids[row] for row in others], HELD_OUT)])


def _model(matrix: TermMatrix, tokens: Array, again: list[Array], measured: tuple[Array | None, dict[str, float]], asked: dict[str, Setting]) -> TopicModel:
    """The fitted topics as a model, with the shares they have in every unit."""
    scores, quality = measured
    topic_term = _rows_to_one(tokens)
    settings = {**asked, "alpha": em.ALPHA, "steps": em.STEPS, "sweeps": em.SWEEPS}
    state = {"topic_tokens": tokens.sum(axis=1), **kept(topic_term, again)}
    return assemble(matrix, topic_term, em.shares(matrix.counts, topic_term), stability=scores, engine="lda", told=(quality, settings), state=state)


def _rows_to_one(tokens: Array) -> Array:
    return np.asarray(tokens / tokens.sum(axis=1, keepdims=True))


def train(counts: csr_array, names: Sequence[str], *, topics: int, eta: float, start: Array | None = None) -> Array:
    """Return the tokens of each term in each topic, prior included: the whole climb without shares, stability and figures.

    Args:
        counts: Shape (units, terms).
        names: Ids of the units; above 50,000 of them those with the smallest hashes make the start, so that a grown corpus keeps most of them.
        topics: How many.
        eta: Prior of the words.
        start: Topics to start from.

    Returns:
        Shape (topics, terms), all > 0.
    """
    if counts.shape[0] <= STREAMED:
        return em.climb(counts, topics_of(counts, topics), eta=eta) if start is None else em.climb(counts, start, eta=eta, steps=WARM, leaps=LEAPS)
    if start is None:
        start = topics_of(csr_array(counts[chosen(names, STREAMED)]), topics)
        start = 0.999 * start + 0.001 / start.shape[1]  # a word that the sample lacks is not impossible
    return stream(lambda: (csr_array(counts[first : first + _BATCH]) for first in range(0, counts.shape[0], _BATCH)), start, eta=eta)


def stream(batches: Batches, start: Array, *, eta: float) -> Array:
    """Return the tokens of each term in each topic from texts that go by in batches and never stand in memory together.

    Args:
        batches: Called once a pass; gives the counts of all units in the same order, shape (units, terms) each.
        start: Shape (topics, terms), rows sum to 1, all > 0.
        eta: Prior of the words.

    Returns:
        Shape (topics, terms), all > 0. Shares are found anew in each of four passes, six rounds each, so that nothing of a unit is kept; how the units
        are divided into batches changes rounding only.

    Source:
        Neal and Hinton 1998 for partial expectation steps; measured against `climb` on corpora that fit: perplexity within 0.3 %.
    """
    likely = np.ascontiguousarray(start.T, dtype=np.float32)
    tokens = likely.astype(np.float64)
    for _ in range(PASSES):
        given = np.zeros_like(tokens)
        for counts in batches():
            given += em.expected(counts, likely, rounds=ROUNDS)
        tokens = given * likely + eta
        likely = (tokens / tokens.sum(axis=0)).astype(np.float32)
    return np.ascontiguousarray(tokens.T)


def choose_eta(matrix: TermMatrix, topics: int, random_state: int) -> float:
    """Return the prior of the words: .1, and for fewer than 1,000 units the one of five that best completes speeches left out.

    Args:
        matrix: Counts, with the events of the units; with fewer than 5 events there is nothing to leave out and .1 stays.
        topics: How many.
        random_state: Decides which tokens are completed.

    Source:
        Design of the tool: every fifth event in turn is left out, and the perplexities of the five are multiplied.
    """
    groups, names = by_event(matrix)
    if len(matrix.unit_ids) >= FEW or len(names) < _FOLDS:
        return ETA
    fold = np.argsort(np.argsort([hashlib.sha256(name.encode()).digest() for name in names])) % _FOLDS
    lost = np.zeros(len(ETAS))
    for left_out in range(_FOLDS):
        inside = fold[groups] != left_out
        known, asked = csr_array(matrix.counts[inside]), csr_array(matrix.counts[~inside])
        if np.count_nonzero(np.diff(known.indptr)) < topics or not asked.nnz:
            return ETA
        start = topics_of(known, topics)
        for index, eta in enumerate(ETAS):
            tokens = em.climb(known, start, eta=eta)
            lost[index] += np.log(perplexity(asked, tokens / tokens.sum(axis=1, keepdims=True), random_state=random_state))
    return ETAS[int(np.argmin(np.round(lost, 9)))] if np.isfinite(lost).all() else ETA


def chosen(names: Sequence[str], wanted: int) -> NDArray[np.intp]:
    """Return the rows of the `wanted` units whose names have the smallest hashes, sorted, all where there are no more; adding units changes few of them."""
    if len(names) <= wanted:
        return np.arange(len(names))
    digests = np.array([int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) for name in names], dtype=np.uint64)
    return np.sort(np.argsort(digests, kind="stable")[:wanted])
