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
    "arrangement from the sparse counts and takes the log-likelihood ratio of each word; it is run for {few} arrangements and told for all. Ours (`measures/pooled_null.py`, what "
    "`tracker words` stars by) does more for each word and arrangement: it moves residuals, not counts, and divides by a dispersion of its own, squeezed; so this is a comparison of "
    "cost alone. Ours is run in full."
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
    parser.add_argument("--speeches", type=int, default=10_000)
    parser.add_argument("--permutations", type=int, default=10_000)
    parser.add_argument("--few", type=int, default=100, help="arrangements of the plain loop that are really run")
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    from tracker.measures.overdispersion import event_counts
    from tracker.measures.pooled_null import pooled_null_p

    rng = np.random.default_rng(1)
    counts = drawn(asked.words, asked.speeches, rng)
    counts = csr_array(counts[:, np.flatnonzero(np.asarray(counts.sum(axis=0)).ravel())])
    after = np.arange(asked.speeches) >= asked.speeches // 2
    begun = time.process_time()
    plain_loop(counts, after, asked.few, rng)
    loop = (time.process_time() - begun) * asked.permutations / asked.few
    sides = event_counts(counts, np.asarray(counts.sum(axis=1)).ravel(), after)
    begun = time.process_time()
    pooled_null_p(sides, n_permutations=asked.permutations, rng=rng)
    ours = time.process_time() - begun
    rows = [("**ours**", f"{ours:.1f}", f"{loop / ours:.2f}"), ("plain loop", f"{loop:.1f}", "1")]
    told = table(("what", "CPU s", "times as fast"), rows)
    size = f"{asked.permutations:,} arrangements, {counts.shape[1]:,} words, {asked.speeches:,} speeches"
    sys.stdout.write(f"{size}\n{told}\n")
    sys.stdout.write(json.dumps({"benchmark": "words_change_places", "size": size, "ours": ours, "loop": loop}) + "\n")
    if asked.write:
        put("Words that change places", f"{READ.format(few=asked.few)}\n\n{size}.\n\n{told}", libraries=("numpy", "scipy"))


if __name__ == "__main__":
    main()
