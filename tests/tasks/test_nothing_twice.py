"""What is remembered changes no answer: after any run of changes a report says what one from nothing says."""

import shutil

import numpy as np
import pytest

from tracker.errors import TrackerError
from tracker.room import room_for
from tracker.speech import Speech
from tracker.tasks.add import add
from tracker.tasks.check import check
from tracker.tasks.coding.frame import population
from tracker.tasks.compare import Choices
from tracker.tasks.corpus import remove, set_fields
from tracker.tasks.lists.checks import check_sides
from tracker.tasks.lists.draft import drafted
from tracker.tasks.lists.suggest import suggest
from tracker.tasks.phrases import phrases
from tracker.tasks.report import make
from tracker.tasks.workspace import init, open_workspace

WORDS = ["harbour", "rail", "steel", "climate", "energy", "school", "growth", "market", "peace", "border", "water", "trade", "reform", "city"]
THEMES = '[themes.port]\ncore = ["harbour"]\nterms = ["water", "trade*"]\n\n[themes.climate]\ncore = ["climate"]\nterms = [{}]\n'


def text(rng, year):
    cues = ("Brandt said that", "She added that", "Critics of the plan said", "The hall was full and")
    said = (f"{rng.choice(cues)} the {' and the '.join(rng.choice(WORDS, 4))} will come in {year}." for _ in range(14))
    return f"President Alva Brandt opened the congress.\n\n{' '.join(said)}\n"


def changed(workspace, folder, rng):
    """One change that a user could make; what it was."""
    speeches = workspace.store.speeches()
    one = speeches[int(rng.integers(len(speeches)))]
    what = str(rng.choice(["add", "set kind", "set speaker", "remove", "themes", "boilerplate", "voice"]))
    if what == "add":
        year = int(rng.integers(2019, 2024))
        (folder / f"{year}-03-{int(rng.integers(1, 28)):02d}-new.txt").write_text(text(rng, year), encoding="utf-8")
        add(workspace, [str(folder)], speaker="Alva Brandt", kind="readout")
    elif what == "remove" and len(speeches) > 8:
        remove(workspace, [one.id])
    elif what == "themes":
        workspace.themes_path.write_text(THEMES.format(f'"{rng.choice(WORDS)}", "energ*"'), encoding="utf-8")
    elif what == "boilerplate":
        settings = workspace.path / "tracker.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("# boilerplate = []", 'boilerplate = ["President Alva Brandt opened the congress."]'))
    else:
        said = {"set kind": {"kind": str(rng.choice(["transcript", "readout"]))}, "set speaker": {"speaker": "Ole Lund"}}
        set_fields(workspace, one.id, said.get(what, {"voice:3": "narrated"}))
    return what


def told(folder):
    """The numbers of a report made in a folder, as they would be written."""
    return str(make(open_workspace(folder), ("2019..2021", "2022..2023"), Choices()).json_text)


@pytest.mark.parametrize("state", [1, 2])
def test_a_report_after_any_changes_is_the_same_from_nothing(tmp_path, state):
    rng = np.random.default_rng(state)
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(10):
        (texts / f"{2019 + number % 5}-05-{number + 1:02d}.txt").write_text(text(rng, 2019 + number % 5), encoding="utf-8")
    workspace = init(tmp_path / "w", themes="none")
    workspace.themes_path.write_text(THEMES.format('"energ*"'), encoding="utf-8")
    add(workspace, [str(texts)], speaker="Alva Brandt", kind="readout")
    changes = []
    for _ in range(4):
        changes += [changed(open_workspace(workspace.path), texts, rng) for _ in range(2)]
        bare = tmp_path / "bare"
        shutil.rmtree(bare, ignore_errors=True)
        shutil.copytree(workspace.path, bare, ignore=shutil.ignore_patterns("cache.db*"))
        assert (workspace.path / "cache.db").exists() or len(changes) == 2
        assert told(bare) == told(workspace.path), changes
    assert len(set(changes)) > 2


def test_however_little_is_held_in_memory_the_answer_is_the_same(tmp_path):
    workspace = init(tmp_path / "w", themes="none")
    workspace.themes_path.write_text(THEMES.format('"energ*"'), encoding="utf-8")
    rng, texts = np.random.default_rng(9), tmp_path / "texts"
    texts.mkdir()
    for number in range(8):
        (texts / f"{2019 + number % 5}-05-{number + 1:02d}.txt").write_text(text(rng, 2019 + number % 5), encoding="utf-8")
    add(workspace, [str(texts)], speaker="Alva Brandt", kind="readout")
    whole, settings = told(workspace.path), workspace.path / "tracker.toml"
    settings.write_text('memory = "1 MB"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    small = open_workspace(workspace.path)
    assert small.cache.room.size == room_for(10**6)
    small.cache.room.size = 3_000  # one speech
    assert str(make(small, ("2019..2021", "2022..2023"), Choices()).json_text) == whole
    assert small.cache.room.used <= 3_000


def test_what_was_read_for_one_report_is_not_read_again_for_the_next(tmp_path, monkeypatch):
    from tracker import parts

    workspace = init(tmp_path / "w", themes="none")
    workspace.themes_path.write_text(THEMES.format('"energ*"'), encoding="utf-8")
    rng = np.random.default_rng(5)
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(6):
        (texts / f"{2019 + number % 5}-05-{number + 1:02d}.txt").write_text(text(rng, 2019 + number % 5), encoding="utf-8")
    add(workspace, [str(texts)], speaker="Alva Brandt", kind="readout")
    first = told(workspace.path)
    asked: list[Speech] = []
    monkeypatch.setattr(parts, "_mark", lambda speech, _: asked.append(speech))
    assert told(workspace.path) == first
    for again in (phrases, check, lambda held: suggest(held, "climate"), check_sides):
        again(open_workspace(workspace.path))
    held = open_workspace(workspace.path)
    population(held.store.speeches(), held.lexicon, held.recipe, cache=held.cache)
    with pytest.raises(TrackerError, match="too few or too short to draft"):  # said once they are read
        drafted(held.store.speeches(), held)
    assert asked == []
