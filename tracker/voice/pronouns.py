"""He or she: which pronoun a text uses for its speaker, by the honour before the name or by who was named last before the pronoun."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from tracker.languages import stop_words
from tracker.patterns import NAMES_HELD, regex
from tracker.sources.metadata import OFFICE

_PARTICLES = "de da do dos das del della di la le los van von der den ten ter bin bint ibn al el y af av zu ould mint ag abu bou ait ben"
PARTICLES = frozenset(_PARTICLES.split())
_HE, _SHE = regex(r"\b(?:he|him|his|himself)\b"), regex(r"\b(?:she|her|hers|herself)\b")
_SUBJECT = regex(r"\b[Hh]e\b|\b[Ss]he\b")
GENDERED_MALE = r"(?:Mr\.?|Sir|Lord|Shri|Sheikh|King|Prince|Emperor|Chairman|Congressman|His\s(?:Highness|Majesty|Excellency))"
GENDERED_FEMALE = r"(?:M(?:s|rs|me)\.?|Dame|Lady|Madam|Smt\.?|Shrimati|Queen|Princess|Empress|Chairwoman|Congresswoman|Her\s(?:Highness|Majesty|Excellency))"
GENDERED = rf"{GENDERED_MALE}|{GENDERED_FEMALE}"
_OTHER_PERSON = regex(r"\b[A-Z][a-z]+\s[A-Z][a-z]+")
_CAPITALS = regex(r"[A-Z][\w’'-]*")
_ACTS = regex(r",?\s(?:[A-Z]|said\b|says\b|told\b|tells\b|was\b|is\b|[a-z]+ed\b)")
_QUOTED = regex(r"[“\"][^“”\"\n]*[”\"]?|(?<!\w)‘[^‘\n]*?[^\s\w]’(?!\w)")
_MANY = 3  # pronouns that mean the speaker for one that would be the other


def pronoun_of(text: str, names: tuple[str, ...], titles: tuple[str, ...]) -> str:
    """Return he or she, "" when the text does not tell.

    The honour before the name decides, else the pronouns of sentences that the name opens and no other person stands in, else the pronouns, outside
    quotation marks, before which the speaker was the last person named.

    Args:
        text: The text.
        names: The names, the full one first.
        titles: Titles of office.

    Example:
        >>> pronoun_of("The port opens, Alva Brandt said. Ships wait, she said.", ("Alva Brandt", "Brandt"), ())
        'she'
    """
    patterns = _patterns(names, titles)
    if patterns[0].search(text):
        return "he"
    if patterns[1].search(text):
        return "she"
    men = women = 0
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        match = patterns[2].match(sentence)
        if match is None or _OTHER_PERSON.search(sentence, match.end()):
            continue
        men += bool(_HE.search(sentence, match.end()))
        women += bool(_SHE.search(sentence, match.end()))
    if men or women:
        return "he" if men and not women else "she" if women and not men else ""
    return _by_last_named(_QUOTED.sub(" ", text), patterns[3])


def _by_last_named(plain: str, mention: re.Pattern[str]) -> str:
    """Count the pronouns before which the speaker was the last person named."""
    covered = [m.span() for m in mention.finditer(plain)]
    events = [(end, "speaker") for _, end in covered]
    events += [(m.end(), "other") for m in _CAPITALS.finditer(plain) if not _inside(m.start(), covered) and not _is_small(plain, m)]
    events += [(m.end(), m[0].casefold()) for m in _SUBJECT.finditer(plain)]
    counts = {"he": 0, "she": 0}
    last = ""
    for _, what in sorted(events):
        if what in counts:
            counts[what] += last == "speaker"
        else:
            last = what
    men, women = counts["he"], counts["she"]
    return "he" if men > _MANY * women else "she" if women > _MANY * men else ""


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of the spans, which are in order."""
    before = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return before >= 0 and at < spans[before][1]


def _is_small(plain: str, match: re.Match[str]) -> bool:
    """Whether a capitalised word is no name: it only opens a sentence, or is a day."""
    word = match[0].casefold()
    opens = not plain[: match.start()].strip() or plain[max(0, match.start() - 2) : match.start()].strip()[-1:] in {".", "?", "!", ""}
    return (opens and (word in stop_words("en") or not _ACTS.match(plain, match.end()))) or word.endswith("day") or word in {"he", "she"}


@lru_cache(maxsize=NAMES_HELD)
def _patterns(names: tuple[str, ...], titles: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Compile `Mr NAME`, `Ms NAME`, a sentence that the speaker opens, and any mention."""
    name = "|".join(map(any_case, names))
    held = "|".join((name, *(rf"(?i:the\s(?:[\w’'-]+\s)?{spaced(title)})" for title in titles)))
    before = r"(?:(?:[Tt]he\s)?(?:[A-Z][\w.’'-]*,?\s){1,5}|[Tt]he\s[\w’'\s-]{3,40},\s)?"
    male, female = (re.compile(rf"\b{honour}\s(?:{OFFICE}\s)?(?:{name})\b") for honour in (GENDERED_MALE, GENDERED_FEMALE))
    return male, female, re.compile(rf"{before}(?:{held})\b"), re.compile(rf"(?:{OFFICE}\s)?\b(?:{held})\b")


def spaced(words: str) -> str:
    """Return a pattern for words with any white space between them, any apostrophe in them, and initials with or without a stop."""
    plain = re.sub(r"['’‘]", "['’‘]", re.escape(" ".join(words.split())).replace(r"\ ", r"\s"))
    return re.sub(r"\b([A-Z])\\\.(?=\\s)", r"\1\.?", plain).replace(r"\-", r"[\s-]")


def any_case(surname: str) -> str:
    r"""Return a pattern for a surname whose particle may begin a sentence: "De la Vega", "Al-Harun".

    Example:
        >>> any_case("al-Harun"), any_case("de Vega")
        ('[Aa]l[\\s-]Harun', '[Dd]e\\sVega')
    """
    first = re.match(r"\w+", surname)
    if first and len(first[0]) < len(surname) and first[0].casefold() in PARTICLES:
        return f"[{surname[0].upper()}{surname[0].lower()}]{spaced('.' + surname[1:])[2:]}"
    return spaced(surname)


def is_name(word: str) -> bool:
    """Whether a word of a full name may stand for it alone: capitalised, or with a particle joined by a hyphen ("al-Harun")."""
    return word[:1].isupper() or bare_surname(word) != ""


def bare_surname(word: str) -> str:
    """Return what follows the particle of a hyphenated surname, "" for other words.

    Example:
        >>> bare_surname("al-Harun"), bare_surname("Anne-Marie")
        ('Harun', '')
    """
    first, _, rest = word.partition("-")
    return rest if first.casefold() in PARTICLES and rest[:1].isupper() else ""
