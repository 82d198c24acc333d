"""The demonstration's report in a real browser: no console error, nothing asked of the network, everything there without a server."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tracker.tasks.demo import demo

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed; .ci/run installs it")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return demo(tmp_path_factory.mktemp("demo") / "first").report.html


def chromium(tmp_path, page, *flags):
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *flags, f"file://{page}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)


def test_the_page_loads_without_a_console_message_and_its_script_runs(tmp_path, page):
    done = chromium(tmp_path, page, "--enable-logging=stderr", "--log-level=0", "--virtual-time-budget=3000", "--dump-dom")
    assert "CONSOLE" not in done.stderr
    assert "technological self-reliance" in done.stdout
    assert done.stdout.count("<button") > 0  # the tools that only the script adds


def test_the_page_names_no_address_to_load_from(page):
    source = Path(page).read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)=["'](?!#|data:)[^"']*//""", source) == []
    assert "@import" not in source
    assert "default-src 'none'" in source  # and the page's own policy forbids it


@pytest.mark.parametrize(
    "flags", [("--window-size=1280,2000",), ("--window-size=390,2000",), ("--window-size=1280,2000", "--blink-settings=preferredColorScheme=0")]
)
def test_the_page_draws_at_every_width_and_in_the_dark(tmp_path, page, flags):
    shot = tmp_path / "shot.png"
    chromium(tmp_path, page, *flags, f"--screenshot={shot}")
    assert shot.stat().st_size > 20_000


def test_the_printed_page_is_whole(tmp_path, page):
    printed = tmp_path / "page.pdf"
    chromium(tmp_path, page, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    assert printed.read_bytes().startswith(b"%PDF")
    assert printed.stat().st_size > 100_000
