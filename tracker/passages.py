"""A speech cut into passages of 60 to 150 content tokens, the units of topic models; never the unit of inference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.counts import Scope, in_scope, scope_ranges
from tracker.speech import Segment
from tracker.tokens import Tokens

_Group = list[tuple[int, Segment, int]]


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive segments of one scope; offsets, never copies.

    Args:
        speech: The speech's id.
        index: Its number in the speech and scope, counted from 0.
        start: Offset of its first segment's first character.
        end: Offset behind its last segment; in speaker scope other voices may stand in between.
        places: The numbers of its segments in the speech, in order.
        tokens: Content tokens of its segments, in speaker scope without the reporter's frames.
    """

    speech: str
    index: int
    start: int
    end: int
    places: tuple[int, ...]
    tokens: int

    @property
    def id(self) -> str:
        """Speech and number; sorts in order of appearance."""
        return f"{self.speech}/{self.index:06d}"

    def segments(self, of_speech: Sequence[Segment]) -> tuple[Segment, ...]:
        """Its segments, of all those of its speech."""
        return tuple(of_speech[place] for place in self.places)


def split_passages(
    speech_id: str,
    segments: Sequence[Segment],
    tokens: Tokens,
    *,
    scope: Scope,
    size: int = 60,
    longest: int = 150,
    institutions: bool = False,
) -> list[Passage]:
    """Return the passages of a speech, in order; every segment of the scope that has content tokens is in exactly one.

    Paragraphs are merged until they hold `size` content tokens; longer ones are cut between sentences before `longest`. A heading
    begins a new passage unless what stands before it is shorter than half of `size`; a rest that short joins the passage before.

    Args:
        speech_id: The speech's id.
        segments: Its segments, in order.
        tokens: Its tokens.
        scope: Whose words.
        size: Content tokens that a passage should reach.
        longest: Content tokens that it should not exceed; only a longer sentence or a rest that joins exceeds it.
        institutions: Whether institutional sentences count as the speaker's.

    Caution:
        Passages of one speech are not independent observations.
    """
    longest = max(size, longest)
    groups: list[_Group] = [[]]
    after_heading = False
    for place, segment in enumerate(segments):
        after_heading |= segment.block in ("title", "heading")
        n = _content(tokens, segment, scope, institutions=institutions)
        if not n:
            continue
        if groups[-1] and _ends(groups[-1], segment, n, after_heading=after_heading, size=size, longest=longest):
            groups.append([])
        groups[-1].append((place, segment, n))
        after_heading = False
    if len(groups) > 1 and 2 * _total(groups[-1]) < size:
        rest = groups.pop()
        groups[-1] += rest
    return [_passage(speech_id, index, group) for index, group in enumerate(group for group in groups if group)]


def _ends(group: _Group, segment: Segment, n: int, *, after_heading: bool, size: int, longest: int) -> bool:
    """Whether the passage ends before this segment of `n` content tokens."""
    held = _total(group)
    if after_heading and 2 * held >= size:
        return True
    last = group[-1][1]
    return held + n > longest or (held >= size and (segment.paragraph, segment.block) != (last.paragraph, last.block))


def _content(tokens: Tokens, segment: Segment, scope: Scope, *, institutions: bool) -> int:
    if not in_scope(segment, scope, institutions=institutions):
        return 0
    return sum(sum(tokens.content[first:last]) for first, last in scope_ranges(tokens, (segment,), scope, institutions=institutions))


def _total(group: _Group) -> int:
    return sum(n for _, _, n in group)


def _passage(speech_id: str, index: int, group: _Group) -> Passage:
    return Passage(speech_id, index, group[0][1].start, group[-1][1].end, tuple(place for place, _, _ in group), _total(group))
