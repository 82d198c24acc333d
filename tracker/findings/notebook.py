"""Records -> small HTML tables for notebooks: numbers with n, range and verdict, every text escaped, nothing left out without saying so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch
from html import escape

from tracker.estimates import Estimate
from tracker.findings.records import Comparison, SideSummary, ThemeShift, TopicList, Warning, WordList
from tracker.findings.series_claims import noun
from tracker.findings.series_records import Novelty, Series, SeriesPoint, ThemeSeries
from tracker.findings.standing import family_words, verdict_words
from tracker.numerals import number, p_value, scaled, signed, span

MOST_ROWS, MOST_GROUPS, MOST_WORDS = 60, 8, 15
_BAR_HEIGHT, _BAR_WIDTH = 18, 4
NONE = "–"


@singledispatch
def table_of(result: object) -> str:
    """The table of a result, as HTML without script or outside address.

    Raises:
        TypeError: There is no table for such a thing.
    """
    raise TypeError(f"no table for {type(result).__name__}")


@table_of.register
def _comparison(result: Comparison) -> str:
    a, b = result.before, result.after
    usual = "usual range" if result.single else "range of the change"
    heads = ("theme", a.label, b.label, "change", f"{usual} ({100 * result.level:g} %)", "events", "q", "verdict")
    themes = sorted(result.themes, key=lambda t: (-abs(t.points.value or 0.0), t.id))
    caption = f"{_side(a)} and {_side(b)}; scope: {result.scope}; theme words per 1,000 content words, mean of events"
    notes = [family_words(result.family)] if result.family is not None and result.family.tests else []
    return _table(caption, heads, [_shift(theme, result) for theme in themes], (1, 2, 3, 4, 5, 6), (*notes, *result.confounds), warnings=result.warnings)


@table_of.register
def _words(result: WordList) -> str:
    heads = ("word", result.before.label, result.after.label, "log2 ratio", "z", "q", "")
    shown = [*result.rows[:MOST_WORDS], *result.rows[max(MOST_WORDS, len(result.rows) - MOST_WORDS) :]]
    rows = [
        (
            w.term,
            f"{w.before_count:,}",
            f"{w.after_count:,}",
            _signed(w.log_ratio, 2),
            _signed(w.z, 1),
            _p(w.q),
            "★ passes the test" if w.starred else "not starred" if w.q is not None else "not tested",
        )
        for w in shown
    ]
    caption = f"Words that mark {result.after.label} off (first) and {result.before.label} off (last): counts; {_side(result.before)}, {_side(result.after)}"
    left = len(result.rows) - len(shown)
    notes = ([f"{left:,} words between these two ends"] if left else []) + ([f"{result.tested:,} words tested ({result.method})"] if result.tested else [])
    return _table(caption, heads, rows, (1, 2, 3, 4, 5), notes, warnings=result.warnings)


@table_of.register
def _topics(result: TopicList) -> str:
    rows = [
        (
            t.label,
            ", ".join(t.words[:8]),
            f"{scaled(t.share, 100)} %",
            number(t.stability, 2),
            "reproducible" if t.reproducible else "not reproducible",
            t.nearest_theme or NONE,
        )
        for t in result.topics
    ]
    good = sum(t.reproducible for t in result.topics)
    caption = f"{good} of {len(result.topics)} topics reproducible in {result.refits} refits; {result.engine}, {result.passages:,} passages"
    notes = ("Illustrative: the corpus is small.",) if result.illustrative else ()
    return _table(caption, ("topic", "words", "share", "stability", "verdict", "nearest theme"), rows, (2, 3), notes, warnings=result.warnings)


@table_of.register
def _series(result: Series) -> str:
    few = len(result.groups) <= MOST_GROUPS
    heads = ["theme", *([g.label for g in result.groups] if few else [f"{result.groups[0].label} to {result.groups[-1].label}", "lowest", "highest"])]
    heads += ["a " + noun(result.by, 1), "q", "verdict"] if result.in_time else []
    rows = [_theme(theme, result, few=few) for theme in result.themes]
    if few:
        sizes = [f"{g.events:,} event{'' if g.events == 1 else 's'}, {g.tokens:,} words" for g in result.groups]
        rows.append(("n", *sizes, *([""] * 3 if result.in_time else [])))
    held = sum(g.events > 0 for g in result.groups)
    events = sum(g.events for g in result.groups)
    caption = f"{len(result.groups):,} {noun(result.by, len(result.groups))}, {held:,} with speeches, {events:,} events; scope: {result.scope}; "
    caption += f"theme words per 1,000 content words, mean of events, with {100 * result.level:g} % ranges"
    notes = (f"{result.outside:,} speeches in no {noun(result.by, 1)}",) if result.outside else ()
    return _table(caption, heads, rows, range(1, len(heads) - (1 if result.in_time else 0)), notes, warnings=result.warnings)


@table_of.register
def _novelty(result: Novelty) -> str:
    known = [r for r in result.rows if r.novelty is not None]
    rows = [
        (
            r.date or "undated",
            r.title or r.speech[:8],
            r.speaker or NONE,
            _signed(r.novelty),
            _signed(r.resonance),
            f"± {number(r.reach, 3)}" if r.reach is not None else NONE,
            _p(r.q),
            r.verdict,
            " ".join(r.words[:4]),
        )
        for r in sorted(known, key=lambda r: (-abs(r.resonance or 0.0), r.date, r.speech))
    ]
    heads = ("date", "speech", "speaker", "novelty", "resonance", "shuffled", "q", "verdict", "words")
    caption = f"{len(known):,} of {len(result.rows):,} events measured, in bits, {result.window} before and after, as if each had {result.tokens:,} words; "
    caption += f"shuffled: {100 * result.level:g} % of {result.shuffles:,} orders"
    return _table(caption, heads, rows, (3, 4, 5, 6), warnings=result.warnings)


def _shift(theme: ThemeShift, result: Comparison) -> tuple[str, ...]:
    low, high = theme.points.low, theme.points.high
    span = NONE if low is None or high is None else f"{_signed(10 * low, 1)} to {_signed(10 * high, 1)}"
    if result.single is not None:
        span = _range(theme.standing.usual) if theme.standing is not None else NONE
    verdict = verdict_words(theme) + (" (exploratory)" if theme.exploratory else "")
    if theme.verdict == "cannot tell" and theme.smallest_detectable:
        verdict += f" (could see × {number(theme.smallest_detectable)})"
    points = theme.points.value
    values = (_rate(theme.before.share.value), _rate(theme.after.share.value), _signed(None if points is None else 10 * points, 1))
    return (theme.label, *values, span, f"{theme.before.share.n:,} and {theme.after.share.n:,}", _p(theme.q), verdict)


def _theme(theme: ThemeSeries, result: Series, *, few: bool) -> tuple[str, ...]:
    known = [p for p in theme.points if p.share.value is not None]
    if few:
        values = [f"{_rate(p.share.value)} ({_range(p.share)})" if p.share.low is not None else _rate(p.share.value) for p in theme.points]
    else:
        ends = (min(known, key=_value, default=None), max(known, key=_value, default=None))
        values = [_bars(theme.points), *(NONE if p is None else f"{_rate(p.share.value)} in {p.group}, n = {p.share.n:,}" for p in ends)]
    if not result.in_time:
        return (theme.label, *values)
    if theme.trend is None:
        return (theme.label, *values, NONE, NONE, NONE)
    slope = theme.trend.slope
    told = NONE if slope.value is None else _signed(10 * slope.value, 2)
    if slope.value is not None and slope.low is not None and slope.high is not None:
        told += f" ({_signed(10 * slope.low, 2)} to {_signed(10 * slope.high, 2)})"
    moved = f"; changed {theme.change.before}/{theme.change.after}" if theme.change and theme.change.verdict == "changed" else ""
    return (theme.label, *values, told, _p(theme.trend.q), theme.trend.verdict + moved)


class _Drawn(str):
    """HTML of our own making, which is not escaped again."""

    __slots__ = ()


def _bars(points: Sequence[SeriesPoint]) -> str:
    """A bar a group, as high as its part of the highest; a gap is a gap. The numbers stand beside it."""
    shares = [p.share.value for p in points]
    most = max((s for s in shares if s is not None), default=0.0) or 1.0
    bars = "".join(
        f'<rect x="{_BAR_WIDTH * i}" y="{_BAR_HEIGHT - h:.1f}" width="{_BAR_WIDTH - 1}" height="{h:.1f}"/>'
        for i, s in enumerate(shares)
        if s is not None and (h := max(0.5, _BAR_HEIGHT * s / most))
    )
    return _Drawn(f'<svg width="{_BAR_WIDTH * len(shares)}" height="{_BAR_HEIGHT}" fill="currentColor" aria-hidden="true">{bars}</svg>')


def _table(
    caption: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Iterable[int] = (),
    notes: Iterable[str] = (),
    *,
    warnings: Iterable[Warning] = (),
) -> str:
    """The table with its caption above and notes and warnings below."""
    aligned = frozenset(right)

    def cells(row: Sequence[str], tag: str) -> str:
        def one(at: int, cell: str) -> str:
            inner = cell if isinstance(cell, _Drawn) else escape(cell)
            return f'<{tag} style="text-align:{"right" if at in aligned else "left"};padding:.15em .6em">{inner}</{tag}>'

        return "<tr>" + "".join(one(at, cell) for at, cell in enumerate(row)) + "</tr>"

    body = "".join(cells(row, "td") for row in rows[:MOST_ROWS])
    left = len(rows) - MOST_ROWS
    told = [*([f"{left:,} more rows"] if left > 0 else []), *notes, *(f"{w.code}: {w.text}" for w in warnings)]
    listed = f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in told)}</ul>" if told else ""
    return (
        f'<div style="overflow-x:auto"><table><caption style="text-align:left">{escape(caption)}</caption>'
        f"<thead>{cells(heads, 'th')}</thead><tbody>{body}</tbody></table>{listed}</div>"
    )


def _side(side: SideSummary) -> str:
    speeches = f"{side.speeches:,} speech{'' if side.speeches == 1 else 'es'}"
    return f"{side.label} ({speeches}, {side.events:,} event{'' if side.events == 1 else 's'}, {side.tokens:,} words)"


def _value(point: SeriesPoint) -> float:
    return point.share.value or 0.0


def _rate(share: float | None) -> str:
    return scaled(share, 1000)


def _range(share: Estimate) -> str:
    return span(None if share.low is None else max(0.0, share.low), share.high, 1000)


def _signed(value: float | None, digits: int = 3) -> str:
    return signed(value, digits)


def _p(value: float | None) -> str:
    return p_value(value)
