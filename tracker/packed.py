"""What is counted in a speech as rows of whole numbers: small in memory, and the same bytes in the cache."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern
from typing import get_args, overload

from tracker.counts import Scope, ScopeCounts, SpeechCounts
from tracker.lexicon import Hit, Lexicon
from tracker.numbered import narrow
from tracker.speech import Speech

_WIDTH = 7  # numbers a mention: term, start, end, first, last, core tokens as bits, words
_BITS = 32  # tokens of the longest mention that can be packed
_WHOSE: tuple[Scope, ...] = ("speaker", "all")
_SCOPES: Mapping[str, Scope] = {scope: scope for scope in get_args(Scope)}  # one string for all speeches


class Terms:
    """The terms of all themes, numbered in one order whatever that of the file.

    Args:
        lexicon: The named themes.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        said = ((theme.id, term) for theme in lexicon.themes for held in (theme.core, theme.terms) for words in held.values() for term in words)
        self.names = sorted(set(said))
        self.numbers = {name: number for number, name in enumerate(self.names)}
        self.of: dict[str, set[int]] = {theme.id: set() for theme in lexicon.themes}
        for number, (theme, _) in enumerate(self.names):
            self.of[theme].add(number)
        ids = sorted(self.of)
        self.places = {theme.id: ids.index(theme.id) for theme in lexicon.themes}
        self.silent = ScopeCounts(0, PackedThemes(narrow(2 * len(ids) * [0]), self.places))


class Words(dict[str, int]):
    """The words that terms matched, numbered as they come: a few thousand forms stand for millions of mentions."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[str] = []

    def __missing__(self, form: str) -> int:
        self.forms.append(form)
        number = self[form] = len(self.forms) - 1
        return number


_WORDS = Words()


class PackedHits(Sequence[Hit]):
    """Mentions of themes; each is made when it is asked for.

    Args:
        numbers: Seven a mention.
        terms: What the first of the seven counts.
    """

    __slots__ = ("numbers", "terms")

    def __init__(self, numbers: array[int], terms: Terms) -> None:
        self.numbers, self.terms = numbers, terms

    def __len__(self) -> int:
        return len(self.numbers) // _WIDTH

    def __iter__(self) -> Iterator[Hit]:
        rows = iter(self.numbers)
        for row in zip(*[rows] * _WIDTH, strict=True):
            yield self._hit(row)

    def _hit(self, row: Iterable[int]) -> Hit:
        term, start, end, first, last, bits, words = row
        core = tuple(first + i for i in range(last - first) if bits >> i & 1) if bits else ()
        return Hit(*self.terms.names[term], bool(bits), start, end, first, last, core, _WORDS.forms[words])

    def of(self, theme: str) -> list[Hit]:
        """The mentions of one theme."""
        mine: AbstractSet[int] = self.terms.of.get(theme, frozenset())
        rows = range(0, len(self.numbers), _WIDTH)
        return [self._hit(self.numbers[at : at + _WIDTH]) for at in rows if self.numbers[at] in mine]

    @property
    def words(self) -> set[tuple[str, str]]:
        """(theme, term) of all of them, each once."""
        return {self.terms.names[number] for number in set(self.numbers[::_WIDTH])}

    @property
    def themes(self) -> set[str]:
        """The themes of all of them, each once."""
        return {self.terms.names[number][0] for number in set(self.numbers[::_WIDTH])}

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | Sequence[Hit]:
        if isinstance(at, slice):
            return tuple(self)[at]
        begin = _WIDTH * range(len(self))[at]
        return self._hit(self.numbers[begin : begin + _WIDTH])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class PackedThemes(Mapping[str, tuple[int, int]]):
    """Hits and core hits of every theme.

    Args:
        numbers: Two a theme, by theme id.
        places: Theme id to its place among them, in the order of the lexicon.
    """

    __slots__ = ("numbers", "places")

    def __init__(self, numbers: array[int], places: Mapping[str, int]) -> None:
        self.numbers, self.places = numbers, places

    def __getitem__(self, theme: str) -> tuple[int, int]:
        at = 2 * self.places[theme]
        return self.numbers[at], self.numbers[at + 1]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """All that is counted in one speech.

    Args:
        counts: Theme counts and mentions.
        said: Every occurrence of every term, each for itself (`tracker.lexicon.match_terms`).
        inside: For every token 1 where it is a content token of the headline scope, else 0.
    """

    counts: SpeechCounts
    said: Sequence[Hit]
    inside: bytes


@lru_cache(maxsize=16)
def terms_of(lexicon: Lexicon) -> Terms:
    """The terms of these themes, numbered once."""
    return Terms(lexicon)


def packed(counted: Counted, terms: Terms) -> Counted:
    """The same in few bytes; as it is where a mention is longer than can be packed."""
    longest = max((hit.last - hit.first for hit in (*counted.counts.hits, *counted.said)), default=0)
    if longest > _BITS:
        return counted
    counts, said = counted.counts, _pack_hits(counted.said, terms)
    hits = _pack_hits(counts.hits, terms)
    scopes = {**{scope: _pack_scope(counts.scopes[scope], terms) for scope in _WHOSE}, "none": terms.silent}
    ends = tuple(_pack_scope(end, terms) for end in counts.ends)
    return replace(counted, counts=replace(counts, hits=hits, scopes=scopes, ends=ends), said=hits if said.numbers == hits.numbers else said)


def to_bytes(counted: Counted) -> bytes | None:
    """What `packed` returned, for the cache; None where it could not be packed."""
    counts, said = counted.counts, counted.said
    hits, scopes = counts.hits, [counts.scopes[scope] for scope in _WHOSE]
    if not (isinstance(hits, PackedHits) and isinstance(said, PackedHits)):
        return None
    rows = [scope.themes.numbers for scope in (*scopes, *counts.ends) if isinstance(scope.themes, PackedThemes)]
    mentions = array("I", hits.numbers if said is hits else [*hits.numbers, *said.numbers])
    words = Words()
    for at in range(_WIDTH - 1, len(mentions), _WIDTH):
        mentions[at] = words[_WORDS.forms[mentions[at]]]
    sizes = [len(hits.numbers), said is hits, words.forms]
    told = [counts.scope, counts.scope_reason, counts.speaker_share, counts.speaker_band, [scope.tokens for scope in (*scopes, *counts.ends)], *sizes]
    head = json.dumps(told).encode()
    numbers = array("I")
    for row in (*rows, mentions):
        numbers.extend(row.tolist())
    return zlib.compress(len(head).to_bytes(4, "little") + head + len(counted.inside).to_bytes(4, "little") + counted.inside + numbers.tobytes(), 1)


def from_bytes(held: bytes, speech: Speech, terms: Terms) -> Counted:
    """What was counted in a speech with the same themes."""
    whole = zlib.decompress(held)
    begin = 4 + int.from_bytes(whole[:4], "little")
    scope, reason, share, band, tokens, n_hits, is_same, words = json.loads(whole[4:begin])
    behind = begin + 4 + int.from_bytes(whole[begin : begin + 4], "little")
    numbers, wide = array("I", whole[behind:]), 2 * len(terms.places)
    scopes: list[ScopeCounts] = []
    for i, n in enumerate(tokens):
        row = narrow(numbers[i * wide : (i + 1) * wide])
        same = (one for one in scopes if one.tokens == n and isinstance(one.themes, PackedThemes) and one.themes.numbers == row)
        themes = PackedThemes(row, terms.places) if any(row) else terms.silent.themes
        scopes.append(next(same, None) or ScopeCounts(n, themes))  # of a transcript all words are the speaker's
    mentions, numbered = numbers[len(tokens) * wide :], [_WORDS[form] for form in words]
    for at in range(_WIDTH - 1, len(mentions), _WIDTH):
        mentions[at] = numbered[mentions[at]]
    hits = PackedHits(narrow(mentions[:n_hits]), terms)
    counts = SpeechCounts(
        speech=speech.id,
        event=speech.event_id,
        scope=_SCOPES[scope],
        speaker_share=share,
        scopes={**dict(zip(_WHOSE, scopes, strict=False)), "none": terms.silent},
        hits=hits,
        scope_reason=intern(reason),
        speaker_band=None if band is None else (band[0], band[1]),
        ends=tuple(scopes[len(_WHOSE) :]),
    )
    return Counted(counts, hits if is_same else PackedHits(narrow(mentions[n_hits:]), terms), whole[begin + 4 : behind])


def _pack_scope(scope: ScopeCounts, terms: Terms) -> ScopeCounts:
    numbers = array("I", bytes(8 * len(terms.places)))
    for theme, pair in scope.themes.items():
        at = 2 * terms.places[theme]
        numbers[at : at + 2] = array("I", pair)
    return ScopeCounts(scope.tokens, PackedThemes(narrow(numbers), terms.places))


def _pack_hits(hits: Sequence[Hit], terms: Terms) -> PackedHits:
    numbers = array("I")
    for hit in hits:
        bits = sum(1 << i - hit.first for i in hit.core_tokens)
        numbers.extend((terms.numbers[hit.theme, hit.term], hit.start, hit.end, hit.first, hit.last, bits, _WORDS[hit.words]))
    return PackedHits(narrow(numbers), terms)
