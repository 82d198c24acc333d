"""Phrases of the words that count: found, dated and quoted; a description of these texts, exact, without any inference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tracker.analysis import Analysed, flush
from tracker.findings.phrase_records import MOST_APART, Phrase, PhrasePair, PhrasePeriod
from tracker.findings.quotes import segment_at
from tracker.findings.records import Evidence
from tracker.said import ALONE, EDGE, FOLLOWS
from tracker.tokens import CJK

if TYPE_CHECKING:
    from tracker.measures.phrases import Run

LEAST, TOKENS_A_USE = 3, 400_000
SHORTEST = 4
"""Characters of several Chinese words together."""
Use = tuple[int, int, int]
"""Number of the speech, offset of the first character, offset behind the last."""


def least_uses(items: Sequence[Analysed]) -> int:
    """How often a phrase must be said to be listed: 3 times, more in a corpus of millions of words."""
    return max(LEAST, round(sum(item.content_tokens for item in items) / TOKENS_A_USE))


def found_phrases(items: Sequence[Analysed], *, least: int) -> list[tuple[int, list[Use]]]:
    """Return every phrase as (words, its uses in order of speech and place), the longest and most frequent first.

    Args:
        items: The speeches; the words of their headline scope count.
        least: Fewest uses.
    """
    import numpy as np

    from tracker.measures.phrases import maximal_runs

    known: dict[str, int] = {}
    words, places, flags, sizes = [np.zeros(0, np.int32)], [np.zeros(0, np.uint32)], bytearray(), [0]
    for item in items:
        row = item.row
        numbers = np.array([known.setdefault(word, len(known)) for word in row.words], dtype=np.int32)
        words.append(numbers[np.frombuffer(row.which, dtype=np.uint32)] if row.which else words[0])
        places.append(np.frombuffer(row.place, dtype=np.uint32))
        flags += row.flags
        sizes.append(len(row.flags))
    flush(items)
    marks = np.frombuffer(bytes(flags), dtype=np.uint8)
    runs = maximal_runs(np.concatenate(words), marks & FOLLOWS > 0, marks & EDGE > 0, alone=marks & ALONE > 0, least=least)
    del words, marks
    uses = _uses(runs, np.concatenate(places), np.cumsum(sizes), items)
    return [(run.length, held) for run, held in zip(runs, uses, strict=True) if _long_enough(items, held)]


def _uses(runs: Sequence[Run], place: Any, ends: Any, items: Sequence[Analysed]) -> list[list[Use]]:
    """Where the uses of every run stand, each speech read once.

    Args:
        runs: The runs.
        place: For every word of the row its number among the tokens of its speech, shape (n,).
        ends: Behind the words of every speech, begun with 0, shape (speeches + 1,).
        items: The speeches.
    """
    import numpy as np

    if not runs:
        return []
    first = np.concatenate([run.places for run in runs])
    last = np.concatenate([run.places + run.length - 1 for run in runs])
    speech = np.searchsorted(ends, first, side="right") - 1
    starts, behind = (np.zeros(first.size, dtype=np.int64) for _ in range(2))
    order = np.argsort(speech, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(speech[order])) + 1):
        begins, stops = (np.asarray(one) for one in items[int(speech[part[0]])].spans)
        starts[part], behind[part] = begins[place[first[part]]], stops[place[last[part]]]
    rows = list(zip(speech.tolist(), starts.tolist(), behind.tolist(), strict=True))
    bounds = np.cumsum([0, *(run.places.size for run in runs)]).tolist()
    return [rows[begin:end] for begin, end in pairwise(bounds)]


def _long_enough(items: Sequence[Analysed], uses: Sequence[Use]) -> bool:
    number, start, end = uses[0]
    text = items[number].speech.text[start:end]
    return not CJK.match(text) or len(text) >= SHORTEST


def written(items: Sequence[Analysed], uses: Iterable[Use]) -> str:
    """A phrase as it is written most often, ties by the alphabet; white space made even."""
    forms = Counter(" ".join(items[number].speech.text[start:end].split()) for number, start, end in uses)
    return min(forms, key=lambda form: (-forms[form], form))


def dated(items: Sequence[Analysed], labels: Mapping[str, str], periods: Sequence[str], *, least: int, asked: frozenset[str]) -> tuple[Phrase, ...]:
    """Return the phrases that are said in the speeches asked for, most uses there first, with their dates in the whole corpus.

    Args:
        items: The whole corpus, in order of day and id, undated speeches last.
        labels: Speech id to its period; undated speeches have none.
        periods: The periods that hold speeches, in order.
        least: Fewest uses in the whole corpus.
        asked: Ids of the speeches asked for.
    """
    here = [item.speech.id in asked for item in items]
    told = []
    for words, uses in found_phrases(items, least=least):
        mine = [use for use in uses if here[use[0]]]
        if mine:
            told.append(_phrase(items, words, uses, mine, (labels, periods)))
    return tuple(sorted(told, key=lambda phrase: (-phrase.here, -phrase.events, phrase.text)))


def _phrase(items: Sequence[Analysed], words: int, uses: Sequence[Use], mine: Sequence[Use], when: tuple[Mapping[str, str], Sequence[str]]) -> Phrase:
    labels, periods = when
    counted, events, days = Counter[str](), dict[str, set[str]](), Counter[tuple[str, str]]()
    for number, _, _ in uses:
        speech = items[number].speech
        if label := labels.get(speech.id, ""):
            counted[label] += 1
            events.setdefault(label, set()).add(speech.event_id)
            days[speech.date.text, speech.id] += 1
    held = [label for label in periods if counted[label]]
    peak = max(held, key=lambda label: counted[label], default="")
    dates = tuple((day, speech, n) for (day, speech), n in sorted(days.items()))
    return Phrase(
        text=written(items, uses),
        words=words,
        uses=len(uses),
        events=len({items[number].speech.event_id for number, _, _ in uses}),
        first=dates[0][0] if dates else "",
        last=dates[-1][0] if dates else "",
        new_in=held[0] if held and held[0] != periods[0] else "",
        not_since=held[-1] if held and held[-1] != periods[-1] else "",
        peak=peak,
        periods=tuple(PhrasePeriod(label, counted[label], len(events[label])) for label in held),
        quotes=_quotes(items, mine, labels),
        dates=dates,
        here=len(mine),
    )


def _quotes(items: Sequence[Analysed], uses: Sequence[Use], labels: Mapping[str, str]) -> tuple[Evidence, ...]:
    """The sentences of the first use, the first of the peak, and the last: of these uses, so that nobody else is quoted."""
    known = [use for use in uses if items[use[0]].speech.id in labels] or list(uses)
    counted = Counter(labels.get(items[use[0]].speech.id) for use in known)
    peak = max(counted, key=lambda label: counted[label])
    at_peak = next((use for use in known if labels.get(items[use[0]].speech.id) == peak), known[0])
    chosen = dict.fromkeys((known[0], at_peak, known[-1]))
    return tuple(quote for use in chosen if (quote := _quote(items[use[0]], use)))


def _quote(item: Analysed, use: Use) -> Evidence | None:
    _, start, end = use
    segment = segment_at(item, start)
    if segment is None:
        return None
    speech = item.speech
    voice = segment.voice if segment.block in ("body", "dateline") else segment.block
    quote = speech.text[segment.start : segment.end]
    return Evidence(speech.id, speech.date.text, segment.start, segment.end, quote, voice, speech.language, ((start, min(end, segment.end)),))


def apart(before: Sequence[Analysed], after: Sequence[Analysed], *, least: int | None = None) -> PhrasePair:
    """Return the phrases that one side says `least` times or more and the other never does.

    Args:
        before: Speeches of one side.
        after: Speeches of the other.
        least: Fewest uses; as `least_uses` when None.
    """
    items = [*before, *after]
    least = least_uses(items) if least is None else least
    sides: tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]] = ([], [])
    for _, uses in found_phrases(items, least=least):
        on = {number >= len(before) for number, _, _ in uses}
        if len(on) == 1:
            events = len({items[number].speech.event_id for number, _, _ in uses})
            sides[on.pop()].append((written(items, uses), len(uses), events))
    first, second = (tuple(sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))) for rows in sides)
    return PhrasePair(first[:MOST_APART], second[:MOST_APART], (len(first), len(second)), least)
