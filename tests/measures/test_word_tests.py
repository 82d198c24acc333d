"""Which words are tested, by which test, and which pass."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from tracker.measures.word_tests import word_tests


def bursts(k, words, rng, length=1500):
    rates = 1 / np.arange(3, words + 3)
    shares = rates / rates.sum() * np.exp(0.5 * rng.standard_normal((2 * k, words)))
    return rng.poisson(length * shares / shares.sum(axis=1, keepdims=True))


def checked(counts, k, **settings):
    return word_tests(counts, counts.sum(axis=1), np.arange(len(counts)) >= k, rng=np.random.default_rng(1), n_permutations=99, **settings)


@pytest.mark.parametrize(
    ("k", "of", "method"), [(5, 10, "pooled-null"), (4, 10, "quasi-g2"), (2, 4, "quasi-g2"), (1, 10, "none"), (0, 10, "none"), (10, 10, "none")]
)
def test_the_number_of_events_chooses_the_test(k, of, method):
    counts = bursts(5, 40, np.random.default_rng(1))[:of]
    found = checked(counts, k)
    assert (found.method, found.events) == (method, (k, of - k))
    assert (found.tested > 0) == (method != "none") == any(p is not None for p in found.p)


def test_sides_of_very_unequal_length_are_tested_without_exchange():
    counts = np.vstack([bursts(5, 40, np.random.default_rng(1))[:5], bursts(5, 40, np.random.default_rng(2), length=600)[:5]])
    assert checked(counts, 5).method == "quasi-g2"


def test_thousands_of_events_are_tested_in_closed_form(monkeypatch):
    monkeypatch.setattr("tracker.measures.word_tests.MOST_PERMUTED", 9)
    assert checked(bursts(5, 40, np.random.default_rng(1)), 5).method == "quasi-g2"


def test_rare_words_and_words_of_two_events_leave_the_family():
    counts = bursts(5, 30, np.random.default_rng(1)) + 5
    counts[:, 0], counts[:, 1], counts[:, 2], counts[:, 3] = 0, 0, 0, 0
    counts[:9, 0], counts[:2, 1], counts[:3, 2], counts[:10, 3] = 1, 30, 4, 1  # 9 in all; in two events; 12 in three; 10 in ten
    found = checked(counts, 5)
    assert [p is None for p in found.p[:4]] == [True, True, False, False]
    assert found.tested == 28


def test_q_is_that_of_statsmodels_over_the_tested_words_alone():
    found = checked(bursts(3, 300, np.random.default_rng(1)), 3)
    tested = [(p, q) for p, q in zip(found.p, found.q, strict=True) if p is not None]
    assert len(tested) == found.tested < 300
    assert [q for _, q in tested] == pytest.approx(multipletests([p for p, _ in tested], method="fdr_bh")[1])


def test_events_without_a_word_count_for_nothing():
    counts = bursts(3, 40, np.random.default_rng(1))
    silent = np.vstack([counts, np.zeros((2, 40))])
    assert checked(silent, 3).p == checked(counts, 3).p
    assert checked(silent, 3).events == (3, 3)


def test_a_star_needs_a_small_q_a_wide_ratio_and_one_direction():
    counts = bursts(6, 60, np.random.default_rng(1)) + 1
    counts[6:, 0] *= 20
    found = checked(counts, 6)
    assert found.q[0] <= 0.05
    assert found.rises[0]
    ratios = np.zeros(60)
    stars = []
    for ratio in (0.3, 4.0, 0.29, -4.0):
        ratios[0] = ratio
        stars.append(found.starred(ratios)[0])
    assert stars == [True, True, False, False]
    assert not any(found.starred(ratios, level=0.999999999))


def test_untested_words_have_no_star():
    assert checked(np.full((2, 3), 40), 1).starred([5.0] * 3) == [False] * 3


def test_a_vocabulary_of_nothing_is_not_tested():
    found = word_tests(np.zeros((4, 0)), [0] * 4, [0, 0, 1, 1], rng=np.random.default_rng(1))
    assert (found.p, found.method, found.tested) == ((), "none", 0)
