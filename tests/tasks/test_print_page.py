"""The page as PDF: what is found, what is said when it is not, and that the same page gives the same bytes."""

import json
import stat
from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.tasks import print_page as printing
from tracker.tasks.print_page import find_browser, print_page, without_moment


@pytest.fixture
def page(tmp_path):
    folder = tmp_path / "a report"
    folder.mkdir()
    made = folder / "index.html"
    made.write_text("<!doctype html><html lang='en'><title>x</title><p>The harbour stands.", encoding="utf-8")
    return made


def browser_that(tmp_path, monkeypatch, script):
    fake = tmp_path / "chromium"
    fake.write_text(
        f"#!/bin/sh\nfor word; do case $word in --print-to-pdf=*) out=${{word#--print-to-pdf=}};; esac; last=$word; done\n{script}\n", encoding="utf-8"
    )
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(printing, "find_browser", lambda: str(fake))


def test_without_a_browser_the_error_says_what_was_looked_for(page, monkeypatch):
    monkeypatch.setattr(printing, "find_browser", lambda: None)
    with pytest.raises(TrackerError, match="no browser was found") as caught:
        print_page(page)
    assert caught.value.looked_at == ("looked for: Chromium, Google Chrome, Microsoft Edge",)
    assert caught.value.hint == "tracker report --open"


def test_the_browser_gets_the_page_and_its_pdf_stands_beside_it(page, tmp_path, monkeypatch):
    browser_that(tmp_path, monkeypatch, 'printf \'%%PDF-1.4 %s\' "$last" > "$out"')
    assert print_page(page) == page.with_name("report.pdf")
    assert page.with_name("report.pdf").read_text(encoding="utf-8") == f"%PDF-1.4 {page.as_uri()}"
    assert sorted(f.name for f in page.parent.iterdir()) == ["index.html", "report.pdf"]


@pytest.mark.parametrize("script", ["echo 'no display' >&2; exit 1", "echo nothing > \"$out\"; echo 'no display' >&2"])
def test_a_browser_that_prints_nothing_is_an_error_with_its_words(page, tmp_path, monkeypatch, script):
    browser_that(tmp_path, monkeypatch, script)
    with pytest.raises(TrackerError, match="printed nothing") as caught:
        print_page(page)
    assert caught.value.looked_at == ("no display",)
    assert not page.with_name("report.pdf").exists()


def test_a_browser_that_never_ends_is_ended(page, tmp_path, monkeypatch):
    browser_that(tmp_path, monkeypatch, "exec sleep 30")
    monkeypatch.setattr(printing, "SECONDS", 0.2)
    with pytest.raises(TrackerError, match="printed nothing") as caught:
        print_page(page)
    assert caught.value.looked_at == ("it did not end within 0.2 seconds",)


def test_times_of_writing_are_levelled_and_the_length_stays():
    pdf = b"%PDF /CreationDate (D:20261122080419+00'00')\n/ModDate (D:20261122080419+00'00') stream (D:20261122080419)"
    levelled = without_moment(pdf)
    assert len(levelled) == len(pdf)
    assert levelled.count(b"20000101000000") == 2
    assert levelled.endswith(b"(D:20261122080419)")


@pytest.mark.skipif(find_browser() is None, reason="no chromium is installed; .ci/run installs it")
def test_the_same_page_gives_the_same_bytes(page):
    first = print_page(page).read_bytes()
    assert first.startswith(b"%PDF")
    assert print_page(page).read_bytes() == first


def test_a_report_asked_for_as_pdf_says_where_it_is_and_opens_the_page_when_asked_to(run, two, monkeypatch):
    opened = []
    monkeypatch.setattr(printing, "print_page", lambda page: page.with_name("report.pdf"))
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)))
    done = run("report", "2022", "2023", "--pdf", "--open", "--json", "--workspace", two.path)
    assert done.code == 0
    told = json.loads(done.out)["data"]
    assert told["pdf"] == told["html"].replace("index.html", "report.pdf")
    assert opened == [Path(told["html"]).as_uri()]
    assert "no browser was found; open the page yourself" in done.err
