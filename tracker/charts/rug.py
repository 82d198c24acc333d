"""The speeches on a line of time: a mark each, gaps as gaps, speeches and words counted under each span of years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

from tracker.charts.style import (
    AFTER,
    AFTER_INK,
    BEFORE,
    BEFORE_INK,
    BODY,
    HALO,
    INK,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    Caption,
    font_notes,
    new_figure,
    panel,
    put,
    text_width,
    wrap,
)
from tracker.charts.wording import first_day, spelled_date
from tracker.numerals import count, number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from matplotlib.figure import Figure

    from tracker.findings.records import Comparison
    from tracker.findings.speech_records import SpeechSummary

Side = Literal["before", "after", ""]
LABELLED, HEADED = 4, 80
SPANS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
LONG_GAP_DAYS = 120
COLOURS = {"before": (BEFORE, BEFORE_INK), "after": (AFTER, AFTER_INK), "": (MUTED, MUTED)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A speech: the days its date allows, its period, and how it is labelled."""

    first: date
    last: date
    side: Side
    day: str
    title: str
    words: int


@dataclass(frozen=True, slots=True)
class RugData:
    """The marks in order of date and the longest gap (end of one date, start of the next), if it stands out."""

    marks: tuple[Mark, ...]
    undated: int
    gap: tuple[date, date] | None
    caption: Caption


def data(
    speeches: Sequence[SpeechSummary],
    comparison: Comparison,
    before: Collection[str] = (),
    after: Collection[str] = (),
    *,
    notices: tuple[str, ...] = (),
) -> RugData:
    """Choose what the chart shows.

    Args:
        speeches: Every speech of the corpus.
        comparison: The two periods, for their names.
        before: Ids of the speeches of the first period.
        after: Ids of the speeches of the second period.
        notices: Sentences that must stand on every chart.
    """
    earlier, later = frozenset(before), frozenset(after)
    marks = tuple(sorted((m for s in speeches if (m := _mark(s, earlier, later))), key=lambda m: (m.first, m.last, m.title)))
    undated = len(speeches) - len(marks)
    gap = _gap(marks)
    notes = [f"{count(undated, 'speech', 'speeches')} without a date {'is' if undated == 1 else 'are'} not on the line."] if undated else []
    notes += [*notices, *font_notes([m.title for m in marks] if len(marks) <= LABELLED else [])]
    sides = {m.side for m in marks}
    shape = ("Hollow", "Filled") if len(marks) <= HEADED else ("Short", "Tall")
    reading = " ".join(
        [
            "Each mark is a speech.",
            *([f"{shape[0]}: {comparison.before.label}."] if "before" in sides else []),
            *([f"{shape[1]}: {comparison.after.label}."] if "after" in sides else []),
            *(["Grey: in neither period."] if "" in sides and len(sides) > 1 else []),
        ]
    )
    return RugData(marks, undated, gap, Caption(_title(marks, gap), reading, tuple(notes), _description(marks)))


def _mark(speech: SpeechSummary, before: Collection[str], after: Collection[str]) -> Mark | None:
    first = first_day(speech.date)
    if first is None:
        return None
    last = {"year": date(first.year, 12, 31), "month": date(first.year + first.month // 12, first.month % 12 + 1, 1)}.get(speech.precision, first)
    side: Side = "before" if speech.id in before else "after" if speech.id in after else ""
    return Mark(first, last, side, spelled_date(speech.date), speech.title or speech.id, speech.tokens)


def _gap(marks: tuple[Mark, ...]) -> tuple[date, date] | None:
    """Return the longest gap when it is long beside the usual one."""
    gaps = [(b.first - a.last, a.last, b.first) for a, b in pairwise(marks)]
    if not gaps:
        return None
    longest = max(gaps, key=lambda g: (g[0], g[1]))
    usual = median(g[0].days for g in gaps)
    return longest[1:] if longest[0].days >= LONG_GAP_DAYS and (len(gaps) < 3 or longest[0].days >= 3 * usual) else None


def _span(start: date, end: date) -> str:
    months = round((end - start).days / 30.44)
    return count(months, "month") if months < 24 else count(round(months / 12), "year")


def _title(marks: tuple[Mark, ...], gap: tuple[date, date] | None) -> str:
    if not marks:
        return "No speech has a date"
    if len(marks) == 1:
        return f"One speech, {marks[0].day}"
    if len(marks) == 2:
        return (
            f"Two speeches, {_span(marks[0].first, marks[1].first)} apart"
            if gap
            else f"Two speeches, {count((marks[1].first - marks[0].first).days, 'day')} apart"
        )
    whole = f"{count(len(marks), 'speech', 'speeches')} over {_span(marks[0].first, marks[-1].last)}"
    return f"{whole}, none for {_span(*gap)} after {spelled_date(gap[0].isoformat()[:7])}" if gap else f"{whole}, without a long gap"


def _description(marks: tuple[Mark, ...]) -> str:
    if len(marks) <= LABELLED:
        return "; ".join(f"{m.day}: {m.title}, {count(m.words, 'word')}" for m in marks) + "."
    years = sorted({m.first.year for m in marks})
    return "; ".join(f"{y}: {count(sum(m.first.year == y for m in marks), 'speech', 'speeches')}" for y in years[:60]) + "."


def draw(chosen: RugData, width: float = 760) -> Figure:
    """Draw the line, the marks, and the counts under it."""
    marks = chosen.marks
    if not marks:
        return new_figure(chosen.caption, width, 10)[0]
    left, right = 62.0, width - 10.0
    first, last = marks[0].first.year, marks[-1].last.year
    step = next((s for s in SPANS if last // s - first // s + 1 <= (right - left) // (58 if s < 200 else 84)), SPANS[-1])
    start, end = date(first - first % step or 1, 1, 1), date(min(last - last % step + step, date.max.year), 1, 1)
    place = (left, right, start.toordinal(), end.toordinal())
    lanes = _lanes(marks, place) if len(marks) <= LABELLED else ()
    line = 58 * (1 + max((lane for _, _, lane in lanes), default=-1)) + 44.0
    figure, top = new_figure(chosen.caption, width, line + 78)
    axes = panel(figure, (left, top, right, top + line + 12), (place[2], place[3]))
    axes.plot([place[2], place[3]], [line, line], color=INK, linewidth=1.2, zorder=2)
    _counts(figure, axes, marks, (left, right, top + line, line), (start.year, end.year, step))
    if len(marks) <= HEADED:
        for mark in marks:
            _draw_mark(axes, mark, line)
    else:
        _draw_stems(axes, marks, (end - start).days / (right - left), line)
    for mark, (x, lines, lane) in zip(marks, lanes, strict=False):
        _label(figure, axes, mark, (x, lines, top, 58.0 * lane), line)
    if chosen.gap and len(marks) > LABELLED:
        _draw_gap(figure, axes, chosen.gap, place, (top, line))
    return figure


def _lanes(marks: tuple[Mark, ...], place: tuple[float, float, int, int]) -> tuple[tuple[float, tuple[str, ...], int], ...]:
    """Give each label its left edge, its lines, and the first lane where it overlaps no other."""
    left, right, start, end = place
    taken: list[list[tuple[float, float]]] = []
    found = []
    for mark in marks:
        at = left + (right - left) * (mark.first.toordinal() - start) / (end - start)
        room = min(250.0, (right - 4) * 0.62)
        lines = wrap(mark.title, room, size=SMALL, lines=2)
        size = max(text_width(mark.day, BODY, "bold"), *(text_width(line, SMALL) for line in lines))
        x = min(at - 4, right - size)
        lane = next((i for i, row in enumerate(taken) if all(x > e + 14 or x + size < s - 14 for s, e in row)), len(taken))
        taken += [[]] if lane == len(taken) else []
        taken[lane].append((x, x + size))
        found.append((x, lines, lane))
    return tuple(found)


def _label(figure: Figure, axes: Any, mark: Mark, place: tuple[float, tuple[str, ...], float, float], line: float) -> None:
    x, lines, top, y = place
    put(figure, (x, top + y + 13), mark.day, weight="bold", color=COLOURS[mark.side][1]).set_bbox(HALO)
    for i, text in enumerate(lines):
        put(figure, (x, top + y + 29 + 15 * i), text, size=SMALL).set_bbox(HALO)
    day = mark.first.toordinal()
    axes.plot([day, day], [y + 34 + 15 * (len(lines) - 1), line - 22], color=RULE, linewidth=0.8, zorder=1)


def _draw_mark(axes: Any, mark: Mark, line: float) -> None:
    """Draw a stem with a hollow or filled head; a date known only to the month or year is a bar on the line."""
    color, day = COLOURS[mark.side][0], mark.first.toordinal()
    tall = 17
    if mark.last > mark.first:
        axes.plot([day, mark.last.toordinal()], [line, line], color=color, linewidth=4, solid_capstyle="butt", zorder=3)
    axes.plot([day, day], [line, line - tall], color=color, linewidth=1.3, zorder=3)
    if mark.side:
        face = PAPER if mark.side == "before" else color
        axes.plot([day], [line - tall], marker="o", markersize=7, markerfacecolor=face, markeredgecolor=color, markeredgewidth=1.7, zorder=4, clip_on=False)


def _draw_stems(axes: Any, marks: tuple[Mark, ...], days_per_pixel: float, line: float) -> None:
    """Draw many speeches as bare stems, one for each pixel, those of the later period taller."""
    for side, tall in (("", 7), ("before", 10), ("after", 17)):
        pixels = sorted({round(m.first.toordinal() / days_per_pixel) for m in marks if m.side == side})
        axes.vlines([pixel * days_per_pixel for pixel in pixels], line - tall, line, color=COLOURS[side][0], linewidth=0.9, zorder=3)


def _counts(figure: Figure, axes: Any, marks: tuple[Mark, ...], place: tuple[float, float, float, float], years: tuple[int, int, int]) -> None:
    """Set each span's name, speeches and words under the line."""
    left, right, y, line = place
    start, end, step = years
    put(figure, (2, y + 44), "speeches", size=SMALL, color=MUTED)
    put(figure, (2, y + 62), "words", size=SMALL, color=MUTED)
    spans = range(start, end, step)
    for i, year in enumerate(spans):
        x = left + (right - left) * (i + 0.5) / len(spans)
        inside = [m for m in marks if year <= m.first.year < year + step]
        put(figure, (x, y + 25), _years(year, step), weight="bold", align="center", size=SMALL)
        put(figure, (x, y + 44), number(len(inside), 0) if inside else "none", size=SMALL, align="center", color=INK if inside else MUTED)
        put(figure, (x, y + 62), _short(sum(m.words for m in inside)) if inside else "", size=SMALL, align="center")
        edge = date(max(year, 1), 1, 1).toordinal()
        axes.plot([edge, edge], [line, line + 7], color=INK, linewidth=0.9, clip_on=False)


def _short(words: int) -> str:
    return number(words, 0) if words < 1_000_000 else f"{number(words / 1e6)} M"


def _years(start: int, step: int) -> str:
    end = start + step - 1
    return str(start) if step == 1 else f"{start}–{end % 100:02d}" if start // 100 == end // 100 else f"{start}–{end}"


def _draw_gap(figure: Figure, axes: Any, gap: tuple[date, date], place: tuple[float, float, int, int], down: tuple[float, float]) -> None:
    """Bracket the longest gap and say how long it is."""
    left, right, start, end = place
    top, line = down
    a, b = (day.toordinal() for day in gap)
    y = line - 26
    axes.plot([a, a, b, b], [y + 4, y, y, y + 4], color=MUTED, linewidth=0.9)
    text = f"{_span(*gap)} without a speech"
    half = text_width(text, SMALL) / 2
    x = min(max(left + (right - left) * ((a + b) / 2 - start) / (end - start), half + 2), right - half)
    put(figure, (x, top + y - 6), text, size=SMALL, color=MUTED, align="center")
