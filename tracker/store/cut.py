"""Texts without spaces between words, cut so that a full-text index finds their words: Chinese into words, other such letters one by one."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise
from typing import Literal

from tracker.patterns import regex

Cut = Literal["", "words", "characters"]
_CJK = r"\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_ANY = regex(f"[{_CJK}]")
_BETWEEN = regex(rf"(?<=[{_CJK}])(?=\S)|(?<=\S)(?=[{_CJK}])")


def cut_text(text: str, language: str) -> tuple[str | None, Cut]:
    """Return what the index reads instead of a text, and how it was cut; (None, "") where the text itself will do.

    Nothing but spaces is put in, so that every place in the result is a place in the text.

    Args:
        text: The text.
        language: ISO 639-1 code; zh is cut into words when rjieba is installed.

    Example:
        >>> cut_text("The 港口 opens", "en"), cut_text("The port opens", "en")
        (('The 港 口 opens', 'characters'), (None, ''))
    """
    if not _ANY.search(text):
        return (text.replace("\0", " "), "") if "\0" in text else (None, "")
    plain = text.replace("\0", " ")  # what SQLite gives back ends at the first NUL
    if language == "zh" and find_spec("rjieba") is not None:
        return _apart(plain), "words"
    return _BETWEEN.sub(" ", plain), "characters"


def variants(words: str, cut: Cut) -> tuple[str, ...]:
    """Return the ways in which searched words may stand in texts that were cut in this way, the likeliest first.

    A segmenter cuts by what stands around, so that the same characters may be one word here and two there.
    """
    if not _ANY.search(words):
        return (words,)
    single = _BETWEEN.sub(" ", words)
    if cut != "words":
        return (single,)
    segmented = _apart(words) if find_spec("rjieba") is not None else words
    return tuple(dict.fromkeys((segmented, words, single)))


def _apart(text: str) -> str:
    """The text with a space between Chinese words."""
    import rjieba

    ends = sorted({0, len(text), *(a for _, a, _ in rjieba.tokenize(text, "default"))})
    pieces = [text[a:b] for a, b in pairwise(ends)]
    return "".join(p if not i or p[0].isspace() or pieces[i - 1][-1].isspace() else f" {p}" for i, p in enumerate(pieces))


def places(cut: str, text: str) -> list[int]:
    """Return, for each character of a cut text and for its end, the offset of the same character in the text.

    Raises:
        ValueError: The one is not the other with spaces put in.

    Example:
        >>> places("港 口", "港口")
        [0, 1, 1, 2]
    """
    at = 0
    offsets = []
    for character in cut:
        offsets.append(at)
        if at < len(text) and (text[at] == character or (text[at] == "\0" and character == " ")):
            at += 1
        elif character != " ":
            raise ValueError("the searched words are not those of the text")
    if at != len(text):
        raise ValueError("the searched words are not the whole text")
    return [*offsets, at]
