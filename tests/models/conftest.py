from collections import Counter

import numpy as np
import pytest

from tracker.matrix import TermMatrix, build

THEMES = ("harbour", "harvest", "schooling", "railway")


def planted_matrix(*, speeches: int = 12, passages: int = 6, tokens: int = 60, themes: int = 3, random_state: int = 0) -> TermMatrix:
    """Passages that are each mostly about one theme of 20 words, with 20 words that all share."""
    rng = np.random.default_rng(random_state)
    words = [[f"{theme}{n:02d}" for n in range(20)] for theme in THEMES[:themes]]
    common = [f"common{n:02d}" for n in range(20)]
    zipf = 1 / np.arange(1, 21)
    units, ids, speech = [], [], []
    for s in range(speeches):
        for p in range(passages):
            own = words[(s + p) % themes]
            drawn = [str(rng.choice(own if rng.random() < 0.8 else common, p=zipf / zipf.sum())) for _ in range(tokens)]
            units.append(Counter(drawn))
            ids.append(f"s{s:02d}/{p:02d}")
            speech.append(f"s{s:02d}")
    return build(units, ids, speech, {name: name for name in speech})


def invented_matrix(
    *, speeches: int = 40, passages: int = 8, tokens: int = 60, terms: int = 300, planted: int = 4, state: int = 0
) -> tuple[TermMatrix, np.ndarray, np.ndarray]:
    """Passages drawn from LDA itself with sparse topics: the matrix, the true topics and the true shares."""
    rng = np.random.default_rng(state)
    topics = rng.dirichlet(np.full(terms, 0.05), size=planted)
    shares = rng.dirichlet(np.full(planted, 0.15), size=speeches * passages)
    drawn = [rng.multinomial(tokens, share @ topics / (share @ topics).sum()) for share in shares]
    names = [f"s{i // passages:03d}/{i % passages:03d}" for i in range(len(shares))]
    units = [{f"w{w:04d}": int(row[w]) for w in np.flatnonzero(row)} for row in drawn]
    matrix = build(units, names, [name[:4] for name in names], {name[:4]: name[:4] for name in names})
    return matrix, topics[:, [int(term[1:]) for term in matrix.terms]], shares


@pytest.fixture(scope="session")
def invented():
    return invented_matrix


@pytest.fixture(scope="session")
def planted() -> TermMatrix:
    return planted_matrix()


@pytest.fixture(scope="session")
def two_speeches() -> TermMatrix:
    units = [{"quay": 3, "ferry": 2, "levy": 1}, {"orchard": 3, "barley": 2, "levy": 1}]
    return build(units, ["a", "b"], ["a", "b"], {"a": "a", "b": "b"})
