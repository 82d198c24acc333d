"""Distinctive words of each speech or period, side by side, with their TF-IDF weights as small bars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.charts.style import INK, MUTED, RULE, SMALL, Caption, font_notes, new_figure, noted, panel, put, wrap
from tracker.charts.wording import listed, spelled_date
from tracker.numerals import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from tracker.findings.records import DistinctiveWords

COLUMNS, WORDS, ROW = 6, 10, 24.0


@dataclass(frozen=True, slots=True)
class TfidfData:
    """A column for each speech or period: (date, title, ((word, weight, count), ...)), in order of date."""

    columns: tuple[tuple[str, str, tuple[tuple[str, float, int], ...]], ...]
    more: int
    caption: Caption

    @property
    def rows(self) -> tuple[str, ...]:
        """What heads each column: columns stand one below the other where there is no room beside."""
        return tuple(heading for heading, *_ in self.columns)

    def fewer(self, most: int) -> TfidfData:
        """Return the newest columns, and where the others are."""
        columns = self.columns[-most:]
        more = self.more + len(self.columns) - len(columns)
        was, now = (_newest(n, k) for n, k in ((len(self.columns), self.more), (len(columns), more)))
        return replace(self, columns=columns, more=more, caption=noted(self.caption, was, now))


def data(distinctive: Sequence[DistinctiveWords], notices: tuple[str, ...] = ()) -> TfidfData:
    """Choose the newest speeches or periods that fit and their strongest words.

    Args:
        distinctive: The words of every speech or period.
        notices: Sentences that must stand on every chart.
    """
    ranked = sorted((d for d in distinctive if d.rows), key=lambda d: (d.date, d.label))
    chosen = ranked[-COLUMNS:]
    columns = tuple((*_heading(d), tuple(sorted(d.rows, key=lambda r: (-r[1], r[0]))[:WORDS])) for d in chosen)
    more = len(ranked) - len(chosen)
    notes = [_newest(len(chosen), more)] if more else []
    notes += [*notices, *font_notes([w for *_, rows in columns for w, _, _ in rows])]
    if columns:
        said = [f"“{rows[0][0]}” ({head})" for head, _, rows in (columns if len(columns) <= 2 else columns[-2:])]
        title = f"What each text says more than the others: {listed(said)}" if len(ranked) > 1 else f"The words of {columns[0][0]}"
    else:
        title = "No word sets one text apart from the others"
    reading = "Bars: TF-IDF weight, high for a word frequent here and rare in the other texts. Beside it how often the word occurs here."
    description = ". ".join(f"{head}: {listed([w for w, _, _ in rows])}" for head, _, rows in columns) + "."
    return TfidfData(columns, more, Caption(title, reading, tuple(notes), description))


def _newest(shown: int, more: int) -> str:
    return f"The newest {shown}; {more:,} more in data/tfidf.csv."


def _heading(words: DistinctiveWords) -> tuple[str, str]:
    """Return the date (or the label where there is none) and the title, if it says more."""
    if not words.date:
        return words.label, ""
    day = spelled_date(words.date)
    return day, "" if words.label in ("", words.date, day) else words.label


def draw(chosen: TfidfData, width: float = 760) -> Figure:
    """Draw the columns, two or three in a row; on a phone one below the other."""
    across = 1 if width < 520 else 2 if len(chosen.columns) in (2, 4) else min(3, max(1, len(chosen.columns)))
    bands = [chosen.columns[i : i + across] for i in range(0, len(chosen.columns), across)]
    heights = [56 + ROW * max(len(rows) for *_, rows in band) + 18 for band in bands]
    figure, top = new_figure(chosen.caption, width, sum(heights) + 4)
    each = (width - 30 * (across - 1)) / across
    at = top
    for band, height in zip(bands, heights, strict=True):
        for i, column in enumerate(band):
            _column(figure, column, (i * (each + 30), at, each))
        at += height
    return figure


def _column(figure: Figure, column: tuple[str, str, tuple[tuple[str, float, int], ...]], place: tuple[float, float, float]) -> None:
    """Draw one heading, its words, and a bar behind each weight."""
    heading, title, rows = column
    left, top, each = place
    put(figure, (left + 2, top + 16), wrap(heading, each - 4, weight="bold", lines=1)[0], weight="bold")
    if title:
        put(figure, (left + 2, top + 32), wrap(title, each - 4, size=SMALL, lines=1)[0], size=SMALL, color=MUTED)
        top += 16
    limit = max(weight for _, weight, _ in rows) or 1.0
    middle = left + each * 0.46
    axes = panel(figure, (left, top + 24, left + each, top + 40 + ROW * len(rows)), (left, left + each))
    axes.plot([left + 2, left + each - 2], [2, 2], color=INK, linewidth=1.2)
    room = each * 0.54 - 72
    for i, (word, weight, times) in enumerate(rows):
        y = 16 + ROW * i
        axes.plot([left + 2, left + each - 2], [y + 11.5, y + 11.5], color=RULE, linewidth=0.5)
        axes.barh([y], [room * weight / limit], left=middle, height=8, color=INK)
        put(figure, (left + 2, top + 24 + y + 4), wrap(word, each * 0.46 - 8, lines=1)[0])
        end = middle + room * weight / limit + 6
        put(figure, (end, top + 24 + y + 4), number(weight, 2 if limit >= 0.1 else 3), size=SMALL)
        put(figure, (left + each - 2, top + 24 + y + 4), f"× {times}", size=SMALL, color=MUTED, align="right")
