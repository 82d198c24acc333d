"""What a topic model is, and the two questions put to one: fit it, infer with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tracker.errors import TrackerError
from tracker.models.labels import describe
from tracker.models.stability import REPRODUCIBLE

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

Engine = Literal["gensim", "nmf"]
ENGINES: tuple[Engine, ...] = ("gensim", "nmf")
Progress = Callable[[int, int], None]
Setting = str | int | float


@dataclass(frozen=True, slots=True)
class Topic:
    """One component of a topic model.

    Args:
        id: Its name within the model, e.g. `topic-03`; topics are numbered from the largest share down.
        label: Proposed from its 3 most distinctive words.
        words: Up to 12 terms that mark it off, best first (`labels.relevance`).
        stability: Mean matched Jaccard index of its top 10 words over the refits, 0-1; None when no refit was possible.
    """

    id: str
    label: str
    words: tuple[str, ...]
    stability: float | None

    @property
    def reproducible(self) -> bool:
        """Whether it came back often enough (stability >= 0.5) to be shown as a finding."""
        return self.stability is not None and self.stability >= REPRODUCIBLE


@dataclass(frozen=True, slots=True, eq=False)
class TopicModel:
    """A fitted topic model; its arrays are read-only.

    Args:
        topics: From the largest share down; fewer than asked for when the texts have fewer different contents.
        topic_term: float64, shape (topics, terms), rows sum to 1.
        unit_topic: float64, shape (units, topics), rows sum to 1: a share for `gensim`, a weight (no probability) for `nmf`.
        unit_ids: The rows of `unit_topic`.
        terms: The columns of `topic_term`.
        engine: `gensim` (LDA) or `nmf`.
        quality: `refits`, `reproducible` (number of topics), `stability` (mean; left out when unknown), and what the engine adds.
        settings: Everything that was asked for or fixed: topics, random_state, passes, refits, priors.
        state: What the engine needs to infer again or to hand out its own object, by name.
    """

    topics: tuple[Topic, ...]
    topic_term: NDArray[np.float64]
    unit_topic: NDArray[np.float64]
    unit_ids: tuple[str, ...]
    terms: tuple[str, ...]
    engine: Engine
    quality: Mapping[str, float]
    settings: Mapping[str, Setting]
    state: Mapping[str, NDArray[np.float64]]

    def __post_init__(self) -> None:
        for name in ("topic_term", "unit_topic"):
            object.__setattr__(self, name, _read_only(getattr(self, name)))
        object.__setattr__(self, "state", MappingProxyType({name: _read_only(self.state[name]) for name in sorted(self.state)}))
        for name in ("quality", "settings"):
            object.__setattr__(self, name, MappingProxyType(dict(sorted(getattr(self, name).items()))))

    @property
    def id(self) -> str:
        """Fingerprint: 12 hex digits over the topics (to 6 digits), the terms, the engine and the settings."""
        told = json.dumps([self.engine, list(self.terms), dict(self.settings)], sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(told.encode())
        digest.update(np.round(self.topic_term * 1e6).astype("<i8").tobytes())
        return digest.hexdigest()[:12]


def fit(matrix: TermMatrix, *, topics: int, engine: Engine, random_state: int, passes: int, refits: int, progress: Progress | None = None) -> TopicModel:
    """Fit a topic model and say which of its topics come back in refits.

    Args:
        matrix: Counts of terms in passages (speeches that are too long and too few make poor units).
        topics: How many, 2 to the number of passages with words and of terms.
        engine: `gensim` or `nmf`.
        random_state: 0 to 2**32 - 1; decides gensim's starts and the subsamples of `nmf`, whose topics know no chance.
        passes: How often gensim goes through all passages; `nmf` has its own end.
        refits: Number of fits (`gensim`, at least 2) or of refits on 80 % of the events (`nmf`) that decide the stability.
        progress: Called with (done, all) after every fit.

    Returns:
        The model; the same matrix and settings give the same bytes.

    Raises:
        TrackerError: A setting is out of range, there is too little text, or gensim is not installed.

    Caution:
        Below about 1,000 passages no engine finds stable topics: look at `Topic.reproducible` and show the others as illustration only.
    """
    _check(matrix, topics=topics, engine=engine, random_state=random_state, passes=passes, refits=refits)
    if engine == "nmf":
        from tracker.models import nmf

        return nmf.fit(matrix, topics=topics, random_state=random_state, refits=refits, progress=progress)
    from tracker.models import gensim_bridge

    return gensim_bridge.fit(matrix, topics=topics, random_state=random_state, passes=passes, refits=refits, progress=progress)


def infer(model: TopicModel, matrix: TermMatrix) -> NDArray[np.float64]:
    """Return the topics of other texts under a model that stays as it is.

    Args:
        model: The model.
        matrix: Counts over any terms; those the model does not know are left out.

    Returns:
        Shape (units, topics), rows sum to 1; uniform for a unit without a known word. A row depends on its own unit only,
        and for the matrix the model was fitted on it is the model's `unit_topic` (to rounding).
    """
    from tracker.models.align import counts_on

    counts = counts_on(matrix.counts, matrix.terms, model.terms)
    if model.engine == "nmf":
        from tracker.models import nmf

        return nmf.weights(counts, model.topic_term, model.state)
    from tracker.models import gensim_bridge

    return gensim_bridge.shares(counts, model.state["topic_tokens"][:, None] * model.topic_term, alpha=float(model.settings["alpha"]))


def assemble(
    matrix: TermMatrix,
    topic_term: NDArray[np.float64],
    unit_topic: NDArray[np.float64],
    *,
    stability: NDArray[np.float64] | None,
    engine: Engine,
    told: tuple[Mapping[str, float], Mapping[str, Setting]],
    state: Mapping[str, NDArray[np.float64]],
) -> TopicModel:
    """Return the model with topics in order of their shares, described and counted.

    Args:
        matrix: What was fitted.
        topic_term: Shape (topics, terms), rows sum to 1, in any order.
        unit_topic: Shape (units, topics), rows sum to 1, in the same order.
        stability: Shape (topics,), 0-1, in the same order; None when unknown.
        engine: Who fitted.
        told: The engine's quality figures and settings.
        state: Arrays of the engine; one whose first axis is named `topic_...` follows the order of the topics.
    """
    share = unit_topic.mean(axis=0)
    order = np.argsort(-np.round(share, 9), kind="stable")
    topic_term, unit_topic = topic_term[order], unit_topic[:, order]
    scores = [None] * len(order) if stability is None else [round(float(stability[k]), 6) for k in order]
    described = describe(topic_term, share[order], matrix.terms)
    topics = tuple(Topic(f"topic-{n:02d}", label, words, score) for n, ((label, words), score) in enumerate(zip(described, scores, strict=True), 1))
    quality = {**told[0], "reproducible": float(sum(topic.reproducible for topic in topics))}
    if stability is not None:
        quality["stability"] = round(float(stability.mean()), 6)
    ordered = {name: array[order] if name.startswith("topic_") else array for name, array in state.items()}
    return TopicModel(topics, topic_term, unit_topic, matrix.unit_ids, matrix.terms, engine, quality, told[1], ordered)


def _read_only(array: NDArray[np.float64]) -> NDArray[np.float64]:
    own = np.array(array, dtype=np.float64, order="C")
    own.setflags(write=False)
    return own


def _check(matrix: TermMatrix, *, topics: int, engine: str, random_state: int, passes: int, refits: int) -> None:
    if engine not in ENGINES:
        raise TrackerError(f"no topic engine `{engine}`", looked_at=(f"engines: {', '.join(ENGINES)}",), hint="tracker fit --engine nmf")
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
