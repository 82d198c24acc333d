"""The false discovery rate of one family."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from tracker.measures.multiplicity import benjamini_hochberg

QUIET = settings(derandomize=True, deadline=None, max_examples=100, database=None)
p_values = st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=30)


def test_four_tests_by_hand():
    # .01 x 4/1, .02 x 4/2, .03 x 4/3, .5
    assert benjamini_hochberg([0.03, 0.01, 0.5, 0.02]) == pytest.approx([0.04, 0.04, 0.5, 0.04])


@QUIET
@given(p_values)
def test_it_agrees_with_statsmodels_and_passes_over_what_was_not_tested(p):
    tested = [value for value in p if value is not None]
    expected = iter(multipletests(tested, method="fdr_bh")[1] if tested else [])
    assert benjamini_hochberg(p) == [None if value is None else pytest.approx(next(expected)) for value in p]


@QUIET
@given(p_values, st.randoms(use_true_random=False))
def test_the_order_of_tests_changes_nothing(p, random):
    order = random.sample(range(len(p)), len(p))
    q, moved = benjamini_hochberg(p), benjamini_hochberg([p[i] for i in order])
    assert moved == [q[i] for i in order]


def test_an_untested_theme_leaves_the_family():
    assert benjamini_hochberg([0.02, None, None]) == [0.02, None, None]
    assert benjamini_hochberg([]) == []


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan")])
def test_what_is_no_p_is_refused(bad):
    with pytest.raises(ValueError, match="every p must lie in 0-1"):
        benjamini_hochberg([0.5, bad])


def test_of_the_themes_said_to_have_moved_few_have_not():
    rng = np.random.default_rng(3)
    false_rates = []
    for _ in range(400):
        p = np.concatenate((rng.random(15), rng.beta(0.05, 5, 5)))
        found = [i for i, q in enumerate(benjamini_hochberg(p.tolist())) if q <= 0.05]
        false_rates.append(np.mean([i < 15 for i in found]) if found else 0.0)
    assert np.mean(false_rates) <= 0.05
