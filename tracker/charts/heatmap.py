"""Themes by many periods or groups: a cell each, every row on its own scale, empty periods hatched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from matplotlib import colormaps
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from tracker.charts.periods import DOWN, UP, bars, counted, labelled, outside_note, short_names
from tracker.charts.style import INK, MUTED, PAPER, RULE, SMALL, Caption, clip, font_notes, new_figure, noted, panel, put, text_width
from tracker.charts.wording import left_out, listed
from tracker.findings.series_claims import direction, noun
from tracker.numerals import count, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.findings.series_records import GroupSummary, Series, ThemeSeries

MOST_THEMES, MOST_PERIODS, MOST_VALUES = 60, 240, 60
LEVELS = 16
PER_1000 = 1000.0
DARK, LIGHT = "#000000", "#fefefe"  # on cells, which keep their colours on a dark page
LEAST_NAMED = 13.0


@dataclass(frozen=True, slots=True)
class Row:
    """A theme.

    Args:
        cells: What is shown for each group, per 1,000 words; None in a gap.
        marks: `higher`, `lower` or "" for each group.
        most: The row's largest cell: the bright end of its scale.
        verdict: What stands at the right.
    """

    label: str
    cells: tuple[float | None, ...]
    marks: tuple[str, ...]
    most: float
    verdict: str


@dataclass(frozen=True, slots=True)
class HeatmapData:
    """The rows, rising themes first and falling ones last, and the columns."""

    rows: tuple[Row, ...]
    groups: tuple[GroupSummary, ...]
    names: tuple[str, ...]
    in_time: bool
    caption: Caption
    more: int = 0

    def fewer(self, most: int) -> HeatmapData:
        """Return so many rows, those with a finding first, and where the others are."""
        kept = sorted(range(len(self.rows)), key=lambda i: (not self.rows[i].verdict, i))[:most]
        more = self.more + len(self.rows) - len(kept)
        was, now = (left_out(n, "theme", "series") for n in (self.more, more))
        return replace(self, rows=tuple(self.rows[i] for i in sorted(kept)), more=more, caption=noted(self.caption, was, now))


def data(series: Series, notices: tuple[str, ...] = ()) -> HeatmapData:
    """Choose what the chart shows.

    Args:
        series: A series of any kind.
        notices: Sentences that must stand on every chart.
    """
    places = _columns(series)
    groups = tuple(series.groups[i] for i in places)
    spoken = sorted((t for t in series.themes if any(p.hits for p in t.points)), key=_rank)
    silent = [t.label for t in series.themes if not any(p.hits for p in t.points)]
    kept = [*spoken[: MOST_THEMES // 2], *spoken[-(MOST_THEMES // 2) :]] if len(spoken) > MOST_THEMES else spoken  # both ends are the findings
    rows = tuple(_row(t, places) for t in kept)
    notes = [f"Not mentioned at all: {listed(silent, most=12)}."] if silent else []
    more = len(spoken) - len(rows)
    notes += [left_out(more, "theme", "series")] if more else []
    cut = len(series.groups) - len(groups)
    if cut:
        which = f"earlier {noun(series.by, cut)}" if series.in_time else f"more {noun(series.by, cut)} with fewer speeches"
        notes += [f"{cut:,} {which} in data/series.csv."]
    notes += [*outside_note(series), *notices, *font_notes([*(r.label for r in rows), *(g.label for g in groups)])]
    caption = Caption(counted(series), _reading(rows, series), tuple(notes), _description(rows, groups))
    return HeatmapData(rows, groups, short_names(groups), series.in_time, caption, more)


def _columns(series: Series) -> list[int]:
    """Return the places of the groups that are shown: the newest periods, or the values with most speeches."""
    places = list(range(len(series.groups)))
    if series.in_time:
        return places[-MOST_PERIODS:]
    return sorted(sorted(places, key=lambda i: (-series.groups[i].speeches, series.groups[i].label))[:MOST_VALUES])


def _rank(theme: ThemeSeries) -> tuple[int, float, str]:
    """Order: rising, the steepest first; changed; the most mentioned; falling, the steepest last."""
    held = [p.share.value for p in theme.points if p.share.value is not None]
    level = sum(held) / len(held) if held else 0.0
    if theme.trend and theme.trend.verdict in ("rising", "falling"):
        return (0 if theme.trend.verdict == "rising" else 3, -(theme.trend.slope.value or 0.0), theme.label)
    return (1 if theme.change and theme.change.verdict == "changed" else 2, -level, theme.label)


def _row(theme: ThemeSeries, places: list[int]) -> Row:
    points = [theme.points[i] for i in places]
    cells = tuple(None if p.drawn.value is None else max(0.0, p.drawn.value * PER_1000) for p in points)
    most = max((c for c in cells if c is not None), default=0.0)
    return Row(theme.label, cells, tuple(direction(p.contrast) for p in points), most, _verdict(theme))


def _verdict(theme: ThemeSeries) -> str:
    if theme.trend and theme.trend.verdict in ("rising", "falling"):
        return f"{UP if theme.trend.verdict == 'rising' else DOWN} {theme.trend.verdict}"
    if theme.change and theme.change.verdict == "changed":
        return f"◆ changed {theme.change.after}"
    return ""


def _reading(rows: tuple[Row, ...], series: Series) -> str:
    """Say how to read what is drawn, and nothing that is not."""
    one = noun(series.by, 1)
    said = [
        f"Theme words per 1,000 content words, a column for each {one}, drawn towards a theme’s mean where a {one} holds little.",
        "Every row has its own scale, from 0 (dark) to its highest (bright), which stands at its end.",
    ]
    if any(cell is None for row in rows for cell in row.cells):
        said.append("Hatched: no speeches.")
    if any(mark for row in rows for mark in row.marks):
        said.append(f"{UP} higher, {DOWN} lower than all other {noun(series.by)} together.")
    if any("changed" in row.verdict for row in rows):
        said.append(f"◆ the first {one} after a change of level.")
    return " ".join(said)


def _description(rows: tuple[Row, ...], groups: tuple[GroupSummary, ...]) -> str:
    said = []
    for row in rows:
        held = [(cell, group.label) for cell, group in zip(row.cells, groups, strict=True) if cell is not None]
        if held:
            said.append(f"{row.label}: highest {number(max(held)[0])} in {max(held)[1]}, lowest {number(min(held)[0])} in {min(held)[1]}")
    return f"{count(len(rows), 'theme')} by {count(len(groups), 'group')}, per 1,000 words. {'; '.join(said)}."


def draw(chosen: HeatmapData, width: float = 760) -> Figure:
    """Draw the cells; below 520 pixels a label stands above its row, and values that do not fit side by side continue below."""
    if not chosen.rows:
        return new_figure(chosen.caption, width, 10)[0]
    stacked = width < 520
    blocks = _blocks(chosen, width, stacked=stacked)
    heights = [_block_height(block, stacked=stacked) for block in blocks]
    figure, top = new_figure(chosen.caption, width, sum(heights) + 8)
    for block, height in zip(blocks, heights, strict=True):
        _block(figure, block, (width, top), stacked=stacked)
        top += height
    return figure


def _sides(width: float, rows: tuple[Row, ...], *, stacked: bool) -> tuple[float, float]:
    """Return the left and right edge of the cells."""
    if stacked:
        return 2.0, width - 2.0
    label = max((text_width(row.label, weight=_weight(row)) for row in rows), default=0.0)
    end = max((text_width(_end(row), SMALL) for row in rows), default=0.0)
    return min(label, 0.36 * width) + 14, width - end - 10


def _weight(row: Row) -> str:
    return "bold" if row.verdict or any(row.marks) else "normal"


def _end(row: Row) -> str:
    """Return what stands at the end of a row: the top of its scale, and its verdict."""
    return f"{number(row.most, 1 if row.most >= 0.95 else 2)}  {row.verdict}".rstrip()


def _blocks(chosen: HeatmapData, width: float, *, stacked: bool) -> list[HeatmapData]:
    """Cut values whose names could not be read side by side into blocks one below the other."""
    left, right = _sides(width, chosen.rows, stacked=stacked)
    n, fit = len(chosen.groups), max(1, int((right - left) // LEAST_NAMED))
    if chosen.in_time or n <= fit:
        return [chosen]
    size = -(-n // -(-n // fit))

    def part(i: int) -> HeatmapData:
        rows = tuple(replace(r, cells=r.cells[i : i + size], marks=r.marks[i : i + size]) for r in chosen.rows)
        return replace(chosen, rows=rows, groups=chosen.groups[i : i + size], names=chosen.names[i : i + size])

    return [part(i) for i in range(0, n, size)]


def _row_height(chosen: HeatmapData, *, stacked: bool) -> tuple[float, float]:
    """Return the height of a cell and of what stands above it."""
    return (22.0, 19.0) if len(chosen.rows) <= 12 and stacked else (13.0, 17.0) if stacked else (26.0, 0.0) if len(chosen.rows) <= 20 else (18.0, 0.0)


def _head_height(chosen: HeatmapData) -> float:
    """Return the room above the first row: bars of speeches and names."""
    return 66.0 if chosen.in_time else _name_height(chosen) + 50


def _name_height(chosen: HeatmapData) -> float:
    return min(150.0, max((text_width(name, SMALL) for name in chosen.names), default=0.0)) + 8


def _block_height(chosen: HeatmapData, *, stacked: bool) -> float:
    return _head_height(chosen) + sum(_row_height(chosen, stacked=stacked)) * len(chosen.rows) + (34 if chosen.in_time else 16)


def _block(figure: Figure, chosen: HeatmapData, place: tuple[float, float], *, stacked: bool) -> None:
    """Draw bars of speeches, the names, the rows and the names again."""
    width, top = place
    left, right = _sides(width, chosen.rows, stacked=stacked)
    cell, above = _row_height(chosen, stacked=stacked)
    each = (right - left) / max(len(chosen.groups), 1)
    bars(figure, chosen.groups, (left, right, top + 16))
    first = top + _head_height(chosen)
    last = first + (cell + above) * len(chosen.rows)
    _names(figure, chosen, (left, each, first, last))
    axes = panel(figure, (left, first, right, last), (0, len(chosen.groups)))
    for k, row in enumerate(chosen.rows):
        y = (cell + above) * k + above + cell / 2
        base = first + y - cell / 2 - 4 if stacked else first + y + 4
        end = _end(row)
        weight = _weight(row)
        put(figure, (2, base), clip(row.label, width - text_width(end, SMALL) - 14 if stacked else left - 12, weight=weight), weight=weight)
        put(
            figure,
            (width - 2, base) if stacked else (right + 6, base),
            end,
            size=SMALL,
            color=INK if row.verdict else MUTED,
            align="right" if stacked else "left",
        )
        _cells(axes, row, (y, cell, each))
    _gaps(axes, chosen, (cell, above))


def _names(figure: Figure, chosen: HeatmapData, place: tuple[float, float, float, float]) -> None:
    """Set periods above and below the cells; values, upright, above."""
    left, each, first, last = place
    if not chosen.in_time:
        for i, name in enumerate(chosen.names):
            text = put(figure, (left + each * (i + 0.5) + 4, first - 6), clip(name, 146, size=SMALL), size=SMALL)
            text.set_rotation(90)
            text.set_rotation_mode("anchor")
        return
    for i, name in labelled(chosen.names, chosen.groups, each):
        half = text_width(name, SMALL) / 2
        x = min(max(left + each * (i + 0.5), left + half), left + each * len(chosen.groups) - half)
        for y in (first - 7, last + 16):
            put(figure, (x, y), name, size=SMALL, color=MUTED, align="center")


def _cells(axes: Any, row: Row, place: tuple[float, float, float]) -> None:
    """Draw a row as one path for each colour, cells of one colour that touch joined; then its marks."""
    y, cell, each = place
    runs: dict[int, list[tuple[int, int]]] = {}
    for i, value in enumerate(row.cells):
        if value is None:
            continue
        held = runs.setdefault(_level(value, row.most), [])
        if held and held[-1][1] == i:
            held[-1] = (held[-1][0], i + 1)
        else:
            held.append((i, i + 1))
    gap = 0.5 / each if each >= 9 else 0.0
    for level, spans in sorted(runs.items()):
        if gap:
            spans = [(i, i + 1) for a, b in spans for i in range(a, b)]  # noqa: PLW2901 - wide cells stand apart
        corners = [(x, y) for a, b in spans for x in (a + gap, b - gap)]
        path = Path(corners, [Path.MOVETO, Path.LINETO] * len(spans))
        path.should_simplify = False
        axes.add_artist(PathPatch(path, fill=False, edgecolor=_colour(level), linewidth=cell - 1.5, capstyle="butt", zorder=2))
    size = min(7.0, max(3.6, each * 0.9), cell * 0.5)
    for way, marker in (("higher", "^"), ("lower", "v")):
        for dark in (True, False):
            held_at = [
                i + 0.5
                for i, mark in enumerate(row.marks)
                if mark == way and row.cells[i] is not None and (_level(row.cells[i] or 0.0, row.most) > LEVELS // 2) == dark
            ]
            if held_at:  # an empty line costs as much as a full one, in every row
                look = {"markersize": size, "color": DARK if dark else LIGHT, "markeredgewidth": 0, "zorder": 4}
                axes.plot(held_at, [y] * len(held_at), linestyle="none", marker=marker, **look)


def _level(value: float, most: float) -> int:
    """Return which of LEVELS steps of its row's scale a cell is on, from 0."""
    return min(LEVELS - 1, int(LEVELS * value / most)) if most > 0 else 0


def _colour(level: int) -> str:
    return str(to_hex(colormaps["cividis"](level / (LEVELS - 1))))


def _gaps(axes: Any, chosen: HeatmapData, heights: tuple[float, float]) -> None:
    """Hatch every cell without a value, never a colour in between."""
    cell, above = heights
    for k, row in enumerate(chosen.rows):
        for empty, run in groupby(range(len(row.cells)), key=lambda i, row=row: row.cells[i] is None):  # type: ignore[misc]
            if empty:
                places = list(run)
                look: dict[str, Any] = {"facecolor": PAPER, "edgecolor": RULE, "hatch": "/////", "linewidth": 0}
                axes.add_artist(Rectangle((places[0], (cell + above) * k + above + 0.75), len(places), cell - 1.5, zorder=1, **look))
