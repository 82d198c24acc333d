"""Two periods: the topics that came back, before (hollow) and after (filled), drawn as the themes are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.charts import dumbbell
from tracker.charts.style import Caption, font_notes
from tracker.charts.wording import left_out, listed
from tracker.numerals import count, number
from tracker.slices import between, during

if TYPE_CHECKING:
    from tracker.findings.records import Comparison
    from tracker.findings.topic_shift_records import TopicShifts

READING = "Words of each topic per 1,000 content words (the share × 1,000), mean of all events, under one model. Hollow: before. Filled: after."
RANGES = "Thin lines: {level} % ranges of the events; the change at the right was tested with the doubt about the model added."


def data(comparison: Comparison, notices: tuple[str, ...] = ()) -> dumbbell.DumbbellData:
    """Choose what the chart shows: the topics that may be findings.

    Args:
        comparison: The two periods, with topics.
        notices: Sentences that must stand on every chart.
    """
    found = comparison.topics
    shown = tuple(row.shift for row in found.reproducible) if found else ()
    chosen = dumbbell.data(replace(comparison, themes=shown), notices)
    if found is None:
        return chosen
    notes = (
        [f"{count(len(found.rows) - len(shown), 'topic')} not shown: not found again in {count(found.refits, 'refit')}."]
        if len(shown) < len(found.rows)
        else []
    )
    notes += [left_out(chosen.more, "topic", "topic-shifts")] if chosen.more else []
    notes += [*notices, *font_notes([shift.label for shift in shown])]
    said = [f"{r.label}: {number(r.levels[0])} to {number(r.levels[1])} per 1,000 words, {r.verdict}" for r in chosen.rows]
    description = f"Topics {during(comparison.before.label)} and {comparison.after.label}, largest rise first. " + "; ".join(said) + "."
    reading = f"{READING} {RANGES.format(level=number(100 * comparison.level, 0))}"
    return replace(chosen, caption=Caption(_title(comparison, found), reading, tuple(notes), description), noun="topic", table="topic-shifts")


def _title(comparison: Comparison, found: TopicShifts) -> str:
    moved = {verdict: [row.shift.label for row in found.reproducible if row.shift.verdict == verdict] for verdict in ("rose", "fell")}
    said = [f"{listed([f'“{label}”' for label in labels], most=3)} {verdict}" for verdict, labels in moved.items() if labels]
    moment = between(comparison.before.label, comparison.after.label)
    return f"Topics: {'; '.join(said)} {moment}" if said else f"No topic’s change {moment} can be told from chance"
