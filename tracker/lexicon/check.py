"""What `tracker themes check` looks at: themes that share words, and words that carry a theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from tracker.lexicon.match import match
from tracker.lexicon.themes import Lexicon
from tracker.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two themes that count the same tokens.

    Args:
        themes: Their ids, sorted.
        tokens: Content tokens that both count.
        share: `tokens` over the hits of the smaller theme, 0-1.
        words: The shared words, most frequent first, five at the most.
    """

    themes: tuple[str, str]
    tokens: int
    share: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordShare:
    """One surface form and what it supplies to a theme.

    Args:
        word: The matched words, case-folded, joined by spaces.
        term: The term that matched, as written in the file.
        hits: Content tokens it supplies.
        share: `hits` over all hits of the theme, 0-1.
    """

    word: str
    term: str
    hits: int
    share: float


def overlaps(lexicon: Lexicon, texts: Iterable[Tokens]) -> tuple[Overlap, ...]:
    """Return the pairs of themes that share content tokens in these texts, most shared tokens first.

    Themes are counted independently, so sharing is allowed; it tells that two themes partly measure the same words.
    """
    totals: Counter[str] = Counter()
    shared: dict[tuple[str, str], Counter[str]] = {}
    for tokens in texts:
        owners: dict[int, list[str]] = {}
        for hit in match(lexicon, tokens):
            for index in range(hit.first, hit.last):
                if tokens.content[index]:
                    owners.setdefault(index, []).append(hit.theme)
        for index, themes in owners.items():
            totals.update(themes)
            for pair in combinations(sorted(themes), 2):
                shared.setdefault(pair, Counter())[tokens.words[index]] += 1
    found = [
        Overlap(pair, words.total(), words.total() / min(totals[theme] for theme in pair), tuple(sorted(words, key=lambda w: (-words[w], w))[:5]))
        for pair, words in shared.items()
    ]
    return tuple(sorted(found, key=lambda overlap: (-overlap.tokens, overlap.themes)))


def word_shares(lexicon: Lexicon, texts: Iterable[Tokens]) -> dict[str, tuple[WordShare, ...]]:
    """Return, for every theme, what each surface form supplies to its hits, largest share first; empty without hits.

    Caution:
        A word with more than half of a theme's hits decides alone how the theme moves.
    """
    counts: dict[str, Counter[tuple[str, str]]] = {theme.id: Counter() for theme in lexicon.themes}
    for tokens in texts:
        for hit in match(lexicon, tokens):
            counts[hit.theme][hit.words, hit.term] += sum(tokens.content[hit.first : hit.last])
    return {theme: _shares(words) for theme, words in counts.items()}


def _shares(words: Counter[tuple[str, str]]) -> tuple[WordShare, ...]:
    total = words.total()
    rows = [WordShare(word, term, hits, hits / total) for (word, term), hits in words.items() if hits]
    return tuple(sorted(rows, key=lambda row: (-row.hits, row.word, row.term)))
