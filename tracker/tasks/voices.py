"""What the user says about the voice of single sentences, by the numbers that `tracker show` prints."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from difflib import get_close_matches

from tracker.errors import TrackerError
from tracker.recipe import Recipe
from tracker.speech import Segment, Speech
from tracker.voice import mark
from tracker.voice.corrections import LABELS, PREFIX, sentence_hash

AUTO = "auto"  # back to what the rules say
_HELD = re.compile(rf"{PREFIX}[0-9a-f]{{12}}")


def body_sentences(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The numbered sentences of a speech: number 1 is the first of the body, headings and captions have none."""
    return tuple(segment for segment in segments if segment.block == "body")


def by_sentence(speech: Speech, recipe: Recipe, changes: Mapping[str, str]) -> dict[str, str]:
    """Turn `voice:N` into `voice:HASH`, so that it holds for the sentence whatever its number becomes; all other changes stay as they are.

    Raises:
        TrackerError: No such sentence, no such label, or the speech is a transcript without turns of others.
    """
    if not any(name.startswith(PREFIX) for name in changes):
        return dict(changes)
    segments = mark(speech, recipe)
    sentences, turns = body_sentences(segments), any(s.voice == "other" for s in segments)
    kept: dict[str, str] = {}
    for name, value in changes.items():
        if not name.startswith(PREFIX):
            kept[name] = value
            continue
        if changes.get("kind", speech.kind) == "transcript" and not turns:
            raise TrackerError(
                f"`{name}`: a transcript is counted whole, whoever is heard in a sentence of it", hint=shlex.join(["tracker", "set", speech.id, "kind=readout"])
            )
        number = name.removeprefix(PREFIX)
        if not number.isdecimal() or not 1 <= int(number) <= len(sentences):
            raise TrackerError(f"no sentence `{number}`: `{speech.id}` has sentences 1 to {len(sentences)}", hint=f"tracker show {speech.id}")
        segment = sentences[int(number) - 1]
        kept[PREFIX + sentence_hash(speech.text[segment.start : segment.end])] = _label(speech, name, value)
    return kept


def _label(speech: Speech, name: str, value: str) -> str:
    """The label, or "" for what the rules say."""
    label = value.strip().lower()
    if label == AUTO:
        return ""
    if label not in LABELS:
        near = get_close_matches(label, (*LABELS, AUTO), n=1) or ["other"]
        known = f"labels: {', '.join(LABELS)}; {AUTO} takes a correction back"
        raise TrackerError(f"no voice `{value}`", looked_at=(known,), hint=shlex.join(["tracker", "set", speech.id, f"{name}={near[0]}"]))
    return label


def is_correction(name: str) -> bool:
    """Whether a field is a correction kept by sentence: `voice:` and its hash."""
    return _HELD.fullmatch(name) is not None
