"""Events of a side are summed from speeches that come some at a time, and of refits the mean shares alone stay."""

from types import SimpleNamespace

import numpy as np
import pytest

from tracker.findings.sides import Side
from tracker.findings.topic_shifts import _Events
from tracker.findings.topic_tokens import TopicTokens
from tracker.measures.composition import mean_share

EVENTS = {"a": "a", "b": "visit", "c": "c", "d": "visit", "e": "e", "f": "silent", "g": "two", "h": "two"}


@pytest.fixture
def found():
    draw = np.random.default_rng(3)
    tokens = np.array([30.0, 12, 7, 40, 22, 0, 9, 0, 50])
    shares = draw.dirichlet([1.0, 1.0, 1.0], size=(5, len(tokens)))
    refits = (shares[1:] * tokens[:, None]).astype(np.float32)
    refits[2, :, 1] = np.nan
    return TopicTokens((*EVENTS, "elsewhere"), tokens, shares[0] * tokens[:, None], refits, np.zeros((0, 3)))


def some(found, rows):
    return TopicTokens(tuple(found.speeches[row] for row in rows), found.tokens[rows], found.held[rows], found.refits[:, rows], found.shares)


def side(*speeches):
    return Side("", tuple(SimpleNamespace(speech=SimpleNamespace(id=speech, event_id=EVENTS[speech])) for speech in speeches))


@pytest.mark.parametrize("cuts", [[[0, 1, 2, 3, 4, 5, 6, 7, 8]], [[0, 1], [2, 3, 4], [5], [6, 7, 8]], [[row] for row in range(9)]])
def test_sums_and_mean_shares_are_those_of_whole_events(found, cuts):
    events = _Events(side(*EVENTS), 4, 3)
    for rows in cuts:
        events.add(some(found, rows))
    events.finished()
    assert events.names == ("a", "c", "e", "silent", "two", "visit")
    rows = [[row for row, speech in enumerate(EVENTS) if EVENTS[speech] == name] for name in events.names]
    tokens = np.array([found.tokens[of].sum() for of in rows])
    assert events.tokens.tolist() == tokens.tolist()
    np.testing.assert_allclose(events.held, [found.held[of].sum(axis=0) for of in rows], rtol=1e-12)
    whole = [[sum(refit[of].astype(float)) for of in rows] for refit in found.refits]
    expected = [[mean_share(column, tokens) for column in np.array(refit).T] for refit in whole]
    np.testing.assert_allclose(events.refits, expected, rtol=1e-9)
    assert np.isnan(events.refits[2, 1])


def test_speeches_of_the_other_side_are_passed_over(found):
    events = _Events(side("a", "c"), 4, 3)
    events.add(found)
    assert events.finished().tokens.tolist() == [30, 7]


def test_a_side_without_a_word_has_no_shares(found):
    events = _Events(side("f"), 4, 3)
    events.add(found)
    assert events.finished().refits[0].tolist() == [0, 0, 0]
