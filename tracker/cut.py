"""A speech cut into passages with the words of each, and the same in few bytes for the cache."""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from tracker.counts import Scope, scope_ranges
from tracker.numbered import Numbered
from tracker.passages import Passage, split_passages
from tracker.speech import Segment
from tracker.tokens import Tokens


@dataclass(frozen=True, slots=True, eq=False)
class CutSpeech:
    """The passages of one speech.

    Args:
        passages: In order.
        numbers: The types of the speech in order of appearance, by their numbers in the vocabulary.
        places: For every passage the places of its types among them, one passage behind another.
        counts: How often each counts.
        sizes: How many types each passage has.
    """

    passages: tuple[Passage, ...]
    numbers: array[int]
    places: array[int]
    counts: array[int]
    sizes: array[int]


def cut(speech: str, segments: Sequence[Segment], tokens: Tokens, numbers: array[int], *, scope: Scope, size: int, institutions: bool) -> CutSpeech:
    """Cut a speech into passages and count the words of each.

    Args:
        speech: The speech's id.
        segments: Its segments, in order.
        tokens: Its tokens.
        numbers: Its types in order of appearance, by their numbers in the vocabulary.
        scope: Whose words.
        size: Content tokens that a passage should reach.
        institutions: Whether institutional sentences count as the speaker's.
    """
    passages = tuple(split_passages(speech, segments, tokens, scope=scope, size=size, longest=5 * size // 2, institutions=institutions))
    place = Numbered[str]()
    which = list(map(place.__getitem__, tokens.words))
    places, counts, sizes = array("I"), array("I"), array("I")
    for passage in passages:
        found: Counter[int] = Counter()
        for first, last in scope_ranges(tokens, passage.segments(segments), scope, institutions=institutions):
            found.update(compress(which[first:last], tokens.content[first:last]))
        places.extend(found)
        counts.extend(found.values())
        sizes.append(len(found))
    return CutSpeech(passages, numbers, places, counts, sizes)


def to_bytes(held: CutSpeech) -> bytes:
    """The passages as numbers; the types are those of the speech."""
    numbers = array("I", [len(held.passages)])
    for passage in held.passages:
        numbers.extend((passage.start, passage.end, passage.tokens, len(passage.places), *passage.places))
    for row in (held.sizes, held.places, held.counts):
        numbers.extend(row)
    return zlib.compress(numbers.tobytes(), 1)


def from_bytes(held: bytes, speech: str, types: array[int]) -> CutSpeech:
    """What `to_bytes` was given, with the numbers of the types of the speech."""
    numbers = array("I", zlib.decompress(held))
    passages, at = [], 1
    for index in range(numbers[0]):
        start, end, tokens, n_places = numbers[at : at + 4]
        passages.append(Passage(speech, index, start, end, tuple(numbers[at + 4 : at + 4 + n_places]), tokens))
        at += 4 + n_places
    behind = at + numbers[0]
    middle = (behind + len(numbers)) // 2
    return CutSpeech(tuple(passages), types, numbers[behind:middle], numbers[middle:], numbers[at:behind])
