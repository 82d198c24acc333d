"""The permutation test of words beside the plain loop: `python tests/benchmarks/words_change_places.py --write`."""

from __future__ import annotations

import argparse
import json
import sys
import time

import numpy as np
from benchmark_page import put, table
from scipy.sparse import csr_array

sys.path.insert(0, __file__.rpartition("/tests/")[0])

READ = (
    "`python tests/benchmarks/words_change_places.py --write`. Invented counts (words by Zipf's law), half of the speeches on each side. The plain loop adds up both sides of every "
    "arrangement from the sparse counts and takes the log-likelihood ratio of each word; it is run for {few} arrangements and told for as many as stand in the row. Ours is what "
    "`tracker words` stars by: up to 2,000 speeches 999 arrangements whose scores are pooled over all words, beyond that the closed form, which is safe there (docs/calibration.md). "
    "The pooled arrangements cost more than the loop's: residuals change places, not counts, and each score is divided by a dispersion of its own, squeezed; and 999 of them, pooled, "
    "tell a p of a thousandth of a thousandth, for which the loop would need a million. {rounds} rounds in turns, the median."
)


def drawn(n_words: int, n_speeches: int, rng: np.random.Generator) -> csr_array:
    """Counts of words in speeches of about 300 words."""
    weights = 1 / np.arange(1, n_words + 1)
    said = rng.choice(n_words, size=(n_speeches, 300), p=weights / weights.sum())
    counts = csr_array((np.ones(said.size), (np.repeat(np.arange(n_speeches), 300), said.ravel())), shape=(n_speeches, n_words))
    counts.sum_duplicates()
    return csr_array(counts)


def plain_loop(counts: csr_array, after: np.ndarray, arrangements: int, rng: np.random.Generator) -> np.ndarray:
    """How many arrangements reach each word's log-likelihood ratio."""
    totals, whole = np.asarray(counts.sum(axis=0)).ravel(), counts.sum()

    def scores(side: np.ndarray) -> np.ndarray:
        second = np.asarray(counts.T @ side.astype(float)).ravel()
        share = second.sum() / whole
        with np.errstate(divide="ignore", invalid="ignore"):
            parts = [np.where(seen > 0, seen * np.log(seen / meant), 0) for seen, meant in ((second, totals * share), (totals - second, totals * (1 - share)))]
        return 2 * (parts[0] + parts[1])

    observed = scores(after)
    reached = np.zeros(totals.size)
    for _ in range(arrangements):
        reached += scores(rng.permutation(after)) >= observed
    return reached


def main() -> None:
    """Time both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=12_000)
    parser.add_argument("--few", type=int, default=100, help="arrangements of the plain loop that are really run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    from tracker.measures.word_tests import word_tests

    rows, told = [], {}
    for speeches, arrangements in ((2_000, 999), (10_000, 10_000)):
        rng = np.random.default_rng(1)
        counts = drawn(asked.words, speeches, rng)
        counts = csr_array(counts[:, np.flatnonzero(np.asarray(counts.sum(axis=0)).ravel())])
        after, tokens = np.arange(speeches) >= speeches // 2, np.asarray(counts.sum(axis=1)).ravel()
        took: dict[str, list[float]] = {"plain loop": [], "ours": []}
        for _ in range(asked.rounds):
            begun = time.process_time()
            plain_loop(counts, after, asked.few, rng)
            took["plain loop"].append((time.process_time() - begun) * arrangements / asked.few)
            begun = time.process_time()
            method = word_tests(counts, tokens, after, rng=rng).method
            took["ours"].append(time.process_time() - begun)
        loop, ours = (float(np.median(took[name])) for name in ("plain loop", "ours"))
        told[str(speeches)] = {"loop": loop, "ours": ours}
        rows.append((f"{speeches:,}", f"{arrangements:,}", f"{loop:.1f}", f"{ours:.2f}", method, f"{loop / ours:.2f}"))
    shown = table(("speeches", "arrangements of the loop", "plain loop, CPU s", "**ours**, CPU s", "how", "times as fast"), rows)
    sys.stdout.write(f"{shown}\n{json.dumps({'benchmark': 'words_change_places', **told})}\n")
    if asked.write:
        put("Words that change places", f"{READ.format(few=asked.few, rounds=asked.rounds)}\n\n{asked.words:,} words.\n\n{shown}", libraries=("numpy", "scipy"))


if __name__ == "__main__":
    main()
