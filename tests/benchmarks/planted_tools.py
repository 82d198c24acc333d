"""What four tools say of two sides, theme by theme: 1 it rose, -1 it fell, 0 nothing is claimed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from planting import Corpus, Counts, Mask, Planted
from scipy import stats
from scipy.sparse import csr_array

from tracker.findings.event_rows import Rows
from tracker.findings.measuring import Measured, Measuring, Table
from tracker.findings.sides import Side
from tracker.measures.keyness import g2, log_odds
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.recipe import Recipe
from tracker.speech import Speech, SpokenDate

Claims = npt.NDArray[np.int8]
Array = npt.NDArray[np.float64]
TOOLS = ("tracker", "token G2 -> BH", "log-odds z > 1.96", "LDA, Welch -> BH", "LDA, passages")
LEVEL, Z = 0.05, 1.96
PASSAGE_TOKENS, TOPICS, PASSES, MIN_PASSAGES, MAX_SHARE = 60, 24, 10, 5, 0.5


def measured(corpus: Corpus, planted: Planted) -> list[tuple[Measured, float | None, str]]:
    """Measurement, q and verdict of every theme, by the functions behind `tracker compare`, from counts made before."""
    hits, tokens = planted.counts(corpus)
    sides = [_side(planted, later=later) for later in (False, True)]
    measuring = Measuring(*sides, Recipe())
    ids = [f"{speech:06d}" for speech in planted.draw.speeches.tolist()]
    found = []
    for theme in range(len(corpus.themes)):
        rows = [Rows.of({ids[i]: (int(hits[i, theme]), int(tokens[i])) for i in np.flatnonzero(planted.draw.after == later)}) for later in (False, True)]
        found.append(measuring.measure(Table(*rows)))
    qs = benjamini_hochberg([one.p for one in found])
    return [(one, q, measuring.verdict(one, q)) for one, q in zip(found, qs, strict=True)]


def _side(planted: Planted, *, later: bool) -> Side:
    """A side of which only the days are known."""
    items = []
    for i in np.flatnonzero(planted.draw.after == later).tolist():
        day = SpokenDate(date.fromisoformat(planted.draw.days[i]), precision="day")
        items.append(SimpleNamespace(speech=Speech(key="", text="", date=day, event=f"{int(planted.draw.speeches[i]):06d}")))
    return Side("after" if later else "before", cast(Any, tuple(items)))


def ours(corpus: Corpus, planted: Planted) -> Claims:
    """The verdicts `rose` and `fell`."""
    return np.array([{"rose": 1, "fell": -1}.get(verdict, 0) for _, _, verdict in measured(corpus, planted)], dtype=np.int8)


def token_g2(hits: Counts, tokens: Counts, after: Mask) -> Claims:
    """The log-likelihood ratio of theme words against all others, chi-squared with one degree of freedom, Benjamini-Hochberg over the themes."""
    first, second = ((hits[side].sum(axis=0), tokens[side].sum()) for side in (~after, after))
    score = [g2([a, first[1] - a], [b, second[1] - b])[0] for a, b in zip(first[0], second[0], strict=True)]
    q = np.array(benjamini_hochberg(stats.chi2.sf(score, 1).tolist()), dtype=float)
    return _signed(second[0] / second[1] - first[0] / first[1], q <= LEVEL)


def fighting_words(hits: Counts, tokens: Counts, after: Mask) -> Claims:
    """Log-odds with an informative Dirichlet prior of 500 tokens, each theme as one word; |z| > 1.96."""
    sides = [(hits[side].sum(axis=0), tokens[side].sum()) for side in (~after, after)]
    z = []
    for a, b in zip(sides[0][0], sides[1][0], strict=True):
        before, later = np.array([a, sides[0][1] - a]), np.array([b, sides[1][1] - b])
        z.append(log_odds(before, later, before + later).z[0])
    return _signed(np.array(z), np.abs(z) > Z)


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """Topics of a corpus, and the one nearest to each theme.

    Args:
        shares: From counts of passages, shape (n, V of the corpus), to topic shares, shape (n, topics).
        nearest: For every theme the topic that gives its words the most, shape (T,).
    """

    shares: Callable[[csr_array], Array]
    nearest: npt.NDArray[np.intp]


def passages(corpus: Corpus, sentences: list[int]) -> list[list[int]]:
    """Sentences in a row, together 60 content tokens or more."""
    held: list[list[int]] = [[]]
    for s in sentences:
        held[-1].append(s)
        if corpus.tokens[held[-1]].sum() >= PASSAGE_TOKENS:
            held.append([])
    return [passage for passage in held if passage and corpus.tokens[passage].sum()]


def _rows(corpus: Corpus, held: list[list[int]]) -> csr_array:
    """Counts of passages over the corpus's vocabulary."""
    picks = csr_array((np.ones(sum(map(len, held))), np.concatenate(held), np.cumsum([0, *map(len, held)])), shape=(len(held), len(corpus.texts)))
    return csr_array(picks @ corpus.terms)


def fit_topics(corpus: Corpus, *, topics: int = TOPICS, passes: int = PASSES) -> Topics:
    """Fit gensim's LDA to the passages of the whole corpus as it stands; terms of 5 passages or more and of half of them at most."""
    from gensim.models import LdaModel

    counts = _rows(corpus, [p for speech in range(len(corpus.records)) for p in passages(corpus, corpus.sentences(speech))])
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = np.flatnonzero((seen >= MIN_PASSAGES) & (seen <= MAX_SHARE * counts.shape[0]))
    names = {i: corpus.vocabulary[column] for i, column in enumerate(kept.tolist())}
    model = LdaModel(_bags(counts[:, kept]), topics, id2word=names, passes=passes, random_state=1)
    nearest = (model.get_topics() @ corpus.of_theme[:, kept].T).argmax(axis=0)

    def shares(rows: csr_array) -> Array:
        gamma = model.inference(_bags(rows[:, kept]))[0].astype(float)
        return np.asarray(gamma / gamma.sum(axis=1, keepdims=True))

    return Topics(shares, nearest)


def _bags(counts: csr_array) -> list[list[tuple[int, float]]]:
    rows = csr_array(counts)
    return [list(zip(rows.indices[a:b].tolist(), rows.data[a:b].tolist(), strict=True)) for a, b in zip(rows.indptr[:-1], rows.indptr[1:], strict=True)]


def topic_shares(corpus: Corpus, planted: Planted, topics: Topics) -> tuple[Claims, Claims]:
    """The plug-in comparison of the nearest topics' shares: Welch over speeches with Benjamini-Hochberg, and a 95 % interval over passages."""
    held = [passages(corpus, sentences) for sentences in planted.texts]
    owner = np.repeat(np.arange(len(held)), [len(one) for one in held])
    shares = topics.shares(_rows(corpus, [p for one in held for p in one]))[:, topics.nearest]
    speeches = np.array([shares[owner == i].mean(axis=0) for i in range(len(held))])
    first, second = speeches[~planted.draw.after], speeches[planted.draw.after]
    p = stats.ttest_ind(second, first, equal_var=False).pvalue
    welch = _signed(second.mean(axis=0) - first.mean(axis=0), np.array(benjamini_hochberg(p.tolist()), dtype=float) <= LEVEL)
    a, b = shares[~planted.draw.after[owner]], shares[planted.draw.after[owner]]
    change = b.mean(axis=0) - a.mean(axis=0)
    return welch, _signed(change, np.abs(change) > Z * np.sqrt(a.var(axis=0, ddof=1) / len(a) + b.var(axis=0, ddof=1) / len(b)))


def _signed(change: Array, claimed: Mask) -> Claims:
    return (np.sign(change) * claimed).astype(np.int8)
