"""Whom "he" and "she" mean while a report is read from its beginning: the last who spoke or acted, unless that is no person or of the other sex."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.patterns import regex
from tracker.voice.cues import NO_PERSON, PRONOUN, QUOTED
from tracker.voice.offices import OFFICE
from tracker.voice.openings import Who
from tracker.voice.pronouns import GENDERED_FEMALE, GENDERED_MALE

_MALE = regex(
    rf"\b(?:{GENDERED_MALE}|(?i:father|brother|husband|son|uncle|grandfather|grandad|man|boy|men|widower|nephew|\w+(?:sman|wman|ceman|dman|rman|nobleman)|king|prince))\b"
)
_FEMALE = regex(
    rf"\b(?:{GENDERED_FEMALE}|(?i:mother|sister|wife|daughter|aunt|grandmother|gran|woman|girl|women|widow|niece|\w+(?:swoman|wwoman|rwoman)|headmistress|queen|princess))\b"
)
# "The Kestrel Budget Watch", "Harrow Bank": what is named like a person and is none.
_BODY = regex(
    r"(?:^[Tt]he\s[A-Z][\w-]*(?:\s[A-Z][\w-]*)+|\b[A-Z]\w*\s(?:Agency|Alliance|Association|Bank|Board|Centre|Center|Chamber|Church(?:es)?|Club|Commission|Committee|Company|Congress"
    r"|Corporation|Council|Court|Department|Federation|Foundation|Front|Fund|Group|Holdings?|Industries|Institute|League|Ministry|Movement|Network|Office|Organi[sz]ation|Parliament"
    r"|Party|Police|Research|Services?|Society|Trust|Union|University|Watch|Energy|Gas|Mining|Metals|Airlines|Shipping|Press|News|Times|Lines?|Partners|Resources|Systems))$"
)

_IN_OFFICE = regex(rf"(?:{OFFICE})$")


@dataclass(slots=True)
class Reference:
    """The memory of a reader who meets "she" in the next sentence.

    Args:
        pronoun: The speaker's own, "" when not known.
        last: Who spoke or opened a sentence last.
        sex: The pronoun of the last other person, "" when not told.
        paragraph: Where that was.
        changed: Whether another spoke since the speaker did.
        lapsed: Whether a paragraph of narration stands behind the other's words.
        mentioned: Whether the speaker was named before.
    """

    pronoun: str
    last: Who | None = None
    sex: str = ""
    paragraph: int = -1
    changed: bool = False
    lapsed: bool = False
    mentioned: bool = False

    def meant(self, paragraph: int, masked: str = "") -> Who | None:
        """Whom the speaker's own pronoun, or when that is not known the first one, means in a sentence of a paragraph."""
        known = self.pronoun in ("he", "she")
        first = None if known or self.last != "other" or not self.sex else PRONOUN.search(masked)
        if first is not None and first[0].casefold() != self.sex:
            return "speaker"
        if self.last == "other" and known and ((self.lapsed and paragraph != self.paragraph) or (self.sex and self.sex != self.pronoun)):
            return "speaker"
        if self.last is None and (self.mentioned or known):
            return "speaker"
        return self.last

    def hear(self, who: Who, words: str, sentence: str, paragraph: int) -> None:
        """Note who spoke or opened a sentence, by which words."""
        self.changed = who == "speaker" and self.last == "other"
        if who == "other":
            self.sex = _sex(words) or (self.sex if words.casefold() in ("he", "she") else "") or _sex_of_clause(words, sentence)
        self.last, self.paragraph, self.lapsed = who, paragraph, False

    def pass_over(self, masked: str, paragraph: int) -> None:
        """Note a sentence in which nobody speaks."""
        if self.last == "other" and paragraph != self.paragraph and QUOTED not in masked:
            self.lapsed = True


def is_person(words: str) -> bool:
    """Whether a subject that speaks can be meant by "he" or "she": no paper, office, group or body.

    Example:
        >>> [is_person(words) for words in ("Tor Halle", "The Kestrel Budget Watch", "analysts")]
        [True, False, False]
    """
    return not NO_PERSON.search(words) and (not _BODY.search(words) or bool(_IN_OFFICE.search(words)))


def _sex(words: str) -> str:
    """He or she, by a title or a noun that tells it; the pronoun itself."""
    plain = words.casefold()
    if plain in ("he", "she"):
        return plain
    return "he" if _MALE.search(words) else "she" if _FEMALE.search(words) else ""


def _sex_of_clause(words: str, sentence: str) -> str:
    """He or she, by a pronoun behind the subject: "Halle said he was robbed"."""
    at = sentence.find(words)
    behind = re.search(r"\b(?:said|says)\s(?P<is>he|she)\b", sentence[at + len(words) :]) if at >= 0 else None
    return behind["is"] if behind else ""
