"""Phrases of two words in the passages, for the labels of topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.analysis import Analysed
from tracker.counts import scope_ranges
from tracker.findings.surface import surface_forms
from tracker.passages import Passage
from tracker.tasks.topics.units import Units

if TYPE_CHECKING:
    from tracker.models.base import TopicModel
    from tracker.models.labels import Phrases

_JOINTS = frozenset({"", " ", "-", "\n"})
_FEWEST = 3
MOST_PASSAGES = 20_000


def labelled(model: TopicModel, units: Units) -> TopicModel:
    """Return the model with labels proposed from its distinctive words and the phrases they stand in, as they are written in the texts.

    Args:
        model: The fitted model.
        units: The passages it was fitted on.
    """
    from tracker.models.labels import frequent_terms, propose

    phrases = phrases_of(model, units, frequent_terms(model.topic_term, model.terms))
    proposed = propose(model.topic_term, model.unit_topic.mean(axis=0), model.terms, phrases)
    forms = surface_forms(list({item.speech.id: item for item, _ in units.passages}.values()))
    labels = [", ".join(forms.get(word, word) for word in label.split(", ")) for label in proposed]
    return replace(model, topics=tuple(replace(topic, label=label) for topic, label in zip(model.topics, labels, strict=True)))


def phrases_of(model: TopicModel, units: Units, wanted: AbstractSet[str]) -> Phrases:
    """Count the phrases of two content words, side by side in one sentence, of which at least one is wanted.

    Args:
        model: Whose topics they are divided among, by the shares of the passage they stand in.
        units: The passages the model was fitted on; in 20,000 of them there are phrases enough for a label.
        wanted: Terms; phrases said fewer than three times are left out.
    """
    import numpy as np
    from scipy.sparse import csr_array

    from tracker.models.align import counts_on
    from tracker.models.labels import Phrases
    from tracker.models.lda import chosen

    counted = frozenset(units.matrix.terms)
    held: list[Counter[tuple[str, str]]] = []
    forms: dict[tuple[str, str], Counter[str]] = {}
    sampled = chosen(units.matrix.unit_ids, MOST_PASSAGES)
    for item, passage in (units.passages[row] for row in sampled.tolist()):
        held.append(_side_by_side(item, passage, wanted, counted, forms))
    total = Counter[tuple[str, str]]()
    for found in held:
        total.update(found)
    pairs = tuple(sorted(pair for pair, n in total.items() if n >= _FEWEST))
    column = {pair: index for index, pair in enumerate(pairs)}
    cells = [(row, column[pair], n) for row, found in enumerate(held) for pair, n in sorted(found.items()) if pair in column]
    rows, columns, counts = zip(*cells, strict=True) if cells else ((), (), ())
    table = csr_array((np.array(counts, dtype=np.float64), (rows, columns)), shape=(len(held), len(pairs)))
    shown = tuple(min(forms[pair], key=lambda form, pair=pair: (-forms[pair][form], form)) for pair in pairs)  # type: ignore[misc]
    words = counts_on(csr_array(units.matrix.counts[sampled]), units.matrix.terms, model.terms)
    shares = model.unit_topic[sampled]
    return Phrases(pairs, shown, np.asarray((table.T @ shares).T), np.asarray((words.T @ shares).T))


def _side_by_side(
    item: Analysed, passage: Passage, wanted: AbstractSet[str], counted: AbstractSet[str], forms: dict[tuple[str, str], Counter[str]]
) -> Counter[tuple[str, str]]:
    """The phrases of one passage; `forms` collects how each is written."""
    tokens, found = item.tokens, Counter[tuple[str, str]]()
    for first, last in scope_ranges(tokens, passage.segments(item.segments), item.scope, institutions=item.institutions):
        for i in range(first, last - 1):
            pair = tokens.terms[i], tokens.terms[i + 1]
            if (
                not (tokens.content[i] and tokens.content[i + 1])
                or not (pair[0] in wanted or pair[1] in wanted)
                or not (pair[0] in counted and pair[1] in counted)
            ):
                continue
            joint = tokens.text[tokens.ends[i] : tokens.starts[i + 1]]
            if joint in _JOINTS and pair[0] != pair[1]:
                found[pair] += 1
                forms.setdefault(pair, Counter())[tokens.words[i] + (" " if joint == "\n" else joint) + tokens.words[i + 1]] += 1
    return found
