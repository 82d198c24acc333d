"""Shares corrected by passages that coders read: simulated lists and coders with known errors."""

from __future__ import annotations

from functools import partial

import numpy as np
from cells import OURS, Cell

from tracker.measures.coded import CodedSample, corrected_share, recall
from tracker.measures.proportions import wilson
from tracker.measures.sampling import drawn, power_allocation

CODED, FOUND = "A share corrected by a coded sample", "Recall from a coded sample"
INTRODUCTIONS = {
    CODED: (
        "A list with known misses and false finds, passages drawn with and without hits, two coders with known errors; counted: 95% intervals that miss the "
        "share of words that truly stand in passages about the theme. `the list alone` takes what the list finds for the truth (Wilson's interval)."
    ),
    FOUND: "The same samples; counted: 95% intervals that miss the list's true recall.",
}


def population(rng, n, share, sensitivity, right):
    """Truth, verdict of the list and length of n passages."""
    truth = rng.random(n) < share
    wrong = share * sensitivity * (1 - right) / right / (1 - share)
    listed = np.where(truth, rng.random(n) < sensitivity, rng.random(n) < wrong)
    return truth.astype(float), listed.astype(float), rng.integers(30, 150, n).astype(float)


def coded(rng, truth, missed, invented, *, settled):
    """What two coders make of passages, each missing and inventing at these rates; settled: where they differ, they find the truth together."""
    said = [np.where(rng.random(truth.size) < np.where(truth == 1, missed, invented), 1 - truth, truth) for _ in range(2)]
    differ = said[0] != said[1]
    mean = (said[0] + said[1]) / 2
    return np.where(differ & settled, truth, mean), np.where(differ & (not settled), 0.25, 0.0)


def samples(rng, runs, *, n=2000, share=0.2, sensitivity=0.6, right=0.75, size=200, errors=(0.0, 0.0), settled=True):
    for _ in range(runs):
        truth, listed, tokens = population(rng, n, share, sensitivity, right)
        strata = [np.flatnonzero(listed == h) for h in (0, 1)]
        sizes = [part.size for part in strata]
        if min(sizes) == 0:
            continue
        picked = drawn(sizes, power_allocation(sizes, size), rng)
        places = np.concatenate([part[chosen] for part, chosen in zip(strata, picked, strict=True)])
        verdict, noise = coded(rng, truth[places], *errors, settled=settled)
        stratum = np.repeat([0, 1], [part.size for part in picked])
        yield CodedSample(verdict, listed[places], tokens[places], stratum, np.array(sizes), noise), truth, listed, tokens


def misses(rng, runs, **settings):
    ours = alone = of = 0
    for made, truth, listed, tokens in samples(rng, runs, **settings):
        true, found = (truth @ tokens) / tokens.sum(), (listed @ tokens) / tokens.sum()
        held = corrected_share(made, float(listed @ tokens), float(tokens.sum()))
        low, high = wilson(found * listed.size, listed.size)
        ours, alone, of = ours + (not held.low <= true <= held.high), alone + (not low <= true <= high), of + 1
    return {OURS: (ours, of), "the list alone": (alone, of)}


def recall_misses(rng, runs, **settings):
    ours = of = 0
    for made, truth, listed, _ in samples(rng, runs, **settings):
        held = recall(made, int(listed.sum()))
        if held.low is not None:
            ours, of = ours + (not held.low <= (truth @ listed) / truth.sum() <= held.high), of + 1
    return {OURS: (ours, of)}


SETTINGS = {
    "recall .60, precision .75": {},
    "60 passages of 300": {"n": 300, "size": 60},
    "a rare theme, share .05": {"share": 0.05},
    "coders err in 10%, differences settled": {"errors": (0.1, 0.1)},
    "coders miss 8% and invent 2%, nothing settled": {"errors": (0.08, 0.02), "settled": False},
    "a list that has aged, recall .35": {"sensitivity": 0.35},
}
NAIVE = {"the list alone": 0.8}
CELLS = (
    *(
        Cell(
            CODED,
            name,
            "misses of 95% intervals",
            partial(misses, **settings),
            (0, 0.08),
            (200, 2000),
            NAIVE if name not in ("a rare theme, share .05", "60 passages of 300") else {},
        )
        for name, settings in SETTINGS.items()
    ),
    *(Cell(FOUND, name, "misses of 95% intervals", partial(recall_misses, **SETTINGS[name]), (0, 0.08), (200, 2000)) for name in tuple(SETTINGS)[:4]),
)
