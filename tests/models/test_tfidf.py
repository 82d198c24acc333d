import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.matrix import build
from tracker.models.tfidf import distinctive


def grouped(**units):
    return build(list(units.values()), list(units), list(units), {})


def words(found, unit):
    return [term for term, _, _ in found[unit]]


def test_weight_by_hand():
    found = distinctive(grouped(a={"quay": 4, "levy": 4}, b={"levy": 2, "barley": 6}))
    rare, shared = (1 + np.log(4)) * (1 + np.log(3 / 2)), 1 + np.log(4)
    length = np.hypot(rare, shared)
    assert [(term, count) for term, _, count in found["a"]] == [("quay", 4), ("levy", 4)]
    assert [weight for _, weight, _ in found["a"]] == pytest.approx([rare / length, shared / length * (0.5 - 0.25) / (0.5 + 0.25)])
    assert words(found, "b") == ["barley"]


def test_at_equal_counts_a_word_of_one_text_only_leads_one_of_both():
    found = distinctive(grouped(a={"quay": 5, "levy": 5, "filler": 10}, b={"levy": 1, "filler": 19}))
    assert words(found, "a") == ["quay", "levy"]


def test_what_is_as_frequent_in_both_texts_marks_neither():
    found = distinctive(grouped(a={"nation": 9, "quay": 2}, b={"nation": 9, "barley": 2}))
    assert found["a"][0][0] == "quay"
    assert all("nation" not in words(found, unit) for unit in "ab")


def test_words_that_occur_once_only_fill_up():
    unit = {f"often{i}": 2 for i in range(3)} | {f"once{i}": 1 for i in range(3)}
    matrix = grouped(a=unit, b={"barley": 3})
    assert words(distinctive(matrix, n=3), "a") == ["often0", "often1", "often2"]
    assert words(distinctive(matrix, n=4), "a") == ["often0", "often1", "often2", "once0"]


def test_a_text_without_words_and_a_corpus_without_words_have_empty_lists():
    assert distinctive(grouped(a={"quay": 2}, b={}))["b"] == []
    assert distinctive(grouped(a={}, b={})) == {"a": [], "b": []}


def test_a_single_text_shows_its_most_frequent_words():
    assert words(distinctive(grouped(a={"quay": 2, "levy": 3})), "a") == ["levy", "quay"]


@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 9)), min_size=2, max_size=4))
def test_every_word_listed_is_at_least_twice_as_frequent_as_elsewhere(units):
    matrix = build(units, [f"u{i}" for i in range(len(units))], [f"u{i}" for i in range(len(units))], {})
    for unit, found in distinctive(matrix, n=3).items():
        here = units[int(unit[1:])]
        others = [u for i, u in enumerate(units) if i != int(unit[1:])]
        total = max(1, sum(sum(u.values()) for u in others))
        assert len(found) <= 3
        assert [weight for _, weight, _ in found] == sorted((weight for _, weight, _ in found), reverse=True)
        for term, weight, count in found:
            assert here[term] == count
            assert 0 < weight <= 1
            assert count / sum(here.values()) >= 2 * sum(u.get(term, 0) for u in others) / total - 1e-9
