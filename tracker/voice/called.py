"""What a speaker is called by others: settings first, then what the text itself shows, each with where it is known from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from tracker.languages import stop_words
from tracker.patterns import NAMES_HELD, regex
from tracker.recipe import Recipe, SpeakerRecipe
from tracker.sources.metadata import mentions
from tracker.voice.cues import FINITE
from tracker.voice.epithets import epithets
from tracker.voice.offices import CAPITALISED, OFFICE, OFFICES, Office, described_offices, same_office, unnamed_office
from tracker.voice.offices import plain as _spelled
from tracker.voice.pronouns import GENDERED, PARTICLES, any_case, bare_surname, is_name, pronoun_of, spaced
from tracker.voice.spelling import as_spelled

HONOURS = (
    r"(?:M(?:r|s|rs|me|lle|essrs)\.?|Dr\.?|Engr?\.?|Cllr\.?|Coun\.?|Councillor|(?:(?:Most|Rt\.?|Very)\s)?Rev(?:erend|d)?\.?|Fr\.?|Father|Imam"
    r"|Rabbi|Pastor|Judge|Justice|Col\.?|Gen\.?|General|Colonel|Capt\.?|Captain|Professor|Sen\.?|Gov\.?|Rep\.?|PM|FM|CM|DG|SG|Alhaj[ia]|Don|Doña"
    r"|Haji|Pak|Ibu|H\.?[EH]\.?|HRH|(?:His|Her)\sExcellency|Sir|Dame|Lord|Lady|Madam|Comrade|Shri|Smt\.?|Sri|Shrimati|Hon\.?|Dato|Datuk|Tan\sSri"
    r"|Prof\.?)"
)
_HIGHNESS = r"(?:(?:His|Her)\s(?:Royal\s|Imperial\s|Serene\s)?(?:Highness|Majesty|Excellency|Holiness|Eminence|Grace))"
_PLACE_WORDS = rf"{CAPITALISED}(?:\s(?:and|of|the)\s{CAPITALISED}|\s{CAPITALISED}){{0,4}}"
_PLACE = rf"(?P<place>{_PLACE_WORDS})"
_QUALIFIERS = frozenset({"Foreign", "Finance", "Defence", "Defense", "Interior", "Federal", "Acting"})
_SPEAKS = regex(rf",?\s(?:(?:also|then|on\s\w+)\s)?{FINITE}")
_TITLED = regex(rf"\b(?:{OFFICE}|{HONOURS})\s(?:[a-z]+\s){{0,3}}$")
_CAPITAL = regex(r"\s[A-Z]")
_SHORT = {"Gov": "Governor", "Sen": "Senator", "Amb": "Ambassador", "Sec": "Secretary"}
_OPENING = 600  # characters: headline and first sentence
_CUED_BARE = 2  # sentences in which "the prime minister" says something, before its office is taken for that of a speaker whom the text never names


@dataclass(frozen=True, slots=True)
class Called:
    """The ways in which a text names its speaker.

    Args:
        name: The full name; "" when no speaker is known.
        surnames: Words of the name that stand alone, with their particles ("de la Vega") where it has some.
        titles: Titles of office.
        nations: Adjectives of nationality.
        places: What the office is of: "Norlund", "Commission".
        pronoun: he, she, they, or "" when neither set nor told by the text.
        learnt: Which of `surname`, `titles`, `nationality`, `pronoun` were read from the text, not set.
        epithets: What stands behind "the" in their stead: "cleric", "61-year-old".
    """

    name: str
    surnames: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    pronoun: str = ""
    learnt: tuple[str, ...] = ()
    epithets: tuple[str, ...] = ()


def called(text: str, speaker: str, recipe: Recipe) -> Called:
    """Return what the speaker is called in a text.

    Args:
        text: The text.
        speaker: The full name; "" gives nothing.
        recipe: `speakers[NAME]` may give surname, titles, nationality and pronoun; what it gives is not looked for.

    Caution:
        Only this text is looked at: another speech added later must not move the figures of this one.

    Example:
        >>> found = called("Norlund's Prime Minister Alva Brandt said she was glad. The prime minister left.", "Alva Brandt", Recipe())
        >>> found.titles, found.places, found.pronoun
        (('Prime Minister', 'Premier', 'Head of Government'), ('Norlund',), 'she')
    """
    name = as_spelled(" ".join(speaker.split()), text)
    if not name:
        return Called("")
    settings = recipe.speakers.get(speaker, SpeakerRecipe())
    known = mentions(text, name)
    surnames = (as_spelled(settings.surname, text),) if settings.surname else _surnames(name, text)
    beside, places = _beside(text, name, surnames)
    found = tuple(dict.fromkeys((*known.titles, *beside, *described_offices(text, name))))
    unnamed = Office("") if found or settings.titles else _unnamed(text, name, surnames)
    titles = settings.titles or _with_short(found or ((unnamed.title,) if unnamed.title else ()), text)
    nations = (settings.nationality,) if settings.nationality else known.nationalities
    places = places or (unnamed.places if len(unnamed.places) == 1 else ()) or (() if nations else _only_place(text, titles))
    pronoun = settings.pronoun or pronoun_of(text, (name, *surnames), titles)
    learnt = [
        field
        for field, given, value in (
            ("surname", settings.surname, surnames),
            ("titles", settings.titles, titles),
            ("nationality", settings.nationality, nations),
            ("pronoun", settings.pronoun, pronoun),
        )
        if value and not given
    ]
    return Called(name, surnames, titles, nations, places, pronoun, tuple(learnt), epithets(text, (name, *surnames), titles, (*places, *nations)))


def may_be_named(text: str, speaker: str, recipe: Recipe) -> bool:
    """Whether a text can name the speaker at all: a word of the name, a setting, or an office that speaks throughout; far cheaper than to mark it.

    Example:
        >>> [may_be_named(text, "Alva Brandt", Recipe()) for text in ("Brandt said so.", "The committee decided to raise the rate.")]
        [True, False]
    """
    parts = as_spelled(speaker, text).split()
    alone = (word for word in parts if word[:1].isupper() and len(word.strip(".")) > 1)
    return (
        speaker in recipe.speakers
        or any(word in text for word in alone)
        or all(word in text for word in parts)
        or unnamed_office(text, (speaker,), _CUED_BARE) is not None
    )


def namesakes(text: str, known: Called) -> tuple[str, ...]:
    """Other people with the speaker's surname: "Olav Brandt" beside Alva Brandt; the first word in capitals, no title, no nationality.

    Example:
        >>> namesakes("Alva Brandt met Olav Brandt. President Brandt left.", called("", "Alva Brandt", Recipe()))
        ('Olav Brandt',)
    """
    parts = known.name.split()
    own = {word for phrase in (*OFFICES, *known.titles, *known.nations, *known.places, known.name) for word in re.split(r"[\s-]", phrase)}
    if not known.surnames or known.surnames[0].split()[-1] == parts[0]:  # a surname that stands first is followed, not preceded, by the other name
        return ()
    surname = known.surnames[0].split()[-1]
    found = {
        f"{match[1]} {surname}"
        for match in re.finditer(rf"\b([A-Z][a-zà-ÿ]+)\s{re.escape(surname)}\b", text)
        if match[1] not in own and not re.fullmatch(HONOURS, match[1]) and not re.fullmatch(GENDERED, match[1]) and not _opens_sentence(match)
    }
    return tuple(sorted(found))


def _opens_sentence(match: re.Match[str]) -> bool:
    """Whether the word before the surname is only the first of a sentence ("On", "Later") or a day."""
    return match[1].casefold() in stop_words("en") or match[1].endswith(("ly", "day", "ing")) or match[1] in {"Later", "Earlier", "Yesterday", "Today"}


def _surnames(name: str, text: str) -> tuple[str, ...]:
    """The words of the name that the text uses alone, before a reporting verb or after a title; else its last word; each with its particles."""
    parts = name.split()
    words = [w for w in dict.fromkeys((parts[-1], *parts)) if len(w.strip(".")) > 1 and is_name(w)]
    whole = [match.span() for match in _word(name).finditer(text)]
    used = [word for word in words if any(_stands_alone(text, match, whole) for match in _word(word).finditer(text))]
    held: list[str] = []
    for word in used or words[:1]:
        at = parts.index(word)
        while at and parts[at - 1].casefold() in PARTICLES:
            at -= 1
        held += dict.fromkeys((" ".join(parts[at : parts.index(word) + 1]), word))
    short = [f"{parts[0]} {word}" for word in held if parts[0] != word and f"{parts[0]} {word}" != name]
    bare = [found for word in held if (found := bare_surname(word)) and _word(found).search(text)]
    halves = [half for word in held for half in _halves(word) if any(_stands_alone(text, match, whole) for match in _word(half).finditer(text))]
    return tuple(dict.fromkeys((*held, *bare, *halves, *(words for words in short if words in text))))


def _halves(surname: str) -> list[str]:
    """The capitalised halves of a double name: "Mabuza-Kgosana" is also called Kgosana."""
    return [half for half in surname.split("-") if half[:1].isupper() and len(half) > len("de")] if "-" in surname else []


@lru_cache(maxsize=4096)
def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'-]){any_case(word)}\b")


def _stands_alone(text: str, match: re.Match[str], whole: list[tuple[int, int]]) -> bool:
    """Whether a word of the name stands before a reporting verb or behind a title, and not inside the whole name."""
    if any(a <= match.start() < b for a, b in whole):
        return False
    if _SPEAKS.match(text, match.end()):
        return True
    return not _CAPITAL.match(text, match.end()) and bool(_TITLED.search(text, max(0, match.start() - 60), match.start()))


def _beside(text: str, name: str, surnames: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """Titles before or behind the name over a comma, an honour or "of the Commission", and what the office is of."""
    titles: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for pattern in _title_patterns(name, surnames):
        for match in pattern.finditer(text):
            titles[_spelled(match["title"])] += 1
            for place in (match.groupdict().get("owner"), match["place"], match.groupdict().get("whole")):
                if place:
                    places[" ".join(place.split())] += 1
    for match in _shortened(name, surnames).finditer(text):
        titles[_SHORT[match[1]]] += 1
    if titles:  # "Premier NAME of Norlund"
        places.update(match["place"] for match in re.finditer(rf"\b{spaced(name)}\sof\s(?:the\s)?{_PLACE}", text))
    return [t for t, _ in titles.most_common()], tuple(p for p, _ in places.most_common())


@lru_cache(maxsize=NAMES_HELD)
def _shortened(name: str, surnames: tuple[str, ...]) -> re.Pattern[str]:
    """Compile `Gov. NAME` with any first name."""
    return re.compile(rf"\b({'|'.join(_SHORT)})\.?\s(?:[A-Z][\w.-]+\s)?(?:{'|'.join((spaced(name), *map(any_case, surnames)))})\b")


@lru_cache(maxsize=NAMES_HELD)
def _title_patterns(name: str, surnames: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Compile `Norlund's Premier NAME`, `President of the Commission, NAME`, `NAME, Emir of Sahran` and `Secretary of the Party and President, NAME`."""
    names = "|".join(dict.fromkeys((spaced(name), *map(any_case, surnames))))
    before = re.compile(
        rf"(?:(?P<owner>{CAPITALISED}(?:\s{CAPITALISED})?)(?:['’]s|(?<=s)['’])\s)?\b(?P<title>(?i:{OFFICE})|{_HIGHNESS})"
        rf"(?:(?:\sof\s(?:the\s)?{_PLACE})?,\s(?:(?:(?:{HONOURS})\s)+(?:{names})\b|{spaced(name)}\b|(?:{names}),)"
        rf"|\sof\s(?:the\s)?(?P<whole>{_PLACE_WORDS})\s{spaced(name)}\b|\s(?:(?:{HONOURS}|{OFFICE})\s){{0,2}}(?:{names})\b)"
    )
    behind = re.compile(rf"\b(?:{names}),\s(?:the\s|who\sis\s)?(?:[A-Z][\w-]+\s)?(?P<title>(?i:{OFFICE}))\b(?!\s[A-Z])(?:\sof\s(?:the\s)?{_PLACE})?")
    first = re.compile(
        rf"\b(?P<title>(?i:{OFFICE}))\sof\s(?:the\s)?(?P<place>{CAPITALISED}(?:\s{CAPITALISED}){{0,3}})\sand\s(?:the\s)?(?i:{OFFICE})"
        rf"(?:\sof\s(?:the\s)?{_PLACE_WORDS})?,?\s(?:(?:{HONOURS})\s)*{spaced(name)}\b"
    )
    return before, behind, first


def _with_short(titles: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Add "Minister" for a Foreign Minister, as long as the text names no other minister."""
    short = [title.split()[-1] for title in titles if title.split()[0] in _QUALIFIERS]
    ours = "|".join(map(spaced, titles)) or "(?!)"
    heads = [h for h in ("Head of State",) if set(titles) & {"President", "King", "Queen", "Emperor"}]
    heads += [t for t in same_office(titles) if t not in (*heads, "Premier", "Head of Government") and _is_free(t, text)]
    if "Prime Minister" in titles and "Premier" not in titles and not re.search(r"\b[Pp]remier\s(?!League)[A-Z]", text):
        heads.append("Premier")
    if "Prime Minister" in titles and re.search(r"\bPM\b", text):
        heads.append("PM")
    if set(titles) & {"Prime Minister", "Premier", "Chancellor", "First Minister"}:
        heads.append("Head of Government")
    return (*titles, *heads, *(s for s in short if s not in titles and not re.search(rf"\b(?!(?:{ours})\b)[A-Z]\w+\s{s}\s[A-Z]|\b{s}\sof\b", text)))


def _is_free(title: str, text: str) -> bool:
    """Whether the text uses another name of an office, and for nobody else."""
    return re.search(rf"(?i:\b{spaced(title)}\b)", text) is not None and not re.search(rf"\b{spaced(title)}\s(?:{HONOURS}\s)?[A-Z]", text)


def _unnamed(text: str, name: str, surnames: tuple[str, ...]) -> Office:
    """The one office that nobody is named as holding: "the Prime Minister" in a readout of her own office."""
    named = any(_word(word).search(text) for word in (name, *surnames))
    return unnamed_office(text, (name, *surnames), 1 if named else _CUED_BARE) or Office("")


def _only_place(text: str, titles: tuple[str, ...]) -> tuple[str, ...]:
    """The one country whose office the text speaks of, "the President of Norlund", "the Norlund premier" or, in its opening, "Norlund's leader"."""
    if not titles:
        return ()
    office, leader = _place_patterns(titles)
    found = {match["of"] or match["before"] or match["owner"] for match in office.finditer(text)}
    found |= {match["owner"] for match in leader.finditer(text, 0, _OPENING)}
    return tuple(found) if len(found) == 1 else ()


@lru_cache(maxsize=NAMES_HELD)
def _place_patterns(titles: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile an office with what it is of, and "Norlund's leader"."""
    office = rf"(?i:{'|'.join(map(spaced, titles))})"
    word, own = rf"(?!The\b){CAPITALISED}", r"(?:['’]s|(?<=s)['’])"
    of = rf"[Tt]he\s{office}\sof\s(?:the\s)?(?P<of>{word}(?:\s{word})*)(?!,?\s[A-Z])"
    return (
        re.compile(rf"\b(?:{of}|[Tt]he\s(?P<before>{word})\s{office}(?!,?\s[A-Z])|(?P<owner>{word}){own}\s{office}(?!,?\s[A-Z]))"),
        re.compile(rf"\b(?P<owner>{word}){own}\sleader\b(?!\s[A-Z])"),
    )
