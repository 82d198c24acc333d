"""Fit the topics of the corpus and keep them in `models/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tracker.analysis import Analysed
from tracker.errors import CorpusError
from tracker.findings.records import TopicList
from tracker.matrix import TermMatrix, select_terms
from tracker.recipe import TopicsRecipe
from tracker.tasks.one_language import common_language, in_language, spoken_language
from tracker.tasks.topics.current import write_current
from tracker.tasks.topics.listing import FINDING_PASSAGES, said_in_language, topic_list
from tracker.tasks.topics.units import analysed, passages_of
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.models.base import TopicModel

Progress = Callable[[str, int, int], None]
K_BY_PASSAGES = ((60, 5), (300, 8), (1000, 12), (5000, 20))


def fit(
    workspace: Workspace,
    *,
    topics: int | str | None = None,
    engine: str | None = None,
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
        language: Where the corpus has several; the recipe's, else the commonest.
        known: Speeches taken apart already, by id.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: Fewer than two speeches.
        TrackerError: Unknown engine, too many topics for this corpus, or gensim is not installed.
    """
    from tracker.models.save import save

    given = {"topics__topics": topics, "topics__engine": engine, "words__language": language}
    recipe = workspace.recipe.with_settings(**{name: value for name, value in given.items() if value is not None})
    speeches = workspace.store.speeches()
    chosen = common_language([speeches], recipe.words.language)
    items = analysed(workspace, in_language(speeches, chosen), progress, known)
    if len(items) < 2:
        holds = f"the corpus holds {len(items)}{f' in {chosen}' if chosen else ''}"
        raise CorpusError(f"topics need 2 speeches or more; {holds}", hint="tracker add SOURCE")
    units = passages_of(items, recipe)
    training = select_terms(units.matrix, min_units=2 if len(units.passages) < FINDING_PASSAGES else 5, max_share=0.5)

    def shown(done: int, total: int) -> None:
        if progress is not None:
            progress("fitting topics", done, total)

    model = _fitted(training, recipe.topics, len(units.passages), shown)
    save(model, workspace.models_path / model.id)
    spoken = spoken_language(speeches, chosen)
    trained = sorted(item.speech.id for item in items)
    write_current(workspace.models_path, {"model": model.id, "corpus": workspace.store.hash(), "language": spoken, "speeches": trained})
    shown_topics = topic_list(model, units, workspace.lexicon, trained_on=frozenset(trained))
    return said_in_language(shown_topics, speeches, spoken if chosen else "", spoken)


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


def default_topics(n_passages: int) -> int:
    """How many topics a corpus of this size is given when nobody says.

    Example:
        >>> default_topics(12), default_topics(150), default_topics(4000)
        (4, 8, 20)
    """
    wanted = next((k for below, k in K_BY_PASSAGES if n_passages < below), 30)
    return max(2, min(wanted, n_passages // 3))
