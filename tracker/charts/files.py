"""Figures -> bytes: PNG and SVG files, the same on every run."""

from __future__ import annotations

import io
import re
import warnings
from html import escape
from typing import TYPE_CHECKING

from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.charts.style import Caption

UNHINTED = {"text.hinting": "none"}  # letters as wide in a PNG as they were measured
_NO_DATES = {"Date": None, "Creator": None, "Format": None, "Type": None}


def png_bytes(figure: Figure) -> bytes:
    """Return the figure as PNG on white, two pixels to a point."""
    out = io.BytesIO()
    with rc_context(UNHINTED), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(out, format="png", dpi=144, metadata={"Software": None}, pil_kwargs={"compress_level": 4})
    return out.getvalue()


def svg_text(figure: Figure, name: str, caption: Caption, *, outlines: bool = True) -> str:
    """Return the figure as SVG, labelled for a screen reader.

    Args:
        figure: The figure; its canvas stays as it was.
        name: A word for ids, unlike that of any other chart on the same page.
        caption: Its title and description become `<title>` and `<desc>`.
        outlines: Letters as outlines, the same wherever the file is opened; else as text, for `inline_svg`.
    """
    out, canvas = io.StringIO(), figure.canvas
    for i, text in enumerate(figure.texts):
        text.set_gid(text.get_gid() or f"line-{i}")
    with rc_context({"svg.hashsalt": name, "svg.fonttype": "path" if outlines else "none"}), warnings.catch_warnings():
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
