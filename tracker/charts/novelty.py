"""Novelty and resonance of every speech: those that broke with the past are named, and stand on a line of time below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.charts.style import (
    AFTER,
    AFTER_INK,
    BEFORE,
    BEFORE_INK,
    HALO,
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
)
from tracker.charts.wording import first_day, spelled_date
from tracker.findings.series_claims import PASSED, STAYED, named_speech
from tracker.numerals import count, number, signed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.findings.series_records import Novelty, NoveltyRow

Box = tuple[float, float, float, float]
TALL, LOWEST, LEFT = 400.0, 150.0, 44.0
MOST_NAMED, FEW, UNTOLD, CROWD = 14, 1, 2, 1000
COLOURS = {STAYED: (AFTER, AFTER_INK, "^"), PASSED: (BEFORE, BEFORE_INK, "v")}
READING = (
    "Right: unlike the {n} before it. Up: more like the {n} after it than those before: what was new stayed; down: left behind. "
    "In bits, less how unlike all others it is, "
    "every speech as if it had {tokens} words."
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A speech: its place (novelty, resonance) in bits, its day, and its name where it has one; `verdict` is "" as usual."""

    novelty: float
    resonance: float
    day: int | None
    name: str
    date: str
    verdict: str


@dataclass(frozen=True, slots=True)
class NoveltyData:
    """The speeches that have numbers, those to be named first, the most unlike first; `beside`: their line of time at the right, both so high."""

    marks: tuple[Mark, ...]
    caption: Caption
    beside: float | None = None

    def lower(self, by: float) -> NoveltyData:
        """Return the chart with its two parts side by side; where they are, lower by so many pixels, but no lower than can be read."""
        return replace(self, beside=TALL if self.beside is None else max(LOWEST, self.beside - by))


def data(novelty: Novelty, notices: tuple[str, ...] = ()) -> NoveltyData:
    """Choose what the chart shows.

    Args:
        novelty: The answer of `tracker novelty`.
        notices: Sentences that must stand on every chart.
    """
    rows = [r for r in novelty.rows if r.novelty is not None and r.resonance is not None]
    told = [r for r in rows if r.verdict in COLOURS]
    ranked = sorted(rows, key=lambda r: (r not in told, -abs(r.resonance or 0.0), r.date, r.speech))
    named = min(MOST_NAMED, len(told)) or UNTOLD
    marks = tuple(_mark(r, name=i < named) for i, r in enumerate(ranked))
    ends = len(novelty.rows) - len(rows)
    notes = [f"{count(ends, 'speech', 'speeches')} at the beginning and the end have too few neighbours for a number."] if ends else []
    notes += ["The most unlike are named where there is room; all stand in data/novelty.csv."] if len(told) > FEW else []
    notes += [*notices, *font_notes([m.name for m in marks])]
    reading = READING.format(n=count(novelty.window, "speech", "speeches"), tokens=f"{novelty.tokens:,}")
    reading += f" Tested against {novelty.shuffles:,} shuffled orders." + ("" if told else " No speech passes; the two most unlike are named.")
    return NoveltyData(marks, Caption(_title(told, rows), reading, tuple(notes), _description(marks, told)))


def _mark(row: NoveltyRow, *, name: bool) -> Mark:
    day = first_day(row.date)
    title = " ".join((row.title or row.speaker or row.speech).split()) if name else ""
    return Mark(row.novelty or 0.0, row.resonance or 0.0, day.toordinal() if day else None, title, row.date, row.verdict if row.verdict in COLOURS else "")


def _title(told: list[NoveltyRow], rows: list[NoveltyRow]) -> str:
    """State which speeches broke with the past, or that none did."""
    stayed, passed = ([r for r in told if r.verdict == verdict] for verdict in (STAYED, PASSED))
    if len(told) == 1:
        return f"{named_speech(told[0])} {'broke with the past, and what was new stayed' if stayed else 'was left behind by what came after'}"
    if told:
        said = [
            f"{len(group):,} {end}"
            for group, end in ((stayed, "broke with the past and stayed"), (passed, "were left behind" if len(passed) > 1 else "was left behind"))
            if group
        ]
        return f"Of {len(rows):,} speeches {' and '.join(said)}"
    return "No speech broke with the past by more than chance" if rows else "There are too few speeches to tell which broke with the past"


def _description(marks: tuple[Mark, ...], told: list[NoveltyRow]) -> str:
    said = [f"{named_speech(r)}: novelty {signed(r.novelty, 2)}, resonance {signed(r.resonance, 2)} bits, {r.verdict}" for r in told]
    return f"{count(len(marks), 'speech', 'speeches')} by novelty and resonance. " + ("; ".join(said) or "None broke with the past by more than chance") + "."


def draw(chosen: NoveltyData, width: float = 760) -> Figure:
    """Draw the speeches by novelty and resonance, and below them their resonance over time."""
    tall, strip = (TALL, 120.0) if width > 520 else (330.0, 100.0)
    dated = sum(m.day is not None for m in chosen.marks) > 1
    beside = dated and chosen.beside is not None
    tall = chosen.beside or tall
    figure, top = new_figure(chosen.caption, width, (tall + 52 + (strip + 66 if dated and not beside else 0)) if chosen.marks else 10)
    if not chosen.marks:
        return figure
    end = round(0.58 * width) if beside else width - 4
    box = (LEFT, top + 16, end, top + 16 + tall)
    xs, ys = [m.novelty for m in chosen.marks], [m.resonance for m in chosen.marks]
    _scatter(figure, chosen.marks, box, (_limits(xs), _limits(ys)))
    if dated:
        place = (end + 24 + LEFT, box[1] + 10, width - 4, box[3]) if beside else (LEFT, box[3] + 66, width - 4, box[3] + 66 + strip)
        _strip(figure, chosen.marks, place, _limits(ys))
    return figure


def _limits(values: list[float]) -> tuple[float, float]:
    """Return the edges of an axis: beyond every value and beyond 0."""
    low, high = min(0.0, *values), max(0.0, *values)
    pad = 0.08 * (high - low) or 0.1
    return low - pad, high + pad


def _scatter(figure: Figure, marks: tuple[Mark, ...], box: Box, limits: tuple[tuple[float, float], tuple[float, float]]) -> None:
    left, top, right, bottom = box
    (x0, x1), (y0, y1) = limits
    axes = panel(figure, box, limits[0])
    axes.set_ylim(*limits[1])
    for step, digits in _steps(*limits[1]):
        axes.axhline(step, color=MUTED if step == 0 else RULE, linewidth=0.9 if step == 0 else 0.6, zorder=0)
        put(figure, (left - 6, bottom - (bottom - top) * (step - y0) / (y1 - y0) + 4), signed(step, digits), size=SMALL, color=MUTED, align="right")
    for step, digits in _steps(*limits[0]):
        axes.axvline(step, color=MUTED if step == 0 else RULE, linewidth=0.9 if step == 0 else 0.6, zorder=0)
        x = min(left + (right - left) * (step - x0) / (x1 - x0), right + 4 - text_width(signed(step, digits), SMALL) / 2)
        put(figure, (x, bottom + 16), signed(step, digits), size=SMALL, color=MUTED, align="center")
    put(figure, (right, bottom + 33), "novelty, bits →", size=SMALL, color=MUTED, align="right")
    put(figure, (2, top - 6), "↑ resonance, bits", size=SMALL, color=MUTED)
    corners = [("new, and it stayed", top + 14), ("left behind", bottom - 8)]
    taken = [(right - text_width(text, SMALL) - 8, y - 12, right, y + 4) for text, y in corners]
    for text, y in corners:
        put(figure, (right - 4, y), text, size=SMALL, color=MUTED, align="right").set_bbox({**HALO, "pad": 1})
    _points(axes, [(m.novelty, m.resonance, m.verdict) for m in marks], (limits, box))
    places = [(left + (right - left) * (m.novelty - x0) / (x1 - x0), bottom - (bottom - top) * (m.resonance - y0) / (y1 - y0)) for m in marks]
    taken += [(x - 5.0, y - 5.0, x + 5.0, y + 5.0) for x, y in sorted({(round(x / 4) * 4, round(y / 4) * 4) for x, y in places})]
    for m, place in zip(marks, places, strict=True):
        if m.name:
            _label(figure, m, place, (box, taken))


def _steps(low: float, high: float) -> list[tuple[float, int]]:
    steps = round_steps(low, high, 5)
    digits = next((d for d in (1, 2, 3) if all(abs(round(s, d) - s) < 1e-9 for s in steps)), 3)
    return [(0.0 if abs(s) < 1e-12 else s, digits) for s in steps]


def _points(axes: Any, points: list[tuple[float, float, str]], ground: tuple[tuple[tuple[float, float], tuple[float, float]], Box]) -> None:
    """Draw a ring for each speech as usual, one for each two (in a crowd four) pixels, and a triangle for each that broke with the past."""
    (xs, ys), (left, top, right, bottom) = ground
    pixels = 2 if len(points) <= CROWD else 4
    across, down = (xs[1] - xs[0]) / (right - left) * pixels, (ys[1] - ys[0]) / (bottom - top) * pixels
    usual = {(round(x / across), round(y / down)): (x, y) for x, y, verdict in points if not verdict}
    kept = [usual[key] for key in sorted(usual)]
    look = {"linestyle": "none", "marker": "o", "markersize": 4.6, "markerfacecolor": "none", "markeredgewidth": 0.9}
    axes.plot([x for x, _ in kept], [y for _, y in kept], color=MUTED, zorder=2, clip_on=False, **look)
    for verdict, (color, _, marker) in COLOURS.items():
        held = [(x, y) for x, y, told in points if told == verdict]
        axes.plot(
            [x for x, _ in held],
            [y for _, y in held],
            linestyle="none",
            marker=marker,
            markersize=9,
            color=color,
            markeredgecolor=PAPER,
            zorder=4,
            clip_on=False,
        )


def _label(figure: Figure, mark: Mark, place: tuple[float, float], ground: tuple[Box, list[Box]]) -> None:
    """Set a name where it overlaps nothing: beside its mark, else nearby with a thin line; a name without room is left to the table."""
    (left, top, right, bottom), taken = ground
    x, y = place
    day = spelled_date(mark.date) if mark.date else ""
    text = clip(mark.name, min(230.0, (right - left) * 0.5), size=SMALL, weight="bold")
    wide = max(text_width(text, SMALL, "bold"), text_width(day, SMALL))
    middle = min(max(x - wide / 2, left + 4), right - wide - 4)
    spots = [(dx, dy, at) for dy in range(-144, 145, 12) for dx in (10.0, 50.0, 110.0) for at in (x - dx - wide, x + dx)]
    spots += [(30.0, dy, middle) for dy in range(-144, 145, 12)]
    for dx, dy, at in sorted(spots, key=lambda spot: (spot[0] + abs(spot[1]), spot[1], spot[2])):
        box = (at - 3, y + dy - 14, at + wide + 3, y + dy + 18)
        inside = box[0] >= left and box[2] <= right and box[1] >= top and box[3] <= bottom
        if inside and not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken) and _clear(box, place, taken):
            taken.append(box)
            _set(figure, mark, (text, day), (at, y + dy, wide, x, y), leads=dx > 10 or dy != 0)
            return


def _nearest(box: Box, x: float) -> float:
    """Return where on a label's line its leader begins: at the edge nearer to the mark, or right below or above it."""
    return min(max(x, box[0] + 1), box[2] - 1)


def _clear(box: Box, place: tuple[float, float], taken: list[Box]) -> bool:
    """Whether the line from a label to its mark crosses no other label."""
    (x, y), start, base = place, _nearest(box, place[0]), box[1] + 10
    along = [(start + (x - start) * k / 12, base + (y - base) * k / 12) for k in range(13)]
    return not any(b[2] - b[0] > 20 and b[0] < a < b[2] and b[1] < d < b[3] for a, d in along for b in taken)


def _set(figure: Figure, mark: Mark, words: tuple[str, str], place: tuple[float, float, float, float, float], *, leads: bool) -> None:
    at, base, wide, x, y = place
    ink = COLOURS[mark.verdict][1] if mark.verdict else INK
    near = _nearest((at - 3, 0, at + wide + 3, 0), x)
    if leads:
        start = base - 4 if not at < x < at + wide else base + 16 if y > base else base - 12
        low, first = min(start, y), min(near, x)
        axes = panel(figure, (first, low - 1, max(near, x) + 0.01, max(start, y) + 1), (first, max(near, x) + 0.01))
        axes.plot([near, x], [start - low + 1, y - low + 1], color=MUTED, linewidth=0.7, clip_on=False)
        axes.set_zorder(-1)
    side, align = (at + wide, "right") if at + wide < x else (at, "left")
    put(figure, (side, base - 1), words[0], size=SMALL, weight="bold" if mark.verdict else "normal", color=ink, align=align)
    put(figure, (side, base + 13), words[1], size=SMALL, color=MUTED, align=align)


def _strip(figure: Figure, marks: tuple[Mark, ...], box: Box, limits: tuple[float, float]) -> None:
    """Draw novelty over time: a stem for each speech from 0, the telling ones with their mark."""
    left, top, right, bottom = box
    days = [m.day for m in marks if m.day is not None]
    first, last = min(days), max(days)
    pad = max(1.0, 0.02 * (last - first))
    ends = (first - pad, last + pad)
    put(figure, (left - LEFT + 2, top - 8), "Resonance over time, bits", size=SMALL, weight="bold")
    axes = panel(figure, box, ends)
    axes.set_ylim(*limits)
    for step, digits in _steps(*limits):
        axes.axhline(step, color=MUTED if step == 0 else RULE, linewidth=0.9 if step == 0 else 0.6, zorder=0)
        put(
            figure,
            (left - 6, bottom - (bottom - top) * (step - limits[0]) / (limits[1] - limits[0]) + 4),
            signed(step, digits),
            size=SMALL,
            color=MUTED,
            align="right",
        )
    points = [(float(m.day), m.resonance, m.verdict) for m in marks if m.day is not None]
    _points(axes, points, ((ends, limits), box))
    for x, y, verdict in points:
        if verdict:
            axes.plot([x, x], [0, y], color=COLOURS[verdict][0], linewidth=1.1, zorder=3)
    for year, day in _years(first, last, (right - left) / (text_width("2000", SMALL) + 16)):
        x = left + (right - left) * (day - ends[0]) / (ends[1] - ends[0])
        put(figure, (x, bottom + 16), number(year, 0).replace(",", ""), size=SMALL, color=MUTED, align="center")
        axes.plot([day, day], [limits[0], limits[0] + (limits[1] - limits[0]) * 0.03], color=MUTED, linewidth=0.8, clip_on=False)


def _years(first: int, last: int, most: float) -> list[tuple[int, int]]:
    """Return round years that fit, with the day on which each begins."""
    from datetime import date

    a, b = date.fromordinal(first).year, date.fromordinal(last).year
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if (b - a) / s <= most - 1), 1000)
    inside = [(y, date(y, 1, 1).toordinal()) for y in range(max(a, 1), b + 1) if y % step == 0]
    return [(y, day) for y, day in inside if first <= day <= last] or [(a, first)]
