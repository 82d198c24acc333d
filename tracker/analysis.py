"""Speeches taken apart for measuring: voices, tokens, theme hits; the step every measuring task begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import count as numbers
from itertools import islice
from weakref import WeakKeyDictionary

from tracker.counts import Scope, SpeechCounts, count, scope_ranges
from tracker.cut import CutSpeech, cut
from tracker.cut import from_bytes as passages_from
from tracker.cut import to_bytes as passages_to
from tracker.lexicon import Hit, Lexicon, mentions
from tracker.packed import Counted, PackedHits, from_bytes, packed, terms_of, to_bytes
from tracker.parts import Cache, key_of, segments_of, spans_of, tokens_of
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.room import Room
from tracker.said import SaidRow, said_row
from tracker.said import from_bytes as row_from
from tracker.said import to_bytes as row_to
from tracker.speech import Segment, Speech
from tracker.tokens import Tokens
from tracker.vocabulary import TypeCounts, TypeRows, type_counts, type_rows

_TOKEN, _SEGMENT = 150, 300  # bytes that each takes, about
_SOME = 1000  # speeches whose types are put side by side
_NUMBERS = numbers()
_READERS: WeakKeyDictionary[Cache, dict[object, Reader]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What a speech is made of.

    Args:
        segments: Its sentences and headings with their voices.
        tokens: Its tokens; those of themes left out carry no content.
        gone: Indices of the tokens of themes left out.
    """

    segments: tuple[Segment, ...]
    tokens: Tokens
    gone: frozenset[int] = frozenset()

    @property
    def size(self) -> int:
        """Bytes of memory, about."""
        return _TOKEN * len(self.tokens.words) + _SEGMENT * len(self.segments)


class Reader:
    """Takes speeches apart. Counts stay with the speech; its sentences and tokens are read again when there was no room to hold them.

    Args:
        lexicon: The named themes.
        recipe: Whose words count.
        without: Themes whose words are left out of every count: their tokens carry no content then.
        cache: Where parts and counts are looked up, and remembered.
    """

    def __init__(self, lexicon: Lexicon, recipe: Recipe, *, without: frozenset[str] = frozenset(), cache: Cache | None = None) -> None:
        self.lexicon, self.recipe, self.without, self.cache = lexicon, recipe, without, cache
        self.room = Room() if cache is None else cache.room
        self._number, self._terms = next(_NUMBERS), terms_of(lexicon)
        self._known: dict[str, Analysed] = {}
        self._types: dict[str, tuple[Analysed, TypeCounts]] = {}
        self._remembers = None if without else cache

    def read(self, speech: Speech) -> Analysed:
        """Take one speech apart, or look up what was counted in it."""
        known = self.known(speech)
        if known is None:
            known = self._known[speech.id] = self._read(speech)
        return known

    def known(self, speech: Speech) -> Analysed | None:
        """What was counted in a speech before, held in memory or remembered."""
        known = self._known.get(speech.id)
        if known is not None and (known.speech is speech or known.speech == speech):
            return known
        cache, part, key = self._counts_of(speech)
        held = None if cache is None else cache.get(speech.id, part, key)
        if held is None:
            return None
        found = self._known[speech.id] = self._analysed(speech, from_bytes(held, speech, self._terms))
        return found

    def prepare(self, speech: Speech) -> None:
        """Have everything remembered that a report asks of a speech."""
        item = self._known[speech.id] = self._read(speech)
        self.types(item)
        self.row(item)
        self.cut(item, self.recipe.topics.passage_tokens)

    def _read(self, speech: Speech) -> Analysed:
        counted = self._count(speech)
        cache, part, key = self._counts_of(speech)
        if cache is not None and (told := to_bytes(counted)) is not None:
            cache.put(speech.id, part, key, told)
        return self._analysed(speech, counted)

    def _counts_of(self, speech: Speech) -> tuple[Cache | None, str, str]:
        """Where the counts of a speech are remembered, under which name, and the key of what they are made from."""
        cache = self._remembers if self.lexicon.themes else None
        scope = self.recipe.measure.scope
        return cache, f"counts {scope}", "" if cache is None else self._key(speech, self.lexicon.hash, scope)

    def _analysed(self, speech: Speech, counted: Counted) -> Analysed:
        return Analysed(speech, counted.counts, counted.said, chosen_scope(counted.counts.scope, self.recipe), counted.inside, self)

    def parts(self, speech: Speech) -> Parts:
        """Sentences and tokens of one speech."""
        held: Parts | None = self.room.get((self._number, speech.id))
        return self._taken(speech)[0] if held is None else held

    def segments(self, speech: Speech) -> tuple[Segment, ...]:
        """Sentences of one speech; its tokens are not read for them where a cache knows the sentences."""
        held: Parts | None = self.room.get((self._number, speech.id))
        if held is not None or self.cache is None:
            return (held or self.parts(speech)).segments
        alone: tuple[Segment, ...] | None = self.room.get((self._number, speech.id, "segments"))
        if alone is None:
            alone = segments_of(speech, self.recipe, self.cache)
            self.room.put((self._number, speech.id, "segments"), alone, _SEGMENT * len(alone))
        return alone

    def types(self, item: Analysed) -> TypeCounts:
        """How often each type of a speech counts."""
        cache, part, key = self._types_of(item.speech)
        held = cache.types(item.speech.id, part, key) if cache is not None else None
        if held is not None:
            return held
        of, found = self._types.get(item.speech.id, (None, None))
        if found is None or of is not item:
            parts: Parts | None = self.parts(item.speech) if self.without else self.room.get((self._number, item.speech.id))
            tokens = tokens_of(item.speech, self.recipe, self.cache) if parts is None else parts.tokens
            found = type_counts(zip(tokens.words, tokens.terms, strict=True), item.inside, tokens.content)
            if cache is None:
                self._types[item.speech.id] = item, found
            else:
                cache.put_types(item.speech.id, part, key, found)
        return found

    def type_rows(self, items: Iterable[Analysed]) -> Iterator[TypeRows]:
        """How often each type of some speeches counts, some speeches at a time, in any order."""
        rest = {item.speech.id: item for item in items}
        held = {speech: self._types_of(item.speech) for speech, item in rest.items()}
        for cache, part in {(cache, part): None for cache, part, _ in held.values() if cache is not None}:
            for rows in cache.type_rows(part, {speech: key for speech, (_, _, key) in held.items()}):
                yield rows
                for speech in rows.speeches:
                    del rest[speech]
        for first in range(0, len(rest), _SOME):
            yield type_rows([(speech, self.types(item)) for speech, item in islice(rest.items(), first, first + _SOME)])

    def _types_of(self, speech: Speech) -> tuple[Cache | None, str, str]:
        """Where the type counts of a speech are remembered, under which name, and the key of what they are made from."""
        cache, scope = self._remembers, self.recipe.measure.scope
        return (None, "", "") if cache is None or not cache.is_usable else (cache, f"types {scope}", self._key(speech, scope))

    def cut(self, item: Analysed, size: int) -> CutSpeech:
        """The passages of a speech in its headline scope.

        Args:
            item: The speech.
            size: Content tokens that a passage should reach.
        """
        speech, cache, part = item.speech, self._remembers, f"passages {item.scope} {size}"
        key = self._key(speech) if cache is not None else ""
        held = None if cache is None else cache.get(speech.id, part, key)
        if cache is not None and held is not None:
            return passages_from(held, speech.id, self.types(item).numbers)
        parts = self.parts(speech)
        found = cut(speech.id, parts.segments, parts.tokens, self.types(item).numbers, scope=item.scope, size=size, institutions=item.institutions)
        if cache is not None:
            cache.put(speech.id, part, key, passages_to(found))
        return found

    def row(self, item: Analysed) -> SaidRow:
        """The words of a speech that count, in a row."""
        speech, cache, part = item.speech, self._remembers, f"row {item.scope}"
        key = self._key(speech) if cache is not None else ""
        held = None if cache is None else cache.get(speech.id, part, key)
        if cache is not None and held is not None:
            return row_from(held, self.types(item).numbers)
        parts = self.parts(speech)
        found = said_row(parts.tokens, parts.segments, self.types(item).numbers, parts.gone, item.scope, institutions=item.institutions)
        if cache is not None:
            cache.put(speech.id, part, key, row_to(found))
        return found

    def spans(self, speech: Speech) -> tuple[Sequence[int], Sequence[int]]:
        """Where each token of a speech begins and ends."""
        held: Parts | None = self.room.get((self._number, speech.id))
        if held is None and self.cache is not None:
            return spans_of(speech, self.cache)
        tokens = self.parts(speech).tokens
        return tokens.starts, tokens.ends

    def _key(self, speech: Speech, *said: str) -> str:
        return key_of(speech, self.recipe, self.recipe.measure.institutions, *said)

    def _taken(self, speech: Speech) -> tuple[Parts, tuple[Hit, ...], tuple[Hit, ...]]:
        """Its parts, the mentions of themes, and those of every term for itself; matched only where they decide."""
        segments, tokens = segments_of(speech, self.recipe, self.cache), tokens_of(speech, self.recipe, self.cache)
        hits: tuple[Hit, ...] = ()
        said: tuple[Hit, ...] = ()
        gone: frozenset[int] = frozenset()
        if self.without:
            hits, said = mentions(self.lexicon, tokens)
            gone = frozenset(i for hit in hits if hit.theme in self.without for i in range(hit.first, hit.last))
            hits = tuple(hit for hit in hits if not gone.issuperset(range(hit.first, hit.last)))
            tokens = replace(tokens, content=[counts and i not in gone for i, counts in enumerate(tokens.content)])
        parts = Parts(segments, tokens, gone)
        self.room.put((self._number, speech.id), parts, parts.size)
        return parts, hits, said

    def _count(self, speech: Speech) -> Counted:
        parts, hits, said = self._taken(speech)
        segments, tokens, institutions = parts.segments, parts.tokens, self.recipe.measure.institutions
        if not self.without:
            hits, said = mentions(self.lexicon, tokens)
        counts = count(speech, segments, tokens, self.lexicon, institutions=institutions, hits=hits)
        scope = chosen_scope(counts.scope, self.recipe)
        inside = tokens.content if scope == "all" else _inside(tokens, segments, scope, institutions=institutions)
        return packed(Counted(counts, said, bytes(inside)), self._terms)


@dataclass(frozen=True, slots=True, eq=False)
class Analysed:
    """One speech with everything that is counted in it.

    Args:
        speech: The speech.
        counts: Theme counts in both scopes.
        said: Every occurrence of every term, each for itself, those of themes left out too.
        scope: The scope its headline numbers are measured in.
        inside: For every token 1 where it is a content token of that scope, else 0.
        reader: What took it apart.
    """

    speech: Speech
    counts: SpeechCounts
    said: Sequence[Hit]
    scope: Scope
    inside: bytes
    reader: Reader

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its sentences and headings with their voices."""
        return self.reader.segments(self.speech)

    @property
    def tokens(self) -> Tokens:
        """Its tokens; those of themes left out carry no content."""
        return self.reader.parts(self.speech).tokens

    @property
    def gone(self) -> frozenset[int]:
        """Indices of the tokens of themes left out."""
        return self.reader.parts(self.speech).gone if self.reader.without else frozenset()

    @property
    def institutions(self) -> bool:
        """Whether institutional sentences count as the speaker's."""
        return self.reader.recipe.measure.institutions

    @property
    def content_tokens(self) -> int:
        """Content tokens of the whole text."""
        return self.counts.scopes["all"].tokens

    @property
    def counted_in_all(self) -> int:
        """Content tokens of the headline scope."""
        return self.counts.scopes[self.scope].tokens

    def mentions_of(self, theme: str) -> list[Hit]:
        """The mentions of one theme, in order."""
        hits = self.counts.hits
        return hits.of(theme) if isinstance(hits, PackedHits) else [hit for hit in hits if hit.theme == theme]

    def cut(self, size: int) -> CutSpeech:
        """Its passages in the headline scope, of about so many content tokens, with their words."""
        return self.reader.cut(self, size)

    @property
    def row(self) -> SaidRow:
        """The words of the headline scope, in a row."""
        return self.reader.row(self)

    @property
    def spans(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where each of its tokens begins and ends."""
        return self.reader.spans(self.speech)

    def counted_tokens(self, hit: Hit) -> int:
        """Content tokens of a hit that lie in the headline scope."""
        return self.inside.count(1, hit.first, hit.last)

    @property
    def used(self) -> AbstractSet[tuple[str, str]]:
        """(theme, term) of every term that is said anywhere in it."""
        return self.said.words if isinstance(self.said, PackedHits) else {(hit.theme, hit.term) for hit in self.said}

    @property
    def types(self) -> TypeCounts:
        """How often each of its types counts."""
        return self.reader.types(self)


def rows_of_types(items: Iterable[Analysed]) -> Iterator[TypeRows]:
    """How often each type of some speeches counts, some speeches at a time, in any order."""
    readers: dict[int, list[Analysed]] = {}
    for item in items:
        readers.setdefault(id(item.reader), []).append(item)
    for held in readers.values():
        yield from held[0].reader.type_rows(held)


def flush(items: Iterable[Analysed]) -> None:
    """Write what was worked out of some speeches to the cache; after going through many of them."""
    for cache in {id(item.reader.cache): item.reader.cache for item in items}.values():
        if cache is not None:
            cache.flush()


def reader_of(lexicon: Lexicon, recipe: Recipe, *, without: frozenset[str] = frozenset(), cache: Cache | None = None) -> Reader:
    """The reader that asked the same of this cache before, else a new one; arguments as in `Reader`."""
    if cache is None:
        return Reader(lexicon, recipe, without=without)
    held, key = _READERS.setdefault(cache, {}), (lexicon.hash, tuple(theme.id for theme in lexicon.themes), recipe.id, without)
    if key not in held:
        held[key] = Reader(lexicon, recipe, without=without, cache=cache)
    return held[key]


def analyse(speech: Speech, lexicon: Lexicon, recipe: Recipe, *, without: frozenset[str] = frozenset(), cache: Cache | None = None) -> Analysed:
    """Take one speech apart; arguments as in `Reader`."""
    return Reader(lexicon, recipe, without=without, cache=cache).read(speech)


def chosen_scope(own: Scope, recipe: Recipe) -> Scope:
    """Return the scope a speech is counted in: its own where the kind decides, else the recipe's; several speakers are in no total of speakers' words.

    Example:
        >>> chosen_scope("speaker", Recipe()), chosen_scope("none", Recipe().with_settings(measure__scope="speaker"))
        ('speaker', 'none')
    """
    if recipe.measure.scope == "all":
        return "all"
    return own if recipe.measure.scope == "by-kind" or own == "none" else "speaker"


def _inside(tokens: Tokens, segments: Sequence[Segment], scope: Scope, *, institutions: bool) -> list[bool]:
    """Content tokens of a scope, the reporter's frames left out of the speaker's."""
    inside = [False] * len(tokens.words)
    for first, last in scope_ranges(tokens, segments, scope, institutions=institutions):
        inside[first:last] = tokens.content[first:last]
    return inside


def analyse_all(
    speeches: Sequence[Speech],
    lexicon: Lexicon,
    recipe: Recipe,
    *,
    without: frozenset[str] = frozenset(),
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> list[Analysed]:
    """Take speeches apart, in the order given; what was taken apart so before, with the same cache, is not taken apart again."""
    reader, taken = reader_of(lexicon, recipe, without=without, cache=cache), []
    if cache is not None and cache.is_usable and lexicon.themes and not without:
        _read_first(reader, cache, speeches, progress)
    for done, speech in enumerate(speeches, start=1):
        taken.append(reader.read(speech))
        if progress is not None:
            progress("reading speeches", done, len(speeches))
    if cache is not None:
        cache.flush()
    return taken


def _read_first(reader: Reader, cache: Cache, speeches: Sequence[Speech], progress: Progress | None) -> None:
    """Read with both cores what was never read, where that is worth it."""
    from tracker.abreast import is_worth_it, read_abreast

    missing = [speech for speech in speeches if reader.known(speech) is None]
    if is_worth_it(missing):
        held = len(speeches) - len(missing)
        read_abreast(reader, cache, missing, lambda done: progress("reading speeches", held + done, len(speeches)) if progress is not None else None)
