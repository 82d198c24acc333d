"""Topics as a person reads them: the list, one topic closely, and their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.cli.render import note, shortened, text, warn
from tracker.findings.records import TopicList
from tracker.findings.topic_records import AddedSince, TopicChange, TopicDetail, TopicFit
from tracker.numerals import number

if TYPE_CHECKING:
    from tracker.tasks.topics.marks import Marked

BECAME = ("kept", "born", "split", "merged", "retired")
LONGEST_PASSAGE = 600
YEARS_A_LINE = 8


def topics(result: TopicList, *, quiet: bool) -> None:
    """The topics, one line each, and a quote below."""
    for topic in result.topics:
        stability = number(topic.stability, 2)
        said = f"{'' if topic.reproducible else ' (not reproducible)'}{' (hidden)' if topic.hidden else ''}"
        text(f"{topic.id}  {topic.share:>5.1%}  stability {stability}{said}  {topic.label}: {', '.join(topic.words[:8])}")
        if topic.boilerplate:
            text(f"    boilerplate? {topic.boilerplate}")
        if topic.quotes and not quiet:
            quote = topic.quotes[0]
            text(f"    “{shortened(quote.quote)}” {quote.speech[:8]} {quote.date}")
    if result.hidden and not any(topic.hidden for topic in result.topics):
        text(f"{result.hidden} hidden: tracker topics --all")
    if result.added is not None:
        text(covered(result.added))
    if not quiet:
        note(f"{result.engine}, {result.passages:,} passages, {result.refits} refits, model {result.model}")
    warn(result.warnings, quiet=quiet)


def fitted(result: TopicList, *, anew: bool, quiet: bool) -> None:
    """The topics after a fit, and what became of those before."""
    from tracker.tasks.topics import default_topics

    topics(result, quiet=quiet)
    if result.fit is None:
        return
    if not anew:
        text("nothing has changed since the last fit: the topics stay as they are; to start anew: tracker fit --cold")
        return
    if not result.fit.before:
        return
    called = {topic.id: topic.name for topic in result.topics if topic.name}
    text("")
    _fit(result.fit, called)
    usual = default_topics(result.fit.passages)
    if usual > result.fit.topics and not quiet:
        note(f"a corpus of this size is given {usual} topics when it is new: tracker fit --topics {usual}")


def covered(added: AddedSince) -> str:
    """How the model covers the speeches added since its fit, in a sentence.

    Example:
        >>> covered(AddedSince(2, 0.2, 0.1, 900.0, 600.0))
        '2 speeches added since the fit: 20% of their words unknown (10% is usual), the others 1.5 times as hard to predict as usual; nothing was refitted'
    """
    told = f"{added.speeches:,} speech{'' if added.speeches == 1 else 'es'} added since the fit: {added.unknown:.0%} of their words unknown"
    if added.usual:
        told += f" ({added.usual:.0%} is usual)"
    if added.residual is not None:
        told += f", the others {number(added.residual)} times as hard to predict as usual"
    return f"{told}; nothing was refitted"


def detail(found: TopicDetail, *, quiet: bool) -> None:
    """One topic closely."""
    text(f"{found.id}  {found.label}{' (hidden)' if found.hidden else ''}")
    if found.label != found.proposed:
        text(f"proposed label  {found.proposed}")
    if found.drift:
        text(f"name            {found.drift}; look whether the name still fits")
    if found.boilerplate:
        text(f"boilerplate?    {found.boilerplate}")
    _figures(found)
    if found.years:
        text("\nshare by year")
        for first in range(0, len(found.years), YEARS_A_LINE):
            text("  " + "   ".join(f"{year.year} {year.share:>5.1%}" for year in found.years[first : first + YEARS_A_LINE]))
    text("\nmost typical speeches")
    for speech in found.speeches:
        text(f"  {speech.share:>5.1%}  {speech.speech[:8]}  {speech.date or 'undated'}  {speech.title}")
    text("\nmost typical passages")
    for quote in found.passages:
        text(f"  “{shortened(quote.quote, LONGEST_PASSAGE)}” {quote.speech[:8]} {quote.date or 'undated'} [{quote.start}:{quote.end}]")
    text("\nwhat became of it")
    for line in found.became or ("not written down: it is from before the history began",):
        text(f"  {line}")
    if not quiet:
        note(f"model {found.model}; shares by year describe, they are no test: tracker trend tests named themes")


def _figures(found: TopicDetail) -> None:
    stability = "–" if found.stability is None else f"{number(found.stability, 2)} ({'came back' if found.reproducible else 'did not come back'} in refits)"
    text(f"marks it off    {', '.join(word for word, _ in found.words)}")
    text(f"most frequent   {', '.join(f'{word} {chance:.1%}' for word, chance in found.frequent)}")
    text(f"share           {found.share:.1%} of the words of the corpus")
    text(f"stability       {stability}")
    text(f"coherence       {number(found.coherence, 2)} (NPMI of its ten top words, −1 to 1)")
    text(f"exclusivity     {number(found.exclusivity, 2)} (how much it has them to itself, 0 to 1)")
    text(f"nearest theme   {found.nearest_theme or 'none'}")


def marked(found: Sequence[Marked], *, quiet: bool) -> None:
    """What topics are called now."""
    for one in found:
        if not quiet:
            text(f"{one.id}  {one.label}{' (hidden)' if one.hidden else ''}")


def history(fits: Sequence[TopicFit], called: Mapping[str, str], *, quiet: bool) -> None:
    """What became of the topics, a paragraph a fit."""
    for fit in fits:
        _fit(fit, called)
    if not fits:
        text("no fit was written down: these topics are from before the history began")
    elif not quiet:
        note("the number behind a kept topic: Jaccard index of its ten top words with the fit before; shares of different fits are not comparable")


def _fit(fit: TopicFit, called: Mapping[str, str]) -> None:
    from tracker.tasks.topics import moment

    begun = "carried on" if fit.start == "carried on" else f"started anew ({fit.why})"
    text(f"fit {fit.number}: {moment(fit)}; {fit.topics} topics, {fit.engine}, {begun}")
    if fit.stability is not None:
        fresh = f"; started anew they would have {number(fit.fresh_stability, 2)}" if fit.fresh_stability is not None else ""
        text(f"  stability {number(fit.stability, 2)}, {fit.reproducible} of {fit.topics} came back in refits{fresh}")
    for became in BECAME:
        changes = [change for change in fit.changes if change.became == became]
        if changes:
            text(f"  {became:<8} {len(changes):>2}  {'; '.join(_told(change, called) for change in changes)}")


def _told(change: TopicChange, called: Mapping[str, str]) -> str:
    label = called.get(change.topic, change.label)
    related = {"split": f" off from {change.related}", "merged": f" into {change.related}"}.get(change.became, "")
    overlap = f" {number(change.overlap, 2)}" if change.became == "kept" else ""
    return f"{change.topic} ({label}){related}{overlap}"
