"""`tracker words`: the words that mark one slice off from another."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.compare import AfterArgument, BeforeArgument
from tracker.cli.options import JsonOption, LanguageOption, LevelOption, QuietOption, ScopeOption, WorkspaceOption, open_here, progress_bar


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("words")(words)


def words(
    before: BeforeArgument,
    after: AfterArgument,
    *,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Words shown for each side; --json has them all.")] = 15,
    scope: ScopeOption = None,
    level: LevelOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Rank the words that mark AFTER off from BEFORE, and back, by weighted log-odds; starred: they pass a test over speeches."""
    from tracker.cli import render
    from tracker.reports.json import words as as_json
    from tracker.tasks.compare import chosen_recipe
    from tracker.tasks.words import words as rank

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = rank(where, before, after, scope=scope, level=level, language=language, progress=progress)
    if json:
        recipe = chosen_recipe(where.recipe, scope=scope, level=level, language=language)
        render.answer("words", as_json(result), where, warnings=result.warnings, recipe=recipe)
    else:
        render.words(result, most=most, quiet=quiet)
