"""Theme shifts between two sides: measured on sums per event, corrected for many themes, judged once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tracker.counts import Scope
from tracker.estimates import Estimate, Verdict
from tracker.findings import warnings as notes
from tracker.findings.cases import Family, Locked, Resembling, Standing
from tracker.findings.caveats import all_warnings
from tracker.findings.leave_out import without_speech, without_word
from tracker.findings.measuring import Measured, Measuring
from tracker.findings.mixture import language_confound
from tracker.findings.records import Balance, Comparison, Evidence, SideSummary, TextFinding, ThemeShift, ThemeSide
from tracker.findings.reference import summary_of
from tracker.findings.sides import Side
from tracker.findings.texts import quotes_of_themes, said_on
from tracker.lexicon import Lexicon, Theme
from tracker.measures.balance import balance as measure_balance
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.permutation import permutation_p
from tracker.measures.power import speeches_needed
from tracker.measures.prevalence import event_shares
from tracker.measures.verdict import judge_balance
from tracker.progress import Progress, followed
from tracker.recipe import MeasureRecipe, Recipe

Quoted = Mapping[str, tuple[Evidence, ...]]
"""Sentences that show a theme, by theme."""


def compare_sides(
    before: Side,
    after: Side,
    lexicon: Lexicon,
    recipe: Recipe,
    *,
    edited: frozenset[str] = frozenset(),
    balance_of: tuple[str, str] | None = None,
    texts: tuple[TextFinding, ...] = (),
    without: tuple[str, ...] = (),
) -> Comparison:
    """Compare two sides theme by theme, all events of one with all of the other.

    Args:
        before: The first side.
        after: The second side.
        lexicon: The named themes.
        recipe: Level, effect floors, gate.
        edited: Themes whose words were edited after this contrast was first looked at.
        balance_of: Two theme ids (X, Y).
        texts: The in-these-texts findings, handed through.
        without: Themes whose words were left out of every count.

    Returns:
        Themes in the order of the file; p and verdict from the variation between events, q over the tested themes.
    """
    return replace(compare_measured(Measuring(before, after, recipe), lexicon, edited=edited, balance_of=balance_of, without=without), texts=texts)


def compare_measured(
    measuring: Measuring,
    lexicon: Lexicon,
    *,
    edited: frozenset[str] = frozenset(),
    balance_of: tuple[str, str] | None = None,
    quoted: tuple[Quoted, Quoted] | None = None,
    without: tuple[str, ...] = (),
    locked: Locked | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Compare two sides theme by theme, in the way asked for.

    Args:
        measuring: The sides, with the strata or the reference events they are measured with.
        lexicon: The named themes.
        edited: As in `compare_sides`.
        balance_of: As in `compare_sides`.
        quoted: The sentences of each side that show each theme best, where they are at hand.
        without: As in `compare_sides`.
        locked: The lock of the workspace, handed through.
        progress: Called with (step, done, total).
    """
    before, after, settings = measuring.before, measuring.after, measuring.recipe.measure
    tables = {theme.id: measuring.table(theme.id) for theme in lexicon.themes}
    tests = sum(measuring.measure(table).p is not None for table in tables.values())
    measured = [measuring.measure(tables[theme.id], tests=max(1, tests)) for theme in lexicon.themes]
    ps = [m.p for m in measured]
    qs = benjamini_hochberg(ps)
    quoted = quoted or (quotes_of_themes(said_on(before, lexicon)), quotes_of_themes(said_on(after, lexicon)))
    evidence = {theme.id: tuple(one for held in quoted for one in held.get(theme.id, ())) for theme in lexicon.themes}
    shifts = tuple(
        _theme_shift(theme, measuring, (held, q), _again(measuring, ps, place), evidence[theme.id], exploratory=theme.id in edited)
        for place, (theme, held, q) in enumerate(followed(zip(lexicon.themes, measured, qs, strict=True), "measuring themes", len(ps), progress))
    )
    summaries = before.summary, after.summary
    single = measuring.reference is not None
    result = Comparison(
        before=summaries[0],
        after=summaries[1],
        scope=_scope_label(before, after),
        method="none" if not tests else "stands-out" if single else "welch-share",
        level=settings.level,
        themes=shifts,
        texts=(),
        balance=_balance(balance_of, before, after, settings) if balance_of else None,
        confounds=(*notes.confounds(*summaries), *language_confound(before, after)),
        warnings=(),
        needed=_needed(shifts, summaries, settings.level),
        without=without,
        family=Family(tests, settings.level, settings.min_log2_ratio, settings.min_points, settings.same_ratio, settings.min_expected_hits),
        reference=summary_of(measuring.reference, before, after) if measuring.reference else None,
        within=measuring.strata.told if measuring.strata else None,
        locked=locked,
    )
    return replace(result, warnings=all_warnings(result, (before, after), settings.min_expected_hits))


def _again(measuring: Measuring, ps: Sequence[float | None], place: int) -> Callable[[Measured], Verdict]:
    """The verdict on one theme measured again, the p of the others as they were."""

    def verdict(measured: Measured) -> Verdict:
        return measuring.verdict(measured, benjamini_hochberg([*ps[:place], measured.p, *ps[place + 1 :]])[place])

    return verdict


def _needed(shifts: Sequence[ThemeShift], sides: tuple[SideSummary, SideSummary], level: float) -> int | None:
    """About how many more events a side would find a doubling of the most mentioned theme; None when nothing is mentioned."""
    events = sides[0].events, sides[1].events
    mentioned = [t.before.hits + t.after.hits for t in shifts if t.before.hits + t.after.hits]
    if not mentioned:
        return None
    return speeches_needed(*events, hits_per_event=max(mentioned) / sum(events), level=1 - (1 - level) / len(mentioned))


def _theme_shift(
    theme: Theme,
    measuring: Measuring,
    found: tuple[Measured, float | None],
    again: Callable[[Measured], Verdict],
    evidence: tuple[Evidence, ...],
    *,
    exploratory: bool,
) -> ThemeShift:
    sides = measuring.before, measuring.after
    measured, q = found
    held = measured.shift
    tested = held.p is not None and measuring.strata is None
    return ThemeShift(
        id=theme.id,
        label=theme.label,
        origin="named",
        before=_theme_side(theme.id, sides[0], held.before),
        after=_theme_side(theme.id, sides[1], held.after),
        points=held.points,
        ratio=held.ratio,
        p=measured.p,
        q=q,
        p_permutation=_permutation_p(theme.id, sides, measuring.recipe) if tested else None,
        tau_star=held.tau_star,
        smallest_detectable=held.smallest_detectable,
        verdict=measuring.verdict(measured, q),
        exploratory=exploratory,
        sensitivity=without_word(theme.id, measuring, again),
        evidence=evidence,
        other_scope=_other_scope(theme.id, *sides),
        terms=tuple(sorted({t for terms in (*theme.terms.values(), *theme.core.values()) for t in terms})),
        core=tuple(sorted({t for terms in theme.core.values() for t in terms})),
        standing=_standing(measuring, measured),
        without_speech=without_speech(theme.id, measuring, again),
        resembles=_resembling(measured),
    )


def _standing(measuring: Measuring, measured: Measured) -> Standing | None:
    """Where the single event lies, told for both sides' sake: high is high for the single event, whichever side it is."""
    found, reference = measured.standing, measuring.reference
    if found is None or reference is None:
        return None
    high = found.share > (found.usual.value or 0.0)
    return Standing(reference.single, high, found.usual, found.df, found.higher_than, found.lower_than, found.ranked)


def _resembling(measured: Measured) -> Resembling | None:
    """What resembles its neighbours, where anything does."""
    found = measured.resembles
    if found is None or found.lag1 is None or found.p is None or not found.correlated:
        return None
    return Resembling(found.lag1, found.effective, found.p, measured.shift.p == found.p)


def _theme_side(theme: str, side: Side, share: Estimate) -> ThemeSide:
    counts = side.counts(theme)
    hits, core_hits, tokens = (int(column.sum()) for column in counts)
    core_share = float(event_shares(counts[1], counts[2]).mean()) if core_hits else None
    return ThemeSide(share, hits, core_hits, tokens, hits / tokens if tokens else None, core_share)


def _permutation_p(theme: str, sides: tuple[Side, Side], recipe: Recipe) -> float | None:
    """The cross-check; its randomness depends on the recipe and the number of events alone, never on other themes."""
    shares = [event_shares(hits, tokens) for hits, _, tokens in (side.counts(theme) for side in sides)]
    return permutation_p(shares[0], shares[1], random_state=recipe.topics.random_state)


def _other_scope(theme: str, before: Side, after: Side) -> tuple[float | None, float | None]:
    """Mean shares in the other scope: the whole text where the headline is the speaker's words, else the speaker's words; none for transcripts alone."""
    items = (*before.speeches, *after.speeches)
    if all(item.speech.kind == "transcript" for item in items):
        return None, None
    other: Scope = "speaker" if all(item.scope == "all" for item in items) else "all"
    means = []
    for side in (before, after):
        hits, _, tokens = side.counts(theme, other)
        shares = event_shares(hits, tokens)
        means.append(float(shares.mean()) if shares.size else None)
    return means[0], means[1]


def _scope_label(before: Side, after: Side) -> str:
    scopes = {item.scope for side in (before, after) for item in side.speeches} - {"none"}
    return scopes.pop() if len(scopes) == 1 else "by-kind"


def _balance(pair: tuple[str, str], before: Side, after: Side, settings: MeasureRecipe) -> Balance:
    x, y = pair
    sides = [replace(side, speeches=side.measuring(x, y)) for side in (before, after)]
    counts = [side.counts(theme)[0] for side in sides for theme in (x, y)]
    result = measure_balance(*counts, level=settings.level)
    rare = result.testable and min(counts[0].sum() + counts[1].sum(), counts[2].sum() + counts[3].sum()) < settings.min_expected_hits
    verdict: Verdict = "too rare" if rare else judge_balance(result, level=settings.level)
    return Balance(x, y, result.before, result.after, result.change, None if rare else result.p, verdict)
