from hypothesis import given
from hypothesis import strategies as st

from tracker.room import Room, room_for


def test_what_was_asked_for_least_lately_goes_first():
    room = Room(20)
    for name in ("a", "b"):
        room.put(name, name.upper(), 10)
    assert room.get("a") == "A"
    room.put("c", "C", 10)
    assert [room.get(name) for name in ("a", "b", "c")] == ["A", None, "C"]


def test_what_is_larger_than_the_room_is_not_held_and_drives_nothing_out():
    room = Room(20)
    room.put("a", "A", 10)
    room.put("b", "B", 30)
    assert (room.get("a"), room.get("b"), room.used) == ("A", None, 10)


def test_the_same_key_takes_its_room_once():
    room = Room(20)
    for size in (10, 15, 5):
        room.put("a", size, size)
    assert (room.get("a"), room.used) == (5, 5)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30))), st.integers(0, 60))
def test_no_more_is_held_than_there_is_room_for(puts, size):
    room = Room(size)
    for key, n in puts:
        room.put(key, n, n)
        assert room.used <= size
    assert room.used == sum(room.get(key) or 0 for key in range(10))


def test_a_tenth_of_what_may_be_taken_and_of_a_quarter_of_the_machine_by_default():
    assert room_for(300_000_000) == 30_000_000
    assert Room().size == room_for(None) > 0
