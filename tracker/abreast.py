"""The first reading of a large corpus, shared between this process and a second one: what both work out goes into the cache."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from itertools import accumulate
from threading import Thread

from tracker.analysis import Reader
from tracker.lexicon import Lexicon
from tracker.parts import Cache
from tracker.recipe import Recipe
from tracker.room import Room
from tracker.speech import Speech
from tracker.twin import Twin, can_run
from tracker.vocabulary import TypeCounts, TypeRows

Part = tuple[str, str, str, bytes | TypeCounts]
"""Speech, name of the part, key and what is held: what `Cache.put` or `Cache.put_types` takes."""

LEAST = 1_500_000
"""Characters: fewer are read sooner than the other process has begun."""
_SHARE = 20  # speeches a question: few, so that nobody waits long for the other at the end
_ROOM = 64 * 1024**2  # bytes


def is_worth_it(speeches: Sequence[Speech]) -> bool:
    """Whether there are two cores and enough to read for both."""
    return can_run() and any(letters >= LEAST for letters in accumulate(len(speech.text) for speech in speeches))


def read_abreast(reader: Reader, cache: Cache, speeches: Sequence[Speech], progress: Callable[[int], None]) -> None:
    """Work out the parts and counts of speeches in two processes, and remember them.

    What the other process leaves undone, because it was ended or met an error, is left out here too: it is read when it is asked for.

    Args:
        reader: Takes speeches apart.
        cache: Its cache.
        speeches: Those of which nothing is held.
        progress: Called with how many are done.
    """
    waiting, answered = deque(speeches), deque[list[Part]]()
    try:
        twin = Twin(__name__, "answering", (reader.lexicon, reader.recipe, cache))
    except OSError:
        return
    with closing(twin):
        other = Thread(target=_feed, args=(twin, waiting, answered), daemon=True)
        other.start()
        while other.is_alive() or waiting or answered:
            while answered:
                for told in answered.popleft():
                    _remember(cache, *told)
            try:
                speech = waiting.popleft()
            except IndexError:
                other.join(0.01)
                continue
            reader.prepare(speech)
            progress(len(speeches) - len(waiting))


def _feed(twin: Twin, waiting: deque[Speech], answered: deque[list[Part]]) -> None:
    """Ask the other process for a few speeches at a time until none is left or it is gone."""
    with suppress(OSError, ValueError):  # ended by somebody, or closed after Ctrl-C
        while asked := _some(waiting):
            twin.say(asked)
            answered.append(twin.hear())


def _some(waiting: deque[Speech]) -> list[Speech]:
    taken: list[Speech] = []
    with suppress(IndexError):
        while len(taken) < _SHARE:
            taken.append(waiting.popleft())
    return taken


def _remember(cache: Cache, speech: str, part: str, key: str, held: bytes | TypeCounts) -> None:
    if isinstance(held, bytes):
        cache.put(speech, part, key, held)
    else:
        cache.put_types(speech, part, key, held)


class _Kept:
    """A cache that looks things up in another and keeps what is put into it, to be sent."""

    is_usable = True

    def __init__(self, held: Cache) -> None:
        self.held, self.room = held, Room(_ROOM)
        self.parts: dict[tuple[str, str], Part] = {}

    def get(self, speech: str, part: str, key: str) -> bytes | None:
        own = self._own(speech, part, key)
        return own if isinstance(own, bytes) else self.held.get(speech, part, key)

    def put(self, speech: str, part: str, key: str, held: bytes) -> None:
        self.parts[speech, part] = speech, part, key, held

    def types(self, speech: str, part: str, key: str) -> TypeCounts | None:
        own = self._own(speech, part, key)
        return own if isinstance(own, TypeCounts) else self.held.types(speech, part, key)

    def put_types(self, speech: str, part: str, key: str, counts: TypeCounts) -> None:
        self.parts[speech, part] = speech, part, key, counts

    def type_rows(self, part: str, keys: Mapping[str, str]) -> Iterator[TypeRows]:
        return self.held.type_rows(part, keys)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def _own(self, speech: str, part: str, key: str) -> bytes | TypeCounts | None:
        own = self.parts.get((speech, part))
        return own[3] if own is not None and own[2] == key else None


def answering(given: tuple[Lexicon, Recipe, Cache]) -> Callable[[list[Speech]], list[Part]]:
    """What the other process does: take speeches apart and send what is to be remembered of them."""
    lexicon, recipe, held = given

    def answer(speeches: list[Speech]) -> list[Part]:
        cache = _Kept(held)
        reader = Reader(lexicon, recipe, cache=cache)
        for speech in speeches:
            with suppress(Exception):  # the first process meets it again, and says so
                reader.prepare(speech)
        return list(cache.parts.values())

    return answer
