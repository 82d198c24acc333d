"""Which office the one leader of a text holds when no title stands beside the name, and by what other words that office is called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tracker.patterns import regex
from tracker.sources.metadata import OFFICE_TITLES
from tracker.voice.cues import FINITE
from tracker.voice.pronouns import spaced

_FURTHER = (
    "Head of State", "Head of Government", "Head of the Government", "Head of the Executive", "Chief Executive", "Prime Minister-designate", "Deputy President",
    "Minister of Foreign Affairs", "Minister for Foreign Affairs", "Opposition Leader", "Leader of the Opposition", "Party Leader", "First Secretary",
    "Attorney General", "Lord Mayor", "Grand Duke", "Grand Duchess", "Regent", "Sheikha", "Patriarch", "Bishop", "Commander-in-Chief", "Managing Director",
    "First Deputy Prime Minister", "Special Envoy", "Director General", "Executive Director", "Vice-President", "Chief of Staff", "Head of Delegation",
    "CEO", "CFO", "Chief Executive Officer", "Chief Financial Officer", "Chief Scientist", "Chief Justice", "Chief Commissioner", "Council Leader",
    "Leader of the Council",
    "Central Bank Governor", "Central Bank Chief", "Administrator", "Superintendent", "Deputy Premier", "Rector", "Provost",
    "Co-leader", "Chieftain", "Regional President",
)  # fmt: skip
OFFICES = (*OFFICE_TITLES, *_FURTHER)
OFFICE = "|".join(spaced(title) for title in sorted(OFFICES, key=lambda t: (-len(t), t)))
# One office under several names; the first are the plain ones.
_SAME = (
    ({"President", "Acting President"}, ("Head of State", "Head of the Executive", "Chief Executive")),
    ({"King", "Queen", "Emperor", "Empress", "Emir", "Sultan", "Grand Duke", "Grand Duchess"}, ("Head of State", "Monarch", "Sovereign")),
    (
        {"Prime Minister", "Premier", "Chancellor", "First Minister", "Federal Chancellor"},
        ("Head of Government", "Head of the Government", "Head of the Executive"),
    ),
    ({"Cardinal", "Archbishop", "Bishop", "Patriarch"}, ("Archbishop", "Cardinal", "Bishop", "Prelate")),
    ({"Head of State"}, ("President",)),
    ({"Head of Government"}, ("Prime Minister", "Premier")),
    ({"CEO", "Chief Executive", "Chief Executive Officer"}, ("CEO", "Chief Executive", "Chief Executive Officer", "Boss", "Executive")),
    ({"Council Leader", "Leader of the Council"}, ("Council Leader", "Leader of the Council")),
    ({"Governor"}, ("Central Bank Governor", "Central Bank Chief", "Bank Chief")),
    (
        {"Foreign Minister", "Minister of Foreign Affairs", "Minister for Foreign Affairs"},
        ("Foreign Minister", "Minister of Foreign Affairs", "Top Diplomat", "Chief Diplomat"),
    ),
)  # fmt: skip
_CHIEF = r"(?:(?:[a-z]+\s){1,2}(?:minister|secretary|governor|chief)|party\sleader|opposition\sleader)"
CAPITALISED = r"[A-Z](?:[\w-]|['’](?!s\b))*"  # "Vava'ulu", without the possessive
_WORD = rf"(?!The\b){CAPITALISED}(?:\s{CAPITALISED}){{0,2}}"
_NOT_HELD = r"(?:[Ff]ormer|[Dd]eputy|[Vv]ice|[Ll]ate|[Nn]ext|[Nn]ew|[Ee]x|[Tt]hen|[Aa]nother|[Oo]ther|[Pp]revious)[\s-]$"
_MENTION = regex(
    rf"(?:\b(?P<owner>{_WORD})(?:['’]s|(?<=s)['’])\s(?:[a-z-]+\s)??|\b[Tt]he\s(?:(?P<before>{_WORD})\s|[a-z-]+\s(?!of\b))??)"
    rf"(?P<title>(?i:{OFFICE}|PM)\b|{_CHIEF}\b)(?P<of>\sof\s(?:the\s)?(?P<place>{_WORD}))?(?!\s(?:of|for)\b|['’-])"
)
_HELD = regex(rf"\b(?P<title>{OFFICE}|PM)(?:\s(?:of|for)\s(?:the\s)?{_WORD})?,?\s(?:(?:Mr|Ms|Mrs|Mme|Dr)\.?\s)?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)")
_HELD_BEHIND = regex(rf"\b[A-Z][\w’'-]+,\s(?:the\s|who\sis\s)?(?:[\w’'-]+\s){{0,3}}?(?P<title>(?i:{OFFICE}))\b(?=[,.;)]|\s(?:of|for|in|and|who)\b)")
_SPEAKS = regex(rf"(?:,\s[^,.;:\n“\"]{{1,80}},|,)?\s(?!and\b|or\b)(?:(?!and\b|or\b|who\b|that\b)[a-z]+\s){{0,3}}?(?:{FINITE}|be\sheard\s[a-z]+ing)")
_OBJECT = regex(r"\b(?:to|of|with|by|at|on|for|from|about|against|told|asked|urged)\s$")
_SAID = regex(r"(?:[,?!]|[”\"’])\s(?:said|says|added|adds|declared|stated|noted|warned|explained|told)\s$")
_OPENING = 600  # characters: headline and first sentence
_HIGHEST = frozenset({"President", "Prime Minister", "Premier", "Chancellor", "King", "Queen", "Emir", "Sultan", "First Minister", "Chief Minister"})
_LEAD = 3  # what an office in the opening weighs beside one mention


# What an office is called that no list holds: "Finance Adviser Tor Halle", "Tor Halle, Regional Director of the Bureau".
_HEAD = (
    r"(?:Advis[eo]r|Director|Officer|Commissioner|Secretary|Minister|Cardinal|(?:Arch)?[Bb]ishop|Abbot|Executive|Co-?ordinator|Ombuds(?:man|woman|person)|Comptroller|Auditor"
    r"|Rapporteur|Envoy|Ambassador|Admiral|Sheriff|Chief|Imam|Rabbi|Moderator|Primate|Principal|Dean|Rector|Chair(?:man|woman|person)?|Governor|Mayor|Senator|Manager"
    r"|Treasurer|Warden|Convener|Captain|Marshal|Superintendent|Inspector|Controller|Counsel|Prosecutor|Judge|Justice|Professor|Founder|Speaker)"
)
# What an office is for: "Cabinet Secretary for Health and Sport, Dr. NAME".
_CHARGE = rf"(?:\s(?:of|for)(?:\s(?:the|and|of|for|&|{CAPITALISED},?)){{1,9}}?)?,?\s"
_HONOUR = r"Amb|Capt|Col|Dr|Eng|Engr|Gen|H\.E|Hon|Mr|Mrs|Ms|Prof|Rev|Rt|Sen|Sir|Dame"


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a text gives to nobody by name.

    Args:
        title: The office as OFFICES spells it.
        places: What it is of.
    """

    title: str
    places: tuple[str, ...] = ()


def plain(title: str) -> str:
    """Return an office as OFFICES spells it; PM is the Prime Minister.

    Example:
        >>> plain("prime  minister"), plain("PM")
        ('Prime Minister', 'Prime Minister')
    """
    words = " ".join(title.split())
    if words.casefold() == "pm":
        return "Prime Minister"
    return next((t for t in OFFICES if t.casefold() == words.casefold()), words)


def described_offices(text: str, name: str) -> tuple[str, ...]:
    """Return offices that stand beside a full name and end in a word for an office, and that word alone when the text gives it to nobody else.

    Example:
        >>> described_offices("Ports Adviser Tor Halle spoke. The adviser left.", "Tor Halle")
        ('Ports Adviser', 'Adviser')
    """
    found: dict[str, None] = {}
    whole = spaced(name)
    phrase = rf"(?<!Former\s)(?P<title>(?:(?!The\b|Former\b|Ex\b|Late\b|Then\b|Next\b|Previous\b)[A-Z][\w-]+\s){{0,3}}{_HEAD}(?:-General|\sGeneral)?)"
    for pattern in (rf"\b{phrase}{_CHARGE}(?:(?:{_HONOUR})\.?\s){{0,3}}{whole}\b", rf"\b{whole},\s(?:the\s)?{phrase}\b(?!\s[A-Z])"):
        for match in re.finditer(pattern, text):
            title = " ".join(match["title"].split())
            head = title.split()[-1]
            if title in OFFICES:
                continue
            found[title] = None
            rest = text[: match.start()] + text[match.end() :]
            if not re.search(rf"\b{head}\s(?!(?:[\w.-]+\s)?{whole})(?:Dr\.?\s)?[A-Z]|\b(?i:{head})\s(?:of|for)\b", rest):
                found[head] = None
    return tuple(found)


def same_office(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the other names of the offices, the titles themselves left out.

    Example:
        >>> same_office(("President",))
        ('Head of State', 'Head of the Executive', 'Chief Executive')
    """
    further = [name for held, names in _SAME if held & set(titles) for name in names]
    return tuple(dict.fromkeys(name for name in further if name not in titles))


def unnamed_office(text: str, names: tuple[str, ...], least: int = 1) -> Office | None:
    """Return the office that speaks in a text while nobody is named as holding it: in a report on one leader it is the leader's.

    Every mention of an office counts, one in the opening thrice; it must be said to speak, and no other office may come near it.

    Args:
        text: The text.
        names: The speaker's names, which may stand beside the office.
        least: How often it must be said to speak.

    Example:
        >>> unnamed_office("Norlund's president left. Ships wait, the president said.", ("Alva Brandt",))
        Office(title='President', places=('Norlund',))
        >>> unnamed_office("The president said so. President Tor Halle left.", ("Alva Brandt",))
    """
    mentions = [(match, _is_said_to_speak(text, match)) for match in _MENTION.finditer(text)]
    if least > 1 and sum(speaks for _, speaks in mentions) < least:
        return None  # far the most texts, before the holders of offices are looked for
    own = {word for name in names for word in name.split()}
    held = {plain(m["title"]) for m in _HELD.finditer(text) if m["name"].split()[-1] not in own}
    held |= {plain(m["title"]) for m in _HELD_BEHIND.finditer(text) if m[0].split(",")[0] not in own}
    held |= {title.split()[-1] for title in held}
    weight: Counter[str] = Counter()
    places: dict[str, Counter[str]] = {}
    speaks: Counter[str] = Counter()
    for match, said in mentions:
        title = plain(match["title"])
        if title in held or re.search(_NOT_HELD, text[max(0, match.start() - 12) : match.start()]) or re.match(r"\s[A-Z]", text[match.end() : match.end() + 2]):
            continue
        weight[title] += _LEAD if match.start() < _OPENING else 1
        speaks[title] += said
        for place in (match["owner"], match["before"], match["place"]):
            if place:
                places.setdefault(title, Counter())[place] += 1
    return _first(weight, speaks, places, least)


def _is_said_to_speak(text: str, match: re.Match[str]) -> bool:
    """Whether a mention of an office stands before or behind a verb of saying."""
    object_ = _OBJECT.search(text, max(0, match.start() - 10), match.start())
    return bool((not object_ and _SPEAKS.match(text, match.end())) or _SAID.search(text, max(0, match.start() - 15), match.start()))


def _first(weight: Counter[str], speaks: Counter[str], places: dict[str, Counter[str]], least: int) -> Office | None:
    """The office that speaks most and stands foremost, unless another does more than half as much."""
    best = sorted((t for t in weight if speaks[t] >= least), key=lambda t: (-speaks[t], t not in _HIGHEST, -weight[t], t))
    best = best or ([t for t in weight if t in _HIGHEST] if least == 1 and sum(weight.values()) > 1 else [])[:1]
    if not best:
        return None
    same = same_office((best[0],))
    near = [t for t in weight if t != best[0] and t not in same and 2 * speaks[t] >= speaks[best[0]] and (t in _HIGHEST or best[0] not in _HIGHEST)]
    if any(least > 1 or 2 * weight[t] >= weight[best[0]] for t in near):
        return None
    return Office(best[0], tuple(p for p, _ in places.get(best[0], Counter()).most_common()))
