import importlib.util
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import languages
from tracker.errors import TrackerError
from tracker.languages import detect, lemma, split_sentences, stop_words, word_spans, words_of

needs_rjieba = pytest.mark.skipif(importlib.util.find_spec("rjieba") is None, reason="the extra `zh` is not installed")


def sentences(text, language="en"):
    return [text[a:b] for a, b in split_sentences(text, 0, len(text), language)]


def words(text, language="en"):
    return [text[a:b] for a, b in word_spans(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council will open the harbour in May and we are glad of it.", "en"),
        ("Der Hafen wird im Mai eröffnet und wir sind nicht die einzigen, die das freut.", "de"),
        ("Le port sera ouvert en mai et nous sommes heureux que les travaux soient finis.", "fr"),
        ("El puerto se abre en mayo y es una buena noticia para los pescadores de la costa.", "es"),
        ("Il porto apre a maggio ed è una buona notizia per i pescatori della costa.", "it"),
        ("O porto abre em maio e isto é uma boa notícia para os pescadores da costa, não só do norte.", "pt"),
        ("港口将于五月开放，我们很高兴。", "zh"),
        ("港は五月に開かれます。私たちはうれしいです。", "ja"),
        ("Гавань откроется в мае.", "und"),
        ("2022 - 2023", "und"),
        ("", "und"),
    ],
)
def test_a_language_is_told_by_its_function_words_or_its_script(text, language):
    assert detect(text) == language


def test_a_chinese_text_with_some_latin_words_is_chinese():
    assert detect("我们要发展 AI 和 5G 技术，建设新的港口。") == "zh"


def test_no_sentence_ends_after_titles_companies_and_months():
    assert sentences("Mr. Brandt met Gen. Halle of Acme Co., Ltd. on Sept. 3 in the U.S. Senate. She left.") == [
        "Mr. Brandt met Gen. Halle of Acme Co., Ltd. on Sept. 3 in the U.S. Senate.",
        "She left.",
    ]


def test_a_company_may_end_a_sentence():
    assert sentences("He sold the Acme Co. Then he left.")[-1] == "Then he left."


def test_a_stop_glued_to_an_opening_quotation_mark_is_an_end():
    assert sentences("He left.“We stay,” she said.") == ["He left.", "“We stay,” she said."]


def test_a_sentence_runs_over_a_line_end():
    assert sentences("The harbour opens\nin May. All may come.") == ["The harbour opens\nin May.", "All may come."]


def test_chinese_sentences_end_at_full_width_marks_and_keep_their_closing_quotation_mark():
    assert sentences("我们要“发展。”很好！是的；再见", "zh") == ["我们要“发展。”", "很好！", "是的；", "再见"]


def test_offsets_are_those_of_the_whole_text():
    text = "Title\n\nOne. Two."
    assert [text[a:b] for a, b in split_sentences(text, 7, len(text), "en")] == ["One.", "Two."]


def test_hyphens_split_words_and_apostrophes_do_not():
    assert words("the country’s self-reliance, COVID-19 and don't") == ["the", "country’s", "self", "reliance", "COVID", "19", "and", "don't"]


def test_a_quotation_mark_is_no_part_of_a_word():
    assert words("‘hello’ and 'well'") == ["hello", "and", "well"]


def test_words_of_other_scripts_keep_their_marks():
    assert words("भारत में हिन्दी", "hi") == ["भारत", "में", "हिन्दी"]


def test_latin_words_are_the_same_with_and_without_a_foreign_letter_in_the_text():
    text = "l’été à l'œuvre naïve straße Łódź"
    assert words(text + " β")[:-1] == words(text)


@needs_rjieba
def test_chinese_words_have_exact_offsets():
    text = "我们要推动高质量发展，abc 2023。"
    assert words(text, "zh") == ["我们", "要", "推动", "高质量", "发展", "abc", "2023"]


def test_chinese_without_its_segmenter_is_refused_with_the_command_that_helps(monkeypatch):
    monkeypatch.setattr(languages, "find_spec", lambda _: None)
    with pytest.raises(TrackerError) as caught:
        word_spans("我们", "zh")
    assert caught.value.render() == (
        "error: Chinese words cannot be told apart without `rjieba`\n"
        "  counts by characters would be wrong, so none are made\n\n"
        "hint: pip install 'speech-theme-tracker[zh]'"
    )


def test_japanese_is_refused_rather_than_counted_badly():
    with pytest.raises(TrackerError, match="Japanese"):
        word_spans("港は", "ja")


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("Industries", "en", "industry"),
        ("country’s", "en", "country"),
        ("countries'", "en", "country"),
        ("us", "en", "us"),
        ("Häuser", "de", "haus"),
        ("发展", "zh", "发展"),
        ("Word", "und", "word"),
        ("wordz", "xx", "wordz"),
        ("19", "en", "19"),
    ],
)
def test_words_are_counted_under_their_dictionary_form(word, language, expected):
    assert lemma(word, language) == expected


def test_english_function_words_hold_no_theme_words():
    english = stop_words("en")
    assert {"the", "we", "of", "must", "and", "don't", "it's"} <= english
    assert not {"state", "work", "new", "people", "said", "need", "country"} & english
    assert 180 <= len(english) <= 300


def test_chinese_function_words_hold_no_theme_words():
    assert {"的", "我们", "和"} <= stop_words("zh")
    assert not {"发展", "工作", "国家", "建设"} & stop_words("zh")


def test_an_unknown_language_has_no_function_words():
    assert stop_words("und") == frozenset()


@given(st.text(alphabet="aB c.!?“”\"'’-\n\u00a0é。3", max_size=120), st.sampled_from(["en", "zh", "und"]))
def test_every_character_but_white_space_lies_in_exactly_one_sentence(text, language):
    spans = split_sentences(text, 0, len(text), language)
    assert spans == sorted(spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)


@given(st.text(max_size=80))
def test_words_hold_every_letter_and_do_not_overlap(text):
    spans = word_spans(text, "en")
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered for i, letter in enumerate(text) if letter.isalnum())


@pytest.mark.parametrize("language", ["en", "fr", pytest.param("zh", marks=needs_rjieba), "und"])
def test_words_are_those_that_the_spans_bound(language):
    text = "L’été, n'est-il pas: the country’s 12 cranes and 今年的收成 ªº x_y ü\u0308"
    assert words_of(text, language) == [text[a:b] for a, b in word_spans(text, language)]
