"""Topics of a corpus that has grown: started from those it had, and told which are still which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tracker.models.align import match, on_one_vocabulary
from tracker.models.base import Topic, TopicModel
from tracker.models.stability import top_words

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

Array = NDArray[np.float64]
Became = Literal["kept", "born", "split", "merged", "retired"]
SAME = 0.3
CLEARLY = 0.2  # stability by which a fresh topic must be ahead: .1 gives up twice as many of a corpus that grows by one speech, .3 half as many


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one topic between two models.

    Args:
        became: `kept` (goes on under its id), `born` (like none before), `split` (new, and like one that went on), `merged` (gone, and like one
            there is now), `retired` (gone, like none there is now).
        topic: Its id: in the new model, but for `merged` and `retired` in the old one.
        related: The other topic: the one split from or merged into; "" when there is none.
        overlap: Jaccard index of the top 10 words with the topic it went on as, came from, went into or, failing those, is most like; 0-1.
    """

    became: Became
    topic: str
    related: str
    overlap: float


def start_from(model: TopicModel, matrix: TermMatrix) -> Array:
    """Return the topics of a fitted model over the terms of a grown corpus.

    Args:
        model: Of an engine that holds `topic_tokens` and a prior `eta` (all but `nmf`).
        matrix: The grown corpus; terms it has no longer are dropped.

    Returns:
        Shape (topics, matrix.terms), rows sum to 1, all > 0: a term the model does not know has the prior's tokens in every topic.
    """
    tokens = model.state["topic_tokens"][:, None] * model.topic_term
    column = {term: index for index, term in enumerate(model.terms)}
    known = [(index, column[term]) for index, term in enumerate(matrix.terms) if term in column]
    wide = np.full((len(tokens), len(matrix.terms)), float(model.settings["eta"]))
    wide[:, [new for new, _ in known]] = tokens[:, [old for _, old in known]]
    return np.asarray(wide / wide.sum(axis=1, keepdims=True))


def given_up(carried: tuple[Array, Array], fresh: tuple[Array, Array]) -> list[tuple[int, int]]:
    """Return the topics not worth carrying on: a fresh start finds one in their place that comes back clearly better.

    Args:
        carried: Topics fitted from those of an earlier model, shape (topics, terms), and their stability, shape (topics,), 0-1.
        fresh: Topics of the same texts from a fresh start, and their stability over the same refits.

    Returns:
        (row of `carried`, row of `fresh`), matched one to one by Hellinger distance, where the fresh one is ahead by more than .2.

    Caution:
        A model that is carried on for ever keeps what chance made of its first few texts. State of the Union messages added decade by decade, 12 topics:
        after nine decades .36 of the top words came back in refits, .69 from fresh starts, .65 with this rule.
    """
    return [(i, j) for i, j, _ in match(carried[0], fresh[0]) if fresh[1][j] - carried[1][i] > CLEARLY]


def follow(old: TopicModel, new: TopicModel, *, used: int = 0) -> tuple[TopicModel, tuple[Change, ...]]:
    """Return the new model with the ids of the topics that went on, and what became of every topic.

    Topics are matched one to one by Hellinger distance over both vocabularies; a pair that shares at least .3 of its top 10 words (Jaccard) is the same
    topic. A new one takes the next number no topic ever had.

    Args:
        old: The model before; its highest number ever used is in `settings["ids_used"]`, else the highest of its topics.
        new: The model fitted afterwards; its topics stay in the order of their shares.
        used: The highest number that any topic of the corpus ever had, when that is higher.

    Returns:
        The model, whose `settings` name `grown_from` and `ids_used`, and the log: the new model's topics in order, then those that are gone.

    Caution:
        The same id means the same words, not comparable shares: never compare shares across two models.
    """
    first, second, _ = on_one_vocabulary(old.topic_term, old.terms, new.topic_term, new.terms)
    overlap = _overlaps(first, second)
    went_on = {j: i for i, j, _ in match(first, second) if overlap[i, j] >= SAME}
    used = max(used, highest_id(old))
    topics: list[Topic] = []
    log: list[Change] = []
    for j, topic in enumerate(new.topics):
        if j in went_on:
            name = old.topics[went_on[j]].id
            log.append(Change("kept", name, "", _told(overlap[went_on[j], j])))
        else:
            used += 1
            name = f"topic-{used:02d}"
            near = int(np.argmax(overlap[:, j]))
            split = overlap[near, j] >= SAME
            log.append(Change("split" if split else "born", name, old.topics[near].id if split else "", _told(overlap[near, j])))
        topics.append(replace(topic, id=name))
    for i, topic in enumerate(old.topics):
        if i not in went_on.values():
            near = int(np.argmax(overlap[i]))
            merged = overlap[i, near] >= SAME
            log.append(Change("merged" if merged else "retired", topic.id, topics[near].id if merged else "", _told(overlap[i, near])))
    settings = {**new.settings, "grown_from": old.id, "ids_used": used}
    return replace(new, topics=tuple(topics), settings=settings), tuple(log)


def highest_id(model: TopicModel) -> int:
    """Return the highest number that a topic of this model or of those before it ever had."""
    return int(model.settings.get("ids_used", max(int(topic.id.rpartition("-")[2]) for topic in model.topics)))


def _overlaps(first: Array, second: Array) -> Array:
    """Jaccard index of the top words of every topic with every other, shape (first, second)."""
    own, theirs = top_words(first), top_words(second)
    return np.array([[len(a & b) / max(1, len(a | b)) for b in theirs] for a in own])


def _told(value: float) -> float:
    return round(float(value), 3)
