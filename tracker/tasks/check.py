"""What needs a human eye: dates, kinds, and whose words are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.speech import Speech
from tracker.tasks.corpus import marked
from tracker.tasks.workspace import Workspace

Concern = Literal["date missing", "date conflicting", "date inferred", "kind detected", "no words of the speaker", "speaker not known", "same text"]
LOW_SHARE = 0.15


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
    "no words of the speaker",
    "speaker not known",
    "same text",
    "date inferred",
    "kind detected",
)


def check(workspace: Workspace) -> CheckResult:
    """Go through the corpus and list what was inferred, conflicts or is missing, with its evidence."""
    speeches = workspace.store.speeches()
    rows = [row for speech in speeches for row in (*_date_rows(speech), *_kind_rows(speech), *_voice_rows(workspace, speech), *_copy_rows(workspace, speech))]
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


def _voice_rows(workspace: Workspace, speech: Speech) -> list[CheckRow]:
    if speech.kind not in ("readout", "digest"):
        return []
    if not speech.speaker:
        return [_row(speech, "speaker not known", "", f"a {speech.kind} counts only the speaker's words", f'tracker set {speech.id} speaker="Full Name"')]
    share = marked(speech, workspace.recipe).speaker_share
    if share is not None and share >= LOW_SHARE:
        return []
    value = "0%" if not share else f"{100 * share:.0f}%"
    return [_row(speech, "no words of the speaker", value, f"share of the words counted as {speech.speaker}'s", f"tracker show {speech.id}")]


def _copy_rows(workspace: Workspace, speech: Speech) -> list[CheckRow]:
    copies = workspace.store.same_text(speech)
    if not copies or speech.event:
        return []
    return [_row(speech, "same text", ", ".join(copies), "exactly the same text under another name", f"tracker remove {copies[0]}")]
