"""Whose words are these: every sentence of a speech with the voice heard in it."""

from tracker.voice.kind import detect_kind, headline_scope
from tracker.voice.mark import mark

__all__ = ["detect_kind", "headline_scope", "mark"]
