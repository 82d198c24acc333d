"""Fit the topics of the corpus, carried on from those it had, and keep them in `models/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.analysis import Analysed
from tracker.errors import CorpusError, TrackerError
from tracker.findings.records import TopicList
from tracker.findings.topic_records import TopicChange, TopicFit
from tracker.lexicon import Lexicon
from tracker.matrix import TermMatrix, select_terms
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tasks.one_language import common_language, in_language, spoken_language
from tracker.tasks.topics.added import unknown_share
from tracker.tasks.topics.current import append_history, read_current, read_history, write_current
from tracker.tasks.topics.listing import FINDING_PASSAGES, Reading, listed, read
from tracker.tasks.topics.marks import read_marks, user_names
from tracker.tasks.topics.phrases import labelled
from tracker.tasks.topics.units import Units, analysed, passages_of
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.models.base import TopicModel
    from tracker.models.growth import Change

K_BY_PASSAGES = ((60, 5), (300, 8), (1000, 12), (5000, 20))


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is fitted, and from what.

    Args:
        recipe: With the flags laid over; its engine is the one that fits.
        before: The model whose ids go on; None when there is none.
        used: The highest number that any topic of the workspace ever had.
        cold: Why the numbers do not start from it; "" when they do.
        topics: How many, "auto", or "guided": as many as the themes and the corpus ask for.
        named: Ids of the topics the user has named: they go on whatever a fresh start finds.
    """

    recipe: Recipe
    before: TopicModel | None
    used: int
    cold: str
    topics: int | str
    named: frozenset[str] = frozenset()


def fit(
    workspace: Workspace,
    *,
    topics: int | str | None = None,
    engine: str | None = None,
    guided: bool | None = None,
    language: str | None = None,
    cold: bool = False,
    progress: Progress | None = None,
) -> TopicList:
    """Fit topics as `fitted` does, and show them."""
    return listed(workspace, fitted(workspace, topics=topics, engine=engine, guided=guided, language=language, cold=cold, progress=progress))


def fitted(
    workspace: Workspace,
    *,
    topics: int | str | None = None,
    engine: str | None = None,
    guided: bool | None = None,
    language: str | None = None,
    cold: bool = False,
    known: Mapping[str, Analysed] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Fit topics on the whole corpus, one language of it where it has several, and make them the current ones.

    Where the corpus has topics already they are carried on: same engine, language and number unless asked otherwise, ids and the user's names kept. On
    an unchanged corpus they stay as they are.

    Args:
        workspace: The workspace.
        topics: How many, or "auto": the number whose topics come back best; the recipe's, else as many as there are, else chosen from the number of
            passages (never more than one per three passages).
        engine: `lda`, `nmf`, `gensim` or `sklearn`; the recipe's, else that of the current topics.
        guided: Whether a topic begins at every named theme; the recipe's, else as the current topics.
        language: Where the corpus has several; the recipe's, else that of the current topics, else the commonest.
        cold: Whether to start anew; topics with the same words keep their ids all the same.
        known: Speeches taken apart already, by id.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: Fewer than two speeches.
        TrackerError: Unknown engine, too many topics for this corpus, or gensim is not installed.
    """
    given = {"topics__topics": topics, "topics__engine": engine, "topics__guided": guided, "words__language": language}
    recipe = workspace.recipe.with_settings(**{name: value for name, value in given.items() if value is not None})
    speeches = workspace.store.speeches()
    current, current_language = _current(workspace)
    chosen = common_language([speeches], recipe.words.language or _if_spoken(current_language, speeches))
    spoken = spoken_language(speeches, chosen)
    before = current if current is None or current_language in ("", spoken) else _before(workspace, spoken)
    recipe = _as_before(recipe, before)
    if not cold and before is current is not None and _unchanged(workspace, current, recipe):
        return read(workspace, known=known, progress=progress)
    items = analysed(workspace, in_language(speeches, chosen), progress, known)
    if len(items) < 2:
        holds = f"the corpus holds {len(items)}{f' in {chosen}' if chosen else ''}"
        raise CorpusError(f"topics need 2 speeches or more; {holds}", hint="tracker add SOURCE")
    units = passages_of(items, recipe, progress=progress)
    used = max((int(change.topic.rpartition("-")[2]) for told in read_history(workspace) for change in told.changes), default=0)
    plan = replace(_plan(recipe, before, units, used=used, cold=cold), named=frozenset(user_names(read_marks(workspace))))

    def shown(done: int, total: int) -> None:
        if progress is not None:
            progress("fitting topics", done, total)

    model, changes = _fitted(units, workspace.lexicon, plan, shown)
    _keep(workspace, labelled(model, units), plan, (units, spoken, changes))
    return read(workspace, known={item.speech.id: item for item in items}, units=units)


def _as_before(recipe: Recipe, before: TopicModel | None) -> Recipe:
    """The recipe with the engine of the topics there are, and with themes as their beginning where it was theirs, unless it says otherwise."""
    if before is None:
        return recipe
    if not recipe.asks_for("topics", "engine"):
        recipe = recipe.with_settings(topics__engine=before.engine)
    if not recipe.asks_for("topics", "guided") and recipe.topics.engine == before.engine:
        recipe = recipe.with_settings(topics__guided=bool(before.settings.get("guided")))
    return recipe


def _plan(recipe: Recipe, before: TopicModel | None, units: Units, *, used: int, cold: bool) -> Plan:
    """Decide how many topics are fitted and whether they start from those before."""
    usual = default_topics(len(units.passages))
    wanted = recipe.topics.topics
    if before is None:
        return Plan(recipe, None, used, "there were no topics before", wanted or usual)
    held, engine = len(before.topics), recipe.topics.engine
    fits = wanted is not None or held <= max(usual, len(units.passages) // 3)
    topics = wanted or (held if fits else usual)
    why = "asked for" if cold else ""
    if recipe.topics.guided:
        return Plan(recipe, before, used, why or "topics that begin at named themes begin there at every fit", wanted or "guided")
    if before.settings.get("guided"):
        why = why or "the topics before began at named themes"
    elif before.engine != engine:
        why = why or f"the engine was {before.engine}"
    elif engine != "lda":
        why = why or f"topics of {engine} cannot be carried on"
    if topics != held:
        why = why or (f"{topics} topics were asked for, there were {held}" if fits else f"the corpus has become too small for {held} topics")
    return Plan(recipe, before, used, why, topics)


def _fitted(units: Units, lexicon: Lexicon, plan: Plan, shown: Callable[[int, int], None]) -> tuple[TopicModel, tuple[Change, ...]]:
    """Fit as planned, and say what became of every topic."""
    from tracker.models.fitting import fit as fit_model
    from tracker.models.fitting import fit_best, refit
    from tracker.models.growth import Change, follow
    from tracker.tasks.guided import fit_guided

    asked = plan.recipe.topics
    training: TermMatrix = select_terms(units.matrix, min_units=2 if len(units.passages) < FINDING_PASSAGES else 5, max_share=0.5)
    if plan.before is not None and not plan.cold:
        return refit(plan.before, training, used=plan.used, keep=plan.named, random_state=asked.random_state, refits=asked.refits, progress=shown)
    if asked.guided:
        model = fit_guided(training, units.passages, lexicon, asked, usual=default_topics(len(units.passages)), progress=shown)
    elif isinstance(plan.topics, str):
        model = fit_best(training, engine=asked.engine, passes=asked.passes, random_state=asked.random_state, refits=asked.refits, progress=shown)
    else:
        model = fit_model(
            training, topics=plan.topics, engine=asked.engine, passes=asked.passes, random_state=asked.random_state, refits=asked.refits, progress=shown
        )
    if plan.before is not None:
        return follow(plan.before, model, used=plan.used)
    return model, tuple(Change("born", topic.id, "", 0.0) for topic in model.topics)


def _keep(workspace: Workspace, model: TopicModel, plan: Plan, said: tuple[Units, str, Sequence[Change]]) -> None:
    """Save the model, add the fit to the history, and make the model the current one; in that order, so that an interruption leaves the one before."""
    from tracker.models.save import save

    units, spoken, changes = said
    speeches = {item.speech.id: item.speech for item, _ in units.passages}
    years = sorted(speech.date.text[:4] for speech in speeches.values() if speech.date.text)
    labels = {topic.id: topic.label for old in (plan.before, model) if old is not None for topic in old.topics}
    save(model, workspace.models_path / model.id)
    told = TopicFit(
        number=0,
        model=model.id,
        before=plan.before.id if plan.before is not None else "",
        engine=model.engine,
        language=spoken,
        speeches=len(speeches),
        passages=len(units.passages),
        first=years[0] if years else "",
        last=years[-1] if years else "",
        start="anew" if plan.cold else "carried on",
        why=plan.cold,
        topics=len(model.topics),
        reproducible=sum(topic.reproducible for topic in model.topics),
        stability=model.quality.get("stability"),
        fresh_stability=model.quality.get("fresh_stability"),
        changes=tuple(TopicChange(c.became, c.topic, labels[c.topic], c.related, c.overlap) for c in changes),
    )
    append_history(workspace, told)
    base = fingerprint(plan.recipe, workspace.lexicon)
    note = {"model": model.id, "corpus": workspace.store.hash(), "language": spoken, "recipe": base, "asked": str(plan.topics)}
    unknown = round(unknown_share(model, units.matrix, range(len(units.passages))), 6)
    write_current(workspace.models_path, {**note, "unknown": unknown, "speeches": sorted(speeches)})


def fingerprint(recipe: Recipe, lexicon: Lexicon) -> str:
    """The recipe a model was fitted under, without what is asked of each fit anew; with the themes where topics begin at them."""
    base = recipe.with_settings(topics__topics=None, words__language="").id
    return f"{base}-{lexicon.hash}" if recipe.topics.guided else base


def _unchanged(workspace: Workspace, model: TopicModel, recipe: Recipe) -> bool:
    """Whether a fit would only repeat the last one."""
    held = read_current(workspace)
    if held is None or held["corpus"] != workspace.store.hash() or held["recipe"] != fingerprint(recipe, workspace.lexicon):
        return False
    wanted = recipe.topics.topics
    return wanted is None or str(wanted) in (held["asked"], str(len(model.topics)))


def _current(workspace: Workspace) -> tuple[TopicModel | None, str]:
    """The current model and its language; None where there is none that can be read: a fit is what mends that."""
    try:
        held = read_current(workspace)
    except TrackerError:
        return None, ""
    return (_loaded(workspace, held["model"]), held["language"]) if held else (None, "")


def _before(workspace: Workspace, language: str) -> TopicModel | None:
    """The last model in another language than the current one's."""
    fits = [told for told in read_history(workspace) if told.language == language]
    return _loaded(workspace, fits[-1].model) if fits else None


def _loaded(workspace: Workspace, model: str) -> TopicModel | None:
    from tracker.models.save import load

    try:
        return load(workspace.models_path / model)
    except TrackerError:
        return None


def _if_spoken(language: str, speeches: Sequence[Speech]) -> str:
    """The language, if the corpus has several and this one of them."""
    spoken = {speech.language for speech in speeches}
    return language if language in spoken and len(spoken - {"und", ""}) > 1 else ""


def default_topics(n_passages: int) -> int:
    """How many topics a corpus of this size is given when nobody says.

    Example:
        >>> default_topics(12), default_topics(150), default_topics(4000)
        (4, 8, 20)
    """
    wanted = next((k for below, k in K_BY_PASSAGES if n_passages < below), 30)
    return max(2, min(wanted, n_passages // 3))
