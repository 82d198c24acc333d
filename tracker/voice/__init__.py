"""Whose words are these: every sentence of a speech with the voice heard in it, and the scope that follows from it."""

from tracker.voice.kind import detect_kind, headline_scope, kind_of
from tracker.voice.mark import mark
from tracker.voice.scope import scope_of

__all__ = ["detect_kind", "headline_scope", "kind_of", "mark", "scope_of"]
