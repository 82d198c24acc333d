"""Numbers that others printed, or that anyone can reproduce from texts at hand; those of G2 and z, Mann-Kendall and the Nile's posterior stand with their measures."""

import json
import math
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from tracker.measures.changepoint import changepoint
from tracker.measures.keyness import g2
from tracker.tokens import tokenise

INAUGURAL = Path(__file__).resolve().parents[2] / "../shared/corpora/inaugural/speeches.jsonl"
AMERICA = (54, 99_921), (187, 38_401)  # of all words of the addresses before and from 1945 on
NILE = (
    "1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100 1210 1150 1250 1260 1220 1030 1100 774 840 874 694 940 833 "
    "701 916 692 1020 1050 969 831 726 456 824 702 1120 1100 832 764 821 768 845 864 862 698 845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649 846 "
    "812 742 801 1040 860 874 848 890 744 749 838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 919 718 714 740"
)


@pytest.fixture(scope="module")
def addresses():
    if not INAUGURAL.exists():
        pytest.skip("the inaugural addresses are not beside the checkout")
    return [json.loads(line) for line in INAUGURAL.read_text(encoding="utf-8").splitlines()]


@pytest.mark.shared
def test_there_are_fifty_nine_addresses_to_2021_and_one_of_2025(addresses):
    years = [int(speech["date"][:4]) for speech in addresses]
    assert years == [*range(1789, 2022, 4), 2025]


@pytest.mark.shared
def test_the_first_addresses_have_the_words_and_marks_that_nltks_texts_have(addresses):
    counted = [len(re.findall(r"\w+(?:[-'’]\w+)*|[^\w\s]", speech["text"])) for speech in addresses[:6]]
    assert counted == [1538, 147, 2578, 1927, 2381, 1263]


@pytest.mark.shared
def test_with_marks_in_a_row_as_one_they_come_within_one_token_of_quantedas_summary(addresses):
    counted = [len(re.findall(r"\w+(?:[-']\w+)*|[^\w\s]+", speech["text"])) for speech in addresses[:6]]
    assert counted == pytest.approx([1537, 147, 2577, 1923, 2380, 1261], abs=1)


@pytest.mark.shared
def test_our_own_words_are_those_of_that_rule_without_the_marks(addresses):
    for speech in addresses[:6]:
        words = re.findall(r"\w+(?:[-'’]\w+)*", speech["text"])
        assert len(tokenise(speech["text"], "en").words) == pytest.approx(len(words), rel=0.01)


@pytest.mark.shared
def test_america_stands_as_often_before_and_after_1945_as_the_keyness_figures_take_it(addresses):
    sides = Counter(), Counter()
    for speech in addresses[:59]:
        sides[int(speech["date"][:4]) >= 1945].update(re.findall("[a-z]+", speech["text"].lower()))
    assert tuple((side["america"], side.total()) for side in sides) == AMERICA


@pytest.mark.parametrize(("correction", "expected"), [(False, 298.925), (True, 296.441)])
def test_chi_squared_of_america_with_and_without_yates(correction, expected):
    table = [[hits, tokens - hits] for hits, tokens in AMERICA]
    assert stats.chi2_contingency(table, correction=correction).statistic == pytest.approx(expected, abs=5e-4)


def test_rayson_and_garside_leave_out_two_of_the_four_cells_of_our_g2():
    (a, of_a), (b, of_b) = AMERICA
    share, rest = (a + b) / (of_a + of_b), (of_a - a, of_b - b)
    ours = g2([a, rest[0]], [b, rest[1]])[0]
    dropped = 2 * sum(n * math.log(n / (of * (1 - share))) for n, of in zip(rest, (of_a, of_b), strict=True))
    assert ours == pytest.approx(258.497, abs=5e-4)
    assert ours - dropped == pytest.approx(257.976, abs=5e-4)
    assert ours - dropped == pytest.approx(2 * (a * math.log(a / (of_a * share)) + b * math.log(b / (of_b * share))))


@pytest.mark.parametrize(("p", "cut_off"), [(0.05, 3.84), (0.01, 6.63), (0.001, 10.83), (0.0001, 15.13)])
def test_the_cut_offs_of_ucrels_table_are_quantiles_of_chi_squared(p, cut_off):
    assert stats.chi2.isf(p, 1) == pytest.approx(cut_off, abs=0.007)  # 15.137 is printed there as 15.13


def test_our_g2_exceeds_ucrels_cut_off_in_one_of_twenty_tables_of_independent_words():
    rng = np.random.default_rng(3)
    before, after = rng.binomial(10_000, 0.02, 4000), rng.binomial(20_000, 0.02, 4000)
    scores = np.array([g2([a, 10_000 - a], [b, 20_000 - b])[0] for a, b in zip(before, after, strict=True)])
    assert (scores > 3.84).mean() == pytest.approx(0.05, abs=3 * (0.05 * 0.95 / 4000) ** 0.5)


def test_the_best_single_split_of_the_nile_by_least_squares_is_behind_its_28th_year_as_ours_is():
    values = np.array(NILE.split(), dtype=float)
    costs = [values[:k].var() * k + values[k:].var() * (100 - k) for k in range(1, 100)]
    ours = changepoint(values, range(1871, 1971), n_permutations=19, rng=np.random.default_rng(1)).best
    assert int(np.argmin(costs)) + 1 == 28
    assert ours.last_before == 1871 + 27 == 1898
