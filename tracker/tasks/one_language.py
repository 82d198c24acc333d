"""Words, TF-IDF and topics are measured in one language at a time: which, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tracker.errors import TrackerError
from tracker.findings.sides import Side
from tracker.speech import Speech


def common_language(groups: Sequence[Sequence[Speech]], wanted: str = "") -> str:
    """Return the language in which groups of speeches are measured; "" when all are in one, or in none that is known.

    Args:
        groups: Two slices, or the one corpus.
        wanted: ISO 639-1 code; else the commonest of those that every group has, the first in the alphabet of equals.

    Raises:
        TrackerError: A group has no speech in the wanted language, or the groups have no language in common.
    """
    counted = [Counter(s.language for s in group if s.language not in ("und", "")) for group in groups]
    total = Counter[str]()
    for one in counted:
        total += one
    held = [f"languages: {', '.join(f'{n} in {code}' for code, n in _ranked(one)) or 'none is known'}" for one in counted]
    common = [code for code, _ in _ranked(total) if all(one[code] for one in counted)]
    if wanted and total and wanted not in common:
        where = "no speech is in" if len(groups) == 1 else "not both slices have speeches in"
        raise TrackerError(f"{where} `{wanted}`", looked_at=tuple(held), hint=f"--language {common[0]}" if common else "tracker list")
    if len(total) < 2:
        return ""
    if not common:
        raise TrackerError("words are measured in one language at a time, and the two slices have none in common", looked_at=tuple(held), hint="tracker list")
    return wanted or common[0]


def in_language(speeches: Sequence[Speech], language: str) -> list[Speech]:
    """The speeches of a language; all of them when it is ""."""
    return [speech for speech in speeches if language in ("", speech.language)]


def left_out(speeches: Sequence[Speech], language: str) -> Counter[str]:
    """How many speeches of each other language are left out."""
    return Counter(speech.language for speech in speeches if language not in ("", speech.language))


def narrowed(side: Side, language: str) -> Side:
    """The side with the speeches of one language only."""
    return replace(side, speeches=tuple(item for item in side.speeches if language in ("", item.speech.language)))


def spoken_language(speeches: Sequence[Speech], language: str) -> str:
    """The language measured: the one chosen, else the only known one; "" when none is known."""
    return language or next((code for code, _ in _ranked(Counter(s.language for s in speeches if s.language not in ("und", "")))), "")


def _ranked(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
