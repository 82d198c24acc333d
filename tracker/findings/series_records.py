"""The records of a series: themes over periods or groups, speeches that broke with the past, distances between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.estimates import Estimate, Verdict
from tracker.findings.records import Evidence, Warning
from tracker.findings.shown import Shown

TrendVerdict = Literal["rising", "falling", "no trend shown", "too few periods", "too rare", "not testable"]
ChangeVerdict = Literal["changed", "no change shown", "too few periods", "too rare", "not testable"]


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """One period or value of a series: what it holds; a period without speeches is kept, as a gap.

    Args:
        label: `2022`, `2022-Q3`, `2022-08`, `1981-01-20..1985-01-19`, or the value.
        start: First day of a period, ISO; "" for a value.
        end: Last day of a period, ISO; "" for a value.
        tokens: Content tokens of the counted scope.
    """

    label: str
    start: str
    end: str
    speeches: int
    events: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Contrast:
    """A group against all other groups together: change in points, p, q over themes x groups, and the verdict about the group."""

    points: Estimate
    p: float | None
    q: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A theme in one group.

    Args:
        group: The group's label.
        share: Mean share per event with its t interval, unit `share`; value None in a gap.
        drawn: The mean drawn towards the others by how little the group holds, for the eye only, never for a test; value None in a gap.
        hits: Content tokens inside hits, summed.
        contrast: The group against all others; None where it cannot be tested.
    """

    group: str
    share: Estimate
    drawn: Estimate
    hits: int
    tokens: int
    contrast: Contrast | None


@dataclass(frozen=True, slots=True)
class Trend:
    """Whether a theme rose or fell steadily over the periods.

    Args:
        tau: Kendall's tau of period means with time, -1 to 1; None with fewer than 5 periods.
        slope: Sen's slope in points a period, unit `points`; n = periods with events.
        p: From permuted events; None when not tested.
        q: Over the tested themes; None when not tested.
        autocorrelation: Lag-1 correlation of the detrended means; None with fewer than 5 periods.
    """

    tau: float | None
    slope: Estimate
    p: float | None
    q: float | None
    autocorrelation: float | None
    verdict: TrendVerdict


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """Whether the level of a theme changed once, and where.

    Args:
        before: Label of the last period before the likeliest change; "" when not tested.
        after: Label of the first period after it; "" when not tested.
        could_be: Labels of the first periods after the change that together hold 95 % of the posterior.
        probability: Posterior probability of a change; None when not tested.
        p: Of the largest CUSUM, None when not tested.
        null: `permuted` or `AR(1)`, what p was compared with; "" when not tested.
    """

    before: str
    after: str
    could_be: tuple[str, ...]
    probability: float | None
    p: float | None
    q: float | None
    null: str
    verdict: ChangeVerdict


@dataclass(frozen=True, slots=True)
class ThemeSeries:
    """A theme over all groups.

    Args:
        trend: None where the groups do not follow each other in time.
        change: The same.
        evidence: A verbatim sentence or two of the groups that stand highest and lowest.
    """

    id: str
    label: str
    origin: Literal["named", "topic"]
    points: tuple[SeriesPoint, ...]
    trend: Trend | None
    change: ChangePoint | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DistanceMatrix:
    """Distances between the groups' words: debiased Jensen-Shannon divergence in bits, 0-1; None where a group holds fewer than 3 events.

    Args:
        groups: Labels, in order.
        bits: Symmetric, len(groups) x len(groups), 0 on the diagonal; a difference below what chance makes is 0.
    """

    groups: tuple[str, ...]
    bits: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Series(Shown):
    """The answer of `tracker trend`.

    Args:
        by: year, quarter, month, edges, or the field or tag.
        in_time: Whether the groups follow each other in time.
        scope: Whose words, as in a comparison.
        outside: Speeches that fit into no group (undated, dated too coarsely, without the value).
        contrasts: How many theme x group contrasts were tested together.
        trends: How many trends were tested together.
    """

    by: str
    in_time: bool
    scope: str
    level: float
    groups: tuple[GroupSummary, ...]
    themes: tuple[ThemeSeries, ...]
    distance: DistanceMatrix | None
    outside: int
    contrasts: int
    trends: int
    warnings: tuple[Warning, ...]


@dataclass(frozen=True, slots=True)
class NoveltyRow:
    """How an event differs from those before it and from those after it, in bits, less how unlike all others it is.

    Args:
        speech: Its first report.
        novelty: Divergence from the events before, less that from all others; None for the first and last events.
        transience: The same against the events after.
        resonance: Novelty minus transience: above 0, what was new stayed.
        reach: Shuffled order keeps the resonance within plus or minus this in 95 % of cases.
        q: Of the resonance against shuffled order, two-sided, over all events.
        verdict: `broke and stayed` (resonance above 0), `left behind` (below 0: like those before, unlike those after), `as usual`, or `not measured`.
        words: Words that mark it off from the events before, most telling first.
    """

    speech: str
    event: str
    date: str
    title: str
    speaker: str
    novelty: float | None
    transience: float | None
    resonance: float | None
    reach: float | None
    q: float | None
    verdict: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Novelty(Shown):
    """The answer of `tracker novelty`: events in order of time.

    Args:
        window: How many speeches before and after are looked at.
        tokens: Every speech is looked at as if it had this many content tokens.
        shuffles: Shuffled orders that were compared with.
    """

    window: int
    tokens: int
    shuffles: int
    level: float
    scope: str
    language: str
    rows: tuple[NoveltyRow, ...]
    warnings: tuple[Warning, ...]
