"""Events and recurring lines as a user meets them: what `add` says, what `check` proposes, what `set` changes, what a comparison counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HEAD = "---\ndate: {date}\nspeaker: Ada Moss\ntitle: {title}\noutlet: {outlet}\nkind: {kind}\n---\n{text}\n"
ROADS = (
    "The road from the harbour to the mill was closed all winter, and many of you walked. Today we open it again, wider than before and lit by night. "
    "I thank the workers who stood in the rain, and I thank the farmers who gave their land. We shall build the second bridge before the next snow."
)
SCHOOLS = (
    "Our school was too small for the children of three villages. We have built four rooms, a kitchen and a garden, and we have found two teachers. "
    "Whoever wants to learn shall find a chair and a book. I ask the older among you to come in the evening and to tell the young what you know."
)
WELLS = (
    "Water is short in the upper valley, and the wells are old. We will dig six new ones and mend the others, and nobody shall pay for a bucket. "
    "The engineers begin on Monday with the well beside the church. Please bring your tools back to the shed when the work is done, as you did last year."
)
FERRIES = "Two ferries will cross the sound from May on. They carry carts and cattle too. The fare stays what it was, and school children go free. We tried the first one on Sunday."


def write(name, text, date, *, title="", outlet="Norpress", kind="transcript"):
    Path(name).write_text(HEAD.format(date=date, title=title or f"On {name.removesuffix('.md')}", outlet=outlet, kind=kind, text=text), encoding="utf-8")


@pytest.fixture
def speeches(here, tracker):
    """Roads reported twice, in 2022 and again in 2023; schools once in each year; wells in 2023."""
    write("roads.md", ROADS, "2022-03-04")
    write("roads-again.md", f"{ROADS} Reprinted.", "2023-01-09", outlet="Valley Courier")
    write("schools.md", SCHOOLS, "2022-05-06")
    write("wells.md", WELLS, "2023-06-07", outlet="Valley Courier")
    assert tracker("add", ".", "--quiet").code == 0
    return {row["title"].removeprefix("On "): row["id"] for row in listed(tracker)}


def listed(tracker):
    return json.loads(tracker("list", "--json").out)["data"]["speeches"]


def events(tracker):
    return {row["title"].removeprefix("On "): row["event"] for row in listed(tracker)}


def warned(said, code="W6"):
    return [w["text"] for w in json.loads(said.out)["warnings"] if w["code"] == code]


def test_add_says_what_is_one_event_and_why_and_how_to_part_it(here, tracker):
    write("roads.md", ROADS, "2022-03-04")
    write("roads-again.md", ROADS, "2023-01-09")
    ids = sorted(row["id"] for row in (tracker("add", ".", "--quiet"), listed(tracker))[1])
    assert tracker("add", ".").out.splitlines()[-1] == "0 added, 0 updated, 2 unchanged, 0 skipped"
    Path("corpus.db").unlink()
    said = tracker("add", ".").out
    assert f"{ids[0][:8]} and {ids[1][:8]} are counted as one event (the same text); to part them: tracker set {ids[0][:8]} event=own" in said


def test_the_event_stands_in_list_under_the_smallest_id(tracker, speeches):
    held = events(tracker)
    assert held["roads"] == held["roads-again"] == min(speeches["roads"], speeches["roads-again"])
    assert (held["schools"], held["wells"]) == (speeches["schools"], speeches["wells"])
    assert json.loads(tracker("list", "--json").out)["corpus"]["events"] == 3
    assert {row["title"] for row in json.loads(tracker("list", f"event:{held['roads']}", "--json").out)["data"]["speeches"]} == {"On roads", "On roads-again"}


def test_what_the_user_parts_stays_apart_whatever_is_added_later(tracker, speeches):
    assert json.loads(tracker("set", speeches["roads-again"], "event=own", "--json").out)["data"]["speech"]["event"] == speeches["roads-again"]
    write("roads-third.md", ROADS, "2023-02-02")
    assert tracker("add", ".", "--quiet").code == 0
    held = events(tracker)
    assert held["roads-again"] == speeches["roads-again"]
    assert held["roads-third"] == held["roads"] != held["roads-again"]
    tracker("set", speeches["roads-again"], "event=")
    assert len(set(events(tracker).values())) == 3


def test_what_the_user_joins_is_one_event_with_its_copies(tracker, speeches):
    tracker("set", speeches["schools"], "event=visit")
    assert json.loads(tracker("set", speeches["roads"], "event=visit", "--json").out)["data"]["speech"]["event"] == "visit"
    assert {name for name, event in events(tracker).items() if event == "visit"} == {"schools", "roads", "roads-again"}


def test_removing_a_copy_leaves_the_other_an_event_of_its_own_and_adding_brings_it_back(tracker, speeches):
    before = events(tracker)
    tracker("remove", speeches["roads-again"])
    assert events(tracker)["roads"] == speeches["roads"]
    tracker("add", ".", "--quiet")
    assert events(tracker) == before


def test_check_names_an_event_until_it_is_accepted(tracker, speeches):
    (row,) = [r for r in json.loads(tracker("check", "--json").out)["data"]["rows"] if r["concern"] == "one event"]
    event = events(tracker)["roads"]
    assert row["evidence"] == (
        f"2 documents look like reports of the same event ({event}); they are counted as one. Counting them separately makes false alarms about 7 times "
        "as frequent. Why: all of the shorter text stands in the other. To part one: event=own"
    )
    assert tracker(*row["command"].split()[1:]).code == 0
    assert [r for r in json.loads(tracker("check", "--json").out)["data"]["rows"] if r["concern"] == "one event"] == []
    assert events(tracker)["roads-again"] == event


def test_reports_of_an_event_on_one_side_are_summed_and_w6_says_so(tracker, speeches):
    tracker("set", speeches["roads-again"], "date=2022-04-04")
    said = tracker("compare", "2022", "2023", "--json")
    before = json.loads(said.out)["data"]["before"]
    assert (before["speeches"], before["events"]) == (3, 2)
    (told,) = warned(said)
    assert told.startswith(f"2 documents look like reports of the same event ({events(tracker)['roads']}); they are counted as one.")
    tracker("set", speeches["roads-again"], "event=own")
    assert warned(tracker("compare", "2022", "2023", "--json")) == []


def test_an_event_counts_once_on_the_side_of_its_first_report(tracker, speeches):
    said = tracker("compare", "2022", "2023", "--json")
    sides = json.loads(said.out)["data"]
    assert (sides["before"]["speeches"], sides["after"]["speeches"]) == (2, 1)
    assert warned(said) == [
        f"1 document of 2023 reports 1 event of 2022 ({events(tracker)['roads']}) and is left out: an event counts once, on the side of its first report."
    ]
    back = json.loads(tracker("compare", "2023", "2022", "--json").out)["data"]
    assert (back["before"], back["after"]) == (sides["after"], sides["before"])


def test_a_side_of_later_reports_only_is_an_error_that_says_how_to_count_it(tracker, speeches, refused):
    tracker("remove", speeches["wells"])
    event, name = events(tracker)["roads"], speeches["roads-again"]
    refused(
        ["compare", "2022", "2023"],
        f"""
error: `2023` holds only later reports of events of the other side
  1 speech of 1 event, first reported on the other side: {event}

hint: tracker set {name} event=own
""",
    )


def test_two_outlets_on_the_same_event_are_compared_and_w6_says_so(tracker, speeches):
    said = tracker("compare", "outlet:Norpress", "outlet:Valley Courier", "--json")
    sides = json.loads(said.out)["data"]
    assert (sides["before"]["speeches"], sides["after"]["speeches"]) == (2, 2)
    assert warned(said) == [f"Both sides report 1 event ({events(tracker)['roads']}): what is told of the same occasions does not vary independently."]


def test_the_latest_speech_is_not_weighed_against_its_own_copy(tracker, speeches):
    tracker("remove", speeches["wells"])
    sides = json.loads(tracker("compare", "..2023", "latest", "--json").out)["data"]
    assert (sides["before"]["speeches"], sides["after"]["speeches"]) == (1, 1)


@pytest.fixture
def footers(here, tracker):
    """Four speeches that end in the same share bar, which names the harbour."""
    for number, (name, text) in enumerate((("roads", ROADS), ("schools", SCHOOLS), ("wells", WELLS), ("ferries", FERRIES))):
        write(f"{name}.md", "\n\n".join([*text.split(". "), "Share this harbour page"]), f"202{2 + number // 2}-03-0{number + 1}")
    assert tracker("add", ".", "--quiet").code == 0
    Path("themes.toml").write_text('[themes.ports]\nlabel = "Ports"\nterms = ["harbour*"]\n', encoding="utf-8")


def ports(tracker):
    data = json.loads(tracker("compare", "2022", "2023", "--json").out)["data"]
    theme = data["themes"][0]
    return [theme[side]["hits"] for side in ("before", "after")], [data[side]["tokens"] for side in ("before", "after")]


def test_a_recurring_line_is_proposed_counts_until_accepted_and_stays_in_the_text(tracker, footers):
    (row,) = [r for r in json.loads(tracker("check", "--json").out)["data"]["rows"] if r["concern"] == "recurring line"]
    assert (row["value"], row["evidence"]) == ("Share this harbour page", "stands in 4 of 4 texts of Norpress, 4 times among the last lines")
    assert row["command"] == 'edit tracker.toml: [words] boilerplate = ["Share this harbour page"]'
    hits, tokens = ports(tracker)
    Path("tracker.toml").write_text('[words]\nboilerplate = ["Share this harbour page"]\n', encoding="utf-8")
    assert ports(tracker) == ([hits[0] - 2, hits[1] - 2], [n - 2 * 3 for n in tokens])
    assert [r for r in json.loads(tracker("check", "--json").out)["data"]["rows"] if r["concern"] == "recurring line"] == []
    shown = json.loads(tracker("show", listed(tracker)[0]["id"], "--json").out)["data"]
    assert any(segment["text"] == "Share this harbour page" for segment in shown["segments"])
    assert json.loads(tracker("themes", "--json").out)["data"]["themes"][0]["hits"] == sum(hits) - 4
    words = {r["term"] for r in json.loads(tracker("words", "2022", "2023", "--json").out)["data"]["rows"]}
    assert "page" not in words


def test_a_speech_added_later_never_moves_what_was_counted(tracker, footers):
    Path("tracker.toml").write_text('[words]\nboilerplate = ["Share this harbour page"]\n', encoding="utf-8")
    before = ports(tracker)
    for number in range(6):
        write(
            f"more{number}.md",
            f"A new line {number}.\n\nHarbour office\n\nWe {'go ' * (number + 3)}on.\n\nShare this harbour page\n\nHarbour office, open daily",
            f"2020-01-0{number + 1}",
        )
    tracker("add", ".", "--quiet")
    assert ports(tracker) == before
