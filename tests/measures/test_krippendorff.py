import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.measures.krippendorff import alpha

NAN = float("nan")
# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: section A (two coders, two codes) and section C (four coders, five codes, gaps).
MEG_AND_OWEN = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).T
FOUR = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T


def rng():
    return np.random.default_rng(1)


def test_the_published_examples():
    assert round(alpha(MEG_AND_OWEN, rng=rng()).value, 3) == 0.095
    found = alpha(FOUR, rng=rng())
    assert (round(found.value, 3), found.n, found.unit) == (0.743, 11, "alpha")


def test_by_hand():
    # Coincidences 2 (yes, yes), 4 (no, no), 1 + 1 apart: observed 2 / 8, expected 2 x 3 x 5 / (8 x 7).
    assert alpha([[1, 1], [0, 0], [1, 0], [0, 0]], rng=rng()).value == pytest.approx(1 - (2 / 8) / (30 / 56))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, 2.0, NAN]), min_size=3, max_size=3), min_size=3, max_size=30))
def test_as_the_package_krippendorff_has_it(rows):
    oracle = pytest.importorskip("krippendorff")
    codes = np.array(rows)
    found = alpha(codes, rng=rng())
    paired = codes[(~np.isnan(codes)).sum(axis=1) > 1]
    if len(np.unique(paired[~np.isnan(paired)])) < 2:
        assert found.value is None
    else:
        assert found.value == pytest.approx(oracle.alpha(reliability_data=codes.T, level_of_measurement="nominal"), abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(12)), st.permutations(range(4)))
def test_neither_the_order_of_units_nor_that_of_coders_counts(units, coders):
    assert alpha(FOUR[list(units)][:, list(coders)], rng=rng()).value == pytest.approx(alpha(FOUR, rng=rng()).value)


def test_without_variation_there_is_nothing_to_agree_on():
    assert alpha(np.zeros((9, 2)), rng=rng()).value is None
    assert alpha([[1, NAN], [NAN, 0]], rng=rng()).n == 0
    assert alpha(np.zeros((0, 2)), rng=rng()).value is None


def simulated(generator, speeches, each, error):
    """Two coders who each err at random: (codes, speech of each unit); passages of one speech are alike."""
    share = generator.beta(1, 3, speeches)
    truth = generator.random((speeches, each)) < share[:, None]
    codes = np.stack([truth ^ (generator.random(truth.shape) < error) for _ in range(2)], axis=-1)
    return codes.reshape(-1, 2).astype(float), np.repeat(np.arange(speeches), each)


def test_the_interval_over_speeches_holds_the_alpha_of_very_many():
    generator = rng()
    true = alpha(*simulated(generator, 20_000, 6, 0.08), rounds=10, rng=generator).value
    inside = 0
    for _ in range(300):
        found = alpha(*simulated(generator, 40, 6, 0.08), rounds=400, rng=generator)
        inside += found.low <= true <= found.high
    assert 0.90 <= inside / 300 <= 0.99


def test_too_few_speeches_have_no_interval_and_arrays_are_left_alone():
    codes = MEG_AND_OWEN.astype(float)
    codes.setflags(write=False)
    assert alpha(codes, [0, 0, 0, 1, 1, 1, 2, 2, 2, 2], rng=rng()).low is None
    assert alpha(codes, rng=rng()) == alpha(codes, rng=rng())


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="units x coders"):
        alpha([1, 2], rng=rng())
    with pytest.raises(ValueError, match="one speech for each"):
        alpha([[1, 2]], [1, 2], rng=rng())
    with pytest.raises(ValueError, match="level must lie"):
        alpha([[1, 2]], level=1, rng=rng())
