"""Days that say nothing: a table that knows only the year gives all its speeches one day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.store.groupings import Seen

MANY_TEXTS, MANY_SPEAKERS, MOST_OF_A_YEAR, NEARLY_ALL = 8, 5, 0.5, 0.9


@dataclass(frozen=True, slots=True)
class ArtificialDay:
    """A day that a table gives to speeches whose real day it does not know.

    Args:
        day: The day.
        texts: Different texts that carry it.
        speakers: Different speakers of these.
        reason: One clause: why it is taken for artificial.
    """

    day: date
    texts: int
    speakers: int
    reason: str


def artificial_days(speeches: Iterable[Seen]) -> tuple[ArtificialDay, ...]:
    """Return the days that at least MANY_TEXTS different texts carry because nobody knew better, in order.

    Such a day holds half of its year's texts or more, by at least MANY_SPEAKERS speakers and not more than two a speaker; or nearly all texts of
    its year and is the first or last of it, or all of them are somebody's own words: nobody gives eight speeches on the one day of a year.

    Args:
        speeches: The whole corpus.
    """
    days: dict[date, list[Seen]] = defaultdict(list)
    for one in speeches:
        if one.day is not None:
            days[one.day].append(one)
    texts = {day: {one.text for one in held} for day, held in days.items()}
    years = Counter(day.year for day, held in texts.items() for _ in held)
    found = []
    for day in sorted(days):
        n, speakers = len(texts[day]), len({" ".join(one.speaker.casefold().split()) for one in days[day] if one.speaker})
        share = n / years[day.year]
        whose = f"{n} different texts" + (f" of {speakers} speakers" if speakers > 1 else "")
        own = {one.text for one in days[day] if one.kind == "transcript"}
        ends = (day.month, day.day) in ((1, 1), (12, 31))
        many = share >= MOST_OF_A_YEAR and speakers >= MANY_SPEAKERS and 2 * speakers >= n
        if n >= MANY_TEXTS and (many or (share >= NEARLY_ALL and (ends or len(own) >= MANY_TEXTS))):
            found.append(ArtificialDay(day, n, speakers, f"{whose}, {share:.0%} of those of {day.year}, carry this one day"))
    return tuple(found)
