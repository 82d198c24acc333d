"""`tracker init`, `list`, `show`, `set`, `remove` and `check`: the corpus by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.completion import speeches as speech_ids
from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here, progress_bar

IdArgument = Annotated[str, typer.Argument(metavar="ID", autocompletion=speech_ids, help="A speech's id or its beginning, as `tracker list` shows it.")]


def register(app: typer.Typer) -> None:
    """Put the commands on the app."""
    app.command("init")(init)
    app.command("list")(list_)
    app.command("show")(show)
    app.command("set")(set_)
    app.command("remove")(remove)
    app.command("check")(check)


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; this folder when left out.")] = Path(),
    themes: Annotated[
        str, typer.Option(metavar="policy|china-economy|none", help="The codebook to begin with: general policy areas, China's economy, or an empty one.")
    ] = "policy",
    *,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Make an empty workspace: settings, themes to edit, an empty corpus."""
    from tracker.cli import render
    from tracker.tasks.workspace import init as make

    workspace = make(folder, themes=themes)
    if json:
        render.answer("init", {"path": str(workspace.path), "themes": themes}, workspace)
    elif not quiet:
        render.text(f"workspace {workspace.path}\nthemes    {workspace.themes_path.name} ({themes}): edit it, then see `tracker themes`")
        render.note("next: tracker add SOURCE")


def list_(
    slice_: Annotated[str, typer.Argument(metavar="[SLICE]", help="2022, 2022-08, 2022..2023, speaker:NAME, TAG:value, latest; joined by commas.")] = "",
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """List the speeches: id, date and how it is known, speaker, title."""
    from tracker.cli import render
    from tracker.tasks.listing import list_speeches

    where = open_here(workspace)
    rows = list_speeches(where, slice_)
    if json:
        render.answer("list", {"speeches": [render.plain(row) for row in rows]}, where)
    else:
        render.speeches(rows, quiet=quiet)


def show(speech: IdArgument, *, workspace: WorkspaceOption = None, json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Show one speech with who is heard in every sentence."""
    from tracker.cli import render, render_speech
    from tracker.tasks.corpus import show as find

    where = open_here(workspace)
    marked = find(where, speech)
    if json:
        render.answer("show", render.plain(marked), where)
    else:
        render_speech.marked(marked, quiet=quiet)


def set_(
    speech: IdArgument,
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY=VALUE...",
            help="date, published, title, speaker, place, outlet, kind, language, event (a name; own: of its own), tag:NAME, "
            "or voice:N=LABEL for sentence N of `tracker show`.",
        ),
    ],
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Correct a speech; what you say outlives later readings of the file. Example: tracker set 3fa9c1 date=2023-09-07."""
    from tracker.cli import render
    from tracker.tasks.corpus import set_fields

    where = open_here(workspace)
    row = set_fields(where, speech, render.pairs(changes, f"tracker set {speech} date=2023-09-07"))
    if json:
        render.answer("set", {"speech": render.plain(row)}, where)
    else:
        render.speeches((row,), quiet=quiet)


def remove(
    speeches: Annotated[list[str], typer.Argument(metavar="ID...", autocompletion=speech_ids, help="Ids or their beginnings.")],
    *,
    forget: Annotated[bool, typer.Option("--forget", help="Forget your corrections too; else they return with the speech.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Take speeches out of the corpus; adding the file again brings them back with your corrections."""
    from tracker.cli import render
    from tracker.tasks.corpus import remove as take_out

    where = open_here(workspace)
    rows = take_out(where, speeches, forget=forget)
    if json:
        render.answer("remove", {"removed": [render.plain(row) for row in rows]}, where)
    elif not quiet:
        render.text("\n".join(f"removed {row.id} {row.date or 'undated'} {row.title or row.source}" for row in rows))


def check(*, workspace: WorkspaceOption = None, json: JsonOption = False, quiet: QuietOption = False) -> None:
    """List what needs a human eye: dates and kinds that were inferred, conflict or are missing."""
    from tracker.cli import render
    from tracker.tasks.check import check as examine

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = examine(where, progress=progress)
    if json:
        render.answer("check", render.plain(result), where)
    else:
        render.checked(result, quiet=quiet)
