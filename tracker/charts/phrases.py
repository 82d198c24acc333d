"""Phrases over time: a strip each, a mark where a speech says it, faint ticks where a speech does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import nan
from typing import TYPE_CHECKING, Any, Literal

from tracker.charts.style import (
    AFTER,
    AFTER_INK,
    BEFORE,
    BEFORE_INK,
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
    text_width,
)
from tracker.charts.wording import first_day, listed, spelled_date
from tracker.numerals import count
from tracker.slices import is_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from tracker.findings.phrase_records import Phrase
    from tracker.reports.content import ReportContent

Side = Literal["before", "after", ""]
MOST_OF_A_SIDE, MOST_SHARED, ROW = 6, 3, 40.0
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200)
COLOURS = {"before": (BEFORE, BEFORE_INK), "after": (AFTER, AFTER_INK), "": (MUTED, INK)}


@dataclass(frozen=True, slots=True)
class Strip:
    """One phrase: which period alone says it ("" for both or neither), its uses, its words on the right, and (day, uses, period of the speech)."""

    text: str
    side: Side
    uses: int
    told: str
    marks: tuple[tuple[date, int, Side], ...]


@dataclass(frozen=True, slots=True)
class PhrasesData:
    """The strips, those of the later period first, and the days of all speeches."""

    rows: tuple[Strip, ...]
    days: tuple[date, ...]
    caption: Caption


def data(content: ReportContent, notices: tuple[str, ...] = ()) -> PhrasesData:
    """Choose what the chart shows: phrases that one period alone says, and the commonest that both say.

    Args:
        content: The report; its comparison and its phrases.
        notices: Sentences that must stand on every chart.
    """
    comparison, found = content.comparison, content.phrases
    pair = comparison.phrases
    if pair is None or found is None:
        return PhrasesData((), (), Caption("No phrases", "", (), ""))
    known = {phrase.text.casefold(): phrase for phrase in found.phrases}
    sides = content.sides
    alone = {text.casefold() for text, _, _ in (*pair.before, *pair.after)}
    rows: list[Strip] = []
    for side, held in (("after", pair.after), ("before", pair.before)):
        told = [known[text.casefold()] for text, _, _ in held if text.casefold() in known]
        rows += [_strip(phrase, "after" if side == "after" else "before", sides) for phrase in told[:MOST_OF_A_SIDE]]
    shared = [p for p in found.phrases if p.text.casefold() not in alone and {sides.get(s, "") for _, s, _ in p.dates} >= {"before", "after"}]
    rows += [_strip(phrase, "", sides) for phrase in shared[:MOST_SHARED]]
    days = tuple(sorted(day for speech in content.speeches if (day := first_day(speech.date))))
    return PhrasesData(tuple(rows), days, _caption(content, rows, notices))


def _strip(phrase: Phrase, side: Side, sides: dict[str, Literal["before", "after"]]) -> Strip:
    marks = tuple((day, n, sides.get(speech, "")) for text, speech, n in phrase.dates if (day := first_day(text)))
    said = f"{spelled_date(phrase.first)}" if phrase.first == phrase.last else f"{spelled_date(phrase.first)} – {spelled_date(phrase.last)}"
    return Strip(phrase.text, side, phrase.uses, f"{count(phrase.uses, 'use')}, {said}", marks)  # type: ignore[arg-type]


def _caption(content: ReportContent, rows: Sequence[Strip], notices: tuple[str, ...]) -> Caption:
    before, after = content.comparison.before.label, content.comparison.after.label
    pair = content.comparison.phrases
    parts = []
    for side, label in (("after", after), ("before", before)):
        quoted = [f"“{row.text}”" for row in rows if row.side == side][:2]
        if quoted:
            n = pair.counts[side == "after"] if pair else 0
            more = [f"{n - len(quoted):,} more"] if n > len(quoted) else []
            parts.append(f"only {'that ' if is_open(label) else ''}{label} says {listed([*quoted, *more])}")
    title = (
        f"Of the two periods, {'; '.join(parts)}"
        if parts
        else f"No phrase stands {pair.least if pair else 3} times or more in one period and never in the other"
    )
    reading = "A mark is a speech that says the phrase, larger the oftener; a faint tick is a speech that does not. "
    reading += f"Blue: {before}. Orange: {after}. Grey: in neither period. First and last use are those of the whole corpus."
    notes = ("Counted word by word; nothing is tested.", *notices, *font_notes([row.text for row in rows]))
    return Caption(title, reading, notes, "; ".join(f"{row.text}: {row.told}" for row in rows) + ".")


def draw(chosen: PhrasesData, width: float = 760) -> Figure:
    """Draw a strip for each phrase above one axis of years."""
    rows, days = chosen.rows, chosen.days
    if not rows or not days:
        return new_figure(chosen.caption, width, 10)[0]
    figure, top = new_figure(chosen.caption, width, ROW * len(rows) + 26)
    left, right = 8.0, width - 8.0
    first, last = days[0].toordinal(), days[-1].toordinal()
    spare = max(20.0, 0.02 * (last - first))
    axes = panel(figure, (left, top, right, top + ROW * len(rows) + 8), (first - spare, last + spare))
    ticks = sorted({round((day.toordinal() - first) * (right - left) / (last - first + 2 * spare)) for day in days})
    xs = [first + tick * (last - first + 2 * spare) / (right - left) for tick in ticks]
    for i, row in enumerate(rows):
        _draw_row(figure, axes, row, (left, right, top, ROW * i), xs)
    _years(figure, axes, (first - spare, last + spare), (left, right, top, ROW * len(rows)))
    return figure


def _draw_row(figure: Figure, axes: Any, row: Strip, place: tuple[float, float, float, float], ticks: Sequence[float]) -> None:
    left, right, top, y = place
    room = right - left
    told = row.told if text_width(row.told, SMALL) < 0.55 * room else count(row.uses, "use")
    put(figure, (left, top + y + 13), clip(row.text, room - text_width(told, SMALL) - 16, weight="bold"), weight="bold", color=COLOURS[row.side][1])
    put(figure, (right, top + y + 13), told, size=SMALL, color=MUTED, align="right")
    line = y + 28
    axes.plot([x for tick in ticks for x in (tick, tick, nan)], [line - 3, line + 3, nan] * len(ticks), color=RULE, linewidth=0.9, zorder=1)  # one path
    for side in ("", "before", "after"):
        look: dict[str, Any] = {"markerfacecolor": COLOURS[side][0], "markeredgecolor": PAPER, "markeredgewidth": 0.7, "zorder": 3}
        for size in sorted({uses for _, uses, of in row.marks if of == side}):
            days = _told_apart([day.toordinal() for day, uses, of in row.marks if (of, uses) == (side, size)], axes.get_xlim(), room)
            axes.plot(days, [line] * len(days), linestyle="none", marker="o", markersize=min(11.0, 4.0 + 1.4 * size**0.5), **look)


def _told_apart(days: list[int], span: tuple[float, float], room: float) -> list[float]:
    """Of very many marks one for each pixel: no more can be told apart."""
    if len(days) <= room:
        return list(map(float, days))
    step = (span[1] - span[0]) / room
    return [step * pixel for pixel in sorted({round(day / step) for day in days})]


def _years(figure: Figure, axes: Any, span: tuple[float, float], place: tuple[float, float, float, float]) -> None:
    """Set round years under the strips."""
    left, right, top, y = place
    years = range(date.fromordinal(max(1, int(span[0]))).year, date.fromordinal(int(span[1])).year + 1)
    step = next((s for s in STEPS if len(years) / s * 48 <= right - left), STEPS[-1])
    axes.plot(span, [y + 2, y + 2], color=INK, linewidth=0.9)
    for year in years:
        at = date(year, 1, 1).toordinal()
        if year % step == 0 and span[0] <= at <= span[1]:
            axes.plot([at, at], [y + 2, y + 7], color=INK, linewidth=0.9, clip_on=False)
            x = left + (right - left) * (at - span[0]) / (span[1] - span[0])
            put(figure, (min(max(x, left + 14), right - 14), top + y + 20), str(year), size=SMALL, align="center")
