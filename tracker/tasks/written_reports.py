"""The reports of a workspace on disk: which there are, and what each says of itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.errors import TrackerError
from tracker.tasks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Run:
    """A report on disk: its folder's name, title, command and first finding.

    Args:
        written: When, in UTC: `2026-11-22T08:04:19Z`; "" when it does not say.
    """

    name: str
    title: str
    command: str
    speeches: int
    headline: str
    written: str = ""


def list_runs(workspace: Workspace) -> tuple[Run, ...]:
    """The reports of a workspace, newest first."""
    folders = (f for f in workspace.reports_path.glob("[!.]*-*") if (f / "index.html").exists() and not f.is_symlink())
    return tuple(_run(folder) for folder in sorted(folders, key=lambda f: f.name, reverse=True))


def find_run(workspace: Workspace, prefix: str = "") -> Run:
    """The report whose name begins with `prefix`; the newest without one.

    Raises:
        TrackerError: There is no report, or several begin so.
    """
    runs = list_runs(workspace)
    if not runs:
        raise TrackerError(f"no report in `{workspace.reports_path}`", hint="tracker report")
    found = [run for run in runs if run.name.startswith(prefix)]
    if not prefix or len(found) == 1:
        return (found or runs)[0]
    names = tuple(run.name for run in (found or runs)[:8])
    raise TrackerError(f"{'no report' if not found else f'{len(found)} reports'} `{prefix}`", looked_at=names, hint=f"tracker view {names[0]}")


def read_answer(folder: Path) -> dict[str, Any]:
    """The `report.json` of a report's folder; empty where it cannot be read."""
    return _read(folder / "report.json")


def _read(path: Path) -> dict[str, Any]:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _run(folder: Path) -> Run:
    """Read what a report says of itself; a damaged one still shows by its name."""
    told, manifest = read_answer(folder), _read(folder / "manifest.json")
    try:
        found = told["data"]["findings"]
        said = (str(told["data"]["title"]), str(manifest["command"]), int(told["corpus"]["speeches"]), str(found[0]["claim"]) if found else "")
        return Run(folder.name, *said, str(manifest.get("written", "")))
    except (ValueError, KeyError, TypeError, IndexError):
        return Run(folder.name, folder.name, "", 0, "its report.json cannot be read")
