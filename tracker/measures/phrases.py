"""Runs of words that are said again and again: counted exactly, the longest preferred to their fragments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Places = npt.NDArray[np.integer[Any]]

FREE_SHARE = 0.1
_HASH_BITS = 22
_HASHES = 1 << _HASH_BITS
_BLOCK = 4_000_000  # places at a time
_FAR = 2**31  # places in texts of fewer words take four bytes


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A phrase: how many words it has, and where every use begins, ascending."""

    length: int
    places: Places


def maximal_runs(
    words: npt.ArrayLike,
    follows: npt.ArrayLike,
    edge: npt.ArrayLike,
    *,
    alone: npt.ArrayLike | None = None,
    longest: int = 5,
    least: int = 3,
    lift: float = 10.0,
) -> list[Run]:
    """Return the runs of 2 to `longest` words that are said `least` times or more, without fragments of longer ones.

    A run is kept where `least` of its uses, and FREE_SHARE of all, stand free: no more than a third of their words in longer runs that are kept,
    or in runs as long that are said oftener. Its uses are all of them.

    Args:
        words: Number of the word at each place, >= 0, shape (n,).
        follows: Whether the next word may continue a run: same sentence, nothing but space between, shape (n,).
        edge: Whether a word may begin and end a run, shape (n,).
        alone: Whether a word is a phrase by itself; none when None.
        longest: Most words of a run.
        least: Fewest uses.
        lift: A run must be said so many times as often as its parts would meet by chance, however it is parted.

    Returns:
        Sorted by length, longest first, then by uses, most first, then by first place.

    Raises:
        ValueError: Arrays of different length, or settings outside their range.

    Caution:
        A description: nothing is tested. `lift` only keeps frequent words that happen to meet out of lists.

    Source:
        Counting by growing frequent runs alone: Agrawal and Srikant 1994, VLDB: 487-499 (a run cannot be more frequent than its parts).

    Example:
        >>> said = [1, 2, 3, 9, 1, 2, 3, 8, 1, 2, 3, 7]
        >>> [(run.length, run.places.tolist()) for run in maximal_runs(said, [1, 1, 0, 0] * 3, [1] * 12, lift=1)]
        [(3, [0, 4, 8])]
    """
    ids, go, ends = (np.asarray(a) for a in (words, follows, edge))
    single = np.zeros(ids.size, dtype=bool) if alone is None else np.asarray(alone, dtype=bool)
    if len({a.shape for a in (ids, go, ends, single)}) != 1 or ids.ndim != 1:
        raise ValueError("words, follows, edge and alone must be lists of one length")
    if longest < 1 or least < 1:
        raise ValueError(f"longest and least must be 1 or more, not {longest} and {least}")
    if ids.size == 0:
        return []
    size, (ids, often) = ids.size, _counted(ids)
    kept, go = _worth_a_look(ids.astype(np.int32, copy=False), go.astype(bool, copy=False), single, often, least)
    ends, single = ends[kept].astype(bool), single[kept]
    grams, counts = _grams(ids[kept], go, often, longest, least)
    found: list[Run] = []
    taken = np.zeros(kept.size + longest, dtype=np.uint8)
    for length in range(min(longest, len(grams)), 0, -1):
        fits = (grams[length - 1] >= 0) & (single if length == 1 else _ends_well(ends, length))
        windows = np.lib.stride_tricks.sliding_window_view(taken, length, writeable=True)

        def is_said_together(first: Places, length: int = length) -> npt.NDArray[np.bool_]:
            return _lift(grams, counts, first, length, size) >= lift

        for places in _by_run(grams[length - 1], fits, is_said_together):
            inside = np.add.reduce(windows[places], axis=1)
            free = int(np.count_nonzero(inside <= length // 3))
            if free >= max(least, FREE_SHARE * places.size):
                windows[places] = 1
                found.append(Run(length, kept[places]))
    return found


def _counted(ids: npt.NDArray[np.integer[Any]]) -> tuple[npt.NDArray[np.integer[Any]], npt.NDArray[np.int64]]:
    """The words numbered with few gaps, and how often each is said; numbers that come so already are not sorted."""
    if ids.min() >= 0 and ids.max() < 2 * ids.size:
        return ids, np.bincount(ids).astype(np.int64)
    return np.unique(ids, return_inverse=True, return_counts=True)[1:]


def _worth_a_look(
    words: npt.NDArray[np.int32], follows: npt.NDArray[np.bool_], alone: npt.NDArray[np.bool_], often: npt.NDArray[np.int64], least: int
) -> tuple[Places, npt.NDArray[np.bool_]]:
    """The places that can be in a run, and whether the next of them may continue it.

    Pairs are counted by a hash that some of them share: a count is never too low, so no run is lost, and what is left of a large corpus is small.
    """
    counts, blocks = np.zeros(_HASHES, dtype=np.uint32), range(0, words.size, _BLOCK)
    fits, frequent = np.zeros(words.size, dtype=bool), (often >= least)[words]
    fits[:-1] = follows[:-1] & frequent[:-1] & frequent[1:]
    for begin in blocks:
        pairs = _hashed(words[begin : begin + _BLOCK + 1], fits[begin : begin + _BLOCK])
        counts += np.bincount(pairs, minlength=_HASHES).astype(np.uint32)
    for begin in blocks:
        own = fits[begin : begin + _BLOCK]
        own[own] = counts[_hashed(words[begin : begin + _BLOCK + 1], own)] >= least
    inside = fits | alone
    inside[1:] |= fits[:-1]
    kept: Places = np.flatnonzero(inside)
    if words.size < _FAR:
        kept = kept.astype(np.int32)
    return kept, fits[kept]


def _hashed(words: npt.NDArray[np.int32], fits: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """A number below _HASHES for each pair that begins at a place that fits."""
    places = np.flatnonzero(fits)
    mixed = words[places].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + words[places + 1].astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    return (mixed >> np.uint64(64 - _HASH_BITS)).astype(np.int64)


def _grams(
    words: npt.NDArray[np.integer[Any]], follows: npt.NDArray[np.bool_], often: npt.NDArray[np.int64], longest: int, least: int
) -> tuple[list[npt.NDArray[np.int32]], list[npt.NDArray[np.int64]]]:
    """For each length the number of the frequent run that begins at each place, -1 for none, and how often each is said."""
    grams, counted = [np.where((often >= least)[words], words, np.int32(-1)).astype(np.int32, copy=False)], [often]
    for _ in range(longest - 1):
        last = grams[-1]
        fits = np.zeros(words.size, dtype=bool)
        fits[:-1] = follows[:-1] & (last[:-1] >= 0) & (last[1:] >= 0)
        places = np.flatnonzero(fits)
        if places.size == 0:
            break
        pairs = last[places].astype(np.int64)
        pairs *= int(last.max()) + 1
        pairs += last[places + 1]
        said, counts = np.unique(pairs, return_counts=True)
        said, counts = said[counts >= least], counts[counts >= least]
        if said.size == 0:
            break
        longer = np.full(words.size, -1, dtype=np.int32)
        for begin in range(0, places.size, _BLOCK):  # where each stands: places of all pairs would take twice what the pairs take
            some = pairs[begin : begin + _BLOCK]
            at = np.minimum(np.searchsorted(said, some), said.size - 1)
            longer[places[begin : begin + _BLOCK]] = np.where(said[at] == some, at, -1)
        grams.append(longer)
        counted.append(counts)
    return grams, counted


def _ends_well(edge: npt.NDArray[np.bool_], length: int) -> npt.NDArray[np.bool_]:
    """Whether a run of this length from each place begins and ends with a word that may."""
    fits = np.zeros(edge.size, dtype=bool)
    if edge.size >= length:
        fits[: edge.size - length + 1] = edge[: edge.size - length + 1] & edge[length - 1 :]
    return fits


def _by_run(numbers: npt.NDArray[np.int32], fits: npt.NDArray[np.bool_], wanted: Callable[[Places], npt.NDArray[np.bool_]]) -> list[Places]:
    """The places of every run that is wanted by its first place, most frequent first, ties by first place."""
    places = np.flatnonzero(fits)
    if places.size == 0:
        return []
    order = np.argsort(numbers[places], kind="stable")
    places, ordered = places[order], numbers[places][order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    sizes, first = np.diff(starts, append=places.size), places[starts]
    chosen = np.flatnonzero(wanted(first))
    chosen = chosen[np.lexsort((first[chosen], -sizes[chosen]))]
    return [places[start : start + n] for start, n in zip(starts[chosen].tolist(), sizes[chosen].tolist(), strict=True)]


def _lift(grams: list[npt.NDArray[np.int32]], counts: list[npt.NDArray[np.int64]], places: Places, length: int, n: int) -> npt.NDArray[np.float64]:
    """How many times as often a run is said as its two parts would meet by chance, at the parting where that is least; by its first place."""
    own = counts[length - 1][grams[length - 1][places]].astype(np.float64)
    least = np.full(places.size, np.inf)
    for k in range(1, length):
        parts = counts[k - 1][grams[k - 1][places]].astype(np.float64) * counts[length - k - 1][grams[length - k - 1][places + k]].astype(np.float64)
        least = np.minimum(least, own * n / parts)
    return least
