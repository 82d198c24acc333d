"""Whether a speech is measured on the speaker's words, on its full text, or not at all in totals of speakers' words; and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from tracker.speech import Segment, Speech
from tracker.voice.mark import LANGUAGES, NO_SPEAKER, NOT_AVAILABLE
from tracker.voice.others import MOST_OTHERS, others_share, signs_of_several

FEWEST_SENTENCES = 3
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
        return _of_transcript(speech, segments)
    if speech.language not in LANGUAGES or not speech.speaker.strip():
        known = f"{NOT_AVAILABLE} `{speech.language}` (English and Chinese only)" if speech.language not in LANGUAGES else NO_SPEAKER
        return "all", f"full text: {known}"
    if is_confirmed(speech):
        return "speaker", f"the speaker's words: the kind {speech.kind} is stated"
    return _through_the_gates(speech, segments)


def _of_transcript(speech: Speech, segments: Sequence[Segment]) -> tuple[Literal["speaker", "all", "none"], str]:
    """The scope of a transcript: all of it, or the speaker's turns where others have theirs."""
    if not any(s.voice == "other" for s in segments):
        return "all", "a transcript: all of it is the speaker"
    if "kind" in speech.inferred and signs_of_several(speech, segments) > MOST_OTHERS:
        return "none", _several(segments)
    return "speaker", "the speaker's words: others have turns of their own"


def _several(segments: Sequence[Segment]) -> str:
    return f"{SEVERAL_SPEAKERS}: {others_share(segments) or 0:.0%} of what is said is said by others; in no total of speakers' words"


def _through_the_gates(speech: Speech, segments: Sequence[Segment]) -> tuple[Literal["speaker", "all", "none"], str]:
    """The scope of a text whose kind nobody stated."""
    share = others_share(segments)
    spoken = sum(s.is_speakers for s in segments)
    if spoken and share is not None and signs_of_several(speech, segments) > MOST_OTHERS:
        return "none", _several(segments)
    if spoken < FEWEST_SENTENCES:
        count = "no sentence is" if not spoken else f"only {spoken} sentence{'s are' if spoken > 1 else ' is'}"
        return "all", f"full text: {count} the speaker's"
    return "speaker", "the speaker's words"


def is_confirmed(speech: Speech) -> bool:
    """Whether somebody, not the tool, says that the text is a readout or digest of its speaker's words."""
    return speech.kind in ("readout", "digest") and "kind" not in speech.inferred


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
