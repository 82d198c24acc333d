"""The sentences at the top of a report: from exact findings in the texts, and from verdicts; never from anything else."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.findings.records import Comparison, Finding, TextFinding, ThemeShift, Warning
from tracker.findings.standing import rank_words
from tracker.numerals import number, p_words, scaled
from tracker.slices import as_noun, between, during

TEXT_SENTENCES = 6
FAINTEST = 0.1
LOUD = ("W5", "W14", "W18", "W26")


def findings(result: Comparison) -> tuple[Finding, ...]:
    """What a reader is told first: up to six sentences on the texts (three a side), one for each theme that rose, fell or stands out, and one limit.

    Args:
        result: A finished comparison; verdicts are read from it, never made here.
    """
    asked = (result.balance.y, result.balance.x) if result.balance else ()
    exploratory = {t.id: tuple(w for w in _own(t, result) if w.code == "W17") for t in result.themes}
    texts = [Finding("texts", t.claim, t.theme, t.evidence, exploratory.get(t.theme, ())) for t in leading_texts(result.texts, asked=asked)]
    caveats = tuple(w for w in result.warnings if w.code in LOUD)
    moved = sorted((t for t in result.themes if t.verdict in ("rose", "fell", "stands out")), key=lambda t: (t.q or 0.0, t.id))
    periods = [Finding("period", _single_sentence(t, result) or _shift_sentence(t, result), t.id, t.evidence, (*caveats, *_own(t, result))) for t in moved]
    limit = _limit(result, moved=len(moved))
    return (*texts, *periods, *((limit,) if limit else ()))


def leading_texts(texts: Sequence[TextFinding], most: int = TEXT_SENTENCES, *, asked: Sequence[str] = ()) -> list[TextFinding]:
    """Choose the themes that divide the texts most sharply, both sides in turn, then those that stand on both.

    A theme that stands on both sides, but by its core words on one only, is told by its core word.

    Args:
        texts: The in-these-texts findings.
        most: How many at the most.
        asked: Themes the user asked about; they come first.
    """
    themes: dict[str, list[TextFinding]] = {}
    for t in texts:
        themes.setdefault(t.theme, []).append(t)
    first = [max(held, key=lambda t: (t.divides and (not t.term or t.widespread), not t.term, t.weight, t.term)) for held in themes.values()]
    after, before, both = (sorted((t for t in first if t.only == side), key=lambda t: (-t.weight, t.theme)) for side in ("after", "before", "both"))
    loudest = max((t.weight for t in (*after, *before)), default=0.0)
    after, before = ([t for t in side if t.weight >= FAINTEST * loudest] for side in (after, before))
    turns = [t for pair in zip(after, before, strict=False) for t in pair]
    rest = after[len(before) :] + before[len(after) :]
    wanted = [t for theme in asked for t in first if t.theme == theme]
    return [*wanted, *(t for t in turns + rest + both if t not in wanted)][:most]


def _shift_sentence(theme: ThemeShift, result: Comparison) -> str:
    """One sentence with the numbers, the range, n and q."""
    before, after = theme.before.share, theme.after.share
    rates = f"from {scaled(before.value, 1000)} to {scaled(after.value, 1000)} theme words per 1,000"
    change = f"{scaled(theme.points.value or 0, 10, sign=True)}, {_range(theme.points.low, theme.points.high, 10)}"
    ratio = f"x {number(theme.ratio.value)}, {_range(theme.ratio.low, theme.ratio.high)}; " if theme.ratio.value is not None else ""
    return (
        f"{theme.label} {theme.verdict} {rates} ({ratio}{change}; {100 * result.level:g}% ranges; "
        f"{before.n:,} events {during(result.before.label)}, {after.n:,} {during(result.after.label)}; q {p_words(theme.q)})."
    )


def _single_sentence(theme: ThemeShift, result: Comparison) -> str:
    """One sentence on a theme by which a single event stands out, with its rank and the usual range; "" for any other."""
    held, single = theme.standing, result.single
    if held is None or single is None or result.reference is None:
        return ""
    own = theme.before if held.side == "before" else theme.after
    return (
        f"{theme.label} stands out {during(single.label)}: {scaled(own.share.value, 1000)} theme words per 1,000, {rank_words(held, result.reference)} "
        f"(usual {_range(held.usual.low, held.usual.high, 1000)} for one speech, {100 * result.level:g}%; {held.usual.n:,} events; q {p_words(theme.q)})."
    )


def _own(theme: ThemeShift, result: Comparison) -> tuple[Warning, ...]:
    return tuple(w for w in result.warnings if w.code in ("W7", "W17", "W20", "W21", "W28", "W29") and f'"{theme.label}"' in w.text)


def _limit(result: Comparison, *, moved: int) -> Finding | None:
    """One honest banner about what cannot be shown; None when something was found."""
    found = "a doubling of the most mentioned theme would be found four times in five"
    more = f" With about {result.needed:,} more speeches in each, {found}." if result.needed else ""
    events = {result.before.label: result.before.events, result.after.label: result.after.events}
    for theme in result.themes[:1]:  # events without a word to count are none; they are the same for every theme
        events = {result.before.label: theme.before.share.n, result.after.label: theme.after.share.n}
    single = result.single
    if single is not None:
        return _single_limit(single.label, moved=moved)
    few = [(label, n) for label, n in events.items() if n < 2]
    if few:
        named = " and ".join(f"one event {during(label)}" if n else f"no word to count {during(label)}" for label, n in few)
        return Finding("limit", f"These texts cannot show that the emphasis of a period changed: there is {named}, and speeches differ among themselves.{more}")
    if moved:
        return None
    if result.method == "none":
        return Finding("limit", f"No theme is mentioned often enough to be tested {between(result.before.label, result.after.label)}.{more}")
    return Finding(
        "limit",
        f"No theme can be said to have risen or fallen {between(result.before.label, result.after.label)} "
        f"({result.before.events:,} and {result.after.events:,} events). That is not the same as no change; "
        "the table gives the smallest change each test could have seen.",
    )


def _single_limit(label: str, *, moved: int) -> Finding:
    """What one speech held against others cannot show."""
    nothing = "" if moved else f"No theme of {as_noun(label)} lies outside the range that is usual for one speech; that is not the same as no change. "
    return Finding("limit", f"{nothing}One speech can stand out; it cannot show that the emphasis of a period changed.")


def _range(low: float | None, high: float | None, factor: float = 1.0) -> str:
    if low is None and high is None:
        return "no range"
    ends = ["?" if end is None else scaled(end, factor) for end in (low, high)]
    return f"range {ends[0]} to {ends[1]}"
