"""How much more words vary between events than chance, and its squeezing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, sparse, special, stats

from tracker.measures.overdispersion import event_counts, intraclass, inverse_trigamma, pearson_phi, squeeze

QUIET = settings(derandomize=True, deadline=None, max_examples=25, database=None)
LATER = np.array([False, False, False, True, True, True])


def limma(phi, df, covariate=None):
    """Smyth's fitFDist and squeezeVar by the letter, roots found by bisection; the trend is a cubic by normal equations."""
    e = np.log(phi) - special.psi(df / 2) + np.log(df / 2)
    design = np.ones((len(phi), 1)) if covariate is None else np.stack([((covariate - covariate.mean()) / covariate.std()) ** k for k in range(4)], axis=1)
    fitted = design @ np.linalg.solve(design.T @ design, design.T @ e)
    excess = ((e - fitted) ** 2).sum() / (len(phi) - design.shape[1]) - special.polygamma(1, df / 2)
    d0 = 2 * optimize.brentq(lambda y: special.polygamma(1, y) - excess, 1e-6, 1e6)
    prior = np.exp(fitted + special.psi(d0 / 2) - np.log(d0 / 2))
    return (d0 * prior + df * phi) / (d0 + df), prior, d0


def test_phi_by_hand():
    # total rate 12/40, p (1 - p) = .21; before 1 and 3 of 10 around 2, after 4 and 4: (1 + 1) / 10 / .21 / 2
    assert pearson_phi(event_counts([[1], [3], [4], [4]], [10] * 4, [0, 0, 1, 1])) == pytest.approx(0.2 / 0.21 / 2)


def test_phi_is_pearsons_chi_square_of_each_side_when_rates_are_equal():
    counts, n = np.array([2, 5, 8, 3, 6, 6]), np.full(6, 100)
    squares = sum(((counts[side] - 5) ** 2 / (100 * 0.05 * 0.95)).sum() for side in (LATER, ~LATER))
    assert pearson_phi(event_counts(counts[:, None], n, LATER)) == pytest.approx(squares / 4)


def test_sparse_and_dense_counts_are_read_alike():
    counts = np.random.default_rng(1).poisson(1, (6, 9))
    dense, thin = (event_counts(given, counts.sum(axis=1) + 1, LATER) for given in (counts, sparse.csr_array(counts)))
    assert pearson_phi(dense).tolist() == pearson_phi(thin).tolist()
    assert (dense.dense(np.arange(9)) == counts).all()


def test_words_that_stand_nowhere_or_everywhere_have_no_dispersion():
    assert pearson_phi(event_counts([[0, 5], [0, 5], [0, 5]], [5] * 3, [0, 0, 1])).tolist() == [0, 0]


@pytest.mark.parametrize("trended", [False, True])
def test_squeezing_agrees_with_limmas_formulas(trended):
    rng = np.random.default_rng(3)
    covariate = rng.uniform(2, 7, 300)
    phi = (1 + 0.3 * covariate) * stats.f.rvs(8, 5, size=300, random_state=4)
    found, (moderated, prior, d0) = squeeze(phi, 8, covariate if trended else None), limma(phi, 8, covariate if trended else None)
    assert found.prior_df == pytest.approx(d0, rel=1e-6)
    assert found.phi == pytest.approx(moderated, rel=1e-6)
    assert np.allclose(found.prior, prior, rtol=1e-6)


@pytest.mark.parametrize(("df", "prior_df"), [(3, 4.0), (8, 10.0), (18, 6.0)])
def test_the_prior_is_recovered_from_scaled_f_variates(df, prior_df):
    held = squeeze(1.7 * stats.f.rvs(df, prior_df, size=20_000, random_state=5), df)
    assert held.prior_df == pytest.approx(prior_df, rel=0.1)
    assert held.prior[0] == pytest.approx(1.7, rel=0.05)


def test_words_that_differ_by_chance_alone_share_one_value():
    held = squeeze(stats.chi2.rvs(8, size=5000, random_state=7) / 8 * 0.9 + 0.1, 8)
    assert held.prior_df == float("inf")
    assert np.ptp(held.phi) == 0


def test_one_word_alone_is_not_squeezed():
    held = squeeze([2.5], 4)
    assert (held.phi.tolist(), held.prior_df) == ([2.5], 0)


def test_a_zero_is_lifted_not_lost():
    assert np.isfinite(squeeze([0, 0, 1, 2], 4).phi).all()
    assert np.isfinite(squeeze([0, 0, 0], 4).phi).all()


@pytest.mark.parametrize("value", [1e-8, 0.01, 1, 50, 1e9])
def test_the_trigamma_is_inverted(value):
    assert special.polygamma(1, inverse_trigamma(value)) == pytest.approx(value, rel=1e-6)


def test_the_correlation_within_an_event_gives_the_dispersion_back():
    rho = intraclass([1.0, 2.0, 4.0], [301, 301])
    assert (1 + 300 * rho).tolist() == pytest.approx([1, 2, 4])
    assert intraclass([1e9], [2, 2]).tolist() == [0.5]


def test_dispersion_of_simulated_bursts_is_recovered():
    rng = np.random.default_rng(9)
    n, rate, rho = np.full(400, 500), 0.01, 0.004
    shares = rng.beta(rate * (1 / rho - 1), (1 - rate) * (1 / rho - 1), (400, 60))
    phi = pearson_phi(event_counts(rng.binomial(500, shares), n, np.arange(400) % 2 == 0))
    assert phi.mean() == pytest.approx(1 + 499 * rho, rel=0.1)


@QUIET
@given(st.permutations(range(6)), st.integers(2, 9))
def test_the_order_of_events_and_of_words_changes_nothing(order, words):
    counts = np.random.default_rng(words).poisson(3, (6, words)) + 1
    n = counts.sum(axis=1) * 3
    base = pearson_phi(event_counts(counts, n, LATER))
    assert pearson_phi(event_counts(counts[order], n[order], LATER[order])) == pytest.approx(base)
    assert pearson_phi(event_counts(counts[:, ::-1], n, LATER)) == pytest.approx(base[::-1])
    assert pearson_phi(event_counts(counts, n, ~LATER)) == pytest.approx(base)


@pytest.mark.parametrize(
    ("counts", "tokens", "after"),
    [([[1], [2]], [5, 0], [0, 1]), ([[1], [2]], [5], [0, 1]), ([[-1], [2]], [5, 5], [0, 1]), ([[np.inf], [2]], [5, 5], [0, 1])],
)
def test_a_table_that_cannot_be_read_is_an_error(counts, tokens, after):
    with pytest.raises(ValueError, match="count"):
        event_counts(counts, tokens, after)


def test_too_few_events_are_an_error():
    with pytest.raises(ValueError, match="leave nothing to measure spread by"):
        pearson_phi(event_counts([[1], [2]], [5, 5], [0, 1]))
    with pytest.raises(ValueError, match="at least one"):
        squeeze([], 4)
