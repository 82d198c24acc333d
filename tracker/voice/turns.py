"""Turns of a dialogue: "THE PRESIDENT: ...", "Q. ...", "Governor Tor Halle: ...", "记者：..." at the beginning of a line, and whose they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tracker.languages import stop_words
from tracker.patterns import regex
from tracker.sources.blocks import BlockSpan
from tracker.voice.offices import OFFICE
from tracker.voice.pronouns import GENDERED, PARTICLES
from tracker.voice.spelling import folded

QUESTION = "a question"
_CHARACTERS, _WORDS = 90, 9  # of a label
_INITIALS = 2
_FEW = 3  # turns that make a dialogue when nobody is only asked
_MARK = r"[ \t]*(?P<mark>\*\*|__|\*)?[ \t]*"
_COLON = regex(rf"{_MARK}(?P<label>[^\W\d_a-z][^\n:：]{{0,{_CHARACTERS}}}?)[ \t]*(?:\*\*|__|\*)?[:：](?:\*\*|__|\*)?[ \t]*(?!//)")
_BOLD = regex(rf"[ \t]*(?P<mark>\*\*|__)[ \t]*(?P<label>[^\W\d_a-z][^\n:：*_]{{0,{_CHARACTERS}}}?)[ \t]*(?:\*\*|__)[ \t]*(?=\n|$)")
_STOP = regex(
    r"[ \t]*(?P<mark>)(?P<label>Q|A|QUESTION|ANSWER|THE\s[A-Z]{4,}(?:\s[A-Z]{4,}){0,2}"
    r"|(?:MR|MS|MRS|DR|SEN|REP|GOV|SECRETARY|PRESIDENT|SENATOR|GOVERNOR|CHAIRMAN|CHAIR|MODERATOR)\.?(?:\s[A-Z][A-Z’'-]+){1,3})(?:\.\s|[ \t]{2,})[ \t]*"
)
# As official papers print an address: "The President. Thank you." and "Audience members. Four more years!"
_PAPERS = regex(
    rf"[ \t]*(?P<mark>)(?P<label>The\s(?:{OFFICE})|Audience\s[Mm]embers?"
    r"|(?:Representative|Rep\.|Senator|Sen\.|Vice\sPresident|Speaker)\s(?:[A-Z][\w.’'-]*\s){0,3}[A-Z][\w’'-]+)\.[ \t]+(?=\S)"
)
_LABELS = (_COLON, _STOP, _PAPERS, _BOLD)
_CROWD = regex(r"audience|audience\smembers?|crowd|protesters?|hecklers?", re.IGNORECASE)
_ASKS = regex(
    r"(?:(?:unidentified\s|the\s|male\s|female\s|first\s)*(?:q|question|questions|reporters?|journalists?|interviewer|moderator|host|correspondent|press|media|student"
    r"|participant|frage|pregunta|pergunta|domanda|вопрос|journaliste)(?:\s?#?\d{1,3})?|(?:记者|问|提问|主持人|[\u4e00-\u9fff]{0,10}记者(?:问)?|question\s[a-z]+))",
    re.IGNORECASE,
)
_ANSWERS = regex(r"(?:a|answer|antwort|respuesta|resposta|réponse|risposta|ответ|答|答复|回答)(?:\s?#?\d{1,3})?", re.IGNORECASE)
_ASIDE = regex(r"\s*[(\[（【][^)\]）】]*[)\]）】]|,\s.*$")
_HELD = regex(rf"\b(?:(?i:{OFFICE})|{GENDERED}|M[RS]S?|D[Rr])\b")
_THE_OFFICE = regex(rf"(?i:the\s(?:vice\s|deputy\s|acting\s)?(?:{OFFICE}))")
_PLAIN = regex(r"[\w.’'&-]+")
# What opens a line with a colon and is nobody: an ordinal, a heading, a salutation.
_WORDS_OF_NOBODY = """
first second third fourth fifth sixth seventh eighth ninth tenth firstly secondly thirdly fourthly finally lastly next note notes summary background
example examples update correction contact source sources date time place subject re cc attention warning result results conclusion introduction
overview highlights today tomorrow yesterday fellow dear ladies gentlemen members honourable honorable friends colleagues citizens delegates
countrymen excellencies comrades deputies distinguished senators brothers sisters one two three four five phone email website media photo caption
annex appendix table figure chapter section part article remember imagine again however title speaker language kind outlet event published
"""
_NOBODY = frozenset(_WORDS_OF_NOBODY.split())
_HAN_LABEL = regex(r"[\u4e00-\u9fff·]{1,12}")
_HAN_NOBODY = regex(
    r"各位|同志|朋友|女士|先生们|注$|第[一二三四五六七八九十]|[一二三四五六七八九十]是|目标|主要|如下|工作|方面|要求|措施|编者|摘要|来源|责任|编辑|时间|地点"
    r"|[是有为要做说在了的]$"
)
_SCENE_END = regex(r"[ \t]*(?:<(?:…|\.\.\.)>|\[(?:…|\.\.\.)\]|(?:#\s?){2,}|END|\(End\))[ \t]*")
_SPOKEN = regex(r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur|us)\b|我")
_QUOTED = regex(r"[“\"][^“”\"\n]*[”\"]?")
_LINE = regex(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Turn:
    """Words of one person, from a label to the next.

    Args:
        start: Where its label begins.
        words: Where the words behind the label begin.
        who: Whose they are; "" from where a dialogue is broken off and the reporter may go on.
        label: The name as written, or `QUESTION`.
        alone: Whether only its first paragraph is its own: a shout of the audience, or a question in a text whose answers have no label.
    """

    start: int
    words: int
    who: Literal["speaker", "other", ""]
    label: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    words: int
    text: str
    role: str  # asks, answers, speaker, office, person or "end"
    held: bool = False  # with an office or honour, marked bold, or in capitals


def may_have_turns(text: str, speaker: str = "") -> bool:
    r"""Whether at least two lines of a text begin with what can be a label, one of them a word of the speaker's name, an office or a question's; cheap.

    Args:
        text: The text.
        speaker: The name.

    Example:
        >>> may_have_turns("Q: Why?\nA: So."), may_have_turns("Fellow citizens: we meet again."), may_have_turns("Oil: up.\nGas: down.", "Tor Halle")
        (True, False, False)
    """
    labels = _candidates(text, lambda _: False)
    own = {folded(word) for word in re.split(r"[\s-]", speaker)}
    han = speaker if _HAN_LABEL.fullmatch(speaker) else "\0"
    return len(labels) > 1 and any(x.role in ("asks", "office") or han in x.text or own & {folded(w) for w in re.split(r"[\s-]", x.text)} for x in labels)


def find_turns(text: str, blocks: Sequence[BlockSpan], is_speaker: Callable[[str], bool]) -> tuple[Turn, ...]:
    r"""Return the turns of a dialogue in order, () for a text that is none.

    A dialogue needs a label of the speaker's own beside those of others, or questions: headings, salutations and "One thing: ..." make none.

    Args:
        text: The text.
        blocks: Its blocks; labels in title and captions count for nothing.
        is_speaker: Whether a label names the speaker.

    Example:
        >>> told = "A Talk\n\nAlva Brandt: Good morning.\n\nTor Halle: Good morning.\n\nAlva Brandt: Sit down."
        >>> [(turn.who, turn.label) for turn in find_turns(told, (), lambda label: "Brandt" in label)]
        [('speaker', 'Alva Brandt'), ('other', 'Tor Halle'), ('speaker', 'Alva Brandt')]
    """
    asides = [(b.start, b.end) for b in blocks if b.block in ("title", "caption")]
    labels = [label for label in _candidates(text, is_speaker) if not any(a <= label.start < b for a, b in asides)]
    roles = Counter(label.role for label in labels)
    offices = {label.text.casefold() for label in labels if label.role == "office"}
    office = "speaker" if not roles["speaker"] and len(offices) == 1 else "person"
    labels = [_Label(x.start, x.words, x.text, office) if x.role == "office" else x for x in labels]
    times = Counter(label.text for label in labels)
    short = any(x.role == "speaker" and " " not in x.text for x in labels)
    labels = [x for x in labels if x.role != "person" or times[x.text] > 1 or x.held or ((short or " " in x.text) and not _is_of_words(x.text, text))]
    roles = Counter(label.role for label in labels)
    own = roles["speaker"] + roles["answers"]
    if not (own and roles["asks"]) and roles["asks"] < 2 and not (roles["speaker"] and roles["person"] and own + roles["person"] >= _FEW):
        return ()
    return tuple(_turn(label, alone=not own) for label in labels)


def _turn(label: _Label, *, alone: bool) -> Turn:
    if label.role == "end":
        return Turn(label.start, label.words, "", "")
    if label.role == "asks":
        return Turn(label.start, label.words, "other", QUESTION, alone=alone or bool(_CROWD.fullmatch(label.text)))
    return Turn(label.start, label.words, "speaker" if label.role in ("speaker", "answers") else "other", label.text)


def _candidates(text: str, is_speaker: Callable[[str], bool]) -> list[_Label]:
    """The lines that begin with what can be a label."""
    found: list[_Label] = []
    for line in _LINE.finditer(text):
        if _SCENE_END.fullmatch(text, *line.span()):
            if found:
                found.append(_Label(line.start(), line.end(), "", "end"))
            continue
        for pattern in _LABELS:
            match = pattern.match(text, line.start())
            label = _read(match, is_speaker) if match and match.end() <= line.end() + 1 else None
            if label:
                found.append(label)
                break
    return found


def _read(match: re.Match[str], is_speaker: Callable[[str], bool]) -> _Label | None:
    """The label with its role, None when it cannot be one."""
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    plain = " ".join(_ASIDE.sub("", match["label"].strip("*_ ")).split())
    if _ASKS.fullmatch(plain) or _CROWD.fullmatch(plain):
        return _Label(start, match.end(), plain, "asks")
    if _ANSWERS.fullmatch(plain):
        return _Label(start, match.end(), plain, "answers")
    if not (_HAN_LABEL.fullmatch(plain) and not _HAN_NOBODY.search(plain)) and not _is_named(plain):
        return None
    if is_speaker(plain):
        return _Label(start, match.end(), plain, "speaker")
    if _THE_OFFICE.fullmatch(plain):
        return _Label(start, match.end(), plain, "office")
    return _Label(start, match.end(), plain, "person", bool(_HELD.search(plain)) or bool(match["mark"]) or (plain.isupper() and len(plain) > _INITIALS))


def _is_of_words(label: str, text: str) -> bool:
    """Whether every word of a label is used in small letters too, as those of a heading are ("Health Care")."""
    return all(re.search(rf"\b{re.escape(word.casefold())}\b", text) for word in label.split())


def _is_named(label: str) -> bool:
    """Whether every word is capitalised or a particle, and none opens a sentence, a list or a salutation."""
    words = label.split()
    if not 0 < len(words) <= _WORDS or not all(_PLAIN.fullmatch(word) for word in words):
        return False
    small = {"of", "the", "for", "and", "to", *PARTICLES}
    if not all(word[:1].isupper() or word in small for word in words) or words[-1] in small:
        return False
    plain = [word.casefold().strip(".") for word in words]
    opens = plain[1:] if plain[0] in ("the", "mr", "mrs", "ms") else plain
    if plain[0] in ("mr", "mrs", "madam", "mister") and _HELD.fullmatch(" ".join(words[1:])):  # "Mr. President:" is spoken to
        return False
    return bool(opens) and not _NOBODY & set(opens) and opens[0] not in stop_words("en")


def split_at_turns(text: str, blocks: Sequence[BlockSpan], turns: Sequence[Turn]) -> tuple[list[tuple[Turn, BlockSpan]], list[BlockSpan]]:
    """Return the blocks of turns, cut where a label begins inside one, each with its turn; and the blocks outside of turns, with all titles and captions.

    Args:
        text: The text.
        blocks: Its blocks.
        turns: Its turns, in order.
    """
    inside: list[tuple[Turn, BlockSpan]] = []
    outside: list[BlockSpan] = []
    now: Turn | None = None
    last = -1
    for block in blocks:
        cuts = [turn for turn in turns if block.start <= turn.start < block.end]
        if now is not None and now.alone and not cuts and now.start < block.start and any(t is now and b.paragraph >= 0 for t, b in inside):
            now = Turn(block.start, block.start, "speaker", "answers")
        edges = [*dict.fromkeys((block.start, *(turn.start for turn in cuts))), block.end]
        for start, end in pairwise(edges):
            now = next((turn for turn in cuts if turn.start == start), now)
            if now is not None and not now.who and now.start < start and _SPOKEN.search(text, start, end):
                now = next(turn for turn, _ in reversed(inside) if turn.who)  # "<...>" left something out, and the same goes on
            last = block.paragraph if block.paragraph >= 0 else last
            piece = BlockSpan(start, start + len(text[start:end].rstrip()), block.block, block.paragraph)
            if now is None or not now.who or (block.block != "body" and not cuts):
                outside.append(piece)
            else:
                inside.append((now, BlockSpan(piece.start, piece.end, "body", max(0, last))))
    return inside, outside


def in_first_person(text: str, blocks: Sequence[BlockSpan]) -> bool:
    """Whether the body among the blocks is said by "I" or "we", outside quotation marks: two such words or more, one in a hundred."""
    told = " ".join(_QUOTED.sub(" ", text[b.start : b.end]) for b in blocks if b.block == "body")
    found = len(_SPOKEN.findall(told))
    return found > 1 and 100 * found >= len(told.split())
