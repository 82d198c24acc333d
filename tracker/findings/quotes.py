"""The best verbatim sentences for a theme: evidence is chosen here, by the same rule for every claim."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from tracker.analysis import Analysed
from tracker.findings.records import Evidence
from tracker.lexicon import Hit
from tracker.speech import Segment

PLAIN_LENGTH = (40, 400)
_start = attrgetter("start")


class Best:
    """The best sentences of the speeches looked at so far.

    The speaker's own words count before the reporter's, the body before a headline, a core word before a wider one, a
    sentence of readable length before a long one; ties go to the earlier speech. No speech gives a second sentence
    before every other has given one.

    Args:
        most: How many at the most.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._found: list[tuple[_Order, Analysed, Segment, list[Hit]]] = []

    def look(self, item: Analysed, hits: Iterable[Hit], segments: Sequence[Segment] | None = None) -> None:
        """Look at the sentences of one speech that hold these mentions.

        Args:
            item: The speech.
            hits: The mentions.
            segments: Its sentences, where they are at hand.
        """
        found = self._found
        held = _by_segment(item, hits, segments)
        ranked = sorted((((_rank(item, segment, inside), segment.start), segment, inside) for segment, inside in held), key=lambda r: r[0])
        for turn, ((rank, start), segment, inside) in enumerate(ranked[: self.most]):
            if len(found) == self.most and (turn, *rank) > found[-1][0][0]:
                continue  # most of millions of sentences are none of the best
            order = (turn, *rank), item.speech.date.text, item.speech.id, start
            if len(found) < self.most or order < found[-1][0]:
                insort(found, (order, item, segment, inside), key=lambda one: one[0])
                del found[self.most :]

    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences, best first."""
        return tuple(evidence(item, segment, inside) for _, item, segment, inside in self._found)


_Order = tuple[tuple[float, ...], str, str, int]


def quotes(speeches: Sequence[Analysed], theme: str, *, hits: Mapping[str, Sequence[Hit]] | None = None, most: int = 3) -> tuple[Evidence, ...]:
    """Choose the sentences that show a theme best, as `Best` does.

    Args:
        speeches: Where to look.
        theme: The theme's id.
        hits: Mentions to quote, by speech id; all of the theme's when None.
        most: How many at the most.
    """
    best = Best(most)
    for item in speeches:
        best.look(item, item.mentions_of(theme) if hits is None else hits.get(item.speech.id, ()))
    return best.evidence()


def evidence(item: Analysed, segment: Segment, hits: Iterable[Hit] = ()) -> Evidence:
    """Quote one segment verbatim, with the offsets of the matched words."""
    speech = item.speech
    return Evidence(
        speech=speech.id,
        date=speech.date.text,
        start=segment.start,
        end=segment.end,
        quote=speech.text[segment.start : segment.end],
        voice=segment.voice if segment.block in ("body", "dateline") else segment.block,
        language=speech.language,
        hits=tuple((h.start, min(h.end, segment.end)) for h in hits),
    )


def segment_at(item: Analysed, offset: int) -> Segment | None:
    """The segment that holds an offset, or None between segments."""
    segments = item.segments
    place = bisect_right(segments, offset, key=_start) - 1
    return segments[place] if place >= 0 and offset < segments[place].end else None


def _by_segment(item: Analysed, hits: Iterable[Hit], segments: Sequence[Segment] | None) -> list[tuple[Segment, list[Hit]]]:
    held: dict[int, list[Hit]] = {}
    found = list(hits)
    segments = (item.segments if found else ()) if segments is None else segments
    for hit in found:
        place = bisect_right(segments, hit.start, key=_start) - 1
        if place >= 0 and hit.start < segments[place].end:
            held.setdefault(place, []).append(hit)
    return [(segments[place], mine) for place, mine in held.items()]


def _rank(item: Analysed, segment: Segment, hits: Sequence[Hit]) -> tuple[float, ...]:
    """Sort key: smaller is better."""
    wanted = item.scope == "all" or segment.is_speakers
    length = segment.end - segment.start
    shortest, longest = PLAIN_LENGTH
    return (not wanted, segment.block != "body", not any(h.core for h in hits), not shortest <= length <= longest, -len(hits))
