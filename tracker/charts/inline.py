"""SVG to stand inside a page: in its colours and letters, without what the page says itself, as few bytes as it can be said in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.charts.style import AFTER, AFTER_INK, BEFORE, BEFORE_INK, BODY, FAINT, INK, MUTED, PAPER, RULE, SMALL

if TYPE_CHECKING:
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
_PLACED = re.compile(r'\s(?:d|x|y|transform)="[^"]*"')
_TEXT = re.compile(r'<text style="([^"]*)" x="([^"]*)" y="([^"]*)"(?: transform="([^"]*)")?>')
_USES = re.compile(r'<g((?:\sclip-path="[^"]*")?)>((?:<use [^>]*?style="([^"]*)"/>)(?:<use [^>]*?style="\3"/>)+)</g>')
_ALONE = re.compile(r"<g>(<path[^>]*/>|<text[^>]*>[^<]*</text>)</g>")
_CLASSES = {"text-anchor: middle": "m", "text-anchor: end": "e", "font-weight: 700": "b", f"font-size: {SMALL:g}px": "s"}
_USUAL = ("text-anchor: start", f"font-size: {BODY:g}px", "fill: currentColor", "font-family")


def inline_svg(svg: str, words: Frame) -> str:
    """Return an SVG for the inside of a page: without its caption, in the page's colours and letters, as wide as there is room.

    Args:
        svg: What `svg_text` returned with letters as text.
        words: The caption's lines for the same width: what stands above and below is cut off.

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
    for colour, in_page in PAGE_COLOURS.items():
        svg = svg.replace(colour, in_page)
    return _slim(svg)


def _slim(svg: str) -> str:
    """Drop the caption's letters, ids that nothing refers to, white space and what is said twice; shorten ids and numbers."""
    svg = re.sub(r'<g id="[\w-]*caption-\d+">\s*<text[^>]*>[^<]*</text>\s*</g>', "", svg)
    used = set(re.findall(r'(?:href="#|url\(#|aria-\w+="\s*)([\w.-]+)', svg))
    svg = re.sub(r'\sid="([\w.-]+)"', lambda found: found[0] if found[1] in used else "", svg)
    prefix = re.search(r'aria-labelledby="([\w-]+)-title"', svg)[1]  # type: ignore[index]
    short = {name: f"{prefix}.{i}" for i, name in enumerate(sorted(used - {f"{prefix}-title", f"{prefix}-desc"}))}
    svg = re.sub(r'(\sid="|href="#|url\(#)([\w.-]+)', lambda found: found[1] + short.get(found[2], found[2]), svg)
    svg = _PLACED.sub(lambda found: _rounded(found[0]), svg)
    svg = _TEXT.sub(_text, svg)
    svg = re.sub(r"\s*\n\s*", " ", svg).replace("> <", "><")
    svg = _USES.sub(lambda found: f'<g{found[1]} style="{found[3]}">{found[2]}</g>'.replace(f' style="{found[3]}"/>', "/>"), svg)
    svg = _ALONE.sub(r"\1", svg)
    return re.sub(r'style="[^"]*"', lambda found: found[0].replace(": ", ":").replace("; ", ";"), svg)


def _rounded(attribute: str) -> str:
    """Return an attribute with its numbers cut to a tenth of a pixel."""
    short = _DECIMALS.sub(lambda found: f".{found[1]}" if found[1] and found[1] != "0" else "", attribute.replace("\n", " "))
    return _PATH.sub(r"\1", short) if attribute.lstrip().startswith("d=") else short


def _text(found: re.Match[str]) -> str:
    """Return the opening of a line of text: the page's style sheet knows the usual sizes, weights and anchors by class."""
    told = [part.strip() for part in found[1].split(";")]
    classes = " ".join(_CLASSES[part] for part in told if part in _CLASSES)
    rest = "; ".join(part for part in told if part not in _CLASSES and not part.startswith(_USUAL))
    turned = found[4] or ""
    said = {"class": classes, "style": rest, "x": found[2], "y": found[3], "transform": "" if turned.startswith(("rotate(-0 ", "rotate(0 ")) else turned}
    return "<text" + "".join(f' {name}="{value}"' for name, value in said.items() if value) + ">"
