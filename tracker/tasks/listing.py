"""What the corpus holds, without reading a text: the list of speeches and their summary; light enough for every command."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.errors import CorpusError
from tracker.findings.speech_records import CorpusSummary, SpeechSummary
from tracker.slices import parse_slice, select
from tracker.speech import Listed, Speech
from tracker.tasks.workspace import Workspace


def list_speeches(workspace: Workspace, slice_: str = "") -> tuple[SpeechSummary, ...]:
    """List the speeches of a slice in order of date; all of them without one."""
    if not slice_:
        return tuple(_lines(workspace))
    wanted = parse_slice(slice_)
    listed = list(workspace.store.listed(newest=True)) if wanted.is_latest_of_all else []
    return tuple(summary(speech, speech.tokens) for speech in select(listed or workspace.store.listed(), wanted))


def _lines(workspace: Workspace) -> Iterator[SpeechSummary]:
    return map(SpeechSummary._make, workspace.store.lines())


def summary(speech: Speech | Listed, tokens: int) -> SpeechSummary:
    """One line of a list."""
    when = speech.date
    return SpeechSummary(
        id=speech.id,
        date=when.text,
        date_basis=when.basis or "",
        date_status=when.status,
        published=when.published.isoformat() if when.published else "",
        precision=when.precision or "",
        speaker=speech.speaker,
        title=speech.title,
        place=speech.place,
        outlet=speech.outlet,
        kind=speech.kind,
        language=speech.language,
        tokens=tokens,
        event=speech.event_id,
        source=speech.source,
    )


def corpus_summary(workspace: Workspace) -> CorpusSummary:
    """What the corpus is; no more than one speech is held at a time."""
    speeches = tokens = undated = 0
    events: set[str] = set()
    first, last = "", ""
    seen: dict[str, set[str]] = {"language": set(), "speaker": set(), "kind": set()}
    for line in _lines(workspace):
        speeches, tokens = speeches + 1, tokens + line.tokens
        events.add(line.event)
        for name, values in seen.items():
            values.add(getattr(line, name))
        day = line.date
        undated += not day
        first, last = (min(first, day) if first else day, max(last, day)) if day else (first, last)
    if not speeches:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    languages, speakers, kinds = (tuple(sorted(values - {""})) for values in seen.values())
    return CorpusSummary(
        speeches=speeches,
        events=len(events),
        tokens=tokens,
        hash=workspace.store.hash(),
        first=first,
        last=last,
        languages=languages,
        speakers=speakers,
        kinds=kinds,
        undated=undated,
    )
