"""One name in two spellings: with its accents, and as a newsroom without them writes it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from tracker.patterns import regex

_LETTERS = str.maketrans({"ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ß": "ss", "ı": "i", "ŋ": "ng", "ə": "e"})
_WORD = regex(r"[^\W\d_]+")
_CAPITALISED = regex(r"\b[^\W\d_a-z][^\W\d_]+")


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """Return a word in small letters without accents.

    Example:
        >>> folded("Þórður"), folded("Łoś"), folded("Işık")
        ('thordur', 'los', 'isik')
    """
    plain = word.casefold() if "ß" not in word else word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", plain.translate(_LETTERS)) if not unicodedata.combining(c))


def as_spelled(name: str, text: str) -> str:
    """Return a name as the text spells it: a word that the text has only with other accents, or without them, in its most frequent spelling there.

    Args:
        name: A name as the user or another text spells it.
        text: The text in which it is to be found.

    Example:
        >>> as_spelled("Hallgerður Ægisdóttir", "Hallgerdur Aegisdottir said so."), as_spelled("Jose Lima", "José Lima, said José.")
        ('Hallgerdur Aegisdottir', 'José Lima')
    """
    missing = {word for word in _WORD.findall(name) if word not in text and word[:1].isupper()}
    if not missing or (name.isascii() and text.isascii()):
        return name
    found: dict[str, Counter[str]] = {}
    for word in _CAPITALISED.findall(text):
        found.setdefault(folded(word), Counter())[word] += 1
    spelled = {word: _most_frequent(found.get(folded(word))) or word for word in missing}
    return _WORD.sub(lambda match: spelled.get(match[0], match[0]), name)


def _most_frequent(spellings: Counter[str] | None) -> str:
    """The spelling met most often, of equals the first in the alphabet; words all in capitals only when there is no other."""
    if not spellings:
        return ""
    return min(spellings, key=lambda word: (word.isupper() and len(word) > 1, -spellings[word], word))
