"""Period means drawn towards their common mean."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from tracker.measures.shrinkage import paule_mandel, shrunken_means
from tracker.synthetic import logit_centre, simulate_events

QUIET = settings(derandomize=True, deadline=None, max_examples=50, database=None)
FIVE = [([5, 7], [100, 100]), ([4], [100]), ([6, 5, 8], [100] * 3), ([12], [100]), ([5], [100])]


def test_equal_variances_by_hand():
    # Sum of squares 14 / 300, p - 1 = 2, so tau^2 = 14 / 600 - .001.
    assert paule_mandel([0.1, 0.2, 0.4], [0.001] * 3) == pytest.approx(14 / 600 - 0.001)


def test_the_between_variance_agrees_with_statsmodels():
    meta = pytest.importorskip("statsmodels.stats.meta_analysis", reason="statsmodels is not installed; the extra [test] has it")
    y, v = np.array([0.05, 0.08, 0.02, 0.11, 0.07]), np.array([1e-4, 3e-4, 2e-4, 5e-4, 1e-4])
    assert paule_mandel(y, v) == pytest.approx(meta.combine_effects(y, v, method_re="iterated").tau2, rel=1e-5)


def test_the_means_are_those_of_the_normal_model():
    found = shrunken_means(FIVE, phi=3.4)
    shares = [np.array(h) / np.array(n) for h, n in FIVE]
    spread = sum(((s - s.mean()) ** 2).sum() for s in shares) / 3
    pooled = sum(sum(h) for h, _ in FIVE) / 800
    word = 3.4 * pooled * (1 - pooled) / 100
    noise = np.array([(max(0.0, spread - word) + word) / s.size for s in shares])
    plain = np.array([s.mean() for s in shares])
    tau2 = paule_mandel(plain, noise)
    weights = 1 / (noise + tau2)
    centre = (weights * plain).sum() / weights.sum()
    lent = noise / (noise + tau2) * 2 / 4
    assert found.between == pytest.approx(tau2)
    assert [m.value for m in found.means] == pytest.approx(list(lent * centre + (1 - lent) * plain))
    assert list(found.kept) == pytest.approx(list(1 - lent))


def test_an_empty_period_stays_a_gap():
    whole, gap = shrunken_means(FIVE), shrunken_means([*FIVE[:2], ([], []), *FIVE[2:]])
    assert (gap.means[2].value, gap.kept[2], gap.means[2].n) == (None, None, 0)
    assert [m for m in gap.means if m.n] == list(whole.means)


@pytest.mark.parametrize("periods", [FIVE[:3], [([1], [100])] * 6, []])
def test_nothing_is_borrowed_from_three_periods_or_from_single_events(periods):
    assert shrunken_means(periods) is None


def test_a_theme_nobody_mentions_has_an_upper_limit():
    found = shrunken_means([([0, 0], [100, 100])] * 4)
    assert all(m.value == 0 and m.high > 0 for m in found.means)


@QUIET
@given(st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=4), min_size=4, max_size=7))
def test_every_mean_lies_between_its_own_and_the_others_and_inside_its_band(periods):
    found = shrunken_means([(hits, [100] * len(hits)) for hits in periods])
    if found is None:
        return
    plain = [np.mean(hits) / 100 for hits in periods]
    for mean, own in zip(found.means, plain, strict=True):
        assert min(plain) - 1e-12 <= mean.value <= max(plain) + 1e-12
        assert mean.low <= mean.value <= mean.high
        assert abs(mean.value - own) <= max(plain) - min(plain) + 1e-12


@QUIET
@given(st.permutations(range(5)))
def test_the_order_of_periods_changes_no_digit(order):
    whole, shuffled = shrunken_means(FIVE), shrunken_means([FIVE[i] for i in order])
    assert [shuffled.means[order.index(i)].value for i in range(5)] == pytest.approx([m.value for m in whole.means], rel=1e-12)


@pytest.mark.parametrize(("mean", "tau"), [(0.1, 0.3), (0.01, 0.3), (0.003, 0.0)])
def test_shrunken_means_lie_nearer_the_truth_and_bands_cover_it(mean, tau):
    rng = np.random.default_rng(9)
    gain, held = [], []
    for _ in range(60):
        true = special.expit(logit_centre(mean, tau) + tau * rng.standard_normal(8)) if tau else np.full(8, mean)
        periods = [simulate_events(int(k), float(m), 0.4, rng=rng) for k, m in zip([3, 2, 1, 4, 1, 2, 5, 1], true, strict=True)]
        found = shrunken_means(periods)
        plain = np.array([(h / n).mean() for h, n in periods])
        gain.append((((np.array([m.value for m in found.means]) - true) ** 2).sum(), ((plain - true) ** 2).sum()))
        held += [m.low <= t <= m.high for m, t in zip(found.means, true, strict=True)]
    assert np.sum(gain, axis=0)[0] < 0.85 * np.sum(gain, axis=0)[1]
    assert np.mean(held) >= 0.9
