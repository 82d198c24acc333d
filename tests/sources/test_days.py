"""Days as they are written."""

from datetime import date

import pytest

from tracker.errors import TrackerError
from tracker.sources import parse_day
from tracker.sources.days import day_in_name, find_days


@pytest.mark.parametrize(
    ("value", "day", "precision"),
    [
        ("2022", date(2022, 1, 1), "year"),
        ("2022-08", date(2022, 8, 1), "month"),
        ("2022-08-16", date(2022, 8, 16), "day"),
        ("2022-08-16T09:30:00Z", date(2022, 8, 16), "day"),
        ("20220816", date(2022, 8, 16), "day"),
        ("August 16, 2022", date(2022, 8, 16), "day"),
        ("Tuesday, 16 August 2022", date(2022, 8, 16), "day"),
        ("Sept. 7th, 2023", date(2023, 9, 7), "day"),
        ("2023年9月7日", date(2023, 9, 7), "day"),
        ("２０２３年９月７日", date(2023, 9, 7), "day"),
    ],
)
def test_a_stated_day_is_read(value, day, precision):
    assert parse_day(value) == (day, precision)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("soon", "`soon` is not a date"),
        ("", "`` is not a date"),
        ("February 30, 2022", "there is no day `February 30, 2022` in the calendar"),
        ("2022-13", "there is no day `2022-13` in the calendar"),
        ("2022-00-00", "there is no day `2022-00-00` in the calendar"),
        ("September 7", "the date `September 7` has no year"),
        ("03/04/2023", "`03/04/2023` can be read as day/month or month/day"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason_and_a_hint(value, message):
    with pytest.raises(TrackerError) as caught:
        parse_day(value)
    assert caught.value.message == message
    assert caught.value.hint


def test_a_setting_decides_between_day_and_month():
    assert parse_day("03/04/2023", order="dmy")[0] == date(2023, 4, 3)
    assert parse_day("03/04/2023", order="mdy")[0] == date(2023, 3, 4)


def test_a_verb_is_no_month():
    assert find_days("they may 10 times march 12 miles") == []


@pytest.mark.parametrize(
    ("name", "day", "precision"),
    [
        ("20220816", date(2022, 8, 16), "day"),
        ("2022-08-16_notes", date(2022, 8, 16), "day"),
        ("1994_02_04", date(1994, 2, 4), "day"),
        ("2022-08", date(2022, 8, 1), "month"),
        ("ab1942", date(1942, 1, 1), "year"),
        ("1805-Brandt", date(1805, 1, 1), "year"),
        ("XYZ_70_2015", date(2015, 1, 1), "year"),
    ],
)
def test_a_file_name_gives_a_day_month_or_year(name, day, precision):
    found = day_in_name(name)
    assert found is not None
    assert (found.in_year(), found.precision) == (day, precision)


@pytest.mark.parametrize("name", ["22-1", "notes", "2019-2023", "001_503b6f49c2019457a2", "20221399"])
def test_a_file_name_without_one_certain_date_gives_none(name):
    assert day_in_name(name) is None
