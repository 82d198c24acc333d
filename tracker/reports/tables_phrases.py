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
    columns = ("phrase", "words", "before_uses", "after_uses", "uses", "events", "first_use", "last_use", "new_in", "not_said_since", "peak", "quote", "speech")
    ranked = ranked_phrases(content)
    rows = tuple(_row(phrase, on) for phrase, on in ranked)
    uses = tuple((phrase.text, one.period, one.uses, one.events) for phrase, _ in ranked for one in phrase.periods)
    return [Table("phrases", columns, rows), Table("phrase-uses", ("phrase", "period", "uses", "events"), uses)]


def ranked_phrases(content: ReportContent) -> list[tuple[Phrase, tuple[int, int]]]:
    """Return every phrase with its uses on each side, those first whose uses differ most."""
    found, sides = content.phrases.phrases if content.phrases else (), content.sides
    counted = [(phrase, _on_sides(phrase, sides)) for phrase in found]
    return sorted(counted, key=lambda one: (-abs(one[1][1] - one[1][0]), -one[0].here, one[0].text))


def _on_sides(phrase: Phrase, sides: Mapping[str, str]) -> tuple[int, int]:
    on = {"before": 0, "after": 0, "": 0}
    for _, speech, n in phrase.dates:
        on[sides.get(speech, "")] += n
    return on["before"], on["after"]


def _row(phrase: Phrase, on: tuple[int, int]) -> tuple[Cell, ...]:
    quote = phrase.quotes[0] if phrase.quotes else None
    told = (phrase.uses, phrase.events, phrase.first, phrase.last, phrase.new_in, phrase.not_since, phrase.peak)
    return (phrase.text, phrase.words, *on, *told, quote.quote if quote else "", quote.speech if quote else "")
