"""The records of single speeches and of the corpus, as lists, marked texts and pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class SpeechSummary(NamedTuple):
    """One line of `tracker list`; ten thousand of them are made while one waits, in the order of `tracker.store.rows.LINE`."""

    id: str
    date: str
    date_basis: str
    date_status: str
    published: str
    precision: str
    speaker: str
    title: str
    place: str
    outlet: str
    kind: str
    language: str
    tokens: int
    event: str
    source: str


@dataclass(frozen=True, slots=True)
class CorpusSummary:
    """The corpus as the page's first section shows it."""

    speeches: int
    events: int
    tokens: int
    hash: str
    first: str
    last: str
    languages: tuple[str, ...]
    speakers: tuple[str, ...]
    kinds: tuple[str, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class MarkedSegment:
    """One segment of a marked speech: the verbatim text, who is heard, and why; `number` is that of a body sentence, 0 elsewhere."""

    start: int
    end: int
    text: str
    voice: str
    block: str
    sure: bool
    reason: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class SpeakerName:
    """What a speaker is called by others: surname, titles, nationality or pronoun, and where it is known from."""

    what: str
    values: tuple[str, ...]
    known_from: str


@dataclass(frozen=True, slots=True)
class MarkedSpeech:
    """The answer of `tracker show`: a speech with the voice of every sentence.

    Args:
        scope: `speaker`, `all`, or `none` for several speakers, which count in no total of speakers' words.
        scope_reason: Why, in a few words.
        speaker_band: The speaker's share, 0-1, if only sure sentences count and if every doubtful one does; no confidence interval.
        called: What the speaker is called in the text.
    """

    summary: SpeechSummary
    date_evidence: str
    speaker_share: float | None
    segments: tuple[MarkedSegment, ...]
    inferred: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    scope: str = ""
    scope_reason: str = ""
    speaker_band: tuple[float, float] | None = None
    called: tuple[SpeakerName, ...] = ()
