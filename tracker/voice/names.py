"""Where a text names its tracked speaker: name, surname, titles, "the Norlundian premier", "Norlund's Premier Alva Brandt"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tracker.languages import stop_words
from tracker.patterns import NAMES_HELD, regex
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.voice.called import HONOURS, Called, called
from tracker.voice.offices import OFFICES
from tracker.voice.pronouns import PARTICLES, any_case, spaced

_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
_CALENDAR = regex(rf"(?:{_DAYS})$")
_HONORIFICS = frozenset(
    {"mr", "mr.", "ms", "ms.", "mrs", "mrs.", "dr", "dr.", "sir", "madam", "dame", "lord", "lady", "comrade", "hon.", "excellency", "highness", "majesty"}
    | {"shri", "smt", "smt.", "sri", "prof", "prof."}
)
_NOT_HELD = frozenset({"vice", "deputy", "former", "ex", "then", "late", "previous", "next", "future", "assistant", "new", "another", "no"})
_OBJECT = regex(
    r"(?:\b(?:for|with|by|to|of|from|about|at|against|between|toward|towards|than|on|behind|met|told|meeting|meets|greeted|thanked|asked|under|urging)"
    r"|(?<![,;])\sand)\s$"
)
_BEFORE = regex(r"(\S+)\s$")
_RUN = regex(r"(?:[A-Z][\w-]+\s|[a-z]+\s(?=[A-Z]|$))+$")
_BEHIND = regex(r"\s([A-Z][\w’'-]*)")
_OWNERS = (
    r"[Tt]he\s(?:country|nation|republic|kingdom|union|island|state|party|city|province|region|bloc|council|group|club|company|firm|bank|agency"
    r"|organi[sz]ation|territory|emirate|archipelago|continent|archdiocese|diocese|ministry|government|federation)"
)
_OWNER = regex(rf"(?:{_OWNERS}|(?:[A-Z][\w.-]*\s){{0,2}}[A-Z][\w.-]*)(?:['’]s|(?<=s)['’])\s$")
_COUNTRY = regex(r"(?:[Tt]he\s)?(?<![\w’'.-])(?P<word>(?:[A-Z][\w.-]+\s){0,2}?[A-Z][\w.’'-]+)\s$")
# "the embattled premier": what a reporter puts before an office without making it another's.
_JUDGED = (
    "(?:actual|real|lady|embattled|outspoken|newly\\selected|new|veteran|popular|populist|conservative|liberal|socialist|centrist|independent|left-wing|right-wing"
    "|long-serving|long-time|longtime|incumbent|outgoing|beleaguered|combative|reformist|nationalist|young|ageing)"
)
# "Its president, Comrade Tor Halle, said": an office whose holder is named behind it.
_HOLDER_BEHIND = regex(r",\s(?:[A-Z][\w.’'-]*\s){1,4}[A-Z][\w’'-]+,\s")
_NEAR = 40  # characters looked at before a mention
_LETTERS = 4  # "Chin-" joins the adjective to the country's name


@dataclass(frozen=True, slots=True)
class Names:
    """How a text names its speaker.

    Args:
        mention: Finds every way of naming the speaker; None when no speaker is known.
        alone: The names, case-folded, without any title.
        own: Words, case-folded, that may stand beside the name without making it another person's.
        pronoun: he, she, they or "" when not known.
        label: The name used in reasons.
    """

    mention: re.Pattern[str] | None
    alone: frozenset[str]
    own: frozenset[str]
    pronoun: str
    label: str

    def find(self, sentence: str) -> list[tuple[int, int, bool]]:
        """Return (start, end, whether it can be a subject) of each mention; namesakes and other holders of the title are left out."""
        if self.mention is None:
            return []
        found = []
        for match in self.mention.finditer(sentence):
            start, end = self._whole(sentence, match)
            if self._is_own(sentence, match, start):
                found.append((start, end, not _OBJECT.search(sentence, max(0, start - _NEAR), start)))
        return found

    def mentions(self, sentence: str) -> bool:
        """Whether the speaker is named at all, be it in the possessive: "Alva Brandt's office"."""
        return bool(self.find(sentence)) or any(name in sentence.casefold() for name in self.alone)

    def is_label(self, label: str) -> bool:
        """Whether a label of a turn, "PRIME MINISTER BRANDT" or "Alva Brandt", names the speaker with the end of it."""
        plain = label.title() if label.isupper() else label
        return any(end == len(plain) and plain[:end].casefold().endswith(tuple(self.alone)) for _, end, _ in self.find(plain))

    def _whole(self, sentence: str, match: re.Match[str]) -> tuple[int, int]:
        """Stretch a name behind a title over the country before it and, in "the premier, NAME, said", over the comma behind it."""
        start, end = match.span()
        name = match[match.lastgroup] if match.lastgroup else ""
        if sentence[start - 2 : start] == ", " and sentence[end : end + 1] == ",":  # "the head of the council, Secretary-General NAME, warned"
            return start, end + 1
        if not name or len(name) == len(match[0]):
            return start, end
        owner = _OWNER.search(sentence, max(0, start - _NEAR), start)
        country = _COUNTRY.search(sentence, max(0, start - _NEAR), start)
        if owner:
            start = owner.start()
        elif country and _may_be_country(country["word"]):
            start = country.start()
        if "," in match[0][: -len(name)] and sentence[end : end + 1] == ",":
            end += 1
        return start, end

    def _is_own(self, sentence: str, match: re.Match[str], start: int) -> bool:
        """Whether the words beside the mention leave it the speaker's: not "Peter Brandt", "Sunder's premier" or "Vice President"."""
        behind = _BEHIND.match(sentence, match.end())
        if (behind and not _CALENDAR.match(behind[1]) and behind[1].casefold() not in self.own) or self._is_held_by_another(sentence, match):
            return False
        before = _BEFORE.search(sentence, max(0, start - _NEAR), start)
        if before is None:
            return True
        word = before[1].strip("“\"'(‘")
        plain = word.casefold()
        if match["name"] and _is_whole(match["name"]):
            run = _RUN.search(sentence, max(0, start - _NEAR), start)
            return not (run and _NOT_HELD & set(run[0].casefold().split()))
        if plain in _NOT_HELD or (plain.endswith(("'s", "’s", "‘s")) and not match[0][:1].isupper()):
            return False
        if not word[:1].isupper() or not word[-1].isalnum() or plain in self.own or plain in _HONORIFICS or _CALENDAR.match(word):
            return True
        return plain.endswith(("ly", "ing")) or plain in stop_words("en")

    def _is_held_by_another(self, sentence: str, match: re.Match[str]) -> bool:
        """Whether an office is followed by the name of another who holds it."""
        holder = None if match["name"] else _HOLDER_BEHIND.match(sentence, match.end())
        return holder is not None and not any(name in holder[0].casefold() for name in self.alone)


def _is_whole(name: str) -> bool:
    """Whether a name has a first name too, so that a capitalised word before it is an office or a body: "Cardinal Tor Halle"."""
    first = name.split(" ", maxsplit=1)[0]
    return first != name and first.casefold() not in PARTICLES


def _may_be_country(word: str) -> bool:
    """Whether a capitalised word before "Prime Minister NAME" can be a country or an office: no opening word of a sentence, no "Former"."""
    plain = word.split(" ", maxsplit=1)[0].casefold()
    return not (plain in _NOT_HELD or plain in stop_words("en") or plain in _HONORIFICS or plain.endswith(("ly", "ing")) or _CALENDAR.match(word))


def learn_names(speech: Speech, recipe: Recipe) -> Names:
    """Return how the text names its speaker: settings first, then what the text itself shows.

    Args:
        speech: Its `speaker` names whom to look for; "" finds nobody.
        recipe: `speakers[NAME]` may give surname, titles, nationality and pronoun.
    """
    known = called(speech.text, speech.speaker, recipe)
    if not known.name:
        return Names(None, frozenset(), frozenset(), "", "")
    phrases = (*OFFICES, *known.titles, *known.nations, *known.places, known.name, *known.surnames)
    own = {word.casefold() for phrase in phrases for word in re.split(r"[\s-]", phrase) if word}
    alone = frozenset(n.casefold() for n in (known.name, *known.surnames))
    return Names(_mention(known), alone, frozenset(own), known.pronoun, known.surnames[0] if known.surnames else known.name)


@lru_cache(maxsize=NAMES_HELD)
def _mention(known: Called) -> re.Pattern[str]:
    """Compile every way of naming the speaker; the group `name` holds the name behind a title."""
    nation = rf"(?:(?:{'|'.join(map(re.escape, known.nations))})\s)?" if known.nations else ""
    of_places = "".join(rf"|{spaced(place)}" for place in known.places)
    offices = "|".join(spaced(t) for t in sorted({*OFFICES, *known.titles}, key=lambda t: (-len(t), t)))
    names = "|".join(map(any_case, sorted({known.name, *known.surnames}, key=lambda n: (-len(n), n))))
    of = rf"(?:\sof\s(?:the\s)?(?:(?!{names})[A-Z][\w’'-]*\s?(?:and\s|of\s|the\s)?){{1,4}}(?=,?\s(?:(?:{HONOURS}|{offices})\s)*(?:{spaced(known.name)})\b))?"
    honour = rf"(?:(?i:{offices}){of}|{HONOURS})"
    named = rf"(?:[Tt]he\s)?{nation}(?:{honour}(?:\sand\s|,\s|\s)){{0,3}}(?P<name>(?:{names})(?:\s[IVX]{{1,5}}\b)?)(?![\w’'‘-])"
    named += _described(known)
    titles = sorted(known.titles, key=lambda t: (-len(t), t))
    if not titles:
        return re.compile(rf"(?<![\w’'-])(?:{named})")
    office = "|".join(map(spaced, titles))
    countries = "|".join([*(re.escape(n[:_LETTERS]) + r"\w*" for n in known.nations), "(?i:country|nation|republic)"]) + of_places
    owned = rf"(?:\d+-year-old\s)?(?:(?:{'|'.join(map(spaced, known.places))})(?:['’]s)?\s)?" if known.places else r"(?:\d+-year-old\s)?"
    chief = "|".join([*map(spaced, known.places), *map(re.escape, known.nations)])
    leader = rf"|(?:{chief})['’]s\s(?:leader|(?i:{office}))(?!\s[A-Z])|[Tt]he\s(?:{chief})\sleader(?!\s[A-Z])" if chief else ""
    leader += rf"|{_OWNERS}['’]s\s(?:(?i:{office})|leader|boss|chief|top\sdiplomat)(?!\s[A-Z]|\sof\b)"
    titled = (
        rf"(?:(?:(?:H\.?E\.?|(?:His|Her)\sExcellency)\s)?(?:[Tt]he|[Ii]ts)\s(?:{_JUDGED}\s)?{nation}{owned}(?i:{office})|(?<![\w’'-]\s){nation}{owned}(?:{office})|(?:Madam|Mr\.?|Mister)\s(?:{office}))"
        rf"(?:\sof\s(?:the\s)?(?:{countries}))?(?![\w’'‘-]|\sof\b){leader}"
    )
    return re.compile(rf"(?<![\w’'-])(?:{named}|{titled})")


def _described(known: Called) -> str:
    """What stands in the name's stead: "the cleric", "an archbishop" of the first sentence, "His Excellency"."""
    resumed = sorted((e for e in known.epithets if not e.startswith(("A ", "An ", "The "))), key=lambda e: (-len(e), e))
    whole = [spaced(e) for e in known.epithets if e.startswith(("A ", "An ", "The "))]
    if resumed:
        whole.append(rf"[Tt]he\s(?:{'|'.join(map(spaced, resumed))})")
    whole += [spaced(e) for e in resumed if e.isupper()]
    if known.pronoun in ("he", "she"):
        whole.append(rf"{'His' if known.pronoun == 'he' else 'Her'}\sExcellency")
    return rf"|(?:{'|'.join(whole)})(?![\w’'‘-]|\sof\b|\s[A-Z])" if whole else ""
