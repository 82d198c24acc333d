"""What reaches the terminal: text without characters that would steer it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    r"""Return text in which control characters, marks of writing direction and half characters are shown as U+FFFD, line ends and tabs kept.

    A title is written by strangers: printed as it stands it could move the cursor, change colours or turn words around.

    Example:
        >>> printable("A \x1b[31mred\u202e title") == "A \ufffd[31mred\ufffd title"
        True
    """
    return _STEERING.sub("\ufffd", text)


def say(text: str) -> None:
    """Print data to stdout."""
    print(printable(text))  # noqa: T201 - the command line prints


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """Print a table of thousands of rows, a line each, at once: laying them out as rich does would take longer than finding them."""
    laid_out = [_laid_out([heading, *column], to_the_right=heading in right) for heading, *column in zip(headings, *rows, strict=True)]
    print("\n".join("   ".join(line).rstrip() for line in zip(*laid_out, strict=True)))  # noqa: T201 - the command line prints


def _laid_out(column: Sequence[str], *, to_the_right: bool) -> list[str]:
    """The cells of a column in a line each, all as wide as the widest, a rule under the first."""
    from rich.cells import cell_len

    plain = {cell: _in_one_line(cell) for cell in dict.fromkeys(column)}  # most columns say few things many times
    widths = [len(told) if told.isascii() else cell_len(told) for told in plain.values()]
    widest = max(widths)
    pads = [" " * (widest - width) for width in range(widest + 1)]
    aligned = (pads[width] + told if to_the_right else told + pads[width] for told, width in zip(plain.values(), widths, strict=True))
    cells = dict(zip(plain, aligned, strict=True))
    first, *rest = map(cells.__getitem__, column)
    return [first, "─" * widest, *rest]


def _in_one_line(cell: str) -> str:
    """A cell as it is shown; most are so already."""
    if cell.isprintable() and "  " not in cell and not cell.startswith(" ") and not cell.endswith(" "):
        return cell
    return " ".join(printable(cell).split())


def note(text: str) -> None:
    """Print a note or an error to stderr."""
    print(printable(text), file=sys.stderr)  # noqa: T201 - the command line prints


def never_fail() -> None:
    """Let both streams show what they cannot encode as escapes, on terminals that are not UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
