"""Results as tables in a notebook: numbers with n, range and verdict; texts escaped; nothing left out unsaid."""

import re
import sys
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tracker.findings.notebook import MOST_ROWS, table_of
from tracker.findings.records import Warning  # noqa: A004 - the product's word for it

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reports"))
from content_many import many_speeches
from content_samples import two_speeches
from content_series import NAMES, by_speaker, by_year, novel

HOSTILE = "<script>alert('x')</script>&\"quoted\""


class Table(HTMLParser):
    """Rows of cells, and the tags in the order they were opened."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.tags, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, _):
        self.tags.append(tag)
        if tag != "rect":
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag != "rect":
            assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def two():
    return two_speeches()


@pytest.fixture(scope="module")
def many():
    return many_speeches()


RESULTS = {
    "comparison": lambda: two_speeches().comparison,
    "many themes": lambda: many_speeches().comparison,
    "words": lambda: many_speeches().words,
    "topics": lambda: many_speeches().topics,
    "years": by_year,
    "many years": lambda: by_year(80, 30, gaps=(4, 44), first=1946),
    "speakers": lambda: by_speaker(NAMES[:5]),
    "novelty": novel,
}


@pytest.mark.parametrize("name", RESULTS)
def test_every_row_has_a_cell_for_every_heading_and_every_tag_is_closed(name):
    table = Table(RESULTS[name]()._repr_html_())
    assert table.open == []
    assert len(table.rows) > 1
    assert {len(row) for row in table.rows} == {len(table.rows[0])}


@pytest.mark.parametrize("name", RESULTS)
def test_nothing_is_loaded_and_nothing_is_run(name):
    shown = RESULTS[name]()._repr_html_()
    assert not {"script", "img", "link", "iframe", "style", "a"} & set(Table(shown).tags)
    assert not re.search(r"(?:src|href|on\w+)\s*=", shown.split("<tbody>")[0])


def test_a_comparison_shows_values_change_range_events_q_and_verdict(many):
    comparison = many.comparison
    rows = Table(comparison._repr_html_()).rows
    assert rows[0] == ["theme", comparison.before.label, comparison.after.label, "change", "range of the change (95 %)", "events", "q", "verdict"]
    theme = max(comparison.themes, key=lambda t: abs(t.points.value))
    first = rows[1]
    assert first[0] == theme.label
    assert float(first[3].replace("−", "-")) == pytest.approx(10 * theme.points.value, abs=0.051)
    assert float(first[1]) == pytest.approx(1000 * theme.before.share.value, abs=0.051)
    assert first[5] == f"{theme.before.share.n} and {theme.after.share.n}"
    assert first[7].startswith(theme.verdict)


def test_the_themes_that_changed_most_come_first(many):
    changes = [abs(float(row[3].replace("−", "-"))) for row in Table(many.comparison._repr_html_()).rows[1:]]
    assert changes == sorted(changes, reverse=True)


def test_a_number_that_does_not_exist_is_a_dash(two):
    rows = Table(two.comparison._repr_html_()).rows
    assert {row[6] for row in rows[1:]} == {"–"}
    assert "None" not in two.comparison._repr_html_()
    assert "nan" not in two.comparison._repr_html_()


def test_warnings_stand_below_the_table(two):
    shown = unescape(two.comparison._repr_html_())
    assert two.comparison.warnings
    assert all(f"{w.code}: {w.text}" in shown for w in two.comparison.warnings)


def test_more_rows_than_a_screen_bears_are_counted(many):
    theme = many.comparison.themes[0]
    long = replace(many.comparison, themes=tuple(replace(theme, id=f"t{i}") for i in range(MOST_ROWS + 7)))
    assert len(Table(long._repr_html_()).rows) == MOST_ROWS + 1
    assert "7 more rows" in long._repr_html_()


def test_words_show_both_ends_and_how_many_stand_between(many):
    row = many.words.rows[0]
    long = replace(many.words, rows=tuple(replace(row, term=f"w{i}", z=50.0 - i) for i in range(100)))
    terms = [r[0] for r in Table(long._repr_html_()).rows[1:]]
    assert (terms[0], terms[-1], len(terms)) == ("w0", "w99", 30)
    assert "70 words between these two ends" in long._repr_html_()


def test_few_periods_are_columns_with_ranges_and_n():
    series = by_year(5, 2, gaps=())
    rows = Table(series._repr_html_()).rows
    assert rows[0][1:6] == [g.label for g in series.groups]
    assert re.fullmatch(r"\d+\.\d \(\d+\.\d to \d+\.\d\)", rows[1][1])
    assert rows[-1][0] == "n"
    assert rows[-1][1].startswith(f"{series.groups[0].events} event")


def test_many_periods_are_a_bar_each_with_the_lowest_and_highest_in_words():
    series = by_year(80, 3, gaps=(4,), first=1946)
    shown = series._repr_html_()
    table = Table(shown)
    assert table.rows[0][1] == "1946 to 2025"
    assert shown.count("<rect") == 3 * 79  # the empty year has no bar
    best = max((p for p in series.themes[0].points if p.share.value is not None), key=lambda p: p.share.value)
    assert table.rows[1][3] == f"{1000 * best.share.value:.1f} in {best.group}, n = {best.share.n}"


@pytest.mark.parametrize("name", ["comparison", "words", "topics", "years", "speakers", "novelty"])
def test_hostile_texts_are_shown_as_texts(name):
    result = RESULTS[name]()
    hostile = (Warning("W1", HOSTILE),)
    changed = {
        "comparison": lambda: replace(
            result, themes=(replace(result.themes[0], label=HOSTILE),), before=replace(result.before, label=HOSTILE), warnings=hostile
        ),
        "words": lambda: replace(result, rows=(replace(result.rows[0], term=HOSTILE),), warnings=hostile),
        "topics": lambda: replace(result, topics=(replace(result.topics[0], label=HOSTILE, words=(HOSTILE,), nearest_theme=HOSTILE),), warnings=hostile),
        "years": lambda: replace(result, themes=(replace(result.themes[0], label=HOSTILE),), warnings=hostile),
        "speakers": lambda: replace(result, groups=(replace(result.groups[0], label=HOSTILE), *result.groups[1:]), warnings=hostile),
        "novelty": lambda: replace(result, rows=tuple(replace(r, title=HOSTILE, speaker=HOSTILE, words=(HOSTILE,)) for r in result.rows), warnings=hostile),
    }[name]()
    shown = changed._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") >= 2
    assert HOSTILE in unescape(shown)


def test_there_is_no_table_for_what_is_no_result():
    with pytest.raises(TypeError, match="no table for int"):
        table_of(3)
