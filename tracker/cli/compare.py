"""`tracker compare`: the shift of every theme between two slices."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.options import (
    BalanceOption,
    JsonOption,
    LevelOption,
    QuietOption,
    ScopeOption,
    WithinOption,
    WithoutOption,
    WorkspaceOption,
    open_here,
    progress_bar,
    say_what_memory_is_needed,
)

BeforeArgument = Annotated[
    str, typer.Argument(metavar="BEFORE", help="A slice: 2022, 2022-08, 2022-Q3, ..2021, 2022..2023, speaker:NAME, TAG:value, id:3fa9c1.")
]
AfterArgument = Annotated[str, typer.Argument(metavar="AFTER", help="The other slice; it may not overlap the first; `latest` is the newest speech.")]


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("compare")(compare)


def compare(
    before: BeforeArgument,
    after: AfterArgument,
    *,
    balance: BalanceOption = "",
    without: WithoutOption = None,
    within: WithinOption = "",
    scope: ScopeOption = None,
    level: LevelOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Compare two periods: what these texts say, how each theme shifted, and how sure one can be.

    Example: tracker compare 2022 2023 --balance industrial-restructuring:self-reliance
    """
    from tracker.cli import render, render_comparison
    from tracker.findings.topic_shift_records import all_warnings
    from tracker.reports.json import comparison
    from tracker.tasks.compare import Choices, chosen_recipe
    from tracker.tasks.compare import compare as measure

    where = open_here(workspace)
    say_what_memory_is_needed(where, quiet=quiet or json)
    with progress_bar(quiet=quiet or json) as progress:
        result = measure(where, before, after, Choices(balance, tuple(without or ()), scope, level, within=within), progress=progress)
    if json:
        render.answer("compare", comparison(result), where, warnings=all_warnings(result), recipe=chosen_recipe(where.recipe, scope=scope, level=level))
    else:
        render_comparison.comparison(result, quiet=quiet)
