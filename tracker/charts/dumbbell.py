"""Two periods: every theme's emphasis before (hollow) and after (filled), sorted by change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.charts.style import (
    AFTER,
    AFTER_INK,
    BEFORE,
    BEFORE_INK,
    BODY,
    FAINT,
    INK,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    Caption,
    font_notes,
    new_figure,
    noted,
    panel,
    put,
    round_steps,
    text_width,
    wrap,
)
from tracker.charts.wording import left_out, listed, side_size
from tracker.numerals import number, signed
from tracker.slices import between, during

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.estimates import Estimate, Verdict
    from tracker.findings.records import Comparison, ThemeShift, ThemeSide

MOST = 24
PER_1000 = 1000.0
STRONG = ("rose", "fell", "stands out")
READING = "Theme words per 1,000 content words (the share × 1,000), mean of all events. Hollow: before. Filled: after."
CORE_TICK = "Tick below the line: the theme’s core words alone."
OTHER_TICK = {"all": "Tick above: the speaker’s words alone."}
WHOLE_TICK = "Tick above: the whole text, the reporter’s words too."


@dataclass(frozen=True, slots=True)
class Row:
    """A theme; all levels per 1,000 words, pairs are (before, after); where one event is held against others, its usual range and whether it is high."""

    label: str
    levels: tuple[float | None, float | None]
    ranges: tuple[tuple[float, float] | None, tuple[float, float] | None]
    core: tuple[float | None, float | None]
    other_scope: tuple[float | None, float | None]
    change: float | None
    verdict: Verdict
    usual: tuple[float, float] | None = None
    high: bool = False


@dataclass(frozen=True, slots=True)
class DumbbellData:
    """The rows, largest rise first, and the names of themes nobody mentions."""

    rows: tuple[Row, ...]
    silent: tuple[str, ...]
    more: int
    heads: tuple[tuple[str, str], tuple[str, str]]
    caption: Caption
    noun: str = "theme"
    table: str = "themes"

    def fewer(self, most: int) -> DumbbellData:
        """Return the same with so many rows, those that moved and the largest changes, and where the others are."""
        kept = sorted(self.rows, key=lambda r: (r.verdict not in STRONG, -abs(r.change or 0), r.label))[:most]
        more = self.more + len(self.rows) - len(kept)
        was, now = (left_out(n, self.noun, self.table) for n in (self.more, more))
        return replace(self, rows=tuple(row for row in self.rows if row in kept), more=more, caption=noted(self.caption, was, now))


def data(comparison: Comparison, notices: tuple[str, ...] = ()) -> DumbbellData:
    """Choose what the chart shows.

    Args:
        comparison: The two periods.
        notices: Sentences that must stand on every chart, e.g. that the texts are digests.
    """
    spoken = [t for t in comparison.themes if t.before.hits or t.after.hits]
    silent = tuple(t.label for t in comparison.themes if not (t.before.hits or t.after.hits))
    kept = sorted(
        sorted(spoken, key=lambda t: (t.verdict not in STRONG, -abs(t.points.value or 0), t.label))[:MOST], key=lambda t: (-(t.points.value or 0), t.label)
    )
    rows = tuple(map(_row, kept))
    more = len(spoken) - len(kept)
    notes = [f"Not mentioned on either side: {listed(list(silent), most=12)}."] if silent else []
    notes += [left_out(more, "theme", "themes")] if more else []
    notes += [*notices, *font_notes([t.label for t in comparison.themes])]
    caption = Caption(_title(comparison, rows), _reading(comparison, rows), tuple(notes), _description(rows, comparison))
    return DumbbellData(rows, silent, more, _heads_of(comparison), caption)


def _row(theme: ThemeShift) -> Row:
    change = None if theme.points.value is None else theme.points.value * PER_1000 / 100
    other = (_scaled(theme.other_scope[0]), _scaled(theme.other_scope[1]))
    levels = (_scaled(theme.before.share.value), _scaled(theme.after.share.value))
    core, ranges = (_core(theme.before), _core(theme.after)), (_range(theme.before.share), _range(theme.after.share))
    held = theme.standing
    if held is None or held.usual.low is None:
        return Row(theme.label, levels, ranges if held is None else (None, None), core, other, change, theme.verdict)
    usual = _range(held.usual)
    return Row(theme.label, levels, (usual, None) if held.side == "after" else (None, usual), core, other, change, theme.verdict, usual=usual, high=held.high)


def _scaled(share: float | None) -> float | None:
    return None if share is None else share * PER_1000


def _range(share: Estimate) -> tuple[float, float] | None:
    return None if share.low is None or share.high is None else (share.low * PER_1000, share.high * PER_1000)


def _core(side: ThemeSide) -> float | None:
    return _scaled(side.core_share)


def _heads_of(comparison: Comparison) -> tuple[tuple[str, str], tuple[str, str]]:
    """Name and size of both periods; the words counted are the same for every theme."""
    first = next(iter(comparison.themes), None)
    before, after = comparison.before, comparison.after
    sizes = side_size(before, first.before.tokens if first else None), side_size(after, first.after.tokens if first else None)
    return (before.label, sizes[0]), (after.label, sizes[1])


def _title(comparison: Comparison, rows: tuple[Row, ...]) -> str:
    """State what was found, or why nothing can be."""
    moved = {v: [r.label for r in rows if r.verdict == v] for v in STRONG}
    said = [f"{listed(moved[v], most=3)} {v}" for v in ("rose", "fell") if moved[v]]
    if comparison.single is not None and rows:
        return (
            f"{listed(moved['stands out'], most=3) or 'No theme'} {'stand' if len(moved['stands out']) > 1 else 'stands'} out {during(comparison.single.label)}"
        )
    if said:
        return f"{'; '.join(said)} {between(comparison.before.label, comparison.after.label)}"
    if not rows:
        return f"No theme is mentioned {during(comparison.before.label)} or {comparison.after.label}"
    if all(r.verdict in ("not testable", "too rare") for r in rows):
        return _untested_title(rows)
    return f"No theme’s change {between(comparison.before.label, comparison.after.label)} can be told from chance"


def _reading(comparison: Comparison, rows: tuple[Row, ...]) -> str:
    """Say how to read what is drawn, and nothing that is not."""
    said = [READING]
    if any(span for row in rows for span in row.ranges):
        ranges = (
            f"where {number(100 * comparison.level, 0)} % of single speeches are expected"
            if comparison.single is not None
            else "what the words of these texts alone leave open"
            if min(comparison.before.events, comparison.after.events) < 2
            else f"{number(100 * comparison.level, 0)} % ranges"
        )
        limit = _limit(rows)
        clipped = any(span and span[1] > limit for row in rows for span in row.ranges)
        said.append(f"Thin lines: {ranges}{', an arrow where one goes on' if clipped else ''}.")
    if any(tick is not None for row in rows for tick in row.core):
        said.append(CORE_TICK)
    if any(tick is not None for row in rows for tick in row.other_scope):
        said.append(OTHER_TICK.get(comparison.scope, WHOLE_TICK))
    return " ".join(said)


def _untested_title(rows: tuple[Row, ...]) -> str:
    """Name the largest rise and fall as what they are: a description of these texts."""
    more = [rows[0].label] if (rows[0].change or 0) > 0 else []
    fewer = [rows[-1].label] if (rows[-1].change or 0) < 0 else []
    said = [*(f"more words on {label}" for label in more), *(f"fewer on {label}" if more else f"fewer words on {label}" for label in fewer)]
    return f"In these texts {listed(said)}: a description, not a test" if said else "The texts give their themes the same room: a description, not a test"


def _description(rows: tuple[Row, ...], comparison: Comparison) -> str:
    said = [f"{r.label}: {number(r.levels[0])} to {number(r.levels[1])} per 1,000 words, {r.verdict}" for r in rows]
    return f"Themes {during(comparison.before.label)} and {comparison.after.label}, largest rise first. " + "; ".join(said) + "."


def draw(chosen: DumbbellData, width: float = 760) -> Figure:
    """Draw the rows; below 520 pixels a label stands above its line instead of beside it."""
    stacked = width < 520
    left, right = (8.0, width - 8.0) if stacked else (212.0, width - 158.0)
    labels = [wrap(r.label, right - left - 120 if stacked else left - 26, size=BODY, lines=3) for r in chosen.rows]
    heights = [(17 * len(lines) + 34.0) if stacked else max(36.0, 16 * len(lines) + 16.0) for lines in labels]
    first = 94.0 if stacked else 76.0
    figure, top = new_figure(chosen.caption, width, first + sum(heights) + 8)
    limit = _limit(chosen.rows)
    axes = panel(figure, (left, top, right, top + first + sum(heights) + 4), (0, limit))
    _scale(figure, axes, (left, right, top + first - 14), limit)
    untested = bool(chosen.rows) and all(r.verdict == "not testable" for r in chosen.rows)
    _change_head(figure, (width, top + first - 14, stacked), untested=untested)
    _heads(figure, chosen.heads, (2 if stacked else left, right, top))
    at = first
    for row, lines, height in zip(chosen.rows, labels, heights, strict=True):
        y = at + height - 17 if stacked else at + height / 2
        _line(axes, row, y)
        _words(figure, row, lines, (top + at, top + y, width, stacked), verdict="" if untested else row.verdict)
        at += height
    return figure


def _limit(rows: tuple[Row, ...]) -> float:
    """Return the right edge: beyond every point and tick, and beyond the ranges unless they dwarf the points."""
    points = max((v for r in rows for v in (*r.levels, *r.core, *r.other_scope) if v is not None), default=1.0)
    ranges = max((pair[1] for r in rows for pair in r.ranges if pair), default=0.0)
    return max(points, min(ranges, 1.5 * points)) * 1.04 or 1.0


def _scale(figure: Figure, axes: Any, place: tuple[float, float, float], limit: float) -> None:
    """Draw the grid and its numbers; the last says the unit."""
    left, right, y = place
    steps = round_steps(0, limit, 4 if right - left < 350 else 5)
    digits = 0 if all(step == int(step) for step in steps) else 1
    for step in steps:
        axes.axvline(step, ymax=1 - (86 if right - left < 360 else 68) / axes.get_ylim()[0], color=RULE, linewidth=0.7, zorder=0)
        x = left + (right - left) * step / limit
        put(figure, (x, y), number(step, digits), size=SMALL, color=MUTED, align="center")
    last = left + (right - left) * steps[-1] / limit + text_width(number(steps[-1], digits), SMALL) / 2
    unit = " per 1,000" if last + text_width(" per 1,000", SMALL) <= right + 6 else ""
    put(figure, (last, y), unit, size=SMALL, color=MUTED)


def _heads(figure: Figure, heads: tuple[tuple[str, str], tuple[str, str]], place: tuple[float, float, float]) -> None:
    """Set each period's mark, name, speeches and words above the scale."""
    left, right, top = place
    for i, ((name, size), color, ink) in enumerate(zip(heads, (BEFORE, AFTER), (BEFORE_INK, AFTER_INK), strict=True)):
        x = left + i * (right - left) / 2
        axes = panel(figure, (x, top + 4, x + 14, top + 18), (0, 14))
        _mark(axes, 7, 7, color, hollow=i == 0)
        put(figure, (x + 19, top + 15), wrap(name, (right - left) / 2 - 24, weight="bold", lines=1)[0], weight="bold", color=ink)
        for k, line in enumerate(wrap(size, (right - left) / 2 - 22, size=SMALL, lines=2)):
            put(figure, (x + 19, top + 31 + 14 * k), line, size=SMALL, color=MUTED)


def _change_head(figure: Figure, place: tuple[float, float, bool], *, untested: bool) -> None:
    """Head the column of changes, once for all rows when none was tested."""
    width, y, stacked = place
    if stacked:
        put(figure, (width - 2, y - 22), "change, not tested" if untested else "change", size=SMALL, color=MUTED, align="right")
    else:
        put(figure, (width - 104, y), "change", size=SMALL, color=MUTED, align="right")
        put(figure, (width - 94, y), "not tested" if untested else "", size=SMALL, color=MUTED)


def _mark(axes: Any, x: float, y: float, color: str, *, hollow: bool) -> None:
    face = PAPER if hollow else color
    axes.plot([x], [y], marker="o", markersize=8.5, markerfacecolor=face, markeredgecolor=color, markeredgewidth=2.2, zorder=5, clip_on=False)


def _line(axes: Any, row: Row, y: float) -> None:
    """Draw one theme: track, ranges, core and other-scope ticks, the two marks."""
    plot = axes.plot
    before, after = row.levels
    plot([0, axes.get_xlim()[1]], [y, y], color=FAINT, linewidth=1, zorder=1)
    if before is not None and after is not None:
        strong = row.verdict in STRONG
        plot([before, after], [y, y], color=INK if strong else MUTED, linewidth=2.2 if strong else 1.1, zorder=3)
    for i, color in enumerate((BEFORE, AFTER)):
        span, core, other, level = row.ranges[i], row.core[i], row.other_scope[i], row.levels[i]
        beside = y - 5 if i == 0 else y + 5
        if span:
            edge = axes.get_xlim()[1]
            plot([span[0], min(span[1], edge)], [beside, beside], color=color, linewidth=1, zorder=2, solid_capstyle="butt")
            if span[1] > edge:
                plot([edge], [beside], marker=">", markersize=4, color=color, zorder=2, clip_on=False)
        if core is not None:
            plot([core, core], [y + 6, y + 12], color=color, linewidth=1.6, zorder=2)
        if other is not None:
            plot([other, other], [y - 12, y - 6], color=color, linewidth=1.6, zorder=2)
        if level is not None:
            _mark(axes, level, y, color, hollow=i == 0)


def _words(figure: Figure, row: Row, lines: tuple[str, ...], place: tuple[float, float, float, bool], *, verdict: str) -> None:
    """Set the label and, at the right, the change and the verdict: in ink where it rose or fell, else in grey."""
    at, y, width, stacked = place
    strong = row.verdict in STRONG
    weight, ink = ("bold", INK) if strong else ("normal", MUTED)
    arrow = {"rose": "▲ ", "fell": "▼ ", "stands out": "▲ " if row.high else "▼ "}.get(row.verdict, "")
    base = at + 15 if stacked else y + 4 - 8 * (len(lines) - 1)
    for i, line in enumerate(lines):
        put(figure, (2, base + 16 * i), line, weight="bold" if strong else "normal")
    if stacked:
        put(figure, (width - 2, base), signed(row.change), weight="bold", align="right")
        put(figure, (width - 8 - text_width(signed(row.change), weight="bold"), base), arrow + verdict, size=SMALL, color=ink, weight=weight, align="right")
        return
    put(figure, (width - 104, y + 4), signed(row.change), weight="bold" if strong else "normal", align="right")
    put(figure, (width - 94, y + 4), _short(arrow + verdict), size=SMALL, color=ink, weight=weight)


def _short(verdict: str) -> str:
    return "in usual range" if verdict == "within the usual range" else verdict
