"""A series and novelty in the report: page, tables, Markdown, JSON, and the sentences on top."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from content_series import NAMES, W11, W12, by_speaker, by_year, novel, timed
from test_report_page import Page
from whole_report import report_files

from tracker.charts.style import Caption
from tracker.findings.records import Warning  # noqa: A004 - the product's word for it
from tracker.findings.series_claims import direction, novelty_claims, series_claims
from tracker.reports import figures, tables, tables_series
from tracker.reports import json as contract
from tracker.reports.figures import Chart, all_charts, is_dense
from tracker.reports.html import render_page, unbroken
from tracker.reports.markdown import render_markdown


def page_of(content, charts=()):
    return render_page(content, charts, tables.all_tables(content))


def names_of(content):
    """The charts a report would have, without drawing them."""
    return tuple(name for name, _, _ in figures.planned(content))


@pytest.fixture(scope="module")
def held():
    return report_files(timed(), json_text="{}\n")


@pytest.fixture(scope="module")
def source(held):
    return held["index.html"].decode()


def test_without_a_series_nothing_of_it_stands_anywhere(two):
    text = page_of(two)
    assert not [part for part in ('id="series"', 'id="novelty"', "Over time", "broke with the past") if part in text]
    assert not {"series", "trends", "novelty", "distance"} & {table.name for table in tables.all_tables(two)}
    assert "Over time" not in render_markdown(two)


def test_the_sections_stand_in_their_order(source):
    places = [source.index(f'id="{name}"') for name in ("texts", "themes", "series", "words", "topics", "novelty", "evidence", "methods")]
    assert places == sorted(places)
    assert 'href="#series"' in source
    assert 'href="#novelty"' in source


def test_the_page_is_whole(source):
    page = Page(source)
    assert page.broken == []
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for _, attrs in page.tags if attrs.get("href", "").startswith("#")} <= set(ids)
    assert not re.search(r"\b(NaN|nan|None|inf|undefined)\b", " ".join(page.text))


def test_warnings_stand_beside_the_finding_and_once(source):
    text = " ".join(Page(source).text)
    assert text.count(unbroken(W12.text)) == 1
    assert source.index(unbroken(W12.text)) < source.index('id="chart-series"')
    assert W11.text.replace("6 periods", "3 periods") in page_of(replace(timed(), series=by_year(3, 2, ())))


def test_a_warning_stated_beside_the_series_is_not_stated_again_at_the_end():
    content = timed()
    assert " ".join(Page(page_of(replace(content, warnings=(*content.warnings, W12)))).text).count(unbroken(W12.text)) == 1


def test_a_table_and_a_csv_stand_behind_every_figure(held, source):
    charts = {path.split("/")[1].split(".")[0] for path in held if path.startswith("charts/")}
    assert {"series", "novelty", "distance"} <= charts
    assert {"data/series.csv", "data/trends.csv", "data/novelty.csv", "data/distance.csv"} <= set(held)
    assert {"The list of speeches", "Novelty, transience and resonance"} <= {c.split(" in bits")[0] for c in re.findall(r"<caption>(.*?)</caption>", source)}


def test_every_claim_of_a_theme_leads_to_its_sentences(source):
    assert re.findall(r'href="#series-([\w-]+)" aria-label="Evidence', source) == ["harbour", "bridge", "orchard", "library"]
    assert 'id="series-harbour"' in source


def test_few_periods_are_lines_many_a_heatmap_with_lines_for_what_moved():
    assert names_of(timed()) == ("rug", "themes", "series", "distance", "words", "tfidf", "topics", "stability", "novelty")
    dense = replace(timed(), series=by_year(20, 5, ()))
    assert names_of(dense)[2:4] == ("series", "heatmap")
    flat = replace(dense, series=replace(dense.series, themes=dense.series.themes[4:]))
    assert names_of(flat)[2:4] == ("heatmap", "words")
    assert names_of(replace(timed(), series=by_speaker(NAMES[:5])))[2:4] == ("groups", "words")
    assert names_of(replace(timed(), series=by_speaker(NAMES, 3)))[2:4] == ("groups", "heatmap")


@pytest.mark.parametrize(
    ("series", "dense"),
    [(by_year(12, 8, ()), False), (by_year(13, 1, ()), True), (by_year(7, 9, ()), True), (by_year(6, 20, ()), False), (by_speaker(NAMES, 3), True)],
)
def test_what_is_too_much_for_panels(series, dense):
    assert is_dense(series) is dense


def test_a_dense_report_stays_small():
    dense = replace(timed(), series=by_year(80, 60, (4, 17), 1946))
    assert len(page_of(dense, all_charts(dense))) < 1_700_000


def test_a_series_by_speaker_says_so():
    text = page_of(replace(timed(), series=by_speaker(NAMES, 2), novelty=None))
    assert '<h2 id="h-series">By speaker</h2>' in text
    assert "Over time" not in text


def test_hostile_labels_stay_text():
    evil = '"><img src=x onerror=alert(1)></title></svg>'
    made, new = by_year(), novel()
    themes = tuple(replace(t, label=evil) for t in made.themes)
    rows = tuple(replace(r, title=evil, words=(evil,)) for r in new.rows)
    hostile = replace(timed(), series=replace(made, themes=themes), novelty=replace(new, rows=rows))
    page = Page(page_of(hostile, all_charts(hostile)))
    assert page.named("img") == []
    assert page.broken == []


def test_the_long_table_has_a_row_for_each_theme_and_group_and_empty_cells_in_a_gap():
    made = by_year()
    rows = list(csv.DictReader(io.StringIO(tables.csv_text(tables_series.series(made)))))
    assert len(rows) == len(made.themes) * len(made.groups)
    gap = next(row for row in rows if row["group"] == "2017")
    assert gap["per_1000"] == gap["drawn_per_1000"] == gap["p"] == ""
    assert (gap["speeches"], gap["hits"]) == ("0", "0")
    assert float(rows[0]["per_1000"]) == pytest.approx(1000 * made.themes[0].points[0].share.value)
    assert [row["group"] for row in rows if row["against_others"] == "higher"] == ["2019"]


def test_the_table_of_trends_has_slope_and_change():
    rows = list(csv.DictReader(io.StringIO(tables.csv_text(tables_series.trends(by_year())))))
    assert (rows[0]["trend"], float(rows[0]["slope_per_1000"])) == ("rising", pytest.approx(0.6))
    assert (rows[2]["change"], rows[2]["before"], rows[2]["after"], rows[2]["could_be"]) == ("changed", "2018", "2019", "2018 2019 2020")


def test_distances_are_a_square_with_empty_cells_for_few_events():
    table = tables_series.distance(by_year())
    assert table.columns[1:] == tuple(row[0] for row in table.rows)
    assert table.rows[0][2] is None
    assert table.rows[0][1] == 0.0


def test_novelty_is_a_row_a_speech_in_order_of_time():
    content = timed()
    table = tables_series.novelty(content)
    assert len(table.rows) == 60
    assert table.rows[0][3] is None
    assert table.rows[20][8] == "broke and stayed"


def test_json_has_the_names_of_the_records_and_null_for_what_is_missing():
    data = json.loads(contract.dumps(contract.series(by_year())))
    assert list(data) == ["by", "in_time", "scope", "level", "groups", "themes", "distance", "outside", "contrasts", "trends"]
    assert data["themes"][0]["points"][4]["share"] == {"value": None, "low": None, "high": None, "level": 0.95, "n": 0, "unit": "share", "method": "t"}
    assert data["themes"][0]["trend"]["verdict"] == "rising"
    assert set(data["themes"][0]["evidence"][0]) == {"speech", "date", "start", "end", "quote", "voice", "hits"}
    short = contract.series(by_year(3, 1, ()))["themes"][0]["change"]
    assert (short["before"], short["after"], short["null"], short["could_be"]) == (None, None, None, [])
    assert contract.series(by_speaker(NAMES))["groups"][0]["start"] is None


def test_json_of_novelty_has_a_row_a_speech():
    data = json.loads(contract.dumps(contract.novelty(novel())))
    assert list(data) == ["window", "tokens", "shuffles", "level", "scope", "language", "rows"]
    assert (data["rows"][0]["novelty"], data["rows"][20]["verdict"]) == (None, "broke and stayed")


def test_markdown_says_what_the_page_says():
    text = render_markdown(timed(), [Chart("series", Caption("A title", "", (), ""), "", b"", "", "")])
    assert "## Over time" in text
    assert "Harbour rose steadily, by about 0.6 theme words per 1,000 a year (range +0.50 to +0.70; 11 years with speeches; q = 0.004)." in text.replace(
        "\\", ""
    )
    assert "(charts/series.png)" in text
    assert "## Speeches that broke with the past" in text
    assert "None" not in text


def test_claims_come_from_verdicts_alone():
    made = by_year()
    claims = series_claims(made)
    assert [claim.theme for claim in claims] == ["harbour", "bridge", "orchard", "library"]
    quiet = tuple(
        replace(
            t,
            trend=replace(t.trend, verdict="no trend shown"),
            change=replace(t.change, verdict="no change shown"),
            points=tuple(replace(p, contrast=p.contrast and replace(p.contrast, verdict="cannot tell")) for p in t.points),
        )
        for t in made.themes
    )
    said = series_claims(replace(made, themes=quiet))
    assert [(claim.kind, claim.claim) for claim in said] == [
        ("limit", "No trend and no lasting change can be told from chance (6 themes tested). That is not the same as no change.")
    ]


def test_a_change_names_where_it_could_lie():
    claim = next(c.claim for c in series_claims(by_year()) if c.theme == "orchard")
    assert claim == (
        "Orchard changed its level most likely between 2018 and 2019 (with 95 % probability the first year after it is one of 2018 to 2020; q = 0.008)."
    )


def test_a_warning_that_names_a_theme_stands_with_its_claim():
    w7 = Warning("W7", '"port" supplies 71% of the hits of theme "Harbour". Without it the change is not known.')
    claims = series_claims(replace(by_year(), warnings=(w7, W12)))
    assert claims[0].caveats == (w7,)
    text = " ".join(Page(page_of(replace(timed(), series=replace(by_year(), warnings=(w7, W12))))).text)
    assert text.count("supplies 71%") == 1


def test_what_stands_out_by_value_has_a_direction():
    made = by_speaker(NAMES)
    contrast = made.themes[0].points[3].contrast
    assert direction(replace(contrast, verdict="stands out", points=replace(contrast.points, value=-1.0))) == "lower"
    assert [direction(replace(contrast, verdict=v)) for v in ("rose", "fell", "cannot tell", "about the same")] == ["higher", "lower", "", ""]
    assert direction(None) == ""


def test_novelty_claims_name_the_speeches():
    claims = novelty_claims(novel())
    assert claims[0].claim == (
        "2 speeches broke with the past, and what was new stayed: Address to the treasury council (2016-11-11); "
        "Address to the barley council (2013-05-11) (q <= 0.05 against shuffled order, 60 speeches)."
    )
    assert novelty_claims(novel(30, ()))[0].kind == "limit"
