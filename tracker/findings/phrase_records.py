"""Phrases as they are told: how often, when first and last, in which periods, with the sentences."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from tracker.findings.records import Evidence

MOST_APART = 100
Day = tuple[str, str, int]
"""Date, speech, uses."""


class Dates(Sequence[Day]):
    """When a phrase was said; each date is made when it is asked for, since a common phrase has many thousand.

    Args:
        days: Date and speech of the whole corpus, shared by all phrases.
        places: Which of them say the phrase, ascending.
        uses: How often.
    """

    __slots__ = ("days", "places", "uses")

    def __init__(self, days: Sequence[tuple[str, str]], places: array[int], uses: array[int]) -> None:
        self.days, self.places, self.uses = days, places, uses

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Day]:
        return ((*self.days[place], n) for place, n in zip(self.places, self.uses, strict=True))

    @overload
    def __getitem__(self, at: int) -> Day: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Day]: ...
    def __getitem__(self, at: int | slice) -> Day | Sequence[Day]:
        if isinstance(at, slice):
            return tuple(self)[at]
        return (*self.days[self.places[at]], self.uses[at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class PhrasePeriod:
    """What a phrase is to one period: uses, and the events in which they stand."""

    period: str
    uses: int
    events: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of two to five words (in Chinese also a set phrase of one), counted word by word in the words that count.

    Case, hyphens, spaces and line ends make no difference; a possessive is another word; Chinese counts where its words are parted alike.

    Args:
        text: As it is written most often.
        words: How many.
        uses: In the whole corpus; undated speeches are in it.
        events: Events in which it stands.
        first: Date of the first use; "" where no use has a date.
        last: Date of the last use.
        new_in: The period of its first use; "" when that is the first period of the corpus, before which nothing is known.
        not_since: The period of its last use; "" when that is the newest period.
        peak: The period with the most uses, the earliest of several; "" without dated uses.
        periods: The periods it is said in, in order.
        quotes: Of the uses in the speeches asked for: the first, the first of the period with the most, the last; each once.
        dates: Date, speech and uses of every dated speech that says it, in order.
        here: Uses in the speeches asked for.
    """

    text: str
    words: int
    uses: int
    events: int
    first: str
    last: str
    new_in: str
    not_since: str
    peak: str
    periods: tuple[PhrasePeriod, ...]
    quotes: tuple[Evidence, ...]
    dates: Sequence[Day]
    here: int = 0


@dataclass(frozen=True, slots=True)
class PhraseList:
    """The answer of `tracker phrases`.

    Args:
        by: year, quarter or month.
        periods: Every period that holds speeches: (label, events), in order.
        asked: The periods of the speeches that were asked for, in order.
        least: Fewest uses of a phrase that is listed.
        language: Languages of the speeches, in order of the alphabet.
        phrases: Those said in the speeches asked for, most uses first.
    """

    by: str
    periods: tuple[tuple[str, int], ...]
    asked: tuple[str, ...]
    least: int
    languages: tuple[str, ...]
    phrases: tuple[Phrase, ...]

    @property
    def newest(self) -> str:
        """The last of the periods asked for."""
        return self.asked[-1] if self.asked else ""

    @property
    def new(self) -> tuple[Phrase, ...]:
        """Phrases first said in the last of the periods asked for."""
        return tuple(phrase for phrase in self.phrases if phrase.new_in and phrase.new_in == self.newest)

    @property
    def gone(self) -> tuple[Phrase, ...]:
        """Phrases that the newest period does not say any more."""
        return tuple(phrase for phrase in self.phrases if phrase.not_since)


@dataclass(frozen=True, slots=True)
class PhrasePair:
    """The phrases that one of two slices says and the other does not.

    Args:
        before: (phrase, uses, events), those of the most events first, then of the most uses; at most MOST_APART.
        after: The same of the other side.
        counts: How many there are on each side.
        least: Fewest uses.
    """

    before: tuple[tuple[str, int, int], ...]
    after: tuple[tuple[str, int, int], ...]
    counts: tuple[int, int]
    least: int
