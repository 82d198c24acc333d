"""Counts of words in the cache: the same for every process, with whatever numbers the words have there; what was not committed leaves nothing behind."""

import pickle
import sqlite3
from array import array

import pytest

from tracker.numbered import narrow
from tracker.store import Cache
from tracker.vocabulary import VOCABULARY, TypeCounts, type_counts

FIRST = [("ports", "port"), ("grow", "grow"), ("ports", "port")]
SECOND = [("rails", "rail"), ("ports", "port"), ("na\ud800ve", "na\ud800ve")]


@pytest.fixture(autouse=True)
def own_vocabulary():
    """Each test numbers words anew, as a process does."""
    held = list(VOCABULARY.types)
    forget()
    yield
    forget()
    VOCABULARY.numbers(held)


def forget():
    VOCABULARY.clear()
    VOCABULARY.types.clear()


def told(counts):
    return counts.types, list(counts.counts), list(counts.in_all)


def put(cache, speech, types, key="k"):
    counts = type_counts(types, [1] + [0] * (len(types) - 1), [1] * len(types))
    cache.put_types(speech, "types", key, counts)
    return told(counts)


def rows_of(cache, keys):
    found = {}
    for rows in cache.type_rows("types", keys):
        at = 0
        for speech, size in zip(rows.speeches, rows.sizes.tolist(), strict=True):
            part = slice(at, at + size)
            types = [VOCABULARY.types[i] for i in rows.numbers[part].tolist()]
            found[speech] = types, rows.counts[part].tolist(), rows.in_all[part].tolist()
            at += size
    return found


def test_another_process_reads_what_one_wrote_whatever_numbers_its_own_words_have(tmp_path):
    first = Cache(tmp_path / "cache.db")
    written = {"a": put(first, "a", FIRST), "b": put(first, "b", SECOND), "c": put(first, "c", [])}
    first.close()
    forget()
    VOCABULARY.numbers([("orchard", "orchard"), ("rails", "rail")])
    second = Cache(tmp_path / "cache.db")
    assert {speech: told(second.types(speech, "types", "k")) for speech in written} == written
    assert rows_of(second, dict.fromkeys(written, "k")) == written
    second.close()


def test_two_that_write_in_turns_share_the_numbers(tmp_path):
    one, other = (Cache(tmp_path / "cache.db") for _ in range(2))
    written = {}
    for i, (cache, types) in enumerate([(one, FIRST), (other, SECOND), (one, [*SECOND, ("mill", "mill")]), (other, [("mill", "mill"), ("quay", "quay")])]):
        written[f"{i}"] = put(cache, f"{i}", types)
        cache.flush()
    for cache in (one, other):
        assert rows_of(cache, dict.fromkeys(written, "k")) == written
    one.close()
    other.close()
    said = [row[0] for row in sqlite3.connect(tmp_path / "cache.db").execute("SELECT said FROM words ORDER BY first")]
    assert sum(text.count(b"\n") + 1 for text in said) == 2 * 6


def test_a_process_that_ended_before_it_wrote_leaves_no_numbers(tmp_path):
    cache = Cache(tmp_path / "cache.db")
    put(cache, "a", FIRST)
    cache._db.rollback()  # as when it is killed
    cache._db.close()
    cache._db = None
    again = Cache(tmp_path / "cache.db")
    assert again.types("a", "types", "k") is None
    written = put(again, "b", SECOND)
    again.flush()
    forget()
    assert told(Cache(tmp_path / "cache.db").types("b", "types", "k")) == written
    again.close()


def test_counts_made_of_something_else_are_not_given(tmp_path):
    cache = Cache(tmp_path / "cache.db")
    put(cache, "a", FIRST, key="old")
    assert cache.types("a", "types", "new") is None
    assert rows_of(cache, {"a": "new", "b": "old"}) == {}
    cache.keep_only([])
    assert cache.types("a", "types", "old") is None
    cache.close()


def test_few_of_many_are_looked_up_one_by_one_and_large_counts_are_kept(tmp_path):
    cache = Cache(tmp_path / "cache.db")
    numbers = VOCABULARY.numbers([("quays", "quay"), ("mills", "mill")])
    large = narrow([70_000, 1])
    cache.put_types("large", "types", "k", TypeCounts(array("I", numbers), narrow([2, 1]), large))
    for i in range(40):
        put(cache, f"{i}", FIRST)
    assert set(rows_of(cache, {"3": "k", "7": "k", "none": "k"})) == {"3", "7"}
    found = rows_of(cache, {"large": "k", **{f"{i}": "k" for i in range(40)}})
    assert found["large"] == ([("quays", "quay"), ("mills", "mill")], [2, 1], [70_000, 1])
    assert len(found) == 41
    cache.close()


def test_a_file_without_numbers_in_order_is_put_away(tmp_path):
    cache = Cache(tmp_path / "cache.db")
    put(cache, "a", FIRST)
    cache.close()
    db = sqlite3.connect(tmp_path / "cache.db")
    db.execute("UPDATE words SET first = 7")
    db.commit()
    db.close()
    damaged = Cache(tmp_path / "cache.db")
    assert damaged.types("a", "types", "k") is None
    assert not damaged.is_usable
    assert not (tmp_path / "cache.db").exists()


def test_counts_sent_to_another_process_are_numbered_there():
    sent = pickle.dumps(type_counts(FIRST, [1, 1, 1], [1, 1, 1]))
    forget()
    VOCABULARY.numbers([("mill", "mill")])
    held = pickle.loads(sent)  # noqa: S301
    assert told(held) == ([("ports", "port"), ("grow", "grow")], [2, 1], [2, 1])
    assert held.counts is held.in_all
