"""Runs of words that are said again and again: counted exactly, the longest preferred to their fragments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Places = npt.NDArray[np.integer[Any]]

FREE_SHARE = 0.1
FOLLOWS, EDGE, ALONE = 1, 2, 4
"""Marks of a word: the next one may continue a run (same sentence, nothing but space between), it may begin and end one, it is one by itself."""
_HASH_BITS = 22
_HASHES = 1 << _HASH_BITS
_BLOCK, _PART = 1_000_000, 4_000_000  # places at a time, pairs at a time
_FAR = 2**31  # places in texts of fewer words take four bytes


@dataclass(frozen=True, slots=True, eq=False)
class Thinned:
    """The places of a row of words that can be in a run: what is left of a large corpus is small.

    Args:
        places: Where they stood in the row, ascending, shape (m,).
        words: Number of the word at each, shape (m,).
        marks: FOLLOWS, EDGE and ALONE of each as bits, shape (m,); FOLLOWS stays where the pair that begins there may be frequent.
        often: How often each word is said in the whole row, shape (words,).
        size: Words of the whole row.
    """

    places: Places
    words: npt.NDArray[np.int32]
    marks: npt.NDArray[np.uint8]
    often: npt.NDArray[np.int64]
    size: int


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
        As `runs_of`: sorted by length, longest first, then by uses, most first, then by first place.

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
    held = [np.asarray(mark, dtype=bool) for mark in (follows, edge, [0] * np.size(edge) if alone is None else alone)]
    if len({mark.shape for mark in (np.asarray(words), *held)}) != 1:
        raise ValueError("words, follows, edge and alone must be lists of one length")
    marks = sum(bit * mark.astype(np.uint8) for bit, mark in zip((FOLLOWS, EDGE, ALONE), held, strict=True))
    return runs_of(thinned(words, np.asarray(marks, dtype=np.uint8), least=least), longest=longest, least=least, lift=lift)


def thinned(words: npt.ArrayLike, marks: npt.NDArray[np.uint8], *, least: int = 3) -> Thinned:
    """Return the places that can be in a run that is said `least` times, so that the row itself need not be held.

    Pairs are counted by a hash that some of them share: a count is never too low, so no run is lost.

    Args:
        words: As in `maximal_runs`, shape (n,).
        marks: FOLLOWS, EDGE and ALONE of each place as bits, shape (n,).
        least: Fewest uses.

    Raises:
        ValueError: Arrays of different length, or `least` below 1.
    """
    ids = np.asarray(words)
    if ids.ndim != 1 or ids.shape != marks.shape:
        raise ValueError("words and marks must be lists of one length")
    if least < 1:
        raise ValueError(f"least must be 1 or more, not {least}")
    size, (ids, often) = ids.size, _counted(ids)
    fits = _fits(ids, marks, often, least)
    inside = np.zeros(size, dtype=bool)
    for begin in range(0, size, _BLOCK):
        end = begin + _BLOCK
        inside[begin:end] = fits[begin:end] | (marks[begin:end] & ALONE > 0)
        inside[begin + 1 : end + 1] |= fits[begin:end][: inside[begin + 1 : end + 1].size]
    kept = marks[inside]
    kept[~fits[inside]] &= np.uint8(EDGE | ALONE)
    return Thinned(_places(inside), ids[inside].astype(np.int32, copy=False), kept, often, size)


def runs_of(row: Thinned, *, longest: int = 5, least: int = 3, lift: float = 10.0) -> list[Run]:
    """Return the runs among places that can be in one; arguments, errors and what is returned as in `maximal_runs`."""
    if longest < 1 or least < 1:
        raise ValueError(f"longest and least must be 1 or more, not {longest} and {least}")
    found: list[Run] = []
    taken = np.zeros(row.words.size + longest, dtype=np.uint8)
    for length, candidates in reversed(list(enumerate(_candidates(row, longest, least, lift), start=1))):
        windows = np.lib.stride_tricks.sliding_window_view(taken, length, writeable=True)
        for places in _by_run(*candidates):
            inside = np.add.reduce(windows[places], axis=1)
            free = int(np.count_nonzero(inside <= length // 3))
            if free >= max(least, FREE_SHARE * places.size):
                windows[places] = 1
                found.append(Run(length, row.places[places]))
    return found


def _places(marked: npt.NDArray[np.bool_]) -> Places:
    """Where the marks stand, in four bytes each where they can: numpy's own answer takes eight and would be the largest thing of all."""
    found: Places = np.empty(np.count_nonzero(marked), dtype=np.int32 if marked.size < _FAR else np.int64)
    done = 0
    for begin in range(0, marked.size, _BLOCK):
        some = np.flatnonzero(marked[begin : begin + _BLOCK])
        found[done : done + some.size] = some + begin
        done += some.size
    return found


def _counted(ids: npt.NDArray[np.integer[Any]]) -> tuple[npt.NDArray[np.integer[Any]], npt.NDArray[np.int64]]:
    """The words numbered with few gaps, and how often each is said; numbers that come so already are not sorted."""
    if ids.size == 0 or (ids.min() >= 0 and ids.max() < 2 * ids.size):
        return ids.astype(np.int32, copy=False), np.bincount(ids.astype(np.int32, copy=False)).astype(np.int64)
    return np.unique(ids, return_inverse=True, return_counts=True)[1:]


def _fits(words: npt.NDArray[np.integer[Any]], marks: npt.NDArray[np.uint8], often: npt.NDArray[np.int64], least: int) -> npt.NDArray[np.bool_]:
    """Whether a pair that may be frequent begins at each place."""
    counts, blocks = np.zeros(_HASHES, dtype=np.uint32), range(0, words.size, _BLOCK)
    fits, is_frequent = np.zeros(words.size, dtype=bool), often >= least
    for begin in blocks:
        frequent = is_frequent[words[begin : begin + _BLOCK + 1]]
        fits[begin : begin + frequent.size - 1] = (marks[begin : begin + frequent.size - 1] & FOLLOWS > 0) & frequent[:-1] & frequent[1:]
        pairs = _hashed(words[begin : begin + _BLOCK + 1], fits[begin : begin + _BLOCK])
        counts += np.bincount(pairs, minlength=_HASHES).astype(np.uint32)
    for begin in blocks:
        own = fits[begin : begin + _BLOCK]
        own[own] = counts[_hashed(words[begin : begin + _BLOCK + 1], own)] >= least
    return fits


def _hashed(words: npt.NDArray[np.integer[Any]], fits: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """A number below _HASHES for each pair that begins at a place that fits."""
    places = np.flatnonzero(fits)
    mixed = words[places].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + words[places + 1].astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    return (mixed >> np.uint64(64 - _HASH_BITS)).astype(np.int64)


def _candidates(row: Thinned, longest: int, least: int, lift: float) -> Iterator[tuple[Places, npt.NDArray[np.int32]]]:
    """For each length, shortest first, the places where a run begins that is frequent, ends well and is said together; and the number of that run.

    Runs are numbered anew for each length, each as a pair of runs one word shorter: no more than the numbers of one length are held.
    """
    last, counts = row.words.copy(), [row.often]
    parts: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]] = []
    for begin in range(0, last.size, _BLOCK):
        some = last[begin : begin + _BLOCK]
        some[row.often[some] < least] = -1
    yield _places_of(last, row.marks, ALONE, 1, np.ones(row.often.size, dtype=bool))
    for length in range(2, longest + 1):
        width = counts[-1].size
        said, often = _frequent_pairs(last, row.marks, width, least)
        if said.size == 0:
            return
        for begin in range(0, last.size, _BLOCK):  # a block is overwritten when the next one has been begun with nothing but its own numbers
            places, pairs = _pairs(last, row.marks, begin, width)
            at = np.minimum(np.searchsorted(said, pairs), said.size - 1)
            is_said = said[at] == pairs
            last[begin : begin + _BLOCK] = -1
            last[places[is_said]] = at[is_said]
        counts.append(often)
        parts.append(((said // width).astype(np.int32), (said % width).astype(np.int32)))
        yield _places_of(last, row.marks, EDGE, length, _lift(parts, counts, row.size) >= lift)


def _pairs(last: npt.NDArray[np.int32], marks: npt.NDArray[np.uint8], begin: int, width: int) -> tuple[Places, npt.NDArray[np.int64]]:
    """The places of a block where two numbered runs follow each other, and a number for each two."""
    own, behind = last[begin : begin + _BLOCK], last[begin + 1 : begin + _BLOCK + 1]
    fits = (marks[begin : begin + behind.size] & FOLLOWS > 0) & (own[: behind.size] >= 0) & (behind >= 0)
    at = np.flatnonzero(fits)
    return at + begin, own[at].astype(np.int64) * width + behind[at]


def _frequent_pairs(last: npt.NDArray[np.int32], marks: npt.NDArray[np.uint8], width: int, least: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The numbers of the pairs that are said often enough, ascending, and how often: a part of the first halves at a time."""
    firsts = np.zeros(width, dtype=np.int64)
    blocks = range(0, last.size, _BLOCK)
    for begin in blocks:
        firsts += np.bincount(_pairs(last, marks, begin, width)[1] // width, minlength=width)
    ends = np.cumsum(firsts)
    said, often = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    low = 0
    while low < width and ends[-1] > (done := int(ends[low - 1]) if low else 0):
        high = max(low + 1, int(np.searchsorted(ends, done + _PART, side="right")))
        held = []
        for begin in blocks:
            _, pairs = _pairs(last, marks, begin, width)
            held.append(pairs if high - low >= width else pairs[(pairs >= low * width) & (pairs < high * width)])
        found, n = np.unique(np.concatenate(held), return_counts=True)
        said.append(found[n >= least])
        often.append(n[n >= least])
        low = high
    return np.concatenate(said), np.concatenate(often)


def _places_of(
    last: npt.NDArray[np.int32], marks: npt.NDArray[np.uint8], mark: int, length: int, wanted: npt.NDArray[np.bool_]
) -> tuple[Places, npt.NDArray[np.int32]]:
    """The places where a wanted run of this length begins whose first and last words have a mark, and its number."""
    held: list[Places] = [np.zeros(0, dtype=np.int32)]
    for begin in range(0, last.size, _BLOCK):
        ends = marks[begin + length - 1 : begin + length - 1 + _BLOCK] & mark > 0
        own = last[begin : begin + ends.size]
        at = np.flatnonzero(ends & (marks[begin : begin + ends.size] & mark > 0) & (own >= 0))
        at = at[wanted[own[at]]] + begin
        held.append(at.astype(np.int32) if last.size < _FAR else at)
    places = np.concatenate(held)
    return places, last[places]


def _by_run(places: Places, numbers: npt.NDArray[np.int32]) -> list[Places]:
    """The places of every run, most frequent first, ties by first place."""
    if places.size == 0:
        return []
    order = np.argsort(numbers, kind="stable")
    places, ordered = places[order], numbers[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    sizes, first = np.diff(starts, append=places.size), places[starts]
    chosen = np.lexsort((first, -sizes))
    return [places[start : start + n] for start, n in zip(starts[chosen].tolist(), sizes[chosen].tolist(), strict=True)]


def _lift(parts: Sequence[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]], counts: Sequence[npt.NDArray[np.int64]], n: int) -> npt.NDArray[np.float64]:
    """How many times as often a run is said as its two parts would meet by chance, at the parting where that is least.

    Args:
        parts: For 2 words and each length above, up to that of the runs: for each run the numbers of its first and of its last words, all but one.
        counts: For 1 word and each length above: how often each run is said.
        n: Words in all.
    """
    length = len(counts)
    begins: dict[int, Places] = {length: np.arange(counts[-1].size)}
    ends = dict(begins)
    for shorter in range(length - 1, 0, -1):
        before, behind = parts[shorter - 1]
        begins[shorter], ends[shorter] = before[begins[shorter + 1]], behind[ends[shorter + 1]]
    own = counts[-1].astype(np.float64)
    least = np.full(own.size, np.inf)
    for k in range(1, length):
        met = counts[k - 1][begins[k]].astype(np.float64) * counts[length - k - 1][ends[length - k]].astype(np.float64)
        least = np.minimum(least, own * n / met)
    return least
