from datetime import date

import pytest

from tracker.analysis import analyse, analyse_all
from tracker.lexicon import parse_themes
from tracker.matrix import count_terms
from tracker.recipe import Recipe
from tracker.speech import Speech, SpokenDate

THEMES = parse_themes(
    """
[themes.ports]
label = "Ports"
core = ["harbour*"]
terms = ["harbour wall*", "ferries"]
[themes.walls]
label = "Walls"
terms = ["wall*"]
[themes.meetings]
label = "Meetings"
terms = ["meeting*", "councils"]
""",
    "themes.toml",
)
TEXT = """Ferries crossed the wide river all summer long.

Mara Lind said that the harbour walls must stand. The meeting stressed that ferries come first.

Old walls of stone line the road."""


@pytest.fixture
def readout():
    day = SpokenDate(date(2022, 3, 8), precision="day", status="stated")
    return Speech(key="a", text=TEXT, date=day, speaker="Mara Lind", kind="readout", language="en")


def counts(item):
    return {theme: hits for theme, (hits, _) in item.counts.scopes[item.scope].themes.items()}


def terms(item):
    matrix = count_terms([item], ["it"], frozenset())
    return dict(zip(matrix.terms, matrix.counts.toarray()[0].tolist(), strict=True))


def test_a_readout_is_measured_in_the_speakers_words_and_other_texts_whole(readout):
    assert analyse(readout, THEMES, Recipe()).scope == "speaker"
    assert analyse(Speech(key="b", text=TEXT, language="en"), THEMES, Recipe()).scope == "all"


def test_the_setting_of_the_scope_goes_before_the_kind(readout):
    narrow, whole = (analyse(readout, THEMES, Recipe().with_settings(measure__scope=scope)) for scope in ("speaker", "all"))
    assert counts(narrow) == {"ports": 2, "walls": 1, "meetings": 0}
    assert counts(whole) == {"ports": 4, "walls": 2, "meetings": 1}


def test_institutions_count_as_the_speaker_only_when_the_recipe_says_so(readout):
    item = analyse(readout, THEMES, Recipe().with_settings(measure__institutions=True))
    assert counts(item)["ports"] == 3
    assert terms(item)["ferry"] == 1
    assert "ferry" not in terms(analyse(readout, THEMES, Recipe()))


def test_words_and_theme_shares_have_one_denominator(readout):
    for recipe in (Recipe(), Recipe().with_settings(measure__institutions=True), Recipe().with_settings(measure__scope="all")):
        item = analyse(readout, THEMES, recipe)
        assert sum(terms(item).values()) == item.counts.scopes[item.scope].tokens == sum(item.inside)


def test_a_theme_left_out_leaves_hits_and_denominators_of_every_theme(readout):
    recipe = Recipe().with_settings(measure__scope="all")
    whole, without = analyse(readout, THEMES, recipe), analyse(readout, THEMES, recipe, without=frozenset({"ports"}))
    assert whole.counts.scopes["all"].tokens - without.counts.scopes["all"].tokens == 4
    assert counts(without) == {"ports": 0, "walls": 1, "meetings": 1}
    assert without.content_tokens == whole.content_tokens - 4
    assert "ferry" not in terms(without)


def test_a_mention_that_stands_wholly_in_words_left_out_is_gone(readout):
    held = analyse(readout, THEMES, Recipe(), without=frozenset({"ports"})).counts.hits
    assert [TEXT[h.start : h.end] for h in held if h.theme == "walls"] == ["walls"]
    assert not [h for h in held if h.theme == "ports"]


def test_the_counted_tokens_of_a_hit_are_those_in_scope(readout):
    item = analyse(readout, THEMES, Recipe())
    assert [item.counted_tokens(h) for h in item.counts.hits if h.theme == "ports"] == [0, 2, 0]


def test_several_speeches_keep_their_order_and_progress_is_told(readout):
    told = []
    other = Speech(key="b", text="Ferries sail.", language="en")
    taken = analyse_all([other, readout], THEMES, Recipe(), progress=lambda *step: told.append(step))
    assert [item.speech.key for item in taken] == ["b", "a"]
    assert told == [("reading speeches", 1, 2), ("reading speeches", 2, 2)]
