"""`tracker add`: put speeches into the corpus."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, progress_bar

if TYPE_CHECKING:
    from tracker.findings.records import Warning  # noqa: A004
    from tracker.findings.topic_records import AddedSince
    from tracker.tasks.add import AddResult
    from tracker.tasks.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("add")(add)


def add(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, tables, zip archives, or - for standard input.")],
    date: Annotated[str, typer.Option(metavar="2023-09-07", help="Date of the event, for every speech added.")] = "",
    published: Annotated[str, typer.Option(metavar="2023-09-09", help="Date of publication.")] = "",
    speaker: Annotated[str, typer.Option(metavar="NAME", help="Whose emphasis is measured.")] = "",
    title: Annotated[str, typer.Option(help="Title of the speech.")] = "",
    place: Annotated[str, typer.Option(help="Where it was given.")] = "",
    outlet: Annotated[str, typer.Option(help="Who published the text.")] = "",
    kind: Annotated[str, typer.Option(metavar="transcript|readout|article|digest", help="What kind of text it is; else detected.")] = "",
    language: Annotated[str, typer.Option(metavar="en", help="Language code; else detected.")] = "",
    tag: Annotated[list[str] | None, typer.Option("--tag", metavar="KEY=VALUE", help="A tag of your own; may be repeated.")] = None,
    text_column: Annotated[str, typer.Option(metavar="NAME", help="Column of a table that holds the text.")] = "",
    date_column: Annotated[str, typer.Option(metavar="NAME", help="Column of a table that holds the date.")] = "",
    id_column: Annotated[str, typer.Option(metavar="NAME", help="Column of a table that names the speech.")] = "",
    speaker_column: Annotated[str, typer.Option(metavar="NAME", help="Column of a table that holds the speaker.")] = "",
    title_column: Annotated[str, typer.Option(metavar="NAME", help="Column of a table that holds the title.")] = "",
    place_column: Annotated[str, typer.Option(metavar="NAME", help="Column of a table that holds the place.")] = "",
    *,
    strict: Annotated[bool, typer.Option(help="Stop, adding nothing, when a speech has no date or a source cannot be read.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Show what would be added; change nothing.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> int:
    """Read files into the corpus; adding the same file again changes nothing.

    Makes a workspace in this folder when there is none. Example: tracker add speeches/
    """
    from tracker.cli import render
    from tracker.tasks.add import Reading, add_speeches, workspace_for_adding

    given = {"date": date, "published": published, "speaker": speaker, "title": title, "place": place, "outlet": outlet, "kind": kind, "language": language}
    reading = Reading(
        said={name: value for name, value in given.items() if value} | render.tags_from(tag or []),
        text_column=text_column,
        date_column=date_column,
        id_column=id_column,
        speaker_column=speaker_column,
        title_column=title_column,
        place_column=place_column,
        strict=strict,
        dry_run=dry_run,
    )
    where = workspace_for_adding(workspace, sources, reading, dry_run=dry_run)
    if where.made and not quiet:
        render.note(f"made a workspace in {where.workspace.path}")
    with progress_bar(quiet=quiet or json) as progress:
        result = add_speeches(where.workspace, sources, reading, progress=progress)
    topics, warnings = (None, ()) if dry_run else _coverage(where.workspace, result)
    if json:
        render.answer("add", {**render.add_data(result), "topics": render.plain(topics)}, where.workspace, warnings=warnings)
    else:
        render.added(result, dry_run=dry_run)
        if topics is not None and not quiet:
            from tracker.cli.render_topics import covered

            render.note(f"topics: {covered(topics)}")
        render.warn(warnings, quiet=quiet)
    return 3 if result.skipped else 0


def _coverage(workspace: Workspace, result: AddResult) -> tuple[AddedSince | None, tuple[Warning, ...]]:
    """How the current topics cover the new speeches; nothing heavy is loaded where there are no topics."""
    if not (len(result.added) or len(result.updated)) or not (workspace.models_path / "current.json").exists():
        return None, ()
    from tracker.tasks.topics.added import coverage

    return coverage(workspace, [row.id for row in chain(result.added, result.updated)])
