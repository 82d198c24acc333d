"""The topics of a comparison as a person reads them, below the themes."""

from __future__ import annotations

from tracker.cli.render import table, text
from tracker.findings.standing import family_words
from tracker.findings.topic_shift_records import TopicShift, TopicShifts
from tracker.numerals import number, p_value, scaled, span


def topic_shifts(found: TopicShifts, labels: tuple[str, str], level: float) -> None:
    """The topics that came back, largest change first, and in a line those that did not."""
    text(f"\nTopics found in the texts (model {found.model}; words of the topic per 1,000)")
    if found.untested:
        text(f"  not tested: {found.untested}")
    shown = found.rows if found.untested else found.reproducible
    rows = [_row(row, tested=not found.untested) for row in sorted(shown, key=lambda row: (-abs(row.shift.points.value or 0), row.shift.id))]
    a, b = labels
    if rows:
        table(("topic", a, b, "change", f"{100 * level:g}% range", "q", "verdict"), rows, right=(a, b, "change", "q"))
    if found.family.tests:
        text(family_words(found.family, "topic"))
    gone = [row.shift.label for row in found.rows if not row.reproducible]
    if gone and not found.untested:
        text(f"{len(gone)} of {len(found.rows) + found.hidden} topics did not come back in {found.refits} refits and have no verdict: {'; '.join(gone)}")
    if found.hidden:
        text(f"{found.hidden} hidden: tracker topics --all")


def _row(row: TopicShift, *, tested: bool) -> tuple[str, ...]:
    shift = row.shift
    points = shift.points
    values = [scaled(side.share.value, 1000) for side in (shift.before, shift.after)]
    change, ends = scaled(points.value, 10, sign=True), span(points.low, points.high, 10, sign=True)
    verdict: str = shift.verdict if tested else "–"
    if row.unsettled and verdict == "cannot tell":
        verdict += f" (other direction in {round(row.turned * len(row.refit_points))} of {len(row.refit_points)} refits)"
    elif verdict == "cannot tell" and shift.smallest_detectable:
        verdict += f" (could see x {number(shift.smallest_detectable)})"
    return (f"{shift.id} {shift.label}", *values, change, ends, p_value(shift.q), verdict)
