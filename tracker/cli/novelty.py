"""`tracker novelty`: speeches that broke with what came before, and whether it lasted."""

from __future__ import annotations

import typer

from tracker.cli.options import JsonOption, LanguageOption, LevelOption, QuietOption, ScopeOption, WorkspaceOption, open_here, progress_bar
from tracker.cli.trend import WhereOption


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("novelty")(novelty)


def novelty(
    *,
    where: WhereOption = "",
    scope: ScopeOption = None,
    level: LevelOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Find speeches that broke with what came before, and say whether it lasted; 15 speeches or more.

    Example: tracker novelty --where 1946..2025
    """
    from tracker.cli import render, render_series
    from tracker.reports.json import novelty as as_json
    from tracker.tasks.compare import chosen_recipe
    from tracker.tasks.novelty import novelty as measure

    here = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = measure(here, where=where, scope=scope, level=level, language=language, progress=progress)
    if json:
        recipe = chosen_recipe(here.recipe, scope=scope, level=level, language=language)
        render.answer("novelty", as_json(result), here, warnings=result.warnings, recipe=recipe)
    else:
        render_series.novelty(result, quiet=quiet)
