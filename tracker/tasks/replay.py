"""A report made again from what its manifest says it was made from: the same bytes, or what differs and why."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tracker.errors import TrackerError
from tracker.lexicon import Lexicon, Theme
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.tasks.compare import Choices
from tracker.tasks.runs import read_manifest, software
from tracker.tasks.topics.current import CURRENT, HISTORY
from tracker.tasks.topics.marks import NAMES
from tracker.tasks.workspace import Workspace

NEEDED = ("question", "settings", "theme_list", "files", "model_note", "topic_marks", "topic_fits")


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a replay.

    Args:
        same: Whether every file has the same bytes again.
        files: How many files were compared.
        differing: Files that have other bytes now, or are made by one of the two alone.
        put_back: What differs in the workspace today and was put back as it was for the replay.
        reasons: What differs and could not be put back.
        edited: Files of the report that were changed, or lost, since it was written.
    """

    run: str
    same: bool
    files: int
    differing: tuple[str, ...]
    put_back: tuple[str, ...]
    reasons: tuple[str, ...]
    edited: tuple[str, ...]


@dataclass(frozen=True)
class _Then(Workspace):
    """A copy of a workspace with the settings and themes of a report."""

    told: Mapping[str, Any]

    @cached_property
    def recipe(self) -> Recipe:
        """The settings of then."""
        return Recipe.of(self.told["settings"])

    @cached_property
    def lexicon(self) -> Lexicon:
        """The themes of then, in their order."""
        return Lexicon(tuple(Theme(t["id"], t["label"], _terms(t["core"]), _terms(t["terms"])) for t in self.told["theme_list"]))


def _terms(held: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(words) for language, words in held.items()}


def replay(workspace: Workspace, run: str, *, progress: Progress | None = None) -> Replayed:
    """Make a report again, beside the workspace, and compare every file with what was written.

    Settings, themes, topic model and speeches that were added since are put back as they were, in a copy; the workspace stays as it is.

    Args:
        workspace: Whose report.
        run: The report's folder name.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: The manifest cannot be read, or is of a version that did not keep enough to replay it.
    """
    from tracker.reports.write import report_hashes
    from tracker.tasks.report import make

    folder = workspace.reports_path / run
    told = _manifest(folder)
    with TemporaryDirectory(prefix="tracker-replay-") as place:
        then = _Then(Path(place), told)
        put_back, reasons = _restore(workspace, then, told)
        asked = dict(told["question"])
        slices, title = (asked.pop("before"), asked.pop("after")), asked.pop("title")
        choices = Choices(**{**asked, "without": tuple(asked["without"])})
        made = make(then, slices, choices, title=title, since=told["baseline"] or "none", progress=progress)
        hashes = report_hashes(made.content, json_text=made.json_text)
        then.store.close()
    differing = tuple(sorted(path for path in {*hashes, *told["files"]} if hashes.get(path) != told["files"].get(path)))
    return Replayed(run, not differing, len(told["files"]), differing, tuple(put_back), tuple(reasons), _edited(folder, told["files"]))


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        told = read_manifest(folder)
    except (OSError, ValueError) as error:
        raise TrackerError(f"the report `{folder.name}` cannot be read: {error}", looked_at=(f"in {folder}",), hint="tracker view --json") from error
    lacking = [name for name in NEEDED if name not in told]
    if lacking:
        raise TrackerError(
            f"the report `{folder.name}` was written by a version that kept too little to replay it",
            looked_at=(f"its manifest lacks: {', '.join(lacking)}",),
            hint=str(told.get("command", "tracker report")),
        )
    return told


def _restore(workspace: Workspace, then: _Then, told: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Copy the workspace with everything as the manifest has it; return what was put back and what could not be."""
    put_back: list[str] = []
    reasons = _software(told)
    if workspace.recipe.id != then.recipe.id:
        put_back.append(f"settings: recipe {workspace.recipe.id} now, {then.recipe.id} then")
    if workspace.lexicon.hash != told["themes"]:
        put_back.append(f"themes: {workspace.lexicon.hash} now, {told['themes']} then")
    _copied(workspace, then, told)
    back, gone = _corpus(then, told)
    put_back += back
    reasons += gone
    if then.store.codings().hash() != told.get("codings", ""):
        reasons.append("codings: coders have said more, or other things, since")
    return put_back, [*reasons, *_model(workspace, then, told, put_back), *_baseline(workspace, then, told)]


def _software(told: Mapping[str, Any]) -> list[str]:
    """What differs in program, libraries and platform."""
    now = software()
    names = [name for name in now if name != "libraries" and now[name] != told.get(name)]
    said = [f"{name}: {told.get(name)} then, {now[name]} now" for name in names]
    libraries = {**told["libraries"], **now["libraries"]}
    return said + [
        f"{name}: {told['libraries'].get(name)} then, {now['libraries'].get(name)} now"
        for name in libraries
        if told["libraries"].get(name) != now["libraries"].get(name)
    ]


def _copied(workspace: Workspace, then: _Then, told: Mapping[str, Any]) -> None:
    """Copy corpus, models, lock and the report that it says what changed since."""
    workspace.store.copy_to(then.corpus_path)
    for name in ("lock.json", "themes.toml", "tracker.toml"):
        if (workspace.path / name).exists():
            shutil.copy(workspace.path / name, then.path / name)
    model, baseline = told["model"], told["baseline"]
    if model and (workspace.models_path / model).is_dir():
        shutil.copytree(workspace.models_path / model, then.models_path / model)
        (then.models_path / CURRENT).write_text(json.dumps(told["model_note"]), encoding="utf-8")
        (then.models_path / NAMES).write_text(json.dumps(told["topic_marks"]), encoding="utf-8")
        history = (workspace.models_path / HISTORY).read_text(encoding="utf-8") if (workspace.models_path / HISTORY).exists() else ""
        (then.models_path / HISTORY).write_text("".join(f"{line}\n" for line in history.split("\n")[: told["topic_fits"]]), encoding="utf-8")
    if baseline and (workspace.reports_path / baseline).is_dir():
        shutil.copytree(workspace.reports_path / baseline, then.reports_path / baseline)


def _corpus(then: _Then, told: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Take out of the copy what was added since; say what is lacking or was corrected."""
    from tracker.tasks.corpus import remove

    held = {row["id"] for row in told["speeches"]}
    now = {listed.id for listed in then.store.listed()}
    added, gone = sorted(now - held), sorted(held - now)
    if added:
        remove(then, added)
    put_back = [f"corpus: {len(added)} speech{'es' if len(added) > 1 else ''} added since left out"] if added else []
    if gone:
        return put_back, [f"corpus: {len(gone)} of its speeches removed or updated since: {', '.join(gone[:5])}{' ...' if len(gone) > 5 else ''}"]
    if then.store.hash() != told["corpus"]:
        return put_back, ["corpus: fields, dates or voices of its speeches were corrected since"]
    return put_back, []


def _model(workspace: Workspace, then: _Then, told: Mapping[str, Any], put_back: list[str]) -> list[str]:
    from tracker.tasks.topics import read_current

    now = read_current(workspace)
    model = told["model"]
    if model and not (then.models_path / model).is_dir():
        return [f"topic model: {model} is not in models/ any more"]
    if model and (now is None or now["model"] != model):
        put_back.append(f"topic model: {now['model'] if now else 'none'} now, {model} then")
    return []


def _baseline(workspace: Workspace, then: _Then, told: Mapping[str, Any]) -> list[str]:
    baseline = told["baseline"]
    if not baseline or (then.reports_path / baseline).is_dir():
        return []
    raise TrackerError(
        f"the report `{told['baseline']}`, which this one says what changed since, is gone", looked_at=(f"in {workspace.reports_path}",), hint=told["command"]
    )


def _edited(folder: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Files of the report that are not as they were written."""
    found = []
    for path, stated in sorted(files.items()):
        try:
            if hashlib.sha256((folder / path).read_bytes()).hexdigest() != stated:
                found.append(path)
        except OSError:
            found.append(path)
    return tuple(found)
