import tomllib

import pytest

from tracker.errors import ThemesError
from tracker.lexicon.dictionaries import read_table, read_yaml, write_table, write_yaml
from tracker.lexicon.themes import parse_themes
from tracker.lexicon.written import edited, theme_text

MINE = """\
# my list
[themes.rail]
label = "Rail" # a label
core = ["rail*"]   # the thing itself
# the wider words:
terms = [
    "tram",  # in towns
    "goods train*",
]

[themes.rail.zh]
terms = ["铁路"]

[themes."疫情"]
terms = ["疫情", '[sic]']
# the end
"""


def words(text, theme):
    held = parse_themes(text, "themes.toml").theme(theme)
    return {(code, term) for tables in (held.core, held.terms) for code, terms in tables.items() for term in terms}


def test_an_accepted_word_goes_to_the_end_of_its_list_and_every_comment_stays():
    text = edited(MINE, "themes.toml", "rail", accept=["metro"])
    assert text == MINE.replace('    "goods train*",\n', '    "goods train*",\n    "metro",\n')


def test_words_go_into_the_core_into_a_language_and_into_a_theme_with_a_quoted_name():
    assert 'core = ["rail*", "train"]   # the thing itself' in edited(MINE, "themes.toml", "rail", accept=["train"], core=True)
    assert 'terms = ["铁路", "高铁"]' in edited(MINE, "themes.toml", "rail", accept=["高铁"], language="zh")
    assert """terms = ["疫情", '[sic]', "疫苗"]""" in edited(MINE, "themes.toml", "疫情", accept=["疫苗"])
    assert ("de", "Bahn") in words(edited(MINE, "themes.toml", "rail", accept=["Bahn"], language="de"), "rail")
    assert ("", "x") in words(edited("[themes.a]\ncore = ['b']", "t", "a", accept=["x"]), "a")


def test_a_dropped_word_goes_with_its_comma_and_nothing_else():
    assert "core = []   # the thing itself" in edited(MINE, "themes.toml", "rail", drop=["rail*"])
    assert '"tram"' not in edited(MINE, "themes.toml", "rail", drop=["Tram"])
    assert "# the wider words:" in edited(MINE, "themes.toml", "rail", drop=["tram"])
    assert words(edited(MINE, "themes.toml", "rail", drop=["goods train*"], accept=["bus"]), "rail") == {
        ("", "rail*"),
        ("", "tram"),
        ("", "bus"),
        ("zh", "铁路"),
    }
    assert """terms = ["疫情"]""" in edited(MINE, "themes.toml", "疫情", drop=["[sic]"])


def test_what_is_there_already_changes_nothing_and_what_is_not_cannot_be_dropped():
    assert edited(MINE, "themes.toml", "rail", accept=["TRAM"]) == MINE
    with pytest.raises(ThemesError, match="`rail` does not have `bus`"):
        edited(MINE, "themes.toml", "rail", drop=["bus"])


def test_a_written_theme_reads_back_as_it_was():
    for theme in parse_themes(MINE, "themes.toml").themes:
        text = theme_text(theme, ["a “note”"])
        assert tomllib.loads(text)
        assert parse_themes(text, "t").themes[0] == theme


@pytest.mark.parametrize(("write", "read"), [(write_yaml, read_yaml), (write_table, read_table)])
def test_themes_survive_a_round_trip_through_other_tools_files(write, read):
    themes = parse_themes(MINE + '[themes.odd]\nterms = ["no", "it\'s", "COVID-19", "a: b", "rule of law"]\n', "themes.toml").themes
    back = read(write(themes), "d")
    assert back.lost == ()
    kept = [(t.id, {c: w for c, w in t.core.items() if w}, {c: w for c, w in t.terms.items() if w}) for t in back.themes]
    assert kept == [(t.id, {c: w for c, w in t.core.items() if w}, {c: w for c, w in t.terms.items() if w}) for t in themes]


def test_nested_keys_of_a_quanteda_dictionary_are_joined_and_odd_patterns_are_named():
    text = "---\nECONOMY:\n  '+STATE+':  # comment\n    - accommodat*\n    - 'so-called'\n  NEUTRAL: [account*, \"w?rd\", '*ism']\nLAW:\n- court\n"
    found = read_yaml(text, "d.yml")
    assert [(t.id, t.label, t.terms[""]) for t in found.themes] == [
        ("economy-state", "ECONOMY - +STATE+", ("accommodat*", "so-called")),
        ("economy-neutral", "ECONOMY - NEUTRAL", ("account*",)),
        ("LAW", "Law", ("court",)),
    ]
    assert [lost.split(":")[0] for lost in found.lost] == ["`w?rd` of `ECONOMY - NEUTRAL`", "`*ism` of `ECONOMY - NEUTRAL`"]


@pytest.mark.parametrize("text", ["- a\n", "a: {b: c}\n", "a:\n  - &x b\n", "a: |\n  text\n", "just words\n", ""])
def test_what_is_no_dictionary_is_refused(text):
    with pytest.raises(ThemesError, match=r"line \d|holds no list"):
        read_yaml(text, "d.yml")


def test_a_table_needs_its_columns():
    with pytest.raises(ThemesError, match="no column `theme`"):
        read_table("word\na\n", "d.csv")
    with pytest.raises(ThemesError, match=r"line 3 of `d\.csv` has no term"):
        read_table("theme,term\na,b\nc,\n", "d.csv")
