"""Show the topics of the corpus: each with words, share, stability and quotes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.analysis import Analysed
from tracker.counts import term_counts
from tracker.findings import warnings as notes
from tracker.findings.mixture import one_language
from tracker.findings.quotes import evidence
from tracker.findings.records import Evidence, TopicList, TopicRow, Warning
from tracker.findings.surface import surface_forms
from tracker.findings.topic_quotes import fullest
from tracker.lexicon import Lexicon
from tracker.progress import Progress
from tracker.speech import Speech
from tracker.tasks.one_language import in_language, left_out
from tracker.tasks.topics.added import added_since, said_of
from tracker.tasks.topics.boilerplate import looks_like_boilerplate
from tracker.tasks.topics.current import current_model, read_history
from tracker.tasks.topics.marks import Mark, read_marks
from tracker.tasks.topics.units import Units, analysed, passages_of
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.models.base import TopicModel

FINDING_PASSAGES = 1000
QUOTES = 3
NEAR = 1.2


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The current model over the corpus as it is now.

    Args:
        model: The model.
        units: The passages of the corpus.
        trained_on: Ids of the speeches it was fitted on.
        language: Of the passages.
        chosen: The language where the corpus has several, else "".
        speeches: The whole corpus.
    """

    model: TopicModel
    units: Units
    trained_on: frozenset[str]
    language: str
    chosen: str
    speeches: Sequence[Speech]


def current_topics(workspace: Workspace, *, hidden: bool = False, known: Mapping[str, Analysed] | None = None, progress: Progress | None = None) -> TopicList:
    """Show the current topics over the whole corpus; speeches added since the fit are inferred, never refitted.

    Args:
        workspace: The workspace.
        hidden: Whether hidden topics are listed too.
        known: Speeches taken apart already, by id.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: No topics were fitted yet.
    """
    return listed(workspace, read(workspace, known=known, progress=progress), hidden=hidden)


def read(workspace: Workspace, *, known: Mapping[str, Analysed] | None = None, units: Units | None = None, progress: Progress | None = None) -> Reading:
    """Cut the corpus into passages for the current model; arguments and errors as in `current_topics`, `units` are passages that were cut already."""
    model, held = current_model(workspace, units=False)
    speeches = workspace.store.speeches()
    spoken = held["language"]
    chosen = spoken if {s.language for s in speeches} - {"und", "", spoken} else ""
    units = passages_of(analysed(workspace, in_language(speeches, chosen), progress, known), workspace.recipe, cut=units, progress=progress)
    return Reading(model, units, frozenset(held["speeches"]), spoken, chosen, speeches)


def listed(workspace: Workspace, reading: Reading, *, hidden: bool = False) -> TopicList:
    """Describe the model with the user's names, the last fit, and what was left out of it for its language."""
    found = topic_list(reading.model, reading.units, workspace.lexicon, trained_on=reading.trained_on, marks=read_marks(workspace), hidden=hidden)
    fits = [fit for fit in read_history(workspace) if fit.model == reading.model.id]
    said = one_language("Topics", reading.chosen, left_out(reading.speeches, reading.chosen))
    return replace(found, language=reading.language, warnings=(*said, *found.warnings), fit=fits[-1] if fits else None)


def topic_list(
    model: TopicModel, units: Units, lexicon: Lexicon, *, trained_on: frozenset[str], marks: Mapping[str, Mark] | None = None, hidden: bool = False
) -> TopicList:
    """Describe a model over the passages of a corpus.

    Args:
        model: The fitted model.
        units: All passages of the corpus.
        lexicon: Named themes, for each topic's nearest one.
        trained_on: Ids of the speeches the model was fitted on.
        marks: The user's names and hidden topics, by id.
        hidden: Whether hidden topics are listed too.
    """
    from tracker.models.fitting import infer

    shares = infer(model, units.matrix)
    weights = units.matrix.counts.sum(axis=1)
    total = max(float(weights.sum()), 1.0)
    forms = surface_forms(list({item.speech.id: item for item, _ in units.passages}.values()))
    in_passages = theme_counts(units, lexicon)
    boilerplate = looks_like_boilerplate(units, shares, [topic.words for topic in model.topics])
    rows = []
    for k, topic in enumerate(model.topics):
        mark = (marks or {}).get(topic.id, Mark())
        row = TopicRow(
            id=topic.id,
            label=mark.name or topic.label,
            words=tuple(forms.get(word, word) for word in topic.words),
            share=float((shares[:, k] * weights).sum() / total),
            stability=topic.stability,
            reproducible=topic.reproducible,
            quotes=() if mark.hidden and not hidden else _quotes(units, shares[:, k], frozenset(topic.words)),
            nearest_theme=nearest_theme(shares[:, k], in_passages, lexicon),
            name=mark.name,
            hidden=mark.hidden,
            boilerplate=boilerplate[k],
        )
        rows.append(row)
    added = added_since(model, units.matrix, trained_on)
    refits, concealed = int(model.quality.get("refits", 0)), sum(row.hidden for row in rows)
    n = len(units.passages)
    found = (*_cautions(rows, n, refits), *said_of(added, model.id))
    listed_rows = tuple(row for row in rows if hidden or not row.hidden)
    return TopicList(model.id, model.engine, n, refits, n < FINDING_PASSAGES, listed_rows, found, hidden=concealed, added=added)


def _cautions(rows: Sequence[TopicRow], passages: int, refits: int) -> list[Warning]:
    """How many of all topics came back, hidden ones included."""
    stable = sum(row.reproducible for row in rows)
    if passages < FINDING_PASSAGES:
        return [notes.illustrative(passages, stable, len(rows), refits)]
    return [notes.unstable_topics(stable, len(rows), refits)] if stable < len(rows) else []


def _quotes(units: Units, share: Any, words: frozenset[str]) -> tuple[Evidence, ...]:
    """The sentence with most of the topic's words from each of the passages it fills most, one speech not twice in a row."""
    chosen: list[Evidence] = []
    for i in fullest(units.passages, share, 4 * QUOTES):
        item, passage = units.passages[i]
        body = [segment for segment in passage.segments(item.segments) if segment.block == "body"]
        counted = {segment: sum(n for term, n in term_counts(item.tokens, (segment,), item.scope).items() if term in words) for segment in body}
        if any(counted.values()):
            chosen.append(evidence(item, min(counted, key=lambda segment: (-counted[segment], segment.start))))
        if len(chosen) == QUOTES:
            break
    return tuple(chosen)


def theme_counts(units: Units, lexicon: Lexicon) -> Any:
    """Content tokens of every theme in every passage, shape (passages, themes)."""
    import numpy as np

    places = {theme.id: k for k, theme in enumerate(lexicon.themes)}
    rows: dict[str, list[tuple[int, int]]] = {}
    for row, (item, passage) in enumerate(units.passages):
        rows.setdefault(item.speech.id, []).append((passage.start, row))
    counts = np.zeros((len(units.passages), len(places)))
    for item in {item.speech.id: item for item, _ in units.passages}.values():
        starts = rows[item.speech.id]
        for hit in item.counts.hits:
            at = bisect_right(starts, (hit.start, len(units.passages))) - 1
            if at >= 0:
                counts[starts[at][1], places[hit.theme]] += item.counted_tokens(hit)
    return counts


def nearest_theme(share: Any, in_passages: Any, lexicon: Lexicon) -> str:
    """The named theme whose words stand most in the topic's passages, over what they stand in all; "" when none stands out."""
    mean = float(share.mean()) if len(share) else 0.0
    whole = in_passages.sum(axis=0)
    mine = share @ in_passages
    lifts = {theme.id: float(mine[k] / (whole[k] * mean)) for k, theme in enumerate(lexicon.themes) if whole[k] and mean}
    weights = {theme.id: float(whole[k]) ** 0.5 for k, theme in enumerate(lexicon.themes)}
    best = min(lifts, key=lambda theme: (-lifts[theme] * weights[theme], theme), default="")
    return lexicon.theme(best).label if best and lifts[best] > NEAR else ""
