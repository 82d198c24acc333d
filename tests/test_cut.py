"""Passages with their words, and rows of words, are the same from the cache as from the text; no room for a speech costs only time."""

import random

import pytest

from tracker.analysis import Reader
from tracker.counts import term_counts
from tracker.findings.phrases import found_phrases
from tracker.findings.surface import surface_forms
from tracker.lexicon import Lexicon, parse_themes
from tracker.matrix import count_terms
from tracker.recipe import Recipe
from tracker.room import Room
from tracker.speech import Speech
from tracker.store import Cache
from tracker.tasks.topics.units import cut_all

THEMES = parse_themes('[themes.ports]\nterms = ["harbour*", "quays"]\n', "themes.toml")
WORDS = ["harbours", "orchard", "the", "of", "mill", "bridge", "schools", "well-kept gardens", "and", "quays", "state of the harbour"]


def speeches(n=8):
    found = []
    for state in range(n):
        rng = random.Random(state)  # noqa: S311
        said = [f"{'Mara Lind said that ' if rng.random() < 0.4 else ''}{' '.join(rng.choices(WORDS, k=12))}." for _ in range(30)]
        found.append(
            Speech(key=f"{state}", text="\n\n".join(" ".join(said[i : i + 3]) for i in range(0, 30, 3)), speaker="Mara Lind", kind="readout", language="en")
        )
    return found


def plain(matrix):
    return matrix.terms, matrix.unit_ids, matrix.counts.toarray().tolist()


def told(reader):
    items = [reader.read(one) for one in speeches()]
    cut = [item.cut(20) for item in items]
    phrases = [(words, list(uses.rows())) for _, words, uses in found_phrases(items, least=3).phrases]
    leave_out = frozenset({"orchard", "quays"})
    return (
        [[(p, tuple(p.segments(item.segments))) for p in held.passages] for held, item in zip(cut, items, strict=True)],
        plain(cut_all(sorted(items, key=lambda item: item.speech.id), 20, leave_out).matrix),
        plain(count_terms(items, [item.speech.id for item in items], leave_out)),
        [tuple(item.counts.hits) for item in items],
        phrases,
        surface_forms(items),
        [list(map(list, item.spans)) for item in items],
    )


@pytest.mark.parametrize("without", [frozenset(), frozenset({"ports"})])
def test_what_is_read_from_the_cache_with_any_room_is_what_is_worked_out(tmp_path, without):
    whole = told(Reader(THEMES, Recipe(), without=without))
    for size in (0, 20_000, None):
        cache = Cache(tmp_path / "cache.db", Room(size))
        assert told(Reader(THEMES, Recipe(), without=without, cache=cache)) == whole
        cache.close()


def test_the_words_of_passages_are_those_of_their_segments():
    reader = Reader(Lexicon(()), Recipe())
    for item in map(reader.read, speeches()):
        leave_out = frozenset({"mill"})
        units = cut_all([item], 20, leave_out)
        wanted = [term_counts(item.tokens, p.segments(item.segments), item.scope, leave_out) for _, p in units.passages]
        counted = [{units.matrix.terms[i]: int(n) for i, n in enumerate(row) if n} for row in units.matrix.counts.toarray()]
        assert counted == wanted
        assert cut_all([item], 20, frozenset()).matrix.counts.sum() == item.counted_in_all


def test_a_speech_without_words_has_no_passages_and_no_row():
    item = Reader(THEMES, Recipe()).read(Speech(key="e", text="...", language="en"))
    assert (item.cut(20).passages, item.row.flags, count_terms([item], ["e"], frozenset()).terms) == ((), b"", ())
