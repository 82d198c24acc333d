"""Counts in few bytes are the same counts."""

import random
from dataclasses import replace

import pytest

from tracker.analysis import analyse
from tracker.counts import SpeechCounts
from tracker.lexicon import match, match_terms, parse_themes
from tracker.packed import Counted, PackedHits, from_bytes, packed, terms_of, to_bytes
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tokens import tokenise

THEMES = parse_themes(
    """
[themes.walls]
terms = ["wall*"]
[themes.ports]
core = ["harbour*"]
terms = ["harbour wall*", "ferries", "quay"]
""",
    "themes.toml",
)
WORDS = ["harbours", "harbour walls", "the ferries", "a quay", "walls", "said", "orchards"]


def speech(state):
    rng = random.Random(state)  # noqa: S311
    said = (
        f"Mara Lind said that {rng.choice(WORDS)} and {rng.choice(WORDS)} matter." if rng.random() < 0.5 else f"{rng.choice(WORDS)} wait." for _ in range(9)
    )
    return Speech(key=str(state), text="\n\n".join(said), speaker="Mara Lind", kind="readout", language="en")


def plain(counts: SpeechCounts):
    scopes = {name: (held.tokens, dict(held.themes)) for name, held in counts.scopes.items()}
    return replace(counts, hits=(), scopes={}, ends=()), scopes, tuple(counts.hits), [(end.tokens, dict(end.themes)) for end in counts.ends]


@pytest.mark.parametrize("state", range(12))
def test_what_is_packed_written_and_read_is_what_was_counted(state):
    one = speech(state)
    item, terms = analyse(one, THEMES, Recipe()), terms_of(THEMES)
    counted = Counted(item.counts, item.said, item.inside)
    again = from_bytes(to_bytes(counted), one, terms)
    tokens = tokenise(one.text, "en")
    assert plain(again.counts) == plain(counted.counts)
    assert tuple(again.counts.hits) == match(THEMES, tokens)
    assert tuple(again.said) == match_terms(THEMES, tokens)
    assert again.inside == item.inside


def test_mentions_are_found_by_place_by_theme_and_by_word():
    item = analyse(speech(3), THEMES, Recipe())
    hits = item.counts.hits
    assert isinstance(hits, PackedHits)
    assert [hits[i] for i in range(len(hits))] == list(hits) == list(hits[:])
    assert [hit for theme in ("walls", "ports") for hit in hits.of(theme)] == sorted(hits, key=lambda hit: (hit.theme == "ports", hit.start))
    assert hits.words == {(hit.theme, hit.term) for hit in hits}
    with pytest.raises(IndexError):
        hits[len(hits)]


def test_a_mention_too_long_to_pack_stays_as_it_is():
    item, terms = analyse(speech(1), THEMES, Recipe()), terms_of(THEMES)
    hit = item.counts.hits[0]
    long = replace(hit, last=hit.first + 33)
    counted = packed(Counted(replace(item.counts, hits=(long,)), (long,), item.inside), terms)
    assert counted.counts.hits == (long,)
    assert to_bytes(counted) is None


def test_the_order_of_the_themes_in_the_file_is_that_of_the_counts_and_not_of_the_bytes():
    one, turned = (
        speech(5),
        parse_themes('[themes.ports]\ncore = ["harbour*"]\nterms = ["harbour wall*", "ferries", "quay"]\n[themes.walls]\nterms = ["wall*"]', "t"),
    )
    held = [to_bytes(Counted(item.counts, item.said, item.inside)) for item in (analyse(one, themes, Recipe()) for themes in (THEMES, turned))]
    assert held[0] == held[1]
    assert list(from_bytes(held[0], one, terms_of(turned)).counts.scopes["all"].themes) == ["ports", "walls"]
