"""`tracker diff`: what changed between two reports, and because of which speeches."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.completion import reports
from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("diff")(diff)


def diff(
    before: Annotated[
        str, typer.Argument(metavar="[RUN]", autocompletion=reports, help="A report's folder name or its beginning; the last but one when both are left out.")
    ] = "",
    after: Annotated[str, typer.Argument(metavar="[RUN]", autocompletion=reports, help="Another report; the newest when left out.")] = "",
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Say what changed between two reports, and because of which speeches.

    Example: tracker diff
    """
    from tracker.cli import render
    from tracker.cli.render_diff import changed
    from tracker.tasks.diff import diff as differ

    where = open_here(workspace)
    found = differ(where, before, after)
    if json:
        render.answer("diff", render.plain(found), where)
    else:
        changed(found, quiet=quiet)
