"""Figures -> bytes: PNG, SVG and PDF files, the same on every run."""

from __future__ import annotations

import io
import re
import warnings
from html import escape
from typing import TYPE_CHECKING, Any

from matplotlib import rc_context
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import Op, PdfFile, RendererPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image

from tracker.charts.style import is_cjk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.charts.style import Caption

UNHINTED = {"text.hinting": "none"}  # letters as wide in a PNG as they were measured
_NO_DATES = {"Date": None, "Creator": None, "Format": None, "Type": None}


def png_bytes(figure: Figure, dpi: float = 144) -> bytes:
    """Return the figure as PNG on white, two pixels to a point; `dpi` counts pixels to 72 of the figure's."""
    out, canvas, usual = io.BytesIO(), figure.canvas, figure.dpi
    with rc_context(UNHINTED), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.set_dpi(dpi)
        raw, size = FigureCanvasAgg(figure).print_to_buffer()
    figure.set_dpi(usual)
    figure.set_canvas(canvas)
    picture = Image.frombytes("RGBA", size, raw).convert("RGB")  # on white: nothing shines through, and a quarter less to pack
    picture.save(out, format="PNG", dpi=(dpi, dpi), compress_level=2)
    return out.getvalue()


def pdf_bytes(figure: Figure, caption: Caption, scale: float = 1.0) -> bytes:
    """Return the figure as one page of PDF, in letters that can be searched; those of Chinese, Japanese and Korean are outlines.

    Args:
        figure: The figure.
        caption: Its title becomes the document's.
        scale: Points of the page to a pixel of the figure.
    """
    out = io.BytesIO()
    width, height = (72 * float(side) for side in figure.get_size_inches())
    told = {"Title": caption.title, "Creator": None, "Producer": None, "CreationDate": None}
    with rc_context({**UNHINTED, "pdf.fonttype": 42}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        file = PdfFile(out, metadata=told)
        file.newPage(scale * width / 72, scale * height / 72)
        file.output(scale, 0, 0, scale, 0, 0, Op.concat_matrix)
        page = _Page(file, 72, height / 72, width / 72)
        figure.draw(page)
        page.finalize()
        file.finalize()
        file.close()
    return out.getvalue()


class _Page(RendererPdf):  # type: ignore[misc]  # matplotlib's has no types
    """A page on which letters that PDF cannot take from their font are drawn as outlines."""

    def draw_text(  # noqa: PLR0917 - matplotlib's
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: bool = False,  # noqa: FBT001, FBT002
        mtext: Any = None,
    ) -> None:
        """Draw one line."""
        if is_cjk(s):
            RendererBase.draw_text(self, gc, x, y, s, prop, angle, ismath, mtext)  # as outlines
        else:
            super().draw_text(gc, x, y, s, prop, angle, ismath=ismath, mtext=mtext)


def sized_svg(svg: str, scale: float) -> str:
    """Return what `svg_text` returned with another size: `scale` points to a pixel."""
    return re.sub(r'\s(width|height)="([\d.]+)pt"', lambda found: f' {found[1]}="{scale * float(found[2]):.2f}pt"', svg, count=2)


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
