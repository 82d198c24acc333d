"""Drafted, widened and exchanged lists of words, as a person reads them."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from tracker.cli.render import note, shortened, table, text
from tracker.numerals import count, number, scaled

if TYPE_CHECKING:
    from tracker.findings.records import Evidence
    from tracker.tasks.lists.checks import SidesCheck
    from tracker.tasks.lists.doubtful import Share
    from tracker.tasks.lists.draft import Draft
    from tracker.tasks.lists.exchange import Exchanged
    from tracker.tasks.lists.suggest import Accepted, Suggestions

WORDS = 8
MOST_ONE_SIDED = 20


def drafted(result: Draft, *, quiet: bool) -> None:
    """The proposed themes in a table, and what none covers."""
    rows = [
        (t.id, t.label, ", ".join(t.core[:3]), ", ".join(t.terms[:WORDS]), f"{t.passages:,}", f"{t.speeches:,}", scaled(t.share, 1000)) for t in result.themes
    ]
    table(("theme", "proposed name", "core", "terms", "passages", "speeches", "per 1,000"), rows, right=("passages", "speeches", "per 1,000"))
    rest = result.uncovered
    text(f"no theme covers {rest.passages:,} of {result.passages:,} passages ({rest.share:.0%}): {', '.join(term for term, _ in rest.terms[:12])}")
    _quotes(rest.quotes)
    text(result.path)
    if not quiet:
        note("a proposal, made by counting: the file holds three quotes for every theme; edit it, then use it as themes.toml")


def suggested(result: Suggestions, *, quiet: bool) -> None:
    """Words to add and to drop, each with what it would do."""
    dated = any(result.halves)
    where = f"{' | '.join(half for half in result.halves if half)}" if dated else "no speech has a date: nothing is said of change"
    text(f"{result.theme}: {result.passages:,} of {result.of:,} passages; {f'{_shares(result.now)} per 1,000 words ' if dated else ''}({where})")
    if result.add:
        rows = [
            (
                ", ".join(row.term),
                number(row.z),
                f"{row.hits:,}",
                f"{row.inside} of {row.passages}",
                f"{row.speeches}",
                *((f"{row.first[:4]}-{row.last[:4]}" if row.first else "undated", _shares(row.with_it)) if dated else ()),
            )
            for row in result.add
        ]
        heads = ("add", "z", "said", "in its passages", "speeches", *(("years", "per 1,000 with it") if dated else ()))
        table(heads, rows, right=("z", "said", "speeches"))
        for row in result.add[:WORDS]:
            text(f"{row.term[0]}:")
            _quotes(row.quotes)
    else:
        text("no word keeps its company closely enough (z > 3.5)")
    for doubt in result.drop:
        without = f"; per 1,000 words without it {_shares(doubt.without_it)}" if dated else ""
        text(f"drop? {doubt.term} ({count(doubt.hits, 'time')}): {doubt.reason}{without}")
        _quotes(doubt.quotes)
    if not quiet:
        if result.add:
            accepting = [word for form in result.add[0].term for word in ("--accept", form)]
            note(f"to accept: {shlex.join(['tracker', 'themes', 'suggest', result.theme, *accepting])}")
        halves = "; per 1,000: mean of the speeches of the earlier and the later half, cut between two days" if all(result.halves) else ""
        note(f"z sorts, it does not test{halves}")


def accepted(result: Accepted, *, quiet: bool) -> None:
    """What was written."""
    for verb, terms in (("added in", result.accepted), ("dropped in", result.dropped), ("already in", result.already)):
        if terms:
            text(f"{verb} {result.theme}: {', '.join(terms)}")
    if not quiet and not (result.accepted or result.dropped):
        note(f"{result.path}: {count(result.terms, 'term')}; nothing was written")
    elif not quiet:
        note(f"{result.path}: {count(result.terms, 'term')}; comparisons that were looked at before now call the theme exploratory (W17)")


def exchanged(result: Exchanged, *, quiet: bool) -> None:
    """What was read or written, and what could not be carried over."""
    text(f"{count(result.themes, 'theme')}, {count(result.terms, 'term')}: {result.path}")
    for lost in result.lost:
        text(f"left out: {lost}")
    if not quiet and result.used:
        note("tracker themes check looks for misleading words")


def sides_checked(result: SidesCheck, *, quiet: bool) -> None:
    """Words that one side alone says, themes that are heard no more, and what every shift leans on."""
    for row in result.one_sided[:MOST_ONE_SIDED]:
        side = result.before if row.only == "before" else result.after
        span = row.first if row.first == row.last else f"{row.first} to {row.last}"
        said = f"{count(row.hits, 'time')} in {count(row.speeches, 'speech')} ({span})"
        text(f"only in {side}: {row.theme}: {row.term}, {said}, {row.share:.0%} of the theme there")
    if len(result.one_sided) > MOST_ONE_SIDED:
        text(f"… {len(result.one_sided) - MOST_ONE_SIDED:,} more: tracker themes check --json")
    for theme in result.gone:
        text(f"heard no more: {theme} is mentioned in {result.before} and not in {result.after}")
    if result.leaning:
        rows = [
            (
                row.theme,
                _points(row.points),
                row.verdict,
                f"{_points(row.low)} without {row.low_word}" if row.low_word else "–",
                f"{_points(row.high)} without {row.high_word}" if row.high_word else "–",
                "turns" if row.turns else f"then {row.verdict_without}" if row.verdict_without not in (None, row.verdict) else "",
            )
            for row in result.leaning
        ]
        table(("theme", "per 1,000", "verdict", "smallest without one word", "largest without one word", ""), rows, right=("per 1,000",))
    elif not quiet:
        note("to see what every shift leans on: tracker themes check BEFORE AFTER")


def _points(value: float | None) -> str:
    return scaled(value, 10, sign=True)


def _shares(share: Share) -> str:
    return " → ".join(scaled(value, 1000) for value in (share.earlier, share.later) if value is not None)


def _quotes(found: tuple[Evidence, ...]) -> None:
    for quote in found:
        text(f"    “{shortened(quote.quote)}” {quote.speech[:8]} {quote.date or 'undated'}")
