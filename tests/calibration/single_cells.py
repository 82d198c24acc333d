"""A single speech held against others, comparisons within strata, and few speeches among many."""

from __future__ import annotations

import itertools
from functools import partial

import numpy as np
from cells import OURS, Cell

from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.shift import shift
from tracker.measures.stands_out import stands_out
from tracker.measures.strata import shift_within
from tracker.measures.welch import welch
from tracker.synthetic import Lengths, simulate_events

SINGLE, WITHIN, FEW = "A single speech stands out", "A theme rose or fell within strata", "Few speeches against many, twelve themes at once"
INTRODUCTIONS = {
    SINGLE: "Its share against a t prediction interval of others, on arcsine roots, the spread pooled within periods, with an allowance for short texts.",
    WITHIN: "Strata of different base rates, mixed unequally before and after; `all together` ignores them.",
    FEW: "Runs in which any of twelve unchanged themes is called changed after correction: Welch's t alone, and the larger p of Welch's and Student's, which decides.",
}


def singles(runs, mean, *, tau=0.4, lengths=(10, 10), periods=(10,), single=None, silent=0.0, rng):
    """One event and its reference, `runs` times; every reference event is of the same share."""
    own = simulate_events(runs, single or mean, tau, lengths=Lengths(lengths[0]), silent=silent, rng=rng)
    k = sum(periods)
    hits, tokens = (a.reshape(runs, k) for a in simulate_events(k * runs, mean, tau, lengths=Lengths(lengths[1]), silent=silent, rng=rng))
    ends = np.cumsum((0, *periods))
    for i in range(runs):
        yield own[0][i], own[1][i], [(hits[i, a:b], tokens[i, a:b]) for a, b in itertools.pairwise(ends)]


STRATA = {
    "mixture turned round": (((8, 3), 0.05, 10), ((3, 8), 0.20, 10)),
    "and lengths 1:10": (((8, 3), 0.05, 10), ((3, 8), 0.20, 100)),
    "two events": (((10, 2), 0.01, 10), ((2, 10), 0.04, 10)),
    "six strata": tuple(((2, 3), mean, 10) for mean in (0.01, 0.02, 0.05, 0.1, 0.15, 0.2)),
}


def strata(cell, rng):
    before = [simulate_events(sizes[0], mean, 0.4, lengths=Lengths(length), rng=rng) for sizes, mean, length in STRATA[cell]]
    after = [simulate_events(sizes[1], mean, 0.4, lengths=Lengths(length), rng=rng) for sizes, mean, length in STRATA[cell]]
    return before, after


def standing(rng, runs, **settings):
    found = [stands_out(*row) for row in singles(runs, rng=rng, **settings)]
    return {OURS: (sum(f is not None and f.p is not None and f.p <= 0.05 for f in found), runs)}


def within(rng, runs, *, cell):
    ours = together = 0
    for _ in range(runs):
        before, after = strata(cell, rng)
        p = shift_within(before, after).p
        ours += p is not None and p <= 0.05
        flat = [np.concatenate([part[i] for part in side]) for side in (before, after) for i in (0, 1)]
        q = shift(*flat).p
        together += q is not None and q <= 0.05
    return {OURS: (ours, runs), "all together": (together, runs)}


def few(rng, runs, *, k, m):
    """Twelve unchanged themes of k and m events: any verdict after correction."""
    ours = plain = 0
    for _ in range(runs):
        rows = [(*simulate_events(k, 0.05, 0.4, rng=rng), *simulate_events(m, 0.05, 0.4, rng=rng)) for _ in range(12)]
        q = benjamini_hochberg([shift(*row).p for row in rows])
        naive = benjamini_hochberg([welch(row[0] / row[1], row[2] / row[3]).p for row in rows])
        ours += any(value is not None and value <= 0.05 for value in q)
        plain += any(value is not None and value <= 0.05 for value in naive)
    return {OURS: (ours, runs), "Welch alone -> BH": (plain, runs)}


NULLS = {
    "5 others": {"mean": 0.1, "periods": (5,)},
    "20 others, SD .7": {"mean": 0.1, "tau": 0.7, "periods": (20,)},
    "12 others, share .01, lengths 1:3": {"mean": 0.01, "lengths": (10, 30), "periods": (12,)},
    "20 others, share .01, lengths 1:10": {"mean": 0.01, "tau": 0.2, "lengths": (10, 100), "periods": (20,)},
    "12 others, share .003": {"mean": 0.003, "periods": (12,)},
    "12 others, half silent": {"mean": 0.03, "silent": 0.5, "periods": (12,)},
    "1 other and three periods of two": {"mean": 0.1, "periods": (1, 2, 2, 2)},
}
CELLS = (
    *(Cell(SINGLE, name, "false alarms", partial(standing, **settings), (0, 0.08), (200, 2000)) for name, settings in NULLS.items()),
    Cell(SINGLE, "12 others, .10 to .30", "power", partial(standing, mean=0.1, single=0.3, periods=(12,)), (0.7, 0.95), (200, 2000)),
    Cell(SINGLE, "12 others, .10 to .03", "power", partial(standing, mean=0.1, single=0.03, periods=(12,)), (0.3, 0.6), (200, 2000)),
    *(
        Cell(WITHIN, name, "false alarms", partial(within, cell=name), (0, 0.08), (200, 2000), {"all together": 0.25} if name == "mixture turned round" else {})
        for name in STRATA
    ),
    Cell(FEW, "2/12", "false alarms", partial(few, k=2, m=12), (0, 0.08), (40, 400), {"Welch alone -> BH": 0.25}),
    Cell(FEW, "3/12", "false alarms", partial(few, k=3, m=12), (0, 0.08), (40, 400)),
    Cell(FEW, "5/60", "false alarms", partial(few, k=5, m=60), (0, 0.08), (40, 400), {"Welch alone -> BH": 0.12}),
)
