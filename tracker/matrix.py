"""Term counts as a sparse matrix, units x terms: build, select, group."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tracker.analysis import rows_of_types
from tracker.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from tracker.analysis import Analysed

_CELLS = 1_000_000  # counts looked at together


@dataclass(frozen=True, slots=True, eq=False)
class TermMatrix:
    """How often each term occurs in each unit; sorted by unit and term, so that the order of adding never shows.

    Args:
        counts: int32, shape (units, terms), canonical CSR without stored zeros; its arrays are read-only.
        terms: The columns, sorted.
        unit_ids: The rows, sorted: ids of passages or speeches, or the labels of groups.
        unit_speech: The speech of each row; "" for a group of several.
        speech_event: The event of each speech.
    """

    counts: csr_array
    terms: tuple[str, ...]
    unit_ids: tuple[str, ...]
    unit_speech: tuple[str, ...]
    speech_event: Mapping[str, str]

    def __post_init__(self) -> None:
        self.counts.sum_duplicates()
        for numbers in (self.counts.data, self.counts.indices, self.counts.indptr):
            numbers.setflags(write=False)
        object.__setattr__(self, "speech_event", MappingProxyType(dict(sorted(self.speech_event.items()))))


class Counting:
    """Counts of types unit by unit, kept as numbers, to be summed by term at the end."""

    def __init__(self) -> None:
        self._where, self._counts, self._sizes = bytearray(), bytearray(), bytearray()

    def add(self, numbers: NDArray[np.integer], counts: NDArray[np.integer], sizes: NDArray[np.integer]) -> None:
        """Add the next units.

        Args:
            numbers: The types of all of them, one unit behind another.
            counts: How often each counts, >= 0.
            sizes: How many types each unit has.
        """
        said = counts > 0
        self._where += numbers[said].astype(np.int32).data
        self._counts += counts[said].astype(np.int32).data
        ends = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        self._sizes += np.diff(np.concatenate([[0], np.cumsum(said)])[ends]).astype(np.int32).data

    def by_term(self, leave_out: AbstractSet[str]) -> tuple[csr_array, tuple[str, ...]]:
        """Return the counts of all units, in the order they were added, and their terms, sorted; once, at the end.

        Args:
            leave_out: Lemmas or surface words that are not counted.
        """
        where, counts, sizes = (np.frombuffer(held, dtype=np.int32) for held in (self._where, self._counts, self._sizes))
        terms, column = _terms(np.flatnonzero(np.bincount(where)), leave_out)
        for first in range(0, where.size, _CELLS):
            found = column[where[first : first + _CELLS]]
            counts[first : first + _CELLS][found < 0] = 0
            where[first : first + _CELLS] = np.maximum(found, 0)
        ends = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        del self._where, self._counts, self._sizes  # nothing can be added any more, and of a large corpus two copies would not fit
        summed = csr_array((counts, where, ends.astype(np.int32)), shape=(ends.size - 1, len(terms)))
        summed.eliminate_zeros()
        summed.sum_duplicates()
        return summed, terms

    def matrix(
        self, unit_ids: Sequence[str], unit_speech: Sequence[str], speech_event: Mapping[str, str], leave_out: AbstractSet[str] = frozenset()
    ) -> TermMatrix:
        """Return the matrix of all units, whose ids and speeches are given in the order they were added; once, at the end. Errors as in `build`."""
        counts, terms = self.by_term(leave_out)
        n = counts.shape[0]
        if not n == len(unit_ids) == len(unit_speech) or len(set(unit_ids)) < n:
            raise ValueError("every unit needs one id of its own and one speech")
        order = sorted(range(n), key=unit_ids.__getitem__)
        if order != list(range(n)):
            counts = csr_array(counts[order])
            unit_ids, unit_speech = ([names[i] for i in order] for names in (unit_ids, unit_speech))
        return TermMatrix(counts, terms, tuple(unit_ids), tuple(unit_speech), speech_event)


def types_in(items: Sequence[Analysed], *, whole: bool = False) -> NDArray[np.int64]:
    """Return how often each type of the vocabulary counts in some speeches together, shape (types,).

    Args:
        items: The speeches.
        whole: In their whole texts; else each in its headline scope.
    """
    total = np.zeros(0, dtype=np.int64)
    for rows in rows_of_types(items):
        counts = rows.in_all if whole else rows.counts
        found = np.bincount(rows.numbers, weights=counts, minlength=max(total.size, len(VOCABULARY))).astype(np.int64)
        found[: total.size] += total
        total = found
    return total


def count_terms(items: Sequence[Analysed], units: Sequence[str], leave_out: AbstractSet[str]) -> TermMatrix:
    """Return how often each term occurs in each unit, in the headline scope of its speeches.

    Args:
        items: The speeches.
        units: The unit of each: its own id, or one for several whose counts are summed.
        leave_out: Lemmas or surface words that are not counted.
    """
    names = tuple(sorted(set(units)))
    place = {name: row for row, name in enumerate(names)}
    row_of = {item.speech.id: place[unit] for item, unit in zip(items, units, strict=True)}
    counting, rows = Counting(), list[int]()
    for held in rows_of_types(items):
        counting.add(held.numbers, held.counts, held.sizes)
        rows += [row_of[speech] for speech in held.speeches]
    counts, terms = counting.by_term(leave_out)
    order = np.array(rows, dtype=np.int32)
    if len(names) == len(rows):
        counts = counts if np.array_equal(order, np.arange(order.size)) else csr_array(counts[np.argsort(order)])
    else:
        summing = np.ones(order.size, dtype=np.int32), (order, np.arange(order.size, dtype=np.int32))
        counts = csr_array(csr_array(summing, shape=(len(names), order.size)) @ counts)
    speeches: dict[str, str] = {}
    for item, unit in zip(items, units, strict=True):
        speeches[unit] = "" if unit in speeches else item.speech.id
    return TermMatrix(counts, terms, names, tuple(speeches[name] for name in names), {})


def _terms(numbers: NDArray[np.integer], leave_out: AbstractSet[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The terms of some types, sorted, and for every type of the vocabulary the place of its term; -1 where there is none."""
    kept = [(number, term) for number in numbers.tolist() for word, term in (VOCABULARY.types[number],) if word not in leave_out and term not in leave_out]
    terms = tuple(sorted({term for _, term in kept}))
    place = {term: at for at, term in enumerate(terms)}
    column = np.full(len(VOCABULARY.types), -1, dtype=np.int32)
    column[[number for number, _ in kept]] = [place[term] for _, term in kept]
    return terms, column


def build(
    units: Iterable[Mapping[str, int]],
    unit_ids: Sequence[str],
    unit_speech: Sequence[str],
    speech_event: Mapping[str, str],
    *,
    min_units: int = 1,
    max_share: float = 1.0,
) -> TermMatrix:
    """Return the matrix of term counts.

    Args:
        units: Term counts of each unit, counts >= 0.
        unit_ids: Their ids, all different, in the same order.
        unit_speech: The speech of each unit, in the same order.
        speech_event: The event of each speech.
        min_units: Terms in fewer units are left out.
        max_share: Terms in more than this share of the units (0-1) are left out.

    Raises:
        ValueError: The sequences differ in length, or two units have one id.

    Example:
        >>> matrix = build([{"port": 2}, {"port": 1, "rail": 1}], ["b", "a"], ["b", "a"], {"a": "a", "b": "b"})
        >>> matrix.unit_ids, matrix.terms, matrix.counts.toarray().tolist()
        (('a', 'b'), ('port', 'rail'), [[1, 1], [2, 0]])
    """
    counting = Counting()
    for unit in units:
        numbers = VOCABULARY.numbers([(term, term) for term in unit])
        counting.add(np.array(numbers, dtype=np.int64), np.array(list(unit.values()), dtype=np.int64), np.array([len(unit)]))
    matrix = counting.matrix(unit_ids, unit_speech, speech_event)
    return select_terms(matrix, min_units=min_units, max_share=max_share)


def select_terms(matrix: TermMatrix, *, min_units: int = 1, max_share: float = 1.0, keep: Collection[str] | None = None) -> TermMatrix:
    """Return the matrix with fewer columns; rows stay, even when nothing is left in them.

    Args:
        matrix: Left as it is.
        min_units: Terms that occur in fewer units are left out; at least 1, so a column of zeros never stays.
        max_share: Terms that occur in more than this share of the units (0-1) are left out.
        keep: Only these terms; None for all.
    """
    present = np.bincount(matrix.counts.indices[matrix.counts.data > 0], minlength=len(matrix.terms))
    chosen = (present >= max(1, min_units)) & (present <= max_share * len(matrix.unit_ids))
    if keep is not None:
        wanted = frozenset(keep)
        chosen &= np.fromiter((term in wanted for term in matrix.terms), dtype=bool, count=len(matrix.terms))
    columns = np.flatnonzero(chosen)
    counts = csr_array(matrix.counts[:, columns])
    counts.eliminate_zeros()
    terms = tuple(matrix.terms[i] for i in columns)
    return TermMatrix(counts, terms, matrix.unit_ids, matrix.unit_speech, matrix.speech_event)


def some_units(matrix: TermMatrix, rows: Sequence[int]) -> TermMatrix:
    """Return the matrix of some units, with the terms that occur in them.

    Args:
        matrix: Left as it is.
        rows: Which, ascending.
    """
    ids, speeches = (tuple(names[row] for row in rows) for names in (matrix.unit_ids, matrix.unit_speech))
    events = {speech: matrix.speech_event[speech] for speech in speeches}
    return select_terms(TermMatrix(csr_array(matrix.counts[list(rows)]), matrix.terms, ids, speeches, events))


def group(matrix: TermMatrix, by: Sequence[str]) -> TermMatrix:
    """Return the matrix with its rows summed by label, e.g. by speech, event or period.

    Args:
        matrix: Left as it is.
        by: A label for each of `matrix.unit_ids`, in that order; rows labelled "" are left out.

    Returns:
        One row per label, sorted; all columns stay.

    Raises:
        ValueError: There is not one label per row.

    Example:
        >>> passages = build([{"port": 2}, {"port": 1}], ["a/1", "a/2"], ["a", "a"], {"a": "a"})
        >>> group(passages, passages.unit_speech).counts.toarray().tolist()
        [[3]]
    """
    if len(by) != len(matrix.unit_ids):
        raise ValueError(f"{len(by)} labels for {len(matrix.unit_ids)} rows")
    labels = tuple(sorted(set(by) - {""}))
    row = {label: index for index, label in enumerate(labels)}
    units = [index for index, label in enumerate(by) if label]
    shape = (len(labels), len(matrix.unit_ids))
    sums = csr_array((np.ones(len(units), dtype=np.int32), ([row[by[i]] for i in units], units)), shape=shape)
    speeches: dict[str, set[str]] = {label: set() for label in labels}
    for index in units:
        speeches[by[index]].add(matrix.unit_speech[index])
    of_one = tuple(min(speeches[label]) if len(speeches[label]) == 1 else "" for label in labels)
    return TermMatrix(csr_array(sums @ matrix.counts), matrix.terms, labels, of_one, matrix.speech_event)
