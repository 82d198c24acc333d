import pytest

from tracker.errors import CorpusError
from tracker.tasks.themes import check_themes, list_themes
from tracker.tasks.workspace import init

OVERLAPPING = """
[themes.yards]
label = "Yards"
terms = ["shipyard*", "dry dock*"]
[themes.ships]
label = "Ships"
terms = ["shipyard*", "ferries"]
[themes.moon]
label = "Moon"
[themes.moon.zh]
terms = ["月球"]
"""


def test_every_theme_is_counted_over_the_whole_text_of_all_speeches(two):
    rows = {row.id: row for row in list_themes(two)}
    assert (rows["shipyards"].hits, rows["shipyards"].core_hits, rows["shipyards"].speeches) == (6, 3, 2)
    assert (rows["airships"].hits, rows["airships"].per_1000, rows["airships"].speeches) == (0, 0.0, 0)
    assert (rows["shipyards"].terms, rows["shipyards"].core) == (3, 1)


def test_an_empty_corpus_has_counts_of_zero_and_no_rate(tmp_path):
    rows = list_themes(init(tmp_path / "w"))
    assert rows
    assert {(row.hits, row.per_1000) for row in rows} == {(0, None)}


def test_the_check_names_what_carries_what_overlaps_and_what_is_never_said(make_workspace, two_texts):
    found = check_themes(make_workspace(two_texts, OVERLAPPING))
    assert [(theme, shares[0].word) for theme, shares in found.carried] == [("yards", "shipyards"), ("ships", "shipyards")]
    assert [(o.themes, o.words) for o in found.overlaps] == [(("ships", "yards"), ("shipyards",))]
    assert found.silent == ()
    assert found.languages == (("moon", "en"),)


def test_terms_that_never_occur_are_named(two):
    assert check_themes(two).silent == (("airships", "zeppelin*"),)


def test_an_empty_corpus_cannot_be_checked(tmp_path):
    with pytest.raises(CorpusError, match="the corpus is empty"):
        check_themes(init(tmp_path / "w"))
