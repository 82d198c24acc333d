"""Bytes -> text, and what was guessed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from io import StringIO, TextIOWrapper
from typing import BinaryIO, TextIO

from tracker.errors import SourceError
from tracker.sources import limits

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PREFERRED = ("cp1252", "gb18030", "big5", "shift_jis", "euc_kr", "cp1251", "cp1250", "latin_1")
_SINGLE_BYTE = ("cp1252", "cp1250", "iso8859_2", "cp1254", "latin_1")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_HIRAGANA = re.compile("[ぁ-ん]")
CONTROL_SHARE, ALONE_SHARE, HIRAGANA_SHARE = 0.05, 0.2, 0.15
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


def open_text(stream: BinaryIO) -> tuple[TextIO, str]:
    r"""Return the text of a stream of any length, to be read line by line, and the encoding where it was guessed.

    The stream is gone through once to make sure that all of it is text; the memory needed does not grow with it, unless the encoding has to be guessed.

    Args:
        stream: Bytes from the beginning, that can be read twice.

    Raises:
        SourceError: As `decode`; or the encoding would have to be guessed and there is too much to guess from.

    Example:
        >>> from io import BytesIO
        >>> lines, guessed = open_text(BytesIO(b"one\r\ntwo"))
        >>> lines.read(), guessed
        ('one\ntwo', '')
    """
    encoding = _checked_encoding(stream)
    stream.seek(0)
    if encoding:
        return TextIOWrapper(stream, encoding), ""
    data = stream.read(limits.FILE_BYTES + 1)
    if len(data) > limits.FILE_BYTES:
        raise SourceError(f"is not UTF-8, and with more than {limits.told(limits.FILE_BYTES)} too large to guess its encoding", hint="save it as UTF-8")
    decoded = decode(data)
    return StringIO(decoded.text), decoded.encoding if decoded.guessed else ""


def _checked_encoding(stream: BinaryIO) -> str:
    """Return the encoding by byte order mark or as strict UTF-8; "" where it must be guessed."""
    head = stream.read(4)
    stream.seek(0)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
    decoder = codecs.getincrementaldecoder(marked or "utf-8")("strict")
    controls = size = 0
    valid = True
    while chunk := stream.read(2**20):
        size += len(chunk)
        if not marked and b"\0" in chunk:
            raise SourceError("is not text")
        controls += 0 if marked else _controls(chunk)
        try:
            if valid:
                decoder.decode(chunk)
        except UnicodeDecodeError:
            valid = False
    if controls > CONTROL_SHARE * size:
        raise SourceError("is not text")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        valid = False
    if marked and not valid:
        raise SourceError(f"is not text: it begins as {marked} but breaks off")
    return (marked or "utf-8") if valid else ""


def _controls(data: bytes) -> int:
    return sum(count for byte in range(32) if byte not in _TEXT_CONTROLS and (count := data.count(byte)))


def _guessed(data: bytes) -> Decoded:
    """Ask charset-normalizer; among equally good answers take the usual one."""
    from charset_normalizer import from_bytes

    alone = _SINGLE_BYTE if _stands_alone(data) else ()
    if not alone and (japanese := _japanese(data)):
        return japanese
    matches = (list(from_bytes(data, cp_isolation=[*alone])) if alone else []) or list(from_bytes(data))
    if not matches:
        raise SourceError("is not text in any known encoding", hint="save it as UTF-8")
    best = min((m.chaos, -m.coherence if alone else 0) for m in matches)
    good = [m for m in matches if (m.chaos, -m.coherence if alone else 0) <= best]
    names = {name for m in good for name in (*m.could_be_from_charset, m.encoding) if not alone or name in alone}
    encoding = next((name for name in _PREFERRED if name in names), matches[0].encoding)
    try:
        return Decoded(_newlines(data.decode(encoding)), encoding, guessed=True)
    except UnicodeDecodeError:
        return Decoded(_newlines(str(matches[0])), matches[0].encoding, guessed=True)


def _japanese(data: bytes) -> Decoded | None:
    """Return the text in the Japanese encoding that shows the little words every Japanese sentence has; None where none does."""
    for encoding in ("cp932", "euc_jp"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_HIRAGANA.findall(text)) > HIRAGANA_SHARE * len(text):
            return Decoded(_newlines(text), encoding, guessed=True)
    return None


def _stands_alone(data: bytes) -> bool:
    """Whether bytes beyond ASCII are few and mostly single, as accents and quotation marks are and no part of Chinese, Japanese or Korean."""
    runs = _BEYOND_ASCII.findall(data)
    return sum(map(len, runs)) < ALONE_SHARE * len(data) and 2 * sum(len(run) == 1 for run in runs) > len(runs)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
