"""Groups of a series: calendar periods without holes, given edges, values."""

from datetime import date

import pytest

from tracker.errors import SliceError
from tracker.groups import grouped
from tracker.speech import Speech, SpokenDate


def speech(name, day=None, precision="day", **said):
    when = SpokenDate(event_date=day, precision=precision, basis="user", status="stated") if day else SpokenDate()
    return Speech(name, f"text {name}", date=when, **said)


SPEECHES = [
    speech("a", date(2020, 2, 3), speaker="Ada Berg", tags={"party": "north"}),
    speech("b", date(2020, 11, 30), speaker="Jon Hale"),
    speech("c", date(2022, 1, 1), speaker="Ada Berg", tags={"party": "south"}),
    speech("d", date(2021, 1, 1), "year", speaker="Jon Hale"),
    speech("e", date(2021, 6, 1), "month", speaker="Jon Hale"),
    speech("f"),
]


def labels(series):
    return [(group.label, [s.key for s in group.speeches]) for group in series.groups]


def test_years_follow_each_other_without_a_hole():
    series = grouped([s for s in SPEECHES if s.key in "abcf"], "year")
    assert labels(series) == [("2020", ["a", "b"]), ("2021", []), ("2022", ["c"])]
    assert [s.key for s in series.outside] == ["f"]
    assert series.groups[1].start == date(2021, 1, 1)
    assert series.groups[1].end == date(2021, 12, 31)


def test_a_date_too_coarse_for_a_period_fits_into_none():
    assert [s.key for s in grouped(SPEECHES, "quarter").outside] == ["d", "f"]
    assert [s.key for s in grouped(SPEECHES, "year").outside] == ["f"]


def test_quarters_and_months_are_named_as_slices_are():
    assert [label for label, _ in labels(grouped(SPEECHES, "quarter"))][:4] == ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4"]
    assert [label for label, _ in labels(grouped(SPEECHES, "month"))][:2] == ["2020-02", "2020-03"]


def test_edges_begin_periods_and_the_last_ends_with_the_last_speech():
    series = grouped(SPEECHES, "", edges=[date(2020, 6, 1), date(2021, 3, 1)])
    assert labels(series) == [("2020-06-01..2021-02-28", ["b"]), ("2021-03-01..2022-01-01", ["c"])]
    assert {s.key for s in series.outside} == {"a", "d", "e", "f"}


def test_values_stand_by_name_and_speeches_without_one_outside():
    series = grouped(SPEECHES, "party")
    assert labels(series) == [("north", ["a"]), ("south", ["c"])]
    assert len(series.outside) == 4
    assert not series.in_time


@pytest.mark.parametrize(
    ("by", "edges", "text"),
    [
        ("colour", (), "no speech has a value for `colour`"),
        ("year", (date(2021, 1, 1), date(2020, 1, 1)), "the edges `2021-01-01,2020-01-01` are not in order"),
    ],
)
def test_what_makes_no_groups_is_an_error(by, edges, text):
    with pytest.raises(SliceError, match=text):
        grouped(SPEECHES, by, edges=edges)


def test_undated_speeches_alone_make_no_series():
    with pytest.raises(SliceError, match="no speech has a date"):
        grouped([speech("x")], "year")
