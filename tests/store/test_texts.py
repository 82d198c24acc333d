"""Texts that are read when they are asked for: the same speeches, without their words in memory."""

import pickle
import sqlite3
from contextlib import closing
from threading import Thread

import pytest

from tracker.errors import CorpusError
from tracker.speech import Speech
from tracker.store import open_store
from tracker.store.texts import StoredSpeech

SPEECHES = [Speech("a", "The ports were built.", tags={"city": "Tarnvik"}), Speech("b", "Sea walls, and 中文 too.", language="en")]


@pytest.fixture
def store(tmp_path):
    with closing(open_store(tmp_path / "corpus.db", create=True)) as held:
        with held.writing():
            for speech in SPEECHES:
                held.put(speech, 4)
        yield held


def test_a_stored_speech_is_the_speech_and_says_the_same(store):
    held = {speech.key: speech for speech in store.speeches()}
    assert all(type(speech) is StoredSpeech for speech in held.values())
    for speech in SPEECHES:
        assert held[speech.key] == speech
        assert speech == held[speech.key]
        assert held[speech.key].text == speech.text
    assert held["a"] != held["b"]
    assert held["a"] != "a"


def test_it_can_be_sent_to_another_process_and_asked_in_another_thread(store):
    (sent, *_) = pickle.loads(pickle.dumps(store.speeches()))  # noqa: S301
    heard = []
    Thread(target=lambda: heard.append(sent.text)).start()
    assert sent == next(one for one in SPEECHES if one.key == sent.key)
    assert sent.text == next(one for one in SPEECHES if one.key == sent.key).text
    store.close()
    assert sent.text  # the file is opened for itself


def test_after_the_corpus_is_closed_a_text_can_still_be_read(store):
    first = store.speeches()[0]
    store.close()
    assert first.text == next(one for one in SPEECHES if one.key == first.key).text


@pytest.mark.parametrize(("change", "said"), [("UPDATE texts SET text = text || '!'", "is not the one that was added"), ("DELETE FROM texts", "any more")])
def test_a_text_that_is_gone_or_was_changed_behind_our_back_is_an_error(store, change, said):
    first = store.speeches()[0]
    with closing(sqlite3.connect(store.path)) as behind:
        behind.execute("PRAGMA foreign_keys = OFF")
        behind.execute(change)
        behind.commit()
    with pytest.raises(CorpusError) as error:
        _ = first.text
    assert said in " ".join((error.value.message, *error.value.looked_at))
    assert error.value.hint.startswith("tracker doctor")
