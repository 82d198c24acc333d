"""The words that mark a side off."""

import json
import math
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tracker.measures.keyness import g2, log2_ratio, log_odds, per_1000
from tracker.synthetic import simulate_events

INAUGURAL = Path(__file__).resolve().parents[2] / "../shared/corpora/inaugural/speeches.jsonl"
QUIET = settings(derandomize=True, deadline=None, max_examples=60, database=None)
table = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=12)


def columns(pairs):
    return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])


def test_log_odds_by_hand():
    # prior 100 tokens, 12.5 of them this word: 17.5 of 200 against 32.5 of 200; variance 1/17.5 + 1/32.5
    result = log_odds([5, 95], [20, 80], [25, 175])
    delta = math.log(32.5 / 167.5) - math.log(17.5 / 182.5)
    assert result.prior_tokens == 100
    assert result.delta[0] == pytest.approx(delta)
    assert result.z[0] == pytest.approx(delta / math.sqrt(1 / 17.5 + 1 / 32.5))


def test_the_prior_is_the_wanted_size_where_the_texts_are_longer():
    assert log_odds([500, 500], [900, 100], [1400, 600], prior_tokens=300).prior_tokens == 300


def test_a_stronger_prior_draws_rare_words_in():
    counts = [1, 999], [5, 995], [6, 1994]
    assert log_odds(*counts, prior_tokens=900).z[0] < log_odds(*counts, prior_tokens=1).z[0]


@QUIET
@given(table)
def test_swapping_the_sides_flips_the_sign_of_everything(pairs):
    before, after = columns(pairs)
    there, back = log_odds(before, after, before + after), log_odds(after, before, before + after)
    assert there.z == pytest.approx(-back.z)
    assert there.delta == pytest.approx(-back.delta)
    assert g2(before, after) == pytest.approx(g2(after, before), abs=1e-6)
    assert log2_ratio(before, after)[0] == pytest.approx(-log2_ratio(after, before)[0])


@QUIET
@given(table)
def test_every_number_is_finite(pairs):
    before, after = columns(pairs)
    result = log_odds(before, after, before + after)
    for values in (result.delta, result.z, g2(before, after), log2_ratio(before, after)[0], per_1000(before)):
        assert np.isfinite(values).all()


@QUIET
@given(table)
def test_a_word_that_stands_nowhere_changes_no_other(pairs):
    before, after = columns(pairs)
    longer = np.append(before, 0), np.append(after, 0)
    assert log_odds(*longer, longer[0] + longer[1]).z[:-1] == pytest.approx(log_odds(before, after, before + after).z)
    assert g2(*longer)[:-1] == pytest.approx(g2(before, after))


@QUIET
@given(table)
def test_g2_agrees_with_scipy(pairs):
    before, after = columns(pairs)
    for score, a, b in zip(g2(before, after), before, after, strict=True):
        cells = np.array([[a, before.sum() - a], [b, after.sum() - b]])
        if (cells.sum(axis=0) > 0).all() and (cells.sum(axis=1) > 0).all():
            expected = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
            assert score == pytest.approx(expected, abs=1e-7)
        else:
            assert score == pytest.approx(0, abs=1e-7)


def test_a_ratio_is_shown_only_where_both_sides_have_the_word():
    values, shown = log2_ratio([1, 0, 99], [3, 4, 93])
    assert shown.tolist() == [True, False, True]
    assert values[0] == pytest.approx(math.log2(3.5 / 1.5))


def test_a_ratio_allows_for_the_length_of_the_sides():
    assert log2_ratio([100, 900], [200, 1800])[0] == pytest.approx([0, 0], abs=0.01)


def test_rates_are_per_thousand_and_zero_on_an_empty_side():
    assert per_1000([2, 8]).tolist() == [200, 800]
    assert per_1000([0, 0]).tolist() == [0, 0]


def test_an_empty_side_leaves_every_score_finite():
    result = log_odds([0, 0], [5, 5], [5, 5])
    assert np.isfinite(result.z).all()
    assert g2([0, 0], [5, 5]).tolist() == [0, 0]
    assert log_odds([0, 0], [0, 0], [0, 0]).z.tolist() == [0, 0]


def test_a_vocabulary_of_one_word_has_no_contrast():
    assert log_odds([5], [9], [14]).z.tolist() == [0]


def test_results_are_read_only_and_arguments_untouched():
    before, after = np.array([5, 95]), np.array([20, 80])
    before.setflags(write=False)
    after.setflags(write=False)
    result = log_odds(before, after, before + after)
    with pytest.raises(ValueError, match="read-only"):
        result.z[0] = 0
    assert before.tolist() == [5, 95]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1], [1, 2], [2]), "counts must be lists of one length"),
        (([-1, 2], [1, 2], [2, 4]), "every count must be finite and not below 0"),
        (([1, 2], [1, 2], [0, 4]), "the background must hold every counted word"),
    ],
)
def test_impossible_counts_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        log_odds(*arguments)


def test_a_prior_of_nothing_is_refused():
    with pytest.raises(ValueError, match="prior_tokens must lie above 0, not 0"):
        log_odds([1, 2], [1, 2], [2, 4], prior_tokens=0)


def test_a_planted_word_comes_first():
    rng = np.random.default_rng(9)
    words = [[simulate_events(10, share, 0.3, rng=rng)[0].sum() for share in shares] for shares in ((0.02, 0.02, 0.02), (0.02, 0.06, 0.02))]
    before, after = (np.array([*side, 6000]) for side in words)
    assert int(np.argmax(log_odds(before, after, before + after).z)) == 1


@pytest.fixture(scope="module")
def inaugural():
    """Word counts of the addresses up to 1944 and from 1945 to 2021."""
    if not INAUGURAL.exists():
        pytest.skip("the inaugural addresses are not beside the checkout")
    sides = Counter(), Counter()
    for line in INAUGURAL.read_text(encoding="utf-8").splitlines():
        speech = json.loads(line)
        year = int(speech["date"][:4])
        if year <= 2021:
            sides[year >= 1945].update(re.findall("[a-z]+", speech["text"].lower()))
    words = sorted(sides[0] | sides[1])
    before, after = (np.array([side[w] for w in words]) for side in sides)
    return words, before, after


@pytest.mark.shared
def test_the_inaugural_addresses_give_the_known_g2(inaugural):
    words, before, after = inaugural
    america = words.index("america")
    assert (before.sum(), after.sum(), before[america], after[america]) == (99_921, 38_401, 54, 187)
    assert g2(before, after)[america] == pytest.approx(258.497, abs=5e-4)


@pytest.mark.shared
@pytest.mark.parametrize(("word", "z"), [("we", 27.100), ("america", 14.229), ("our", 14.156), ("the", -17.092), ("of", -13.021)])
def test_the_inaugural_addresses_give_the_known_z(inaugural, word, z):
    words, before, after = inaugural
    assert log_odds(before, after, before + after, prior_tokens=500).z[words.index(word)] == pytest.approx(z, abs=5e-4)
