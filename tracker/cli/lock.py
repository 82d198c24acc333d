"""`tracker lock`: fix the recipe and the themes before a contrast is looked at."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("lock")(lock)


def lock(
    *,
    show: Annotated[bool, typer.Option("--show", help="Show the lock and what differs from it now.")] = False,
    release: Annotated[bool, typer.Option("--release", help="Take the lock away.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Fix the settings and the themes before you look: comparisons and reports then say `locked on DATE`, and what was changed since.

    Example: tracker lock
    """
    from tracker.cli import render_lock
    from tracker.cli.usage import UsageError
    from tracker.tasks import lock as tasks

    where = open_here(workspace)
    if show and release:
        raise UsageError("`--show` and `--release` are two things", hint="tracker lock --show")
    if release:
        held, done = tasks.release(where), "released"
    elif show:
        found = tasks.read_lock(where)
        if found is None:
            render_lock.nothing(where, json=json)
            return
        held, done = found, "shown"
    else:
        held, done = tasks.lock(where), "locked"
    render_lock.lock(held, done, where, json=json, quiet=quiet)
