from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.measures import phrases
from tracker.measures.phrases import maximal_runs


def found(words, follows=None, edge=None, **how):
    n = len(words)
    runs = maximal_runs(words, [1] * n if follows is None else follows, [1] * n if edge is None else edge, **{"lift": 0, **how})
    return [(tuple(words[int(run.places[0]) + k] for k in range(run.length)), run.places.tolist()) for run in runs]


def test_by_hand_the_longest_is_kept_and_its_fragments_are_not():
    # a b c, three times, with a full stop behind each
    words, follows = [0, 1, 2] * 3, [1, 1, 0] * 3
    assert found(words, follows) == [((0, 1, 2), [0, 3, 6])]


def test_a_part_that_also_stands_alone_is_a_phrase_with_all_its_uses():
    words = [0, 1, 2] * 3 + [0, 1, 7, 0, 1, 8, 0, 1, 9]
    follows = [1, 1, 0] * 3 + [1, 0, 0] * 3
    assert found(words, follows) == [((0, 1, 2), [0, 3, 6]), ((0, 1), [0, 3, 6, 9, 12, 15])]


def test_no_run_begins_or_ends_with_a_word_that_may_not():
    words, follows, edge = [5, 0, 5, 1, 5] * 3, [1, 1, 1, 1, 0] * 3, [0, 1, 0, 1, 0] * 3
    assert found(words, follows, edge) == [((0, 5, 1), [1, 6, 11])]


def test_a_long_sentence_said_again_gives_runs_that_do_not_slide():
    sentence = list(range(12))
    runs = found(sentence * 3, ([1] * 11 + [0]) * 3)
    assert [places[0] for _, places in runs if len(_) == 5] == [0, 3, 6] or len([r for r in runs if len(r[0]) == 5]) <= 4


def test_chance_meetings_of_frequent_words_are_left_out():
    rng = np.random.default_rng(1)
    words = rng.integers(0, 5, 400)
    words[::40], words[1::40] = 8, 9
    runs = maximal_runs(words, np.ones(400), np.ones(400), least=5)
    assert [tuple(words[run.places[0] : run.places[0] + run.length]) for run in runs] == [(8, 9)]


def test_a_word_alone_counts_where_it_is_asked_for():
    assert [run.length for run in maximal_runs([3, 4, 3, 4, 3], [0] * 5, [1] * 5, alone=[1, 0, 1, 0, 1])] == [1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=60), st.data())
def test_uses_are_those_a_plain_count_finds(words, data):
    follows = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    edge = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    plain = Counter()
    for length in range(2, 6):
        for i in range(len(words) - length + 1):
            if all(follows[i : i + length - 1]) and edge[i] and edge[i + length - 1]:
                plain[tuple(words[i : i + length])] += 1
    for run, places in found(words, follows, edge, least=2):
        assert len(places) == plain[run] >= 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=120), st.integers(1, 9), st.integers(1, 9), st.data())
def test_small_blocks_change_nothing(words, block, part, data):
    n = len(words)
    follows, edge, alone = (data.draw(st.lists(st.booleans(), min_size=n, max_size=n)) for _ in range(3))

    def told():
        return [(run.length, run.places.tolist()) for run in maximal_runs(words, follows, edge, alone=alone, least=2, lift=0)]

    whole = told()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrases, "_BLOCK", block)
        patch.setattr(phrases, "_PART", part)
        assert told() == whole


def test_nothing_and_bad_input():
    assert maximal_runs([], [], []) == []
    with pytest.raises(ValueError, match="one length"):
        maximal_runs([1], [1, 0], [1])
    with pytest.raises(ValueError, match="1 or more"):
        maximal_runs([1], [1], [1], least=0)
