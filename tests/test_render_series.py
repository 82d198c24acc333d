"""A series and novelty in the terminal."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "reports"))

from content_series import NAMES, by_speaker, by_year, novel

from tracker.cli import render_series


def printed(capsys, call, made, **given):
    call(made, **{"quiet": False, **given})
    return capsys.readouterr()


def test_few_periods_stand_side_by_side_with_gaps_as_dashes(capsys):
    out = printed(capsys, render_series.series, by_year(6, 3, (2,))).out
    line = next(line for line in out.splitlines() if line.startswith("Bridge"))
    assert line.split()[1:4] == ["6.9", "7.6", "–"]
    assert line.endswith("too few periods")
    assert "speeches" in out
    assert "furthest apart in their words: 2013 and 2018" in out


def test_many_periods_are_a_block_each_and_a_gap_is_a_dot(capsys):
    out = printed(capsys, render_series.series, by_year(12, 4)).out
    line = next(line for line in out.splitlines() if line.startswith("Harbour "))
    blocks = next(word for word in line.split() if "█" in word)
    assert (len(blocks), blocks[4], blocks[-1]) == (12, "·", "█")
    assert line.rstrip().endswith("▲ rising")


def test_blocks_are_scaled_from_nothing_to_the_largest():
    assert render_series._blocks([0.0, 0.5, None, 1.0]) == "▁▅·█"
    assert render_series._blocks([None, 0.0]) == "·▁"


@pytest.mark.parametrize("width", [60, 80, 120])
def test_blocks_fit_the_terminal_and_what_is_left_out_is_counted(capsys, monkeypatch, width):
    monkeypatch.setattr(render_series, "_width", lambda: width)
    out = printed(capsys, render_series.series, by_year(140, 4, (), 1880)).out
    rows = [line for line in out.splitlines() if "█" in line]
    assert rows
    assert all(len(line) <= width for line in rows)
    assert f"… {140 - (width - 4)} earlier years: tracker trend --json" in out


def test_values_stand_highest_first_with_range_and_verdict(capsys):
    out = printed(capsys, render_series.series, by_speaker(NAMES, 1)).out
    lines = [line for line in out.splitlines() if line.startswith("Harbour")]
    assert "Jon Varga" in lines[0]
    assert "▲ higher" in lines[0]
    assert "8.1 to 11.4" in lines[0]
    assert len(lines) == 40


def test_what_moved_is_said_first_with_a_quote(capsys):
    out = printed(capsys, render_series.series, by_year()).out
    assert out.index("Harbour rose steadily") < out.index("“The mayor called for") < out.index("theme  ")


def test_warnings_and_notes_go_to_the_other_stream_and_quiet_drops_them(capsys):
    loud = printed(capsys, render_series.series, by_year())
    assert "W12: Neighbouring periods" in loud.err
    assert "3 speeches in no year" in loud.err
    assert "W12" not in loud.out
    assert printed(capsys, render_series.series, by_year(), quiet=True).err == ""


def test_breaks_with_the_past_are_listed_with_their_words(capsys):
    got = printed(capsys, render_series.novelty, novel())
    assert "▲ broke and stayed" in got.out
    assert "▼ left behind" in got.out
    assert "tidal battery campus forum" in got.out
    assert "… 43 more: tracker novelty --json" in got.out
    assert "14 speeches at the beginning and the end" in got.err


def test_without_a_break_the_most_unlike_are_listed_as_usual(capsys):
    out = printed(capsys, render_series.novelty, novel(30, ())).out
    assert "No speech differs" in out
    assert "as usual" in out


def test_titles_cannot_steer_the_terminal(capsys):
    made = novel()
    rows = tuple(replace(r, title="A \x1b[31mred title") for r in made.rows)
    assert "\x1b" not in printed(capsys, render_series.novelty, replace(made, rows=rows)).out


def test_the_width_of_a_pipe_is_wide():
    assert render_series._width() == (render_series.PIPE_WIDTH if not sys.stdout.isatty() else os.get_terminal_size().columns)
