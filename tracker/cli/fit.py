"""`tracker fit`: topics found in the passages of the corpus."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.options import JsonOption, LanguageOption, QuietOption, WorkspaceOption, open_here, progress_bar, say_what_memory_is_needed


def register(app: typer.Typer) -> None:
    """Put the command on the app."""
    app.command("fit")(fit)


def fit(
    *,
    number: Annotated[
        str | None,
        typer.Option(
            "--topics", metavar="K|auto", help="How many topics; auto: as come back best. As many as there are, else from the size of the corpus when left out."
        ),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="lda|nmf|gensim|sklearn",
            help="lda (default): the same topics every time; nmf: factors of TF-IDF; gensim, sklearn: their variational LDA.",
        ),
    ] = None,
    guided: Annotated[
        bool | None, typer.Option("--guided/--unguided", help="Begin a topic at every theme of themes.toml, beside free ones (engine lda).", show_default=False)
    ] = None,
    language: LanguageOption = None,
    cold: Annotated[bool, typer.Option("--cold", help="Start anew, not from the topics there are; those found again keep their ids and names.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Fit TF-IDF and LDA topics on the corpus (2 speeches or more; small ones are marked illustrative).

    Topics that are there already are carried on: ids and your names stay, and what became of each is told.
    """
    from tracker.cli import render, render_topics
    from tracker.tasks.topics import fit as fit_topics
    from tracker.tasks.topics import read_history

    where = open_here(workspace)
    say_what_memory_is_needed(where, quiet=quiet or json)
    fits = len(read_history(where))
    with progress_bar(quiet=quiet or json) as progress:
        result = fit_topics(where, topics=number, engine=engine, guided=guided, language=language, cold=cold, progress=progress)
    if json:
        render.answer("fit", render.plain(result), where, warnings=result.warnings)
    else:
        render_topics.fitted(result, anew=len(read_history(where)) > fits, quiet=quiet)
