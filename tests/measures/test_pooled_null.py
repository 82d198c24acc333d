"""The pooled permutation test."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.measures import pooled_null
from tracker.measures.overdispersion import event_counts, intraclass, pearson_phi, squeeze
from tracker.measures.pooled_null import pooled_null_p

QUIET = settings(derandomize=True, deadline=None, max_examples=15, database=None)


def bursts(k, words, rng, tau=0.5, length=1500):
    """Counts of k events on two sides with log-normal rates: no word has changed."""
    rates = 1 / np.arange(3, words + 3)
    shares = rates / rates.sum() * np.exp(tau * rng.standard_normal((2 * k, words)))
    return rng.poisson(length * shares / shares.sum(axis=1, keepdims=True))


def table(counts, k):
    return event_counts(counts, counts.sum(axis=1), np.arange(len(counts)) >= k)


def p(counts, k, seed=1, **settings_):
    return pooled_null_p(table(counts, k), rng=np.random.default_rng(seed), **settings_)


def score(held, later, common, prior_df):
    """One word's score, cell by cell: (effective count, effective length) of every event."""
    prior = sum(n for _, n in held) / 2
    sides = [[held[i] for i in range(len(held)) if later[i] == side] for side in (False, True)]
    cells = [(max(sum(y for y, _ in side), 0) + prior * common, sum(n for _, n in side) + prior) for side in sides]
    words, tokens = (sum(cell[part] for cell in cells) for part in (0, 1))
    strength = 2 * sum(y * np.log(y / (n * words / tokens)) + (n - y) * np.log((n - y) / (n * (1 - words / tokens))) for y, n in cells)
    rates = [sum(y for y, _ in side) / sum(n for _, n in side) for side in sides]
    spread = sum((y - n * rates[i]) ** 2 / (n * common * (1 - common)) for i, side in enumerate(sides) for y, n in side)
    return strength / max((prior_df + spread) / (prior_df + len(held) - 2), 1)


def test_all_arrangements_agree_with_a_count_event_by_event():
    counts = bursts(2, 6, np.random.default_rng(3), length=400) + 5
    held, later = table(counts, 2), [False, False, True, True]
    trend = squeeze(pearson_phi(held), 2, np.log(counts.sum(axis=0)))
    rho, n = intraclass(trend.prior, held.tokens), held.tokens
    observed, null = [], []
    for word in range(6):
        lengths = n / (1 + (n - 1) * rho[word])
        counted = counts[:, word] * lengths / n
        common = counted.sum() / lengths.sum()
        rates = [counted[:2].sum() / lengths[:2].sum()] * 2 + [counted[2:].sum() / lengths[2:].sum()] * 2
        apart = (counted - lengths * rates) / np.sqrt(lengths)
        observed.append(score(list(zip(counted, lengths, strict=True)), later, common, trend.prior_df))
        for place in permutations(range(4)):
            moved = lengths * common + np.sqrt(lengths) * apart[list(place)] * np.sqrt(4 / 2)
            # the spread of moved residuals is that of all residuals less what lies between the sides
            null.append(_moved_score(moved, lengths, apart * np.sqrt(2), common, trend.prior_df))
    expected = [max(np.mean([value >= seen * (1 - 1e-9) for value in null]), 1 / len(null)) for seen in observed]
    assert p(counts, 2) == pytest.approx(expected)


def _moved_score(moved, lengths, residuals, common, prior_df):
    sums = [(moved[:2].sum(), lengths[:2].sum()), (moved[2:].sum(), lengths[2:].sum())]
    between = (sums[0][0] / sums[0][1] - sums[1][0] / sums[1][1]) ** 2 / (1 / sums[0][1] + 1 / sums[1][1])
    spread = max((residuals**2).sum() - between, 0) / (common * (1 - common))
    prior = lengths.sum() / 2
    cells = [(max(y, 0) + prior * common, n + prior) for y, n in sums]
    words, tokens = (sum(cell[part] for cell in cells) for part in (0, 1))
    strength = 2 * sum(y * np.log(y / (n * words / tokens)) + (n - y) * np.log((n - y) / (n * (1 - words / tokens))) for y, n in cells)
    return strength / max((prior_df + spread) / (prior_df + len(moved) - 2), 1)


def test_no_p_is_below_one_of_all_scores_of_the_null():
    counts = bursts(6, 50, np.random.default_rng(1)) + 1
    counts[:6, 0], counts[6:, 0] = 0, 400
    assert p(counts, 6, n_permutations=99)[0] == pytest.approx(1 / (99 * 50))


def test_small_strata_are_gone_through_once_each():
    places = pooled_null._places(np.array([0, 0, 1, 1, 2, 2]), 999, np.random.default_rng(1))
    assert len({tuple(row) for row in places.tolist()}) == len(places) == 8
    assert all(sorted(row[i : i + 2]) == [i, i + 1] for row in places.tolist() for i in (0, 2, 4))


def test_events_change_places_within_their_stratum_only():
    strata = np.array([0] * 7 + [1] * 7)
    places = pooled_null._places(strata, 50, np.random.default_rng(1))
    assert places.shape == (50, 14)
    assert (strata[places] == strata).all()


@pytest.mark.parametrize("lengths", [(1500, 1500), (1500, 900)])
def test_unchanged_words_are_below_five_percent_in_five_of_a_hundred(lengths):
    rng = np.random.default_rng(11)
    below = []
    for _ in range(12):
        sides = [bursts(6, 250, rng, length=length)[:6] for length in lengths]
        counts = np.vstack(sides)
        below.append(np.mean(p(counts[:, counts.sum(axis=0) >= 10], 6, n_permutations=199) <= 0.05))
    assert 0.03 <= np.mean(below) <= 0.07


def test_a_changed_word_is_found_however_far_it_changed():
    counts = bursts(8, 300, np.random.default_rng(4)) + 1
    ps = []
    for factor in (1, 3, 10, 100):
        changed = counts.copy()
        changed[8:, 2] = counts[8:, 2] // factor
        ps.append(p(changed, 8, n_permutations=199)[2])
    assert ps[0] > 0.05
    assert ps[1:] == sorted(ps[1:], reverse=True)
    assert ps[-1] < 1e-3


def test_blocks_change_nothing(monkeypatch):
    counts = bursts(5, 60, np.random.default_rng(6)) + 1
    whole, told = p(counts, 5), []
    monkeypatch.setattr(pooled_null, "BLOCK_CELLS", 5000)
    assert p(counts, 5, progress=lambda *at: told.append(at)) == pytest.approx(whole)
    assert told[-1] == (60, 60)
    assert len(told) > 5


@QUIET
@given(st.integers(0, 1000))
def test_swapped_sides_and_reordered_words_give_the_same_p(seed):
    rng = np.random.default_rng(seed)
    counts = bursts(5, 25, rng) + 1
    n, later, order = counts.sum(axis=1), np.arange(10) >= 5, rng.permutation(25)
    base = p(counts, 5, n_permutations=99)
    swapped = pooled_null_p(event_counts(counts, n, ~later), rng=np.random.default_rng(1), n_permutations=99)
    assert swapped == pytest.approx(base)
    assert p(counts[:, order], 5, n_permutations=99) == pytest.approx(base[order])


def test_the_same_generator_gives_the_same_bytes():
    counts = bursts(5, 40, np.random.default_rng(8)) + 1
    assert p(counts, 5, 3).tobytes() == p(counts, 5, 3).tobytes()
    assert not p(counts, 5).flags.writeable
