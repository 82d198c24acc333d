"""The moderated quasi-G2."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.keyness import g2
from tracker.measures.overdispersion import event_counts, pearson_phi, squeeze
from tracker.measures.quasi_g2 import quasi_g2, shrunken_g2

QUIET = settings(derandomize=True, deadline=None, max_examples=25, database=None)


def bursts(k, words, rng, tau=0.5, length=1500):
    """Counts of k events on two sides with log-normal rates: no word has changed."""
    rates = 1 / np.arange(3, words + 3)
    shares = rates / rates.sum() * np.exp(tau * rng.standard_normal((2 * k, words)))
    return rng.poisson(length * shares / shares.sum(axis=1, keepdims=True))


def moderated(counts, k, tokens=None):
    tokens = counts.sum(axis=1) if tokens is None else tokens
    return quasi_g2(event_counts(counts, tokens, np.arange(len(counts)) >= k))


def test_without_a_prior_the_score_is_the_token_level_g2():
    before, after = np.array([5, 40, 955]), np.array([15, 30, 1955])
    sums = [(side.astype(float), np.full(3, float(side.sum()))) for side in (before, after)]
    assert shrunken_g2(sums) == pytest.approx(g2(before, after))


def test_a_prior_shrinks_as_if_its_tokens_had_been_said():
    sums = [(np.array([10.0]), np.array([100.0])), (np.array([20.0]), np.array([100.0]))]
    said = [(np.array([25.0]), np.array([200.0])), (np.array([35.0]), np.array([200.0]))]  # 100 more at the common rate of .15
    assert shrunken_g2(sums, 0.5) == pytest.approx(shrunken_g2(said))


def test_events_of_one_length_give_g2_over_the_squeezed_dispersion():
    counts = bursts(4, 30, np.random.default_rng(2))
    counts = np.column_stack([counts, 2000 - counts.sum(axis=1)])
    found, phi = moderated(counts, 4, [2000] * 8), squeeze(pearson_phi(event_counts(counts, [2000] * 8, np.arange(8) >= 4)), 6, np.log(counts.sum(axis=0)))
    steps = 2 ** (np.rint(8 * np.log2(np.maximum(phi.phi, 1))) / 8)  # dispersions are rounded to eight steps a doubling
    left = squeeze(pearson_phi(event_counts(counts, [2000] * 8, np.arange(8) >= 4)) / steps, 6, np.log(counts.sum(axis=0))).phi
    strength = g2(counts[:4].sum(axis=0), counts[4:].sum(axis=0)) / steps / np.maximum(left, 1)
    assert found.f == pytest.approx(strength, rel=1e-6)
    assert found.p == pytest.approx(stats.f.sf(strength, 1, 6 + phi.prior_df), rel=1e-6)


def test_words_without_excess_are_referred_to_chi_square():
    counts = np.array([[10, 10], [10, 10], [11, 9], [11, 9]])
    found = moderated(counts, 2)
    assert found.df == float("inf") or found.p == pytest.approx(stats.f.sf(found.f, 1, found.df))
    assert found.p == pytest.approx(stats.chi2.sf(found.f, 1), abs=0.02)


@pytest.mark.parametrize("k", [2, 3, 10])
def test_unchanged_words_are_rarely_below_five_percent(k):
    rng = np.random.default_rng(k)
    runs = [bursts(k, 200, rng) for _ in range(20)]
    below = [np.mean(moderated(counts[:, counts.sum(axis=0) >= 10], k).p <= 0.05) for counts in runs]
    assert 0.01 <= np.mean(below) <= 0.07


def test_a_tenfold_change_is_found_and_its_direction_told():
    counts = bursts(10, 200, np.random.default_rng(4))
    counts[10:, 0], counts[10:, 1] = counts[10:, 0] // 10, counts[10:, 1] * 10
    found = moderated(counts, 10)
    assert max(found.p[:2]) < 1e-3
    assert found.rises[:2].tolist() == [False, True]


def test_one_very_long_event_does_not_outvote_the_rest():
    counts = bursts(5, 200, np.random.default_rng(5))
    counts[:, 0] = 20
    long = counts.copy()
    long[0] = 30 * counts[0]
    long[0, 0] = 30 * 80  # said four times as often in the long one alone
    assert moderated(long, 5).p[0] > 0.05


@QUIET
@given(st.integers(0, 1000))
def test_sides_and_order_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    counts = bursts(3, 30, rng) + 1
    base, order = moderated(counts, 3), rng.permutation(6)
    n, later = counts.sum(axis=1), np.arange(6) >= 3
    assert quasi_g2(event_counts(counts, n, ~later)).p == pytest.approx(base.p)
    assert quasi_g2(event_counts(counts[order], n[order], later[order])).p == pytest.approx(base.p)


def test_arrays_are_read_only_and_the_given_ones_unchanged():
    counts = bursts(3, 30, np.random.default_rng(1)) + 1
    counts.setflags(write=False)
    found = moderated(counts, 3)
    assert not any(array.flags.writeable for array in (found.p, found.f, found.rises))


def test_one_event_on_a_side_is_an_error():
    with pytest.raises(ValueError, match="two events or more"):
        moderated(np.ones((3, 2)), 1)


def test_how_many_cells_are_looked_at_together_moves_no_digit(monkeypatch):
    counts = np.random.default_rng(8).poisson(1.2, (12, 40))
    counts[:, 0] += 1
    table = event_counts(counts, counts.sum(axis=1) + 1, np.arange(12) >= 6)
    kept = np.flatnonzero(counts.sum(axis=0))
    whole = quasi_g2(event_counts(counts[:, kept], table.tokens, table.after))
    monkeypatch.setattr("tracker.measures.overdispersion.CELLS", 7)
    assert np.array_equal(quasi_g2(event_counts(counts[:, kept], table.tokens, table.after)).p, whole.p)
