"""A report's page as PDF, printed by a browser that is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tracker.errors import TrackerError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_FLAGS = ("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer")
SECONDS = 300
_MOMENT = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")


def print_page(page: Path) -> Path:
    """Print a report's page to `report.pdf` beside it, as the browser's own print command would; the same page gives the same bytes.

    Args:
        page: The `index.html` of a report.

    Raises:
        TrackerError: No Chromium, Chrome or Edge is installed, or it printed nothing.
    """
    browser = find_browser()
    if browser is None:
        looked = ("looked for: Chromium, Google Chrome, Microsoft Edge",)
        raise TrackerError("no browser was found that prints a page to PDF", looked_at=looked, hint="tracker report --open")
    with tempfile.TemporaryDirectory(prefix="tracker-print-") as folder:
        printed = Path(folder) / "report.pdf"
        said = _run([browser, *_FLAGS, *_sandbox(), f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}", page.resolve().as_uri()])
        if not printed.is_file() or not (content := printed.read_bytes()).startswith(b"%PDF"):
            raise TrackerError(f"`{browser}` printed nothing of `{page}`", looked_at=tuple(said.splitlines()[-2:]), hint="tracker report --open")
    draft, target = page.with_name(".report.pdf"), page.with_name("report.pdf")
    draft.write_bytes(without_moment(content))
    draft.replace(target)
    return target


def find_browser() -> str | None:
    """The first browser that is installed of those that can print without a window."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None) or next((place for place in _PLACES if Path(place).is_file()), None)


def without_moment(pdf: bytes) -> bytes:
    """A PDF whose times of writing are all 1 January 2000, of the same length, so that its table of places still fits.

    Example:
        >>> without_moment(b"<</CreationDate (D:20261122080419+00'00')>>")
        b"<</CreationDate (D:20000101000000+00'00')>>"
    """
    return _MOMENT.sub(lambda found: found[0].replace(found[0][found[0].index(b"D:") + 2 :][:14], b"20000101000000", 1), pdf)


def _sandbox() -> tuple[str, ...]:
    """Chromium refuses to run as root with its sandbox; everybody else keeps it."""
    return ("--no-sandbox",) if sys.platform != "win32" and os.geteuid() == 0 else ()


def _run(command: list[str]) -> str:
    """What the browser said; it is ended when it takes too long."""
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False).stderr  # noqa: S603 - our own flags
    except subprocess.TimeoutExpired:
        return f"it did not end within {SECONDS} seconds"
    except OSError as error:
        return str(error)
