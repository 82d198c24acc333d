"""Term counts as a sparse matrix, units x terms: build, select, group."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.sparse import csr_array

from tracker.numbered import Numbered


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
    """Term counts unit by unit, kept as numbers: no more than one unit is held as a mapping."""

    def __init__(self) -> None:
        self._numbers = Numbered[str]()
        self._where, self._counts, self._sizes = array("i"), array("i"), array("q", [0])

    def add(self, unit: Mapping[str, int]) -> None:
        """Add the next unit: counts >= 0."""
        self._where.extend(map(self._numbers.__getitem__, unit))
        self._counts.extend(unit.values())
        self._sizes.append(len(unit))

    def matrix(self, unit_ids: Sequence[str], unit_speech: Sequence[str], speech_event: Mapping[str, str]) -> TermMatrix:
        """Return the matrix of all units, whose ids and speeches are given in the order they were added; errors as in `build`."""
        n = len(self._sizes) - 1
        if not n == len(unit_ids) == len(unit_speech) or len(set(unit_ids)) < n:
            raise ValueError("every unit needs one id of its own and one speech")
        terms = tuple(sorted(self._numbers))
        column = np.empty(len(terms), dtype=np.int32)
        column[[self._numbers[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
        where, data = (np.array(held, dtype=np.int32) for held in (self._where, self._counts))
        order = sorted(range(n), key=unit_ids.__getitem__)
        counts = csr_array((data, column[where], np.cumsum(self._sizes, dtype=np.int64).astype(np.int32)), shape=(n, len(terms)))
        return TermMatrix(csr_array(counts[order]), terms, tuple(unit_ids[i] for i in order), tuple(unit_speech[i] for i in order), speech_event)


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
        counting.add(unit)
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
