"""What a text suggests about itself."""

import pytest

from tracker.sources.blocks import split_blocks
from tracker.sources.metadata import header_fields, mentions, suggest


def suggested(text):
    return suggest(text, split_blocks(text))


def test_a_readout_gives_title_speaker_place_and_nationality(harbour):
    found = suggested(harbour)
    assert found.title == "Harbour Renewal: Alva Brandt asks for patience with the docks"
    assert (found.speaker, found.place, found.nationality) == ("Alva Brandt", "Tarnvik", "Norlundian")


def test_the_person_the_report_is_about_beats_those_who_attended(vineyards):
    found = suggested(vineyards)
    assert (found.title, found.speaker, found.place) == ("Tomas Okello Chairs a Meeting on Vineyards and Irrigation", "Tomas Okello", "Belmara")


def test_suggestions_quote_their_evidence(vineyards):
    assert suggested(vineyards).evidence[1:] == ("speaker: “President Tomas Okello”", "place: “in Belmara, Sorrel Province”")


def test_a_transcript_suggests_no_other_persons_name_and_no_place(transcript):
    found = suggested(transcript)
    assert (found.title, found.speaker, found.place) == ("", "", "")


def test_a_byline_above_a_transcript_names_the_speaker():
    assert suggested("Report on the Harbour\n\nAlva Brandt, Premier of Norlund\n\nI greet you. We begin.").speaker == "Alva Brandt"


def test_a_dateline_gives_the_place_where_no_phrase_does():
    assert suggested("Docks reopen\n\nTARNVIK, March 14 (Norpress) -- The docks reopened after the storm.").place == "Tarnvik"


def test_mentions_are_the_titles_and_nationalities_beside_the_name():
    text = "South Norlundian President and Party Secretary Alva Brandt spoke. Alva Brandt, the president, left. Premier Lia Fenn stayed."
    found = mentions(text, "Alva Brandt")
    assert found.titles == ("President", "Party Secretary")
    assert found.nationalities == ("South Norlundian",)


def test_a_party_is_no_nationality():
    assert mentions("Republican Senator Alva Brandt spoke.", "Alva Brandt").nationalities == ()


def test_nobody_is_mentioned_where_there_is_no_name():
    assert mentions("President Alva Brandt spoke.", "").titles == ()


def test_header_fields_are_read_from_the_top_only():
    text = "Speaker: Alva Brandt\nPlace: Tarnvik\n\nWe begin.\nTitle: no"
    assert {name: value for name, (value, _) in header_fields(text).items()} == {"speaker": "Alva Brandt", "place": "Tarnvik"}
    assert all(text[start:].startswith(value) for value, start in header_fields(text).values())


def test_a_date_line_may_stand_under_the_title_but_no_lower():
    assert header_fields("Docks reopen\n\nPublished: 5 May 2024\n\nIt rained.")["published"][0] == "5 May 2024"
    assert header_fields("Docks reopen\n\nIt rained.\n\nPublished: 5 May 2024") == {}


def test_lines_under_the_title_name_speaker_and_place_too():
    text = "Docks reopen\n\nSpeaker: Alva Brandt Jr.\nDate: 5 May 2024\nPlace: Tarnvik\n\nIt rained."
    assert {name: value for name, (value, _) in header_fields(text).items()} == {"speaker": "Alva Brandt Jr.", "date": "5 May 2024", "place": "Tarnvik"}
    assert [text[b.start : b.end] for b in split_blocks(text) if b.block == "body"] == ["It rained."]


@pytest.mark.parametrize("said", ["Order, order.", "The House will come to order!", "I call the member, who has waited for an hour and more, and I call " * 3])
def test_what_somebody_called_speaker_says_under_a_title_is_no_header(said):
    assert header_fields(f"Fisheries debate\n\nSpeaker: {said}\n\nWe go on.") == {}


def test_a_title_says_by_whom_the_remarks_are():
    assert suggested("Remarks by Chancellor Alva Brandt at the Quay\n\nI greet you. We begin.").speaker == "Alva Brandt"


def test_a_journalist_is_not_the_speaker():
    assert suggested("Docks reopen\n\nBy Wim Tarn\n\nThe docks reopened after the storm.").speaker == ""


def test_a_speaker_without_a_title_is_found_by_the_reporting_verbs():
    text = "Council chief Maria Holt met Prime Minister Jan de Vries in Brack.\n\nHolt said that the talks went well. Holt added that they go on."
    assert suggested(text).speaker == "Maria Holt"


def test_an_organisation_is_no_speaker():
    assert suggested("The Tarn Open Market Committee met in June. Norlund Dairy Committee said so.").speaker == ""
