"""`tracker view` in a real browser: the list, a report, two reports beside each other, and no way in from another address."""

from __future__ import annotations

import json
import threading

import pytest

from tracker.tasks.view import make_server
from tracker.tasks.workspace import Workspace

LATER = "29990101T000000-hostile0"
HOSTILE = '<img src=x onerror="document.title=1"> & "later"'


@pytest.fixture(scope="module")
def served(demonstrated, tmp_path_factory):
    """The demonstration's report and a later one with a hostile title, verdicts of its own and a claim of its own, served."""
    workspace = Workspace(tmp_path_factory.mktemp("served"))
    newest = (demonstrated.reports_path / "latest").resolve()
    workspace.reports_path.mkdir()
    _copy(newest, workspace.reports_path / newest.name)
    later = workspace.reports_path / LATER
    _copy(newest, later)
    told = json.loads((later / "report.json").read_text(encoding="utf-8"))
    told["data"]["title"] = HOSTILE
    told["data"]["findings"][0]["claim"] = f"Something else {HOSTILE}"
    told["data"]["compare"]["themes"][0] |= {"verdict": "rose", "label": HOSTILE}
    (later / "report.json").write_text(json.dumps(told), encoding="utf-8")
    server = make_server(workspace)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", newest.name
    server.shutdown()
    server.server_close()
    thread.join()


def _copy(source, target):
    (target / "charts").mkdir(parents=True)
    for path in ("index.html", "report.json", "manifest.json", "charts/themes.svg"):
        (target / path).write_bytes((source / path).read_bytes())


def test_the_list_shows_each_report_with_its_date_size_and_first_finding_and_leads_to_it(opened, served):
    address, name = served
    page = opened(f"{address}/")
    rows = page.locator("li.run")
    assert rows.count() == 2
    assert rows.nth(0).locator("a").first.text_content() == HOSTILE
    assert rows.nth(1).locator(".small").first.text_content().endswith(f"UTC · 2 speeches · {name}")
    assert "self-reliance" in rows.nth(1).locator("p").first.text_content()
    rows.nth(1).locator("a").first.click()
    assert page.url == f"{address}/{name}/index.html"
    assert page.title() == "From restructuring to self-reliance? Two speeches on one region"


def test_a_served_report_works_as_one_from_disk_does(opened, served):
    address, name = served
    page = opened(f"{address}/{name}/")
    page.locator("#evidence #theme-self-reliance summary").click()
    assert page.locator("#theme-self-reliance blockquote").first.is_visible()
    assert page.locator("thead button").count() > 0


def test_two_ticked_reports_stand_beside_each_other_with_what_differs_first(opened, served):
    page = opened(f"{served[0]}/")
    for box in page.get_by_role("checkbox").all():
        box.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare the two ticked").press("Enter")
    assert "/compare?run=" in page.url
    assert page.locator("h2 + ul").nth(1).text_content() == f"Something else {HOSTILE}"
    first = page.locator("table").nth(1).locator("tbody tr").first
    assert first.locator("td").nth(1).text_content() == "not testable"
    assert first.locator("td").nth(3).text_content() == "rose"
    assert first.locator("td").nth(4).text_content() == "differs"
    assert page.locator("table").nth(1).locator("td", has_text="differs").count() == 1
    assert page.title() == "Two reports"


@pytest.mark.parametrize("n", [0, 1])
def test_without_two_ticked_the_page_says_so(opened, served, n):
    page = opened(f"{served[0]}/")
    for box in page.get_by_role("checkbox").all()[:n]:
        box.check()
    page.get_by_role("button").click()
    assert f"Tick two reports, not {n or 'none'}" in page.locator("main").text_content()
    page.get_by_role("link", name="the list of reports").click()
    assert page.locator("li.run").count() == 2


@pytest.mark.parametrize("seen", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}])
def test_the_viewers_own_pages_fit_and_axe_finds_nothing(opened, violations, served, seen):
    page = opened(f"{served[0]}/", **seen)
    both = "&".join(f"run={box.get_attribute('value')}" for box in page.get_by_role("checkbox").all())
    for path in ("/", "/compare", f"/compare?{both}"):
        page.goto(f"{served[0]}{path}")
        assert violations(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth")


def test_an_address_of_another_name_that_leads_here_sees_nothing(browser, served):
    window = browser.new_context()
    page = window.new_page()
    answer = page.goto(f"{served[0]}/".replace("127.0.0.1", "rebound.example"))
    assert answer.status == 403
    assert "self-reliance" not in page.content()
    window.close()


def test_another_page_can_neither_frame_nor_read_a_report(browser, served, tmp_path):
    address, name = served
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_text(
        f'<!doctype html><title>x</title><iframe src="{address}/{name}/index.html"></iframe><img src="{address}/{name}/charts/themes.svg">', encoding="utf-8"
    )
    window = browser.new_context()
    page = window.new_page()
    page.goto(elsewhere.as_uri())
    page.wait_for_load_state("load")
    assert page.evaluate("document.querySelector('img').naturalWidth") == 0
    assert page.frames[1].evaluate("document.querySelectorAll('blockquote').length") == 0
    assert page.evaluate(f"fetch('{address}/').then(() => 'read', () => 'refused')") == "refused"
    window.close()
