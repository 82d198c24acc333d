"""The records of topics over time: what became of each, and one topic looked at closely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tracker.findings.records import Evidence

Start = Literal["carried on", "anew"]


@dataclass(frozen=True, slots=True)
class TopicChange:
    """What became of a topic in a fit.

    Args:
        became: `kept`, `born`, `split`, `merged` or `retired`.
        topic: Its id.
        label: What it was called after the fit, by its words; for `merged` and `retired` before.
        related: The id of the topic it split from or merged into, else "".
        overlap: Jaccard index of the ten top words with the topic it was or, failing that, is most like, 0-1.
    """

    became: str
    topic: str
    label: str
    related: str
    overlap: float


@dataclass(frozen=True, slots=True)
class TopicFit:
    """One line of the history of topics; the moment is told by the corpus, never by the clock.

    Args:
        number: Counted from 1.
        model: The model that was made.
        before: The model its ids go on from; "" for the first.
        engine: Who fitted.
        language: Of the passages; "" when none is known.
        speeches: Speeches it was fitted on.
        passages: Their passages.
        first: Year of the earliest dated speech; "" when none is dated.
        last: Year of the latest.
        start: Whether the numbers started from the model before.
        why: Why they did not.
        topics: How many.
        reproducible: How many came back in refits.
        stability: Mean over topics, 0-1; None when unknown.
        fresh_stability: What topics started anew have over the same refits; None when the topics were not carried on.
        changes: What became of every topic.
    """

    number: int
    model: str
    before: str
    engine: str
    language: str
    speeches: int
    passages: int
    first: str
    last: str
    start: Start
    why: str
    topics: int
    reproducible: int
    stability: float | None
    fresh_stability: float | None
    changes: tuple[TopicChange, ...]


@dataclass(frozen=True, slots=True)
class AddedSince:
    """How well a model covers the speeches added since its fit.

    Args:
        speeches: How many there are.
        unknown: Share of their content words that the model does not know, 0-1.
        usual: The same share in the speeches it was fitted on: very rare and very common words are never in a model.
        perplexity: Of half of their known words when the other half has told the shares; None when the engine has no probabilities.
        expected: The same for speeches left out of refits; None when unknown.
    """

    speeches: int
    unknown: float
    usual: float
    perplexity: float | None
    expected: float | None

    @property
    def residual(self) -> float | None:
        """How many times as hard to predict their words are as those of speeches left out of refits; 1 is as usual."""
        return None if self.perplexity is None or not self.expected else self.perplexity / self.expected


@dataclass(frozen=True, slots=True)
class TopicYear:
    """A topic's share of the words of one year's speeches."""

    year: str
    share: float
    speeches: int


@dataclass(frozen=True, slots=True)
class TypicalSpeech:
    """A speech of which a topic fills much: its share of the speech's words."""

    speech: str
    date: str
    title: str
    share: float


@dataclass(frozen=True, slots=True)
class TopicDetail:
    """The answer of `tracker topics show`.

    Args:
        id: The topic.
        label: The user's name, else the proposed label.
        proposed: The proposed label.
        hidden: Whether lists and reports leave it out.
        words: (word, probability), by relevance: what marks it off.
        frequent: (word, probability), by probability.
        share: Of the corpus, 0-1.
        stability: 0-1; None when unknown.
        reproducible: Whether that is .5 or more.
        coherence: Mean NPMI of its ten top words, -1 to 1.
        exclusivity: How much it has them to itself, 0-1.
        nearest_theme: Label of the named theme; "" when none is near.
        boilerplate: Why it looks like boilerplate; "" when it does not.
        drift: What is left of the words it had when it was named; "" when nothing is to be said.
        years: Its share by year.
        passages: Verbatim passages it fills most.
        speeches: Speeches it fills most.
        became: What became of it, a line a fit.
        model: The current model.
    """

    id: str
    label: str
    proposed: str
    hidden: bool
    words: tuple[tuple[str, float], ...]
    frequent: tuple[tuple[str, float], ...]
    share: float
    stability: float | None
    reproducible: bool
    coherence: float
    exclusivity: float
    nearest_theme: str
    boilerplate: str
    drift: str
    years: tuple[TopicYear, ...]
    passages: tuple[Evidence, ...]
    speeches: tuple[TypicalSpeech, ...]
    became: tuple[str, ...]
    model: str
