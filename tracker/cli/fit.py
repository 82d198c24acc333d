"""`tracker fit` and `topics`: topics found in the passages of the corpus."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.options import JsonOption, LanguageOption, QuietOption, WorkspaceOption, open_here, progress_bar


def register(app: typer.Typer) -> None:
    """Put the commands on the app."""
    app.command("fit")(fit)
    app.command("topics")(topics)


def fit(
    *,
    number: Annotated[
        str | None,
        typer.Option("--topics", metavar="K|auto", help="How many topics; auto: as come back best. From the size of the corpus when left out."),
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
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Fit TF-IDF and LDA topics on the corpus (2 speeches or more; small ones are marked illustrative)."""
    from tracker.cli import render
    from tracker.tasks.topics import fit as fit_topics

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = fit_topics(where, topics=number, engine=engine, guided=guided, language=language, progress=progress)
    if json:
        render.answer("fit", render.plain(result), where, warnings=result.warnings)
    else:
        render.topics(result, quiet=quiet)


def topics(*, workspace: WorkspaceOption = None, json: JsonOption = False, quiet: QuietOption = False) -> None:
    """List the fitted topics: words, share, stability and a verbatim quote."""
    from tracker.cli import render
    from tracker.tasks.topics import current_topics

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = current_topics(where, progress=progress)
    if json:
        render.answer("topics", render.plain(result), where, warnings=result.warnings)
    else:
        render.topics(result, quiet=quiet)
