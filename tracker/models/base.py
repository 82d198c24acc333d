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

from tracker.models.labels import describe
from tracker.models.quality import coherence, exclusivity
from tracker.models.stability import REPRODUCIBLE

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

Engine = Literal["lda", "nmf", "gensim", "sklearn"]
ENGINES: tuple[Engine, ...] = ("lda", "nmf", "gensim", "sklearn")
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
        unit_topic: float64, shape (units, topics), rows sum to 1: shares of the words; a weight (no probability) for `nmf`.
        unit_ids: The rows of `unit_topic`.
        terms: The columns of `topic_term`.
        engine: `lda`, `nmf`, `gensim` or `sklearn`.
        quality: `refits`, `reproducible` (number of topics), `stability` (mean; left out when unknown), `coherence`, `exclusivity` (means of what `state`
            holds by topic), and what the engine adds.
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
    topic_term, unit_topic = topic_term[order], np.take(unit_topic, order, axis=1)
    unit_topic.setflags(write=False)  # nobody else has it, so that the model need not copy it
    scores = [None] * len(order) if stability is None else [round(float(stability[k]), 6) for k in order]
    described = describe(topic_term, share[order], matrix.terms)
    topics = tuple(Topic(f"topic-{n:02d}", label, words, score) for n, ((label, words), score) in enumerate(zip(described, scores, strict=True), 1))
    quality = {**told[0], "reproducible": float(sum(topic.reproducible for topic in topics))}
    if stability is not None:
        quality["stability"] = round(float(stability.mean()), 6)
    ordered = {name: array[order] if name.startswith("topic_") else array for name, array in state.items()}
    measured = {"topic_coherence": coherence(matrix.counts, topic_term), "topic_exclusivity": exclusivity(topic_term)}
    quality |= {name.removeprefix("topic_"): round(float(array.mean()), 6) for name, array in measured.items()}
    ordered |= measured
    return TopicModel(topics, topic_term, unit_topic, matrix.unit_ids, matrix.terms, engine, quality, told[1], ordered)


def _read_only(array: NDArray[np.float64]) -> NDArray[np.float64]:
    if array.dtype == np.float64 and array.flags.c_contiguous and not array.flags.writeable:
        return array
    own = np.array(array, dtype=np.float64, order="C")
    own.setflags(write=False)
    return own
