from datetime import date

import pytest

from tracker.errors import SliceError
from tracker.slices import parse_slice, select, select_pair
from tracker.speech import Speech, SpokenDate


def speech(key, day="", precision="day", **fields):
    when = SpokenDate(date.fromisoformat(day), precision=precision, status="stated") if day else SpokenDate()
    return Speech(key=key, text=key, date=when, **fields)


CORPUS = [
    speech("a", "2021-12-31", speaker="Mara Lind", place="Tarnvik"),
    speech("b", "2022-03-08", speaker="Mara Lind", place="Belmara", tags={"region": "south"}),
    speech("c", "2022-08-01", "month", speaker="Tomas Okello"),
    speech("d", "2022-01-01", "year"),
    speech("e", "2023-06-14", speaker="Mara Lindqvist", outlet="Valley Courier", kind="readout"),
    speech("f"),
]


def keys(text):
    return [s.key for s in select(CORPUS, parse_slice(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022", ["b", "c", "d"]),
        ("2022-03", ["b"]),
        ("2022-Q1", ["b"]),
        ("2022-q3", ["c"]),
        ("2022-03-08", ["b"]),
        ("2021..2022", ["a", "b", "c", "d"]),
        ("2021-12-31..2022-03-08", ["a", "b"]),
        ("..2021", ["a"]),
        ("2023..", ["e"]),
        ("latest", ["e"]),
        ("2022,latest", ["c"]),
        ("speaker:lind", ["a", "b"]),
        ("speaker:Mara Lind", ["a", "b"]),
        ("speaker:Lindqvist", ["e"]),
        ("outlet:courier", ["e"]),
        ("kind:readout", ["e"]),
        ("region:South", ["b"]),
        ("2022,speaker:Lind", ["b"]),
        (" 2022 , speaker:Lind ", ["b"]),
    ],
)
def test_a_slice_chooses_what_it_says(text, found):
    assert keys(text) == found


def test_a_date_known_to_the_month_or_year_is_in_a_slice_only_as_a_whole():
    with pytest.raises(SliceError):
        keys("2022-08-01..2022-08-20")
    with pytest.raises(SliceError):
        keys("2022-01-01..2022-01-31")


def test_one_speech_is_chosen_by_the_beginning_of_its_id():
    assert keys(f"id:{CORPUS[1].id[:6]}") == ["b"]


def test_two_spellings_of_one_slice_mean_the_same_and_other_slices_do_not():
    assert parse_slice("2022,speaker:Lind").meaning == parse_slice("speaker:lind,2022-01-01..2022-12-31").meaning
    assert len({parse_slice(text).meaning for text in ("2022", "2023", "latest", "2022,latest", "2022,place:x", "..2022", "2022..")}) == 7


@pytest.mark.parametrize("text", ["", "yesterday", "2022..spring", "20222", "2022,2023", "2022-13", "2022-02-30", "2023..2022", "..", ":x"])
def test_what_is_no_slice_is_an_error(text):
    with pytest.raises(SliceError):
        parse_slice(text)


def test_an_empty_slice_says_what_the_corpus_does_hold():
    with pytest.raises(SliceError) as caught:
        keys("1999")
    assert caught.value.render() == (
        "error: no speech in `1999`\n"
        "  the corpus holds 6 speeches, from 2021-12-31 to 2023-06-14; years: 2021, 2022, 2023\n"
        "  1 without a date\n"
        "  speakers: Mara Lind, Mara Lindqvist, Tomas Okello\n"
        "  tags: region\n"
        "\nhint: tracker list"
    )


def test_two_slices_that_share_a_speech_are_refused():
    with pytest.raises(SliceError, match=r"`2021\.\.2022` and `2022` overlap: 3 speeches in both"):
        select_pair(CORPUS, parse_slice("2021..2022"), parse_slice("2022"))


def test_the_latest_is_left_out_of_the_side_before_it():
    before, after = select_pair(CORPUS, parse_slice("..2023"), parse_slice("latest"))
    assert ([s.key for s in before], [s.key for s in after]) == (["a", "b", "c", "d"], ["e"])


def test_other_reports_of_the_latest_event_are_left_out_of_the_side_before_it():
    copy = speech("g", "2023-06-13", event=CORPUS[4].event_id)
    before, _ = select_pair([*CORPUS, copy], parse_slice("..2023"), parse_slice("latest"))
    assert "g" not in [s.key for s in before]


def test_a_side_that_holds_the_latest_alone_is_refused():
    with pytest.raises(SliceError, match="holds only the latest speech"):
        select_pair(CORPUS, parse_slice("2023"), parse_slice("latest"))


def test_the_order_of_the_corpus_changes_nothing_but_the_order():
    assert sorted(s.key for s in select(CORPUS[::-1], parse_slice("2022"))) == keys("2022")
