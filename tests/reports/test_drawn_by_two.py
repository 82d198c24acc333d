"""Charts drawn in two processes are those drawn in one."""

from dataclasses import replace

import pytest
from content_many import many_speeches
from content_series import by_speaker, timed

from tracker.reports import figures
from tracker.twin import can_run


@pytest.mark.skipif(not can_run(), reason="a second process is started on two cores only")
@pytest.mark.parametrize("content", [timed(), many_speeches(), replace(timed(), series=by_speaker(["Ann", "Bo", "Cy"]))], ids=["years", "many", "speakers"])
def test_they_are_the_same_bytes_in_the_same_order(content, monkeypatch):
    by_two = figures.all_charts(content)
    monkeypatch.setattr(figures, "can_run", lambda: False)
    assert by_two == figures.all_charts(content)
    assert [chart.name for chart in by_two] == [name for name, _, _ in figures.planned(content)]


@pytest.mark.skipif(not can_run(), reason="a second process is started on two cores only")
def test_in_every_size_too_and_it_is_told_how_far_it_is(monkeypatch):
    said = []
    by_two = figures.sized_files(timed(), ("slide",), progress=lambda *told: said.append(told))
    monkeypatch.setattr(figures, "can_run", lambda: False)
    assert by_two == figures.sized_files(timed(), ("slide",))
    n = len(figures.planned(timed()))
    assert {told[::2] for told in said} == {("drawing charts", n)}
    assert [told[1] for told in said] == sorted(told[1] for told in said)
    assert said[-1][1] == n


def test_where_no_second_process_can_be_begun_they_are_drawn_all_the_same(monkeypatch):
    def refused(*_):
        raise OSError

    monkeypatch.setattr(figures, "can_run", lambda: True)
    monkeypatch.setattr(figures, "Twin", refused)
    monkeypatch.setattr(figures, "_chart", lambda chart: chart[0])
    assert figures.all_charts(timed()) == tuple(name for name, _, _ in figures.planned(timed()))
