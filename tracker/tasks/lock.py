"""The lock: recipe and themes as they were fixed before a contrast was looked at."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tracker import __version__
from tracker.errors import CorpusError, TrackerError
from tracker.findings.cases import Locked
from tracker.lexicon import Lexicon, Theme
from tracker.recipe import Recipe
from tracker.tasks.workspace import Workspace

NAME = "lock.json"
SCHEMA = "tracker/lock/1"


@dataclass(frozen=True, slots=True)
class Lock:
    """What was locked.

    Args:
        date: The day, ISO.
        recipe: Every setting, as the recipe writes itself, with its `id`.
        themes: Theme id to the fingerprint of its words.
        contrasts: What had been looked at by then; a lock says nothing for these.
        changed: What differs now, a few words each.
    """

    date: str
    recipe: Mapping[str, Any]
    themes: Mapping[str, str]
    contrasts: tuple[str, ...]
    changed: tuple[str, ...] = ()


def lock(workspace: Workspace, *, today: date | None = None) -> Lock:
    """Fix the recipe and the themes of a workspace.

    Args:
        workspace: The workspace.
        today: The day that is written down; the day in UTC when None.

    Returns:
        The lock; where the same was locked already, that one with its date.

    Raises:
        TrackerError: Something else was locked before, or `themes.toml` is missing.
        CorpusError: The lock cannot be read or written.
    """
    held = read_lock(workspace)
    if held is not None:
        if held.changed:
            raise TrackerError(f"locked on {held.date} already, with other settings or themes", looked_at=held.changed, hint="tracker lock --release")
        return held
    recipe = workspace.recipe
    made = Lock(
        date=(today or datetime.now(UTC).date()).isoformat(),
        recipe={**recipe.told, "id": recipe.id},
        themes=_hashes(workspace.lexicon),
        contrasts=tuple(workspace.store.contrasts()) if workspace.corpus_path.exists() else (),
    )
    answer = {"schema": SCHEMA, "tracker": __version__, "date": made.date, "recipe": made.recipe, "themes": made.themes, "contrasts": made.contrasts}
    path = workspace.path / NAME
    partial = path.with_name(f"{NAME}.part")
    try:
        partial.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(partial, path)  # noqa: PTH105 - the old lock stays whole until the new one is
    except OSError as error:
        raise CorpusError(f"cannot write `{path}`: {error.strerror}", hint=shlex.join(["chmod", "u+w", str(workspace.path)])) from error
    return made


def read_lock(workspace: Workspace) -> Lock | None:
    """Return the lock of a workspace with what differs now; None where nothing is locked.

    Raises:
        CorpusError: The file is not a lock.
    """
    return _read(workspace, workspace.recipe)


def release(workspace: Workspace) -> Lock:
    """Take the lock away and return it.

    Raises:
        TrackerError: Nothing is locked.
    """
    held = read_lock(workspace)
    if held is None:
        raise TrackerError("nothing is locked", hint="tracker lock")
    (workspace.path / NAME).unlink()
    return held


def lock_state(workspace: Workspace, recipe: Recipe, contrast: str) -> Locked | None:
    """Return how the lock bears on one comparison; None where nothing is locked.

    Args:
        workspace: The workspace.
        recipe: The settings of the comparison, flags included.
        contrast: What it compares, as `tracker.tasks.compare.contrast_of` says it.
    """
    held = _read(workspace, recipe)
    return None if held is None else Locked(held.date, contrast in held.contrasts, held.changed)


def theme_hash(theme: Theme) -> str:
    """Fingerprint of a theme's words: what must not change after a contrast was looked at."""
    words = {"core": {k: sorted(v) for k, v in theme.core.items() if v}, "terms": {k: sorted(v) for k, v in theme.terms.items() if v}}
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def _hashes(lexicon: Lexicon) -> dict[str, str]:
    return {theme.id: theme_hash(theme) for theme in sorted(lexicon.themes, key=lambda theme: theme.id)}


def _read(workspace: Workspace, recipe: Recipe) -> Lock | None:
    path = workspace.path / NAME
    if not path.exists():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        held = Lock(date.fromisoformat(told["date"]).isoformat(), dict(told["recipe"]), dict(told["themes"]), tuple(told["contrasts"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"`{path}` is not a lock of this program", hint=shlex.join(["mv", str(path), f"{path}.old"])) from error
    changed = (*_settings(held.recipe, recipe), *_themes(held.themes, _hashes(workspace.lexicon)))
    return Lock(held.date, held.recipe, held.themes, held.contrasts, changed)


def _settings(held: Mapping[str, Any], recipe: Recipe) -> list[str]:
    """What differs between the locked settings and these."""
    if held.get("id") == recipe.id:
        return []
    before, now = _flat({name: value for name, value in held.items() if name != "id"}), _flat(recipe.told)
    return [f"{name} was {_shown(before.get(name))}, is {_shown(now.get(name))}" for name in sorted({*before, *now}) if before.get(name) != now.get(name)]


def _flat(value: Any, name: str = "") -> dict[str, Any]:
    if not isinstance(value, dict):
        return {name: value}
    return {key: held for part, below in value.items() for key, held in _flat(below, f"{name}.{part}" if name else str(part)).items()}


def _shown(value: Any) -> str:
    return "not set" if value is None else json.dumps(value, ensure_ascii=False)


def _themes(held: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What differs between the locked themes and these."""
    edited = [f"the words of `{theme}`" for theme in sorted(held.keys() & now.keys()) if held[theme] != now[theme]]
    gone, made = sorted(held.keys() - now.keys()), sorted(now.keys() - held.keys())
    return [*edited, *(f"`{theme}` was removed" for theme in gone), *(f"`{theme}` is new" for theme in made)]
