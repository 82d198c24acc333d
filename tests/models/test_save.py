import json

import pytest

from tracker.errors import TrackerError
from tracker.models.fitting import fit, infer
from tracker.models.save import load, save


@pytest.fixture(scope="module", params=["nmf", "gensim"])
def model(request, planted):
    return fit(planted, topics=3, engine=request.param, random_state=1, passes=3, refits=2)


@pytest.fixture
def folder(model, tmp_path):
    save(model, tmp_path / "models" / model.id)
    return tmp_path / "models" / model.id


def test_a_model_comes_back_as_it_was_saved(model, folder, planted):
    again = load(folder)
    for name in ("topics", "unit_ids", "terms", "engine", "quality", "settings", "id"):
        assert getattr(again, name) == getattr(model, name)
    assert again.topic_term.tobytes() == model.topic_term.tobytes()
    assert again.unit_topic.tobytes() == model.unit_topic.tobytes()
    assert not again.topic_term.flags.writeable
    assert infer(again, planted).tobytes() == infer(model, planted).tobytes()


def test_saving_again_gives_the_same_bytes_and_leaves_nothing_else_behind(model, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    save(model, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert set(before) == {"model.json", "arrays.npz"}


def test_a_missing_model_is_said_to_be_missing(tmp_path):
    with pytest.raises(TrackerError) as error:
        load(tmp_path / "none")
    assert error.value.render() == f"error: no topic model in `{tmp_path / 'none'}`\n  missing: model.json\n\nhint: tracker fit"


@pytest.mark.parametrize("name", ["model.json", "arrays.npz"])
def test_a_cut_file_is_said_to_be_damaged(folder, name):
    path = folder / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(TrackerError) as error:
        load(folder)
    assert error.value.message == f"the topic model in `{folder}` is damaged"
    assert error.value.hint == "tracker fit"


def change(folder, **fields):
    path = folder / "model.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | fields), encoding="utf-8")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"terms": ["quay"]}, "model.json and arrays.npz do not belong together"),
        ({"schema": "else"}, "its schema is `else`, not `tracker/topic-model`"),
        ({"topics": None}, "'NoneType' object is not iterable"),
    ],
)
def test_a_description_that_does_not_fit_is_said_to_be_damaged(folder, fields, why):
    change(folder, **fields)
    with pytest.raises(TrackerError) as error:
        load(folder)
    assert error.value.render() == f"error: the topic model in `{folder}` is damaged\n  {why}\n\nhint: tracker fit"


def test_changed_settings_are_noticed_by_the_id(model, folder):
    change(folder, settings={"topics": 4})
    with pytest.raises(TrackerError, match="is damaged") as error:
        load(folder)
    assert f"not `{model.id}`" in error.value.looked_at[0]


def test_a_newer_format_is_said_to_be_newer(folder):
    change(folder, format=2)
    with pytest.raises(TrackerError) as error:
        load(folder)
    assert error.value.render() == f"error: the topic model in `{folder}` is from a newer version (format 2; this one reads 1)\n\nhint: tracker fit"


def test_a_folder_that_cannot_be_written_is_a_plain_error(model, tmp_path):
    (tmp_path / "models").write_text("a file", encoding="utf-8")
    with pytest.raises(TrackerError) as error:
        save(model, tmp_path / "models" / "x")
    assert error.value.message.startswith(f"cannot write the topic model to `{tmp_path / 'models' / 'x'}`: ")
