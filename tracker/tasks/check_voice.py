"""What needs a human eye in whose words are counted: speakers, shares, several speakers, namesakes, outlets that report differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.findings.speech_records import MarkedSpeech
from tracker.numerals import number
from tracker.parts import Cache
from tracker.progress import Progress, followed
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tasks.corpus import marked
from tracker.voice.called import called, namesakes
from tracker.voice.corrections import corrections, sentence_hash
from tracker.voice.mark import LANGUAGES
from tracker.voice.turns import may_have_turns

VoiceConcern = Literal[
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
]
LOW_SHARE, HIGH_SHARE = 0.15, 0.95
OUTLET_GAP = 0.15
OUTLET_TEXTS = 2  # fewer texts tell nothing about an outlet


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One thing to look at in the voices of a speech."""

    speech: Speech
    concern: VoiceConcern
    value: str
    evidence: str
    command: str


def voice_rows(speeches: Sequence[Speech], recipe: Recipe, cache: Cache | None = None, *, progress: Progress | None = None) -> Iterator[VoiceRow]:
    """List what is doubtful in whose words are counted, speech by speech, then outlet by outlet."""
    shares: dict[str, list[tuple[Speech, float]]] = {}
    for speech in followed(speeches, "looking at whose words they are", len(speeches), progress):
        if speech.language not in (*LANGUAGES, "und") and (speech.kind != "transcript" or "kind" in speech.inferred):
            evidence = f"whose words they are is told in English and Chinese only; the whole text counts, as a {speech.kind}"
            yield VoiceRow(speech, "voice not available", speech.language, evidence, f"tracker set {speech.id} kind={speech.kind}")
        elif speech.kind != "transcript" and not speech.speaker:
            if speech.kind != "article":
                evidence = f"a {speech.kind} counts only the speaker's words, so the whole text counts"
                yield VoiceRow(speech, "speaker not known", "", evidence, f'tracker set {speech.id} speaker="Full Name"')
        elif speech.kind == "transcript" and "kind" in speech.inferred and may_have_turns(speech.text, speech.speaker):
            yield from _dialogue_rows(speech, marked(speech, recipe, cache))
        elif speech.kind != "transcript":
            shown = marked(speech, recipe, cache)
            yield from _speech_rows(speech, shown)
            yield from _name_rows(speech, shown, recipe)
            if shown.scope == "speaker" and shown.speaker_share is not None and speech.outlet:
                shares.setdefault(speech.outlet, []).append((speech, shown.speaker_share))
    yield from _outlet_rows(shares)


def counted(shown: MarkedSpeech) -> str:
    """Say in one line whose words were counted and what is doubtful."""
    low, high = shown.speaker_band or (shown.speaker_share, shown.speaker_share)
    band = "" if low is None or high is None or f"{low:.0%}" == f"{high:.0%}" else f" ({number(100 * low, 0)}-{high:.0%})"
    body = [s for s in shown.segments if s.block == "body"]
    follow = sum(s.voice in ("quoted", "attributed") and not s.sure for s in body)
    meeting, others = (sum(s.voice == voice for s in body) for voice in ("institutional", "other"))
    words = f"counted as {shown.summary.speaker}'s words: {shown.speaker_share or 0:.0%}{band}"
    return f"{words}; {follow} sentences follow without a speaker named, {meeting} belong to a meeting, {others} to other people"


def _dialogue_rows(speech: Speech, shown: MarkedSpeech) -> Iterator[VoiceRow]:
    """A transcript in which others have turns as weighty as the speaker's."""
    if shown.scope == "none":
        evidence = f"{shown.scope_reason.removeprefix('several speakers: ')}; its turns are told by their labels"
        yield VoiceRow(speech, "several speakers", f"{shown.speaker_share or 0:.0%}", evidence, f"tracker set {speech.id} kind=transcript")


def _speech_rows(speech: Speech, shown: MarkedSpeech) -> Iterator[VoiceRow]:
    """What is doubtful in the sentences of one speech."""
    spoken = sum(s.voice in ("quoted", "attributed") for s in shown.segments)
    share = shown.speaker_share or 0.0
    look, percent = f"tracker show {speech.id}", f"{share:.0%}"
    if shown.scope == "none":
        share_of_others = shown.scope_reason.removeprefix("several speakers: ")
        yield VoiceRow(speech, "several speakers", percent, f"{share_of_others}; {counted(shown)}", f"tracker set {speech.id} kind=readout")
    elif speech.kind != "article" and not spoken:
        yield VoiceRow(speech, "no words of the speaker", "0%", f"no sentence is told to be {speech.speaker}'s; {shown.scope_reason}", look)
    elif speech.kind != "article" and share < LOW_SHARE:
        yield VoiceRow(speech, "few words of the speaker", percent, counted(shown), look)
    elif share > HIGH_SHARE:
        yield VoiceRow(speech, "nearly all words", percent, f"{counted(shown)}; is it a transcript?", f"tracker set {speech.id} kind=transcript")
    held = {sentence_hash(s.text) for s in shown.segments if s.block == "body"}
    unused = [label for key, label in corrections(speech).items() if key not in held]
    if unused:
        evidence = f"the sentence{'s' if len(unused) > 1 else ''} corrected to {', '.join(unused)} no longer stand{'' if len(unused) > 1 else 's'} in the text"
        yield VoiceRow(speech, "correction not used", str(len(unused)), evidence, look)


def _name_rows(speech: Speech, shown: MarkedSpeech, recipe: Recipe) -> Iterator[VoiceRow]:
    """What is doubtful in what the speaker is called; English only, for Chinese names stand whole."""
    if speech.language != "en" or speech.kind == "article":
        return
    known = called(speech.text, speech.speaker, recipe)
    table = f'[speakers."{speech.speaker}"]'
    for other in namesakes(speech.text, known):
        evidence = f"{other} has the surname of {speech.speaker}; sentences that give the surname alone are taken for the speaker's"
        yield VoiceRow(speech, "surname shared", other, evidence, f"tracker show {speech.id}")
    if not known.titles and shown.speaker_share:
        evidence = f"no title of {speech.speaker} stands in the text or in the settings; sentences of `the president` and the like are missed"
        yield VoiceRow(speech, "no titles known", "", evidence, f'edit tracker.toml: {table} titles = ["President"]')


def _outlet_rows(shares: dict[str, list[tuple[Speech, float]]]) -> Iterator[VoiceRow]:
    """Outlets whose mean share of speaker's words differs from that of all others by more than 15 points."""
    for outlet, held in sorted(shares.items()):
        rest = [share for other, rows in shares.items() if other != outlet for _, share in rows]
        if min(len(held), len(rest)) < OUTLET_TEXTS:
            continue
        own, others = sum(share for _, share in held) / len(held), sum(rest) / len(rest)
        if abs(own - others) > OUTLET_GAP:
            first = min((speech for speech, _ in held), key=lambda speech: speech.id)
            evidence = f"{own:.0%} of the words in {outlet} are the speaker's, {others:.0%} in the others: whole texts do not compare"
            yield VoiceRow(first, "outlet differs", outlet, evidence, f'tracker list "outlet:{outlet}"')
