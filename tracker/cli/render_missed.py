"""Themes beside their topics, as a person reads them."""

from __future__ import annotations

from tracker import numerals
from tracker.cli.render import note, shortened, text
from tracker.findings.theme_topics import ThemeTopic
from tracker.tasks.guided import Missed

WORDS = 8


def missed(result: Missed, *, quiet: bool) -> None:
    """Every theme with its topic: agreement, the words its list lacks, the passages it misses and quotes of these."""
    for row in result.themes:
        _theme(row)
    if not result.themes:
        text("no theme is mentioned in these texts")
    if not quiet:
        note(f"model {result.model}; a topic counts as filling a passage from three tenths of its words on")
        if not result.guided:
            note("these topics know nothing of the themes; to begin a topic at every theme: tracker fit --guided")


def _theme(row: ThemeTopic) -> None:
    how = "began at it" if row.guided else "is the nearest"
    text(f"{row.label} [{row.theme}]: {row.topic} {how} ({row.topic_label}{'' if row.reproducible else '; not reproducible'})")
    held = row.agreement
    span = "" if held.low is None or held.high is None else f" ({numerals.span(held.low, held.high, digits=2)})"
    told = "not known" if held.value is None else f"{numerals.signed(held.value, 2)}{span} over {held.n:,} events"
    text(f"  rank agreement {told}{': they do not measure the same' if row.disagree else ''}")
    if row.words:
        text(f"  words of the topic that the list lacks: {', '.join(row.words[:WORDS])}")
    text(f"  {row.missed:,} of {row.passages:,} passages that the topic fills hold no word of the theme")
    for quote in row.quotes:
        text(f"    “{shortened(quote.quote)}” {quote.speech[:8]} {quote.date}")
