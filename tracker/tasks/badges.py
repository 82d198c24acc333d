"""Which lists were held against human readers: the badge that stands on every report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tracker.findings.validation import Validation
from tracker.store.codings import SETTLED, Coding
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def validations(workspace: Workspace) -> dict[str, Validation]:
    """Return the badge of every theme of the list, by id; codings of themes that are gone are kept, and not shown."""
    kept = workspace.store.codings()
    held: dict[str, list[Coding]] = defaultdict(list)
    for coding in kept.held():
        held[coding.theme].append(coding)
    drawn = [kept.sample(name) for name in kept.names()] if held else []
    speeches = {passage: speech for one in drawn for passage, (speech, _) in one.passages.items()}
    return {theme.id: validation(theme.id, held.get(theme.id, ()), speeches) for theme in workspace.lexicon.themes}


def validation(theme: str, codings: Iterable[Coding], speeches: Mapping[str, str]) -> Validation:
    """Return the badge that some codings earn a theme.

    Args:
        theme: Its id.
        codings: What was said of its passages.
        speeches: The speech of every passage: those of one speech are resampled together.
    """
    said = [coding for coding in codings if coding.coder != SETTLED]
    if not said:
        return Validation(theme)
    import numpy as np

    from tracker.measures.krippendorff import alpha

    passages, codes = table({(c.passage, c.coder): c.code for c in said})
    found = alpha(codes, np.array([speeches.get(passage, passage) for passage in passages]), rng=np.random.default_rng(0))
    return Validation(theme, found.value, found.n, codes.shape[1], max(c.coded for c in said), found.low)


def table(codes: Mapping[tuple[str, str], int]) -> tuple[tuple[str, ...], npt.NDArray[np.float64]]:
    """Return the passages, in order, and what each coder says of them, NaN where nothing; shape (passages, coders)."""
    import numpy as np

    passages, coders = (sorted({key[place] for key in codes}) for place in (0, 1))
    rows, columns = {name: i for i, name in enumerate(passages)}, {name: i for i, name in enumerate(coders)}
    held = np.full((len(passages), len(coders)), np.nan)
    for (passage, coder), code in codes.items():
        held[rows[passage], columns[coder]] = code
    return tuple(passages), held
