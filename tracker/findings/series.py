"""Themes over groups: every group against all others, trend and change over time, distances between groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from tracker.findings import warnings as notes
from tracker.findings.quotes import quotes
from tracker.findings.records import Warning
from tracker.findings.series_records import ChangePoint, Contrast, GroupSummary, Series, SeriesPoint, ThemeSeries, Trend, TrendVerdict
from tracker.findings.sides import Side
from tracker.groups import Series as Groups
from tracker.lexicon import Lexicon, Theme
from tracker.measures.changepoint import Changepoint, changepoint
from tracker.measures.contrasts import Contrast as MeasuredContrast
from tracker.measures.contrasts import contrasts
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.prevalence import prevalence
from tracker.measures.shrinkage import shrunken_means
from tracker.measures.trend import Trend as MeasuredTrend
from tracker.measures.trend import trend
from tracker.measures.verdict import Floors
from tracker.progress import Progress, followed
from tracker.recipe import Recipe
from tracker.speech import Speech

Counts = npt.NDArray[np.int32]
HUNDRED = 100.0
MIN_GROUPS = 2


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """What is counted of every theme in every event, in order of group and event; an event that a theme has no words for has no tokens of it.

    Args:
        hits: Shape (themes, events).
        tokens: Shape (themes, events).
        ends: Behind the events of every group, begun with 0, shape (groups + 1,).
    """

    hits: Counts
    tokens: Counts
    ends: Sequence[int]

    def own(self, group: int) -> slice:
        """The events of a group."""
        return slice(self.ends[group], self.ends[group + 1])

    @property
    def groups(self) -> npt.NDArray[np.int64]:
        """Group of every event."""
        return np.repeat(np.arange(len(self.ends) - 1), np.diff(self.ends))


def series_of(sides: Sequence[Side], groups: Groups[Speech], lexicon: Lexicon, recipe: Recipe, *, progress: Progress | None = None) -> Series:
    """Measure every theme in every group.

    Args:
        sides: One side a group, in the order of the groups; one without speeches is a gap.
        groups: What the groups are.
        lexicon: The named themes.
        recipe: Level, effect floors, gate, random state.
        progress: Called with (step, done, total).

    Returns:
        Themes in the order of the file. Contrasts of a group with all others are corrected over themes x groups, trends and changes over themes.
    """
    counted = _counted([theme.id for theme in lexicon.themes], sides)
    told = _contrasts(counted, recipe)
    measured = []
    for place, theme in enumerate(followed(lexicon.themes, "measuring series", len(lexicon.themes), progress)):
        own = _theme_series(theme, [_of(counted, place, group) for group in range(len(sides))], sides, told.get(place, {}), level=recipe.measure.level)
        measured.append(_in_time(own, _of(counted, place), counted.groups, groups, recipe) if groups.in_time else own)
    themes = _corrected(measured, recipe.measure.level)
    result = Series(
        by=groups.by,
        in_time=groups.in_time,
        scope=_scope(sides),
        level=recipe.measure.level,
        groups=tuple(_summary(side, groups.groups[i].start, groups.groups[i].end) for i, side in enumerate(sides)),
        themes=themes,
        distance=None,
        outside=len(groups.outside),
        contrasts=sum(p.contrast is not None and p.contrast.p is not None for t in themes for p in t.points),
        trends=sum(t.trend is not None and t.trend.p is not None for t in themes),
        warnings=(),
    )
    return replace(result, warnings=_warnings(result, groups))


def _counted(themes: Sequence[str], sides: Sequence[Side]) -> _Counted:
    ends = [0, *accumulate(side.n_events for side in sides)]
    counted = _Counted(np.zeros((len(themes), ends[-1]), dtype=np.int32), np.zeros((len(themes), ends[-1]), dtype=np.int32), ends)
    for place, theme in enumerate(themes):
        for group, side in enumerate(sides):
            (hits, tokens), (own_hits, _, own_tokens) = _of(counted, place, group), side.counts(theme)
            if theme in side.lacking:
                known = {item.speech.event_id for item in side.measuring(theme)}
                at = [i for i, event in enumerate(sorted({item.speech.event_id for item in side.speeches})) if event in known]
                hits[at], tokens[at] = own_hits, own_tokens
            else:
                hits[:], tokens[:] = own_hits, own_tokens
    return counted


def _of(counted: _Counted, theme: int, group: int | None = None) -> tuple[Counts, Counts]:
    """Hits and tokens of a theme in the events of a group, or in all."""
    own = slice(None) if group is None else counted.own(group)
    return counted.hits[theme, own], counted.tokens[theme, own]


def _contrasts(counted: _Counted, recipe: Recipe) -> dict[int, dict[int, MeasuredContrast]]:
    """Every group against all others, over all themes together, by theme and group; nothing where there is but one group with words."""
    settings = recipe.measure
    if sum(bool(counted.tokens[:, counted.own(group)].any()) for group in range(len(counted.ends) - 1)) < MIN_GROUPS:
        return {}
    labels = [f"{group:06d}" for group in counted.groups]
    floors = Floors(settings.min_log2_ratio, settings.min_points, settings.same_ratio)
    found: dict[int, dict[int, MeasuredContrast]] = {}
    hits, tokens = counted.hits.T, counted.tokens.T
    for one in contrasts(labels, hits, tokens, level=settings.level, min_expected_hits=settings.min_expected_hits, floors=floors):
        found.setdefault(one.theme, {})[int(one.group)] = one
    return found


def _theme_series(
    theme: Theme, held: Sequence[tuple[Counts, Counts]], sides: Sequence[Side], told: Mapping[int, MeasuredContrast], *, level: float
) -> ThemeSeries:
    drawn = shrunken_means(held, level=level)
    points = []
    for g, (side, (hits, tokens)) in enumerate(zip(sides, held, strict=True)):
        share = prevalence(hits, tokens, level=level)
        contrast = told.get(g)
        points.append(
            SeriesPoint(
                group=side.label,
                share=share,
                drawn=drawn.means[g] if drawn else share,
                hits=int(hits.sum()),
                tokens=int(tokens.sum()),
                contrast=Contrast(contrast.shift.points, contrast.shift.p, contrast.q, contrast.verdict) if contrast else None,
            )
        )
    known = [i for i, p in enumerate(points) if p.share.value is not None]
    ends = sorted({max(known, key=lambda i: points[i].share.value or 0.0), min(known, key=lambda i: points[i].share.value or 0.0)}) if known else []
    evidence = tuple(e for i in ends for e in quotes(sides[i].mentioning(theme.id), theme.id, most=1))
    return ThemeSeries(theme.id, theme.label, "named", tuple(points), None, None, evidence)


def _in_time(series: ThemeSeries, counted: tuple[Counts, Counts], group: npt.NDArray[np.int64], groups: Groups[Speech], recipe: Recipe) -> ThemeSeries:
    """Add trend and change; their randomness depends on the recipe and the theme's name alone, never on other themes."""
    rng = np.random.default_rng([recipe.topics.random_state, *series.id.encode()])
    hits, tokens = counted
    rare = int(hits.sum()) < 2 * recipe.measure.min_expected_hits  # as many as a comparison of two halves asks for
    spoken, level = tokens > 0, recipe.measure.level
    shares, group = HUNDRED * (hits[spoken] / tokens[spoken]), group[spoken]
    measured = trend(shares, group, level=level, unit="points", rng=rng)
    changed = changepoint(shares, group, rng=rng)
    labels = tuple(group.label for group in groups.groups)
    return replace(series, trend=_trend(measured, rare=rare), change=_change(changed, labels, rare=rare))


def _trend(measured: MeasuredTrend, *, rare: bool) -> Trend:
    pairs = measured.n_periods * (measured.n_periods - 1) / 2
    tau = None if measured.s is None else measured.s / pairs
    slope = replace(measured.slope, unit="points", n=measured.n_periods)
    if measured.gate != "tested":
        return Trend(tau, slope, None, None, measured.lag1, "too few periods")
    if rare:
        return Trend(tau, replace(slope, low=None, high=None), None, None, measured.lag1, "too rare")
    return Trend(tau, slope, measured.p, None, measured.lag1, "no trend shown")


def _change(measured: Changepoint, labels: Sequence[str], *, rare: bool) -> ChangePoint:
    if measured.p is None or measured.best is None or rare:
        return ChangePoint("", "", (), None, None, None, "", "too few periods" if measured.p is None else "too rare" if rare else "no change shown")
    return ChangePoint(
        before=labels[measured.best.last_before],
        after=labels[measured.best.first_after],
        could_be=tuple(labels[place.first_after] for place in measured.credible),
        probability=measured.probability,
        p=measured.p,
        q=None,
        null="AR(1)" if measured.p == measured.p_persistent and measured.p != measured.p_exchanged else "permuted",
        verdict="no change shown",
    )


def _corrected(themes: Sequence[ThemeSeries], level: float) -> tuple[ThemeSeries, ...]:
    """Correct trends and changes over the themes, and put the words to them."""
    limit = round(1 - level, 12)
    trends = benjamini_hochberg([t.trend.p if t.trend else None for t in themes])
    changes = benjamini_hochberg([t.change.p if t.change else None for t in themes])
    done = []
    for theme, q_trend, q_change in zip(themes, trends, changes, strict=True):
        steady, once = theme.trend, theme.change
        if steady is not None and q_trend is not None:
            verdict: TrendVerdict = "no trend shown"
            if q_trend <= limit and steady.tau:
                verdict = "rising" if steady.tau > 0 else "falling"
            steady = replace(steady, q=q_trend, verdict=verdict)
        if once is not None and q_change is not None:
            sure = q_change <= limit and (once.probability or 0) > 0.95
            once = replace(once, q=q_change, verdict="changed" if sure else "no change shown")
        done.append(replace(theme, trend=steady, change=once))
    return tuple(done)


def _summary(side: Side, start: object, end: object) -> GroupSummary:
    events = {item.speech.event_id for item in side.speeches}
    return GroupSummary(side.label, str(start or ""), str(end or ""), len(side.speeches), len(events), int(side.counts("")[2].sum()))


def _scope(sides: Sequence[Side]) -> str:
    scopes = {item.scope for side in sides for item in side.speeches} - {"none"}
    return scopes.pop() if len(scopes) == 1 else "by-kind"


def _warnings(result: Series, groups: Groups[Speech]) -> tuple[Warning, ...]:
    found = []
    full = sum(group.events > 0 for group in result.groups)
    if result.in_time and full < notes.TREND_PERIODS:
        found.append(notes.too_few_periods(full))
    correlated = [t for t in result.themes if t.trend and t.trend.autocorrelation is not None and t.trend.autocorrelation > notes.CORRELATED]
    if correlated:
        found.append(notes.correlated([(t.label, t.trend.autocorrelation or 0.0) for t in correlated if t.trend]))
    if result.outside:
        found.append(notes.outside_series(result.outside, groups.by))
    kinds = tuple(s.kind for group in groups.groups for s in group.speeches)
    found += notes.digests(kinds)
    return tuple(found)
