"""Counts of one speech: scopes, frames, speaker share, words, and where a mention stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.counts import corpus_stop_list, count, term_counts, where
from tracker.lexicon import parse_themes
from tracker.recipe import Recipe, SpeakerRecipe, WordsRecipe
from tracker.speech import Segment, Speech
from tracker.tokens import tokenise

HEADLINE = "Brandt wants new harbours"
ATTRIBUTED = "During her harbour visit Brandt said that harbours need clean energy."
NARRATED = "The old harbour employs many people."
QUOTED = "“Harbours feed us all.”"
INSTITUTIONAL = "The meeting called for harbour repairs."
TEXT = "\n\n".join((HEADLINE, f"{ATTRIBUTED} {NARRATED}", QUOTED, INSTITUTIONAL))
FRAME = "During her harbour visit Brandt said that"
THEMES = parse_themes('[themes.ports]\ncore = ["harbour*"]\nterms = ["clean energy"]\n[themes.grain]\nterms = ["grain"]', "themes.toml")


def segment(part: str, voice: str, block: str = "body", *, paragraph: int = -1, frame: str = "") -> Segment:
    start = TEXT.index(part)
    at = TEXT.index(frame) if frame else 0
    return Segment(start, start + len(part), voice, block, frame=(at, at + len(frame)), paragraph=paragraph)


SEGMENTS = (
    segment(HEADLINE, "narrated", "title"),
    segment(ATTRIBUTED, "attributed", paragraph=0, frame=FRAME),
    segment(NARRATED, "narrated", paragraph=0),
    segment(QUOTED, "quoted", paragraph=1),
    segment(INSTITUTIONAL, "institutional", paragraph=2),
)
SPEECH = Speech(key="a.txt", text=TEXT, speaker="Alva Brandt", kind="readout", language="en", event="e1")
TOKENS = tokenise(TEXT, "en")


def content_of(part: str) -> int:
    return sum(tokenise(part, "en").content)


def test_the_whole_text_counts_headings_too():
    counts = count(SPEECH, SEGMENTS, TOKENS, THEMES)
    assert counts.scopes["all"].tokens == sum(TOKENS.content)
    assert counts.scopes["all"].themes == {"ports": (8, 6), "grain": (0, 0)}


def test_the_speakers_words_leave_out_the_reporters_frame():
    counts = count(SPEECH, SEGMENTS, TOKENS, THEMES).scopes["speaker"]
    assert counts.tokens == content_of(ATTRIBUTED) - content_of(FRAME) + content_of(QUOTED)
    assert counts.themes["ports"] == (4, 2)


def test_institutions_count_only_when_asked():
    plain, wide = (count(SPEECH, SEGMENTS, TOKENS, THEMES, institutions=asked).scopes["speaker"] for asked in (False, True))
    assert wide.tokens == plain.tokens + content_of(INSTITUTIONAL)
    assert wide.themes["ports"] == (5, 3)


def test_the_speaker_share_includes_the_frame():
    expected = (content_of(ATTRIBUTED) + content_of(QUOTED)) / content_of(TEXT)
    assert count(SPEECH, SEGMENTS, TOKENS, THEMES).speaker_share == pytest.approx(expected)


def test_a_text_without_content_has_no_speaker_share():
    counts = count(Speech(key="b", text="12 of"), (), tokenise("12 of", "en"), THEMES)
    assert counts.speaker_share is None
    assert counts.scopes["all"].tokens == 0


def test_the_headline_scope_follows_the_kind():
    assert count(SPEECH, SEGMENTS, TOKENS, THEMES).scope == "speaker"
    assert count(Speech(key="b", text="x", kind="transcript"), (), tokenise("x", "en"), THEMES).scope == "all"


def test_counts_know_their_speech_and_event():
    counts = count(SPEECH, SEGMENTS, TOKENS, THEMES)
    assert (counts.speech, counts.event) == (SPEECH.id, "e1")


def test_a_hit_across_a_border_counts_with_its_tokens_inside():
    text = "They want clean energy now"
    segments = (Segment(0, 15, "narrated", "body"), Segment(16, len(text), "quoted", "body"))
    counts = count(Speech(key="b", text=text, kind="readout"), segments, tokenise(text, "en"), THEMES)
    assert counts.scopes["all"].themes["ports"] == (2, 0)
    assert counts.scopes["speaker"].themes["ports"] == (1, 0)


def test_function_words_in_a_phrase_are_no_hits():
    themes = parse_themes('[themes.x]\nterms = ["port of entry"]', "themes.toml")
    text = "The port of entry"
    assert count(Speech(key="b", text=text), (), tokenise(text, "en"), themes).scopes["all"].themes["x"] == (2, 0)


def test_a_word_can_be_left_out_to_see_what_it_carries():
    hits = [hit for hit in count(SPEECH, SEGMENTS, TOKENS, THEMES).hits if hit.words != "harbours"]
    without = count(SPEECH, SEGMENTS, TOKENS, THEMES, hits=hits)
    assert without.scopes["speaker"].themes["ports"] == (2, 0)
    assert without.scopes["speaker"].tokens == count(SPEECH, SEGMENTS, TOKENS, THEMES).scopes["speaker"].tokens


def test_terms_are_counted_by_lemma_in_a_scope():
    assert term_counts(TOKENS, SEGMENTS, "all")["harbour"] == 6
    speaker = term_counts(TOKENS, SEGMENTS, "speaker")
    assert speaker["harbour"] == 2
    assert "visit" not in speaker
    assert sum(speaker.values()) == count(SPEECH, SEGMENTS, TOKENS, THEMES).scopes["speaker"].tokens


def test_words_left_out_are_named_by_lemma_or_surface():
    assert "harbour" not in term_counts(TOKENS, SEGMENTS, "all", {"harbour"})
    assert term_counts(TOKENS, SEGMENTS, "all", {"harbours"})["harbour"] == 3


def test_where_names_the_most_prominent_place_first():
    hits = {TEXT[hit.start : hit.end] + str(hit.first): hit for hit in count(SPEECH, SEGMENTS, TOKENS, THEMES).hits}
    headline, framed, said, energy, narrated, quoted, institutional = sorted(hits.values(), key=lambda hit: hit.start)
    assert where([headline], SEGMENTS) == ("headline",)
    assert where([framed], SEGMENTS) == ("lead", "narrated")
    assert where([said], SEGMENTS) == where([energy], SEGMENTS) == ("lead", "attributed")
    assert where([narrated], SEGMENTS) == ("lead", "narrated")
    assert where([quoted], SEGMENTS) == ("quoted",)
    assert where([institutional], SEGMENTS) == ("narrated",)
    assert where(hits.values(), SEGMENTS) == ("headline", "lead", "quoted", "attributed", "narrated")
    assert where([], SEGMENTS) == ()


def test_the_words_of_a_transcript_are_the_speakers():
    text = "Harbours first. Harbours again."
    segments = (Segment(0, 15, "spoken", "body", paragraph=0), Segment(16, 31, "spoken", "body", paragraph=1))
    hits = count(Speech(key="b", text=text), segments, tokenise(text, "en"), THEMES).hits
    assert [where([hit], segments) for hit in hits] == [("lead", "attributed"), ("attributed",)]


def test_the_stop_list_holds_names_titles_verbs_of_saying_and_the_calendar():
    speech = Speech(key="a", text="Premier Alva Brandt said so.", speaker="Alva Brandt", kind="readout", language="en")
    stops = corpus_stop_list([speech], Recipe())
    assert {"alva", "brandt", "premier", "say", "emphasise", "emphasize", "august", "monday"} <= stops
    assert not {"state", "work", "harbour", "new"} & stops


def test_the_stop_list_is_the_users_to_change():
    recipe = Recipe(
        words=WordsRecipe(leave_out=("Harbour",), keep=("Pledge", "march")),
        speakers={"Alva Brandt": SpeakerRecipe(surname="Brandt", titles=("Prime Minister",))},
    )
    stops = corpus_stop_list([Speech(key="a", text="x", speaker="Alva Brandt", language="en")], recipe)
    assert {"harbour", "prime", "minister"} <= stops
    assert not {"pledge", "march"} & stops


CUTS = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=8, unique=True).map(sorted)
VOICES = st.lists(st.sampled_from(["quoted", "attributed", "narrated", "institutional", "spoken"]), min_size=8, max_size=8)


@settings(deadline=None, max_examples=60)
@given(CUTS, VOICES, st.booleans())
def test_core_hits_hits_and_tokens_are_nested_in_every_scope(cuts, voices, institutions):
    segments = tuple(Segment(a, b, voice, "body", frame=(a, (a + b) // 2)) for a, b, voice in zip(cuts, cuts[1:], voices, strict=False))
    counts = count(SPEECH, segments, TOKENS, THEMES, institutions=institutions)
    for scope in counts.scopes.values():
        for hits, core in scope.themes.values():
            assert 0 <= core <= hits <= scope.tokens
    speaker, whole = counts.scopes["speaker"], counts.scopes["all"]
    assert speaker.tokens <= counts.speaker_share * whole.tokens + 1e-9
    assert all(speaker.themes[theme] <= whole.themes[theme] for theme in whole.themes)
