"""The look of every chart: colours, type, fixed margins, and text that is measured before it is set."""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDE, NARROW = 760, 358
MARGIN = 2

INK, MUTED, RULE, FAINT, PAPER = "#1b1b1a", "#5f5c57", "#d8d3c9", "#efebe3", "#ffffff"
BEFORE, AFTER = "#0072b2", "#d55e00"  # Okabe & Ito's blue and vermilion, told apart by every kind of colour vision
BEFORE_INK, AFTER_INK = "#00568a", "#9c4400"  # the same hues dark enough for text: contrast above 4.5 on white

BODY, SMALL, TITLE = 12.0, 10.5, 17.0
CJK_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "WenQuanYi Micro Hei", "PingFang SC", "Hiragino Sans", "Microsoft YaHei", "SimHei")
FAR = "\u2e80"  # where Chinese, Japanese and Korean begin
CJK_NOTE = "No font for Chinese, Japanese or Korean is installed, so these words show as boxes: install the package fonts-noto-cjk."


HALO = {"facecolor": PAPER, "edgecolor": "none", "pad": 2.0}
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a chart.

    Args:
        title: What it shows, or that it shows nothing: a sentence.
        reading: How to read it.
        notes: What is left out, and warnings, a sentence each.
        description: The numbers in words, for a reader who cannot see it.
    """

    title: str
    reading: str
    notes: tuple[str, ...]
    description: str


def noted(caption: Caption, was: str, now: str) -> Caption:
    """Return a caption with one note for another; first where it had none."""
    notes = caption.notes
    return replace(caption, notes=tuple(now if note == was else note for note in notes) if was in notes else (now, *notes))


@dataclass(frozen=True, slots=True)
class Frame:
    """A caption cut into lines for one width, and the height in pixels that it takes above and below the chart."""

    title: tuple[str, ...]
    reading: tuple[str, ...]
    notes: tuple[str, ...]
    head: float
    foot: float


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """Return the font families to set text in: DejaVu Sans, then the first installed one with Chinese."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return ("DejaVu Sans", *[name for name in CJK_FONTS if name in installed][:1])


def is_cjk(text: str) -> bool:
    """Whether a text has a Chinese, Japanese or Korean character."""
    return any("⺀" <= c <= "鿿" or "가" <= c <= "힯" or "豈" <= c <= "﫿" or "＀" <= c <= "￯" for c in text)


def font_notes(texts: Iterable[str]) -> tuple[str, ...]:
    """Return which package to install when a text needs a font that is missing."""
    return (CJK_NOTE,) if len(families()) == 1 and any(map(is_cjk, texts)) else ()


def _font(text: str, size: float, weight: str) -> Any:
    """Return the typeface of a text: the second family is asked only where the first cannot have a letter, for every one asked takes time."""
    far = max(text, default="") >= FAR
    return _properties(families() if far else families()[:1], size, weight)


@lru_cache(maxsize=64)
def _properties(chosen: tuple[str, ...], size: float, weight: str) -> Any:
    return font_manager.FontProperties(family=list(chosen), size=size, weight=weight)


def text_width(text: str, size: float = BODY, weight: str = "normal") -> float:
    """Return the room in pixels that one line of text takes: its letters side by side, a little more than kerning leaves of it."""
    return math.fsum(_advance(letter, size, weight) for letter in text)


@lru_cache(maxsize=16384)
def _advance(letter: str, size: float, weight: str) -> float:
    """Return how far a letter moves the next one, spaces too: measured between two others."""
    font = _font(letter, size, weight)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        with_it, without = (text_to_path.get_text_width_height_descent(held, font, ismath=False)[0] for held in (f"H{letter}H", "HH"))
    return float(with_it - without)


def wrap(text: str, width: float, *, size: float = BODY, weight: str = "normal", lines: int = 3) -> tuple[str, ...]:
    """Cut a text into at most `lines` lines no wider than `width` pixels; what does not fit ends in an ellipsis."""
    done, line = [], ""
    for piece in _pieces(_SPACES.sub(" ", text).strip(" "), width, size, weight):
        if line and text_width((line + piece).rstrip(), size, weight) > width:
            done.append(line.strip())
            line = piece.lstrip()
        else:
            line += piece
    done.append(line.strip())
    if len(done) > lines:
        last = done[lines - 1]
        while last and text_width(last + "…", size, weight) > width:
            last = last[:-1]
        done = [*done[: lines - 1], last.rstrip() + "…"]
    return tuple(done)


def clip(text: str, width: float, *, size: float = BODY, weight: str = "normal") -> str:
    """Return a text in one line no wider than `width` pixels, cut at any character."""
    line = _SPACES.sub(" ", text).strip(" ")
    if text_width(line, size, weight) <= width:
        return line
    while line and text_width(line + "…", size, weight) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def _pieces(text: str, width: float, size: float, weight: str) -> Iterator[str]:
    """Yield words with their space; Chinese and words that are too long by character."""
    for word in text.split(" "):
        if is_cjk(word) or text_width(word, size, weight) > width:
            yield from word
            yield " "
        else:
            yield word + " "


def frame(caption: Caption, width: float) -> Frame:
    """Cut a caption into lines for a figure of this width."""
    room = width - 2 * MARGIN
    title = wrap(caption.title, room, size=TITLE, weight="bold", lines=4)
    reading = wrap(caption.reading, room, size=SMALL, lines=6) if caption.reading else ()
    notes = tuple(line for note in caption.notes for line in wrap(note, room, size=SMALL, lines=6))
    return Frame(title, reading, notes, 24.0 * len(title) + 16.0 * len(reading) + 26, 16.0 * len(notes) + (14 if notes else 6))


def new_figure(caption: Caption, width: float, body: float) -> tuple[Figure, float]:
    """Return a figure with its caption set, and the pixel at which the chart itself begins.

    Args:
        caption: Title and how to read it above, notes below.
        width: Width in pixels (a pixel is 1/72 inch, so PNGs at other resolutions keep the proportions).
        body: Height of the chart itself in pixels.
    """
    words = frame(caption, width)
    height = words.head + body + words.foot
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
    FigureCanvasAgg(figure)
    for i, line in enumerate(words.title):
        put(figure, (MARGIN, 20 + 24 * i), line, size=TITLE, weight="bold")
    for i, line in enumerate(words.reading):
        put(figure, (MARGIN, 24 * len(words.title) + 18 + 16 * i), line, size=SMALL, color=MUTED)
    for i, line in enumerate(words.notes):
        put(figure, (MARGIN, words.head + body + 14 + 16 * i), line, size=SMALL, color=MUTED)
    for i, text in enumerate(figure.texts):
        text.set_gid(f"caption-{i}")
    return figure, words.head


def put(
    figure: Figure,
    place: tuple[float, float],
    text: str,
    *,
    size: float = BODY,
    color: str = INK,
    weight: str = "normal",
    align: str = "left",
) -> Any:
    """Set one line of text with its baseline at pixel (x, y) from the top left corner and return it; `$` is a dollar sign."""
    width, height = figure.get_size_inches() * 72
    x, y = place[0] / width, 1 - place[1] / height
    return figure.text(x, y, text, fontproperties=_font(text, size, weight), color=color, ha=align, va="baseline", parse_math=False)


def panel(figure: Figure, box: tuple[float, float, float, float], limits: tuple[float, float]) -> Any:
    """Add bare axes.

    Args:
        figure: The figure.
        box: Left, top, right and bottom in pixels from the top left corner.
        limits: Data values at the left and right edges; y counts pixels downwards from the top edge.
    """
    left, top, right, bottom = box
    width, height = figure.get_size_inches() * 72
    axes = figure.add_axes((left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height))
    axes.set_axis_off()
    axes.set_xlim(*limits)
    axes.set_ylim(bottom - top, 0)
    return axes


def round_steps(low: float, high: float, most: int) -> list[float]:
    """Return at most `most` + 1 round values between low and high."""
    steps = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return [float(step) for step in steps if low - 1e-9 <= step <= high + 1e-9]
