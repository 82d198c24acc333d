"""Phrases as a person reads them: new ones, gone ones, the most said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.cli.render import note, plain, shortened, table, text
from tracker.findings.phrase_records import Phrase, PhraseList


def phrases(result: PhraseList, *, most: int, quiet: bool) -> None:
    """Three lists, each with the sentence that shows it."""
    asked = frozenset(result.asked)
    span = result.newest if len(result.asked) == 1 else f"{result.asked[0]} to {result.newest}" if result.asked else "undated speeches"
    text(f"{len(result.phrases):,} phrases said {result.least} times or more, of those said in {span}; first and last use in the whole corpus")
    newest = result.periods[-1][0] if result.periods else ""
    fresh = sorted(result.new, key=lambda p: (-p.within(asked), p.text))
    gone = sorted((p for p in result.gone if p not in result.new), key=lambda p: (-p.events, -p.uses, p.text))
    _part(f"new in {result.newest}: not said before", fresh, most, last=False)
    if newest:
        _part(f"not said in {newest}", gone, most, last=True)
    shown = [p for p in result.phrases if p not in result.new]
    _part("said most", shown, most, last=True)
    if not quiet:
        note("counted in the words that count (--scope), exactly as they stand; nothing is tested: a phrase can be new because few speeches are held")


def phrases_data(result: PhraseList) -> dict[str, Any]:
    """The `data` of `tracker phrases --json`."""
    held: dict[str, Any] = plain(result)
    held["periods"] = [{"period": label, "events": events} for label, events in result.periods]
    for phrase in held["phrases"]:
        phrase["dates"] = [{"date": day, "uses": uses} for day, uses in phrase["dates"]]
        for name in ("first", "last", "new_in", "not_since", "peak"):
            phrase[name] = phrase[name] or None
    return held


def _part(heading: str, found: Sequence[Phrase], most: int, *, last: bool) -> None:
    if not found:
        return
    text(f"\n{heading}" + (f" ({most} of {len(found):,})" if len(found) > most else ""))
    rows = [
        (phrase.text, f"{phrase.uses:,}", f"{phrase.events:,}", phrase.first or "–", phrase.last or "–", phrase.peak or "–", _quoted(phrase, last=last))
        for phrase in found[:most]
    ]
    table(("phrase", "uses", "events", "first", "last", "peak", "in its words"), rows, right=("uses", "events"))


def _quoted(phrase: Phrase, *, last: bool) -> str:
    """The last or the first sentence, cut around the phrase."""
    if not phrase.quotes:
        return ""
    quote = phrase.quotes[-1 if last else 0]
    start = quote.hits[0][0] - quote.start if quote.hits else 0
    begin = max(0, start - 30)
    begin = quote.quote.find(" ", begin) + 1 if begin else 0
    return ("… " if begin else "") + shortened(quote.quote[min(begin, start) :], 70)
