"""Records of what a comparison was measured with: strata, reference events, a lock, and what its verdicts lean on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.estimates import Estimate, Verdict


@dataclass(frozen=True, slots=True)
class Family:
    """The family of tests whose q is shown, and what a change must pass besides.

    Args:
        tests: Themes tested; a theme too rare or not testable is none.
        level: A change counts when q <= 1 - level.
        min_log2_ratio: Effect floor on |log2 ratio| ...
        min_points: ... or on |points|; one of them is enough.
        same_ratio: `about the same`: the whole interval of the ratio within 1/same_ratio .. same_ratio.
        min_expected_hits: Fewer expected hits on a side: too rare.
    """

    tests: int
    level: float
    min_log2_ratio: float
    min_points: float
    same_ratio: float
    min_expected_hits: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How one event of a theme lies among others.

    Args:
        side: The side of the single event.
        high: Whether its share lies above the middle of the usual range.
        usual: Middle and range in which one more such event is expected, unit `share`; n is the number of reference events.
        df: Degrees of freedom of their spread.
        higher_than: Ranked events with a smaller share.
        lower_than: Ranked events with a larger share.
        ranked: Events it is ranked among.
    """

    side: Literal["before", "after"]
    high: bool
    usual: Estimate
    df: int
    higher_than: int
    lower_than: int
    ranked: int


@dataclass(frozen=True, slots=True)
class ReferenceEvents:
    """The events that a single event is held against.

    Args:
        side: The side of the single event.
        events: Reference events with words to count, the other side's included.
        df: Events less periods.
        same: What they have in common with the single event: `kind`, `language`, and `speaker` where that leaves enough.
        periods: How the events on neither side were cut: `calendar years`, `spans of 400 days`, or "" where none were needed.
        when: `earlier` or `later` when all ranked events are, else `other`.
    """

    side: Literal["before", "after"]
    events: int
    df: int
    same: tuple[str, ...]
    periods: str
    when: Literal["earlier", "later", "other"]


@dataclass(frozen=True, slots=True)
class Within:
    """The strata of a comparison within strata.

    Args:
        key: What the strata are values of: `kind`, `outlet`, `speaker`, `place`, `language` or a tag.
        strata: (value, events before, events after) of the strata that enter: those with two events or more on both sides.
        dropped: Events (before, after) that stand in no such stratum.
    """

    key: str
    strata: tuple[tuple[str, int, int], ...]
    dropped: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Locked:
    """The lock of the workspace, as it bears on one comparison.

    Args:
        date: The day it was locked, ISO.
        seen_before: Whether this contrast had been looked at before.
        changed: What differs now from what was locked, a few words each.
    """

    date: str
    seen_before: bool
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The change in points when one word at a time is left out of a theme.

    Args:
        word: The most frequent word.
        word_share: Its share of the theme's hits over both sides, 0-1.
        points_without_word: The change without it.
        low: Smallest change without any one word.
        low_word: The word it is without.
        high: Largest change without any one word.
        high_word: The word it is without.
        widest_word: The word without which the change moves farthest.
        verdict: The verdict without that word; None when it was not tested.
    """

    word: str
    word_share: float
    points_without_word: float | None
    low: float | None = None
    low_word: str = ""
    high: float | None = None
    high_word: str = ""
    widest_word: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class WithoutSpeech:
    """The change without the one event that moves it farthest.

    Args:
        event: The event.
        speech: Id of its first report.
        date: Its date, ISO.
        title: The title of that report.
        side: Its side.
        points: The change without it, in points.
        verdict: The verdict without it; None when it could not be tested then.
    """

    event: str
    speech: str
    date: str
    title: str
    side: Literal["before", "after"]
    points: float
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Resembling:
    """How much successive events resemble each other in a theme.

    Args:
        lag1: Correlation of neighbouring events inside the sides, -1 to 1.
        effective: Independent events that say as much, before and after.
        p: Two-sided p that allows for it.
        decides: Whether it is the p of the shift; below 20 events a side it is a caveat only.
    """

    lag1: float
    effective: tuple[float, float]
    p: float
    decides: bool


@dataclass(frozen=True, slots=True)
class Distance:
    """Jensen-Shannon divergence of the words of two sides, freed of what the size of the texts alone produces.

    Args:
        bits: Signed, unit `bits`; what a reader sees is cut at 0.
        p: Share of exchanges of events that part the sides as far; None with fewer than four events a side.
        tokens: Every event is looked at as if it had this many content tokens.
        left_out: Events before and after that are shorter.
    """

    bits: Estimate
    p: float | None
    tokens: int
    left_out: tuple[int, int]
