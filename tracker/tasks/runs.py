"""What a report keeps of itself in its folder, and reading it back to hold it against another."""

from __future__ import annotations

import csv
import json
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tracker import __version__
from tracker.errors import TrackerError
from tracker.findings.change_records import Event, RunTold
from tracker.findings.records import Warning
from tracker.lexicon import Lexicon
from tracker.recipe import Recipe
from tracker.reports import json as contract
from tracker.reports.content import ReportContent
from tracker.tasks.topics import read_current, read_history, read_marks
from tracker.tasks.workspace import Workspace

LIBRARIES = ("numpy", "scipy", "scikit-learn", "gensim", "matplotlib", "simplemma", "nupunkt", "jinja2", "stopwordsiso", "rjieba")
SOFTWARE = ("tracker", "python", "platform", "machine", "fonts")
INPUTS = ("tracker", "corpus", "themes", "model")
LATER = ("codings",)  # inputs that reports of earlier versions did not have


def manifest_of(content: ReportContent, recipe: Recipe, workspace: Workspace, question: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `manifest.json` says besides the files' hashes: everything the report was made from.

    Args:
        content: What the report shows; its first command is the one that replays it.
        recipe: The settings that were used, flags laid over them.
        workspace: Whose corpus, themes and settings.
        question: Slices, choices and title asked for, by name.
    """
    keys = {listed.id: listed.key for listed in workspace.store.listed()}
    return {
        "written": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "command": content.commands[0],
        "question": dict(question),
        **software(),
        "recipe": {**recipe.told, "id": recipe.id},
        "settings": workspace.recipe.told,
        "themes": workspace.lexicon.hash,
        "codings": workspace.store.codings().hash(),
        "theme_list": _theme_list(workspace.lexicon),
        "lock": contract.plain(content.comparison.locked),
        "corpus": content.corpus.hash,
        "model": content.topics.model if content.topics else None,
        "model_note": read_current(workspace) if content.topics else None,
        "topic_marks": {topic: asdict(mark) for topic, mark in read_marks(workspace).items()} if content.topics else None,
        "topic_fits": len(read_history(workspace)) if content.topics else 0,
        "baseline": content.changes.before if content.changes else None,
        "speeches": [{"id": s.id, "date": s.date, "source": s.source, "key": keys.get(s.id, "")} for s in content.speeches],
        "warnings": contract.plain(_all_warnings(content)),
    }


def software() -> dict[str, Any]:
    """Return what runs here: the program, Python, the platform, the typefaces of charts, and the libraries."""
    from tracker.charts.style import families

    return {
        "tracker": __version__,
        "python": platform.python_version(),
        "platform": sys.platform,
        "machine": platform.machine(),
        "fonts": ", ".join(families()),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def _theme_list(lexicon: Lexicon) -> list[dict[str, Any]]:
    return [{"id": t.id, "label": t.label, "core": contract.plain(t.core), "terms": contract.plain(t.terms)} for t in lexicon.themes]


def _all_warnings(content: ReportContent) -> tuple[Warning, ...]:
    """Every warning of the report, once."""
    told = (*content.comparison.warnings, *content.warnings, *(content.series.warnings if content.series else ()))
    return tuple({(w.code, w.text): w for w in (*told, *(content.novelty.warnings if content.novelty else ()))}.values())


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def run_told(name: str, manifest: Mapping[str, Any], data: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> RunTold:
    """Return what a report says of itself.

    Args:
        name: The folder's name; "" for a report that is being written.
        manifest: Its manifest.
        data: The `data` of its report.json.
        rows: The rows of its measures.csv.
    """
    counts: dict[str, dict[Event, tuple[int, int]]] = {}
    events: dict[str, set[str]] = {}
    for row in rows:
        if row["headline_scope"] in (True, "yes"):
            held = counts.setdefault(str(row["theme"]), {})
            event: Event = (row["period"], str(row["event"]))
            hits, tokens = held.get(event, (0, 0))
            held[event] = (hits + int(row["hits"]), tokens + int(row["tokens"]))
            events.setdefault(str(row["event"]), set()).add(str(row["speech"]))
    keys = {held["id"]: held.get("key", "") for held in manifest["speeches"]}
    trend, topics, themes = data.get("trend"), data.get("topics"), manifest.get("theme_list")
    return RunTold(
        name=name,
        title=data["title"],
        question={key: value for key, value in manifest.get("question", {"command": manifest.get("command")}).items() if key != "title"},
        settings=_flat({key: value for key, value in manifest["recipe"].items() if key != "id"}),
        software={key: manifest[key] for key in SOFTWARE if key in manifest} | dict(manifest["libraries"]),
        themes_hash=manifest["themes"],
        themes=None if themes is None else {theme["id"]: (theme["label"], _words_of(theme)) for theme in themes},
        corpus=manifest["corpus"],
        model=manifest["model"] or "",
        speeches={row["id"]: {**row, "key": keys.get(row["id"], "")} for row in data["speeches"]},
        compared=data["compare"],
        trends={theme["id"]: tuple((theme[part] or {}).get("verdict", "") for part in ("trend", "change")) for theme in trend["themes"]} if trend else {},
        topics={topic["id"]: topic["label"] for topic in topics["topics"]} if topics else None,
        counts=counts,
        events={event: tuple(sorted(ids)) for event, ids in events.items()},
    )


def _words_of(theme: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {f"{kind} {language}".strip(): tuple(sorted(words)) for kind in ("core", "terms") for language, words in theme[kind].items() if words}


def _flat(value: Any, name: str = "") -> dict[str, Any]:
    """Return settings by dotted name."""
    if not isinstance(value, dict):
        return {name: value}
    return {key: held for part, below in value.items() for key, held in _flat(below, f"{name}.{part}" if name else str(part)).items()}


def read_run(folder: Path) -> RunTold:
    """Read what a report says of itself from its folder.

    Raises:
        TrackerError: A file of it is missing or is not what this program writes.
    """
    try:
        manifest = read_manifest(folder)
        data = json.loads((folder / "report.json").read_text(encoding="utf-8"))["data"]
        with (folder / "data" / "measures.csv").open(encoding="utf-8", newline="") as rows:
            return run_told(folder.name, manifest, data, csv.DictReader(rows))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrackerError(f"the report `{folder.name}` cannot be read: {error}", looked_at=(f"in {folder}",), hint="tracker report") from error


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a report's manifest; errors are those of reading a file or JSON."""
    held: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return held


def run_folders(workspace: Workspace) -> Iterator[Path]:
    """The folders of all whole reports, newest first."""
    found = (folder for folder in workspace.reports_path.glob("[!.]*-*") if (folder / "index.html").exists() and not folder.is_symlink())
    return iter(sorted(found, key=lambda folder: folder.name, reverse=True))


def baseline(workspace: Workspace, manifest: Mapping[str, Any]) -> str:
    """Return the name of the report that a new one says what changed since: "" for none.

    Args:
        workspace: Whose reports.
        manifest: That of the new report.

    The newest one that asks the same and was made from something else; where none asks the same, the newest made from another corpus, other
    settings or other themes. A report made from the very same says what that one said, so the same inputs give the same page again.
    """
    others = ""
    for folder in run_folders(workspace):
        try:
            held = read_manifest(folder)
            asked_alike, alike = _question(held) == _question(manifest), _inputs(held) == _inputs(manifest)
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if asked_alike and alike:
            before = held.get("baseline") or ""
            return before if before and (workspace.reports_path / before).is_dir() else ""
        if asked_alike:
            return folder.name
        others = others or ("" if alike else folder.name)
    return others


def _question(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in manifest["question"].items() if key != "title"}


def _inputs(manifest: Mapping[str, Any]) -> tuple[Any, ...]:
    return (manifest["settings"], *(manifest[name] for name in INPUTS), *(manifest.get(name, "") for name in LATER))
