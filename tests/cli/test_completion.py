"""What the shell proposes behind Tab."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.tasks.add import add
from tracker.tasks.workspace import init

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys\nfrom tracker.cli.app import run\ntry:\n    run()\nfinally:\n    print(*sys.modules, file=open('loaded', 'w'))"


def proposed(line, folder):
    """What bash is told for a line that ends where Tab was pressed."""
    words = line.split(" ")
    asked = {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    environment = {name: value for name, value in os.environ.items() if name != "TRACKER_WORKSPACE"} | {"PYTHONPATH": str(ROOT), **asked}
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.fixture
def held(tmp_path):
    workspace = init(tmp_path / "w", themes="policy")
    (tmp_path / "a.txt").write_text("We built the harbour.", encoding="utf-8")
    add(workspace, [str(tmp_path / "a.txt")], date="2022-05-01", title="At the harbour")
    (workspace.reports_path / "2024-01-01-1200").mkdir(parents=True)
    (workspace.reports_path / "2024-01-01-1200" / "manifest.json").write_text("{}", encoding="utf-8")
    (workspace.reports_path / "notes").mkdir()
    model = workspace.models_path / "m1"
    model.mkdir(parents=True)
    topics = [{"id": "topic-01", "label": "port, quay"}, {"id": "topic-02", "label": "tax"}]
    (model / "model.json").write_text(json.dumps({"topics": topics}), encoding="utf-8")
    (workspace.models_path / "current.json").write_text(json.dumps({"model": "m1"}), encoding="utf-8")
    return workspace


def test_ids_of_speeches_are_proposed(held):
    (speech,) = [one.id[:8] for one in held.store.listed()]
    assert proposed("tracker show ", held.path) == [speech]
    assert proposed(f"tracker set {speech[:3]}", held.path) == [speech]
    assert proposed("tracker show zz", held.path) == []


def test_themes_topics_and_reports_are_proposed(held):
    named = proposed("tracker trend ", held.path)
    assert len(named) > 5
    assert proposed(f"tracker themes suggest {named[0][:-1]}", held.path) == [named[0]]
    assert proposed("tracker topics show ", held.path) == ["topic-01", "topic-02"]
    assert proposed("tracker diff ", held.path) == ["2024-01-01-1200"]


def test_the_workspace_that_the_line_names_is_looked_into(held, tmp_path):
    assert proposed(f"tracker replay --workspace {held.path} ", tmp_path) == ["2024-01-01-1200"]


@pytest.mark.parametrize("line", ["tracker show ", "tracker trend ", "tracker topics show ", "tracker diff "])
def test_nothing_is_said_without_a_workspace_or_in_a_damaged_one(line, held, tmp_path):
    assert proposed(line, tmp_path) == []
    for path in (held.corpus_path, held.themes_path, held.models_path / "current.json"):
        path.write_bytes(b"\xff\x00 = [")
    (held.reports_path / "2024-01-01-1200" / "manifest.json").unlink()
    assert proposed(line, held.path) == []


def test_proposing_loads_nothing_heavy(held):
    proposed("tracker show ", held.path)
    assert set((held.path / "loaded").read_text(encoding="utf-8").split()).isdisjoint({"numpy", "pydantic", "rich"})
