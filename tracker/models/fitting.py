"""Fit topics with the engine asked for, and infer under a fitted model; the one way in for everybody else."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tracker.errors import TrackerError
from tracker.models.base import ENGINES, Engine, Progress, TopicModel

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix
    from tracker.models.growth import Change

_BLOCK = 20_000  # units looked at together


def fit(matrix: TermMatrix, *, topics: int, engine: Engine, random_state: int, passes: int, refits: int, progress: Progress | None = None) -> TopicModel:
    """Fit a topic model and say which of its topics come back in refits.

    Args:
        matrix: Counts of terms in passages (speeches that are too long and too few make poor units).
        topics: How many, 2 to the number of passages with words and of terms.
        engine: `lda` (the tool's own), `nmf`, `gensim` or `sklearn`.
        random_state: 0 to 2**32 - 1; decides the starts of `gensim` and `sklearn`, and the subsamples of `lda` and `nmf`, whose topics know no chance.
        passes: How often `gensim` and `sklearn` go through all passages; the others have their own end.
        refits: Number of refits on 80 % of the events (`lda`, `nmf`) or of fits from different starts (`gensim`, `sklearn`) that decide the stability;
            at least 2.
        progress: Called with (done, all) after every fit.

    Returns:
        The model; the same matrix and settings give the same bytes.

    Raises:
        TrackerError: A setting is out of range, there is too little text, or gensim is not installed.

    Caution:
        Below about 1,000 passages no engine finds stable topics: look at `Topic.reproducible` and show the others as illustration only.
    """
    _check(matrix, topics=topics, engine=engine, random_state=random_state, passes=passes, refits=refits)
    if engine == "lda":
        from tracker.models import lda

        return lda.fit(matrix, topics=topics, random_state=random_state, refits=refits, progress=progress)
    if engine == "nmf":
        from tracker.models import nmf

        return nmf.fit(matrix, topics=topics, random_state=random_state, refits=refits, progress=progress)
    if engine == "sklearn":
        from tracker.models import sklearn_lda

        return sklearn_lda.fit(matrix, topics=topics, random_state=random_state, passes=passes, refits=refits, progress=progress)
    from tracker.models import gensim_bridge

    return gensim_bridge.fit(matrix, topics=topics, random_state=random_state, passes=passes, refits=refits, progress=progress)


def fit_best(matrix: TermMatrix, *, engine: Engine, random_state: int, passes: int, refits: int, progress: Progress | None = None) -> TopicModel:
    """Fit a topic model whose number of topics is chosen by stability (`models.choose`), with the curve in its `quality`.

    Args:
        matrix: Counts of terms in passages.
        engine: As for `fit`; the curve is always that of `lda`.
        random_state: As for `fit`.
        passes: As for `fit`.
        refits: As for `fit`, and for every number that is tried.
        progress: Called with (done, all) after every fit of the curve.

    Returns:
        The model; `quality["curve.12.stability"]`, `.coherence` and `.perplexity` for every number that was tried, where known.

    Raises:
        TrackerError: As `fit`.
    """
    from tracker.models import choose

    _check(matrix, topics=2, engine=engine, random_state=random_state, passes=passes, refits=refits)
    points = choose.curve(matrix, random_state=random_state, refits=refits, progress=progress)
    model = fit(matrix, topics=choose.best(points), engine=engine, random_state=random_state, passes=passes, refits=refits)
    known = {
        f"curve.{point.topics:02d}.{name}": value
        for point in points
        for name in ("stability", "coherence", "perplexity")
        if np.isfinite(value := getattr(point, name))
    }
    return replace(model, quality={**model.quality, **known})


def refit(
    old: TopicModel, matrix: TermMatrix, *, random_state: int, refits: int, used: int = 0, keep: Container[str] = (), progress: Progress | None = None
) -> tuple[TopicModel, tuple[Change, ...]]:
    """Fit the topics of a grown corpus from those it had, and say what became of each.

    Args:
        old: The model before, of engine `lda`; its number of topics stays.
        matrix: Counts of the whole grown corpus.
        random_state: Decides the subsamples of the refits.
        refits: Number of refits on 80 % of the events, which start from their own texts.
        used: The highest number that any topic of the corpus ever had, when that is higher than those of `old`.
        keep: Ids of topics that are not given up where a fresh start does clearly better.
        progress: Called with (done, all) after every fit.

    Returns:
        The model, with the ids of the topics that went on, and the log of all.

    Raises:
        TrackerError: The corpus holds too little text for that many topics, or `old` is of another engine.

    Caution:
        The new shares are on a new scale: never compare them with those under the old model.
    """
    from tracker.models import lda
    from tracker.models.growth import follow, start_from

    if old.engine != "lda":
        raise TrackerError(f"topics of the engine `{old.engine}` cannot be carried on", hint="tracker fit --engine lda")
    _check(matrix, topics=len(old.topics), engine="lda", random_state=random_state, passes=1, refits=refits)
    kept = frozenset(row for row, topic in enumerate(old.topics) if topic.id in keep)
    start = start_from(old, matrix)
    model = lda.fit(matrix, topics=len(old.topics), random_state=random_state, refits=refits, start=start, keep=kept, progress=progress)
    return follow(old, model, used=used)


def infer(model: TopicModel, matrix: TermMatrix) -> NDArray[np.float64]:
    """Return the topics of other texts under a model that stays as it is.

    Args:
        model: The model.
        matrix: Counts over any terms; those the model does not know are left out.

    Returns:
        Shape (units, topics), rows sum to 1; uniform for a unit without a known word. A row depends on its own unit only,
        and for the matrix the model was fitted on it is the model's `unit_topic` (to rounding).
    """
    return _under(model, matrix, model.topic_term)


def infer_refits(model: TopicModel, matrix: TermMatrix) -> Iterator[NDArray[np.float64]]:
    """Yield the topics of texts under each of the refits that the model keeps, as `infer` gives them under the model itself.

    Args:
        model: The model.
        matrix: As for `infer`.

    Yields:
        For each refit the shares, shape (units, topics), in the order of the model's topics; NaN for a topic without a partner in that refit.
    """
    from tracker.models.refits import refits_of

    for topic_term in refits_of(model.state):
        there = topic_term.sum(axis=1) > 0
        yield _spread(_under(_only(model, there), matrix, topic_term[there]), there)


def _spread(some: NDArray[np.float64], there: NDArray[np.bool_]) -> NDArray[np.float64]:
    if there.all():
        return some
    whole = np.full((len(some), there.size), np.nan)
    whole[:, there] = some
    return whole


def _under(model: TopicModel, matrix: TermMatrix, topic_term: NDArray[np.float64]) -> NDArray[np.float64]:
    """The shares of all units, some at a time: a row depends on its own unit only, so that how they are divided changes nothing."""
    from tracker.models.align import counts_on

    found = np.empty((matrix.counts.shape[0], len(topic_term)))
    for first in range(0, len(found), _BLOCK):
        rows = slice(first, first + _BLOCK)
        found[rows] = _shares(model, counts_on(csr_array(matrix.counts[rows]), matrix.terms, model.terms), topic_term)
    return found


def _only(model: TopicModel, chosen: NDArray[np.bool_]) -> TopicModel:
    """The model as far as `_shares` looks at it, with some of its topics."""
    if chosen.all():
        return model
    state = {name: array[chosen] if name.startswith("topic_") else array for name, array in model.state.items()}
    topics = tuple(topic for topic, there in zip(model.topics, chosen, strict=True) if there)
    return replace(model, topics=topics, topic_term=model.topic_term[chosen], unit_topic=model.unit_topic[:, chosen], state=state)


def _shares(model: TopicModel, counts: csr_array, topic_term: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of units in the engine's own way under these topics."""
    if model.engine == "lda":
        from tracker.models import em

        return em.shares(counts, topic_term, alpha=float(model.settings["alpha"]))
    if model.engine == "nmf":
        from tracker.models import nmf

        return nmf.weights(counts, topic_term, model.state)
    from tracker.models import variational

    return variational.shares(counts, model.state["topic_tokens"][:, None] * topic_term, alpha=float(model.settings["alpha"]))


def _check(matrix: TermMatrix, *, topics: int, engine: str, random_state: int, passes: int, refits: int) -> None:
    if engine not in ENGINES:
        raise TrackerError(f"no topic engine `{engine}`", looked_at=(f"engines: {', '.join(ENGINES)}",), hint="tracker fit --engine lda")
    for name, value, least, most in (("refits", refits, 2, 1000), ("passes", passes, 1, 100_000), ("random_state", random_state, 0, 2**32 - 1)):
        if not least <= value <= most:
            raise TrackerError(f"`topics.{name}` must be {least} to {most}, not `{value}`", hint="edit tracker.toml")
    filled = int(np.count_nonzero(np.diff(matrix.counts.indptr)))
    n_terms = len(matrix.terms)
    held = (f"the texts hold {filled} passage{'s' if filled != 1 else ''} with words and {n_terms} different word{'s' if n_terms != 1 else ''}",)
    most = min(filled, n_terms)
    if most < 2:
        raise TrackerError("too little text for topics", looked_at=held, hint="tracker add SPEECHES")
    if not 2 <= topics <= most:
        raise TrackerError(
            f"the number of topics must be 2 to {most} here, not `{topics}`", looked_at=held, hint=f"tracker fit --topics {min(max(topics, 2), most)}"
        )
