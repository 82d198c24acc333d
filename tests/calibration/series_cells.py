"""Distances, trends, changes, novelty, and shifts between speeches that resemble their neighbours: invented data whose truth is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from cells import OURS, Cell, Counted
from scipy import special, stats

from tracker.measures.changepoint import changepoint
from tracker.measures.divergence import divergence
from tracker.measures.jensen_shannon import Marks, jsd_bits, pair_bits
from tracker.measures.novelty import novelty
from tracker.measures.rarefaction import count_matrix
from tracker.measures.serial import serial_shift
from tracker.measures.trend import trend
from tracker.measures.welch import welch

DISTANCE, TREND, CHANGE, NOVELTY, SERIAL = (
    "The words of two periods lie apart",
    "A theme rises or falls steadily",
    "A theme changed its level",
    "A speech broke with the past",
    "Successive speeches that resemble each other",
)
INTRODUCTIONS = {
    DISTANCE: "Jensen-Shannon divergence of speeches thinned to one length, freed of its bias by exchanging events; the naive way exchanges whole speeches.",
    TREND: (
        "Mann-Kendall by exchanging events over periods; where neighbouring periods correlate by more than .2, against series that persist as much. "
        "`r` is the correlation of neighbouring periods."
    ),
    CHANGE: "The joint rule: p of the largest CUSUM below .05 and a posterior probability of a change above .95.",
    NOVELTY: "Thirty-six speeches; resonance against shuffled order, corrected for all speeches. A lasting break is planted in the middle.",
    SERIAL: (
        "Latent correlation `r` of a speech's share with the next one's. The corrected p decides a verdict from 20 events a side on and is a caveat below: "
        "with 10 a side it costs a sixth of the power where nothing resembles."
    ),
}
TERMS, THEMES = 240, 12


def persistent(size, rho, rng):
    """A series whose neighbours correlate by rho, SD 1."""
    noise = rng.standard_normal(size)
    for t in range(1, size):
        noise[t] = rho * noise[t - 1] + (1 - rho**2) ** 0.5 * noise[t]
    return noise


def speeches(lengths, rng, *, tilt=0.0):
    """Counts of speeches whose themes vary with SD .4 and whose words come in bursts; `tilt` moves the themes' mean."""
    themes = np.arange(TERMS) % THEMES
    moved = tilt * np.random.default_rng(1).standard_normal(THEMES)
    shares = np.exp(0.4 * rng.standard_normal((len(lengths), THEMES)) + moved)[:, themes] / np.arange(5, TERMS + 5)
    shares = shares / shares.sum(axis=1, keepdims=True)
    bursts = rng.gamma(600 * shares)
    return rng.multinomial(lengths, bursts / bursts.sum(axis=1, keepdims=True))


def lengths(n, median, rng):
    return np.maximum(60, median * np.exp(0.5 * rng.standard_normal(n))).astype(int)


def pair(rng, sizes, medians, tilt=0.0):
    """Counts of the speeches of two sides."""
    return tuple(speeches(lengths(n, median, rng), rng, tilt=t) for n, median, t in zip(sizes, medians, (0.0, tilt), strict=True))


def exchanged_without_thinning(before, after, rng):
    """p of the plug-in divergence of whole speeches, labels exchanged: what is usually done."""
    counts = np.vstack((before, after))
    labels = np.tile((np.arange(len(counts)) < len(before)).astype(float), (100, 1))
    labels[1:] = rng.permuted(labels[1:], axis=1)
    marks = Marks.of(labels, len(counts))
    values = pair_bits(count_matrix(counts).astype(float) / counts.sum(axis=1)[:, None], marks, marks.others)
    return (values >= values[0]).mean()


def distance_alarms(rng, runs, *, sizes, medians):
    pairs = [pair(rng, sizes, medians) for _ in range(runs)]
    ours = sum((divergence(*one, n_permutations=79, rng=rng).p or 1) <= 0.05 for one in pairs)
    return {OURS: (ours, runs), "whole speeches exchanged": (sum(bool(exchanged_without_thinning(*one, rng) <= 0.05) for one in pairs), runs)}


def distance_found(rng, runs):
    return {OURS: (sum((divergence(*pair(rng, (10, 10), (1000, 3000), 0.6), n_permutations=79, rng=rng).p or 1) <= 0.05 for _ in range(runs)), runs)}


def distance_covered(rng, runs, *, tilt):
    truth = [speeches(np.full(4000, 200_000), rng, tilt=t).sum(axis=0) for t in (0.0, tilt)]
    bits = jsd_bits(truth[0][:, None] / truth[0].sum(), truth[1][:, None] / truth[1].sum())[0] if tilt else 0.0
    spans = [divergence(*pair(rng, (10, 10), (1000, 3000), tilt), n_permutations=79, rng=rng).divergence for _ in range(runs)]
    return {OURS: (sum(bool(span.low <= bits <= span.high) for span in spans), runs)}


def yue_wang_p(line):
    """Mann-Kendall with Yue & Wang's variance: the published correction for correlated series."""
    size = line.size
    rest = line - stats.theilslopes(line, np.arange(size))[0] * np.arange(size)
    rest = rest - rest.mean()
    lags = [(rest[k:] @ rest[:-k]) / (rest @ rest) for k in range(1, size)]
    factor = max(1e-3, 1 + 2 * sum((1 - k / size) * r for k, r in enumerate(lags, start=1)))
    s = sum(np.sign(line[k:] - line[:-k]).sum() for k in range(1, size))
    return 2 * stats.norm.sf(max(0.0, abs(s) - 1) / (factor * size * (size - 1) * (2 * size + 5) / 18) ** 0.5)


def trends(rng, runs, *, size, rho, slope=0.0):
    return [trend(persistent(size, rho, rng) + np.linspace(-slope, slope, size), range(size), n_permutations=99, rng=rng) for _ in range(runs)]


def trend_alarms(rng, runs, *, size, rho):
    results = trends(rng, runs, size=size, rho=rho)
    plain = sum(2 * stats.norm.sf(abs(r.z)) <= 0.05 for r in results)
    worse = sum(yue_wang_p(persistent(size, rho, rng)) <= 0.05 for _ in range(runs))
    return {OURS: (sum(r.p <= 0.05 for r in results), runs), "Mann-Kendall": (plain, runs), "Yue-Wang": (worse, runs)}


def trend_found(rng, runs):
    return {OURS: (sum(r.p <= 0.05 for r in trends(rng, runs, size=24, rho=0.0, slope=1.5)), runs)}


def slope_covered(rng, runs):
    return {OURS: (sum(bool(r.slope.low <= 3 / 23 <= r.slope.high) for r in trends(rng, runs, size=24, rho=0.0, slope=1.5)), runs)}


def uneven(rng, runs):
    """Periods of 1-8 events with shocks of their own."""
    plain = joint = 0
    for _ in range(runs):
        when = np.repeat(np.arange(12), rng.integers(1, 9, 12))
        result = trend(2 * rng.standard_normal(12)[when] + rng.standard_normal(when.size), when, n_permutations=99, rng=rng)
        joint += result.p <= 0.05
        plain += result.p_exchanged <= 0.05
    return {OURS: (joint, runs), "exchange alone": (plain, runs)}


def changes(rng, runs, *, size, rho=0.0, step=0.0, slope=0.0):
    added = step * (np.arange(size) >= size // 2) + np.linspace(-slope, slope, size)
    results = [changepoint(persistent(size, rho, rng) + added, range(size), n_permutations=99, rng=rng) for _ in range(runs)]
    return {OURS: (sum(r.changed for r in results), runs), "CUSUM exchanged": (sum(r.p_exchanged <= 0.05 for r in results), runs)}


def step_covered(rng, runs):
    results = [changepoint(persistent(24, 0.0, rng) + 2.5 * (np.arange(24) >= 12), range(24), n_permutations=99, rng=rng) for _ in range(runs)]
    return {OURS: (sum(any(c.first_after == 12 for c in r.credible) for r in results), runs)}


def ordered(rng, tilt=0.0):
    """Novelty of eighteen speeches and eighteen more, moved by `tilt`."""
    sizes = lengths(36, 1500, rng)
    return novelty(np.vstack((speeches(sizes[:18], rng), speeches(sizes[18:], rng, tilt=tilt))), n_shuffles=99, rng=rng)


def no_break(rng, runs):
    return {OURS: (sum(bool((ordered(rng).q <= 0.05).any()) for _ in range(runs)), runs)}


def break_found(rng, runs):
    found = [(r := ordered(rng, 1.5)).events[r.q <= 0.05] for _ in range(runs)]
    return {OURS: (sum(bool(np.isin(events, range(14, 23)).any()) for events in found), runs)}


def shares(n, rho, rng, *, mean=0.1):
    """Shares of successive speeches of ten passages of sixty words, logit SD .4, neighbours correlated by rho."""
    latent = special.expit(special.logit(mean) + 0.4 * persistent(n, rho, rng))
    words = rng.beta(latent[:, None] * 36, (1 - latent[:, None]) * 36, (n, 10))
    return rng.binomial(60, words).sum(axis=1) / 600


def resembling(rng, runs, *, n, rho, after=0.1):
    """Welch's p and the corrected one, for sides of n successive speeches."""
    ours = plain = 0
    for _ in range(runs):
        both = shares(2 * n, rho, rng)
        sides = both[:n], both[n:] if after == 0.1 else shares(n, rho, rng, mean=after)
        ours += serial_shift(*sides).p <= 0.05
        plain += welch(*sides).p <= 0.05
    return {OURS: (int(ours), runs), "Welch": (int(plain), runs)}


def taking_turns(rng, runs, *, n, shared, own, after=0.1):
    """Welch's p and the corrected one, for sides of n speeches that lie mixed in time: one course of both, or one of each side."""
    ours = plain = 0
    for _ in range(runs):
        side = rng.permutation(np.repeat([0, 1], n))
        latent = persistent(2 * n, shared, rng)
        for k in (0, 1):
            if own:
                latent[side == k] = persistent(n, own, rng)
        means = np.where(side == 0, 0.1, after)
        rates = special.expit(special.logit(means) + 0.4 * latent)
        words = rng.beta(rates[:, None] * 36, (1 - rates[:, None]) * 36, (2 * n, 10))
        told = rng.binomial(60, words).sum(axis=1) / 600
        places = np.flatnonzero(side == 0), np.flatnonzero(side == 1)
        sides = told[side == 0], told[side == 1]
        ours += serial_shift(*sides, places=places).p <= 0.05
        plain += welch(*sides).p <= 0.05
    return {OURS: (int(ours), runs), "Welch": (int(plain), runs)}


def _rows(claim: str, rate: str, cells: Iterable[tuple[str, Callable[..., Counted], tuple[float, float], tuple[int, int], dict[str, float]]]) -> list[Cell]:
    return [Cell(claim, name, rate, run, allowed, runs, naive) for name, run, allowed, runs, naive in cells]


SIZES = {"5/5, lengths 1:10": ((5, 5), (600, 6000)), "10/10, lengths 1:10": ((10, 10), (600, 6000)), "4/12, lengths 1:2": ((4, 12), (600, 1200))}
CELLS = (
    *_rows(DISTANCE, "false alarms", [(name, partial(distance_alarms, sizes=s, medians=m), (0, 0.08), (30, 300), {}) for name, (s, m) in SIZES.items()]),
    *_rows(DISTANCE, "power", [("10/10, themes tilted by .6", distance_found, (0.8, 1), (30, 300), {})]),
    *_rows(DISTANCE, "coverage", [("10/10, themes tilted by .6", partial(distance_covered, tilt=0.6), (0.88, 1), (30, 300), {})]),
    *_rows(DISTANCE, "coverage", [("10/10, no difference", partial(distance_covered, tilt=0.0), (0.92, 1), (30, 300), {})]),
    *_rows(
        TREND,
        "false alarms",
        [
            ("10 periods, r 0", partial(trend_alarms, size=10, rho=0.0), (0, 0.08), (200, 2000), {"Yue-Wang": 0.3}),
            ("10 periods, r .5", partial(trend_alarms, size=10, rho=0.5), (0, 0.12), (200, 2000), {"Mann-Kendall": 0.14}),
            ("24 periods, r 0", partial(trend_alarms, size=24, rho=0.0), (0, 0.08), (200, 2000), {"Yue-Wang": 0.3}),
            ("24 periods, r .5", partial(trend_alarms, size=24, rho=0.5), (0, 0.11), (200, 2000), {"Mann-Kendall": 0.12}),
            ("50 periods, r .5", partial(trend_alarms, size=50, rho=0.5), (0, 0.10), (100, 2000), {"Mann-Kendall": 0.14}),
            ("12 periods of 1-8 speeches, shocks of a period's own", uneven, (0, 0.08), (200, 1000), {}),
        ],
    ),
    *_rows(TREND, "power", [("24 periods, a rise of 3 SD in all", trend_found, (0.85, 1), (100, 1000), {})]),
    *_rows(TREND, "coverage", [("24 periods, Sen's slope", slope_covered, (0.9, 0.99), (100, 1000), {})]),
    *_rows(
        CHANGE,
        "false alarms",
        [
            ("10 periods, r 0", partial(changes, size=10), (0, 0.08), (200, 2000), {}),
            ("10 periods, r .5", partial(changes, size=10, rho=0.5), (0, 0.08), (200, 2000), {}),
            ("24 periods, r 0", partial(changes, size=24), (0, 0.08), (200, 2000), {}),
            ("24 periods, r .5", partial(changes, size=24, rho=0.5), (0, 0.08), (200, 2000), {"CUSUM exchanged": 0.2}),
            ("50 periods, r .5", partial(changes, size=50, rho=0.5), (0, 0.08), (100, 2000), {"CUSUM exchanged": 0.3}),
            ("50 periods, r .7", partial(changes, size=50, rho=0.7), (0, 0.11), (100, 2000), {"CUSUM exchanged": 0.5}),
        ],
    ),
    *_rows(
        CHANGE,
        "power",
        [
            ("24 periods, a step of 1.5 SD", partial(changes, size=24, step=1.5), (0.25, 1), (100, 1000), {}),
            ("24 periods, a step of 2.5 SD", partial(changes, size=24, step=2.5), (0.85, 1), (100, 1000), {}),
            ("50 periods, a step of 1.5 SD", partial(changes, size=50, step=1.5), (0.8, 1), (100, 1000), {}),
            ("24 periods, a slope of 4 SD in all (called a change too)", partial(changes, size=24, slope=2.0), (0.7, 1), (60, 600), {}),
        ],
    ),
    *_rows(CHANGE, "coverage", [("24 periods, a step of 2.5 SD, its place", step_covered, (0.9, 1), (100, 1000), {})]),
    *_rows(NOVELTY, "false alarms", [("no break: any of 36 speeches", no_break, (0, 0.08), (30, 300), {})]),
    *_rows(NOVELTY, "power", [("a lasting break of 1.5", break_found, (0.7, 1), (20, 200), {})]),
    *_rows(
        SERIAL,
        "false alarms",
        [
            ("10/10, r 0", partial(resembling, n=10, rho=0.0), (0, 0.08), (300, 3000), {}),
            ("20/20, r 0", partial(resembling, n=20, rho=0.0), (0, 0.08), (300, 3000), {}),
            ("20/20, r .3", partial(resembling, n=20, rho=0.3), (0, 0.08), (300, 3000), {}),
            ("20/20, r .5", partial(resembling, n=20, rho=0.5), (0, 0.09), (300, 3000), {"Welch": 0.14}),
            ("40/40, r .5", partial(resembling, n=40, rho=0.5), (0, 0.08), (300, 3000), {"Welch": 0.14}),
            ("40/40, r .7", partial(resembling, n=40, rho=0.7), (0, 0.12), (300, 3000), {"Welch": 0.2}),
            ("40/40 mixed in time, one course, r .8", partial(taking_turns, n=40, shared=0.8, own=0.0), (0, 0.08), (300, 3000), {}),
            ("20/20 mixed in time, a course each, r .5", partial(taking_turns, n=20, shared=0.0, own=0.5), (0, 0.1), (300, 3000), {"Welch": 0.14}),
            ("40/40 mixed in time, a course each, r .5", partial(taking_turns, n=40, shared=0.0, own=0.5), (0, 0.09), (300, 3000), {"Welch": 0.14}),
        ],
    ),
    *_rows(
        SERIAL,
        "power",
        [
            ("20/20, r 0, .10 to .135", partial(resembling, n=20, rho=0.0, after=0.135), (0.5, 0.95), (300, 3000), {}),
            ("40/40, r 0, .10 to .135", partial(resembling, n=40, rho=0.0, after=0.135), (0.8, 1), (300, 2000), {}),
            ("40/40 mixed in time, one course, r .8, .10 to .135", partial(taking_turns, n=40, shared=0.8, own=0.0, after=0.135), (0.5, 1), (300, 2000), {}),
        ],
    ),
)
