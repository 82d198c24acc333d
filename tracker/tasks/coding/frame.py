"""The population that coders sample from: every passage of the corpus, with the themes the list finds in it, its period and its outlet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.analysis import Analysed, analyse
from tracker.counts import scope_ranges
from tracker.lexicon import Lexicon
from tracker.parts import Cache
from tracker.passages import Passage
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.speech import Segment, Speech


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage of the population.

    Args:
        id: `p` and 12 hex digits of a hash of its text: the letter keeps spreadsheets from reading a number.
        speech: The speech's id.
        text: What a coder reads, white space made even; [...] where another voice stands in between.
        tokens: Content tokens counted in it.
        themes: Themes of which the list finds a word in it.
    """

    id: str
    speech: str
    text: str
    tokens: int
    themes: frozenset[str]


def passage_id(text: str) -> str:
    r"""Return the name of a passage, the same wherever and whenever the same words stand.

    Example:
        >>> passage_id("We will build.") == passage_id("We  will\nbuild.")
        True
    """
    return f"p{hashlib.sha256(' '.join(text.split()).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def population(speeches: Sequence[Speech], lexicon: Lexicon, recipe: Recipe, *, cache: Cache | None = None, progress: Progress | None = None) -> list[Unit]:
    """Return every passage once, the first by day that has its words, in order of day and place.

    Args:
        speeches: In order of day.
        lexicon: The themes to look for.
        recipe: Whose words count, and the size of passages.
        cache: Where segments and tokens are looked up, and remembered.
        progress: Called with (step, done, total).
    """
    found: dict[str, Unit] = {}
    for done, speech in enumerate(speeches, start=1):
        for unit in units_of(analyse(speech, lexicon, recipe, cache=cache), recipe):
            found.setdefault(unit.id, unit)
        if progress is not None:
            progress("cutting passages", done, len(speeches))
    if cache is not None:
        cache.flush()
    return list(found.values())


def units_of(item: Analysed, recipe: Recipe) -> Iterator[Unit]:
    """Yield the passages of one speech in its headline scope."""
    institutions, segments = recipe.measure.institutions, item.segments
    passages = item.cut(recipe.topics.passage_tokens).passages
    owner: dict[int, int] = {}
    for passage in passages:
        for first, last in scope_ranges(item.tokens, passage.segments(segments), item.scope, institutions=institutions):
            owner.update((i, passage.index) for i in range(first, last) if item.inside[i])
    themes: dict[int, set[str]] = {}
    for hit in item.counts.hits:
        for i in range(hit.first, hit.last):
            if i in owner:
                themes.setdefault(owner[i], set()).add(hit.theme)
    for passage in passages:
        text = shown_text(item.speech.text, passage, segments)
        yield Unit(passage_id(text), item.speech.id, text, passage.tokens, frozenset(themes.get(passage.index, ())))


def shown_text(text: str, passage: Passage, segments: Sequence[Segment]) -> str:
    """The words of a passage in one line, with [...] where a sentence of another voice is left out."""
    parts: list[str] = []
    at = passage.start
    for segment in passage.segments(segments):
        if parts and text[at : segment.start].strip():
            parts.append("[...]")
        parts.append(" ".join(text[segment.start : segment.end].split()))
        at = segment.end
    return " ".join(parts)
