import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.coded import CodedSample, corrected_share, precision, recall


def sample(coded, listed, stratum, passages, *, tokens=None, noise=None):
    n = len(coded)
    parts = (np.array(part, dtype=float) for part in (coded, listed, tokens or [1] * n))
    return CodedSample(*parts, np.array(stratum), np.array(passages), np.array(noise or [0] * n, dtype=float))


BY_HAND = sample([1, 1, 1, 0, 1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0, 0, 0], [0] * 4 + [1] * 6, [20, 120])


def test_precision_and_recall_by_hand():
    assert precision(BY_HAND).value == 3 / 4
    assert precision(BY_HAND).method == "wilson"
    # 15 of 20 hits are right; 1 of 6 of the 120 others is missed, so 20: 15 / 35.
    found = recall(BY_HAND, 20)
    assert found.value == pytest.approx(15 / 35)
    assert found.low < 15 / 35 < found.high
    assert (found.n, found.method) == (4, "design-weighted")


def test_the_corrected_share_by_hand():
    # The list has 20 of 140; coders take 20 / 4 = 5 away and add 120 / 6 = 20.
    found = corrected_share(BY_HAND, 20, 140)
    assert found.value == pytest.approx((20 - 5 + 20) / 140)
    # Variance by the textbook, N^2 (1 - n/N) s^2 / n, s^2 at least that of a share of differences of (k + 1/2) / (n + 1).
    spread = [max(0.25, 0.3 * 0.7), max(1 / 6, 1.5 / 7 * 5.5 / 7)]
    parts = [(400 * (1 - 4 / 20) * spread[0] / 4, 3), (120**2 * (1 - 6 / 120) * spread[1] / 6, 5)]
    variance = sum(v for v, _ in parts)
    df = variance**2 / sum(v**2 / d for v, d in parts)
    assert found.high - found.value == pytest.approx(stats.t.ppf(0.975, df) * variance**0.5 / 140)


def test_all_passages_read_leave_nothing_open_but_what_coders_leave_open():
    everything = sample([1, 1, 0, 0], [1, 0, 0, 1], [0, 1, 1, 0], [2, 2])
    found = corrected_share(everything, 2, 4)
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)
    disputed = sample([0.5, 1, 0, 0], [1, 0, 0, 1], [0, 1, 1, 0], [2, 2], noise=[0.25, 0, 0, 0])
    assert corrected_share(disputed, 2, 4).low < 0.375


def test_no_difference_in_a_few_passages_is_no_certainty():
    blameless = sample([1, 1, 0, 0, 0], [1, 1, 0, 0, 0], [0, 0, 1, 1, 1], [20, 300])
    found = corrected_share(blameless, 20, 320)
    assert found.value == pytest.approx(20 / 320)
    assert found.high - found.low > 0.1


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(10)), st.floats(0.5, 20))
def test_neither_the_order_of_passages_nor_the_unit_of_length_counts(order, scale):
    chosen = list(order)
    again = CodedSample(*(getattr(BY_HAND, name)[chosen] for name in ("coded", "listed")), scale * BY_HAND.tokens, BY_HAND.stratum[chosen],
                        BY_HAND.passages, BY_HAND.noise)  # fmt: skip
    for found, expected in ((corrected_share(again, 20 * scale, 140 * scale), corrected_share(BY_HAND, 20, 140)), (recall(again, 20), recall(BY_HAND, 20))):
        assert (found.value, found.low, found.high) == pytest.approx((expected.value, expected.low, expected.high))


def test_a_part_is_measured_as_if_it_stood_alone():
    both = sample([1, 0, 1, 0], [1, 0, 1, 0], [0, 1, 2, 3], [5, 50, 7, 70])
    part = both.only(np.array([True, True, False, False]))
    assert precision(part).n == 1
    assert corrected_share(part, 5, 55).value == pytest.approx(5 / 55)


def test_a_stratum_nobody_coded_has_no_corrected_share():
    assert corrected_share(sample([1], [1], [0], [3, 4]), 3, 7).value is None
    assert recall(sample([1], [1], [0], [3, 4]), 3).value is None
    assert recall(sample([0], [0], [0], [3]), 0).value is None


def test_a_list_that_finds_nothing_or_everything_has_a_recall_that_is_known():
    nothing, everything = recall(sample([1], [0], [0], [3]), 0), recall(sample([1], [1], [0], [3]), 3)
    assert [(found.value, found.low, found.high) for found in (nothing, everything)] == [(0, 0, 0), (1, 1, 1)]


def test_samples_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="one length"):
        sample([1], [1, 0], [0], [3])
    with pytest.raises(ValueError, match="more passages"):
        sample([1, 1], [1, 0], [0, 0], [1])
