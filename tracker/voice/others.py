"""How much the others weigh in a text beside its speaker, and what else shows that it is a text of several speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracker.patterns import regex
from tracker.speech import Segment, Speech
from tracker.voice.cues import FINITE_VERB
from tracker.voice.reference import is_person
from tracker.voice.turns import QUESTION

# Of 152 invented reports of one leader six weigh more, of 44 of several none weighs less than .46.
MOST_OTHERS = 0.31
_PER_OCCASION, _MOST_OCCASIONS = 0.035, 2
_PER_PARAGRAPH, _MOST_PARAGRAPHS = 0.015, 3
_PER_REPLY, _MOST_REPLIES = 0.025, 3
_OPENING = 700  # characters in which a report says on what occasion it was
_OCCASION = regex(
    r"\b(?:joint(?:ly)?|debat(?:e[ds]?|ing)|hearings?|panel\w*|round[\s-]?table|summits?|talks|(?:two|both|three|several)\s(?:leaders|presidents|ministers|sides|countries|parties)"
    r"|counterparts?|trilateral|bilateral|forum|question\stime|security\scouncil|clash\w*|exchange[sd]?|spar(?:s|red|ring)?|session|rivals?|candidates?|speakers|participants)\b"
    r"|会谈|会晤|联合记者会|双边|三方|圆桌|辩论|听证",
    re.IGNORECASE,
)
_REPLY = regex(
    r"\b(?:replied|countered|retorted|responded|shot\sback|answered|agreed|disagreed|for\s(?:his|her|their)\spart|in\sturn|interjected|objected|interrupted|counterpart)\b"
)
_QUOTED = regex(r"[“\"][^“”\"\n]*[”\"]?")
_ANYBODY = regex(r"(?i:an?|one|some|another|many|several|two|three)\s")
_NAMED = regex(r"[A-Z][\w’'-]+\s[A-Z]")
_LAST_NAME = regex(r"[^\W\d_a-z][\w’'-]+")
_PRONOUNS = frozenset({"he", "she"})


def signs_of_several(speech: Speech, segments: Sequence[Segment]) -> float:
    """Return how much speaks for several speakers, 0 to about 1.2: the weight of the others, and more where the text itself tells of an exchange.

    Each of up to two words in the opening that name an occasion of several ("joint", "debate", "talks") adds .035, each of up to three
    paragraphs of the same other person .015, each of up to three replies .025: these hold where a sentence of another was taken for the speaker's.

    Args:
        speech: Its text.
        segments: Its segments, as marked by `mark`.
    """
    weight = weight_of_others(segments)
    if not weight:
        return 0.0
    told = " ".join(_QUOTED.sub(" ", speech.text[s.start : s.end]) for s in segments if s.block == "body")
    occasions = len({word.casefold() for word in _OCCASION.findall(speech.text[:_OPENING])})
    replies = len(_REPLY.findall(told))
    return (
        weight
        + _PER_OCCASION * min(occasions, _MOST_OCCASIONS)
        + _PER_PARAGRAPH * min(_paragraphs_of_one(segments), _MOST_PARAGRAPHS)
        + _PER_REPLY * min(replies, _MOST_REPLIES)
    )


def _paragraphs_of_one(segments: Iterable[Segment]) -> int:
    """In how many paragraphs the same other person is heard, at most."""
    heard: dict[str, set[int]] = {}
    last = ""
    for segment in segments:
        if segment.voice == "other" and segment.reason != QUESTION:
            last = _subject_name(segment.reason, last) if segment.cued else last
            if not (segment.cued and _is_nobody(segment.reason)):
                heard.setdefault(last, set()).add(segment.paragraph)
    return max(map(len, heard.values()), default=0)


def others_share(segments: Iterable[Segment]) -> float | None:
    """Share of what people say in a text that other people say, 0-1; None when nobody is said to speak.

    The mean of two shares, which err differently: that of the sentences with a cue, and that of characters, in which a sentence without a voice that
    follows another's in its paragraph is the other's. Institutions, bodies and groups ("the council", "analysts") are nobody in particular and do not count.
    """
    people = [s for s in segments if not (s.voice == "other" and (s.reason == QUESTION or (s.cued and _is_nobody(s.reason))))]
    cued = {True: 0, False: 0}
    length = {True: 0, False: 0}
    paragraph = -1
    for segment in people:
        other = segment.voice == "other" or (segment.voice == "narrated" and segment.block == "body" and segment.paragraph == paragraph)
        paragraph = segment.paragraph if other else -1
        if segment.block == "body" and (other or segment.is_speakers):
            length[other] += segment.end - segment.start
            cued[other] += segment.cued
    if not sum(cued.values()):
        return None
    return (cued[True] / sum(cued.values()) + length[True] / sum(length.values())) / 2


def weight_of_others(segments: Sequence[Segment]) -> float:
    """How much the others weigh in a text beside its speaker, 0-1: the mean of their share of what is said and of the strongest one's beside the speaker.

    Many who answer the speaker in a sentence each leave a report the speaker's; one who says as much makes it a report of two.
    """
    heard: dict[str, int] = {}
    own, last = 0, ""
    for segment in segments:
        length = segment.end - segment.start
        if segment.is_speakers and segment.block == "body":
            own += length
        elif segment.voice == "other" and segment.reason != QUESTION:
            last = _subject_name(segment.reason, last) if segment.cued else last
            heard[last] = heard.get(last, 0) + length
    strongest = max(heard.values(), default=0)
    return ((others_share(segments) or 0.0) + strongest / max(1, own + strongest)) / 2


def _subject_name(reason: str, last: str) -> str:
    """Who speaks, by the last name in the reason; the one before for a pronoun."""
    words = reason.removesuffix(", after another speaker spoke")
    names: list[str] = [name for name in _LAST_NAME.findall(words) if name.casefold() not in _PRONOUNS]
    if names:
        return names[-1]
    return last if _PRONOUNS & set(words.casefold().split()) else words


def _is_nobody(reason: str) -> bool:
    """Whether a cue's subject is a body, a group, or somebody without a name ("one of them"), by the words that give the reason."""
    subject = FINITE_VERB.split(reason)[0].strip() or reason.split(" ", 1)[-1]
    return not is_person(subject) or bool(_ANYBODY.match(subject) and not _NAMED.search(subject))
