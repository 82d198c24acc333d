"""`tracker topics`: the topics of the corpus, what you call them, and what became of them."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.completion import topics as topic_ids
from tracker.cli.options import JsonOption, QuietOption, WorkspaceOption, open_here, progress_bar

TopicArgument = Annotated[str, typer.Argument(metavar="ID", autocompletion=topic_ids, help="A topic's id (topic-03 or 3) or the name you gave it.")]
TopicsArgument = Annotated[list[str], typer.Argument(metavar="ID...", autocompletion=topic_ids, help="Ids (topic-03 or 3) or the names you gave.")]


def register(app: typer.Typer) -> None:
    """Put the commands on the app."""
    group = typer.Typer(rich_markup_mode=None)
    group.callback(invoke_without_command=True)(topics)
    for name, command in (("show", show), ("name", name_), ("hide", hide), ("unhide", unhide), ("history", history)):
        group.command(name)(command)
    app.add_typer(group, name="topics")


def topics(
    context: typer.Context,
    *,
    hidden: Annotated[bool, typer.Option("--all", help="Hidden topics too.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """List the fitted topics: name, words, share, stability and a verbatim quote."""
    if context.invoked_subcommand is not None:
        return
    from tracker.cli import render, render_topics
    from tracker.tasks.topics import current_topics

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        result = current_topics(where, hidden=hidden, progress=progress)
    if json:
        render.answer("topics", render.plain(result), where, warnings=result.warnings)
    else:
        render_topics.topics(result, quiet=quiet)


def show(topic: TopicArgument, *, workspace: WorkspaceOption = None, json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Show one topic: words, quality, share by year, its most typical passages and speeches, and what became of it."""
    from tracker.cli import render, render_topics
    from tracker.tasks.topics import topic_detail

    where = open_here(workspace)
    with progress_bar(quiet=quiet or json) as progress:
        found = topic_detail(where, topic, progress=progress)
    if json:
        render.answer("topics-show", render.plain(found), where)
    else:
        render_topics.detail(found, quiet=quiet)


def name_(
    topic: TopicArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help='What to call it; "" gives it its proposed label back.')],
    *,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Name a topic; the name stays with it over later fits and stands in reports. Example: tracker topics name 3 Floods."""
    from tracker.cli import render, render_topics
    from tracker.tasks.topics import name_topic

    where = open_here(workspace)
    marked = name_topic(where, topic, name)
    if json:
        render.answer("topics-name", {"topics": [render.plain(marked)]}, where)
    else:
        render_topics.marked((marked,), quiet=quiet)


def hide(topic: TopicsArgument, *, workspace: WorkspaceOption = None, json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Leave topics out of lists and reports, which say how many are hidden; their shares stay as they are."""
    _hide(topic, workspace, hidden=True, json=json, quiet=quiet)


def unhide(topic: TopicsArgument, *, workspace: WorkspaceOption = None, json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Show hidden topics again."""
    _hide(topic, workspace, hidden=False, json=json, quiet=quiet)


def history(*, workspace: WorkspaceOption = None, json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Tell what became of the topics in every fit: kept, born, split, merged, retired."""
    from tracker.cli import render, render_topics
    from tracker.tasks.topics import current_model, read_history, read_marks, user_names

    where = open_here(workspace)
    current_model(where)  # no history without topics
    fits = read_history(where)
    if json:
        render.answer("topics-history", {"fits": [render.plain(fit) for fit in fits]}, where)
    else:
        render_topics.history(fits, user_names(read_marks(where)), quiet=quiet)


def _hide(topics_: list[str], workspace: WorkspaceOption, *, hidden: bool, json: bool, quiet: bool) -> None:
    from tracker.cli import render, render_topics
    from tracker.tasks.topics import hide as hide_topics

    where = open_here(workspace)
    marked = hide_topics(where, topics_, hidden=hidden)
    if json:
        render.answer("topics-hide" if hidden else "topics-unhide", {"topics": [render.plain(one) for one in marked]}, where)
    else:
        render_topics.marked(marked, quiet=quiet)
