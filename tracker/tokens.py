"""A text cut into tokens: where each stands, its case-folded word, its term (lemma), and whether it carries content."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter

from tracker.languages import cut_words, lemma, stop_words, words_of
from tracker.patterns import regex

# Scripts written without spaces: Han with its extensions, kana. One character can be a word there.
CJK = regex("[\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ONE_SYLLABLE = regex("[\uac00-\ud7af]")  # one Korean syllable can be a word too
# Arabic vowel signs and the stroke that only lengthens a word, Hebrew points, the loose dot of a Turkish capital: writers leave them out at will.
_POINTS = "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0307" + "".join(map(chr, range(0x0591, 0x05BE)))
_PLAIN = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\uff07", "'") | dict.fromkeys(f"\u00ad{_POINTS}"))
_PARTS = itemgetter(0), itemgetter(1), itemgetter(2)  # word, term, content
_MOST_TYPES = 200_000  # remembered per language, about 90 MB: a corpus of millions of speeches stays within memory
_MOST_WORDS = 50_000  # of those of which only is asked whether they count: told as fast as looked up in so large a table


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of one text, as parallel lists in order of appearance; to be read only.

    Args:
        text: The text, unchanged.
        language: ISO 639-1 code, or "und".
        starts: Offset of each token's first character in `text`.
        ends: Offset behind each token's last character.
        words: Case-folded surface form; typographic apostrophes are `'`.
        terms: Lemma, for counting words.
        content: Whether the token carries content: it has a letter and is no function word, no number and no single letter.
        silent: Indices of tokens that are left out of counting altogether (recurring lines); they carry no content.
    """

    text: str
    language: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    terms: list[str]
    content: list[bool]
    silent: frozenset[int] = frozenset()


def tokenise(text: str, language: str) -> Tokens:
    """Return the tokens of a text.

    Args:
        text: Any text; never changed.
        language: ISO 639-1 code, or "und" (words are then their own lemmas and no word is a function word).

    Raises:
        TrackerError: The language needs an extra that is not installed.

    Example:
        >>> tokens = tokenise("The harbour’s 12 cranes", "en")
        >>> tokens.words
        ['the', "harbour's", '12', 'cranes']
        >>> tokens.content
        [False, True, False, True]
    """
    written, starts, ends = cut_words(text, language)
    found = list(map(_types(language).__getitem__, written))  # by maps, not comprehensions: no step of Python for each token
    words, terms, content = (list(map(part, found)) for part in _PARTS)
    return Tokens(text, language, starts, ends, words, terms, content)


def count_content(text: str, language: str) -> int:
    """Return how many tokens of a text carry content, without making the tokens.

    Raises:
        TrackerError: The language needs an extra that is not installed.

    Example:
        >>> count_content("The harbour’s 12 cranes", "en")
        2
    """
    return sum(map(_content(language).__getitem__, words_of(text, language)))  # no lemma is asked for: a dictionary of lemmas takes long to load


def token_range(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Return the indices (first, behind last) of the tokens that begin in text[start:end]."""
    first = bisect_left(tokens.starts, start)
    return first, max(first, bisect_left(tokens.starts, end))


def without(tokens: Tokens, spans: Iterable[tuple[int, int]]) -> Tokens:
    """Return the tokens with those of some stretches of the text left out of counting: no content, no theme."""
    silent = frozenset(i for start, end in spans for i in range(*token_range(tokens, start, end)))
    if not silent:
        return tokens
    return replace(tokens, content=[held and i not in silent for i, held in enumerate(tokens.content)], silent=tokens.silent | silent)


def fold(word: str) -> str:
    """Return the form in which words are compared: composed, case-folded, with straight apostrophes, without soft hyphens and vowel points.

    Example:
        >>> fold("Country’s")
        "country's"
    """
    return unicodedata.normalize("NFC", word.casefold()).translate(_PLAIN)


class _Types(dict[str, tuple[str, str, bool]]):
    """Surface form -> (word, term, content), worked out once per type: texts repeat their words."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stops = stop_words(language)

    def __missing__(self, surface: str) -> tuple[str, str, bool]:
        if len(self) >= _MOST_TYPES:
            self.clear()
        word = fold(surface)
        term = fold(lemma(word, self.language)) if _has_letters(word) else word
        found = self[surface] = (word, term or word, carries_content(word, self.stops))
        return found


class _Content(dict[str, bool]):
    """Surface form -> whether it carries content, worked out once per type."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.stops = stop_words(language)

    def __missing__(self, surface: str) -> bool:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[surface] = carries_content(fold(surface), self.stops)
        return found


def carries_content(word: str, stops: AbstractSet[str]) -> bool:
    """Whether a word counts: it has a letter, more than one unless one is a word by itself, and is no function word.

    Args:
        word: As `fold` gives it.
        stops: The function words of its language.
    """
    return _has_letters(word) and word not in stops and (len(word) > 1 or bool(CJK.match(word) or _ONE_SYLLABLE.match(word)))


def _has_letters(word: str) -> bool:
    return any(map(str.isalpha, word))


@lru_cache(maxsize=64)
def _content(language: str) -> _Content:
    return _Content(language)


@lru_cache(maxsize=64)
def _types(language: str) -> _Types:
    return _Types(language)
