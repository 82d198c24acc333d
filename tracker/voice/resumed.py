"""Definite descriptions of an open class that resume the one leader of a text: "the ex-nurse", "the mother of three", "the head of the ministry"."""

from __future__ import annotations

import re

from tracker.patterns import regex
from tracker.voice.cues import FINITE
from tracker.voice.offices import CAPITALISED
from tracker.voice.pronouns import any_case, spaced

# What people are, beside or before their office; endings hold the rest.
_PEOPLE = """
accountant actor actress admiral adviser ally architect athlete auditor aunt author autocrat bachelor banker barrister biochemist boxer bricklayer broker
builder businessman businesswoman campaigner candidate carpenter centrist champion chemist chess comedian commander commoner communist composer
conservative convict cricketer curate dentist dissident electrician entrepreneur exile father filmmaker firebrand footballer general geographer goalkeeper
grandfather grandmother guerrilla hardliner headmaster headmistress heavyweight insider judge laureate lecturer librarian liberal lieutenant loyalist major
marine marxist maverick mayor mechanic medic midwife millionaire miner mogul moderate monk moralist mother multimillionaire musician native negotiator
newcomer newspaperman novelist nun nurse officer outsider paediatrician pastor peer pilot pioneer player playwright poet policeman policewoman politician
pragmatist priest principal prisoner programmer prosecutor psychiatrist publisher rancher reformist retailer sailor schoolmaster schoolteacher sculptor
seaman sergeant shepherd shopkeeper singer skipper soldier solicitor spymaster statistician stalwart stockbroker strategist student survivor tactician
teacher theologian tribune trucker vet veterinarian welder widow widower winner woman writer wrestler
"""
_ENDING = r"[a-z]{3,}(?:ologist|nomist|ician|ographer|crat|onaire|smith|maker|minister)"
_NOUN = rf"(?:{'|'.join(sorted(_PEOPLE.split(), key=len, reverse=True))}|{_ENDING})"
_MODIFIER = rf"(?:(?:\d{{2,3}}-year-old|(?!opposition|rival|young|local|other|first|second|third|last|same|only)[a-z]+(?:-[a-z]+)*|{CAPITALISED})\s)"
_SPEAKS = rf"(?:,\s[^,.;:\n“\"]{{1,80}},)?\s(?!and\b|or\b)(?:(?!and\b|or\b|who\b|that\b)[a-z]+\s){{0,2}}?{FINITE}"
_OF = r"\sof\s(?:two|three|four|five|six|seven|eight|nine)\b"
_FORMERLY = regex(rf"\b[Tt]he\s(?P<words>(?:ex-(?P<ex>[a-z-]{{4,}})|(?:{_MODIFIER}){{0,2}}?(?P<noun>{_NOUN})(?:{_OF}|\sof\s{CAPITALISED})?))(?={_SPEAKS})")
_BODY = (
    r"ministry|government|party|bank|agency|department|institution|body|executive|diplomacy|state|administration|organi[sz]ation|council|union|commission"
    r"|bloc|company|group|club"
)
_HEAD = r"(?:head|chief|leader|boss|president|chair|chairman|chairwoman)"
_HEADS = regex(
    rf"\b(?P<words>(?:[Tt]he\s(?P<first>{_HEAD})\sof\s(?:the\s|its\s|[a-z]+['’]s\s)?(?:[a-z]+\s)?(?:{_BODY})|[Tt]he\s(?:{_BODY})['’]s\s(?P<second>{_HEAD}))(?={_SPEAKS}))"
)
_NEAR = 90  # characters between another's name and what that person is


def resumed(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what stands behind "the", or whole with it, and can only mean the speaker: nobody else was brought in as such before.

    Args:
        text: The text.
        names: The speaker's names, the full one first.

    Example:
        >>> resumed("Alva Brandt came. The ex-nurse warned of frost. The head of the ministry said so.", ("Alva Brandt", "Brandt"))
        ('ex-nurse', 'The head of the ministry')
        >>> resumed("Alva Brandt came. Tor Halle, a nurse, left. The nurse warned of frost.", ("Alva Brandt", "Brandt"))
        ()
    """
    own = re.compile("|".join(map(any_case, names)))
    first = own.search(text)
    if first is None:
        return ()
    found: list[str] = []
    for match in _FORMERLY.finditer(text, first.end()):
        noun = match["ex"] or match["noun"]
        if not _brought_in(text[: match.start()], noun, own):
            found.append(match["words"])
    heads = (match for match in _HEADS.finditer(text, first.end()) if not _brought_in(text[: match.start()], match["first"] or match["second"], own))
    found += [f"T{match['words'][1:]}" for match in heads]
    return tuple(dict.fromkeys(" ".join(words.split()) for words in found))


def _brought_in(before: str, noun: str, own: re.Pattern[str]) -> bool:
    """Whether somebody but the speaker was called by a noun before, be it without a name: "a nurse", "his mother", "Tor Halle, head of the union"."""
    for match in re.finditer(rf"\b(?i:{spaced(noun)})(?:s|es)?\b", before):
        sentence = max(before.rfind(". ", 0, match.start()), before.rfind("\n", 0, match.start())) + 1
        beside = before[max(sentence, match.start() - _NEAR) : match.end() + _NEAR].split("\n", maxsplit=1)[0]
        if not own.search(beside):
            return True
    return False
