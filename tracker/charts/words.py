"""Words that mark one period off from the other: dots of weighted log-odds, with the counts behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.charts.style import (
    AFTER,
    AFTER_INK,
    BEFORE,
    BEFORE_INK,
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
    text_width,
    wrap,
)
from tracker.charts.wording import left_out, listed, side_size
from tracker.numerals import number, signed
from tracker.slices import as_noun, during

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.findings.records import WordList, WordRow

MOST, ROW = 15, 25.0


STARRED = " A star: it passes the test over speeches (q <= {most:.2g}, {tested:,} words tested)."
UNSTARRED = " None of {tested:,} tested words passes the test over speeches, so none has a star."
UNTESTED = " Nothing is tested here."


@dataclass(frozen=True, slots=True)
class WordsData:
    """Words most typical of each period, the strongest first: (word, before count, after count, z, starred)."""

    before: tuple[tuple[str, int, int, float, bool], ...]
    after: tuple[tuple[str, int, int, float, bool], ...]
    more: int
    starred: int
    heads: tuple[tuple[str, str], tuple[str, str]]
    caption: Caption

    @property
    def rows(self) -> tuple[int, ...]:
        """The ranks that are drawn: a word of either period on each."""
        return tuple(range(max(len(self.before), len(self.after))))

    def fewer(self, most: int) -> WordsData:
        """Return the strongest words of each period, and where the others are."""
        gone = (*self.before[most:], *self.after[most:])
        more, starred = self.more + len(gone), self.starred + sum(row[4] for row in gone)
        caption = noted(self.caption, _rest(self.more, self.starred), _rest(more, starred))
        return replace(self, before=self.before[:most], after=self.after[:most], more=more, starred=starred, caption=caption)


def data(words: WordList, notices: tuple[str, ...] = ()) -> WordsData:
    """Choose the words: each one shown occurs in the period it is shown for.

    Args:
        words: The answer of `tracker words`.
        notices: Sentences that must stand on every chart.
    """
    after = sorted((r for r in words.rows if r.z > 0 and r.after_count), key=lambda r: (-r.z, r.term))
    before = sorted((r for r in words.rows if r.z < 0 and r.before_count), key=lambda r: (r.z, r.term))
    more = max(0, len(after) - MOST) + max(0, len(before) - MOST)
    hidden = sum(r.starred for r in (*before[MOST:], *after[MOST:]))
    notes = [_rest(more, hidden)] if more else []
    notes += [*notices, *font_notes([r.term for r in words.rows])]
    starred = [r.term for r in words.rows if r.starred]
    reading = (
        f"Further out: more typical of that period (weighted log-odds z; prior of {number(words.prior_tokens, 0)} words, for ranking only). "
        f"Beside each word how often it occurs, {words.before.label}\u00a0:\u00a0{words.after.label}."
        + (STARRED if starred else UNSTARRED if words.tested else UNTESTED).format(most=1 - words.level, tested=words.tested)
    )
    shown = [r.term for r in (*before[:MOST], *after[:MOST])]
    title = _title(words, [_quoted(r) for r in before[:2]], [_quoted(r) for r in after[:2]])
    description = f"{words.before.label}: {listed(shown[: len(before[:MOST])])}. {words.after.label}: {listed(shown[len(before[:MOST]) :])}."
    caption = Caption(title, reading, tuple(notes), description)
    return WordsData(tuple(map(_row, before[:MOST])), tuple(map(_row, after[:MOST])), more, hidden, _heads_of(words), caption)


def _rest(more: int, starred: int) -> str:
    """Say how many words are not drawn, and how many of them pass the test."""
    return left_out(more, "word", "words") + (f" {starred:,} of them {'have stars' if starred > 1 else 'has a star'}." if starred else "")


def _row(row: WordRow) -> tuple[str, int, int, float, bool]:
    return row.term, row.before_count, row.after_count, row.z, row.starred


def _quoted(row: WordRow) -> str:
    return f"“{row.term}”"


def _heads_of(words: WordList) -> tuple[tuple[str, str], tuple[str, str]]:
    before, after = words.counted or (None, None)
    return (words.before.label, side_size(words.before, before)), (words.after.label, side_size(words.after, after))


def _title(words: WordList, before: list[str], after: list[str]) -> str:
    """Name the two words most typical of each period."""
    said = [f"{listed(terms)} {during(side.label)}" for side, terms in ((words.before, before), (words.after, after)) if terms]
    return f"Most typical words: {'; '.join(said)}" if said else f"No word marks {as_noun(words.after.label)} off from {as_noun(words.before.label)}"


def draw(chosen: WordsData, width: float = 760) -> Figure:
    """Draw the two halves around one zero line; on a phone the counts stand below their word."""
    rows = max(len(chosen.before), len(chosen.after))
    first, middle = 62.0, width / 2
    each = ROW if width > 520 else 2 * SMALL + 17  # where there is no room beside a word, its counts stand below it
    figure, top = new_figure(chosen.caption, width, first + each * rows + 26)
    reach = 150.0 if width > 520 else 44.0
    limit = max([abs(z) for *_, z, _ in (*chosen.before, *chosen.after)], default=1.0) or 1.0
    axes = panel(figure, (middle - reach, top, middle + reach, top + first + each * rows), (-limit, limit))
    axes.plot([0, 0], [first - 10, first + each * rows], color=RULE, linewidth=1, zorder=0)
    _heads(figure, chosen, (middle, width, top))
    for i, row in enumerate(chosen.before):
        _dot(axes, row[3], first + each * (i + 0.5), hollow=True)
        _word(figure, row, (middle - reach * abs(row[3]) / limit - 11, top + first + each * (i + 0.5) + 4, -1), middle, below=each > ROW)
    for i, row in enumerate(chosen.after):
        _dot(axes, row[3], first + each * (i + 0.5), hollow=False)
        _word(figure, row, (middle + reach * row[3] / limit + 11, top + first + each * (i + 0.5) + 4, 1), middle, below=each > ROW)
    y = top + first + each * rows + 18
    for x, align, value in ((middle - reach, "center", -limit), (middle, "center", 0.0), (middle + reach, "center", limit)):
        put(figure, (x, y), "z = 0" if value == 0 else signed(value), size=SMALL, color=MUTED, align=align)
    return figure


def _heads(figure: Figure, chosen: WordsData, place: tuple[float, float, float]) -> None:
    """Set each period's name, speeches and words over its half."""
    middle, width, top = place
    room = width / 2 - 34
    for i, (name, size) in enumerate(chosen.heads):
        align, x = ("right", middle - 14) if i == 0 else ("left", middle + 14)
        ink = BEFORE_INK if i == 0 else AFTER_INK
        put(figure, (x, top + 15), wrap(name, room, weight="bold", lines=1)[0], weight="bold", color=ink, align=align)
        for k, line in enumerate(wrap(size, room, size=SMALL, lines=2)):
            put(figure, (x, top + 31 + 14 * k), line, size=SMALL, color=MUTED, align=align)


def _dot(axes: Any, z: float, y: float, *, hollow: bool) -> None:
    color = BEFORE if hollow else AFTER
    axes.plot([0, z], [y, y], color=color, linewidth=1, zorder=1)
    axes.plot(
        [z], [y], marker="o", markersize=7.5, markerfacecolor=PAPER if hollow else color, markeredgecolor=color, markeredgewidth=1.9, zorder=3, clip_on=False
    )


def _word(figure: Figure, row: tuple[str, int, int, float, bool], place: tuple[float, float, int], middle: float, *, below: bool) -> None:
    """Set the word outside its dot, then its counts beside or below it; a long word is cut before the edge."""
    term, before, after, _, starred = row
    x, y, way = place
    align = "left" if way > 0 else "right"
    counts = f"{before:,} : {after:,}"
    edge = x - 2 if way < 0 else 2 * middle - 2 - x
    weight = "bold" if starred else "normal"
    star = " ★" if starred else ""
    room = edge - text_width(star) - (0 if below else text_width(counts, SMALL) + 8)
    word = wrap(term, room, weight=weight, lines=1)[0] + star
    put(figure, (x, y), word, weight=weight, align=align)
    put(figure, (x, y + 14) if below else (x + way * (text_width(word, weight=weight) + 7), y), counts, size=SMALL, color=MUTED, align=align)
