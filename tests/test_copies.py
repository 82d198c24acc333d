"""What two texts share, and the fingerprints that find such pairs without comparing all."""

from __future__ import annotations

import random
from array import array
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.copies import SAME, SHORTEST, Sketch, likely_copies, overlap, pack, runs_of, sharing, sketch, unpack

WORDS = [
    f"{a}{b}" for a in ("har", "or", "mill", "bri", "school", "wel", "gar", "ves") for b in ("bour", "chard", "stone", "dge", "field", "der", "den", "sel")
]


def prose(n, state):
    rng = random.Random(state)  # noqa: S311 - made-up text
    return " ".join(rng.choice(WORDS) for _ in range(n))


def shared(a, b):
    return overlap(runs_of(a), runs_of(b))


def test_marks_capitals_and_spaces_make_no_difference():
    a, b = "We open the harbour, and we thank you.", "we OPEN the harbour - and we\nthank you"
    assert shared(a, b).contained == shared(a, b).jaccard == 1
    assert sketch(a).same == sketch(b).same


def test_a_part_is_contained_in_the_whole_however_long_that_is():
    whole = prose(900, 1)
    part = " ".join(whole.split()[300:380])
    assert shared(part, whole).contained == 1
    assert shared(part, whole).jaccard < 0.1
    assert shared(part, whole) == shared(whole, part)


def test_texts_without_words_share_nothing_with_any():
    assert shared("", "") == shared("...", "We begin.") == overlap(frozenset(), frozenset({1}))
    assert sketch("").same == ""


def test_chinese_is_compared_by_longer_runs_of_characters():
    text = "我们要建设新的港口，也要修复旧的堤坝，让渔民安心出海。"
    assert shared(text, text).contained == 1
    assert shared(text, "我们要建设新的学校，也要修复旧的桥梁，让孩子安心读书。").contained < 0.2


def test_fingerprints_come_back_from_the_corpus_as_they_were():
    prints = sketch(prose(300, 2)).prints
    assert len(prints) > 20
    assert unpack(pack(prints)) == prints
    assert pack(prints) == b"".join(number.to_bytes(4, "little") for number in prints)


def test_two_texts_that_share_eighteen_words_in_a_row_share_a_fingerprint():
    for state in range(50):
        same = prose(18, state)
        a, b = f"{prose(200, 1000 + state)} {same} {prose(90, 2000 + state)}", f"{prose(70, 3000 + state)} {same} {prose(200, 4000 + state)}"
        assert set(sketch(a).prints) & set(sketch(b).prints)


@settings(deadline=None, max_examples=60)
@given(st.integers(SHORTEST + 2, 700), st.integers(0, 10**6), st.floats(0, 1), st.booleans())
def test_no_copy_is_missed_by_the_fingerprints(n, state, place, cut):
    text = prose(n, state)
    words = text.split()
    at = int(place * (len(words) - 1))
    other = " ".join([*words[:at], "unheard", *words[at:], *(prose(80, state + 1).split() if cut else [])])
    if shared(text, other).contained >= SAME:
        new = {"a": sketch(text)}
        assert list(likely_copies(new, {**new, "b": sketch(other)}.items())) == [("a", "b")]


def test_every_pair_is_named_once_whichever_of_the_two_is_new():
    held = {"a": sketch(prose(100, 1)), "b": sketch(prose(100, 1)), "c": sketch(prose(100, 2))}
    for new in ("a", "b"):
        assert list(likely_copies({new: held[new]}, held.items())) == [("a", "b")]
    assert list(likely_copies(held, held.items())) == [("a", "b")]
    assert list(likely_copies({"c": held["c"]}, held.items())) == []


def test_a_short_text_is_a_likely_copy_only_word_for_word():
    held = {
        "a": sketch("We thank you all for the long way."),
        "b": sketch("We thank you all, for the long way!"),
        "c": sketch("We thank you all for the long way home."),
    }
    assert list(likely_copies(held, held.items())) == [("a", "b")]


@pytest.mark.parametrize(("n", "pairs"), [(3, 3), (20, 190), (21, 20)])
def test_what_very_many_share_is_weighed_between_neighbours_only(n, pairs):
    assert len(sharing({f"{i:02}": sketch(prose(18, 5)) for i in range(n)})) == pairs


def test_looking_up_the_rarest_fingerprints_alone_finds_every_pair_that_shares_enough():
    chance = random.Random(3)  # noqa: S311 - the same texts every time
    held: dict[str, Sketch] = {}
    for number in range(150):
        own = {chance.randrange(10**6) for _ in range(chance.choice([0, 1, 2, 3, 5, 8, 20, 60]))}
        if held and chance.random() < 0.5:  # an edited copy of another text
            own |= {mark for mark in held[chance.choice(sorted(held))].prints if chance.random() < chance.choice([0.95, 0.85, 0.7])}
        own |= {mark for mark in range(4) if chance.random() < 0.6}  # lines that many have
        held[f"s{number:03}"] = Sketch(60, f"{number}", array("I", sorted(own)))
    enough = [
        (a, b)
        for a, b in combinations(sorted(held), 2)
        if (both := len(set(held[a].prints) & set(held[b].prints)))
        and ((less := min(len(held[a].prints), len(held[b].prints))) <= both + (3 if less > 5 else 1) or both >= 0.8 * less)
    ]
    assert len(enough) > 50
    assert sorted(likely_copies(held, held.items())) == enough


def test_whether_two_texts_are_weighed_does_not_hang_on_a_third():
    def marks(*prints):
        return Sketch(60, "".join(map(str, prints)), array("I", prints))

    everything = [("a", marks(1, 2, 3, 4, 5, 6))]
    new = {"b": marks(1, 2, 3, 14, 15, 16)}
    assert list(likely_copies(new, everything)) == [("a", "b")]
    assert list(likely_copies({**new, "c": marks(21, 22, 23, 24, 25)}, everything)) == [("a", "b")]
