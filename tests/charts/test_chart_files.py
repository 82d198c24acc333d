"""Charts as files, and the text in them."""

import io
import re
import xml.etree.ElementTree as ET

import pytest

from tracker.charts import dumbbell, style
from tracker.charts.files import png_bytes, svg_text
from tracker.charts.inline import inline_svg
from tracker.charts.style import Caption, font_notes, frame, new_figure, put, text_width, wrap

CAPTION = Caption("A <title> & $5", "How to read it.", ("A note.",), "Numbers in <words>.")


def figure():
    made, _ = new_figure(CAPTION, 400, 50)
    put(made, (2, 100), "half $x$ of it")
    return made


def test_an_svg_is_labelled_and_valid():
    root = ET.fromstring(svg_text(figure(), "one", CAPTION))  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.find(f"{space}title").text == CAPTION.title
    assert root.find(f"{space}desc").text == CAPTION.description


def test_files_are_the_same_bytes_twice_and_carry_no_date(two):
    chosen = dumbbell.data(two.comparison)
    first, second = dumbbell.draw(chosen), dumbbell.draw(chosen)
    assert svg_text(first, "x", chosen.caption) == svg_text(second, "x", chosen.caption)
    assert png_bytes(first) == png_bytes(second)
    assert "date" not in svg_text(first, "x", chosen.caption)
    assert b"tEXt" not in png_bytes(first)


def test_a_png_stands_on_white():
    from matplotlib.image import imread

    assert tuple(imread(io.BytesIO(png_bytes(figure())))[0, 0][:3]) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("width", [358, 620, 680, 760, 840])
@pytest.mark.parametrize("wide", [84 * 72 / 25.4, 160 * 72 / 25.4, 960.0])
def test_a_png_is_as_straight_as_its_figure_at_every_resolution(width, wide):
    import numpy as np
    from PIL import Image

    made = style.new_figure(CAPTION, float(width), 300)[0]
    style.panel(made, (width / 2 - 5, 0, width / 2 + 5, 300), (0, 10)).axvline(5, color="#000000", linewidth=4)
    grey = np.asarray(Image.open(io.BytesIO(png_bytes(made, wide / width * 144))).convert("L"))
    assert abs(grey.shape[1] - 2 * wide) <= 1
    upper, lower = (int(grey[row].argmin()) for row in (grey.shape[0] // 3, grey.shape[0] // 2))
    assert grey[grey.shape[0] // 3].min() < 128
    assert abs(upper - lower) <= 1


def test_inside_a_page_an_svg_takes_the_pages_colours_and_leaves_the_caption_out():
    made = figure()
    svg = inline_svg(svg_text(made, "one", CAPTION), frame(CAPTION, 400), made)
    assert "var(--paper)" in svg
    assert not re.search(r"#[0-9a-f]{6}\b", svg)
    assert f'viewBox="0 {frame(CAPTION, 400).head:g} 400 50"' in svg
    assert "caption-" not in svg
    assert 'width="' not in svg.split(">", 1)[0]


def test_every_reference_inside_an_inline_svg_has_its_target(two):
    chosen = dumbbell.data(two.comparison)
    made = dumbbell.draw(chosen)
    svg = inline_svg(svg_text(made, "themes", chosen.caption), frame(chosen.caption, 760), made)
    ids = re.findall(r'\sid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg)) <= set(ids)


@pytest.mark.parametrize("outlines", [True, False])
def test_inside_a_page_letters_are_text_and_what_is_said_twice_is_said_once(outlines):
    made, top = new_figure(CAPTION, 400, 50)
    put(made, (200, top + 20), "half $x$ < 1", size=style.SMALL, weight="bold", align="center", color=style.MUTED)
    axes = style.panel(made, (0, top, 400, top + 50), (0, 9))
    axes.plot(range(9), [3] * 9, linestyle="none", marker="o")
    svg = inline_svg(svg_text(made, "one", CAPTION, outlines=outlines), frame(CAPTION, 400), made)
    assert re.findall(r"<text.*?</text>", svg) == [f'<text class="m b s" style="fill:var(--muted)" x="200" y="{top + 20:g}">half $x$ &lt; 1</text>']
    assert (svg.count("<use "), len(re.findall(r"<use [^>]*style", svg))) == (9, 0)
    assert "DejaVu" not in svg
    assert not re.findall(r"\d\.\d\d", svg.split("</desc>")[1].replace(f"{top + 20:g}", ""))


def test_a_chart_as_a_file_brings_its_letters_as_outlines():
    assert "<text" not in svg_text(figure(), "one", CAPTION)


def test_wrapped_lines_fit_and_lose_no_word():
    text = "The long-promised reform of the regional administration"
    lines = wrap(text, 120, lines=9)
    assert " ".join(lines) == text
    assert all(text_width(line) <= 120 for line in lines)


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert wrap("one two three four five six", 60, lines=1)[0].endswith("…")


def test_chinese_wraps_by_character():
    lines = wrap("港口的未来在于新的码头和铁路", 60, lines=9)
    assert len(lines) > 1
    assert "".join(lines) == "港口的未来在于新的码头和铁路"


def test_a_missing_chinese_font_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr(style, "families", lambda: ("DejaVu Sans",))
    assert "fonts-noto-cjk" in font_notes(["港口"])[0]
    assert font_notes(["harbour"]) == ()


@pytest.mark.parametrize("ink", [style.INK, style.MUTED, style.BEFORE_INK, style.AFTER_INK])
def test_text_has_a_contrast_of_four_and_a_half(ink):
    channels = [int(ink[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    assert 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05) >= 4.5


def test_a_pdf_takes_chinese_letters_as_outlines_and_is_the_same_twice():
    from tracker.charts.files import pdf_bytes
    from tracker.charts.style import Caption, new_figure, put

    def drawn():
        figure, _ = new_figure(Caption("一带一路 in two years", "", (), ""), 400, 60)
        put(figure, (20, 40), "高质量发展 and growth")
        return pdf_bytes(figure, Caption("一带一路 in two years", "", (), ""))

    assert drawn() == drawn()
    assert drawn().startswith(b"%PDF")
