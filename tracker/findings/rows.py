"""The tidy tables behind a report: shares by speech and theme, and every mention with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar, overload

from tracker.analysis import Analysed
from tracker.counts import Places
from tracker.findings.sides import Side
from tracker.lexicon import Hit, Lexicon

Row = dict[str, object]


T = TypeVar("T")


class Made(Sequence[T]):
    """Items that are made when they are asked for and not kept: a table of millions of rows takes no memory.

    Args:
        make: Makes all of them, in order, again each time.
        size: How many they are.
    """

    def __init__(self, make: Callable[[], Iterator[T]], size: int) -> None:
        self._make, self._size = make, size

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[T]:
        return self._make()

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        wanted = range(self._size)[at]
        if isinstance(wanted, int):
            return next(islice(self, wanted, None))
        return tuple(islice(self, wanted.start, wanted.stop, wanted.step)) if wanted.step > 0 else tuple(self)[at]


def measure_rows(sides: tuple[Side, Side], lexicon: Lexicon) -> Sequence[Row]:
    """One row per speech, scope and theme: hits, core hits and content tokens beside the speech's metadata."""

    def make() -> Iterator[Row]:
        for item, period in _items(sides):
            own = {**_speech(item, period), **_metadata(item)}
            for scope, counted in sorted((name, held) for name, held in item.counts.scopes.items() if name != "none"):
                for theme in lexicon.themes:
                    hits, core_hits = counted.themes[theme.id]
                    told = {"scope": scope, "headline_scope": scope == item.scope, "theme": theme.id, "hits": hits, "core_hits": core_hits}
                    yield {**own, **told, "tokens": counted.tokens}

    scopes = sum(name != "none" for item, _ in _items(sides) for name in item.counts.scopes)
    return Made(make, scopes * len(lexicon.themes))


def mention_rows(sides: tuple[Side, Side]) -> Sequence[Row]:
    """One row per mention of a theme: the words verbatim, their offsets in the speech's text, who says them, and whether they count."""

    def make() -> Iterator[Row]:
        for item, period in _items(sides):
            if hits := item.counts.hits:
                own, places = _speech(item, period), Places(item.segments)
                for hit in hits:
                    yield own | _mention(item, hit, places)

    return Made(make, sum(len(item.counts.hits) for item, _ in _items(sides)))


def _items(sides: tuple[Side, Side]) -> Iterator[tuple[Analysed, str]]:
    for side, period in zip(sides, ("before", "after"), strict=True):
        for item in side.speeches:
            yield item, period


def _speech(item: Analysed, period: str) -> Row:
    return {"speech": item.speech.id, "event": item.speech.event_id, "date": item.speech.date.text, "period": period}


def _metadata(item: Analysed) -> Row:
    speech = item.speech
    return {name: getattr(speech, name) for name in ("speaker", "title", "place", "outlet", "kind", "language")}


def _mention(item: Analysed, hit: Hit, places: Places) -> Row:
    segment = places.segment(hit.start)
    voice = "" if segment is None else segment.voice if segment.block == "body" else segment.block
    told = {"theme": hit.theme, "term": hit.term, "core": hit.core, "start": hit.start, "end": hit.end, "words": item.speech.text[hit.start : hit.end]}
    return {**told, "voice": voice, "counted_words": item.counted_tokens(hit)}
