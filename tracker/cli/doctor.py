"""`tracker doctor`: whether the installation and the corpus are sound."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, progress_bar


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("doctor")(doctor)


def doctor(
    *,
    repair: Annotated[bool, typer.Option("--repair", help="Repair the corpus from the originals stored in it, after a copy beside it.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> int:
    """Examine versions, extras and fonts, and inside a workspace every text, reference and index of its corpus.

    Exit code 1 when something is wrong. Example: tracker doctor --repair
    """
    from tracker.cli import render_corpus
    from tracker.tasks.doctor import doctor as examine
    from tracker.tasks.workspace import workspace_if_any

    where = workspace_if_any(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = examine(where, mend=repair, progress=progress)
    if json:
        render_corpus.examination_answer(result, where)
    else:
        render_corpus.examined(result, where, quiet=quiet)
    return 1 if result.wrong else 0
