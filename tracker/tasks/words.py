"""The words that mark one slice off from another, ranked by weighted log-odds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from tracker.analysis import chosen_scope
from tracker.counts import Scope, corpus_stop_list, term_counts, tokens_of
from tracker.findings import warnings as notes
from tracker.findings.mixture import one_language
from tracker.findings.records import Warning, WordList, WordRow
from tracker.findings.sides import Side
from tracker.findings.surface import surface_forms
from tracker.measures.keyness import g2, log2_ratio, log_odds
from tracker.recipe import Recipe
from tracker.speech import Segment, Speech
from tracker.tasks.compare import chosen_recipe, contrast_of, look_at, sides_of
from tracker.tasks.one_language import common_language, in_language, left_out, narrowed, spoken_language
from tracker.tasks.workspace import Workspace
from tracker.voice import mark, scope_of

Progress = Callable[[str, int, int], None]
G2_NOTE = Warning("W15", "Token-level G2 is a description, not a test: on unchanged speech it reports a difference in about 60% of comparisons.")


def words(
    workspace: Workspace,
    before: str,
    after: str,
    *,
    scope: str | None = None,
    level: float | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> WordList:
    """Rank the words of two slices; most typical of AFTER first, of BEFORE last.

    Args:
        workspace: The workspace.
        before: The first slice.
        after: The second slice.
        scope: Whose words; the recipe's when None.
        level: Kept with the recipe; nothing is tested here.
        language: Where the texts are in several; the recipe's when None, else the commonest that both slices have.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: The slices have no language in common, or not the one asked for.
    """
    recipe = chosen_recipe(workspace.recipe, scope=scope, level=level, language=language)
    everything = workspace.store.speeches()
    sides = sides_of(everything, before, after, lexicon=workspace.lexicon, recipe=recipe, progress=progress)
    look_at(workspace, contrast_of((before, after), sides))  # who has seen the words of both sides may write them into a theme
    return words_of(everything, sides, recipe, corpus_stop_list(everything, recipe))


def words_of(everything: Sequence[Speech], sides: tuple[Side, Side], recipe: Recipe, leave_out: frozenset[str]) -> WordList:
    """Rank the words of two sides in one language, and say which speeches are left out for it.

    Raises:
        TrackerError: The sides have no language in common, or not the one asked for.
    """
    groups = [[item.speech for item in side.speeches] for side in sides]
    language = common_language(groups, recipe.words.language)
    before, after = (narrowed(side, language) for side in sides)
    ranked = rank_words(before, after, recipe, leave_out, other_terms(in_language(everything, language), sides, recipe, leave_out))
    mixed = one_language("Words", language, left_out([*groups[0], *groups[1]], language))
    return replace(ranked, language=spoken_language([*groups[0], *groups[1]], language), warnings=(*mixed, *ranked.warnings))


def rank_words(before: Side, after: Side, recipe: Recipe, leave_out: frozenset[str], others: Counter[str]) -> WordList:
    """Rank the words of two sides against the whole corpus as background.

    Args:
        before: The first side.
        after: The second side.
        recipe: Size of the prior.
        leave_out: The corpus stop list.
        others: Counts of every term in the speeches on neither side.
    """
    counted = [side_terms(side, leave_out) for side in (before, after)]
    terms = sorted(set(counted[0]) | set(counted[1]))
    first, second, rest = (np.array([side[t] for t in terms], dtype=float) for side in (*counted, others))
    odds = log_odds(first, second, first + second + rest, prior_tokens=recipe.words.prior_tokens)
    ratios, shown = log2_ratio(first, second)
    tokens = [int(side.counts("")[2].sum()) for side in (before, after)]
    strength = g2(first, second)
    surface = surface_forms([*before.speeches, *after.speeches])
    rows = [
        WordRow(
            term=surface.get(term, term),
            before_count=int(first[i]),
            before_per_1000=1000 * float(first[i]) / tokens[0] if tokens[0] else None,
            after_count=int(second[i]),
            after_per_1000=1000 * float(second[i]) / tokens[1] if tokens[1] else None,
            log_ratio=float(ratios[i]) if shown[i] else None,
            z=float(odds.z[i]),
            g2=float(strength[i]),
        )
        for i, term in enumerate(terms)
    ]
    rows.sort(key=lambda row: (-row.z, row.term))
    counted_tokens = tokens[0], tokens[1]
    return WordList(before.summary, after.summary, _scope(before, after), odds.prior_tokens, tuple(rows), 0, _warnings(before, after), counted_tokens)


def side_terms(side: Side, leave_out: frozenset[str]) -> Counter[str]:
    """Counts of every term on a side, in each speech's own scope."""
    total: Counter[str] = Counter()
    for item in side.speeches:
        total.update(item.terms(leave_out))
    return total


def other_terms(everything: Sequence[Speech], sides: tuple[Side, Side], recipe: Recipe, leave_out: frozenset[str]) -> Counter[str]:
    """Counts of every term in the speeches on neither side, each in its own scope."""
    known = {item.speech.id for side in sides for item in side.speeches}
    total: Counter[str] = Counter()
    for speech in everything:
        if speech.id not in known:
            known_whole = recipe.measure.scope == "all" or (recipe.measure.scope == "by-kind" and speech.kind == "transcript")
            segments = (Segment(0, len(speech.text), "spoken", "body"),) if known_whole else mark(speech, recipe)
            scope: Scope = "all" if known_whole else chosen_scope(scope_of(speech, segments)[0], recipe)
            tokens = tokens_of(speech, recipe)
            total.update(term_counts(tokens, segments, scope, leave_out, institutions=recipe.measure.institutions))
    return total


def _scope(before: Side, after: Side) -> str:
    scopes = {item.scope for side in (before, after) for item in side.speeches} - {"none"}
    return scopes.pop() if len(scopes) == 1 else "by-kind"


def _warnings(before: Side, after: Side) -> tuple[Warning, ...]:
    first, second = before.summary, after.summary
    found = [notes.one_speech(s.label) for s in (first, second) if s.events == 1]
    return (*found, G2_NOTE, *notes.different_sources(first, second), *notes.digests((*first.kinds, *second.kinds)))
