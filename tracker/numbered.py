"""Things numbered as they come: a mapping that gives what it does not know the next number."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

K = TypeVar("K", bound=Hashable)
_SMALL = 2**16


class Numbered(dict[K, int]):
    """Each key with its place in the order of appearance; `map(numbered.__getitem__, keys)` numbers millions without a line of Python for each.

    Example:
        >>> held = Numbered[str]()
        >>> [held[word] for word in "to be or not to be".split()], list(held)
        ([0, 1, 2, 3, 0, 1], ['to', 'be', 'or', 'not'])
    """

    def __missing__(self, key: K) -> int:
        self[key] = number = len(self)
        return number


def narrow(numbers: Sequence[int]) -> array[int]:
    """Whole numbers, each >= 0 and below 2 ** 32, in two bytes each where all are small enough, else in four.

    Example:
        >>> narrow([1, 2]).typecode, narrow([1, 70_000]).typecode
        ('H', 'I')
    """
    return array("H" if max(numbers, default=0) < _SMALL else "I", numbers)


def joined(rows: Iterable[array[int]]) -> NDArray[np.integer[Any]]:
    """Rows of numbers, narrow or not, one behind another.

    Example:
        >>> joined([narrow([1, 2]), narrow([70_000])]).tolist()
        [1, 2, 70000]
    """
    import numpy as np

    held = list(rows)
    if all(row.typecode == "H" for row in held):
        return np.frombuffer(b"".join(held), dtype=np.uint16)
    return np.frombuffer(b"".join(row if row.typecode == "I" else array("I", row) for row in held), dtype=np.uint32)
