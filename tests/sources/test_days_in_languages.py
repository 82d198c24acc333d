"""Days, ranges and weekdays as other languages write them."""

from datetime import date

import pytest

from tracker.errors import TrackerError
from tracker.sources import parse_day
from tracker.sources.calendar_names import MONTH_NAMES, han_number, month_number, weekday_number
from tracker.sources.days import ambiguous_days, day_range, find_days

SEVENTH = date(2023, 9, 7)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("den 5. Mai 2023", date(2023, 5, 5)),
        ("5.Mai 2023", date(2023, 5, 5)),
        ("Dienstag, den 5. Mai 2020", date(2020, 5, 5)),
        ("07. Sept. 2023", SEVENTH),
        ("3. Jänner 2023", date(2023, 1, 3)),
        ("3. MÄRZ 2023", date(2023, 3, 3)),
        ("le 7 septembre 2023", SEVENTH),
        ("jeudi 7 septembre 2023", SEVENTH),
        ("1er mai 2023", date(2023, 5, 1)),
        ("3 fe\u0301vrier 2023", date(2023, 2, 3)),
        ("3 fevrier 2023", date(2023, 2, 3)),
        ("25 déc. 2023", date(2023, 12, 25)),
        ("7 de septiembre de 2023", SEVENTH),
        ("7 de setiembre del 2023", SEVENTH),
        ("jueves, 7 de septiembre de 2023", SEVENTH),
        ("septiembre 7, 2023", SEVENTH),
        ("1º de mayo de 2023", date(2023, 5, 1)),
        ("7-Sep-2023", SEVENTH),
        ("2023/9/7", SEVENTH),
        ("2023.09.07", SEVENTH),
        ("２０２３年９月７日", SEVENTH),
        ("二〇二三年九月七日", SEVENTH),
        ("二零二三年十二月二十三日", date(2023, 12, 23)),
        ("2023年9月7日（星期四）", SEVENTH),
        ("2023年9月7号", SEVENTH),
        ("Thu, 07 Sep 2023 10:11:12 +0200", SEVENTH),
        ("5 May 2023 (Friday)", date(2023, 5, 5)),
    ],
)
def test_a_whole_date_is_read_in_its_language(value, day):
    assert parse_day(value) == (day, "day")


@pytest.mark.parametrize("value", ["September 2023", "sept. 2023", "septembre 2023", "septiembre de 2023", "2023年9月", "二〇二三年九月"])
def test_a_month_with_its_year_is_a_month(value):
    assert parse_day(value) == (date(2023, 9, 1), "month")


@pytest.mark.parametrize(
    ("value", "day"),
    [("25/12/2023", date(2023, 12, 25)), ("12/25/2023", date(2023, 12, 25)), ("25.12.2023", date(2023, 12, 25)), ("07-07-2023", date(2023, 7, 7))],
)
def test_a_day_above_12_cannot_be_a_month_and_equal_numbers_are_one_day(value, day):
    assert parse_day(value)[0] == day
    assert [found.in_year() for found in find_days(f"Tarnvik, {value}")] == [day]


def test_what_can_be_two_days_is_refused_everywhere_until_a_setting_decides():
    with pytest.raises(TrackerError, match="day/month or month/day"):
        parse_day("03.04.2023")
    assert find_days("Tarnvik, 03/04/2023") == []
    assert ambiguous_days("Tarnvik, 03/04/2023, nicht 25/12/2023") == ["03/04/2023"]
    assert [found.in_year() for found in find_days("Tarnvik, 03/04/2023", order="dmy")] == [date(2023, 4, 3)]


@pytest.mark.parametrize("value", ["31/02/2023", "13/13/2023", "30. Februar 2023", "2月30日"])
def test_what_is_in_no_calendar_is_no_day(value):
    with pytest.raises(TrackerError):
        parse_day(value)


@pytest.mark.parametrize(
    ("text", "quote", "year", "until"),
    [
        ("Tarnvik, 7-9 September 2023", "7-9 September 2023", 2023, (9, 9)),
        ("from 7 to 9 September", "7 to 9 September", None, (9, 9)),
        ("September 7–9, 2023", "September 7–9, 2023", 2023, (9, 9)),
        ("March 30 - April 2, 2023", "March 30 - April 2, 2023", 2023, (4, 2)),
        ("30 March to 2 April 2023", "30 March to 2 April 2023", 2023, (4, 2)),
        ("7. bis 9. September 2023", "7. bis 9. September 2023", 2023, (9, 9)),
        ("vom 30. März bis 2. April 2023", "30. März bis 2. April 2023", 2023, (4, 2)),
        ("du 7 au 9 septembre 2023", "7 au 9 septembre 2023", 2023, (9, 9)),
        ("les 7 et 8 septembre", "7 et 8 septembre", None, (9, 8)),
        ("del 7 al 9 de septiembre de 2023", "7 al 9 de septiembre de 2023", 2023, (9, 9)),
        ("del 30 de marzo al 2 de abril de 2023", "30 de marzo al 2 de abril de 2023", 2023, (4, 2)),
        ("9月7日至9日", "9月7日至9日", None, (9, 9)),
        ("2023年9月30日—10月2日", "2023年9月30日—10月2日", 2023, (10, 2)),
        ("九月七日到九日", "九月七日到九日", None, (9, 9)),
    ],
)
def test_of_a_range_the_first_day_is_found(text, quote, year, until):
    (found,) = find_days(text)
    assert (found.quote, found.year, found.until, found.is_range) == (quote, year, until, True)
    assert day_range(quote) is not None


@pytest.mark.parametrize("text", ["30 December - 2 January 2023", "December 30, 2022 - January 2, 2023", "2022年12月30日至2023年1月2日"])
def test_a_range_over_new_year_begins_in_the_old_year(text):
    (found,) = find_days(text)
    assert found.in_year() == date(2022, 12, 30)
    assert found.days_from(date(2022, 12, 30))[-1] == date(2023, 1, 2)


def test_a_whole_year_is_a_span_of_time_and_no_day():
    assert find_days("Report for January 1 to December 31, 2023") == []


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19 March 2020",
        "12 set out",
        "they may 10 times march 12 miles",
        "30-2 September 2023",
        "section 3.5 May 2000",
        "《9月7号文件》",
        "1,5 mai",
        "24/7/365",
    ],
)
def test_what_only_looks_like_a_day_is_none(text):
    assert find_days(text) == []


def test_lower_case_names_cut_short_are_days_in_a_dateline_only():
    assert find_days("Tarnvik, 7 sep") == []
    assert [found.quote for found in find_days("Tarnvik, 7 sep", in_dateline=True)] == ["7 sep"]


def test_every_name_of_a_month_is_read_in_any_case_and_without_accents():
    for number, line in enumerate(MONTH_NAMES, start=1):
        for name in line.replace("|", " ").split():
            assert {month_number(form) for form in (name, name.title(), name.upper(), f"{name}.")} == {number}
            assert parse_day(f"3 {name.title()} 2021")[0] == date(2021, number, 3)


@pytest.mark.parametrize(("name", "number"), [("Mittwoch", 2), ("mercredi", 2), ("miércoles", 2), ("星期三", 2), ("週日", 6), ("Sonnabend", 5)])
def test_weekdays_are_numbered_from_monday(name, number):
    assert weekday_number(name) == number


@pytest.mark.parametrize(("text", "number"), [("十", 10), ("三十一", 31), ("廿八", 28), ("一九九八", 1998), ("5", 5)])
def test_chinese_numerals_are_numbers(text, number):
    assert han_number(text) == number
