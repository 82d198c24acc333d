import pytest

from tracker.findings.quotes import quotes
from tracker.lexicon import parse_themes

LONG = "Our harbour " + "grows and grows beside the long grey river " * 12 + "for ever."


def said(side_, **options):
    return [e.quote for e in quotes(side_.speeches, "ports", **options)]


def test_the_speakers_words_come_before_the_reporters_and_the_body_before_a_headline(side):
    text = "Harbours wait for the first ferries of the year\n\nThe harbour lay silent in the morning fog.\n\nMara Lind said that the quay will stand for many years."
    found = quotes(side(2022, text, kind="readout").speeches, "ports")
    assert [e.voice for e in found] == ["attributed", "narrated", "title"]


def test_a_core_word_comes_before_a_wider_one_and_a_readable_sentence_before_a_long_one(side):
    text = f"{LONG} The quay of our town is built of stone. The harbour of our town is built of stone."
    assert [quote[:8] for quote in said(side(2022, text))] == ["The harb", "Our harb", "The quay"]


def test_every_speech_gives_one_sentence_before_any_gives_a_second(side):
    texts = [f"The harbour of town {name} is built of stone. The harbour of town {name} is old and grey." for name in ("Ost", "West", "Sud")]
    found = quotes(side(2022, *texts).speeches, "ports", most=4)
    assert [e.date for e in found] == ["2022-01-01", "2022-02-01", "2022-03-01", "2022-01-01"]


def test_only_hits_of_the_term_asked_for_are_quoted_and_marked(side):
    text = "The harbour and the quay of our town are old. The ferries of our town are new and fast."
    speeches = side(2022, text).speeches
    hits = {item.speech.id: [hit for hit in item.counts.hits if hit.term == "quay*"] for item in speeches}
    found = quotes(speeches, "ports", hits=hits)
    assert [text[start:end] for e in found for start, end in e.hits] == ["quay"]


def test_there_are_never_more_than_asked_for_and_none_without_a_mention(side):
    text = "The harbour is old and built of stone and wood. " * 9
    assert len(said(side(2022, text))) == 3
    assert said(side(2022, "Nothing of the kind was said here.")) == []


@pytest.mark.parametrize("join", ["\n", " "])
def test_a_phrase_over_the_end_of_a_line_is_cut_to_the_sentence_that_is_quoted(side, join):
    themes = parse_themes('[themes.ports]\nlabel = "Ports"\nterms = ["sea wall"]\n', "themes.toml")
    shown = side(2022, f"We built and we paid for the whole sea{join}wall of our town in that year.", themes=themes)
    for e in quotes(shown.speeches, "ports"):
        assert all(e.start <= start < end <= e.end for start, end in e.hits)
