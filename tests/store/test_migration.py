import sqlite3
from contextlib import closing

import pytest

from tracker.errors import CorpusError
from tracker.speech import Speech
from tracker.store import open_store, opening
from tracker.store.integrity import examine
from tracker.store.query import parse_query
from tracker.store.rows import COLUMNS, text_hash, to_row

# The schema as version 1 had it.
VERSION_1 = """
CREATE TABLE texts (id TEXT PRIMARY KEY, key TEXT NOT NULL, text TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE INDEX texts_by_hash ON texts (hash);
CREATE TABLE speeches (
    key TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE REFERENCES texts (id), event_date TEXT, published TEXT, precision TEXT, basis TEXT,
    status TEXT NOT NULL, evidence TEXT NOT NULL, candidates TEXT NOT NULL, title TEXT NOT NULL, speaker TEXT NOT NULL, place TEXT NOT NULL,
    outlet TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, tags TEXT NOT NULL, source TEXT NOT NULL, event TEXT NOT NULL,
    inferred TEXT NOT NULL, tokens INTEGER NOT NULL
) STRICT;
CREATE INDEX speeches_by_date ON speeches (event_date, id);
CREATE INDEX speeches_by_source ON speeches (source);
CREATE TABLE corrections (key TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key, field)) STRICT;
CREATE TABLE contrasts (contrast TEXT NOT NULL, theme TEXT NOT NULL, theme_hash TEXT NOT NULL, PRIMARY KEY (contrast, theme)) STRICT;
CREATE VIEW corpus AS
SELECT s.id, s.event_date AS date, s.published, s.speaker, s.title, s.place, s.outlet, s.kind, s.language, s.tokens, s.source, t.text
FROM speeches s JOIN texts t ON t.id = s.id
ORDER BY s.event_date, s.id;
"""
SPEECHES = [
    Speech(key="a.txt", text="Ferries sail to Tarnvik.", title="Ferries", tags={"region": "south"}, source="a.txt"),
    Speech(key="b.txt", text="港口建设开始了。", language="zh", source="b.txt"),
]


@pytest.fixture
def old(tmp_path):
    """A corpus as version 1 wrote it, its last row still in the journal."""
    path = tmp_path / "corpus.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(f"BEGIN;{VERSION_1}PRAGMA user_version = 1;COMMIT;")
        for speech in SPEECHES:
            db.execute("INSERT INTO texts VALUES (?, ?, ?, ?)", (speech.id, speech.key, speech.text, text_hash(speech.text)))
            db.execute(f"INSERT INTO speeches ({COLUMNS}) VALUES ({', '.join('?' * 20)})", to_row(speech, 3))
        db.execute("INSERT INTO corrections VALUES ('a.txt', 'title', 'Ferries')")
        db.commit()
    return path


def layout(path):
    """Every table, column, index and view, however it was written down."""
    with closing(sqlite3.connect(path)) as db:
        named = {(kind, name) for kind, name in db.execute("SELECT type, name FROM sqlite_master")}
        columns = {name: db.execute(f"PRAGMA table_info({name})").fetchall() for kind, name in named if kind in ("table", "view")}
        return named, columns, db.execute("PRAGMA user_version").fetchone()


def test_a_corpus_of_version_1_is_brought_up_to_date_with_everything_in_it(old, tmp_path):
    store = open_store(old)
    assert sorted(store.speeches(), key=lambda s: s.key) == SPEECHES
    assert store.corrections("a.txt") == {"title": "Ferries"}
    assert store.matches(parse_query("ferries")) == [SPEECHES[0].id]
    assert store.matches(parse_query("港口")) == [SPEECHES[1].id]
    store.close()
    open_store(tmp_path / "new.db", create=True).close()
    assert layout(old) == layout(tmp_path / "new.db")
    assert examine(old) == ()


def test_the_corpus_as_it_was_stays_beside_it(old):
    open_store(old).close()
    copy = old.with_name("corpus.db.v1.bak")
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("SELECT key FROM speeches ORDER BY key").fetchall() == [("a.txt",), ("b.txt",)]
    assert sorted(p.name for p in old.parent.iterdir()) == ["corpus.db", "corpus.db.v1.bak"]


def test_an_earlier_backup_is_not_overwritten(old):
    old.with_name("corpus.db.v1.bak").write_text("mine", encoding="utf-8")
    open_store(old).close()
    assert old.with_name("corpus.db.v1.bak").read_text(encoding="utf-8") == "mine"
    assert old.with_name("corpus.db.v1.bak.2").stat().st_size > 4096


def test_a_corpus_that_is_up_to_date_is_left_alone(old):
    open_store(old).close()
    before = old.read_bytes()
    open_store(old).close()
    assert old.read_bytes() == before
    assert not old.with_name("corpus.db.v1.bak.2").exists()


def test_a_step_that_fails_leaves_the_corpus_as_it_was_and_no_backup(old, monkeypatch):
    def fail(db):
        db.execute("DELETE FROM speeches")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(opening, "STEPS", {2: fail})
    with pytest.raises(CorpusError, match="no room left"):
        open_store(old)
    assert [p.name for p in old.parent.glob("*.bak*")] == []
    monkeypatch.undo()
    store = open_store(old)
    assert len(store.speeches()) == 2
    store.close()


def test_the_hash_of_a_corpus_is_the_same_before_and_after(old, tmp_path):
    store = open_store(old)
    new = open_store(tmp_path / "new.db", create=True)
    with new.writing():
        for speech in SPEECHES:
            new.put(speech, 3)
    assert store.hash() == new.hash()
    store.close()
    new.close()
