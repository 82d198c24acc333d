"""Text -> title, headings, captions, datelines and body paragraphs, as offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from statistics import quantiles

from tracker.patterns import regex
from tracker.sources.calendar_names import MONTH
from tracker.speech import Block

HEADING_CHARACTERS, HEADING_WORDS, TITLE_CHARACTERS, CAPTION_CHARACTERS = 90, 14, 220, 500
HEADING_HAN, TITLE_HAN = 36, 60
WRAPPED_SHARE, SHORT_LINE, LIST_LINES, CAPTION_WORDS = 0.35, 0.7, 4, 6

_CLOSERS = "\"'”’»)]】」』）*_"
_STOPS = frozenset(".!?…:。！？：")
_ENDS = _STOPS | frozenset(";,；，、–—-")
_OPEN_CLAUSE = regex(r"\b(?:and|or|of|the|to|a|an|in|on|at|for|with|from|by|as|that|our|their|its|since|Mr\.|Mrs\.)$", re.IGNORECASE)
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_INITIALS_END = regex(r"\b(?:[A-Z]\.){2,}$")
_HAN = regex(r"[\u3400-\u9fff]")
HEADER = regex(r"(?:date|published|title|speaker|place|outlet|kind|language|source|event)[ \t]*[:：]", re.IGNORECASE)
BELOW_TITLE = regex(r"(?:date|published|(?!.{120}|.*[^\W_]{4}[.!?…。！？]$)(?:speaker|place|outlet|kind|language))[ \t]*[:：]", re.IGNORECASE)
DATE_TITLE = regex(r"date[ \t]+\d{4}-\d{2}-\d{2}(?=\s|$)", re.IGNORECASE)
_BULLET = regex(r"[•·*◦▪‣>]\s|[-–—]{1,2}\s?\w|\(?\d{1,2}[.)]\s.*[a-z]{3,}.*[;,]$")
_DAY = rf"(?:(?i:{MONTH})\s\d{{1,2}}(?:,\s?\d{{4}})?|(?:le\s|den\s)?\d{{1,2}}(?:er|\.)?\s(?:de\s)?(?i:{MONTH})(?:\s(?:del?\s)?\d{{4}})?)"
_CREDIT = regex(
    r"(?:[\s.,;)”]/\s?[A-Z][\w.&’' -]{1,40}"
    r"|[\[(（](?:[Pp]hoto|Image|Picture|[A-Z][\w.]+\s?/\s?[A-Z])[^\])）]{0,60}[\])）]"
    r"|[Pp]hoto (?:by|courtesy of) [A-Z][^.]{1,60}|[（(]?\S{0,12}记者\s?\S{2,8}\s?摄[）)]?)[.]?$"
)
_MAY_CREDIT = regex(r"[/\[(（摄]|hoto ")
_PHOTO = regex(r"(?:File )?(?:[Pp]hoto|Caption|Image|Picture)(?: [a-z]+)?\s?[:：]|图为")
_ENDS_IN_DATE = regex(
    rf",\s(?:on\s|am\s|le\s|el\s)?(?:(?i:{MONTH})\s\d{{1,2}},\s?\d{{4}}|\d{{1,2}}(?:er|\.)?\s(?:de\s)?(?i:{MONTH}),?\s(?:del?\s)?\d{{4}})\.?$"
)
_OCCASION = regex(r"[(—–-]*(?:Delivered|Given|Held|Speech|Address|Remarks|Statement)\b")
_CITY = r"(?:[A-ZÀ-ÖØ-Þ][\w’'.-]+(?:\s(?:[A-ZÀ-ÖØ-Þ][\w’'.-]+|am|de|do|da|la|del|upon|of)){0,3})"
_CAPITALS = r"(?:[A-Z][A-Z’'.-]{2,}(?:\s[A-Z][A-Z’'.-]+){0,3}|[A-Z]{2,}(?:\s[A-Z][A-Z’'.-]+){1,3})"
_DASH = r"(?:\.?--?|\.?—|\.?–)"
_AGENCY = r"\((?:[A-Z]|dpa|apa|sda|epd|afp|efe)[^()]{0,39}\)"
_HAN_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})日"
_DATELINE = regex(
    rf"(?:{_CITY}(?:,\s{_CITY})?,\s{_DAY}\s?(?:{_AGENCY}\s?)?{_DASH}\s|{_CITY}(?:,\s{_CITY})?\s{_AGENCY}\s?{_DASH}\s"
    rf"|[（(【]?\S{{1,6}}[社网报]\S{{0,12}}?{_HAN_DAY}(?:[电讯]|消息)[）)】]?)"
)
_BARE_DATELINE = regex(rf"{_CAPITALS}(?:,\s{_CITY})?\s?(?:--|\s-|—|–)\s?(?=\S)")


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """A stretch of the text with its place in the layout.

    Args:
        start: Offset of its first character, never white space.
        end: Offset behind its last character, never white space.
        block: title, heading, caption, dateline or body.
        paragraph: Number of the body paragraph, counted from 0; -1 outside the body.
    """

    start: int
    end: int
    block: Block
    paragraph: int = -1


@dataclass(frozen=True, slots=True)
class _Line:
    """One physical line without the white space around it."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def open(self) -> bool:
        """Whether it ends without punctuation, as headings and wrapped lines do."""
        text = self.text.rstrip(_ZERO_WIDTH)
        return not _ends_in(text, _ENDS) or (text[-3:-2] == text[-1:] == "." and bool(_INITIALS_END.search(text)))


def _ends_in(text: str, marks: frozenset[str]) -> bool:
    """Whether a line ends in one of the marks, whatever quotation marks and brackets close behind it."""
    return text.rstrip(_CLOSERS)[-1:] in marks


def split_blocks(text: str) -> tuple[BlockSpan, ...]:
    r"""Return the blocks of a text in order; every character that is not white space lies in exactly one.

    Lines that run on (wrapped text) become one body span a paragraph; lines that are paragraphs themselves become one span each. A line is
    taken for a heading only where it cannot be part of a wrapped paragraph: body lost to headings is the worse error.

    Args:
        text: Any text.

    Example:
        >>> [(s.block, s.paragraph) for s in split_blocks("A New Harbour\n\nThe harbour opens in\nspring. All may come.")]
        [('title', -1), ('body', 0)]
    """
    groups = _groups(text)
    width = _width([line for group in groups if _runs_on(group, 0) for line in group])
    spans = _head(groups, width)
    for group in groups:
        spans += _wrapped(group) if _runs_on(group, width) else _lines(group, spans)
    return _numbered(text, spans)


def _groups(text: str) -> list[list[_Line]]:
    """Return the lines that have characters, grouped between blank lines."""
    groups: list[list[_Line]] = [[]]
    offset = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            groups[-1].append(_Line(offset + raw.index(line), line))
        elif groups[-1]:
            groups.append([])
        offset += len(raw) + 1
    return [group for group in groups if group]


def _head(groups: list[list[_Line]], width: float) -> list[BlockSpan]:
    """Take header lines and the title off the front of the groups and return their spans."""
    spans: list[BlockSpan] = []
    while groups and (match := HEADER.match(groups[0][0].text)):
        line = groups[0][0]
        is_title = match.group().lower().startswith("title") and match.end() < len(line.text)
        spans += _split(line, match.end(), "title") if is_title else [_span(line, "dateline")]
        _drop_first(groups)
    if not groups or any(s.block == "title" for s in spans):
        return spans
    line = groups[0][0]
    stamp = DATE_TITLE.match(line.text)
    if stamp and stamp.end() == len(line.text):
        spans.append(_span(line, "dateline"))
        _drop_first(groups)
    elif stamp:
        spans += _split(line, stamp.end(), "title" if line.open else "body")
        _drop_first(groups)
    rest_is_open = not stamp or stamp.end() == len(line.text)
    if rest_is_open and groups and _is_title(groups, width):
        spans.append(_span(groups[0][0], "title"))
        _drop_first(groups)
    while groups and spans and spans[-1].block in ("title", "dateline") and BELOW_TITLE.match(groups[0][0].text):
        spans.append(_span(groups[0][0], "dateline"))
        _drop_first(groups)
    return spans


def _drop_first(groups: list[list[_Line]]) -> None:
    del groups[0][0]
    if not groups[0]:
        del groups[0]


def _is_title(groups: list[list[_Line]], width: float) -> bool:
    """Whether the first line is a title: no end punctuation, not part of a wrapped paragraph, and text behind it."""
    line, rest = groups[0][0], groups[0][1:]
    if len(groups) == 1 and not rest:
        return False
    if re.match(r"#{1,6}\s", line.text):
        return True
    if not any(c.isalnum() for c in line.text) or _OPEN_CLAUSE.search(line.text):
        return False
    limit = TITLE_HAN if _HAN.search(line.text) else TITLE_CHARACTERS
    if not line.open or len(line.text) > limit or not _starts_like_heading(line.text) or _is_caption(line.text) or _DATELINE.match(line.text):
        return False
    return not (rest and (_continues(rest[0].text) or (_runs_on(groups[0], width) and not _stands_out(groups[0], 0))))


def _runs_on(lines: Sequence[_Line], width: float) -> bool:
    """Whether the group is wrapped text.

    Either a third of its line ends stand inside a clause, the next line going on in lower case; or other groups of the text are wrapped at
    `width` (0 when none are) and a line of this one reaches it without end punctuation, as lists of names do.
    """
    breaks = list(pairwise(lines))
    inside = sum(a.open and _continues(b.text) for a, b in breaks)
    return bool(breaks) and (inside >= max(1, WRAPPED_SHARE * len(breaks)) or any(a.open and len(a.text) >= SHORT_LINE * width > 0 for a, _ in breaks))


def _wrapped(lines: Sequence[_Line]) -> list[BlockSpan]:
    """Return the paragraphs of wrapped lines; a paragraph ends where a sentence ends on a line well short of the width."""
    width = _width(lines)
    spans: list[BlockSpan] = []
    first = 0
    for i, line in enumerate(lines):
        last = i + 1 == len(lines)
        if i == first and not last and _stands_out(lines, i):
            spans.append(_span(line, "heading"))
            first = i + 1
        elif last or (_ends_in(line.text, _STOPS) and len(line.text) <= SHORT_LINE * width and not _continues(lines[i + 1].text)):
            spans += _body(lines[first], line)
            first = i + 1
    return spans


def _width(lines: Sequence[_Line]) -> float:
    """Return the width the lines are wrapped at: the length nine in ten stay below; 0 for fewer than two lines."""
    return quantiles([len(line.text) for line in lines], n=10)[-1] if len(lines) > 1 else 0


def _stands_out(lines: Sequence[_Line], i: int) -> bool:
    """Whether line i is a heading above a wrapped paragraph: capitals throughout, and much shorter than the width though the next word would have fitted."""
    line, follower = lines[i].text, lines[i + 1].text
    words = [w for w in line.split() if len(w) > 3]
    capitals = line.isupper() or (len(words) > 1 and all(w[0].isupper() for w in words))
    return _is_heading(lines[i]) and capitals and len(line) + 1 + len(follower.split()[0]) <= SHORT_LINE * _width(lines) and not _continues(follower)


def _lines(lines: Sequence[_Line], before: Sequence[BlockSpan]) -> list[BlockSpan]:
    """Return one span for each line that is a paragraph, caption or heading itself; a line cut inside a clause is joined to the next."""
    spans: list[BlockSpan] = []
    first = 0
    for i, line in enumerate(lines):
        if i + 1 < len(lines) and line.open and _continues(lines[i + 1].text):
            continue
        whole = lines[first]
        after_title = first == 0 and bool(before) and before[-1].block == "title"
        if _is_caption(line.text) or (after_title and _is_dated_caption(line.text)):
            spans.append(BlockSpan(whole.start, line.end, "caption"))
        elif first == i and _is_heading(line):
            spans.append(_span(line, "heading"))
        else:
            spans += _body(whole, line, is_lead=not any(s.block == "body" for s in chain(before, spans)))
        first = i + 1
    return spans


def _is_caption(line: str) -> bool:
    return len(line) <= CAPTION_CHARACTERS and bool((_MAY_CREDIT.search(line) and _CREDIT.search(line)) or _PHOTO.match(line))


def _is_dated_caption(line: str) -> bool:
    """Whether a line under the title is a sentence that ends in a date; `CITY, DATE` and `Delivered ... DATE` are none."""
    match = _ENDS_IN_DATE.search(line)
    return match is not None and len(line) <= CAPTION_CHARACTERS and len(line[: match.start()].split()) >= CAPTION_WORDS and not _OCCASION.match(line)


def _is_heading(line: _Line) -> bool:
    """Whether a line can be a heading by itself: marked as one, without letters, or short without end punctuation."""
    text = line.text
    if re.match(r"#{1,6}\s", text) or not any(c.isalnum() for c in text):
        return True
    if not line.open or _OPEN_CLAUSE.search(text) or not _starts_like_heading(text) or _DATELINE.match(text) or _opens_quotation(text):
        return False
    if _HAN.search(text):
        return len(text) <= HEADING_HAN
    return len(text) <= HEADING_CHARACTERS and len(text.split()) <= HEADING_WORDS


def _continues(line: str) -> bool:
    """Whether a line begins inside a clause: in lower case or with closing punctuation."""
    return line.lstrip("\"'“‘(«")[:1].islower() or line[:1] in "，、。；：）》”’,;)]"


def _opens_quotation(line: str) -> bool:
    return line.count("“") > line.count("”") or (line.startswith('"') and line.count('"') == 1)


def _starts_like_heading(line: str) -> bool:
    return not _continues(line) and not _BULLET.match(line)


def _body(first: _Line, last: _Line, *, is_lead: bool = False) -> list[BlockSpan]:
    """Return the body span from the first to the last line, its dateline split off; a bare `CITY -` counts only before the first paragraph."""
    match = _DATELINE.match(first.text) or (_BARE_DATELINE.match(first.text) if is_lead else None)
    if match and match.group().rstrip() != first.text:
        inner = first.text[match.end() :]
        start = first.start + match.end() + len(inner) - len(inner.lstrip())
        return [BlockSpan(first.start, first.start + len(match.group().rstrip()), "dateline"), BlockSpan(start, last.end, "body")]
    return [BlockSpan(first.start, last.end, "body")]


def _span(line: _Line, block: Block) -> BlockSpan:
    return BlockSpan(line.start, line.end, block)


def _split(line: _Line, at: int, block: Block) -> list[BlockSpan]:
    """Return the line's first part as a dateline and the rest as the given block."""
    rest = line.text[at:]
    start = line.start + at + len(rest) - len(rest.lstrip())
    return [BlockSpan(line.start, line.start + at, "dateline"), BlockSpan(start, line.end, block)]


def _numbered(text: str, spans: Sequence[BlockSpan]) -> tuple[BlockSpan, ...]:
    """Number the body paragraphs; headings that head nothing (at the end, or four and more in a row: a list) are body themselves."""
    bodies = [i for i, s in enumerate(spans) if s.block == "body"]
    first, last = (bodies[0], bodies[-1]) if bodies else (len(spans), -1)
    lists: set[int] = set()
    for kind, run in groupby(range(len(spans)), key=lambda i: spans[i].block):
        members = list(run)
        if kind == "heading" and len(members) >= LIST_LINES and members[0] > first and not all(text[spans[i].start : spans[i].end].isupper() for i in members):
            lists.update(members)
    paragraph = -1
    numbered: list[BlockSpan] = []
    for i, span in enumerate(spans):
        block: Block = "body" if span.block == "heading" and (i > last or i in lists) else span.block
        paragraph += block == "body"
        numbered.append(BlockSpan(span.start, span.end, block, paragraph if block == "body" else -1))
    return tuple(numbered)
