"""`tracker themes` and what stands below it: the named themes, what could mislead in them, what their words miss, what human readers say of them."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import theme_lists
from tracker.cli.completion import themes as theme_ids
from tracker.cli.options import JsonOption, LevelOption, QuietOption, WorkspaceOption, open_here, progress_bar


def register(app: typer.Typer) -> None:
    """Put the commands on the app."""
    group = typer.Typer(rich_markup_mode=None)
    group.callback(invoke_without_command=True)(themes)
    group.command("check")(check)
    group.command("missed")(missed)
    theme_lists.register(group)
    group.command("sample")(sample)
    group.command("score")(score)
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
    theme: Annotated[str, typer.Argument(metavar="[THEME]", autocompletion=theme_ids, help="One theme, quoted at length; all of them when left out.")] = "",
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


def sample(
    themes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[THEME]...", autocompletion=theme_ids, help="The themes to ask about; all when left out. Few are coded better."),
    ] = None,
    *,
    size: Annotated[int, typer.Option("--size", metavar="200", min=1, help="Passages to draw; about 30 seconds of reading each.")] = 200,
    coders: Annotated[str, typer.Option("--coders", metavar="a,b", help="Names of the coders, two or more: a sheet for each.")] = "a,b",
    by: Annotated[str, typer.Option("--by", metavar="year|quarter|month", help="Periods; years, or four spans of years where there are many.")] = "",
    edges: Annotated[str, typer.Option("--edges", metavar="DAY,DAY", help="Periods that begin on these days, instead of --by.")] = "",
    output: Annotated[Path, typer.Option("--output", metavar="DIR", help="Folder of the sheets.")] = Path(),
    name: Annotated[str, typer.Option("--name", metavar="coding", help="Name of the sheets: NAME-CODER.csv.")] = "coding",
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Draw passages for human coders: by theme, period and outlet, with and without hits, shuffled, not showing what the list says.

    Example: tracker themes sample energy climate --size 150 --coders ana,ben
    """
    from tracker.cli import render, render_coding
    from tracker.tasks.coding import SampleChoices
    from tracker.tasks.coding import sample as draw
    from tracker.tasks.trend import asked_by, parse_edges

    where = open_here(workspace)
    named = tuple(part.strip() for part in coders.split(",") if part.strip())
    with asked_by("tracker themes sample"):
        choices = SampleChoices(size, named, by, parse_edges(edges), output, name)
    with progress_bar(quiet=quiet or json) as progress:
        result = draw(where, tuple(themes or ()), choices, progress=progress)
    if json:
        render.answer("themes-sample", render.plain(result), where)
    else:
        render_coding.sampled(result, quiet=quiet)


def score(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", help="Filled sheets, saved as csv, one a coder; none to score again.")] = None,
    *,
    partial: Annotated[bool, typer.Option("--partial", help="Take sheets with rows or cells left open.")] = False,
    disputed: Annotated[
        Path | None, typer.Option("--disputed", metavar="FILE", help="Write the passages coders differ on as a sheet to settle together; score it like theirs.")
    ] = None,
    of_sample: Annotated[str, typer.Option("--sample", metavar="sample-1", help="The sample; the one the sheets are of when left out.")] = "",
    forget: Annotated[
        str, typer.Option("--forget", metavar="NAME", help="Take back what this coder said (`settled`: what was settled); with --sample in that one alone.")
    ] = "",
    level: LevelOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Hold the lists against what coders said: agreement (alpha), precision, recall, corrected shares, by period and outlet.

    Example: tracker themes score coding-a.csv coding-b.csv --disputed open.csv
    """
    from tracker.cli import render, render_coding
    from tracker.cli.usage import UsageError
    from tracker.tasks.coding import forget as take_back
    from tracker.tasks.coding import score as measure
    from tracker.tasks.coding.score import ScoreChoices

    where = open_here(workspace)
    if forget:
        if files:
            raise UsageError("--forget takes codings back and reads no sheet", hint=f"tracker themes score --forget {shlex.quote(forget)}")
        gone = take_back(where, forget, sample=of_sample)
        if json:
            render.answer("themes-forget", render.plain(gone), where)
        else:
            render_coding.forgotten(gone, quiet=quiet)
        return
    with progress_bar(quiet=quiet or json) as progress:
        result = measure(where, tuple(files or ()), ScoreChoices(of_sample, partial, disputed, level), progress=progress)
    if json:
        render.answer("themes-score", render_coding.score_data(result), where, warnings=render_coding.all_warnings(result))
    else:
        render_coding.scored(result, quiet=quiet)
