from dataclasses import replace

import pytest

from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.voice import mark, scope_of
from tracker.voice.others import MOST_OTHERS, others_share, weight_of_others
from tracker.voice.scope import narrow, wide

OWN = "Premier Alva Brandt said the pier is old. She said it leaks. Brandt urged patience."
OTHERS = " Tor Halle said it holds. Halle said it is new. Halle said it will stand for years."


def speech(text, **fields):
    given = {"speaker": "Alva Brandt", "kind": "readout", "language": "en", "inferred": ("kind",)} | fields
    return Speech("a", text, **given)


def scope(text, **fields):
    one = speech(text, **fields)
    return scope_of(one, mark(one, Recipe()))


def test_a_readout_of_one_speaker_with_three_sentences_counts_the_speakers_words():
    assert scope(OWN) == ("speaker", "the speaker's words")


def test_an_article_that_passes_the_gates_does_too():
    assert scope(OWN, kind="article", inferred=())[0] == "speaker"


def test_a_text_with_more_than_two_fifths_of_others_is_in_no_total():
    assert scope(OWN + OTHERS) == ("none", "several speakers: 50% of what is said is said by others; in no total of speakers' words")
    assert scope(OWN + " Tor Halle said it holds.")[0] == "speaker"


def test_a_kind_that_is_stated_confirms_a_text_of_several_speakers_but_article_does_not():
    assert scope(OWN + OTHERS, inferred=()) == ("speaker", "the speaker's words: the kind readout is stated")
    assert scope(OWN + OTHERS, inferred=(), kind="article")[0] == "none"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Alva Brandt said it leaks. Brandt said so again.", "full text: only 2 sentences are the speaker's"),
        ("Alva Brandt said it leaks.", "full text: only 1 sentence is the speaker's"),
        ("The pier was built in 1930.", "full text: no sentence is the speaker's"),
    ],
)
def test_fewer_than_three_sentences_are_measured_on_the_full_text(text, reason):
    assert scope(text) == ("all", reason)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "transcript"}, "a transcript: all of it is the speaker"),
        ({"speaker": ""}, "full text: no speaker is known"),
        ({"language": "de"}, "full text: voice is not available for `de` (English and Chinese only)"),
    ],
)
def test_what_cannot_be_told_is_measured_on_the_full_text(fields, reason):
    assert scope(OWN, **fields) == ("all", reason)


def test_sentences_that_only_go_on_count_by_their_length_alone():
    marked = mark(speech("Alva Brandt said the pier is old. It must be rebuilt. Tor Halle said it holds."), Recipe())
    assert others_share(marked) == pytest.approx((1 / 2 + 24 / 76) / 2)
    assert others_share(()) is None


def test_the_band_reaches_from_the_sure_to_everything_that_may_be_the_speakers():
    text = "Alva Brandt said the pier is old. It must be rebuilt. It is long.\n\nThe meeting stressed patience.\n\nIt is new."
    marked = mark(speech(text), Recipe())
    assert [text[s.start : s.start + 4] for s in narrow(marked)] == ["Alva"]
    assert [text[s.start : s.start + 6] for s in wide(marked)] == ["Alva B", "It mus", "It is ", "The me"]


def test_a_correction_goes_before_the_rules():
    from tracker.voice.corrections import PREFIX, sentence_hash

    one = speech(OWN)
    tag = {PREFIX + sentence_hash("She said it leaks."): "other"}
    found = mark(replace(one, tags=tag), Recipe())[1]
    assert (found.voice, found.reason, found.sure) == ("other", "corrected by you", True)


def test_many_small_answers_leave_a_text_the_speakers_and_one_that_says_as_much_does_not():
    own = "Alva Brandt said the pier is old and must be rebuilt. She said it leaks at both of its ends. She said the money is there. "
    own += "Brandt said the work will begin in May and end before the autumn storms. She said nobody will have to wait for a ship. "
    many = own + "Tor Halle said it holds. Ida Moe said it stands. Olav Lie said no. Kari Dahl said yes."
    one = own + "Tor Halle said the pier holds. He said the pier is as good as new. He said it has never leaked at all. "
    one += "Halle said that it will stand for a hundred years. He said the storms were mild and that no ship had waited."
    light, heavy = (weight_of_others(mark(speech(text), Recipe())) for text in (many, one))
    assert light < MOST_OTHERS < heavy


def test_a_text_without_others_weighs_nothing():
    assert weight_of_others(mark(speech(OWN), Recipe())) == 0.0
    assert weight_of_others(()) == 0.0
