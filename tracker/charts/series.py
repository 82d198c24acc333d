"""Themes over periods: small multiples, a dot and its range for each period, a line drawn through them, gaps left open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from tracker.charts.periods import DOWN, UP, bars, found, outside_note, short_names
from tracker.charts.series_panel import LONG, Panel, Periods, Point, gutter, plot
from tracker.charts.style import (
    FAINT,
    INK,
    MUTED,
    SMALL,
    Caption,
    font_notes,
    new_figure,
    noted,
    panel,
    put,
    text_width,
    wrap,
)
from tracker.charts.wording import left_out, listed
from tracker.findings.series_claims import direction, noun, trending
from tracker.numerals import NOTHING, number, signed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.findings.series_records import GroupSummary, Series, SeriesPoint, ThemeSeries

MOST, MOST_OF_MANY = 12, 6
MANY = 40
TALL, TALL_OF_MANY, LOWEST = 190.0, 118.0, 76.0
NUMBERED = 16
PER_1000 = 1000.0
READING = "Theme words per 1,000 content words, mean of all events."
LINE = "Line: the mean drawn towards the others where a {one} holds little, with its {level} % band, for the eye only."


@dataclass(frozen=True, slots=True)
class SeriesData:
    """The panels, those with a finding first, and the periods under them; each panel `shorter` pixels lower than usual."""

    panels: tuple[Panel, ...]
    groups: tuple[GroupSummary, ...]
    names: tuple[str, ...]
    more: int
    caption: Caption
    shorter: float = 0.0

    @property
    def rows(self) -> tuple[Panel, ...]:
        """The panels, one below the other."""
        return self.panels

    def fewer(self, most: int) -> SeriesData:
        """Return the first panels, and where the others are."""
        more = self.more + max(0, len(self.panels) - most)
        was, now = (left_out(n, "theme", "series") for n in (self.more, more))
        return replace(self, panels=self.panels[:most], more=more, caption=noted(self.caption, was, now))

    def lower(self, by: float) -> SeriesData:
        """Return panels that are lower by so many pixels each, but no lower than can be read."""
        return replace(self, shorter=min(self.shorter + by, (TALL if len(self.panels) < 2 else TALL_OF_MANY) - LOWEST))


def data(series: Series, notices: tuple[str, ...] = (), *, telling: bool = False) -> SeriesData:
    """Choose what the chart shows.

    Args:
        series: A series in time.
        notices: Sentences that must stand on every chart.
        telling: Only themes whose verdict is rising, falling or changed: the others stand in a heatmap.
    """
    told = trending(series)
    rest = sorted((t for t in series.themes if t not in told), key=lambda t: (not _marked(t), -_level(t), t.label))
    spoken = [t for t in (*told, *(() if telling else rest)) if any(p.hits for p in t.points)]
    silent = [t.label for t in series.themes if not any(p.hits for p in t.points)]
    panels = tuple(_panel(t, series) for t in spoken[: MOST if len(series.groups) <= MANY else MOST_OF_MANY])
    more = len(spoken) - len(panels)
    notes = [f"Not mentioned at all: {listed(silent, most=12)}."] if silent and not telling else []
    notes += [left_out(more, "theme", "series")] if more else []
    notes += [*outside_note(series), *notices, *font_notes([t.label for t in series.themes])]
    caption = Caption(found(series), _reading(panels, series), tuple(notes), _description(panels, series))
    return SeriesData(panels, series.groups, short_names(series.groups), more, caption)


def _marked(theme: ThemeSeries) -> bool:
    return any(direction(p.contrast) for p in theme.points)


def _level(theme: ThemeSeries) -> float:
    """Mean of the periods' shares, for the order of panels."""
    held = [p.share.value for p in theme.points if p.share.value is not None]
    return sum(held) / len(held) if held else 0.0


def _panel(theme: ThemeSeries, series: Series) -> Panel:
    points = tuple(map(_point, theme.points))
    trend, change = theme.trend, theme.change
    moves = trend is not None and trend.verdict in ("rising", "falling")
    slope = trend.slope.value if trend and moves else None
    changed = change is not None and change.verdict == "changed"
    spans = _spans(change.could_be or (change.after,), [g.label for g in series.groups]) if change and changed else ()
    return Panel(theme.label, points, None if slope is None else _line(points, slope * PER_1000 / 100), spans, _verdict(theme, series), moves or changed)


def _point(point: SeriesPoint) -> Point:
    band = None if point.drawn.low is None or point.drawn.high is None else (max(0.0, point.drawn.low * PER_1000), point.drawn.high * PER_1000)
    low = _scaled(point.share.low)
    return Point(
        _scaled(point.share.value),
        None if low is None else max(0.0, low),
        _scaled(point.share.high),
        _scaled(point.drawn.value),
        band,
        direction(point.contrast),
    )


def _scaled(share: float | None) -> float | None:
    return None if share is None else share * PER_1000


def _line(points: tuple[Point, ...], slope: float) -> tuple[float, float]:
    """Return Sen's line at the first and last period: through the median of what is left when the slope is taken away."""
    rest = median(p.share - slope * i for i, p in enumerate(points) if p.share is not None)
    return rest, rest + slope * (len(points) - 1)


def _spans(could_be: tuple[str, ...], labels: list[str]) -> tuple[tuple[float, float], ...]:
    """Return where a change could lie: between each first period after it and the one before, neighbours joined."""
    pieces: list[list[float]] = []
    for at in sorted(labels.index(label) for label in could_be if label in labels):
        if pieces and pieces[-1][1] >= at - 1:
            pieces[-1][1] = float(at)
        else:
            pieces.append([at - 1.0, float(at)])
    return tuple((a, b) for a, b in pieces)


def _verdict(theme: ThemeSeries, series: Series) -> str:
    said, trend, change = [], theme.trend, theme.change
    if trend and trend.verdict in ("rising", "falling"):
        slope = None if trend.slope.value is None else trend.slope.value * PER_1000 / 100
        digits = 1 if slope is None or abs(slope) >= 1 else 2
        said.append(f"{UP if trend.verdict == 'rising' else DOWN} {trend.verdict}, {signed(slope, digits)} a {noun(series.by, 1)}")
    if change and change.verdict == "changed":
        said.append(f"◆ changed between {change.before} and {change.after}")
    untested = all(t.trend is None or t.trend.verdict == "too few periods" for t in series.themes)
    return "; ".join(said) or (trend.verdict if trend and not untested else "")


def _reading(panels: tuple[Panel, ...], series: Series) -> str:
    """Say how to read what is drawn, and nothing that is not."""
    one, level = noun(series.by, 1), number(100 * series.level, 0)
    points = [p for panel_ in panels for p in panel_.points]
    said = [READING, f"Dots: {noun(series.by)}" + (f", thin lines their {level} % ranges." if any(p.high is not None for p in points) else ".")]
    said.append(LINE.format(one=one, level=level))
    if any(p.share is None for p in points):
        said.append("Hatched: no speeches.")
    if any(p.way for p in points):
        said.append(f"{UP} higher, {DOWN} lower than all other {noun(series.by)} together.")
    if any(panel_.trend for panel_ in panels):
        said.append("Dashed: the trend.")
    if any(panel_.spans for panel_ in panels):
        said.append("Shaded: where the change could lie.")
    return " ".join([*said, "Every theme has its own scale." if len(panels) > 1 else ""]).strip()


def _description(panels: tuple[Panel, ...], series: Series) -> str:
    labels = [g.label for g in series.groups]
    said = []
    for panel_ in panels:
        held = [(p.share, name) for p, name in zip(panel_.points, labels, strict=True) if p.share is not None]
        ends = f"highest {number(max(held)[0])} in {max(held)[1]}, lowest {number(min(held)[0])} in {min(held)[1]}" if held else NOTHING
        said.append(f"{panel_.label}: {ends} per 1,000 words; {panel_.verdict or 'not tested'}")
    return ". ".join(said) + "."


def draw(chosen: SeriesData, width: float = 760) -> Figure:
    """Draw the panels, two or three in a row on a wide screen, one below the other on a phone; speeches and words under them."""
    alone = width < 520 or len(chosen.panels) < 2 or len(chosen.groups) > LONG
    across = 1 if alone else 3 if len(chosen.groups) <= 6 and len(chosen.panels) > 2 else 2
    each = (width - 34 * (across - 1)) / across
    tall = (TALL if len(chosen.panels) < 2 else TALL_OF_MANY) - chosen.shorter
    rows = [chosen.panels[i : i + across] for i in range(0, len(chosen.panels), across)]
    heads = [
        [(wrap(p.label, each - 4, weight="bold", lines=3), wrap(p.verdict, each - 4, size=SMALL, lines=2) if p.verdict else ()) for p in row] for row in rows
    ]
    tops = [max(17 * len(name) + 15 * len(said) for name, said in row) + 16.0 for row in heads]
    under = _under_height(chosen, width)
    figure, top = new_figure(chosen.caption, width, sum(tops) + (tall + 42) * len(rows) + under)
    periods, at = Periods(chosen.groups, chosen.names, gutter(chosen.panels)), top
    for row, words, head in zip(rows, heads, tops, strict=True):
        for i, (panel_, (name, said)) in enumerate(zip(row, words, strict=True)):
            left = i * (each + 34)
            lines = [(text, {"weight": "bold"}) for text in name] + [(text, {"size": SMALL, "color": INK if panel_.strong else MUTED}) for text in said]
            for k, (text, look) in enumerate(lines):
                put(figure, (left + 2, at + 14 + 17 * min(k, len(name)) + 15 * max(0, k - len(name))), text, **look)
            plot(figure, panel_, periods, (left, at + head, left + each, at + head + tall))
        at += head + tall + 42
    _under(figure, chosen, (width, at))
    return figure


def _rows_of(chosen: SeriesData, width: float) -> list[tuple[int, int]]:
    """Cut the periods into rows whose numbers of words fit side by side."""
    names = [*chosen.names, *(f"{g.tokens:,}" for g in chosen.groups)]
    each = max(text_width(name, SMALL) for name in names) + 12
    fit = max(1, int((width - 64) // each))
    rows = -(-len(chosen.groups) // fit)
    size = -(-len(chosen.groups) // rows)
    return [(i, min(i + size, len(chosen.groups))) for i in range(0, len(chosen.groups), size)]


def _under_height(chosen: SeriesData, width: float) -> float:
    return 60.0 * len(_rows_of(chosen, width)) + 6 if len(chosen.groups) <= NUMBERED else 60.0


def _under(figure: Figure, chosen: SeriesData, place: tuple[float, float]) -> None:
    """Set speeches and words of each period: numbers for few periods, bars for many."""
    width, top = place
    if len(chosen.groups) > NUMBERED:
        bars(figure, chosen.groups, (gutter(chosen.panels), width, top + 24))
        return
    for start, end in _rows_of(chosen, width):
        axes = panel(figure, (2, top, width - 2, top + 10), (0, 1))
        axes.plot([0, 1], [4, 4], color=FAINT, linewidth=1)
        for y, heading in ((34, "speeches"), (51, "words")):
            put(figure, (2, top + y), heading, size=SMALL, color=MUTED)
        each = (width - 64) / max(end - start, 1 if start == 0 else _rows_of(chosen, width)[0][1])
        for i in range(start, end):
            x, group = 64 + each * (i - start + 0.5), chosen.groups[i]
            put(figure, (x, top + 18), chosen.names[i], size=SMALL, weight="bold", align="center")
            put(
                figure,
                (x, top + 34),
                number(group.speeches, 0) if group.speeches else "none",
                size=SMALL,
                color=INK if group.speeches else MUTED,
                align="center",
            )
            put(figure, (x, top + 51), number(group.tokens, 0) if group.speeches else "", size=SMALL, align="center")
        top += 60
