"""The cue of a sentence: who is said to speak."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tracker.languages import stop_words
from tracker.patterns import regex
from tracker.voice import cues
from tracker.voice.cues import QUOTED
from tracker.voice.names import Names
from tracker.voice.openings import REACH, Who, leads_in, opens_with_possessive

_AS_SAYING = regex(r"\sas\ssaying(?:\sthat)?\b")
_CITED = regex(r"\b(?:quoted|quoting|cited|citing)\s$")
_LABEL = regex(rf":\s?{QUOTED}")  # "NAME: “...”", as tickers and live blogs have it
_BY = regex(r"\sby\s")
AFTER_CUE = regex(rf"\s(?:on|in|at|during|when|while|after|before|by|to|with)\b[^,.;:{QUOTED}]{{1,140}}?(?:\sthat\b|:)")
_TRAILING = regex(
    rf"[\s.!?,]*$|,?\s(?:on|in|at|during|when|while|after|before|as|here|there|via|to\sthe|[A-Z][a-z]+day|ahead|{QUOTED})\b"
    r"|,\s(?:(?:while\s)?[a-z]+ing|and|but|so|while|which|who)\b"
)
_LETTERS = regex(r"[^\W_]")
_CLAUSE_OF_ITS_OWN = regex(r"\s(?:is|was|are|were|has|had|would|will|could|should|did|does|must|may|might)\b")  # ", said the governor was late"
_WHO_SAID = regex(rf"(?:{cues.APPOSITIVE})?,?\swho\s(?:{cues.ADVERB}\s)?{cues.FINITE}{cues.THAT}")  # "Also briefing was NAME, a nurse, who said"
_PRESENTED = regex(r"\b(?:was|were|is|came|spoke)\s$")
_GOAL = regex(r"\b(?:to|into|from|near)\s$")
_CLOSE = 3  # words between a name behind a preposition and its verb
_RELATIVE = regex(r"\b(?:what|whatever|which|that|than|as)\s$")
_FOR = regex(r"For\s$")  # "For the premier, the accounts leave “no room”"
_SPACE = regex(r"\s")
# How somebody came to office, "promising change": said long ago.
_CAREER = regex(
    r"\b(?:(?:came|swept|rose|returned|stormed)\sto\s(?:power|office)|took\s(?:office|power|over)|(?:was|been)\s(?:re-?)?elected|won\s(?:[\w-]+\s){0,3}election|campaigned|grew\sup|was\sborn)\b"
)
_SUBJECT = regex(r"[^,.;:]*")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say who speaks.

    Args:
        start: Where its subject begins, inside the sentence.
        end: Where its verb (or "that") ends.
        who: The tracked speaker, somebody else, or an institution.
        words: The subject as written.
        form: before (subject, verb), later (a second verb of the subject), passive, according or inverted.
    """

    start: int
    end: int
    who: Who
    words: str
    form: Literal["before", "later", "passive", "according", "inverted"] = "before"


def find_cue(sentence: str, names: Names, last: Who | None) -> Cue | None:
    """Return the cue that decides: the first, unless the tracked speaker's own ends the sentence; None in a run of text without stops.

    Args:
        sentence: One sentence with quoted characters masked and plain spaces.
        names: What the speaker is called.
        last: Whom "he" or "she" means: the last subject that spoke or opened a sentence.
    """
    if len(sentence) > cues.LONGEST:
        return None
    own = names.find(sentence)
    found = [*_own_cues(sentence, own), *_pronoun_cues(sentence, names, last), *_passive_cues(sentence, own)]
    found += _other_cues(sentence, own)
    if not found:
        return None
    first = min(found, key=lambda cue: (_place(cue), cue.who != "speaker"))
    if first.who != "speaker":
        for cue in found:
            if cue.who == "speaker" and (is_postposed(sentence, cue) or _stands_between(sentence, cue)):
                return cue
    return first


def _stands_between(sentence: str, cue: Cue) -> bool:
    """Whether the cue is put between commas inside what it reports, `His government, NAME said, would`, or is the clause that answers, `, but NAME said`."""
    before = sentence[max(0, cue.start - 6) : cue.start]
    return before.endswith(", but ") or (before.endswith(", ") and sentence[cue.end : cue.end + 1] == "," and cue.form in ("before", "inverted"))


def _place(cue: Cue) -> int:
    """Where a cue begins to count: another subject's second verb only where it stands, behind what comes between."""
    return cue.end if cue.form == "later" and cue.who != "speaker" else cue.start


def _own_cues(sentence: str, own: list[tuple[int, int, bool]]) -> list[Cue]:
    """Cues whose subject is the tracked speaker."""
    found: list[Cue] = []
    for start, end, subject in own:
        words = sentence[start:end]
        according = cues.ACCORDING.search(sentence, max(0, start - 30), start) or (_FOR.match(sentence, 0, start) if QUOTED in sentence[end:] else None)
        as_saying = _AS_SAYING.match(sentence, end)
        verb = cues.AFTER.match(sentence, end) if subject else None
        if according:
            found.append(Cue(according.start(), end, "speaker", words, "according"))
        elif start == 0 and _LABEL.match(sentence, end):
            found.append(Cue(start, end + 1, "speaker", words))
        elif as_saying and _CITED.search(sentence, max(0, start - 30), start):
            found.append(Cue(start, as_saying.end(), "speaker", words))
        elif verb:
            found.append(Cue(start, verb.end(), "speaker", words))
        elif by := cues.BY.search(sentence, max(0, start - 60), start):
            found.append(Cue(by.start(), end, "speaker", by[0] + words, "passive"))
        else:
            found += _inverted(sentence, start, end)
            found += _later(sentence, start, end, who="speaker") if subject else []
    return found


def _inverted(sentence: str, start: int, end: int) -> list[Cue]:
    """`, said NAME`."""
    for match in cues.INVERTED.finditer(sentence, max(0, start - 20), start + 1):
        if match.end() == start and not _CLAUSE_OF_ITS_OWN.match(sentence, end):
            return [Cue(match.start(1), end, "speaker", sentence[start:end], "inverted")]
    return []


def _later(sentence: str, start: int, end: int, *, who: Who) -> list[Cue]:
    """`NAME visited the port and stressed`, `NAME gave a speech, emphasizing`: only for the subject of the main clause."""
    if sentence[end : end + 1] not in {" ", ","} or not leads_in(sentence, start):
        return []
    verb = cues.LATER.search(sentence, end, end + REACH)
    if verb and _CAREER.search(sentence, end, verb.start() + 1):
        return []
    return [Cue(start, verb.end(), who, sentence[start:end], "later")] if verb else []


def _pronoun_cues(sentence: str, names: Names, last: Who | None) -> list[Cue]:
    """Cues of he and she, meaning `last`; a pronoun that is not the speaker's own means somebody else."""
    found: list[Cue] = []
    subjects = [start for start, _, subject in names.find(sentence) if subject]
    for match in cues.PRONOUN.finditer(sentence):
        who = "speaker" if last == "other" and subjects and subjects[0] < match.start() and sentence[: match.start()].endswith(", but ") else last
        if names.pronoun in ("he", "she") and match[0].casefold() != names.pronoun:
            who = "other"
        if who is None:
            continue
        verb = cues.AFTER.match(sentence, match.end())
        if verb:
            found.append(Cue(match.start(), verb.end(), who, match[0]))
        else:
            found += _later(sentence, match.start(), match.end(), who=who)
    return [*found, *_opinion_cues(sentence, names, last)]


def _opinion_cues(sentence: str, names: Names, last: Who | None) -> list[Cue]:
    """`In his opinion`, `according to her`, and `the 61-year-old former auditor said`, meaning `last`."""
    if last is None:
        return []
    found: list[Cue] = []
    for match in cues.OPINION.finditer(sentence):
        pronoun = "she" if "her" in (match["whose"], match["whom"]) else "he"
        who: Who = "other" if names.pronoun in ("he", "she") and names.pronoun != pronoun else last
        found.append(Cue(match.start(), match.end(), who, match[0], "according"))
    named = cues.NAMED_WORDS.search(sentence, 0, REACH)
    if named and (opens_with_possessive(sentence, names) or leads_in(sentence, named.start())):
        found.append(Cue(0, named.end(), last, named[0]))
    found += [Cue(m.start(), m.end(), last, m["subject"] or m["seen"]) for m in cues.PARENTHESIS.finditer(sentence)]
    for match in cues.EPITHET.finditer(sentence):
        ends = [match.end(), *(space.start() for space in _SPACE.finditer(sentence, match.end() + 1, match.end() + 60))]
        verbs = ((end, verb) for end in ends[:5] if (verb := cues.AFTER.match(sentence, end)))
        found += [Cue(match.start(), verb.end(), last, sentence[match.start() : end]) for end, verb in list(verbs)[:1]]
    return found


def _passive_cues(sentence: str, own: list[tuple[int, int, bool]]) -> list[Cue]:
    """`were highlighted`, `it was stressed`; with `by NAME` the words are NAME's."""
    found: list[Cue] = []
    subjects = {end for _, end, _ in own} | {m.end() for m in cues.PRONOUN.finditer(sentence)}
    for match in cues.PASSIVE.finditer(sentence):
        if match.start() - 1 in subjects:
            continue
        by = _BY.match(sentence, match.end())
        who: Who = "institutional"
        if by:
            who = "speaker" if any(start == by.end() for start, _, _ in own) else "other"
        found.append(Cue(match.start(), match.end(), who, match[0], "passive"))
    return found


def _other_cues(sentence: str, own: list[tuple[int, int, bool]]) -> list[Cue]:
    """Cues of institutions, of other people, and of nobody in particular (`they said`)."""
    if (
        not cues.FINITE_VERB.search(sentence)
        and not cues.SAYING_VERB.search(sentence)
        and not cues.MANY_SAY.search(sentence)
        and not cues.ACCORDING_TO.search(sentence)
    ):
        return []
    subjects = [(start, end) for start, end, subject in own if subject]
    inverted = {m.end(): m.start(1) for m in cues.INVERTED.finditer(sentence)}
    named = {start for start, _, _ in own}
    behind = [(start, subject) for end, start in inverted.items() if end not in named and (subject := _SUBJECT.match(sentence, end))]
    found = [Cue(start, subject.end(), "other", subject[0], "inverted") for start, subject in behind]
    for pattern, who in _OTHERS:
        for match in pattern.finditer(sentence):
            to = cues.ACCORDING_TO.match(sentence, match.start())
            start = _after_function_words(sentence, to.end() if to else match.start(), match.end())
            if start < 0 or sentence[start : match.end()].casefold() in _ARTICLES or any(a < match.end() and start < b for a, b in subjects):
                continue
            found += [c for c in _cues_of(sentence, start, match.end(), who=who, inverted=inverted) if not any(c.start <= a < c.end for a, _ in subjects)]
    return found


def _cues_of(sentence: str, start: int, end: int, *, who: Who, inverted: dict[int, int]) -> list[Cue]:
    """The cue of one other subject, if it has any."""
    behind = end + 1 if sentence[start - 2 : start] == ", " and sentence[end : end + 1] == "," else end  # "a lawyer for the lenders, NAME, said"
    words = sentence[start:end]
    many = cues.MANY_SAY.match(sentence, end) if words.endswith(("s", "people", "media")) else None
    verb = cues.AFTER.match(sentence, end) or cues.AFTER.match(sentence, behind) or many
    if verb and words in {"it", "they"} and _RELATIVE.search(sentence, max(0, start - 10), start):  # "what it has announced"
        return []
    if (
        verb and _GOAL.search(sentence, max(0, start - 10), start) and sentence.count(" ", end, verb.end()) > _CLOSE
    ):  # "went to Sund at a cost the union puts at"
        return []
    if not verb and _PRESENTED.search(sentence, max(0, start - 10), start):
        verb = _WHO_SAID.match(sentence, end)
    if verb:
        return [Cue(start, verb.end(), who, words)]
    if start in inverted:
        return [Cue(inverted[start], end, who, words, "inverted")]
    according = cues.ACCORDING.search(sentence, max(0, start - 30), start)
    if according:
        return [Cue(according.start(), end, who, words, "according")]
    return _later(sentence, start, end, who=who)


_OTHERS: tuple[tuple[re.Pattern[str], Who], ...] = (
    (cues.INSTITUTION, "institutional"),
    (cues.ROLE, "other"),
    (cues.NAME, "other"),
    (cues.NOBODY, "other"),
)


def _after_function_words(sentence: str, start: int, end: int) -> int:
    """Where a name begins without a leading `In`, `But` or weekday; -1 when nothing is left. Articles and they, it stay."""
    words = sentence[start:end].split(" ")
    for word in words:
        plain = word.casefold()
        if not plain.endswith("day") and word not in _MONTHS and (plain not in stop_words("en") or plain in _KEPT):
            return start
        start += len(word) + 1
    return -1


_MONTHS = frozenset(("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"))
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_KEPT = frozenset({"the", "a", "an", "they", "it", "his", "her", "its", "their", "some", "many", "several", "other", "both", "one", "this", "us"})


def is_postposed(sentence: str, cue: Cue) -> bool:
    """Whether the cue stands behind the words it reports: `..., NAME said`, `..., NAME said during a visit`."""
    before = sentence[max(0, cue.start - REACH) : cue.start].rstrip()
    if cue.form == "later" or not before.endswith((",", QUOTED, "–", "—", "?", "!")) or len(_LETTERS.findall(before)) + before.count(QUOTED) < 8:
        return False
    if cue.form == "inverted" or before.endswith(QUOTED):
        return True
    return bool(_TRAILING.match(sentence, cue.end)) and not AFTER_CUE.match(sentence, cue.end) and not sentence[: cue.end].endswith(("that", ":"))
