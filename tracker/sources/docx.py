"""Word files: their text with paragraphs and headings; never the dates of their properties, which are the template's."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from tracker.errors import SourceError
from tracker.sources.base import Item, RawSpeech, ReadOptions, Skipped, build_speech
from tracker.speech import Speech

SUFFIXES = (".docx", ".docm", ".doc")
MAX_PART, MAX_PARTS, MAX_RATIO, RATIO_FROM = 8_000_000, 2_000, 200, 1_000_000
TITLE_PARAGRAPHS = 5
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError, KeyError, NotImplementedError, RuntimeError, OverflowError, MemoryError)
_UNREADABLE = (ExpatError, RecursionError, AttributeError, IndexError, TypeError, *_DAMAGE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NEEDED = re.compile(r"\[Content_Types\]\.xml|(?:.*/)?_rels/[^/]*\.rels|(?:.*/)?(?:document\d*|styles)\.xml")
_TITLES = frozenset({"title", "heading 1"})
_AS_READ = ((rb"<w:cr\s*/>", b"<w:br/>"), (rb"<(/?)w:(?:fldSimple|bdo|dir)(?=[\s>])", rb"<\1w:smartTag"))
_MARKED = {"insertions": rb"<w:ins[\s>]", "deletions": rb"<w:del[\s>]", "moves": rb"<w:moveTo[\s>]"}


def read(item: Item, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Yield the one text of a Word file: as it stands when its tracked changes are accepted, without comments, notes, headers and footers.

    Raises:
        SourceError: The extra is missing; the file is damaged, encrypted, too large, of the old kind, or without text.
    """
    if item.data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in item.data:
            raise SourceError("is encrypted: it opens only with a password", hint="save a copy without a password")
        raise SourceError("is a Word file of the old kind (.doc), which is not read", hint="save it as .docx")
    if item.data.lstrip()[:5] == rb"{\rtf":
        raise SourceError("is an RTF file, which is not read", hint="save it as .docx")
    parts = _parts(item.data)
    document = _document(parts)
    blocks = _blocks(document)
    text = "\n\n".join(text for text, _ in blocks)
    if not text.strip():
        raise SourceError("has no text")
    title = next((" ".join(text.split()) for text, style in blocks[:TITLE_PARAGRAPHS] if style in _TITLES), "")
    fields = {"title": title, **_notes(parts)}
    yield build_speech(RawSpeech(item.key, text, item.source, item.name, {n: v for n, v in fields.items() if v}, "page metadata"), options)


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the parts that hold text and its structure, each of bounded size: pictures, comments and notes are never unpacked.

    Raises:
        SourceError: It is no archive, a part is too large or packed like a bomb, or there is a document type, as no Word file has.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if _NEEDED.fullmatch(info.filename)]
            if len(infos) > MAX_PARTS:
                raise SourceError(f"has {len(infos):,} parts, far more than a Word file has")
            parts = {info.filename: _part(archive, info) for info in infos}
    except _DAMAGE as error:
        raise SourceError("is damaged or no Word file: it cannot be unpacked") from error
    if any(b"<!DOCTYPE" in part[:1000] or b"<!ENTITY" in part for part in parts.values()):
        raise SourceError("holds a document type, as no Word file does; it was not read")
    return parts


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return one part; what the archive says of its size is checked against what comes out."""
    if info.flag_bits & 1:
        raise SourceError("is encrypted: it opens only with a password", hint="save a copy without a password")
    with archive.open(info) as packed:
        part = packed.read(MAX_PART + 1)
    if len(part) > MAX_PART or (len(part) > RATIO_FROM and len(part) > MAX_RATIO * max(info.compress_size, 1)):
        raise SourceError(f"unpacks to more than a text needs ({info.filename}); it was not read", hint="save its text as a .txt file")
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        part = part.decode("utf-16").encode("utf-8").replace(b'encoding="UTF-16"', b'encoding="UTF-8"', 1)
    for pattern, instead in _AS_READ:  # the library drops these: line ends, fields and directions would take their words with them
        part = re.sub(pattern, instead, part)
    return part


def _document(parts: dict[str, bytes]) -> Any:
    """Return the document as mammoth reads it.

    Raises:
        SourceError: The extra is missing, or the parts are no document.
    """
    try:
        from mammoth import docx
    except ImportError as error:
        raise SourceError("is a Word file, and the reader of Word files is not installed", hint="pip install 'speech-theme-tracker[docx]'") from error
    rebuilt = io.BytesIO()
    with zipfile.ZipFile(rebuilt, "w") as archive:
        for name in sorted(parts):
            archive.writestr(name, parts[name])
    try:
        return docx.read(rebuilt).value
    except _UNREADABLE as error:
        raise SourceError("is damaged or no Word file: no document can be read in it") from error


def _blocks(document: Any) -> list[tuple[str, str]]:
    """Return the paragraphs in order, each with the name of its style; a row of a table is one block, its cells side by side."""
    from mammoth import documents

    blocks: list[tuple[str, str]] = []
    stack = [document]
    while stack:
        element = stack.pop()
        inner = list(getattr(element, "children", None) or ())
        if isinstance(element, documents.Paragraph):
            text, boxed = _inline(element, documents)
            blocks.append((_tidy(text), (element.style_name or "").casefold()))
            stack.extend(reversed(boxed))
        elif isinstance(element, documents.TableRow) and len(inner) > 1:
            cells = ["\n".join(text for text, _ in _blocks(cell)) for cell in inner]
            blocks.append(("\t".join(cells).strip(), ""))
        else:
            stack.extend(reversed(inner))
    return [block for block in blocks if block[0]]


def _inline(paragraph: Any, documents: Any) -> tuple[str, list[Any]]:
    """Return the text of a paragraph, and the paragraphs and tables of text boxes in it."""
    parts: list[str] = []
    boxed: list[Any] = []
    stack = list(reversed(paragraph.children))
    while stack:
        element = stack.pop()
        if isinstance(element, documents.Text):
            parts.append(element.value)
        elif isinstance(element, documents.Tab):
            parts.append("\t")
        elif isinstance(element, documents.Break):
            parts.append("\n")
        elif isinstance(element, documents.Paragraph | documents.Table):
            boxed.append(element)
        else:
            stack.extend(reversed(list(getattr(element, "children", None) or ())))
    return "".join(parts), boxed


def _tidy(text: str) -> str:
    """Return a paragraph without white space around its lines."""
    return "\n".join(line.strip() for line in text.replace("\r", "\n").split("\n")).strip()


def _notes(parts: dict[str, bytes]) -> dict[str, str]:
    """Return what is not in the text, for people: tracked changes, comments, notes."""
    whole = b"".join(part for name, part in parts.items() if re.search(r"document\d*\.xml$", name))
    marked = Counter({name: len(re.findall(pattern, whole)) for name, pattern in _MARKED.items()})
    changes = ", ".join(f"{count} {name}" for name, count in marked.items() if count)
    left = {"comments": rb"<w:commentReference[\s/>]", "footnotes": rb"<w:footnoteReference[\s/>]", "endnotes": rb"<w:endnoteReference[\s/>]"}
    counts = {name: len(re.findall(pattern, whole)) for name, pattern in left.items()}
    return {
        "tracked_changes": f"read as accepted: {changes}" if changes else "",
        "left_out": ", ".join(f"{count} {name}" for name, count in counts.items() if count),
    }
