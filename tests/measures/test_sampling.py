import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.measures.sampling import LEAST, drawn, power_allocation


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=12), st.integers(1, 300))
def test_the_allocation_adds_up_and_gives_every_stratum_its_least(sizes, n):
    given_ = power_allocation(sizes, n)
    assert all(min(LEAST, size) <= take <= size for size, take in zip(sizes, given_, strict=True))
    assert sum(given_) == min(sum(sizes), max(n, sum(min(LEAST, size) for size in sizes)))


def test_four_times_as_many_passages_get_twice_as_many_places():
    assert power_allocation([400, 1600], 90) == (30, 60)


def test_every_unit_of_a_stratum_is_drawn_equally_often():
    rng = np.random.default_rng(3)
    counts = np.zeros(8)
    for _ in range(4000):
        counts[drawn([8], [3], rng)[0]] += 1
    assert counts == pytest.approx(np.full(8, 1500), abs=5 * (4000 * 3 / 8 * 5 / 8) ** 0.5)


def test_strata_without_units_are_refused():
    with pytest.raises(ValueError, match="needs units"):
        power_allocation([3, 0], 5)
