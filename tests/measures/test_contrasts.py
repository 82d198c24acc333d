"""Each group against all others."""

import numpy as np
import pytest

from tracker.measures.contrasts import contrasts
from tracker.measures.shift import shift
from tracker.measures.verdict import Floors

GROUPS = ["a"] * 3 + ["b"] * 4 + ["c"] * 3
HITS = np.array([[9, 4], [8, 5], [9, 3], [2, 4], [3, 5], [2, 3], [3, 4], [3, 6], [2, 2], [4, 4]])
TOKENS = np.full(10, 100)


def test_every_contrast_is_the_shift_from_all_others_to_the_group():
    found = contrasts(GROUPS, HITS, TOKENS)
    assert [(c.theme, c.group) for c in found] == [(0, "a"), (0, "b"), (0, "c"), (1, "a"), (1, "b"), (1, "c")]
    own = np.array(GROUPS) == "b"
    assert found[1].shift == shift(HITS[~own, 0], TOKENS[~own], HITS[own, 0], TOKENS[own], tests=6)


def test_the_family_is_all_tested_themes_and_groups():
    multitest = pytest.importorskip("statsmodels.stats.multitest", reason="statsmodels is not installed; the extra [test] has it")
    found = contrasts(GROUPS, HITS, TOKENS)
    expected = multitest.multipletests([c.shift.p for c in found], method="fdr_bh")[1]
    assert [c.q for c in found] == pytest.approx(list(expected))


def test_verdicts_follow_the_floors():
    assert contrasts(GROUPS, HITS, TOKENS)[0].verdict == "rose"
    assert contrasts(GROUPS, HITS, TOKENS, floors=Floors(9.0, 99.0))[0].verdict == "cannot tell"


def test_rare_themes_and_single_events_leave_the_family():
    found = contrasts([*GROUPS, "d"], np.vstack([np.column_stack([HITS, [1] + [0] * 9]), [5, 5, 0]]), np.full(11, 100))
    words = {(c.theme, c.group): c.verdict for c in found}
    assert {words[2, group] for group in "abc"} == {"too rare"}
    assert {words[theme, "d"] for theme in (0, 1, 2)} == {"not testable"}
    assert sum(c.q is not None for c in found) == 6


def test_events_without_tokens_for_a_theme_are_no_events_of_it():
    tokens = np.column_stack([TOKENS, TOKENS])
    tokens[0, 1] = 0
    hits = HITS.copy()
    hits[0, 1] = 0
    found = {(c.theme, c.group): c for c in contrasts(GROUPS, hits, tokens)}
    assert (found[1, "a"].shift.after.n, found[0, "a"].shift.after.n) == (2, 3)


def test_the_order_of_events_changes_nothing():
    order = np.random.default_rng(1).permutation(10)
    assert contrasts([GROUPS[i] for i in order], HITS[order], TOKENS[order]) == contrasts(GROUPS, HITS, TOKENS)


def test_two_groups_mirror_each_other():
    first, second = contrasts(["a"] * 5 + ["b"] * 5, HITS[:, :1], TOKENS)
    assert first.shift.points.value == -second.shift.points.value
    assert first.q == pytest.approx(second.q)


@pytest.mark.parametrize(("hits", "tokens"), [([1, 2], [100, 100]), ([[1], [2]], [100]), ([[1], [2], [3]], [100, 100])])
def test_shapes_that_do_not_fit_are_refused(hits, tokens):
    with pytest.raises(ValueError, match="hits must be"):
        contrasts(["a", "b"], hits, tokens)
