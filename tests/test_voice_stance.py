"""Sentences without a verb of saying: what gives the speaker's mind, and what the speaker only does or is."""

import pytest

from tracker.recipe import Recipe
from tracker.sources.blocks import split_blocks
from tracker.speech import Speech
from tracker.voice import mark
from tracker.voice.mark import attributed_sentences
from tracker.voice.names import learn_names
from tracker.voice.stance import leans_to_the_speaker

LEAD = "Norlundian Prime Minister Alva Brandt said the port will open. She said it was late.\n\nThe yard was built in 1950.\n\n"


def found(text, *, lead=LEAD):
    speech = Speech("a", lead + text, speaker="Alva Brandt", kind="readout", language="en")
    return [s for s in mark(speech, Recipe()) if s.block == "body" and s.start >= len(lead)]


def voices(text, *, lead=LEAD):
    return [s.voice for s in found(text, lead=lead)]


@pytest.mark.parametrize(
    "sentence",
    [
        "On tolls, Brandt was more relaxed.",
        "The prime minister had a stern word for the owners of the yard.",
        "She gave a number of orders to the pilots.",
        "Brandt is in favour of a tunnel.",
        "The premier mistrusts the forecasts of the harbour board.",
        "She doesn't envy her successor.",
        "Nor is she fond of bridges.",
        "What she dreads is a winter without ships.",
        "What worries her is the ice.",
        "For the prime minister, the harbour is a school.",
        "Her main fear is ice.",
        "Ice, in the eyes of the prime minister, is the lesser evil.",
        "Tolls, she bets, could halve.",
        "That does not sway Brandt, who points out that tolls are low.",
        "There was also a warning for captains.",
        "The winter was hard, and she doubts that the next will be milder.",
        "“We sail,” she shot to the back row.",
    ],
)
def test_the_speakers_mind_is_told_by_the_words_of_a_sentence(sentence):
    speech = Speech("a", LEAD + sentence, speaker="Alva Brandt", kind="readout", language="en")
    names = learn_names(speech, Recipe())
    last = attributed_sentences(speech, split_blocks(speech.text), names)[-1]
    assert last.cue is None
    assert leans_to_the_speaker(last.masked, names, last.he)


def test_the_speakers_mind_counts_in_a_paragraph_of_the_speakers_and_is_unsure():
    (_, one) = found("Brandt said tolls will rise. The prime minister had a stern word for the owners of the yard.")
    assert (one.voice, one.sure, one.cued) == ("attributed", False, False)
    assert one.reason == "nobody is named, but: tells the speaker's mind, the speaker before it in its paragraph"


@pytest.mark.parametrize(
    "sentence",
    [
        "Brandt walked along the quay.",
        "On Monday, the prime minister opened a new lock.",
        "Brandt is due in Halsund on Sunday.",
        "She was greeted by a choir.",
        "Brandt has been party leader since 2029.",
        "She will meet the owners of the yard.",
        "Brandt, who is 61, grew up in Halsund.",
        "Her approval rating stands at 47 percent.",
        "Her driver was waiting.",
        "The prime minister said this when she opened the lock.",
        "The prime minister was speaking at a fair.",
    ],
)
def test_what_the_speaker_does_or_is_stays_narrated(sentence):
    assert voices(sentence) == ["narrated"]


def test_nothing_leans_to_a_speaker_whom_the_text_does_not_report():
    assert voices("Brandt was blunt about tolls.", lead="The yard was built in 1950.\n\n") == ["narrated"]


def test_plain_statements_go_on_in_the_paragraph_and_facts_do_not():
    assert voices("Brandt said tolls will rise. Harbours live on trust.") == ["attributed", "attributed"]
    assert voices("Brandt said tolls will rise. The yard was closed last year.") == ["attributed", "narrated"]
    assert voices("Brandt said tolls will rise. Tor Halle runs the yard.") == ["attributed", "narrated"]


def test_a_quotation_behind_what_the_speaker_does_is_the_speakers():
    assert voices("She walks to the window.\n\n“Ask me when it holds.”") == ["narrated", "quoted"]
