"""Phrases of the words that count: found, dated and quoted; a description of these texts, exact, without any inference."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.analysis import Analysed, flush
from tracker.findings.phrase_records import MOST_APART, Dates, Phrase, PhrasePair, PhrasePeriod
from tracker.findings.quotes import segment_at
from tracker.findings.records import Evidence
from tracker.numbered import Numbered
from tracker.progress import Progress, followed
from tracker.tokens import CJK
from tracker.vocabulary import VOCABULARY

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from tracker.measures.phrases import Run, Thinned

    Numbers = npt.NDArray[np.integer[Any]]

LEAST, TOKENS_A_USE = 3, 400_000
SHORTEST = 4
"""Characters of several Chinese words together."""


class Uses(NamedTuple):
    """Where a phrase stands, in order of speech and place.

    Args:
        speech: Number of the speech of each use, shape (n,).
        start: Offset of its first character, shape (n,).
        end: Offset behind its last, shape (n,).
    """

    speech: Numbers
    start: Numbers
    end: Numbers

    def rows(self) -> Iterator[tuple[int, int, int]]:
        """Each use as (speech, start, end)."""
        return zip(self.speech.tolist(), self.start.tolist(), self.end.tolist(), strict=True)


def least_uses(items: Sequence[Analysed]) -> int:
    """How often a phrase must be said to be listed: 3 times, more in a corpus of millions of words."""
    return max(LEAST, round(sum(item.content_tokens for item in items) / TOKENS_A_USE))


class Said(NamedTuple):
    """A phrase that is said often enough.

    Args:
        text: As it is written most often, ties by the alphabet; white space made even.
        words: How many words it has.
        uses: All its uses.
    """

    text: str
    words: int
    uses: Uses


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The phrases of some speeches.

    Args:
        items: The speeches in order of day and id, undated ones last, whatever order they were given in.
        least: Fewest uses.
        phrases: Every phrase, the longest and most frequent first; a use has the number of its speech among `items`.
    """

    items: Sequence[Analysed]
    least: int
    phrases: Sequence[Said]


def found_phrases(items: Sequence[Analysed], *, least: int | None = None, progress: Progress | None = None) -> Found:
    """Find every phrase of some speeches.

    Args:
        items: The speeches; the words of their headline scope count.
        least: Fewest uses; as `least_uses` when None.
        progress: Called with (step, done, total).
    """
    from tracker.measures.phrases import runs_of

    items = sorted(items, key=lambda item: (item.speech.date.event_date or date.max, item.speech.id))
    least = least_uses(items) if least is None else least
    row, places = _row(items, least, progress)
    runs = runs_of(row, least=least)
    del row
    return Found(items, least, [held for held in _said(runs, places, items, progress) if not CJK.match(held.text) or len(held.text) >= SHORTEST])


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """For every word of the row of all speeches its speech, and its number among the tokens of that speech.

    Args:
        ends: Behind the words of every speech, begun with 0, shape (speeches + 1,).
        breaks: Where the number of a word is not that of the word before and one, shape (breaks,).
        numbers: The number of the words there, shape (breaks,).
    """

    ends: Numbers
    breaks: Numbers
    numbers: Numbers

    def of(self, at: Numbers) -> Numbers:
        """The numbers of some words of the row."""
        import numpy as np

        held = np.searchsorted(self.breaks, at, side="right") - 1
        return at - self.breaks[held] + self.numbers[held]


def _row(items: Sequence[Analysed], least: int, progress: Progress | None) -> tuple[Thinned, _Places]:
    """What can be in a phrase of the words of all speeches, and where each word stands."""
    import numpy as np

    from tracker.measures.phrases import thinned

    known, word_of = Numbered[str](), np.zeros(0, dtype=np.int32)
    words, flags, sizes, breaks, places = bytearray(), bytearray(), [0], array("q"), array("I")
    for item in followed(items, "reading rows of words", len(items), progress):
        row = item.row
        if len(word_of) < len(VOCABULARY):
            word_of = np.concatenate([word_of, np.fromiter((known[word] for word, _ in VOCABULARY.types[len(word_of) :]), dtype=np.int32)])
        if row.which:
            words += word_of[np.asarray(row.numbers)[np.asarray(row.which)]].data
            place = np.frombuffer(row.place, dtype=np.uint32)
            broken = np.flatnonzero(np.diff(place.astype(np.int64), prepend=-2) != 1)
            breaks.extend((broken + sizes[-1]).tolist())
            places.extend(place[broken].tolist())
        flags += row.flags
        sizes.append(sizes[-1] + len(row.flags))
    flush(items)
    marks, row_of_all = np.frombuffer(flags, dtype=np.uint8), np.frombuffer(words, dtype=np.int32)
    return thinned(row_of_all, marks, least=least), _Places(np.array(sizes), np.array(breaks), np.array(places, dtype=np.int64))


def _said(runs: Sequence[Run], places: _Places, items: Sequence[Analysed], progress: Progress | None) -> list[Said]:
    """Where the uses of every run stand, and how it is written: each speech is read once for all."""
    import numpy as np

    if not runs:
        return []
    first = np.concatenate([run.places for run in runs])
    lengths, sizes = [run.length for run in runs], [run.places.size for run in runs]
    which = np.repeat(np.arange(len(runs), dtype=np.int32), sizes)
    last = first + np.repeat(np.array(lengths, dtype=first.dtype), sizes) - 1
    speech = (np.searchsorted(places.ends, first, side="right") - 1).astype(np.int32)
    starts, behind = (np.zeros(first.size, dtype=np.uint32) for _ in range(2))
    forms: list[dict[str, int]] = [{} for _ in runs]
    order = np.argsort(speech, kind="stable")
    in_speeches = np.split(order, np.flatnonzero(np.diff(speech[order])) + 1)
    for part in followed(in_speeches, "finding phrases", len(in_speeches), progress):
        item = items[int(speech[part[0]])]
        begins, stops = (np.asarray(one) for one in item.spans)
        starts[part], behind[part] = begins[places.of(first[part])], stops[places.of(last[part])]
        text = item.speech.text
        for run, start, end in zip(which[part].tolist(), starts[part].tolist(), behind[part].tolist(), strict=True):
            form, held = text[start:end], forms[run]
            held[form] = held.get(form, 0) + 1
    bounds = np.cumsum([0, *sizes]).tolist()
    uses = [Uses(speech[begin:end], starts[begin:end], behind[begin:end]) for begin, end in pairwise(bounds)]
    return [Said(_written(held), n, own) for held, n, own in zip(forms, lengths, uses, strict=True)]


def _written(forms: Mapping[str, int]) -> str:
    """The form that is written most often, ties by the alphabet; white space made even."""
    evened = Counter[str]()
    for form, n in forms.items():
        evened[" ".join(form.split())] += n
    return min(evened, key=lambda form: (-evened[form], form))


def dated(found: Found, labels: Mapping[str, str], periods: Sequence[str], *, asked: frozenset[str]) -> tuple[Phrase, ...]:
    """Return the phrases that are said in the speeches asked for, most uses there first, with their dates in the whole corpus.

    Args:
        found: The phrases of the whole corpus.
        labels: Speech id to its period; undated speeches have none.
        periods: The periods that hold speeches, in order.
        asked: Ids of the speeches asked for.
    """
    import numpy as np

    items, when = found.items, _When.of(found.items, labels, periods)
    here = np.array([item.speech.id in asked for item in items], dtype=bool)
    told = []
    for said in found.phrases:
        mine = here[said.uses.speech]
        if mine.any():
            told.append(_phrase(items, said, Uses(*(one[mine] for one in said.uses)), when))
    return tuple(sorted(told, key=lambda phrase: (-phrase.here, -phrase.events, phrase.text)))


@dataclass(frozen=True, slots=True, eq=False)
class _When:
    """Day, period and event of every speech, as numbers.

    Args:
        periods: The periods that hold speeches, in order.
        period: Number of the period of each speech, -1 for undated ones, shape (speeches,).
        event: Number of the event of each speech, shape (speeches,).
        rank: Place of each speech among the days, shape (speeches,).
        days: (day, id) of every speech in order of the day as it is told.
    """

    periods: Sequence[str]
    period: Numbers
    event: Numbers
    rank: Numbers
    days: Sequence[tuple[str, str]]

    @staticmethod
    def of(items: Sequence[Analysed], labels: Mapping[str, str], periods: Sequence[str]) -> _When:
        """Number the speeches."""
        import numpy as np

        number, events = {label: i for i, label in enumerate(periods)}, dict[str, int]()
        days = [(item.speech.date.text, item.speech.id) for item in items]
        rank = np.empty(len(days), dtype=np.uint32)
        order = sorted(range(len(days)), key=days.__getitem__)
        rank[order] = np.arange(len(days))
        period = [number.get(labels.get(name, ""), -1) for _, name in days]
        event = [events.setdefault(item.speech.event_id, len(events)) for item in items]
        return _When(periods, np.array(period, dtype=np.int32), np.array(event, dtype=np.int64), rank, [days[i] for i in order])


def _phrase(items: Sequence[Analysed], said: Said, mine: Uses, when: _When) -> Phrase:
    import numpy as np

    uses = said.uses
    period, event, periods = when.period[uses.speech], when.event[uses.speech], when.periods
    is_dated = period >= 0
    counted = np.bincount(period[is_dated], minlength=len(periods))
    pairs = np.unique(event[is_dated] * len(periods) + period[is_dated])
    events = np.bincount(pairs % max(len(periods), 1), minlength=len(periods))
    at, n = np.unique(when.rank[uses.speech[is_dated]], return_counts=True)
    dates = Dates(when.days, array("I", at.astype(np.uint32).tobytes()), array("I", n.astype(np.uint32).tobytes()))
    held = [periods[i] for i in np.flatnonzero(counted).tolist()]
    return Phrase(
        text=said.text,
        words=said.words,
        uses=int(uses.speech.size),
        events=int(np.unique(event).size),
        first=dates[0][0] if dates else "",
        last=dates[-1][0] if dates else "",
        new_in=held[0] if held and held[0] != periods[0] else "",
        not_since=held[-1] if held and held[-1] != periods[-1] else "",
        peak=periods[int(counted.argmax())] if held else "",
        periods=tuple(PhrasePeriod(periods[i], int(counted[i]), int(events[i])) for i in np.flatnonzero(counted).tolist()),
        quotes=_quotes(items, mine, when),
        dates=dates,
        here=int(mine.speech.size),
    )


def _quotes(items: Sequence[Analysed], uses: Uses, when: _When) -> tuple[Evidence, ...]:
    """The sentences of the first use, the first of the peak, and the last: of these uses, so that nobody else is quoted."""
    import numpy as np

    period = when.period[uses.speech]
    known = np.flatnonzero(period >= 0) if (period >= 0).any() else np.arange(period.size)
    peak = np.bincount(period[known] + 1).argmax() - 1
    chosen = dict.fromkeys(int(i) for i in (known[0], known[period[known] == peak][0], known[-1]))
    told = ((int(uses.speech[i]), int(uses.start[i]), int(uses.end[i])) for i in chosen)
    return tuple(quote for use in told if (quote := _quote(items[use[0]], use)))


def _quote(item: Analysed, use: tuple[int, int, int]) -> Evidence | None:
    _, start, end = use
    segment = segment_at(item, start)
    if segment is None:
        return None
    speech = item.speech
    voice = segment.voice if segment.block in ("body", "dateline") else segment.block
    quote = speech.text[segment.start : segment.end]
    return Evidence(speech.id, speech.date.text, segment.start, segment.end, quote, voice, speech.language, ((start, min(end, segment.end)),))


def apart(found: Found, before: AbstractSet[str]) -> PhrasePair:
    """Return the phrases that one side says as often as is asked for, and the other never does.

    Args:
        found: The phrases of both sides together, and of nobody else.
        before: Ids of the speeches of the first side.
    """
    import numpy as np

    on_before = np.array([item.speech.id in before for item in found.items], dtype=bool)
    events = np.array([*map(Numbered[str]().__getitem__, (item.speech.event_id for item in found.items))], dtype=np.int32)
    sides: tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]] = ([], [])
    for text, _, uses in found.phrases:
        n, first = uses.speech.size, int(np.count_nonzero(on_before[uses.speech]))
        if first in (0, n):
            sides[first == 0].append((text, n, int(np.unique(events[uses.speech]).size)))
    first_side, second = (tuple(sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))) for rows in sides)
    return PhrasePair(first_side[:MOST_APART], second[:MOST_APART], (len(first_side), len(second)), found.least)
