import sqlite3
from datetime import date

import pytest

from tracker.errors import CorpusError
from tracker.speech import DateCandidate, Speech, SpokenDate
from tracker.store import open_store

DAY = SpokenDate(
    date(2022, 3, 8),
    date(2022, 3, 9),
    "day",
    "caption",
    "agreed",
    "The caption says so.",
    (DateCandidate("event", date(2022, 3, 8), "day", "caption", "March 8", 4),),
)
WHOLE = Speech(
    key="a.txt", text="Ferries — 渡轮 — sail.", date=DAY, title="Ferries", speaker="Mara Lind", place="Tarnvik", outlet="Norpress", kind="readout",
    language="en", tags={"region": "south"}, source="a.txt", event="visit", inferred=("kind",),
)  # fmt: skip


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "corpus.db", create=True)
    yield opened
    opened.close()


def put(store, *speeches):
    with store.writing():
        return [store.put(speech, 5) for speech in speeches]


def test_every_field_of_a_speech_comes_back_as_it_was(store):
    put(store, WHOLE)
    assert store.get(WHOLE.id) == WHOLE


def test_putting_the_same_speech_again_is_unchanged_and_another_text_is_an_update(store):
    changed = Speech(key="a.txt", text="Ferries sail again.")
    assert [*put(store, WHOLE), *put(store, WHOLE), *put(store, changed)] == ["added", "unchanged", "updated"]
    assert [s.text for s in store.speeches()] == ["Ferries sail again."]


def test_the_text_of_an_updated_speech_stays_in_texts(store):
    put(store, WHOLE)
    put(store, Speech(key="a.txt", text="Ferries sail again."))
    with sqlite3.connect(store.path) as reader:
        held = {row[0] for row in reader.execute("SELECT text FROM texts")}
    reader.close()
    assert held == {WHOLE.text, "Ferries sail again."}


def test_a_text_that_comes_back_is_the_first_speech_again(store):
    put(store, WHOLE)
    put(store, Speech(key="a.txt", text="Ferries sail again."))
    assert put(store, WHOLE) == ["updated"]
    assert store.get(WHOLE.id) == WHOLE


def test_a_failure_inside_writing_takes_everything_back(store):
    def fail():
        with store.writing():
            store.put(WHOLE, 5)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.speeches() == []


def test_a_rehearsal_keeps_nothing(store):
    with store.writing(keep=False):
        assert store.put(WHOLE, 5) == "added"
    assert store.speeches() == []


def test_speeches_come_in_order_of_date_with_undated_ones_last(store):
    late, undated = Speech(key="b", text="b", date=SpokenDate(date(2023, 1, 1), precision="day", status="stated")), Speech(key="c", text="c")
    put(store, undated, late, WHOLE)
    assert [s.key for s in store.speeches()] == ["a.txt", "b", "c"]


def test_the_hash_does_not_know_the_order_of_adding_but_every_correction(store, tmp_path):
    other = Speech(key="b.txt", text="Orchards bloom.")
    put(store, WHOLE, other)
    second = open_store(tmp_path / "second.db", create=True)
    put(second, other, WHOLE)
    assert store.hash() == second.hash()
    put(second, Speech(key="b.txt", text="Orchards bloom.", place="Belmara"))
    assert store.hash() != second.hash()
    second.close()


def test_a_speech_is_found_by_the_beginning_of_its_id_and_by_its_key(store):
    put(store, WHOLE)
    assert store.get(WHOLE.id[:5]) == store.get("a.txt") == store.by_key("a.txt") == store.by_source("a.txt") == WHOLE


def test_an_unknown_id_is_an_error_that_says_how_to_list(store):
    with pytest.raises(CorpusError) as caught:
        store.get("zzz")
    assert caught.value.render() == "error: no speech `zzz` in the corpus\n\nhint: tracker list"


def test_a_beginning_that_fits_several_ids_names_them(store):
    put(store, *(Speech(key=str(i), text="x") for i in range(40)))
    first = next(c for c in "0123456789abcdef" if sum(s.id.startswith(c) for s in store.speeches()) > 1)
    with pytest.raises(CorpusError, match=f"`{first}` is the beginning of"):
        store.get(first)


def test_the_same_text_under_another_key_is_named(store):
    twin = Speech(key="twin.txt", text=WHOLE.text)
    put(store, WHOLE, twin)
    assert store.same_text(WHOLE) == [twin.id]


def test_a_removed_speech_is_gone_and_its_text_and_corrections_stay_until_they_are_forgotten(store):
    put(store, WHOLE)
    with store.writing():
        store.correct("a.txt", {"place": "Belmara"})
        store.remove(WHOLE)
    assert (store.speeches(), store.corrections("a.txt"), store.has_text(WHOLE.id)) == ([], {"place": "Belmara"}, True)
    with store.writing():
        store.forget("a.txt")
    assert (store.corrections("a.txt"), store.has_text("0" * 12)) == ({}, False)
    with sqlite3.connect(store.path) as reader:
        assert reader.execute("SELECT count(*) FROM texts").fetchone() == (1,)
    reader.close()


def test_a_new_contrast_has_no_edited_theme_and_the_same_words_never_make_one(store):
    assert store.log_contrast("x", {"ports": "1"}) == frozenset()
    assert store.log_contrast("x", {"ports": "1"}) == frozenset()


def test_an_edited_or_a_later_theme_is_known_for_that_contrast_alone(store):
    store.log_contrast("x", {"ports": "1", "farms": "1"})
    assert store.log_contrast("x", {"ports": "2", "farms": "1", "rail": "1"}) == {"ports", "rail"}
    assert store.log_contrast("x", {"ports": "2", "farms": "1", "rail": "1"}) == {"ports", "rail"}
    assert store.log_contrast("y", {"ports": "2", "farms": "1", "rail": "1"}) == frozenset()


def test_a_theme_taken_back_to_its_first_words_is_not_edited_any_more(store):
    store.log_contrast("x", {"ports": "1"})
    store.log_contrast("x", {"ports": "2"})
    assert store.log_contrast("x", {"ports": "1"}) == frozenset()


def test_a_missing_corpus_a_damaged_one_and_one_of_another_program_are_errors(tmp_path):
    with pytest.raises(CorpusError, match="no corpus in"):
        open_store(tmp_path / "none.db")
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"not a database at all" * 100)
    with pytest.raises(CorpusError, match="is damaged or is not a corpus"):
        open_store(damaged)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    other.close()
    with pytest.raises(CorpusError, match="is a database of another program"):
        open_store(foreign)


def test_a_corpus_of_a_newer_version_is_refused(tmp_path, store):
    store.close()
    with sqlite3.connect(store.path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(CorpusError, match="was written by a newer tracker"):
        open_store(store.path)


def test_the_readable_view_holds_the_text_for_other_tools(store):
    put(store, WHOLE)
    with sqlite3.connect(store.path) as reader:
        assert reader.execute("SELECT date, speaker, text FROM corpus").fetchall() == [("2022-03-08", "Mara Lind", WHOLE.text)]
    reader.close()


def test_a_contrast_that_is_remembered_does_not_have_the_speeches_read_again(tmp_path):
    store = open_store(tmp_path / "corpus.db", create=True)
    with store.writing():
        store.put(Speech("a", "We begin."), 1)
    held = store.speeches()
    store.log_contrast("2022 | 2023", {"sea": "1"})
    assert store.speeches()[0] is held[0]
    with store.writing():
        store.put(Speech("b", "We go on."), 1)
    store.log_contrast("2022 | 2024", {"sea": "1"})
    assert {speech.key for speech in store.speeches()} == {"a", "b"}
    store.close()
