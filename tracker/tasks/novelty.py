"""Speeches that broke with what came before, and whether it lasted."""

from __future__ import annotations

from dataclasses import replace

from tracker.analysis import analyse_all
from tracker.counts import corpus_stop_list
from tracker.errors import CorpusError
from tracker.events import settle
from tracker.findings.mixture import one_language
from tracker.findings.novelty import novelty_of
from tracker.findings.series_records import Novelty
from tracker.progress import Progress
from tracker.slices import parse_slice, select
from tracker.tasks.compare import chosen_recipe
from tracker.tasks.one_language import common_language, in_language, left_out, spoken_language
from tracker.tasks.workspace import Workspace


def novelty(
    workspace: Workspace,
    *,
    where: str = "",
    scope: str | None = None,
    level: float | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> Novelty:
    """Measure how each speech differs from those before it and those after it.

    Args:
        workspace: The workspace.
        where: A slice: only its speeches; all dated ones when empty.
        scope: Whose words; the recipe's when None.
        level: A speech stands out when q <= 1 - level; the recipe's when None.
        language: Where the texts are in several; the recipe's when None, else the commonest.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: No speech has a date.
        SliceError: The slice cannot be read or is empty.
        TrackerError: No speech is in the language asked for.
    """
    recipe = chosen_recipe(workspace.recipe, scope=scope, level=level, language=language)
    settle(workspace.store)
    everything = workspace.store.speeches()
    chosen = select(everything, parse_slice(where)) if where else everything
    dated = [speech for speech in chosen if speech.date.event_date]
    if not dated:
        raise CorpusError("no speech has a date, so none comes before another", hint="tracker check" if chosen else "tracker add SOURCE")
    only = common_language([dated], recipe.words.language)
    items = analyse_all(in_language(dated, only), workspace.lexicon, recipe, cache=workspace.cache, progress=progress)
    spoken = spoken_language(dated, only)
    found = novelty_of(items, corpus_stop_list(everything, recipe), recipe, language=spoken)
    return replace(found, warnings=(*one_language("Novelty", only, left_out(dated, only)), *found.warnings))
