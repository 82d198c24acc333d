"""Rows beside a file: the same rows in the same order, however many, and no more held than a chunk."""

from __future__ import annotations

import tracemalloc
from dataclasses import dataclass

import pytest

from tracker.spooled import CHUNK, Spooled


@dataclass(frozen=True)
class Row:
    name: str
    number: int


@pytest.mark.parametrize("count", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_the_rows_come_back_as_often_as_they_are_asked_for(count):
    rows = [Row(f"speech {n}", n) for n in range(count)]
    held = Spooled(rows)
    assert len(held) == count
    assert list(held) == list(held) == rows
    assert held.first(40) == rows[:40]


def test_a_reader_sees_the_rows_that_were_there_when_it_began():
    held = Spooled(range(2 * CHUNK))
    reading = iter(held)
    begun = [next(reading) for _ in range(10)]
    held.append(2 * CHUNK)
    assert [*begun, *reading] == list(range(2 * CHUNK))
    assert list(held) == list(range(2 * CHUNK + 1))


def test_memory_does_not_grow_with_the_rows():
    peaks = []
    for count in (5 * CHUNK, 40 * CHUNK):
        tracemalloc.start()
        held = Spooled(Row(f"speech {n}", n) for n in range(count))
        assert sum(row.number for row in held) == count * (count - 1) // 2
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
