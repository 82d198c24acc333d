"""What the shell proposes behind Tab: ids of speeches, themes and topics, names of reports; quick, and silent where there is nothing to propose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.tasks.workspace import Workspace

MOST = 200
Proposed = list[tuple[str, str]]
"""Words with what stands beside them, as typer takes them."""


def _quietly(found: Callable[[Workspace], Iterator[tuple[str, str]]]) -> Callable[[Any, str], Proposed]:
    """Return what typer calls: the first proposals that begin so, none without a workspace or in a damaged one."""

    def proposed(ctx: Any, incomplete: str) -> Proposed:
        from tracker.tasks.workspace import workspace_if_any

        try:
            named = ctx.params.get("workspace")
            workspace = workspace_if_any(Path(named).expanduser() if named else None)
            return [] if workspace is None else list(islice((one for one in found(workspace) if one[0].startswith(incomplete)), MOST))
        except Exception:  # noqa: BLE001 - a line that is being typed is no place for an error, whatever it is
            return []

    proposed.__doc__ = found.__doc__
    return proposed


@_quietly
def speeches(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Ids as `tracker list` shows them, the newest first, with date and title."""
    if workspace.corpus_path.exists():
        held = [(one.id[:8], " ".join(f"{one.date.text or 'undated'} {one.title or one.source}".split())) for one in workspace.store.listed()]
        yield from reversed(held)


@_quietly
def themes(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Ids of the named themes with their labels."""
    import tomllib

    told = tomllib.loads(workspace.themes_path.read_text(encoding="utf-8")).get("themes", {})
    yield from ((name, str(theme.get("label", ""))) for name, theme in told.items() if isinstance(theme, dict))


@_quietly
def reports(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Names of the reports, the newest first."""
    for folder in sorted(workspace.reports_path.iterdir(), reverse=True):
        if (folder / "manifest.json").is_file():
            yield folder.name, ""


@_quietly
def topics(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Ids of the current topics with your names for them, else their words."""
    import json

    held = json.loads((workspace.models_path / "current.json").read_text(encoding="utf-8"))
    names = workspace.models_path / "names.json"
    yours = json.loads(names.read_text(encoding="utf-8")) if names.exists() else {}
    for topic in json.loads((workspace.models_path / held["model"] / "model.json").read_text(encoding="utf-8"))["topics"]:
        yield topic["id"], str(yours.get(topic["id"], {}).get("name") or topic["label"])
