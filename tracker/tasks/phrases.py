"""Phrases with their first and last use: what is new, what is not said any more."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from tracker.analysis import analyse_all
from tracker.errors import CorpusError, TrackerError
from tracker.events import settle
from tracker.findings.phrase_records import PhraseList
from tracker.findings.phrases import Found, dated, found_phrases
from tracker.groups import CALENDAR, grouped
from tracker.lexicon import Lexicon
from tracker.progress import Progress
from tracker.slices import parse_slice, select
from tracker.speech import Speech
from tracker.tasks.compare import chosen_recipe
from tracker.tasks.trend import SeriesChoices, asked_by, refuse_artificial_days
from tracker.tasks.workspace import Workspace


def phrases(
    workspace: Workspace, slice_: str = "", *, by: str = "year", least: int | None = None, scope: str | None = None, progress: Progress | None = None
) -> PhraseList:
    """Find the phrases of the speeches asked for, with first and last use in the whole corpus.

    Args:
        workspace: The workspace.
        slice_: Phrases said in these speeches; all when empty.
        by: year, quarter or month.
        least: Fewest uses in the whole corpus; 3, and more in a corpus of millions of words, when None.
        scope: `speaker`, `all` or `by-kind`; the recipe's when None.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: The corpus is empty.
        SliceError: The slice cannot be read or is empty, no speech has a date, or days that only stand for their year.
        TrackerError: Other periods than those of the calendar.
    """
    if by not in CALENDAR:
        words = ["tracker", "phrases", *([slice_] if slice_ else []), "--by", "year"]
        raise TrackerError(f"no periods by `{by}`", looked_at=(f"periods: {', '.join(CALENDAR)}",), hint=shlex.join(words))
    recipe = chosen_recipe(workspace.recipe, scope=scope, level=None)
    settle(workspace.store)
    everything = workspace.store.speeches()
    if not everything:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    chosen = select(everything, parse_slice(slice_)) if slice_ else everything
    with asked_by(shlex.join(["tracker", "phrases", *([slice_] if slice_ else [])])):
        refuse_artificial_days(workspace, everything, SeriesChoices(by))
        items = analyse_all(everything, Lexicon(()), recipe, cache=workspace.cache, progress=progress)
        return phrases_in(found_phrases(items, least=least, progress=progress), chosen, by=by)


def phrases_in(found: Found, chosen: Sequence[Speech], *, by: str = "year") -> PhraseList:
    """Date the phrases of a corpus.

    Args:
        found: The phrases of the whole corpus.
        chosen: The speeches whose phrases are asked for.
        by: year, quarter or month.

    Raises:
        SliceError: No speech has a date.
    """
    groups = [group for group in grouped([item.speech for item in found.items], by).groups if group.speeches]
    labels = {speech.id: group.label for group in groups for speech in group.speeches}
    asked = frozenset(speech.id for speech in chosen)
    held = tuple(group.label for group in groups)
    return PhraseList(
        by=by,
        periods=tuple((group.label, len({speech.event_id for speech in group.speeches})) for group in groups),
        asked=tuple(label for label in held if label in {labels.get(name) for name in asked}),
        least=found.least,
        languages=tuple(sorted({item.speech.language for item in found.items})),
        phrases=dated(found, labels, held, asked=asked),
    )
