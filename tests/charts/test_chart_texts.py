"""No text of any chart stands in another or leaves its picture: dense, sparse, Chinese, at every width and in every size."""

from dataclasses import replace

import pytest
from content_many import many_speeches
from content_samples import two_speeches
from content_series import CHINESE, NAMES, by_speaker, by_year, matrix, novel, timed
from matplotlib import rc_context

from tracker.charts.files import UNHINTED
from tracker.charts.sizes import SIZES, fitted, legible
from tracker.findings.records import TopicRow
from tracker.reports.figures import planned

WIDTHS = (760, 620, 358)
LONG = "Rechtsschutzversicherungsgesellschaften und wissenschaftlich-technologische Selbstständigkeit der Industrie"
HANZI = "科技自立自强与产业结构调整以及防洪减灾能力建设和乡村全面振兴工作"


def dense():
    """Sixty themes, eighty years, forty speeches, forty topics with long names."""
    content = many_speeches()
    topics = tuple(
        TopicRow(f"t{i}", f"{LONG if i % 3 else HANZI} {i}", tuple(f"word{i}{k}" for k in range(10)), (41 - i) / 900, i / 40, i > 20, (), "") for i in range(40)
    )
    return replace(content, series=by_year(80, 60, (4, 17, 18), 1946), novelty=timed().novelty, topics=replace(content.topics, topics=topics))


def speakers():
    """Forty speakers, most of them with long or Chinese names, and how far they lie apart."""
    names = [f"{name} {i}" for i in range(10) for name in (*NAMES[:2], CHINESE[0], LONG)]
    made = by_speaker(names, 3)
    return replace(two_speeches(), series=replace(made, distance=matrix(made.groups, (2,))))


def chinese():
    content = two_speeches()
    themes = tuple(replace(theme, label=f"{HANZI}{i}") for i, theme in enumerate(content.comparison.themes))
    rows = tuple(replace(row, term=HANZI[i : i + 4 + i % 9]) for i, row in enumerate(content.words.rows))
    return replace(content, comparison=replace(content.comparison, themes=themes), words=replace(content.words, rows=rows), series=by_speaker(CHINESE, 4))


def empty_period():
    """Two speeches, one theme, and a series of which every period but one is empty."""
    content = two_speeches()
    return replace(content, comparison=replace(content.comparison, themes=content.comparison.themes[:1]), series=by_year(4, 1, (0, 1, 3)))


CASES = {"dense": dense, "speakers": speakers, "chinese": chinese, "two speeches": two_speeches, "an empty period": empty_period, "over time": timed}


def faults(figure):
    """Texts that leave the figure, and pairs of texts that stand in each other."""
    with rc_context(UNHINTED):
        boxes = [(text.get_text(), text.get_window_extent(figure.canvas.get_renderer())) for text in figure.texts if text.get_text()]
    out = [text for text, b in boxes if b.x0 < -1 or b.x1 > figure.bbox.width + 1 or b.y0 < -1 or b.y1 > figure.bbox.height + 1]
    shrunk = [(text, box.shrunk(0.96, 0.7)) for text, box in boxes]
    return out + [(one, other) for i, (one, a) in enumerate(shrunk) for other, b in shrunk[i + 1 :] if a.overlaps(b)]


@pytest.mark.parametrize("case", CASES)
def test_no_text_of_any_chart_leaves_it_or_stands_in_another(case):
    found = {}
    for name, chosen, draw in planned(CASES[case]()):
        for width in WIDTHS:
            wrong = faults(draw(chosen, float(width)))
            found |= {(name, width): wrong[:4]} if wrong else {}
    assert found == {}


@pytest.mark.parametrize("size", SIZES)
def test_every_chart_fits_into_every_size(size):
    for name, chosen, draw in planned(two_speeches()):
        figure, scale = fitted(chosen, draw, SIZES[size])
        across, down = (72 * scale * side for side in figure.get_size_inches())
        assert across <= SIZES[size].width + 0.01, name
        assert down <= SIZES[size].height + 0.01, name
        assert faults(figure) == []


def test_every_chart_of_the_dense_case_says_what_it_leaves_out():
    content = dense()
    said = {name: " ".join(chosen.caption.notes) for name, chosen, _ in planned(content)}
    spoken = sum(t.before.hits + t.after.hits > 0 for t in content.comparison.themes)
    assert f"{spoken - 24} more themes in data/themes.csv" in said["themes"]
    assert "10 more topics in data/topics.csv" in said["topics"]
    assert "more words in data/words.csv" in said["words"]
    assert "more in data/tfidf.csv" in said["tfidf"]
    assert "more" not in said["heatmap"].replace("more speeches", "")


@pytest.mark.parametrize(("size", "points"), [("slide", 12.0), ("column", 7.0), ("page", 7.0)])
@pytest.mark.parametrize("case", ["dense", "two speeches", "chinese"])
def test_the_smallest_letters_of_a_list_can_be_read_in_every_size(case, size, points):
    for name, chosen, draw in planned(CASES[case]()):
        if hasattr(chosen, "fewer"):
            shown = legible(chosen, draw, SIZES[size])
            figure, scale = fitted(shown, draw, SIZES[size])
            smallest = min(text.get_fontsize() for text in figure.texts if text.get_text())
            assert scale * smallest >= points - 0.05 or len(shown.rows) == 1, (name, len(shown.rows))
            assert faults(figure) == [], name


def letters_of(chosen, draw, size):
    """The smallest letters of a chart in a room, in points; that no text stands in another is looked at on the way."""
    figure, scale = fitted(chosen, draw, SIZES[size])
    assert faults(figure) == []
    return scale * min(text.get_fontsize() for text in figure.texts if text.get_text())


def one_theme():
    """A series of one theme over six years, and novelty of six hundred speeches, many of them named."""
    made = by_year(6, 1)
    return replace(two_speeches(), series=made, novelty=novel(600, tuple((20 + i * 9, "broke and stayed") for i in range(40))))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", [timed, one_theme])
def test_lines_and_novelty_are_drawn_lower_where_they_could_not_be_read(case, size):
    looked = 0
    for name, chosen, draw in planned(case()):
        if name in ("series", "novelty"):
            looked += 1
            assert letters_of(legible(chosen, draw, SIZES[size]), draw, size) >= SIZES[size].letters - 0.05, name
    assert looked == 2


def test_on_a_slide_novelty_and_its_line_of_time_stand_side_by_side_with_every_speech():
    chosen, draw = next((chosen, draw) for name, chosen, draw in planned(timed()) if name == "novelty")
    shown = legible(chosen, draw, SIZES["slide"])
    assert shown.marks == chosen.marks
    scatter, *_, strip = (axes.get_position() for axes in draw(shown, 840.0).axes)
    assert strip.x0 > scatter.x1
    assert strip.y0 == pytest.approx(scatter.y0)


def test_a_slide_shows_the_themes_that_moved_most_and_says_where_the_others_are():
    content = dense()
    chosen, draw = next((chosen, draw) for name, chosen, draw in planned(content) if name == "themes")
    shown = legible(chosen, draw, SIZES["slide"])
    spoken = sum(t.before.hits + t.after.hits > 0 for t in content.comparison.themes)
    assert 1 <= len(shown.rows) < len(chosen.rows) == 24
    assert f"{spoken - len(shown.rows)} more themes in data/themes.csv." in shown.caption.notes
    assert set(shown.rows) <= set(chosen.rows)
    strong = [row for row in chosen.rows if row.verdict in ("rose", "fell", "stands out")]
    least = min(abs(row.change) for row in shown.rows)
    assert all(abs(row.change) <= least or row in shown.rows for row in (strong or chosen.rows))
    assert list(shown.rows) == [row for row in chosen.rows if row in shown.rows]


def test_fewer_words_say_how_many_stars_are_not_shown():
    chosen = next(chosen for name, chosen, _ in planned(dense()) if name == "words")
    shown = chosen.fewer(2)
    gone = [*chosen.before[2:], *chosen.after[2:]]
    assert (len(shown.before), len(shown.after)) == (min(2, len(chosen.before)), min(2, len(chosen.after)))
    assert shown.more == chosen.more + len(gone)
    assert shown.starred == chosen.starred + sum(starred for *_, starred in gone)
    assert shown.caption.notes[0].startswith(f"{shown.more:,} more words in data/words.csv.")


def test_a_chart_that_can_be_read_is_left_as_it_is():
    chosen, draw = next((chosen, draw) for name, chosen, draw in planned(two_speeches()) if name == "words")
    assert legible(chosen, draw, SIZES["column"]) is chosen
    rug, draw = next((chosen, draw) for name, chosen, draw in planned(two_speeches()) if name == "rug")
    assert legible(rug, draw, SIZES["slide"]) is rug


def test_long_words_of_a_phone_and_long_names_of_a_heatmap_are_whole():
    content = two_speeches()
    first = content.words.rows[0]
    rows = [replace(first, term=term, starred=True, z=z, before_count=1610, after_count=1146) for term, z in (("administration", 20.0), ("government", -20.0))]
    words = next((chosen, draw) for name, chosen, draw in planned(replace(content, words=replace(content.words, rows=tuple(rows)))) if name == "words")
    drawn = {text.get_text() for text in words[1](words[0], 358.0).texts}
    assert {"administration ★", "government ★", "1,610 : 1,146"} <= drawn
    made = by_year(30, 9)
    name = "Private economy and small firms"
    made = replace(made, themes=tuple(replace(theme, label=f"{name} {i}") for i, theme in enumerate(made.themes)))
    heat = next((chosen, draw) for name, chosen, draw in planned(replace(content, series=made)) if name == "heatmap")
    assert {f"{name} {i}" for i in range(9)} <= {text.get_text() for text in heat[1](heat[0], 760.0).texts}
