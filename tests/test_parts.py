"""Segments and tokens remembered: the same as worked out anew, and only for the same words, code and settings."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import parts
from tracker.parts import segments_of, tokens_of
from tracker.recipe import Recipe, SpeakerRecipe, WordsRecipe
from tracker.speech import Speech
from tracker.store import Cache
from tracker.tokens import Tokens

QUIET = settings(derandomize=True, deadline=None, max_examples=60, database=None)
READOUT = Speech(
    "a",
    "Premier Alva Brandt said the port will open, adding that \u201cno pier is lost\u201d.\n\nShare this page\n\nThe harbour master was there. She urged patience.",
    speaker="Alva Brandt",
    kind="readout",
    language="en",
)


class Held(dict):
    """A cache in memory that counts what it is asked for and gives back."""

    given = 0

    def get(self, speech, part, key):
        found = super().get((speech, part))
        self.given += found is not None and found[0] == key
        return found[1] if found and found[0] == key else None

    def put(self, speech, part, key, held):
        self[speech, part] = (key, held)

    def flush(self):
        pass


def plain(tokens):
    return [getattr(tokens, one.name) for one in fields(Tokens)]


def test_what_is_remembered_is_what_was_worked_out():
    cache, recipe = Held(), Recipe()
    for _ in range(2):
        assert segments_of(READOUT, recipe, cache) == segments_of(READOUT, recipe)
        assert plain(tokens_of(READOUT, recipe, cache)) == plain(tokens_of(READOUT, recipe))
    assert cache.given == 2
    assert any(segment.further for segment in segments_of(READOUT, recipe, cache))


@QUIET
@given(st.text(st.characters(codec="utf-8"), max_size=80), st.sampled_from(["en", "de", "und"]))
def test_any_text_comes_back_as_it_went_in(text, language):
    speech, cache = Speech("a", text, kind="transcript", language=language), Held()
    for _ in range(2):
        assert segments_of(speech, Recipe(), cache) == segments_of(speech, Recipe())
        assert plain(tokens_of(speech, Recipe(), cache)) == plain(tokens_of(speech, Recipe()))


def test_a_lone_surrogate_is_no_obstacle():
    speech, cache = Speech("a", "A broken \ud800 sign.", language="en"), Held()
    for _ in range(2):
        assert tokens_of(speech, Recipe(), cache).words == tokens_of(speech, Recipe()).words


@pytest.mark.parametrize(
    ("changed", "recipe"),
    [
        ({"kind": "transcript"}, Recipe()),
        ({"speaker": "Ole Lund"}, Recipe()),
        ({"language": "de"}, Recipe()),
        ({"tags": {"voice:0": "narrated"}}, Recipe()),
        ({"inferred": ("kind",)}, Recipe()),
        ({}, Recipe(speakers={"Alva Brandt": SpeakerRecipe(pronoun="he")})),
    ],
    ids=["kind", "speaker", "language", "corrections", "inferred", "settings"],
)
def test_segments_are_worked_out_anew_when_what_decides_them_changes(changed, recipe):
    cache = Held()
    segments_of(READOUT, Recipe(), cache)
    said = {name: getattr(READOUT, name) for name in ("speaker", "kind", "language", "tags", "inferred")}
    segments_of(Speech("a", READOUT.text, **{**said, **changed}), recipe, cache)
    assert cache.given == 0


def test_recurring_lines_are_left_out_of_remembered_tokens_too():
    cache, silent = Held(), Recipe(words=WordsRecipe(boilerplate=("Share this page",)))
    tokens_of(READOUT, Recipe(), cache)
    assert plain(tokens_of(READOUT, silent, cache)) == plain(tokens_of(READOUT, silent))
    assert cache.given == 1


def test_other_code_remembers_nothing(monkeypatch):
    cache = Held()
    tokens_of(READOUT, Recipe(), cache)
    monkeypatch.setattr(parts, "code_hash", lambda: "another")
    tokens_of(READOUT, Recipe(), cache)
    assert cache.given == 0


def test_the_file_remembers_across_openings(tmp_path):
    first = Cache(tmp_path / "cache.db")
    tokens = tokens_of(READOUT, Recipe(), first)
    first.close()
    second = Cache(tmp_path / "cache.db")
    assert second.get(READOUT.id, "tokens", parts._made_of(parts.code_hash(), "en")) is not None
    assert plain(tokens_of(READOUT, Recipe(), second)) == plain(tokens)
    second.keep_only([])
    assert second.get(READOUT.id, "tokens", parts._made_of(parts.code_hash(), "en")) is None
    second.close()


def test_a_damaged_file_is_put_away_and_nothing_fails(tmp_path):
    path = tmp_path / "cache.db"
    path.write_bytes(b"no database" * 999)
    cache = Cache(path)
    assert plain(tokens_of(READOUT, Recipe(), cache)) == plain(tokens_of(READOUT, Recipe()))
    cache.close()
    assert not path.exists()


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path):
    cache = Cache(tmp_path / "missing" / "cache.db")
    assert tokens_of(READOUT, Recipe(), cache).words
    cache.keep_only(["a"])
    cache.close()
