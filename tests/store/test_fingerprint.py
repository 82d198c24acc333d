"""The hash of a corpus is worked out once, and again when a row has changed, whoever changed it."""

import random
import sqlite3
from contextlib import closing

import pytest

from tracker.speech import Speech
from tracker.store import open_store


def speech(key, title=""):
    return Speech(key=key, text=f"Text of {key}.", title=title)


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "corpus.db", create=True)
    with opened.writing():
        for key in "abc":
            opened.put(speech(key), 3)
    yield opened
    opened.close()


def held(store):
    with closing(sqlite3.connect(store.path)) as db:
        return [row[0] for row in db.execute("SELECT hash FROM fingerprint")]


def anew(store):
    """The hash of the same rows in a file that has none written down."""
    copy = store.path.with_name("copy.db")
    copy.unlink(missing_ok=True)
    store.copy_to(copy)
    with closing(sqlite3.connect(copy)) as db:
        db.execute("DELETE FROM fingerprint")
        db.commit()
    other = open_store(copy)
    found = other.hash()
    other.close()
    return found


def test_it_is_written_down_when_it_was_worked_out_and_read_from_there(store):
    assert held(store) == []
    found = store.hash()
    assert held(store) == [found]
    with closing(sqlite3.connect(store.path)) as db:
        db.execute("UPDATE fingerprint SET hash = 'known already'")
        db.commit()
    assert store.hash() == "known already"


def test_it_is_that_of_the_rows_after_any_change_of_ours_and_of_others(store):
    chance = random.Random(4)  # noqa: S311 - the same every time
    seen = set()
    for number in range(40):
        key = chance.choice("abcdef")
        if chance.random() < 0.4:
            with closing(sqlite3.connect(store.path)) as db:  # a user's own tool
                db.execute("UPDATE speeches SET title = ? WHERE key = ?", (f"by hand {number}", key))
                db.commit()
        with store.writing():
            current = store.by_key(key)
            what = chance.choice(("put", "remove", "correct", "forget"))
            if what == "put":
                store.put(speech(key, f"title {number}"), 3)
            elif what == "remove" and current is not None:
                store.remove(current)
            elif what == "correct":
                store.correct(key, {f"voice:{number}": "quoted"})
            elif what == "forget":
                store.forget(key)
        seen.add(store.hash())
        assert store.hash() == anew(store)
    assert len(seen) > 20


def test_inside_a_transaction_it_is_that_of_what_was_written_there_and_goes_with_it(store):
    before = store.hash()
    with store.writing(keep=False):
        store.put(speech("d"), 3)
        assert store.hash() != before
    assert store.hash() == before


def test_speeches_at_hand_are_not_read_again_when_it_is_written_down(store):
    first = store.speeches()[0]
    store.hash()
    assert store.speeches()[0] is first


def test_nobody_waits_for_a_process_that_writes(store):
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE speeches SET title = 'later' WHERE key = 'a'")
        found = store.hash()
        assert held(store) == []
        other.execute("COMMIT")
    assert store.hash() == anew(store) != found


def test_a_corpus_that_cannot_be_written_says_its_hash_all_the_same(store):
    wanted = store.hash()
    with store.writing():
        store.put(speech("d"), 3)
        store.remove(speech("d"))
    store._db.execute("PRAGMA query_only = ON")
    assert store.hash() == wanted
    assert held(store) == []
