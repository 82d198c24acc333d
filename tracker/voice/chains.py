"""Sentences without a cue of their own: quotations that go on, and statements that continue the sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.patterns import regex
from tracker.voice.clauses import Cue
from tracker.voice.cues import COMMENT, QUOTED, SCENE
from tracker.voice.openings import Who

_WORD = regex(r"[^\W_]")
PRESENT = regex(r"\b(?:is|are|has|have|will|can|cannot|must|should|does|do|needs?|stands?|remains?|hopes?|supports?|values?|welcomes?|attaches|seeks?)\b")
PAST = regex(
    r"\b(?:was|were|had|did|would|could|came|went|took|made|gave|held|met|rose|fell|left|said|told|began|grew|brought|built|spoke|saw|won|lost|ran|led|sent|put"
    r"|(?<!be\s)(?<!is\s)(?<!are\s)(?<!been\s)(?<!has\s)(?<!have\s)(?<!being\s)[a-z]{2,}ed(?!\sby\b))\b"
)
_STATES = regex(r"\b(?:said|pointed\sout|stressed|emphasi[sz]ed|noted|stated|added|underscored|expressed|responded)\b")
_REPORTER = regex(r"\b(?:was\spresent|were\spresent|issued|exchanged\sviews|signed|is\son\sa|according\sto)\b")
_COUNTRY = regex(
    r"[A-Z][\w-]+(?:\s(?:[a-z]+ly\s|also\s)?(?!says|tells|was\b|is\b|has\b)[a-z]+s\s[\w\s’'-]{1,80}?\sand)?\s(?:[a-z]+ly\s|also\s)?(?!says|tells|adds|notes|asks|insists|jokes|writes|argues)[a-z]+s"
    r"(?:\s(?:to|that|for|on|the))?"
)
# What was said of the future, in a report in the past tense: "would" that no condition and no habit explains.
BACKSHIFT = regex(r"\b(?:would|wouldn['’]t)\s(?:not\s|also\s|still\s|now\s|then\s|only\s)?(?!often\b|always\b|normally\b|usually\b|have\s(?:been|had)\b)[a-z]+")
CONDITION = regex(r"\b(?:if|unless|whoever|critics|analysts|opponents|economists|according\sto|estimated|expected|proposal|bill|plan|draft)\b")
PERSON = regex(
    r"(?:(?:[A-Z][\w’'-]+\s){1,3}[A-Z][\w’'-]+|(?:Mr|Ms|Mrs|Dr)\.?\s[A-Z]|He|She|His|Her|They|Their"
    r"|(?:The|Some|Many|Several|Other|Both)\s(?:[a-z]+\s){0,2}[a-z]{3,}s\s(?:have|had|were|who))\b"
)
_FIRST_PERSON = regex(r"\b(?:I|we|We|our|Our|my|My|us|me)\b")
_GOES_ON = "goes on in the present tense, as this text reports"
_ITSELF = regex(r"\s(?:he|she|they)\s")  # "said that he was glad" is in the past in any text
_FRAGMENT = 15  # characters of quotation that are no single word in scare quotes
_HABIT = 3  # reported statements in the present tense, and twice as many as in the past, make it the habit of a text


@dataclass(slots=True)
class Sentence:
    """A body sentence while its voice is being decided.

    Args:
        start: Offset of its first character.
        end: Offset behind its last.
        paragraph: Number of its paragraph.
        masked: Its text with quoted characters replaced.
        starts_inside: Whether a quotation is open where it begins.
        ends_inside: Whether one is open where it ends.
        cue: Who is said to speak in it, if anybody.
        he: Whom "he" or "she" means in it.
        acts: Whether the speaker is its subject.
        who: Whose it is.
        reason: Why.
        sure: False where the rule only leans to it.
    """

    start: int
    end: int
    paragraph: int
    masked: str
    starts_inside: bool = False
    ends_inside: bool = False
    cue: Cue | None = None
    he: Who | None = None
    acts: bool = False
    who: Who | None = None
    reason: str = ""
    sure: bool = True

    @property
    def is_quotation(self) -> bool:
        """Whether nothing but quotation stands in it, or it begins inside one that fills most of it."""
        quoted, outside = self.masked.count(QUOTED), len(_WORD.findall(self.masked))
        return quoted > 0 and (outside == 0 or (self.starts_inside and quoted > outside))


def chain_quotations(sentences: Sequence[Sentence]) -> None:
    """Give a quotation without a cue of its own to whom it belongs: its own later cue, the sentence before, or the paragraph before."""
    for at in range(len(sentences) - 1, -1, -1):
        here = sentences[at]
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        if here.who is None and here.is_quotation and here.ends_inside and following and following.starts_inside and following.who:
            here.who, here.reason = following.who, "quote without a cue of its own"
    for before, here in pairwise(sentences):
        follow_quotation(before, here)


def follow_quotation(before: Sentence, here: Sentence) -> None:
    """Give a quotation that nobody is said to speak to whom the sentence before belongs."""
    if here.who is not None or not here.is_quotation:
        return
    if before.who and (here.starts_inside or before.paragraph in (here.paragraph, here.paragraph - 1)):
        here.who, here.reason = before.who, "quote without a cue of its own"
        here.sure = before.sure and (here.starts_inside or before.paragraph == here.paragraph)
    elif before.who is None and before.acts and before.paragraph >= here.paragraph - 1:
        here.who, here.reason, here.sure = "speaker", "quote behind what the speaker does", False


def resume_quotations(sentences: Sequence[Sentence]) -> None:
    """Give a quotation that nobody is said to speak to the leader, over the narration between, when the leader was the last person who spoke."""
    last: Who | None = None
    for here in sentences:
        if here.who is None and here.is_quotation and last == "speaker":
            here.who, here.reason, here.sure = "speaker", "quote without a cue, nobody else having spoken since", False
        if here.who in ("speaker", "other"):
            last = here.who


def announced_statements(sentences: Sequence[Sentence]) -> None:
    """Give the speaker the paragraphs behind "NAME said:" that stand without quotation marks: the first, and further ones in the first person."""
    open_to = -1
    announced = False
    for before, here in pairwise(sentences):
        if before.who == "speaker" and before.cue and before.masked.rstrip().endswith(":") and here.paragraph == before.paragraph + 1:
            open_to, announced = here.paragraph, True
        elif announced and here.paragraph == open_to + 1:
            open_to = here.paragraph if _FIRST_PERSON.search(here.masked) else -1
        announced = announced and here.paragraph == open_to and here.cue is None
        if announced and here.who is None:
            here.who, here.reason = "speaker", "announced by a colon"


def goes_on(before: Sentence, here: Sentence, *, present: bool) -> bool:
    """Carry a voice on to a sentence that quotes on in its paragraph, or goes on as a ministry's readout does; return whether it was.

    Args:
        before: The sentence before, decided.
        here: The sentence to be decided.
        present: Whether the text keeps the present tense behind "said that".
    """
    if before.who in (None, "institutional") or before.paragraph != here.paragraph:
        return False
    if present and is_country(here):
        here.cue, here.who, here.reason, here.sure = None, before.who, _GOES_ON, False
        return True
    if here.who is not None or QUOTED in here.masked[:1] or is_the_reporters(here.masked):
        return False
    if here.masked.count(QUOTED) >= _FRAGMENT:
        here.who, here.reason, here.sure = before.who, "quotes on without a cue of its own", False
    elif present and _is_statement(here.masked) and (before.cue is None or _tense(before)):
        here.who, here.reason, here.sure = before.who, _GOES_ON, False
    return here.who is not None


def is_the_reporters(masked: str) -> bool:
    """Whether a sentence tells a scene, who signed or issued something, or weighs what was said."""
    return bool(SCENE.search(masked) or _REPORTER.search(masked) or COMMENT.match(masked))


def is_country(sentence: Sentence) -> bool:
    """Whether a cue is only a country in the present tense, "Norlund welcomes ...": in a text that keeps it, that is what the speaker says."""
    cue = sentence.cue
    return cue is not None and cue.who == "other" and cue.start == 0 and bool(_COUNTRY.fullmatch(sentence.masked[: cue.end]))


def _tense(sentence: Sentence) -> str:
    """The tense of what a cue reports: present, past, or "" when there is nothing to tell it by."""
    if sentence.cue is None or sentence.cue.form != "before":
        return ""
    rest = sentence.masked[sentence.cue.end :]
    if _ITSELF.match(rest):
        return ""
    present, past = PRESENT.search(rest), PAST.search(rest)
    if present and (past is None or present.start() < past.start()):
        return "present"
    return "past" if past else "present" if _STATES.search(sentence.masked[sentence.cue.start : sentence.cue.end]) else ""


def reports_in_the_present(sentences: Sequence[Sentence]) -> bool:
    """Whether a text keeps the present tense behind "said that": then plain statements that follow are the speaker's own words, not the reporter's."""
    tenses = [_tense(s) for s in sentences if s.cue is not None and s.who != "institutional" and _STATES.search(s.masked[s.cue.start : s.cue.end])]
    present = tenses.count("present")
    return present >= _HABIT and present > 2 * tenses.count("past")


def _is_statement(masked: str) -> bool:
    """Whether a sentence states something in the present or future tense."""
    present, past = PRESENT.search(masked), PAST.search(masked)
    return present is not None and (past is None or present.start() < past.start()) if past else True
