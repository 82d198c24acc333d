import pytest

from tracker.recipe import Recipe, SpeakerRecipe
from tracker.speech import Speech
from tracker.voice import mark

LEAD = "Norlundian Prime Minister Alva Brandt said the port will open.\n\n"


def voices(text, *, lead=LEAD, speaker="Alva Brandt", recipe=None, kind="readout", language="en"):
    """Voices of the body sentences behind the lead that makes the name, title and nationality known."""
    speech = Speech("a", lead + text, speaker=speaker, kind=kind, language=language)
    return [s.voice for s in mark(speech, recipe or Recipe()) if s.block == "body" and s.start >= len(lead)]


def only(text, **options):
    (segment,) = [s for s in segments(text, **options) if s.block == "body"]
    return segment


def segments(text, *, speaker="Alva Brandt", recipe=None):
    return mark(Speech("a", text, speaker=speaker, kind="readout", language="en"), recipe or Recipe())


@pytest.mark.parametrize(
    "sentence",
    [
        "Alva Brandt said the pier is safe.",
        "Brandt said the pier is safe.",
        "Ms. Brandt said the pier is safe.",
        "Prime Minister Brandt said the pier is safe.",
        "The prime minister said the pier is safe.",
        "The Norlundian prime minister said the pier is safe.",
        "The Prime Minister of Norlund said the pier is safe.",
        "She said the pier is safe.",
    ],
)
def test_the_speaker_is_known_by_name_surname_title_and_nationality(sentence):
    assert voices(sentence) == ["attributed"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Brandt on Tuesday called for a safe pier.",
        "Brandt, who took office in May, also urged a safe pier.",
        "Brandt has repeatedly warned that the pier is weak.",
        "Brandt (Harbour Party) insisted that the pier is safe.",
        "Brandt is calling for a safe pier.",
        "Brandt in a letter to the council demanded a safe pier.",
        "The pier is safe, Brandt said.",
        "The pier is safe, Brandt said during a visit to the town of Halsund.",
        "The pier, Brandt noted, is safe.",
        "“Safe,” said Brandt.",
        "According to Brandt, the pier is safe.",
        "The pier is safe, according to the prime minister.",
        "Brandt gave a long speech, emphasizing the safety of the pier.",
        "Brandt toured the pier and stressed its safety.",
        "Brandt told the council that the pier is safe.",
        "Brandt was quoted as saying the pier is safe.",
        "A paper quoted Brandt as saying that the pier is safe.",
        "The pier was described by Brandt as safe.",
        "Brandt expressed her thanks to the divers.",
        "Brandt said Halle had told her the pier is weak.",
        "Halle had doubts, but the pier is safe, Brandt said.",
    ],
)
def test_a_cue_gives_the_sentence_to_the_speaker(sentence):
    assert voices(sentence)[0] in ("attributed", "quoted")


@pytest.mark.parametrize(
    "sentence",
    [
        "Brandt visited the pier.",
        "Brandt was briefed on the pier.",
        "Brandt was asked about the pier.",
        "Brandt arrived in Halsund on Monday, accompanied by two ministers.",
        "The pier was built in 1930.",
        "Brandt, also head of the Harbour Party, made the remarks while visiting Halsund.",
        "A board reads “Brandt said the pier is safe.”",
        "The town waited for Brandt.",
    ],
)
def test_a_scene_without_a_cue_is_narrated(sentence):
    assert voices(sentence) == ["narrated"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Peter Brandt said the pier is weak.",
        "Former Prime Minister Olav Brandt said the pier is weak.",
        "A spokesman for Brandt said the pier is weak.",
        "Brandt's spokesman said the pier is weak.",
        "Energy Minister Tor Halle said the pier is weak.",
        "Sunder's prime minister said the pier is weak.",
        "The Deputy Prime Minister said the pier is weak.",
        "Analysts said the pier is weak.",
        "The ministry said in a statement that the pier is weak.",
        "“Weak,” said Tor Halle.",
        "According to the opposition, the pier is weak.",
        "Tor Halle said Brandt told him the pier is weak.",
        "They said the pier is weak.",
    ],
)
def test_others_are_not_taken_for_the_speaker(sentence):
    assert voices(sentence) == ["other"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The meeting called for a new pier.",
        "It was stressed at the meeting that the pier is old.",
        "Top leadership stressed the age of the pier.",
        "The two sides agreed to build a pier.",
        "New piers were highlighted as a way to grow.",
    ],
)
def test_meetings_and_passives_are_institutional(sentence):
    assert voices(sentence) == ["institutional"]


def test_he_is_whoever_spoke_last():
    assert voices("Minister Tor Halle said the pier is weak. He added that it leaks.\n\nBrandt said it holds. She added that it is new.") == [
        "other",
        "other",
        "attributed",
        "attributed",
    ]


def test_he_and_she_are_never_a_paper_or_a_group():
    assert voices("Brandt said it holds. Officials said it leaks. The ministry said so in a statement. She added that it is new.") == [
        "attributed",
        "other",
        "other",
        "attributed",
    ]


def test_a_pronoun_setting_leaves_the_other_pronoun_to_others():
    recipe = Recipe(speakers={"Alva Brandt": SpeakerRecipe(pronoun="she")})
    text = "Brandt said it holds. He added that it leaks."
    assert voices(text, recipe=recipe) == ["attributed", "other"]
    assert voices(text) == ["attributed", "attributed"]


def test_a_title_setting_makes_a_title_known():
    recipe = Recipe(speakers={"Alva Brandt": SpeakerRecipe(titles=("Harbour Master",))})
    assert voices("The harbour master said the pier holds.", recipe=recipe) == ["attributed"]
    assert voices("The harbour master said the pier holds.") == ["narrated"]


def test_a_nationality_setting_makes_the_adjective_known():
    recipe = Recipe(speakers={"Alva Brandt": SpeakerRecipe(titles=("Premier",), nationality="Norlundian")})
    assert voices("The Norlundian premier said the pier holds.", lead="Alva Brandt said so.\n\n", recipe=recipe) == ["attributed"]


def test_a_surname_setting_decides_which_word_is_the_surname():
    recipe = Recipe(speakers={"Lin Weiro": SpeakerRecipe(surname="Lin")})
    assert voices("Lin said the delta is green.", lead="", speaker="Lin Weiro", recipe=recipe) == ["attributed"]


def test_a_surname_that_stands_first_is_learnt_from_the_text():
    assert voices("Lin said the delta is green.", lead="", speaker="Lin Weiro") == ["attributed"]


def test_a_quotation_carries_its_speaker_through_the_paragraph():
    assert voices("“We stay,” Brandt said. “We build. We grow.”") == ["quoted", "quoted", "quoted"]


def test_a_quotation_takes_the_speaker_named_at_its_end():
    assert voices("“We stay. We build. We grow,” Brandt said.") == ["quoted", "quoted", "quoted"]


def test_a_quotation_over_several_paragraphs_keeps_its_speaker():
    text = "“We stay,” Brandt said. “We build.\n\n“We grow. We sail.\n\n“We come home.”\n\nThe hall applauded."
    assert voices(text) == ["quoted"] * 5 + ["narrated"]


def test_a_quotation_announced_by_a_colon_belongs_to_the_one_who_announced_it():
    assert voices("Tor Halle said:\n\n“The pier is weak.”")[-1] == "other"


def test_a_quotation_never_closed_does_not_swallow_the_next_paragraph():
    assert voices("“We stay, Brandt said.\n\nThe pier was built in 1930.")[-1] == "narrated"


def test_a_quotation_of_somebody_else_stays_theirs():
    assert voices("“It leaks,” Tor Halle said. “It always has.”") == ["other", "other"]


def test_a_verb_inside_quotation_marks_is_no_cue():
    assert voices("The song “Brandt said goodbye” was played.") == ["narrated"]


def test_a_sentence_that_says_what_must_be_goes_on_from_the_one_before_and_is_unsure():
    found = segments("Brandt said the pier is old.  It must be rebuilt. The pier was 90 metres long in 1950.")
    assert [(s.voice, s.sure) for s in found] == [("attributed", True), ("attributed", False), ("narrated", True)]
    assert found[1].reason == "nobody is named, but: the speaker before it in its paragraph, should, must or will"


def test_a_bare_paragraph_of_facts_is_narrated():
    assert voices("Brandt said the pier is old.\n\nIt was closed on Monday by 12 divers.") == ["attributed", "narrated"]
    assert voices("Brandt said the pier is old.\n\nIt creaks in the wind.") == ["attributed", "narrated"]


@pytest.mark.parametrize(
    ("sentence", "frame"),
    [
        ("In her speech, Brandt said on Tuesday that the pier is safe.", "In her speech, Brandt said on Tuesday that"),
        ("Brandt urged divers to help.", "Brandt urged"),
        ("The pier is safe, Brandt said.", ", Brandt said."),
        ("“The pier is safe,” Brandt said during her visit to the town of Halsund.", "Brandt said during her visit to the town of Halsund."),
        ("The pier is safe, Brandt said, adding that it will stay so.", ", Brandt said, adding that"),
        ("“Safe,” Brandt said, “and new.”", "Brandt said,"),
        ("The pier, Brandt noted, is safe.", ", Brandt noted,"),
        ("Brandt gave a speech, emphasizing the safety of the pier.", "Brandt gave a speech, emphasizing"),
        ("According to Brandt, the pier is safe.", "According to Brandt,"),
        ("The pier is safe, according to Brandt.", ", according to Brandt."),
        ("With more divers, the pier will be safe, Brandt said.", ", Brandt said."),
        ("Brandt said: “Safe.”", "Brandt said:"),
    ],
)
def test_the_reporters_frame_is_told_apart(sentence, frame):
    segment = only(sentence)
    assert segment.is_speakers
    assert sentence[slice(*segment.frame)] == frame


def test_a_narrated_sentence_has_no_frame():
    assert only("The pier was built in 1930.").frame == (0, 0)


def test_a_reason_quotes_the_cue():
    assert only("On Monday Brandt said the pier is safe.").reason == "Brandt said"


def test_a_pronoun_after_a_change_of_speakers_says_so():
    found = segments("Minister Tor Halle said it leaks. Brandt disagreed and said it holds. She added that it is new.")
    assert found[-1].reason == "She added that, after another speaker spoke"


def test_titles_captions_and_headings_are_narrated_blocks():
    text = "Brandt calls for piers\n\nAlva Brandt visits a pier in Halsund, May 4, 2031. /NNA\n\nBrandt said the pier is safe.\n\nBrandt stresses safety\n\nThe pier is old."
    found = segments(text)
    assert [s.block for s in found] == ["title", "caption", "body", "heading", "body"]
    assert [s.voice for s in found] == ["narrated", "narrated", "attributed", "narrated", "narrated"]


def test_a_transcript_is_spoken_in_any_language():
    for language in ("en", "de", "zh"):
        assert set(voices("We build. We sail.", lead="", kind="transcript", language=language)) == {"spoken"}


def test_other_languages_are_narrated_with_the_reason():
    speech = Speech("a", "Brandt sagte, der Hafen sei sicher.", speaker="Alva Brandt", kind="readout", language="de")
    assert [(s.voice, s.reason) for s in mark(speech, Recipe())] == [("narrated", "voice is not available for de")]


def test_without_a_speaker_everything_is_narrated():
    assert [s.reason for s in segments("Brandt said so.", speaker="")] == ["no speaker is known"]


def test_an_empty_text_has_no_segments():
    assert segments("") == ()
    assert segments(" \n ") == ()


def test_paragraphs_behind_a_colon_are_the_speakers_as_long_as_they_are_in_the_first_person():
    text = "Brandt said:\n\n- Dear friends, I was here before. It rained.\n\nWe built the pier.\n\nThe choir sang."
    assert voices(text)[1:] == ["attributed", "attributed", "attributed", "narrated"]
