"""How often distances, trends, changes, novelty and shifts of resembling speeches are wrong, on simulations whose truth is known.

Beside each measure stands the usual method on the same runs, which fails. Limits hold three Monte Carlo errors; each generator is fixed.
"""

import zlib

import numpy as np
import pytest
from scipy import special, stats

from tracker.measures.changepoint import changepoint
from tracker.measures.divergence import divergence
from tracker.measures.jensen_shannon import jsd_bits, pair_bits
from tracker.measures.novelty import novelty
from tracker.measures.rarefaction import count_matrix
from tracker.measures.serial import serial_shift
from tracker.measures.trend import trend
from tracker.measures.welch import welch

TERMS, THEMES = 240, 12


def generator(name):
    return np.random.default_rng(zlib.crc32(name.encode()))


def limit(rate, runs):
    """The most that a true rate shows in that many runs, three Monte Carlo errors up."""
    return rate + 3 * (rate * (1 - rate) / runs) ** 0.5


def persistent(size, rho, rng):
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


def pairs(runs, sizes, medians, *, name, tilt=0.0):
    rng = generator(name)
    for _ in range(runs):
        yield tuple(speeches(lengths(n, median, rng), rng, tilt=t) for n, median, t in zip(sizes, medians, (0.0, tilt), strict=True))


def exchanged_without_thinning(before, after, rng):
    """p of the plug-in divergence of whole speeches, labels exchanged: what is usually done."""
    counts = np.vstack((before, after))
    labels = np.tile((np.arange(len(counts)) < len(before)).astype(float), (100, 1))
    labels[1:] = rng.permuted(labels[1:], axis=1)
    values = pair_bits(count_matrix(counts).astype(float) / counts.sum(axis=1)[:, None], labels, 1 - labels)
    return (values >= values[0]).mean()


def check_null_distance(runs, sizes, medians):
    rng, name = generator("exchange"), f"distance {sizes} {medians}"
    results = [divergence(*pair, n_permutations=79, rng=rng) for pair in pairs(runs, sizes, medians, name=name)]
    assert np.mean([r.p <= 0.05 for r in results]) <= limit(0.08, runs)
    values = [r.divergence.value for r in results]
    assert abs(np.mean(values)) <= 0.005 + 3 * np.std(values) / runs**0.5
    assert np.mean([r.divergence.low <= 0 <= r.divergence.high for r in results]) >= 0.92


@pytest.mark.parametrize(("sizes", "medians"), [((5, 5), (600, 6000)), ((4, 12), (600, 1200))])
def test_equal_texts_of_unequal_length_are_not_apart(sizes, medians):
    check_null_distance(30, sizes, medians)


@pytest.mark.slow
@pytest.mark.parametrize(("sizes", "medians"), [((5, 5), (1000, 1000)), ((10, 10), (600, 6000)), ((12, 4), (600, 6000)), ((4, 12), (600, 6000))])
def test_equal_texts_of_unequal_length_are_not_apart_in_three_hundred_runs(sizes, medians):
    check_null_distance(300, sizes, medians)


def test_uncorrected_distances_of_equal_texts_are_apart():
    rng, runs = generator("plug-in"), list(pairs(30, (4, 12), (600, 6000), name="distance naive"))
    raw = [jsd_bits(a.sum(0)[:, None] / a.sum(), b.sum(0)[:, None] / b.sum())[0] for a, b in runs]
    assert np.mean(raw) > 0.02
    assert np.mean([exchanged_without_thinning(a, b, rng) <= 0.05 for a, b in runs]) > 0.4


def test_a_true_distance_is_found_and_covered():
    truth = [speeches(np.full(4000, 200_000), generator("truth"), tilt=t).sum(axis=0) for t in (0.0, 0.6)]
    bits = jsd_bits(truth[0][:, None] / truth[0].sum(), truth[1][:, None] / truth[1].sum())[0]
    rng = generator("distance found")
    results = [divergence(*pair, n_permutations=79, rng=rng) for pair in pairs(30, (10, 10), (1000, 3000), name="apart", tilt=0.6)]
    assert np.mean([r.p <= 0.05 for r in results]) >= 0.8
    assert np.mean([r.divergence.low <= bits <= r.divergence.high for r in results]) >= 0.88
    assert 0.8 * bits <= np.mean([r.divergence.value for r in results]) <= 1.1 * bits


def trends(runs, size, rho, *, slope=0.0):
    rng = generator(f"trend {size} {rho} {slope}")
    lines = [persistent(size, rho, rng) + np.linspace(-slope, slope, size) for _ in range(runs)]
    return [trend(line, range(size), n_permutations=99, rng=rng) for line in lines]


def yue_wang_p(line):
    """Mann-Kendall with Yue & Wang's variance: the published correction for correlated series."""
    size = line.size
    rest = line - stats.theilslopes(line, np.arange(size))[0] * np.arange(size)
    rest = rest - rest.mean()
    lags = [(rest[k:] @ rest[:-k]) / (rest @ rest) for k in range(1, size)]
    factor = max(1e-3, 1 + 2 * sum((1 - k / size) * r for k, r in enumerate(lags, start=1)))
    s = sum(np.sign(line[k:] - line[:-k]).sum() for k in range(1, size))
    return 2 * stats.norm.sf(max(0.0, abs(s) - 1) / (factor * size * (size - 1) * (2 * size + 5) / 18) ** 0.5)


def test_independent_periods_show_a_trend_in_eight_percent_of_runs_at_most():
    assert np.mean([r.p <= 0.05 for r in trends(300, 24, 0.0)]) <= limit(0.08, 300)


def test_resembling_periods_seldom_show_a_trend_where_mann_kendall_does_often():
    results = trends(300, 24, 0.5)
    assert np.mean([r.p <= 0.05 for r in results]) <= limit(0.10, 300)
    assert np.mean([2 * stats.norm.sf(abs(r.z)) <= 0.05 for r in results]) > 0.14
    assert np.mean([r.correlated for r in results]) >= 0.75


def test_the_published_correction_is_worse_than_none():
    rng = generator("yue-wang")
    assert np.mean([yue_wang_p(rng.standard_normal(24)) <= 0.05 for _ in range(200)]) > 0.3


def test_a_trend_is_found_and_its_slope_covered():
    results = trends(200, 24, 0.0, slope=1.5)
    assert np.mean([r.p <= 0.05 for r in results]) >= 0.85
    assert np.mean([r.slope.low <= 3 / 23 <= r.slope.high for r in results]) >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize(("size", "rho", "rate"), [(10, 0.0, 0.06), (10, 0.5, 0.12), (24, 0.5, 0.11), (50, 0.5, 0.10), (50, 0.7, 0.10)])
def test_false_trends_in_two_thousand_runs(size, rho, rate):
    assert np.mean([r.p <= 0.05 for r in trends(2000, size, rho)]) <= limit(rate, 2000)


@pytest.mark.slow
def test_events_of_uneven_periods_with_shocks_of_their_own_show_no_trend():
    rng, runs = generator("shocks"), 1000
    found = []
    for _ in range(runs):
        when = np.repeat(np.arange(12), rng.integers(1, 9, 12))
        found.append(trend(2 * rng.standard_normal(12)[when] + rng.standard_normal(when.size), when, n_permutations=99, rng=rng).p_exchanged <= 0.05)
    assert np.mean(found) <= limit(0.06, runs)


def changes(runs, size, rho, *, step=0.0, slope=0.0):
    rng = generator(f"change {size} {rho} {step} {slope}")
    added = step * (np.arange(size) >= size // 2) + np.linspace(-slope, slope, size)
    return [changepoint(persistent(size, rho, rng) + added, range(size), n_permutations=99, rng=rng) for _ in range(runs)]


def test_the_rule_for_a_change_seldom_fires_on_resembling_periods_where_cusum_does_often():
    results = changes(300, 24, 0.5)
    assert np.mean([r.changed for r in results]) <= limit(0.06, 300)
    assert np.mean([r.p_exchanged <= 0.05 for r in results]) > 0.25
    assert np.mean([r.changed for r in changes(200, 24, 0.0)]) <= limit(0.01, 200)


def test_a_large_step_is_found_in_its_place():
    results = changes(100, 24, 0.0, step=2.5)
    assert np.mean([r.changed for r in results]) >= 0.8
    assert np.mean([any(c.first_after == 12 for c in r.credible) for r in results]) >= 0.88


def test_a_slope_fires_the_rule_as_a_step_does():
    assert np.mean([r.changed for r in changes(60, 24, 0.0, slope=2.0)]) > 0.7


@pytest.mark.slow
@pytest.mark.parametrize(("size", "rho", "rate"), [(10, 0.0, 0.01), (10, 0.5, 0.04), (24, 0.5, 0.07), (24, 0.7, 0.11), (50, 0.5, 0.07), (50, 0.7, 0.10)])
def test_false_changes_in_two_thousand_runs(size, rho, rate):
    assert np.mean([r.changed for r in changes(2000, size, rho)]) <= limit(rate, 2000)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "step", "least"), [(24, 1.5, 0.28), (50, 1.5, 0.82), (24, 2.5, 0.85)])
def test_power_for_a_step_in_a_thousand_runs(size, step, least):
    assert np.mean([r.changed for r in changes(1000, size, 0.0, step=step)]) >= least


def orders(runs, *, name, tilt=0.0):
    rng = generator(name)
    for _ in range(runs):
        sizes = lengths(36, 1500, rng)
        yield sizes, novelty(np.vstack((speeches(sizes[:18], rng), speeches(sizes[18:], rng, tilt=tilt))), n_shuffles=99, rng=rng)


def test_exchangeable_events_hold_no_break_and_their_slope_is_the_shuffled_one():
    runs = list(orders(30, name="no break"))
    assert np.mean([(r.q <= 0.05).any() for _, r in runs]) <= limit(0.08, 30)
    assert np.mean(np.concatenate([r.p for _, r in runs]) <= 0.05) <= 0.10
    assert np.mean([r.slope.p <= 0.05 for _, r in runs]) <= limit(0.08, 30)
    assert np.mean([r.slope.observed for _, r in runs]) > 0.05


def test_novelty_does_not_follow_length():
    assert abs(np.mean([np.corrcoef(r.novelty, np.log(sizes[r.events]))[0, 1] for sizes, r in orders(15, name="length")])) < 0.15


def test_a_lasting_break_is_found_where_it_is():
    found = [r.events[r.q <= 0.05] for _, r in orders(15, name="break", tilt=1.5)]
    assert np.mean([np.isin(events, range(14, 23)).any() for events in found]) >= 0.7
    assert np.mean([np.isin(events, [*range(7, 12), *range(25, 29)]).any() for events in found]) <= 0.25


def shares(n, rho, rng, *, mean=0.1):
    """Shares of successive speeches of ten passages of sixty words, logit SD .4, neighbours correlated by rho."""
    latent = special.expit(special.logit(mean) + 0.4 * persistent(n, rho, rng))
    words = rng.beta(latent[:, None] * 36, (1 - latent[:, None]) * 36, (n, 10))
    return rng.binomial(60, words).sum(axis=1) / 600


def resembling(runs, n, rho, *, after=0.1):
    rng = generator(f"serial {n} {rho} {after}")
    for _ in range(runs):
        side = shares(2 * n, rho, rng)
        yield side[:n], side[n:] if after == 0.1 else shares(n, rho, rng, mean=after)


@pytest.mark.parametrize(("n", "rho", "rate"), [(10, 0.0, 0.05), (20, 0.0, 0.05), (20, 0.5, 0.09), (40, 0.5, 0.08)])
def test_resembling_speeches_are_called_different_as_seldom_as_promised(n, rho, rate):
    assert np.mean([serial_shift(*pair).p <= 0.05 for pair in resembling(400, n, rho)]) <= limit(rate, 400)


def test_welch_calls_resembling_speeches_different_four_times_too_often():
    assert np.mean([welch(*pair).p <= 0.05 for pair in resembling(400, 20, 0.5)]) > 0.14


def test_allowing_for_resemblance_costs_little_power_where_there_is_none():
    runs = list(resembling(400, 20, 0.0, after=0.135))
    plain, allowed = np.mean([welch(*pair).p <= 0.05 for pair in runs]), np.mean([serial_shift(*pair).p <= 0.05 for pair in runs])
    assert 0.4 < plain < 0.95
    assert allowed >= plain - 0.10


@pytest.mark.slow
@pytest.mark.parametrize(
    ("n", "rho", "rate"), [(10, 0.3, 0.07), (10, 0.5, 0.09), (10, 0.7, 0.12), (20, 0.3, 0.08), (20, 0.7, 0.12), (40, 0.3, 0.08), (40, 0.7, 0.12)]
)
def test_resembling_speeches_in_three_thousand_runs(n, rho, rate):
    assert np.mean([serial_shift(*pair).p <= 0.05 for pair in resembling(3000, n, rho)]) <= limit(rate, 3000)
