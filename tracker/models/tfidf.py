"""The words that mark each speech or period off from the others, by TF-IDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tracker.matrix import TermMatrix

_MARKING = 1 / 3  # contrast of a word that is twice as frequent here as elsewhere


def distinctive(matrix: TermMatrix, *, n: int = 15) -> dict[str, list[tuple[str, float, int]]]:
    """Return the words that mark each unit off from all the others together.

    The weight of a term is `tfidf * contrast`. `tfidf` is scikit-learn's with log counts and smooth idf,
    `(1 + ln count) * (1 + ln((1 + units) / (1 + units with the term)))`, divided by the length of the unit's vector.
    `contrast = (rate here - rate elsewhere) / (rate here + rate elsewhere)`, rates being counts over tokens: 1 for a word that stands only here,
    1/3 for one twice as frequent here, 0 for one as frequent elsewhere. Between two units idf alone has only two values and would list what is
    frequent in both; the contrast tells those apart, and at equal counts a word that stands only here always leads.

    Args:
        matrix: Counts grouped by speech or period; left as it is.
        n: Words a unit at most.

    Returns:
        By unit id: (term, weight 0-1, count in the unit), highest weight first. Only words at least twice as frequent here as elsewhere; those that occur
        once are taken only when fewer than `n` others are there. Of a single unit, without any other: its words by tfidf.

    Caution:
        A description of these texts. It tests nothing, and a word may be here by one speech of many.

    Example:
        >>> from tracker.matrix import build
        >>> speeches = [{"port": 8, "rail": 2, "levy": 3}, {"port": 2, "rail": 2, "barley": 3}]
        >>> [(term, count) for term, _, count in distinctive(build(speeches, ["a", "b"], ["a", "b"], {}))["a"]]
        [('levy', 3), ('port', 8)]
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = matrix.counts
    if not counts.nnz:
        return {unit: [] for unit in matrix.unit_ids}
    weighed = TfidfTransformer(sublinear_tf=True, smooth_idf=True, norm="l2").fit_transform(counts.astype(np.float64)).tocsr()
    of_term = np.bincount(counts.indices, weights=counts.data, minlength=len(matrix.terms))
    found: dict[str, list[tuple[str, float, int]]] = {}
    for row, unit in enumerate(matrix.unit_ids):
        cells = slice(int(counts.indptr[row]), int(counts.indptr[row + 1]))
        columns, here = counts.indices[cells], counts.data[cells].astype(np.float64)
        rate = here / max(1.0, here.sum())
        rate_elsewhere = (of_term[columns] - here) / max(1.0, of_term.sum() - here.sum())
        contrast = (rate - rate_elsewhere) / (rate + rate_elsewhere)
        weight = weighed.data[cells] * contrast
        marking = sorted(
            (-round(float(w), 9), matrix.terms[c], int(k)) for w, c, k, x in zip(weight, columns, here, contrast, strict=True) if x >= _MARKING - 1e-9
        )
        often = [word for word in marking if word[2] > 1][:n]
        once = [word for word in marking if word[2] == 1][: n - len(often)]
        found[unit] = [(term, -w, count) for w, term, count in sorted(often + once)]
    return found
