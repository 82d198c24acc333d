"""Topics of the corpus: fit them, keep them in `models/`, and show each with words, share, stability and quotes."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.analysis import Analysed, analyse_all
from tracker.counts import corpus_stop_list, term_counts
from tracker.errors import CorpusError, TrackerError
from tracker.findings import warnings as notes
from tracker.findings.mixture import one_language
from tracker.findings.quotes import evidence
from tracker.findings.records import Evidence, TopicList, TopicRow, Warning
from tracker.findings.surface import surface_forms
from tracker.lexicon import Lexicon
from tracker.matrix import TermMatrix, build, select_terms
from tracker.passages import Passage, split_passages
from tracker.recipe import Recipe, TopicsRecipe
from tracker.speech import Speech
from tracker.tasks.one_language import common_language, in_language, left_out, spoken_language
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.models.base import TopicModel

Progress = Callable[[str, int, int], None]
CURRENT = "current.json"
FINDING_PASSAGES = 1000
QUOTES = 3
NEAR = 1.2
FEW_PASSAGES = 30
SHORTEST_PASSAGE = 15
K_BY_PASSAGES = ((60, 5), (300, 8), (1000, 12), (5000, 20))


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The passages of a corpus: where they stand and what they count; in one order for both."""

    passages: tuple[tuple[Analysed, Passage], ...]
    matrix: TermMatrix


def fit(
    workspace: Workspace,
    *,
    topics: int | str | None = None,
    engine: str | None = None,
    guided: bool | None = None,
    language: str | None = None,
    known: Mapping[str, Analysed] | None = None,
    progress: Progress | None = None,
) -> TopicList:
    """Fit topics on the whole corpus, one language of it where it has several, and make them the current ones.

    Args:
        workspace: The workspace.
        topics: How many, or "auto": the number whose topics come back best; the recipe's, else chosen from the number of passages (never more than one
            per three passages).
        engine: `lda`, `nmf`, `gensim` or `sklearn`; the recipe's.
        guided: Whether a topic begins at every named theme; the recipe's.
        language: Where the corpus has several; the recipe's, else the commonest.
        known: Speeches taken apart already, by id.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: Fewer than two speeches.
        TrackerError: Unknown engine, too many topics for this corpus, or gensim is not installed.
    """
    from tracker.models.save import save

    given = {"topics__topics": topics, "topics__engine": engine, "topics__guided": guided, "words__language": language}
    recipe = workspace.recipe.with_settings(**{name: value for name, value in given.items() if value is not None})
    speeches = workspace.store.speeches()
    chosen = common_language([speeches], recipe.words.language)
    items = _analysed(workspace, in_language(speeches, chosen), progress, known)
    if len(items) < 2:
        holds = f"the corpus holds {len(items)}{f' in {chosen}' if chosen else ''}"
        raise CorpusError(f"topics need 2 speeches or more; {holds}", hint="tracker add SOURCE")
    units = passages_of(items, recipe)
    training = select_terms(units.matrix, min_units=2 if len(units.passages) < FINDING_PASSAGES else 5, max_share=0.5)

    def shown(done: int, total: int) -> None:
        if progress is not None:
            progress("fitting topics", done, total)

    if recipe.topics.guided:
        from tracker.tasks.guided import fit_guided

        model = fit_guided(training, units.passages, workspace.lexicon, recipe.topics, usual=default_topics(len(units.passages)), progress=shown)
    else:
        model = _fitted(training, recipe.topics, len(units.passages), shown)
    save(model, workspace.models_path / model.id)
    spoken = spoken_language(speeches, chosen)
    trained = sorted(item.speech.id for item in items)
    _write_current(workspace.models_path, {"model": model.id, "corpus": workspace.store.hash(), "language": spoken, "speeches": trained})
    shown_topics = topic_list(model, units, workspace.lexicon, trained_on=frozenset(trained))
    return _in_language(shown_topics, speeches, spoken if chosen else "", spoken)


def _fitted(training: TermMatrix, asked: TopicsRecipe, n_passages: int, shown: Callable[[int, int], None]) -> TopicModel:
    """Fit as many topics as asked for; "auto" tries several numbers."""
    from tracker.models.fitting import fit as fit_model
    from tracker.models.fitting import fit_best

    if asked.topics == "auto":
        return fit_best(training, engine=asked.engine, random_state=asked.random_state, passes=asked.passes, refits=asked.refits, progress=shown)
    return fit_model(
        training,
        topics=asked.topics or default_topics(n_passages),
        engine=asked.engine,
        random_state=asked.random_state,
        passes=asked.passes,
        refits=asked.refits,
        progress=shown,
    )


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
    units = passages_of(_analysed(workspace, in_language(speeches, chosen), progress, known), workspace.recipe)
    return _in_language(topic_list(model, units, workspace.lexicon, trained_on=frozenset(held["speeches"])), speeches, chosen, spoken)


def _in_language(found: TopicList, speeches: Sequence[Speech], chosen: str, spoken: str) -> TopicList:
    """Say which language the topics are in, and which speeches are left out for it."""
    return replace(found, language=spoken, warnings=(*one_language("Topics", chosen, left_out(speeches, chosen)), *found.warnings))


def read_current(workspace: Workspace) -> dict[str, Any] | None:
    """Which model is current and what it was fitted on: `model`, `corpus`, `language`, `speeches`; None when there is none.

    Raises:
        TrackerError: The note is damaged.
    """
    path = workspace.models_path / CURRENT
    if not path.exists():
        return None
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        names = {name: str(held.get(name, "") if name == "language" else held[name]) for name in ("model", "corpus", "language")}
        return {**names, "speeches": [str(s) for s in held["speeches"]]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrackerError(
            f"`models/{CURRENT}` is damaged", looked_at=("it must name a model, its corpus and its speeches, as `tracker fit` writes it",), hint="tracker fit"
        ) from error


def default_topics(n_passages: int) -> int:
    """How many topics a corpus of this size is given when nobody says.

    Example:
        >>> default_topics(12), default_topics(150), default_topics(4000)
        (4, 8, 20)
    """
    wanted = next((k for below, k in K_BY_PASSAGES if n_passages < below), 30)
    return max(2, min(wanted, n_passages // 3))


def passage_size(n_tokens: int, wanted: int) -> int:
    """Content tokens a passage should reach: as set, but smaller where a small corpus would give fewer than 30 passages.

    Example:
        >>> passage_size(100_000, 60), passage_size(600, 60), passage_size(200, 60)
        (60, 20, 15)
    """
    return min(wanted, max(SHORTEST_PASSAGE, n_tokens // FEW_PASSAGES))


def passages_of(items: Sequence[Analysed], recipe: Recipe) -> Units:
    """Cut speeches into passages in their headline scope and count their terms, the corpus stop list left out."""
    leave_out = corpus_stop_list([item.speech for item in items], recipe)
    institutions = recipe.measure.institutions
    size = passage_size(sum(sum(item.inside) for item in items), recipe.topics.passage_tokens)
    passages, counted = [], []
    for item in sorted(items, key=lambda item: item.speech.id):
        for passage in split_passages(
            item.speech.id, item.segments, item.tokens, scope=item.scope, size=size, longest=5 * size // 2, institutions=institutions
        ):
            passages.append((item, passage))
            counted.append(term_counts(item.tokens, passage.segments, item.scope, leave_out, institutions=institutions))
    events = {item.speech.id: item.speech.event_id for item in items}
    matrix = build(counted, [p.id for _, p in passages], [p.speech for _, p in passages], events)
    return Units(tuple(passages), matrix)


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


def _analysed(workspace: Workspace, speeches: Sequence[Speech], progress: Progress | None, known: Mapping[str, Analysed] | None = None) -> list[Analysed]:
    """Take speeches apart; what is `known` (by speech id) is not taken apart again."""
    known = known or {}
    rest = [speech for speech in speeches if speech.id not in known]
    fresh = {item.speech.id: item for item in analyse_all(rest, workspace.lexicon, workspace.recipe, progress=progress)}
    return [known[speech.id] if speech.id in known else fresh[speech.id] for speech in speeches]


def _write_current(folder: Path, held: Mapping[str, object]) -> None:
    """Name the current model; written beside and renamed, so that a reader never sees half a note."""
    part = folder / f"{CURRENT}.part"
    part.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    part.replace(folder / CURRENT)


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
