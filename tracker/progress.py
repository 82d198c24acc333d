"""How far a long step is: what every task tells, and the command line draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[str, int, int], None]
"""Called with the step in a few words, how much of it is done, and how much there is."""
T = TypeVar("T")


def followed(items: Iterable[T], step: str, total: int, progress: Progress | None) -> Iterator[T]:
    """Yield what is given and tell how far it is: an item is done when the next one is asked for.

    Args:
        items: What the step goes through.
        step: What is done to each.
        total: How many there are.
        progress: Whom to tell; nobody when None.

    Example:
        >>> told = []
        >>> list(followed("ab", "reading", 2, lambda *said: told.append(said))), told
        (['a', 'b'], [('reading', 0, 2), ('reading', 1, 2), ('reading', 2, 2)])
    """
    if progress is None:
        yield from items
        return
    done = 0
    progress(step, done, total)
    for item in items:
        yield item
        done += 1
        progress(step, done, total)
