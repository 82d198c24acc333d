"""Where themes are mentioned in a tokenised text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tracker.languages import UNSPACED, word_spans
from tracker.lexicon.themes import JOIN, JOINERS, Lexicon
from tracker.tokens import CJK, Tokens, fold

_MOST_WORDS = 1_000_000  # word types remembered per matcher


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a theme is mentioned.

    Args:
        theme: The theme's id.
        term: The matching term as written in the file.
        core: Whether a core term stands in it.
        start: Offset of its first character in the text.
        end: Offset behind its last character.
        first: Index of its first token.
        last: Index behind its last token.
        core_tokens: Indices of its tokens that a core term matches, e.g. two of three where a longer term holds the core term.
        words: Its words as they are compared: case-folded, joined by spaces; Chinese as it stands in the text.
    """

    theme: str
    term: str
    core: bool
    start: int
    end: int
    first: int
    last: int
    core_tokens: tuple[int, ...] = ()
    words: str = ""


CJK_LANGUAGES = frozenset({"zh", *UNSPACED})


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A compiled term: words as (stem, any ending), what else than white space and hyphens stands between them, and the word to look for."""

    theme: str
    term: str
    core: bool
    words: tuple[tuple[str, bool], ...]
    gaps: tuple[str, ...] = ()
    anchor: int = 0
    substring: re.Pattern[str] | None = None

    @property
    def exactness(self) -> tuple[int, str]:
        """Sorts the more exact of two terms that match the same words first."""
        return (sum(any_ending - len(stem) for stem, any_ending in self.words), self.term)


def _compile(theme: str, term: str, *, core: bool, language: str) -> _Pattern:
    if CJK.search(term):
        parts = JOIN.split(fold(term).replace("*", "").strip())
        pattern = f"[{JOINERS}]+".join(map(re.escape, parts))
        return _Pattern(theme, term, core, (("".join(parts), False),), substring=re.compile(pattern, re.IGNORECASE))
    spans = word_spans(term, "en" if language in CJK_LANGUAGES else language)  # as the texts are split: `l'énergie` is two words in French
    gaps = [term[end:start] for (_, end), (start, _) in zip(spans, [*spans[1:], (len(term), 0)], strict=True)]
    words = tuple((fold(term[start:end]), gap.startswith("*")) for (start, end), gap in zip(spans, gaps, strict=True))
    anchor = max(range(len(words)), key=lambda index: len(words[index][0]))  # the longest word of a phrase is the rarest
    return _Pattern(theme, term, core, words, tuple(JOIN.sub("", gap.removeprefix("*")) for gap in gaps[:-1]), anchor)


class _Matcher(dict[str, tuple[_Pattern, ...]]):
    """Word -> the patterns whose anchor it can be, worked out once per type, so that a pass costs one look-up per token."""

    def __init__(self, patterns: Iterable[_Pattern]) -> None:
        super().__init__()
        self.substrings: list[_Pattern] = []
        self.exact: dict[str, list[_Pattern]] = {}
        self.stems: dict[str, list[_Pattern]] = {}
        for pattern in patterns:
            if pattern.substring:
                self.substrings.append(pattern)
            else:
                stem, any_ending = pattern.words[pattern.anchor]
                (self.stems if any_ending else self.exact).setdefault(stem, []).append(pattern)
        self.longest = max(map(len, self.stems), default=0)

    def __missing__(self, word: str) -> tuple[_Pattern, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = list(self.exact.get(word, ()))
        if word.endswith("'s"):
            found += [pattern for pattern in self.exact.get(word[:-2], ()) if pattern.anchor == len(pattern.words) - 1]
        found += [pattern for length in range(1, min(len(word), self.longest) + 1) for pattern in self.stems.get(word[:length], ())]
        result = self[word] = tuple(found)
        return result


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A match before longer ones of its theme have been preferred."""

    start: int
    end: int
    first: int
    last: int
    letters: int
    pattern: _Pattern

    @property
    def rank(self) -> tuple[int, int, int, tuple[int, str]]:
        """Sorts the longest first, then the earliest, then the most exact."""
        return (self.first - self.last, -self.letters, self.start, self.pattern.exactness)


@lru_cache(maxsize=64)
def _matcher(lexicon: Lexicon, language: str) -> _Matcher:
    terms = ((theme.id, term, core) for theme in lexicon.themes for term, core in theme.vocabulary(language))
    return _Matcher(_compile(theme, term, core=core, language=language) for theme, term, core in terms)


def match(lexicon: Lexicon, tokens: Tokens) -> tuple[Hit, ...]:
    r"""Return every mention of every theme, sorted by start and theme.

    Words match as they stand (surface forms, any case, with or without a possessive `'s`); `*` is any ending; inside a phrase any
    run of white space and hyphens is the same, any other character breaks it. Chinese and Japanese terms match as substrings.
    Within a theme the longest match goes first and a token belongs to one hit; themes never influence each other.

    Example:
        >>> from tracker.lexicon.themes import parse_themes
        >>> from tracker.tokens import tokenise
        >>> lexicon = parse_themes('[themes.rail]\nterms = ["rail*", "high speed rail*"]', "themes.toml")
        >>> [(hit.term, hit.start, hit.end) for hit in match(lexicon, tokenise("High-speed railways, and rails.", "en"))]
        [('high speed rail*', 0, 19), ('rail*', 25, 30)]
    """
    return _of_themes(list(_candidates(lexicon, tokens)), tokens)


def match_terms(lexicon: Lexicon, tokens: Tokens) -> tuple[Hit, ...]:
    r"""Return every occurrence of every term, each term for itself, sorted by start, theme and term.

    Unlike in `match` a longer term takes nothing from a shorter one inside it: whether and how often a word is said does not
    depend on the other words of the list.

    Example:
        >>> from tracker.lexicon.themes import parse_themes
        >>> from tracker.tokens import tokenise
        >>> lexicon = parse_themes('[themes.power]\nterms = ["energy", "clean energy"]', "themes.toml")
        >>> [hit.term for hit in match_terms(lexicon, tokenise("Clean energy.", "en"))]
        ['clean energy', 'energy']
    """
    return _of_terms(list(_candidates(lexicon, tokens)), tokens)


def mentions(lexicon: Lexicon, tokens: Tokens) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """Return what `match` and what `match_terms` return, in one pass over the tokens."""
    candidates = list(_candidates(lexicon, tokens))
    return _of_themes(candidates, tokens), _of_terms(candidates, tokens)


def _of_themes(candidates: Iterable[_Candidate], tokens: Tokens) -> tuple[Hit, ...]:
    themes: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        themes.setdefault(candidate.pattern.theme, []).append(candidate)
    hits = [hit for held in themes.values() for hit in _resolve(held, tokens)]
    return tuple(sorted(_heard(hits, tokens), key=lambda hit: (hit.start, hit.theme)))


def _of_terms(candidates: Iterable[_Candidate], tokens: Tokens) -> tuple[Hit, ...]:
    terms: dict[tuple[str, str], list[_Candidate]] = {}
    for candidate in candidates:
        terms.setdefault((candidate.pattern.theme, candidate.pattern.term), []).append(candidate)
    hits = [hit for held in terms.values() for hit in _resolve(held, tokens)]
    return tuple(sorted(_heard(hits, tokens), key=lambda hit: (hit.start, hit.theme, hit.term)))


def _heard(hits: list[Hit], tokens: Tokens) -> list[Hit]:
    """Leave out what stands in boilerplate lines alone."""
    return [hit for hit in hits if not tokens.silent.issuperset(range(hit.first, hit.last))] if tokens.silent else hits


def _candidates(lexicon: Lexicon, tokens: Tokens) -> Iterator[_Candidate]:
    """Yield every place where a term matches, overlapping or not."""
    matcher = _matcher(lexicon, tokens.language)
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    for anchor in [index for index, word in enumerate(words) if matcher[word]]:
        for pattern in matcher[words[anchor]]:
            first = anchor - pattern.anchor
            if len(pattern.words) == 1 or _is_phrase(pattern, tokens, first):
                last = first + len(pattern.words)
                letters = sum(ends[i] - starts[i] for i in range(first, last))
                yield _Candidate(starts[first], ends[last - 1], first, last, letters, pattern)
    if matcher.substrings and CJK.search(tokens.text):
        for pattern in matcher.substrings:
            yield from _substrings(pattern, tokens)


def _is_phrase(pattern: _Pattern, tokens: Tokens, first: int) -> bool:
    """Whether all words of a phrase and what stands between them match from token `first` on."""
    last = first + len(pattern.words) - 1
    if first < 0 or last >= len(tokens.words):
        return False
    for index, (stem, any_ending) in enumerate(pattern.words, first):
        word = tokens.words[index]
        if word != stem and not (any_ending and word.startswith(stem)) and not (index == last and word == f"{stem}'s"):
            return False
    return all(JOIN.sub("", tokens.text[tokens.ends[i] : tokens.starts[i + 1]]) == gap for i, gap in enumerate(pattern.gaps, first))


def _substrings(pattern: _Pattern, tokens: Tokens) -> Iterator[_Candidate]:
    """Yield the matches of a Chinese or Japanese term, with the tokens they touch."""
    if pattern.substring is None:
        return
    for found in pattern.substring.finditer(tokens.text):
        first = bisect_right(tokens.ends, found.start())
        last = bisect_left(tokens.starts, found.end())
        if first < last:
            yield _Candidate(found.start(), found.end(), first, last, len(JOIN.sub("", found[0])), pattern)


def _resolve(candidates: list[_Candidate], tokens: Tokens) -> Iterator[Hit]:
    """Yield the hits of one theme: longest first, no character twice, no token twice."""
    core = {index for c in candidates if c.pattern.core for index in range(c.first, c.last)}
    behind = 0
    for chosen in sorted(_longest(candidates), key=lambda candidate: candidate.start):
        first = max(chosen.first, behind)
        if first < chosen.last:
            behind = chosen.last
            of_core = tuple(index for index in range(first, chosen.last) if index in core)
            pattern, span = chosen.pattern, (chosen.start, chosen.end)
            words = tokens.text[slice(*span)] if CJK.search(pattern.term) else " ".join(tokens.words[first : chosen.last])
            yield Hit(pattern.theme, pattern.term, bool(of_core), *span, first, chosen.last, of_core, words)


def _longest(candidates: list[_Candidate]) -> Iterator[_Candidate]:
    """Yield candidates that share no character; among those that would, the longest wins."""
    cluster: list[_Candidate] = []
    reach = 0
    for candidate in sorted(candidates, key=lambda candidate: candidate.start):
        if candidate.start >= reach:
            yield from _apart(cluster)
            cluster = []
        cluster.append(candidate)
        reach = max(reach, candidate.end)
    yield from _apart(cluster)


def _apart(cluster: list[_Candidate]) -> list[_Candidate]:
    chosen: list[_Candidate] = []
    for candidate in sorted(cluster, key=lambda candidate: candidate.rank) if len(cluster) > 1 else cluster:
        if all(candidate.end <= other.start or other.end <= candidate.start for other in chosen):
            chosen.append(candidate)
    return chosen
