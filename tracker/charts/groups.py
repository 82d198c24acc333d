"""Themes by speaker, place or tag: a dot for each value, the highest first, with its range and its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.charts.periods import DOWN, UP, found, outside_note
from tracker.charts.style import (
    AFTER,
    BEFORE,
    FAINT,
    INK,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    Caption,
    clip,
    font_notes,
    new_figure,
    panel,
    put,
    round_steps,
    text_width,
    wrap,
)
from tracker.charts.wording import left_out, listed
from tracker.findings.series_claims import direction, noun
from tracker.numerals import count, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.findings.series_records import Series, SeriesPoint, ThemeSeries

MOST_DOTS, MOST_VALUES = 96, 60
PER_1000 = 1000.0
ROW, STACKED_ROW = 24.0, 38.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A value's share of a theme, per 1,000 words; `way` is `higher` or `lower` where it differs from all others."""

    name: str
    size: str
    share: float
    span: tuple[float, float] | None
    way: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A theme: its dots, the highest first, and the share of all groups' words together, per 1,000."""

    label: str
    dots: tuple[Dot, ...]
    together: float | None


@dataclass(frozen=True, slots=True)
class GroupsData:
    """The panels, those with a finding first."""

    panels: tuple[Panel, ...]
    caption: Caption


def data(series: Series, notices: tuple[str, ...] = ()) -> GroupsData:
    """Choose what the chart shows.

    Args:
        series: A series over values.
        notices: Sentences that must stand on every chart.
    """
    largest = sorted(series.groups, key=lambda g: (-g.speeches, g.label))[:MOST_VALUES]
    kept = {g.label: f"{count(g.speeches, 'speech', 'speeches')}, {count(g.tokens, 'word')}" for g in largest}
    spoken = [t for t in series.themes if any(p.hits for p in t.points)]
    silent = [t.label for t in series.themes if t not in spoken]
    spoken.sort(key=lambda t: (-sum(bool(direction(p.contrast)) for p in t.points), -_together(t), t.label))
    panels = tuple(_panel(t, kept) for t in spoken[: max(1, MOST_DOTS // max(len(kept), 1))])
    notes = [f"Not mentioned at all: {listed(silent, most=12)}."] if silent else []
    notes += [left_out(len(spoken) - len(panels), "theme", "series")] if len(spoken) > len(panels) else []
    cut = len(series.groups) - len(kept)
    notes += [f"{cut:,} more {noun(series.by, cut)} with fewer speeches in data/series.csv."] if cut else []
    notes += [*outside_note(series), *notices, *font_notes([*(t.label for t in series.themes), *kept])]
    return GroupsData(panels, Caption(found(series), _reading(panels, series), tuple(notes), _description(panels)))


def _together(theme: ThemeSeries) -> float:
    tokens = sum(p.tokens for p in theme.points)
    return PER_1000 * sum(p.hits for p in theme.points) / tokens if tokens else 0.0


def _panel(theme: ThemeSeries, kept: dict[str, str]) -> Panel:
    dots = [_dot(p, kept[p.group]) for p in theme.points if p.group in kept and p.share.value is not None]
    return Panel(theme.label, tuple(sorted(dots, key=lambda d: (-d.share, d.name))), _together(theme) if any(p.tokens for p in theme.points) else None)


def _dot(point: SeriesPoint, size: str) -> Dot:
    share = point.share
    span = None if share.low is None or share.high is None else (max(0.0, share.low * PER_1000), share.high * PER_1000)
    return Dot(point.group, size, (share.value or 0.0) * PER_1000, span, direction(point.contrast))


def _reading(panels: tuple[Panel, ...], series: Series) -> str:
    """Say how to read what is drawn, and nothing that is not."""
    dots = [d for p in panels for d in p.dots]
    said = [f"Theme words per 1,000 content words, mean of all events of a {noun(series.by, 1)}; the highest first. Upright line: all words together."]
    if any(d.span for d in dots):
        clipped = any(d.span and d.span[1] > _limit(p.dots) for p in panels for d in p.dots)
        said.append(f"Thin lines: {number(100 * series.level, 0)} % ranges{', an arrow where one goes on' if clipped else ''}.")
    if any(d.way for d in dots):
        said.append(f"{UP} higher, {DOWN} lower than all other {noun(series.by)} together.")
    return " ".join(said)


def _description(panels: tuple[Panel, ...]) -> str:
    parts = (f"{p.label}: " + ", ".join(f"{d.name} {number(d.share)}{f' ({d.way})' if d.way else ''}" for d in p.dots) for p in panels)
    return "; ".join(parts) + " per 1,000 words."


def _limit(dots: tuple[Dot, ...]) -> float:
    """Return the right edge: beyond every dot, and beyond the ranges unless they dwarf the dots."""
    most = max((d.share for d in dots), default=0.0)
    return max(most, min(max((d.span[1] for d in dots if d.span), default=0.0), 1.6 * most)) * 1.05 or 1.0


def draw(chosen: GroupsData, width: float = 760) -> Figure:
    """Draw a row for each value; below 520 pixels its name stands above its line."""
    stacked = width < 520
    row = STACKED_ROW if stacked else ROW
    names = [d.name for p in chosen.panels for d in p.dots]
    label = min(210.0, max(map(text_width, names), default=0.0)) + 16
    size = max((text_width(d.size, SMALL) for p in chosen.panels for d in p.dots), default=0.0)
    left, right = (8.0, width - 52.0) if stacked else (label + size + 26, width - 96.0)
    heads = [wrap(p.label, width - 4, weight="bold", lines=2) for p in chosen.panels]
    heights = [17.0 * len(h) + 32 + row * len(p.dots) + 22 for h, p in zip(heads, chosen.panels, strict=True)]
    figure, top = new_figure(chosen.caption, width, sum(heights) + 4)
    for head, panel_, height in zip(heads, chosen.panels, heights, strict=True):
        for i, line in enumerate(head):
            put(figure, (2, top + 14 + 17 * i), line, weight="bold")
        first = 17.0 * len(head) + 32
        limit = _limit(panel_.dots)
        axes = panel(figure, (left, top + first, right, top + first + row * len(panel_.dots)), (0, limit))
        _scale(figure, (left, right, top + first - 8), limit)
        for i, dot in enumerate(panel_.dots):
            y = row * i + (row - 11 if stacked else row / 2)
            _lines(axes, panel_, (y - 9, y + 9) if stacked else (y - row / 2, y + row / 2))
            _mark(axes, dot, y)
            _words(figure, dot, (left if stacked else label, right, top + first + y, width), stacked=stacked)
        top += height
    return figure


def _lines(axes: Any, panel_: Panel, span: tuple[float, float]) -> None:
    """Draw a row's part of the grid and of the line for all words together, clear of the words above it."""
    axes.vlines(round_steps(0, axes.get_xlim()[1], 5), *span, color=RULE, linewidth=0.7, zorder=0)
    if panel_.together is not None:
        axes.plot([panel_.together] * 2, list(span), color=MUTED, linewidth=1.2, zorder=1)


def _scale(figure: Figure, place: tuple[float, float, float], limit: float) -> None:
    left, right, y = place
    steps = round_steps(0, limit, 5)
    digits = 0 if all(s == int(s) for s in steps) else 1 if all(round(s, 1) == round(s, 3) for s in steps) else 2
    for step in steps:
        put(figure, (left + (right - left) * step / limit, y), number(step, digits), size=SMALL, color=MUTED, align="center")


def _mark(axes: Any, dot: Dot, y: float) -> None:
    """Draw one value: track, range, and a dot, or a triangle where it differs from all others."""
    edge = axes.get_xlim()[1]
    axes.plot([0, edge], [y, y], color=FAINT, linewidth=1, zorder=0)
    color = AFTER if dot.way else BEFORE
    if dot.span:
        axes.plot([dot.span[0], min(dot.span[1], edge)], [y, y], color=color, linewidth=1.1, zorder=2, solid_capstyle="butt")
        if dot.span[1] > edge:
            axes.plot([edge], [y], marker=">", markersize=4, color=color, zorder=2, clip_on=False)
    marker = {"higher": "^", "lower": "v"}.get(dot.way, "o")
    face = color if dot.way else PAPER
    axes.plot(
        [dot.share],
        [y],
        marker=marker,
        markersize=9 if dot.way else 7,
        markerfacecolor=face,
        markeredgecolor=color,
        markeredgewidth=1.6,
        zorder=4,
        clip_on=False,
    )


def _words(figure: Figure, dot: Dot, place: tuple[float, float, float, float], *, stacked: bool) -> None:
    """Set name, speeches and words, the value, and where it differs the verdict."""
    left, right, y, width = place
    weight = "bold" if dot.way else "normal"
    arrow = {"higher": f"{UP} ", "lower": f"{DOWN} "}.get(dot.way, "")
    value = number(dot.share, 1 if dot.share >= 0.95 else 2)
    if stacked:
        room = width - text_width(dot.size, SMALL) - 16
        put(figure, (2, y - 13), clip(dot.name, room, weight=weight), weight=weight)
        put(figure, (width - 2, y - 13), dot.size, size=SMALL, color=MUTED, align="right")
        put(figure, (width - 2, y + 4), arrow + value, size=SMALL, weight=weight, align="right")
        return
    put(figure, (2, y + 4), clip(dot.name, left - 10, weight=weight), weight=weight)
    put(figure, (left + 2, y + 4), dot.size, size=SMALL, color=MUTED)
    put(figure, (right + 36, y + 4), value, size=SMALL, weight=weight, align="right")
    put(figure, (right + 42, y + 4), f"{arrow}{dot.way}", size=SMALL, weight=weight, color=INK)
