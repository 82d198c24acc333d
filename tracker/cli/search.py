"""`tracker search`: words in their context."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("search")(search)


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "a phrase", begin*, AND, OR, NOT, NEAR(one two, 5), brackets.')],
    slice_: Annotated[str, typer.Argument(metavar="[SLICE]", help="2022, 2022..2023, speaker:NAME, TAG:value, latest; joined by commas.")] = "",
    *,
    most: Annotated[int, typer.Option(metavar="40", help="Places shown at most, the earliest first.")] = 40,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Find words in the texts: each place with what stands around it, speech, date and who is heard.

    Example: tracker search '"sea wall" NOT dike*' 2022..2023
    """
    from tracker.cli import render, render_corpus
    from tracker.tasks.search import search as find

    where = open_here(workspace)
    result = find(where, query, slice_, most=most)
    if json:
        render.answer("search", render.plain(result), where)
    else:
        render_corpus.found(result, quiet=quiet)
