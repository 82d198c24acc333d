"""A series and novelty for people: a bar a period, marks that do without colour, as wide as the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.cli.render import PIPE_WIDTH, note, table, text, warn
from tracker.findings.series_claims import PASSED, STAYED, direction, general, noun, novelty_claims, series_claims, trending
from tracker.numerals import number, p_value, scaled, signed, span

if TYPE_CHECKING:
    from tracker.findings.records import Finding
    from tracker.findings.series_records import Novelty, NoveltyRow, Series, SeriesPoint, ThemeSeries

BARS = "▁▂▃▄▅▆▇█"
GAP = "·"
FEW_GROUPS, MOST_ROWS, MOST_SPEECHES = 6, 40, 20
LABEL_WIDTH, NUMBERS_WIDTH = 28, 68
MARKS = {"higher": " ▲", "lower": " ▼", "": ""}


def series(result: Series, *, quiet: bool) -> None:
    """Themes over periods or groups: what moved, then a line a theme."""
    claims = series_claims(result)
    held = sum(g.events > 0 for g in result.groups)
    text(f"{len(result.groups):,} {noun(result.by, len(result.groups))}, {held:,} with speeches; scope: {result.scope}; theme words per 1,000 counted words\n")
    _say(claims)
    if len(result.groups) <= FEW_GROUPS:
        _wide(result)
    elif result.in_time:
        _bars(result)
    else:
        _values(result)
    _distance(result)
    if quiet:
        return
    if result.outside:
        note(f"{result.outside:,} speech{'es' if result.outside != 1 else ''} in no {noun(result.by, 1)}")
    if any(direction(p.contrast) for t in result.themes for p in t.points):
        note(f"▲ higher, ▼ lower than all other {noun(result.by)} together")
    warn(general(result.warnings, ()), quiet=quiet)


def _say(claims: Sequence[Finding]) -> None:
    for claim in claims:
        text(f"  {claim.claim}")
        for quote in claim.evidence[:1]:
            words = " ".join(quote.quote.split())
            text(f"      “{words if len(words) <= 160 else words[:159].rsplit(' ', 1)[0] + ' …'}” {quote.speech[:8]} {quote.date}")
    text("")


def _wide(result: Series) -> None:
    """A column for each of a few groups."""
    labels = [g.label for g in result.groups]
    ends = ["trend"] if result.in_time else []
    rows = [[t.label, *map(_cell, t.points), *([t.trend.verdict if t.trend else "–"] if ends else [])] for t in _ordered(result)]
    counts = [
        [name, *(f"{getattr(g, field):,}" for g in result.groups), *([""] * len(ends))] for name, field in (("speeches", "speeches"), ("words", "tokens"))
    ]
    table(("theme", *labels, *ends), [*rows, *counts], right=labels)


def _cell(point: SeriesPoint) -> str:
    return _rate(point.share.value) + MARKS[direction(point.contrast)]


def _bars(result: Series) -> None:
    """A line for each theme with a block for each period; where the screen is too narrow for that, the blocks stand below."""
    beside = len(result.groups) <= _width() - LABEL_WIDTH - NUMBERS_WIDTH
    groups = result.groups if beside else result.groups[-(_width() - 4) :]
    time = f"{groups[0].label} to {groups[-1].label}"
    rows = [_bar_row(t, len(groups)) for t in _ordered(result)]
    rows.append(("speeches", _blocks([g.speeches or None for g in groups]), f"{max(g.speeches for g in groups):,}", f"{groups[-1].speeches:,}", "", ""))
    each = f"a {noun(result.by, 1)}"
    if beside:
        table(("theme", time, "most", "last", each, "verdict"), rows, right=("most", "last", each))
    else:
        text(f"{time}, a block a {noun(result.by, 1)}")
        for label, blocks, most, last, slope, verdict in rows:
            moved = f", {slope} {each}" if slope not in ("", "–") else ""
            text(f"{label}: most {most}, last {last}{moved}{f'; {verdict}' if verdict else ''}\n  {blocks}")
    earlier = len(result.groups) - len(groups)
    if earlier:
        text(f"… {earlier:,} earlier {noun(result.by, earlier)}: tracker trend --json")
    text("every row has its own scale, from 0" + (f"; {GAP} nothing to count" if any(GAP in row[1] for row in rows) else ""))


def _bar_row(theme: ThemeSeries, most: int) -> tuple[str, ...]:
    shares = [p.share.value for p in theme.points]
    known = [s for s in shares if s is not None]
    slope = theme.trend.slope.value if theme.trend else None
    label = theme.label if len(theme.label) <= LABEL_WIDTH else theme.label[: LABEL_WIDTH - 1] + "…"
    return (
        label,
        _blocks(shares[-most:]),
        _rate(max(known, default=None)),
        _rate(known[-1] if known else None),
        scaled(slope, 10, 2, sign=True),
        _verdict(theme),
    )


def _blocks(values: Sequence[float | None]) -> str:
    """Return a block a value, as high as its part of the largest; a gap is a dot."""
    most = max((v for v in values if v is not None), default=0.0)
    return "".join(GAP if v is None else BARS[min(len(BARS) - 1, int(len(BARS) * v / most)) if most > 0 else 0] for v in values)


def _verdict(theme: ThemeSeries) -> str:
    trend, change = theme.trend, theme.change
    arrow = {"rising": "▲ ", "falling": "▼ "}.get(trend.verdict, "") if trend else ""
    said = [f"{arrow}{trend.verdict}"] if trend else []
    if change and change.verdict == "changed":
        said.append(f"changed {change.before}/{change.after}")
    return "; ".join(said) or "–"


def _values(result: Series) -> None:
    """A line for each theme and value, the highest first, as many as a screen bears."""
    rows = []
    for theme in _ordered(result):
        points = sorted((p for p in theme.points if p.share.value is not None), key=lambda p: (-(p.share.value or 0.0), p.group))
        most = max((p.share.value or 0.0 for p in points), default=0.0)
        rows += [_value_row(theme, p, most) for p in points]
    columns = ("theme", noun(result.by, 1), "", "per 1,000", f"{100 * result.level:g}% range", "events", "against the others")
    table(columns, rows[:MOST_ROWS], right=("per 1,000", "events"))
    if len(rows) > MOST_ROWS:
        text(f"… {len(rows) - MOST_ROWS:,} more: tracker trend --json")


def _value_row(theme: ThemeSeries, point: SeriesPoint, most: float) -> tuple[str, ...]:
    share = point.share
    ends = span(None if share.low is None else max(0.0, share.low), share.high, 1000)
    length = round(10 * (share.value or 0.0) / most) if most > 0 else 0
    way = direction(point.contrast)
    stated = f"{MARKS[way].strip()} {way}".strip() or (point.contrast.verdict if point.contrast else "not testable")
    return (theme.label, point.group, "█" * length, _rate(share.value), ends, f"{share.n:,}", stated)


def _ordered(result: Series) -> list[ThemeSeries]:
    """The themes that moved first, then those in which a group stands out, then the rest by name."""
    moved = trending(result)
    return [*moved, *sorted((t for t in result.themes if t not in moved), key=lambda t: (not any(direction(p.contrast) for p in t.points), t.label))]


def _distance(result: Series) -> None:
    """The pairs that lie furthest apart in their words."""
    matrix = result.distance
    if not matrix:
        return
    pairs = [(value, a, b) for i, b in enumerate(matrix.groups) for a, value in zip(matrix.groups[:i], matrix.bits[i][:i], strict=True) if value is not None]
    pairs.sort(key=lambda p: (-p[0], p[1], p[2]))
    if pairs:
        text("\nfurthest apart in their words: " + "; ".join(f"{a} and {b} {number(value, 3)} bits" for value, a, b in pairs[:3]))


def novelty(result: Novelty, *, quiet: bool) -> None:
    """Speeches that broke with the past first; without any, those most unlike the ones before them."""
    _say(novelty_claims(result))
    known = [r for r in result.rows if r.novelty is not None]
    told = [r for r in known if r.verdict in (STAYED, PASSED)]
    ranked = sorted(told or known, key=lambda r: (-abs(r.resonance or 0.0), r.date, r.speech))
    shown = ranked[:MOST_SPEECHES]
    columns = ("date", "speech", "novelty", "resonance", "q", "verdict", "words")
    table(columns, [_novel_row(r) for r in shown], right=("novelty", "resonance"))
    if len(known) > len(shown):
        text(f"… {len(known) - len(shown):,} more: tracker novelty --json")
    if not quiet:
        ends = len(result.rows) - len(known)
        note(f"bits, less what {result.shuffles:,} shuffled orders give; {result.window} speeches before and after; each as if it had {result.tokens:,} words")
        if ends:
            note(f"{ends:,} speech{'es' if ends != 1 else ''} at the beginning and the end have too few neighbours")
    warn(result.warnings, quiet=quiet)


def _novel_row(row: NoveltyRow) -> tuple[str, ...]:
    mark = {STAYED: "▲ ", PASSED: "▼ "}.get(row.verdict, "")
    return (
        row.date or "undated",
        row.title or row.speech[:8],
        _signed(row.novelty),
        _signed(row.resonance),
        p_value(row.q),
        mark + row.verdict,
        " ".join(row.words[:4]),
    )


def _signed(value: float | None) -> str:
    return signed(value, 3)


def _rate(share: float | None) -> str:
    return scaled(share, 1000)


def _width() -> int:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPE_WIDTH
