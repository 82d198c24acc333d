import random
from array import array
from contextlib import closing

import pytest

from tracker.copies import SHORTEST, Sketch, likely_copies, marks_of, sketch
from tracker.speech import Speech
from tracker.store import open_store


def sketches(state):
    """Texts of few and of many fingerprints; some are edited copies or parts of others, and all have common lines."""
    chance = random.Random(state)  # noqa: S311 - the same texts every time
    held: dict[str, Sketch] = {}
    for number in range(120):
        own = {chance.randrange(2**32) for _ in range(chance.choice([0, 1, 2, 3, 5, 8, 20, 60]))}
        if held and chance.random() < 0.6:
            own |= {mark for mark in held[chance.choice(sorted(held))].prints if chance.random() < chance.choice([0.97, 0.85, 0.7])}
        own |= {mark for mark in range(5) if chance.random() < 0.6}
        held[f"{number:012x}"] = Sketch(60, f"{number % 100}", array("I", sorted(own)))
    return held


@pytest.mark.parametrize("state", range(4))
def test_no_likely_copy_is_missed_by_the_index_whatever_the_order_of_adding(tmp_path, state):
    held = sketches(state)
    order = sorted(held)
    random.Random(state + 9).shuffle(order)  # noqa: S311
    found = set()
    with closing(open_store(tmp_path / "corpus.db", create=True)) as store, store.writing(keep=False):
        tables = store.groupings()
        store._db.execute("PRAGMA defer_foreign_keys = ON")
        for at in range(0, len(order), 7):
            new = {name: held[name] for name in order[at : at + 7]}
            near = dict(tables.sketches(tables.put_sketches(new)))
            assert not near.keys() & new.keys()
            found |= set(likely_copies(new, [*new.items(), *near.items()]))
    assert found == set(likely_copies(held, held.items()))
    assert len(found) > 40


def test_a_text_is_looked_for_by_few_of_its_fingerprints_and_short_ones_by_none():
    long, short = sketch(" ".join(f"word{n}" for n in range(900))), sketch("We thank you all for the long way.")
    marks = marks_of({"a": long, "b": short})
    assert len(marks["a"].rare) < 0.25 * len(long.prints)
    assert (len(marks["b"].own), long.runs > SHORTEST) == (0, True)


def test_what_is_put_in_changed_or_taken_out_waits_until_events_are_worked_out(tmp_path):
    with closing(open_store(tmp_path / "corpus.db", create=True)) as store:
        tables, speech = store.groupings(), Speech("a", "The port opens.", speaker="Alva Brandt")
        waiting = []
        with store.writing():
            store.put(speech, 2)
            assert tables.unsketched() == [speech.id]
            tables.settled([])
            assert tables.unsketched() == [speech.id]  # another process put it in
            tables.put_sketches({speech.id: sketch(speech.text)})
            tables.settled([])
        for speaker in ("Alva Brandt", "Tor Halle", ""):
            with store.writing():
                changed = Speech("a", speech.text, speaker=speaker)
                _ = store.put(changed, 2) if speaker else store.remove(speech)
            waiting.append([name for batch in tables.unsettled(100) for _, name, _ in batch])
            with store.writing():
                tables.settled([])
        assert waiting == [[], ["Alva Brandt", "Tor Halle"], ["Tor Halle"]]
