"""Novelty and resonance."""

from dataclasses import replace

import pytest
from content_series import novel
from matplotlib import rc_context

from tracker.charts import novelty
from tracker.charts.files import UNHINTED
from tracker.charts.style import AFTER, BEFORE

MANY = tuple((20 + i * 9, ("broke and stayed", "left behind")[i % 2]) for i in range(40))


def marks_of(axes, marker):
    return [(x, y) for line in axes.lines if line.get_marker() == marker for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def test_each_speech_with_numbers_stands_at_its_novelty_and_resonance():
    made = novel()
    axes = novelty.draw(novelty.data(made)).axes[0]
    rows = [r for r in made.rows if r.novelty is not None]
    stayed = [(r.novelty, r.resonance) for r in rows if r.verdict == "broke and stayed"]
    assert sorted(marks_of(axes, "^")) == sorted(stayed)
    assert sorted(marks_of(axes, "v")) == [(r.novelty, r.resonance) for r in rows if r.verdict == "left behind"]
    usual = {(r.novelty, r.resonance) for r in rows if r.verdict == "as usual"}
    assert set(marks_of(axes, "o")) <= usual
    assert len(marks_of(axes, "o")) > len(usual) - 8  # one for each two pixels


def test_shape_tells_what_colour_tells():
    axes = novelty.draw(novelty.data(novel())).axes[0]
    looks = {(line.get_marker(), line.get_color()) for line in axes.lines if line.get_marker() in "^v"}
    assert looks == {("^", AFTER), ("v", BEFORE)}


def test_the_first_and_last_speeches_are_counted_not_drawn():
    chosen = novelty.data(novel())
    assert len(chosen.marks) == 46
    assert chosen.caption.notes[0] == "14 speeches at the beginning and the end have too few neighbours for a number."


def test_the_title_counts_what_stayed_and_what_passed():
    assert novelty.data(novel()).caption.title == "Of 46 speeches 2 broke with the past and stayed and 1 was left behind"
    one = novelty.data(novel(60, ((20, "broke and stayed"),))).caption.title
    assert one == "Address to the barley council (2013-05-11) broke with the past, and what was new stayed"


def test_without_a_verdict_nothing_is_called_a_break():
    chosen = novelty.data(novel(30, ()))
    assert chosen.caption.title == "No speech broke with the past by more than chance"
    assert not [m for m in chosen.marks if m.verdict]
    assert "No speech passes" in chosen.caption.reading


@pytest.mark.parametrize("width", [760, 358])
@pytest.mark.parametrize("made", [novel(), novel(600, MANY), novel(20, ())])
def test_names_never_overlap_another_or_a_mark(made, width):
    figure = novelty.draw(novelty.data(made), width)
    with rc_context(UNHINTED):
        boxes = [(t.get_text(), t.get_window_extent(figure.canvas.get_renderer())) for t in figure.texts if t.get_text()]
    assert [t for t, b in boxes if b.x0 < -1 or b.x1 > figure.bbox.width + 1 or b.y0 < -1 or b.y1 > figure.bbox.height + 1] == []
    shrunk = [(t, b.shrunk(0.96, 0.7)) for t, b in boxes]
    assert [(s, t) for i, (s, a) in enumerate(shrunk) for t, b in shrunk[i + 1 :] if a.overlaps(b)] == []
    axes = figure.axes[0]
    drawn = [axes.transData.transform(place) for marker in "^vo" for place in marks_of(axes, marker)]
    named = [b for t, b in shrunk if t.startswith("Address")]
    assert not [1 for b in named for x, y in drawn if b.x0 < x < b.x1 and b.y0 < y < b.y1]


def test_resonance_over_time_stands_below_at_the_days():
    made = novel()
    figure = novelty.draw(novelty.data(made))
    strip = figure.axes[-1]
    from datetime import date

    days = sorted(date.fromisoformat(r.date).toordinal() for r in made.rows if r.verdict in ("broke and stayed", "left behind"))
    assert sorted(x for marker in "^v" for x, _ in marks_of(strip, marker)) == days


def test_speeches_without_dates_have_no_line_of_time():
    made = novel()
    bare = replace(made, rows=tuple(replace(r, date="") for r in made.rows))
    assert "Novelty over time, bits" not in [t.get_text() for t in novelty.draw(novelty.data(bare)).texts]


def test_too_few_speeches_draw_a_page_that_says_so():
    chosen = novelty.data(novel(10, ()))
    assert chosen.caption.title == "There are too few speeches to tell which broke with the past"
    assert novelty.draw(chosen).texts
