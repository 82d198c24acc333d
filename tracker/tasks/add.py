"""Add speeches: read, lay the user's words over, detect what nobody stated, store; nothing is lost and nothing counted twice."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from tracker.errors import SourceError, TrackerError
from tracker.events import regroup
from tracker.findings.speech_records import SpeechSummary
from tracker.progress import Progress
from tracker.recipe import read_recipe
from tracker.sources import ReadOptions, Skipped, check_paths, read_sources
from tracker.speech import Speech
from tracker.spooled import Spooled
from tracker.store import Outcome, open_store
from tracker.store.groupings import Grouping
from tracker.tasks.ahead import Ahead
from tracker.tasks.corpus import content_tokens, corrected, summary
from tracker.tasks.export import RECORD, restored
from tracker.tasks.origin import is_whole_file, line, other_file, seen_from
from tracker.tasks.workspace import Workspace, find_workspace, init, open_workspace

BATCH = 200
COLUMNS = ("text_column", "date_column", "id_column", "speaker_column", "title_column", "place_column")


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read.

    Args:
        said: What the user says of every speech added: field (`date`, `speaker`, `tag:NAME`, ...) to value.
        text_column: Column of a table that holds the text.
        date_column: Column of a table that holds the date.
        id_column: Column of a table that names the speech.
        speaker_column: Column of a table that holds the speaker.
        title_column: Column of a table that holds the title.
        place_column: Column of a table that holds the place.
        strict: A speech without a date, or a source that cannot be read, is an error and nothing is added.
        dry_run: Nothing is written.
    """

    said: Mapping[str, str] = field(default_factory=dict)
    text_column: str = ""
    date_column: str = ""
    id_column: str = ""
    speaker_column: str = ""
    title_column: str = ""
    place_column: str = ""
    strict: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class AddResult:
    """What `add` did: summaries of the speeches added, updated and unchanged, what was skipped with its reason, and what became one event.

    Args:
        returned: Id of each speech that had been removed and is back with the user's corrections, and the fields they are of.
    """

    added: Spooled[SpeechSummary]
    updated: Spooled[SpeechSummary]
    unchanged: Spooled[SpeechSummary]
    duplicates: tuple[tuple[str, str], ...]
    skipped: tuple[Skipped, ...]
    grouped: tuple[Grouping, ...] = ()
    returned: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceForAdding:
    """The workspace to add to, and whether it was made just now."""

    workspace: Workspace
    made: bool


def workspace_for_adding(folder: Path | None, sources: Sequence[str] = (), reading: Reading | None = None, *, dry_run: bool = False) -> WorkspaceForAdding:
    """Open the workspace named or found; make one in this folder when there is none (`add` alone may do that).

    Args:
        folder: The workspace named; None to look for it.
        sources: What is to be added; checked before a workspace is made, so that a slip of the pen leaves none behind.
        reading: How; checked likewise.
        dry_run: Whether the new workspace is only a rehearsal, removed at the end.
    """
    named = folder is not None or os.environ.get("TRACKER_WORKSPACE")
    found = open_workspace(folder) if named else find_workspace(Path.cwd())
    if found is not None:
        if not found.corpus_path.exists() and not dry_run:
            open_store(found.corpus_path, create=True).close()
        return WorkspaceForAdding(found, made=False)
    check_paths(sources)
    if reading is not None:
        corrected(Speech(key="", text=""), reading.said, read_recipe(None))
    if not dry_run:
        return WorkspaceForAdding(init(Path.cwd()), made=True)
    import atexit
    import shutil
    import tempfile

    rehearsal = tempfile.mkdtemp(prefix="tracker-dry-run-")
    atexit.register(shutil.rmtree, rehearsal, ignore_errors=True)
    return WorkspaceForAdding(init(Path(rehearsal) / "workspace"), made=False)


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
    columns = {name: getattr(reading, name) for name in COLUMNS}
    options = ReadOptions(**columns, date_order=workspace.recipe.dates.order)
    items = read_sources(list(sources), options)
    size = None if reading.dry_run or reading.strict else BATCH
    done = 0
    with closing(Ahead(workspace.recipe)) as ahead:
        took = _Taken(workspace, reading, ahead)
        for batch in _one_ahead(_batches(items, size), took):
            with workspace.store.writing(keep=not reading.dry_run):
                for item in batch:
                    took.take(item)
                if reading.strict:
                    took.refuse_gaps(sources)
            done += len(batch)
            if progress is not None:
                progress("adding", done, done)
    if not reading.dry_run:
        regroup(workspace.store, progress=progress)
    return took.result()


class _Taken:
    """What has been taken into the corpus so far in one call of `add`."""

    def __init__(self, workspace: Workspace, reading: Reading, ahead: Ahead) -> None:
        self.ahead = ahead
        self.folder, self.store, self.recipe, self.reading = workspace.path, workspace.store, workspace.recipe, reading
        self.outcomes: dict[Outcome, Spooled[SpeechSummary]] = {"added": Spooled(), "updated": Spooled(), "unchanged": Spooled()}
        self.duplicates: list[tuple[str, str]] = []
        self.skipped: list[Skipped] = []
        self.returned: list[tuple[str, tuple[str, ...]]] = []

    def take(self, item: Speech | Skipped) -> None:
        """Store one speech, or remember why it was skipped; one that fails never stops the rest."""
        if isinstance(item, Skipped):
            self.skipped.append(item)
            return
        told, exported = item.source, restored(item)
        item = seen_from(item, self.folder) if exported is None else exported.speech
        held = self.store.by_key(item.key)
        if held is None and is_whole_file(item.source, self.folder) and (held := self.store.by_source(item.source)) is not None:
            item = replace(item, key=held.key)  # the same file, found below another folder than the first time
        if held is not None and other_file(held, item, self.folder):
            apart = "give the rows of both tables different ids" if line(item.source) else "add the folder above both"
            self.skipped.append(Skipped(told, f"`{item.key}` is in the corpus already, from {held.source}; {apart}, so that their names differ"))
            return
        try:
            remembered = self._remembered(item, held)
            said = {**(exported.corrections if exported else {}), **remembered, **self.reading.said}
            as_exported = exported is not None and exported.same and said == exported.corrections
            speech, tokens = (item, content_tokens(item)) if as_exported else self._detected(corrected(item, said, self.recipe))
        except TrackerError as error:
            self.skipped.append(Skipped(told, error.message, error.hint))
            return
        if exported or self.reading.said:
            self.store.correct(item.key, said)
        outcome = self.store.put(speech, tokens)
        self.outcomes[outcome].append(summary(speech, tokens))
        if held is None and remembered:
            self.returned.append((speech.id, tuple(remembered)))
        if outcome != "unchanged":
            self.duplicates.extend((speech.id, other) for other in self.store.same_text(speech))

    def announce(self, batch: Sequence[Speech | Skipped]) -> None:
        """Have the other process look at speeches that will be taken next; a few are not worth its start, exported ones say what it would find."""
        if len(batch) < BATCH and not self.ahead.is_running:
            return
        said = {name: value for name, value in self.reading.said.items() if name in ("speaker", "language", "kind")}
        self.ahead.ask(corrected(item, said, self.recipe) for item in batch if isinstance(item, Speech) and RECORD not in item.tags)

    def _detected(self, speech: Speech) -> tuple[Speech, int]:
        found = self.ahead.detected(speech)
        return replace(speech, language=found.language, kind=found.kind), found.tokens

    def _remembered(self, item: Speech, held: Speech | None) -> dict[str, str]:
        """What the user said of a speech before; of one that was removed only where its text is the same, else it is another's name now."""
        said = self.store.corrections(item.key)
        if said and held is None and not self.store.has_text(item.id):
            self.store.forget(item.key)
            return {}
        return said

    def refuse_gaps(self, sources: Sequence[str]) -> None:
        """With --strict: one error that names everything without a date or not read; the transaction takes back the rest."""
        taken = [row for rows in self.outcomes.values() for row in rows]
        undated = [row.source for row in taken if not row.date]
        gaps = [*(f"{s.source}: {s.reason}" for s in self.skipped), *(f"{source}: no date" for source in undated)]
        total = len(taken) + len(self.skipped)
        if undated and total == 1:
            hint = shlex.join(["tracker", "add", *sources, "--date", "2023-09-07"])
            refused = [c for c in self.store.get(taken[0].id).date.evidence.split("; ") if "was not taken" in c]
            raise SourceError(f"no date in `{undated[0]}`", looked_at=(f"looked for: {LOOKED_FOR}", *refused), hint=hint)
        if gaps:
            count = f"{len(gaps)} of {total} speeches cannot be added with --strict; nothing was added"
            raise SourceError(count, looked_at=tuple(gaps), hint=shlex.join(["tracker", "add", *sources]))

    def result(self) -> AddResult:
        """Everything so far."""
        held = self.store.groupings().of(row.id for rows in self.outcomes.values() for row in rows)
        three = (Spooled(_grouped(row, held) for row in self.outcomes[name]) for name in ("added", "updated", "unchanged"))
        added, updated, unchanged = three
        fresh = tuple(held[row.id] for row in chain(added, updated) if row.id in held)
        return AddResult(added, updated, unchanged, tuple(self.duplicates), tuple(self.skipped), fresh, tuple(self.returned))


LOOKED_FOR = "front matter, a sidecar, a date header, a dateline, a caption, the file name, the text"


def _grouped(row: SpeechSummary, held: Mapping[str, Grouping]) -> SpeechSummary:
    """A summary made before events were worked out, with its event."""
    return row._replace(event=held[row.id].event) if row.id in held else row


def _batches(items: Iterable[Speech | Skipped], size: int | None) -> Iterator[list[Speech | Skipped]]:
    """Cut a stream into lists of `size`; all in one when None."""
    stream = iter(items)
    while batch := list(stream if size is None else islice(stream, size)):
        yield batch


def _one_ahead(batches: Iterator[list[Speech | Skipped]], took: _Taken) -> Iterator[list[Speech | Skipped]]:
    """Yield each batch once the next one is announced: it is looked at while this one is written."""
    held = next(batches, None)
    coming = next(batches, None) if held is not None else None
    if held is not None and coming is not None:
        took.announce(held)
    while held is not None:
        took.announce(coming or [])
        yield held
        held, coming = coming, next(batches, None) if coming is not None else None
