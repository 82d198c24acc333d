"""`tracker themes draft`, `suggest`, `import` and `export`: lists of words made, mended and exchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.completion import themes as theme_ids
from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here, progress_bar

LanguageOfList = Annotated[str, typer.Option("--language", metavar="CODE", help="The language, where the texts are in several; the commonest when left out.")]


def register(group: typer.Typer) -> None:
    """Put the commands into the group `themes`."""
    for name, command in (("draft", draft), ("suggest", suggest), ("import", import_), ("export", export)):
        group.command(name)(command)


def draft(
    *,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to make; themes-draft.toml in the workspace when left out.")] = None,
    most: Annotated[int, typer.Option(metavar="N", help="Themes at the most, 1 to 25.")] = 25,
    language: LanguageOfList = "",
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Draft a first list of themes from the corpus's own words and phrases, with quotes; never touches themes.toml.

    Example: tracker themes draft --output my-themes.toml
    """
    from tracker.cli import render, render_lists
    from tracker.tasks.lists.draft import draft as make

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = make(where, output, language=language, most=most, progress=progress)
    if json:
        render.answer("themes-draft", {name: value for name, value in render.plain(result).items() if name != "text"}, where)
    else:
        render_lists.drafted(result, quiet=quiet)


def suggest(
    theme: Annotated[str, typer.Argument(metavar="NAME", autocompletion=theme_ids, help="The theme's name in themes.toml.")],
    *,
    accept: Annotated[list[str] | None, typer.Option("--accept", metavar="WORD", help="Put this word into the theme's list; may be repeated.")] = None,
    drop: Annotated[list[str] | None, typer.Option("--drop", metavar="WORD", help="Take this word out of the theme's list; may be repeated.")] = None,
    core: Annotated[bool, typer.Option("--core", help="Accepted words are core words.")] = False,
    own: Annotated[str, typer.Option("--into", metavar="CODE", help="Put accepted words into the theme's list for this language, e.g. zh.")] = "",
    most: Annotated[int, typer.Option(metavar="N", min=1, help="Words at the most.")] = 25,
    language: LanguageOfList = "",
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Propose words for a theme and words to drop, each with what it would do; --accept and --drop write them into themes.toml.

    Example: tracker themes suggest climate --accept "greenhouse gases" --accept "emission*" --drop weather
    """
    from tracker.cli import render, render_lists
    from tracker.cli.usage import UsageError
    from tracker.tasks.lists.suggest import accept as put
    from tracker.tasks.lists.suggest import suggest as look

    if (own or core) and not accept:
        raise UsageError(
            f"{'--into' if own else '--core'} says where accepted words go, and none is accepted", hint=f"tracker themes suggest {theme} --accept WORD"
        )
    where = open_here(workspace)
    if accept or drop:
        written = put(where, theme, accept or (), drop=drop or (), language=own, core=core)
        if json:
            render.answer("themes-accept", render.plain(written), where)
        else:
            render_lists.accepted(written, quiet=quiet)
        return
    with progress_bar(quiet=quiet or json) as progress:
        result = look(where, theme, language=language, most=most, progress=progress)
    if json:
        render.answer("themes-suggest", render.plain(result), where)
    else:
        render_lists.suggested(result, quiet=quiet)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A quanteda dictionary (.yml, .yaml), a csv with columns theme and term, or a .toml.")],
    *,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to make; themes.toml where the workspace has none.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Read another tool's dictionary and write it as a list of themes; never overwrites one.

    Example: tracker themes import dictionary.yml --output themes-imported.toml
    """
    from tracker.cli import render, render_lists
    from tracker.tasks.lists.exchange import import_themes

    where = open_here(workspace)
    result = import_themes(where, file, output)
    if json:
        render.answer("themes-import", render.plain(result), where)
    else:
        render_lists.exchanged(result, quiet=quiet)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make; .yml or .yaml for quanteda, .csv for a table.")],
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write the themes as a quanteda dictionary or a csv, which `tracker themes import` takes back.

    Example: tracker themes export themes.yml
    """
    from tracker.cli import render, render_lists
    from tracker.tasks.lists.exchange import export_themes

    where = open_here(workspace)
    result = export_themes(where, file)
    if json:
        render.answer("themes-export", render.plain(result), where)
    else:
        render_lists.exchanged(result, quiet=quiet)
