"""Title, speaker and place that a text itself suggests, and what the speaker is called in it; suggestions are never statements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import ceil

from tracker.patterns import regex
from tracker.sources.blocks import BELOW_TITLE, DATE_TITLE, HEADER, BlockSpan

OFFICE_TITLES: tuple[str, ...] = (
    "Acting President", "Vice President", "President-elect", "President", "Deputy Prime Minister", "Vice Prime Minister", "Prime Minister", "First Minister",
    "Chief Minister", "Foreign Minister", "Finance Minister", "Defence Minister", "Defense Minister", "Interior Minister", "Vice Premier", "Premier",
    "Federal Chancellor", "Vice Chancellor", "Chancellor", "Minister", "Deputy Minister", "Vice Minister", "Minister-President",
    "Governor-General", "Governor General", "Governor", "Secretary-General", "Secretary General", "General Secretary", "Party Secretary",
    "Secretary of State", "Secretary", "Director-General", "High Commissioner", "High Representative", "Commissioner", "State Councilor", "State Councillor",
    "King", "Queen", "Crown Prince", "Prince", "Princess", "Emperor", "Empress", "Sultan", "Emir", "Sheikh", "Pope", "Taoiseach",
    "Chairman", "Chairwoman", "Chairperson", "Chair", "Speaker", "Mayor", "Senator", "Congressman", "Congresswoman", "Ambassador", "Archbishop",
)  # fmt: skip
OFFICE = "|".join(re.escape(t).replace(r"\ ", r"\s") for t in sorted(OFFICE_TITLES, key=len, reverse=True))
_OFFICE_WORDS = frozenset(part for title in OFFICE_TITLES for part in re.split(r"[\s-]", title))
_COMPASS = r"(?:(?:North|South|East|West|New|Saudi|Sri|Costa|Central|Papua)\s)?"
_ADJECTIVE = (
    rf"(?:{_COMPASS}[A-Z][a-z]+(?:ese|ish|ian|ean|[a-z]an|[a-z]ic|[a-z]i|[a-z]lander)|French|Dutch|Greek|Czech|Thai|Swiss|Welsh|Icelandic|Iraqi|"
    r"Filipino|Philippine|Argentine|Kosovar|Slovak|Croat|Kazakh|Kyrgyz|Uzbek|Tajik|Turkmen|Lao|Malagasy|New\sZealand|U\.S\.|US|UK|EU|UN)"
)
_NOT_NATIONS = frozenset({"Republican", "Democratic", "Christian", "Catholic", "Anglican", "Roman", "Public", "Then", "Veteran", "Civilian", "Woman"})
_LEAD = rf"(?:(?P<nation>{_ADJECTIVE})\s)?(?:[Tt]hen-)?(?P<title>{OFFICE})(?:\sand\s(?P<second>{OFFICE}))?\s"
_SMALL = frozenset(
    {"de", "da", "do", "dos", "del", "della", "di", "la", "le", "van", "von", "der", "den", "bin", "bint", "ibn", "al", "el", "of", "the", "and"}
)


_NAME = r"(?P<name>[A-Z][\w’'-]+(?:\s(?:(?:de|da|do|dos|del|della|di|la|van|von|der|den|bin|bint|ibn|al|el)\s)*(?:[A-Z]\.|[A-Z][\w’'-]+)){1,4})"
_VERBS = (
    r"(?:said|says|called|urged|stressed|emphasi[sz]ed|noted|added|told|stated|asked|pledged|announced|warned|declared|highlighted|underlined|underscored|"
    r"expressed|hosted|chaired|presided|visited|visits|met|addressed|delivered|spoke|inspected|attended|praised|pointed|promised|insisted|explained|argued)"
)
_NAMED = regex(rf"\b{_LEAD}{_NAME}")
_REPORTED = regex(rf"\b(?:(?:Mr|Mrs|Ms|Dr|Sir)\.?\s)?{_NAME}\s(?:(?:also|has|had|then|further|again|on\s\w+day)\s)?{_VERBS}\b")
_TITLED = rf"{_NAME.replace('name', 'first')},?\s(?:the\s)?(?:{OFFICE})\b"
_BYLINE = regex(
    rf"(?:^(?:Remarks|Speech|Statement|Address|Keynote|Lecture|Message|Opening|Closing|Introductory)\b.{{0,60}}?\bby\s(?:the\s)?(?:{_LEAD})?{_NAME}|^{_TITLED})"
)
_ORGANISATION_WORDS = """
Republic United States Kingdom Nations Party Committee Council Ministry Union Court Government Parliament Congress House Office Province City National
Central Bank University State Federal Assembly General Association Agency Department Commission Board Group Company Corporation Fund Street League Market
North South East West Northern Southern Eastern Western Northeast Northwest Southeast Southwest European African Asian American World International
"""
_CALENDAR_AND_OPENING_WORDS = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December
The A An In On At For And But This That These Those It He She They We Our His Her Their As With From To By Of During After Before While When Both
"""
_ORGANISATIONS, _BREAKS = frozenset(_ORGANISATION_WORDS.split()), frozenset(_CALENDAR_AND_OPENING_WORDS.split())
_NOT_NAMES = _ORGANISATIONS | _BREAKS
_CITY = r"(?P<city>[A-Z][\w’'-]*[a-z](?:[\s-](?:(?:am|de|do|da|la|del|upon|of)\s)?[A-Z][\w’'-]*[a-z]){0,2})"
_REGION = (
    r"(?:(?:in\s|the\s)?(?:north|south|east|west|central)[\w-]*\s|"
    r"(?:[A-Z][\w’'-]+\s){1,3}(?:Province|State|County|Region|Prefecture|District|Oblast|Territory)\b)"
)
_OCCASION = (
    r"\b(?:visit(?:s|ed|ing)?|trip|tour(?:s|ed)?|inspection|inspected|arrived|symposium|meeting|summit|conference|forum|ceremony|speech|address|talks|"
    r"speaking|spoke|held|hosted|congress|seminar|rally|gathering|workshop|convention)\b"
)
_PLACES = (
    regex(rf"\b(?:in|at|to|near)\s(?:the\s\w+\sof\s)?{_CITY},\s{_REGION}"),
    regex(rf"\bthe\s(?:port\s|capital\s|coastal\s)?(?:city|town|village|capital)\sof\s{_CITY}"),
    regex(rf"{_OCCASION}[^.“”]{{0,60}}?\b(?:in|to)\s(?:the\s\w+\sof\s)?{_CITY}"),
)
_FIRST_PERSON = regex(
    r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|us|[Oo]ur|[Oo]urs|[Mm]yself|[Oo]urselves|[Ii]ch|[Ww]ir|[Uu]ns|[Uu]nser(?:e[mnrs]?)?|[Mm]eine?[mnrs]?|[Jj]e|[Nn]ous|[Nn]otre|[Nn]os"
    r"|[Yy]o|[Nn]osotr[oa]s|[Nn]uestr[oa]s?|[Hh]emos|[Dd]ebemos|[Tt]enemos|[Qq]ueremos)\b|\b[Jj][’']|我|各位"
)
_QUOTED = regex(r"„[^“”]*[“”]|«[^»]*»|“[^”]*(?:”|$)|\"[^\"]*\"|「[^」]*」")
FIRST_PERSON_PER_1000 = 2.0


@dataclass(frozen=True, slots=True)
class SpeakerMentions:
    """What a text calls its speaker.

    Args:
        titles: Titles of office before or behind the name, most frequent first, spelled as in OFFICE_TITLES.
        nationalities: Adjectives of nationality before a title, most frequent first.
    """

    titles: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()


def mentions(text: str, speaker: str) -> SpeakerMentions:
    """Return the titles and nationalities that stand beside the speaker's name, or one word of it, in the text.

    Args:
        text: Any text; languages without capitals give nothing.
        speaker: The full name; "" gives nothing.

    Example:
        >>> mentions("Norlundian Premier Alva Brandt spoke. President Brandt said so.", "Alva Brandt")
        SpeakerMentions(titles=('Premier', 'President'), nationalities=('Norlundian',))
    """
    before, behind = _name_patterns(speaker)
    if before is None or behind is None:
        return SpeakerMentions()
    titles: Counter[str] = Counter()
    nations: Counter[str] = Counter()
    for match in (*before.finditer(text), *behind.finditer(text)):
        found = match.groupdict()
        for title in (found["title"], found.get("second")):
            if title:
                titles[_spelled(title)] += 1
        nation = found["nation"]
        if nation and nation not in _NOT_NATIONS:
            nations[" ".join(nation.split())] += 1
    return SpeakerMentions(tuple(t for t, _ in titles.most_common()), tuple(n for n, _ in nations.most_common()))


@lru_cache(maxsize=1024)  # asked about every text that is no transcript, so that more names stay than `patterns.NAMES_HELD`; these are the smaller patterns
def _name_patterns(speaker: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Compile `[Nation] Title NAME` and `NAME, [the] [Nation] title`; None when the name has no capitalised word."""
    words = [w for w in speaker.split() if w[:1].isupper() and w.casefold() not in _SMALL and w not in _OFFICE_WORDS and len(w.strip(".")) > 1]
    if not words:
        return None, None
    names = "|".join([r"\s".join(map(re.escape, speaker.split())), *map(re.escape, words)])
    before = re.compile(rf"\b{_LEAD}(?:{names})\b")
    behind = re.compile(rf"\b(?:{names}),\s(?:the\s|who\sis\s)?(?:(?P<nation>{_ADJECTIVE})\s)?(?P<title>(?i:{OFFICE}))\b(?!\s[A-Z])")
    return before, behind


def _spelled(title: str) -> str:
    """Return the title as OFFICE_TITLES spells it."""
    plain = " ".join(title.split())
    return next((t for t in OFFICE_TITLES if t.casefold() == plain.casefold()), plain)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the text itself suggests where nobody stated it; "" where it suggests nothing.

    Args:
        title: The title block without marks.
        speaker: The full name of the person the report is about.
        place: The city (or country) of the event.
        nationality: The speaker's adjective of nationality.
        evidence: One clause for each suggestion, with the words quoted.
    """

    title: str = ""
    speaker: str = ""
    place: str = ""
    nationality: str = ""
    evidence: tuple[str, ...] = ()


def suggest(text: str, blocks: Sequence[BlockSpan]) -> Suggestions:
    r"""Return title, speaker, place and nationality as far as the text gives them away; nothing rather than a guess.

    A text in the first person names other people and other places, so only its title and byline are read.

    Args:
        text: The text as it was read.
        blocks: Its blocks.

    Example:
        >>> from tracker.sources.blocks import split_blocks
        >>> report = "Quay opens\n\nPremier Alva Brandt opened a quay in Tarnvik, southern Norlund.\n\nIt is new."
        >>> found = suggest(report, split_blocks(report))
        >>> found.title, found.speaker, found.place
        ('Quay opens', 'Alva Brandt', 'Tarnvik')
    """
    title = next((_plain(text[b.start : b.end]) for b in blocks if b.block == "title"), "")
    third_person = not is_first_person(text)
    speaker, said = _speaker(text, blocks) if third_person else ("", "")
    if not speaker:
        speaker, said = _byline(text, blocks)
    place, where = _place(text, blocks) if third_person else ("", "")
    nations = mentions(text, speaker).nationalities
    found = (("title", title, title), ("speaker", speaker, said), ("place", place, where))
    evidence = tuple(f"{name}: “{quote}”" for name, value, quote in found if value)
    return Suggestions(title, speaker, place, nations[0] if nations else "", evidence)


@lru_cache(maxsize=1)  # asked twice of every text: for its names and for its dates
def is_first_person(text: str) -> bool:
    """Whether somebody speaks for himself outside quotation marks: two words of the first person in a thousand."""
    own = _QUOTED.sub(" ", text)
    words = len(own.split()) + (0 if own.isascii() else len(re.findall(r"[\u3400-\u9fff]", own)) / 2)
    needed = ceil(FIRST_PERSON_PER_1000 * max(words, 1) / 1000)
    return next(islice(_FIRST_PERSON.finditer(own), needed - 1, None), None) is not None


def header_fields(text: str) -> dict[str, tuple[str, int]]:
    r"""Return the `Name: value` lines and the `date 2024-05-06 TITLE` stamp at the top of a text, each with the offset of its value.

    Example:
        >>> header_fields("Date: 2024-05-06\nSpeaker: Alva Brandt\n\nWe begin.")
        {'date': ('2024-05-06', 6), 'speaker': ('Alva Brandt', 26)}
    """
    fields: dict[str, tuple[str, int]] = {}
    offset, wanted = 0, HEADER
    for raw in text.split("\n"):
        line = raw.strip()
        start = offset + len(raw) - len(raw.lstrip())
        if stamp := DATE_TITLE.match(line):
            value = stamp.group().split()[-1]
            return {**fields, "date": (value, start + stamp.end() - len(value))}
        header = wanted.match(line)
        if line and not header:
            if wanted is BELOW_TITLE:
                break
            wanted = BELOW_TITLE  # one line, the title, may stand above; “Speaker: Order, order.” is speech
        if header and (value := line[header.end() :].strip()):
            fields.setdefault(header.group()[:-1].strip().lower(), (value, start + line.index(value, header.end())))
        offset += len(raw) + 1
    return fields


def _plain(title: str) -> str:
    """Return a title without Markdown marks and with single spaces."""
    return " ".join(title.strip("#*_ \t\u200b").split())


def _speaker(text: str, blocks: Sequence[BlockSpan]) -> tuple[str, str]:
    """Return the name that is most often given a title or a reporting verb, if it stands near the top; with the words that name it."""
    prose = [b for b in blocks if b.block in ("caption", "body")]
    top = {i for i, _ in enumerate(prose[:4])}
    headline = " ".join(text[b.start : b.end] for b in blocks if b.block == "title")
    names: dict[str, tuple[int, str]] = {}
    for i, block in enumerate(prose):
        part = text[block.start : block.end]
        for match in sorted((*_NAMED.finditer(part), *_REPORTED.finditer(part)), key=lambda m: m.start()):
            name = _person(match["name"])
            if name and (i in top or name in names):
                count, quote = names.get(name, (0, match.group()))
                names[name] = (count + 1, quote)
    if not names:
        return "", ""
    scores = {name: count + _echoes(text, name) + 2 * any(w in headline.split() for w in name.split()) for name, (count, _) in names.items()}
    best = max(scores, key=lambda name: scores[name])
    return best, " ".join(names[best][1].split())


def _echoes(text: str, name: str) -> int:
    """Count a single word of the name behind a title or before a reporting verb."""
    words = "|".join(re.escape(w) for w in name.split() if len(w) > 1)
    return len(re.findall(rf"\b(?:(?:{OFFICE})\s(?:{words})\b|(?:{words})\s{_VERBS}\b)", text))


def _person(name: str) -> str:
    """Return the name without what stands in front, cut before the first word that is no name; "" for organisations and single words."""
    words: list[str] = []
    for word in name.split():
        if word in _ORGANISATIONS:
            return ""
        if word in _OFFICE_WORDS:
            words = []
        elif word not in _BREAKS and not word.endswith(("’s", "'s")):
            words.append(word)
        elif words:
            break
    return " ".join(words) if len(words) > 1 else ""


def _byline(text: str, blocks: Sequence[BlockSpan]) -> tuple[str, str]:
    """Return the name in a `Remarks by NAME` title or a `NAME, Title of ...` line at the top."""
    for block in blocks[:4]:
        line = text[block.start : block.end]
        match = _BYLINE.search(line) if block.block in ("title", "heading") else None
        name = _person(match["name"] or match["first"]) if match else ""
        if name and match:
            return name, match.group().strip()
    return "", ""


def _place(text: str, blocks: Sequence[BlockSpan]) -> tuple[str, str]:
    """Return the city of the strongest phrase in captions and the first two paragraphs, else of the dateline; with the words."""
    top = [text[b.start : b.end] for b in blocks if b.block == "caption" or 0 <= b.paragraph <= 1]
    for pattern in _PLACES:
        for part in top:
            for match in pattern.finditer(part):
                if not set(re.split(r"[\s-]", match["city"])) & _NOT_NAMES and not match["city"].endswith(("’s", "'s")):
                    return match["city"], " ".join(match.group().split())
    for block in blocks:
        line = text[block.start : block.end]
        city = re.match(r"[A-Z][\w’'. -]+?(?=,| ?\(| ?-| ?—| ?–)", line) if block.block == "dateline" and not HEADER.match(line) else None
        if city:
            words = city.group().split()
            return " ".join(w.lower() if w in ("AM", "DE", "OF", "UPON", "LA") else w.title() if w.isupper() else w for w in words), line
    return "", ""
