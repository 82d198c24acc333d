"""Mistakes in the words of a command line, in the project's error style, with the command that was meant."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tracker.errors import TrackerError


class UsageError(TrackerError):
    """Words of the command line that cannot be understood."""

    exit_code = 2


def completed(error: TrackerError, words: Sequence[str]) -> TrackerError:
    """Return the error with a hint that is only an option (`--level 0.95`) as the whole command with that option in place."""
    if not error.hint.startswith("--"):
        return error
    option, value = shlex.split(error.hint)
    fresh = [word for i, word in enumerate(words) if not word.startswith(f"{option}=") and option not in (word, words[i - 1] if i else "")]
    return TrackerError(error.message, looked_at=error.looked_at, hint=shlex.join(["tracker", *fresh, option, value]))


def mistake(error: Any, words: Sequence[str], root: Any) -> TrackerError:
    """Translate what the parser says.

    Args:
        error: Its exception.
        words: The command line behind `tracker`.
        root: The `tracker` command.
    """
    path, command = _called(words, root)
    said = re.sub(r"'([^']*)'", r"`\1`", error.format_message().rstrip("."))
    near: list[str] = []
    wrong = ""
    if unknown := re.match(r"No such command `([^`]*)`", said):
        wrong, said = unknown[1], f"no command `{unknown[1]}`"
        near = get_close_matches(wrong, list(command.commands), n=1)
    elif type(error).__name__ == "NoSuchOption":
        wrong, said = error.option_name, f"`{path}` has no option `{error.option_name}`"
        near = get_close_matches(wrong, [name for parameter in command.params for name in parameter.opts if name.startswith("--")], n=1)
    elif bad := re.match(r"Invalid value for `(--[\w-]+)`: (?:Input )?(.*)", said):
        given = next((words[i + 1] for i, word in enumerate(words[:-1]) if word == bad[1]), "")
        said = f"`{bad[1]} {given}`: {bad[2].partition(',')[0]}"
    hint = shlex.join(["tracker", *(near[0] if word == wrong else word for word in words)]) if near else f"{path} --help"
    return UsageError(said[:1].lower() + said[1:], hint=hint)


def refuse_bytes(words: Sequence[str]) -> None:
    """Check that all words but the names of files are text.

    Raises:
        UsageError: One holds bytes that are no UTF-8 and names no file.
    """
    for word in words:
        if any("\ud800" <= character <= "\udfff" for character in word) and not Path(word).exists():
            shown = word.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            raise UsageError(f"`{shown}` is not UTF-8 text, nor a file", hint="tracker --help")


def _called(words: Sequence[str], root: Any) -> tuple[str, Any]:
    """The command that a command line calls, as far as its words name one."""
    path, command = "tracker", root
    for word in words:
        below = getattr(command, "commands", {})
        if word in below:
            path, command = f"{path} {word}", below[word]
        elif below and not word.startswith("-"):
            break
    return path, command
