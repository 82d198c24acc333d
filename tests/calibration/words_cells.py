"""Single words: how often one is starred by mistake, and how many changed ones are found, on invented counts."""

from __future__ import annotations

from functools import partial

import numpy as np
from cells import OURS, Cell
from scipy import stats

from tracker.measures.keyness import g2, log2_ratio, log_odds
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.word_tests import word_tests

WORDS = "A word marks a period off (a star)"
INTRODUCTIONS = {
    WORDS: (
        "Nine hundred words of speeches as long and bursty as State of the Union messages; forty of them cut to a third on one side. `any star` counts runs "
        "with a star where nothing changed. The planted words stand forty times or more: rarer ones are found less often."
    )
}
PLANTED, FREQUENT = 40, 40
NAMES = (OURS, "token G2 -> BH", "log-odds z > 1.96")


def invented(k, m, rng, *, words=900, median=2676, shorter=1.0):
    """Counts of k and m events: word rates fall as a power, bursts (rho 1.3e-4 to 1.1e-3) and lengths as measured on State of the Union messages."""
    rates = 1 / (np.arange(words) + 8) ** 0.9
    rates = rates / rates.sum()
    rho = 4e-4 * np.exp(0.83 * rng.standard_normal(words))
    lengths = median * np.exp(0.3 * rng.standard_normal(k + m)) * np.repeat([1.0, shorter], [k, m])
    shares = rates * rng.gamma(rates / rho, rho / rates, (k + m, words))
    return rng.poisson(lengths[:, None] * shares)


def plant(counts, k, rng):
    """Cut 40 words that stand 40 times or more to a third on one side or the other; return the counts and which they are."""
    counts, chosen = counts.copy(), rng.permutation(np.flatnonzero(counts.sum(axis=0) >= FREQUENT))[:PLANTED]
    for word in chosen:
        side = slice(k, None) if rng.random() < 0.5 else slice(k)
        counts[side, word] = rng.binomial(counts[side, word], 1 / 3)
    return counts, np.isin(np.arange(counts.shape[1]), chosen)


def starred(counts, k, rng, n_permutations=199):
    """Words starred by the tool, by token-level G2 with BH, and by |log-odds z| > 1.96; all with the same filter."""
    held = (counts.sum(axis=0) >= 10) & ((counts > 0).sum(axis=0) >= 3)
    sides = counts[:k].sum(axis=0), counts[k:].sum(axis=0)
    found = word_tests(counts, counts.sum(axis=1), np.arange(len(counts)) >= k, rng=rng, n_permutations=n_permutations)
    naive = np.zeros(held.size, dtype=bool)
    naive[held] = np.array(benjamini_hochberg(stats.chi2.sf(g2(*sides)[held], 1).tolist())) <= 0.05
    return np.array(found.starred(log2_ratio(*sides)[0])), naive, held & (np.abs(log_odds(*sides, sides[0] + sides[1]).z) > 1.96)


def rates(runs):
    """Share of runs with a false star, mean false share of the stars, share of the planted words found: one row a method."""
    rows = np.array([[((stars & ~true).sum(), (stars & true).sum()) for stars in methods] for methods, true in runs], dtype=float)
    false, right = rows[..., 0], rows[..., 1]
    return (false > 0).mean(axis=0), (false / np.maximum(1, false + right)).mean(axis=0), (right / PLANTED).mean(axis=0)


def simulated(rng, k, m, runs, *, planted=False, **settings):
    results = []
    for _ in range(runs):
        counts = invented(k, m, rng, **settings)
        counts, true = plant(counts, k, rng) if planted else (counts, np.zeros(counts.shape[1], dtype=bool))
        results.append((starred(counts, k, rng), true))
    return results


def any_star(rng, runs, *, k, m, **settings):
    found = simulated(rng, k, m, runs, **settings)
    return {name: (sum(bool(stars[i].any()) for stars, _ in found), runs) for i, name in enumerate(NAMES)}


def false_stars(rng, runs, *, k):
    found = simulated(rng, k, k, runs, planted=True)
    return {
        name: (sum(int((stars[i] & ~true).sum()) for stars, true in found), max(1, sum(int(stars[i].sum()) for stars, _ in found)))
        for i, name in enumerate(NAMES)
    }


def words_found(rng, runs, *, k):
    found = simulated(rng, k, k, runs, planted=True)
    return {name: (sum(int((stars[i] & true).sum()) for stars, true in found), PLANTED * runs) for i, name in enumerate(NAMES)}


NULLS = {
    "2/2": {"k": 2, "m": 2},
    "3/3": {"k": 3, "m": 3},
    "3/12": {"k": 3, "m": 12},
    "6/18, lengths 10:1": {"k": 6, "m": 18, "shorter": 0.1},
    "6/18, lengths 10:6": {"k": 6, "m": 18, "shorter": 0.6},
    "5/5": {"k": 5, "m": 5},
    "10/10": {"k": 10, "m": 10},
    "10/10, lengths 10:1": {"k": 10, "m": 10, "shorter": 0.1},
}
CELLS = (
    *(
        Cell(
            WORDS,
            f"{name}, any star",
            "false alarms",
            partial(any_star, **settings),
            (0, 0.10),
            (15, 400 if name == "2/2" else 100),
            {} if "lengths" in name else {"token G2 -> BH": 0.8},
        )
        for name, settings in NULLS.items()
    ),
    Cell(WORDS, "10/10, 40 of 900 words at 3:1", "false discoveries", partial(false_stars, k=10), (0, 0.10), (15, 100), {"token G2 -> BH": 0.25}),
    Cell(WORDS, "10/10, 40 of 900 words at 3:1", "power", partial(words_found, k=10), (0.15, 1), (15, 100)),
    Cell(WORDS, "5/5, 40 of 900 words at 3:1", "power", partial(words_found, k=5), (0.05, 1), (15, 100)),
)
