"""A speech cut into passages with the words of each, and the same in few bytes for the cache."""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import compress

from tracker.counts import Scope, scope_ranges
from tracker.passages import Passage, split_passages
from tracker.speech import Segment
from tracker.tokens import Tokens
from tracker.vocabulary import Type


@dataclass(frozen=True, slots=True, eq=False)
class CutSpeech:
    """The passages of one speech.

    Args:
        passages: In order.
        types: The types of the speech, in order of appearance.
        counted: For every passage the places of its types among them and how often each counts, alternately.
    """

    passages: tuple[Passage, ...]
    types: Sequence[Type]
    counted: tuple[array[int], ...]

    def counts(self, leave_out: AbstractSet[str]) -> list[dict[str, int]]:
        """Counts of every term in each passage.

        Args:
            leave_out: Lemmas or surface words that are not counted.
        """
        terms = [None if word in leave_out or term in leave_out else term for word, term in self.types]
        rows: list[dict[str, int]] = []
        for numbers in self.counted:
            row: dict[str, int] = {}
            for place, n in zip(numbers[::2], numbers[1::2], strict=True):
                term = terms[place]
                if term is not None:
                    row[term] = row.get(term, 0) + n
            rows.append(row)
        return rows


def cut(speech: str, segments: Sequence[Segment], tokens: Tokens, *, scope: Scope, size: int, institutions: bool) -> CutSpeech:
    """Cut a speech into passages and count the words of each.

    Args:
        speech: The speech's id.
        segments: Its segments, in order.
        tokens: Its tokens.
        scope: Whose words.
        size: Content tokens that a passage should reach.
        institutions: Whether institutional sentences count as the speaker's.
    """
    passages = tuple(split_passages(speech, segments, tokens, scope=scope, size=size, longest=5 * size // 2, institutions=institutions))
    terms = dict(zip(tokens.words, tokens.terms, strict=True))
    number = {word: i for i, word in enumerate(terms)}
    which = [number[word] for word in tokens.words]
    counted = []
    for passage in passages:
        found: Counter[int] = Counter()
        for first, last in scope_ranges(tokens, passage.segments(segments), scope, institutions=institutions):
            found.update(compress(which[first:last], tokens.content[first:last]))
        counted.append(array("I", [x for pair in found.items() for x in pair]))
    return CutSpeech(passages, list(terms.items()), tuple(counted))


def to_bytes(held: CutSpeech) -> bytes:
    """The passages as numbers; the types are those of the speech's tokens."""
    numbers = array("I", [len(held.passages)])
    for passage, counted in zip(held.passages, held.counted, strict=True):
        numbers.extend((passage.start, passage.end, passage.tokens, len(passage.places), *passage.places, len(counted)))
        numbers.extend(counted)
    return zlib.compress(numbers.tobytes(), 1)


def from_bytes(held: bytes, speech: str, types: Sequence[Type]) -> CutSpeech:
    """What `to_bytes` was given, with the types of the speech in order of appearance."""
    numbers = array("I", zlib.decompress(held))
    passages, counted, at = [], [], 1
    for index in range(numbers[0]):
        start, end, tokens, n_places = numbers[at : at + 4]
        behind = at + 4 + n_places
        passages.append(Passage(speech, index, start, end, tuple(numbers[at + 4 : behind]), tokens))
        at = behind + 1 + numbers[behind]
        counted.append(numbers[behind + 1 : at])
    return CutSpeech(tuple(passages), types, tuple(counted))
