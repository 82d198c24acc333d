"""Topics that begin at named themes: each theme's words and what stands around them start one topic, and free topics stand beside these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tracker.models import em, lda
from tracker.models.align import match
from tracker.models.base import Progress, Setting, TopicModel, assemble
from tracker.models.quality import perplexity
from tracker.models.refits import kept
from tracker.models.stability import stability
from tracker.models.start import topics_of

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

Array = NDArray[np.float64]
BOOST = 10.0
LIFTS = (0.2, 10.0)
MIN_PASSAGES = 5
FREE = -1.0


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """What the themes say about the units and terms of a matrix.

    Args:
        themes: Their ids.
        tokens: Shape (units, themes): content tokens of the theme's words in the unit.
        seeds: Shape (themes, terms): whether a term is one of the theme's words.
    """

    themes: tuple[str, ...]
    tokens: Array
    seeds: NDArray[np.bool_]

    def of(self, rows: NDArray[np.intp]) -> Guide:
        """The same for some of the units."""
        return Guide(self.themes, self.tokens[rows], self.seeds)

    @property
    def enough(self) -> tuple[str, ...]:
        """The themes that stand in at least five units and have a word among the terms: only these can begin a topic."""
        fine = ((self.tokens > 0).sum(axis=0) >= MIN_PASSAGES) & self.seeds.any(axis=1)
        return tuple(theme for theme, good in zip(self.themes, fine, strict=True) if good)

    def only(self, themes: Sequence[str]) -> Guide:
        """The guide with these themes alone, in this order."""
        chosen = [self.themes.index(theme) for theme in themes]
        return Guide(tuple(themes), self.tokens[:, chosen], self.seeds[chosen])


def fit(matrix: TermMatrix, guide: Guide, *, topics: int, random_state: int, refits: int, progress: Progress | None = None) -> TopicModel:
    """Return topics of which the first guides are the themes, with each topic's stability over refits on 80 % of the events.

    Args:
        matrix: Counts of terms in passages.
        guide: The themes, each in `enough` units.
        topics: How many in all, more than themes.
        random_state: Decides the subsamples.
        refits: Number of refits, which start from the same themes in their own texts.
        progress: Called with (done, all) after every fit.

    Returns:
        A model of the engine `lda`. `state["topic_theme"]`: the place of the theme that began a topic in `settings["guided"]` (ids joined by spaces), -1
        for a free one. A guided topic is no theme: it holds what its words stand beside, and may drift from them.

    Source:
        Words as priors: Jagarlamudi, Daume and Udupa 2012, EACL, sections 2-3, with 10 prior tokens a word; the start is this tool's own. Measured on 104
        State of the Union messages, half of each theme's words held out (27 and 28 themes, two draws): area under the curve for passages that hold two of
        them .88 and .89, of the nearest of as many unguided topics .85 and .84, of the nearest of 20 .82 and .83; in passages without a word of the theme
        .83 and .84, against .80 and .78, .78 and .77. On invented speeches, where a theme is one cluster of words, the nearest unguided topic is as good.
        From 0 to 30 prior tokens nothing of this moves; at 100 a topic of many words holds little else than the list.
    """
    eta = lda.choose_eta(matrix, topics, random_state)
    tokens = train(matrix.counts, guide, topics=topics, eta=eta)
    topic_term = tokens / tokens.sum(axis=1, keepdims=True)
    seen: list[float] = []
    fitted: list[Array] = []

    def refit(rows: NDArray[np.intp]) -> Array:
        again = train(csr_array(matrix.counts[rows]), guide.of(rows), topics=topics, eta=eta)
        fitted.append(again / again.sum(axis=1, keepdims=True))
        others = lda.for_perplexity(matrix, rows)
        seen.append(perplexity(csr_array(matrix.counts[others]), fitted[-1], random_state=random_state))
        return fitted[-1]

    scores, quality = stability(matrix, topic_term, refit=refit, refits=refits, random_state=random_state, progress=progress)
    if seen and np.isfinite(seen).all():
        quality["perplexity"] = round(float(np.mean(seen)), 3)
    unit_topic = em.shares(matrix.counts, topic_term)
    settings: dict[str, Setting] = {
        "topics": topics, "random_state": random_state, "refits": refits, "alpha": em.ALPHA, "eta": eta, "steps": em.STEPS, "sweeps": em.SWEEPS,
        "guided": " ".join(guide.themes), "boost": BOOST,
    }  # fmt: skip
    places = np.concatenate((np.arange(len(guide.themes), dtype=float), np.full(len(topic_term) - len(guide.themes), FREE)))
    state = {"topic_tokens": tokens.sum(axis=1), "topic_theme": places, **kept(topic_term, fitted)}
    return assemble(matrix, topic_term, unit_topic, stability=scores, engine="lda", told=(quality, settings), state=state)


def train(counts: csr_array, guide: Guide, *, topics: int, eta: float, boost: float = BOOST) -> Array:
    """Return the tokens of each term in each topic, prior included, the themes' topics first and in their order.

    Args:
        counts: Shape (units, terms).
        guide: The themes; one without a unit here starts from its words alone.
        topics: How many in all.
        eta: Prior of the words.
        boost: Further prior tokens of a theme's words in its topic.

    Returns:
        Shape (topics, terms), all > 0; fewer free topics where the texts have fewer different contents.
    """
    begun = guided_start(counts, guide)
    free = topics_of(counts, topics)
    taken = {j for _, j, _ in match(begun, free)} if len(begun) < len(free) else set(range(len(free)))
    rest = np.array([row for j, row in enumerate(free) if j not in taken]).reshape(-1, counts.shape[1])
    start = np.concatenate((begun, rest))
    prior = np.full(start.shape, eta)
    prior[: len(begun)] += boost * guide.seeds
    return em.climb(counts, start, eta=np.ascontiguousarray(prior.T))


def guided_start(counts: csr_array, guide: Guide) -> Array:
    """Return a topic for each theme: every term's frequency times the square of its lift where the theme is said more than usual, cut at .2 and 10.

    Units weigh by how far the theme's share of their words lies above its share of all words, so that a theme that every unit mentions starts a topic too.

    Args:
        counts: Shape (units, terms).
        guide: The themes.

    Returns:
        Shape (themes, terms), rows sum to 1, > 0 for every term with a count.

    Example:
        >>> texts = csr_array(np.array([[2.0, 2.0, 0.0], [0.0, 0.0, 4.0]]))
        >>> guide = Guide(("tide",), np.array([[2.0], [0.0]]), np.array([[True, False, False]]))
        >>> guided_start(texts, guide).round(2).tolist()
        [[0.48, 0.48, 0.05]]
    """
    usual = np.asarray(counts.sum(axis=0), dtype=float).ravel() + 1e-9
    usual /= usual.sum()
    lengths = np.maximum(np.asarray(counts.sum(axis=1), dtype=float).ravel(), 1.0)
    rows = []
    for held, seeds in zip(guide.tokens.T, guide.seeds, strict=True):
        inside = np.asarray(counts.T @ np.maximum(held / lengths - held.sum() / lengths.sum(), 0)).ravel()
        if not inside.sum():
            inside = usual + seeds
        row = usual * np.clip((inside / inside.sum() / usual) ** 2, *LIFTS)
        rows.append(row / row.sum())
    return np.array(rows).reshape(len(rows), counts.shape[1])


def theme_topic(model: TopicModel, theme: str) -> int | None:
    """Return the place of the topic that began at a theme; None in a model that no theme guided."""
    names = str(model.settings.get("guided", "")).split()
    if theme not in names or "topic_theme" not in model.state:
        return None
    found = np.flatnonzero(model.state["topic_theme"] == names.index(theme))
    return int(found[0]) if found.size else None
