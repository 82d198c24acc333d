"""Topics between two sides: shares of events under one model, with the doubt about the model composed in, judged once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tracker.analysis import Analysed
from tracker.estimates import Verdict
from tracker.findings.cases import Family, Resembling
from tracker.findings.records import Evidence, ThemeShift, ThemeSide
from tracker.findings.resemblance import MIN_DECIDING, resemblance
from tracker.findings.sides import Side
from tracker.findings.topic_quotes import topic_quotes
from tracker.findings.topic_shift_records import TopicShift
from tracker.findings.topic_tokens import TopicTokens, topic_tokens
from tracker.measures.composition import Refitted, composed_shift, mean_share
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.permutation import permutation_p
from tracker.measures.prevalence import event_shares
from tracker.measures.verdict import judge
from tracker.parts import Cache
from tracker.progress import Progress
from tracker.recipe import MeasureRecipe, Recipe

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix
    from tracker.measures.serial import Serial
    from tracker.models.base import TopicModel
    from tracker.passages import Passage

Array = Any
QUOTES_A_SIDE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Both sides in passages.

    Args:
        before: The first side.
        after: The second side.
        passages: Their passages.
        matrix: What the passages count, in the same order.
        forms: Words as readers know them, by term.
    """

    before: Side
    after: Side
    passages: tuple[tuple[Analysed, Passage], ...]
    matrix: TermMatrix
    forms: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Events:
    """The events of one side, in order of id.

    Args:
        names: Their ids.
        tokens: Content tokens, shape (events,).
        held: Tokens of the topics under the model, shape (events, topics).
        refits: Mean share of the topics under each refit, shape (refits, topics); NaN where a refit lacks one.
    """

    names: tuple[str, ...]
    tokens: Array
    held: Array
    refits: Array


def topic_shifts(
    model: TopicModel, cut: Cut, recipe: Recipe, *, testable: bool, cache: Cache | None = None, progress: Progress | None = None
) -> tuple[tuple[TopicShift, ...], Family]:
    """Measure every topic of a model between two sides.

    Args:
        model: The current model; both sides are measured under it and under its refits, never under two models.
        cut: The sides in passages.
        recipe: Level, effect floors, gate.
        testable: Whether topics may be tested at all.
        cache: Where tokens under the refits are looked up, and remembered.
        progress: Called with (step, done, total).

    Returns:
        The topics in the model's order, with q over those tested, and that family.
    """
    found = topic_tokens(model, cut.matrix, cache, progress=progress)
    sides, shares = [_events(side, found) for side in (cut.before, cut.after)], found.shares
    del found  # of a large corpus what it holds of the refits is a tenth of a gigabyte
    settings = recipe.measure
    tested = [testable and topic.reproducible for topic in model.topics]
    serial = [_serial(cut, sides, k) if may else None for k, may in enumerate(tested)]
    first = [_measured(sides, k, serial[k], settings, tests=1) for k in range(len(tested))]
    m = sum(may and held.shift.p is not None for may, held in zip(tested, first, strict=True))
    measured = [_measured(sides, k, serial[k], settings, tests=max(1, m)) for k in range(len(tested))]
    qs = benjamini_hochberg([held.shift.p if may else None for may, held in zip(tested, measured, strict=True)])
    rows = []
    for k, topic in enumerate(model.topics):
        verdict: Verdict = _verdict(measured[k], qs[k], settings) if tested[k] else "not testable"
        told = _theme_shift((model, k), cut, sides, measured[k], (qs[k], verdict, tested[k]))
        quotes = _quotes(cut, shares[:, k], frozenset(topic.words)) if tested[k] else ()
        told = replace(_with_neighbours(told, serial[k]), evidence=quotes)
        held, counts = measured[k], qs[k] is not None
        doubt = held.doubt if counts else None
        rows.append(TopicShift(told, topic.stability, topic.reproducible, held.points, round(held.turned, 6), doubt, unsettled=counts and not held.stable))
    return tuple(rows), Family(m, settings.level, settings.min_log2_ratio, settings.min_points, settings.same_ratio, settings.min_expected_hits)


def _events(side: Side, found: TopicTokens) -> _Events:
    """Sum tokens and topic tokens of a side's speeches by event."""
    event = {item.speech.id: item.speech.event_id for item in side.speeches}
    names = tuple(sorted(set(event.values())))
    place = {name: number for number, name in enumerate(names)}
    rows = np.array([row for row, speech in enumerate(found.speeches) if speech in event], dtype=np.intp)
    at = np.array([place[event[found.speeches[row]]] for row in rows], dtype=np.intp)
    tokens = np.zeros(len(names))
    np.add.at(tokens, at, found.tokens[rows])

    def summed(held: Array) -> Array:
        whole = np.zeros((len(names), held.shape[1]))
        np.add.at(whole, at, held[rows])
        return np.minimum(whole, tokens[:, None])

    refits = [[mean_share(column, tokens) for column in summed(refit).T] for refit in found.refits]
    return _Events(names, tokens, summed(found.held), np.array(refits).reshape(-1, found.held.shape[1]))


def _measured(sides: Sequence[_Events], k: int, found: Serial | None, settings: MeasureRecipe, *, tests: int) -> Refitted:
    """Measure one topic; where both sides have 20 events or more that resemble their neighbours, their error joins those of the plain tests."""
    before, after = sides
    besides = []
    if _decides(found, sides) and found is not None and found.standard_error is not None and found.df is not None:
        besides.append((found.standard_error, found.df))
    return composed_shift(
        (before.held[:, k], before.tokens),
        (after.held[:, k], after.tokens),
        list(zip(before.refits[:, k].tolist(), after.refits[:, k].tolist(), strict=True)),
        level=settings.level,
        min_expected_hits=settings.min_expected_hits,
        tests=tests,
        besides=besides,
    )


def _serial(cut: Cut, sides: Sequence[_Events], k: int) -> Serial | None:
    rows = [{name: (float(side.held[i, k]), float(side.tokens[i])) for i, name in enumerate(side.names)} for side in sides]
    return resemblance(cut.before, cut.after, (rows[0], rows[1]))


def _decides(found: Serial | None, sides: Sequence[_Events]) -> bool:
    return found is not None and found.correlated and min(int((side.tokens > 0).sum()) for side in sides) >= MIN_DECIDING


def _verdict(measured: Refitted, q: float | None, settings: MeasureRecipe) -> Verdict:
    """The verdict; a change without a direction that the refits agree on did not rise or fall."""
    found = judge(
        measured.shift,
        q,
        level=settings.level,
        min_log2_ratio=settings.min_log2_ratio,
        min_points=settings.min_points,
        same_ratio=settings.same_ratio,
    )
    return "cannot tell" if found in ("rose", "fell") and not measured.stable else found


def _theme_shift(of: tuple[TopicModel, int], cut: Cut, sides: Sequence[_Events], measured: Refitted, judged: tuple[float | None, Verdict, bool]) -> ThemeShift:
    (model, k), held = of, measured.shift
    topic, (q, verdict, tested) = model.topics[k], judged
    tested = tested and held.p is not None
    bare = [estimate if tested else replace(estimate, low=None, high=None, method="none") for estimate in (held.points, held.ratio)]
    counted = [
        ThemeSide(share, round(float(side.held[:, k].sum())), 0, round(float(side.tokens.sum())), _pooled(side, k))
        for side, share in zip(sides, (held.before, held.after), strict=True)
    ]
    random_state = int(model.settings["random_state"])
    return ThemeShift(
        id=topic.id,
        label=", ".join(cut.forms.get(word, word) for word in topic.label.split(", ")),
        origin="topic",
        before=counted[0],
        after=counted[1],
        points=bare[0],
        ratio=bare[1],
        p=held.p if tested else None,
        q=q,
        p_permutation=permutation_p(*(event_shares(side.held[:, k], side.tokens) for side in sides), random_state=random_state) if tested else None,
        tau_star=None,
        smallest_detectable=held.smallest_detectable if tested else None,
        verdict=verdict,
        exploratory=False,
        sensitivity=None,
        evidence=(),
        other_scope=(None, None),
        terms=tuple(cut.forms.get(word, word) for word in topic.words),
    )


def _with_neighbours(told: ThemeShift, found: Serial | None) -> ThemeShift:
    """Add how much successive events resemble each other, where they do."""
    if found is None or found.lag1 is None or found.p is None or not found.correlated or told.p is None:
        return told
    decides = min(told.before.share.n, told.after.share.n) >= MIN_DECIDING
    return replace(told, resembles=Resembling(found.lag1, found.effective, found.p, decides))


def _pooled(side: _Events, k: int) -> float | None:
    total = float(side.tokens.sum())
    return float(side.held[:, k].sum()) / total if total else None


def _quotes(cut: Cut, share: Array, words: frozenset[str]) -> tuple[Evidence, ...]:
    """A topic's quotes from both sides."""
    found: list[Evidence] = []
    for side in (cut.before, cut.after):
        speeches = {item.speech.id for item in side.speeches}
        rows = [row for row, (_, passage) in enumerate(cut.passages) if passage.speech in speeches]
        found += topic_quotes([cut.passages[row] for row in rows], share[rows], words, most=QUOTES_A_SIDE)
    return tuple(found)
