"""What of the content stands where: sentences for the top, periods side by side, and what is left out of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, TypeVar

from tracker.findings.records import Finding, Warning
from tracker.findings.warnings import one_speech
from tracker.slices import during

if TYPE_CHECKING:
    from tracker.findings.records import Evidence, TextFinding, ThemeShift
    from tracker.findings.speech_records import MarkedSpeech
    from tracker.reports.content import ReportContent

T = TypeVar("T")
MOST_LEADS = 5
MOST_SPEECHES = 50
MOST_CHARACTERS = 250_000
PAPER_CHARACTERS = 40_000  # about seven printed pages of small type in two columns


@dataclass(frozen=True, slots=True)
class Sides(Generic[T]):
    """Things sorted by the period they belong to; `other` where the period is not known."""

    before: tuple[T, ...]
    after: tuple[T, ...]
    other: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class OnPaper:
    """How many sentences of each speech, by id, are printed; `cut` where that is not all of every speech."""

    sentences: Mapping[str, int]
    cut: bool


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
    shown = [*(f for f in content.findings if f.kind == "period"), *(lead for lead in leads(content) if isinstance(lead, Finding))]
    beside = {w.text for f in shown for w in f.caveats} | {content.digest_notice}
    seen = {w.text: w for w in warnings if w.text not in beside}
    return tuple(f.claim for f in stated), _together(tuple(seen.values()), content)


def _together(warnings: tuple[Warning, ...], content: ReportContent) -> tuple[Warning, ...]:
    """Return warnings with those of many edited themes (W17), and of two lone speeches (W1), as one each, where the first of them stood."""
    edited = [t.label for t in content.comparison.themes if any(w.code == "W17" and f'"{t.label}"' in w.text for w in warnings)]
    lone = [side.label for side in (content.comparison.before, content.comparison.after) if one_speech(side.label) in warnings]
    joined = {}
    if len(edited) > 1:
        joined["W17"] = (
            f"The words of these themes were edited after the periods were first compared, so what is said of them is exploratory: {'; '.join(edited)}."
        )
    if len(lone) > 1:
        joined["W1"] = f"Only one speech {during(lone[0])} and only one {during(lone[1])}: the figures describe these texts. No test was run."
    told = {w.code: Warning(w.code, joined[w.code]) for w in warnings if w.code in joined}
    firsts = {code: next(w for w in warnings if w.code == code) for code in told}
    return tuple(told.get(w.code, w) for w in warnings if firsts.get(w.code, w) is w)


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


def on_paper(marked: Sequence[MarkedSpeech]) -> OnPaper:
    """Return how much of each speech is printed: all of it where there is room, else its first sentences, as many as its part of the room holds."""
    long = sum(len(segment.text) for speech in marked for segment in speech.segments) > PAPER_CHARACTERS
    each = PAPER_CHARACTERS // max(len(marked), 1)
    held: dict[str, int] = {}
    for speech in marked:
        ends = accumulate(len(segment.text) for segment in speech.segments)
        fit = max(1, sum(end <= each for end in ends))
        held[speech.summary.id] = fit if long else len(speech.segments)
    return OnPaper(held, any(held[speech.summary.id] < len(speech.segments) for speech in marked))


def evidence_fits(content: ReportContent) -> bool:
    """Whether the sentences of all themes are few enough to be printed whole."""
    series = content.series.themes if content.series else ()
    topics = content.topics.topics if content.topics else ()
    passages = [e for t in content.comparison.themes for e in t.evidence]
    passages += [*(e for t in series for e in t.evidence), *(e for t in topics for e in t.quotes)]
    return sum(len(e.quote) for e in passages) <= PAPER_CHARACTERS
