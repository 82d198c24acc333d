"""Topics by how stable they are: a dot from 0, never found again, to 1, the same words in every refit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.charts.style import AFTER, FAINT, INK, MUTED, PAPER, RULE, SMALL, Caption, font_notes, new_figure, noted, panel, put, wrap
from tracker.charts.wording import left_out
from tracker.numerals import count, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.findings.records import TopicList

MOST, ENOUGH = 40, 0.5
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A topic; stability from 0 to 1, None when it is not known."""

    label: str
    stability: float | None
    reproducible: bool


@dataclass(frozen=True, slots=True)
class StabilityData:
    """The topics, most stable first."""

    rows: tuple[Row, ...]
    more: int
    caption: Caption

    def fewer(self, most: int) -> StabilityData:
        """Return the first rows, and where the others are."""
        more = self.more + max(0, len(self.rows) - most)
        was, now = (left_out(n, "topic", "topics") for n in (self.more, more))
        return replace(self, rows=self.rows[:most], more=more, caption=noted(self.caption, was, now))


def data(topics: TopicList, notices: tuple[str, ...] = ()) -> StabilityData:
    """Choose what the chart shows.

    Args:
        topics: The answer of `tracker topics`.
        notices: Sentences that must stand on every chart.
    """
    ranked = sorted(topics.topics, key=lambda t: (-1.0 if t.stability is None else t.stability, t.share, t.id), reverse=True)
    rows = tuple(Row(t.label, t.stability, t.reproducible) for t in ranked[:MOST])
    more = len(ranked) - len(rows)
    back = sum(t.reproducible for t in ranked)
    notes = [left_out(more, "topic", "topics")] if more else []
    notes += [f"{count(topics.hidden, 'topic')} hidden."] if topics.hidden else []
    notes += [*notices, *font_notes([r.label for r in rows])]
    reading = (
        f"How much of its ten top words a topic keeps when the model is fitted again, mean of {count(topics.refits, 'refit')}: 1 for all of them, 0 for none. "
        f"Filled: {ENOUGH:g} or more, it came back; hollow: it did not."
    )
    title = f"{back or 'None'} of {count(len(ranked), 'topic')} came back when the model was fitted again"
    said = "; ".join(f"{r.label}: {number(r.stability, 2)}" for r in rows)
    return StabilityData(rows, more, Caption(title, reading, tuple(notes), f"Stability of topics, most stable first. {said}."))


def draw(chosen: StabilityData, width: float = 760) -> Figure:
    """Draw a row for each topic; below 520 pixels its name stands above its line."""
    stacked = width < 520
    left, right = (8.0, width - 52.0) if stacked else (width * 0.42, width - 52.0)
    names = [wrap(r.label, width - 8 if stacked else left - 22, lines=2) for r in chosen.rows]
    heights = [17.0 * len(name) + (22 if stacked else 9) for name in names]
    first = 30.0
    figure, top = new_figure(chosen.caption, width, first + sum(heights) + 6)
    axes = panel(figure, (left, top, right, top + first + sum(heights)), (0, 1))
    for step in STEPS:
        put(figure, (left + (right - left) * step, top + 16), number(step, 2 if step % 0.5 else 1), size=SMALL, color=MUTED, align="center")
    at = first
    for row, name, height in zip(chosen.rows, names, heights, strict=True):
        y = at + height - 11 if stacked else at + height / 2
        _row(axes, row, y, 10 if stacked else height / 2)
        for i, line in enumerate(name):
            base = at + 13 + 17 * i if stacked else y + 4 - 8.5 * (len(name) - 1) + 17 * i
            put(figure, (2, top + base), line, color=INK if row.reproducible else MUTED)
        put(figure, (width - 2, top + y + 4), number(row.stability, 2), size=SMALL, align="right", color=INK if row.reproducible else MUTED)
        at += height
    return figure


def _row(axes: Any, row: Row, y: float, half: float) -> None:
    """Draw one topic: the grid behind it, its line from 0, its dot."""
    axes.vlines(STEPS, y - half, y + half, color=RULE, linewidth=0.7, zorder=0)
    axes.plot([ENOUGH, ENOUGH], [y - half, y + half], color=MUTED, linewidth=1.1, zorder=1)
    axes.plot([0, 1], [y, y], color=FAINT, linewidth=1, zorder=0)
    if row.stability is None:
        return
    color = AFTER if row.reproducible else MUTED
    axes.plot([0, row.stability], [y, y], color=color, linewidth=1.6, zorder=2)
    face = color if row.reproducible else PAPER
    axes.plot([row.stability], [y], marker="o", markersize=8, markerfacecolor=face, markeredgecolor=color, markeredgewidth=1.8, zorder=3, clip_on=False)
