"""A table of a report: columns, rows, the text of its csv file, and its cells as the page prints them."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tracker.numerals import number

Cell = object
LEAST = 0.001
_ROWS = 5000
_AS_THEY_ARE = frozenset((str, int, type(None)))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells: text, whole numbers, decimals, or None where a number does not exist.

    Args:
        name: File name without `.csv`.
        columns: Names as they stand in the file.
        rows: One cell for every column.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]

    def pick(self, *columns: str, most: int = 0) -> Table:
        """Return these columns and, with `most`, only the first rows."""
        places = [self.columns.index(column) for column in columns]
        rows = self.rows[:most] if most else self.rows
        return Table(self.name, columns, tuple(tuple(row[place] for place in places) for row in rows))

    def known(self) -> list[int]:
        """Return the columns in which any cell exists."""
        return [at for at in range(len(self.columns)) if any(row[at] is not None for row in self.rows)]

    def ends(self, most: int) -> Table:
        """Return the first and the last `most` rows: both ends of a ranking."""
        return self if len(self.rows) <= 2 * most else Table(self.name, self.columns, (*self.rows[:most], *self.rows[-most:]))

    def digits(self) -> list[int]:
        """Return how many decimals each column needs: fewer the larger its numbers are."""
        largest = [max((abs(cell) for cell in column if isinstance(cell, float)), default=0.0) for column in self._by_column()]
        return [1 if value >= 10 else 2 if value >= 1 else 3 for value in largest]

    def numeric(self) -> list[bool]:
        """Return for each column whether it holds numbers alone (None aside)."""
        held = [[cell for cell in column if cell is not None] for column in self._by_column()]
        return [bool(cells) and all(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in cells) for cells in held]

    def _by_column(self) -> list[tuple[Cell, ...]]:
        return list(zip(*self.rows, strict=True)) if self.rows else [() for _ in self.columns]


def csv_text(table: Table) -> str:
    """Return a table as csv: full precision, an empty cell where a number does not exist."""
    return "".join(csv_parts(table))


def csv_parts(table: Table) -> Iterator[str]:
    """Yield the text of `csv_text` some rows at a time: a table of millions of rows is never held as text."""
    rows: Iterator[tuple[Cell, ...]] = iter(table.rows)
    some: list[tuple[Cell, ...]] = [table.columns]
    while some:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(zip(*map(_plain_column, zip(*some, strict=True)), strict=True))
        yield out.getvalue()
        some = list(islice(rows, _ROWS))


def _plain_column(cells: tuple[Cell, ...]) -> Sequence[Cell]:
    """Cells of one column as csv.writer writes them: it knows text, whole numbers and None by itself; most columns hold nothing else."""
    return cells if _AS_THEY_ARE.issuperset(map(type, cells)) else [cell if type(cell) in _AS_THEY_ARE else _plain(cell) for cell in cells]


def _plain(cell: Cell) -> str:
    if isinstance(cell, float) and not math.isfinite(cell):
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return repr(cell) if isinstance(cell, float) else str(cell)


def shown(cell: Cell, digits: int = 2) -> str:
    """Return a cell as the page prints it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return number(cell, 0)
    if isinstance(cell, float) and 0 < cell < LEAST and digits == 3:
        return f"< {LEAST:g}"  # a p of 0.000 there is not
    if cell is None or isinstance(cell, float):
        return number(cell, digits) if cell else number(cell, 0)
    return str(cell)
