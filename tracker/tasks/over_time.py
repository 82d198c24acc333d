"""What a report shows besides its two periods: the whole corpus over time, and the speeches that broke with the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.analysis import Analysed, analyse_all
from tracker.errors import SliceError, TrackerError
from tracker.findings.mixture import one_language
from tracker.findings.novelty import novelty_of
from tracker.findings.series_records import Novelty, Series
from tracker.groups import CALENDAR, grouped
from tracker.lexicon import Lexicon
from tracker.measures.novelty import MAX_EVENTS, MIN_EVENTS
from tracker.parts import Cache
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tasks.one_language import common_language, left_out
from tracker.tasks.trend import first_reports, measured

FEWEST_YEARS = 3


def taken_apart(
    everything: Sequence[Speech],
    known: Mapping[str, Analysed],
    lexicon: Lexicon,
    recipe: Recipe,
    *,
    without: frozenset[str] = frozenset(),
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> dict[str, Analysed]:
    """Every speech of the corpus taken apart, by id; those that are known already not again.

    Args:
        everything: The corpus.
        known: Speeches taken apart with the same recipe, themes and exclusions.
        lexicon: The themes.
        recipe: Whose words count.
        without: Themes left out of every count.
        cache: Where segments and tokens are looked up, and remembered.
        progress: Called with (step, done, total).
    """
    rest = [speech for speech in everything if speech.id not in known]
    fresh = {item.speech.id: item for item in analyse_all(rest, lexicon, recipe, without=without, cache=cache, progress=progress)}
    return {speech.id: known.get(speech.id) or fresh[speech.id] for speech in everything}


def series_over(items: Mapping[str, Analysed], by: str, lexicon: Lexicon, recipe: Recipe, *, progress: Progress | None = None) -> Series | None:
    """The series of a report: by what was asked for, else by year where three years or more hold speeches; else None.

    Args:
        items: The corpus taken apart.
        by: year, quarter, month, a field or a tag; "" for years where there are enough.
        lexicon: The themes.
        recipe: Level, gates, random state.
        progress: Called with (step, done, total).

    Raises:
        SliceError: Nothing fits into a group that was asked for.
    """
    speeches = [item.speech for item in items.values()]
    try:
        groups = first_reports(grouped(speeches, by or CALENDAR[0]))
    except SliceError:
        if by:
            raise
        return None
    if not by and sum(bool(group.speeches) for group in groups.groups) < FEWEST_YEARS:
        return None
    chosen = [items[speech.id] for group in groups.groups for speech in group.speeches]
    return measured(groups, chosen, lexicon, recipe, progress=progress)


def novelty_over(items: Mapping[str, Analysed], leave_out: frozenset[str], recipe: Recipe) -> Novelty | None:
    """The speeches of the corpus that broke with the past; None where there are too few or too many to tell.

    Args:
        items: The corpus taken apart.
        leave_out: The corpus stop list.
        recipe: Level, language, random state.
    """
    dated = [item for item in items.values() if item.speech.date.event_date]
    try:
        language = common_language([[item.speech for item in dated]], recipe.words.language)
    except TrackerError:
        return None
    chosen = [item for item in dated if language in ("", item.speech.language)]
    if not MIN_EVENTS <= len({item.speech.event_id for item in chosen}) <= MAX_EVENTS:
        return None
    found = novelty_of(chosen, leave_out, recipe, language=language)
    if all(row.resonance is None for row in found.rows):
        return None
    return replace(found, warnings=(*one_language("Novelty", language, left_out([item.speech for item in dated], language)), *found.warnings))
