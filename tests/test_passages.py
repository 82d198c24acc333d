"""Passages: sizes, headings, scope, and nothing lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.passages import split_passages
from tracker.speech import Segment
from tracker.tokens import Tokens, tokenise


def speech_of(*parts: tuple[int, str, str, int]) -> tuple[tuple[Segment, ...], Tokens]:
    """Make a text from (content words, voice, block, paragraph) and mark it."""
    text, segments = "", []
    for words, voice, block, paragraph in parts:
        start = len(text)
        text += " ".join(["grain"] * words)
        segments.append(Segment(start, len(text), voice, block, paragraph=paragraph))
        text += "\n"
    return tuple(segments), tokenise(text, "en")


def sizes(parts: list[tuple[int, str, str, int]], scope: str = "all", **settings: int) -> list[int]:
    segments, tokens = speech_of(*parts)
    return [passage.tokens for passage in split_passages("s", segments, tokens, scope=scope, **settings)]


def test_paragraphs_are_merged_until_they_reach_the_size():
    assert sizes([(25, "spoken", "body", p) for p in range(6)]) == [75, 75]


def test_a_passage_ends_with_a_paragraph_not_with_a_sentence():
    assert sizes([(40, "spoken", "body", 0), (40, "spoken", "body", 0), (40, "spoken", "body", 0), (60, "spoken", "body", 1)]) == [120, 60]


def test_a_long_paragraph_is_cut_between_sentences():
    assert sizes([(50, "spoken", "body", 0)] * 8) == [150, 150, 100]


def test_a_short_rest_joins_the_passage_before():
    assert sizes([(70, "spoken", "body", 0), (29, "spoken", "body", 1)]) == [99]
    assert sizes([(70, "spoken", "body", 0), (30, "spoken", "body", 1)]) == [70, 30]


def test_a_short_speech_is_one_passage():
    assert sizes([(5, "spoken", "body", 0)]) == [5]


def test_a_sentence_longer_than_the_longest_stays_whole():
    assert sizes([(200, "spoken", "body", 0), (40, "spoken", "body", 0)]) == [200, 40]


def test_a_heading_begins_a_new_passage():
    body = [(40, "spoken", "body", 0), (4, "narrated", "heading", -1), (40, "spoken", "body", 1)]
    assert sizes(body) == [40, 44]


def test_too_short_a_section_goes_on_across_the_heading():
    assert sizes([(20, "spoken", "body", 0), (4, "narrated", "heading", -1), (40, "spoken", "body", 1)]) == [64]


def test_only_the_scopes_own_segments_are_taken():
    parts = [(40, "attributed", "body", 0), (90, "narrated", "body", 0), (30, "quoted", "body", 1), (10, "institutional", "body", 1)]
    segments, tokens = speech_of(*parts)
    (passage,) = split_passages("s", segments, tokens, scope="speaker")
    assert passage.segments(segments) == (segments[0], segments[2])
    assert (passage.start, passage.end, passage.tokens) == (segments[0].start, segments[2].end, 70)
    (wider,) = split_passages("s", segments, tokens, scope="speaker", institutions=True)
    assert wider.tokens == 80


def test_a_heading_divides_the_speakers_words_too():
    assert sizes([(40, "quoted", "body", 0), (4, "narrated", "heading", -1), (40, "quoted", "body", 1)], "speaker") == [40, 40]


def test_frames_are_not_counted_in_speaker_scope():
    text = "Brandt said harbours need workers."
    segments = (Segment(0, len(text), "attributed", "body", frame=(0, 11)),)
    tokens = tokenise(text, "en")
    assert [p.tokens for p in split_passages("s", segments, tokens, scope="speaker")] == [3]
    assert [p.tokens for p in split_passages("s", segments, tokens, scope="all")] == [5]


def test_a_speech_without_content_has_no_passages():
    assert sizes([]) == []
    assert sizes([(0, "spoken", "body", 0)]) == []


def test_ids_sort_in_order_of_appearance():
    segments, tokens = speech_of(*[(60, "spoken", "body", p) for p in range(12)])
    passages = split_passages("s", segments, tokens, scope="all")
    assert [p.index for p in passages] == list(range(12))
    assert sorted(p.id for p in passages) == [p.id for p in passages]


PARTS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["spoken", "narrated", "quoted"]), st.sampled_from(["body", "body", "body", "heading"]), st.integers(0, 3)),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(PARTS, st.sampled_from(["speaker", "all"]), st.integers(10, 60))
def test_every_segment_with_content_is_in_exactly_one_passage(parts, scope, size):
    segments, tokens = speech_of(*parts)
    passages = split_passages("s", segments, tokens, scope=scope, size=size, longest=3 * size)
    taken = [segment for passage in passages for segment in passage.segments(segments)]
    wanted = [s for s, part in zip(segments, parts, strict=True) if part[0] and (scope == "all" or s.is_speakers)]
    assert taken == wanted
    assert sum(p.tokens for p in passages) == sum(n for n, *_ in parts) if scope == "all" else True
    assert all(2 * p.tokens >= size for p in passages[-1:] if len(passages) > 1)
    longest = max(3 * size, *(n for n, *_ in parts)) if parts else 0
    assert all(p.tokens <= longest + size / 2 for p in passages)  # a rest that joins a long sentence exceeds it
