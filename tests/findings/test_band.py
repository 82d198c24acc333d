from tracker.analysis import analyse
from tracker.findings.shifts import compare_sides
from tracker.findings.sides import Side
from tracker.lexicon import parse_themes
from tracker.recipe import Recipe
from tracker.reports.tables import spread
from tracker.speech import Speech

THEMES = parse_themes('[themes.piers]\nlabel = "Piers"\nterms = ["pier*"]\n[themes.ice]\nlabel = "Ice"\nterms = ["ice"]\n', "themes.toml")
SURE = "Alva Brandt said the pier stands. Brandt said farmers wait. Brandt said divers work."
DOUBTFUL = "Alva Brandt said farmers wait. Piers must rise and piers must stand, each pier of ours. Brandt said divers work. Brandt said boats sail."


def side(label, text):
    return Side(label, (analyse(Speech("a" + label, text, speaker="Alva Brandt", kind="readout", language="en"), THEMES, Recipe()),))


def found(before, after):
    return [w.text for w in compare_sides(side("2022", before), side("2023", after), THEMES, Recipe()).warnings if w.code == "W21"]


def test_a_change_that_turns_round_between_the_ends_says_so():
    (text,) = found(SURE, DOUBTFUL)
    assert text.startswith('"Piers" depends on who is counted as speaking: its change is −')
    assert ", and +" in text


def test_a_change_that_stays_says_nothing():
    assert found(SURE, SURE.replace("pier", "road")) == []


def test_the_summary_holds_both_ends_and_the_table_prints_them():
    low, high = side("2023", DOUBTFUL).summary.speaker_band
    assert low < high == 1.0
    assert spread((low, high)) == f"{100 * low:.0f}-100 %"
    assert side("2022", SURE).summary.speaker_band == (1.0, 1.0)
