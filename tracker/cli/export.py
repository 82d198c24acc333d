"""`tracker export`: the corpus as a table, or the topics for gensim."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here, progress_bar

if TYPE_CHECKING:
    from tracker.tasks.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("export")(export)


def export(
    *,
    to: Annotated[str, typer.Option(metavar="csv|jsonl|parquet", help="The format; else by the name of the file, else csv.")] = "",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file to make; standard output when left out (csv and jsonl). With --model: the folder.")
    ] = None,
    model: Annotated[str, typer.Option(metavar="gensim", help="Write the fitted topics instead, as gensim's LdaModel and Dictionary.")] = "",
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write all speeches with everything known of them as a table; `tracker add` takes it back unchanged.

    Example: tracker export --output speeches.csv
    """
    from tracker.cli import render, render_corpus
    from tracker.tasks.export import export as write
    from tracker.tasks.export import rows

    where = open_here(workspace)
    if model:
        _model(where, model, to, output, json=json, quiet=quiet)
        return
    if json and output is None:
        render.answer("export", {"path": None, "format": "json", "speeches": list(rows(where))}, where)
        return
    with _standard_output() as stream, progress_bar(quiet=quiet or json or output is None) as progress:
        result = write(where, output, to=to, stream=stream, progress=progress)
    if json:
        render.answer("export", render.plain(result), where)
    elif output is not None:
        render_corpus.exported(result, quiet=quiet)


def _model(workspace: Workspace, model: str, to: str, output: Path | None, *, json: bool, quiet: bool) -> None:
    from tracker.cli import render
    from tracker.cli.usage import UsageError
    from tracker.tasks.topics.to_gensim import export_model

    if to:
        raise UsageError("`--to` is a format of tables, `--model` writes topics", hint="tracker export --model gensim")
    result = export_model(workspace, output, to=model)
    if json:
        render.answer("export", render.plain(result), workspace)
    elif not quiet:
        render.text(f"{result.topics} topics over {result.terms:,} terms: {result.path}/ ({', '.join(result.files)})")
        render.note(f'in Python: gensim.models.LdaModel.load("{result.path}/lda.model"); topics.json says which topic is which')


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    """Standard output as UTF-8 with plain line ends, whatever the terminal is set to: the rows are data."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        yield sys.stdout
        return
    sys.stdout.flush()
    stream = io.TextIOWrapper(raw, encoding="utf-8", newline="")
    try:
        yield stream
    finally:
        stream.flush()
        stream.detach()
