"""Sentences without a cue of their own: quotations that go on, and statements that continue the sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.voice.clauses import Cue, Who
from tracker.voice.cues import COMMENT, CONTINUES, DEONTIC, QUOTED, SCENE

_WORD = re.compile(r"[^\W_]")
_PRESENT = re.compile(r"\b(?:is|are|has|have|will|can|cannot|must|should|does|do|needs?|stands?|remains?|hopes?|supports?|values?|welcomes?|attaches|seeks?)\b")
_PAST = re.compile(
    r"\b(?:was|were|had|did|would|could|came|went|took|made|gave|held|met|rose|fell|left|said|told|began|grew|brought|built|spoke|saw|won|lost|ran|led|sent|put"
    r"|(?<!be\s)(?<!is\s)(?<!are\s)(?<!been\s)(?<!has\s)(?<!have\s)(?<!being\s)[a-z]{2,}ed(?!\sby\b))\b"
)
_STATES = re.compile(r"\b(?:said|pointed\sout|stressed|emphasi[sz]ed|noted|stated|added|underscored|expressed|responded)\b")
_REPORTER = re.compile(r"\b(?:was\spresent|were\spresent|issued|exchanged\sviews|signed|is\son\sa|according\sto)\b")
_COUNTRY = re.compile(
    r"[A-Z][\w-]+(?:\s(?:[a-z]+ly\s|also\s)?(?!says|tells|was\b|is\b|has\b)[a-z]+s\s[\w\s’'-]{1,80}?\sand)?\s(?:[a-z]+ly\s|also\s)?(?!says|tells|adds|notes|asks|insists|jokes|writes|argues)[a-z]+s"
    r"(?:\s(?:to|that|for|on|the))?"
)
# What marks a sentence as the reporter's: numbers, dates, the occasion itself, and what has been going on.
_FACT = re.compile(
    r"\d|\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|ago|since|(?:last|next|this|previous)\s(?:week|month|year|autumn|summer|spring|winter)|has\sbeen|have\sbeen"
    r"|(?:remarks?|comments?|speech|address|statement|announcement|visit|trip|ceremony|event|occasion|audience|crowd|room|hall|applause|aides?|staff|poll|polls|reporters|journalists|tour)\b)"
)
_FIRM = re.compile(
    r"\b(?:should|must|ought|cannot|could\snot|need(?:s|ed)?\sto|would|nobody|no\s(?:one|country|nation|government)|never|nothing|the\smore|time\sto)\b"
)
_UNDER = re.compile(r"(?:Under|If|Had)\b")
# What was said of the future, in a report in the past tense: "would" that no condition and no habit explains.
_BACKSHIFT = re.compile(
    r"\b(?:would|wouldn['’]t)\s(?:not\s|also\s|still\s|now\s|then\s|only\s)?(?!often\b|always\b|normally\b|usually\b|have\s(?:been|had)\b)[a-z]+"
)
_CONDITION = re.compile(r"\b(?:if|unless|whoever|critics|analysts|opponents|economists|according\sto|estimated|expected|proposal|bill|plan|draft)\b")
_ENUMERATES = re.compile(
    r"(?:First(?:\sof\sall)?|Second|Third|Fourth|Fifth|Sixth|Firstly|Secondly|Thirdly|Fourthly|Finally|Lastly|Next|In\saddition|At\sthe\ssame\stime|Also|Another)\b"
    r"|(?:The|A)\s(?:first|second|third|fourth|fifth|next|last|other|main)\s(?:[a-z]+\s)?(?:issue|task|point|priority|question|condition|step|goal|thing|problem|direction|area|aim|demand|reason)\b"
)
_PERSON = re.compile(
    r"(?:(?:[A-Z][\w’'-]+\s){1,3}[A-Z][\w’'-]+|(?:Mr|Ms|Mrs|Dr)\.?\s[A-Z]|He|She|His|Her|They|Their"
    r"|(?:The|Some|Many|Several|Other|Both)\s(?:[a-z]+\s){0,2}[a-z]{3,}s\s(?:have|had|were|who))\b"
)
_TAKES_UP = re.compile(
    r"(?:To\sthis\s(?:end|effect)|In\s(?:this|that)\s(?:regard|respect|connection|context|sense)|In\sparticular|Therefore|Thus|Hence|That\sis\swhy|For\s(?:this|that)\sreason)\b"
)
_ACTS_LATER = re.compile(r"[A-Z][a-z]+\s(?:[a-z]+,?\s){0,3}(?:he|she)\s")
_NAMED = re.compile(r"[A-Z][a-zà-ÿ]+\s[A-Z][a-zà-ÿ]+")
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|Our|my|My|us|me)\b")
_GOES_ON = "goes on in the present tense, as this text reports"
_ITSELF = re.compile(r"\s(?:he|she|they)\s")  # "said that he was glad" is in the past in any text
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
    for at, here in enumerate(sentences):
        before = sentences[at - 1] if at else None
        if (
            here.who is None
            and here.is_quotation
            and before
            and before.who
            and (here.starts_inside or before.paragraph in (here.paragraph, here.paragraph - 1))
        ):
            here.who, here.reason = before.who, "quote without a cue of its own"
            here.sure = before.sure and (here.starts_inside or before.paragraph == here.paragraph)
        elif here.who is None and here.is_quotation and before and before.who is None and before.acts and before.paragraph >= here.paragraph - 1:
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


def _may_go_on(masked: str) -> bool:
    """Whether nothing in a sentence shows that the reporter speaks again: no number or date, no other person, no quotation that is somebody's."""
    return not _FACT.search(masked) and not _PERSON.match(masked) and not _ACTS_LATER.match(masked)


def _goes_over(before: Sentence, here: Sentence) -> bool:
    """Whether a paragraph that says what should or would be goes on with what the speaker said in the one before."""
    if (
        before.who != "speaker"
        or here.who is not None
        or here.paragraph != before.paragraph + 1
        or SCENE.search(here.masked)
        or _PERSON.match(here.masked)
        or COMMENT.match(here.masked)
    ):
        return False
    if _TAKES_UP.match(here.masked) or (_ENUMERATES.match(here.masked) and DEONTIC.search(here.masked)):
        return True
    if _BACKSHIFT.search(here.masked) and not _CONDITION.search(here.masked) and not _UNDER.match(here.masked):
        return True
    if not _FIRM.search(here.masked) or _UNDER.match(here.masked):
        return False
    quotes = here.masked.count(QUOTED) >= _FRAGMENT and here.masked[:1] != QUOTED and not _NAMED.search(here.masked)
    return quotes or not _FACT.search(here.masked)


def continue_statements(sentences: Sequence[Sentence]) -> None:
    """Carry a speaker on in a paragraph to sentences that say what should be, or take up the one before, or go on as a ministry's readout does."""
    present = _reports_in_the_present(sentences)
    for before, here in pairwise(sentences):
        if present and is_country(here) and before.who not in (None, "institutional") and before.paragraph == here.paragraph:
            here.cue, here.who, here.reason, here.sure = None, before.who, _GOES_ON, False
            continue
        if _goes_over(before, here):
            here.who, here.reason, here.sure = "speaker", "goes on from the paragraph before", False
            continue
        if here.who is not None or before.who in (None, "institutional") or before.paragraph != here.paragraph or QUOTED in here.masked[:1]:
            continue
        if SCENE.search(here.masked) or _REPORTER.search(here.masked) or COMMENT.match(here.masked):
            continue
        speakers = before.who == "speaker"
        if here.masked.count(QUOTED) >= _FRAGMENT:
            here.who, here.reason, here.sure = before.who, "quotes on without a cue of its own", False
            continue
        if speakers and (DEONTIC.search(here.masked) or CONTINUES.match(here.masked)):
            here.who, here.reason, here.sure = "speaker", "continues the sentence before", False
        elif speakers and _may_go_on(here.masked):
            here.who, here.reason, here.sure = "speaker", "follows the speaker's in its paragraph", False
        elif present and _is_statement(here.masked) and (before.cue is None or _tense(before)):
            here.who, here.reason, here.sure = before.who, _GOES_ON, False


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
    present, past = _PRESENT.search(rest), _PAST.search(rest)
    if present and (past is None or present.start() < past.start()):
        return "present"
    return "past" if past else "present" if _STATES.search(sentence.masked[sentence.cue.start : sentence.cue.end]) else ""


def _reports_in_the_present(sentences: Sequence[Sentence]) -> bool:
    """Whether a text keeps the present tense behind "said that": then plain statements that follow are the speaker's own words, not the reporter's."""
    tenses = [_tense(s) for s in sentences if s.cue is not None and s.who != "institutional" and _STATES.search(s.masked[s.cue.start : s.cue.end])]
    present = tenses.count("present")
    return present >= _HABIT and present > 2 * tenses.count("past")


def _is_statement(masked: str) -> bool:
    """Whether a sentence states something in the present or future tense."""
    present, past = _PRESENT.search(masked), _PAST.search(masked)
    return present is not None and (past is None or present.start() < past.start()) if past else True
