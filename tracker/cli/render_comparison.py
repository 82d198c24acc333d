"""A comparison as a person reads it: what these texts say, and what can be said about the periods."""

from __future__ import annotations

from tracker.cli.render import shortened, table, text, warn
from tracker.cli.render_topic_shifts import topic_shifts
from tracker.findings.headlines import findings
from tracker.findings.records import Comparison, ThemeShift
from tracker.findings.standing import distance_words, family_words, lock_words, rank_words, reference_words, verdict_words, within_words
from tracker.findings.topic_shift_records import all_warnings
from tracker.findings.validation import lists_words
from tracker.numerals import number, p_value, p_words, scaled, signed, span
from tracker.slices import during

MOST_PHRASES = 8


def comparison(result: Comparison, *, quiet: bool) -> None:
    """Both answers: what these texts say, and what can be said about the periods."""
    _sizes(result)
    told = [finding for finding in findings(result) if finding.kind == "texts"]
    if told:
        text("\nIn these texts")
    for finding in told:
        text(f"  {finding.claim}")
        for quote in finding.evidence[:1]:
            text(f"      “{shortened(quote.quote)}” {quote.speech[:8]} {quote.date}")
    _phrases(result)
    text("\nAbout the periods")
    a, b = result.before.label, result.after.label
    rows = [_shift_row(t, result) for t in sorted(result.themes, key=lambda t: (-abs(t.points.value or 0), t.id))]
    head = f"usual {100 * result.level:g}% range" if result.single else f"{100 * result.level:g}% range"
    table(("theme", a, b, "change", head, "q", "verdict"), rows, right=(a, b, "change", "q"))
    if result.family is not None and result.family.tests:
        text(family_words(result.family))
    if result.validations:
        text(lists_words(result.validations))
    if result.balance:
        _balance(result)
    if result.topics is not None:
        topic_shifts(result.topics, (a, b), result.level)
        text("")
    if result.distance is not None:
        text(distance_words(result.distance))
    for line in result.confounds:
        text(f"differs besides: {line}")
    warn([w for w in all_warnings(result) if w.code != "W18"], quiet=quiet)  # the lengths stand among the differences


def _phrases(result: Comparison) -> None:
    """Phrases that only one side says, the most widespread first."""
    if result.phrases is None:
        return
    sides = ((result.before, result.phrases.before, result.phrases.counts[0]), (result.after, result.phrases.after, result.phrases.counts[1]))
    for side, found, n in sides:
        if found:
            more = f", and {n - MOST_PHRASES:,} more" if n > MOST_PHRASES else ""
            text(f"  phrases only {during(side.label)}: {', '.join(f'{phrase} ({uses:,})' for phrase, uses, _ in found[:MOST_PHRASES])}{more}")


def _sizes(result: Comparison) -> None:
    """What was compared with what, and how."""
    a, b = result.before, result.after
    counted = [(t.before.tokens, t.after.tokens) for t in result.themes[:1]] or [(a.tokens, b.tokens)]
    for side, tokens in zip((a, b), counted[0], strict=True):
        size = f"{tokens:,} of {side.tokens:,}" if tokens != side.tokens else f"{side.tokens:,}"
        text(f"{side.label}: {_n(side.speeches, 'speech', 'speeches')}, {_n(side.events, 'event', 'events')}, {size} content words counted")
    text(f"scope: {result.scope}; theme words per 1,000 counted words")
    if result.within is not None:
        text(within_words(result.within))
    if result.single is not None and result.reference is not None:
        text(f"{result.single.label} is held against {reference_words(result.reference)}")
    if result.locked is not None:
        text(lock_words(result.locked))


def _balance(result: Comparison) -> None:
    held = result.balance
    if held is None:
        return
    ends = [signed(e.value, 2) for e in (held.before, held.after)]
    low, high = held.change.low, held.change.high
    moved = "no range" if low is None or high is None else f"change {span(low, high, digits=2, sign=True)}"
    p = "" if held.p is None else f", p {p_words(held.p)}"
    both = f"{ends[0]} {during(result.before.label)}, {ends[1]} {during(result.after.label)}"
    text(f"balance of {held.x} (−1) and {held.y} (+1): {both}; {moved}, {held.before.n:,} and {held.after.n:,} events{p}")
    text(f"  {held.verdict}")


def _shift_row(theme: ThemeShift, result: Comparison) -> tuple[str, ...]:
    points = theme.points
    change, ends = scaled(points.value, 10, sign=True), span(points.low, points.high, 10, sign=True)
    verdict = verdict_words(theme)
    if theme.standing is not None and result.reference is not None:
        usual = theme.standing.usual
        ends = span(usual.low, usual.high, 1000)
        verdict += "" if theme.verdict == "too rare" else f" ({rank_words(theme.standing, result.reference)})"
    if theme.verdict == "cannot tell" and theme.smallest_detectable:
        verdict += f" (could see × {number(theme.smallest_detectable)})"
    values = [scaled(side.share.value, 1000) for side in (theme.before, theme.after)]
    told = f"{verdict} (exploratory)" if theme.exploratory else verdict
    return (theme.label, *values, change, ends, p_value(theme.q), told)


def _n(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
