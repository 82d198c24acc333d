"""The best verbatim sentences for a theme: evidence is chosen here, by the same rule for every claim."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tracker.analysis import Analysed
from tracker.findings.records import Evidence
from tracker.lexicon import Hit
from tracker.speech import Segment

PLAIN_LENGTH = (40, 400)


def quotes(speeches: Sequence[Analysed], theme: str, *, hits: Mapping[str, Sequence[Hit]] | None = None, most: int = 3) -> tuple[Evidence, ...]:
    """Choose the sentences that show a theme best.

    The speaker's own words count before the reporter's, the body before a headline, a core word before a wider one, a
    sentence of readable length before a long one; ties go to the earlier speech. No speech gives a second sentence
    before every other has given one.

    Args:
        speeches: Where to look.
        theme: The theme's id.
        hits: Mentions to quote, by speech id; all of the theme's when None.
        most: How many at the most.
    """
    found: list[tuple[tuple[float, ...], Evidence]] = []
    for item in speeches:
        mine = [h for h in item.counts.hits if h.theme == theme] if hits is None else hits.get(item.speech.id, ())
        ranked = sorted(((_rank(item, segment, inside), segment, inside) for segment, inside in _by_segment(item, mine)), key=lambda r: (r[0], r[1].start))
        for turn, (rank, segment, inside) in enumerate(ranked[:most]):
            found.append(((turn, *rank), evidence(item, segment, inside)))
    found.sort(key=lambda pair: (pair[0], pair[1].date, pair[1].speech, pair[1].start))
    return tuple(e for _, e in found[:most])


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
    place = bisect_right(item.segments, offset, key=lambda s: s.start) - 1
    return item.segments[place] if place >= 0 and offset < item.segments[place].end else None


def _by_segment(item: Analysed, hits: Iterable[Hit]) -> list[tuple[Segment, list[Hit]]]:
    held: dict[Segment, list[Hit]] = defaultdict(list)
    for hit in hits:
        segment = segment_at(item, hit.start)
        if segment is not None:
            held[segment].append(hit)
    return list(held.items())


def _rank(item: Analysed, segment: Segment, hits: Sequence[Hit]) -> tuple[float, ...]:
    """Sort key: smaller is better."""
    wanted = item.scope == "all" or segment.is_speakers
    length = segment.end - segment.start
    shortest, longest = PLAIN_LENGTH
    return (not wanted, segment.block != "body", not any(h.core for h in hits), not shortest <= length <= longest, -len(hits))
