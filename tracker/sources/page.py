"""What a web page says of itself: title, outlet, author, address, publication and event day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tracker.errors import SourceError
from tracker.sources.days import find_days, parse_day

WEB_BEGAN = date(1991, 8, 6)  # the day of the first page: an earlier day cannot be a page's publication
_PLACEHOLDERS = frozenset({date(1900, 1, 1), date(1970, 1, 1)})  # what programs write where they know no date
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "citation_publication_date", "citation_online_date",
    "dcterms.issued", "dc.date.issued", "dcterms.date.issued", "dc.date.published", "dc.date", "dcterms.date", "dc.issued", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "publication-date", "parsely-pub-date", "sailthru.date", "article.published", "firstpublishedtime",
)  # fmt: skip
_EVENT = ("event:start_time", "startdate")
_TITLES = ("og:title", "twitter:title", "dcterms.title", "dc.title", "articletitle", "headline")
_OUTLETS = ("og:site_name", "application-name", "dcterms.publisher", "dc.publisher", "sitename", "contentsource")
_AUTHORS = ("author", "article:author", "byl", "dcterms.creator", "dc.creator", "parsely-author")
_LATER = re.compile(r"(?:updat|modif|last|correct|revis|print|copyright|©|\(c\))[^\d]{0,40}$|更新|修改|打印", re.IGNORECASE)
_OUTSIDE = frozenset({"nav", "aside", "footer", "script", "style", "noscript", "template", "form", "button", "select"})
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " » ", "_", "-")
JSON_DEPTH, ZONE_ELEMENTS, LINE_CHARACTERS = 12, 200, 120


def page_fields(tree: Any, lead: str, address: str = "") -> dict[str, str]:
    """Return what the page states, by the names of FIELDS; other names are tags; only what is there.

    The day of publication comes from the head (meta elements, then JSON-LD), else from `<time>` or a date written between the headline and the first
    paragraph; nothing in menus, sidebars or footers is looked at, and no address, image path, copyright line or day of a change ever dates a page.

    Args:
        tree: The parsed page (lxml).
        lead: The first paragraph of its main text; "" when there is none.
        address: Where it was saved from, if that is known; what the page itself says goes before.
    """
    meta, objects = _meta(tree), list(_objects(tree))
    fields = {
        "title": _title(tree, meta, headline(tree)),
        "outlet": _first(meta, _OUTLETS) or _linked(objects, "publisher"),
        "author": _person(_first(meta, _AUTHORS) or _linked(objects, "author")),
        "url": _address(tree, meta) or address,
    }
    fields["outlet"] = fields["outlet"] or (urlsplit(fields["url"]).hostname or "" if fields["url"] else "")
    published = [*_values(meta, _PUBLISHED), *_published(objects)]
    fields |= _days(published or _between(tree, lead), "published")
    events = [*_values(meta, _EVENT), *(str(o["startDate"]) for o in objects if _is_event(o, fields["title"]))]
    if len({day for value in events if (day := _day(value))}) == 1:
        fields |= _days(events, "date")
    return {name: value for name, value in fields.items() if value}


def prepare(tree: Any) -> None:
    """Make ready for the search for the main text, which drops captions and the line ends of set text: captions become paragraphs, line ends `<br>`."""
    for caption in list(tree.iter("figcaption")):
        figure = next((a for a in caption.iterancestors("figure")), None)
        if figure is not None and figure.getparent() is not None and not _is_outside(figure):
            paragraph = figure.makeelement("p")
            paragraph.text, paragraph.tail, figure.tail = _text(caption), figure.tail, None
            figure.addnext(paragraph)
            caption.drop_tree()
    for block in [*tree.iter("pre", "listing", "xmp")]:
        block.tag = "div"
        for element in [block, *block.iterdescendants()]:
            if isinstance(element.tag, str):
                _break_lines(element, block)


def _break_lines(element: Any, block: Any) -> None:
    """Put a `<br>` in place of each line end in an element's own text and, but for the block itself, in what follows it."""
    first, *rest = (element.text or "").split("\n")
    element.text = first
    for line in reversed(rest):
        element.insert(0, _line_break(element, line))
    if element is not block and element.tail and "\n" in element.tail:
        first, *rest = element.tail.split("\n")
        element.tail = first
        for line in reversed(rest):
            follower = _line_break(element, line)
            kept, element.tail = element.tail, None
            element.addnext(follower)
            element.tail = kept


def _line_break(element: Any, behind: str) -> Any:
    line_break = element.makeelement("br")
    line_break.tail = behind
    return line_break


def own_letters(tree: Any) -> int:
    """Return how many letters and digits of the page stand outside links, menus, sidebars and footers."""
    count = 0
    stack = [tree]
    while stack:
        element = stack.pop()
        if isinstance(element.tag, str) and element.tag not in _OUTSIDE and element.tag not in ("a", "head"):
            count += len(letters(element.text or ""))
            stack.extend(element)
        count += len(letters(element.tail or ""))
    return count


def _is_outside(element: Any) -> bool:
    return any(a.tag in _OUTSIDE for a in (element, *element.iterancestors()))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def headline(tree: Any) -> str:
    """Return the text of the only `<h1>` outside menus, or of the one that `<title>` holds; "" when there is no such one."""
    found = [text for e in tree.iter("h1") if not _is_outside(e) and (text := _text(e))]
    distinct = list(dict.fromkeys(found))
    if len(distinct) == 1:
        return distinct[0]
    told = " ".join(_text(e) for e in tree.iter("title")).casefold()
    held = [text for text in distinct if text.casefold() in told]
    return max(held, key=len, default="")


def _title(tree: Any, meta: Mapping[str, list[str]], heading: str) -> str:
    """Return the headline where the head's title agrees with it, else the head's title without the name of the site."""
    stated = _first(meta, _TITLES) or next((t for e in tree.iter("title") if (t := _text(e))), "")
    plain, shown = letters(stated), letters(heading)
    if shown and (not plain or shown in plain or plain in shown):
        return heading
    site = letters(_first(meta, _OUTLETS))
    cut = (stated.rpartition(mark) for mark in _SEPARATORS)
    return next((before.strip() for before, _, behind in cut if site and letters(behind) == site and before.strip()), stated or heading)


def letters(text: str) -> str:
    """Return the letters and digits of a text, case aside: what two ways of writing a headline have in common."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _meta(tree: Any) -> dict[str, list[str]]:
    """Return the contents of the meta elements, and of `itemprop` ones with a date, by name in lower case, in order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        value = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and value:
                found.setdefault(name, []).append(value)
    for element in tree.iter("time"):
        if (element.get("itemprop") or "").lower() in ("datepublished", "startdate") and element.get("datetime"):
            found.setdefault(element.get("itemprop").lower(), []).append(element.get("datetime").strip())
        elif element.get("pubdate") is not None and element.get("datetime"):
            found.setdefault("pubdate", []).append(element.get("datetime").strip())
    return found


def _values(meta: Mapping[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [value for name in names for value in meta.get(name, ())]


def _first(meta: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next(iter(_values(meta, names)), "")


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects of the page, those in lists and graphs too; what is no JSON is passed over."""
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                value = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _flat(value, JSON_DEPTH)


def _flat(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth:
        for inner in value:
            yield from _flat(inner, depth - 1)
    elif isinstance(value, dict) and depth:
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _flat(value.get(name), depth - 1)


def _types(thing: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = thing.get("@type")
    return tuple(str(k) for k in kinds) if isinstance(kinds, list) else (str(kinds or ""),)


def _published(objects: list[dict[str, Any]]) -> list[str]:
    return [str(o["datePublished"]) for o in objects if isinstance(o.get("datePublished"), str)]


def _is_event(thing: Mapping[str, Any], title: str) -> bool:
    """Whether an object is the event that the page is about: its name and the title hold one another."""
    name, told = letters(str(thing.get("name") or "")), letters(title)
    is_one = isinstance(thing.get("startDate"), str) and any(t.endswith("Event") for t in _types(thing))
    return is_one and bool(name and told) and (name in told or told in name)


def _linked(objects: list[dict[str, Any]], role: str) -> str:
    """Return the name of the first publisher or author among the objects that have a publication day."""
    for thing in objects:
        if not isinstance(thing.get("datePublished"), str):
            continue
        inner = thing.get(role)
        many = inner if isinstance(inner, list) else [inner]
        for one in many:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str) and name.strip():
                return " ".join(name.split())
    return ""


def _person(author: str) -> str:
    """Return the author, unless it is an address."""
    return "" if re.match(r"https?://|@", author) else author


def _address(tree: Any, meta: Mapping[str, list[str]]) -> str:
    """Return the page's own address, if it states a whole one."""
    links = [e.get("href") or "" for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for value in (*links, *meta.get("og:url", ())):
        try:
            parts = urlsplit(value.strip())
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            return str(value.strip())
    return ""


def _day(value: str) -> date | None:
    """Return the whole day a value states; None for anything else and for what programs write where they know no date."""
    try:
        day, precision = parse_day(value)
    except SourceError:
        return None
    return day if precision == "day" and day not in _PLACEHOLDERS else None


def _days(values: list[str], role: str) -> dict[str, str]:
    """Return the first value that is a day under its role; a day before there were pages dates the event; other days are kept as a tag."""
    whole = [(value, day) for value in values if (day := _day(value))]
    if not whole:
        return {}
    value, day = whole[0]
    others = sorted({str(d) for _, d in whole if d != day})
    fields = {"date" if day < WEB_BEGAN else role: value}
    return {**fields, f"other_{role}": ", ".join(others)} if others else fields


def _between(tree: Any, lead: str) -> list[str]:
    """Return the one day that `<time>` elements or short lines between the headline and the first paragraph state; nothing when they state two."""
    found: dict[date, str] = {}
    start = letters(lead)[:60]
    inside = False
    seen = 0
    for element in tree.iter():
        if not isinstance(element.tag, str) or _is_outside(element):
            continue
        if element.tag == "h1":
            inside, seen = True, 0
            continue
        if not inside:
            continue
        seen += 1
        own = " ".join((element.text or "").split())
        if seen > ZONE_ELEMENTS or (start and element.tag in ("p", "div", "td") and letters(_text(element)).startswith(start)):
            break
        stamp = element.get("datetime") if element.tag == "time" else None
        behind = " ".join((element.tail or "").split())
        for value in (*([stamp] if stamp else []), *_written(own), *_written(behind)):
            day = _day(value)
            if day is not None and not _LATER.search(_before(element)):
                found.setdefault(day, value)
    return list(found.values()) if len(found) == 1 else []


def _written(line: str) -> Iterator[str]:
    """Yield the days with a year in a short line, unless the words before them speak of a change."""
    if 0 < len(line) <= LINE_CHARACTERS:
        for day in find_days(line):
            if day.year and not _LATER.search(line[: day.start]):
                yield day.quote


def _before(element: Any) -> str:
    """Return the words directly before an element."""
    previous = element.getprevious()
    parent = element.getparent()
    words = (previous.tail or "") if previous is not None else ((parent.text or "") if parent is not None else "")
    return " ".join(words.split())
