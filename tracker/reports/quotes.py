"""Verbatim passages as the page and the Markdown show them: hits marked, source and voice named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.charts.wording import VOICES, spelled_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.findings.records import Evidence
    from tracker.findings.speech_records import SpeechSummary


def pieces(evidence: Evidence) -> list[tuple[str, bool]]:
    """Cut a quote at its hits: (text, whether it is a hit), in order, losing no character.

    Hits outside the quote are cut to it, overlapping ones are joined by order.

    Example:
        >>> from tracker.findings.records import Evidence
        >>> pieces(Evidence("a", "2022", 10, 20, "the harbour", "spoken", hits=((14, 21),)))
        [('the ', False), ('harbour', True)]
    """
    cut, at = [], 0
    for start, end in sorted(evidence.hits):
        low, high = max(start - evidence.start, at), min(end - evidence.start, len(evidence.quote))
        if low >= high:
            continue
        cut += [(evidence.quote[at:low], False), (evidence.quote[low:high], True)]
        at = high
    return [(text, hit) for text, hit in [*cut, (evidence.quote[at:], False)] if text]


def voice_of(voice: str) -> tuple[str, str]:
    """Return the letter and the words for a voice or block."""
    return VOICES.get(voice, (voice[:1].upper(), voice))


def cite(summaries: Mapping[str, SpeechSummary], evidence: Evidence) -> str:
    """Return where a quote comes from, given the list by id: title, date and who is heard."""
    summary = summaries.get(evidence.speech)
    title = summary.title if summary and summary.title else evidence.speech
    return f"{title}, {spelled_date(evidence.date)} · {voice_of(evidence.voice)[1]}"
