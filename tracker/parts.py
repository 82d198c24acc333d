"""The segments and the tokens of a speech, worked out once: a cache gives back what was made of the same words by the same code and settings."""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import add, sub
from typing import Any, Protocol

from tracker.boilerplate import silent_spans
from tracker.numbered import Numbered
from tracker.recipe import Recipe
from tracker.room import Room
from tracker.speech import Segment, Speech
from tracker.tokens import Tokens, tokenise, without
from tracker.vocabulary import TypeCounts, type_counts

_NO_FRAME = (0, 0)
_LIBRARIES = ("nupunkt", "rjieba", "simplemma")  # what they say can change with their version


class Cache(Protocol):
    """Where parts of speeches are remembered (`tracker.store.cache.Cache`).

    Args:
        room: What is held in memory besides.
        is_usable: Whether what is put in can be had again.
    """

    room: Room
    is_usable: bool

    def get(self, speech: str, part: str, key: str) -> bytes | None:
        """Return what is held of a speech under a name, if it was made from the same."""

    def put(self, speech: str, part: str, key: str, held: bytes) -> None:
        """Hold a part of a speech."""

    def flush(self) -> None:
        """Write what was put in."""


def segments_of(speech: Speech, recipe: Recipe, cache: Cache | None = None) -> tuple[Segment, ...]:
    """Return `tracker.voice.mark` of a speech.

    Args:
        speech: Its text, kind, language, speaker, tags and what was inferred decide.
        recipe: What its speakers are called.
        cache: Where it is looked up, and remembered.
    """
    if cache is None:
        return _mark(speech, recipe)
    key = _key(speech, _heard(speech, recipe))
    held = cache.get(speech.id, "segments", key)
    if held is not None:
        return _unpack_segments(held)
    segments = _mark(speech, recipe)
    cache.put(speech.id, "segments", key, _pack_segments(segments))
    return segments


def types_of(speech: Speech, inside: bytes, cache: Cache) -> TypeCounts:
    """How often each type of a speech counts.

    Args:
        speech: Its text and language decide.
        inside: For every token 1 where it counts.
        cache: Where its tokens are looked up, and remembered.
    """
    key = _key(speech, [speech.language])
    held = cache.get(speech.id, "tokens", key)
    if held is None:
        held = _pack_tokens(tokenise(speech.text, speech.language))
        cache.put(speech.id, "tokens", key, held)
    (words, terms, _), which, *_ = _unpack(held)
    return type_counts(zip(words, terms, strict=True), which, inside)


def spans_of(speech: Speech, cache: Cache) -> tuple[Sequence[int], Sequence[int]]:
    """Where each token of a speech begins and ends."""
    held = cache.get(speech.id, "tokens", _key(speech, [speech.language]))
    if held is None:
        tokens = tokenise(speech.text, speech.language)
        return tokens.starts, tokens.ends
    _, _, starts, lengths = _unpack(held)
    return starts, array("I", map(add, starts, lengths))


def key_of(speech: Speech, recipe: Recipe, *said: object) -> str:
    """The hash of all that counts of a speech are made from: what its parts are made from, the recurring lines, and what else is said."""
    return _key(speech, [_heard(speech, recipe), recipe.words.boilerplate, said])


def _heard(speech: Speech, recipe: Recipe) -> list[object]:
    """What decides whose words are whose, besides the text."""
    settings = {name: held.model_dump() for name, held in recipe.speakers.items()}
    return [speech.kind, speech.language, speech.speaker, sorted(speech.inferred), dict(speech.tags), settings]


def _mark(speech: Speech, recipe: Recipe) -> tuple[Segment, ...]:
    from tracker.voice import mark

    return mark(speech, recipe)


def tokens_of(speech: Speech, recipe: Recipe, cache: Cache | None = None) -> Tokens:
    """Return the tokens of a speech as they are counted: the recurring lines that the settings name carry no content and no theme.

    Args:
        speech: Its text and language decide.
        recipe: The recurring lines.
        cache: Where its tokens are looked up, and remembered.
    """
    silent = silent_spans(speech.text, recipe.words.boilerplate) if recipe.words.boilerplate else ()
    if cache is None:
        return without(tokenise(speech.text, speech.language), silent)
    key = _key(speech, [speech.language])
    held = cache.get(speech.id, "tokens", key)
    if held is not None:
        return without(_unpack_tokens(held, speech), silent)
    tokens = tokenise(speech.text, speech.language)
    cache.put(speech.id, "tokens", key, _pack_tokens(tokens))
    return without(tokens, silent)


def _key(speech: Speech, said: object) -> str:
    """The hash of all that a part is made from: the code that makes it, the text, for which its id stands, and what else is said of the speech."""
    return hashlib.sha256(json.dumps([code_hash(), speech.id, said], sort_keys=True).encode()).hexdigest()[:24]


@lru_cache(maxsize=1)
def code_hash() -> str:
    """12 hex digits over the code that reads, cuts and marks texts, the libraries it asks and this Python."""
    root = files("tracker")
    rooms = (room for room in root.iterdir() if room.name in ("lexicon", "sources", "voice"))
    sources = [*root.iterdir(), *(file for room in rooms for file in room.iterdir())]
    told = hashlib.sha256(sys.version.encode())
    for file in sorted((file for file in sources if file.name.endswith(".py")), key=_place):
        told.update(_place(file).encode() + file.read_bytes())
    for library in _LIBRARIES:
        told.update(f"{library} {_version(library)}".encode())
    return told.hexdigest()[:12]


def _place(file: Traversable) -> str:
    return str(file).rpartition("tracker")[2]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _pack_tokens(tokens: Tokens) -> bytes:
    """Types once, then for every token its type, where it begins and how long it is."""
    kinds = Numbered[tuple[str, str, bool]]()
    which = array("I", map(kinds.__getitem__, zip(tokens.words, tokens.terms, tokens.content, strict=True)))
    lengths = array("I", map(sub, tokens.ends, tokens.starts))
    head = json.dumps([len(which), *zip(*kinds, strict=True)]).encode()
    return zlib.compress(len(head).to_bytes(4, "little") + head + which.tobytes() + array("I", tokens.starts).tobytes() + lengths.tobytes(), 1)


def _unpack(held: bytes) -> tuple[list[list[Any]], array[int], array[int], array[int]]:
    """Words, terms and content of the types; for every token its type, where it begins and how long it is."""
    whole = zlib.decompress(held)
    begin = 4 + int.from_bytes(whole[:4], "little")
    n, *kinds = json.loads(whole[4:begin])
    numbers = array("I", whole[begin:])
    return kinds or [[], [], []], numbers[:n], numbers[n : 2 * n], numbers[2 * n :]


def _unpack_tokens(held: bytes, speech: Speech) -> Tokens:
    (words, terms, content), which, begins, lengths = _unpack(held)
    starts = begins.tolist()
    return Tokens(
        text=speech.text,
        language=speech.language,
        starts=starts,
        ends=[start + length for start, length in zip(starts, lengths, strict=True)],
        words=[words[i] for i in which],
        terms=[terms[i] for i in which],
        content=[content[i] for i in which],
    )


def _pack_segments(segments: tuple[Segment, ...]) -> bytes:
    """What many sentences share once; then for every sentence which of these it has, and its places."""
    kinds = Numbered[tuple[Any, ...]]()
    numbers = array("i")
    for one in segments:
        kind = kinds[one.voice, one.block, one.reason, one.sure, one.further, one.cued]
        numbers.extend((kind, one.start, one.end, *one.frame, one.paragraph))
    head = json.dumps(list(kinds)).encode()
    return zlib.compress(len(head).to_bytes(4, "little") + head + numbers.tobytes(), 1)


def _unpack_segments(held: bytes) -> tuple[Segment, ...]:
    whole = zlib.decompress(held)
    begin = 4 + int.from_bytes(whole[:4], "little")
    kinds = [(voice, block, reason, sure, tuple(map(tuple, further)), cued) for voice, block, reason, sure, further, cued in json.loads(whole[4:begin])]
    numbers = iter(array("i", whole[begin:]))
    found = []
    for kind, start, end, first, last, paragraph in zip(*[numbers] * 6, strict=True):
        voice, block, reason, sure, further, cued = kinds[kind]
        found.append(Segment(start, end, voice, block, (first, last) if last else _NO_FRAME, paragraph, reason, sure, further, cued))
    return tuple(found)
