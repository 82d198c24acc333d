"""The report on a phone, enlarged, in the dark and on paper: nothing sticks out and nothing is left out."""

from __future__ import annotations

import re

import pytest

OPEN_ALL = "() => { for (const item of document.querySelectorAll('details')) item.open = true; }"
# What reaches beyond the window's edge and does not stand in a box of its own that scrolls.
STICKING_OUT = """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1
  && e.getBoundingClientRect().width > 1 && !e.closest('.scroll, pre, svg')).map(e => `${e.tagName}.${e.className}#${e.id}`).slice(0, 8)"""
# What paper must hold: all but the tools, and the tables behind charts other than the first, whose numbers stand in data/.
# Of what is long, the first of each list, and how many more there are and where.
PRINTED = """() => [...document.querySelectorAll('h2, blockquote, .claim, tbody td, tbody th, .text p, p.paper')]
  .filter(e => !e.closest('details.numbers:not(.main-numbers), .screen, .brief .quote ~ .quote, tr:nth-child(n+61)')).map(e => {
    const copy = e.cloneNode(true);
    for (const aside of copy.querySelectorAll('b')) aside.remove();  // who is heard stands at the margin
    if (copy.matches('.claim')) for (const link of copy.querySelectorAll('a')) link.remove();
    return [e.tagName, copy.textContent];
  })"""
SIZES = {
    "wall": {"viewport": {"width": 2560, "height": 1400}},
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "desk at 200 %": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
    "desk at 400 %": {"viewport": {"width": 320, "height": 225}, "device_scale_factor": 4},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True, "has_touch": True},
    "small phone": {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True},
}


@pytest.mark.parametrize("size", SIZES)
def test_nothing_makes_the_page_scroll_sideways(opened, any_page, size):
    page = opened(any_page, **SIZES[size])
    page.evaluate(OPEN_ALL)
    wide, room = page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]")
    assert page.evaluate(STICKING_OUT) == []
    assert wide <= room


def test_letters_twice_as_large_still_fit(opened, any_page):
    page = opened(any_page)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    page.evaluate(OPEN_ALL)
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth")


def test_a_chart_is_drawn_for_the_width_it_is_seen_at(opened, demo_page):
    for size, drawn, other in (("desk", ".wide", ".narrow"), ("phone", ".narrow", ".wide")):
        chart = opened(demo_page, **SIZES[size]).locator("#chart-themes")
        assert chart.locator(f"{drawn} svg").is_visible()
        assert not chart.locator(f"{other} svg").is_visible()


def test_in_the_dark_the_page_is_dark_and_its_letters_light(opened, demo_page):
    light = "() => { const c = getComputedStyle(document.body); return [c.backgroundColor, c.color].map(s => s.match(/[0-9.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0)); }"
    paper, ink = opened(demo_page, color_scheme="dark").evaluate(light)
    assert paper < 150
    assert ink > 600
    paper, ink = opened(demo_page).evaluate(light)
    assert ink < 150
    assert paper > 600


@pytest.fixture(scope="module")
def printed(browser, tmp_path_factory):
    """Print a page as a person would; its text and, page by page, the boxes of its letters."""
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed; it comes with the extra `pdf`")
    done = {}

    def print_(path, paper="A4"):
        if (path, paper) not in done:
            window = browser.new_context()
            page = window.new_page()
            page.goto(path.as_uri())
            told = page.evaluate(PRINTED)
            file = tmp_path_factory.mktemp("print") / "page.pdf"
            page.pdf(path=file, format=paper, print_background=True)
            window.close()
            with pdfium.PdfDocument(file) as document:
                done[path, paper] = told, [_letters(sheet) for sheet in document]
        return done[path, paper]

    return print_


def _letters(sheet):
    """Width and height of a sheet, its text, and the left, bottom, right and top of each stretch of letters."""
    text = sheet.get_textpage()
    found = (*sheet.get_size(), text.get_text_range(), [text.get_rect(i) for i in range(text.count_rects())])
    text.close()
    return found


def squeezed(text):
    """Without spaces and line ends, which a printed page has elsewhere; the hyphens at its line ends are told apart by pdfium."""
    return re.sub(r"[\s\u00ad\ufffe\u2010-\u2011-]+", "", text)


@pytest.mark.parametrize("which", ["demo_page", "many_page"])
def test_the_printed_page_has_every_heading_claim_quote_number_and_marked_sentence(request, printed, which):
    told, sheets = printed(request.getfixturevalue(which))
    paper = squeezed("".join(text for *_, text, _ in sheets))
    missing = [(tag, text.strip()[:80]) for tag, text in told if squeezed(text) and squeezed(text)[:60] not in paper]
    assert missing == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("which", ["demo_page", "many_page", "timed_page"])
def test_no_letter_stands_off_the_paper(request, printed, which, paper):
    _, sheets = printed(request.getfixturevalue(which), paper)
    assert len(sheets) > 2
    off = [
        i for i, (width, height, _, boxes) in enumerate(sheets) for left, bottom, right, top in boxes if left < 0 or bottom < 0 or right > width or top > height
    ]
    assert off == []


def test_what_was_open_before_printing_is_as_it_was_afterwards(opened, demo_page):
    page = opened(demo_page)
    page.locator("#evidence details.theme > summary").first.click()
    count = "document.querySelectorAll('details[open]').length"
    before = page.evaluate(count)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(count) > before
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(count) == before
