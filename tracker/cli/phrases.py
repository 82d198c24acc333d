"""`tracker phrases`: phrases with their first and last use."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.options import JsonOption, QuietOption, ScopeOption, WorkspaceOption, open_here, progress_bar


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("phrases")(phrases)


def phrases(
    slice_: Annotated[str, typer.Argument(metavar="[SLICE]", help="Phrases said in these speeches: 2022, 2022..2023, speaker:NAME, latest.")] = "",
    *,
    by: Annotated[str, typer.Option("--by", metavar="year|quarter|month", help="Periods that are told apart.")] = "year",
    least: Annotated[
        int | None, typer.Option("--least", metavar="3", min=1, help="Fewest uses in the whole corpus; 3, more in a corpus of millions of words.")
    ] = None,
    most: Annotated[int, typer.Option("--most", metavar="15", min=1, help="Phrases shown of each kind; --json has them all.")] = 15,
    scope: ScopeOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """List phrases of two to five words: what is new, what is not said any more, what is said most, counted word by word and quoted.

    Example: tracker phrases 2023 --most 10
    """
    from tracker.cli import render, render_phrases
    from tracker.reports.json import phrases as as_json
    from tracker.tasks.compare import chosen_recipe
    from tracker.tasks.phrases import phrases as find

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = find(where, slice_, by=by, least=least, scope=scope, progress=progress)
    if json:
        render.answer("phrases", as_json(result), where, recipe=chosen_recipe(where.recipe, scope=scope, level=None))
    else:
        render_phrases.phrases(result, most=most, quiet=quiet)
