"""A named theme beside the topic nearest to it: whether they agree over the events, and what the theme's words miss."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tracker.analysis import Analysed
from tracker.estimates import Estimate
from tracker.findings.records import Evidence
from tracker.findings.topic_quotes import topic_quotes
from tracker.lexicon import Theme
from tracker.measures.agreement import rank_agreement

if TYPE_CHECKING:
    from tracker.models.base import TopicModel
    from tracker.passages import Passage

Array = Any
Passages = Sequence[tuple[Analysed, "Passage"]]
FILLS = 0.3
SURE = 0.5


@dataclass(frozen=True, slots=True)
class ThemeTopic:
    """A theme and its topic.

    Args:
        theme: Id of the theme.
        label: Its label.
        topic: Id of the topic.
        topic_label: The topic's label.
        guided: Whether the topic began at this theme, or is only the nearest.
        reproducible: Whether the topic came back in the refits.
        words: The topic's words that the theme's list does not hold, best first.
        agreement: Rank correlation of theme share and topic share over the events.
        passages: Passages that the topic fills to three tenths or more.
        missed: Those of them without one of the theme's words.
        quotes: Verbatim sentences from the missed passages, from the fullest down.
    """

    theme: str
    label: str
    topic: str
    topic_label: str
    guided: bool
    reproducible: bool
    words: tuple[str, ...]
    agreement: Estimate
    passages: int
    missed: int
    quotes: tuple[Evidence, ...]

    @property
    def disagree(self) -> bool:
        """Whether the two surely do not put the events in the same order: the whole interval lies below .5."""
        return self.agreement.high is not None and self.agreement.high < SURE


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Where the themes' words stand in passages.

    Args:
        tokens: Content tokens of each theme in each passage, shape (passages, themes).
        inside: How often each term stands inside a theme's words, one mapping a theme.
    """

    tokens: Array
    inside: tuple[dict[str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Inferred:
    """Passages with their topics.

    Args:
        passages: The passages, in order of speech and place.
        shares: Their topics, shape (passages, topics).
        weights: Their content words, shape (passages,).
        forms: Words as readers know them, by term.
    """

    passages: Passages
    shares: Array
    weights: Array
    forms: dict[str, str]


def hits_in(passages: Passages, themes: Sequence[Theme]) -> Hits:
    """Count the themes' words in passages, in the scope of each speech.

    Args:
        passages: In order of speech and place.
        themes: The themes.
    """
    place = {theme.id: k for k, theme in enumerate(themes)}
    rows: dict[str, list[tuple[int, int]]] = {}
    for row, (_, passage) in enumerate(passages):
        rows.setdefault(passage.speech, []).append((passage.start, row))
    tokens = np.zeros((len(passages), len(themes)))
    inside: tuple[dict[str, int], ...] = tuple({} for _ in themes)
    for item in {passage.speech: item for item, passage in passages}.values():
        starts = rows[item.speech.id]
        for hit in item.counts.hits:
            at = bisect_right(starts, (hit.start, len(passages))) - 1
            counted = item.counted_tokens(hit)
            if at < 0 or not counted or hit.theme not in place:
                continue
            tokens[starts[at][1], place[hit.theme]] += counted
            for term in item.tokens.terms[hit.first : hit.last]:
                inside[place[hit.theme]][term] = inside[place[hit.theme]].get(term, 0) + 1
    return Hits(tokens, inside)


def theme_topics(model: TopicModel, units: Inferred, themes: Sequence[Theme], *, level: float, most: int) -> tuple[ThemeTopic, ...]:
    """Put every theme that the passages mention beside its topic.

    Args:
        model: The topics.
        units: The passages with their topics.
        themes: The named themes.
        level: Coverage of the intervals.
        most: Quotes of missed passages, at the most.

    Returns:
        In the order of the themes; a theme that no passage mentions, or all do, is left out.
    """
    passages, shares, forms = units.passages, units.shares, units.forms
    hits = hits_in(passages, themes)
    found = []
    for k, theme in enumerate(themes):
        mentioned = hits.tokens[:, k] > 0
        if not mentioned.any() or mentioned.all():
            continue
        topic, guided = _topic_of(model, theme, mentioned, shares)
        fills = shares[:, topic] >= FILLS
        gone = np.flatnonzero(fills & ~mentioned)
        own = set(hits.inside[k])
        described = model.topics[topic]
        by_event = _by_event(passages, np.stack([hits.tokens[:, k], shares[:, topic] * units.weights, units.weights], axis=1))
        found.append(
            ThemeTopic(
                theme=theme.id,
                label=theme.label,
                topic=described.id,
                topic_label=", ".join(forms.get(word, word) for word in described.label.split(", ")),
                guided=guided,
                reproducible=described.reproducible,
                words=tuple(forms.get(word, word) for word in described.words if word not in own),
                agreement=rank_agreement(by_event[:, 0] / by_event[:, 2], by_event[:, 1] / by_event[:, 2], level=level),
                passages=int(fills.sum()),
                missed=len(gone),
                quotes=topic_quotes([passages[int(row)] for row in gone], shares[gone, topic], frozenset(described.words), most=most),
            )
        )
    return tuple(found)


def _topic_of(model: TopicModel, theme: Theme, mentioned: Array, shares: Array) -> tuple[int, bool]:
    """The topic that began at the theme, else the one whose shares follow the theme's mentions best."""
    from tracker.models.guided import theme_topic

    guided = theme_topic(model, theme.id)
    if guided is not None:
        return guided, True
    centred = mentioned - mentioned.mean()
    spread = np.maximum(shares.std(axis=0), 1e-12)
    return int(np.argmax(np.round(centred @ (shares - shares.mean(axis=0)) / spread, 9))), False


def _by_event(passages: Passages, columns: Array) -> Array:
    """Sums of columns over the passages of each event that has words, in order of event."""
    names = [item.speech.event_id for item, _ in passages]
    place = {name: number for number, name in enumerate(sorted(set(names)))}
    sums = np.zeros((len(place), columns.shape[1]))
    np.add.at(sums, [place[name] for name in names], columns)
    return sums[sums[:, -1] > 0]
