"""Which topic model is the current one: a note in `models/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tracker.errors import TrackerError
from tracker.tasks.workspace import Workspace

CURRENT = "current.json"


def read_current(workspace: Workspace) -> dict[str, Any] | None:
    """Which model is current and what it was fitted on: `model`, `corpus`, `language`, `speeches`; None when there is none.

    Raises:
        TrackerError: The note is damaged.
    """
    path = workspace.models_path / CURRENT
    if not path.exists():
        return None
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        names = {name: str(held.get(name, "") if name == "language" else held[name]) for name in ("model", "corpus", "language")}
        return {**names, "speeches": [str(s) for s in held["speeches"]]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrackerError(
            f"`models/{CURRENT}` is damaged", looked_at=("it must name a model, its corpus and its speeches, as `tracker fit` writes it",), hint="tracker fit"
        ) from error


def write_current(folder: Path, held: Mapping[str, object]) -> None:
    """Name the current model; written beside and renamed, so that a reader never sees half a note."""
    part = folder / f"{CURRENT}.part"
    part.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    part.replace(folder / CURRENT)
