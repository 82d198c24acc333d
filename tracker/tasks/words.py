"""The words that mark one slice off from another: ranked by weighted log-odds, tested over events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tracker.analysis import analyse_all
from tracker.counts import corpus_stop_list
from tracker.findings import warnings as notes
from tracker.findings.mixture import one_language
from tracker.findings.records import Warning, WordList, WordRow
from tracker.findings.sides import Side
from tracker.findings.surface import surface_forms
from tracker.lexicon import Lexicon
from tracker.matrix import TermMatrix, count_terms
from tracker.measures.keyness import g2, log2_ratio, log_odds
from tracker.measures.word_tests import WordTests, word_tests
from tracker.parts import Cache
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tasks.compare import chosen_recipe, contrast_of, look_at, sides_of
from tracker.tasks.one_language import common_language, in_language, left_out, narrowed, spoken_language
from tracker.tasks.workspace import Workspace

Vector = npt.NDArray[np.float64]
G2_NOTE = Warning(
    "W15",
    "G2 describes and does not test: it takes every word for independent, and so reports a difference in about 60% of comparisons of unchanged speech.",
)


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
    """Rank the words of two slices, most typical of AFTER first, of BEFORE last, and test them over events.

    Args:
        workspace: The workspace.
        before: The first slice.
        after: The second slice.
        scope: Whose words; the recipe's when None.
        level: A word is starred at q <= 1 - level.
        language: Where the texts are in several; the recipe's when None, else the commonest that both slices have.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: The slices have no language in common, or not the one asked for.
    """
    recipe = chosen_recipe(workspace.recipe, scope=scope, level=level, language=language)
    everything = workspace.store.speeches()
    sides = sides_of(everything, before, after, lexicon=workspace.lexicon, recipe=recipe, cache=workspace.cache, progress=progress)
    look_at(workspace, contrast_of((before, after), sides))  # who has seen the words of both sides may write them into a theme
    return words_of(everything, sides, recipe, corpus_stop_list(everything, recipe), lexicon=workspace.lexicon, cache=workspace.cache, progress=progress)


def words_of(
    everything: Sequence[Speech],
    sides: tuple[Side, Side],
    recipe: Recipe,
    leave_out: frozenset[str],
    *,
    lexicon: Lexicon,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> WordList:
    """Rank and test the words of two sides in one language, and say which speeches are left out for it.

    Raises:
        TrackerError: The sides have no language in common, or not the one asked for.
    """
    groups = [[item.speech for item in side.speeches] for side in sides]
    language = common_language(groups, recipe.words.language)
    before, after = (narrowed(side, language) for side in sides)
    others = other_terms(in_language(everything, language), sides, lexicon, recipe, leave_out, cache=cache)
    ranked = rank_words(before, after, recipe, leave_out, others, progress=progress)
    mixed = one_language("Words", language, left_out([*groups[0], *groups[1]], language))
    return replace(ranked, language=spoken_language([*groups[0], *groups[1]], language), warnings=(*mixed, *ranked.warnings))


def rank_words(before: Side, after: Side, recipe: Recipe, leave_out: frozenset[str], others: Counter[str], *, progress: Progress | None = None) -> WordList:
    """Rank the words of two sides against the whole corpus as background, and test them over events.

    Args:
        before: The first side.
        after: The second side.
        recipe: Size of the prior, level, effect floor and random state.
        leave_out: The corpus stop list.
        others: Counts of every term in the speeches on neither side.
        progress: Called with (step, done, total).
    """
    matrix, later = event_terms(before, after, leave_out)
    first, second = (np.asarray(chosen.astype(np.int64) @ matrix.counts, dtype=float) for chosen in (~later, later))
    rest = np.array([others[t] for t in matrix.terms], dtype=float)
    odds = log_odds(first, second, first + second + rest, prior_tokens=recipe.words.prior_tokens)
    tests = word_tests(
        matrix.counts,
        matrix.counts.sum(axis=1),
        later,
        rng=np.random.default_rng([recipe.topics.random_state, *b"words"]),
        progress=None if progress is None else lambda done, total: progress("testing words", done, total),
    )
    tokens = [int(side.counts("")[2].sum()) for side in (before, after)]
    terms = matrix.terms
    del matrix
    surface = surface_forms([*before.speeches, *after.speeches])
    rows = _rows([surface.get(term, term) for term in terms], (first, second), tokens, odds.z, tests=tests, recipe=recipe)
    rows.sort(key=lambda row: (-row.z, row.term))
    warnings = _warnings(before, after, tests, recipe.measure.level)
    return WordList(
        before.summary,
        after.summary,
        _scope(before, after),
        odds.prior_tokens,
        tuple(rows),
        tests.tested,
        warnings,
        (tokens[0], tokens[1]),
        method=tests.method,
        level=recipe.measure.level,
    )


def _rows(terms: Sequence[str], counts: tuple[Vector, Vector], tokens: Sequence[int], z: Vector, *, tests: WordTests, recipe: Recipe) -> list[WordRow]:
    """A row a term, in the order of the terms."""
    first, second = counts
    ratios, shown = log2_ratio(first, second)
    strength = g2(first, second)
    starred = tests.starred(ratios, level=recipe.measure.level, min_log2_ratio=recipe.measure.min_log2_ratio)
    return [
        WordRow(
            term=term,
            before_count=int(first[i]),
            before_per_1000=1000 * float(first[i]) / tokens[0] if tokens[0] else None,
            after_count=int(second[i]),
            after_per_1000=1000 * float(second[i]) / tokens[1] if tokens[1] else None,
            log_ratio=float(ratios[i]) if shown[i] else None,
            z=float(z[i]),
            g2=float(strength[i]),
            p=tests.p[i],
            q=tests.q[i],
            starred=starred[i],
        )
        for i, term in enumerate(terms)
    ]


def event_terms(before: Side, after: Side, leave_out: frozenset[str]) -> tuple[TermMatrix, npt.NDArray[np.bool_]]:
    """Counts of every term in every event, in each speech's own scope, reports of one event summed; and which events stand after."""
    held = [(item, f"{item.speech.event_id}\t{name}") for name, side in (("before", before), ("after", after)) for item in side.speeches]
    matrix = count_terms([item for item, _ in held], [unit for _, unit in held], leave_out)
    return matrix, np.array([unit.endswith("\tafter") for unit in matrix.unit_ids], dtype=bool)


def other_terms(
    everything: Sequence[Speech], sides: tuple[Side, Side], lexicon: Lexicon, recipe: Recipe, leave_out: frozenset[str], *, cache: Cache | None = None
) -> Counter[str]:
    """Counts of every term in the speeches on neither side, each in its own scope."""
    known = {item.speech.id for side in sides for item in side.speeches}
    rest = analyse_all([speech for speech in everything if speech.id not in known], lexicon, recipe, cache=cache)
    matrix = count_terms(rest, ["others"] * len(rest), leave_out)
    return Counter(dict(zip(matrix.terms, matrix.counts.sum(axis=0).tolist(), strict=True)))


def _scope(before: Side, after: Side) -> str:
    scopes = {item.scope for side in (before, after) for item in side.speeches} - {"none"}
    return scopes.pop() if len(scopes) == 1 else "by-kind"


def _warnings(before: Side, after: Side, tests: WordTests, level: float) -> tuple[Warning, ...]:
    first, second = before.summary, after.summary
    found = [notes.one_speech(s.label) for s in (first, second) if s.events == 1]
    if tests.method != "none":
        found += notes.no_arrangement(tests.events, round(1 - level, 12)) + notes.power_of_words(tests.events, tests.method)
    return (*found, G2_NOTE, *notes.different_sources(first, second), *notes.digests((*first.kinds, *second.kinds)))
