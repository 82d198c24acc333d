"""Which topic model is the current one, and what every fit did: notes in `models/`."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import TrackerError
from tracker.findings.topic_records import TopicChange, TopicFit
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.models.base import TopicModel

CURRENT = "current.json"
HISTORY = "history.jsonl"
SCHEMA = "tracker/topic-fit/1"


def read_current(workspace: Workspace) -> dict[str, Any] | None:
    """Which model is current and what it was fitted on: `model`, `corpus`, `language`, `recipe`, `asked`, `unknown`, `speeches`; None when there is none.

    Raises:
        TrackerError: The note is damaged.
    """
    path = workspace.models_path / CURRENT
    if not path.exists():
        return None
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        names = {name: str(held[name]) for name in ("model", "corpus")} | {name: str(held.get(name, "")) for name in ("language", "recipe", "asked")}
        return {**names, "unknown": float(held.get("unknown", 0.0)), "speeches": [str(s) for s in held["speeches"]]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrackerError(
            f"`models/{CURRENT}` is damaged", looked_at=("it must name a model, its corpus and its speeches, as `tracker fit` writes it",), hint="tracker fit"
        ) from error


def write_current(folder: Path, held: Mapping[str, object]) -> None:
    """Name the current model."""
    write_whole(folder / CURRENT, json.dumps(held, indent=1) + "\n")


def current_model(workspace: Workspace, *, units: bool = True) -> tuple[TopicModel, dict[str, Any]]:
    """The current model, as `load` reads it, and the note that names it.

    Raises:
        TrackerError: No topics were fitted yet, or the model is damaged.
    """
    from tracker.models.save import load

    held = read_current(workspace)
    if held is None:
        raise TrackerError("no topics were fitted yet", hint="tracker fit")
    return load(workspace.models_path / held["model"], units=units), held


def read_history(workspace: Workspace) -> tuple[TopicFit, ...]:
    """Every fit, the first one first; empty when there was none.

    Raises:
        TrackerError: The history is damaged.
    """
    path = workspace.models_path / HISTORY
    if not path.exists():
        return ()
    found = []
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")[:-1], 1):
            found.append(_fit(json.loads(line), number))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        aside = shlex.join(["mv", str(path), f"{path}.damaged"])
        raise TrackerError(
            f"`models/{HISTORY}` is damaged", looked_at=(str(error), "with it out of the way the history begins anew; topics keep their ids"), hint=aside
        ) from error
    return tuple(found)


def _fit(told: dict[str, Any], number: int) -> TopicFit:
    if told.pop("schema") != SCHEMA:
        raise ValueError(f"line {number} is not of the schema {SCHEMA}")
    return TopicFit(**{**told, "number": number, "changes": tuple(TopicChange(**change) for change in told["changes"])})


def append_history(workspace: Workspace, fit: TopicFit) -> TopicFit:
    """Add a fit to the history and return it with its number; the same fit from the same model is told once, even when it was interrupted between notes.

    Raises:
        TrackerError: The history is damaged.
    """
    held = read_history(workspace)
    if held and (held[-1].before, held[-1].model) == (fit.before, fit.model):
        return held[-1]
    path = workspace.models_path / HISTORY
    before = path.read_bytes().decode("utf-8") if path.exists() else ""
    told = {"schema": SCHEMA, **asdict(fit)}
    told.pop("number")
    write_whole(path, before + json.dumps(told, ensure_ascii=False, allow_nan=False) + "\n")
    return read_history(workspace)[-1]


def write_whole(path: Path, text: str) -> None:
    """Write a note beside its place and rename it, so that a reader never sees half of one.

    Raises:
        TrackerError: It cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise TrackerError(f"cannot write `{path}`: {error.strerror or error}", hint=shlex.join(["ls", "-ld", str(path.parent)])) from error
    finally:
        part.unlink(missing_ok=True)
