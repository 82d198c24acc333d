"""A second process of ours that works while this one does: asked and answered in turns, one question at a time."""

from __future__ import annotations

import copyreg
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import IO, Any, TypeVar

_PROGRAM = "from tracker.twin import serve; serve({!r}, {!r})"
_WIDTH = 8  # bytes that say how long the next piece is
Answer = TypeVar("Answer")


class Twin:
    """The other process. Only pieces of our own pass between the two, so pickle is safe.

    Args:
        module: Where the function stands.
        function: Takes what is `given` and returns the function that answers a question.
        given: What it needs for all answers.

    Raises:
        OSError: The process cannot be started, or was ended by somebody; from `say` and `hear` likewise.
    """

    def __init__(self, module: str, function: str, given: object) -> None:
        import subprocess  # not for the one file that is added by itself

        paths = dict.fromkeys((str(Path(__file__).resolve().parents[1]), *filter(None, sys.path)))
        environment, pipe = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}, subprocess.PIPE
        program = [sys.executable, "-c", _PROGRAM.format(module, function)]
        self._process = subprocess.Popen(program, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603 - a program of ours
        self.say(given)

    def say(self, question: object) -> None:
        """Ask; the answer is to be heard before the next question."""
        _write(self._process.stdin, question)

    def hear(self) -> Any:
        """Wait for the answer."""
        return _read(self._process.stdout)

    def close(self) -> None:
        """End the other process."""
        self._process.kill()
        with suppress(OSError, ValueError):
            self._process.communicate()


def _read_only(held: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(held)


copyreg.pickle(MappingProxyType, lambda held: (_read_only, (dict(held),)))  # the tags of a speech


def can_run() -> bool:
    """Whether a second process would have a core of its own."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores > 1 and bool(sys.executable)


def answered(questions: Sequence[Any], twin: Twin, own: Callable[[Any], Answer], progress: Callable[[int], None]) -> list[Answer]:
    """Answer questions in this process and in the other one, which begins at their end; it is closed when all are answered.

    Args:
        questions: What is asked.
        twin: The other process; what it does not answer, because it was ended or met an error, is answered here.
        own: Answers here, in the same way.
        progress: Called with how many are answered.

    Returns:
        The answers in the order of the questions.
    """
    waiting, answers = deque(enumerate(questions)), dict[int, Answer]()

    def feed() -> None:
        while True:
            try:
                asked = waiting.pop()
            except IndexError:
                return
            try:
                twin.say(asked[1])
                answers[asked[0]] = twin.hear()
            except (OSError, ValueError):  # ended by somebody, or closed after Ctrl-C
                waiting.append(asked)
                return

    with closing(twin):
        other = Thread(target=feed, daemon=True)
        other.start()
        while other.is_alive() or waiting:
            try:
                place, question = waiting.popleft()
            except IndexError:
                other.join(0.01)
            else:
                answers[place] = own(question)
            progress(len(answers))
    return [answers[place] for place in range(len(questions))]


def serve(module: str, function: str) -> None:
    """Be the other process: answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both processes; the first one ends this one
    # Under PYTHONUNBUFFERED `sys.stdout.buffer` writes as much as fits: a process that was stopped for a moment would leave half an answer.
    heard, said = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what a library prints is no answer
    with suppress(OSError, EOFError):
        answer: Callable[[Any], object] = getattr(import_module(module), function)(_read(heard))
        while True:
            _write(said, answer(_read(heard)))


def _write(stream: IO[bytes] | None, what: object) -> None:
    if stream is None:
        raise BrokenPipeError
    told = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(told).to_bytes(_WIDTH, "little") + told)
    stream.flush()


def _read(stream: IO[bytes] | None) -> Any:
    head = b"" if stream is None else stream.read(_WIDTH)
    n = int.from_bytes(head, "little")
    told = b"" if stream is None or len(head) < _WIDTH else stream.read(n)
    if not told or len(told) < n:
        raise BrokenPipeError
    return pickle.loads(told)  # noqa: S301 - written by ourselves, never read from a file
