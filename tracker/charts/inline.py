"""SVG to stand inside a page: in its colours and letters, without what the page says itself, as few bytes as it can be said in."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from tracker.charts.style import AFTER, AFTER_INK, BEFORE, BEFORE_INK, BODY, FAINT, INK, MUTED, PAPER, RULE, SMALL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure
    from matplotlib.text import Text

    from tracker.charts.style import Frame

PAGE_COLOURS = {
    INK: "currentColor",
    MUTED: "var(--muted)",
    RULE: "var(--rule)",
    FAINT: "var(--faint)",
    PAPER: "var(--paper)",
    BEFORE: "var(--before)",
    AFTER: "var(--after)",
    BEFORE_INK: "var(--before-ink)",
    AFTER_INK: "var(--after-ink)",
}
_PATH = re.compile(r"(?<=[\d. ])\s*([MLQCTz])\s*")
_DECIMALS = re.compile(r"\.(\d)\d+|\.0\b")
_DRAWN = re.compile(r'\sd="([^"]*)"')
_STRAIGHT = frozenset("MLz0123456789.- ")
_PLACED = re.compile(r'\s(?:d|x|y|transform)="[^"]*"')
_GROUPS = re.compile(r'<g id="[\w-]*?-(caption-\d+|line-\d+)">|<g\b|</g>')
_BEHIND = re.compile(r'\s*<g id="[\w-]*patch_\d+">.*?</g>', re.DOTALL)
_USES = re.compile(r'<g((?:\sclip-path="[^"]*")?)>((?:<use [^>]*?style="([^"]*)"/>)(?:<use [^>]*?style="\3"/>)+)</g>')
_ALONE = re.compile(r"<g>(<path[^>]*/>|<text[^>]*>[^<]*</text>)</g>")
_STEP = re.compile(r"([MLz])([^MLz]*)")
_ALIKE = re.compile(r'<path d="([^"]*)"((?:\sclip-path="[^"]*")?\sstyle="(?![^"]*opacity)(?:fill:none;|(?![^"]*stroke))[^"]*")/>(?:<path d="[^"]*"\2/>)+')
_CLIPPED = re.compile(r'(?:<path d="[^"]*"(\sclip-path="[^"]*")(?:\sstyle="[^"]*")?/>)(?:<path d="[^"]*"\1(?:\sstyle="[^"]*")?/>)+')
_ANCHORS = {"left": "", "center": "m", "right": "e"}


def inline_svg(svg: str, words: Frame, figure: Figure) -> str:
    """Return an SVG for the inside of a page: without its caption, in the page's colours and letters, as wide as there is room.

    Args:
        svg: What `svg_text` returned.
        words: The caption's lines for the same width: what stands above and below is cut off.
        figure: The figure that it was made from, for its lines of text.

    Caution:
        Room was measured in DejaVu Sans, one of the widest typefaces: a page's own may leave room, and needs none.
    """
    width, height = (float(side) for side in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())  # type: ignore[union-attr]
    foot = words.foot if words.notes else 0
    box = f'viewBox="0 {words.head:g} {width:g} {height - words.head - foot:g}"'
    svg = re.sub(r'\s(width|height)="[\d.]+pt"', "", svg, count=2)
    svg = re.sub(r'viewBox="[^"]*"', box, svg, count=1)
    svg = re.sub(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>\s*", "", svg, count=1, flags=re.DOTALL)
    svg = re.sub(r'\sxmlns(:xlink)?="[^"]*"', "", svg).replace("xlink:href", "href").replace(' version="1.1"', "", 1)
    svg = _with_text(svg, {str(text.get_gid()): _text(text, (width, height)) for text in figure.texts})
    for colour, in_page in PAGE_COLOURS.items():
        svg = svg.replace(colour, in_page)
    return _slim(svg)


def _with_text(svg: str, lines: Mapping[str, str]) -> str:
    """Put a line of text in the place of every group that draws one; what stands behind it stays, captions go."""
    parts, kept, opened, inside = [], 0, 0, ""
    for found in _GROUPS.finditer(svg):
        opened += (-1 if found[0] == "</g>" else 1) if inside else 0
        if not inside and found[1]:
            parts.append(svg[kept : found.start()])
            inside, opened, kept = found[1], 1, found.end()
        elif inside and not opened:
            behind = _BEHIND.match(svg, kept)
            parts += [] if inside.startswith("caption") else [behind[0] if behind else "", lines[inside]]
            inside, kept = "", found.end()
    return "".join([*parts, svg[kept:]])


def _slim(svg: str) -> str:
    """Drop ids that nothing refers to, white space and what is said twice; shorten ids and numbers."""
    used = set(re.findall(r'(?:href="#|url\(#|aria-\w+="\s*)([\w.-]+)', svg))
    svg = re.sub(r'\sid="([\w.-]+)"', lambda found: found[0] if found[1] in used else "", svg)
    prefix = re.search(r'aria-labelledby="([\w-]+)-title"', svg)[1]  # type: ignore[index]
    short = {name: f"{prefix}.{i}" for i, name in enumerate(sorted(used - {f"{prefix}-title", f"{prefix}-desc"}))}
    svg = re.sub(r'(\sid="|href="#|url\(#)([\w.-]+)', lambda found: found[1] + short.get(found[2], found[2]), svg)
    svg = _PLACED.sub(lambda found: _rounded(found[0]), svg)
    svg = re.sub(r"\s*\n\s*", " ", svg).replace("> <", "><")
    svg = _USES.sub(lambda found: f'<g{found[1]} style="{found[3]}">{found[2]}</g>'.replace(f' style="{found[3]}"/>', "/>"), svg)
    svg = _ALONE.sub(r"\1", svg)
    svg = re.sub(r'style="[^"]*"', lambda found: found[0].replace(": ", ":").replace("; ", ";"), svg)
    svg = re.sub(r'(?<=\sd=")[^"]*', lambda found: _stepwise(found[0]), svg)
    svg = _ALIKE.sub(lambda found: f'<path d="{"".join(re.findall(_DRAWN, found[0]))}"{found[2]}/>', svg)
    return _CLIPPED.sub(lambda found: f"<g{found[1]}>{found[0].replace(found[1], '')}</g>", svg)


def _stepwise(path: str) -> str:
    """Return a path of straight lines with those that run level or upright said by their one new number."""
    if not path.startswith("M") or not set(path) <= _STRAIGHT:
        return path.strip()
    said, at = [], ["", ""]
    for step, place in _STEP.findall(path):
        x, y = place.split() or at
        level, upright = step == "L" and y == at[1], step == "L" and x == at[0]
        said.append("z" if step == "z" else f"H{x}" if level else f"V{y}" if upright else f"{step}{x} {y}")
        at = [x, y]
    return "".join(said)


def _rounded(attribute: str) -> str:
    """Return an attribute with its numbers cut to a tenth of a pixel."""
    short = _DECIMALS.sub(lambda found: f".{found[1]}" if found[1] and found[1] != "0" else "", attribute.replace("\n", " "))
    return _PATH.sub(r"\1", short) if attribute.lstrip().startswith("d=") else short


def _text(text: Text, size: tuple[float, float]) -> str:
    """Return a line of text for the page, whose style sheet knows the usual sizes, weights and anchors by class."""
    (width, height), (x, y) = size, text.get_position()
    points, colour = text.get_fontsize(), str(text.get_color())
    places = f"{x * width:.1f}", f"{(1 - y) * height:.1f}"
    classes = [_ANCHORS[text.get_horizontalalignment()], "b" if text.get_fontweight() == "bold" else "", "s" if points == SMALL else ""]
    styles = [] if points in (BODY, SMALL) else [f"font-size: {points:g}px"]
    styles += [] if colour == INK else [f"fill: {colour}"]
    turned = f"rotate({-text.get_rotation():g} {places[0]} {places[1]})" if text.get_rotation() else ""
    said = {"class": " ".join(filter(None, classes)), "style": "; ".join(styles), "x": places[0], "y": places[1], "transform": turned}
    attributes = "".join(f' {name}="{value}"' for name, value in said.items() if value)
    return f"<text{attributes}>{escape(text.get_text(), quote=False)}</text>"
