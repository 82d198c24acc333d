"""Novelty, transience and resonance."""

import numpy as np
import pytest
from scipy import special, stats

from tracker.measures.novelty import mixture_novelty, novelty


def mixed(rows, seed=1, **settings_):
    return mixture_novelty(rows, rng=np.random.default_rng(seed), **{"n_shuffles": 199, **settings_})


def counted(rows, seed=1, **settings_):
    return novelty(rows, rng=np.random.default_rng(seed), **{"n_shuffles": 199, **settings_})


def kl(p, q):
    return special.rel_entr(p, q).sum() / np.log(2)


def some_mixtures(n=18, k=4, seed=3):
    return np.random.default_rng(seed).dirichlet(np.ones(k) * 3, n)


def test_window_means_agree_with_the_formula_written_out():
    rows = some_mixtures()
    result = mixed(rows, window=3)
    assert result.events.tolist() == list(range(3, 15))
    for at, j in enumerate(result.events):
        before, after = (np.mean([kl(rows[j], rows[j + sign * d]) for d in (1, 2, 3)]) for sign in (-1, 1))
        others = np.mean([kl(rows[j], rows[i]) for i in range(18) if i != j])
        assert (result.apart[at], result.novelty[at], result.transience[at]) == pytest.approx((others, before - others, after - others))
        assert result.resonance[at] == pytest.approx(before - after)


def test_a_break_that_lasts_by_hand():
    result = mixed([[0.75, 0.25]] * 8 + [[0.25, 0.75]] * 8, window=2)
    bits = kl(np.array([0.25, 0.75]), np.array([0.75, 0.25]))
    at = result.events.tolist().index(8)
    assert result.resonance[at] == pytest.approx(bits)
    assert result.novelty[at] == pytest.approx(bits - bits * 8 / 15)


def test_words_are_smoothed_by_half_as_many_of_the_whole_corpus():
    counts = np.random.default_rng(5).multinomial(100, [0.4, 0.3, 0.2, 0.1], 16)
    counts[3] = [100, 0, 0, 0]
    smoothed = (counts + 50 * counts.sum(axis=0) / counts.sum()) / 150
    ours, theirs = counted(counts, window=2), mixed(smoothed, window=2)
    for name in ("apart", "novelty", "transience", "resonance", "reach"):
        assert getattr(ours, name).tolist() == pytest.approx(getattr(theirs, name).tolist())
    assert (ours.depth, theirs.depth) == (100, 0)


def test_the_slope_agrees_with_scipy_and_is_given_with_its_shuffled_value():
    result = mixed(some_mixtures(40), n_shuffles=499)
    raw = result.novelty + result.apart
    assert result.slope.observed == pytest.approx(stats.linregress(raw, result.resonance).slope)
    assert 0.3 < result.slope.shuffled < 0.8
    assert result.slope.low < result.slope.shuffled < result.slope.high
    assert 0 < result.slope.p <= 1


def test_fourteen_events_are_too_few_and_the_window_follows_the_number():
    assert mixed(some_mixtures(14)) is None
    assert counted(np.ones((14, 90), dtype=int)) is None
    assert [mixed(some_mixtures(n), n_shuffles=9).window for n in (15, 29, 30, 50)] == [3, 5, 7, 7]


def test_short_events_are_left_out_and_indices_still_name_the_events_handed_in():
    counts = np.random.default_rng(6).multinomial(200, [0.5, 0.3, 0.2], 20)
    counts[4] = [5, 3, 1]
    result = counted(counts, window=1)
    assert (result.left_out, result.depth) == (1, 200)
    assert result.events.tolist() == [1, 2, 3, *range(5, 19)]


def test_turning_time_round_swaps_novelty_and_transience():
    rows = some_mixtures()
    there, back = mixed(rows), mixed(rows[::-1])
    assert back.novelty[::-1].tolist() == pytest.approx(there.transience.tolist())
    assert back.resonance[::-1].tolist() == pytest.approx((-there.resonance).tolist())


def test_the_order_of_terms_changes_nothing_but_rounding():
    rows = some_mixtures()
    assert mixed(rows[:, ::-1]).p.tolist() == pytest.approx(mixed(rows).p.tolist())


def test_equal_events_have_no_news():
    result = mixed([[0.5, 0.5]] * 20)
    assert set(result.p.tolist()) == {1.0}
    assert (result.slope.observed, abs(result.resonance).max()) == (0, 0)


def test_the_corrected_p_is_that_of_scipy_and_arrays_are_read_only():
    result = mixed(some_mixtures(40))
    assert result.q.tolist() == pytest.approx(stats.false_discovery_control(result.p).tolist())
    assert not result.p.flags.writeable


def test_the_same_random_state_gives_the_same_bytes():
    counts = np.random.default_rng(7).multinomial(300, [0.5, 0.3, 0.2], 20)
    counts[:10] *= 2
    assert counted(counts).p.tobytes() == counted(counts).p.tobytes()


def test_what_does_not_fit_is_named():
    with pytest.raises(ValueError, match=r"^a window of 10 on both sides does not fit 18 events, or there are more than 4,000 of them$"):
        mixed(some_mixtures(), window=10)
    with pytest.raises(ValueError, match=r"^every share of a mixture must lie above 0, and every row sum to 1$"):
        mixed([[1.0, 0.0]] * 20)
