import pytest

from tracker.errors import SliceError
from tracker.tasks.compare import compare
from tracker.tasks.words import words
from tracker.tasks.workspace import Workspace


@pytest.fixture(scope="module")
def ranked(make_workspace, three_texts):
    workspace = make_workspace(three_texts)
    return workspace, words(workspace, "2022", "2023")


def test_words_of_after_come_first_and_words_of_before_last(ranked):
    rows = ranked[1].rows
    assert [row.z for row in rows] == sorted((row.z for row in rows), reverse=True)
    assert next(row for row in rows if row.term == "orchards").z > 0 > next(row for row in rows if row.term == "sea").z


def test_a_rate_is_the_count_over_the_words_of_its_scope(ranked):
    workspace, result = ranked
    tokens = compare(workspace, "2022", "2023").themes[0]
    for row in result.rows:
        assert row.before_per_1000 == pytest.approx(1000 * row.before_count / tokens.before.tokens)
        assert row.after_per_1000 == pytest.approx(1000 * row.after_count / tokens.after.tokens)


def test_a_ratio_with_a_zero_does_not_exist(ranked):
    assert all((row.log_ratio is None) == (0 in (row.before_count, row.after_count)) for row in ranked[1].rows)


def test_words_are_shown_as_they_stand_and_each_only_once(ranked):
    terms = [row.term for row in ranked[1].rows]
    assert "orchards" in terms
    assert len(terms) == len(set(terms))


def test_names_of_the_speaker_and_verbs_of_saying_are_left_out(ranked):
    assert not {"lind", "mara", "stressed", "urged", "june"} & {row.term for row in ranked[1].rows}


def test_the_reporters_words_count_only_when_asked_for(ranked):
    assert "museum" not in {row.term for row in ranked[1].rows}
    assert "museum" in {row.term for row in words(ranked[0], "2022", "2023", scope="all").rows}


def test_words_the_recipe_leaves_out_are_left_out(make_workspace, two_texts):
    workspace = make_workspace(two_texts, settings='[words]\nleave_out = ["orchards"]\nkeep = ["lind"]\n')
    assert "orchards" not in {row.term for row in words(workspace, "2022", "2023").rows}


def test_the_prior_of_the_recipe_changes_the_order(make_workspace, two_texts):
    strong = make_workspace(two_texts, settings="[words]\nprior_tokens = 100000\n")
    weak = make_workspace(two_texts, settings="[words]\nprior_tokens = 1\n")
    assert words(strong, "2022", "2023").rows[0].z != words(weak, "2022", "2023").rows[0].z


def test_nothing_is_starred_or_tested_and_w15_says_why(ranked):
    result = ranked[1]
    assert {(row.p, row.q, row.starred) for row in result.rows} == {(None, None, False)}
    assert [w.code for w in result.warnings] == ["W1", "W1", "W15", "W14"]


def test_speeches_outside_the_slices_are_background_alone(make_workspace, two_texts, three_texts):
    with_background, alone = words(make_workspace(three_texts), "2022", "2023"), words(make_workspace(two_texts), "2022", "2023")
    assert {row.term: (row.before_count, row.after_count) for row in with_background.rows} == {
        row.term: (row.before_count, row.after_count) for row in alone.rows
    }


def test_a_side_without_a_word_in_scope_has_no_rates(make_workspace, two_texts, run):
    silent = "---\ndate: 2024-05-01\nspeaker: Mara Lind\nkind: readout\nlanguage: en\n---\nThe road was dark. Rain came down on the town all day.\n"
    workspace = make_workspace({**two_texts, "silent.md": silent})
    assert {(row.after_count, row.after_per_1000) for row in words(workspace, "2023", "2024").rows} == {(0, None)}
    assert run("words", "2023", "2024", "--workspace", workspace.path).code == 0


def test_an_empty_slice_is_an_error(ranked):
    with pytest.raises(SliceError, match="no speech in `1999`"):
        words(ranked[0], "1999", "2023")


@pytest.fixture(scope="module")
def tested(planted):
    workspace = planted(9, 9, passages=8.0)
    return workspace, words(workspace, "2001", "2002")


def test_planted_words_are_starred_on_the_side_they_mark(tested):
    result = tested[1]
    starred = {row.term: row.z > 0 for row in result.rows if row.starred}
    more, fewer = {"harbour", "quay", "lighthouse", "ferry"}, {"orchard", "apple", "blossom", "cider"}
    assert result.method == "pooled-null"
    assert len(set(starred) & (more | fewer)) >= 4
    assert all(starred[word] == (word in more) for word in starred if word in more | fewer)
    assert len(set(starred) - more - fewer) <= 1


def test_every_star_has_a_small_q_and_a_wide_ratio_and_the_family_has_its_size(tested):
    rows = tested[1].rows
    assert all(row.q <= 0.05 and (row.log_ratio is None or abs(row.log_ratio) >= 0.3) for row in rows if row.starred)
    assert tested[1].tested == sum(row.p is not None for row in rows) == sum(row.q is not None for row in rows) > 40


def test_the_power_of_the_test_is_told(tested):
    told = {w.code: w.text for w in tested[1].warnings}
    assert "With 9 and 9 speeches a word said 40 times or more is found in about 10% of cases when its rate triples" in told["W32"]
    assert "W3" not in told


def test_few_speeches_are_tested_without_permutations_and_w3_says_why(planted):
    result = words(planted(3, 3), "2001", "2002")
    assert result.method == "quasi-g2"
    told = {w.code: w.text for w in result.warnings}
    assert told["W3"] == "With 3 and 3 speeches no permutation of labels can reach p <= 0.05 (smallest possible p = 0.1)."
    assert "about 3% of cases" in told["W32"]


def test_the_level_and_the_floor_of_the_recipe_move_the_stars(tested):
    strict = words(tested[0], "2001", "2002", level=0.999)
    assert sum(row.starred for row in strict.rows) < sum(row.starred for row in tested[1].rows)
    assert [row.q for row in strict.rows] == [row.q for row in tested[1].rows]


def test_swapped_slices_have_the_same_p(tested):
    swapped = words(tested[0], "2002", "2001")
    assert {row.term: row.p for row in swapped.rows} == {row.term: pytest.approx(row.p) for row in tested[1].rows}


def test_the_random_state_of_the_recipe_and_nothing_else_moves_p(tested, monkeypatch):
    assert words(Workspace(tested[0].path), "2001", "2002").rows == tested[1].rows
    monkeypatch.setenv("TRACKER_TOPICS_RANDOM_STATE", "2")
    assert [row.p for row in words(Workspace(tested[0].path), "2001", "2002").rows] != [row.p for row in tested[1].rows]


def test_progress_of_the_test_is_told(tested):
    told = []
    words(tested[0], "2001", "2002", progress=lambda *at: told.append(at))
    assert told[-1] == ("testing words", tested[1].tested, tested[1].tested)


def test_the_terminal_explains_the_star(tested, run):
    shown = run("words", "2001", "2002", "--workspace", tested[0].path)
    starred = sum(row.starred for row in tested[1].rows)
    assert f"* passes a permutation test over speeches at q <= 0.05: {starred} words pass, of {tested[1].tested} tested" in shown.err
    assert " *" in shown.out
    assert "no word is tested" not in shown.err
