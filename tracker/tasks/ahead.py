"""A second process that detects kind and language of the next speeches, and counts their words, while the first one reads and writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tasks.corpus import Detected, detected

Question = tuple[str, str, str, str]
_PROGRAM = "from tracker.tasks.ahead import serve; serve()"


class Ahead:
    """What was detected in advance. Anything that was not asked for, or is not answered, is worked out here, so that the result is the same.

    Args:
        recipe: Says what speakers are called.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._asked: list[Question] = []
        self._known: dict[Question, Detected] = {}
        self._process: subprocess.Popen[str] | None = None
        self._alone = _cores() < 2 or not sys.executable

    @property
    def is_running(self) -> bool:
        """Whether the other process was started and not ended."""
        return self._process is not None

    def ask(self, speeches: Iterable[Speech]) -> None:
        """Ask for speeches that will be needed next, after taking the answers to those asked for before."""
        asked, self._asked, self._known = self._asked, list(dict.fromkeys(map(_question, speeches))), {}
        if self._alone or not (asked or self._asked):
            return
        try:
            process = self._process = self._process or _started(self.recipe)
            answers = _hear(process.stdout) if asked else []
            self._known = {question: Detected(*answer) for question, answer in zip(asked, answers, strict=True) if answer}
            _say(process.stdin, self._asked)
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
        process, self._process, self._asked, self._alone = self._process, None, [], True
        if process is not None:
            process.kill()
            process.communicate()


def serve() -> None:
    """Answer questions, a list of them a line, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both processes; the first one ends this one
    with suppress(BrokenPipeError):
        recipe = Recipe.model_validate_json(sys.stdin.readline())
        for line in sys.stdin:
            _say(sys.stdout, [_answer(recipe, *question) for question in json.loads(line)])


def _answer(recipe: Recipe, text: str, speaker: str, language: str, kind: Any) -> Detected | None:
    inferred = tuple(name for name, value in (("language", language), ("kind", kind)) if not value)
    with suppress(Exception):  # the first process meets it again, and says so
        return detected(Speech("", text, speaker=speaker, language=language, kind=kind, inferred=inferred), recipe)
    return None


def _question(speech: Speech) -> Question:
    """Everything that the answer depends on."""
    language, kind = ("" if name in speech.inferred else str(getattr(speech, name)) for name in ("language", "kind"))
    return speech.text, speech.speaker, language, kind


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _started(recipe: Recipe) -> subprocess.Popen[str]:
    paths = dict.fromkeys((str(Path(__file__).resolve().parents[2]), *filter(None, sys.path)))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, "-c", _PROGRAM], env=environment, stdin=pipe, stdout=pipe, stderr=none, text=True)  # noqa: S603 - a program of ours
    _write(process.stdin, recipe.model_dump_json())
    return process


def _say(stream: IO[str] | None, what: Any) -> None:
    _write(stream, json.dumps(what))  # ASCII: a text may hold half a surrogate pair


def _write(stream: Any, line: str) -> None:
    stream.write(line + "\n")
    stream.flush()


def _hear(stream: Any) -> list[Any]:
    return list(json.loads(stream.readline()))
