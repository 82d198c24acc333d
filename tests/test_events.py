"""Which speeches are one event: every rule, what forbids it, the user's word, and the same result whatever the order of adding."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.artificial import artificial_days
from tracker.copies import Overlap
from tracker.events import group, regroup
from tracker.speech import Speech, SpokenDate
from tracker.store import groupings, open_store
from tracker.store.groupings import Seen

DAY, NEXT = date(2023, 5, 4), date(2023, 5, 5)
COPY, SOME, LITTLE = Overlap(0.99, 0.9), Overlap(0.5, 0.3), Overlap(0.3, 0.2)


def seen(name, day=DAY, **fields):
    return Seen(name, day, **{"status": "stated" if day else "missing", "speaker": "Ada Moss", "text": name, "runs": 200, **fields})


def events(speeches, overlaps=None, artificial=frozenset()):
    found: dict[str, set[str]] = {}
    for grouping in group(speeches, {tuple(pair): one for pair, one in (overlaps or {}).items()}, artificial):
        found.setdefault(grouping.event, set()).add(grouping.speech)
    return {event: "".join(sorted(names)) for event, names in found.items()}


def test_a_copy_is_one_event_whatever_the_dates_and_speakers():
    assert events([seen("a"), seen("b", NEXT, speaker="")], {"ab": COPY}) == {"a": "ab"}
    assert events([seen("a"), seen("b", None)], {"ab": COPY}) == {"a": "ab"}


def test_below_that_two_known_days_are_never_one_event():
    assert (
        events(
            [seen("a", kind="readout", title="Opening of the new bridge"), seen("b", NEXT, kind="readout", title="Opening of the new bridge")],
            {"ab": Overlap(0.97, 0.9)},
        )
        == {}
    )


def test_few_words_said_again_on_another_day_are_no_copy():
    assert events([seen("a", runs=20), seen("b", NEXT, runs=20)], {"ab": Overlap(1, 1)}) == {}
    assert events([seen("a", runs=20), seen("b", None, runs=20)], {"ab": Overlap(1, 1)}) == {"a": "ab"}


def test_shared_text_of_one_speaker_and_day_is_one_event():
    assert events([seen("a"), seen("b", speaker="ada  moss")], {"ab": SOME}) == {"a": "ab"}
    assert events([seen("a"), seen("b")], {"ab": LITTLE}) == {}
    assert events([seen("a"), seen("b", speaker="Tom Reed")], {"ab": SOME}) == {}
    assert events([seen("a", speaker=""), seen("b", speaker="")], {"ab": SOME}) == {}
    assert events([seen("a"), seen("b", runs=12)], {"ab": SOME}) == {}


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("State of the Island 1956 (written)", "State of the Island 1956b (SPOKEN)", True),
        ("Remarks on the harbour bill, as prepared for delivery", "Remarks on the Harbour Bill", True),
        ("Remarks on the harbour bill", "Remarks on the school bill", False),
        ("Speech", "Speech", False),
        ("Weekly address", "Weekly address", False),
        ("Press conference, opening statement", "Press conference, opening statement", False),
        ("在全国代表大会上的讲话", "在全国代表大会上的讲话", True),
        ("", "", False),
    ],
)
def test_titles_equal_but_for_year_and_kind_are_one_event_when_they_tell_an_occasion(first, second, one):
    assert events([seen("a", title=first), seen("b", title=second)]) == ({"a": "ab"} if one else {})


def test_readouts_of_one_speaker_and_day_are_one_event_other_kinds_not():
    assert events([seen("a", kind="readout"), seen("b", kind="readout"), seen("c", kind="article"), seen("d")]) == {"a": "ab"}


@pytest.mark.parametrize(("first", "second", "one"), [("Tarnvik", "Belmara", False), ("Tarnvik", "tarnvik, Norlund", True), ("Tarnvik", "", True)])
def test_places_that_contradict_each_other_keep_texts_of_one_day_apart(first, second, one):
    for fields, overlaps in (({"kind": "readout"}, {}), ({"title": "Opening of the new bridge"}, {}), ({}, {"ab": SOME})):
        assert events([seen("a", place=first, **fields), seen("b", place=second, **fields)], overlaps) == ({"a": "ab"} if one else {})


def test_a_readout_without_a_place_joins_none_of_two_places():
    readouts = [seen(n, kind="readout", place=p) for n, p in (("a", "Tarnvik"), ("b", ""), ("c", "Belmara"), ("d", "Tarnvik"))]
    assert events(readouts) == {"a": "ad"}


def test_an_artificial_day_and_an_uncertain_one_say_nothing():
    titled = [seen("a", title="Opening of the new bridge"), seen("b", title="Opening of the new bridge")]
    assert events(titled, {"ab": SOME}, frozenset({DAY})) == {}
    assert events([seen("a", status="conflicting", title="Opening of the new bridge"), titled[1]], {"ab": SOME}) == {}


def test_a_collection_of_speeches_joins_none_of_them():
    volume = [seen("a"), seen("b", NEXT), seen("c", None, runs=900)]
    assert events(volume, {"ac": Overlap(1, 0.3), "bc": Overlap(1, 0.3)}) == {}
    undated_copy = seen("d", None)
    assert events([*volume, undated_copy], {"ac": Overlap(1, 0.3), "bc": Overlap(1, 0.3), "ad": COPY, "cd": Overlap(1, 0.3)}) == {"a": "ad"}
    assert events([volume[0], volume[1], seen("c")], {"ac": Overlap(1, 0.3), "bc": Overlap(1, 0.3)}) == {"a": "ac"}


def test_a_chain_of_copies_never_leads_across_two_known_days():
    chain = [seen("a"), seen("b", None), seen("c", None), seen("d", NEXT)]
    assert events(chain, {"ab": COPY, "bc": COPY, "cd": COPY}) in ({"a": "abc"}, {"a": "ab", "c": "cd"})
    assert events(chain, {"ab": COPY, "bc": COPY, "cd": COPY, "ad": COPY}) == {"a": "abcd"}


def test_a_name_the_user_gives_joins_and_names_the_event():
    assert events([seen("a", event="visit"), seen("b", NEXT, event="visit"), seen("c")]) == {"visit": "ab"}
    assert events([seen("a", event="visit"), seen("b")], {"ab": COPY}) == {"visit": "ab"}
    assert events([seen("a", event="visit"), seen("b", NEXT, event="visit"), seen("c", NEXT)], {"bc": SOME}) == {"visit": "abc"}


def test_an_event_named_after_a_speech_joins_that_speech():
    assert events([seen("a"), seen("b"), seen("c", NEXT, event="b")], {"ab": COPY}) == {"b": "abc"}


def test_two_names_and_own_part_for_good():
    assert events([seen("a", event="visit"), seen("b", event="talk")], {"ab": COPY}) == {}
    assert events([seen("a", event="own"), seen("b")], {"ab": COPY}) == {}
    assert events([seen("a"), seen("b", event="own"), seen("c")], {"ab": COPY, "ac": COPY, "bc": COPY}) == {"a": "ac"}


def test_every_grouping_says_why_and_with_whom():
    found = group([seen("a"), seen("b"), seen("c")], {("a", "b"): Overlap(1, 1), ("b", "c"): SOME})
    assert [(g.speech, g.event, g.other, g.reason) for g in found] == [
        ("a", "a", "b", "the same text"),
        ("b", "a", "a", "the same text"),
        ("c", "a", "b", "same speaker and day, and 50 % of the shorter text stands in the other"),
    ]


def many(n, day, speakers, **fields):
    return [seen(f"{day}-{i:02}", day, speaker=f"Delegate {i % speakers}", **fields) for i in range(n)]


@pytest.mark.parametrize(
    ("speeches", "days"),
    [
        (many(8, DAY, 8), [DAY]),
        (many(7, DAY, 7), []),
        (many(8, DAY, 3, kind="readout"), []),
        (many(8, DAY, 1, kind="readout"), []),
        (many(8, DAY, 1), [DAY]),
        (many(8, date(2023, 1, 1), 1, kind="readout"), [date(2023, 1, 1)]),
        ([*many(8, DAY, 8), *many(9, NEXT, 9)], [NEXT]),
        ([*many(8, DAY, 1), *many(4, NEXT, 1)], []),
        ([seen(f"{i}", text="one", speaker=f"{i}") for i in range(20)], []),
    ],
)
def test_a_day_is_artificial_when_nearly_all_of_a_year_carry_it(speeches, days):
    assert [found.day for found in artificial_days(speeches)] == days


def test_an_artificial_day_says_how_many_texts_and_speakers_carry_it():
    (found,) = artificial_days(many(12, DAY, 12))
    assert (found.texts, found.speakers, found.reason) == (12, 12, "12 different texts of 12 speakers, 100% of those of 2023, carry this one day")


def prose(n, state):
    rng = random.Random(state)  # noqa: S311 - made-up text
    return " ".join(
        rng.choice(["harbour", "orchard", "mill", "bridge", "school", "well", "garden", "vessel", "coast", "valley", "winter", "spring"]) for _ in range(n)
    )


def written(key, text, day, **fields):
    when = SpokenDate(day, precision="day", basis="table", status="stated") if day else SpokenDate()
    return Speech(key, text, date=when, **{"speaker": "Ada Moss", **fields})


FIRST, SECOND, THIRD = prose(300, 1), prose(300, 2), prose(200, 3)
POOL = (
    written("whole", FIRST, DAY),
    written("part", " ".join(FIRST.split()[50:200]), NEXT),
    written("shared", " ".join([*SECOND.split()[:150], *prose(200, 9).split()]), date(2023, 7, 1)),
    written("volume", f"{FIRST}\n{SECOND}", None, speaker=""),
    written("second", SECOND, date(2023, 7, 1)),
    written("second again", SECOND.upper(), None),
    written("named", THIRD, NEXT, event="fair"),
    written("named copy", THIRD, date(2023, 8, 1), speaker="Tom Reed"),
    written("own", SECOND, date(2023, 7, 1), event="own"),
    written("readout one", prose(60, 4), date(2023, 9, 1), kind="readout"),
    written("readout two", prose(60, 5), date(2023, 9, 1), kind="readout", place="Tarnvik"),
    written("thanks", "We thank you all.", DAY),
    written("thanks again", "We thank you all!", NEXT),
    *(written(f"filler {i}", prose(80, 20 + i), date(2023, 10, 1), speaker=f"Delegate {i}") for i in range(3)),
)


def held_after(folder, batches, removed=()):
    store = open_store(folder / "corpus.db", create=True)
    for batch in batches:
        with store.writing():
            for one in batch:
                store.put(one, 1)
        regroup(store)
    if removed:
        with store.writing():
            for one in removed:
                store.remove(one)
        regroup(store)
    held = store.groupings().held()
    store.close()
    return held


def test_the_pool_has_groupings_of_every_rule(tmp_path):
    keys = {one.id: one.key for one in POOL}
    found: dict[str, set[str]] = {}
    for grouping in held_after(tmp_path, [POOL]):
        found.setdefault(grouping.event, set()).add(keys[grouping.speech])
    assert sorted(map(sorted, found.values())) == [
        ["named", "named copy"],
        ["part", "whole"],
        ["readout one", "readout two"],
        ["second", "second again", "shared"],
    ]


@settings(deadline=None, max_examples=25)
@given(st.permutations(POOL), st.lists(st.integers(0, len(POOL)), max_size=4).map(sorted), st.sets(st.sampled_from(range(len(POOL))), max_size=4))
def test_events_are_the_same_whatever_the_order_and_the_batches_of_adding(tmp_path_factory, order, cuts, gone):
    ends = [0, *cuts, len(order)]
    batches = [order[a:b] for a, b in pairwise(ends)]
    removed = [POOL[i] for i in sorted(gone)]
    kept = [one for one in POOL if one not in removed]
    assert held_after(tmp_path_factory.mktemp("one"), batches, removed) == held_after(tmp_path_factory.mktemp("two"), [kept])


def test_a_changed_field_moves_a_speech_to_its_event_and_back(tmp_path):
    elsewhere = written("part", POOL[1].text, NEXT, event="own")
    assert held_after(tmp_path, [POOL, [elsewhere], [POOL[1]]]) == held_after(tmp_path, [])


def test_the_corpus_hash_does_not_depend_on_what_was_grouped(tmp_path):
    store = open_store(tmp_path / "corpus.db", create=True)
    with store.writing():
        for one in POOL:
            store.put(one, 1)
    before = store.hash()
    regroup(store)
    assert store.hash() == before
    assert {s.event_id for s in store.listed()} == {s.event_id for s in store.each()}
    assert store.get(POOL[1].id).event == ""
    store.close()


CROWD = tuple(
    written(f"crowd {i}", prose(70, 40 + i), DAY if i % 9 else NEXT, speaker=f"Delegate {i % 7}", title="Opening of the new bridge", kind="readout")
    for i in range(18)
)


@settings(deadline=None, max_examples=15)
@given(st.permutations([*CROWD, *POOL[:6]]), st.integers(1, 9), st.sets(st.sampled_from(range(24)), max_size=12), st.sampled_from(["", "own", "fair"]))
def test_what_is_worked_out_for_changes_alone_is_what_the_whole_corpus_gives(tmp_path_factory, order, size, gone, event):
    store = open_store(tmp_path_factory.mktemp("corpus") / "corpus.db", create=True)
    steps = [("put", order[at : at + size]) for at in range(0, len(order), size)]
    steps += [("remove", [order[i] for i in sorted(gone)]), ("put", [replace(one, event=event, speaker="Ada Moss") for one in order[:3]]), ("put", order[:3])]
    for what, some in steps:
        with store.writing():
            for one in some:
                _ = store.remove(one) if what == "remove" else store.put(one, 1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tracker.events.BATCH", size)  # in parts
            regroup(store)
        found, days = store.groupings().held(), store.groupings().artificial()
        regroup(store, whole=True)
        assert (found, days) == (store.groupings().held(), store.groupings().artificial())
    store.close()


def test_a_day_that_becomes_artificial_parts_its_speeches_and_one_that_ceases_to_be_joins_them(tmp_path):
    store = open_store(tmp_path / "corpus.db", create=True)
    counts = []
    for put, gone in ((CROWD[1:8], ()), (CROWD[8:9], ()), (CROWD[10:14], ()), ((), CROWD[3:9])):
        with store.writing():
            for one in put:
                store.put(one, 1)
            for one in gone:
                store.remove(one)
        regroup(store)
        counts.append((len(store.groupings().held()), len(store.groupings().artificial())))
    store.close()
    assert counts == [(0, 0), (0, 1), (0, 1), (0, 0)]


def test_a_speech_that_nothing_joins_is_worked_out_without_reading_the_others(tmp_path, monkeypatch):
    store = open_store(tmp_path / "corpus.db", create=True)
    with store.writing():
        for one in POOL:
            store.put(one, 1)
    regroup(store)
    read = []
    for name in ("_seen", "_sketch"):
        whole = getattr(groupings, name)
        monkeypatch.setattr(groupings, name, lambda rows, whole=whole: read.append(rows) or whole(rows))
    with store.writing():
        store.put(written("alone", " ".join(f"word{number}" for number in range(300)), date(2020, 2, 2), speaker="Tom Reed"), 1)
    regroup(store)
    store.close()
    assert len(read) == 1
