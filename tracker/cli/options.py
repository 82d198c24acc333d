"""Options that several commands share, and how a command opens its workspace and shows progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.completion import themes
from tracker.progress import Progress

if TYPE_CHECKING:
    from tracker.tasks.workspace import Workspace

WorkspaceOption = Annotated[
    Path | None, typer.Option("--workspace", metavar="DIR", help="The workspace; else TRACKER_WORKSPACE, else found walking up from this folder.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable answer on stdout, nothing else there.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress; errors still show.")]
ScopeOption = Annotated[
    str | None,
    typer.Option("--scope", metavar="speaker|all|by-kind", help="Whose words count; by-kind: the speaker's in readouts and digests, all text elsewhere."),
]
LevelOption = Annotated[float | None, typer.Option("--level", metavar="0.95", help="Coverage of intervals, 0.5 to 0.999; a shift needs q <= 1 - level.")]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Language of word lists and topics where the texts are in several, e.g. en; the commonest when left out."),
]
BalanceOption = Annotated[
    str, typer.Option("--balance", metavar="X:Y", help="Also measure the balance of two themes, e.g. industrial-restructuring:self-reliance.")
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="THEME",
        autocompletion=themes,
        help="Leave the words of this theme out of every count (a flood on the day lowers every other share).",
    ),
]
WithinOption = Annotated[
    str,
    typer.Option("--within", metavar="KEY", help="Compare like with like: events of one kind, outlet, speaker, place, language or TAG with the same alone."),
]


def open_here(folder: Path | None) -> Workspace:
    """Open the workspace that a command was asked for."""
    from tracker.tasks.workspace import open_workspace

    return open_workspace(folder)


_OFTEN = 0.05  # seconds between two looks of a bar


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress | None]:
    """Yield a callback (step, done, total) that draws a bar on stderr; None when quiet or not a terminal."""
    if quiet or not (sys.stderr.isatty() or os.environ.get("FORCE_COLOR") or os.environ.get("TTY_COMPATIBLE")):  # what rich looks at; it takes long to load
        yield None
        return
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
    from rich.text import Text

    from tracker.numerals import number

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else f"{number(speed, 0 if speed >= 10 else 1)}/s")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        steps: dict[str, TaskID] = {}
        drawn = 0.0

        def show(step: str, done: int, total: int) -> None:
            nonlocal drawn
            now = monotonic()
            if step in steps and done < total and now - drawn < _OFTEN:  # a step of a million speeches is told a million times
                return
            drawn = now
            if step not in steps:
                steps[step] = bars.add_task(step, total=total)
            bars.update(steps[step], completed=done, total=total)

        yield show


_LARGE = 10**9  # bytes: less is not worth a word on a small machine whose owner has set nothing


def say_what_memory_is_needed(workspace: Workspace, *, quiet: bool) -> None:
    """Say it, unless `quiet`, where that is more than a command may take; nothing is refused, and no number changes."""
    from tracker.cli import render
    from tracker.numerals import number
    from tracker.room import may_take, needed

    if quiet:
        return
    most, allowed = needed(*workspace.store.extent()), may_take(workspace.recipe.memory_bytes)
    if most > (allowed if workspace.recipe.memory else max(allowed, _LARGE)):
        whose = "of `memory` in tracker.toml" if workspace.recipe.memory else "that are a quarter of this machine's memory"
        render.note(f"this corpus takes about {number(most / 1e9, 1)} GB at the most, more than the {number(allowed / 1e9, 1)} GB {whose}")
