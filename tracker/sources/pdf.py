"""PDF files: their characters with their place on the page, laid out as text; never their creation date."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tracker.errors import SourceError
from tracker.sources.base import Item, RawSpeech, ReadOptions, Skipped, build_speech
from tracker.sources.layout import Piece, lay_out
from tracker.speech import Speech

SUFFIXES = (".pdf",)
MAX_PAGES, MAX_CHARACTERS = 3_000, 5_000_000
UNREADABLE_SHARE, ASLANT, WIDE_GAP, NEW_LINE = 0.1, math.radians(4), 0.6, 0.35
MAX_INFLATED, MOST_TO_ONE = 100_000_000, 1032  # bytes of one stream that is no picture; what deflate can reach
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SHOWN = 3


@dataclass(slots=True)
class _Read:
    """What was found in a document: the pieces of each page, and what could not be read."""

    pages: list[list[Piece]] = field(default_factory=list)
    images_only: list[int] = field(default_factory=list)
    characters: int = 0
    unreadable: int = 0
    aslant: int = 0


def read(item: Item, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Yield the one text of a PDF.

    Raises:
        SourceError: The extra is missing; the file is damaged, encrypted, scanned or too long.
    """
    found = _read(item.data)
    if not found.characters:
        if found.images_only:
            raise SourceError("is scanned: its pages are pictures without characters; it needs OCR", hint="save the text that OCR finds in it as a .txt file")
        raise SourceError("has no text on its pages")
    if found.unreadable > UNREADABLE_SHARE * found.characters:
        raise SourceError(
            "its characters cannot be read: its fonts do not say which letters they draw; it needs OCR",
            hint="save the text that OCR finds in it as a .txt file",
        )
    laid = lay_out(found.pages)
    if not laid.text.strip():
        raise SourceError("has no text on its pages but running heads and page numbers")
    fields = {"left_out": _left_out(laid.left_out, found.aslant), "pages_without_text": ", ".join(str(n + 1) for n in found.images_only)}
    yield build_speech(RawSpeech(item.key, laid.text, item.source, item.name, {n: v for n, v in fields.items() if v}, "page metadata"), options)


def _left_out(lines: tuple[str, ...], aslant: int) -> str:
    """Return what was left out of the text, for people: how many lines, and the commonest of them."""
    told: list[str] = []
    if lines:
        common = [text for text, _ in sorted(Counter(lines).items(), key=lambda c: (-c[1], c[0]))[:_SHOWN]]
        told.append(f"{len(lines)} running heads, feet and page numbers: {', '.join(f'“{text[:60]}”' for text in common)}")
    if aslant:
        told.append(f"{aslant} characters set aslant")
    return "; ".join(told)


def _read(data: bytes) -> _Read:
    """Open a document and read its pages.

    Raises:
        SourceError: The extra is missing, or the document cannot be opened.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise SourceError("is a PDF, and the reader of PDF files is not installed", hint="pip install 'speech-theme-tracker[pdf]'") from error
    _check_streams(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise SourceError("is encrypted: it opens only with a password", hint="save a copy without a password") from error
        raise SourceError("is damaged or no PDF: it cannot be opened") from error
    try:
        return _read_pages(document, pypdfium2)
    finally:
        document.close()


def _check_streams(data: bytes) -> None:
    """Refuse a document that unpacks to far more than a text needs: the library would unpack all of it into memory."""
    at = 0
    while match := _STREAM.search(data, at):
        at = data.find(b"endstream", match.end())
        if at < 0:
            return
        is_picture = b"/Image" in data[max(0, match.start() - 600) : match.start()].rpartition(b" obj")[2]
        if is_picture or (at - match.end()) * MOST_TO_ONE < MAX_INFLATED:
            continue
        inflating = zlib.decompressobj()
        packed, size = data[match.end() : at], 0
        try:
            while packed and size <= MAX_INFLATED:
                size += len(inflating.decompress(packed, 2**20))
                packed = inflating.unconsumed_tail
        except zlib.error:  # packed in another way, or damaged: the library judges that
            continue
        if size > MAX_INFLATED:
            raise SourceError("unpacks to more than a text needs; it was not read", hint="save its text as a .txt file")


def _read_pages(document: Any, pdfium: Any) -> _Read:
    """Read the pages one by one; one that is damaged is an error, since a text with a hole in it would be a wrong text."""
    found = _Read()
    if len(document) > MAX_PAGES:
        raise SourceError(f"has {len(document):,} pages; PDF files of up to {MAX_PAGES:,} pages are read", hint="save each speech as a file of its own")
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise SourceError(f"is damaged: page {number + 1} cannot be read") from error
        count = text.count_chars()
        found.characters += count
        if found.characters > MAX_CHARACTERS:
            raise SourceError(f"has more than {MAX_CHARACTERS:,} characters", hint="save each speech as a file of its own")
        pieces = _pieces(text, count, number, found) if count > 0 else []
        if not pieces and next(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2), None) is not None:
            found.images_only.append(number)
        found.pages.append(pieces)
        text.close()
        page.close()
    found.characters = sum(len(p.text) for page in found.pages for p in page)
    return found


@dataclass(frozen=True, slots=True)
class _Character:
    """One character and its box, turned so that its page's text is upright."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def _pieces(text: Any, count: int, page: int, found: _Read) -> list[Piece]:
    """Return the pieces of one page; characters set at another angle than most (watermarks) are left out and counted."""
    from pypdfium2 import raw

    angles = _angles(text, count, raw)
    common = Counter(round(a / (math.pi / 2)) % 4 for a in angles).most_common(1)[0][0]
    pieces: list[Piece] = []
    run: list[_Character] = []
    for index in range(count):
        off = abs((angles[index] - common * math.pi / 2 + math.pi) % (2 * math.pi) - math.pi)
        character = _character(text, index, common, raw)
        if character.text.strip() and off > ASLANT:
            found.aslant += 1
            continue
        if character.text in ("\ufffd", "\0") or "\ue000" <= character.text <= "\uf8ff":
            found.unreadable += 1
        if run and _breaks(run[-1], character):
            pieces += _piece(run, page)
            run = []
        if character.text.strip() or (run and character.text == " "):
            run.append(character)
    return pieces + _piece(run, page)


def _angles(text: Any, count: int, raw: Any) -> list[float]:
    """Return the angle of each character; that of the one before for characters that the library put in itself."""
    angles: list[float] = []
    for index in range(count):
        generated = raw.FPDFText_IsGenerated(text, index) == 1
        angles.append((angles[-1] if angles else 0.0) if generated else max(raw.FPDFText_GetCharAngle(text, index), 0.0))
    return angles


def _character(text: Any, index: int, quarter: int, raw: Any) -> _Character:
    """Return one character with its box turned by quarters of a circle."""
    from ctypes import byref  # pypdfium2 has loaded it by now; who adds a text needs none

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, byref(box))
    code = raw.FPDFText_GetUnicode(text, index)
    letter = "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
    left, right, bottom, top = box.left, box.right, box.bottom, box.top
    if quarter == 1:
        left, right, bottom, top = -top, -bottom, left, right
    elif quarter == 2:
        left, right, bottom, top = -right, -left, -top, -bottom
    elif quarter == 3:
        left, right, bottom, top = bottom, top, -right, -left
    return _Character(letter, left, right, bottom, top)


def _breaks(last: _Character, character: _Character) -> bool:
    """Whether a character does not stand beside the last one: on another line, across a wide gap, or back to the left."""
    if character.text in "\r\n":
        return True
    if character.text == " ":
        return False
    height = max(last.top - last.bottom, character.top - character.bottom, 0.1)
    gap = character.left - last.right
    return abs(character.bottom - last.bottom) > NEW_LINE * height or gap > WIDE_GAP * height or gap < -height


def _piece(run: list[_Character], page: int) -> list[Piece]:
    """Return the run as a piece; none for white space."""
    marks = [c for c in run if c.text.strip()]
    if not marks:
        return []
    text = "".join(c.text for c in run).strip(" ").replace("\0", "\ufffd")
    tallest = max(marks, key=lambda c: c.top - c.bottom)
    return [Piece(text, min(c.left for c in marks), max(c.right for c in marks), tallest.bottom, tallest.top, page)]
