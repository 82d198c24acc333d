"""A report's page taken apart: every stretch of text with where it stands, so that every number can be asked where it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "path", "use", "rect"}
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "summary", "figcaption", "caption", "title", "desc", "dt", "dd", "pre", "text", "th", "td", "div", "nav"}
SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-filter", "aria-description")
UNBROKEN = {0xA0: " ", 0x2011: "-", 0x2060: ""}  # what keeps a number on one line
NUMBER = re.compile(r"(?<!\w)(?<!\w\.)(?:[−+]|(?<=[\s(])-)?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?![\d])")


@dataclass(eq=False)
class Node:
    """An element: children are elements and texts."""

    tag: str
    attrs: dict
    parent: Node | None = None
    children: list = field(default_factory=list)

    def above(self, test):
        """The nearest element, itself or around it, for which the test holds."""
        node = self
        while node is not None and not test(node):
            node = node.parent
        return node

    def walk(self):
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def text(self):
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def has(self, name):
        return name in self.attrs.get("class", "").split()


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.at = Node("", {})

    def handle_starttag(self, tag, attrs):
        node = Node(tag, dict(attrs), self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Node(tag, dict(attrs), self.at))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.at.tag == tag
            self.at = self.at.parent

    def handle_data(self, text):
        self.at.children.append(text)


@dataclass(eq=False)
class Piece:
    """A stretch of text that a reader, or a screen reader, meets.

    Args:
        kind: `quote`, `sentence` (of a speech), `cell`, `drawn` (in a chart), `spoken` (an attribute) or `prose`.
        section: Id of the section it stands in; "masthead" above them.
        chart: Name of the chart it belongs to; "" outside charts.
        theme: Id of the theme whose details it stands in; "" outside.
    """

    kind: str
    node: Node
    text: str
    section: str
    chart: str
    theme: str


def parsed(page):
    """The tree of a page."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root


def pieces(root):
    """Every piece of text of a page, in order; style and script have none."""
    found = []
    for node in root.walk():
        if node.tag in ("style", "script"):
            continue
        found += [_piece("spoken", node, node.attrs[name]) for name in SPOKEN if node.attrs.get(name)]
        if node is root or _is_block(node):
            text, kind = "".join(_own(node)), _kind(node)
            text = text.translate(UNBROKEN) if kind == "prose" else text
            found += [_piece(kind, node, text)] if text.strip() else []
    return found


def _own(block):
    """The texts of a block in order, without those of blocks inside it."""
    for child in block.children:
        if isinstance(child, str):
            yield child
        elif not _is_block(child) and child.tag not in ("style", "script"):
            yield from _own(child)


def _is_block(node):
    return node.tag in BLOCKS


def _kind(node):
    if node.above(lambda n: n.tag == "blockquote"):
        return "quote"
    if node.above(lambda n: n.tag == "div" and n.has("text")):
        return "sentence"
    return {"td": "cell", "th": "cell", "text": "drawn"}.get(node.tag, "prose")


def _piece(kind, node, text):
    section = node.above(lambda n: n.tag == "section" and n.has("band"))
    chart = node.above(lambda n: n.attrs.get("id", "").startswith("chart-"))
    theme = node.above(lambda n: n.tag == "details" and n.attrs.get("id", "").startswith(("theme-", "series-")))
    return Piece(
        kind,
        node,
        text,
        section.attrs["id"] if section else "masthead",
        chart.attrs["id"].removeprefix("chart-") if chart else "",
        theme.attrs["id"].partition("-")[2] if theme else "",
    )


def numbers(text):
    """Every number in a text: (place, its letters); `.05`, `1,234.5`, `−3` and `2022` are numbers, `W12` and `3fa9c1` hold none."""
    for found in NUMBER.finditer(text):
        if any(c.isdigit() for c in found[0]) and not (found.end() < len(text) and text[found.end()].isascii() and text[found.end()].isalpha()):
            yield found.start(), found[0]
