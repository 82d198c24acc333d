"""Rows that are more than memory should hold: the first stay in it, the rest lie in a file that goes away by itself."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Generic, TypeVar

Row = TypeVar("Row")
CHUNK = 1_000  # rows that are held, and that are read together


class Spooled(Generic[Row]):
    """Rows in the order in which they came; as many as `CHUNK` are held, whatever their number.

    Args:
        rows: The first of them.

    Example:
        >>> rows = Spooled(range(2_500))
        >>> len(rows), list(rows)[-1]
        (2500, 2499)
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._file: IO[bytes] | None = None
        self._chunks = 0
        self._last: list[Row] = []
        for row in rows:
            self.append(row)

    def append(self, row: Row) -> None:
        """Put a row behind the others."""
        if len(self._last) == CHUNK:
            if self._file is None:
                import tempfile  # for a thousand rows and more

                self._file = tempfile.TemporaryFile(prefix="tracker-")  # noqa: SIM115 - closed, and gone, with the rows
            self._file.seek(0, 2)
            pickle.dump(self._last, self._file)
            self._chunks, self._last = self._chunks + 1, []
        self._last.append(row)

    def __len__(self) -> int:
        return self._chunks * CHUNK + len(self._last)

    def __iter__(self) -> Iterator[Row]:
        place, last = 0, tuple(self._last)  # what comes meanwhile is for the next reader
        for _ in range(self._chunks):
            assert self._file is not None  # noqa: S101 - there are chunks
            self._file.seek(place)
            chunk = pickle.load(self._file)  # noqa: S301 - written above, by this process
            place = self._file.tell()
            yield from chunk
        yield from last

    def first(self, most: int) -> list[Row]:
        """The first rows."""
        return list(islice(self, most))

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()
