"""Phrases as a person reads them: new ones, gone ones, the most said."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.cli.render import note, shortened, table, text
from tracker.findings.phrase_records import Phrase, PhraseList


def phrases(result: PhraseList, *, most: int, quiet: bool) -> None:
    """Three lists, each with the sentence that shows it."""
    span = result.newest if len(result.asked) == 1 else f"{result.asked[0]} to {result.newest}" if result.asked else "undated speeches"
    text(f"{len(result.phrases):,} phrases said {result.least} times or more, of those said in {span}; first and last use in the whole corpus")
    newest = result.periods[-1][0] if result.periods else ""
    fresh = sorted(result.new, key=lambda p: (-p.here, p.text))
    gone = sorted((p for p in result.gone if p not in result.new), key=lambda p: (-p.events, -p.uses, p.text))
    _part(f"new in {result.newest}: not said before", fresh, most, last=False)
    if newest:
        _part(f"not said any more in {newest}", gone, most, last=True)
    shown = [p for p in result.phrases if p not in result.new]
    _part("said most", shown, most, last=True)
    if not quiet:
        note(
            "here and the quote: in the speeches asked for; uses, events, first, last, peak: in the whole corpus. Counted word by word in the words that "
            f"count (--scope): case, hyphens and line ends make no difference, {_apart(result)}. Nothing is tested: a phrase can be new because few "
            "speeches are held"
        )


def _apart(result: PhraseList) -> str:
    """What counts as another phrase."""
    said = ["a possessive ('s) is another word"] if {*result.languages} - {"zh"} else []
    if "zh" in result.languages:
        said.append("Chinese counts where its words are parted alike (tracker search finds every place that holds the letters)")
    return "; ".join(said)


def _part(heading: str, found: Sequence[Phrase], most: int, *, last: bool) -> None:
    if not found:
        return
    text(f"\n{heading}" + (f" ({most} of {len(found):,})" if len(found) > most else ""))
    rows = [
        (
            p.text,
            *(f"{n:,}" for n in (p.here, p.uses, p.events)),
            *(one or "–" for one in (p.first, p.last, p.peak)),
            _quoted(p, last=last),
            _place(p, last=last),
        )
        for p in found[:most]
    ]
    table(("phrase", "here", "uses", "events", "first", "last", "peak", "in its words", "said in"), rows, right=("here", "uses", "events"))


def _place(phrase: Phrase, *, last: bool) -> str:
    """Speech and date of the sentence that is shown."""
    quote = phrase.quotes[-1 if last else 0] if phrase.quotes else None
    return f"{quote.speech[:8]} {quote.date or 'undated'}" if quote else ""


def _quoted(phrase: Phrase, *, last: bool) -> str:
    """The last or the first sentence, cut around the phrase."""
    if not phrase.quotes:
        return ""
    quote = phrase.quotes[-1 if last else 0]
    start = quote.hits[0][0] - quote.start if quote.hits else 0
    begin = max(0, start - 30)
    begin = quote.quote.find(" ", begin) + 1 if begin else 0
    return ("… " if begin else "") + shortened(quote.quote[min(begin, start) :], 70)
