"""The leading example on the original texts, which lie beside the checkout and are never copied into it."""

import json
import re
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SEEDS.is_dir(), reason="no ../shared/seeds beside the checkout")]


@pytest.fixture(scope="module")
def place(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds") / "workspace"
    assert run("init", folder, "--themes", "china-economy").code == 0
    added = run("add", SEEDS, "--workspace", folder)
    assert added.code == 0, added.err
    return folder


@pytest.fixture(scope="module")
def rows(run, place):
    return json.loads(run("list", "--json", "--workspace", place).out)["data"]["speeches"]


@pytest.fixture(scope="module")
def compared(run, place):
    done = run("compare", "2022", "2023", "--balance", "industrial-restructuring:self-reliance", "--json", "--workspace", place)
    return json.loads(done.out)


def test_the_caption_dates_the_first_text_and_the_weekday_agrees(rows):
    assert (rows[0]["date"], rows[0]["date_basis"], rows[0]["date_status"]) == ("2022-08-16", "caption", "agreed")


def test_the_second_text_has_a_day_of_the_event_and_one_of_publication(rows):
    assert (rows[1]["date"], rows[1]["published"]) == ("2023-09-07", "2023-09-09")


def test_title_place_and_speaker_are_suggested(rows, run, place):
    assert rows[0]["title"].startswith("Industrial Restructuring")
    assert "Symposium" in rows[1]["title"]
    assert ["Jinzhou" in rows[0]["place"], "Harbin" in rows[1]["place"]] == [True, True]
    assert {row["speaker"] for row in rows} == {"Xi Jinping"}
    assert {row["kind"] for row in rows} == {"readout"}
    shown = json.loads(run("show", rows[0]["id"], "--json", "--workspace", place).out)["data"]
    assert {"title", "speaker", "place"} <= set(shown["inferred"])


def test_about_forty_and_seventy_five_percent_are_the_speakers(compared):
    before, after = (compared["data"][side]["speaker_share"] for side in ("before", "after"))
    assert 0.35 <= before <= 0.46
    assert 0.68 <= after <= 0.80
    assert "W5" in {w["code"] for w in compared["warnings"]}


def test_the_leading_words_stand_on_one_side_each(compared):
    only = {(t["theme"], t["term"]): t["only"] for t in compared["data"]["texts"]}
    assert only["industrial-restructuring", "restructur*"] == "before"
    assert only["self-reliance", "self-relian*"] == "after"
    assert {only[key] for key in only if key[1] == "technolog*"} == {"after"}


def test_nothing_is_tested_and_nothing_rises_or_falls(compared, run, place):
    assert {(t["p"], t["q"], t["verdict"]) for t in compared["data"]["themes"]} == {(None, None, "not testable")}
    assert compared["data"]["balance"]["p"] is None
    assert {"W1", "W4"} <= {w["code"] for w in compared["warnings"]}
    done = run("compare", "2022", "2023", "--workspace", place)
    assert not re.findall(r"\b(rose|fell)\b", done.out)


def test_every_quote_is_verbatim(compared, rows, place):
    from tracker.tasks.workspace import open_workspace

    texts = {s.id: s.text for s in open_workspace(place).store.speeches()}
    shown = [e for held in (*compared["data"]["themes"], *compared["data"]["texts"]) for e in held["evidence"]]
    assert len(shown) > 10
    assert all(e["quote"] == texts[e["speech"]][e["start"] : e["end"]] for e in shown)


def test_the_claims_name_place_and_voice(compared):
    claims = [t["claim"] for t in compared["data"]["texts"] if (t["theme"], t["term"]) == ("industrial-restructuring", "restructur*")]
    assert claims == [
        (
            "Only the 2022 readout says “restructuring” (industrial restructuring; 2 times), in a headline and in words attributed to the speaker; "
            "the 2023 readout never does."
        )
    ]
