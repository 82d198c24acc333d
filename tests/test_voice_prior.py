"""Sentences without a cue of their own, weighed."""

from itertools import pairwise

import pytest

from tracker.recipe import Recipe
from tracker.sources.blocks import split_blocks
from tracker.speech import Speech
from tracker.voice.mark import attributed_sentences
from tracker.voice.names import learn_names
from tracker.voice.prior import begin, probability, weigh_statements
from tracker.voice.prior_features import features
from tracker.voice.prior_weights import INTERCEPT, THRESHOLD, WEIGHTS

TEXT = "Premier Alva Brandt said the pier is old. She said it leaks. {}\n\nThe choir sang on Monday in the hall."


def read(text):
    speech = Speech("a", text, speaker="Alva Brandt", kind="readout", language="en")
    names = learn_names(speech, Recipe())
    return attributed_sentences(speech, split_blocks(text), names), names


def test_every_feature_has_a_weight_and_every_weight_a_feature():
    sentences, names = read(TEXT.format("It must go."))
    assert set(features(sentences, 2, names, begin(sentences))) == set(WEIGHTS)
    assert 0 < THRESHOLD < 1
    assert INTERCEPT < 0


def test_the_features_are_those_a_reader_would_name():
    sentences, names = read(TEXT.format("It must not be closed, we need 40 of them."))
    held = features(sentences, 2, names, begin(sentences))
    shown = {name for name, value in held.items() if value}
    assert {"it, they or this opens it", "should, must or will", "a negation", "a number", "we", "the speaker before it in its paragraph"} <= shown
    assert not {"would", "a date", "the occasion itself", "tells the speaker's mind"} & shown


def test_the_probability_is_that_of_a_logistic_regression():
    assert probability({}, {}, 0.0) == 0.5
    assert probability({"a": 1.0, "b": 1.0}, {"a": 2.0, "b": -2.0}, 0.0) == 0.5
    assert probability({"a": 1.0}, {"a": 3.0}, 0.0) > probability({"a": 1.0}, {"a": 1.0}, 0.0)


@pytest.mark.parametrize(("threshold", "own"), [(0.0, 4), (1.1, 2)])
def test_the_threshold_decides_how_much_is_the_speakers(threshold, own):
    sentences, names = read(TEXT.format("It must go."))
    weigh_statements(sentences, names, threshold=threshold)
    assert sum(s.who == "speaker" for s in sentences) == own


def test_a_higher_threshold_never_gives_more():
    counts = []
    for threshold in (0.1, 0.3, 0.5, 0.7, 0.9):
        sentences, names = read(TEXT.format("It must go. Ships would wait. They are long."))
        weigh_statements(sentences, names, threshold=threshold)
        counts.append(sum(s.who == "speaker" for s in sentences))
    assert all(a >= b for a, b in pairwise(counts))
    assert counts[0] > counts[-1]


def test_a_scene_is_never_given_by_its_weight():
    sentences, names = read(TEXT.format("Divers visited the pier."))
    weigh_statements(sentences, names, threshold=0.0)
    assert sentences[2].who is None
