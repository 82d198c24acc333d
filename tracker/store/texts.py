"""The texts of a corpus, read when somebody asks for one: a hundred thousand speeches are held without a word of what they say."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from sys import getsizeof
from threading import RLock

from tracker.errors import CorpusError
from tracker.room import Room
from tracker.speech import Speech, speech_id
from tracker.store.disk import connect, explained, unreadable
from tracker.store.rows import IN_TURN

_ROOM = 16 * 1024**2  # bytes: the speeches that a step goes back and forth between


class Texts:
    """Texts by the ids of their speeches; those read last are held.

    Args:
        path: The corpus file. Texts are never changed or deleted in it, so they can be read at any time after the speeches were.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db: sqlite3.Connection | None = None
        self._held, self._one_at_a_time = Room(_ROOM), RLock()

    def __reduce__(self) -> tuple[type[Texts], tuple[Path]]:
        """Another process opens the file for itself."""
        return Texts, (self.path,)

    def get(self, speech: str, key: str) -> str:
        """Return the text of a speech.

        Args:
            speech: Its id.
            key: Its key.

        Raises:
            CorpusError: It is not there any more, or is not the one that was added.
        """
        with self._one_at_a_time:  # the thread that feeds another process may ask too
            held: str | None = self._held.get(speech)
            if held is None:
                held = self._read(speech, key)
                self._held.put(speech, held, getsizeof(held))
            return held

    def _read(self, speech: str, key: str) -> str:
        with explained(self.path):
            if self._db is None:
                self._db = connect(self.path, any_thread=True)
            found = self._db.execute("SELECT text FROM texts WHERE id = ?", (speech,)).fetchone()
        if found is None:
            raise CorpusError(f"the text of `{speech}` is not in `{self.path.name}` any more", hint="tracker doctor")
        text: str = found["text"]
        if speech_id(text, key) != speech:
            raise unreadable(self.path, f"a row cannot be read: the text of `{speech}` is not the one that was added")
        return text

    def close(self) -> None:
        """Close the file; it is opened again when a text is asked for."""
        with self._one_at_a_time:
            if self._db is not None:
                self._db.close()
                self._db = None

    def __del__(self) -> None:
        self.close()


class StoredSpeech(Speech):
    """A speech of the corpus whose text is read when it is asked for; all else is as in `Speech`, and it is equal to the speech that holds its text."""

    __slots__ = ("_texts",)
    _texts: Texts

    @property
    def text(self) -> str:
        """The text as it was added."""
        return self._texts.get(self.id, self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Speech) and _told(self) == _told(other)

    __hash__ = Speech.__hash__

    def __reduce__(self) -> tuple[object, ...]:
        return stored, (_told(self), self._texts)


def stored(told: tuple[object, ...], texts: Texts) -> StoredSpeech:
    """A speech whose text is read, and held against its id, when it is asked for.

    Args:
        told: Every field of it but the text, as it stands in a speech, in the order of `rows.IN_TURN`.
        texts: The texts of its corpus.
    """
    speech: StoredSpeech = object.__new__(StoredSpeech)
    for put, value in zip(_PUT, (*told, texts), strict=True):
        put(speech, value)
    return speech


_PUT = (*(getattr(Speech, name).__set__ for name in IN_TURN), StoredSpeech.__dict__["_texts"].__set__)  # a speech is frozen: past its own way of setting


def _told(speech: Speech) -> tuple[object, ...]:
    return tuple(getattr(speech, name) for name in IN_TURN)
