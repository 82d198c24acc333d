"""Content -> the report as Markdown, for notes, mails and version control."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.charts.wording import listed, spelled_date
from tracker.findings import change_claims
from tracker.findings.records import Finding
from tracker.findings.series_claims import general, novelty_claims, series_claims
from tracker.findings.standing import distance_words, family_words, verdict_words
from tracker.findings.validation import lists_words
from tracker.numerals import count, number, signed
from tracker.reports import tables, tables_series
from tracker.reports.arrange import leads, limits, texts_by_side, where_said
from tracker.reports.quotes import cite, pieces
from tracker.reports.tables_changes import change_tables
from tracker.reports.tables_phrases import phrase_tables
from tracker.slices import during

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.findings.records import Evidence
    from tracker.findings.topic_shift_records import TopicShifts
    from tracker.reports.content import ReportContent
    from tracker.reports.figures import Chart
    from tracker.reports.table import Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
MOST_ROWS = 40


def render_markdown(content: ReportContent, charts: Sequence[Chart] = ()) -> str:
    """Return the report as Markdown; every word of the corpus is escaped.

    Args:
        content: What the report shows.
        charts: The drawn charts; their PNG files are linked relatively.
    """
    parts = [
        *_head(content),
        *_texts(content),
        *_periods(content, charts),
        *_series(content, charts),
        *_words(content, charts),
        *_phrases(content, charts),
        *_novelty(content, charts),
        *_changes(content),
        *_methods(content),
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    r"""Return text in one line that Markdown shows as it is.

    Example:
        >>> print(escaped("<b> *no*"))
        \<b\> \*no\*
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _head(content: ReportContent) -> Iterator[str]:
    corpus = content.corpus
    yield f"# {escaped(content.title)}"
    if content.digest_notice:
        yield f"**{escaped(content.digest_notice)}**"
    speeches = count(corpus.speeches, "speech", "speeches")
    yield (
        f"{speeches}, {count(corpus.events, 'event')}, {count(corpus.tokens, 'content word')}; {spelled_date(corpus.first)} to {spelled_date(corpus.last)}; "
        f"{escaped(listed(corpus.languages))}; {escaped(listed(corpus.speakers, most=3) or 'speaker not stated')}."
    )


def _quotes(content: ReportContent, evidence: Iterable[Evidence]) -> Iterator[str]:
    summaries = {summary.id: summary for summary in content.speeches}
    for passage in evidence:
        words = "".join(f"**{escaped(text)}**" if hit else _spaced(text) for text, hit in pieces(passage))
        yield f"> {words.strip()}\n>\n> — {escaped(cite(summaries, passage))}"


def _spaced(text: str) -> str:
    """Escape text that stands between hits, keeping the spaces at its ends."""
    return " " * text[:1].isspace() + escaped(text) + " " * (text[-1:].isspace() and bool(text.strip()))


def _texts(content: ReportContent) -> Iterator[str]:
    yield "## In these texts"
    for lead in leads(content):
        caveats = lead.caveats if isinstance(lead, Finding) else ()
        yield escaped(lead.claim) + "".join(f"\n\n> {escaped(w.text)} ({w.code})" for w in caveats)
        yield from _quotes(content, lead.evidence[:2])
    sides = texts_by_side(content)
    before, after = content.comparison.before.label, content.comparison.after.label
    for name, found in ((f"Only {during(before)}", sides.before), (f"Only {during(after)}", sides.after), ("In both", sides.other)):
        if found:
            lines = [f"- {escaped(t.term or t.label)} ({t.counts[0]:,} : {t.counts[1]:,}; {listed(where_said(t))})" for t in found[:MOST_ROWS]]
            more = [f"- {len(found) - MOST_ROWS:,} more in data/texts.csv"] if len(found) > MOST_ROWS else []
            yield f"**{escaped(name)}**\n\n" + "\n".join([*lines, *more])
    yield "### About the periods"
    for finding in (f for f in content.findings if f.kind == "period"):
        yield escaped(finding.claim) + "".join(f"\n\n> {escaped(w.text)} ({w.code})" for w in finding.caveats)
    claims, warnings = limits(content)
    yield from (f"**{escaped(claim)}**" for claim in claims)
    if warnings:
        yield "\n".join(f"- {escaped(w.text)} ({w.code})" for w in warnings)


def _periods(content: ReportContent, charts: Sequence[Chart]) -> Iterator[str]:
    comparison = content.comparison
    yield "## Two periods"
    yield from _pictures(charts, "rug", "themes")
    yield "Theme words per 1,000 content words (the share × 1,000), mean of all events."
    heads = ("Theme", comparison.before.label, comparison.after.label, "change", "q", "verdict")
    rows = [
        (
            t.label,
            number(_scaled(t.before.share.value)),
            number(_scaled(t.after.share.value)),
            signed(_scaled(t.points.value, 10)),
            number(t.q, 3),
            verdict_words(t),
        )
        for t in sorted(comparison.themes, key=lambda t: (-(t.points.value or 0), t.label))
    ]
    yield _table(heads, rows, "themes")
    if comparison.family is not None and comparison.family.tests:
        yield f"{escaped(family_words(comparison.family))}."
    if comparison.validations:
        yield escaped(lists_words(comparison.validations))
    if comparison.distance is not None:
        yield f"{escaped(distance_words(comparison.distance)).capitalize()}."
    yield _shown(tables.periods(content))
    if comparison.confounds:
        yield "\n".join(f"- {escaped(line)}" for line in comparison.confounds)


def _scaled(value: float | None, factor: float = 1000) -> float | None:
    return None if value is None else value * factor


def _series(content: ReportContent, charts: Sequence[Chart]) -> Iterator[str]:
    series = content.series
    if not series or not series.themes:
        return
    claims = series_claims(series)
    yield f"## {'Over time' if series.in_time else escaped(f'By {series.by}')}"
    yield from _claims(content, claims)
    yield from (f"{escaped(w.text)} ({w.code})" for w in general(series.warnings, claims))
    yield from _pictures(charts, "series", "groups", "heatmap")
    pivot = tables_series.by_theme(series)
    if pivot:
        yield "Theme words per 1,000 content words, mean of the events of each group."
        yield _shown(pivot)
    elif series.in_time:
        yield _shown(tables_series.trends(series).pick("label", "slope_per_1000", "slope_low", "slope_high", "q", "trend", "change", "before", "after"))
    if series.distance:
        yield from _pictures(charts, "distance")


def _claims(content: ReportContent, claims: Iterable[Finding]) -> Iterator[str]:
    for claim in claims:
        yield escaped(claim.claim) + "".join(f"\n\n> {escaped(w.text)} ({w.code})" for w in claim.caveats)
        yield from _quotes(content, claim.evidence[:1])


def _novelty(content: ReportContent, charts: Sequence[Chart]) -> Iterator[str]:
    if not content.novelty or not content.novelty.rows:
        return
    yield "## Speeches that broke with the past"
    yield from _claims(content, novelty_claims(content.novelty))
    yield from (f"{escaped(w.text)} ({w.code})" for w in content.novelty.warnings)
    yield from _pictures(charts, "novelty")
    found = tables_series.novelty(content).pick("title", "date", "novelty_bits", "resonance_bits", "reach_bits", "q", "verdict", "words")
    yield _shown(found)


def _changes(content: ReportContent) -> Iterator[str]:
    found = content.changes
    if not found:
        return
    yield "## Since the last report"
    yield f"Held against {escaped(found.before_title)} ({escaped(found.before)})."
    yield from (escaped(claim) for claim in change_claims.claims(found)[:MOST_ROWS])
    speeches = [change_claims.speech_words(change) for change in found.speeches]
    lines = [*speeches[:MOST_ROWS], *found.words, *found.settings, *found.asked, *found.others]
    lines += [f"{len(speeches) - MOST_ROWS:,} more in data/changed_speeches.csv"] if len(speeches) > MOST_ROWS else []
    lines += [*(f"new topic: {label}" for label in found.born), *(f"topic gone: {label}" for label in found.retired)]
    if lines:
        yield "\n".join(f"- {escaped(line)}" for line in lines)
    if found.themes:
        yield _shown(change_tables(found)[0].pick("label", "before_then", "before_now", "after_then", "after_now", "verdict_then", "verdict_now", "moved_by"))


def _words(content: ReportContent, charts: Sequence[Chart]) -> Iterator[str]:
    if content.words.rows:
        yield "## Words"
        yield from _pictures(charts, "words")
        yield _shown(tables.words(content).pick("word", "before_count", "after_count", "z", "starred"))
        yield from (f"{escaped(w.text)} ({w.code})" for w in content.words.warnings)
    if content.tfidf:
        yield "## Distinctive words"
        yield from _pictures(charts, "tfidf")
        lines = [f"- {escaped(d.label)}: {escaped(', '.join(term for term, _, _ in d.rows[:8]))}" for d in content.tfidf[-MOST_ROWS:]]
        more = [f"- {len(content.tfidf) - MOST_ROWS:,} earlier ones in data/tfidf.csv"] if len(content.tfidf) > MOST_ROWS else []
        yield "\n".join([*more, *lines])
    if content.topics:
        yield "## Topics"
        yield from _pictures(charts, "topics")
        yield _shown(tables.topics(content).pick("topic", "words", "share", "stability", "reproducible"))
        if content.topics.hidden:
            yield f"{count(content.topics.hidden, 'topic')} hidden."
        yield from (f"{escaped(t.label)}: boilerplate? {escaped(t.boilerplate)}." for t in content.topics.topics if t.boilerplate)
        yield from (f"{escaped(w.text)} ({w.code})" for w in content.topics.warnings)
    if content.comparison.topics:
        yield from _topic_shifts(content.comparison.topics, charts)


def _topic_shifts(found: TopicShifts, charts: Sequence[Chart]) -> Iterator[str]:
    yield "### Topics between the two periods"
    yield from _pictures(charts, "topic-shifts")
    if found.untested:
        yield f"Not tested: {escaped(found.untested)}."
    if found.hidden:
        yield f"{found.hidden} hidden."
    yield f"Words of each topic per 1,000 content words, mean of events, all under model {found.model}; ranges widened by what its refits say."
    yield _shown(tables.topic_shifts(found).pick("topic", "before_per_1000", "after_per_1000", "change_per_1000", "q", "verdict", "stability"))
    if found.family.tests:
        yield f"{escaped(family_words(found.family, 'topic'))}."


def _methods(content: ReportContent) -> Iterator[str]:
    yield "## How this was measured"
    yield from map(escaped, content.methods)
    if content.warnings:
        yield "\n".join(f"- {escaped(w.text)} ({w.code})" for w in content.warnings)
    yield "\n".join(f"- {escaped(name)}: {escaped(value)}" for name, value in content.recipe)
    if content.left_out:
        yield "\n".join(f"- {escaped(line)}" for line in content.left_out)
    yield "```\n" + "\n".join(line.replace("```", "") for line in content.commands) + "\n```"
    yield f"Corpus {content.corpus.hash}."


def _phrases(content: ReportContent, charts: Sequence[Chart]) -> Iterator[str]:
    if not any(chart.name == "phrases" for chart in charts):
        return
    yield "## Phrases"
    yield from _pictures(charts, "phrases")
    columns = ("phrase", "before_uses", "after_uses", "uses", "events", "first_use", "last_use", "peak")
    yield _shown(phrase_tables(content)[0].pick(*columns, most=MOST_ROWS))


def _pictures(charts: Sequence[Chart], *names: str) -> Iterator[str]:
    for chart in (c for name in names for c in charts if c.name == name):
        yield f"![{escaped(chart.caption.title)}](charts/{chart.name}.png)"


def _shown(table: Table) -> str:
    digits = table.digits()
    return _table(table.columns, [tuple(map(tables.shown, row, digits)) for row in table.rows], table.name)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> str:
    """Return a Markdown table of at most MOST_ROWS rows and how many more there are."""
    lines = [heads, ["---"] * len(heads), *([escaped(cell) for cell in row] for row in rows[:MOST_ROWS])]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return text + (f"\n\n{len(rows) - MOST_ROWS:,} more in data/{name}.csv." if len(rows) > MOST_ROWS else "")
