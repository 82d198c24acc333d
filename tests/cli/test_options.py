"""The bar of long steps."""

from __future__ import annotations

import io

import pytest

from tracker.cli.options import progress_bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_step_count_rate_and_time_left(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with progress_bar(quiet=False) as progress:
        for done in range(5):
            progress("counting words", done, 4)
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
