"""Answers about the corpus for people: what a search found, what was exported, what the doctor saw."""

from __future__ import annotations

import shlex
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.cli.render import MARKS, PIPE_WIDTH, note, plain, table, text
from tracker.errors import CorpusError
from tracker.recipe import Recipe
from tracker.reports.json import dumps, envelope
from tracker.tasks.listing import corpus_summary

if TYPE_CHECKING:
    from tracker.tasks.doctor import Examination
    from tracker.tasks.export import Exported
    from tracker.tasks.search import Hit, SearchResult
    from tracker.tasks.workspace import Workspace


def found(result: SearchResult, *, quiet: bool) -> None:
    """A line a place, the words found in one column; a line above for each speech."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPE_WIDTH
    speech = ""
    for hit in result.hits:
        if hit.speech != speech:
            speech = hit.speech
            text(f"{hit.speech[:8]}  {hit.date or 'undated'}  {' · '.join(part for part in (hit.speaker, hit.title) if part)}".rstrip())
        text(_line(hit, width))
    if quiet:
        return
    places = f"{len(result.hits)} place{'s' if len(result.hits) != 1 else ''}"
    if result.complete:
        note(f"{places} in {result.speeches} speech{'es' if result.speeches != 1 else ''}" if result.hits else "nothing found")
    else:
        note(f"{places} shown, in {result.shown} of {result.speeches} speeches; --most shows more")
    if result.note:
        note(result.note)


def _line(hit: Hit, width: int) -> str:
    """One place: voice, then the words with as much around them as the terminal has room for."""
    voice = MARKS.get(hit.voice, hit.voice) + ("" if hit.sure else "?")
    left, match, right = (" ".join(part.split()) for part in (hit.left, hit.match, hit.right))
    around = max(10, (width - 16 - len(match)) // 2)
    before = f"{left}{' ' if hit.left[-1:].isspace() else ''}"[-around:]
    behind = f"{' ' if hit.right[:1].isspace() else ''}{right}"[:around]
    return f"{voice:>12} │ {before:>{around}}[{match}]{behind}"


def exported(result: Exported, *, quiet: bool) -> None:
    """Where the table is."""
    text(result.path)
    if not quiet:
        note(f"{result.speeches:,} speech{'es' if result.speeches != 1 else ''} as {result.format}; back again: {shlex.join(['tracker', 'add', result.path])}")


def examined(result: Examination, workspace: Workspace | None, *, quiet: bool) -> None:
    """A line for each thing looked at, and what a repair did."""
    shown = [row for row in result.rows if row.state != "ok"] if quiet else result.rows
    if shown:
        table(("", "what", "state", "found", "mend with"), [(row.area, row.name, row.state, row.found, row.help) for row in shown])
    for line in result.done:
        text(line)
    if result.backup:
        text(f"as it was before: {result.backup}")
    if quiet:
        return
    if workspace is None:
        note("no workspace here, so no corpus was examined")
    note(f"{result.wrong} thing{'s' if result.wrong != 1 else ''} wrong" if result.wrong else "nothing is wrong")


def examination_answer(result: Examination, workspace: Workspace | None) -> None:
    """The JSON envelope; a corpus that cannot be read, or none, is null in it."""
    data = {"rows": plain(result.rows), "wrong": result.wrong, "backup": result.backup or None, "done": list(result.done)}
    corpus = None
    if workspace is not None and not any(row.area == "corpus" and row.state == "wrong" for row in result.rows):
        with suppress(CorpusError):
            held = corpus_summary(workspace)
            corpus = {"speeches": held.speeches, "events": held.events, "tokens": held.tokens, "hash": held.hash}
    sys.stdout.write(dumps(envelope("doctor", data, corpus=corpus, recipe=workspace.recipe if workspace else Recipe())))
