"""The words of all speeches, each type numbered once a process: what is counted in millions of tokens are rows of these numbers."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Any

from tracker.numbered import Numbered, joined, narrow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

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

    def numbers(self, types: Sequence[Type]) -> list[int]:
        """The numbers of many types, new ones numbered in their order."""
        fresh = [key for key in dict.fromkeys(types) if key not in self]
        self.update(zip(fresh, range(len(self), len(self) + len(fresh)), strict=True))
        self.types += fresh
        return list(map(self.__getitem__, types))


VOCABULARY = Vocabulary()


@dataclass(frozen=True, slots=True, eq=False)
class TypeCounts:
    """How often each type of one speech counts.

    Args:
        numbers: Its types in order of appearance, those that do not count too.
        counts: How often each counts in the headline scope of the speech.
        in_all: How often each carries content in the whole text.
    """

    numbers: array[int]
    counts: array[int]
    in_all: array[int]

    @property
    def types(self) -> list[Type]:
        """Its types in order of appearance."""
        return [VOCABULARY.types[number] for number in self.numbers]

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process numbers the types for itself."""
        return _numbered, (self.types, self.counts, self.in_all)


def _numbered(types: Sequence[Type], counts: array[int], in_all: array[int]) -> TypeCounts:
    return TypeCounts(array("I", VOCABULARY.numbers(types)), counts, in_all)


@dataclass(frozen=True, slots=True, eq=False)
class TypeRows:
    """The type counts of several speeches, one behind another.

    Args:
        speeches: Their ids.
        sizes: Types of each, shape (speeches,).
        numbers: Types of all, shape (types of all,).
        counts: As in `TypeCounts`, shape (types of all,).
        in_all: As in `TypeCounts`, shape (types of all,).
    """

    speeches: Sequence[str]
    sizes: Numbers
    numbers: Numbers
    counts: Numbers
    in_all: Numbers


def type_counts(types: Iterable[Type], inside: Iterable[int], content: Iterable[int]) -> TypeCounts:
    """Count the types of one speech.

    Args:
        types: The type of every token.
        inside: For every token 1 where it counts in the headline scope.
        content: For every token 1 where it carries content.

    Example:
        >>> held = type_counts([("Ports", "port"), ("grow", "grow"), ("Ports", "port")], [0, 0, 1], [1, 0, 1])
        >>> held.types, list(held.counts), list(held.in_all)
        ([('Ports', 'port'), ('grow', 'grow')], [1, 0], [2, 0])
    """
    place = Numbered[Type]()
    which = list(map(place.__getitem__, types))
    counts, in_all = (narrow(list(map(Counter(compress(which, marks)).__getitem__, range(len(place))))) for marks in (inside, content))
    return TypeCounts(array("I", list(map(VOCABULARY.__getitem__, place))), in_all if counts == in_all else counts, in_all)


def type_rows(held: Sequence[tuple[str, TypeCounts]]) -> TypeRows:
    """Put the counts of several speeches, each with its id, one behind another."""
    import numpy as np

    sizes = np.array([len(one.numbers) for _, one in held], dtype=np.int64)
    counts, in_all = (joined(getattr(one, part) for _, one in held) for part in ("counts", "in_all"))
    return TypeRows([speech for speech, _ in held], sizes, joined(one.numbers for _, one in held), counts, in_all)
