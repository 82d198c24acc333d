"""The change of a theme within strata."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.shift import shift
from tracker.measures.strata import shift_within
from tracker.synthetic import simulate_events

QUIET = settings(derandomize=True, deadline=None, max_examples=50, database=None)
counts = st.lists(st.integers(0, 50), min_size=2, max_size=6).map(lambda hits: (hits, [100] * len(hits)))


def per_hundred(*hits):
    return list(hits), [100] * len(hits)


def test_two_strata_by_hand():
    # Weights 2*2/4 = 1 and 2*6/8 = 1.5, so .4 and .6; differences .02 and .05.
    before = [per_hundred(1, 3), per_hundred(10, 12)]
    after = [per_hundred(3, 5), per_hundred(15, 17, 16, 16, 15, 17)]
    found = shift_within(before, after)
    assert found.points.value == pytest.approx(100 * (0.4 * 0.02 + 0.6 * 0.05))
    assert found.before.value == pytest.approx(0.4 * 0.02 + 0.6 * 0.11)
    variances = 0.16 * (2e-4 / 2 + 2e-4 / 2), 0.36 * (2e-4 / 2 + 0.8e-4 / 6)
    pooled = 0.16 * 2e-4, 0.36 * (2e-4 + 4e-4) / 6 * (1 / 2 + 1 / 6)
    parts, sizes = [0.16 * 1e-4] * 2 + [0.36 * 1e-4, 0.36 * 0.8e-4 / 6], [2, 2, 2, 6]
    welch_df = sum(parts) ** 2 / sum(p**2 / (n - 1) for p, n in zip(parts, sizes, strict=True))
    student_df = sum(pooled) ** 2 / (pooled[0] ** 2 / 2 + pooled[1] ** 2 / 6)
    expected = [2 * stats.t.sf(0.038 / sum(v) ** 0.5, df) for v, df in ((variances, welch_df), (pooled, student_df))]
    assert found.p == pytest.approx(max(expected))
    assert (found.before.n, found.after.n, found.points.method) == (4, 8, "welch-share-within")


@QUIET
@given(counts, counts)
def test_one_stratum_is_the_plain_comparison(before, after):
    plain, within = shift(*before, *after), shift_within([before], [after])
    assert within.p == (None if plain.p is None else pytest.approx(plain.p))
    assert within.points.low == (None if plain.points.low is None else pytest.approx(plain.points.low))
    assert within.ratio.value == (None if plain.ratio.value is None else pytest.approx(plain.ratio.value))
    assert within.ratio.low == (None if plain.ratio.low is None else pytest.approx(plain.ratio.low))
    assert (within.before.value, within.too_rare) == (pytest.approx(plain.before.value), plain.too_rare)


def test_a_change_of_the_mixture_alone_is_a_shift_without_strata_and_none_within_them():
    low, high = [2, 3, 2, 3], [20, 22, 21, 19]
    whole = shift([*low * 3, *high], [100] * 16, [*low, *high * 3], [100] * 16)
    within = shift_within([per_hundred(*low * 3), per_hundred(*high)], [per_hundred(*low), per_hundred(*high * 3)])
    assert whole.p < 0.01
    assert (within.p, within.points.value) == (pytest.approx(1.0), pytest.approx(0.0, abs=1e-12))


def test_a_stratum_with_one_event_on_a_side_enters_nothing():
    pairs = [per_hundred(4, 6, 5)], [per_hundred(9, 11)]
    assert shift_within([*pairs[0], per_hundred(50)], [*pairs[1], per_hundred(1, 2)]) == shift_within(*pairs)


def test_without_any_stratum_nothing_is_testable_and_no_number_exists():
    found = shift_within([per_hundred(4)], [per_hundred(9, 11)])
    assert (found.testable, found.p, found.before.value, found.points.value, found.ratio.value, found.smallest_detectable) == (
        False,
        None,
        None,
        None,
        None,
        None,
    )


def test_silent_strata_have_an_upper_limit_and_no_ratio():
    found = shift_within([per_hundred(0, 0)] * 2, [per_hundred(8, 9), per_hundred(7, 9)])
    assert (found.before.value, found.ratio.value) == (0.0, None)
    assert 0 < found.before.high < 0.2
    constant = shift_within([per_hundred(5, 5)] * 2, [per_hundred(9, 9)] * 2)
    assert (constant.p, constant.points.low) == (pytest.approx(2 / 36), None)


@QUIET
@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_swapping_sides_flips_the_sign_and_the_order_of_strata_changes_nothing(strata, random):
    there, back = shift_within(*zip(*strata, strict=True)), shift_within(*[side[::-1] for side in zip(*[(a, b) for b, a in strata], strict=True)])
    assert there.points.value == pytest.approx(-back.points.value, abs=1e-9)
    assert there.p == (None if back.p is None else pytest.approx(back.p, rel=1e-6))


def test_intervals_cover_a_change_that_all_strata_share():
    rng, runs, held = np.random.default_rng(6), 300, []
    for _ in range(runs):
        before = [simulate_events(8, 0.05, 0.4, rng=rng), simulate_events(3, 0.15, 0.4, rng=rng)]
        after = [simulate_events(3, 0.08, 0.4, rng=rng), simulate_events(8, 0.24, 0.4, rng=rng)]
        ratio = shift_within(before, after).ratio
        held.append(ratio.low <= 1.6 <= ratio.high)
    assert 0.91 <= np.mean(held) <= 0.99


def test_sides_with_different_strata_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        shift_within([per_hundred(1, 2)], [])
