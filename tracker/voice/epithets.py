"""Descriptions that resume the one leader of a text: "the cleric", "the 61-year-old", "the CM", "the former harbour pilot", "an  in the south"."""

from __future__ import annotations

import re

from tracker.patterns import regex
from tracker.voice.cues import AFTER, FINITE
from tracker.voice.offices import CAPITALISED, OFFICE
from tracker.voice.pronouns import any_case, spaced
from tracker.voice.resumed import resumed

# People who are written about for what they are; whoever is only there for the occasion (host, moderator, judge, interpreter) is not among them.
_PEOPLE = """
academic accountant banker billionaire cardinal cleric clergyman conservative coordinator democrat diplomat doctor economist engineer envoy farmer historian
imam incumbent industrialist jurist lawmaker lawyer leader legislator liberal magnate mathematician monarch nationalist ombudsman patriarch
philanthropist physician physicist politician pontiff populist prelate professor rabbi radical reformer regent republican ruler scientist socialist sovereign
statesman strongman surgeon technocrat tycoon veteran
"""
_IN_OFFICE = (
    "archbishop bishop boss chairman chairwoman chief commissioner executive governor king mayor minister official president premier queen rector secretary"
)
_PERSON = rf"(?:{'|'.join(sorted(_PEOPLE.split(), key=len, reverse=True))}|[a-z]{{4,}}(?:ologist|nomist))"
_HOLDER = rf"(?:{'|'.join(_IN_OFFICE.split())}|{_PERSON})"
_SPEAKS = rf"(?:,\s[^,.;:\n“\"]{{1,80}},)?\s(?!and\b|or\b)(?:(?!and\b|or\b|who\b|that\b)[a-z]+\s){{0,2}}?{FINITE}"
_DESCRIBED = regex(rf"\b[Tt]he\s(?P<words>(?P<noun>{_PERSON}))(?={_SPEAKS})")
_AGED = regex(r"\b[Tt]he\s(?P<age>\d{2,3})-year-old")
_AGE_OF = regex(r"(?P<name>[A-Z][\w’'-]+),\s(?P<age>\d{2,3})(?=[,.;)])")
_LEAD = regex(
    rf"(?:^|\n|\)\s|[–—-]\s)(?P<words>(?:An?|The)\s(?:(?!{FINITE})[\w’'-]+\s){{0,5}}?(?P<noun>{_HOLDER}))\b(?=[\s,])(?!\s(?:official|leader|chief|secretary)\b)(?P<of>\s(?:of|for)\s(?:the\s)?{CAPITALISED}(?:\s(?:(?:of|for|and)\s(?:the\s)?)?{CAPITALISED}){{0,5}})?"
)
_OPENING = 700  # characters in which a report says of whom it is
_LEAD_ENDS = 500  # characters of headline and first sentences
_ROYAL = regex(r"monarch|sovereign|regent|king|queen|ruler", re.IGNORECASE)
_SHARED = 4  # letters that a country and its adjective share
_INITIALS = 2  # words of a title that is also said by its first letters
_FORMER = regex(r"\b[Tt]he\s(?P<words>(?:former|one-time|ex-|soft-spoken|veteran)\s(?:[\w-]+\s){0,2}?[a-z-]{4,})(?=" + _SPEAKS + ")")

_HEADED = regex(
    rf"\b[Tt]he\s(?P<words>(?P<kind>[\w-]+(?:\s[\w-]+)?)\s(?P<noun>leader|boss|chief|supremo|ruler|president|premier|minister|governor|mayor|secretary|democrat|republican))(?={_SPEAKS})",
    re.IGNORECASE,
)
_OF_HOLDERS = regex(
    r"(?:veteran|(?:first|second|third)-term|embattled|outgoing|long-serving|newly-elected|populist|conservative|liberal|socialist|centre-(?:left|right)|democratic|republican"
    r"|popular|combative|soft-spoken|outspoken|ageing|reformist|nationalist)$"
)
_RIVAL = regex(r"(?i:opposition|rebel|rival|militia|protest|student|traditional|religious|community|former|deputy|vice|other|new)\b")


def epithets(text: str, names: tuple[str, ...], titles: tuple[str, ...], places: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return what may stand behind "the" and mean the speaker: a description that speaks and that nobody else was given before.

    Args:
        text: The text.
        names: The speaker's names.
        titles: Titles known already, whose initials may be used.
        places: What the speaker's office is of, or the nationality; another country's leader is another person.

    Example:
        >>> epithets("Alva Brandt, 61, came. The cleric warned of frost. The 61-year-old said so.", ("Alva Brandt", "Brandt"), ())
        ('cleric', '61-year-old')
        >>> epithets("Tor Halle, a cleric, came. The cleric warned of frost.", ("Alva Brandt",), ())
        ()
    """
    own = {name.split()[-1] for name in names}
    found = [m["words"] for m in _DESCRIBED.finditer(text) if not _is_anothers(text[: m.start()], m["noun"], names)]
    found += [
        m["words"]
        for m in _FORMER.finditer(text)
        if m["words"].split()[-1] not in _IN_OFFICE.split() and not _is_anothers(text[: m.start()], m["words"].split()[-1], names)
    ]
    found += [
        m["words"]
        for m in _HEADED.finditer(text)
        if _heads_what_the_text_is_about(text, m, places)
        and not _leads_anothers_country(text, m["kind"], names)
        and not _is_anothers(text[: m.start()], m["noun"], names)
    ]
    others = {m["age"] for m in _AGE_OF.finditer(text) if m["name"] not in own}
    found += [f"{m['age']}-year-old" for m in _AGED.finditer(text) if m["age"] not in others]
    short = ["".join(word[0] for word in title.split() if word[:1].isupper()) for title in titles if len(title.split()) >= _INITIALS]
    found += [initials for initials in short if re.search(rf"\b{initials}\b(?!\s[A-Z][a-z])", text)]
    found += [*_apposed(text, names), *_of_the_lead(text, names), *resumed(text, names)]
    return tuple(dict.fromkeys(" ".join(words.split()) for words in found))


def _heads_what_the_text_is_about(text: str, match: re.Match[str], places: tuple[str, ...]) -> bool:
    """Whether a leader or chief is of what headline and lead name, "the council leader", or only described, "the veteran leader"."""
    foreign = places and match["kind"][:1].isupper() and not any(word[:_SHARED] == match["kind"][:_SHARED] for place in places for word in place.split())
    if _RIVAL.match(match["kind"]) or foreign:
        return False
    opening = text[: min(_LEAD_ENDS, match.start())]
    letters = "".join(word[0] for word in re.findall(r"\b[A-Z]\w+", text[: match.start()]))
    words = match["kind"].split()
    return all(_OF_HOLDERS.match(w) or re.search(rf"\b{re.escape(w)}", opening, re.IGNORECASE) or (w.isupper() and len(w) > 1 and w in letters) for w in words)


def _leads_anothers_country(text: str, kind: str, names: tuple[str, ...]) -> bool:
    """Whether a capitalised word before "leader" stands before another's office and name: "Sunder's President Tor Halle"."""
    own = "|".join(map(any_case, names))
    held = rf"\b{re.escape(kind)}\w{{0,3}}(?:['’]s)?\s(?:visiting\s)?(?i:{OFFICE})\s(?!(?:[A-Z]\w+\s)*(?:{own})\b)[A-Z]"
    return kind[:1].isupper() and re.search(held, text) is not None


def _apposed(text: str, names: tuple[str, ...]) -> list[str]:
    """What stands beside the name over a comma, "NAME, the Harbour Coordinator,", and speaks elsewhere without it."""
    own = "|".join(map(any_case, names))
    behind = re.compile(
        rf"(?:{own}),\s(?:who\s(?:is|was)\s)?(?:the|an?|its|[A-Z]\w+['’]s)\s(?P<words>[^,.;:]{{2,80}}?)(?=,|\.|\s(?:of|for|in|and|who|at|from)\b)"
    )
    heads = dict.fromkeys(m["words"].split()[-1] for m in behind.finditer(text))
    return [m[1] for head in heads for m in re.finditer(rf"\b[Tt]he\s((?:former\s)?{re.escape(head)})(?={_SPEAKS})", text)]


def _of_the_lead(text: str, names: tuple[str, ...]) -> list[str]:
    """The one who speaks in the first sentence of a report that names the speaker only later: "An archbishop in the south has warned"."""
    own = re.compile("|".join(map(any_case, names)))
    for match in _LEAD.finditer(text, 0, _OPENING):
        named = own.search(text, text.find("\n") + 1)
        if named and named.start() > match.end() and AFTER.match(text, match.end()):
            return [f"{match['words']}{match['of'] or ''}"]
    return []


def _is_anothers(before: str, noun: str, names: tuple[str, ...]) -> bool:
    """Whether somebody else was called so before: "a cleric", "Tor Halle, the cleric", "Cleric Tor Halle"."""
    own = "|".join(map(any_case, names))
    if _ROYAL.fullmatch(noun) and re.search(rf"\b(?:His|Her|Their)\s(?:Royal\s)?(?:Majesty|Highness)\b(?!\s(?:[A-Z]\w+\s)*(?:{own})\b)", before):
        return True
    word = rf"(?i:{spaced(noun)})"
    if re.search(rf"(?:\b(?:[Aa]n?|one|another|some)\s(?:[\w-]+\s){{0,3}}?{word}\b|\b{word}\s(?!(?:{own})\b){CAPITALISED}\s{CAPITALISED})", before):
        return not re.search(rf"(?:{own}),\s(?:[\w,’'-]+\s){{0,6}}?{word}\b", before)
    held = re.search(rf"(?P<name>{CAPITALISED}),\s(?:[\w’'-]+\s){{0,5}}?{word}\b", before)
    return held is not None and not re.search(rf"(?:{own})$", held["name"])
