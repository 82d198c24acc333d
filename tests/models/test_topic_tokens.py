"""Tokens of topics in speeches are the same to the last digit however they come about: in other company, in other blocks, remembered or not."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

import tracker.findings.topic_tokens as module
from tracker.findings.topic_tokens import TopicTokens
from tracker.matrix import some_units
from tracker.models.fitting import fit, infer, infer_refits
from tracker.models.refits import number_of
from tracker.models.save import load, save
from tracker.store.cache import Cache


@pytest.fixture(scope="module", params=["lda", "nmf", "sklearn"])
def model(request, planted):
    return fit(planted, topics=3, engine=request.param, random_state=1, passes=3, refits=2)


@pytest.fixture
def cache(tmp_path):
    with closing(Cache(tmp_path / "cache.db")) as held:
        yield held


def topic_tokens(*asked, progress=None):
    """All blocks one behind another."""
    blocks = list(module.topic_tokens(*asked, progress=progress))
    model = asked[0]
    n, refits = len(model.topics), number_of(model.state)
    empty = TopicTokens((), np.zeros(0), np.zeros((0, n)), np.zeros((refits, 0, n), np.float32), np.zeros((0, n), np.float32))
    blocks = blocks or [empty]
    speeches = tuple(speech for block in blocks for speech in block.speeches)
    told = [np.concatenate([getattr(block, name) for block in blocks], axis=int(name == "refits")) for name in ("tokens", "held", "refits", "shares")]
    return TopicTokens(speeches, *told)


def same(one, other):
    return one.speeches == other.speeches and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("tokens", "held", "refits", "shares"))


def asked(monkeypatch):
    """How many passages are asked about under the refits from now on."""
    seen = []
    monkeypatch.setattr("tracker.models.fitting.infer_refits", lambda model, matrix: seen.append(matrix.counts.shape[0]) or infer_refits(model, matrix))
    return seen


def test_they_are_the_shares_times_the_tokens_summed_over_the_passages(model, planted):
    found = topic_tokens(model, planted)
    weights = planted.counts.sum(axis=1)
    assert found.speeches == tuple(sorted(planted.speech_event))
    assert found.tokens.tolist() == [60 * 6] * 12
    assert np.array_equal(found.shares, infer(model, planted).astype(np.float32))
    for held, shares in zip((found.held, *found.refits), (infer(model, planted), *infer_refits(model, planted)), strict=True):
        expected = [sum(shares[row] * weights[row] for row, of in enumerate(planted.unit_speech) if of == speech) for speech in found.speeches]
        np.testing.assert_allclose(held, expected, rtol=1e-6)


@pytest.mark.parametrize("block", [1, 7, 40])
def test_other_speeches_and_other_blocks_move_no_digit(model, planted, monkeypatch, block):
    whole = topic_tokens(model, planted)
    monkeypatch.setattr(module, "_BLOCK", block)
    assert same(topic_tokens(model, planted), whole)
    rows = [row for row, speech in enumerate(planted.unit_speech) if speech in ("s02", "s03", "s09")]
    some = topic_tokens(model, some_units(planted, rows))
    assert some.speeches == ("s02", "s03", "s09")
    assert np.array_equal(some.held, whole.held[[2, 3, 9]])
    assert np.array_equal(some.refits, whole.refits[:, [2, 3, 9]])


def test_what_is_remembered_is_not_asked_again_and_is_the_same(model, planted, cache, monkeypatch):
    fresh, rows = topic_tokens(model, planted), [row for row, speech in enumerate(planted.unit_speech) if speech != "s05"]
    topic_tokens(model, some_units(planted, rows), cache)
    seen = asked(monkeypatch)
    assert same(topic_tokens(model, planted, cache), fresh)
    assert seen == [6]  # the passages of the one that was not there
    assert same(topic_tokens(model, planted, Cache(cache.path)), fresh)
    assert seen == [6]


def test_another_model_other_refits_or_another_text_are_asked_anew(planted, cache, monkeypatch):
    one = fit(planted, topics=3, engine="lda", random_state=1, passes=1, refits=2)
    topic_tokens(one, planted, cache)
    seen = asked(monkeypatch)
    for other in (
        fit(planted, topics=3, engine="lda", random_state=2, passes=1, refits=2),
        fit(planted, topics=3, engine="lda", random_state=1, passes=1, refits=3),
    ):
        assert same(topic_tokens(other, planted, cache), topic_tokens(other, planted))
    assert seen == [72] * 4
    counts = planted.counts.copy()
    counts.data = counts.data.copy()
    counts.data[0] += 1  # a word more in the first passage
    topic_tokens(other, planted, cache)
    seen.clear()
    changed = replace(planted, counts=counts)
    assert same(topic_tokens(other, changed, cache), topic_tokens(other, changed))
    assert seen == [6, 72]


def test_a_model_read_from_its_folder_finds_what_was_remembered(planted, cache, tmp_path, monkeypatch):
    one = fit(planted, topics=3, engine="lda", random_state=1, passes=1, refits=2)
    save(one, tmp_path / "model")
    topic_tokens(load(tmp_path / "model", units=False), planted, cache)
    seen = asked(monkeypatch)
    topic_tokens(load(tmp_path / "model", units=False), planted, cache)
    assert seen == []


def test_a_refit_that_lacks_a_topic_and_a_damaged_memory(planted, cache):
    one = fit(planted, topics=3, engine="lda", random_state=1, passes=1, refits=2)
    state = {**one.state, "topic_refits": np.array(one.state["topic_refits"])}
    state["topic_refits"][1, 0] = 0
    lacking = replace(one, state=state)
    found = topic_tokens(lacking, planted, cache)
    assert np.isnan(found.refits[0][:, 1]).all()
    assert not np.isnan(found.refits[1]).any()
    again = topic_tokens(lacking, planted, cache)
    assert np.array_equal(again.refits, found.refits, equal_nan=True)
    cache.flush()
    with closing(sqlite3.connect(cache.path)) as behind, behind:
        behind.execute("UPDATE parts SET held = x'00' WHERE speech = 's03'")
    assert np.array_equal(topic_tokens(lacking, planted, cache).refits, found.refits, equal_nan=True)


def test_no_passages_and_no_refits(planted):
    one = fit(planted, topics=3, engine="lda", random_state=1, passes=1, refits=2)
    bare = replace(one, state={name: held for name, held in one.state.items() if name != "topic_refits"})
    assert topic_tokens(bare, planted).refits.shape == (0, 12, 3)
    none = topic_tokens(one, some_units(planted, []))
    assert (none.speeches, none.held.shape, none.refits.shape, none.tokens.size) == ((), (0, 3), (2, 0, 3), 0)


def test_it_says_how_far_it_is(planted, cache, monkeypatch):
    one = fit(planted, topics=3, engine="lda", random_state=1, passes=1, refits=2)
    monkeypatch.setattr(module, "_BLOCK", 36)
    for _ in range(2):
        told = []
        topic_tokens(one, planted, cache, progress=lambda *said, told=told: told.append(said))
        assert (told[0], told[-1]) == (("measuring topics", 0, 6), ("measuring topics", 6, 6))
