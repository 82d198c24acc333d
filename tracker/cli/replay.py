"""`tracker replay`: a report made again from what it was made from."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.completion import reports
from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here, progress_bar

DIFFERS = 3


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("replay")(replay)


def replay(
    run: Annotated[
        str, typer.Argument(metavar="[RUN]", autocompletion=reports, help="A report's folder name or its beginning; the newest when left out.")
    ] = "",
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Make a report again from the same speeches, settings, themes and topic model, and compare every byte; exit code 3 when it differs.

    Example: tracker replay
    """
    from tracker.cli import render
    from tracker.cli.render_diff import replayed
    from tracker.tasks.replay import replay as again
    from tracker.tasks.written_reports import find_run

    where = open_here(workspace)
    name = find_run(where, run).name
    with progress_bar(quiet=quiet or json) as progress:
        found = again(where, name, progress=progress)
    if json:
        render.answer("replay", render.plain(found), where)
    else:
        replayed(found, quiet=quiet)
    if not found.same:
        raise typer.Exit(DIFFERS)
