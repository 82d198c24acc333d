"""How a sentence opens: who is its subject, behind which lead-in, and whether it reports no words at all."""

from __future__ import annotations

from typing import Literal

from tracker.languages import stop_words
from tracker.patterns import regex
from tracker.voice import cues
from tracker.voice.cues import QUOTED
from tracker.voice.names import Names

Who = Literal["speaker", "other", "institutional"]


_POSSESSIVE = regex(r"['’‘]s\b|(?<=s)['’](?=\s)")
_HE_SAYS = regex(rf",\s(?:he|she)\s(?:{cues.ADVERB}\s)?{cues.FINITE}[,.]")  # "The minister, he claimed, was late"
_INTRODUCTION = 60  # characters in which "Chief fire officer Tor Halle" is brought in
_INTRODUCED = regex(r"(?:For\s[A-Z][\w’'-]+\s[A-Z][\w’'-]+,|(?:The\s)?[A-Z][a-z]+(?:\s[a-z-]+){1,3}\s[A-Z][\w’'-]+\s[A-Z][\w’'-]+\s(?:is|was|has|had|will)\s)")
REACH = 300


def opens_with_possessive(sentence: str, names: Names) -> bool:
    """Whether the sentence begins with the speaker's name in the possessive: "he" inside it is then the speaker."""
    match = _POSSESSIVE.search(sentence, 0, REACH)
    return match is not None and any(end == match.start() and leads_in(sentence, start) for start, end, _ in names.find(sentence[: match.start()]))


def opening_subject(sentence: str, names: Names) -> Who | None:
    """Who opens the sentence as its subject, be it after a lead-in; None when nobody does."""
    for start, end, subject in names.find(sentence):
        if subject and leads_in(sentence, start) and sentence[end : end + 1] in " ,":
            return None if _HE_SAYS.match(sentence, end) else "speaker"
    if _INTRODUCED.match(sentence) and not names.find(sentence[:_INTRODUCTION]):
        return "other"
    name = cues.NAME.match(sentence)
    several = name is not None and " " in name[0] and name[0].split()[0].casefold() not in stop_words("en")
    return "other" if several and not names.find(sentence[: name.end()] if name else "") else None


def says_nothing(sentence: str) -> bool:
    """Whether a speaker's cue reports no words: where it was said, that nothing was said, or what was said at other times.

    Example:
        >>> [says_nothing(s) for s in ("She declined to name the ship.", "He gave the warning while opening a pier.", "She said the ship is old.")]
        [True, True, False]
    """
    if QUOTED in sentence:
        return False
    return bool(cues.SAID_THIS.search(sentence) or cues.NOT_SAID.search(sentence) or cues.ELSEWHEN.match(sentence))


def opening_words(sentence: str) -> str:
    """The name with which a sentence opens, "" when it opens with none."""
    name = cues.NAME.match(sentence) or cues.NAME.search(sentence)
    return name[0] if name else ""


def leads_in(sentence: str, start: int) -> bool:
    """Whether nothing but a lead-in ("On Tuesday,") stands before `start`."""
    return start < REACH and bool(cues.LEAD_IN.fullmatch(sentence, 0, start))
