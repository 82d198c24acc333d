"""How much two texts share: runs of words, what of the shorter stands in the longer, and fingerprints that find such pairs."""

from __future__ import annotations

import hashlib
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil

from tracker.patterns import regex

RUN, RUN_OF_CHARACTERS = 3, 6  # words of a run; characters in scripts written without spaces
WINDOW = 16  # of this many neighbouring runs one is remembered
SHORTEST = 50  # runs; a shorter text is no copy on another day, be it word for word
SAME = 0.98  # of the shorter text's runs: a copy, whatever the dates
SHARED = 0.4  # of the shorter text's runs: shared text, for one speaker on one day
MANY = 20  # holders of one fingerprint; above, each is weighed against its neighbour only
_MORE = 2  # rare fingerprints looked up beyond those of which one must be shared: then three must be
_KEPT, _LOST = 0.8, 3  # copies of SAME kept 88 % of the fingerprints and more (short texts: all but 2) over 10,000 edited real texts
_FEW = 5  # fingerprints: so short a copy of SAME lacks the first or the last run alone, and lost none or one in 977 of 977 edited real texts

_MOST_WORDS = 50_000  # a word is numbered in less than a microsecond, so that few need be remembered
_MASK, _FACTOR = 2**64 - 1, 0x9E3779B97F4A7C15
_PIECE = regex(r"[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]+")
_APART = {sign: " " for sign in range(128) if not chr(sign).isalnum()}  # of plain ASCII, several times faster than _PIECE
_FIRST_HAN = "\u3040"
_HAN = regex(r"[\u3040-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share.

    Args:
        contained: Share of the shorter text's different runs that stand in the longer, 0-1.
        jaccard: Shared runs over all runs of both, 0-1.
    """

    contained: float
    jaccard: float


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What is remembered of a text to find its copies without reading it again.

    Args:
        runs: How many different runs it has.
        same: Fingerprint of all its words in order; equal for texts that differ in marks, capitals and spaces only.
        prints: Some of its runs, so chosen that two texts which share RUN + WINDOW - 1 words in a row share one.
    """

    runs: int
    same: str
    prints: array[int]


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The fingerprints by which a text is looked for, and by which it is found.

    Args:
        own: All of them.
        rare: So few of them, the rarest, that a longer text which shares enough of all has `needed` of these.
        needed: How many.
    """

    own: Sequence[int]
    rare: frozenset[int]
    needed: int


def runs_of(text: str) -> frozenset[int]:
    """Return the different runs of RUN words (RUN_OF_CHARACTERS characters in Chinese or Japanese), as numbers; one for a shorter text.

    Example:
        >>> len(runs_of("We open the harbour.") & runs_of("Today we open the harbour, friends"))
        2
    """
    return frozenset(_runs(_pieces(text)))


def overlap(a: frozenset[int], b: frozenset[int]) -> Overlap:
    """Return what two texts share, from their runs; nothing when one of them is empty.

    Example:
        >>> overlap(frozenset({1, 2}), frozenset({2, 3, 4}))
        Overlap(contained=0.5, jaccard=0.25)
    """
    if not a or not b:
        return Overlap(0.0, 0.0)
    both = len(a & b)
    return Overlap(both / min(len(a), len(b)), both / (len(a) + len(b) - both))


def sketch(text: str) -> Sketch:
    """Return the sketch of a text.

    Source:
        Schleimer, Wilkerson and Aiken 2003, "Winnowing", section 3: the least of every WINDOW neighbouring runs is kept.
    """
    pieces = _pieces(text)
    runs = _runs(pieces)
    different = len(set(runs))
    same = hashlib.sha256(" ".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()[:24] if pieces else ""
    return Sketch(different, same, array("I", sorted({run >> 32 for run in _least(runs)})))


def pack(prints: array[int]) -> bytes:
    """Return fingerprints as bytes, the same on every machine."""
    return _little(prints).tobytes()


def unpack(held: bytes) -> array[int]:
    """Return the fingerprints that `pack` wrote."""
    prints = array("I")
    prints.frombytes(held)
    return _little(prints)


def likely_copies(new: Mapping[str, Sketch], everything: Iterable[tuple[str, Sketch]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs (id, id), the smaller first, of which one text may stand in the other; every pair with a member of `new` once.

    Most fingerprints of the shorter text must be the other's too; texts that are alike word for word are named however short they are.

    Args:
        new: Sketches by id, to be looked for.
        everything: All sketches, those of `new` among them.
    """
    known = {name: frozenset(_marks(one)) for name, one in new.items()}
    holders = _by_mark(known)
    rarest = _by_mark({name: _rarest(marks, holders) for name, marks in known.items()})
    wholes: dict[str, list[str]] = {}
    for name, one in new.items():
        wholes.setdefault(one.same, []).append(name)
    least = min((_needed(len(marks)) for marks in known.values() if marks), default=0)
    for name, one in everything:
        found = set(wholes.get(one.same, ())) if one.same else set()
        marks = frozenset(_marks(one))
        if len(marks & holders.keys()) < min(_needed(len(marks)), least):
            marks = frozenset()
        close = {other for mark in _rarest(marks, holders) for other in holders.get(mark, ())}
        close.update(other for mark in marks & rarest.keys() for other in rarest[mark])
        found |= {other for other in close if len(marks & known[other]) >= _needed(min(len(marks), len(known[other])))}
        yield from (_ordered(name, other) for other in sorted(found) if other != name and (name not in new or name < other))


def marks_of(new: Mapping[str, Sketch]) -> dict[str, Marks]:
    """Return by which fingerprints each text is looked for and found; how rare one is, is told by these texts alone.

    Of two texts that `likely_copies` names for their fingerprints, the longer has `needed` of the shorter's `rare`, whichever are taken for rare.
    """
    holders = _by_mark({name: _marks(one) for name, one in new.items()})
    found = {}
    for name, one in new.items():
        own = _marks(one)
        least = _needed(len(own))
        rare = sorted(own, key=lambda mark: (len(holders[mark]), mark))[: len(own) - least + 1 + _MORE]
        found[name] = Marks(own, frozenset(rare), min(least, 1 + _MORE))
    return found


def _by_mark(marks: Mapping[str, Iterable[int]]) -> dict[int, list[str]]:
    """The texts that have a fingerprint, by fingerprint."""
    held: dict[int, list[str]] = {}
    for name, own in marks.items():
        for mark in own:
            held.setdefault(mark, []).append(name)
    return held


def _needed(size: int) -> int:
    """How many fingerprints two texts must share, the shorter of which has `size`."""
    return max(1, min(ceil(_KEPT * size), size - (_LOST if size > _FEW else 1)))


def _rarest(marks: frozenset[int], holders: Mapping[int, Sequence[str]]) -> list[int]:
    """So few of a text's fingerprints, the rarest, that a longer text which shares enough of them shares one of these.

    Lines that many speeches have in common are thus never looked up.

    Source:
        Chaudhuri, Ganti and Kaushik 2006, "A primitive operator for similarity joins in data cleaning", section 3.2 (prefix filter).
    """
    kept = len(marks) - _needed(len(marks)) + 1
    unknown = len(marks) - len(shared := marks & holders.keys())
    return sorted(shared, key=lambda mark: (len(holders[mark]), mark))[: max(0, kept - unknown)]


def sharing(sketches: Mapping[str, Sketch]) -> list[tuple[str, str]]:
    """Return pairs (id, id) of texts that share a fingerprint or all their words, in order; of one that many share only neighbours."""
    holders: dict[int | str, list[str]] = {}
    for name, one in sorted(sketches.items()):
        marks: list[int | str] = [*one.prints]
        for mark in [*marks, one.same] if one.same else marks:
            holders.setdefault(mark, []).append(name)
    pairs: set[tuple[str, str]] = set()
    for names in holders.values():
        reach = len(names) if len(names) <= MANY else 2
        pairs |= {(a, b) for i, a in enumerate(names) for b in names[i + 1 : i + reach]}
    return sorted(pairs)


def _pieces(text: str) -> list[str]:
    """The words of a text, case-folded; every character that is a word of its own."""
    plain = text.casefold()
    return plain.translate(_APART).split() if plain.isascii() else _PIECE.findall(plain)


def _runs(pieces: Sequence[str]) -> list[int]:
    """Every run of the text in order, as 64-bit numbers that are the same on every machine."""
    if not pieces:
        return []
    han = len([piece for piece in pieces if piece >= _FIRST_HAN and len(piece) == 1 and _HAN.match(piece)])
    length = min(len(pieces), RUN_OF_CHARACTERS if 2 * han > len(pieces) else RUN)
    codes = list(map(_CODES.__getitem__, pieces))
    if length == RUN:
        return [((((a ^ b) * _FACTOR & _MASK) ^ c) * _FACTOR) & _MASK for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)]
    runs = codes[: len(codes) - length + 1]
    for step in range(1, length):
        runs = [(run ^ code) * _FACTOR & _MASK for run, code in zip(runs, codes[step:], strict=False)]
    return runs


def _least(runs: list[int]) -> set[int]:
    """The least of every WINDOW neighbours; of fewer runs the least of as many as a doubled window holds."""
    if len(runs) < WINDOW:
        width = 1
        while len(runs) > width:
            runs = list(map(min, runs, runs[width:]))
            width *= 2
        return set(runs)
    least = min(runs[:WINDOW])
    at = WINDOW - 1 - runs[WINDOW - 1 :: -1].index(least)
    kept = {least}
    for place, run in enumerate(islice(runs, WINDOW, None), WINDOW):
        if run <= least:
            least, at = run, place
        elif at == place - WINDOW:  # it has left the window
            window = runs[at + 1 : place + 1]
            least = min(window)
            at = place - window[::-1].index(least)
        else:
            continue
        kept.add(least)
    return kept


class _Codes(dict[str, int]):
    """Word -> number, worked out once a word: texts repeat their words."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        code = self[word] = zlib.crc32(word.encode("utf-8", "surrogatepass")) * _FACTOR & _MASK
        return code


_CODES = _Codes()


def _marks(one: Sketch) -> Sequence[int]:
    """The fingerprints by which a text is looked for on any day."""
    return one.prints if one.runs >= SHORTEST else ()


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _little(prints: array[int]) -> array[int]:
    swapped = array("I", prints)
    if sys.byteorder == "big":
        swapped.byteswap()
    return swapped
