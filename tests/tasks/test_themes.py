import pytest

from tracker.errors import CorpusError
from tracker.tasks.compare import compare
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


def test_a_term_that_a_longer_one_always_takes_is_not_called_never_said(make_workspace, two_texts):
    list_ = '[themes.yards]\nterms = ["dock*", "dry dock*", "harbour master"]\n'
    found = check_themes(make_workspace(two_texts, list_))
    assert found.inside == (("yards", "dock*", "dry dock*"),)
    assert found.silent == (("yards", "harbour master"),)


ZH = "---\ntitle: T\ndate: {}\nspeaker: 王\nkind: transcript\nlanguage: zh\n---\n我们要加强港口建设，也要发展农业和教育事业，让人民的生活更加美好。\n"


def test_a_list_without_words_of_the_corpus_language_is_told_so_and_a_draft_is_named(make_workspace, run):
    workspace = make_workspace({f"{day}.md": ZH.format(day) for day in ("2020-01-01", "2021-01-01")})
    found = check_themes(workspace)
    assert found.languages == tuple((theme, "zh") for theme in ("shipyards", "orchards", "sea-walls", "airships"))
    assert found.silent == ()
    said = run("themes", "check", "--workspace", str(workspace.path)).out
    assert "have none for `zh` texts (tracker themes draft proposes a list of their own words)" in said
    told = compare(workspace, "2020", "2021").warnings
    assert [w.text.split(",")[0] for w in told if w.code == "W24"] == ["The list has no words for texts in zh"]
    assert "tracker themes draft" in next(w.text for w in told if w.code == "W24")
