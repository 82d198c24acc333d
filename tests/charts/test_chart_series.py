"""Themes over periods and groups: lines, heatmap, dots, distances."""

from dataclasses import replace

import pytest
from content_series import CHINESE, NAMES, by_speaker, by_year, matrix
from matplotlib import rc_context

from tracker.charts import distance, groups, heatmap, series
from tracker.charts.files import UNHINTED, svg_text
from tracker.charts.periods import labelled, short_names
from tracker.charts.style import AFTER, BEFORE, INK
from tracker.findings.series_records import GroupSummary

WIDTHS = (760, 358)


def texts_of(figure):
    return [text.get_text() for text in figure.texts]


def boxes_of(figure):
    with rc_context(UNHINTED):
        return [(text.get_text(), text.get_window_extent(figure.canvas.get_renderer())) for text in figure.texts if text.get_text()]


def check_texts(figure):
    boxes = boxes_of(figure)
    assert [t for t, b in boxes if b.x0 < -1 or b.x1 > figure.bbox.width + 1 or b.y0 < -1 or b.y1 > figure.bbox.height + 1] == []
    shrunk = [(t, b.shrunk(0.96, 0.7)) for t, b in boxes]
    assert [(s, t) for i, (s, a) in enumerate(shrunk) for t, b in shrunk[i + 1 :] if a.overlaps(b)] == []


@pytest.fixture(scope="module")
def twelve():
    return by_year()


def test_a_line_is_drawn_at_the_drawn_means_and_a_gap_stays_a_gap(twelve):
    chosen = series.data(twelve)
    axes = series.draw(chosen).axes[0]
    lines = [line for line in axes.lines if line.get_color() == BEFORE and line.get_linewidth() == 2]
    assert [list(line.get_xdata()) for line in lines] == [[0, 1, 2, 3], [5, 6, 7, 8, 9, 10, 11]]
    points = twelve.themes[0].points
    assert [y for line in lines for y in line.get_ydata()] == pytest.approx([1000 * p.drawn.value for p in points if p.drawn.value is not None])


def test_dots_are_the_shares_and_thin_lines_their_ranges(twelve):
    axes = series.draw(series.data(twelve)).axes[0]
    dots = [place for line in axes.lines if line.get_marker() == "o" for place in zip(line.get_xdata(), line.get_ydata(), strict=True)]
    points = twelve.themes[0].points
    assert dots == [(i, pytest.approx(1000 * p.share.value)) for i, p in enumerate(points) if p.share.value is not None]
    assert [h.high for h in series.data(twelve).panels[0].points if h.high is not None] == pytest.approx([1000 * p.share.high for p in points if p.share.high])


def test_the_trend_is_drawn_only_where_the_verdict_says_so(twelve):
    panels = series.data(twelve).panels
    assert [bool(p.trend) for p in panels] == [True, True, False, False, False, False]
    first, last = panels[0].trend
    assert (last - first) / 11 == pytest.approx(0.6)
    dashed = [line for axes in series.draw(series.data(twelve)).axes for line in axes.lines if line.get_linestyle() == "--" and line.get_color() == INK]
    assert len(dashed) == 2


def test_the_change_is_shaded_between_the_periods_it_could_lie_between(twelve):
    panels = {p.label: p for p in series.data(twelve).panels}
    could_be = twelve.themes[2].change.could_be
    labels = [g.label for g in twelve.groups]
    assert panels["Orchard"].spans == ((labels.index(could_be[0]) - 1, labels.index(could_be[-1])),)
    assert [p.label for p in panels.values() if p.spans] == ["Orchard"]


def test_a_period_that_differs_from_all_others_is_a_triangle(twelve):
    figure = series.draw(series.data(twelve))
    marks = [(line.get_marker(), x) for axes in figure.axes for line in axes.lines if line.get_color() == AFTER for x in line.get_xdata()]
    assert marks == [("^", 6)]


def test_the_title_states_what_rose_fell_and_changed(twelve):
    assert series.data(twelve).caption.title == "Harbour rose; Bridge fell; Orchard changed level from 2013 to 2024"


def test_the_title_says_when_there_are_too_few_periods():
    assert series.data(by_year(3, 1, ())).caption.title == "3 years with speeches, too few to show a trend: a description, not a test"


def test_the_reading_speaks_only_of_what_is_drawn(twelve):
    assert "Dashed" in series.data(twelve).caption.reading
    short = series.data(by_year(3, 1, ())).caption.reading
    assert not [word for word in ("Dashed", "Shaded", "Hatched", "own scale") if word in short]


def test_speeches_and_words_stand_under_each_period(twelve):
    shown = texts_of(series.draw(series.data(twelve)))
    assert {"speeches", "words", "none", "12,832"} <= set(shown)


def test_themes_beyond_twelve_and_silent_ones_are_named_or_counted():
    many = by_year(6, 20, ())
    silent = replace(many.themes[7], points=tuple(replace(p, hits=0) for p in many.themes[7].points))
    chosen = series.data(replace(many, themes=(*many.themes[:7], silent, *many.themes[8:])))
    assert (len(chosen.panels), chosen.more) == (12, 7)
    assert chosen.caption.notes[:2] == (f"Not mentioned at all: {silent.label}.", "7 more themes in data/series.csv.")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("shape", [(3, 1, ()), (6, 8, (2,)), (12, 6, (4,)), (80, 60, (4, 17, 18), 1946)])
def test_no_text_of_the_lines_leaves_the_figure_or_overlaps(shape, width):
    check_texts(series.draw(series.data(by_year(*shape), ("A notice that must stand on every chart.",), telling=shape[0] > 12), width))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("made", [by_year(80, 60, (4, 17, 18), 1946), by_year(9, 10, (4,)), by_speaker(CHINESE, 9), by_year(20, 1, ())])
def test_no_text_of_the_heatmap_leaves_the_figure_or_overlaps(made, width):
    check_texts(heatmap.draw(heatmap.data(made), width))


def test_the_dense_heatmap_leaves_nothing_out():
    chosen = heatmap.data(by_year(80, 60, (4, 17, 18), 1946))
    assert (len(chosen.rows), len(chosen.groups)) == (60, 80)
    assert not [note for note in chosen.caption.notes if "more" in note or "earlier" in note]
    shown = texts_of(heatmap.draw(chosen))
    assert all(any(text == row.label or (text.endswith("…") and row.label.startswith(text[:-1])) for text in shown) for row in chosen.rows)


def test_each_row_has_its_own_scale_printed_at_its_end():
    made = by_year(20, 3, ())
    chosen = heatmap.data(made)
    most = {t.label: max(1000 * p.drawn.value for p in t.points) for t in made.themes}
    assert {row.label: row.most for row in chosen.rows} == pytest.approx(most)
    shown = texts_of(heatmap.draw(chosen))
    assert all(any(text.startswith(f"{row.most:.1f}") for text in shown) for row in chosen.rows)


def test_cells_are_coloured_by_their_part_of_the_row_and_gaps_are_hatched():
    made = by_year(20, 1, (4, 5))
    figure = heatmap.draw(heatmap.data(made))
    axes = figure.axes[-1]
    paths = [patch for patch in axes.patches if not patch.get_hatch()]
    covered = sorted(int(x) for patch in paths for x in patch.get_path().vertices[::2, 0])
    assert covered == [i for i in range(20) if i not in (4, 5)]
    hatched = [(patch.get_x(), patch.get_width()) for patch in axes.patches if patch.get_hatch()]
    assert hatched == [(4, 2)]
    brightest = max(paths, key=lambda patch: sum(patch.get_edgecolor()[:2]))
    highest = max(range(20), key=lambda i: made.themes[0].points[i].drawn.value or 0)
    assert highest in [int(x) for x in brightest.get_path().vertices[::2, 0]]


def test_rising_themes_stand_first_and_falling_ones_last():
    rows = heatmap.data(by_year(20, 9, ())).rows
    assert (rows[0].verdict, rows[1].verdict[:9], rows[-1].verdict) == ("▲ rising", "◆ changed", "▼ falling")


def test_too_many_themes_and_periods_are_counted():
    chosen = heatmap.data(by_year(260, 70, (), 1700))
    assert (len(chosen.rows), len(chosen.groups)) == (60, 240)
    assert {"10 more themes in data/series.csv.", "20 earlier years in data/series.csv."} <= set(chosen.caption.notes)


def test_the_dense_heatmap_stays_a_small_file():
    chosen = heatmap.data(by_year(80, 60, (4, 17, 18), 1946))
    assert len(svg_text(heatmap.draw(chosen), "heatmap", chosen.caption)) < 700_000


def test_values_are_sorted_by_share_with_their_ranges():
    made = by_speaker(NAMES, 1)
    panel = groups.data(made).panels[0]
    assert [dot.share for dot in panel.dots] == sorted((1000 * p.share.value for p in made.themes[0].points), reverse=True)
    axes = groups.draw(groups.data(made)).axes[0]
    spans = [tuple(line.get_xdata()) for line in axes.lines if line.get_linewidth() == 1.1]
    assert len(spans) == sum(dot.span is not None for dot in panel.dots)


def test_a_value_that_differs_is_a_triangle_and_says_so():
    figure = groups.draw(groups.data(by_speaker(NAMES, 1)))
    assert [line.get_marker() for line in figure.axes[0].lines if line.get_markerfacecolor() == AFTER and line.get_marker() != "None"] == ["^"]
    assert "▲ higher" in texts_of(figure)
    assert groups.data(by_speaker(NAMES, 1)).caption.title == "Harbour is higher for Jon Varga than for all other speakers together"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("names", [NAMES, CHINESE, NAMES[:2]])
def test_no_text_of_the_dots_leaves_the_figure_or_overlaps(names, width):
    check_texts(groups.draw(groups.data(by_speaker(names, 3)), width))


def test_themes_without_room_are_counted():
    chosen = groups.data(by_speaker(NAMES, 12))
    assert len(chosen.panels) == 2
    assert "10 more themes in data/series.csv." in chosen.caption.notes


def test_distances_stand_in_their_cells_and_few_events_are_marked(twelve):
    chosen = distance.data(twelve)
    assert chosen.few == tuple(i == 1 for i in range(12))
    shown = texts_of(distance.draw(chosen))
    assert shown.count("too few") == 1
    known = [v for i, row in enumerate(chosen.bits) for v in row[:i] if v is not None]
    assert sum(text.startswith(".0") for text in shown) == len(known)
    assert f"{known[0]:.3f}"[1:] in shown
    assert "Too few: fewer than 3 events." in chosen.caption.notes


def test_the_distance_title_names_the_furthest_and_the_nearest(twelve):
    assert distance.data(twelve).caption.title == "2013 and 2024 lie furthest apart in their words, 2017 and 2018 nearest"


def test_distances_that_are_all_unknown_say_so(twelve):
    none = replace(twelve.distance, bits=tuple(tuple(0.0 if i == j else None for j in range(12)) for i in range(12)))
    chosen = distance.data(replace(twelve, distance=none))
    assert chosen.caption.title == "Too few events to measure how far the words lie apart"
    assert distance.draw(chosen).texts


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("names", [NAMES, CHINESE])
def test_no_text_of_the_distances_leaves_the_figure_or_overlaps(names, width):
    made = by_speaker(names, 1)
    figure = distance.draw(distance.data(replace(made, distance=matrix(made.groups, (2,)))), width)
    boxes = boxes_of(figure)
    assert [t for t, b in boxes if b.x0 < -1 or b.x1 > figure.bbox.width + 1 or b.y0 < -1 or b.y1 > figure.bbox.height + 1] == []


def test_nothing_mentioned_draws_a_page_that_says_so():
    made = by_year(6, 1, ())
    silent = replace(made, themes=tuple(replace(t, points=tuple(replace(p, hits=0) for p in t.points)) for t in made.themes))
    for chart in (series, heatmap):
        chosen = chart.data(silent)
        assert chosen.caption.title == "No theme is mentioned"
        assert chart.draw(chosen).texts


def test_a_series_of_empty_periods_draws():
    made = by_year(4, 2, (0, 1, 2, 3))
    for chart in (series, heatmap):
        assert chart.draw(chart.data(made)).texts


def test_periods_between_edges_are_named_by_their_years_or_first_days():
    years = [GroupSummary(f"{y}-01-20..{y + 4}-01-19", f"{y}-01-20", f"{y + 4}-01-19", 1, 1, 9) for y in (1997, 2001)]
    assert short_names(years) == ("1997–2001", "2001–05")
    months = [GroupSummary(f"2001-0{m}-01..2001-0{m}-28", f"2001-0{m}-01", f"2001-0{m}-28", 1, 1, 9) for m in (1, 2)]
    assert short_names(months) == ("2001-01-01", "2001-02-01")


def test_months_are_labelled_by_the_year_when_they_do_not_fit():
    months = [GroupSummary(f"{2001 + m // 12}-{1 + m % 12:02d}", f"{2001 + m // 12}-{1 + m % 12:02d}-01", "", 1, 1, 9) for m in range(36)]
    assert labelled(short_names(months), months, 8.0) == [(0, "2001"), (12, "2002"), (24, "2003")]


def test_files_of_every_chart_are_the_same_bytes_twice(twelve):
    for chart in (series, heatmap, distance):
        chosen = chart.data(twelve)
        assert svg_text(chart.draw(chosen), "x", chosen.caption) == svg_text(chart.draw(chosen), "x", chosen.caption)
