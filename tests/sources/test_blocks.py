"""Text into blocks."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.blocks import split_blocks

WRAPPED = """The Board decided today to keep its target for the overnight
rate unchanged at two percent. Growth has slowed in most of the
regions, and prices have risen less than the Board expected.

Voting for the decision were Alva Brandt, Chair; Lia Fenn; Ruben
Asha; Tomas Okello; Wim Tarn; Ada Moss; Peter Quill; Joan Durn
Marlow; and Hector Sorrel."""


def parts(text, block):
    return [text[s.start : s.end] for s in split_blocks(text) if s.block == block]


def test_a_readout_has_a_title_a_caption_a_heading_and_body(harbour):
    assert [s.block for s in split_blocks(harbour)] == ["title", "caption", "body", "body", "body", "heading", "body"]


def test_white_space_and_no_break_spaces_are_stripped_from_a_block(harbour):
    assert parts(harbour, "title") == ["Harbour Renewal: Alva Brandt asks for patience with the docks"]


def test_a_date_stamp_is_split_off_the_title(vineyards):
    assert parts(vineyards, "dateline") == ["date 2021-10-12"]
    assert parts(vineyards, "title") == ["Tomas Okello Chairs a Meeting on Vineyards and Irrigation"]


def test_wrapped_lines_are_one_body_span_a_paragraph():
    assert [(s.block, s.paragraph) for s in split_blocks(WRAPPED)] == [("body", 0), ("body", 1)]


def test_long_lines_are_one_span_each():
    text = "We have come far in this year, and the harbour is open.\nThe yards are full, and the crews are back at sea.\nMuch is left to do for all of us."
    assert [s.paragraph for s in split_blocks(text)] == [0, 1, 2]


def test_a_line_cut_inside_a_clause_is_joined_to_the_next():
    text = "Her journey was long and has strengthened\nthe bonds of the islands.\nAll is well.\nThe yards are full.\nThe sea is calm."
    assert parts(text, "body")[0] == "Her journey was long and has strengthened\nthe bonds of the islands."


def test_a_salutation_is_body():
    assert parts("Honourable Members:\n\nI thank you for coming.", "title") == []


def test_a_first_line_that_goes_on_in_lower_case_is_no_title():
    assert parts("In\nthis, my first address, I greet you.", "title") == []


def test_a_markdown_heading_is_a_heading_whatever_its_end():
    assert parts("# Ships!\n\nOne came.\n\n## Why?\n\nWind.", "heading") == ["## Why?"]


def test_a_dateline_with_an_agency_is_its_own_block():
    text = "Docks reopen\n\nTARNVIK, March 14 (Norpress) -- The docks reopened."
    assert parts(text, "dateline") == ["TARNVIK, March 14 (Norpress) --"]
    assert parts(text, "body") == ["The docks reopened."]


def test_a_word_in_capitals_with_a_dash_deep_in_the_text_is_body():
    assert parts("Good day to all.\n\nFOOD—The harvest was good.", "dateline") == []


def test_a_line_that_ends_in_a_date_directly_behind_the_title_is_a_caption():
    assert parts("Docks reopen\n\nThe premier walks along a pier, March 14, 2023.\n\nIt rained.", "caption") == [
        "The premier walks along a pier, March 14, 2023."
    ]


def test_header_lines_are_no_body():
    text = "Date: 2023-03-14\nTitle: Docks reopen\n\nThe docks reopened."
    assert parts(text, "dateline") == ["Date: 2023-03-14", "Title:"]
    assert parts(text, "title") == ["Docks reopen"]


def test_a_closing_line_without_a_stop_is_body():
    assert parts("We begin.\n\nWe end.\n\nThank you", "heading") == []


def test_a_list_without_stops_is_body():
    text = "These are the aims.\n\nMore ships\n\nFewer storms\n\nBetter nets\n\nCheap pumps\n\nSo we go on."
    assert parts(text, "heading") == []


def test_chinese_headings_are_short_and_without_a_stop():
    text = "各位来宾：\n\n　　今天我们在海边相聚，共同商议港口建设的大事。\n\n一、港口建设\n\n　　港口已经开放，船只往来不断。"
    assert parts(text, "heading") == ["一、港口建设"]
    assert len(parts(text, "body")) == 3


@given(st.text(alphabet=st.sampled_from("aB. \n#-—:/1月，。“\u00a0\u200b")) | st.text())
def test_every_character_lies_in_exactly_one_block(text):
    position = 0
    for span in split_blocks(text):
        assert not text[position : span.start].strip()
        assert span.start < span.end
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        assert (span.paragraph >= 0) == (span.block == "body")
        position = span.end
    assert not text[position:].strip()


def test_a_place_and_date_under_the_title_are_no_caption():
    assert parts("Remarks at the Quay\n\nTarnvik, 5 March 2009\n\nI greet you.", "caption") == []
