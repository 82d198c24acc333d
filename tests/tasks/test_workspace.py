import re
import subprocess
import sys

import pytest

import tracker
from tracker.errors import CorpusError, TrackerError
from tracker.lexicon import parse_themes
from tracker.recipe import Recipe
from tracker.tasks.workspace import CODEBOOKS, codebook, init, open_workspace, seeds_file


def test_a_new_workspace_has_settings_themes_and_an_empty_corpus(tmp_path):
    workspace = init(tmp_path / "w")
    assert sorted(p.name for p in workspace.path.iterdir() if not p.name.startswith("corpus.db-")) == ["corpus.db", "themes.toml", "tracker.toml"]
    assert workspace.store.speeches() == []
    assert workspace.recipe == Recipe()
    assert workspace.lexicon.themes


def test_every_setting_shown_in_the_comments_is_the_default(tmp_path):
    workspace = init(tmp_path / "w")
    settings = workspace.path / "tracker.toml"
    shown = re.findall(r"^(\[\w+\]|# \w+ = .*)$", settings.read_text(encoding="utf-8").split("[dates]")[0], re.MULTILINE)
    chosen_by_the_tool = ("# memory", "# engine", "# topics")
    settings.write_text("\n".join(line.removeprefix("# ") for line in shown if not line.startswith(chosen_by_the_tool)), encoding="utf-8")
    assert len(shown) > 12
    assert open_workspace(workspace.path).recipe == Recipe()


@pytest.mark.parametrize("name", CODEBOOKS)
def test_every_built_in_codebook_can_be_read(name):
    themes = parse_themes(codebook(name), "themes.toml").themes
    assert bool(themes) is (name != "none")


def test_a_second_init_overwrites_nothing(tmp_path):
    init(tmp_path / "w")
    with pytest.raises(TrackerError, match="is a workspace already"):
        init(tmp_path / "w")


def test_themes_that_are_there_already_stay(tmp_path):
    (tmp_path / "themes.toml").write_text("[themes]\n", encoding="utf-8")
    assert init(tmp_path).themes_path.read_text(encoding="utf-8") == "[themes]\n"


def test_an_unknown_codebook_is_an_error_that_lists_them(tmp_path):
    with pytest.raises(TrackerError) as caught:
        init(tmp_path / "w", themes="weather")
    assert caught.value.looked_at == ("built in: policy, china-economy, none",)
    assert not (tmp_path / "w").exists()


def test_a_workspace_is_found_by_name_then_by_the_environment_then_by_walking_up(tmp_path, monkeypatch):
    here, named, other = init(tmp_path / "here"), init(tmp_path / "named"), init(tmp_path / "other")
    (here.path / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(here.path / "deep" / "down")
    assert open_workspace(named.path, {"TRACKER_WORKSPACE": str(other.path)}).path == named.path
    assert open_workspace(None, {"TRACKER_WORKSPACE": str(other.path)}).path == other.path
    assert open_workspace(None, {}).path == here.path


def test_no_workspace_anywhere_is_an_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CorpusError, match="no workspace"):
        open_workspace(None, {})
    with pytest.raises(CorpusError, match="no workspace in"):
        open_workspace(tmp_path, {})


def test_a_missing_themes_file_is_an_error_with_a_command(tmp_path):
    workspace = init(tmp_path / "w")
    workspace.themes_path.unlink()
    with pytest.raises(TrackerError, match=r"no `themes\.toml`"):
        _ = workspace.lexicon


def test_the_notebook_way_is_the_same_as_the_tasks(two):
    workspace = tracker.open_workspace(two.path)
    assert [theme.id for theme in workspace.compare("2022", "2023").themes] == ["shipyards", "orchards", "sea-walls", "airships"]
    assert len(workspace.speeches("2022")) == 1
    assert workspace.words("2022", "2023").rows
    assert [series.id for series in workspace.trend("orchards").themes] == ["orchards"]
    assert workspace.novelty().warnings  # two speeches are too few, and it says so


def test_a_public_name_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute `nothing`"):
        _ = tracker.nothing


def test_importing_tracker_loads_nothing_heavy():
    heavy = "import sys, tracker, tracker.cli.app; print(sorted({'numpy', 'scipy', 'sklearn', 'gensim', 'matplotlib'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_built_in_texts_say_that_they_are_digests():
    assert "kind: digest" in seeds_file("2022-08-16-jinzhou.md")
