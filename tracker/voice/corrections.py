"""What the user says about the voice of a sentence: kept by the sentence itself, so that it outlives every later reading of the text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import get_args

from tracker.speech import Segment, Speech, Voice

PREFIX = "voice:"
LABELS: tuple[Voice, ...] = tuple(voice for voice in get_args(Voice) if voice != "spoken")
BY_USER = "corrected by you"


def sentence_hash(sentence: str) -> str:
    r"""Return 12 hex digits of a sentence's words; white space and line ends do not count.

    Example:
        >>> sentence_hash("The pier is safe.") == sentence_hash("The pier\n  is safe.")
        True
    """
    return hashlib.sha256(" ".join(sentence.split()).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def corrections(speech: Speech) -> dict[str, Voice]:
    """The corrections a speech carries: sentence hash to label."""
    held = {name.removeprefix(PREFIX): label for name, label in speech.tags.items() if name.startswith(PREFIX)}
    return {key: voice for key, label in held.items() for voice in LABELS if voice == label}


def own_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """The tags without those that hold corrections."""
    return {name: value for name, value in tags.items() if not name.startswith(PREFIX)}


def correct(speech: Speech, segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Lay the user's corrections over marked segments; a sentence that stands twice in the text is corrected in both places."""
    said = corrections(speech)
    if not said:
        return tuple(segments)
    corrected = []
    for segment in segments:
        label = said.get(sentence_hash(speech.text[segment.start : segment.end])) if segment.block == "body" else None
        corrected.append(segment if label is None else replace(segment, voice=label, sure=True, reason=BY_USER))
    return tuple(corrected)
