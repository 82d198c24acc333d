"""Sentences about a series and about novelty, made from verdicts alone."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.findings.records import Evidence, Finding, Warning
from tracker.findings.series_records import Contrast, Novelty, NoveltyRow, Series, ThemeSeries
from tracker.numerals import number, p_words, scaled, span

NOUNS = {
    "year": ("year", "years"),
    "quarter": ("quarter", "quarters"),
    "month": ("month", "months"),
    "edges": ("period", "periods"),
    "speaker": ("speaker", "speakers"),
    "place": ("place", "places"),
    "outlet": ("outlet", "outlets"),
    "kind": ("kind", "kinds"),
    "language": ("language", "languages"),
}
STAYED, PASSED = "broke and stayed", "left behind"
MOST_CLAIMS, MOST_NAMES = 3, 3


def noun(by: str, n: int = 2) -> str:
    """Return what a group of a series is called.

    Example:
        >>> noun("year", 1), noun("edges"), noun("tag:region")
        ('year', 'periods', 'groups')
    """
    return NOUNS.get(by, ("group", "groups"))[n != 1]


def direction(contrast: Contrast | None) -> str:
    """Return `higher` or `lower` where the verdict says that a group differs from all others, else ""."""
    if contrast is None or contrast.verdict not in ("rose", "fell", "stands out"):
        return ""
    up = contrast.verdict == "rose" or (contrast.verdict == "stands out" and (contrast.points.value or 0) > 0)
    return "higher" if up else "lower"


def trending(series: Series) -> tuple[ThemeSeries, ...]:
    """Return the themes whose verdict is rising, falling or changed, the steepest first."""
    found = (t for t in series.themes if (t.trend and t.trend.verdict in ("rising", "falling")) or (t.change and t.change.verdict == "changed"))
    return tuple(sorted(found, key=lambda t: (-abs(t.trend.slope.value or 0) if t.trend else 0.0, t.label, t.id)))


def series_claims(series: Series) -> tuple[Finding, ...]:
    """Return a few sentences: the steepest themes, the groups that differ from all others, or what cannot be shown."""
    told = trending(series)
    claims = [_about(theme, series) for theme in told[:MOST_CLAIMS]]
    if len(told) > MOST_CLAIMS:
        rest = told[MOST_CLAIMS:]
        more = ", ".join(theme.label for theme in rest[:MOST_NAMES]) + (f" and {len(rest) - MOST_NAMES:,} more" if len(rest) > MOST_NAMES else "")
        claims.append(Finding("period", f"Others that moved: {more}."))
    claims += _contrasts(series)
    return tuple(claims) or (Finding("limit", _nothing(series)),)


def _about(theme: ThemeSeries, series: Series) -> Finding:
    """Say how a theme moved, with its numbers."""
    said, one = [], noun(series.by, 1)
    trend, change = theme.trend, theme.change
    if trend and trend.verdict in ("rising", "falling"):
        slope = trend.slope
        n = f"{slope.n:,} {noun(series.by, slope.n)} with speeches"
        verb = "rose" if trend.verdict == "rising" else "fell"
        by = f"{_per_1000(abs(slope.value or 0) / 100)} theme words per 1,000 a {one}"
        said.append(f"{theme.label} {verb} steadily, by about {by} ({_range(slope.low, slope.high)}; {n}; q {p_words(trend.q)})")
    if change and change.verdict == "changed":
        subject = "its level changed" if said else f"{theme.label} changed its level"
        said.append(f"{subject} most likely between {change.before} and {change.after} ({_could_be(change.could_be, one)}; q {p_words(change.q)})")
    return Finding("period", "; ".join(said) + ".", theme.id, theme.evidence, _own(theme, series))


def _could_be(labels: tuple[str, ...], one: str) -> str:
    if len(labels) < 2:
        return "no other place is likely"
    return f"with 95 % probability the first {one} after it is one of {labels[0]} to {labels[-1]}"


def _contrasts(series: Series) -> list[Finding]:
    """Name the groups that differ from all others together: the widest first."""
    found = [
        (abs(p.contrast.points.value or 0), theme, p.group, p.contrast)
        for theme in series.themes
        for p in theme.points
        if p.contrast is not None and direction(p.contrast)
    ]
    if not found:
        return []
    found.sort(key=lambda row: (-row[0], row[1].label, row[2]))
    kept = found[:MOST_NAMES]
    place = "in" if series.in_time else "for"
    parts = []
    for i, (_, theme, group, contrast) in enumerate(kept):
        same = i > 0 and kept[i - 1][1] is theme and direction(kept[i - 1][3]) == direction(contrast)
        stands = "" if same else f"{theme.label} stands {direction(contrast)} "
        parts.append(f"{stands}{place} {group} ({scaled(contrast.points.value or 0, 10, sign=True)} per 1,000, q {p_words(contrast.q)})")
    more = f"; {len(found) - len(kept):,} more such differences of {series.contrasts:,} tested" if len(found) > len(kept) else ""
    evidence: tuple[Evidence, ...] = kept[0][1].evidence
    claim = f"Against all other {noun(series.by)} together, {', '.join(parts)}{more}."
    return [Finding("period", claim, kept[0][1].id, evidence)]


def _nothing(series: Series) -> str:
    """Say what was tested without a finding, or why nothing was."""
    verdicts = [theme.trend.verdict for theme in series.themes if theme.trend]
    if verdicts and all(v == "too few periods" for v in verdicts):
        return f"The {noun(series.by)} are too few for a test of trends: the lines describe these texts."
    if series.trends:
        tested = f"{series.trends:,} theme{'s' if series.trends != 1 else ''}"
        return f"No trend and no lasting change can be told from chance ({tested} tested). That is not the same as no change."
    if series.contrasts:
        return f"No {noun(series.by, 1)} differs from all others by more than chance ({series.contrasts:,} differences tested)."
    return f"Nothing could be tested: the {noun(series.by)} hold too few speeches, or the themes too few mentions."


def novelty_claims(novelty: Novelty) -> tuple[Finding, ...]:
    """Return a sentence or two: which speeches broke with those before them and stayed, and which were left behind."""
    said = []
    for verdict, end in ((STAYED, "broke with the past, and what was new stayed"), (PASSED, "resembled the past and not what came after")):
        rows = sorted((r for r in novelty.rows if r.verdict == verdict), key=lambda r: (-abs(r.resonance or 0), r.date, r.speech))
        if rows:
            named = "; ".join(named_speech(row) for row in rows[:MOST_NAMES]) + (f"; {len(rows) - MOST_NAMES:,} more" if len(rows) > MOST_NAMES else "")
            one = "One speech" if len(rows) == 1 else f"{len(rows):,} speeches"
            said.append(Finding("period", f"{one} {end}: {named} (q <= {1 - novelty.level:.2g} against shuffled order, {len(novelty.rows):,} speeches)."))
    if said:
        return tuple(said)
    measured = sum(r.novelty is not None for r in novelty.rows)
    return (Finding("limit", f"No speech differs from those before it by more than shuffled order explains ({measured:,} looked at)."),)


def named_speech(row: NoveltyRow) -> str:
    """Return a speech's title and date, in short."""
    title = " ".join((row.title or row.speaker or row.speech).split())
    title = title if len(title) <= 70 else title[:69].rsplit(" ", 1)[0] + " …"
    return f"{title} ({row.date})" if row.date else title


def _own(theme: ThemeSeries, series: Series) -> tuple[Warning, ...]:
    """The warnings that name this theme."""
    return tuple(w for w in series.warnings if f'"{theme.label}"' in w.text)


def general(warnings: Sequence[Warning], claims: Sequence[Finding]) -> tuple[Warning, ...]:
    """Return the warnings that no claim carries, each once."""
    carried = {w.text for claim in claims for w in claim.caveats}
    return tuple({w.text: w for w in warnings if w.text not in carried}.values())


def _per_1000(share: float) -> str:
    per = 1000 * share
    return number(per) if per >= 1 else f"{per:.2g}"


def _range(low: float | None, high: float | None) -> str:
    return "no range" if low is None or high is None else f"range {span(low, high, 10, 2, sign=True)}"
