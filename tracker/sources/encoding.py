"""Bytes -> text, and what was guessed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from tracker.errors import SourceError

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PREFERRED = ("cp1252", "gb18030", "big5", "shift_jis", "euc_kr", "cp1251", "cp1250", "latin_1")
CONTROL_SHARE = 0.05
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1b\x08\x1a")


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""A text as read.

    Args:
        text: With line ends as `\n`; otherwise as it was.
        encoding: Python's name of the encoding.
        guessed: Whether neither a byte order mark nor valid UTF-8 settled it.
    """

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes) -> Decoded:
    r"""Return the text of the bytes: by byte order mark, else as strict UTF-8, else by a guess that is said to be one.

    Args:
        data: The whole file.

    Raises:
        SourceError: The bytes are not text, or no encoding fits them.

    Example:
        >>> decode(b"one\r\ntwo")
        Decoded(text='one\ntwo', encoding='utf-8', guessed=False)
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(_newlines(data.decode(encoding)), encoding)
            except UnicodeDecodeError as error:
                raise SourceError(f"is not text: it begins as {encoding} but breaks off at byte {error.start}") from error
    if b"\0" in data or _controls(data) > CONTROL_SHARE * len(data):
        raise SourceError("is not text")
    try:
        return Decoded(_newlines(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _controls(data: bytes) -> int:
    return sum(count for byte in range(32) if byte not in _TEXT_CONTROLS and (count := data.count(byte)))


def _guessed(data: bytes) -> Decoded:
    """Ask charset-normalizer; among equally good answers take the usual one."""
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data))
    if not matches:
        raise SourceError("is not text in any known encoding", hint="save it as UTF-8")
    best = min(m.chaos for m in matches)
    names = {name: m for m in reversed(matches) if m.chaos <= best for name in (*m.could_be_from_charset, m.encoding)}
    encoding = next((name for name in _PREFERRED if name in names), matches[0].encoding)
    try:
        return Decoded(_newlines(data.decode(encoding)), encoding, guessed=True)
    except UnicodeDecodeError:
        return Decoded(_newlines(str(matches[0])), matches[0].encoding, guessed=True)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
