import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from tracker.errors import CorpusError
from tracker.speech import Speech, SpokenDate
from tracker.store import open_store
from tracker.store.integrity import examine, repair
from tracker.store.query import parse_query

DAY = SpokenDate(date(2022, 3, 8), precision="day", basis="table", status="stated", evidence="The table says so.")
SPEECHES = [
    Speech(key=f"{n:03}.txt", text=f"Ferry {n} sails to the harbour of Tarnvik. " * 40, date=DAY, source=f"{n:03}.txt", tags={"n": str(n)}) for n in range(60)
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "corpus.db"
    store = open_store(path, create=True)
    with store.writing():
        for speech in SPEECHES:
            store.put(speech, 7)
        store.correct("001.txt", {"title": "Ferries"})
    store.close()
    return path


@pytest.fixture
def path(made, tmp_path):
    return shutil.copy(made, tmp_path / "corpus.db")


def change(path, *statements):
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def held(path):
    store = open_store(path)
    try:
        return store.speeches(), store.matches(parse_query("harbour"))
    finally:
        store.close()


def test_a_corpus_as_it_was_written_has_no_fault(path):
    assert examine(path) == ()


@pytest.mark.parametrize(
    ("statement", "damage"),
    [
        ("UPDATE texts SET text = 'Something else.' WHERE key = '003.txt'", "text altered"),
        ("UPDATE texts SET hash = 'x' WHERE key = '003.txt'", "text altered"),
        ("DELETE FROM texts WHERE key = '003.txt'", "text missing"),
        ("UPDATE speeches SET tags = '{' WHERE key = '003.txt'", "row unreadable"),
        ("UPDATE speeches SET event_date = 'soon' WHERE key = '003.txt'", "row unreadable"),
        ("UPDATE speeches SET kind = 'sermon' WHERE key = '003.txt'", "row unreadable"),
        ("DELETE FROM searched WHERE number = 3", "search index"),
        ("INSERT INTO search (search) VALUES ('delete-all')", "search index"),
        ("DELETE FROM search_data WHERE id > 10", "search index"),
        ("UPDATE searched SET words = 'other words' WHERE number = 3", "search index"),
    ],
)
def test_each_kind_of_damage_is_found_and_repaired(path, statement, damage):
    change(path, statement)
    found = examine(path)
    assert found[0].damage == damage
    done = repair(path)
    assert examine(path) == ()
    assert done.backup.name == "corpus.db.before-repair.bak"
    speeches, matches = held(path)
    lost = damage in ("text altered", "text missing") and "hash" not in statement
    assert len(speeches) == len(matches) == len(SPEECHES) - lost
    assert [s for s in speeches if s.key != "003.txt"] == [s for s in sorted(SPEECHES, key=lambda s: s.id) if s.key != "003.txt"]
    if lost:
        assert "`003.txt` was taken out, its text is lost; read it again from 003.txt" in done.done


def test_a_field_that_cannot_be_read_is_emptied_alone(path):
    change(path, "UPDATE speeches SET tags = '{' WHERE key = '003.txt'")
    assert repair(path).emptied == ("003.txt",)
    speech = next(s for s in held(path)[0] if s.key == "003.txt")
    assert (speech.text, dict(speech.tags), speech.date.event_date) == (SPEECHES[3].text, {}, date(2022, 3, 8))


def test_the_copy_made_before_a_repair_holds_what_was_taken_out(path):
    change(path, "UPDATE texts SET text = 'Something else.' WHERE key = '003.txt'")
    with closing(sqlite3.connect(repair(path).backup)) as db:
        assert db.execute("SELECT text FROM texts WHERE key = '003.txt'").fetchone() == ("Something else.",)


def root_of(path, table):
    with closing(sqlite3.connect(path)) as db:
        pages = [r[0] for r in db.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno", (table,))]
        return pages, db.execute("PRAGMA page_size").fetchone()[0]


@pytest.mark.parametrize("table", ["texts", "speeches"])
def test_what_can_be_read_of_a_file_with_a_broken_page_is_saved(path, table):
    try:
        pages, size = root_of(path, table)
    except sqlite3.OperationalError:
        pytest.skip("this SQLite cannot tell which page belongs to which table")
    data = bytearray(path.read_bytes())
    middle = pages[len(pages) // 2]
    data[(middle - 1) * size : middle * size] = b"\xa5" * size
    path.write_bytes(bytes(data))
    assert {fault.damage for fault in examine(path)} == {"file"}
    done = repair(path)
    assert examine(path) == ()
    assert f"rows are lost in: {table}" in done.done[0]
    speeches, matches = held(path)
    assert len(speeches) == len(matches) >= 40
    if table == "speeches":
        assert {s.text for s in speeches} == {s.text for s in SPEECHES}  # no text is lost: rows are made anew for those without one
    assert {s.text for s in speeches} <= {s.text for s in SPEECHES}


def test_broken_indexes_are_built_anew(path):
    pages, size = root_of(path, "speeches_by_date")
    data = bytearray(path.read_bytes())
    data[(pages[0] - 1) * size + 8 : pages[0] * size] = bytes(size - 8)
    path.write_bytes(bytes(data))
    assert examine(path)
    repair(path)
    assert examine(path) == ()
    assert len(held(path)[0]) == len(SPEECHES)


def test_what_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "corpus.db"
    path.write_bytes(b"not a database at all" * 100)
    for look in (examine, repair):
        with pytest.raises(CorpusError, match="is damaged or is not a corpus"):
            look(path)
    assert path.read_bytes() == b"not a database at all" * 100
    assert [p.name for p in tmp_path.iterdir()] == ["corpus.db"]


def test_the_views_for_other_tools_say_what_the_corpus_holds(path):
    with closing(sqlite3.connect(path)) as db:
        first = db.execute("SELECT date, source, text FROM corpus WHERE source = '001.txt'").fetchone()
        assert first == ("2022-03-08", "001.txt", SPEECHES[1].text)
        assert db.execute("SELECT date, status, known_from, evidence FROM corpus_dates LIMIT 1").fetchone() == (
            "2022-03-08",
            "stated",
            "table",
            "The table says so.",
        )
        assert db.execute("SELECT tag, value FROM corpus_tags WHERE id = ?", (SPEECHES[5].id,)).fetchall() == [("n", "5")]
        assert db.execute("SELECT id, field, value FROM corpus_corrections").fetchall() == [(SPEECHES[1].id, "title", "Ferries")]
        assert json.dumps(db.execute("SELECT count(*) FROM corpus").fetchone()) == "[60]"
