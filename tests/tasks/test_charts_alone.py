"""Charts and data without a page, in the sizes of a column, a page and a slide."""

import json
import re
import struct

import pytest

from tracker.errors import TrackerError
from tracker.tasks.charts import charts
from tracker.tasks.workspace import open_workspace
from tracker.tasks.written_reports import list_runs


@pytest.fixture(scope="module")
def drawn(make_workspace, three_texts):
    workspace = make_workspace(three_texts)
    return workspace, charts(workspace, "2022", "2023", sizes=("column", "slide"))


def read(drawn, name):
    return (drawn[0].reports_path / drawn[1].run / name).read_bytes()


def test_there_are_charts_and_data_and_no_page(drawn):
    files = set(drawn[1].files)
    assert {"charts/themes.svg", "charts/themes.png", "charts/themes.pdf", "charts/column/themes.pdf", "charts/slide/rug.png", "data/themes.csv"} <= files
    assert not files & {"index.html", "report.md"}
    assert set(json.loads(read(drawn, "manifest.json"))["files"]) == files - {"manifest.json"}


def test_every_chart_stands_in_every_form_and_size(drawn):
    names = {name.split("/")[-1].split(".")[0] for name in drawn[1].files if name.startswith("charts/")}
    assert {f"{folder}/{name}.{form}" for folder in ("charts", "charts/column", "charts/slide") for name in names for form in ("svg", "png", "pdf")} == {
        name for name in drawn[1].files if name.startswith("charts/")
    }


def test_a_column_is_84_millimetres_wide_or_less_and_a_slide_no_more_than_a_screen(drawn):
    for name in (n for n in drawn[1].files if n.endswith(".svg") and n.count("/") == 2):
        width, height = (float(side) for side in re.findall(rb'\s(?:width|height)="([\d.]+)pt"', read(drawn, name))[:2])
        most = (84 * 72 / 25.4, 240 * 72 / 25.4) if "column" in name else (960, 540)
        assert width <= most[0] + 0.5
        assert height <= most[1] + 0.5
        assert width >= most[0] - 1 or height >= most[1] - 1
        png = struct.unpack(">II", read(drawn, name.replace(".svg", ".png"))[16:24])
        pdf = [float(side) for side in re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", read(drawn, name.replace(".svg", ".pdf"))).groups()]
        assert pdf == pytest.approx([width, height], abs=0.1)
        assert png[0] / width == pytest.approx(300 / 72 if "column" in name else 2, rel=0.02)


def test_charts_alone_are_no_report(drawn):
    assert list_runs(open_workspace(drawn[0].path)) == ()
    assert not (drawn[0].reports_path / "latest").exists()


def test_the_same_charts_are_the_same_bytes_again(drawn):
    again = charts(open_workspace(drawn[0].path), "2022", "2023", sizes=("column", "slide"))
    folder = drawn[0].reports_path
    assert again.files == drawn[1].files
    assert [n for n in again.files if (folder / again.run / n).read_bytes() != read(drawn, n)] == ["manifest.json"]


def test_a_size_that_there_is_not_is_named(drawn):
    with pytest.raises(TrackerError) as caught:
        charts(drawn[0], "2022", "2023", sizes=("poster",))
    assert caught.value.render() == "error: no size `poster`\n  sizes: column, page, slide\n\nhint: --size column"


def test_the_command_lists_what_it_wrote(run, drawn):
    done = run("report", "2022", "2023", "--charts-only", "--size", "page", "--workspace", drawn[0].path)
    assert done.code == 0, done.err
    assert "  charts/page/themes.pdf\n" in done.out
    assert "index.html" not in done.out


def test_sizes_without_charts_only_are_an_error_with_the_command_that_was_meant(run, drawn):
    done = run("report", "2022", "2023", "--size", "slide", "--workspace", drawn[0].path)
    assert done.code == 1
    assert "hint: tracker report 2022 2023 --charts-only --size slide" in done.err
