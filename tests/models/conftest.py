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


@pytest.fixture(scope="session")
def planted() -> TermMatrix:
    return planted_matrix()


@pytest.fixture(scope="session")
def two_speeches() -> TermMatrix:
    units = [{"quay": 3, "ferry": 2, "levy": 1}, {"orchard": 3, "barley": 2, "levy": 1}]
    return build(units, ["a", "b"], ["a", "b"], {"a": "a", "b": "b"})
