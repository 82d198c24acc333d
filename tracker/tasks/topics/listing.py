"""Show the topics of the corpus: each with words, share, stability and quotes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.analysis import Analysed
from tracker.counts import term_counts
from tracker.errors import TrackerError
from tracker.findings import warnings as notes
from tracker.findings.mixture import one_language
from tracker.findings.quotes import evidence
from tracker.findings.records import Evidence, TopicList, TopicRow, Warning
from tracker.findings.surface import surface_forms
from tracker.lexicon import Lexicon
from tracker.speech import Speech
from tracker.tasks.one_language import in_language, left_out
from tracker.tasks.topics.current import read_current
from tracker.tasks.topics.units import Units, analysed, passages_of
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.models.base import TopicModel

Progress = Callable[[str, int, int], None]
FINDING_PASSAGES = 1000
QUOTES = 3
NEAR = 1.2


def current_topics(workspace: Workspace, *, known: Mapping[str, Analysed] | None = None, progress: Progress | None = None) -> TopicList:
    """Show the current topics over the whole corpus; speeches added since the fit are inferred, never refitted.

    Args:
        workspace: The workspace.
        known: Speeches taken apart already, by id.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: No topics were fitted yet.
    """
    from tracker.models.save import load

    held = read_current(workspace)
    if held is None:
        raise TrackerError("no topics were fitted yet", hint="tracker fit")
    model = load(workspace.models_path / held["model"])
    speeches = workspace.store.speeches()
    spoken = held["language"]
    chosen = spoken if {s.language for s in speeches} - {"und", "", spoken} else ""
    units = passages_of(analysed(workspace, in_language(speeches, chosen), progress, known), workspace.recipe)
    return said_in_language(topic_list(model, units, workspace.lexicon, trained_on=frozenset(held["speeches"])), speeches, chosen, spoken)


def said_in_language(found: TopicList, speeches: Sequence[Speech], chosen: str, spoken: str) -> TopicList:
    """Say which language the topics are in, and which speeches are left out for it."""
    return replace(found, language=spoken, warnings=(*one_language("Topics", chosen, left_out(speeches, chosen)), *found.warnings))


def topic_list(model: TopicModel, units: Units, lexicon: Lexicon, *, trained_on: frozenset[str]) -> TopicList:
    """Describe a model over the passages of a corpus.

    Args:
        model: The fitted model.
        units: All passages of the corpus.
        lexicon: Named themes, for each topic's nearest one.
        trained_on: Ids of the speeches the model was fitted on.
    """
    from tracker.models.fitting import infer

    shares = infer(model, units.matrix)
    weights = units.matrix.counts.sum(axis=1)
    total = max(float(weights.sum()), 1.0)
    items = list({item.speech.id: item for item, _ in units.passages}.values())
    forms = surface_forms(items)
    theme_counts = _theme_counts(units, lexicon)
    rows = tuple(
        TopicRow(
            id=topic.id,
            label=", ".join(forms.get(word, word) for word in topic.label.split(", ")),
            words=tuple(forms.get(word, word) for word in topic.words),
            share=float((shares[:, k] * weights).sum() / total),
            stability=topic.stability,
            reproducible=topic.reproducible,
            quotes=_quotes(units, shares[:, k], frozenset(topic.words)),
            nearest_theme=_nearest_theme(shares[:, k], theme_counts, lexicon),
        )
        for k, topic in enumerate(model.topics)
    )
    n, refits, stable = len(units.passages), int(model.quality.get("refits", 0)), sum(row.reproducible for row in rows)
    illustrative = n < FINDING_PASSAGES
    found: list[Warning] = [notes.illustrative(n, stable, len(rows), refits)] if illustrative else []
    if not illustrative and stable < len(rows):
        found.append(notes.unstable_topics(stable, len(rows), refits))
    found += notes.unknown_words(_unknown_share(model, units, trained_on), model.id)
    return TopicList(model.id, model.engine, n, refits, illustrative, rows, tuple(found))


def _quotes(units: Units, share: Any, words: frozenset[str]) -> tuple[Evidence, ...]:
    """The sentence with most of the topic's words from each of the passages it fills most, one speech not twice in a row."""
    order = sorted(range(len(units.passages)), key=lambda i: (-share[i], units.passages[i][1].id))
    chosen: list[Evidence] = []
    for i in order[: 4 * QUOTES]:
        item, passage = units.passages[i]
        body = [segment for segment in passage.segments if segment.block == "body"]
        counted = {segment: sum(n for term, n in term_counts(item.tokens, (segment,), item.scope).items() if term in words) for segment in body}
        if any(counted.values()):
            chosen.append(evidence(item, min(counted, key=lambda segment: (-counted[segment], segment.start))))
        if len(chosen) == QUOTES:
            break
    return tuple(chosen)


def _theme_counts(units: Units, lexicon: Lexicon) -> Any:
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


def _nearest_theme(share: Any, theme_counts: Any, lexicon: Lexicon) -> str:
    """The named theme whose words stand most in the topic's passages, over what they stand in all; "" when none stands out."""
    mean = float(share.mean()) if len(share) else 0.0
    whole = theme_counts.sum(axis=0)
    mine = share @ theme_counts
    lifts = {theme.id: float(mine[k] / (whole[k] * mean)) for k, theme in enumerate(lexicon.themes) if whole[k] and mean}
    weights = {theme.id: float(whole[k]) ** 0.5 for k, theme in enumerate(lexicon.themes)}
    best = min(lifts, key=lambda theme: (-lifts[theme] * weights[theme], theme), default="")
    return lexicon.theme(best).label if best and lifts[best] > NEAR else ""


def _unknown_share(model: TopicModel, units: Units, trained_on: frozenset[str]) -> float:
    """Share of the content words of speeches added since the fit that the model does not know; 0 when none was added."""
    known = frozenset(model.terms)
    new = [row for row, speech in enumerate(units.matrix.unit_speech) if speech not in trained_on]
    if not new:
        return 0.0
    counts = units.matrix.counts[new].sum(axis=0)
    total = float(counts.sum())
    inside = sum(float(n) for term, n in zip(units.matrix.terms, counts, strict=True) if term in known)
    return 1 - inside / total if total else 0.0
