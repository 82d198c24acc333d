"""What news reports of other outlets do, and the narration beside it that must stay narration."""

import pytest

from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.voice import detect_kind, mark
from tracker.voice.called import called
from tracker.voice.pronouns import pronoun_of

LEAD = "Norlundian Prime Minister Alva Brandt said the port will open.\n\n"


def voices(text, *, lead=LEAD):
    speech = Speech("a", lead + text, speaker="Alva Brandt", kind="readout", language="en")
    return [s.voice for s in mark(speech, Recipe()) if s.block == "body" and s.start >= len(lead)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Brandt, 49, whose party is small, rejected the claim.",
        "Brandt took the opportunity to recall the strike of last year.",
        "Brandt used the visit to announce a new pier.",
        "Brandt touched upon the price of ropes.",
        "Brandt drew particular attention to the pilots.",
        "Brandt put the cost at nine million crowns.",
        "Brandt did not rule out a second term.",
        "Brandt hit back at the owners of the yard.",
        "Brandt sought to reassure the crews of the ferries.",
        "In her opinion, the old pier is a danger.",
        "The 61-year-old former harbour pilot signalled that tolls would fall.",
        "Her government, she said, would pay the bill.",
        "Critics say the premier is slow, but she rejected that.",
        "Her other pledges included a tunnel.",
        "Coalitions, she has learned, are made of rope.",
    ],
)
def test_ways_of_saying_are_told(sentence):
    assert voices(sentence) == ["attributed"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Brandt took a boat to the island.",
        "Brandt used the visit to buy a rope.",
        "Brandt put the card on the table.",
        "Brandt hit a buoy with her boat.",
        "Brandt called the police.",
        "Brandt asked about rents and schools, and left.",
        "Brandt drove a crane around the yard.",
        "The estimates provide for a new pier.",
    ],
)
def test_what_the_speaker_does_stays_narration(sentence):
    assert voices(sentence) == ["narrated"]


def test_a_paragraph_of_narration_gives_the_pronoun_back_to_the_speaker():
    text = "Ms Brandt said tolls will rise.\n\nOwner Karl Moe said nobody asked him.\n\nThe yard was built in 1950.\n\nShe added that ferries will sail."
    assert voices(text) == ["attributed", "other", "narrated", "attributed"]
    assert voices(text.replace("The yard was built in 1950.\n\n", ""))[-1] == "other"


def test_a_quotation_inside_a_sentence_goes_on_in_the_paragraph_only():
    first = "Brandt said guests are welcome."
    rest = "Those who bring coal “can look for another harbour”."
    assert voices(f"{first} {rest}") == ["attributed", "quoted"]
    assert voices(f"{first}\n\n{rest}") == ["attributed", "narrated"]


def test_a_pronoun_before_anybody_spoke_means_the_speaker_who_was_mentioned():
    lead = "The tide comes in, and Alva Brandt has taken off her shoes.\n\n"
    assert voices("“It reaches here,” she says.", lead=lead) == ["quoted"]


def test_an_unnamed_office_is_the_speakers_when_its_country_is_the_only_one():
    text = "The president of Norlund has admitted mistakes.\n\nMs Brandt spoke in Halsund.\n\nThe president added that she was sorry."
    assert called(text, "Alva Brandt", Recipe()).places == ("Norlund",)
    assert called(text + " The president of Sunder said nothing.", "Alva Brandt", Recipe()).places == ()


def test_a_title_behind_a_comma_that_belongs_to_the_next_name_is_not_the_speakers():
    text = "President Alva Brandt, Finance Minister Karl Moe and others came. President Brandt said so."
    assert "Finance Minister" not in called(text, "Alva Brandt", Recipe()).titles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port opens, Alva Brandt said. Ships wait, she said.", "she"),
        ("Alva Brandt said so. Karl Moe said he knew.", ""),
        ("Mr Brandt said so. She left.", "he"),
    ],
)
def test_the_pronoun_is_that_of_whoever_was_named_last(text, expected):
    assert pronoun_of(text, ("Alva Brandt", "Brandt"), ()) == expected


def test_a_reporters_own_first_person_makes_no_transcript_of_a_report():
    report = "Premier Alva Brandt says the port will open. Brandt says it is safe. Brandt adds that tolls fall. She insists on it. I ask her why."
    assert detect_kind(report, "Alva Brandt", Recipe())[0] == "readout"
    assert detect_kind("I ask you: why? We know, I think. I built it. Alva Brandt says so.", "Alva Brandt", Recipe())[0] == "transcript"
