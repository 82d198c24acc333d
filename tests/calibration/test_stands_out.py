"""How often one event is wrongly said to stand out, a mixture passes for a shift, and few events among many for a discovery."""

import itertools
import zlib

import numpy as np
import pytest

from tracker.measures.contrasts import contrasts
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.shift import shift
from tracker.measures.stands_out import stands_out
from tracker.measures.strata import shift_within
from tracker.measures.welch import welch
from tracker.synthetic import Lengths, simulate_events

RUNS = 250


def limit(runs):
    """The most false alarms allowed, .08, and three Monte Carlo errors of that many runs."""
    return 0.08 + 3 * (0.08 * 0.92 / runs) ** 0.5


def generator(name):
    return np.random.default_rng(zlib.crc32(name.encode()))


def singles(runs, mean, *, tau=0.4, lengths=(10, 10), periods=(10,), single=None, silent=0.0, rng):
    """One event and its reference, `runs` times; every reference event is of the same share."""
    own = simulate_events(runs, single or mean, tau, lengths=Lengths(lengths[0]), silent=silent, rng=rng)
    k = sum(periods)
    hits, tokens = (a.reshape(runs, k) for a in simulate_events(k * runs, mean, tau, lengths=Lengths(lengths[1]), silent=silent, rng=rng))
    ends = np.cumsum((0, *periods))
    for i in range(runs):
        yield own[0][i], own[1][i], [(hits[i, a:b], tokens[i, a:b]) for a, b in itertools.pairwise(ends)]


def flagged(rows, **gate):
    found = [stands_out(*row, **gate) for row in rows]
    return float(np.mean([f.p is not None and f.p <= 0.05 for f in found]))


CELLS = {
    "5 others": {"mean": 0.1, "periods": (5,)},
    "20 others, tau .7": {"mean": 0.1, "tau": 0.7, "periods": (20,)},
    "12 others, lengths 1:3": {"mean": 0.01, "lengths": (10, 30), "periods": (12,)},
    "20 others, lengths 1:10": {"mean": 0.01, "tau": 0.2, "lengths": (10, 100), "periods": (20,)},
    "8 others, lengths 10:1": {"mean": 0.01, "tau": 0.7, "lengths": (100, 10), "periods": (8,)},
    "rarer": {"mean": 0.003, "periods": (12,)},
    "half silent": {"mean": 0.03, "silent": 0.5, "periods": (12,)},
    "1/1 and three periods of two": {"mean": 0.1, "periods": (1, 2, 2, 2)},
    "1/1 and five periods of four": {"mean": 0.1, "tau": 0.7, "periods": (1, 4, 4, 4, 4, 4)},
    "2 others and five periods of four": {"mean": 0.01, "periods": (2, 4, 4, 4, 4, 4)},
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_usual_event_stands_out_in_eight_percent_of_runs_at_most(cell):
    assert flagged(singles(RUNS, rng=generator(cell), **CELLS[cell])) <= limit(RUNS)


@pytest.mark.slow
@pytest.mark.parametrize("mean", [0.1, 0.01, 0.003])
@pytest.mark.parametrize("tau", [0.2, 0.4, 0.7])
@pytest.mark.parametrize("lengths", [(10, 10), (10, 30), (10, 100), (30, 10), (100, 10)])
@pytest.mark.parametrize("others", [5, 10, 20])
def test_a_usual_event_stands_out_in_eight_percent_of_two_thousand_runs(mean, tau, lengths, others):
    rows = singles(2000, mean, tau=tau, lengths=lengths, periods=(others,), rng=generator(f"slow {mean} {tau} {lengths} {others}"))
    assert flagged(rows, min_expected_hits=0) <= limit(2000)


@pytest.mark.slow
@pytest.mark.parametrize("others", [5, 12, 20])
def test_four_fifths_of_the_events_silent_is_the_known_worst_case(others):
    rows = singles(2000, 0.003, silent=0.8, lengths=(30, 10), periods=(others,), rng=generator(f"silent {others}"))
    assert flagged(rows) <= 0.11


def test_an_event_of_thrice_the_share_is_found_most_of_the_time():
    rows = list(singles(RUNS, 0.1, single=0.3, periods=(12,), rng=generator("high")))
    assert 0.7 <= flagged(rows) <= 0.95
    assert 0.3 <= flagged(singles(RUNS, 0.1, single=0.03, periods=(12,), rng=generator("low"))) <= 0.6


def test_without_an_allowance_for_length_a_short_event_would_stand_out_far_too_often():
    rows = list(singles(RUNS, 0.01, tau=0.2, lengths=(10, 100), periods=(20,), rng=generator("naive")))
    naive = []
    for hits, tokens, [(said, spoken)] in rows:
        roots, own = np.arcsin(np.sqrt(said / spoken)), np.arcsin(np.sqrt(hits / tokens))
        naive.append(abs(own - roots.mean()) / (roots.std(ddof=1) * (1 + 1 / 20) ** 0.5) > 2.093)
    assert np.mean(naive) > 0.25
    assert flagged(rows) <= limit(RUNS)


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


@pytest.mark.parametrize("cell", STRATA)
def test_within_strata_unchanged_speech_is_called_different_in_eight_percent_of_runs_at_most(cell):
    rng = generator(cell)
    ps = [shift_within(*strata(cell, rng)).p for _ in range(RUNS)]
    assert np.mean([p is not None and p <= 0.05 for p in ps]) <= limit(RUNS)


@pytest.mark.parametrize("cell", ["mixture turned round", "two events"])
def test_without_strata_a_change_of_the_mixture_passes_for_a_shift(cell):
    rng, ps = generator(cell), []
    for _ in range(RUNS):
        before, after = (tuple(np.concatenate(column) for column in zip(*side, strict=True)) for side in strata(cell, rng))
        ps.append(shift(*before, *after).p)
    assert np.mean([p is not None and p <= 0.05 for p in ps]) > 0.25


def families(runs, sizes, rng, *, silent=0.0):
    """Families of twelve unchanged themes: the p of Welch alone and of the comparison."""
    for _ in range(runs):
        alone, both = [], []
        for theme in range(12):
            sides = [simulate_events(n, (0.1, 0.03, 0.01)[theme % 3], 0.4, silent=silent, rng=rng) for n in sizes]
            both.append(shift(*sides[0], *sides[1]).p)
            alone.append(welch(*(hits / tokens for hits, tokens in sides)).p)
        yield alone, both


def any_found(rows):
    return float(np.mean([any(q is not None and q <= 0.05 for q in benjamini_hochberg(ps)) for ps in rows]))


@pytest.mark.parametrize(("sizes", "silent"), [((2, 60), 0.0), ((3, 12), 0.5), ((20, 5), 0.0)])
def test_few_speeches_against_many_make_no_discoveries_in_families_of_twelve_themes(sizes, silent):
    rows = list(families(30, sizes, generator(f"families {sizes}"), silent=silent))
    assert any_found([both for _, both in rows]) <= 0.05 + 3 * (0.05 * 0.95 / 30) ** 0.5
    if sizes == (2, 60):
        assert any_found([alone for alone, _ in rows]) > 0.3  # Welch alone


def groups(rng, *, planted):
    """Eight groups of 2-12 events and twelve themes, of which three stand higher in one group each."""
    sizes = rng.integers(2, 13, 8)
    names = [f"group {g}" for g in range(8) for _ in range(sizes[g])]
    lengths, means = rng.choice([10, 30], 8), rng.choice([0.1, 0.03, 0.01], 12)
    columns = []
    for theme in range(12):
        shares = [float(means[theme]) * (3 if planted and theme < 3 and g == theme else 1) for g in range(8)]
        events = [simulate_events(int(sizes[g]), shares[g], 0.4, lengths=Lengths(int(lengths[g])), rng=rng) for g in range(8)]
        columns.append([np.concatenate(column) for column in zip(*events, strict=True)])
    return names, np.column_stack([hits for hits, _ in columns]), np.column_stack([tokens for _, tokens in columns])


def false_rates(runs, *, planted, rng):
    rates = []
    for _ in range(runs):
        named = [c for c in contrasts(*groups(rng, planted=planted)) if c.verdict in ("rose", "fell")]
        true = [c for c in named if planted and c.theme < 3 and (c.verdict == "rose") is (c.group == f"group {c.theme}")]
        rates.append((len(named) - len(true)) / max(1, len(named)))
    return float(np.mean(rates))


@pytest.mark.parametrize("planted", [False, True])
def test_each_group_against_all_others_keeps_the_false_discovery_rate(planted):
    assert false_rates(12, planted=planted, rng=generator(f"groups {planted}")) <= 0.05 + 3 * (0.05 * 0.95 / 12) ** 0.5


@pytest.mark.slow
@pytest.mark.parametrize("planted", [False, True])
def test_each_group_against_all_others_keeps_the_false_discovery_rate_in_three_hundred_runs(planted):
    assert false_rates(300, planted=planted, rng=generator(f"slow groups {planted}")) <= 0.05 + 3 * (0.05 * 0.95 / 300) ** 0.5
