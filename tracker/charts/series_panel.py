"""One theme over its periods: scale, gaps, band, line, dots with ranges, trend, shaded change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.charts.periods import labelled
from tracker.charts.style import AFTER, BEFORE, BEFORE_INK, HALO, INK, MUTED, PAPER, RULE, SMALL, panel, put, round_steps, text_width
from tracker.numerals import number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.findings.series_records import GroupSummary

LONG = 30  # periods from which lines are thin


@dataclass(frozen=True, slots=True)
class Point:
    """A theme in one period, per 1,000 words; `way` is `higher` or `lower` where the period differs from all others."""

    share: float | None
    low: float | None
    high: float | None
    drawn: float | None
    band: tuple[float, float] | None
    way: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A theme.

    Args:
        trend: Values per 1,000 at the first and last period, where the verdict is rising or falling.
        spans: Pieces (from, to) of the axis, in periods from 0, in which the change could lie, where the verdict is changed.
        verdict: What stands beside the name.
        strong: Whether the verdict is a finding.
    """

    label: str
    points: tuple[Point, ...]
    trend: tuple[float, float] | None
    spans: tuple[tuple[float, float], ...]
    verdict: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Periods:
    """What all panels share: the periods, their short names, and the room in pixels for the numbers of the scales."""

    groups: tuple[GroupSummary, ...]
    names: tuple[str, ...]
    gutter: float


def _steps(panel_: Panel) -> tuple[list[float], int]:
    """Return the round values of a theme's scale and their decimals."""
    limit = _limit(panel_)
    steps = round_steps(0, limit, 4)
    return steps, 0 if all(s == int(s) for s in steps) else 1 if all(round(s, 1) == round(s, 3) for s in steps) else 2


def gutter(panels: tuple[Panel, ...]) -> float:
    """Return the room for the numbers of all scales, the same for every panel."""
    return max((text_width(number(s, digits), SMALL) for p in panels for steps, digits in [_steps(p)] for s in steps), default=0.0) + 10


def plot(figure: Figure, panel_: Panel, periods: Periods, box: tuple[float, float, float, float]) -> None:
    """Draw one theme: scale, gaps, shaded change, band, line, dots with ranges, trend."""
    limit, (steps, digits) = _limit(panel_), _steps(panel_)
    left, top, right, bottom = box
    inner = left + periods.gutter
    n = len(panel_.points)
    axes = panel(figure, (inner, top, right, bottom), (-0.5, n - 0.5))
    axes.set_ylim(0, limit)
    for step in steps:
        axes.axhline(step, color=INK if step == 0 else RULE, linewidth=0.9 if step == 0 else 0.7, zorder=0)
        put(figure, (inner - 7, bottom - (bottom - top) * step / limit + 4), number(step, digits), size=SMALL, color=MUTED, align="right")
    for start, end in panel_.spans:
        axes.axvspan(start, end, facecolor=MUTED, alpha=0.2, edgecolor="none", zorder=0.7)
    for first, last in _gaps(panel_, periods):
        axes.axvspan(first - 0.42, last + 0.42, facecolor=PAPER, edgecolor=RULE, hatch="////", linewidth=0, zorder=0.6)
    _trace(axes, panel_.points)
    _dots(axes, panel_.points, limit, (right - inner) / n)
    if panel_.trend:
        axes.plot([0, n - 1], list(panel_.trend), color=INK, linewidth=1.3, linestyle=(0, (5, 3)), zorder=5)
    _last(figure, panel_, (inner, top, right, bottom), limit)
    named = labelled(periods.names, periods.groups, (right - inner) / n)
    for i, name in named:
        x = inner + (right - inner) * (i + 0.5) / n
        half = text_width(name, SMALL) / 2
        put(figure, (min(x, right - half), bottom + 17), name, size=SMALL, color=MUTED, align="center")
    _strokes(axes, [(i, 0.0, -limit * 0.03) for i, _ in named], color=INK, linewidth=0.7, clip_on=False, zorder=1)


def _gaps(panel_: Panel, periods: Periods) -> list[tuple[int, int]]:
    """Return the first and last period of every run without speeches."""
    runs: list[tuple[int, int]] = []
    for i, group in enumerate(periods.groups):
        if panel_.points[i].share is None and not group.events:
            runs = [*runs[:-1], (runs[-1][0], i)] if runs and runs[-1][1] == i - 1 else [*runs, (i, i)]
    return runs


def _strokes(axes: Any, places: list[tuple[int, float, float]], **look: Any) -> None:
    """Draw upright strokes (x, from, to) as one line: a stroke each would make a page of many periods heavy."""
    xs = [x for i, _, _ in places for x in (i, i, math.nan)]
    axes.plot(xs, [y for _, low, high in places for y in (low, high, math.nan)], **look)


def _limit(panel_: Panel) -> float:
    """Return the upper edge: above every dot, line and band, and above the ranges unless they dwarf them."""
    solid = [v for p in panel_.points for v in (p.share, p.drawn, p.band[1] if p.band else None) if v is not None] + list(panel_.trend or ())
    ranges = max((p.high for p in panel_.points if p.high is not None), default=0.0)
    most = max(solid, default=0.0)
    return max(most, min(ranges, 1.6 * most)) * 1.12 or 1.0


def _trace(axes: Any, points: tuple[Point, ...]) -> None:
    """Draw the line with its band through each run of periods; a gap stays a gap, and a run of one is a short dash."""
    runs: list[list[int]] = [[]]
    for i, p in enumerate(points):
        runs += [[]] if p.drawn is None else []
        if p.drawn is not None:
            runs[-1].append(i)
    for run in filter(None, runs):
        xs = [float(i) for i in run] if len(run) > 1 else [run[0] - 0.3, run[0] + 0.3]
        held = [points[i] for i in run] if len(run) > 1 else [points[run[0]]] * 2
        bands = [p.band or (p.drawn or 0.0, p.drawn or 0.0) for p in held]
        axes.fill_between(xs, [b[0] for b in bands], [b[1] for b in bands], facecolor=BEFORE, alpha=0.16, linewidth=0, zorder=2)
        axes.plot(xs, [p.drawn for p in held], color=BEFORE, linewidth=2 if len(points) <= LONG else 1.4, zorder=3)


def _dots(axes: Any, points: tuple[Point, ...], limit: float, each: float) -> None:
    """Draw each period's share with its range; a triangle where it differs from all others, an arrow where a range goes on."""
    size, thin = min(4.6, max(2.2, each * 0.45)), 0.8 if each > 14 else 0.45
    ranges = [(i, p.low, p.high) for i, p in enumerate(points) if p.low is not None and p.high is not None]
    held = [(i, p.share, p.way) for i, p in enumerate(points) if p.share is not None]
    _strokes(axes, [(i, low, min(high, limit)) for i, low, high in ranges], color=MUTED, linewidth=thin, zorder=2.5, solid_capstyle="butt")
    over = [i for i, _, high in ranges if high > limit]
    plain = [(i, share) for i, share, way in held if not way]
    _marks(axes, [(i, limit) for i in over], marker="^", markersize=3.4, color=MUTED, zorder=3.5)
    _marks(axes, plain, marker="o", markersize=size, color=PAPER, markeredgecolor=BEFORE, markeredgewidth=1.2, zorder=4)
    for told, marker in (("higher", "^"), ("lower", "v")):
        _marks(axes, [(i, share) for i, share, way in held if way == told], marker=marker, markersize=9, color=AFTER, markeredgecolor=PAPER, zorder=6)


def _marks(axes: Any, places: list[tuple[int, float]], **look: Any) -> None:
    """Draw one kind of mark at every place; nothing where there are none."""
    if places:
        axes.plot([x for x, _ in places], [y for _, y in places], linestyle="none", clip_on=False, **look)


def _last(figure: Figure, panel_: Panel, box: tuple[float, float, float, float], limit: float) -> None:
    """Set the newest value beside its dot, above its range, on paper of its own."""
    at = max((i for i, p in enumerate(panel_.points) if p.share is not None), default=None)
    if at is None:
        return
    left, top, right, bottom = box
    p = panel_.points[at]
    text = number(p.share, 1 if (p.share or 0) >= 1 else 2)
    x = left + (right - left) * (at + 0.5) / len(panel_.points)
    y = bottom - (bottom - top) * min(max(v for v in (p.share, p.high, p.band[1] if p.band else None) if v is not None), limit) / limit
    label = put(
        figure, (min(x + text_width(text, SMALL, "bold") / 2, right), max(y - 5, top - 3)), text, size=SMALL, weight="bold", color=BEFORE_INK, align="right"
    )
    label.set_bbox({**HALO, "pad": 0.5})
