"""A second process that detects kind and language of the next speeches, and counts their words, while the first one reads and writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tasks.corpus import Detected, detected
from tracker.twin import Twin, can_run

Question = tuple[str, str, str, str]


class Ahead:
    """What was detected in advance. Anything that was not asked for, or is not answered, is worked out here, so that the result is the same.

    Args:
        recipe: Says what speakers are called.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._asked: list[Question] = []
        self._known: dict[Question, Detected] = {}
        self._twin: Twin | None = None
        self._alone = not can_run()

    @property
    def is_running(self) -> bool:
        """Whether the other process was started and not ended."""
        return self._twin is not None

    def ask(self, speeches: Iterable[Speech]) -> None:
        """Ask for speeches that will be needed next, after taking the answers to those asked for before."""
        asked, self._asked, self._known = self._asked, list(dict.fromkeys(map(_question, speeches))), {}
        if self._alone or not (asked or self._asked):
            return
        try:
            twin = self._twin = self._twin or Twin(__name__, "answering", self.recipe)
            answers = twin.hear() if asked else []
            self._known = {question: answer for question, answer in zip(asked, answers, strict=True) if answer}
            twin.say(self._asked)
        except (OSError, ValueError):  # somebody ended it
            self.close()

    def detected(self, speech: Speech) -> Detected:
        """Return language, kind and content tokens of a speech.

        Raises:
            TrackerError: Its words cannot be told apart.
        """
        return self._known.get(_question(speech)) or detected(speech, self.recipe)

    def close(self) -> None:
        """End the other process; what it was asked is worked out here from now on."""
        twin, self._twin, self._asked, self._alone = self._twin, None, [], True
        if twin is not None:
            twin.close()


def answering(recipe: Recipe) -> Callable[[list[Question]], list[Detected | None]]:
    """What the other process does."""
    return lambda questions: [_answer(recipe, *question) for question in questions]


def _answer(recipe: Recipe, text: str, speaker: str, language: str, kind: Any) -> Detected | None:
    inferred = tuple(name for name, value in (("language", language), ("kind", kind)) if not value)
    with suppress(Exception):  # the first process meets it again, and says so
        return detected(Speech("", text, speaker=speaker, language=language, kind=kind, inferred=inferred), recipe)
    return None


def _question(speech: Speech) -> Question:
    """Everything that the answer depends on."""
    language, kind = ("" if name in speech.inferred else str(getattr(speech, name)) for name in ("language", "kind"))
    return speech.text, speech.speaker, language, kind
