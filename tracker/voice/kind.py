"""Is it the speaker's own transcript, a readout, or an article: decided by words in the first person and by cues."""

from __future__ import annotations

from typing import Literal

from tracker.languages import detect, words_of
from tracker.numerals import number
from tracker.patterns import regex
from tracker.recipe import Recipe
from tracker.speech import Kind, Speech
from tracker.voice.called import may_be_named

TRANSCRIPT_PER_1000 = 2.0
TRANSCRIPT_PER_1000_HAN = 1.0  # of characters; 32 Chinese government work reports have 1.5 or more
SHORT_WORDS = 300  # below it a single "we" is enough
CUED_SENTENCES = 2
STRAY_FIRST_PERSON = 10  # a reporter's own "I", or a quotation whose marks are broken; a transcript has more

_FIRST_PERSON = regex(r"\b(?:I(?![.)’']?\s?[.)])|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|us|Us|[Oo]urs?|[Mm]yself|[Oo]urselves|MY|WE|OURS?)\b")
_FIRST_PERSON_ZH = regex(r"我|各位")
_QUOTES = regex(r"[“”„«»「」『』\"‘]")
_OTHER_SPACE = regex(r"[^\S\n ]")


def headline_scope(kind: Kind) -> Literal["speaker", "all"]:
    """Return the scope a kind is measured in: the speaker's words where others report them, else the whole text.

    Example:
        >>> headline_scope("readout"), headline_scope("transcript"), headline_scope("article")
        ('speaker', 'all', 'all')
    """
    return "speaker" if kind in ("readout", "digest") else "all"


def detect_kind(text: str, speaker: str, recipe: Recipe) -> tuple[Kind, str]:
    """Return what kind of text it is and the reason in plain words.

    Turns with labels ("Q.", "THE PRESIDENT:") make a transcript.

    First-person words outside quotation marks, 2 or more per 1,000 words, make a transcript, unless they are few and as many sentences are reported as
    words of the speaker (a reporter's own "I", a quotation whose marks are broken); below that, a known speaker cued in 2 or more sentences makes a
    readout; anything else is an article. A Chinese readout keeps the speaker's "we" (他强调，我们要...), so there the cues decide first; without them 1 or
    more first-person words per 1,000 characters make a transcript.

    Args:
        text: The text.
        speaker: Whose words are looked for; "" when unknown.
        recipe: May say what the speaker is called.

    Caution:
        Languages other than English and Chinese are not examined and taken for transcripts.

    Example:
        >>> detect_kind("We will build our roads. I thank you all.", "", Recipe())[0]
        'transcript'
    """
    from tracker.voice.mark import turns_of

    language = detect(text)
    turns = turns_of(Speech("", text, speaker=speaker, language=language), recipe)
    if turns:
        return "transcript", f"a dialogue of {len(turns)} turns"
    return _chinese_kind(text, speaker, recipe) if language == "zh" else _plain_kind(text, speaker, recipe, language)


def kind_of(text: str, speaker: str, recipe: Recipe) -> Kind:
    """Return the kind that `detect_kind` gives, several times faster: nothing is counted further than it decides.

    Args:
        text: The text.
        speaker: Whose words are looked for; "" when unknown.
        recipe: May say what the speaker is called.

    Example:
        >>> kind_of("We will build our roads. I thank you all.", "", Recipe())
        'transcript'
    """
    from tracker.voice.mark import turns_of
    from tracker.voice.reach import cues_reach

    language = detect(text)
    if turns_of(Speech("", text, speaker=speaker, language=language), recipe):
        return "transcript"
    if language == "zh":
        return _chinese_kind(text, speaker, recipe)[0]
    if language not in ("en", "und"):
        return "transcript"
    plain = _outside_quotes(text)
    first = len(_FIRST_PERSON.findall(plain))
    in_first = _is_in_first_person(first, plain)
    if in_first and (not speaker or first > STRAY_FIRST_PERSON):
        return "transcript"
    needed = max(first, CUED_SENTENCES + 1) if in_first else CUED_SENTENCES
    if speaker and may_be_named(text, speaker, recipe) and cues_reach(Speech("", text, speaker=speaker, language="en"), recipe, needed):
        return "readout"
    return "transcript" if in_first else "article"


def _is_in_first_person(first: int, plain: str) -> bool:
    """Whether words in the first person are frequent outside quotation marks, and more than one in a text that is not short."""
    if 1000 * first >= TRANSCRIPT_PER_1000 * (len(plain) + 1) / 2 and first > 1:  # no text has more words than that
        return True
    words = len(words_of(plain, "en")) if first else 0
    return 1000 * first / max(1, words) >= TRANSCRIPT_PER_1000 and (first > 1 or words < SHORT_WORDS)


def _plain_kind(text: str, speaker: str, recipe: Recipe, language: str) -> tuple[Kind, str]:
    """A text without turns in English, or in a language that is not examined."""
    if language not in ("en", "und"):
        return "transcript", f"not examined: the rules do not cover `{language}`"
    plain = _outside_quotes(text)
    first, words = len(_FIRST_PERSON.findall(plain)), len(words_of(plain, "en"))
    rate = 1000 * first / max(1, words)
    reason = f"{number(rate)} first-person words per 1,000 outside quotation marks"
    in_first = rate >= TRANSCRIPT_PER_1000 and (first > 1 or words < SHORT_WORDS)
    if in_first and (not speaker or first > STRAY_FIRST_PERSON):
        return "transcript", reason
    if not speaker:
        return "article", f"{reason}; no speaker is known"
    cued = _cued_sentences(text, speaker, recipe)
    if in_first and cued < max(first, CUED_SENTENCES + 1):
        return "transcript", reason
    kind: Kind = "readout" if cued >= CUED_SENTENCES else "article"
    return kind, f"{reason}; {cued} sentence{'' if cued == 1 else 's'} reported as words of {speaker}"


def _chinese_kind(text: str, speaker: str, recipe: Recipe) -> tuple[Kind, str]:
    """A Chinese text: its cues first, then words in the first person."""
    rate = 1000 * len(_FIRST_PERSON_ZH.findall(_outside_quotes(text))) / max(1, len(text))
    reason = f"{number(rate)} first-person words per 1,000 characters"
    if speaker:
        cued = _cued_sentences(text, speaker, recipe, language="zh")
        if cued >= CUED_SENTENCES:
            return "readout", f"{reason}; {cued} sentences reported as words of {speaker}"
    return ("transcript" if rate >= TRANSCRIPT_PER_1000_HAN else "article"), reason


def _outside_quotes(text: str) -> str:
    """The text without its quotations, line by line, all white space in a line as plain spaces."""
    from tracker.voice.quotes import mask, quoted_spans

    if not _QUOTES.search(text):
        return _OTHER_SPACE.sub(" ", text)
    lines, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        quoted = quoted_spans(text, start, end)[0] if _QUOTES.search(line) else []
        lines.append(mask(text, start, end, quoted) if quoted else _OTHER_SPACE.sub(" ", line))
        start = end + 1
    return "\n".join(lines)


def _cued_sentences(text: str, speaker: str, recipe: Recipe, *, language: str = "en") -> int:
    """How many sentences report words of the speaker: those that say so themselves; in English also those that surely go on."""
    from tracker.voice.chinese import is_named
    from tracker.voice.mark import mark

    if not (is_named if language == "zh" else may_be_named)(text, speaker, recipe):
        return 0
    marked = mark(Speech("", text, speaker=speaker, kind="readout", language=language), recipe)
    return sum(s.is_speakers and (s.cued or (s.sure and language != "zh")) for s in marked)
