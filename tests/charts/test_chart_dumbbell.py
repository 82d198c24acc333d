"""The dumbbell of two periods."""

from dataclasses import replace

import pytest
from matplotlib import rc_context

from tracker.charts import dumbbell
from tracker.charts.files import UNHINTED
from tracker.charts.style import AFTER, BEFORE, INK, MUTED, PAPER
from tracker.estimates import Estimate
from tracker.findings.cases import ReferenceEvents, Standing


def texts_of(figure):
    return [text.get_text() for text in figure.texts]


def marks_of(figure):
    return [line for line in figure.axes[0].lines if line.get_marker() == "o"]


def test_themes_stand_in_order_of_change_largest_rise_first(two):
    rows = dumbbell.data(two.comparison).rows
    assert [row.label for row in rows] == ["Energy independence", "Research and universities", "Food supply", "Industrial restructuring", "Flood protection"]


def test_levels_are_shares_times_a_thousand(two):
    energy = dumbbell.data(two.comparison).rows[0]
    assert energy.levels == pytest.approx((0.0, 1000 * 6 / 104))
    assert energy.change == pytest.approx(energy.levels[1])
    assert energy.core == (None, pytest.approx(1000 * 2 / 104))


def test_themes_nobody_mentions_become_one_line(two):
    chosen = dumbbell.data(two.comparison)
    assert chosen.silent == ("Public transport", "Housing")
    assert "Not mentioned on either side: Public transport and Housing." in texts_of(dumbbell.draw(chosen))


def test_before_is_hollow_and_after_is_filled_at_the_levels(two):
    chosen = dumbbell.data(two.comparison)
    marks = marks_of(dumbbell.draw(chosen))
    for i, row in enumerate(chosen.rows):
        before, after = marks[2 * i], marks[2 * i + 1]
        assert (before.get_xdata()[0], before.get_markerfacecolor(), before.get_markeredgecolor()) == (pytest.approx(row.levels[0]), PAPER, BEFORE)
        assert (after.get_xdata()[0], after.get_markerfacecolor(), after.get_markeredgecolor()) == (pytest.approx(row.levels[1]), AFTER, AFTER)


def test_ranges_are_drawn_where_they_exist(many):
    chosen = dumbbell.data(many.comparison)
    spans = [tuple(line.get_xdata()) for axes in dumbbell.draw(chosen).axes for line in axes.lines if line.get_linewidth() == 1 and line.get_color() == BEFORE]
    assert spans == [row.ranges[0] for row in chosen.rows]


def test_what_is_left_out_is_counted(many):
    chosen = dumbbell.data(many.comparison)
    assert (len(chosen.rows), chosen.more) == (24, 31)
    assert any("31 more themes in" in text for text in texts_of(dumbbell.draw(chosen)))


def test_the_title_names_what_rose_and_fell(many):
    title = dumbbell.data(many.comparison).caption.title
    assert " rose; " in title
    assert title.endswith("fell between 2015..2019 and 2020..2024")


def test_the_title_says_when_nothing_was_tested(two):
    assert (
        dumbbell.data(two.comparison).caption.title
        == "In these texts more words on Energy independence and fewer on Flood protection: a description, not a test"
    )


def test_the_title_says_when_nothing_can_be_told_from_chance(two):
    themes = tuple(replace(theme, verdict="cannot tell") for theme in two.comparison.themes)
    assert dumbbell.data(replace(two.comparison, themes=themes)).caption.title == "No theme’s change between 2031 and 2032 can be told from chance"


def test_an_untested_comparison_says_so_once(two):
    shown = texts_of(dumbbell.draw(dumbbell.data(two.comparison)))
    assert shown.count("not tested") == 1
    assert "not testable" not in shown


def test_verdicts_that_are_no_shift_stand_in_grey(many):
    figure = dumbbell.draw(dumbbell.data(many.comparison))
    assert {text.get_color() for text in figure.texts if text.get_text() == "cannot tell"} == {MUTED}
    assert {text.get_color() for text in figure.texts if text.get_text() == "▲ rose"} == {INK}


def test_speeches_and_words_stand_under_each_period(two):
    shown = texts_of(dumbbell.draw(dumbbell.data(two.comparison), 358))
    assert {"1 speech, 118 words", "1 speech, 104 words"} <= set(shown)


def test_notices_stand_on_the_chart(two):
    assert "A notice." in texts_of(dumbbell.draw(dumbbell.data(two.comparison, ("A notice.",))))


def test_a_comparison_in_which_nothing_is_mentioned_still_draws(two):
    silent = tuple(theme for theme in two.comparison.themes if theme.label in {"Housing", "Public transport"})
    chosen = dumbbell.data(replace(two.comparison, themes=silent))
    assert chosen.caption.title == "No theme is mentioned in 2031 or 2032"
    assert dumbbell.draw(chosen).texts


@pytest.mark.parametrize("width", [760, 358])
def test_no_text_leaves_the_figure_or_overlaps_another(many, width):
    figure = dumbbell.draw(dumbbell.data(many.comparison, ("A notice that is long enough to be wrapped on a narrow screen, that is for certain.",)), width)
    with rc_context(UNHINTED):
        boxes = [(text.get_text(), text.get_window_extent(figure.canvas.get_renderer())) for text in figure.texts if text.get_text()]
    assert [t for t, b in boxes if b.x0 < -1 or b.x1 > figure.bbox.width + 1 or b.y0 < -1 or b.y1 > figure.bbox.height + 1] == []
    shrunk = [(t, b.shrunk(0.98, 0.7)) for t, b in boxes]
    assert [(s, t) for i, (s, a) in enumerate(shrunk) for t, b in shrunk[i + 1 :] if a.overlaps(b)] == []


def test_ranges_that_dwarf_the_points_end_in_an_arrow(two):
    def widened(side):
        return replace(side, share=replace(side.share, low=0.0, high=0.9))

    themes = tuple(replace(theme, before=widened(theme.before), after=widened(theme.after)) for theme in two.comparison.themes)
    chosen = dumbbell.data(replace(two.comparison, themes=themes))
    axes = dumbbell.draw(chosen).axes[0]
    assert axes.get_xlim()[1] < 2 * 60
    assert len([line for line in axes.lines if line.get_marker() == ">"]) == 2 * len(chosen.rows)
    assert "an arrow where one goes on" in chosen.caption.reading


def test_the_reading_speaks_of_ranges_only_where_there_are_any(two, many):
    assert "Thin lines" not in dumbbell.data(two.comparison).caption.reading
    assert "Thin lines: 95 % ranges." in dumbbell.data(many.comparison).caption.reading


def test_a_theme_that_rose_is_never_left_out_for_a_larger_change_that_cannot_be_told(many):
    rose = next(theme for theme in many.comparison.themes if theme.verdict == "cannot tell" and abs(theme.points.value) < 0.1)
    themes = tuple(replace(theme, verdict="rose") if theme is rose else theme for theme in many.comparison.themes)
    assert rose.label in [row.label for row in dumbbell.data(replace(many.comparison, themes=themes)).rows]


@pytest.fixture
def held_against(two):
    """The two texts as if the second had been held against nine others: its first theme stands out."""
    usual = Estimate(0.01, 0.004, 0.02, 0.95, 9, "share", "prediction-t")
    standing = Standing("after", True, usual, 8, 9, 0, 9)
    themes = [
        replace(theme, standing=standing, verdict="stands out" if theme.label == "Energy independence" else "within the usual range")
        for theme in two.comparison.themes
    ]
    reference = ReferenceEvents("after", 9, 8, ("kind", "language"), "", "earlier")
    return replace(two.comparison, themes=tuple(themes), method="stands-out", reference=reference)


def test_one_event_among_others_is_drawn_beside_the_usual_range_alone(held_against):
    chosen = dumbbell.data(held_against)
    assert chosen.caption.title == f"Energy independence stands out in {held_against.after.label}"
    assert "Thin lines: where 95 % of single speeches are expected." in chosen.caption.reading
    assert {row.ranges for row in chosen.rows} == {((4.0, 20.0), None)}
    texts = texts_of(dumbbell.draw(chosen))
    assert texts.count("▲ stands out") == 1
    assert texts.count("in usual range") == len(chosen.rows) - 1


def test_where_no_theme_stands_out_the_title_says_so(held_against):
    themes = tuple(replace(theme, verdict="within the usual range") for theme in held_against.themes)
    assert dumbbell.data(replace(held_against, themes=themes)).caption.title == f"No theme stands out in {held_against.after.label}"
