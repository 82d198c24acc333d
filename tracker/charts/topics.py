"""Topics: their words, their share of the corpus, and whether they came back when fitted again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.charts.style import INK, MUTED, PAPER, RULE, SMALL, Caption, font_notes, new_figure, noted, panel, put, wrap
from tracker.charts.wording import left_out
from tracker.numerals import count, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.findings.records import TopicList

MOST = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A topic; share and stability from 0 to 1, stability None when the model was not fitted again."""

    label: str
    words: tuple[str, ...]
    share: float
    stability: float | None
    reproducible: bool


@dataclass(frozen=True, slots=True)
class TopicsData:
    """The topics, largest share first."""

    rows: tuple[Row, ...]
    more: int
    caption: Caption

    def fewer(self, most: int) -> TopicsData:
        """Return the first rows, and where the others are."""
        more = self.more + max(0, len(self.rows) - most)
        was, now = (left_out(n, "topic", "topics") for n in (self.more, more))
        return replace(self, rows=self.rows[:most], more=more, caption=noted(self.caption, was, now))


def data(topics: TopicList, notices: tuple[str, ...] = ()) -> TopicsData:
    """Choose what the chart shows.

    Args:
        topics: The answer of `tracker topics`.
        notices: Sentences that must stand on every chart.
    """
    ranked = sorted(topics.topics, key=lambda t: (-t.share, t.id))
    rows = tuple(Row(t.label, t.words[:8], t.share, t.stability, t.reproducible) for t in ranked[:MOST])
    more = len(ranked) - len(rows)
    back = sum(t.reproducible for t in ranked)
    notes = [left_out(more, "topic", "topics")] if more else []
    notes += [f"{count(topics.hidden, 'topic')} hidden."] if topics.hidden else []
    notes += [*notices, *font_notes([w for r in rows for w in r.words])]
    mark = "Illustrative: " if topics.illustrative else ""
    tried = any(t.stability is not None for t in ranked)
    found = (
        f"{back} of {count(len(ranked), 'topic')} came back in {count(topics.refits, 'refit')}" if tried else f"{count(len(ranked), 'topic')}, not fitted again"
    )
    engine = {"lda": "LDA", "gensim": "LDA (gensim)", "sklearn": "LDA (scikit-learn)", "nmf": "NMF of TF-IDF"}.get(topics.engine, topics.engine)
    reading = f"{engine}: share of {count(topics.passages, 'passage')} that goes to each topic. " + (
        "Solid: it came back when the model was fitted again; hatched: it did not. Stability runs from 0 to 1."
        if tried
        else "Hatched: whether it would come back in another fit is not known."
    )
    said = (f"{', '.join(r.words[:4])}: {number(100 * r.share, 0)} percent, stability {number(r.stability, 2)}" for r in rows)
    return TopicsData(rows, more, Caption(mark + found, reading, tuple(notes), "; ".join(said) + "."))


def draw(chosen: TopicsData, width: float = 760) -> Figure:
    """Draw a bar for each topic; below 520 pixels its words stand above it."""
    stacked = width < 520
    left, right = (2.0, width - 150.0) if stacked else (width * 0.46, width - 150.0)
    lines = [wrap("\u00a0· ".join(r.words), width - 6 if stacked else left - 26, lines=3) for r in chosen.rows]
    heights = [17.0 * len(text) + (32 if stacked else 20) for text in lines]
    first = 26.0
    figure, top = new_figure(chosen.caption, width, first + sum(heights) + 4)
    limit = max((r.share for r in chosen.rows), default=1.0) or 1.0
    axes = panel(figure, (left, top, right, top + first + sum(heights)), (0, limit))
    lines_between = panel(figure, (2, top, width - 2, top + first + sum(heights)), (0, 1))
    put(figure, (left, top + 14), "share", size=SMALL, color=MUTED)
    put(figure, (width - 66, top + 14), "stability", size=SMALL, color=MUTED, align="right")
    at = first
    for row, text, height in zip(chosen.rows, lines, heights, strict=True):
        y = at + height - 18 if stacked else at + height / 2
        _bar(axes, row, y)
        for i, line in enumerate(text):
            base = at + 14 + 17 * i if stacked else y + 4 - 8.5 * (len(text) - 1) + 17 * i
            put(figure, (2, top + base), line, color=INK if row.reproducible else MUTED)
        put(figure, (left + (right - left) * row.share / limit + 7, top + y + 4), f"{number(100 * row.share, 0)} %", size=SMALL)
        ink = INK if row.reproducible else MUTED
        put(figure, (width - 66, top + y + 4), number(row.stability, 2), size=SMALL, color=ink, align="right")
        put(figure, (width - 60, top + y + 4), "" if row.stability is None else "came back" if row.reproducible else "did not", size=SMALL, color=ink)
        at += height
        lines_between.plot([0, 1], [at, at], color=RULE, linewidth=0.5)
    return figure


def _bar(axes: Any, row: Row, y: float) -> None:
    look = {"color": INK} if row.reproducible else {"facecolor": PAPER, "edgecolor": MUTED, "hatch": "////", "linewidth": 0.8}
    axes.barh([y], [row.share], height=12, zorder=3, **look)
    axes.plot([0, 0], [y - 9, y + 9], color=RULE, linewidth=1, zorder=2)
