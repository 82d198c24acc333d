"""What needs a human eye: dates, kinds, and whose words are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.artificial import artificial_days
from tracker.boilerplate import recurring_lines
from tracker.events import settle
from tracker.findings.warnings import same_event
from tracker.progress import Progress
from tracker.speech import Speech
from tracker.store.groupings import Grouping
from tracker.tasks.check_voice import VoiceConcern, voice_rows
from tracker.tasks.workspace import Workspace

Concern = Literal[
    VoiceConcern,
    "date missing",
    "date conflicting",
    "date inferred",
    "kind detected",
    "one event",
    "artificial day",
    "recurring line",
]
MOST_LINES = 30
MOST_UNNAMED = 10  # transcripts without a speaker; more are told in one row


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing to look at: the speech, what it is, the evidence, and the command that settles it."""

    speech: str
    title: str
    concern: Concern
    value: str
    evidence: str
    command: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything to look at, most serious first, and how many speeches need nothing."""

    speeches: int
    clean: int
    rows: tuple[CheckRow, ...]


_ORDER: tuple[Concern, ...] = (
    "date missing",
    "date conflicting",
    "several speakers",
    "no words of the speaker",
    "few words of the speaker",
    "nearly all words",
    "speaker not known",
    "surname shared",
    "no titles known",
    "voice not available",
    "correction not used",
    "outlet differs",
    "one event",
    "artificial day",
    "date inferred",
    "kind detected",
    "recurring line",
)


def check(workspace: Workspace, *, progress: Progress | None = None) -> CheckResult:
    """Go through the corpus and list what was inferred, conflicts or is missing, with its evidence; `progress` is called with (step, done, total)."""
    settle(workspace.store)
    speeches = workspace.store.speeches()
    rows = [row for speech in speeches for row in (*_date_rows(speech), *_kind_rows(speech))]
    doubtful = voice_rows(speeches, workspace.recipe, workspace.cache, progress=progress)
    rows += [_row(found.speech, found.concern, found.value, found.evidence, found.command) for found in doubtful]
    rows += [*_speaker_rows(speeches), *_event_rows(workspace, speeches), *_artificial_rows(workspace), *_line_rows(workspace, speeches)]
    rows.sort(key=lambda row: (_ORDER.index(row.concern), row.speech))
    touched = {row.speech for row in rows}
    return CheckResult(len(speeches), len(speeches) - len(touched), tuple(rows))


def _row(speech: Speech, concern: Concern, value: str, evidence: str, command: str) -> CheckRow:
    return CheckRow(speech.id, speech.title or speech.source, concern, value, evidence, command)


def _date_rows(speech: Speech) -> list[CheckRow]:
    when = speech.date
    status: dict[str, Concern] = {"missing": "date missing", "conflicting": "date conflicting", "inferred": "date inferred"}
    if when.status not in status:
        return []
    accept = when.text or "2023-09-07"
    return [
        _row(speech, status[when.status], when.text, when.evidence or "nothing in the text or its name gives a date", f"tracker set {speech.id} date={accept}")
    ]


def _kind_rows(speech: Speech) -> list[CheckRow]:
    if "kind" not in speech.inferred or speech.kind == "transcript":
        return []
    return [
        _row(
            speech, "kind detected", speech.kind, "detected from the wording; it decides whose words are counted", f"tracker set {speech.id} kind={speech.kind}"
        )
    ]


def _speaker_rows(speeches: Sequence[Speech]) -> list[CheckRow]:
    """A row for every transcript of which nobody said whose words they are; one for all where there are many."""
    unnamed = [speech for speech in speeches if speech.kind == "transcript" and not speech.speaker]
    why = "its words count, but stand in no slice and no series of a speaker, and are no event with another text of that day"
    if len(unnamed) <= MOST_UNNAMED:
        evidence = f"a transcript without a speaker: {why}"
        return [_row(speech, "speaker not known", "", evidence, f'tracker set {speech.id} speaker="Full Name"') for speech in unnamed]
    evidence = f"{len(unnamed):,} transcripts without a speaker, this is the first: {why}; a table names them in a column (`--speaker-column`)"
    return [_row(unnamed[0], "speaker not known", f"{len(unnamed)} speeches", evidence, 'tracker add SOURCE --speaker "Full Name"')]


def _event_rows(workspace: Workspace, speeches: Sequence[Speech]) -> list[CheckRow]:
    """A row for every event that the corpus found and of which nobody has stated every speech."""
    held = {speech.id: speech for speech in speeches}
    events: dict[str, list[Grouping]] = {}
    for grouping in workspace.store.groupings().held():
        events.setdefault(grouping.event, []).append(grouping)
    rows = []
    for event, groupings in events.items():
        found = [g for g in groupings if not held[g.speech].event and g.speech != event]
        if found:
            why = "; ".join(dict.fromkeys(g.reason for g in groupings))
            last = held[found[-1].speech]
            evidence = f"{same_event(len(groupings), event).text} Why: {why}. To part one: event=own"
            rows.append(_row(last, "one event", ", ".join(g.speech[:8] for g in groupings), evidence, f"tracker set {last.id} event={event}"))
    return rows


def _artificial_rows(workspace: Workspace) -> list[CheckRow]:
    """A row for every day that a table gives to speeches whose real day it does not know."""
    seen = workspace.store.groupings().seen()
    rows = []
    for found in artificial_days(seen):
        first = next(one for one in seen if one.day == found.day)
        evidence = f"{found.reason}: a table that knows only the year gives such a day; no speeches are taken for one event by it"
        rows.append(CheckRow(first.id, first.title, "artificial day", found.day.isoformat(), evidence, f"tracker list {found.day}"))
    return rows


def _line_rows(workspace: Workspace, speeches: Sequence[Speech]) -> list[CheckRow]:
    """A row for every line that recurs across a source and is counted still."""
    accepted = workspace.recipe.words.boilerplate
    return [
        CheckRow(found.speech, found.source, "recurring line", found.line, found.evidence, f"edit tracker.toml: [words] boilerplate = [{found.setting}]")
        for found in recurring_lines(speeches, accepted)[:MOST_LINES]
    ]
