"""The gensim object of our topics, held against gensim's own checks: `python tests/benchmarks/gensim_object.py ../shared/corpora [--write]`.

Ours estimates the most likely topics and shares (maximum a posteriori), gensim's `inference` the mean of a variational posterior: shares are close, not equal.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from benchmark_page import put, table  # noqa: E402
from topic_engines import analysed_corpus  # noqa: E402

from tracker.matrix import TermMatrix, select_terms  # noqa: E402

READ = (
    "`python tests/benchmarks/gensim_object.py ../shared/corpora --write`. The fitted topics as `tracker export --model gensim` writes them, read back by gensim, and asked by its own methods. *Sums*: "
    "largest distance of a topic's probabilities from 1. *Shares of passages*: our shares against gensim's `inference` on the same topics: mean difference in points, share "
    "of passages with the same largest topic. *Shares of speeches*: mean difference, and the rank correlation over speeches, least over the topics. *u_mass*: "
    "gensim's `CoherenceModel` on it and on its copy after `save` and `load`, which must agree."
)
HEADS = (
    "corpus",
    "K",
    "passages",
    "sums",
    "shares of passages, points",
    "same largest topic",
    "shares of speeches, points",
    "rank correlation, least",
    "u_mass, read back",
)


def passages(path: Path) -> TermMatrix:
    """The passages of a corpus as topics count them."""
    from tracker.tasks.topics import passages_of

    return select_terms(passages_of(*analysed_corpus(path)).matrix, min_units=5, max_share=0.5)


def measured(name: str, matrix: TermMatrix, k: int) -> tuple[str, ...]:
    """One row: a corpus with K topics."""
    from gensim.models import CoherenceModel, LdaModel

    from tracker.models.fitting import fit
    from tracker.models.gensim_bridge import as_gensim

    model = fit(matrix, topics=k, engine="lda", random_state=1, passes=10, refits=2)
    theirs = as_gensim(model)
    column = {term: theirs.id2word.token2id[term] for term in model.terms}
    rows = [[] for _ in matrix.unit_ids]
    counts = matrix.counts.tocoo()
    for row, col, n in zip(counts.row, counts.col, counts.data, strict=True):
        if matrix.terms[col] in column:
            rows[row].append((column[matrix.terms[col]], int(n)))
    theirs.iterations, theirs.gamma_threshold = 200, 1e-5
    gamma, _ = theirs.inference(rows)
    own, held = model.unit_topic, gamma / gamma.sum(axis=1, keepdims=True)
    with tempfile.TemporaryDirectory() as folder:
        theirs.save(str(Path(folder) / "lda"))
        again = LdaModel.load(str(Path(folder) / "lda"))
        scores = [CoherenceModel(model=one, corpus=rows, dictionary=theirs.id2word, coherence="u_mass").get_coherence() for one in (theirs, again)]
    weights = np.asarray(matrix.counts.sum(axis=1), dtype=float).ravel()
    speeches = sorted(set(matrix.unit_speech))
    place = np.array([speeches.index(speech) for speech in matrix.unit_speech])
    shares = [np.stack([np.bincount(place, weights * one[:, t]) for t in range(k)], axis=1) for one in (own, held)]
    ours, others = (one / one.sum(axis=1, keepdims=True) for one in shares)
    least = min(float(spearmanr(ours[:, t], others[:, t]).statistic) for t in range(k))
    return (
        name,
        str(k),
        f"{len(rows):,}",
        f"{np.abs(theirs.get_topics().sum(axis=1) - 1).max():.1e}",
        f"{100 * np.abs(own - held).mean():.2f}",
        f"{(own.argmax(axis=1) == held.argmax(axis=1)).mean():.1%}",
        f"{100 * np.abs(ours - others).mean():.2f}",
        f"{least:.3f}",
        f"{scores[0]:.4f}, {scores[1]:.4f}",
    )


def main() -> None:
    """Print the table, or write the section."""
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--names", default="sotu,ungdc,ecb_pressconf")
    parser.add_argument("--topics", default="5,15,30")
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    options = parser.parse_args()
    rows = []
    for name in options.names.split(","):
        matrix = passages(options.corpora / name)
        rows += [measured(name, matrix, int(k)) for k in options.topics.split(",")]
    text = f"{READ}\n\n{table(HEADS, rows)}"
    if options.write:
        put("Topics: the gensim object", text, libraries=("gensim",))
    else:
        sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
