"""What of the content stands where: sentences for the top, periods side by side, and what is left out of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from tracker.findings.records import Evidence, Finding, TextFinding, ThemeShift, Warning
    from tracker.findings.speech_records import MarkedSpeech
    from tracker.reports.content import ReportContent

T = TypeVar("T")
MOST_LEADS = 5
MOST_SPEECHES = 50
MOST_CHARACTERS = 250_000


@dataclass(frozen=True, slots=True)
class Sides(Generic[T]):
    """Things sorted by the period they belong to; `other` where the period is not known."""

    before: tuple[T, ...]
    after: tuple[T, ...]
    other: tuple[T, ...]


def by_side(sides: Mapping[str, str], evidence: Iterable[Evidence]) -> Sides[Evidence]:
    """Sort passages by the period of their speech, given as id -> `before` or `after`."""
    found = tuple(evidence)
    groups = {side: tuple(e for e in found if sides.get(e.speech, "") == side) for side in ("before", "after", "")}
    return Sides(groups["before"], groups["after"], groups[""])


def texts_by_side(content: ReportContent) -> Sides[TextFinding]:
    """Sort the in-these-texts findings: only before, only after, in both (as `other`)."""
    groups = {side: tuple(t for t in content.comparison.texts if t.only == side) for side in ("before", "after", "both")}
    return Sides(groups["before"], groups["after"], groups["both"])


def where_said(finding: TextFinding) -> tuple[str, ...]:
    """Return where a finding's words stand; in a speaker's own words they are spoken, not attributed."""
    own = any(passage.voice == "spoken" for passage in finding.evidence) and not any(passage.voice == "attributed" for passage in finding.evidence)
    return tuple("spoken" if own and place == "attributed" else place for place in finding.where)


def leads(content: ReportContent) -> tuple[Finding | TextFinding, ...]:
    """Return up to five sentences for the top: the findings about the texts, else the first claims of the comparison."""
    found = tuple(f for f in content.findings if f.kind == "texts")[:MOST_LEADS]
    return found or content.comparison.texts[:MOST_LEADS]


def limits(content: ReportContent) -> tuple[tuple[str, ...], tuple[Warning, ...]]:
    """Return what cannot be shown: the sentences, and each warning once, those that the sentences carry first."""
    stated = [f for f in content.findings if f.kind == "limit"]
    warnings = [*(w for f in stated for w in f.caveats), *content.comparison.warnings]
    beside = {w.text for f in content.findings if f.kind != "limit" for w in f.caveats} | {content.digest_notice}
    seen = {w.text: w for w in warnings if w.text not in beside}
    return tuple(f.claim for f in stated), tuple(seen.values())


def themes_with_evidence(content: ReportContent) -> tuple[ThemeShift, ...]:
    """Return the themes that have sentences to show, the largest change first."""
    found = (theme for theme in content.comparison.themes if theme.evidence)
    return tuple(sorted(found, key=lambda t: (-abs(t.points.value or 0), t.label)))


def marked_speeches(content: ReportContent) -> tuple[MarkedSpeech, ...]:
    """Return the speeches whose whole text the page holds, in order of date.

    Those of the two periods come before others, newer before older, until the page is as long as a page should be.
    """
    ranked = sorted(content.marked, key=lambda m: (m.summary.date, m.summary.id), reverse=True)
    sides = content.sides
    ranked.sort(key=lambda m: m.summary.id not in sides)
    kept: list[MarkedSpeech] = []
    room = MOST_CHARACTERS
    for speech in ranked[:MOST_SPEECHES]:
        room -= sum(len(segment.text) for segment in speech.segments)
        if room < 0 and kept:
            break
        kept.append(speech)
    return tuple(sorted(kept, key=lambda m: (m.summary.date, m.summary.id)))
