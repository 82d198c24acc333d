"""Reports opened in Debian's chromium: none may say anything on the console or ask for anything off this machine."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reports"))

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# No name leads anywhere: a page that asked for one would be seen to fail, and the machine's own network plays no part.
FLAGS = ("--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP rebound.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


@dataclass
class Tab:
    """An open page and what it said and asked for."""

    page: object
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def foreign(self):
        """Addresses it asked for that are not its own file, not data in the page, and not on this machine."""
        return [url for url in self.asked if urlsplit(url).scheme not in ("file", "data", "blob") and urlsplit(url).hostname != "127.0.0.1"]


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("chromium is not installed; .ci/run installs it")
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; it comes with the extra `test`")
    with driver.sync_playwright() as started:
        shown = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield shown
        shown.close()


@pytest.fixture
def opened(browser):
    """Open an address in a fresh window; at the end of the test no console message and no foreign request may have been seen."""
    tabs, windows = [], []

    def open_(address, **window):
        windows.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **window}))
        tab = Tab(windows[-1].new_page())
        tabs.append(tab)
        tab.page.on("console", lambda message: tab.said.append(message.text))
        tab.page.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.page.on("request", lambda request: tab.asked.append(request.url))
        tab.page.goto(Path(address).as_uri() if isinstance(address, Path) else address)
        return tab.page

    yield open_
    for window in windows:
        window.close()
    assert [line for tab in tabs for line in tab.said] == []
    assert [url for tab in tabs for url in tab.foreign()] == []


@pytest.fixture(scope="session")
def demonstrated(browser, tmp_path_factory):
    """The demonstration's workspace, with its report."""
    from tracker.tasks.demo import demo
    from tracker.tasks.workspace import open_workspace

    return open_workspace(demo(tmp_path_factory.mktemp("browser") / "demo").workspace)


@pytest.fixture(scope="session")
def demo_page(demonstrated):
    return (demonstrated.reports_path / "latest" / "index.html").resolve()


@pytest.fixture(scope="session")
def many_page(browser, tmp_path_factory):
    """A fabricated report: forty speeches, sixty themes, a hostile title, Chinese."""
    from content_many import many_speeches

    return _written(many_speeches(), tmp_path_factory.mktemp("browser") / "many")


@pytest.fixture(scope="session")
def timed_page(browser, tmp_path_factory):
    """A fabricated report with a series over twelve years, one of them empty, and speeches that broke with the past."""
    from content_series import timed

    return _written(timed(), tmp_path_factory.mktemp("browser") / "timed")


@pytest.fixture(params=["demo_page", "many_page", "timed_page"])
def any_page(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def violations():
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed; it comes with the extra `test`")

    def found(page):
        """Every violation: rule, impact, and the first places."""
        answer = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response
        assert len(answer["passes"]) > 15  # it looked
        return [(v["id"], v["impact"], [node["target"] for node in v["nodes"][:3]]) for v in answer["violations"]]

    return found


def _written(content, folder):
    from tracker.reports.write import write_report

    return write_report(content, folder, run_name="run", json_text="{}\n", manifest={"version": "0"}) / "index.html"
