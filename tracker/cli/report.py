"""`tracker report`: the main job, a theme report in a folder."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.completion import reports
from tracker.cli.options import (
    BalanceOption,
    JsonOption,
    LanguageOption,
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
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.tasks.compare import Choices
    from tracker.tasks.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("report")(report)


def report(
    before: Annotated[str, typer.Argument(metavar="[BEFORE]", help="A slice; the last but one year with speeches when both are left out.")] = "",
    after: Annotated[str, typer.Argument(metavar="[AFTER]", help="The other slice; the last year with speeches when both are left out.")] = "",
    *,
    title: Annotated[str, typer.Option(help="Title of the report.")] = "",
    balance: BalanceOption = "",
    without: WithoutOption = None,
    within: WithinOption = "",
    by: Annotated[str, typer.Option("--by", metavar="year|month|FIELD|TAG", help="Groups of the series; years when three or more have speeches.")] = "",
    scope: ScopeOption = None,
    level: LevelOption = None,
    language: LanguageOption = None,
    since: Annotated[str, typer.Option(metavar="RUN", autocompletion=reports, help="The report to say what changed since; none for no such section.")] = "",
    open_: Annotated[bool, typer.Option("--open", help="Open the report in the browser when it is written.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also write report.pdf, printed by the Chromium, Chrome or Edge that is installed.")] = False,
    charts_only: Annotated[bool, typer.Option("--charts-only", help="Only charts (svg, png, pdf) and the data behind them, no page.")] = False,
    size: Annotated[list[str] | None, typer.Option("--size", metavar="column|page|slide", help="With --charts-only: in this size too; repeatable.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write a theme report: page, charts, data and the numbers behind them, in reports/.

    Example: tracker report 2022 2023
    """
    from tracker.cli import render
    from tracker.tasks.compare import Choices, chosen_recipe
    from tracker.tasks.diff import since_run
    from tracker.tasks.report import report as write

    where = open_here(workspace)
    say_what_memory_is_needed(where, quiet=quiet or json)
    choices = Choices(balance, tuple(without or ()), scope, level, language, within, by)
    if charts_only or size:
        _charts(where, (before, after), choices, size or [], json=json, quiet=quiet, alone=charts_only)
        return
    with progress_bar(quiet=quiet or json) as progress:
        result = write(where, before, after, choices, title=title, since=since_run(where, since), progress=progress)
    printed = _printed(result.html) if pdf else None
    if json:
        data = {name: value for name, value in render.plain(result).items() if name != "warnings"} | ({"pdf": printed} if printed else {})
        render.answer("report", data, where, warnings=result.warnings, recipe=chosen_recipe(where.recipe, scope=scope, level=level, language=language))
    else:
        render.reported(result, quiet=quiet)
        if printed:
            render.text(printed)
    if open_:
        from tracker.tasks.view import open_page

        if not open_page(result.html):
            render.note("no browser was found; open the page yourself")


def _charts(where: Workspace, slices: tuple[str, str], choices: Choices, sizes: list[str], *, json: bool, quiet: bool, alone: bool) -> None:
    """Write charts and data alone, and say where they are."""
    from tracker.cli import render
    from tracker.tasks.charts import charts
    from tracker.tasks.compare import chosen_recipe

    if not alone:
        raise TrackerError(
            "sizes are for charts alone: a page has charts of its own width",
            hint=shlex.join(["tracker", "report", *filter(None, slices), "--charts-only", "--size", sizes[0]]),
        )
    with progress_bar(quiet=quiet or json) as progress:
        result = charts(where, *slices, choices, sizes=sizes, progress=progress)
    if json:
        recipe = chosen_recipe(where.recipe, scope=choices.scope, level=choices.level, language=choices.language)
        render.answer("charts", render.plain(result), where, recipe=recipe)
    else:
        if not quiet:
            render.text("\n".join(f"  {name}" for name in result.files))
        render.text(result.path)


def _printed(page: str) -> str:
    """Print the page beside itself; where it is."""
    from tracker.tasks.print_page import print_page

    return str(print_page(Path(page)))
