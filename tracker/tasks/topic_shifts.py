"""The current topics between two sides: cut into passages, measured under the one model, with what bears on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.analysis import Analysed, analyse_all
from tracker.counts import corpus_stop_list
from tracker.findings import warnings as notes
from tracker.findings.records import Warning
from tracker.findings.sides import Side
from tracker.findings.surface import surface_forms
from tracker.findings.topic_shift_records import TopicShifts
from tracker.findings.topic_shifts import Cut
from tracker.findings.topic_shifts import topic_shifts as measure
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tasks.one_language import in_language
from tracker.tasks.topics import FINDING_PASSAGES, passage_size, read_current, read_marks, user_names
from tracker.tasks.topics.added import added_since, said_of
from tracker.tasks.topics.units import Units, cut_all
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.models.base import TopicModel

FEW_EVENTS = "topics are tested where both sides have two events or more"
WITHIN = "topics are not tested within strata"
NO_REFITS = "this model keeps no refits to take its own error from (tracker fit makes one that does)"
NO_EVENTS_SAMPLED = "the model was fitted on too few events to see which topics come back"
NONE_CAME_BACK = "no topic came back in the refits"


def topic_shifts(
    workspace: Workspace,
    sides: tuple[Side, Side],
    everything: Sequence[Speech],
    recipe: Recipe,
    *,
    within: str = "",
    units: Units | None = None,
    progress: Progress | None = None,
) -> TopicShifts | None:
    """Measure the current topics between two sides; None where no topics were fitted or a side has no speech in their language.

    Args:
        workspace: The workspace; its current model is asked, nothing is fitted.
        sides: The two sides, taken apart.
        everything: The whole corpus, for the words left out of topics.
        recipe: The recipe of the comparison.
        within: What the comparison is made within, for which topics are shown without a test.
        units: The passages of the corpus, where they are at hand.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: The current model is damaged or missing.
    """
    from tracker.models.save import load

    held = read_current(workspace)
    if held is None:
        return None
    model = load(workspace.models_path / held["model"], units=False)
    cut = _cut(workspace, sides, in_language(everything, _chosen(everything, held["language"])), recipe, units, progress=progress)
    if cut is None:
        return None
    why = _untested(model, cut, within)
    rows, family = measure(model, cut, recipe, testable=not why, cache=workspace.cache, progress=progress)
    found = TopicShifts(
        model=model.id,
        engine=model.engine,
        passages=len(cut.passages),
        refits=int(model.quality.get("refits", 0)),
        illustrative=len(model.unit_ids) < FINDING_PASSAGES,
        rows=rows,
        family=family,
        warnings=(),
        untested=why,
    )
    return _as_marked(replace(found, warnings=_warnings(found, model, cut, held)), workspace)


def _as_marked(found: TopicShifts, workspace: Workspace) -> TopicShifts:
    """Call topics what the user calls them, and leave hidden ones out; they stay in the family of the tests."""
    marks = read_marks(workspace)
    names = user_names(marks)
    shown = [row for row in found.rows if row.shift.id not in marks or not marks[row.shift.id].hidden]
    rows = tuple(replace(row, shift=replace(row.shift, label=names.get(row.shift.id, row.shift.label))) for row in shown)
    return replace(found, rows=rows, hidden=len(found.rows) - len(rows))


def _chosen(everything: Sequence[Speech], spoken: str) -> str:
    """The language to keep to; "" where the corpus has no other."""
    return spoken if {s.language for s in everything} - {"und", "", spoken} else ""


def _untested(model: TopicModel, cut: Cut, within: str) -> str:
    """Why no topic can be tested; "" when some can."""
    from tracker.models.refits import number_of

    if within:
        return WITHIN
    if not number_of(model.state):
        return NO_REFITS
    if not model.quality.get("by_event", 1.0):
        return NO_EVENTS_SAMPLED
    if not any(topic.reproducible for topic in model.topics):
        return NONE_CAME_BACK
    spoken = {speech for speech, n in zip(cut.matrix.unit_speech, cut.matrix.counts.sum(axis=1), strict=True) if n}
    events = [{item.speech.event_id for item in side.speeches if item.speech.id in spoken} for side in (cut.before, cut.after)]
    return "" if min(map(len, events)) > 1 else FEW_EVENTS


def _cut(
    workspace: Workspace, sides: tuple[Side, Side], everything: Sequence[Speech], recipe: Recipe, whole: Units | None, *, progress: Progress | None
) -> Cut | None:
    """Cut the speeches of both sides that are in the model's language into passages as long as those of the whole corpus."""
    known = {speech.id for speech in everything}
    kept = [replace(side, speeches=tuple(item for item in side.speeches if item.speech.id in known)) for side in sides]
    items = sorted((item for side in kept for item in side.speeches), key=lambda item: item.speech.id)
    if not all(side.speeches for side in kept):
        return None
    size = _size(workspace, items, everything, recipe, progress=progress)
    leave_out = corpus_stop_list(everything, recipe)
    units = (whole and whole.of(items, size, leave_out)) or cut_all(items, size, leave_out, progress=progress)
    return Cut(kept[0], kept[1], units.passages, units.matrix, surface_forms(items)) if units.passages else None


def _size(workspace: Workspace, items: Sequence[Analysed], everything: Sequence[Speech], recipe: Recipe, *, progress: Progress | None) -> int:
    """How long a passage of this corpus is; in a large one the two sides alone say it."""
    wanted = recipe.topics.passage_tokens
    n = sum(item.counted_in_all for item in items)
    if passage_size(n, wanted) == wanted:
        return wanted
    sides = {item.speech.id for item in items}
    rest = analyse_all([speech for speech in everything if speech.id not in sides], workspace.lexicon, recipe, cache=workspace.cache, progress=progress)
    return passage_size(n + sum(item.counted_in_all for item in rest), wanted)


def _warnings(found: TopicShifts, model: TopicModel, cut: Cut, held: Mapping[str, Any]) -> tuple[Warning, ...]:
    """W9 or W8, W13 and W33 for speeches of the two sides that are newer than the model."""
    stable, n = len(found.reproducible), len(found.rows)
    told: list[Warning] = []
    if found.illustrative:
        told.append(notes.illustrative(len(model.unit_ids), stable, n, found.refits))
    elif stable < n:
        told.append(notes.unstable_topics(stable, n, found.refits))
    added = added_since(model, cut.matrix, frozenset(held["speeches"]), usual=held["unknown"])
    return (*told, *said_of(added, model.id))
