"""The term matrix: sorted, read-only, and summed by group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis import analyse
from tracker.lexicon import Lexicon
from tracker.matrix import build, count_terms, group, select_terms, some_units, types_in
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.vocabulary import VOCABULARY

UNITS = [{"port": 2, "rail": 1}, {"rail": 3}, {"grain": 1, "rail": 1}]
IDS = ["b/0", "a/0", "a/1"]
SPEECHES = ["b", "a", "a"]
EVENTS = {"a": "e1", "b": "e1"}


def test_rows_and_columns_are_sorted():
    matrix = build(UNITS, IDS, SPEECHES, EVENTS)
    assert matrix.unit_ids == ("a/0", "a/1", "b/0")
    assert matrix.unit_speech == ("a", "a", "b")
    assert matrix.terms == ("grain", "port", "rail")
    assert matrix.counts.toarray().tolist() == [[0, 0, 3], [1, 0, 1], [0, 2, 1]]
    assert matrix.counts.dtype == np.int32


def test_arrays_are_read_only():
    matrix = build(UNITS, IDS, SPEECHES, EVENTS)
    with pytest.raises(ValueError, match="read-only"):
        matrix.counts.data[0] = 7
    with pytest.raises(TypeError):
        matrix.speech_event["a"] = "other"


def test_rare_and_common_terms_can_be_left_out():
    assert build(UNITS, IDS, SPEECHES, EVENTS, min_units=2).terms == ("rail",)
    assert build(UNITS, IDS, SPEECHES, EVENTS, max_share=0.5).terms == ("grain", "port")


def test_selecting_terms_leaves_the_rows_and_the_source_alone():
    matrix = build(UNITS, IDS, SPEECHES, EVENTS)
    chosen = select_terms(matrix, keep={"port", "unknown"})
    assert chosen.terms == ("port",)
    assert chosen.counts.toarray().tolist() == [[0], [0], [2]]
    assert matrix.terms == ("grain", "port", "rail")


def test_a_count_of_zero_is_not_stored():
    matrix = build([{"port": 0, "rail": 1}], ["a"], ["a"], {"a": "a"})
    assert matrix.terms == ("rail",)
    assert matrix.counts.nnz == 1


def test_groups_are_sums_and_know_their_speech_when_it_is_one():
    matrix = build(UNITS, IDS, SPEECHES, EVENTS)
    by_speech = group(matrix, matrix.unit_speech)
    assert (by_speech.unit_ids, by_speech.unit_speech) == (("a", "b"), ("a", "b"))
    assert by_speech.counts.toarray().tolist() == [[1, 0, 4], [0, 2, 1]]
    by_event = group(matrix, [EVENTS[s] for s in matrix.unit_speech])
    assert (by_event.unit_ids, by_event.unit_speech) == (("e1",), ("",))
    assert by_event.counts.toarray().tolist() == [[1, 2, 5]]
    assert by_event.counts.dtype == np.int32


def test_rows_labelled_with_nothing_are_left_out():
    matrix = build(UNITS, IDS, SPEECHES, EVENTS)
    assert group(matrix, ["2022", "", "2022"]).counts.toarray().tolist() == [[0, 2, 4]]


def test_no_units_make_an_empty_matrix():
    matrix = build([], [], [], {})
    assert matrix.counts.shape == (0, 0)
    assert group(matrix, []).unit_ids == ()


def test_units_without_terms_stay_as_rows():
    assert build([{}, {"port": 1}], ["a", "b"], ["a", "b"], {}).counts.toarray().tolist() == [[0], [1]]


def test_two_units_with_one_id_are_refused():
    with pytest.raises(ValueError, match="one id of its own"):
        build([{}, {}], ["a", "a"], ["a", "a"], {})


def test_labels_must_fit_the_rows():
    with pytest.raises(ValueError, match="1 labels for 3 rows"):
        group(build(UNITS, IDS, SPEECHES, EVENTS), ["a"])


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), max_size=5), max_size=6), st.randoms())
def test_the_order_of_adding_never_matters(units, random):
    ids = [f"s{i}" for i in range(len(units))]
    shuffled = random.sample(range(len(units)), len(units))
    first = build(units, ids, ids, {})
    second = build([dict(reversed(units[i].items())) for i in shuffled], [ids[i] for i in shuffled], [ids[i] for i in shuffled], {})
    assert (first.terms, first.unit_ids) == (second.terms, second.unit_ids)
    assert all(getattr(first.counts, part).tobytes() == getattr(second.counts, part).tobytes() for part in ("data", "indices", "indptr"))
    assert first.counts.sum() == sum(sum(unit.values()) for unit in units)


TEXTS = ["Ports grow. Our port is old, and the rails are new.", "The rail runs to the ports.", "", "Grain, grain and grain!"]


def speeches():
    return [analyse(Speech(key=f"s{i}", text=text, language="en"), Lexicon(()), Recipe()) for i, text in enumerate(TEXTS)]


def as_dicts(matrix):
    return {unit: {matrix.terms[i]: int(n) for i, n in enumerate(row) if n} for unit, row in zip(matrix.unit_ids, matrix.counts.toarray(), strict=True)}


def test_the_terms_of_speeches_are_summed_by_unit_and_sorted():
    matrix = count_terms(speeches(), ["b", "a", "c", "b"], frozenset())
    assert as_dicts(matrix) == {"a": {"port": 1, "rail": 1, "run": 1}, "b": {"grain": 3, "grow": 1, "new": 1, "old": 1, "port": 2, "rail": 1}, "c": {}}
    assert list(matrix.terms) == sorted(matrix.terms)
    assert matrix.unit_speech[0] == speeches()[1].speech.id
    assert matrix.unit_speech[1] == ""


@pytest.mark.parametrize("gone", ["port", "ports"])
def test_a_word_left_out_by_its_form_or_its_lemma_is_not_counted(gone):
    counted = as_dicts(count_terms(speeches(), ["a"] * 4, frozenset({gone})))["a"]
    assert counted.get("port", 0) == (0 if gone == "port" else 1)


def test_small_blocks_give_the_same_matrix(monkeypatch):
    units = ["b", "a", "c", "b"]
    whole = count_terms(speeches(), units, frozenset())
    total = types_in(speeches())
    monkeypatch.setattr("tracker.matrix._CELLS", 1)
    monkeypatch.setattr("tracker.analysis._SOME", 1)
    small = count_terms(speeches(), units, frozenset())
    assert (small.terms, as_dicts(small)) == (whole.terms, as_dicts(whole))
    assert types_in(speeches()).tolist() == total.tolist()
    assert {VOCABULARY.types[i]: int(n) for i, n in enumerate(total) if n}["Ports".casefold(), "port"] == 2


def test_no_speeches_have_no_terms():
    assert count_terms([], [], frozenset()).counts.shape == (0, 0)
    assert types_in([]).sum() == 0


def test_some_units_keep_their_rows_and_the_terms_in_them():
    matrix = some_units(build(UNITS, IDS, SPEECHES, EVENTS), [0, 1])
    assert (matrix.unit_ids, matrix.terms, dict(matrix.speech_event)) == (("a/0", "a/1"), ("grain", "rail"), {"a": "e1"})
    assert matrix.counts.toarray().tolist() == [[0, 3], [1, 1]]
