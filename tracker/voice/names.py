"""What the tracked speaker is called in a text: name, surname, titles, "the Norlundian premier"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.languages import stop_words
from tracker.recipe import Recipe, SpeakerRecipe
from tracker.speech import Speech
from tracker.voice.cues import FINITE

_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
_CALENDAR = re.compile(rf"(?:{_DAYS})$")
_HONORIFICS = frozenset({"mr", "mr.", "ms", "ms.", "mrs", "mrs.", "dr", "dr.", "sir", "madam", "dame", "lord", "lady", "comrade", "hon.", "excellency"})
_NOT_HELD = frozenset({"vice", "deputy", "former", "ex", "then", "late", "previous", "next", "future", "assistant", "new", "another", "no"})
_OBJECT = re.compile(
    r"(?:\b(?:for|with|by|to|of|from|about|at|against|between|toward|towards|than|on|behind|met|told|meeting|meets|greeted|thanked|asked|under|urging)"
    r"|(?<![,;])\sand)\s$"
)
_BEFORE = re.compile(r"(\S+)\s$")
_BEHIND = re.compile(r"\s([A-Z][\w’'-]*)")
_NEAR = 40  # characters looked at before a mention
_LETTERS = 4  # "Chin-" joins the adjective to the country's name


@dataclass(frozen=True, slots=True)
class Names:
    """How a text names its speaker.

    Args:
        mention: Finds every way of naming the speaker; None when no speaker is known.
        own: Words, case-folded, that may stand beside the name without making it another person's.
        pronoun: he, she, they or "" when not set.
        label: The name used in reasons.
    """

    mention: re.Pattern[str] | None
    own: frozenset[str]
    pronoun: str
    label: str

    def find(self, sentence: str) -> list[tuple[int, int, bool]]:
        """Return (start, end, whether it can be a subject) of each mention; namesakes and other holders of the title are left out."""
        if self.mention is None:
            return []
        return [
            (m.start(), m.end(), not _OBJECT.search(sentence, max(0, m.start() - _NEAR), m.start()))
            for m in self.mention.finditer(sentence)
            if self._is_own(sentence, m)
        ]

    def _is_own(self, sentence: str, match: re.Match[str]) -> bool:
        """Whether the words beside the mention leave it the speaker's: not "Peter Brandt", "Sunder's premier" or "Vice President"."""
        before = _BEFORE.search(sentence, max(0, match.start() - _NEAR), match.start())
        behind = _BEHIND.match(sentence, match.end())
        if behind and not _CALENDAR.match(behind[1]) and behind[1].casefold() not in self.own:
            return False
        if before is None:
            return True
        word = before[1].strip("“\"'(‘")
        plain = word.casefold()
        if plain in _NOT_HELD or (plain.endswith(("'s", "’s", "‘s")) and not match[0][:1].isupper()):
            return False
        if not word[:1].isupper() or not word[-1].isalnum() or plain in self.own or plain in _HONORIFICS or _CALENDAR.match(word):
            return True
        return plain.endswith(("ly", "ing")) or plain in stop_words("en")


def learn_names(speech: Speech, recipe: Recipe) -> Names:
    """Return what the speaker is called: settings first, then what the text itself shows.

    Args:
        speech: Its `speaker` names whom to look for; "" finds nobody.
        recipe: `speakers[NAME]` may give surname, titles, nationality and pronoun.
    """
    name = " ".join(speech.speaker.split())
    if not name:
        return Names(None, frozenset(), "", "")
    from tracker.sources.metadata import OFFICE_TITLES, mentions

    settings = recipe.speakers.get(speech.speaker, SpeakerRecipe())
    learnt = mentions(speech.text, name)
    titles = sorted({*settings.titles, *learnt.titles}, key=lambda t: (-len(t), t))
    nations = sorted({*([settings.nationality] if settings.nationality else []), *learnt.nationalities})
    offices = "|".join(re.escape(t).replace(r"\ ", r"\s") for t in sorted({*OFFICE_TITLES, *titles}, key=lambda t: (-len(t), t)))
    surnames = [settings.surname] if settings.surname else _surnames(name, speech.text, offices)
    own = {w.casefold() for phrase in (*OFFICE_TITLES, *titles, *nations, name, settings.surname) for w in re.split(r"[\s-]", phrase) if w}
    pattern = _mention(name, surnames, titles=titles, nations=nations, offices=offices)
    return Names(pattern, frozenset(own), settings.pronoun, surnames[0] if surnames else name)


def _surnames(name: str, text: str, offices: str) -> list[str]:
    """The words of the name that the text uses alone, before a reporting verb or after a title; else its last word."""
    words = [w for w in dict.fromkeys((name.rsplit(maxsplit=1)[-1], *name.split())) if len(w.strip(".")) > 1 and w[:1].isupper()]
    used = []
    for word in words:
        spoken = rf"(?<![\w’'-]){re.escape(word)}\s(?:(?:also|then|on\s\w+)\s)?{FINITE}"
        titled = rf"\b(?:{offices}|M[rs]s?\.?|Sir|Dr\.?)\s{re.escape(word)}(?!\s[A-Z])\b"
        if re.search(rf"{spoken}|{titled}", text):
            used.append(word)
    return used or words[:1]


def _mention(name: str, surnames: list[str], *, titles: list[str], nations: list[str], offices: str) -> re.Pattern[str]:
    """Compile every way of naming the speaker."""
    nation = rf"(?:(?:{'|'.join(map(re.escape, nations))})\s)?" if nations else ""
    names = "|".join(re.escape(n).replace(r"\ ", r"\s") for n in dict.fromkeys((name, *surnames)))
    honour = rf"(?:{offices}|M(?:r|s|rs|me)\.?|Dr\.?|Sir|Dame|Lord|Lady|Madam|Comrade)"
    named = rf"(?:[Tt]he\s)?{nation}(?:{honour}(?:\sand\s|,\s|\s)){{0,3}}(?:{names})(?![\w’'‘-])"
    if not titles:
        return re.compile(rf"(?<![\w’'-])(?:{named})")
    office = "|".join(re.escape(t).replace(r"\ ", r"\s") for t in titles)
    countries = "|".join([*(re.escape(n[:_LETTERS]) + r"\w*" for n in nations), "(?:country|nation|republic)"])
    titled = rf"(?:[Tt]he\s{nation}(?i:{office})|(?<![\w’'-]\s){nation}(?:{office}))(?:\sof\s(?:the\s)?(?:{countries}))?(?![\w’'‘-]|\sof\b)"
    return re.compile(rf"(?<![\w’'-])(?:{named}|{titled})")
