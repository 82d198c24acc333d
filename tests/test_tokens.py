"""Tokens: what a word is, what carries content, where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.tokens import count_content, fold, token_range, tokenise


def test_words_are_case_folded_with_straight_apostrophes():
    assert tokenise("The MAYOR’s Plan", "en").words == ["the", "mayor's", "plan"]


def test_hyphens_split_words_so_that_phrases_match_across_them():
    assert tokenise("low-carbon steel", "en").words == ["low", "carbon", "steel"]


def test_terms_are_lemmas():
    tokens = tokenise("Factories and the harbour’s cranes", "en")
    assert [t for t, c in zip(tokens.terms, tokens.content, strict=True) if c] == ["factory", "harbour", "crane"]


def test_content_leaves_out_function_words_numbers_and_single_letters():
    tokens = tokenise("We build 40 ports by plan B in covid19 times", "en")
    assert [w for w, c in zip(tokens.words, tokens.content, strict=True) if c] == ["build", "ports", "plan", "covid19", "times"]


def test_a_single_chinese_character_can_carry_content():
    pytest.importorskip("rjieba", reason="the extra [zh] is not installed")
    tokens = tokenise("粮", "zh")
    assert (tokens.words, tokens.content) == (["粮"], [True])


def test_an_unknown_language_is_counted_by_its_surface_forms():
    tokens = tokenise("Vrelda morn vreldi", "und")
    assert tokens.terms == ["vrelda", "morn", "vreldi"]
    assert all(tokens.content)


def test_composed_and_decomposed_letters_are_one_word():
    assert fold("CAFE\u0301") == fold("café")


def test_soft_hyphens_do_not_make_another_word():
    assert fold("har\u00adbour") == "harbour"


def test_an_empty_text_has_no_tokens():
    tokens = tokenise(" \n ", "en")
    assert (tokens.words, tokens.starts, tokens.content) == ([], [], [])


def test_a_token_range_holds_the_tokens_that_begin_in_it():
    tokens = tokenise("one two three", "en")
    assert token_range(tokens, 4, 13) == (1, 3)
    assert token_range(tokens, 5, 8) == (2, 2)
    assert token_range(tokens, 9, 2) == (3, 3)


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "und"]))
def test_offsets_are_verbatim_and_in_order(text, language):
    tokens = tokenise(text, language)
    assert [fold(text[a:b]) for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words
    assert all(a < b for a, b in zip(tokens.starts, tokens.ends, strict=True))
    assert all(end <= start for end, start in zip(tokens.ends, tokens.starts[1:], strict=False))
    assert {len(column) for column in (tokens.words, tokens.terms, tokens.content)} == {len(tokens.starts)}


@pytest.mark.parametrize(("text", "language"), [("The harbour’s 12 cranes, l'été, co-op", "en"), ("L’été n'est pas là", "fr"), ("Ünal x_y 7", "und")])
def test_content_is_counted_as_the_tokens_have_it(text, language):
    assert count_content(text, language) == sum(tokenise(text, language).content)
