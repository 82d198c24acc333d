"""The bar of long steps."""

from __future__ import annotations

import io
import time

import pytest

from tracker.cli.options import progress_bar, say_what_memory_is_needed
from tracker.room import may_take, needed
from tracker.tasks.add import add
from tracker.tasks.workspace import init, open_workspace


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_step_count_rate_and_time_left(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with progress_bar(quiet=False) as progress:
        for done in range(5):
            progress("counting words", done, 4)
            time.sleep(0.06)  # what comes sooner is not drawn
    said = screen.getvalue()
    assert "counting words" in said
    assert "4/4" in said
    assert "/s" in said


@pytest.mark.parametrize(("terminal", "quiet"), [(False, False), (True, True)])
def test_nothing_is_drawn_when_piped_or_quiet(monkeypatch, terminal, quiet):
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    screen = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stderr", screen)
    with progress_bar(quiet=quiet) as progress:
        assert progress is None
    assert screen.getvalue() == ""


def test_what_a_corpus_takes_is_said_where_the_setting_allows_less(tmp_path, capsys):
    workspace = init(tmp_path / "here", themes="none")
    (tmp_path / "a.txt").write_text("The harbour was built.\n", encoding="utf-8")
    add(workspace, [str(tmp_path / "a.txt")], date="2022-01-01")
    say_what_memory_is_needed(workspace, quiet=False)
    assert "memory" not in capsys.readouterr().err or may_take(None) < needed(1, 4)
    settings = workspace.path / "tracker.toml"
    settings.write_text('memory = "100 MB"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    say_what_memory_is_needed(open_workspace(workspace.path), quiet=False)
    assert "about 0.4 GB at the most, more than the 0.1 GB of `memory` in tracker.toml" in " ".join(capsys.readouterr().err.split())
