"""One date out of many."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources import resolve_date, stated_day

TODAY = date(2026, 1, 1)


def resolve(text, *stated, **rest):
    return resolve_date(text, stated=stated, today=TODAY, **rest)


def test_a_caption_that_the_weekday_confirms_is_agreed(harbour):
    found = resolve(harbour)
    assert (found.text, found.basis, found.status) == ("2023-03-14", "caption", "agreed")
    assert found.evidence == "The caption says “March 14, 2023” and the text says “on Tuesday”: that day was a Tuesday."


def test_a_caption_that_the_weekday_contradicts_is_conflicting(harbour):
    found = resolve(harbour.replace("on Tuesday", "on Friday"))
    assert (found.text, found.status) == ("2023-03-14", "conflicting")
    assert found.evidence == "The caption says “March 14, 2023”, but the text says “on Friday” and that day was a Tuesday."


def test_a_day_in_the_text_takes_its_year_from_the_publication(vineyards):
    found = resolve(vineyards)
    assert (found.text, str(found.published), found.basis, found.status) == ("2021-10-09", "2021-10-12", "text", "inferred")
    assert found.evidence == "The text says “On October 9th”; the year is taken from the publication date “2021-10-12” in the header."


def test_the_year_before_is_taken_over_new_year():
    assert resolve("date 2022-01-02 Docks reopen\n\nOn December 30th, Premier Alva Brandt opened a dock.").text == "2021-12-30"


def test_a_day_after_the_publication_is_not_taken_for_the_year_before():
    found = resolve("date 2022-09-01 Docks reopen\n\nOn September 7th, Premier Alva Brandt will open a dock.")
    assert (found.text, found.status) == ("2022-09-01", "conflicting")
    assert "“On September 7th” lies after the publication on 2022-09-01" in found.evidence


def test_a_header_dates_the_event_where_the_text_states_no_other_day():
    found = resolve("Date: 2022-09-01\n\nThe docks reopened.")
    assert (found.text, str(found.published), found.basis, found.status) == ("2022-09-01", "2022-09-01", "header", "stated")


def test_a_line_that_says_published_dates_the_event_only_as_inferred():
    found = resolve("Docks reopen\n\nPublished: 2022-09-01\n\nThe docks reopened.")
    assert (found.text, str(found.published), found.basis, found.status) == ("2022-09-01", "2022-09-01", "header", "inferred")
    assert found.evidence == "The header says “2022-09-01”; no other day is stated."


@pytest.mark.parametrize("lines", ["Date: 2022-08-30\nPublished: 2022-09-01", "Published: 2022-09-01\nDate: 2022-08-30"])
def test_with_lines_for_both_the_date_is_the_event(lines):
    found = resolve(f"{lines}\n\nThe docks reopened.")
    assert (found.text, str(found.published), found.basis, found.status) == ("2022-08-30", "2022-09-01", "header", "stated")


def test_a_weekday_before_the_header_date_is_the_event():
    found = resolve("Date: 2022-08-17\n\nThe docks were opened by Premier Alva Brandt on Tuesday.")
    assert (found.text, str(found.published), found.status) == ("2022-08-16", "2022-08-17", "inferred")


def test_front_matter_wins_over_a_header_and_the_two_conflict():
    found = resolve("Date: 2022-09-01\n\nThe docks reopened.", stated_day("event", "2022-08-30", "front matter"))
    assert (found.text, found.basis, found.status) == ("2022-08-30", "front matter", "conflicting")
    assert found.evidence == "The front matter says “2022-08-30”, but the header says “2022-09-01”."
    assert [c.basis for c in found.candidates] == ["front matter", "header"]


def test_front_matter_and_header_may_agree():
    assert resolve("Date: 2022-09-01\n\nOpen.", stated_day("event", "2022-09-01", "front matter")).status == "agreed"


def test_the_user_settles_a_conflict():
    front = stated_day("event", "2022-08-30", "front matter")
    found = resolve("Date: 2022-09-01\n\nOpen.", stated_day("event", "2022-08-29", "user"), front)
    assert (found.text, found.basis, found.status, found.evidence) == ("2022-08-29", "user", "stated", "You say “2022-08-29”.")


def test_a_stated_month_keeps_its_precision():
    found = resolve("Open.", stated_day("event", "2022-08", "user"))
    assert (found.text, found.precision, str(found.last_day)) == ("2022-08", "month", "2022-08-31")


def test_an_event_behind_its_publication_is_conflicting():
    found = resolve("Open.", stated_day("event", "2022-08-30", "table"), stated_day("published", "2022-08-01", "table"))
    assert found.status == "conflicting"


def test_dates_in_a_transcript_are_history(transcript):
    found = resolve(transcript)
    assert (found.text, found.status) == ("", "missing")


def test_a_day_without_year_and_publication_is_missing_with_the_reason():
    found = resolve("On September 7th, Premier Alva Brandt opened a dock.")
    assert (found.status, found.evidence) == ("missing", "“On September 7th” has no year and no publication date gives it one.")


def test_a_day_that_does_not_exist_is_never_taken():
    found = resolve("Docks reopen\n\nThe premier walks along a pier, February 30, 2023.\n\nIt rained.")
    assert (found.status, found.evidence) == ("missing", "“February 30, 2023” is no day of the calendar.")


def test_a_day_in_the_future_is_never_taken():
    found = resolve("Docks reopen\n\nThe premier walks along a pier, March 1, 2031.\n\nIt rained.")
    assert (found.text, found.status) == ("", "missing")
    assert "lies in the future" in found.evidence


def test_a_stated_day_in_the_future_is_taken_but_conflicting():
    assert resolve("Open.", stated_day("event", "2031-03-01", "user")).status == "conflicting"


def test_an_ambiguous_header_is_refused_without_a_setting_and_read_with_one():
    text = "Date: 03/04/2023\n\nOpen."
    assert resolve(text).status == "missing"
    assert "can be read as day/month or month/day" in resolve(text).evidence
    assert resolve(text, order="dmy").text == "2023-04-03"


def test_a_file_name_is_the_last_resort():
    found = resolve("I greet you. We begin.", file_name="19940204")
    assert (found.text, found.basis, found.status) == ("1994-02-04", "file name", "inferred")


def test_a_header_beats_the_file_name():
    assert resolve("Date: 2022-09-01\n\nOpen.", file_name="1994").basis == "header"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Delivered at the Opening of the Harbour Congress on March 5, 2009", "2009-03-05"),
        ("——2009年3月5日在港口大会上", "2009-03-05"),
        ("Tarnvik, 5 March 2009", "2009-03-05"),
    ],
)
def test_a_line_above_a_transcript_dates_it(line, day):
    assert resolve(f"Report on the Harbour\n\n{line}\n\nI greet you all. We have come far.").text == day


def test_a_dateline_takes_its_year_from_the_file_name_of_that_day():
    found = resolve("Docks reopen\n\nTARNVIK, March 14 (Norpress) -- The docks reopened.", file_name="2023-03-15")
    assert (found.text, found.basis) == ("2023-03-14", "dateline")


def test_a_published_day_alone_dates_the_event_as_inferred():
    found = resolve("Open.", stated_day("published", "2022-08-01", "table"))
    assert (found.text, found.status) == ("2022-08-01", "inferred")


@given(st.text(alphabet=st.sampled_from("ADate: 0123/-月日年.\nOn May7Tuesday,(—) ")) | st.text())
def test_no_text_breaks_the_rules(text):
    found = resolve(text)
    assert (found.event_date is None) == (found.status == "missing")
