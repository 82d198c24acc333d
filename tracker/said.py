"""The words of a speech that count, in a row, with what joins each to the next: what phrases are found in."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tracker.counts import Scope, scope_ranges
from tracker.lexicon.themes import JOIN
from tracker.numbered import Numbered
from tracker.speech import Segment
from tracker.tokens import CJK, Tokens

FOLLOWS, EDGE, ALONE = 1, 2, 4
SET_PHRASE = 4
"""Characters of one Chinese word that is a phrase by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class SaidRow:
    """The tokens of one scope of a speech.

    Args:
        numbers: The types of the speech in order of appearance, by their numbers in the vocabulary.
        which: For every token the place of its type among them.
        place: For every token its number in the speech.
        flags: For every token: FOLLOWS where the next may continue a phrase, EDGE where it may begin or end one, ALONE where it is one.
    """

    numbers: array[int]
    which: array[int]
    place: array[int]
    flags: bytes


def said_row(tokens: Tokens, segments: Sequence[Segment], numbers: array[int], gone: AbstractSet[int], scope: Scope, *, institutions: bool) -> SaidRow:
    """Put the tokens of a scope in a row.

    Args:
        tokens: The speech's tokens.
        segments: Its segments.
        numbers: Its types in order of appearance, by their numbers in the vocabulary.
        gone: Tokens of themes left out.
        scope: Whose words.
        institutions: Whether institutional sentences count as the speaker's.
    """
    place = Numbered[str]()
    places = list(map(place.__getitem__, tokens.words))
    set_phrase = [len(word) >= SET_PHRASE and CJK.match(word) is not None for word in place]
    text, starts, ends, content, silent = tokens.text, tokens.starts, tokens.ends, tokens.content, tokens.silent
    joined: dict[str, bool] = {}
    which, stands, flags = array("I"), array("I"), bytearray()
    for first, last in scope_ranges(tokens, segments, scope, institutions=institutions):
        which.extend(places[first:last])
        stands.extend(range(first, last))
        for i in range(first, last):
            flag = 0
            if i not in silent and i not in gone:
                if i + 1 < last:
                    gap = text[ends[i] : starts[i + 1]]
                    if gap not in joined:
                        joined[gap] = not JOIN.sub("", gap)
                    flag = FOLLOWS if joined[gap] else 0
                if content[i]:
                    flag |= EDGE | (ALONE if set_phrase[places[i]] else 0)
            flags.append(flag)
    return SaidRow(numbers, which, stands, bytes(flags))


def to_bytes(row: SaidRow) -> bytes:
    """The row as numbers; the types are those of the speech."""
    return zlib.compress(len(row.flags).to_bytes(4, "little") + row.which.tobytes() + row.place.tobytes() + row.flags, 1)


def from_bytes(held: bytes, numbers: array[int]) -> SaidRow:
    """What `to_bytes` was given, with the numbers of the types of the speech."""
    whole = zlib.decompress(held)
    n = int.from_bytes(whole[:4], "little")
    behind = 4 + 4 * n
    return SaidRow(numbers, array("I", whole[4:behind]), array("I", whole[behind : behind + 4 * n]), whole[behind + 4 * n :])
