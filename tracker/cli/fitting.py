"""How a table fits a narrow terminal: columns keep their longest word, and those for which no room is left stand in a second table below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tracker.tokens import CJK

GAP = 3
MOST_NEEDED = 32
FEWEST_CJK = 10
READABLE = 20  # a column of text is not squeezed below this


def needed(cells: Sequence[str]) -> int:
    """Return the width below which a column would break a word or could hardly be read.

    Words longer than MOST_NEEDED may be broken, and Chinese anywhere behind FEWEST_CJK.

    Example:
        >>> needed(["two", "three four five six seven"]), needed(["a" * 50])
        (20, 32)
    """
    words = [word for cell in cells for word in cell.split()]
    longest = max((min(cell_len(word), FEWEST_CJK if CJK.search(word) else MOST_NEEDED) for word in words), default=1)
    return max(longest, min(READABLE, max(map(cell_len, cells), default=1)))


def parted(needs: Sequence[int], width: int) -> list[list[int]]:
    """Return the columns of each table that is shown: all in one where they fit, else several that each begin with the first column.

    Example:
        >>> parted([8, 10, 10], 40), parted([8, 10, 10], 24)
        ([[0, 1, 2]], [[0, 1], [0, 2]])
    """
    tables = [[0]]
    for column in range(1, len(needs)):
        if len(tables[-1]) > 1 and _total([needs[i] for i in (*tables[-1], column)]) > width:
            tables.append([0])
        tables[-1].append(column)
    return tables


def widths(natural: Sequence[int], needs: Sequence[int], width: int) -> list[int]:
    """Return the width of every column: as wide as it is, the widest made narrower, none below what it needs unless nothing fits.

    Example:
        >>> widths([10, 60], [5, 8], 40)
        [10, 27]
    """
    held = list(natural)
    while _total(held) > width:
        shrinking = [i for i, one in enumerate(held) if one > needs[i]] or [i for i, one in enumerate(held) if one > 1]
        if not shrinking:
            break
        held[max(shrinking, key=lambda i: held[i])] -= 1
    return held


def _total(widths_: Sequence[int]) -> int:
    return sum(widths_) + GAP * (len(widths_) - 1)
