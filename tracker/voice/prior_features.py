"""What a sentence without a cue of its own shows: its words, its place in the paragraph, and who spoke around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.patterns import regex
from tracker.voice.chains import BACKSHIFT, CONDITION, PAST, PERSON, PRESENT, Sentence
from tracker.voice.cues import COMMENT, CONTINUES, DEONTIC, PRONOUN, QUOTED, SCENE
from tracker.voice.names import Names
from tracker.voice.openings import Who, leads_in
from tracker.voice.stance import leans_to_the_speaker

_WE = regex(r"\b(?:we|our|us|ours|ourselves)\b", re.IGNORECASE)
_NUMBER = regex(r"\d|\b(?:hundred|thousand|million|billion|per\scent|percent)")
_DATE = regex(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|ago|since|(?:last|next|this|previous)\s(?:week|month|year|autumn|summer|spring|winter)|in\s(?:19|20)\d\d|by\s(?:19|20)\d\d)\b"
)
_JUDGES = regex(
    r"\b(?:important|good|bad|better|best|worse|worst|wrong|right|fair|unfair|clear|dangerous|serious|simple|ready|enough|too|only|real|true|great|essential|vital|difficult|hard|easy"
    r"|possible|impossible|unacceptable|inevitable|reasonable|responsible|strong|weak|proud|sorry|more|less|most|least)\b"
)
_NEGATES = regex(r"\b(?:not|no|never|nor|nothing|nobody|neither|none|cannot)\b|n['’]t\b")
_EVENT = regex(
    r"\b(?:took|began|ended|arrived|left|won|lost|fell|rose|died|opened|closed|came|went|met|held|signed|voted|launched|elected|killed|born|reached|attended|wore|sat|stood)\b"
)
_OCCASION = regex(
    r"\b(?:remarks?|comments?|speech|address|statement|announcement|visit|trip|ceremony|event|occasion|audience|crowd|room|hall|applause|aides?|staff|polls?|reporters|journalists|tour"
    r"|interview|meeting|conference|questions?)\b"
)
_FAR = regex(r"(?:It|They|There|This|That|These|Those|Such|None|Both|All|Each|Many|Some|Any|Nobody|Everyone)\b")
_TAKES_UP = regex(
    r"(?:First(?:\sof\sall)?|Second|Third|Fourth|Fifth|Sixth|Firstly|Secondly|Thirdly|Fourthly|Finally|Lastly|Next|In\saddition|At\sthe\ssame\stime|Also|Another|Therefore|Thus|Hence"
    r"|To\sthis\s(?:end|effect)|In\s(?:this|that)\s(?:regard|respect|connection|context|sense)|In\sparticular|That\sis\swhy|For\s(?:this|that)\sreason)\b"
    r"|(?:The|A)\s(?:first|second|third|fourth|fifth|next|last|other|main)\s(?:[a-z]+\s)?(?:issue|task|point|priority|question|condition|step|goal|thing|problem|direction|area|aim|demand|reason)\b"
)
_ORDER = regex(
    r"\b(?:was|were|is|are|been)\s(?:also\s|further\s)?(?:charged|commissioned|directed|entrusted|given|instructed|ordered|tasked|told)\s(?:to|with|until|the\stask|an?\sdeadline)\b"
)
# "The Government was instructed to ...", "Instructions were given to ...": as state agencies of some countries report what their leader said.
ORDERED = regex(
    r"(?:(?:A\snumber\sof\s|[A-Z]?[a-z]+\s)?[Ii]nstructions?\s(?:was|were)\s(?:also\s)?(?:given|issued)\b|(?:[A-Z]?[a-z]+\s){0,2}[Tt]asks?\s(?:was|were)\s(?:also\s)?(?:set|outlined|defined)\b"
    r"|(?:The\s)?(?:[\w’'-]+\s){0,5}?(?:[Gg]overnment|[Mm]inist\w+|[Cc]abinet|[Oo]fficials|[Aa]kims?|[Hh]okims?|[Gg]overnors?|[Mm]ayors?|[Aa]genc\w+|[Aa]uthorit\w+|[Dd]epartments?|[Hh]eads?|[Ll]eaders"
    r"|[Bb]odies|[Oo]rgans|[Cc]ommittees?|[Aa]dministrations?|[Ss]ervices|[Pp]ersons|[Oo]rgani[sz]ations)(?:\s(?:of|for|in)\s[\w\s’'-]{2,50}?)?"
    r"\s(?:was|were|has\sbeen|have\sbeen)\s(?:also\s|further\s)?(?:charged|commissioned|directed|entrusted|instructed|tasked)\s(?:to|with)\b)"
)
_MANNER = regex(
    r"\b(?:is|was|were|sounded|seemed|looked|appeared|remained|bristled|demurred|hesitated)(?:\s(?:not|more|less|equally|rather|even|also|as|just|quite|very))*(?:\s[a-z]+)?[.:]$"
)
_WORD = regex(r"[^\W_]+")
_FRAGMENT = 15
_LONG = 25
_FAR_BACK = 3
_FIRST = 2
NEVER = 99  # sentences


@dataclass(slots=True)
class Heard:
    """What a reader remembers of the sentences before.

    Args:
        spoke: Who spoke last, the speaker or another.
        reported: Whether at least two sentences of the text have a cue of the speaker's.
        present: Whether the text keeps the present tense behind "said that".
        back: Sentences since the speaker's last; NEVER before the first.
    """

    reported: bool
    present: bool = False
    spoke: Who | None = None
    back: int = NEVER

    def pass_on(self, here: Sentence) -> None:
        """Remember a decided sentence."""
        self.back = 0 if here.who == "speaker" else min(NEVER, self.back + 1)
        if here.who in ("speaker", "other"):
            self.spoke = here.who


def features(sentences: Sequence[Sentence], at: int, names: Names, heard: Heard) -> dict[str, float]:
    """Return the features of a sentence, 0 or 1 but for the share, by name.

    Args:
        sentences: All of a text, those before `at` decided.
        at: Which.
        names: What the speaker is called.
        heard: What the sentences before leave in memory.
    """
    here = sentences[at]
    mind = heard.reported and bool(leans_to_the_speaker(here.masked, names, here.he))
    told = _wording(here, names, mind=mind)
    bound = heard.present and heard.spoke == "speaker" and told["should, must or will"] > 0
    return {**_around(sentences, at, heard), **told, "should, must or will, in a text that keeps the present": float(bound)}


def _around(sentences: Sequence[Sentence], at: int, heard: Heard) -> dict[str, float]:
    """Who is heard before and behind, and where in its paragraph the sentence stands."""
    here = sentences[at]
    before = sentences[at - 1] if at else None
    behind = sentences[at + 1] if at + 1 < len(sentences) else None
    same = before is not None and before.paragraph == here.paragraph
    ends = behind is None or behind.paragraph != here.paragraph
    who = before.who if before else None
    told = {
        "the speaker before it in its paragraph": same and who == "speaker",
        "the speaker surely before it": who == "speaker" and before is not None and before.sure,
        "a quotation before it": before is not None and before.is_quotation,
        "narration before it in its paragraph": same and who is None,
        "the speaker heard last": heard.spoke == "speaker",
        "the speaker heard two sentences before": heard.back == 1,
        "the speaker not heard for long": heard.back > _FAR_BACK,
        "alone in its paragraph": not same and ends,
        "opens its paragraph": not same and not ends,
        "the speaker behind it in its paragraph": behind is not None and not ends and behind.who == "speaker",
        "the speaker's pronoun behind it": behind is not None
        and behind.who == "speaker"
        and behind.cue is not None
        and PRONOUN.match(behind.cue.words) is not None,
        "a quotation of the speaker behind it": behind is not None and behind.who == "speaker" and behind.is_quotation,
        "another behind it": behind is not None and behind.who == "other",
        "among the first sentences": at < _FIRST and heard.spoke is None,
    }
    return {name: float(holds) for name, holds in told.items()}


def _wording(here: Sentence, names: Names, *, mind: bool) -> dict[str, float]:
    """What its own words show."""
    masked = here.masked
    mentions = names.find(masked)
    subject = any(can and leads_in(masked, start) for start, _, can in mentions)
    pronoun = here.he == "speaker" and bool(PRONOUN.match(masked))
    present, past = PRESENT.search(masked), PAST.search(masked)
    words = len(_WORD.findall(masked))
    would, condition = bool(BACKSHIFT.search(masked)), bool(CONDITION.search(masked))
    told = {
        "tells the speaker's mind": mind,
        "the speaker's pronoun opens it": pronoun,
        "the speaker named, not as subject": bool(mentions) and not subject,
        "another person opens it": bool(PERSON.match(masked)) and not pronoun and not subject,
        "it, they or this opens it": bool(_FAR.match(masked)),
        "takes up the sentence before": bool(CONTINUES.match(masked) or _TAKES_UP.match(masked)),
        "would": would and not condition,
        "would, under a condition": would and condition,
        "should, must or will": bool(DEONTIC.search(masked)) and not would,
        "present tense": present is not None and (past is None or present.start() < past.start()),
        "an order": bool(_ORDER.search(masked)),
        "only how it was said": mind and bool(_MANNER.search(masked)),
        "we": bool(_WE.search(masked)),
        "a number": bool(_NUMBER.search(masked)),
        "a date": bool(_DATE.search(masked)),
        "a judgement": bool(_JUDGES.search(masked)),
        "a negation": bool(_NEGATES.search(masked)),
        "a scene": bool(SCENE.search(masked)),
        "an event": bool(_EVENT.search(masked)),
        "the occasion itself": bool(_OCCASION.search(masked)),
        "weighs what was said": bool(COMMENT.match(masked)),
        "quotes words": masked.count(QUOTED) >= _FRAGMENT,
        "long": words > _LONG,
    }
    return {name: float(holds) for name, holds in told.items()}
