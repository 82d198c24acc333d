"""Speeches taken apart for measuring: voices, tokens, theme hits; the step every measuring task begins with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tracker.counts import Scope, SpeechCounts, count, scope_ranges, term_counts
from tracker.lexicon import Hit, Lexicon, match
from tracker.parts import Cache, segments_of, tokens_of
from tracker.recipe import Recipe
from tracker.speech import Segment, Speech
from tracker.tokens import Tokens

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Analysed:
    """One speech with everything that is counted in it.

    Args:
        speech: The speech.
        segments: Its sentences and headings with their voices.
        tokens: Its tokens; those of themes left out carry no content.
        counts: Theme counts in both scopes.
        scope: The scope its headline numbers are measured in.
        inside: For every token, whether it is a content token of that scope.
        institutions: Whether institutional sentences count as the speaker's.
        gone: Indices of the tokens of themes left out.
    """

    speech: Speech
    segments: tuple[Segment, ...]
    tokens: Tokens
    counts: SpeechCounts
    scope: Scope
    inside: Sequence[bool]
    institutions: bool = False
    gone: frozenset[int] = frozenset()

    @property
    def content_tokens(self) -> int:
        """Content tokens of the whole text."""
        return self.counts.scopes["all"].tokens

    def counted_tokens(self, hit: Hit) -> int:
        """Content tokens of a hit that lie in the headline scope."""
        return sum(self.inside[hit.first : hit.last])

    def terms(self, leave_out: frozenset[str]) -> dict[str, int]:
        """Counts of every term in the headline scope."""
        return term_counts(self.tokens, self.segments, self.scope, leave_out, institutions=self.institutions)


def analyse(speech: Speech, lexicon: Lexicon, recipe: Recipe, *, without: frozenset[str] = frozenset(), cache: Cache | None = None) -> Analysed:
    """Take one speech apart.

    Args:
        speech: The speech.
        lexicon: The named themes.
        recipe: Whose words count.
        without: Themes whose words are left out of every count: their tokens carry no content then.
        cache: Where segments and tokens are looked up, and remembered.
    """
    segments = segments_of(speech, recipe, cache)
    tokens = tokens_of(speech, recipe, cache)
    hits = match(lexicon, tokens)
    gone: frozenset[int] = frozenset()
    if without:
        gone = frozenset(i for hit in hits if hit.theme in without for i in range(hit.first, hit.last))
        hits = tuple(hit for hit in hits if not gone.issuperset(range(hit.first, hit.last)))
        tokens = replace(tokens, content=[counts and i not in gone for i, counts in enumerate(tokens.content)])
    counts = count(speech, segments, tokens, lexicon, institutions=recipe.measure.institutions, hits=hits)
    scope = chosen_scope(counts.scope, recipe)
    inside = tokens.content if scope == "all" else _inside(tokens, segments, scope, institutions=recipe.measure.institutions)
    return Analysed(speech, segments, tokens, counts, scope, inside, recipe.measure.institutions, gone)


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
    """Take speeches apart, in the order given."""
    taken = []
    for done, speech in enumerate(speeches, start=1):
        taken.append(analyse(speech, lexicon, recipe, without=without, cache=cache))
        if progress is not None:
            progress("reading speeches", done, len(speeches))
    if cache is not None:
        cache.flush()
    return taken
