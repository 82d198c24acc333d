"""Real speeches whose sides are shuffled: nothing may be reported; and the same with words cut to a third on one side."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
from cells import OURS, Cell
from scipy import sparse
from series_cells import exchanged_without_thinning
from shift_cells import token_p
from words_cells import NAMES, PLANTED, plant, starred

from tracker.counts import CALENDAR_NAMES, REPORTING_VERBS
from tracker.measures.divergence import divergence
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.shift import shift
from tracker.measures.verdict import judge
from tracker.tokens import tokenise

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
CLAIM = "Real speeches, their sides shuffled"
INTRODUCTIONS = {
    CLAIM: (
        "Speeches drawn at random from one span of a real corpus and dealt to two sides, so that nothing differs but chance. Nine themes of common words each; "
        "`one theme` counts tests, `any verdict` counts corpora in which one of the nine is said to have risen or fallen after the correction for many. `a tenth kept`: "
        "of the second side every sentence stays with probability .1 (of an FOMC statement then one or two stay, too short to be tested beside whole ones: rates near 0). The draws share speeches, so the errors are somewhat larger than printed. Statements of a "
        "central bank are worded so alike that even token G2 is quiet there."
    )
}
SPANS = {
    "State of the Union 1996-2026": ("sotu", "1996", "2026"),
    "UN debate of 2015": ("ungdc", "2015", "2015"),
    "FOMC statements 2007-2010": ("fomc_statements", "2007", "2010"),
    "ECB press conferences 2009-2010": ("ecb_pressconf", "2009", "2010"),
}
THEMES = 9
THEME_WORDS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """Content words of every sentence of a span.

    Args:
        counts: Sentences x terms.
        speech: The number of its speech, one a sentence.
        themes: 0/1, terms x themes: every theme a handful of words, the frequent dealt out in turn.
    """

    counts: sparse.csr_array
    speech: np.ndarray
    themes: np.ndarray


@cache
def sentences(span: str) -> Sentences:
    """Read a span once; its words are the tool's own, reporting verbs and names of the calendar left out."""
    corpus, first, last = SPANS[span]
    counted: list[tuple[int, Counter[str]]] = []
    number = 0
    for line in (CORPORA / corpus / "speeches.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if first <= record["date"][:4] <= last:
            counted += [(number, content_words(sentence)) for sentence in re.split(r"(?<=[.!?])\s+", record["text"])]
            number += 1
    terms = {term: column for column, term in enumerate(sorted({term for _, held in counted for term in held}))}
    cells = [(row, terms[term], n) for row, (_, held) in enumerate(counted) for term, n in held.items()]
    rows, columns, values = np.array(cells).T
    counts = sparse.csr_array((values, (rows, columns)), shape=(len(counted), len(terms)))
    frequent = np.argsort(-counts.sum(axis=0), kind="stable")[: THEMES * THEME_WORDS]
    themes = np.zeros((len(terms), THEMES))
    themes[frequent, np.arange(frequent.size) % THEMES] = 1
    return Sentences(counts, np.array([owner for owner, _ in counted]), themes)


def content_words(sentence: str) -> Counter[str]:
    tokens = tokenise(sentence, "en")
    words = zip(tokens.terms, tokens.content, strict=True)
    return Counter(term for term, content in words if content and term not in REPORTING_VERBS | CALENDAR_NAMES)


def drawn(held: Sentences, k: int, m: int, rng: np.random.Generator, *, keep: float = 1.0) -> np.ndarray:
    """Counts of k and m speeches drawn at random, shape (k + m, terms); of the second side a share `keep` of the sentences, one at least."""
    chosen = rng.permutation(held.speech.max() + 1)[: k + m]
    kept = rng.random(held.speech.size) < keep
    rows = []
    for place, speech in enumerate(chosen):
        own = np.flatnonzero(held.speech == speech)
        left = own if place < k else own[kept[own]]
        rows.append(held.counts[left if left.size else rng.choice(own, 1)].sum(axis=0))
    return np.array(rows)


def theme_rows(counts: np.ndarray, themes: np.ndarray, k: int) -> list[tuple[np.ndarray, ...]]:
    """(hits before, tokens before, hits after, tokens after) of every theme."""
    hits, tokens = counts @ themes, counts.sum(axis=1)
    return [(hits[:k, theme], tokens[:k], hits[k:, theme], tokens[k:]) for theme in range(THEMES)]


def one_theme(rng, runs, *, span, k, m, keep=1.0):
    found = [row for _ in range(runs) for row in theme_rows(drawn(sentences(span), k, m, rng, keep=keep), sentences(span).themes, k)]
    ps = [p for row in found if (p := shift(*row).p) is not None]
    return {OURS: (sum(p <= 0.05 for p in ps), len(found)), "token G2": (sum(token_p(row) <= 0.05 for row in found), len(found))}


def any_verdict(rng, runs, *, span, k, m, keep=1.0):
    ours = naive = 0
    for _ in range(runs):
        rows = theme_rows(drawn(sentences(span), k, m, rng, keep=keep), sentences(span).themes, k)
        shifts = [shift(*row) for row in rows]
        tested = [one for one in shifts if one.p is not None]
        qs = benjamini_hochberg([one.p for one in tested])
        ours += any(judge(one, q) in ("rose", "fell") for one, q in zip(tested, qs, strict=True))
        naive += min(benjamini_hochberg([token_p(row) for row in rows])) <= 0.05
    return {OURS: (ours, runs), "token G2 -> BH": (naive, runs)}


def any_star(rng, runs, *, span, k, m, keep=1.0):
    found = [starred(present(drawn(sentences(span), k, m, rng, keep=keep)), k, rng) for _ in range(runs)]
    return {name: (sum(bool(stars[i].any()) for stars in found), runs) for i, name in enumerate(NAMES)}


def present(counts: np.ndarray) -> np.ndarray:
    """The words that are said at all."""
    return counts[:, counts.sum(axis=0) > 0]


def parted(rng, runs, *, span, k, m, keep=1.0):
    pairs = [np.split(present(drawn(sentences(span), k, m, rng, keep=keep)), [k]) for _ in range(runs)]
    ours = sum((divergence(*pair, n_permutations=79, rng=rng).p or 1) <= 0.05 for pair in pairs)
    return {OURS: (ours, runs), "whole speeches exchanged": (sum(bool(exchanged_without_thinning(*pair, rng) <= 0.05) for pair in pairs), runs)}


def planted_words(rng, runs, *, span, k):
    """(false stars, stars, found, planted) by method."""
    counted = np.zeros((len(NAMES), 4), dtype=int)
    for _ in range(runs):
        counts, true = plant(present(drawn(sentences(span), k, k, rng)), k, rng)
        for i, stars in enumerate(starred(counts, k, rng)):
            counted[i] += ((stars & ~true).sum(), stars.sum(), (stars & true).sum(), PLANTED)
    return counted


def false_stars(rng, runs, *, span, k):
    return {name: (int(false), max(1, int(stars))) for name, (false, stars, _, _) in zip(NAMES, planted_words(rng, runs, span=span, k=k), strict=True)}


def words_found(rng, runs, *, span, k):
    return {name: (int(found), int(of)) for name, (_, _, found, of) in zip(NAMES, planted_words(rng, runs, span=span, k=k), strict=True)}


SIDES = {"10/10": {"k": 10, "m": 10}, "3/12": {"k": 3, "m": 12}, "10/10, a tenth kept": {"k": 10, "m": 10, "keep": 0.1}}
SOTU, UN = list(SPANS)[:2]


def _cells(what, run, allowed, runs, naive, *, spans=tuple(SPANS)):
    return [
        Cell(
            CLAIM,
            f"{span}, {sides}, {what}",
            "false alarms",
            partial(run, span=span, **settings),
            allowed,
            runs,
            naive if sides == "10/10" and span in (SOTU, UN) else {},
        )
        for span in spans
        for sides, settings in SIDES.items()
    ]


CELLS = (
    *_cells("one theme", one_theme, (0, 0.08), (20, 300), {"token G2": 0.2}),
    *_cells("any verdict", any_verdict, (0, 0.08), (20, 300), {"token G2 -> BH": 0.4}),
    *_cells("any star", any_star, (0, 0.10), (5, 60), {"token G2 -> BH": 0.6}, spans=(SOTU, UN)),
    *_cells("distance", parted, (0, 0.08), (5, 200), {}, spans=(SOTU, UN)),
    Cell(CLAIM, f"{SOTU}, 10/10, 40 words at 3:1", "false discoveries", partial(false_stars, span=SOTU, k=10), (0, 0.10), (8, 60), {"token G2 -> BH": 0.25}),
    Cell(CLAIM, f"{SOTU}, 10/10, 40 words at 3:1", "power", partial(words_found, span=SOTU, k=10), (0.15, 1), (8, 60)),
)
