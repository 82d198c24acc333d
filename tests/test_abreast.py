import sqlite3

import pytest

from tracker import abreast
from tracker.analysis import Analysed, analyse_all
from tracker.lexicon import Lexicon, Theme
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.store.cache import Cache
from tracker.twin import Twin, can_run

LEXICON = Lexicon((Theme("sea", "Sea", core={"en": ("harbour", "ferry")}, terms={"en": ("quay",)}),))
SAID = (
    "The harbour of {n} is old and the ferry is late.",
    "Premier Alva Brandt said the quay of {n} will open. She said that it was late.",
    "We go on, {n} times.",
)
SPEECHES = [
    Speech(f"k{n}", " ".join(SAID[(n + i) % 3].format(n=n) for i in range(9)), speaker="Alva Brandt", language="en", kind=("readout", "transcript")[n % 2])
    for n in range(70)
]
TWO_CORES = pytest.mark.skipif(not can_run(), reason="a second process is started on two cores only")


def read(path):
    """What is found and what is remembered."""
    cache = Cache(path)
    items = analyse_all(SPEECHES, LEXICON, Recipe(), cache=cache)
    told = [(item.counts, tuple(item.said), item.scope, item.inside, item.row.which, item.cut(60).passages) for item in items]
    cache.close()
    return told, sqlite3.connect(path).execute("SELECT * FROM parts WHERE part NOT LIKE 'row%' AND part NOT LIKE 'passages%' ORDER BY speech, part").fetchall()


@pytest.fixture
def alone(tmp_path):
    return read(tmp_path / "alone.db")


@TWO_CORES
def test_two_processes_find_and_remember_what_one_does(tmp_path, monkeypatch, alone):
    monkeypatch.setattr(abreast, "LEAST", 0)
    asked = []
    monkeypatch.setattr(Twin, "say", lambda self, what, say=Twin.say: asked.append(what) or say(self, what))
    assert read(tmp_path / "two.db") == alone
    assert len(asked) > 1


@TWO_CORES
def test_when_the_other_process_is_ended_nothing_is_missing(tmp_path, monkeypatch, alone):
    monkeypatch.setattr(abreast, "LEAST", 0)

    def ended(self):
        self._process.kill()
        raise BrokenPipeError

    monkeypatch.setattr(Twin, "hear", ended)
    assert read(tmp_path / "two.db") == alone


def test_without_the_other_process_everything_is_read_here(tmp_path, monkeypatch, alone):
    monkeypatch.setattr(abreast, "is_worth_it", lambda _: True)

    def none(*_):
        raise OSError

    monkeypatch.setattr(abreast, "Twin", none)
    assert read(tmp_path / "two.db") == alone


@TWO_CORES
def test_what_is_held_is_not_asked_again(tmp_path, monkeypatch, alone):
    monkeypatch.setattr(abreast, "LEAST", 1)
    monkeypatch.setattr(abreast, "Twin", None)
    cache = Cache(tmp_path / "alone.db")
    assert all(isinstance(item, Analysed) for item in analyse_all(SPEECHES, LEXICON, Recipe(), cache=cache))


def test_the_other_process_passes_over_what_it_cannot_read(tmp_path):
    answer = abreast.answering((LEXICON, Recipe(), Cache(tmp_path / "none.db")))
    broken = Speech("x", None, language="en", kind="transcript")  # type: ignore[arg-type]
    assert {part[0] for part in answer([SPEECHES[0], broken, SPEECHES[1]])} == {SPEECHES[0].id, SPEECHES[1].id}
