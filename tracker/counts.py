"""What is counted in one speech: themes and words, in the speaker's words and in the whole text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tracker.lexicon import Hit, Lexicon, match
from tracker.recipe import Recipe, SpeakerRecipe
from tracker.sources.metadata import mentions
from tracker.speech import Segment, Speech
from tracker.tokens import Tokens, fold, token_range, tokenise
from tracker.voice import scope_of
from tracker.voice.scope import narrow, wide

Scope = Literal["speaker", "all", "none"]  # none: several speakers, in no total of speakers' words
Where = Literal["headline", "lead", "quoted", "attributed", "narrated"]
_WHERE: tuple[Where, ...] = ("headline", "lead", "quoted", "attributed", "narrated")
_HEADLINES = frozenset({"title", "heading", "caption"})

# Lemmas that tell that somebody spoke, in their British and American spellings; "state", "call", "address" and "report" also name things.
_REPORTING = """
say tell add stress emphasise emphasize underline underscore highlight note urge mention remark announce declare explain express
reiterate reaffirm affirm assert insist argue vow pledge advocate acknowledge admit comment observe recall recount warn praise
describe quote speak reply respond conclude suggest 指出 强调 表示 说 称 提出
"""
_CALENDAR = """
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
"""
REPORTING_VERBS = frozenset(_REPORTING.split())
CALENDAR_NAMES = frozenset(_CALENDAR.split())


@dataclass(frozen=True, slots=True)
class ScopeCounts:
    """Counts of one scope.

    Args:
        tokens: Content tokens.
        themes: Theme id to (hits, core hits), in content tokens; every theme of the lexicon is there. core hits <= hits <= tokens.
    """

    tokens: int
    themes: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SpeechCounts:
    """Counts of one speech.

    Args:
        speech: The speech's id.
        event: Its event's id.
        scope: The scope of its headline numbers, by its kind and the gates of `tracker.voice.scope_of`; "none" counts in no total.
        speaker_share: Content tokens of sentences in speaker scope, the reporter's frame included, over all content tokens; 0-1, None without tokens.
        scopes: Counts of the speaker's words (frames left out) and of the whole text.
        hits: Every mention of every theme in the whole text, with its place.
        scope_reason: Why this scope, in a few words.
        speaker_band: The speaker's share if only the sure sentences count, and if every doubtful one does too; None where the scope is not the speaker's.
        ends: Theme counts at these two ends; () where the scope is not the speaker's.
    """

    speech: str
    event: str
    scope: Scope
    speaker_share: float | None
    scopes: Mapping[Scope, ScopeCounts]
    hits: Sequence[Hit]
    scope_reason: str = ""
    speaker_band: tuple[float, float] | None = None
    ends: tuple[ScopeCounts, ...] = ()


def count(
    speech: Speech,
    segments: Sequence[Segment],
    tokens: Tokens,
    lexicon: Lexicon,
    *,
    institutions: bool = False,
    hits: Sequence[Hit] | None = None,
) -> SpeechCounts:
    """Return the theme counts of one speech in both scopes.

    Args:
        speech: The speech.
        segments: Its segments, as marked by `tracker.voice.mark`.
        tokens: Its tokens.
        lexicon: The named themes.
        institutions: Whether institutional sentences count as the speaker's.
        hits: Mentions to count instead of all, e.g. without a theme's most frequent word; None to match the lexicon.

    Returns:
        A hit that crosses a scope's border counts with its tokens inside the scope.
    """
    found = match(lexicon, tokens) if hits is None else tuple(hits)
    with_frames, speakers = _speakers(tokens, segments, institutions=institutions)
    n_tokens = sum(tokens.content)
    scope, reason = scope_of(speech, segments)
    ends = [_speakers(tokens, held, institutions=True) for held in (narrow(segments), wide(segments))] if scope == "speaker" and n_tokens else []
    shares = [sum(end[0]) / n_tokens for end in ends]
    return SpeechCounts(
        speech=speech.id,
        event=speech.event_id,
        scope=scope,
        speaker_share=sum(with_frames) / n_tokens if n_tokens else None,
        scopes={
            "speaker": _scope_counts(found, speakers, lexicon),
            "all": _scope_counts(found, tokens.content, lexicon),
            "none": ScopeCounts(0, {theme.id: (0, 0) for theme in lexicon.themes}),
        },
        hits=found,
        scope_reason=reason,
        speaker_band=(shares[0], shares[1]) if shares else None,
        ends=tuple(_scope_counts(found, without_frames, lexicon) for _, without_frames in ends),
    )


def term_counts(
    tokens: Tokens, segments: Sequence[Segment], scope: Scope, leave_out: AbstractSet[str] = frozenset(), *, institutions: bool = False
) -> dict[str, int]:
    """Return how often each term (lemma) stands in the content tokens of a scope.

    Args:
        tokens: The speech's tokens.
        segments: Where to count: all segments of the speech, or those of one passage.
        scope: "speaker" counts the speaker's segments without the reporter's frames; "all" counts every segment given.
        leave_out: Lemmas or surface words that are not counted, e.g. `corpus_stop_list`.
        institutions: Whether institutional sentences count as the speaker's.
    """
    counted: Counter[str] = Counter()
    for first, last in scope_ranges(tokens, segments, scope, institutions=institutions):
        counted.update(tokens.terms[i] for i in range(first, last) if tokens.content[i] and tokens.words[i] not in leave_out)
    return {term: n for term, n in counted.items() if term not in leave_out}


def scope_ranges(tokens: Tokens, segments: Iterable[Segment], scope: Scope, *, institutions: bool = False) -> list[tuple[int, int]]:
    """Return the token ranges (first, behind last) of the segments that lie in a scope, frames left out of the speaker's."""
    ranges = []
    for segment in segments:
        first, last = token_range(tokens, segment.start, segment.end)
        if scope == "all":
            ranges.append((first, last))
        elif in_scope(segment, scope, institutions=institutions):
            at = first
            for frame in segment.frames:
                frame_first, frame_last = (min(max(at, i), last) for i in token_range(tokens, *frame))
                ranges.append((at, frame_first))
                at = max(at, frame_last)
            ranges.append((at, last))
    return [(first, last) for first, last in ranges if first < last]


def in_scope(segment: Segment, scope: Scope, *, institutions: bool = False) -> bool:
    """Whether a segment belongs to a scope."""
    if scope == "none":
        return False
    return scope == "all" or segment.is_speakers or (institutions and segment.voice == "institutional")


class Places:
    """Where mentions stand in one speech.

    Headline, lead, quoted, attributed or narrated: the lead is the first paragraph of the body, and a mention in the lead is also quoted,
    attributed or narrated. The words of a transcript are attributed; the reporter's frame of an attributed sentence is narrated.

    Args:
        segments: All segments of the speech, in order.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self._lead = min((segment.paragraph for segment in segments if segment.block == "body"), default=-1)
        self._starts = [segment.start for segment in segments]

    def segment(self, offset: int) -> Segment | None:
        """The segment that holds an offset, or None between segments."""
        index = bisect_right(self._starts, offset) - 1
        return self.segments[index] if index >= 0 and offset < self.segments[index].end else None

    def of(self, hit: Hit) -> tuple[Where, ...]:
        """Where a mention stands, most prominent first."""
        index = bisect_right(self._starts, hit.start) - 1
        if index < 0:
            return ("narrated",)
        segment = self.segments[index]
        if segment.block in _HEADLINES:
            return ("headline",)
        in_frame = any(first <= hit.start < last for first, last in segment.frames)
        whose: Where = "narrated" if in_frame or not segment.is_speakers else "quoted" if segment.voice == "quoted" else "attributed"
        return ("lead", whose) if segment.block == "body" and segment.paragraph == self._lead else (whose,)


def where(hits: Iterable[Hit], segments: Sequence[Segment]) -> tuple[Where, ...]:
    """Return where several mentions of one speech stand, most prominent first.

    Args:
        hits: One mention or several.
        segments: All segments of the speech, in order.
    """
    places = Places(segments)
    found = {place for hit in hits for place in places.of(hit)}
    return tuple(place for place in _WHERE if place in found)


def corpus_stop_list(speeches: Iterable[Speech], recipe: Recipe) -> frozenset[str]:
    """Return the words (lemmas and surface forms) that are left out of word lists and topics, never of theme shares.

    These are the speakers' names and titles, verbs of saying, names of months and weekdays, and the recipe's `words.leave_out`;
    whatever stands in `words.keep` is taken off the list again.

    Args:
        speeches: The whole corpus, so that every comparison in it leaves out the same words.
        recipe: Settings of words and speakers.
    """
    stops, unnamed = set(REPORTING_VERBS | CALENDAR_NAMES), SpeakerRecipe()
    told = set()
    for speech in speeches:
        settings = recipe.speakers.get(speech.speaker, unnamed)
        titles = settings.titles if speech.kind == "transcript" else (*settings.titles, *mentions(speech.text, speech.speaker).titles)
        told.add((speech.speaker, settings.surname, titles, speech.language))  # a corpus has far fewer speakers than speeches
    for speaker, surname, titles, language in told:
        stops |= _forms((speaker, surname, *titles), language)
    stops |= {fold(word) for word in recipe.words.leave_out}
    return frozenset(stops - {fold(word) for word in recipe.words.keep})


@lru_cache(maxsize=4096)
def _forms(texts: tuple[str, ...], language: str) -> frozenset[str]:
    tokens = tokenise("\n".join(texts), language)
    return frozenset(form for word, term, content in zip(tokens.words, tokens.terms, tokens.content, strict=True) if content for form in (word, term))


def _speakers(tokens: Tokens, segments: Sequence[Segment], *, institutions: bool) -> tuple[list[bool], list[bool]]:
    """Return, for every token, whether it is a content token in speaker scope: with the reporter's frames, and without."""
    with_frames, without = [False] * len(tokens.words), [False] * len(tokens.words)
    chosen = [segment for segment in segments if in_scope(segment, "speaker", institutions=institutions)]
    for first, last in scope_ranges(tokens, chosen, "all"):
        with_frames[first:last] = tokens.content[first:last]
    for first, last in scope_ranges(tokens, chosen, "speaker", institutions=institutions):
        without[first:last] = tokens.content[first:last]
    return with_frames, without


def _scope_counts(hits: Sequence[Hit], inside: Sequence[bool], lexicon: Lexicon) -> ScopeCounts:
    themes = {theme.id: (0, 0) for theme in lexicon.themes}
    for hit in hits:
        tokens, core = themes[hit.theme]
        themes[hit.theme] = (tokens + sum(inside[hit.first : hit.last]), core + sum(inside[index] for index in hit.core_tokens))
    return ScopeCounts(sum(inside), themes)
