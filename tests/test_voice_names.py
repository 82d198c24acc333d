import pytest

from tracker.recipe import Recipe, SpeakerRecipe
from tracker.speech import Speech
from tracker.voice import mark
from tracker.voice.called import called, namesakes


def voices(text, speaker="Alva Brandt", recipe=None):
    speech = Speech("a", text, speaker=speaker, kind="readout", language="en")
    return [s.voice for s in mark(speech, recipe or Recipe()) if s.block == "body"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Norlund's Prime Minister Alva Brandt said the pier is safe.",
        "The country's prime minister, Alva Brandt, said the pier is safe.",
        "Norlund's prime minister, Alva Brandt, said Friday that the pier is safe.",
        "Prime Minister Alva Brandt of Norlund said the pier is safe.",
        "Norlund Prime Minister Alva Brandt told reporters that the pier is safe.",
        "The Prime Minister, Ms Alva Brandt, said the pier is safe.",
        "President of the Harbour Board, Alva Brandt, said the pier is safe.",
        "The head of the board, Premier Alva Brandt, warned that the pier is weak.",
        "Brandt visited the pier, praised the divers and said that it is safe.",
        "Brandt was clear that the pier is safe.",
        "Brandt began by thanking the divers for their work.",
        "The pier, Brandt announced, and the quay are safe.",
        "Efforts should be made to mend the pier, Brandt stressed, calling for more divers.",
    ],
)
def test_the_ways_in_which_news_name_a_speaker(sentence):
    assert voices(sentence) in (["attributed"], ["quoted"])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Lucio de la Mora", "De la Mora said the pier is safe."),
        ("Elin van den Aker", "Ms van den Aker said the pier is safe."),
        ("Salim bin Harun", "Sheikh Salim bin Harun said the pier is safe."),
        ("Tom Adams", "Adams said the pier is safe."),
        ("Tom Adams", "Adams' view is clear: he hopes the pier holds."),
    ],
)
def test_particles_and_names_that_end_in_s(name, sentence):
    assert voices(sentence, name) == ["attributed"]


@pytest.mark.parametrize("sentence", ["Adams' spokesman said the pier is weak.", "Former Norlund Prime Minister Tom Adams said the pier is weak."])
def test_a_possessive_and_a_former_holder_are_others(sentence):
    assert voices(sentence, "Tom Adams")[0] == "other"


def test_guests_who_applaud_say_nothing():
    assert voices("Brandt said the pier is safe.\n\nHer guests applauded.\n\nTor Halle applauded the divers.") == ["attributed", "narrated", "other"]


def test_a_question_asked_about_something_reports_nothing():
    assert voices("Brandt toured the yard and asked welders about their wages.") == ["narrated"]


def test_an_office_that_speaks_throughout_is_the_speakers_when_nobody_else_holds_it():
    text = "Call of Alva Brandt\n\nThe Prime Minister said the pier is safe. The Prime Minister stressed that it is new.\n\nAlva Brandt said so."
    assert called(text, "Alva Brandt", Recipe()).titles == ("Prime Minister", "Premier", "Head of Government")
    assert called(text + " Prime Minister Tor Halle left.", "Alva Brandt", Recipe()).titles == ()


def test_a_place_between_title_and_name_gives_no_title():
    assert called("In a letter to the mayor of Salt Bay, Brandt wrote to us.", "Alva Brandt", Recipe()).titles == ()


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [("Mr. Brandt left.", "he"), ("Brandt said she was glad.", "she"), ("Brandt said Tor Halle had lost his hat.", ""), ("Brandt left.", "")],
)
def test_the_pronoun_is_learnt_only_where_it_is_told(text, pronoun):
    assert called(text, "Alva Brandt", Recipe()).pronoun == pronoun


def test_a_learnt_pronoun_gives_the_other_one_to_others():
    text = "Brandt said her yard is full. Tor Halle left the room. He added that it leaks."
    assert voices(text)[-1] == "other"


def test_settings_go_before_the_text_and_say_so():
    recipe = Recipe(speakers={"Alva Brandt": SpeakerRecipe(titles=("Chief Pilot",), pronoun="she")})
    found = called("Premier Alva Brandt said he left.", "Alva Brandt", recipe)
    assert (found.titles, found.pronoun) == (("Chief Pilot",), "she")
    assert "titles" not in found.learnt
    assert "surname" in found.learnt


def test_without_a_speaker_nobody_is_called_anything():
    assert called("Brandt said so.", " ", Recipe()).name == ""


def test_namesakes_are_other_people_with_the_surname():
    known = called("", "Alva Brandt", Recipe())
    assert namesakes("On Tuesday Brandt met Olav Brandt. President Brandt and Ms Brandt left.", known) == ("Olav Brandt",)


PRESENT = """Lin Weiro said that the delta is green. {0}

Lin pointed out that fishermen have new boats.

Lin stressed that salt will not win."""


def test_a_ministrys_statements_go_on_in_the_present_tense_where_the_text_reports_so():
    found = mark(Speech("a", PRESENT.format("Kaitan supports every village."), speaker="Lin Weiro", kind="readout", language="en"), Recipe())
    assert (found[1].voice, found[1].sure) == ("attributed", False)


@pytest.mark.parametrize("sentence", ["The river rose two metres last week.", "Lin visited a school.", "Tor Halle is the mayor, according to the town."])
def test_the_past_and_scenes_do_not_go_on(sentence):
    assert voices(PRESENT.format(sentence), "Lin Weiro")[1] != "attributed"


def test_a_second_cue_clause_is_left_out_of_counting_too():
    text = "Brandt said the pier is safe, noting that divers mend it."
    (segment,) = mark(Speech("a", text, speaker="Alva Brandt", kind="readout", language="en"), Recipe())
    assert [text[a:b] for a, b in segment.frames] == ["Brandt said", ", noting that"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Hallgerður Ægisdóttir", "Hallgerdur Aegisdottir said the pier is safe."),
        ("Lech Wałek", "Walek said the pier is safe."),
        ("Jose Lima", "José Lima said the pier is safe."),
    ],
)
def test_a_name_is_found_with_and_without_its_accents(name, sentence):
    assert voices(sentence, name) == ["attributed"]


@pytest.mark.parametrize("office", ["Cardinal", "Minister for Family and Community", "Finance Adviser Dr", "Norlund's"])
def test_a_capitalised_word_before_the_whole_name_leaves_it_the_speakers(office):
    assert voices(f"{office} Alva Brandt said the pier is safe.", "Alva Brandt") == ["attributed"]


def test_an_office_that_no_list_holds_is_learnt_from_beside_the_name():
    text = "Alva Brandt, Regional Director of the Bureau, said the pier is safe.\n\nThe Regional Director urged others to follow. Its director was glad."
    assert voices(text, "Alva Brandt")[:2] == ["attributed", "attributed"]
