"""The records of what changed between two reports: what each run says of itself, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Event = tuple[Literal["before", "after"], str]
Counts = Mapping[Event, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RunTold:
    """What a report's files say: all that is needed to hold it against another.

    Args:
        name: The folder's name.
        question: Slices and choices, by name.
        settings: Every setting by its dotted name.
        software: Version of the tool, its libraries, Python and platform.
        themes_hash: Fingerprint of the list of themes.
        themes: Theme id to its label and its words by kind and language; None where the run did not keep them.
        corpus: Fingerprint of the corpus.
        model: Id of the topic model; "" for none.
        speeches: Speech id to its fields, `key` among them where it is known.
        compared: The `compare` data of report.json.
        trends: Theme id to the verdicts on its trend and on its level.
        topics: Topic id to its label; None where there were none.
        counts: Theme id to hits and counted words of every event of the two sides.
        events: Event id to the ids of its speeches in the two sides.
    """

    name: str
    title: str
    question: Mapping[str, Any]
    settings: Mapping[str, Any]
    software: Mapping[str, Any]
    themes_hash: str
    themes: Mapping[str, tuple[str, Mapping[str, tuple[str, ...]]]] | None
    corpus: str
    model: str
    speeches: Mapping[str, Mapping[str, Any]]
    compared: Mapping[str, Any]
    trends: Mapping[str, tuple[str, str]]
    topics: Mapping[str, str] | None
    counts: Mapping[str, Counts]
    events: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SpeechChange:
    """A speech that was added, removed, updated (another text) or corrected (other fields); `told` names what differs."""

    what: Literal["added", "removed", "updated", "corrected"]
    speech: str
    date: str
    title: str
    side: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mover:
    """An event that moved a theme.

    Args:
        speech: Its first speech.
        what: `added`, `removed` or `changed`.
        points: How far it moved the change between the periods, in points: the change now, less the change with this event alone as it was.
        verdict: The verdict with this event alone as it was; None where no test can be repeated.
    """

    event: str
    speech: str
    date: str
    title: str
    side: Literal["before", "after"]
    what: Literal["added", "removed", "changed"]
    points: float
    verdict: str | None


@dataclass(frozen=True, slots=True)
class ThemeState:
    """A theme in one report: shares of both sides, change in points, verdict, and its rank by the second side's share (1 the highest)."""

    before: float | None
    after: float | None
    points: float | None
    verdict: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """A theme that differs.

    Args:
        was: None for a theme that is new.
        now: None for one that is gone.
        movers: The events that moved it, the strongest first; empty where it cannot be told.
        more_movers: How many more there are.
        why: Why the speeches alone do not account for it; "" where they do.
    """

    id: str
    label: str
    was: ThemeState | None
    now: ThemeState | None
    movers: tuple[Mover, ...] = ()
    more_movers: int = 0
    why: str = ""

    @property
    def flipped(self) -> bool:
        """Whether the verdict is another one."""
        return self.was is not None and self.now is not None and self.was.verdict != self.now.verdict


@dataclass(frozen=True, slots=True)
class TrendChange:
    """A theme whose verdict over time is another one: on its trend, or on a change of level."""

    id: str
    label: str
    what: Literal["trend", "level"]
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two reports.

    Args:
        before: Name of the older run.
        after: Name of the newer; "" for the report that says it.
        same_question: Whether both compare the same slices in the same way; else themes are not held against each other.
        asked: What was asked then and now, where it differs.
        speeches: What happened to which speech.
        settings: Settings that differ, a phrase each.
        words: Themes that were edited, made or removed, a phrase each.
        others: Versions, platform, topic model and what else differs, a phrase each.
        themes: Themes that differ, flipped verdicts first.
        unmoved: Themes that are as they were.
        trends: Verdicts over time that are others.
        born: Labels of topics that are new.
        retired: Labels of topics that are gone.
    """

    before: str
    after: str
    before_title: str
    after_title: str
    same_question: bool
    asked: tuple[str, ...]
    speeches: tuple[SpeechChange, ...]
    settings: tuple[str, ...]
    words: tuple[str, ...]
    others: tuple[str, ...]
    themes: tuple[ThemeChange, ...]
    unmoved: int
    trends: tuple[TrendChange, ...]
    born: tuple[str, ...]
    retired: tuple[str, ...]
    level: float = field(default=0.95)

    @property
    def nothing(self) -> bool:
        """Whether nothing differs at all."""
        told = (self.asked, self.speeches, self.settings, self.words, self.others, self.themes, self.trends, self.born, self.retired)
        return not any(told)
