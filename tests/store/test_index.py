import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.speech import Speech
from tracker.store import cut as cut_module
from tracker.store import open_store
from tracker.store.cut import cut_text, places
from tracker.store.query import parse_query


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "corpus.db", create=True)
    yield opened
    opened.close()


def put(store, text, key="a", language="en", **fields):
    speech = Speech(key=key, text=text, language=language, **fields)
    with store.writing():
        store.put(speech, 1)
    return speech


def found(store, query, speech):
    """The words found, taken from the text by their offsets."""
    return [speech.text[a:b] for a, b in store.spots(parse_query(query), speech)]


SEA = "The sea wall broke. A new sea\nwall will stand; the SEA-WALL of Tarnvik — étape by étape — is self-reliant."


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ('"sea wall"', ["sea wall", "sea\nwall", "SEA-WALL"]),
        ("wall NOT dike", ["wall", "wall", "WALL"]),
        ("etape", ["étape", "étape"]),
        ("self-rel*", ["self-reliant"]),
        ("stan* OR broke", ["broke", "stand"]),
        ("NEAR(new stand, 3)", ["new", "stand"]),
        ("NEAR(new stand, 2)", []),
        ("wall AND dike", []),
    ],
)
def test_what_is_found_stands_in_the_text_at_the_offsets_given(store, query, words):
    speech = put(store, SEA)
    assert found(store, query, speech) == words
    assert store.matches(parse_query(query)) == ([speech.id] if words else [])


def test_speeches_are_found_in_order_of_date_and_undated_ones_last(store):
    from datetime import date

    from tracker.speech import SpokenDate

    for key, year in (("c", 2023), ("a", 2024), ("b", 2022)):
        put(store, f"The harbour of {key}.", key, date=SpokenDate(date(year, 1, 1), precision="day", status="stated"))
    put(store, "The harbour.", "z")
    assert [store.get(name).key for name in store.matches(parse_query("harbour"))] == ["b", "c", "a", "z"]


def test_the_index_follows_updates_removals_and_what_is_taken_back(store):
    put(store, "Ferries sail.")
    put(store, "Orchards bloom.")
    assert [len(store.matches(parse_query(word))) for word in ("ferries", "orchards")] == [0, 1]
    with store.writing(keep=False):
        store.put(Speech(key="b", text="Ferries again."), 2)
    assert store.matches(parse_query("ferries")) == []
    with store.writing():
        store.remove(store.get("a"))
    assert store.matches(parse_query("orchards")) == []


ZH = "我们坚持科技创新，推动高质量发展。\n发展中国家的港口建设。"


def test_chinese_words_are_found_whole(store):
    pytest.importorskip("rjieba", reason="the extra [zh] cuts Chinese words")
    speech = put(store, ZH, language="zh")
    assert store.is_cut_into_words()
    assert found(store, "科技创新", speech) == ["科技创新"]
    assert found(store, "港口建设", speech) == ["港口建设"]
    assert found(store, "港口 建设", speech) == ["港口", "建设"]
    assert found(store, "中国", speech) == []  # it is part of another word there


def test_without_a_segmenter_chinese_is_found_by_its_characters(store, monkeypatch):
    monkeypatch.setattr(cut_module, "find_spec", dict[str, None]().get)
    speech = put(store, ZH, language="zh")
    assert not store.is_cut_into_words()
    assert found(store, "科技创新", speech) == ["科技创新"]
    assert found(store, "中国", speech) == ["中国"]


def test_chinese_names_in_a_text_of_another_language_are_found(store):
    speech = put(store, "The port of 大连 and 大连港 open. NUL\0here.", language="en")
    assert found(store, "大连", speech) == ["大连", "大连"]
    assert found(store, "here", speech) == ["here"]


@pytest.mark.parametrize("text", ["हिन्दी भाषा में", "العربيّة لغة", "Ｆｕｌｌ width", "\x01\x02 odd \x03 marks", "naïve cafe\u0301"])
def test_words_of_other_scripts_and_odd_characters_are_found_at_their_place(store, text):
    speech = put(store, text)
    word = next(w for w in text.split() if any(c.isalpha() for c in w))
    assert found(store, f'"{word}"', speech) == [word]


def test_a_corrected_language_is_cut_anew(store):
    pytest.importorskip("rjieba", reason="the extra [zh] cuts Chinese words")
    put(store, ZH, language="und")
    assert not store.is_cut_into_words()
    speech = put(store, ZH, language="zh")
    assert store.is_cut_into_words()
    assert found(store, "科技创新", speech) == ["科技创新"]


texts = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("港口建设 \n\0ab")), max_size=60)


@settings(max_examples=200, deadline=None)
@given(texts, st.sampled_from(["zh", "ja", "en"]))
def test_cutting_only_puts_spaces_in(text, language):
    words, _ = cut_text(text, language)
    if words is not None:
        assert len(places(words, text)) == len(words) + 1


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4, unique=True))
def test_any_text_comes_back_equal_and_its_words_are_found(tmp_path_factory, drawn):
    store = open_store(tmp_path_factory.mktemp("any") / "corpus.db", create=True)
    for number, text in enumerate(drawn):
        speech = put(store, text, str(number), "zh")
        assert store.get(speech.id).text == text
        for word in [w for w in text.split() if w.isascii() and w.isalnum()][:2]:
            assert all(spot.casefold() == word.casefold() for spot in found(store, f'"{word}"', speech))
    store.close()
