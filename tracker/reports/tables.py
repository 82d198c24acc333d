"""The tables behind every chart and list: one record each, written as csv and shown in the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.findings.rows import Made
from tracker.numerals import number
from tracker.reports.table import Cell, Table, csv_text, shown
from tracker.reports.tables_changes import change_tables
from tracker.reports.tables_phrases import phrase_tables
from tracker.reports.tables_series import series_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.estimates import Estimate
    from tracker.findings.records import SideSummary, ThemeShift, ThemeSide
    from tracker.findings.topic_shift_records import TopicShift, TopicShifts
    from tracker.reports.content import ReportContent

__all__ = ["Table", "csv_text", "shown"]


def all_tables(content: ReportContent) -> tuple[Table, ...]:
    """Return every table of the report, by name."""
    tables = [speeches(content), periods(content), themes(content), texts(content), words(content), tfidf(content), measures(content), mentions(content)]
    if content.topics:
        tables.append(topics(content))
    if content.comparison.topics:
        tables.append(topic_shifts(content.comparison.topics))
    tables += series_tables(content)
    if content.phrases:
        tables += phrase_tables(content)
    if content.changes:
        tables += change_tables(content.changes)
    return tuple(sorted(tables, key=lambda table: table.name))


def speeches(content: ReportContent) -> Table:
    """Return the list of speeches."""
    fields = ("id", "date", "title", "speaker", "place", "outlet", "kind", "language", "tokens", "date_basis", "date_status", "published", "event", "source")
    names = {"before": content.comparison.before.label, "after": content.comparison.after.label}
    sides = content.sides
    columns = (*("words" if field == "tokens" else field for field in fields), "period")
    rows = ((*(getattr(s, field) for field in fields), names.get(sides.get(s.id, ""), "")) for s in content.speeches)
    return Table("speeches", columns, tuple(rows))


def periods(content: ReportContent) -> Table:
    """Return what the two periods are made of: the confounds."""
    before, after = content.comparison.before, content.comparison.after

    def row(name: str, read: str) -> tuple[Cell, ...]:
        return (name, *(_made_of(side, read) for side in (before, after)))

    rows = (
        row("Speeches", "speeches"),
        row("Events", "events"),
        row("Content words", "tokens"),
        row("Median words of a speech", "median_tokens"),
        row("Words of the speaker", "speaker_share"),
        row("Kind", "kinds"),
        row("Speaker", "speakers"),
        row("Outlet", "outlets"),
        row("Place", "places"),
    )
    return Table("periods", ("what", before.label, after.label), rows)


def spread(band: tuple[float, float] | None) -> str:
    """Return a band of the speaker's words as `52-61 %`; "" when its ends are the same to a percent.

    Example:
        >>> spread((0.52, 0.61)), spread((0.5, 0.5)), spread(None)
        ('52-61 %', '', '')
    """
    if band is None:
        return ""
    low, high = (number(100 * end, 0) for end in band)
    return f"{low}-{high} %" if low != high else ""


def _made_of(side: SideSummary, read: str) -> str:
    value = getattr(side, read)
    if isinstance(value, tuple):
        return ", ".join(value[:6]) + (f" and {len(value) - 6} more" if len(value) > 6 else "") or "not stated"
    if read == "speaker_share":
        band = spread(side.speaker_band)
        return "not known" if value is None else f"{number(100 * value, 0)} %" + (f" ({band} by who is counted as speaking)" if band else "")
    return number(value, 0)


def themes(content: ReportContent) -> Table:
    """Return the shift table, per 1,000 words."""
    side = ("per_1000", "low", "high", "events", "hits", "core_hits", "words")
    columns = (
        *("theme", "label", "origin"),
        *(f"before_{name}" for name in side),
        *(f"after_{name}" for name in side),
        *("change_per_1000", "change_low", "change_high", "ratio", "p", "q", "p_permutation", "verdict"),
        *("smallest_detectable_ratio", "tau_star", "exploratory", "other_scope_before_per_1000", "other_scope_after_per_1000"),
        *("stands", "usual_low_per_1000", "usual_high_per_1000", "higher_than", "lower_than", "ranked"),
        *("without_a_word_low", "without_a_word_high", "without_speech", "without_speech_per_1000"),
        "list",
    )
    badges = {held.theme: held.badge for held in content.comparison.validations}
    return Table("themes", columns, tuple((*_theme(t), badges.get(t.id)) for t in content.comparison.themes))


def _theme(t: ThemeShift) -> tuple[Cell, ...]:
    return (
        *(t.id, t.label, t.origin),
        *_side(t.before),
        *_side(t.after),
        *_scaled(t.points, 10),
        *(t.ratio.value, t.p, t.q, t.p_permutation, t.verdict, t.smallest_detectable, t.tau_star, t.exploratory),
        *(None if share is None else 1000 * share for share in t.other_scope),
        *_standing(t),
        *_leaning(t),
    )


def _standing(t: ThemeShift) -> tuple[Cell, ...]:
    """Where a single event lies among others."""
    held = t.standing
    if held is None:
        return (None,) * 6
    stands = "" if t.verdict != "stands out" else "high" if held.high else "low"
    return (stands, *list(_scaled(held.usual, 1000))[1:], held.higher_than, held.lower_than, held.ranked)


def _leaning(t: ThemeShift) -> tuple[Cell, ...]:
    """The change per 1,000 words without any one word, and without the speech that moves it farthest."""
    words, speech = t.sensitivity, t.without_speech
    ends = (None, None) if words is None else (words.low, words.high)
    return (*(None if end is None else 10 * end for end in ends), speech.speech if speech else None, 10 * speech.points if speech else None)


def _side(side: ThemeSide) -> tuple[Cell, ...]:
    return (*_scaled(side.share, 1000), side.share.n, side.hits, side.core_hits, side.tokens)


def _scaled(estimate: Estimate, factor: float) -> Iterable[float | None]:
    return (None if v is None else v * factor for v in (estimate.value, estimate.low, estimate.high))


def texts(content: ReportContent) -> Table:
    """Return what is said only before, only after, or in both."""
    rows = ((t.label, t.term, t.only, *t.counts, ", ".join(t.where), t.first, t.last, t.claim, *_first_quote(t.evidence)) for t in content.comparison.texts)
    return Table("texts", ("theme", "term", "only", "before_count", "after_count", "where", "first_use", "last_use", "claim", "quote", "speech"), tuple(rows))


def _first_quote(evidence: tuple[object, ...]) -> tuple[Cell, Cell]:
    best = evidence[0] if evidence else None
    return (getattr(best, "quote", ""), getattr(best, "speech", ""))


def words(content: ReportContent) -> Table:
    """Return the words that mark one period off, with the counts behind every score."""
    columns = ("word", "before_count", "after_count", "before_per_1000", "after_per_1000", "log2_ratio", "z", "token_level_g2_descriptive", "p", "q", "starred")
    rows = (
        (r.term, r.before_count, r.after_count, r.before_per_1000, r.after_per_1000, r.log_ratio, r.z, r.g2, r.p, r.q, r.starred) for r in content.words.rows
    )
    return Table("words", columns, tuple(rows))


def topics(content: ReportContent) -> Table:
    """Return the topics with share and stability."""
    found = content.topics.topics if content.topics else ()
    rows = ((t.label, " ".join(t.words), t.share, t.stability, t.reproducible, t.nearest_theme, t.id) for t in found)
    return Table("topics", ("topic", "words", "share", "stability", "reproducible", "nearest_theme", "id"), tuple(rows))


def topic_shifts(found: TopicShifts) -> Table:
    """Return every topic between the two periods, per 1,000 words; those that did not come back without a verdict."""
    columns = ("topic", "id", *(f"{side}_{name}" for side in ("before", "after") for name in ("per_1000", "low", "high", "events")))
    columns += ("change_per_1000", "change_low", "change_high", "ratio", "p", "q", "p_permutation", "verdict", "stability", "reproducible")
    columns += ("refits", "refits_other_direction", "variance_of_the_model")
    return Table("topic-shifts", columns, tuple(_topic_shift(row) for row in found.rows))


def _topic_shift(row: TopicShift) -> tuple[Cell, ...]:
    t = row.shift
    sides = [cell for side in (t.before, t.after) for cell in (*_scaled(side.share, 1000), side.share.n)]
    verdict = t.verdict if row.reproducible else ""
    known = (t.ratio.value, t.p, t.q, t.p_permutation, verdict, row.stability, row.reproducible)
    return (t.label, t.id, *sides, *_scaled(t.points, 10), *known, len(row.refit_points), row.turned, row.doubt)


def tfidf(content: ReportContent) -> Table:
    """Return the distinctive words of every speech or period."""
    rows = ((d.label, d.date, d.speech, term, weight, n) for d in content.tfidf for term, weight, n in d.rows)
    return Table("tfidf", ("label", "date", "speech", "word", "weight", "count"), tuple(rows))


def measures(content: ReportContent) -> Table:
    """Return the tidy speech x theme table."""
    return _rows_table("measures", content.measures_rows)


def mentions(content: ReportContent) -> Table:
    """Return every mention of every theme with its offsets."""
    return _rows_table("mentions", content.mention_rows)


def _rows_table(name: str, rows: Sequence[Mapping[str, object]]) -> Table:
    columns = tuple(rows[0]) if rows else ("speech", "theme")
    return Table(name, columns, Made(lambda: map(itemgetter(*columns), rows), len(rows)))
