"""A first report from the two built-in texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path

from tracker.tasks.add import add
from tracker.tasks.compare import Choices
from tracker.tasks.report import ReportResult, report
from tracker.tasks.workspace import init, seeds_folder

Progress = Callable[[str, int, int], None]
TEXTS = ("2022-08-16-jinzhou.md", "2023-09-07-harbin.md")
TITLE = "From restructuring to self-reliance? Two speeches on one region"
NEXT = (
    "tracker view",
    "tracker compare 2022 2023 --balance industrial-restructuring:self-reliance",
    "tracker words 2022 2023",
    "tracker add my-speech.txt",
    "tracker report",
)


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demonstration made: the workspace, its report, and commands to try next."""

    workspace: str
    report: ReportResult
    next: tuple[str, ...]


def demo(folder: Path, *, progress: Progress | None = None) -> DemoResult:
    """Make a workspace from the built-in texts and write its report.

    Args:
        folder: Where; it may not be a workspace yet.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: The folder is a workspace already.
    """
    workspace = init(folder, themes="china-economy")
    with as_file(seeds_folder()) as seeds:
        add(workspace, [str(seeds / name) for name in TEXTS])
    written = report(workspace, "2022", "2023", Choices(balance="industrial-restructuring:self-reliance"), title=TITLE, progress=progress)
    return DemoResult(str(workspace.path), written, (f"cd {workspace.path}", *NEXT))
