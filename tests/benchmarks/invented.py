"""Invented speeches in the place of real ones, where the corpora do not lie beside the checkout."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
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
HEAPS, K, DAYS = 0.6, 4.0, 27_000
"""Types = K * tokens ** HEAPS: 12,000 in 0.6 million words, 180,000 in 58 million, as newspapers and parliaments have them."""
SHARES = (0.01, 0.02, 0.03, 0.01, 0.01, 0.01)
THEMES = {name: " ".join(words) for name, words in WORDS.items()}


def invented_records(n: int, *, random_state: int = 1, passages: float = 6.0) -> list[dict[str, Any]]:
    """n speeches in which nothing differs but chance, with a day each, as the corpora have them."""
    themes = tuple(PlantedTheme(name, name, words, share, share) for (name, words), share in zip(WORDS.items(), SHARES, strict=True))
    corpus = simulate_speeches(n - n // 2, n // 2, themes=themes, lengths=Lengths(median_passages=passages), rng=np.random.default_rng(random_state))
    return [{"id": s.key, "date": s.day.isoformat(), "text": s.text, "lang": "en"} for s in corpus.speeches]


def grown_records(n: int, sentences: Sequence[str], *, words: int = 340, random_state: int = 1) -> Iterator[dict[str, str]]:
    """n speeches of real sentences whose vocabulary goes on growing as that of real texts does: types about k * tokens ** HEAPS.

    A corpus of repeated sentences has soon said all its words. So a word is replaced by one that nobody said before, at the rate at which new words
    appear in texts of that length, and by one of those invented earlier, the older the likelier, as often again as real texts repeat their rare words.

    Args:
        n: How many; they are made one by one, and any number can be.
        sentences: What they are made of.
        words: Words of a speech, about.
        random_state: Decides everything.
    """
    chance = random.Random(random_state)  # noqa: S311 - the same speeches every time
    said, invented, owed = 0, 0, 0.0
    for number in range(n):
        told: list[str] = []
        while len(told) < words:
            told += chance.choice(sentences).split()
        owed += K * ((said + len(told)) ** HEAPS - said**HEAPS)
        said += len(told)
        fresh, owed = int(owed), owed % 1
        for place in chance.sample(range(len(told)), min(fresh, len(told))):
            told[place] = _word(invented)
            invented += 1
        for place in chance.sample(range(len(told)), len(told) // 50 if invented else 0):
            told[place] = _word(int(invented * chance.random() ** 2))
        day = (date(1950, 1, 1) + timedelta(days=number * DAYS // n if n < DAYS else number % DAYS)).isoformat()  # nobody gives many speeches on one day
        yield {"id": f"g{number:07}", "date": day, "speaker": f"Speaker {number % 997}", "language": "en", "text": f"Speech {number}. {' '.join(told)}"}


def _word(number: int) -> str:
    """A word of its own for every number: syllables, consonant and vowel."""
    syllables = []
    while number or len(syllables) < 3:
        number, rest = divmod(number, 80)
        syllables.append("bdfghklmnprstvwz"[rest // 5] + "aeiou"[rest % 5])
    return "".join(syllables)
