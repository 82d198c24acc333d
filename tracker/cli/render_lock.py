"""The lock as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli import render

if TYPE_CHECKING:
    from tracker.tasks.lock import Lock
    from tracker.tasks.workspace import Workspace


def lock(held: Lock, done: str, workspace: Workspace, *, json: bool, quiet: bool) -> None:
    """Say what is locked, since when, and what differs now."""
    if json:
        render.answer("lock", {"state": "released" if done == "released" else "locked", **render.plain(held)}, workspace)
        return
    word = "released: it was locked on" if done == "released" else "locked on"
    render.text(f"{word} {held.date}: recipe {held.recipe.get('id', '')}, {len(held.themes)} theme{'' if len(held.themes) == 1 else 's'}")
    for line in held.changed:
        render.text(f"changed since: {line}")
    if held.contrasts and not quiet:
        n = len(held.contrasts)
        render.note(f"{n} contrast{' was' if n == 1 else 's were'} looked at before: the lock says nothing for {'it' if n == 1 else 'them'}")


def nothing(workspace: Workspace, *, json: bool) -> None:
    """Say that nothing is locked."""
    if json:
        render.answer("lock", {"state": "none"}, workspace)
    else:
        render.text("nothing is locked")
