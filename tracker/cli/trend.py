"""`tracker trend`: themes over periods, speakers or tags."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.completion import themes as theme_ids
from tracker.cli.options import JsonOption, LevelOption, QuietOption, ScopeOption, WithoutOption, WorkspaceOption, open_here, progress_bar

ByOption = Annotated[str, typer.Option("--by", metavar="year|quarter|month|FIELD|TAG", help="The groups: calendar periods, a field such as speaker, or a tag.")]
EdgesOption = Annotated[
    str, typer.Option("--edges", metavar="DAY,DAY,...", help="First days of periods, e.g. of parliamentary sessions: 2001-01-20,2005-01-20; instead of --by.")
]
WhereOption = Annotated[str, typer.Option("--where", metavar="SLICE", help="Only these speeches: 2000..2020, speaker:NAME, TAG:value, joined by commas.")]


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("trend")(trend)


def trend(
    themes: Annotated[list[str] | None, typer.Argument(metavar="[THEME]...", autocompletion=theme_ids, help="Ids of themes; all when left out.")] = None,
    *,
    by: ByOption = "year",
    edges: EdgesOption = "",
    where: WhereOption = "",
    without: WithoutOption = None,
    scope: ScopeOption = None,
    level: LevelOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Follow themes over periods or groups: each against all others, trend and change point where there are enough.

    Example: tracker trend energy --by year --where 1970..1980
    """
    from tracker.cli import render, render_series
    from tracker.reports.json import series as as_json
    from tracker.tasks.compare import chosen_recipe
    from tracker.tasks.trend import SeriesChoices, parse_edges
    from tracker.tasks.trend import trend as measure

    here = open_here(workspace)
    choices = SeriesChoices(by, parse_edges(edges), where, tuple(without or ()), scope, level)
    with progress_bar(quiet=quiet or json) as progress:
        result = measure(here, tuple(themes or ()), choices, progress=progress)
    if json:
        render.answer("trend", as_json(result), here, warnings=result.warnings, recipe=chosen_recipe(here.recipe, scope=scope, level=level))
    else:
        render_series.series(result, quiet=quiet)
