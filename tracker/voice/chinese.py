"""Whose words in a Chinese readout: subject and verb of saying (陶某强调, 他指出, 会议要求), quotations, and what follows in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.patterns import regex
from tracker.recipe import Recipe, SpeakerRecipe
from tracker.speech import Speech
from tracker.voice.chains import Sentence
from tracker.voice.clauses import Cue
from tracker.voice.cues import QUOTED
from tracker.voice.openings import Who

_SAYS = (
    r"(?:强调|指出|要求|表示|认为|提出|呼吁|重申|回应|宣布|勉励|叮嘱|嘱咐|提醒|主张|号召|坦言|警告|谴责|承诺|建议|解释|写道|回答|答道|期待|希望|相信|介绍|祝贺|感谢|赞赏|欢迎(?!仪式|宴会|晚宴|辞|词|会)"
    r"|致以|告诉|透露|批评|反对|支持|肯定地说|说|称)"
)
_BETWEEN = rf"[^，。；：、！？“”{QUOTED}]{{0,40}}?"
_BEHIND = rf"(?=道?[，：:]|[^，。；：\s]|{QUOTED})"
_CUE = regex(rf"{_BETWEEN}(?<!发)(?<!演)(?<!传)(?<!据)(?<!听)(?<!小)(?<!学){_SAYS}{_BEHIND}")
_LATER = regex(rf"，(?:并|还|也|同时|再次|要)?{_SAYS}(?=[，：:]|[^，。；\s])")
_AT_END = regex(rf"(?:{_BETWEEN})(?:说|表示|强调|指出|称)[。！]?$")
_PRONOUN = regex(r"[他她](?!们|的(?!话))")
_INSTITUTION = regex(
    r"(?:(?<=^)|(?<=[，。；]))(?:会议|大会|全会|座谈会|论坛|与会[^，。]{0,6}|双方|各方|两国(?:元首|领导人|领袖)?|双方领导人|公报|声明|联合声明|文件|决定|意见|国务院|党中央|中央|常务会议|代表们|参会[^，。]{0,6})"
    r"(?=[^，。；：“”]{0,12}?(?:强调|指出|要求|认为|提出|决定|同意|一致|还就|就|发表|呼吁|重申|表示|商定|达成))"
)
_PAPER = regex(r"(?:讲话|批示|指示|贺信|贺电|回信|文章|演讲|致辞|报告)(?:还|并|最后)?(?:强调|指出|要求|提出|说)")
_OFFICES = (
    r"(?:总统|主席|总理|首相|书记|部长|外长|省长|市长|州长|主任|大使|发言人|司长|局长|议长|委员长|秘书长|国王|女王|大臣|校长|院长|代表|教授"
    r"|专家|村民|居民|负责人)"
)
_OTHER_CUE = regex(
    r"(?:^|[，。；])(?P<who>[\u4e00-\u9fff·]{2,24}?)(?:最后|随后|还|也|则|回应|在[^，。；]{1,20})?"
    rf"(?:强调|指出|要求|表示|说|认为|提出|呼吁|回应|介绍|重申|称)(?=[，：:了说]|{QUOTED})"
)
_OTHER_OPENS = regex(rf"[\u4e00-\u9fff]{{0,12}}?{_OFFICES}[\u4e00-\u9fff·]{{2,8}}(?:出席|主持|参加|发言|陪同|介绍|汇报)")
_SCENE = regex(
    r"考察|参观|来到|走进|听取|会见|陪同|出席|主持召开|举行|察看|观看|表演|抵达|前往|乘车|合影|握手|参加|签署|检阅|交谈|发表(?:了)?(?:重要|主旨)?"
    r"(?:讲话|演讲)|发言|在座|交换(?:了)?意见|发表联合"
)
_TIMED = regex(r"(?:当地时间|当天|当日|随后|会(?:谈|见|议)?(?:前|后)|开幕式(?:前|后)|\d{1,2}[月日])")
_TO = frozenset("对向为同与给")
_LETTER = regex(r"[^\W_]")
_SHORT = 20  # characters of a clause that only names who spoke, behind a quotation that ends with its own stop


@dataclass(frozen=True, slots=True)
class ChineseNames:
    """How a Chinese text names its speaker: the patterns of name and titles, and of the name alone."""

    subject: re.Pattern[str]
    name: str


def chinese_names(speech: Speech, recipe: Recipe) -> ChineseNames | None:
    """Return how the text names the speaker: the name, title and name, and the titles that the settings give; None when no speaker is known."""
    name = "".join(speech.speaker.split())
    if not name:
        return None
    settings = recipe.speakers.get(speech.speaker, SpeakerRecipe())
    alone = [name, *([settings.surname + t for t in settings.titles] if settings.surname else []), *settings.titles]
    titles = "|".join(re.escape(word) for word in sorted(alone, key=lambda w: (-len(w), w)))
    return ChineseNames(re.compile(rf"(?:{titles})"), name)


def is_named(text: str, speaker: str, recipe: Recipe) -> bool:
    """Whether a Chinese text names the speaker at all: nothing is the speaker's in one that does not."""
    names = chinese_names(Speech("", text, speaker=speaker, language="zh"), recipe)
    return names is not None and names.subject.search(re.sub(r"\s", " ", text)) is not None


def attribute_chinese(sentences: Sequence[Sentence], names: ChineseNames) -> None:
    """Decide each sentence's voice: cues, quotations, then what goes on in the paragraph."""
    last: Who | None = None
    for sentence in sentences:
        cue = _cue(sentence.masked, names, last)
        if cue is not None:
            sentence.cue, sentence.who = cue, cue.who
            sentence.reason, sentence.sure = cue.words[:40] + "…" * (len(cue.words) > 40), cue.form != "later"
        opens = _opens(sentence.masked, names)
        last = opens or (cue.who if cue and cue.who != "institutional" else last)
    _quotations(sentences)
    _go_on(sentences)


def _opens(masked: str, names: ChineseNames) -> Who | None:
    """Whose name opens the sentence as its subject."""
    first = names.subject.search(masked)
    if _OTHER_OPENS.match(masked) and (first is None or first.start() > 14):
        return "other"
    return "speaker" if first is not None and not re.search(r"[对向为同与给]$|[对向为同与给][^，]{0,6}$", masked[: first.start()]) else None


def _cue(masked: str, names: ChineseNames, last: Who | None) -> Cue | None:
    """The first cue outside quotations."""
    found = [*_own_cues(masked, names), *_other_cues(masked, names)]
    for match in _PRONOUN.finditer(masked):
        verb = _CUE.match(masked, match.end())
        if verb and last in ("speaker", "other"):
            found.append(_made(masked, match.start(), verb.end(), last))
    for match in _INSTITUTION.finditer(masked):
        end = _CUE.match(masked, match.end())
        found.append(_made(masked, match.start(), end.end() if end else match.end(), "institutional"))
    if (paper := _PAPER.match(masked)) and last == "speaker":
        found.append(_made(masked, 0, paper.end(), "speaker"))
    return min(found, key=lambda cue: (cue.start, cue.who != "speaker"), default=None)


def _own_cues(masked: str, names: ChineseNames) -> list[Cue]:
    """Cues whose subject is the speaker by name or title."""
    found = []
    for match in names.subject.finditer(masked):
        if masked[max(0, match.start() - 1) : match.start()] in _TO or masked[match.end() : match.end() + 1] in {"的", "等"}:
            continue
        verb = _CUE.match(masked, match.end()) or (_AT_END.match(masked, match.end()) if QUOTED in masked or len(masked) <= _SHORT else None)
        later = None if verb else _LATER.search(masked, match.end(), match.end() + 80)
        if verb:
            found.append(_made(masked, match.start(), verb.end(), "speaker"))
        elif later:
            found.append(_made(masked, match.start(), later.end(), "speaker", words=match[0] + later[0]))
    return found


def _other_cues(masked: str, names: ChineseNames) -> list[Cue]:
    """Cues whose subject is anybody else."""
    if _PAPER.match(masked):
        return []
    return [
        _made(masked, match.start("who"), match.end(), "other")
        for match in _OTHER_CUE.finditer(masked)
        if not names.subject.search(match["who"]) and not _PRONOUN.match(match["who"]) and not _INSTITUTION.match(masked, match.start("who"))
    ]


def _made(masked: str, start: int, end: int, who: Who, *, words: str = "") -> Cue:
    """A cue; its frame reaches from the beginning of the sentence over the comma or colon behind the verb."""
    while end < len(masked) and masked[end] in "道，：:了":
        end += 1
    return Cue(start, end, who, (words or masked[start:end]).strip("，：: "))


def _quotations(sentences: Sequence[Sentence]) -> None:
    """Give a sentence that is only quotation to the one who is named behind it, else before it."""
    for at, here in enumerate(sentences):
        if here.who is not None or QUOTED not in here.masked or _LETTER.search(here.masked.replace(QUOTED, "")):
            continue
        before = sentences[at - 1] if at else None
        behind = sentences[at + 1] if at + 1 < len(sentences) else None
        if behind and behind.who and behind.paragraph == here.paragraph and _AT_END.match(behind.masked):
            here.who, here.reason = behind.who, "quote without a cue of its own"
        elif before and before.who and before.paragraph in (here.paragraph, here.paragraph - 1):
            here.who, here.reason = before.who, "quote without a cue of its own"
            here.sure = before.sure and before.paragraph == here.paragraph


def _go_on(sentences: Sequence[Sentence]) -> None:
    """Carry a voice over the parts of one sentence (；) and over statements that follow in its paragraph."""
    for before, here in pairwise(sentences):
        if here.who is not None or before.who is None or before.paragraph != here.paragraph:
            continue
        if before.masked.endswith(("；", ";")):
            here.who, here.reason, here.sure = before.who, "goes on with the sentence before", before.sure
        elif before.who != "institutional" and not _SCENE.search(here.masked) and not _TIMED.match(here.masked):
            here.who, here.reason, here.sure = before.who, "follows in the paragraph of the one who speaks", False


def chinese_frame(sentence: Sentence) -> tuple[int, int]:
    """The reporter's frame: from the beginning of the sentence to the comma or colon behind the verb."""
    cue = sentence.cue
    return (0, cue.end) if cue is not None and cue.who == "speaker" else (0, 0)
