"""Theme shifts between two sides: measured on sums per event, corrected for many themes, judged once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tracker.counts import Scope
from tracker.estimates import Estimate, Verdict
from tracker.findings import warnings as notes
from tracker.findings.band import depends_on_voice
from tracker.findings.carrying import carrying_word
from tracker.findings.mixture import language_confound, mixed_languages
from tracker.findings.quotes import quotes
from tracker.findings.records import Balance, Comparison, Evidence, SideSummary, TextFinding, ThemeShift, ThemeSide, Warning
from tracker.findings.sides import Side
from tracker.lexicon import Lexicon, Theme
from tracker.measures.balance import balance as measure_balance
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.permutation import permutation_p
from tracker.measures.power import events_needed_for_hits, speeches_needed
from tracker.measures.prevalence import event_shares
from tracker.measures.shift import Shift, shift
from tracker.measures.verdict import judge, judge_balance
from tracker.recipe import MeasureRecipe, Recipe

QUOTES_A_SIDE = 3
DOUBTFUL_P = 0.1


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
    """Compare two sides theme by theme.

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
    settings = recipe.measure
    measured = {theme.id: _measure(theme.id, before, after, recipe) for theme in lexicon.themes}
    tests = sum(m.p is not None for m in measured.values())
    measured = {theme: _measure(theme, before, after, recipe, tests=max(1, tests)) for theme in measured}
    corrected = benjamini_hochberg([measured[theme.id].p for theme in lexicon.themes])
    shifts = tuple(
        _theme_shift(theme, measured[theme.id], q, (before, after), recipe=recipe, exploratory=theme.id in edited)
        for theme, q in zip(lexicon.themes, corrected, strict=True)
    )
    summaries = before.summary, after.summary
    result = Comparison(
        before=summaries[0],
        after=summaries[1],
        scope=_scope_label(before, after),
        method="welch-share" if tests else "none",
        level=settings.level,
        themes=shifts,
        texts=texts,
        balance=_balance(balance_of, before, after, settings) if balance_of else None,
        confounds=(*notes.confounds(*summaries), *language_confound(before, after)),
        warnings=(),
        needed=_needed(shifts, summaries, settings.level),
        without=without,
    )
    return replace(result, warnings=_warnings(result, (before, after), settings.min_expected_hits))


def _needed(shifts: Sequence[ThemeShift], sides: tuple[SideSummary, SideSummary], level: float) -> int | None:
    """About how many more events a side would find a doubling of the most mentioned theme; None when nothing is mentioned."""
    events = sides[0].events, sides[1].events
    mentioned = [t.before.hits + t.after.hits for t in shifts if t.before.hits + t.after.hits]
    if not mentioned:
        return None
    return speeches_needed(*events, hits_per_event=max(mentioned) / sum(events), level=1 - (1 - level) / len(mentioned))


def _measure(theme: str, before: Side, after: Side, recipe: Recipe, *, tests: int = 1) -> Shift:
    hits_before, _, tokens_before = before.counts(theme)
    hits_after, _, tokens_after = after.counts(theme)
    settings = recipe.measure
    return shift(hits_before, tokens_before, hits_after, tokens_after, level=settings.level, min_expected_hits=settings.min_expected_hits, tests=tests)


def _theme_shift(theme: Theme, measured: Shift, q: float | None, sides: tuple[Side, Side], *, recipe: Recipe, exploratory: bool) -> ThemeShift:
    settings = recipe.measure
    before, after = sides
    return ThemeShift(
        id=theme.id,
        label=theme.label,
        origin="named",
        before=_theme_side(theme.id, before, measured.before),
        after=_theme_side(theme.id, after, measured.after),
        points=measured.points,
        ratio=measured.ratio,
        p=measured.p,
        q=q,
        p_permutation=_permutation_p(theme.id, sides, recipe) if measured.p is not None else None,
        tau_star=measured.tau_star,
        smallest_detectable=measured.smallest_detectable,
        verdict=judge(
            measured, q, level=settings.level, min_log2_ratio=settings.min_log2_ratio, min_points=settings.min_points, same_ratio=settings.same_ratio
        ),
        exploratory=exploratory,
        sensitivity=carrying_word(theme.id, before, after),
        evidence=_evidence(theme.id, sides),
        other_scope=_other_scope(theme.id, before, after),
        terms=tuple(sorted({t for terms in (*theme.terms.values(), *theme.core.values()) for t in terms})),
        core=tuple(sorted({t for terms in theme.core.values() for t in terms})),
    )


def _theme_side(theme: str, side: Side, share: Estimate) -> ThemeSide:
    counts = side.counts(theme)
    hits, core_hits, tokens = (int(column.sum()) for column in counts)
    core_share = float(event_shares(counts[1], counts[2]).mean()) if core_hits else None
    return ThemeSide(share, hits, core_hits, tokens, hits / tokens if tokens else None, core_share)


def _evidence(theme: str, sides: tuple[Side, Side]) -> tuple[Evidence, ...]:
    return tuple(e for side in sides for e in quotes(side.speeches, theme, most=QUOTES_A_SIDE))


def _permutation_p(theme: str, sides: tuple[Side, Side], recipe: Recipe) -> float | None:
    """The cross-check; its randomness depends on the recipe and the theme's name alone, never on other themes."""
    shares = [event_shares(hits, tokens) for hits, _, tokens in (side.counts(theme) for side in sides)]
    rng = np.random.default_rng([recipe.topics.random_state, *theme.encode()])
    return permutation_p(shares[0], shares[1], rng=rng)


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


def _warnings(result: Comparison, sides: tuple[Side, Side], min_expected_hits: float) -> tuple[Warning, ...]:
    found = [notes.one_speech(side.label) for side in sides if int((side.counts("")[2] > 0).sum()) == 1]  # events without a word to count are none
    credible = [t for t in result.themes if t.tau_star is not None]
    if credible and found:
        widest = max(credible, key=lambda t: (t.tau_star or 0.0, t.id))
        found.append(notes.tipping_point(widest.label, len(credible), widest.tau_star or 0.0))
    for side, other in (sides, sides[::-1]):
        found += notes.same_events(side.found_events)
        if side.later:
            found.append(notes.later_reports(side.label, other.label, [s.id for s in side.later], sorted({s.event_id for s in side.later})))
    if sides[0].on_both:
        found.append(notes.on_both_sides(sides[0].on_both))
    found += notes.speaker_shares(result.before, result.after)
    for side in sides:
        several = sum(item.scope == "none" for item in side.speeches)
        if several:
            found.append(notes.left_out_for_speakers(side.label, several, len(side.speeches)))
    found += depends_on_voice(result.themes, *sides)
    found += notes.too_rare([_rarity(theme, sides, min_expected_hits) for theme in result.themes if theme.verdict == "too rare"])
    for theme in result.themes:
        found += _theme_warnings(theme)
    found += mixed_languages(result.themes, *sides)
    found += notes.different_sources(result.before, result.after)
    found += notes.different_speakers(result.before, result.after)
    found += notes.lengths(result.before, result.after)
    found += notes.digests((*result.before.kinds, *result.after.kinds))
    return tuple(found)


def _rarity(theme: ThemeShift, sides: tuple[Side, Side], min_expected_hits: float) -> tuple[str, int, int | None]:
    """Label, theme words in all, and about how many more events a test would need."""
    (hits_before, _, tokens_before), (hits_after, _, tokens_after) = (side.counts(theme.id) for side in sides)
    needed = events_needed_for_hits(hits_before, tokens_before, hits_after, tokens_after, min_expected_hits=min_expected_hits)
    return theme.label, theme.before.hits + theme.after.hits, needed


def _theme_warnings(theme: ThemeShift) -> Sequence[Warning]:
    found = []
    carried = theme.sensitivity
    if carried is not None and carried.word_share > notes.CARRYING_SHARE and theme.verdict in ("rose", "fell"):
        found.append(notes.carrying_word(theme.label, carried.word, carried.word_share, carried.points_without_word))
    if theme.exploratory:
        found.append(notes.edited(theme.label))
    if theme.p is not None and theme.p_permutation is not None and (theme.verdict in ("rose", "fell")) and theme.p_permutation > DOUBTFUL_P:
        found.append(notes.doubted(theme.label, theme.p, theme.p_permutation))
    return found
