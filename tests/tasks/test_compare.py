import json

import pytest

from tracker.errors import CorpusError, RecipeError, SliceError, ThemesError
from tracker.synthetic import PlantedTheme
from tracker.tasks.add import add
from tracker.tasks.compare import Choices, balance_pair, compare, last_two_years
from tracker.tasks.corpus import set_fields
from tracker.tasks.words import words
from tracker.tasks.workspace import init, open_workspace

STEADY = tuple(PlantedTheme(name, name.title(), tuple(f"{name}{i}" for i in "abcd"), 0.04, 0.04) for name in ("alder", "birch", "cedar"))


def by_id(result):
    return {theme.id: theme for theme in result.themes}


def fresh(workspace):
    """The workspace as the next command finds it."""
    return open_workspace(workspace.path)


@pytest.fixture(scope="module")
def shifted(planted):
    """Ten speeches a year; harbours tripled, orchards shrank to a third, railways stayed."""
    return planted(10, 10)


def test_a_planted_shift_is_found_on_both_sides_with_its_q(shifted):
    found = by_id(compare(shifted, "2001", "2002"))
    assert (found["harbour"].verdict, found["orchard"].verdict) == ("rose", "fell")
    assert found["railway"].verdict in ("cannot tell", "about the same")
    assert max(found["harbour"].q, found["orchard"].q) <= 0.05
    assert found["harbour"].ratio.low < 3 < found["harbour"].ratio.high


@pytest.mark.parametrize("random_state", [1, 2, 3])
def test_where_nothing_was_planted_nothing_rises_or_falls(planted, random_state):
    found = compare(planted(10, 10, STEADY, random_state=random_state, passages=2), "2001", "2002").themes
    assert {theme.verdict for theme in found} <= {"cannot tell", "about the same"}
    assert all(theme.p is not None for theme in found)


def test_a_theme_left_out_leaves_the_table_and_its_words_leave_every_denominator(shifted):
    whole, without = compare(shifted, "2001", "2002"), compare(shifted, "2001", "2002", Choices(without=("orchard",)))
    gone = by_id(whole)["orchard"]
    assert (without.without, "orchard" in by_id(without)) == (("orchard",), False)
    assert by_id(without)["harbour"].before.hits == by_id(whole)["harbour"].before.hits
    assert by_id(without)["harbour"].before.tokens == by_id(whole)["harbour"].before.tokens - gone.before.hits
    assert not [t for t in without.texts if t.theme == "orchard"]


def test_the_balance_tells_from_which_theme_to_which(shifted):
    held = compare(shifted, "2001", "2002", Choices(balance="orchard:harbour")).balance
    assert (held.x, held.y, held.verdict) == ("orchard", "harbour", "rose")
    assert held.p < 0.05


def test_a_theme_cannot_be_weighed_and_left_out_at_once(shifted):
    with pytest.raises(ThemesError, match="`orchard` cannot be weighed and left out at once"):
        compare(shifted, "2001", "2002", Choices(balance="orchard:harbour", without=("orchard",)))


def test_the_scope_can_be_chosen_and_the_other_scope_stands_beside_it(two):
    narrow, whole = (compare(two, "2022", "2023", Choices(scope=scope)) for scope in ("speaker", "all"))
    assert (narrow.scope, whole.scope, compare(two, "2022", "2023").scope) == ("speaker", "all", "speaker")
    assert by_id(whole)["shipyards"].before.share.value == pytest.approx(by_id(narrow)["shipyards"].other_scope[0])
    assert by_id(whole)["shipyards"].other_scope[0] == pytest.approx(by_id(narrow)["shipyards"].before.share.value)


def test_the_level_can_be_chosen(shifted):
    result = compare(shifted, "2001", "2002", Choices(level=0.8))
    assert (result.level, by_id(result)["railway"].points.level) == (0.8, 0.8)


def test_flags_outside_their_range_are_errors(two):
    with pytest.raises(RecipeError):
        compare(two, "2022", "2023", Choices(level=95))
    with pytest.raises(RecipeError):
        compare(two, "2022", "2023", Choices(scope="mine"))
    with pytest.raises(ThemesError):
        compare(two, "2022", "2023", Choices(without=("nothing",)))
    with pytest.raises(SliceError):
        compare(two, "2022", "2022")


@pytest.mark.parametrize("text", ["shipyards", "shipyards:", ":orchards", "orchards:orchards", "orchards:nothing", "a:b:c"])
def test_a_balance_needs_two_themes_that_exist(two, text):
    with pytest.raises(ThemesError):
        balance_pair(text, two.lexicon)


def test_the_latest_speech_is_compared_with_all_before_it(make_workspace, three_texts):
    result = compare(make_workspace(three_texts), "..2023", "latest")
    assert (result.before.speeches, result.after.speeches, result.method) == (2, 1, "none")


def test_two_reports_of_one_event_are_summed_before_the_test(shifted, planted):
    workspace = planted(3, 3)
    before = by_id(compare(workspace, "2001", "2002"))["harbour"]
    for speech in workspace.store.speeches()[:2]:
        set_fields(workspace, speech.id, {"event": "visit"})
    result = compare(workspace, "2001", "2002")
    after = by_id(result)["harbour"]
    assert (result.before.speeches, result.before.events, before.before.share.n, after.before.share.n) == (3, 2, 3, 2)
    assert (after.before.hits, after.before.tokens) == (before.before.hits, before.before.tokens)
    assert after.before.share.value != before.before.share.value


def test_too_rare_has_no_p_and_says_how_many_speeches_are_lacking(make_workspace, two_texts):
    more = {f"again-{name}": text.replace("03-08", "04-12").replace("06-14", "07-12").replace("June 14", "July 12") for name, text in two_texts.items()}
    more = {name: text.rstrip() + " The evening was long, and the guests stayed for a meal beside the river.\n" for name, text in more.items()}
    more = {name: text.replace("councils", "elders").replace("families", "homes").replace("growers", "farmers") for name, text in more.items()}
    result = compare(make_workspace({**two_texts, **more}), "2022", "2023")
    assert {(t.verdict, t.p, t.q) for t in result.themes} == {("too rare", None, None)}
    rare = [w.text for w in result.warnings if w.code == "W16"]
    assert len(rare) == 3  # a theme nobody mentions says nothing
    assert rare[-1] == 'Too few mentions of "Sea walls": 4 theme words in all; about 9 more speeches would be needed for a test.'


def test_two_speeches_have_w1_w4_and_w5_and_their_confounds(two):
    result = compare(two, "2022", "2023")
    assert [w.code for w in result.warnings] == ["W1", "W1", "W4", "W5", "W14", "W18"]
    assert [line.split(":")[0] for line in result.confounds] == ["outlet", "place", "Speeches in 2022 have a median of 104 words, in 2023 64."]


def test_digests_carry_w19(make_workspace, two_texts):
    workspace = make_workspace({name: text.replace("kind: readout", "kind: digest") for name, text in two_texts.items()})
    assert "W19" in [w.code for w in compare(workspace, "2022", "2023").warnings]


def test_first_and_last_use_are_those_of_the_whole_corpus(make_workspace, three_texts):
    found = {(t.theme, t.term): t for t in compare(make_workspace(three_texts), "2022", "2023").texts}
    assert (found["shipyards", "shipyard*"].first, found["shipyards", "shipyard*"].last) == ("2021-01-01", "2023-06-14")
    assert found["orchards", "orchard*"].only == "after"
    assert found["orchards", "orchard*"].first == "2021-01-01"


def test_hits_and_shares_of_earlier_speeches_never_move_when_one_is_added(make_workspace, two_texts, tmp_path):
    workspace = make_workspace(two_texts)
    before = compare(workspace, "2022", "2023")
    (tmp_path / "new.txt").write_text("2024-02-03\n\nWe shall fly zeppelins over the shipyards, my friends, and I thank you.\n", encoding="utf-8")
    add(workspace, [str(tmp_path / "new.txt")])
    after = compare(workspace, "2022", "2023")
    assert after.themes == before.themes
    assert (after.before, after.after, after.warnings, after.needed) == (before.before, before.after, before.warnings, before.needed)
    moved = [(a, b) for a, b in zip(after.texts, before.texts, strict=True) if a != b]
    assert {(a.theme, a.last, b.last) for a, b in moved} == {("shipyards", "2024-02-03", "2023-06-14")}


def test_the_order_of_adding_changes_nothing_in_a_comparison(make_workspace, three_texts):
    there, back = make_workspace(three_texts), make_workspace(dict(reversed(three_texts.items())))
    assert there.store.hash() == back.store.hash()
    assert compare(there, "..2022", "2023") == compare(back, "..2022", "2023")


def test_only_a_theme_edited_after_the_first_look_is_exploratory(two):
    assert not [t for t in compare(two, "2022", "2023").themes if t.exploratory]
    two.themes_path.write_text(two.themes_path.read_text(encoding="utf-8").replace('"apple*", "cider"', '"apple*"'), encoding="utf-8")
    result = compare(fresh(two), "2022", "2023")
    assert [t.id for t in result.themes if t.exploratory] == ["orchards"]
    assert [w.text for w in result.warnings if w.code == "W17"] == [
        'The words of "Orchards" were edited after these periods were first compared, so what is said of it is exploratory, not a test.'
    ]


def test_a_theme_written_after_the_first_look_is_exploratory_and_stays_so(two):
    compare(two, "2022", "2023")
    two.themes_path.write_text(two.themes_path.read_text(encoding="utf-8") + '\n[themes.wells]\nlabel = "Wells"\nterms = ["wells"]\n', encoding="utf-8")
    for _ in range(2):
        assert [t.id for t in compare(fresh(two), "2022", "2023").themes if t.exploratory] == ["wells"]


@pytest.mark.parametrize("pair", [("2023", "2022"), ("2022-01..2022-12", "2023"), ("2022", "2023-Q1..2023-12")])
def test_neither_another_spelling_nor_the_other_order_makes_a_contrast_new(two, pair):
    compare(two, "2022", "2023")
    two.themes_path.write_text(two.themes_path.read_text(encoding="utf-8").replace('"cider"', '"barrels"'), encoding="utf-8")
    assert [t.id for t in compare(fresh(two), *pair).themes if t.exploratory] == ["orchards"]


def test_who_has_seen_the_words_of_a_contrast_has_looked_at_it(two):
    words(two, "2022", "2023")
    two.themes_path.write_text(two.themes_path.read_text(encoding="utf-8").replace('"cider"', '"barrels"'), encoding="utf-8")
    assert [t.id for t in compare(fresh(two), "2022", "2023").themes if t.exploratory] == ["orchards"]


def test_a_fresh_contrast_is_not_exploratory_whatever_was_edited_before(make_workspace, three_texts):
    workspace = make_workspace(three_texts)
    compare(workspace, "2022", "2023")
    workspace.themes_path.write_text(workspace.themes_path.read_text(encoding="utf-8").replace('"cider"', '"barrels"'), encoding="utf-8")
    assert not [t for t in compare(fresh(workspace), "2021", "2023").themes if t.exploratory]


def test_a_new_label_or_another_order_of_words_is_no_edit(two):
    compare(two, "2022", "2023")
    text = two.themes_path.read_text(encoding="utf-8").replace('"apple*", "cider"', '"cider", "apple*"').replace('"Orchards"', '"Fruit"')
    two.themes_path.write_text(text, encoding="utf-8")
    assert not [t for t in compare(fresh(two), "2022", "2023").themes if t.exploratory]


def test_every_number_stands_on_verbatim_sentences(two):
    texts = {s.id: s.text for s in two.store.speeches()}
    result = compare(two, "2022", "2023")
    shown = [e for held in (*result.themes, *result.texts) for e in held.evidence]
    assert shown
    assert all(e.quote == texts[e.speech][e.start : e.end] for e in shown)
    assert all(e.start <= start < end <= e.end for e in shown for start, end in e.hits)


def test_an_empty_corpus_and_a_corpus_of_one_year_cannot_be_compared(tmp_path, make_workspace, two_texts):
    with pytest.raises(CorpusError, match="the corpus is empty"):
        compare(init(tmp_path / "w"), "2022", "2023")
    with pytest.raises(Exception, match="all dated speeches of this corpus are of 2022"):
        last_two_years(make_workspace({"tarnvik.md": two_texts["tarnvik.md"]}).store.speeches())


def test_the_last_two_years_with_speeches_are_compared_by_default(make_workspace, three_texts):
    gap = {name: text.replace("2022-03-08", "2019-03-08") for name, text in three_texts.items()}
    assert last_two_years(make_workspace(gap).store.speeches()) == ("2021", "2023")


def test_a_damaged_themes_file_is_an_error_that_names_it(two):
    two.themes_path.write_text("[themes.a]\nterms = 3\n", encoding="utf-8")
    with pytest.raises(ThemesError):
        compare(fresh(two), "2022", "2023")


def test_a_comparison_is_ready_for_json_without_nan(shifted, two):
    from tracker.reports.json import comparison, dumps

    for workspace, pair in ((shifted, ("2001", "2002")), (two, ("2022", "2023"))):
        assert json.loads(dumps(comparison(compare(workspace, *pair))))["themes"]
