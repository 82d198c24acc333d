"""The tipping point between few speeches."""

import math

import numpy as np
import pytest

from tracker.measures.tipping import tipping_point


def side(*pairs):
    return np.array([h for h, _ in pairs], dtype=float), np.array([n for _, n in pairs], dtype=float)


def test_two_texts_by_hand():
    # y = ln(8.5/80.5) = -2.2483 and ln(.5/195.5) = -5.9687; v = .1301 and 2.0051; (1.8982^2 - 2.1352) / 2 = .7340
    assert tipping_point(side((8, 88)), side((0, 195)), phi=1) == pytest.approx(math.sqrt(0.7340), abs=2e-4)


@pytest.mark.parametrize(("before", "after"), [((4, 88), (10, 195)), ((0, 88), (9, 195))])
def test_texts_that_their_own_words_cannot_tell_apart_give_zero(before, after):
    assert tipping_point(side(before), side(after), phi=1) == 0


def test_several_events_of_one_side_leave_more_room():
    few, many = tipping_point(side((30, 300)), side((3, 300)), phi=1), tipping_point(side((30, 300)), side(*[(3, 300)] * 4), phi=1)
    assert many > few


def test_overdispersion_and_a_higher_level_take_room_away():
    pair = side((30, 300)), side((3, 300))
    assert tipping_point(*pair, phi=2) < tipping_point(*pair, phi=1)
    assert tipping_point(*pair, phi=1, level=0.99) < tipping_point(*pair, phi=1)


def test_swapping_the_sides_changes_nothing():
    assert tipping_point(side((30, 300)), side((3, 200)), phi=1) == tipping_point(side((3, 200)), side((30, 300)), phi=1)


def test_a_side_without_events_has_none():
    assert tipping_point(side(), side((3, 200)), phi=1) is None
