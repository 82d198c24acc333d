"""What was worked out last, held while there is room for it."""

from __future__ import annotations

import os
from collections import OrderedDict
from contextlib import suppress
from typing import Any

_PART = 4  # of the memory of the machine: what a command may take
_SHARE = 10  # of that: the speeches themselves, what is counted in them and the tables of one step take the rest
_FIXED, _SPEECH, _TOKEN = 400 * 10**6, 4_500, 40
"""Bytes of a report of a few speeches, of each speech and of each content token besides: measured with 170,000 speeches of 340 words and a million of 40."""
_UNKNOWN = 2 * 1024**3  # bytes, where the machine does not say


class Room:
    """Things by key, the least lately used let go first.

    Args:
        size: Bytes that they may take, by the estimates given with them; as `room_for(None)` when None.
    """

    def __init__(self, size: int | None = None) -> None:
        self.size = room_for(None) if size is None else size
        self.used = 0
        self._held: OrderedDict[object, tuple[Any, int]] = OrderedDict()

    def get(self, key: object) -> Any:
        """Return what is held under a key, else None."""
        found = self._held.get(key)
        if found is None:
            return None
        self._held.move_to_end(key)
        return found[0]

    def put(self, key: object, thing: Any, size: int) -> None:
        """Hold something of so many bytes; what is larger than the whole room is not held."""
        _, before = self._held.pop(key, (None, 0))
        self.used -= before
        if size > self.size:
            return
        self._held[key] = thing, size
        self.used += size
        while self.used > self.size:
            self.used -= self._held.popitem(last=False)[1][1]


def needed(speeches: int, tokens: int) -> int:
    """Bytes that the largest step of a report takes, about, in a corpus of so many speeches and content tokens: what no setting makes less."""
    return _FIXED + _SPEECH * speeches + _TOKEN * tokens


def give_back() -> None:
    """Give the system back what was let go, where the C library keeps it (glibc does): else each large step leaves its own holes behind."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def room_for(memory: int | None) -> int:
    """Bytes of the room where a command may take so many in all; a quarter of the machine's memory when None."""
    return may_take(memory) // _SHARE


def may_take(memory: int | None) -> int:
    """Bytes that a command may take in all: the setting, or a quarter of the machine's memory when None."""
    return _of_machine() if memory is None else memory


def _of_machine() -> int:
    try:
        return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _PART)
    except (AttributeError, OSError, ValueError):  # Windows
        return _UNKNOWN // _PART
