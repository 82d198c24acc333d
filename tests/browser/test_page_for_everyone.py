"""The report by the rules of axe-core (it comes with the package axe-playwright-python): no violation, in the light, in the dark and on a phone."""

from __future__ import annotations

import pytest

OPEN_ALL = "() => { for (const item of document.querySelectorAll('details')) item.open = true; }"
SEEN = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "more contrast asked for": {"forced_colors": "active"},
}


@pytest.mark.parametrize("seen", SEEN)
def test_axe_finds_nothing_in_the_demonstration_with_all_its_evidence_open(opened, violations, demo_page, seen):
    page = opened(demo_page, **SEEN[seen])
    page.evaluate(OPEN_ALL)
    assert violations(page) == []


@pytest.mark.parametrize("which", ["many_page", "timed_page"])
def test_axe_finds_nothing_in_a_report_of_many_themes_or_of_many_years(opened, violations, request, which):
    page = opened(request.getfixturevalue(which))
    page.evaluate(OPEN_ALL)
    assert violations(page) == []


def test_axe_finds_what_is_wrong_where_something_is(opened, violations, demo_page):
    page = opened(demo_page)
    page.evaluate("() => { document.documentElement.lang = ''; document.querySelector('h2').style.color = '#ddd'; }")
    assert {"html-has-lang", "color-contrast"} <= {rule for rule, _, _ in violations(page)}
