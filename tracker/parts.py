"""The segments and the tokens of a speech, worked out once: a cache gives back what was made of the same words by the same code and settings."""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zlib
from array import array
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import accumulate
from operator import add, sub
from typing import Any, NamedTuple, Protocol

from tracker.boilerplate import silent_spans
from tracker.numbered import Numbered, narrow
from tracker.recipe import Recipe
from tracker.room import Room
from tracker.speech import Segment, Speech
from tracker.tokens import Tokens, tokenise, without
from tracker.vocabulary import TypeCounts, TypeRows

_NO_FRAME = (0, 0)
_HEAD, _SHORT = struct.Struct("<3I3B"), 2  # tokens, types, bytes of their words; bytes of a number in each of the three rows
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

    def types(self, speech: str, part: str, key: str) -> TypeCounts | None:
        """Return the type counts that are held of a speech under a name, if they were made from the same."""

    def put_types(self, speech: str, part: str, key: str, counts: TypeCounts) -> None:
        """Hold the type counts of a speech."""

    def type_rows(self, part: str, keys: Mapping[str, str]) -> Iterator[TypeRows]:
        """Return the type counts of some speeches (id to key), some at a time, in any order; those of which nothing is held are not among them."""

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
    key = _made_of(code_hash(), *_heard(speech, recipe))
    held = cache.get(speech.id, "segments", key)
    if held is not None:
        return _unpack_segments(held)
    segments = _mark(speech, recipe)
    cache.put(speech.id, "segments", key, _pack_segments(segments))
    return segments


def spans_of(speech: Speech, cache: Cache) -> tuple[Sequence[int], Sequence[int]]:
    """Where each token of a speech begins and ends."""
    held = cache.get(speech.id, "tokens", _made_of(code_hash(), speech.language))
    if held is None:
        tokens = tokenise(speech.text, speech.language)
        return tokens.starts, tokens.ends
    packed = _unpack(held)
    starts = packed.starts
    return starts, array("I", list(map(add, starts, packed.lengths)))


def key_of(speech: Speech, recipe: Recipe, *said: Hashable) -> str:
    """The hash of all that counts of a speech are made from besides its text: what its parts are made from, the recurring lines, and what else is said."""
    return _made_of(code_hash(), *_heard(speech, recipe), recipe.words.boilerplate, said)


def _heard(speech: Speech, recipe: Recipe) -> tuple[Hashable, ...]:
    """What decides whose words are whose, besides the text."""
    tags = tuple(sorted(speech.tags.items())) if speech.tags else ()
    return speech.kind, speech.language, speech.speaker, tuple(sorted(speech.inferred)), tags, recipe.speaker_settings


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
    key = _made_of(code_hash(), speech.language)
    held = cache.get(speech.id, "tokens", key)
    if held is not None:
        return without(_unpack_tokens(held, speech), silent)
    tokens = tokenise(speech.text, speech.language)
    cache.put(speech.id, "tokens", key, _pack_tokens(tokens))
    return without(tokens, silent)


@lru_cache(maxsize=4096)
def _made_of(*said: Hashable) -> str:
    """The hash of all that a part is made from besides the text, for which the id of the speech stands: the code that makes it, and what else is said."""
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:24]


@lru_cache
def code_hash(*further: str) -> str:
    """12 hex digits over the code that reads, cuts and marks texts, the libraries it asks and this Python.

    Args:
        further: Further rooms whose code counts.
    """
    root = files("tracker")
    rooms = (room for room in root.iterdir() if room.name in ("lexicon", "sources", "voice", *further))
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
    from importlib.metadata import PackageNotFoundError, version  # brings the reading of mail with it

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _pack_tokens(tokens: Tokens) -> bytes:
    """Types once, a line for each word and each term; then for every token its type, how far it begins behind the one before and how long it is."""
    said = dict(zip(tokens.words, range(len(tokens.words)), strict=True))  # each word once, and one of its places: it says the term, and whether it counts
    types = dict(zip(said, range(len(said)), strict=True))
    which = narrow(list(map(types.__getitem__, tokens.words)))
    told = "\n".join([*types, *(tokens.terms[i] for i in said.values())]).encode("utf-8", "surrogatepass")
    behind, lengths = (narrow(list(map(sub, last, first))) for first, last in (([0, *tokens.starts], tokens.starts), (tokens.starts, tokens.ends)))
    rows = (which, behind, lengths)
    head = _HEAD.pack(len(which), len(types), len(told), *(row.itemsize for row in rows))
    return zlib.compress(b"".join((head, told, bytes([tokens.content[i] for i in said.values()]), *(row.tobytes() for row in rows))), 1)


class _Packed(NamedTuple):
    """What `_pack_tokens` was given: words, terms and content of the types; for every token its type, how far it begins behind the last, its length."""

    words: list[str]
    terms: list[str]
    content: list[bool]
    which: array[int]
    behind: array[int]
    lengths: array[int]

    @property
    def starts(self) -> list[int]:
        """Where each token begins."""
        return list(accumulate(self.behind))


def _unpack(held: bytes) -> _Packed:
    whole = zlib.decompress(held)
    n, n_types, told, *sizes = _HEAD.unpack_from(whole)
    at = _HEAD.size + told
    types = whole[_HEAD.size : at].decode("utf-8", "surrogatepass").split("\n") if n_types else []
    content = list(map(bool, whole[at : at + n_types]))
    at += n_types
    rows = []
    for size in sizes:
        rows.append(array("H" if size == _SHORT else "I", whole[at : at + n * size]))
        at += n * size
    return _Packed(types[:n_types], types[n_types:], content, *rows)


def _unpack_tokens(held: bytes, speech: Speech) -> Tokens:
    packed = _unpack(held)
    starts, which = packed.starts, packed.which
    return Tokens(
        text=speech.text,
        language=speech.language,
        starts=starts,
        ends=list(map(add, starts, packed.lengths)),
        words=[packed.words[i] for i in which],
        terms=[packed.terms[i] for i in which],
        content=[packed.content[i] for i in which],
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
