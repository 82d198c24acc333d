"""`tracker themes`, `themes check` and `themes missed`: the named themes, what could mislead in them and what their words miss."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import theme_lists
from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here, progress_bar


def register(app: typer.Typer) -> None:
    """Put the commands on the app."""
    group = typer.Typer(rich_markup_mode=None)
    group.callback(invoke_without_command=True)(themes)
    group.command("check")(check)
    group.command("missed")(missed)
    theme_lists.register(group)
    app.add_typer(group, name="themes")


def themes(context: typer.Context, *, workspace: WorkspaceOption = None, json: JsonOption = False, quiet: QuietOption = False) -> None:
    """List the named themes of themes.toml with how often the corpus mentions them."""
    if context.invoked_subcommand is not None:
        return
    from tracker.cli import render
    from tracker.tasks.themes import list_themes

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        rows = list_themes(where, progress=progress)
    if json:
        render.answer("themes", {"themes": render.plain(rows)}, where)
    else:
        render.themes(rows, where.themes_path, quiet=quiet)


def check(
    before: Annotated[str, typer.Argument(metavar="[BEFORE]", help="A slice; with AFTER, what every shift between the two leans on.")] = "",
    after: Annotated[str, typer.Argument(metavar="[AFTER]", help="Another slice.")] = "",
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Look for words that carry or share a theme, words of one side alone, themes heard no more, and what shifts lean on.

    Example: tracker themes check 2022 2023
    """
    from tracker.cli import render, render_lists
    from tracker.cli.usage import UsageError
    from tracker.tasks.lists.checks import check_sides
    from tracker.tasks.themes import check_themes

    if before and not after:
        raise UsageError("two slices are compared, or none", hint=f"tracker themes check {before} latest")
    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = check_themes(where, progress=progress)
        sides = check_sides(where, before, after, progress=progress)
    if json:
        render.answer("themes-check", {**render.plain(result), "sides": render.plain(sides)}, where)
    else:
        render.themes_checked(result, quiet=quiet)
        render_lists.sides_checked(sides, quiet=quiet)


def missed(
    theme: Annotated[str, typer.Argument(metavar="[THEME]", help="One theme, quoted at length; all of them when left out.")] = "",
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Put each theme beside its topic: how far they agree, and passages that the topic finds and the theme's words miss.

    Example: tracker fit --guided; tracker themes missed self-reliance
    """
    from tracker.cli import render, render_missed
    from tracker.tasks.guided import missed as look

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = look(where, theme, quotes=10 if theme else 1, progress=progress)
    if json:
        render.answer("themes-missed", render.plain(result), where)
    else:
        render_missed.missed(result, quiet=quiet)
