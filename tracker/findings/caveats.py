"""Which of the numbered warnings bear on a comparison, in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.findings import warnings as notes
from tracker.findings.band import depends_on_voice
from tracker.findings.mixture import mixed_languages
from tracker.findings.records import Comparison, ThemeShift, Warning
from tracker.findings.sides import Side
from tracker.measures.power import events_needed_for_hits

DOUBTFUL_P = 0.1
STRONG = ("rose", "fell", "stands out")


def all_warnings(result: Comparison, sides: tuple[Side, Side], min_expected_hits: float) -> tuple[Warning, ...]:
    """The warnings of a comparison that has everything else.

    Args:
        result: The comparison.
        sides: Its sides.
        min_expected_hits: The gate of the recipe.
    """
    found = _single(result, sides)
    credible = [t for t in result.themes if t.tau_star is not None]
    if credible and any(w.code == "W1" for w in found):
        widest = max(credible, key=lambda t: (t.tau_star or 0.0, t.id))
        found.append(notes.tipping_point(widest.label, len(credible), widest.tau_star or 0.0))
    found += notes.same_events(_events_of_several(sides))
    for side, other in (sides, sides[::-1]):
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
    found += notes.resembling([(t.label, t.resembles.lag1) for t in result.themes if t.resembles and t.resembles.decides])
    found += mixed_languages(result.themes, *sides)
    stratum = result.within.key if result.within else ""
    found += notes.different_sources(result.before, result.after, apart_from=stratum)
    found += notes.different_speakers(result.before, result.after) if stratum != "speaker" else []
    found += notes.lengths(result.before, result.after)
    found += notes.digests((*result.before.kinds, *result.after.kinds))
    found += notes.lock_broken(result.locked.date, result.locked.changed) if result.locked else []
    return tuple(found)


def _single(result: Comparison, sides: tuple[Side, Side]) -> list[Warning]:
    """W1 or W2 for each side with one event; events without a word to count are none."""
    lone = [side.label for side in sides if int((side.counts("")[2] > 0).sum()) == 1]
    held = result.reference
    return [notes.one_speech(label) if held is None else notes.held_against(label, held.events, held.df) for label in lone]


def _events_of_several(sides: tuple[Side, Side]) -> list[tuple[str, int]]:
    """Events of either side with several documents, those with most first: (event, documents)."""
    documents: Counter[str] = Counter()
    for side in sides:
        documents.update(dict(side.found_events))
    return sorted(documents.items(), key=lambda pair: (-pair[1], pair[0]))


def _rarity(theme: ThemeShift, sides: tuple[Side, Side], min_expected_hits: float) -> tuple[str, int, int | None]:
    """Label, theme words in all, and about how many more events a test would need."""
    (hits_before, _, tokens_before), (hits_after, _, tokens_after) = (side.counts(theme.id) for side in sides)
    needed = events_needed_for_hits(hits_before, tokens_before, hits_after, tokens_after, min_expected_hits=min_expected_hits)
    return theme.label, theme.before.hits + theme.after.hits, needed


def _theme_warnings(theme: ThemeShift) -> Sequence[Warning]:
    found = []
    carried, strong = theme.sensitivity, theme.verdict in STRONG
    if carried is not None and strong:
        if carried.word_share > notes.CARRYING_SHARE:
            found.append(notes.carrying_word(theme.label, carried.word, carried.word_share, carried.points_without_word))
        ends = [(carried.low, carried.low_word), (carried.high, carried.high_word)]
        turned = [word for points, word in ends if points is not None and points * (theme.points.value or 0.0) < 0]
        if carried.verdict not in (None, theme.verdict) or turned:
            word = turned[0] if turned else carried.widest_word
            points = next((points for points, name in ends if name == word), None)
            found.append(
                notes.leans_on(
                    theme.label, theme.verdict, f'the word "{word}"', points=points, verdict_without=carried.verdict if word == carried.widest_word else None
                )
            )
    alone = theme.without_speech
    if alone is not None and strong and (alone.verdict not in (None, theme.verdict) or alone.points * (theme.points.value or 0.0) < 0):
        found.append(
            notes.leans_on(
                theme.label, theme.verdict, f"one speech ({alone.date or 'undated'}, {alone.speech[:8]})", points=alone.points, verdict_without=alone.verdict
            )
        )
    if theme.exploratory:
        found.append(notes.edited(theme.label))
    if theme.p is not None and theme.p_permutation is not None and (theme.verdict in ("rose", "fell")) and theme.p_permutation > DOUBTFUL_P:
        found.append(notes.doubted(theme.label, theme.p, theme.p_permutation))
    alike = theme.resembles
    if alike is not None and not alike.decides and theme.verdict in ("rose", "fell") and alike.p > DOUBTFUL_P / 2:
        found.append(notes.resembles(theme.label, alike.lag1, alike.effective, alike.p))
    return found
