import pytest

from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.voice import detect_kind, mark, scope_of
from tracker.voice.mark import turns_of
from tracker.voice.turns import may_have_turns

PRESSER = """Remarks at a Press Conference

THE PRESIDENT: Good morning. One thing: we will build the pier.

Note: it will be long.

Q    Thank you, Madam President. Who pays?

THE PRESIDENT: We all do.

Q    And when?

THE PRESIDENT: In May, I hope."""
MEETING = """Meeting with the Governor of Sund

Alva Brandt held a meeting with Governor of Sund Tor Halle.

President of Norlund Alva Brandt: Good morning, Mr Halle. I hear the pier is old.

It has to be mended.

Governor of Sund Tor Halle (retranslated): It is, Madam President. We need money.

Alva Brandt: You shall have it. We will look at every plan.

<...>

The talks went on behind closed doors."""


def speech(text, speaker="Alva Brandt", language="en", kind="transcript", **fields):
    return Speech("a", text, speaker=speaker, language=language, kind=kind, **fields)


def voices(one):
    return [(s.voice, one.text[s.start : s.end]) for s in mark(one, Recipe()) if s.block == "body"]


def test_questions_are_anothers_and_the_answers_the_speakers():
    told = voices(speech(PRESSER))
    assert [words for voice, words in told if voice == "other"] == ["Q    Thank you, Madam President.", "Who pays?", "Q    And when?"]
    assert {voice for voice, _ in told} == {"spoken", "other"}
    assert "One thing: we will build the pier." in [words for voice, words in told if voice == "spoken"]
    assert "Note: it will be long." in [words for voice, words in told if voice == "spoken"]


def test_a_label_is_the_frame_of_its_first_sentence():
    one = speech(PRESSER)
    frames = [one.text[s.frame[0] : s.frame[1]].strip() for s in mark(one, Recipe()) if s.frame[1]]
    assert frames == ["THE PRESIDENT:", "Q", "THE PRESIDENT:", "Q", "THE PRESIDENT:"]


def test_turns_between_narration_belong_to_whom_their_labels_name():
    assert voices(speech(MEETING)) == [
        ("narrated", "Alva Brandt held a meeting with Governor of Sund Tor Halle."),
        ("spoken", "President of Norlund Alva Brandt: Good morning, Mr Halle."),
        ("spoken", "I hear the pier is old."),
        ("spoken", "It has to be mended."),
        ("other", "Governor of Sund Tor Halle (retranslated): It is, Madam President."),
        ("other", "We need money."),
        ("spoken", "Alva Brandt: You shall have it."),
        ("spoken", "We will look at every plan."),
        ("narrated", "The talks went on behind closed doors."),
    ]


def test_a_readout_has_the_words_of_its_turns_quoted():
    assert {voice for voice, _ in voices(speech(MEETING, kind="readout"))} == {"narrated", "quoted", "other"}


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Talk\n\n**Question:** Why?\n\n**Answer:** So.\n\n**Question:** Who?", ["**Question:** Why?", "**Question:** Who?"]),
        ("Talk\n\nQ. Why?\n\nBecause we had to.\n\nIt was late.\n\nQ. And now?\n\nWe wait.", ["Q. Why?", "Q. And now?"]),
        ("Talk\n\nMR. HALLE: Why?\n\nPRESIDENT BRANDT: So.\n\nMR. HALLE: Who?", ["MR. HALLE: Why?", "MR. HALLE: Who?"]),
        ("Talk\n\nMR. HALLE. Why?\n\nPRESIDENT BRANDT. So.\n\nMR. HALLE. Who?", ["MR. HALLE. Why?", "MR. HALLE. Who?"]),
        ("Talk\n\nQuestion: Why?\n\nAnd who?\n\nBrandt: So.\n\nHalle: I agree.\n\nBrandt: Good.", ["Question: Why?", "And who?", "Halle: I agree."]),
        ("We meet again. I am glad.\n\nAudience members. Boo!\n\nThe President. We go on.\n\nWe do.", ["Audience members.", "Boo!"]),
    ],
    ids=["bold", "answers-without-label", "capitals", "capitals-with-a-stop", "single-names", "official-papers"],
)
def test_labels_come_in_many_shapes(text, others):
    found = " ".join(words for voice, words in voices(speech(text)) if voice == "other")
    assert found == " ".join(others)


def test_what_stands_before_the_first_question_in_the_first_person_is_the_speakers():
    told = voices(speech("We keep the rate. I will take questions.\n\nQuestion: Why?\n\nBrandt: We must.\n\nQuestion: Thanks."))
    assert [voice for voice, _ in told] == ["spoken", "spoken", "other", "spoken", "other"]


def test_chinese_questions_are_anothers():
    one = speech("陶仁和答记者问\n\n记者：您怎么看？\n\n陶仁和：我认为很好。我们要努力。\n\n记者：谢谢。", "陶仁和", "zh")
    assert [voice for voice, _ in voices(one)] == ["other", "spoken", "spoken", "other"]


@pytest.mark.parametrize(
    "text",
    [
        "Members of Parliament: I come to you today.\n\nFirst: we build.\n\nHealth Care: we heal.\n\nEnergy: we save.",
        "Mr. President: I thank you.\n\nNote: we are late.\n\nNote: we are very late.",
        "Fellow citizens: we meet.\n\nAlva Brandt: A Life\n\nWe go on, and we shall not stop.",
        "Tor Halle: I think so.\n\nIda Moe: We do not.\n\nTor Halle: I do.",
    ],
    ids=["headings", "salutation", "a-title", "without-the-speaker"],
)
def test_salutations_headings_and_a_talk_without_the_speaker_are_no_turns(text):
    assert turns_of(speech(text), Recipe()) == ()
    assert {voice for voice, _ in voices(speech(text))} == {"spoken"}


def test_a_dialogue_is_a_transcript_of_which_the_speakers_turns_are_counted():
    assert detect_kind(PRESSER, "Alva Brandt", Recipe()) == ("transcript", "a dialogue of 5 turns")
    one = speech(PRESSER, inferred=("kind",))
    assert scope_of(one, mark(one, Recipe())) == ("speaker", "the speaker's words: others have turns of their own")


def test_a_dialogue_of_two_leaders_is_flagged_unless_its_kind_is_stated():
    text = MEETING.replace(
        "We need money.", "We need money, and we need it before the storms. I have told the council so many times. Nobody listens to us in the south."
    )
    one = speech(text, inferred=("kind",))
    assert scope_of(one, mark(one, Recipe()))[0] == "none"
    assert scope_of(speech(text), mark(speech(text), Recipe()))[0] == "speaker"


def test_without_a_known_speaker_only_questions_make_turns():
    assert [voice for voice, _ in voices(speech("Talk\n\nQ: Why?\n\nA: We must.\n\nQ: When?", ""))] == ["other", "spoken", "other"]
    assert may_have_turns("Q: Why?\n\nA: So.")
    assert not may_have_turns("Alva Brandt: Why?", "Alva Brandt")
