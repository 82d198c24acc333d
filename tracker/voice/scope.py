"""Whether a speech is measured on the speaker's words, on its full text, or not at all in totals of speakers' words; and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from tracker.speech import Segment, Speech
from tracker.voice.cues import FINITE_VERB
from tracker.voice.mark import LANGUAGES, NO_SPEAKER, NOT_AVAILABLE
from tracker.voice.reference import is_person

MOST_OTHERS = 0.37  # of 119 invented reports of one leader the heaviest weighed .345, of 41 of several the lightest .39
FEWEST_SENTENCES = 3
_ANYBODY = re.compile(r"(?i:an?|one|some|another|many|several|two|three)\s")
_NAMED = re.compile(r"[A-Z][\w’'-]+\s[A-Z]")
_LAST_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+")
_PRONOUNS = frozenset({"he", "she"})
SEVERAL_SPEAKERS = "several speakers"


def scope_of(speech: Speech, segments: Sequence[Segment]) -> tuple[Literal["speaker", "all", "none"], str]:
    """Return the scope in which a speech is counted when its kind decides, and the reason in a few words.

    A readout, digest or article is measured on the speaker's words when three gates are passed: it is not a transcript; the others do
    not weigh as much as the speaker does; at least 3 sentences are the speaker's. With weightier others it counts in no total ("none"), with
    fewer sentences it is measured on its full text: so is a text in which the speaker is never said to speak, as a committee's own statement.
    A kind readout or digest that somebody stated is taken at its word.

    Args:
        speech: Its kind, language, speaker and what was inferred decide.
        segments: Its segments, as marked by `mark`.

    Example:
        >>> scope_of(Speech("a", "We sail.", kind="transcript"), ())
        ('all', 'a transcript: all of it is the speaker')
    """
    if speech.kind == "transcript":
        return "all", "a transcript: all of it is the speaker"
    if speech.language not in LANGUAGES or not speech.speaker.strip():
        known = f"{NOT_AVAILABLE} `{speech.language}` (English and Chinese only)" if speech.language not in LANGUAGES else NO_SPEAKER
        return "all", f"full text: {known}"
    if is_confirmed(speech):
        return "speaker", f"the speaker's words: the kind {speech.kind} is stated"
    return _through_the_gates(segments)


def _through_the_gates(segments: Sequence[Segment]) -> tuple[Literal["speaker", "all", "none"], str]:
    """The scope of a text whose kind nobody stated."""
    share, weight = others_share(segments), weight_of_others(segments)
    spoken = sum(s.is_speakers for s in segments)
    if spoken and share is not None and weight > MOST_OTHERS:
        return "none", f"{SEVERAL_SPEAKERS}: {100 * share:.0f}% of what is said is said by others; in no total of speakers' words"
    if spoken < FEWEST_SENTENCES:
        count = "no sentence is" if not spoken else f"only {spoken} sentence{'s are' if spoken > 1 else ' is'}"
        return "all", f"full text: {count} the speaker's"
    return "speaker", "the speaker's words"


def is_confirmed(speech: Speech) -> bool:
    """Whether somebody, not the tool, says that the text is a readout or digest of its speaker's words."""
    return speech.kind in ("readout", "digest") and "kind" not in speech.inferred


def others_share(segments: Iterable[Segment]) -> float | None:
    """Share of what people say in a text that other people say, 0-1; None when nobody is said to speak.

    The mean of two shares, which err differently: that of the sentences with a cue, and that of characters, in which a sentence without a voice that
    follows another's in its paragraph is the other's. Institutions, bodies and groups ("the council", "analysts") are nobody in particular and do not count.
    """
    people = [s for s in segments if not (s.voice == "other" and s.cued and _is_nobody(s.reason))]
    cued = {True: 0, False: 0}
    length = {True: 0, False: 0}
    paragraph = -1
    for segment in people:
        other = segment.voice == "other" or (segment.voice == "narrated" and segment.block == "body" and segment.paragraph == paragraph)
        paragraph = segment.paragraph if other else -1
        if segment.block == "body" and (other or segment.voice in ("quoted", "attributed")):
            length[other] += segment.end - segment.start
            cued[other] += segment.cued
    if not sum(cued.values()):
        return None
    return (cued[True] / sum(cued.values()) + length[True] / sum(length.values())) / 2


def weight_of_others(segments: Sequence[Segment]) -> float:
    """How much the others weigh in a text beside its speaker, 0-1: the mean of their share of what is said and of the strongest one's beside the speaker.

    Many who answer the speaker in a sentence each leave a report the speaker's; one who says as much makes it a report of two.
    """
    heard: dict[str, int] = {}
    own, last = 0, ""
    for segment in segments:
        length = segment.end - segment.start
        if segment.is_speakers and segment.block == "body":
            own += length
        elif segment.voice == "other":
            last = _subject_name(segment.reason, last) if segment.cued else last
            heard[last] = heard.get(last, 0) + length
    strongest = max(heard.values(), default=0)
    return ((others_share(segments) or 0.0) + strongest / max(1, own + strongest)) / 2


def _subject_name(reason: str, last: str) -> str:
    """Who speaks, by the last name in the reason; the one before for a pronoun."""
    words = reason.removesuffix(", after another speaker spoke")
    names: list[str] = [name for name in _LAST_NAME.findall(words) if name.casefold() not in _PRONOUNS]
    if names:
        return names[-1]
    return last if _PRONOUNS & set(words.casefold().split()) else words


def _is_nobody(reason: str) -> bool:
    """Whether a cue's subject is a body, a group, or somebody without a name ("one of them"), by the words that give the reason."""
    subject = FINITE_VERB.split(reason)[0].strip() or reason.split(" ", 1)[-1]
    return not is_person(subject) or bool(_ANYBODY.match(subject) and not _NAMED.search(subject))


def narrow(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The segments that are surely the speaker's: the low end of what counts as the speaker's words."""
    return tuple(s for s in segments if s.is_speakers and s.sure)


def wide(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments that may be the speaker's: every sentence without a cue that follows one of the speaker's in its paragraph, and institutions."""
    kept: list[Segment] = []
    going_on = -1
    for segment in segments:
        if segment.block != "body":
            continue
        follows = segment.voice == "narrated" and segment.paragraph == going_on
        if segment.is_speakers or segment.voice == "institutional" or follows:
            kept.append(segment)
        going_on = segment.paragraph if segment.is_speakers or follows else -1
    return tuple(kept)
