"""Thinning events to one length."""

import numpy as np
import pytest
from scipy import sparse, stats

from tracker.measures.rarefaction import common_depth, content_rank, count_matrix, draws_needed, rarefied


def test_every_row_is_thinned_to_the_depth_and_no_count_grows():
    counts = count_matrix(np.random.default_rng(1).poisson(3, (20, 40)))
    thinned = rarefied(counts, 50, np.random.default_rng(2))
    assert set(thinned.sum(axis=1).tolist()) == {50}
    assert ((counts - thinned).toarray() >= 0).all()


def test_thinning_is_hypergeometric():
    counts = count_matrix([[30, 70]] * 4000)
    first = rarefied(counts, 20, np.random.default_rng(3)).toarray()[:, 0]
    truth = stats.hypergeom(100, 30, 20)
    assert first.mean() == pytest.approx(truth.mean(), abs=4 * truth.std() / 4000**0.5)
    assert first.var() == pytest.approx(truth.var(), rel=0.1)


def test_the_matrix_handed_in_is_not_changed():
    given = sparse.csr_array([[4, 0, 6], [3, 0, 0]])
    given.data.setflags(write=False)
    before = given.toarray().copy()
    rarefied(count_matrix(given), 2, np.random.default_rng(1))
    assert (given.toarray() == before).all()


def test_a_row_shorter_than_the_depth_is_refused_with_both_numbers():
    with pytest.raises(ValueError, match=r"^a row of 3 tokens cannot be thinned to 4$"):
        rarefied(count_matrix([[1, 2]]), 4, np.random.default_rng(1))


@pytest.mark.parametrize("counts", [[[-1, 2]], [[0.5, 2]], [[float("nan"), 1]]])
def test_counts_are_whole_and_not_below_zero(counts):
    with pytest.raises(ValueError, match=r"^every count must be a whole number not below 0$"):
        count_matrix(counts)


def test_one_short_remark_does_not_cut_twenty_speeches_down():
    assert common_depth([60, *[3000] * 19], [0] * 10 + [1] * 10) == 3000


def test_four_events_of_a_side_are_never_given_up_for_depth():
    assert common_depth([60, 2000, 2000, 2000, *[3000] * 9], [0] * 4 + [1] * 9) == 60


def test_events_below_the_least_length_take_no_part_and_a_side_without_any_has_no_depth():
    assert common_depth([10, 80, 90], [0, 0, 1]) == 80
    assert common_depth([10, 20, 90], [0, 0, 1]) == 0


def test_a_few_events_are_drawn_ten_times_and_many_once():
    assert [draws_needed(n) for n in (0, 6, 20, 40, 199, 200, 5000)] == [10, 10, 10, 5, 2, 1, 1]


def test_the_rank_of_rows_follows_their_content_only():
    rows = np.array([[0, 3, 1], [2, 0, 0], [0, 3, 1], [1, 1, 1]])
    ranks = content_rank(count_matrix(rows))
    order = [2, 3, 1, 0]
    assert content_rank(count_matrix(rows[order])).tolist() == ranks[order].tolist()
    assert ranks[0] == ranks[2]
