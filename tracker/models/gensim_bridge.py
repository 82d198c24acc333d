"""Topics by latent Dirichlet allocation as gensim fits it: several starts, the run most like the others is kept."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tracker.errors import TrackerError
from tracker.models.base import Progress, TopicModel, assemble
from tracker.models.refits import kept as kept_refits
from tracker.models.stability import agreement, medoid
from tracker.models.variational import ALPHA, ETA, shares

if TYPE_CHECKING:
    from gensim.models import LdaModel

    from tracker.matrix import TermMatrix

Array = NDArray[np.float64]
ITERATIONS = 10  # E-step rounds a passage in training: 10 gave lower held-out perplexity than 50, in a third of the time
_SERIAL = 2_000_000  # cells x passes x runs (about eight seconds) from which a second process is worth its start


def fit(matrix: TermMatrix, *, topics: int, random_state: int, passes: int, refits: int, progress: Progress | None = None) -> TopicModel:
    """Return the most typical of several LDA runs, with each topic's stability over the others.

    Args:
        matrix: Counts of terms in passages.
        topics: How many.
        random_state: Run r starts from numpy's RandomState of the first word of `SeedSequence([random_state, r])`.
        passes: How often each run goes through all passages: batch variational EM steps (chunk = all passages, `decay` 0).
        refits: Number of runs, at least 2.
        progress: Called with (done, all) after every run.

    Returns:
        A model whose `unit_topic` are the posterior means of the variational approximation, computed from a fixed start: gensim's own differ
        from call to call, since it starts each from a random draw. `state["topic_tokens"]`: the tokens (prior included) each topic holds.

    Raises:
        TrackerError: gensim is not installed.

    Source:
        Blei, Ng and Jordan 2003; Hoffman, Blei and Bach 2010, as in `gensim.models.LdaModel`. The kept run: the medoid.
    """
    _gensim()
    runs = []
    for done, run in enumerate(_runs(matrix.counts, topics, random_state, passes=passes, runs=refits), 1):
        runs.append(run)
        if progress:
            progress(done, refits)
    phis = [run / run.sum(axis=1, keepdims=True) for run in runs]
    kept = medoid(phis)
    others = [phi for index, phi in enumerate(phis) if index != kept]
    unit_topic = shares(matrix.counts, runs[kept], alpha=ALPHA)
    quality = {"refits": float(refits), "medoid": float(kept)}
    settings = {
        "topics": topics, "random_state": random_state, "passes": passes, "refits": refits, "alpha": ALPHA, "eta": ETA, "iterations": ITERATIONS,
    }  # fmt: skip
    state = {"topic_tokens": runs[kept].sum(axis=1), **kept_refits(phis[kept], others)}
    return assemble(matrix, phis[kept], unit_topic, stability=agreement(phis[kept], others), engine="gensim", told=(quality, settings), state=state)


def as_gensim(model: TopicModel) -> LdaModel:
    """Return the model as gensim's own `LdaModel`, with a `Dictionary`: prints, saves, updates and infers like any other.

    Args:
        model: Of any engine; an `nmf` model becomes an LDA model with the same topics, its weights taken as shares.

    Returns:
        A trained `LdaModel` whose `get_topics()` are `model.topic_term` (to rounding; for `nmf` zeros become the tiny prior).

    Raises:
        TrackerError: gensim is not installed.

    Caution:
        gensim's inference starts at random, so its shares differ from call to call, and it takes posterior means where `lda` takes the most probable
        values: on real passages they are .03 (5 topics) to .08 (30) away from `unit_topic` in total variation, .01 to .02 in the shares of a corpus,
        with the same leading topic in 96 % or more. From a `gensim` or `sklearn` model they are .002 away.
    """
    lda_model, dictionary_type = _gensim()
    dictionary = dictionary_type()
    dictionary.token2id = {term: index for index, term in enumerate(model.terms)}
    dictionary.id2token = dict(enumerate(model.terms))
    n_units, k = model.unit_topic.shape
    eta = float(model.settings.get("eta", 1e-6))
    tokens = model.state.get("topic_tokens", 100 * model.unit_topic.sum(axis=0))
    alpha = np.full(k, float(model.settings.get("alpha", ALPHA)))
    with _quiet():
        lda = lda_model(num_topics=k, id2word=dictionary, alpha=alpha, eta=np.full(len(model.terms), eta), dtype=np.float64, random_state=0)
        lda.state.sstats[...] = np.maximum(model.topic_term * tokens[:, None] - eta, 0)
        lda.state.numdocs = n_units
        lda.sync_state()
        lda.num_updates = n_units
    return lda


def _runs(counts: csr_array, topics: int, random_state: int, *, passes: int, runs: int) -> Iterable[Array]:
    """Return gensim's lambda of every run in order; long ones share the cores, which changes no number."""
    filled = np.flatnonzero(np.diff(counts.indptr))
    rows = csr_array(counts[filled])
    starts = [int(np.random.SeedSequence([random_state, run]).generate_state(1)[0]) for run in range(runs)]
    workers = min(runs, os.cpu_count() or 1)
    if workers == 1 or rows.nnz * passes * runs < _SERIAL:
        return (_one_run(rows, topics, start, passes) for start in starts)
    from joblib import Parallel, delayed

    found: Iterable[Array] = Parallel(n_jobs=workers, return_as="generator")(delayed(_one_run)(rows, topics, start, passes) for start in starts)
    return found


def _one_run(counts: csr_array, topics: int, start: int, passes: int) -> Array:
    from threadpoolctl import threadpool_limits

    lda_model, _ = _gensim()
    ends = zip(counts.indptr[:-1], counts.indptr[1:], strict=True)
    passages = [list(zip(counts.indices[a:b].tolist(), counts.data[a:b].tolist(), strict=True)) for a, b in ends]
    names = {index: str(index) for index in range(counts.shape[1])}
    with _quiet(), threadpool_limits(1):  # one thread a run: the same bytes on any number of cores
        lda = lda_model(
            passages, topics, id2word=names, passes=passes, chunksize=len(passages), decay=0.0, iterations=ITERATIONS,
            alpha=np.full(topics, ALPHA), eta=np.full(counts.shape[1], ETA), eval_every=None, dtype=np.float64, random_state=np.random.RandomState(start),
        )  # fmt: skip
        return np.asarray(lda.state.get_lambda(), dtype=np.float64)


def installed() -> bool:
    """Whether gensim is there."""
    from importlib.util import find_spec

    return find_spec("gensim") is not None


def _gensim() -> tuple[Any, Any]:
    try:
        from gensim.corpora import Dictionary
        from gensim.models import LdaModel as Lda
    except ImportError as error:
        raise TrackerError(
            "gensim is not installed (it has no release for Python 3.14 yet)", looked_at=(f"import: {error}",), hint="tracker fit --engine lda"
        ) from error
    return Lda, Dictionary


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep gensim from logging: what its messages say is in `quality` and `settings`."""
    logger = logging.getLogger("gensim")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
