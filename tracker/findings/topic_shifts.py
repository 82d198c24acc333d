"""Topics between two sides: shares of events under one model, with the doubt about the model composed in, judged once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tracker.analysis import Analysed
from tracker.estimates import Verdict
from tracker.findings.cases import Family, Resembling
from tracker.findings.event_rows import Rows
from tracker.findings.records import Evidence, ThemeShift, ThemeSide
from tracker.findings.resemblance import MIN_DECIDING, resemblance
from tracker.findings.sides import Side
from tracker.findings.topic_quotes import topic_quotes
from tracker.findings.topic_shift_records import TopicShift
from tracker.findings.topic_tokens import TopicTokens, topic_tokens
from tracker.measures.composition import Refitted, composed_shift
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.permutation import permutation_p
from tracker.measures.prevalence import event_shares
from tracker.measures.verdict import judge
from tracker.models.refits import number_of
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


class _Events:
    """The events of one side, in order of id, whose tokens come in some speeches at a time.

    Of the refits nothing stays but the mean shares: events of one speech are added to them as they come, those of several when all are there.

    Args:
        side: The side.
        refits: How many.
        topics: How many.

    Attributes:
        names: Their ids.
        tokens: Content tokens, shape (events,).
        place: Where each stands among them.
        held: Tokens of the topics under the model, shape (events, topics), no more than there are tokens.
        refits: Mean share of the topics under each refit, shape (refits, topics); NaN where a refit lacks one, 0 without events.
    """

    def __init__(self, side: Side, refits: int, topics: int) -> None:
        self._event = {item.speech.id: item.speech.event_id for item in side.speeches}
        documents = Counter(self._event.values())
        self.names = tuple(sorted(documents))
        self.place = {name: number for number, name in enumerate(self.names)}
        self.tokens, self.held = np.zeros(len(self.names)), np.zeros((len(self.names), topics))
        self._several = np.array([place for name, place in self.place.items() if documents[name] > 1], dtype=np.intp)
        self._whole, self.refits = np.zeros((refits, len(self._several), topics)), np.zeros((refits, topics))

    def add(self, found: TopicTokens) -> None:
        """Add those of its speeches that are among these."""
        rows = np.array([row for row, speech in enumerate(found.speeches) if speech in self._event], dtype=np.intp)
        at = np.array([self.place[self._event[found.speeches[row]]] for row in rows], dtype=np.intp)
        tokens = found.tokens[rows]
        np.add.at(self.tokens, at, tokens)
        np.add.at(self.held, at, found.held[rows])
        among = np.isin(at, self._several)
        alone = ~among & (tokens > 0)
        for number, refit in enumerate(found.refits):
            np.add.at(self._whole[number], np.searchsorted(self._several, at[among]), refit[rows[among]])
            self.refits[number] += _shares(refit[rows[alone]], tokens[alone])

    def finished(self) -> _Events:
        """Say that all have come."""
        self.held = np.minimum(self.held, self.tokens[:, None])
        tokens = self.tokens[self._several]
        for number, whole in enumerate(self._whole):
            self.refits[number] += _shares(whole[tokens > 0], tokens[tokens > 0])
        self.refits /= max(1, int((self.tokens > 0).sum()))
        return self


def _shares(held: Array, tokens: Array) -> Array:
    """The sum over events of the shares of their tokens, shape (topics,)."""
    of = tokens[:, None]
    return (np.minimum(held.astype(np.float64), of) / of).sum(axis=0)


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
    sides, shares = _measured_tokens(model, cut, cache, progress)
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


def _measured_tokens(model: TopicModel, cut: Cut, cache: Cache | None, progress: Progress | None) -> tuple[tuple[_Events, _Events], Array]:
    """The events of both sides, and the shares of the topics in each passage."""
    n_refits, n_topics = number_of(model.state), len(model.topics)
    sides = _Events(cut.before, n_refits, n_topics), _Events(cut.after, n_refits, n_topics)
    shares, done = np.empty((len(cut.passages), n_topics), dtype=np.float32), 0
    for found in topic_tokens(model, cut.matrix, cache, progress=progress):
        for side in sides:
            side.add(found)
        shares[done : done + len(found.shares)] = found.shares
        done += len(found.shares)
    return (sides[0].finished(), sides[1].finished()), shares


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
    before, after = (Rows(side.names, side.held[:, k], side.tokens, side.place) for side in sides)
    return resemblance(cut.before, cut.after, (before, after))


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
