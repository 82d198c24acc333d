"""`tracker view`: the reports in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.completion import reports
from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("view")(view)


def view(
    run: Annotated[
        str, typer.Argument(metavar="[RUN]", autocompletion=reports, help="A report's folder name or its beginning; the newest when left out.")
    ] = "",
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show the reports in the browser from a local server; Ctrl-C ends it. With --json only the list of reports is printed."""
    from tracker.cli import render
    from tracker.tasks.view import find_run, list_runs, serve

    where = open_here(workspace)
    if json:
        render.answer("view", {"runs": render.plain(list_runs(where))}, where)
        return
    chosen = find_run(where, run)

    def started(address: str) -> None:
        if not quiet:
            render.text(address)
            render.note(f"all reports: {address.rsplit('/', 2)[0]}/\nCtrl-C ends the server")

    serve(where, chosen, port=port, browser=browser, started=started)
