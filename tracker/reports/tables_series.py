"""The tables of a series and of novelty: long form for files, a row a theme for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.findings.series_claims import direction
from tracker.reports.table import Cell, Table

if TYPE_CHECKING:
    from tracker.estimates import Estimate
    from tracker.findings.series_records import GroupSummary, Series, SeriesPoint, ThemeSeries
    from tracker.reports.content import ReportContent

MOST_COLUMNS = 24


def series_tables(content: ReportContent) -> list[Table]:
    """Return the tables of the series and of novelty, as far as there are any."""
    found = []
    if content.series:
        found.append(series(content.series))
        if content.series.in_time:
            found.append(trends(content.series))
        if content.series.distance:
            found.append(distance(content.series))
    if content.novelty:
        found.append(novelty(content))
    return found


def series(result: Series) -> Table:
    """Return a row for each theme and group, per 1,000 words; empty cells in a gap."""
    columns = (
        *("theme", "label", "origin", "group", "start", "end", "speeches", "events", "group_words"),
        *("per_1000", "low", "high", "drawn_per_1000", "drawn_low", "drawn_high", "hits", "counted_words"),
        *("difference_per_1000", "difference_low", "difference_high", "p", "q", "verdict", "against_others"),
    )
    groups = {g.label: g for g in result.groups}
    return Table("series", columns, tuple(_point(t, p, groups[p.group]) for t in result.themes for p in t.points))


def _point(theme: ThemeSeries, point: SeriesPoint, group: GroupSummary) -> tuple[Cell, ...]:
    contrast = point.contrast
    difference = _scaled(contrast.points, 10) if contrast else (None, None, None)
    return (
        *(theme.id, theme.label, theme.origin, group.label, group.start, group.end, group.speeches, group.events, group.tokens),
        *_scaled(point.share, 1000),
        *_scaled(point.drawn, 1000),
        *(point.hits, point.tokens),
        *difference,
        *((contrast.p, contrast.q, contrast.verdict) if contrast else (None, None, "")),
        direction(contrast),
    )


def _scaled(estimate: Estimate, factor: float) -> tuple[float | None, ...]:
    return tuple(None if v is None else v * factor for v in (estimate.value, estimate.low, estimate.high))


def trends(result: Series) -> Table:
    """Return a row for each theme: its trend and its change."""
    columns = (
        *("theme", "label", "tau", "slope_per_1000", "slope_low", "slope_high", "periods", "p", "q", "autocorrelation", "trend"),
        *("change", "before", "after", "could_be", "probability", "change_p", "change_q", "compared_with"),
    )
    return Table("trends", columns, tuple(_moved(t) for t in result.themes))


def _moved(theme: ThemeSeries) -> tuple[Cell, ...]:
    trend, change = theme.trend, theme.change
    moved: tuple[Cell, ...] = (None,) * 8 + ("",)
    if trend:
        moved = (trend.tau, *_scaled(trend.slope, 10), trend.slope.n, trend.p, trend.q, trend.autocorrelation, trend.verdict)
    changed: tuple[Cell, ...] = ("", "", "", "", None, None, None, "")
    if change:
        changed = (change.verdict, change.before, change.after, " ".join(change.could_be), change.probability, change.p, change.q, change.null)
    return (theme.id, theme.label, *moved, *changed)


def distance(result: Series) -> Table:
    """Return the distances as a square: empty where a group holds too few events."""
    matrix = result.distance
    groups = matrix.groups if matrix else ()
    rows = ((label, *row) for label, row in zip(groups, matrix.bits if matrix else (), strict=True))
    return Table("distance", ("group", *groups), tuple(rows))


def novelty(content: ReportContent) -> Table:
    """Return a row for each speech, in order of time."""
    columns = (
        "title",
        "date",
        "speaker",
        "novelty_bits",
        "transience_bits",
        "resonance_bits",
        "reach_bits",
        "q",
        "verdict",
        "words",
        "speech",
        "event",
    )
    rows = content.novelty.rows if content.novelty else ()
    return Table(
        "novelty",
        columns,
        tuple((r.title, r.date, r.speaker, r.novelty, r.transience, r.resonance, r.reach, r.q, r.verdict, " ".join(r.words), r.speech, r.event) for r in rows),
    )


def by_theme(result: Series) -> Table | None:
    """Return a row for each theme and a column for each group, with the speeches and words of the groups; None for too many groups."""
    if len(result.groups) > MOST_COLUMNS:
        return None
    ends = ("trend", "change") if result.in_time else ()
    rows: list[tuple[Cell, ...]] = [
        (t.label, *(None if p.share.value is None else 1000 * p.share.value for p in t.points), *_ends(t)[: len(ends)]) for t in result.themes
    ]
    rows.append(("speeches", *(g.speeches for g in result.groups), *("",) * len(ends)))
    rows.append(("content words", *(g.tokens for g in result.groups), *("",) * len(ends)))
    return Table("series", ("theme", *(g.label for g in result.groups), *ends), tuple(rows))


def _ends(theme: ThemeSeries) -> tuple[str, str]:
    return (theme.trend.verdict if theme.trend else "", theme.change.verdict if theme.change else "")
