import pytest

from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.voice import mark, scope_of

LEAD = (
    "Head\n\nHAVN, May 3 (Wire) - Prime Minister Alva Brandt of Norlund opened a pier on Monday and said it would bring jobs.\n\n"
    "The pier cost 4 million crowns.\n\nBrandt, 54, a former lawyer, said she was proud."
)


def voices(text, speaker="Alva Brandt"):
    return [s.voice for s in mark(Speech("a", text, speaker=speaker, kind="readout", language="en"), Recipe()) if s.block == "body"]


@pytest.mark.parametrize(
    "alias",
    [
        "The premier",
        "The Norlund premier",
        "Norlund's prime minister",
        "The 54-year-old",
        "The former lawyer",
        "The Norlund leader",
        "The country's leader",
        "Brandt",
    ],
)
def test_the_one_leader_is_resumed_by_any_description(alias):
    assert voices(f"{LEAD}\n\n{alias} warned that ships must slow down.")[-1] == "attributed"


@pytest.mark.parametrize("alias", ["The opposition leader", "The Sunder premier", "The former premier", "Tor Halle", "The engineer Tor Halle"])
def test_other_descriptions_are_others(alias):
    assert voices(f"{LEAD}\n\n{alias} warned that ships must slow down.")[-1] == "other"


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("Salma al-Harun", "Al-Harun said the pier is safe."),
        ("Salma al-Harun", "Ms al-Harun said the pier is safe."),
        ("Salim bin Nasser al-Harun", "Energy Minister Salim al-Harun said the pier is safe."),
        ("K. Lakshmi Rao", "Chief Minister K Lakshmi Rao said the pier is safe."),
        ("Tom Barge-Pike", "Cllr Barge-Pike said the pier is safe."),
        ("Elin Storm", "West Tarn Governor Elin Storm has asked all ports to stay shut."),
        ("Joan Pell", "The bishop of Tarn has given warning of hunger.\n\nBishop Joan Pell spoke on Sunday."),
    ],
)
def test_names_with_joined_particles_initials_honours_and_titles_that_come_first(speaker, text):
    assert voices(text, speaker)[0] == "attributed"


def test_an_office_nobody_is_named_as_holding_is_the_leaders_after_one_cue():
    text = "Head\n\nNorlund's president accused traders of greed.\n\nAlva Brandt looked tired.\n\nPrices must fall, the president said."
    assert voices(text) == ["attributed", "narrated", "attributed"]


def test_she_is_the_leader_behind_a_man_or_a_body():
    assert voices("Alva Brandt said the pier is safe and that she is glad.\n\nHer father thought it weak. She called for tests.")[-1] == "attributed"
    assert voices("Alva Brandt said that she is glad.\n\nThe Harbour Budget Watch says it is weak. She denied this.")[-1] == "attributed"


@pytest.mark.parametrize(
    "sentence",
    [
        "First of all, it is necessary to mend the crane.",
        "The second issue is training: divers must be found.",
        "But it would not be closed before the winter.",
        "“Nobody drowns on my watch.”",
    ],
)
def test_enumerations_backshifted_tense_and_bare_quotations_go_on_over_paragraphs(sentence):
    assert voices(f"Premier Alva Brandt said the pier is old.\n\n{sentence}")[-1] in ("attributed", "quoted")


@pytest.mark.parametrize(
    "sentence",
    [
        "She declined to name the ship.",
        "She gave the assurance yesterday while opening a pier.",
        "It was a rare admission from a politician who never apologises.",
        "For eleven weeks the premier insisted that the pier was safe.",
        "Brandt came to power in 2031 promising new piers.",
        "Under the law, a judge would shut the pier.",
        "The pier opened in 1987.",
    ],
)
def test_what_the_reporter_says_stays_narrated(sentence):
    assert voices(f"Premier Alva Brandt said the pier is old. She said it leaks.\n\n{sentence}")[-1] == "narrated"


def test_a_quotation_said_by_somebody_unnamed_is_anothers():
    assert voices("Premier Alva Brandt said the pier is old.\n\n“I never trusted it,” says one retired diver. “Not once.”")[1:] == ["other", "other"]


def test_bodies_and_unnamed_people_make_no_second_speaker():
    text = (
        "Premier Alva Brandt said the pier is old.\n\nBrandt said it leaks.\n\nBrandt called for tests.\n\nThe harbour company said it was safe.\n\n"
        "Analysts said it was fine.\n\nA diver said it was deep.\n\nResidents said they were tired."
    )
    speech = Speech("a", text, speaker="Alva Brandt", kind="readout", language="en", inferred=("kind",))
    assert scope_of(speech, mark(speech, Recipe()))[0] == "speaker"
