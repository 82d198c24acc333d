"""The speeches on a line of time."""

from datetime import date

import pytest

from tracker.charts import rug


def data_of(content):
    return rug.data(content.speeches, content.comparison, content.before_speeches, content.after_speeches)


def texts_of(figure):
    return [text.get_text() for text in figure.texts]


def test_two_speeches_are_labelled_with_their_dates_and_how_far_apart_they_are(two):
    chosen = data_of(two)
    assert chosen.caption.title == "Two speeches, 13 months apart"
    assert {"18 August 2031", "9 September 2032"} <= set(texts_of(rug.draw(chosen)))


def test_marks_stand_at_their_days(two):
    figure = rug.draw(data_of(two))
    heads = [line.get_xdata()[0] for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    assert heads == [date(2031, 8, 18).toordinal(), date(2032, 9, 9).toordinal()]


def test_a_year_without_speeches_is_shown_as_none(many):
    shown = texts_of(rug.draw(data_of(many)))
    assert "2019" in shown
    assert "none" in shown
    assert "16 months without a speech" in shown


def test_the_counts_under_the_line_add_up(many):
    chosen = data_of(many)
    figure = rug.draw(chosen)
    row = {text.get_position()[1] for text in figure.texts if text.get_text() == "speeches"}
    counts = [int(text.get_text()) for text in figure.texts if text.get_position()[1] in row and text.get_text().isdigit()]
    assert sum(counts) == len(chosen.marks) == 40


def test_an_undated_speech_is_counted_not_drawn(many):
    chosen = data_of(many)
    assert chosen.undated == 1
    assert chosen.caption.notes[0] == "1 speech without a date is not on the line."


def test_a_date_known_to_the_month_is_drawn_as_a_bar(two):
    line = two.speeches[0]._replace(date="2031-08", precision="month")
    chosen = rug.data([line], two.comparison)
    assert (chosen.marks[0].first, chosen.marks[0].last) == (date(2031, 8, 1), date(2031, 9, 1))
    assert any(tuple(mark.get_xdata()) == (date(2031, 8, 1).toordinal(), date(2031, 9, 1).toordinal()) for axes in rug.draw(chosen).axes for mark in axes.lines)


@pytest.mark.parametrize("years", [(1790, 2026), (1, 9999), (2024, 2024)])
def test_any_span_of_years_draws_without_overlap(two, years):
    lines = [two.speeches[0]._replace(id=str(y), date=f"{y:04d}-03-01") for y in years]
    for width in (760, 358):
        figure = rug.draw(rug.data(lines, two.comparison), width)
        boxes = [text.get_window_extent(figure.canvas.get_renderer()).shrunk(0.98, 0.7) for text in figure.texts if text.get_text()]
        assert not [1 for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.overlaps(b)]


def test_a_corpus_without_dates_says_so(two):
    chosen = rug.data([two.speeches[0]._replace(date="")], two.comparison)
    assert chosen.caption.title == "No speech has a date"
    assert rug.draw(chosen).texts


def test_ten_thousand_speeches_draw_one_stem_a_pixel(two):
    lines = [two.speeches[0]._replace(id=str(i), date=f"{1990 + i % 30}-{1 + i % 12:02d}-{1 + i % 28:02d}") for i in range(10_000)]
    chosen = rug.data(lines, two.comparison, {str(i) for i in range(5000)}, {str(i) for i in range(5000, 10_000)})
    assert chosen.caption.reading == "Each mark is a speech. Short: 2031. Tall: 2032."
    stems = [path for axes in rug.draw(chosen).axes for collection in axes.collections for path in collection.get_paths()]
    assert 100 < len(stems) < 1600


def test_millions_of_words_are_shortened(two):
    lines = [two.speeches[0]._replace(id=str(i), date=f"{2000 + i}-01-01", tokens=2_900_000) for i in range(3)]
    assert "2.9 M" in texts_of(rug.draw(rug.data(lines, two.comparison)))
