import pytest

from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.voice import mark, scope_of
from tracker.voice.others import MOST_OTHERS, signs_of_several, weight_of_others

OWN = "Premier Alva Brandt said the pier is old and must be rebuilt before the storms. She said it leaks at both of its ends. Brandt urged patience."
HALLE = "\n\nTor Halle said the pier holds.\n\nBrandt said it does not.\n\nHalle said it will stand.\n\nBrandt said the money is there for all of it."


def read(text, **fields):
    one = Speech("a", text, speaker="Alva Brandt", language="en", kind="readout", inferred=("kind",), **fields)
    return one, mark(one, Recipe())


def heard(text):
    return [(s.voice, text[s.start : s.end]) for s in read(text)[1] if s.block == "body"]


def test_an_occasion_of_several_in_the_opening_weighs_beside_what_others_say():
    plain, joint = (read(f"{opening}\n\n{OWN}{HALLE}") for opening in ("A morning in the port of Sund", "Joint news conference after the talks in Sund"))
    assert weight_of_others(plain[1]) == weight_of_others(joint[1])
    assert signs_of_several(*joint) == pytest.approx(signs_of_several(*plain) + 2 * 0.035)
    assert scope_of(*plain)[0] == "speaker"
    assert scope_of(*joint)[0] == "none"
    assert signs_of_several(*plain) < MOST_OTHERS < signs_of_several(*joint)


def test_paragraphs_of_one_other_and_replies_weigh_too():
    once = read(OWN + "\n\nTor Halle said the pier holds. Halle said it will stand.")
    twice = read(OWN + "\n\nTor Halle said the pier holds.\n\nHalle said it will stand.")
    replied = read(OWN + "\n\nTor Halle replied the pier holds.\n\nHalle said it will stand.")
    assert signs_of_several(*twice) - weight_of_others(twice[1]) == pytest.approx(0.03)
    assert signs_of_several(*once) - weight_of_others(once[1]) == pytest.approx(0.015)
    assert signs_of_several(*replied) - weight_of_others(replied[1]) == pytest.approx(0.03 + 0.025)


def test_nothing_speaks_for_several_where_nobody_else_is_heard():
    assert signs_of_several(*read(f"Joint news conference after the talks\n\n{OWN}")) == 0.0


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        (f"{OWN} Sunder's President Tor Halle came.\n\nThe Sunder leader said the pier holds.", "other"),
        (f"{OWN}\n\nAlso present was Ida Moe, a nurse in the port, who said the pier holds.", "other"),
        (f"{OWN}\n\nIda Moe came.\n\nThe premier, she claimed, was late.", "other"),
        (f"{OWN}\n\nState engineer Olav Lie, who lives here, said the premier was late.", "other"),
        (f"{OWN}\n\nIts president, Comrade Ida Moe, said the pier holds.", "other"),
        (f"{OWN}\n\nThe representative of Sunder, who came late, said the pier holds.", "other"),
        (f"{OWN} She would wait for the November forecast.", "attributed"),
        (f"{OWN}\n\nThe Government was instructed to mend the pier by May.", "attributed"),
        (f"{OWN}\n\nBrandt opened by defending the plan.", "attributed"),
        (f"{OWN}\n\nIn her experience, ships wait.", "attributed"),
        (f"{OWN}\n\nShe avoided giving a day.", "narrated"),
        (f"{OWN}\n\nBrandt welcomed the guests.", "narrated"),
    ],
)
def test_the_last_sentence_is_told_to_be(text, voice):
    assert heard(text)[-1][0] == voice


def test_the_half_of_a_double_name_and_a_shortened_title_name_the_speaker():
    one = Speech("a", "Gov. Ida Moe-Lund came. Lund said so. The governor said the pier is old.", speaker="Ida Moe-Lund", language="en", kind="readout")
    assert [s.voice for s in mark(one, Recipe())] == ["narrated", "attributed", "attributed"]
