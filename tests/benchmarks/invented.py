"""Invented speeches in the place of real ones, where the corpora do not lie beside the checkout."""

from __future__ import annotations

from typing import Any

import numpy as np

from tracker.synthetic import Lengths, PlantedTheme, simulate_speeches

WORDS = {
    "harbour": ("harbour", "quay", "lighthouse", "ferry"),
    "orchard": ("orchard", "apple", "blossom", "cider"),
    "railway": ("railway", "locomotive", "platform", "signal"),
    "glacier": ("glacier", "avalanche", "crevasse", "icefall"),
    "theatre": ("theatre", "rehearsal", "curtain", "applause"),
    "vineyard": ("vineyard", "grape", "cellar", "barrel"),
}
SHARES = (0.01, 0.02, 0.03, 0.01, 0.01, 0.01)
THEMES = {name: " ".join(words) for name, words in WORDS.items()}


def invented_records(n: int, *, random_state: int = 1, passages: float = 6.0) -> list[dict[str, Any]]:
    """n speeches in which nothing differs but chance, with a day each, as the corpora have them."""
    themes = tuple(PlantedTheme(name, name, words, share, share) for (name, words), share in zip(WORDS.items(), SHARES, strict=True))
    corpus = simulate_speeches(n - n // 2, n // 2, themes=themes, lengths=Lengths(median_passages=passages), rng=np.random.default_rng(random_state))
    return [{"id": s.key, "date": s.day.isoformat(), "text": s.text, "lang": "en"} for s in corpus.speeches]
