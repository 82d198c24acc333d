import numpy as np
import pytest

from tracker.analysis import analyse
from tracker.findings.event_rows import EventTable, Rows
from tracker.findings.sides import Side
from tracker.lexicon import Lexicon, Theme
from tracker.recipe import Recipe
from tracker.speech import Speech

THEMES = Lexicon(tuple(Theme(name, name, core={"": ()}, terms={"": (word,)}) for name, word in (("sea", "harbour"), ("fruit", "orchard"))))
SAID = {"a": ("harbour " * 3, "spring"), "b": ("orchard harbour", ""), "c": ("orchard " * 9, "spring"), "d": ("nothing of either", "winter")}
ITEMS = [analyse(Speech(key, text, event=event, kind="transcript", language="en"), THEMES, Recipe()) for key, (text, event) in SAID.items()]


def own(item):
    return item.counts.scopes[item.scope]


def summed(theme):
    """Hits, core hits and tokens by event, added up one by one."""
    rows: dict[str, list[int]] = {}
    for item in ITEMS:
        row = rows.setdefault(item.speech.event_id, [0, 0, 0])
        for place, n in enumerate((*own(item).themes.get(theme, (0, 0)), own(item).tokens)):
            row[place] += n
    return {event: tuple(rows[event]) for event in sorted(rows)}


@pytest.mark.parametrize("theme", ["sea", "fruit", "never heard of"])
def test_reports_of_one_event_are_summed(theme):
    table = EventTable(ITEMS, own)
    expected = summed(theme)
    assert list(table.rows(theme)) == list(expected)
    assert list(zip(*(column.tolist() for column in table.counts(theme)), strict=True)) == list(expected.values())
    assert Side("", tuple(ITEMS)).rows(theme) == {event: (row[0], row[2]) for event, row in expected.items()}


def test_counts_that_are_not_packed_are_summed_alike():
    class Loose:
        def __init__(self, item):
            self.tokens, self.themes = own(item).tokens, dict(own(item).themes)

    loose, packed = EventTable(ITEMS, Loose), EventTable(ITEMS, own)
    assert all(loose.rows(theme.id) == packed.rows(theme.id) for theme in THEMES.themes)


def test_no_speech_has_no_events():
    table = EventTable([], own)
    assert len(table.rows("sea")) == 0
    assert [column.shape for column in table.counts("sea")] == [(0,)] * 3


def test_what_is_left_out_is_left_out_alone():
    rows = Rows.of({"x": (3, 10), "a": (2, 5), "m": (0, 0)})
    assert rows.events == ["a", "m", "x"]
    assert rows.n_spoken == 2
    assert rows.without("x") == {"a": (2, 5), "m": (0, 0), "x": (0, 0)}
    assert rows.without("x").n_spoken == 1
    assert rows.without("q") is rows
    assert rows.less({"x": 2, "q": 1}) == {"a": (2, 5), "m": (0, 0), "x": (1, 10)}
    assert rows.chosen(["x", "q"]) == {"x": (3, 10)}
    assert np.array_equal(rows.hits, [2, 0, 3])
