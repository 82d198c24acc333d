from contextlib import suppress

import pytest

from tracker.errors import QueryError
from tracker.store.query import LONGEST, parse_query


def said(text, cut=""):
    return parse_query(text).expression(cut)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("harbour", '"harbour"'),
        ("harbour*", '"harbour" *'),
        ('"sea wall"', '"sea wall"'),
        ('"sea wal*"', '"sea wal" *'),
        ('"sea wal"*', '"sea wal" *'),
        ("“sea wall”", '"sea wall"'),
        ("self-reliance", '"self-reliance"'),
        ("sea wall", '("sea" AND "wall")'),
        ("sea AND wall", '("sea" AND "wall")'),
        ("a OR b c", '("a" OR ("b" AND "c"))'),
        ("a b NOT c", '("a" AND ("b" NOT "c"))'),
        ("(a OR b) NOT c", '(("a" OR "b") NOT "c")'),
        ("NEAR(storm harbour)", 'NEAR("storm" "harbour", 10)'),
        ('NEAR("sea wall", storm*, 3)', 'NEAR("sea wall" "storm" *, 3)'),
        ("sea, wall", '("sea" AND "wall")'),
        ("NEAR", '"NEAR"'),
        ("and or not", '(("and" AND "or") AND "not")'),
    ],
)
def test_a_search_means_what_its_words_say(text, meaning):
    assert said(text) == meaning


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "nothing to search for"),
        ("   ", "nothing to search for"),
        ('"sea wall', 'a quotation mark in `"sea wall` is not closed'),
        ("—", "no word in `—`"),
        ("*wall", "`*` stands at the end of a word and means any ending"),
        ("(sea", "cannot read the search `(sea`: a bracket is not closed"),
        ("sea)", "cannot read the search `sea)`: a bracket is closed that was never opened"),
        ("()", "cannot read the search `()`: nothing stands before `)`"),
        ("AND sea", "cannot read the search `AND sea`: `AND` needs a word before it"),
        ("sea OR", "cannot read the search `sea OR`: a word is missing at the end"),
        ("NOT sea", "cannot read the search `NOT sea`: `NOT` needs a word before it"),
        ("NEAR(sea)", "NEAR needs two words or phrases, in `NEAR(sea)`"),
        ("NEAR(sea OR wall)", "NEAR needs two words or phrases, in `NEAR(sea OR wall)`"),
        ("speaker:Lind", "`speaker:Lind` is a slice, not a word of a text"),
        ("(" * 30 + "a" + ")" * 30, None),
        ("a " * LONGEST, "the search has 4,000 characters; at most 2,000 are read"),
    ],
)
def test_a_search_that_cannot_be_read_is_an_error_with_one_that_can(text, error):
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    assert error is None or caught.value.message == error
    assert caught.value.hint.startswith("tracker search ")


def test_quotation_marks_inside_a_word_cannot_leave_the_term():
    assert said('sea"wall"rail') == '(("sea" AND "wall") AND "rail")'
    with pytest.raises(QueryError, match="no word in"):
        parse_query('sea""wall')


@pytest.mark.parametrize("text", ['x" OR rowid > 0 --', "words : x", "{words}: x", "^sea", "- sea", "sea + wall", "'; DROP TABLE speeches; --"])
def test_no_other_language_of_the_database_gets_through(text, tmp_path):
    from tracker.speech import Speech
    from tracker.store import open_store

    store = open_store(tmp_path / "corpus.db", create=True)
    with store.writing():
        store.put(Speech(key="a", text="The sea wall."), 2)
    with suppress(QueryError):
        store.matches(parse_query(text))
    assert len(store.speeches()) == 1
    store.close()


def test_chinese_words_are_searched_in_every_way_a_text_may_be_cut():
    pytest.importorskip("rjieba", reason="the extra [zh] cuts Chinese words")
    assert said("港口建设", "words") == '("港口 建设" OR "港口建设" OR "港 口 建 设")'
    assert said("港口建设", "characters") == '"港 口 建 设"'
    assert said("NEAR(港口 建设, 2)", "words") == 'NEAR("港口" "建设", 2)'
