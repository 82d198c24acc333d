"""The earlier and the later half of dated speeches, cut between two days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from tracker.analysis import Analysed


def halves(items: Iterable[Analysed]) -> tuple[tuple[Analysed, ...], tuple[Analysed, ...]]:
    """Return dated speeches in two halves of about as many, the speeches of one day together; the second is empty where all are of one day.

    Days that only stand for their year are days: speeches that carry one are never parted.

    Args:
        items: Speeches; undated ones are left out.
    """
    dated = sorted((item for item in items if item.speech.date.text), key=lambda item: (item.speech.date.text, item.speech.id))
    at = cut([item.speech.date.text for item in dated])
    return tuple(dated[:at]), tuple(dated[at:])


def cut(days: Sequence[str]) -> int:
    """Return how many of these days, in order, come before the change of day that is nearest to the middle; of two equally near the earlier.

    Example:
        >>> cut(["2001", "2002", "2002", "2002"]), cut(["2001", "2001", "2002"]), cut(["2001", "2001"])
        (1, 2, 2)
    """
    changes = [at for at, (day, then) in enumerate(pairwise(days), start=1) if day != then]
    return min(changes, key=lambda at: (abs(2 * at - len(days)), at), default=len(days))
