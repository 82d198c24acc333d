"""The report without a mouse: everything is reached by Tab, seen when it is reached, and used with Enter, Space and the arrows."""

from __future__ import annotations

REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter(e => e.checkVisibility({visibilityProperty: true})).length"""
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return {body: e === document.body, seen, inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
          what: e.tagName + ' ' + e.textContent.trim().slice(0, 40)};
}"""


def focused(page):
    return page.evaluate(FOCUSED)


def test_the_first_tab_shows_a_link_past_the_masthead_and_enter_follows_it(opened, demo_page):
    page = opened(demo_page)
    page.keyboard.press("Tab")
    first = focused(page)
    assert first["inside"]
    assert first["what"] == "A Skip to what the texts say"
    page.keyboard.press("Enter")
    page.wait_for_url("**#texts")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('texts').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_CONTAINED_BY")


def test_tab_reaches_every_tool_of_the_page_and_each_shows_where_it_is(opened, demo_page):
    page = opened(demo_page, reduced_motion="reduce")  # else the page is still gliding there when it is looked at
    expected, found = page.evaluate(REACHABLE), []
    for _ in range(expected + 1):
        page.keyboard.press("Tab")
        at = focused(page)
        if at["body"]:
            break
        found.append(at)
    assert len(found) == expected
    assert [at["what"] for at in found if not at["seen"]] == []
    assert [at["what"] for at in found if not at["inside"]] == []


def test_enter_and_space_open_and_close_a_theme(opened, demo_page):
    page = opened(demo_page)
    theme = page.locator("#evidence details.theme").first
    theme.locator("summary").focus()
    for key, is_open in (("Enter", True), ("Space", False), ("Space", True)):
        page.keyboard.press(key)
        assert theme.evaluate("theme => theme.open") is is_open


def test_enter_and_space_sort_a_table_and_the_focus_stays(opened, many_page):
    page = opened(many_page)
    page.locator("#themes details.numbers > summary").focus()
    page.keyboard.press("Enter")
    head = page.locator("#themes details.numbers thead th").nth(1)
    head.locator("button").focus()
    for key, way in (("Enter", "descending"), ("Space", "ascending")):
        page.keyboard.press(key)
        assert head.get_attribute("aria-sort") == way
        assert page.evaluate("document.activeElement.closest('th').cellIndex") == 1


def test_words_typed_into_the_filter_leave_the_themes_that_hold_them(opened, many_page):
    page = opened(many_page)
    label = page.locator("#evidence details.theme .term").nth(5).text_content()
    page.locator("#evidence input[type=search]").focus()
    page.keyboard.type(label)
    shown = page.locator("#evidence details.theme:visible .term").all_text_contents()
    assert label in shown
    assert len(shown) < 60


def test_a_table_that_is_wider_than_the_screen_scrolls_with_the_arrows(opened, many_page):
    page = opened(many_page, viewport={"width": 390, "height": 800})
    page.locator("#themes details.numbers > summary").click()
    table = page.locator("#themes details.numbers .scroll").first
    table.focus()
    assert table.evaluate("e => e === document.activeElement && e.scrollWidth > e.clientWidth")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
