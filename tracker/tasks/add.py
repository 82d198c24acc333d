"""Add speeches: read, lay the user's words over, detect what nobody stated, store; nothing is lost and nothing counted twice."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from tracker.errors import SourceError, TrackerError
from tracker.findings.records import SpeechSummary
from tracker.sources import ReadOptions, Skipped, read_sources
from tracker.speech import Speech
from tracker.store import Outcome
from tracker.tasks.corpus import content_tokens, corrected, prepared, summary
from tracker.tasks.workspace import Workspace, find_workspace, init, open_workspace

Progress = Callable[[str, int, int], None]
BATCH = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read.

    Args:
        said: What the user says of every speech added: field (`date`, `speaker`, `tag:NAME`, ...) to value.
        text_column: Column of a table that holds the text.
        date_column: Column of a table that holds the date.
        id_column: Column of a table that names the speech.
        strict: A speech without a date, or a source that cannot be read, is an error and nothing is added.
        dry_run: Nothing is written.
    """

    said: Mapping[str, str] = field(default_factory=dict)
    text_column: str = ""
    date_column: str = ""
    id_column: str = ""
    strict: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class AddResult:
    """What `add` did: summaries of the speeches added, updated and unchanged, and what was skipped with its reason."""

    added: tuple[SpeechSummary, ...]
    updated: tuple[SpeechSummary, ...]
    unchanged: tuple[SpeechSummary, ...]
    duplicates: tuple[tuple[str, str], ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class WorkspaceForAdding:
    """The workspace to add to, and whether it was made just now."""

    workspace: Workspace
    made: bool


def workspace_for_adding(folder: Path | None, *, dry_run: bool = False) -> WorkspaceForAdding:
    """Open the workspace named or found; make one in this folder when there is none (`add` alone may do that)."""
    if folder is not None or os.environ.get("TRACKER_WORKSPACE"):
        return WorkspaceForAdding(open_workspace(folder), made=False)
    found = find_workspace(Path.cwd())
    if found is not None:
        return WorkspaceForAdding(found, made=False)
    place = Path(tempfile.mkdtemp(prefix="tracker-dry-run-")) / "workspace" if dry_run else Path.cwd()
    return WorkspaceForAdding(init(place), made=not dry_run)


def add(workspace: Workspace, sources: Sequence[str], **said: str) -> AddResult:
    """Add sources, saying the same of every speech: `add(ws, ["speeches/"], speaker="Ada Berg")`."""
    return add_speeches(workspace, sources, Reading(said=said))


def add_speeches(workspace: Workspace, sources: Sequence[str], reading: Reading, *, progress: Progress | None = None) -> AddResult:
    """Read sources into the corpus of a workspace.

    Args:
        workspace: Where to.
        sources: Files, folders, tables, or `-` for standard input.
        reading: How.
        progress: Called with (step, done, total) now and then.

    Returns:
        What was added, updated, unchanged and skipped.

    Raises:
        SourceError: A source does not exist; with `strict`, anything that cannot be read or has no date.
        CorpusError: The corpus cannot be written; it is as it was up to the last whole batch.
    """
    corrected(Speech(key="", text=""), reading.said, workspace.recipe)  # a value nobody can use is an error before anything is read
    took = _Taken(workspace, reading)
    options = ReadOptions(
        text_column=reading.text_column, date_column=reading.date_column, id_column=reading.id_column, date_order=workspace.recipe.dates.order
    )
    items: Iterable[Speech | Skipped] = read_sources(list(sources), options)
    if reading.strict:
        items = list(items)
        took.refuse_gaps(items)
    size = None if reading.dry_run or reading.strict else BATCH
    done = 0
    for batch in _batches(items, size):
        with workspace.store.writing(keep=not reading.dry_run):
            for item in batch:
                took.take(item)
        done += len(batch)
        if progress is not None:
            progress("adding", done, done)
    return took.result()


class _Taken:
    """What has been taken into the corpus so far in one call of `add`."""

    def __init__(self, workspace: Workspace, reading: Reading) -> None:
        self.folder, self.store, self.recipe, self.reading = workspace.path, workspace.store, workspace.recipe, reading
        self.outcomes: dict[Outcome, list[SpeechSummary]] = {"added": [], "updated": [], "unchanged": []}
        self.duplicates: list[tuple[str, str]] = []
        self.skipped: list[Skipped] = []

    def take(self, item: Speech | Skipped) -> None:
        """Store one speech, or remember why it was skipped; one that fails never stops the rest."""
        if isinstance(item, Skipped):
            self.skipped.append(item)
            return
        told, item = item.source, _seen_from(item, self.folder)
        held = self.store.by_key(item.key)
        if held is None and (self.folder / item.source).is_file() and (held := self.store.by_source(item.source)) is not None:
            item = replace(item, key=held.key)  # the same file, found below another folder than the first time
        if held is not None and _other_file(held, item, self.folder):
            reason = f"`{item.key}` is in the corpus already, from {held.source}; add the folder above both, so that their names differ"
            self.skipped.append(Skipped(told, reason))
            return
        try:
            speech = prepared(item, {**self.store.corrections(item.key), **self.reading.said}, self.recipe)
            tokens = content_tokens(speech)
        except TrackerError as error:
            self.skipped.append(Skipped(told, f"{error.message} ({error.hint})" if error.hint else error.message))
            return
        if self.reading.said:
            self.store.correct(item.key, self.reading.said)
        outcome = self.store.put(speech, tokens)
        self.outcomes[outcome].append(summary(speech, tokens))
        if outcome != "unchanged":
            self.duplicates.extend((speech.id, other) for other in self.store.same_text(speech))

    def refuse_gaps(self, items: Sequence[Speech | Skipped]) -> None:
        """With --strict: one error that names everything without a date or unread; nothing has been written yet."""
        gaps = [f"{i.source}: {i.reason}" for i in items if isinstance(i, Skipped)]
        for item in items:
            if isinstance(item, Speech):
                speech = prepared(item, {**self.store.corrections(item.key), **self.reading.said}, self.recipe)
                gaps += [f"{item.source}: no date (looked for: {LOOKED_FOR})"] if speech.date.event_date is None else []
        if gaps:
            raise SourceError(f"{len(gaps)} of {len(items)} sources cannot be added with --strict; nothing was added", looked_at=tuple(gaps), hint=STRICT_HINT)

    def result(self) -> AddResult:
        """Everything so far."""
        three = (tuple(self.outcomes[name]) for name in ("added", "updated", "unchanged"))
        added, updated, unchanged = three
        return AddResult(added, updated, unchanged, tuple(self.duplicates), tuple(self.skipped))


LOOKED_FOR = "front matter, a sidecar, a date header, a dateline, a caption, the file name, the text"
STRICT_HINT = "tracker add SOURCE --date 2023-09-07, or leave --strict away and see `tracker check`"


def _seen_from(item: Speech, folder: Path) -> Speech:
    """Name a file, or a line of one, by its way from the workspace, so that it is the same wherever the command is given."""
    name, line = item.source, ""
    if not Path(name).is_file():
        name, colon, number = item.source.rpartition(":")
        line = colon + number
    if not Path(name).is_file():
        return item
    path = Path(name).resolve()
    with suppress(ValueError):  # on another drive
        path = Path(os.path.relpath(path, folder.resolve()))
    return replace(item, source=path.as_posix() + line)


def _other_file(held: Speech, item: Speech, folder: Path) -> bool:
    """Whether a key of the corpus belongs to another file that still exists: taking it for an update would lose a speech."""
    if held.source == item.source or held.text == item.text:
        return False
    old, new = folder / held.source, folder / item.source
    return new.is_file() and old.is_file() and not old.samefile(new)


def _batches(items: Iterable[Speech | Skipped], size: int | None) -> Iterator[list[Speech | Skipped]]:
    """Cut a stream into lists of `size`; all in one when None."""
    stream = iter(items)
    while batch := list(stream if size is None else islice(stream, size)):
        yield batch
