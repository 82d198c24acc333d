"""The units of topics: the passages of a corpus with the terms they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tracker.analysis import Analysed, analyse_all, flush
from tracker.counts import corpus_stop_list
from tracker.matrix import Counting, TermMatrix, some_units
from tracker.passages import Passage
from tracker.progress import Progress, followed
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tasks.workspace import Workspace

FEW_PASSAGES = 30
SHORTEST_PASSAGE = 15


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The passages of a corpus: where they stand and what they count; in one order for both.

    Args:
        passages: With their speeches, in order of id.
        matrix: Their counts.
        size: Content tokens that each should reach.
        leave_out: The corpus stop list.
    """

    passages: tuple[tuple[Analysed, Passage], ...]
    matrix: TermMatrix
    size: int
    leave_out: frozenset[str]

    def of(self, items: Sequence[Analysed], size: int, leave_out: frozenset[str]) -> Units | None:
        """The passages of some of these speeches, as `cut_all` would cut them; None where these were cut otherwise or not all are here.

        Args:
            items: The speeches, in order of id.
            size: As in `cut_all`.
            leave_out: As in `cut_all`.
        """
        if (size, leave_out) != (self.size, self.leave_out):
            return None
        cut = {id(item) for item, _ in self.passages}
        wanted = {id(item) for item in items}
        if any(id(item) not in cut for item in items if item.counted_in_all):
            return None
        if cut <= wanted:
            return self
        rows = [row for row, (item, _) in enumerate(self.passages) if id(item) in wanted]
        return Units(tuple(self.passages[row] for row in rows), some_units(self.matrix, rows), size, leave_out)


def passage_size(n_tokens: int, wanted: int) -> int:
    """Content tokens a passage should reach: as set, but smaller where a small corpus would give fewer than 30 passages.

    Example:
        >>> passage_size(100_000, 60), passage_size(600, 60), passage_size(200, 60)
        (60, 20, 15)
    """
    return min(wanted, max(SHORTEST_PASSAGE, n_tokens // FEW_PASSAGES))


def passages_of(
    items: Sequence[Analysed], recipe: Recipe, *, leave_out: frozenset[str] | None = None, cut: Units | None = None, progress: Progress | None = None
) -> Units:
    """Cut speeches into passages in their headline scope and count their terms, the corpus stop list left out.

    Args:
        items: The speeches.
        recipe: Size of the passages.
        leave_out: The corpus stop list, where these are not all speeches of the corpus.
        cut: Passages that were cut already, to be chosen from.
        progress: Called with (step, done, total).
    """
    leave_out = corpus_stop_list([item.speech for item in items], recipe) if leave_out is None else leave_out
    size = passage_size(sum(item.counted_in_all for item in items), recipe.topics.passage_tokens)
    ordered = sorted(items, key=lambda item: item.speech.id)
    return (cut and cut.of(ordered, size, leave_out)) or cut_all(ordered, size, leave_out, progress=progress)


def cut_all(items: Sequence[Analysed], size: int, leave_out: frozenset[str], *, progress: Progress | None = None) -> Units:
    """Cut speeches into passages of a size and count their terms.

    Args:
        items: The speeches, in order of id.
        size: Content tokens that a passage should reach.
        leave_out: The corpus stop list.
        progress: Called with (step, done, total).
    """
    passages: list[tuple[Analysed, Passage]] = []
    counting = Counting()
    for item in followed(items, "cutting passages", len(items), progress):
        held = item.cut(size)
        passages += [(item, passage) for passage in held.passages]
        numbers, places, counts, sizes = map(np.asarray, (held.numbers, held.places, held.counts, held.sizes))
        counting.add(numbers[places], counts, sizes)
    flush(items)
    events = {item.speech.id: item.speech.event_id for item in items}
    return Units(tuple(passages), counting.matrix([p.id for _, p in passages], [p.speech for _, p in passages], events, leave_out), size, leave_out)


def analysed(workspace: Workspace, speeches: Sequence[Speech], progress: Progress | None = None, known: Mapping[str, Analysed] | None = None) -> list[Analysed]:
    """Take speeches apart; what is `known` (by speech id) is not taken apart again."""
    known = known or {}
    rest = [speech for speech in speeches if speech.id not in known]
    fresh = {item.speech.id: item for item in analyse_all(rest, workspace.lexicon, workspace.recipe, cache=workspace.cache, progress=progress)}
    return [known[speech.id] if speech.id in known else fresh[speech.id] for speech in speeches]
