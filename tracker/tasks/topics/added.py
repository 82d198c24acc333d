"""How a model covers speeches added since its fit, without fitting anything again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tracker.analysis import Analysed
from tracker.counts import corpus_stop_list
from tracker.errors import TrackerError
from tracker.findings import warnings as notes
from tracker.findings.records import Warning
from tracker.findings.topic_records import AddedSince
from tracker.speech import Speech
from tracker.tasks.one_language import in_language
from tracker.tasks.topics.current import current_model, read_current
from tracker.tasks.topics.units import analysed, passages_of
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix
    from tracker.models.base import TopicModel

MOST = 50


def added_since(model: TopicModel, passages: TermMatrix, trained_on: frozenset[str], *, usual: float | None = None) -> AddedSince | None:
    """Return how the model covers the speeches it was not fitted on; None when there are none.

    Args:
        model: The fitted model.
        passages: Those of the corpus, or of the new speeches alone, and what they count.
        trained_on: Ids of the speeches it was fitted on.
        usual: Share of words unknown in those, where `passages` does not hold them.
    """
    import numpy as np
    from scipy.sparse import csr_array

    from tracker.models.align import counts_on
    from tracker.models.quality import perplexity

    is_new = np.array([speech not in trained_on for speech in passages.unit_speech], dtype=bool)
    if not is_new.any():
        return None
    rows = np.flatnonzero(is_new)
    unknown = unknown_share(model, passages, rows)
    usual = unknown_share(model, passages, np.flatnonzero(~is_new)) if usual is None else usual
    hard = float("nan")
    if model.engine != "nmf":
        known = counts_on(csr_array(passages.counts[rows]), passages.terms, model.terms)
        hard = perplexity(known.astype(np.int64), model.topic_term, random_state=int(model.settings["random_state"]))
    speeches = len({speech for speech, new in zip(passages.unit_speech, is_new, strict=True) if new})
    expected = model.quality.get("perplexity")
    return AddedSince(speeches, unknown, usual, round(hard, 3) if np.isfinite(hard) else None, expected)


def said_of(added: AddedSince | None, model: str) -> list[Warning]:
    """The warnings that follow: words the model does not know (W13), and known ones that it does not expect (W33)."""
    if added is None:
        return []
    residual = added.residual
    return [*notes.unknown_words(added.unknown, model, usual=added.usual), *(notes.hard_to_predict(residual, model) if residual is not None else [])]


def coverage(workspace: Workspace, speeches: Sequence[str]) -> tuple[AddedSince | None, tuple[Warning, ...]]:
    """Say how the current model covers speeches that were added just now.

    None when there is no model, none of them is in its language, or they are more than 50, which `tracker topics` looks at.

    Args:
        workspace: The workspace.
        speeches: Their ids.
    """
    held = read_current(workspace)
    fresh = frozenset(speeches) - frozenset(held["speeches"] if held else ())
    if held is None or not fresh or len(fresh) > MOST:
        return None, ()
    try:
        model, _ = current_model(workspace)
    except TrackerError:
        return None, ()  # a damaged model is told of by `tracker topics`, it is no reason to fail an `add`
    everything: list[Speech] = workspace.store.speeches()
    items: list[Analysed] = analysed(workspace, in_language([s for s in everything if s.id in fresh], held["language"]), None)
    if not items:
        return None, ()
    leave_out = corpus_stop_list(everything, workspace.recipe)
    added = added_since(model, passages_of(items, workspace.recipe, leave_out=leave_out).matrix, frozenset(held["speeches"]), usual=held["unknown"])
    return added, tuple(said_of(added, model.id))


def unknown_share(model: TopicModel, passages: TermMatrix, rows: Any) -> float:
    """Share of the content words of some passages that the model does not know; 0 without words."""
    known = frozenset(model.terms)
    counts = (passages.counts if len(rows) == len(passages.unit_ids) else passages.counts[rows]).sum(axis=0)
    total = float(counts.sum())
    inside = sum(float(n) for term, n in zip(passages.terms, counts, strict=True) if term in known)
    return 1 - inside / total if total else 0.0
