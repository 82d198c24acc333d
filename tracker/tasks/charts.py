"""The charts and the data behind them, without a page: for a column, a page, a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import TrackerError
from tracker.progress import Progress
from tracker.tasks.compare import Choices
from tracker.tasks.report import asked, written
from tracker.tasks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ChartsResult:
    """Where charts and data were written, and every file, by path below it."""

    run: str
    path: str
    files: tuple[str, ...]


def charts(
    workspace: Workspace, before: str = "", after: str = "", choices: Choices | None = None, *, sizes: Sequence[str] = (), progress: Progress | None = None
) -> ChartsResult:
    """Measure two slices and write the charts (SVG, PNG, PDF) and the data behind them.

    Args:
        workspace: The workspace.
        before: The first slice; with `after` empty too, the last but one calendar year that has speeches.
        after: The second slice.
        choices: As for a report.
        sizes: `column`, `page`, `slide`: each in a folder of its own, besides the charts as a page has them.
        progress: Called with (step, done, total).

    Raises:
        SliceError: As for a report.
        TrackerError: As for a report; or a size that there is not.
    """
    from tracker.charts.sizes import SIZES

    wrong = next((size for size in sizes if size not in SIZES), "")
    if wrong:
        raise TrackerError(f"no size `{wrong}`", looked_at=(f"sizes: {', '.join(SIZES)}",), hint="--size column")
    made = asked(workspace, (before, after), choices or Choices(), since="none", progress=progress)
    folder = written(workspace, made, tuple(dict.fromkeys(sizes)), progress=progress)
    return ChartsResult(folder.name, str(folder), tuple(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())))
