"""Web pages saved as files: their main text with paragraphs and headings, and what the page says of itself; nothing is fetched."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from typing import Any

from tracker.errors import SourceError
from tracker.sources.base import Item, RawSpeech, ReadOptions, Skipped, build_speech
from tracker.sources.encoding import Decoded, decode
from tracker.sources.page import headline, letters, own_letters, page_fields, prepare
from tracker.speech import Speech

SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
MAX_BYTES, MAX_ELEMENTS, MAX_DEPTH, MAX_ATTRIBUTES = 20_000_000, 100_000, 512, 500
SHORT_TEXT, OWN_SHARE, SHORTEST = 300, 0.3, 25
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_READ_AS = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949"}
_ARCHIVE = re.compile(rb"^content-type:\s*(?:multipart/related|text/html)\b", re.IGNORECASE | re.MULTILINE)
UNREADABLE_SHARE, FOREIGN_SHARE, WHOLE_SHARE = 0.002, 0.2, 0.5
_NO_TEXT = re.compile(
    r"(?:enable|turn on|requires?|needs?|without) java\s?script|java\s?script (?:is|has been) (?:disabled|required|turned off)|启用\s?javascript", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "list", "table", "code", "fw", "ab", "div", "figure", "body"})


def read(item: Item, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Yield the one text of a page.

    Raises:
        SourceError: The extra is missing, the page is too large, not text, or has no main text.
    """
    if len(item.data) > MAX_BYTES:
        raise SourceError(f"is a page of {len(item.data) / 1e6:.0f} MB; pages up to {MAX_BYTES // 1_000_000} MB are read", hint="save its text as a .txt file")
    data, charset, address = _page_of_archive(item.data) if _ARCHIVE.search(item.data[:4000]) else (item.data, "", "")
    decoded = decode_page(data, charset)
    tree = _parsed(decoded.text)
    prepare(tree)
    text = _main_text(tree)
    own, taken = own_letters(tree), len(letters(text))
    if not taken or own < OWN_SHARE * taken:
        raise SourceError("has no main text: only menus, links or scripts")
    if len(text) <= SHORT_TEXT and _NO_TEXT.search(text):
        raise SourceError("holds no text of its own: the page needs JavaScript to show it", hint="save its text as a .txt file")
    shown = headline(tree)
    fields = page_fields(tree, next((b for b in text.split("\n\n") if letters(b) != letters(shown)), ""), address)
    if taken < WHOLE_SHARE * own:
        fields["main_text"] = f"{100 * taken / own:.0f} % of the words on the page"
    if decoded.guessed:
        fields["encoding"] = f"{decoded.encoding}, guessed" if " " not in decoded.encoding else decoded.encoding
    yield build_speech(RawSpeech(item.key, _with_headline(text, shown), item.source, item.name, fields, "page metadata"), options)


def decode_page(data: bytes, charset: str = "") -> Decoded:
    r"""Return the page as text: by byte order mark, else as strict UTF-8, else as it declares itself, else by a guess.

    A few bytes that do not fit the declared encoding become `\ufffd`, which is said; many mean that the declaration is wrong.

    Args:
        data: The whole page.
        charset: The encoding its envelope states; "" to look into the page.

    Raises:
        SourceError: The bytes are not text.
    """
    declared = _declared(data, charset)
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not marked and data.count(b"\0") <= UNREADABLE_SHARE * len(data):
        data = data.replace(b"\0", b"")  # as browsers do
    if declared is None or marked or b"\0" in data:
        return decode(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode(declared, "replace")
    else:
        return decode(data)
    bad = text.count("\ufffd")
    if bad > max(UNREADABLE_SHARE * len(text), FOREIGN_SHARE * sum(c > "\x7f" and c != "\ufffd" for c in text)):
        return decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, f"{declared}, {bad} unreadable characters", guessed=True) if bad else Decoded(text, declared)


def _declared(data: bytes, charset: str) -> str | None:
    """Return Python's name of the encoding a page declares, read as browsers read it; None when it declares none that exists."""
    match = _CHARSET.search(data[:4096])
    name = charset or (match[1].decode("ascii") if match else "")
    try:
        known = codecs.lookup(name).name if name else ""
        "".encode(known or "undefined")  # some codecs of Python are no encodings of text
    except (LookupError, UnicodeError, TypeError, ValueError):
        return None
    return _READ_AS.get(known, known) or None


def _page_of_archive(data: bytes) -> tuple[bytes, str, str]:
    """Return the first page inside a web archive (MHTML), its encoding and its address."""
    import email
    from email.errors import MessageError

    try:
        message = email.message_from_bytes(data)
        pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        content = pages[0].get_payload(decode=True) if pages else None
        charset = (pages[0].get_content_charset() or "") if pages else ""
    except (MessageError, RecursionError, ValueError, LookupError, IndexError, AttributeError) as error:
        raise SourceError("is damaged: no page can be found in the archive") from error
    if not isinstance(content, bytes) or not content.strip():
        raise SourceError("is a web archive without a page in it")
    address = str(message.get("Snapshot-Content-Location") or "")
    return content, charset, address if address.startswith(("http://", "https://")) else ""


def _parsed(page: str) -> Any:
    """Return the page as a tree of bounded size; the parser fetches nothing and expands no entities but those of HTML.

    Raises:
        SourceError: The extra is missing, or the page is nested too deeply or has too many elements.
    """
    try:
        from lxml import html
    except ImportError as error:
        raise _missing() from error
    plain = _CONTROLS.sub("", re.sub(r"^\s*<\?xml[^>]{0,300}\?>", "", page))
    parser = html.HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        tree = html.document_fromstring(plain.encode("utf-8"), parser=parser)
    except (ValueError, AssertionError, html.etree.LxmlError) as error:
        raise SourceError("has no main text: nothing in it can be read as a page") from error
    _check_size(tree, [entry.type_name for entry in parser.error_log])
    return tree


def _missing() -> SourceError:
    return SourceError("is a web page, and the reader of web pages is not installed", hint="pip install 'speech-theme-tracker[web]'")


def _check_size(tree: Any, complaints: list[str]) -> None:
    """Refuse pages on which the search for the main text would take minutes, and those that the parser gave up in the middle of."""
    depths = {tree: 1}
    for count, element in enumerate(tree.iter(), 1):
        parent = element.getparent()
        depth = depths[element] = depths.get(parent, 0) + 1
        if depth > MAX_DEPTH:
            raise SourceError(f"is nested more than {MAX_DEPTH} elements deep", hint="save its text as a .txt file")
        if count > MAX_ELEMENTS:
            raise SourceError(f"has more than {MAX_ELEMENTS:,} elements", hint="save its text as a .txt file")
        if len(element.attrib) > MAX_ATTRIBUTES:
            raise SourceError(f"has an element with more than {MAX_ATTRIBUTES} attributes", hint="save its text as a .txt file")
    if "ERR_RESOURCE_LIMIT" in complaints:
        raise SourceError(f"is nested more than {MAX_DEPTH} elements deep", hint="save its text as a .txt file")


def _main_text(tree: Any) -> str:
    """Return the main text, a blank line between blocks; "" when there is none.

    Dates and titles are not asked of trafilatura: even its short search for a date takes the first ISO day anywhere in the text, image paths and addresses.
    """
    body = _extracted(tree)
    if body is not None and _is_flat(body):
        shorter = _extracted(tree, str(SHORTEST))
        body = shorter if shorter is not None and len(shorter) else body
    if body is None:
        return ""
    return "\n\n".join(_tidy(line) for line in body[0].text.split("\n") if line.strip()) if _is_flat(body) else "\n\n".join(_blocks(body))


def _extracted(tree: Any, shortest: str = "") -> Any:
    """Return the body trafilatura finds; with `shortest`, texts of that many characters are long enough for it."""
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import use_config
    except ImportError as error:
        raise _missing() from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints become the reason why a page is skipped
    config = use_config()
    if shortest:
        config.set("DEFAULT", "MIN_EXTRACTED_SIZE", shortest)
    try:
        found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False, config=config)
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError, AssertionError) as error:
        raise SourceError("has a structure in which no main text can be found") from error
    return getattr(found, "body", None)


def _is_flat(body: Any) -> bool:
    """Whether a body is the library's last resort for short texts: everything on the page, menus too, as lines of one paragraph."""
    return len(body) == 1 and len(body[0]) == 0 and "\n" in (body[0].text or "")


def _blocks(body: Any) -> list[str]:
    """Return the blocks of an extracted body in order: white space as one space, a line break as a line end, cells of a row side by side."""
    blocks: list[list[str]] = [[]]
    stack: list[tuple[Any, bool]] = [(body, False)]
    while stack:
        element, is_left = stack.pop()
        is_block = element.tag in _BLOCKS
        if is_left:
            if is_block:
                blocks.append([])
            elif element.tag == "cell":
                blocks[-1].append("\t")
            blocks[-1].append(_one_space(element.tail))
            continue
        if is_block:
            blocks.append([])
        blocks[-1].append("\n" if element.tag == "lb" else _one_space(element.text))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    return [text for parts in blocks if (text := _tidy("".join(parts)))]


def _one_space(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _tidy(text: str) -> str:
    """Return a block without white space at line ends and without more than one blank line on end."""
    lines = (re.sub(r" *\t[ \t]*", "\t", re.sub(r" {2,}", " ", line)).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _with_headline(text: str, shown: str) -> str:
    """Return the text with the page's headline above it, where the main text begins without."""
    plain = letters(shown)
    return text if not plain or plain in letters(text[: 4 * len(shown) + 400]) else f"{shown}\n\n{text}"
