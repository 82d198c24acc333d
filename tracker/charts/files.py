"""Figures -> bytes: PNG and SVG files, the same on every run, and SVG to stand inside a page."""

from __future__ import annotations

import io
import re
import warnings
from html import escape
from typing import TYPE_CHECKING

from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG

from tracker.charts.style import AFTER, AFTER_INK, BEFORE, BEFORE_INK, FAINT, INK, MUTED, PAPER, RULE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.charts.style import Caption, Frame

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
UNHINTED = {"text.hinting": "none"}  # letters as wide in a PNG as they were measured
_DECIMALS = re.compile(r"(\.\d\d)\d+")
_NO_DATES = {"Date": None, "Creator": None, "Format": None, "Type": None}


def png_bytes(figure: Figure) -> bytes:
    """Return the figure as PNG on white, two pixels to a point."""
    out = io.BytesIO()
    with rc_context(UNHINTED), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(out, format="png", dpi=144, metadata={"Software": None})
    return out.getvalue()


def svg_text(figure: Figure, name: str, caption: Caption) -> str:
    """Return the figure as an SVG file with letters as outlines, labelled for a screen reader.

    Args:
        figure: The figure; its canvas stays as it was.
        name: A word for ids, unlike that of any other chart on the same page.
        caption: Its title and description become `<title>` and `<desc>`.
    """
    out, canvas = io.StringIO(), figure.canvas
    with rc_context({"svg.hashsalt": name, "svg.fonttype": "path"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        FigureCanvasSVG(figure).print_svg(out, metadata=_NO_DATES)
    figure.set_canvas(canvas)
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", svg)
    return _labelled(svg, name, caption)


def _labelled(svg: str, name: str, caption: Caption) -> str:
    labels = f'<title id="{name}-title">{escape(caption.title)}</title><desc id="{name}-desc">{escape(caption.description)}</desc>'
    return svg.replace("<svg ", f'<svg role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc" ', 1).replace(">", f">{labels}", 1)


def inline_svg(svg: str, words: Frame) -> str:
    """Return an SVG for the inside of a page: without its caption, in the page's colours, as wide as there is room.

    Args:
        svg: What `svg_text` returned.
        words: The caption's lines for the same width: what stands above and below is cut off.
    """
    width, height = (float(side) for side in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())  # type: ignore[union-attr]
    foot = words.foot if words.notes else 0
    box = f'viewBox="0 {words.head:g} {width:g} {height - words.head - foot:g}"'
    svg = re.sub(r'\s(width|height)="[\d.]+pt"', "", svg, count=2)
    svg = re.sub(r'viewBox="[^"]*"', box, svg, count=1)
    svg = re.sub(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>\s*", "", svg, count=1, flags=re.DOTALL)
    svg = re.sub(r'\sxmlns(:xlink)?="[^"]*"', "", svg).replace("xlink:href", "href")
    for colour, in_page in PAGE_COLOURS.items():
        svg = svg.replace(colour, in_page)
    return _slim(svg)


def _slim(svg: str) -> str:
    """Drop the caption's letters (not their outlines, which others share), ids that nothing refers to, and white space; shorten ids."""
    svg = re.sub(r'<g id="[\w-]*caption-\d+">.*?</g>\s*</g>', lambda group: "".join(re.findall(r"<defs>.*?</defs>", group[0], re.DOTALL)), svg, flags=re.DOTALL)
    used = set(re.findall(r'(?:href="#|url\(#|aria-\w+="\s*)([\w.-]+)', svg))
    svg = re.sub(r'\sid="([\w.-]+)"', lambda found: found[0] if found[1] in used else "", svg)
    prefix = re.search(r'aria-labelledby="([\w-]+)-title"', svg)[1]  # type: ignore[index]
    short = {name: f"{prefix}.{i}" for i, name in enumerate(sorted(used - {f"{prefix}-title", f"{prefix}-desc"}))}
    svg = re.sub(r'(\sid="|href="#|url\(#)([\w.-]+)', lambda found: found[1] + short.get(found[2], found[2]), svg)
    svg = re.sub(r'\sd="[^"]*"', lambda found: _PATH.sub(r"\1", _DECIMALS.sub(r"\1", found[0].replace("\n", " "))), svg)
    svg = re.sub(r"translate\([^)]*\)", lambda found: _DECIMALS.sub(r"\1", found[0]), svg)
    return re.sub(r"\s*\n\s*", " ", svg).replace("> <", "><")
