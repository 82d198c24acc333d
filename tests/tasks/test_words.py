import pytest

from tracker.errors import SliceError
from tracker.tasks.compare import compare
from tracker.tasks.words import words


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
