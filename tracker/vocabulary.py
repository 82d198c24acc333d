"""The words of all speeches, each type numbered once a process: what is counted in millions of tokens are rows of these numbers."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from tracker.numbered import Numbered, narrow

Type = tuple[str, str]
"""A word and its term."""


class Vocabulary(Numbered[Type]):
    """Types by number, and numbers by type."""

    def __init__(self) -> None:
        super().__init__()
        self.types: list[Type] = []

    def __missing__(self, key: Type) -> int:
        self.types.append(key)
        return super().__missing__(key)


VOCABULARY = Vocabulary()


@dataclass(frozen=True, slots=True, eq=False)
class TypeCounts:
    """How often each type of one speech counts.

    Args:
        numbers: Its types in order of appearance, those that do not count too.
        counts: How often each counts.
    """

    numbers: array[int]
    counts: array[int]

    @property
    def types(self) -> list[Type]:
        """Its types in order of appearance."""
        return [VOCABULARY.types[number] for number in self.numbers]


def type_counts(types: Iterable[Type], which: Sequence[int], inside: Iterable[int]) -> TypeCounts:
    """Count the types of one speech.

    Args:
        types: Its types.
        which: For every token the place of its type among them.
        inside: For every token 1 where it counts.

    Example:
        >>> held = type_counts([("Ports", "port"), ("grow", "grow")], [0, 1, 0], [1, 0, 1])
        >>> held.types, list(held.counts)
        ([('Ports', 'port'), ('grow', 'grow')], [2, 0])
    """
    numbers, found = array("I", list(map(VOCABULARY.__getitem__, types))), Counter(compress(which, inside))
    return TypeCounts(numbers, narrow(list(map(found.__getitem__, range(len(numbers))))))
