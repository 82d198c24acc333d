"""Search: every place where words are said, with what stands around it, who says it and when."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from tracker.errors import QueryError, SliceError
from tracker.slices import Slice, parse_slice, select
from tracker.speech import Segment, Speech
from tracker.store.query import parse_query
from tracker.tasks.workspace import Workspace

MOST_HITS = 40
CONTEXT = 80


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand.

    Args:
        speech: Its id.
        date: Its date, no more exact than known; "" when unknown.
        start: Offset of the first character of `match` in the speech's text.
        end: Offset behind its last; the text from `start` to `end` is exactly `match`.
        left: Up to 80 characters before it, verbatim.
        match: The words found.
        right: Up to 80 characters behind it, verbatim.
        voice: Who is heard there, or the block (title, heading, caption) outside the body.
        sure: False where the rule for the voice only leans to it.
    """

    speech: str
    date: str
    speaker: str
    title: str
    start: int
    end: int
    left: str
    match: str
    right: str
    voice: str
    sure: bool


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found.

    Args:
        query: As asked.
        slice: As asked, or "".
        speeches: How many speeches the search finds, whether shown or not.
        shown: How many of them `hits` comes from, the earliest first.
        hits: In order of date, then place in the text; at most as many as asked for.
        complete: Whether `hits` is everything.
        note: What to know about the search itself, or "".
    """

    query: str
    slice: str
    speeches: int
    shown: int
    hits: tuple[Hit, ...]
    complete: bool
    note: str = ""


def search(workspace: Workspace, query: str, slice_: str = "", *, most: int = MOST_HITS) -> SearchResult:
    """Find words, phrases and their combinations in the texts of the corpus.

    Args:
        workspace: Where.
        query: Words, "phrases", prefix*, AND, OR, NOT, NEAR(one two, 5), brackets.
        slice_: Only speeches of this slice; all when "".
        most: Hits given; only the speeches they come from are read and marked.

    Raises:
        QueryError: The query cannot be read, or `most` is below 1.
        SliceError: The slice cannot be read or is empty.
    """
    if most < 1:
        raise QueryError(f"`--most {most}` shows nothing", hint="--most 40")
    parsed = parse_query(query)
    wanted = _slice(query, slice_)
    found = workspace.store.matches(parsed)
    if wanted is not None:
        inside = {listed.id for listed in select(workspace.store.listed(), wanted)}
        found = [name for name in found if name in inside]
    from tracker.parts import segments_of

    hits: list[Hit] = []
    shown, complete = 0, True
    for name in found:
        if len(hits) == most:
            complete = False
            break
        speech = workspace.store.get(name)
        spots = workspace.store.spots(parsed, speech)
        kept = spots[: most - len(hits)]
        complete = len(kept) == len(spots)
        hits += _hits(speech, kept, segments_of(speech, workspace.recipe, workspace.cache))
        shown += 1
    return SearchResult(query, slice_, len(found), shown, tuple(hits), complete, _note(workspace, query))


def _slice(query: str, text: str) -> Slice | None:
    """The slice, with the likely slip of the pen named: a phrase without quotation marks."""
    if not text:
        return None
    try:
        return parse_slice(text)
    except SliceError as error:
        hint = shlex.join(["tracker", "search", f"{query} {text}"])
        raise SliceError(error.message, looked_at=(*error.looked_at, "several words to search for stand in one pair of quotes"), hint=hint) from error


def _hits(speech: Speech, spots: list[tuple[int, int]], segments: Sequence[Segment]) -> list[Hit]:
    """The places with who is heard there: the segment in which the match begins."""
    hits = []
    for start, end in spots:
        segment = next((s for s in segments if s.start <= start < s.end), None)
        outside = segment is not None and segment.block not in ("body", "dateline")
        voice = "" if segment is None else segment.block if outside else segment.voice
        hits.append(
            Hit(
                *(speech.id, speech.date.text, speech.speaker, speech.title, start, end),
                left=_left(speech.text, start),
                match=speech.text[start:end],
                right=_right(speech.text, end),
                voice=voice,
                sure=segment is None or segment.sure,
            )
        )
    return hits


def _left(text: str, start: int) -> str:
    """What stands before, from the beginning of a word where there are spaces."""
    cut = text[max(0, start - CONTEXT) : start]
    space = cut.find(" ")
    return cut if start <= CONTEXT or not 0 <= space < CONTEXT // 2 else cut[space + 1 :]


def _right(text: str, end: int) -> str:
    """What stands behind, to the end of a word where there are spaces."""
    cut = text[end : end + CONTEXT]
    space = cut.rfind(" ")
    return cut if end + CONTEXT >= len(text) or space <= CONTEXT // 2 else cut[:space]


def _note(workspace: Workspace, query: str) -> str:
    """What to know about a search for Chinese words."""
    if not any("\u3400" <= c <= "\u9fff" for c in query) or not workspace.store.is_cut_into_words():
        return ""
    if find_spec("rjieba") is None:
        return "the Chinese texts were indexed by words, which need rjieba to be searched fully: pip install 'speech-theme-tracker[zh]'"
    return "" if "*" in query else "whole Chinese words; with * behind it a word also finds the longer ones that begin with it"
