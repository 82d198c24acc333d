"""Plain text and Markdown, with or without front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from tracker.errors import SourceError
from tracker.sources.base import ALIASES, Item, RawSpeech, ReadOptions, Skipped, build_speech
from tracker.sources.encoding import decode
from tracker.speech import Speech

SUFFIXES = (".txt", ".text", ".md", ".markdown")
_PAIR = re.compile(r"([A-Za-z_][\w .-]*?)[ \t]*:(?:[ \t]+(.*))?$")


def read(item: Item, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Yield the one speech of a text file.

    Raises:
        SourceError: The file is empty, not text, or its front matter cannot be read.
    """
    decoded = decode(item.data)
    fields, text = split_front_matter(decoded.text)
    if not text.strip():
        raise SourceError("is empty" if not fields else "has front matter but no text")
    if decoded.guessed:
        fields["encoding"] = f"{decoded.encoding}, guessed"
    yield build_speech(RawSpeech(item.key, text, item.source, item.name, fields, "front matter"), options)


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Return the fields between two `---` (simple `key: value` lines) or two `+++` (TOML) and the text behind them.

    Text that only looks like front matter, without a second mark or with other lines between, is all text.

    Raises:
        SourceError: What stands between two `+++` is not TOML.

    Example:
        >>> split_front_matter("---\nDate: 2024-05-06\ntopics: [sea, 'fish']\n---\nWe begin.")
        ({'date': '2024-05-06', 'topics': 'sea, fish'}, 'We begin.')
    """
    match = re.match(r"\s*(---|\+\+\+)[ \t]*\n(.*?\n)??\1[ \t]*(?:\n|$)", text, re.DOTALL)
    if match is None:
        return {}, text
    inside = match[2] or ""
    fields = _simple(inside) if match[1] == "---" else toml_fields(inside, "its front matter")
    return (fields, text[match.end() :].lstrip("\n")) if fields is not None else ({}, text)


def _simple(inside: str) -> dict[str, str] | None:
    """Return `key: value` lines, lists joined by commas; None when another kind of line stands among them."""
    fields: dict[str, list[str]] = {}
    current = ""
    for line in inside.splitlines():
        stripped = line.strip()
        pair = _PAIR.match(line)
        if not stripped or stripped.startswith("#"):
            continue
        if pair:
            current = _name(pair[1])
            value = (pair[2] or "").strip()
            fields[current] = [] if value in ("", "|", ">", "|-", ">-") else _items(value)
        elif current and (line[0] in " \t" or stripped.startswith("- ")):
            fields[current].append(_unquoted(stripped.removeprefix("- ").strip()))
        else:
            return None
    return {name: ", ".join(v for v in values if v) for name, values in fields.items()}


def _items(value: str) -> list[str]:
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(part.strip()) for part in value[1:-1].split(",")]
    return [_unquoted(value)]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"') if value[0] == '"' else value[1:-1].replace("''", "'")
    return re.sub(r"\s#\s.*$", "", value)


def toml_fields(inside: str, what: str) -> dict[str, str]:
    """Return the fields of a TOML text, its tables laid flat and lists joined by commas.

    Args:
        inside: The TOML.
        what: What it is, for the error: `its front matter`.

    Raises:
        SourceError: It is not TOML, or nested without end.
    """
    fields: dict[str, str] = {}
    try:
        for name, value in tomllib.loads(inside).items():
            inner = value if isinstance(value, dict) else {name: value}
            fields |= {_name(key): _plain(item) for key, item in inner.items() if not isinstance(item, dict)}
    except RecursionError as error:
        raise SourceError(f"{what} is nested too deeply") from error
    except ValueError as error:
        raise SourceError(f"{what} is not valid TOML: {error}") from error
    return fields


def _plain(value: Any) -> str:
    """Return a TOML value as text."""
    if isinstance(value, list):
        return ", ".join(_plain(v) for v in value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _name(key: str) -> str:
    plain = key.strip()
    return ALIASES.get(plain.casefold(), plain.casefold())
