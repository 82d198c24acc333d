"""How far the words of periods or groups lie apart: a cell for each pair, its number in bits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib import colormaps
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from tracker.charts.periods import short_names
from tracker.charts.style import INK, MUTED, PAPER, RULE, SMALL, Caption, clip, font_notes, new_figure, panel, put, text_width
from tracker.charts.wording import listed
from tracker.findings.series_claims import noun
from tracker.numerals import count, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.findings.series_records import DistanceMatrix, Series

MOST = 40
LEAST_EVENTS = 3
NUMBERED, LEAST = 24.0, 12.0  # pixels that a number and a name need
DARK, LIGHT = "#000000", "#fefefe"  # on cells, which keep their colours on a dark page
READING = (
    "Jensen-Shannon divergence of the words in bits, less what chance makes: 0, no more than chance; 1, not a word in common. "
    "Dark: near; bright: far (here at most {most})."
)


@dataclass(frozen=True, slots=True)
class DistanceData:
    """The groups in order and the distances of every pair; a group marked `few` has none."""

    names: tuple[str, ...]
    bits: tuple[tuple[float | None, ...], ...]
    few: tuple[bool, ...]
    caption: Caption


def data(series: Series, notices: tuple[str, ...] = ()) -> DistanceData:
    """Choose what the chart shows.

    Args:
        series: A series with distances.
        notices: Sentences that must stand on every chart.
    """
    matrix = series.distance
    names = dict(zip((g.label for g in series.groups), short_names(series.groups), strict=True))
    whole = matrix.groups if matrix else ()
    held = [i for i, label in enumerate(whole) if _known(matrix, i) or len(whole) <= MOST]
    kept = held[-MOST:]
    few = tuple(not _known(matrix, i) for i in kept)
    bits = tuple(tuple(matrix.bits[i][j] for j in kept) for i in kept) if matrix else ()
    pairs = [(value, whole[kept[i]], whole[kept[j]]) for i, row in enumerate(bits) for j, value in enumerate(row[:i]) if value is not None]
    left_out = len(whole) - len(kept)
    notes = [f"{left_out:,} more {noun(series.by, left_out)} in data/distance.csv."] if left_out else []
    notes += [f"Too few: fewer than {LEAST_EVENTS} events."] if any(few) else []
    notes += [*notices, *font_notes(whole)]
    most = max((value for value, _, _ in pairs), default=0.0)
    caption = Caption(_title(pairs), READING.format(most=number(most, _digits(most))), tuple(notes), _description(pairs))
    return DistanceData(tuple(names.get(whole[i], whole[i]) for i in kept), bits, few, caption)


def _known(matrix: DistanceMatrix | None, i: int) -> bool:
    """Whether a group has a distance to any other."""
    return matrix is not None and any(value is not None for j, value in enumerate(matrix.bits[i]) if j != i)


def _title(pairs: list[tuple[float, str, str]]) -> str:
    """Name the pair that lies furthest apart and the nearest: a description."""
    if not pairs:
        return "Too few events to measure how far the words lie apart"
    far, near = max(pairs, key=lambda p: p[0]), min(pairs, key=lambda p: p[0])
    if far[0] <= 0:
        return "No two lie further apart in their words than chance would put them"
    if len(pairs) == 1:
        return f"The words of {far[2]} and {far[1]} lie {number(far[0], _digits(far[0]))} bits apart"
    return f"{far[2]} and {far[1]} lie furthest apart in their words, {near[2]} and {near[1]} nearest"


def _description(pairs: list[tuple[float, str, str]]) -> str:
    ranked = sorted(pairs, key=lambda p: (-p[0], p[1], p[2]))[:12]
    said = listed([f"{b} and {a} {number(value, 3)}" for value, a, b in ranked])
    return f"{count(len(pairs), 'pair')}; the furthest in bits: {said}." if pairs else "No distances."


def _digits(most: float) -> int:
    return 3 if most < 0.1 else 2


def draw(chosen: DistanceData, width: float = 760) -> Figure:
    """Draw the lower half: a row and a column for each group, names beside the rows and under the columns."""
    n = len(chosen.names)
    left = min(150.0 if width > 520 else 96.0, max((text_width(name, SMALL) for name in chosen.names), default=0.0)) + 13
    each = min(58.0, (width - left - 4) / max(n, 1))
    tall = max(min(each, 34.0), LEAST)
    upright = max((text_width(name, SMALL) for name in chosen.names), default=0.0) > each - 4
    under = (min(120.0, max((text_width(name, SMALL) for name in chosen.names), default=0.0)) + 14) if upright else 24.0
    every = int(LEAST // each) + 1 if upright and each < LEAST else 1
    figure, top = new_figure(chosen.caption, width, tall * n + under)
    axes = panel(figure, (left, top, left + each * n, top + tall * n), (0, n))
    most = max((v for row in chosen.bits for v in row if v is not None), default=0.0)
    for i, name in enumerate(chosen.names):
        put(figure, (left - 8, top + tall * (i + 0.5) + 4), clip(name, left - 12, size=SMALL), size=SMALL, color=MUTED if chosen.few[i] else INK, align="right")
        if i % every == 0:
            _column_name(figure, name, (left + each * (i + 0.5), top + tall * n), upright=upright)
        for j in range(i):
            _cell(axes, chosen, (i, j, tall), most)
            if chosen.bits[i][j] is not None and each >= NUMBERED:
                _number(figure, chosen.bits[i][j] or 0.0, (left + each * (j + 0.5), top + tall * (i + 0.5) + 4), most)
        if chosen.few[i]:
            x = min(left + each * i + 4, width - text_width("too few", SMALL) - 2)
            put(figure, (x, top + tall * (i + 0.5) + 4), "too few", size=SMALL, color=MUTED)
    return figure


def _column_name(figure: Figure, name: str, place: tuple[float, float], *, upright: bool) -> None:
    x, y = place
    if not upright:
        put(figure, (x, y + 16), name, size=SMALL, align="center")
        return
    text = put(figure, (x + 4, y + 8), clip(name, 120, size=SMALL), size=SMALL, align="right")
    text.set_rotation(90)
    text.set_rotation_mode("anchor")


def _cell(axes: Any, chosen: DistanceData, place: tuple[int, int, float], most: float) -> None:
    """Fill a cell by its number, or hatch it where there is none."""
    i, j, tall = place
    value = chosen.bits[i][j]
    if value is None:
        look: dict[str, Any] = {"facecolor": PAPER, "edgecolor": RULE, "hatch": "////", "linewidth": 0}
    else:
        look = {"facecolor": _colour(value, most), "edgecolor": PAPER, "linewidth": 1}
    axes.add_artist(Rectangle((j, tall * i), 1, tall, zorder=1, **look))


def _colour(value: float, most: float) -> str:
    return str(to_hex(colormaps["cividis"](value / most if most > 0 else 0.0)))


def _number(figure: Figure, value: float, place: tuple[float, float], most: float) -> None:
    text = number(value, _digits(most)).removeprefix("0") if value > 0 else "0"
    put(figure, place, text, size=SMALL - 1, color=DARK if most > 0 and value / most > 0.5 else LIGHT, align="center")
