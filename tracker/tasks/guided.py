"""Topics that begin at the named themes, and what those topics find that the themes' words miss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.analysis import Analysed, analyse_all
from tracker.errors import ThemesError, TrackerError
from tracker.findings.surface import surface_forms
from tracker.findings.theme_topics import Inferred, ThemeTopic, hits_in, theme_topics
from tracker.lexicon import Lexicon
from tracker.matrix import TermMatrix
from tracker.passages import Passage
from tracker.progress import Progress
from tracker.recipe import TopicsRecipe
from tracker.tasks.one_language import in_language
from tracker.tasks.topics import passages_of, read_current
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.models.base import TopicModel
    from tracker.models.guided import Guide

FREE_AT_LEAST = 5
OWN = 0.5  # a term is a theme's word when this part of its occurrences stands inside the theme's words


@dataclass(frozen=True, slots=True)
class Missed:
    """The answer of `tracker themes missed`.

    Args:
        model: The current model.
        guided: Themes that topics of it began at.
        themes: Every theme beside its topic.
    """

    model: str
    guided: tuple[str, ...]
    themes: tuple[ThemeTopic, ...]


def fit_guided(
    training: TermMatrix,
    passages: tuple[tuple[Analysed, Passage], ...],
    lexicon: Lexicon,
    asked: TopicsRecipe,
    *,
    usual: int,
    progress: Callable[[int, int], None] | None = None,
) -> TopicModel:
    """Fit topics of which one begins at every theme that the corpus mentions often enough.

    Args:
        training: Counts of the passages.
        passages: The passages, in the same order.
        lexicon: The named themes.
        asked: How many topics in all (themes and free ones), refits, random state; the engine must be `lda`.
        usual: How many topics a corpus of this size is given; half of them, at least five, stand free beside the themes when no number is asked for.
        progress: Called with (done, all) after every fit.

    Raises:
        ThemesError: No theme is mentioned in five passages.
        TrackerError: Another engine, fewer topics than themes, or too few passages.
    """
    from tracker.models import guided

    if asked.engine != "lda":
        raise TrackerError(f"themes guide topics of the engine `lda`, not `{asked.engine}`", hint="tracker fit --guided --engine lda")
    guide = guide_of(training, passages, lexicon)
    named = guide.enough
    if not named:
        raise ThemesError("no theme of `themes.toml` is mentioned in five passages, so none can guide a topic", hint="tracker themes")
    topics = asked.topics if isinstance(asked.topics, int) else len(named) + max(FREE_AT_LEAST, usual // 2)
    most = min(len(training.unit_ids), len(training.terms))
    if topics <= len(named) or topics > most:
        held = (f"themes mentioned in five passages: {len(named)}", f"passages: {len(training.unit_ids)}")
        fitting = min(len(named) + FREE_AT_LEAST, most)
        raise TrackerError(
            f"{topics} topics cannot be guided here", looked_at=held, hint=f"tracker fit --guided --topics {fitting}" if fitting > len(named) else "tracker fit"
        )
    return guided.fit(training, guide.only(named), topics=topics, random_state=asked.random_state, refits=asked.refits, progress=progress)


def guide_of(training: TermMatrix, passages: tuple[tuple[Analysed, Passage], ...], lexicon: Lexicon) -> Guide:
    """Say in which passages the themes' words stand, and which terms are mostly theirs.

    Args:
        training: Counts of the passages.
        passages: The passages, in the same order.
        lexicon: The named themes.
    """
    import numpy as np

    from tracker.models.guided import Guide

    hits = hits_in(passages, lexicon.themes)
    total = np.asarray(training.counts.sum(axis=0)).ravel()
    inside = np.array([[held.get(term, 0) for term in training.terms] for held in hits.inside], dtype=float).reshape(len(lexicon.themes), len(total))
    return Guide(tuple(theme.id for theme in lexicon.themes), hits.tokens, (inside > 0) & (inside >= OWN * total))


def missed(workspace: Workspace, theme: str = "", *, quotes: int = 3, progress: Progress | None = None) -> Missed:
    """Put the named themes beside the current topics: how far they agree, and the passages that a topic finds and the theme's words miss.

    Args:
        workspace: The workspace.
        theme: One theme; all of them when "".
        quotes: Quotes of each theme's missed passages, at the most.
        progress: Called with (step, done, total).

    Raises:
        ThemesError: No such theme.
        TrackerError: No topics were fitted yet.
    """
    import numpy as np

    from tracker.models.fitting import infer
    from tracker.models.save import load

    lexicon = workspace.lexicon
    themes = (lexicon.theme(theme),) if theme else lexicon.themes
    held = read_current(workspace)
    if held is None:
        raise TrackerError("no topics were fitted yet", hint="tracker fit --guided")
    model = load(workspace.models_path / held["model"])
    speeches = workspace.store.speeches()
    chosen = held["language"] if {s.language for s in speeches} - {"und", "", held["language"]} else ""
    items = analyse_all(in_language(speeches, chosen), lexicon, workspace.recipe, cache=workspace.cache, progress=progress)
    units = passages_of(items, workspace.recipe)
    weights = np.asarray(units.matrix.counts.sum(axis=1), dtype=float).ravel()
    inferred = Inferred(units.passages, infer(model, units.matrix), weights, surface_forms(items))
    found = theme_topics(model, inferred, themes, level=workspace.recipe.measure.level, most=quotes)
    return Missed(model.id, tuple(str(model.settings.get("guided", "")).split()), found)
