"""What changed between two reports, and because of which speeches."""

from __future__ import annotations

from tracker.errors import TrackerError
from tracker.findings.change_records import Changes
from tracker.findings.changes import changes
from tracker.tasks.runs import read_run
from tracker.tasks.workspace import Workspace
from tracker.tasks.written_reports import Run, find_run, list_runs


def diff(workspace: Workspace, before: str = "", after: str = "") -> Changes:
    """Hold two reports against each other.

    Args:
        workspace: Whose reports.
        before: The older run's name or its beginning; the last but one when both are left out.
        after: The newer run's; the newest one when left out.

    Returns:
        What differs, the older first whichever order they were named in.

    Raises:
        TrackerError: There are fewer than two reports, a run is not found, or its files cannot be read.
    """
    first, second = sorted(run.name for run in _pair(workspace, before, after))
    return changes(read_run(workspace.reports_path / first), read_run(workspace.reports_path / second))


def _pair(workspace: Workspace, before: str, after: str) -> tuple[Run, Run]:
    runs = list_runs(workspace)
    if len(runs) < 2:
        held = f"in {workspace.reports_path}: {runs[0].name}" if runs else f"in {workspace.reports_path}: none"
        raise TrackerError("a difference needs two reports", looked_at=(held,), hint="tracker report")
    second = find_run(workspace, after)
    first = find_run(workspace, before) if before else runs[1]
    if first.name == second.name:
        other = next(run.name for run in runs if run.name != first.name)
        raise TrackerError(f"`{first.name}` cannot be held against itself", hint=f"tracker diff {other}")
    return first, second


def since_run(workspace: Workspace, since: str) -> str:
    """Return the whole name of the run that `--since` means; `none` and "" as they are.

    Raises:
        TrackerError: There is no such run, or several.
    """
    return since if since in ("", "none") else find_run(workspace, since).name
