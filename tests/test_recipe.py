import json

import pytest

from tracker.errors import RecipeError
from tracker.recipe import MeasureRecipe, Recipe, SpeakerRecipe, read_recipe


def write(tmp_path, text):
    path = tmp_path / "tracker.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_file_means_all_defaults(tmp_path):
    assert read_recipe(tmp_path / "tracker.toml", {}) == Recipe()


def test_the_file_goes_over_the_defaults_and_the_environment_over_the_file(tmp_path):
    path = write(tmp_path, "[measure]\nlevel = 0.9\nmin_points = 1\n")
    recipe = read_recipe(path, {"TRACKER_MEASURE_LEVEL": "0.8", "TRACKER_WORDS_LEAVE_OUT": "one,two", "TRACKER_WORKSPACE": "elsewhere"})
    assert (recipe.measure.level, recipe.measure.min_points, recipe.words.leave_out) == (0.8, 1.0, ("one", "two"))


def test_the_same_settings_have_the_same_id_however_they_are_written(tmp_path):
    assert read_recipe(write(tmp_path, "[measure]\nlevel = 0.95\n"), {}).id == Recipe().id


def test_every_setting_changes_the_id():
    changed = [
        Recipe().with_settings(**{name: value})
        for name, value in {
            "measure__level": 0.9, "measure__scope": "all", "measure__institutions": True, "measure__min_log2_ratio": 0.2, "measure__min_points": 0.2,
            "measure__same_ratio": 1.2, "measure__min_expected_hits": 2, "words__prior_tokens": 10, "words__leave_out": ("a",), "words__keep": ("a",),
            "topics__engine": "nmf", "topics__topics": 3, "topics__passage_tokens": 20, "topics__refits": 2, "topics__passes": 1, "topics__random_state": 2,
            "dates__order": "dmy", "words__language": "en",
        }.items()
    ]  # fmt: skip
    assert len({Recipe().id, *(recipe.id for recipe in changed)}) == len(changed) + 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[measure]\nlevle = 0.9\n", "`measure.levle`: no such setting, did you mean `level`?"),
        ("[measure]\nlevel = 95\n", "`measure.level`: must be a number from 0.5 to 0.999, not `95`"),
        ("[measure]\nscope = 'mine'\n", '`measure.scope`: must be "by-kind" or "speaker" or "all", not `mine`'),
        ("[words]\nlanguage = 'English'\n", '`words.language`: must be a language code like "en", not `English`'),
        ("[topics]\ntopics = 1\n", '`topics.topics`: must be a whole number from 2 to 500 or "auto", not `1`'),
    ],
)
def test_an_unusable_setting_is_named_with_its_range_and_its_value(tmp_path, text, problem):
    with pytest.raises(RecipeError) as caught:
        read_recipe(write(tmp_path, text), {})
    assert caught.value.looked_at[0] == problem


def test_memory_is_read_and_kept_and_never_part_of_the_recipe(tmp_path):
    path = tmp_path / "tracker.toml"
    path.write_text('memory = "300 MB"\n', encoding="utf-8")
    recipe = read_recipe(path, {"TRACKER_MEASURE_LEVEL": "0.9"})
    assert (recipe.memory_bytes, Recipe().memory_bytes) == (300_000_000, None)
    assert recipe.id == Recipe().with_settings(measure__level=0.9).id
    assert "memory" not in recipe.told
    path.write_text('memory = "lots"\n', encoding="utf-8")
    with pytest.raises(RecipeError) as caught:
        read_recipe(path, {})
    assert caught.value.looked_at == ('`memory`: must be a size like "2 GB", not `lots`',)


def test_a_file_that_is_no_toml_is_an_error(tmp_path):
    with pytest.raises(RecipeError, match=r"`tracker\.toml` is not valid TOML"):
        read_recipe(write(tmp_path, "level = = 1"), {})


def test_speakers_may_be_described(tmp_path):
    recipe = read_recipe(write(tmp_path, '[speakers."Mara Lind"]\nsurname = "Lind"\npronoun = "she"\n'), {})
    assert (recipe.speakers["Mara Lind"].surname, recipe.speakers["Mara Lind"].pronoun) == ("Lind", "she")


def test_what_is_told_of_a_recipe_makes_it_again():
    recipe = Recipe(measure=MeasureRecipe(level=0.9), speakers={"Mara Lind": SpeakerRecipe(titles=("Warden",))}).with_settings(topics__topics="auto")
    assert Recipe.of(recipe.told) == recipe
    assert Recipe.of(json.loads(json.dumps(recipe.told))).id == recipe.id


def test_a_recipe_knows_what_somebody_asked_for_be_it_the_default(tmp_path):
    recipe = read_recipe(write(tmp_path, "[measure]\nlevel = 0.95\n[words]\n"), {"TRACKER_TOPICS_REFITS": "6"})
    assert recipe == Recipe()
    changed = recipe.with_settings(measure__scope="all")
    for one, asked in ((Recipe(), ()), (recipe, ("level", "refits")), (changed, ("level", "refits", "scope"))):
        tables = (("measure", "level"), ("topics", "refits"), ("measure", "scope"), ("words", "keep"))
        assert tuple(name for table, name in tables if one.asks_for(table, name)) == asked


@pytest.mark.parametrize("text", ["", "[measure]\n[words]\n[topics]\n[speakers]\n", "# level = 0.9\n"])
def test_nothing_set_is_nothing_to_check(tmp_path, text):
    assert read_recipe(write(tmp_path, text), {}) == Recipe()
    with pytest.raises(RecipeError, match="1 unusable setting"):
        read_recipe(write(tmp_path, f"{text}[mesure]\n"), {})
