"""Where quotation marks open and close."""

from __future__ import annotations

import re

from tracker.patterns import regex
from tracker.voice.cues import QUOTED

_MARK = regex(r"[“”„«»「」『』\"]")
_SINGLE = regex(r"(?<![\w’])‘(?=\w)[^‘“”\n]{1,800}?[^\s\w]’(?!\w)|(?<![\w’])‘(?=\w)[^‘’“”\n]{1,200}’(?!\w)")


def quoted_spans(text: str, start: int, end: int, *, inside: bool = False) -> tuple[list[tuple[int, int]], bool]:
    """Return the quotations of one block, marks included, and whether the last is still open at its end.

    Args:
        text: The whole text.
        start: Where the block begins.
        end: Where it ends.
        inside: Whether a quotation is open when the block begins; an opening mark there only repeats it.

    Example:
        >>> quoted_spans('“We stay,” he said. “Go', 0, 23)
        ([(0, 10), (20, 23)], True)
    """
    spans: list[tuple[int, int]] = []
    opened = start if inside else -1
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        opens = mark[0] in "“„«「『" or (mark[0] == '"' and _opens(text, at, start, end))
        if opens and opened < 0:
            opened = at
        elif not opens and opened >= 0:
            spans.append((opened, at + 1))
            opened = -1
    if opened >= 0:
        spans.append((opened, end))
    if not spans:
        return [m.span() for m in _SINGLE.finditer(text, start, end)], False
    return spans, opened >= 0


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Whether a straight mark opens: white space, a bracket or the block's edge before it and no white space behind it."""
    before = text[at - 1] if at > start else " "
    behind = text[at + 1] if at + 1 < end else " "
    return (before.isspace() or before in "([—–-") and not behind.isspace()


def mask(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """Return `text[start:end]` with every quoted character replaced and all white space as plain spaces; same length."""
    piece = re.sub(r"\s", " ", text[start:end])
    parts, done = [], 0
    for first, last in spans:
        a, b = max(first, start) - start, min(last, end) - start
        if a < b:
            parts += [piece[done:a], QUOTED * (b - a)]
            done = b
    return "".join([*parts, piece[done:]])
