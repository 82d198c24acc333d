"""The tables behind the phrases: one row a phrase, and its uses by period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.reports.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.findings.phrase_records import Phrase
    from tracker.reports.content import ReportContent
    from tracker.reports.table import Cell


def phrase_tables(content: ReportContent) -> list[Table]:
    """Return the phrases of the two periods with first and last use, and their uses in every period that says them."""
    found = content.phrases.phrases if content.phrases else ()
    columns = ("phrase", "words", "before_uses", "after_uses", "uses", "events", "first_use", "last_use", "new_in", "not_said_since", "peak", "quote", "speech")
    sides = content.sides
    ranked = sorted(found, key=lambda phrase: (-abs(_spread(phrase, sides)), -phrase.here, phrase.text))
    rows = tuple(_row(phrase, sides) for phrase in ranked)
    uses = tuple((phrase.text, one.period, one.uses, one.events) for phrase in ranked for one in phrase.periods)
    return [Table("phrases", columns, rows), Table("phrase-uses", ("phrase", "period", "uses", "events"), uses)]


def _spread(phrase: Phrase, sides: Mapping[str, str]) -> int:
    before, after = (sum(n for _, speech, n in phrase.dates if sides.get(speech) == side) for side in ("before", "after"))
    return after - before


def _row(phrase: Phrase, sides: Mapping[str, str]) -> tuple[Cell, ...]:
    before, after = (sum(n for _, speech, n in phrase.dates if sides.get(speech) == side) for side in ("before", "after"))
    quote = phrase.quotes[0] if phrase.quotes else None
    told = (phrase.uses, phrase.events, phrase.first, phrase.last, phrase.new_in, phrase.not_since, phrase.peak)
    return (phrase.text, phrase.words, before, after, *told, quote.quote if quote else "", quote.speech if quote else "")
