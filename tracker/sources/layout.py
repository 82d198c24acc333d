"""Pieces of text with their place on a page -> lines in reading order -> paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, quantiles

from tracker.patterns import regex

NOTE_MARK, SAME_LINE, SAME_START, GUTTER = 0.78, 0.5, 2.0, 3.0
COLUMN_LINES, COLUMN_CHARACTERS, CROSSING_SHARE, SIDE_SHARE = 3, 12, 0.25, 0.5
COLUMN_CANDIDATES = 20  # a bound on the work that a page made to be slow can ask for
EDGE_LINES, EDGE_SHARE, EDGE_DRIFT = 3, 0.4, 12.0
PARAGRAPH_GAP, OTHER_SIZE, INDENT, SHORT_LINE = 1.2, 0.12, 0.8, 0.8
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_ENDED = regex(r"[.!?…:;。！？：；][\"'”’»)\]】」』）*]*$")
_BULLET = regex(r"(?:[•▪◦‣·●■]|[-–—]\s|\(?(?:\d{1,2}|[a-z])[.)]\s)")
_HYPHENS = "-\u00ad\u2010\x02"
_PAGE_NUMBER = regex(
    r"[\s\[(|–—-]*(?:(?:page|p\.|seite|página|第)\s*)?(?:\d{1,3}|[ivxl]{1,6})(?:\s*(?:of|/|von|de|sur|共)\s*\d{1,3})?\s*(?:页)?[\s\])|–—.-]*", re.IGNORECASE
)
_WIDE = regex(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]")
_HAN = regex(r"[\u2e80-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters side by side on one line of a page.

    Args:
        text: The characters.
        left: Left edge, in points from the left of the page.
        right: Right edge.
        bottom: Lower edge of the line's box, in points from the bottom of the page.
        top: Upper edge.
        page: Number of the page, from 0.
        column: Number of the column, from the left; set by `in_order`.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int
    column: int = 0

    @property
    def size(self) -> float:
        """Height of the line's box in points."""
        return max(self.top - self.bottom, 0.1)


@dataclass(frozen=True, slots=True)
class Laid:
    """The text of all pages, and the lines that were left out of it: running heads, running feet and page numbers."""

    text: str
    left_out: tuple[str, ...]


def lay_out(pages: Sequence[Sequence[Piece]]) -> Laid:
    """Return the text in reading order: paragraphs of one line each, a blank line between them.

    Columns are read one after the other; lines that stand at the edge of most pages are left out; words cut at a line end are joined.

    Args:
        pages: The pieces of each page, in any order.
    """
    lines = [in_order(pieces) for pieces in pages]
    edges = _repeated(lines)
    kept = [line for page in lines for line in page if line not in edges]
    return Laid("\n\n".join(_paragraphs(kept)), tuple(line.text for page in lines for line in page if line in edges))


def in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the lines of one page in reading order.

    Example:
        >>> two = [Piece(f"{side} column, line {n}", x, x + 200, 700 - 14 * n, 710 - 14 * n, 0) for n in range(4) for side, x in (("left", 50), ("right", 300))]
        >>> [line.text for line in in_order(two)][3:5]
        ['left column, line 3', 'right column, line 0']
    """
    rows = _rows(pieces)
    starts = _column_starts(rows)
    lines = [line for row in rows for line in _joined(row, starts)]
    ordered: list[Piece] = []
    band: list[Piece] = []
    for line in lines:  # rows come from the top down
        first, last = _column(line.left + SAME_START, starts), _column(line.right - SAME_START, starts)
        if first == last:
            band.append(replace(line, column=first))
        else:
            ordered += sorted(band, key=lambda held: held.column)
            band = []
            ordered.append(line)
    return ordered + sorted(band, key=lambda held: held.column)


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces that stand side by side, from the top down and from the left; raised note marks are left out."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.top, p.left)):
        row = next((r for r in reversed(rows[-4:]) if _overlap(piece, r[0]) > SAME_LINE * min(piece.size, r[0].size)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    whole = [[p for p in row if not _is_note_mark(p, row)] for row in rows]
    return [sorted(row, key=lambda p: (p.left, p.right)) for row in sorted(whole, key=lambda row: -max((p.bottom for p in row), default=0)) if row]


def _overlap(one: Piece, other: Piece) -> float:
    return min(one.top, other.top) - max(one.bottom, other.bottom)


def _is_note_mark(piece: Piece, row: Sequence[Piece]) -> bool:
    tallest = max(p.size for p in row)
    return piece.text.strip().isdigit() and piece.size < NOTE_MARK * tallest and piece.bottom > min(p.bottom for p in row)


def _column_starts(rows: Sequence[Sequence[Piece]]) -> list[float]:
    """Return the left edges of the second and further columns.

    An edge begins a column where three lines and more begin at it, few lines cross it between the highest and the lowest of these, and about as many lines
    of text end before it: labels, numbers of a list and lines set in are no columns.
    """
    pieces = [p for row in rows for p in row]
    leftmost = min((p.left for p in pieces), default=0.0)
    counts = Counter(round(p.left / SAME_START) for p in pieces if p.left > leftmost + 2 * GUTTER)
    starts: list[float] = []
    for step, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:COLUMN_CANDIDATES]:
        at = min((p.left for p in pieces if abs(p.left - step * SAME_START) <= SAME_START), default=0.0)
        if all(abs(at - other) > 4 * GUTTER for other in starts) and _begins_column(at, rows):
            starts.append(at)
    return sorted(starts)


def _begins_column(at: float, rows: Sequence[Sequence[Piece]]) -> bool:
    heads = [p for row in rows for p in row if abs(p.left - at) <= SAME_START]
    if len(heads) < COLUMN_LINES:
        return False
    low, high = min(p.bottom for p in heads), max(p.top for p in heads)
    near = [[p for p in row if low <= p.bottom <= high or low <= p.top <= high] for row in rows]
    left = [held for row in near if (held := [p for p in row if p.right <= at - GUTTER])]
    right = [held for row in near if (held := [p for p in row if p.left >= at - SAME_START]) and abs(held[0].left - at) <= SAME_START]
    crossing = sum(any(p.left < at - GUTTER < p.right for p in row) for row in near)
    return (
        crossing <= CROSSING_SHARE * len(right)
        and len(left) >= max(COLUMN_LINES, SIDE_SHARE * len(right))
        and min(_characters(left), _characters(right)) >= COLUMN_CHARACTERS
    )


def _characters(rows: Sequence[Sequence[Piece]]) -> float:
    """Return the usual number of characters in a row; a Chinese character counts as two."""
    return median(sum(len(p.text) + len(_HAN.findall(p.text)) for p in row) for row in rows)


def _column(x: float, starts: Sequence[float]) -> int:
    return sum(start <= x for start in starts)


def _joined(row: Sequence[Piece], starts: Sequence[float]) -> list[Piece]:
    """Return the lines of a row: its pieces joined, but for those that begin a column."""
    lines: list[Piece] = []
    for piece in row:
        if lines and not any(abs(piece.left - start) <= SAME_START for start in starts):
            last = lines[-1]
            gap = "" if piece.left - last.right < 0.1 * last.size or last.text.endswith(" ") or _wide_ends(last.text, piece.text) else " "
            size = max(last, piece, key=lambda p: len(p.text))
            lines[-1] = replace(last, text=last.text + gap + piece.text, right=max(last.right, piece.right), bottom=size.bottom, top=size.top)
        else:
            lines.append(piece)
    return [replace(line, text=text) for line in lines if (text := " ".join(line.text.translate(_LIGATURES).split()))]


def _wide_ends(before: str, behind: str) -> bool:
    """Whether a Chinese or Japanese character stands on both sides, where no space is written."""
    return bool(_WIDE.match(before[-1:]) and _WIDE.match(behind[:1]) and (_HAN.match(before[-1:]) or _HAN.match(behind[:1])))


def _repeated(pages: Sequence[Sequence[Piece]]) -> set[Piece]:
    """Return the lines at the top and bottom edges that stand on most pages at one height (their numbers aside), and page numbers."""
    edge: dict[str, list[Piece]] = {}
    numbers: set[Piece] = set()
    for page in pages:
        heights = sorted({round(line.bottom) for line in page})
        outer = {*heights[:EDGE_LINES], *heights[-EDGE_LINES:]}
        outmost = {*heights[:1], *heights[-1:]} if len(heights) > 1 else set()
        for line in page:
            if round(line.bottom) in outer:
                edge.setdefault(f"{re.sub(r'[0-9]+', '#', line.text.casefold())} {round(line.size)}", []).append(line)
            if round(line.bottom) in outmost and _PAGE_NUMBER.fullmatch(line.text):
                numbers.add(line)
    needed = max(min(3, len(pages)), 2, EDGE_SHARE * len(pages))
    found = {line for lines in edge.values() for group in _at_one_height(lines) if len({p.page for p in group}) >= needed for line in group}
    return found | numbers


def _at_one_height(lines: Sequence[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    for line in sorted(lines, key=lambda p: (p.bottom, p.page)):
        if groups and line.bottom - groups[-1][0].bottom <= EDGE_DRIFT:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _paragraphs(lines: Sequence[Piece]) -> list[str]:
    """Return the paragraphs of lines in reading order."""
    leading = _leading(lines)
    edges = _edges(lines)
    hyphenated = {word.casefold() for line in lines for word in re.findall(r"\w+-\w+", line.text)}
    paragraphs: list[str] = []
    for i, line in enumerate(lines):
        if i and not _begins_paragraph(lines[i - 1], line, leading, edges):
            paragraphs[-1] = _continued(paragraphs[-1], line.text, hyphenated)
        else:
            paragraphs.append(line.text)
    return [p.replace("\x02", "-") for p in paragraphs]


def _leading(lines: Sequence[Piece]) -> float:
    """Return the usual distance from line to line inside a paragraph, in heights of a line: one in four is not larger."""
    steps = [(a.bottom - b.bottom) / b.size for a, b in pairwise(lines) if _follows(a, b)]
    return quantiles(steps, n=4, method="inclusive")[0] if len(steps) > 1 else (steps[0] if steps else 1.0)


def _follows(a: Piece, b: Piece) -> bool:
    return a.page == b.page and a.column == b.column and a.bottom > b.bottom and _same_size(a, b)


def _same_size(a: Piece, b: Piece) -> bool:
    return abs(a.size - b.size) <= OTHER_SIZE * max(a.size, b.size)


def _edges(lines: Sequence[Piece]) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the left and right edge of the text of each column of each page."""
    columns: dict[tuple[int, int], list[Piece]] = {}
    for line in lines:
        columns.setdefault((line.page, line.column), []).append(line)
    return {place: (min(p.left for p in held), max(p.right for p in held)) for place, held in columns.items()}


def _begins_paragraph(a: Piece, b: Piece, leading: float, edges: dict[tuple[int, int], tuple[float, float]]) -> bool:
    """Whether line b begins a paragraph after line a."""
    left, right = edges[a.page, a.column]
    ended = bool(_ENDED.search(a.text))
    if not _same_size(a, b) or _BULLET.match(b.text):
        return True
    if not _follows(a, b):
        return ended or (b.text[:1].isupper() and a.right < left + SHORT_LINE * (right - left))
    is_short = a.right < left + SHORT_LINE * (right - left)
    is_set_in = b.left > a.left + INDENT * b.size
    return (a.bottom - b.bottom) / b.size > PARAGRAPH_GAP * leading or (is_set_in and (ended or is_short)) or (is_short and ended)


def _continued(text: str, line: str, hyphenated: set[str]) -> str:
    """Return a paragraph with one more line: a word cut by a hyphen is joined, unless the text writes it with its hyphen elsewhere."""
    if text[-1] in _HYPHENS and len(text) > 1 and text[-2].isalpha() and line[:1].isalpha():
        before, behind = re.findall(r"\w+", text[:-1])[-1:], re.match(r"\w+", line)
        written = f"{before[0]}-{behind[0]}".casefold() if before and behind else ""
        keeps = written in hyphenated or line[:1].isupper() or (before and before[0].casefold() == "self")
        return f"{text[:-1]}-{line}" if keeps else f"{text[:-1]}{line}"
    return text + line if text[-1] in _HYPHENS or _wide_ends(text, line) else f"{text} {line}"
