"""Which language a text is in, and its sentences, words, lemmas and function words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate, pairwise

from tracker.errors import TrackerError
from tracker.function_words import OWN, SCRIPTS, TELLING
from tracker.patterns import regex

CJK = frozenset({"zh", "ja"})
UNSPACED = {"ja": "Japanese", "th": "Thai", "lo": "Lao", "km": "Khmer", "my": "Burmese", "bo": "Tibetan"}  # words run together, and no segmenter is served
FEWEST_FUNCTION_WORDS, CLEARLY_MORE = 0.12, 1.3
APOSTROPHES = "'’‘ʼ"

# Signs that stand on or between letters: accents, points, vowel signs of Indic and South-East Asian scripts, joiners. Without । and ॥, which end sentences.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0963\u0966-\u0df3\u0f18\u0f19\u0f35\u0f37\u0f39\u0f71-\u0f84\u102b-\u103e\u135d-\u135f\u17b4-\u17d3\u1dc0-\u1dff\u20d0-\u20f0"
    "\u00ad\u200c\u200d"
)
# In brackets, for `split`: what stands between the words and the words by turns, without a step of Python for each; possessive, for nothing follows.
_WORD = regex(rf"([^\W_](?:[^\W_]++|[{_MARKS}]|[{APOSTROPHES}](?=[^\W_]))*+)")
_LATIN = "A-Za-z0-9À-ÖØ-öø-ɏ"
_LATIN_WORD = regex(rf"([{_LATIN}]++(?:[{APOSTROPHES}][{_LATIN}]++)*+)")
_NOT_LATIN = regex(rf"[^{_LATIN}\x00-\x7f\xa0-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf×÷\u2010-\u2027\u202f-\u205e€]")
_PARTS = regex(rf"(?<=[{APOSTROPHES}])|[{APOSTROPHES}]")
_ONE_LETTER = re.compile(r"[^\W_]")
_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | {"\u00ad": None})

_ELISION = regex(
    rf"(?:[ldjmntscv]|qu|jusqu|lorsqu|puisqu|quoiqu|un|dell|all|dall|nell|sull|coll|quest|quell|bell|sant|gl|degl|agl|negl|tutt|nient)[{APOSTROPHES}](?=\w)",
    re.IGNORECASE,
)
_ELIDING = frozenset({"fr", "it", "ca", "oc"})
_OTHER_END = re.compile(r"[।॥؟۔։።။៕]+[”’»)\"]*")
_CJK_END = re.compile(r"[。！？；!?;]+[”’」』）)》\"]*|\n\s*\n|$")
_HAN = regex(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = regex(r"[\u3041-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")
_BEYOND_LATIN = regex("[^\x00-\u036f\u1e00-\u1eff\u2000-\u2bff]")  # no such character: none of another script

# nupunkt learnt most abbreviations; these are the ones it may split after when the next word begins with a capital.
_NO_END = regex(
    r"(?:\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Col|Lt|Capt|Sgt|Adm|Sen|Rep|Gov|Pres|Hon|Rev|Sr|St|Mt|vs|cf"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.|\b(?:Co|Corp|Inc|Ltd)\.,?)\s*$"
)
_LOWER_NEXT = re.compile(r"\s*[a-z0-9]")
_CORPORATE = re.compile(r"\b(?:Co|Corp|Inc|Ltd)\.,?\s*$")
_GLUED_QUOTE = regex(r"(?<=\w[.!?])(?=[“][^\W\d_])")


@lru_cache(maxsize=1)  # the kind of a text is asked for right after its language
def detect(text: str) -> str:
    """Return the language as an ISO 639-1 code, or "und" when the words do not tell.

    Han characters decide for zh, kana for ja, and so does every script that one language writes; otherwise the function words in the
    beginning, middle and end decide, and a word that several languages have counts less for each of them.

    Example:
        >>> detect("The harvest was good and the roads are open."), detect("今年的收成很好。"), detect("12 34")
        ('en', 'zh', 'und')
    """
    sample = _sample(text)
    if _BEYOND_LATIN.search(sample):
        kana, han, letters = (len(signs.findall(sample)) for signs in (_KANA, _HAN, _LETTER))
        if kana + han >= 0.3 * letters > 0:
            return "ja" if kana >= 0.1 * (kana + han) else "zh"
        if code := next((code for script, code in _scripts() if len(script.findall(sample)) > 0.5 * letters), ""):
            return code
    words: Counter[str] = Counter()
    for word, n in Counter(words_of(sample, "und")).items():
        plain = word.casefold()
        for part in (plain,) if plain.isalnum() else filter(None, _PARTS.split(plain)):
            words[part] += n
    return _by_function_words(words)


def _by_function_words(words: Counter[str]) -> str:
    """Return the language whose function words fill an eighth of a text or more, and clearly more than those of any other that are not its own too."""
    known = [(n, codes) for word, n in words.items() if (codes := _telling().get(word))]
    held, told = Counter[str](), dict[str, float]()
    for n, codes in known:
        for code in codes:
            held[code] += n
            told[code] = told.get(code, 0.0) + n / len(codes)
    ranked = sorted(told, key=lambda code: (-told[code], code))
    if not ranked or held[ranked[0]] < FEWEST_FUNCTION_WORDS * words.total():
        return "und"
    for other in ranked[1:3]:
        mine, its = (sum(n for n, codes in known if a in codes and b not in codes) for a, b in ((ranked[0], other), (other, ranked[0])))
        if mine < CLEARLY_MORE * its or not mine:
            return "und"
    return ranked[0]


def split_sentences(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Return the sentences of one block as offsets into `text`, without surrounding white space.

    Args:
        text: The whole text.
        start: Where the block begins.
        end: Where it ends.
        language: ISO 639-1 code; zh and ja end at 。！？；, all others go through nupunkt and end at the marks of their scripts, such as ।.

    Returns:
        (start, end) pairs in order, absolute offsets into `text`; every character that is not white space lies in one.

    Example:
        >>> split_sentences("Mr. Brandt came. He left.", 0, 25, "en")
        [(0, 16), (17, 25)]
    """
    block = text[start:end]
    ends = [m.end() for m in _CJK_END.finditer(block)] if language in CJK else _nupunkt_ends(block)
    spans: list[tuple[int, int]] = []
    for first, last in pairwise([0, *ends]):
        piece = block[first:last]
        inner = piece.strip()
        if inner:
            begin = start + first + len(piece) - len(piece.lstrip())
            spans.append((begin, begin + len(inner)))
    return spans


def _nupunkt_ends(block: str) -> list[int]:
    """Where nupunkt ends the sentences of a block, repaired at abbreviations and at a stop glued to an opening quote."""
    ends = {m.end() for m in _OTHER_END.finditer(block)} if not block.isascii() else set()
    if any(mark in block[:-1] for mark in ".!?"):
        from nupunkt import sent_spans

        ends |= {b for _, b in sent_spans(block)}
        ends |= {m.start() for m in _GLUED_QUOTE.finditer(block)}
    kept: list[int] = []
    last = 0
    for end in sorted(ends):
        head = block[last:end]
        if _NO_END.search(head) and end < len(block) and (not _CORPORATE.search(head) or _LOWER_NEXT.match(block, end)):
            continue
        kept.append(end)
        last = end
    return kept if kept and kept[-1] == len(block) else [*kept, len(block)]


def word_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the words of a text as offsets, in order.

    A word is letters and digits with their marks and inner apostrophes; hyphens split words, so that space, hyphen and line end match
    each other inside phrases. French and Italian articles are words of their own (`l’` and `été`). Chinese words come from rjieba;
    punctuation is left out.

    Raises:
        TrackerError: The language is not written with spaces and its segmenter is not installed (zh) or not served (UNSPACED).

    Example:
        >>> text = "the country’s self-reliance"
        >>> [text[a:b] for a, b in word_spans(text, "en")]
        ['the', 'country’s', 'self', 'reliance']
    """
    _, starts, ends = cut_words(text, language)
    return list(zip(starts, ends, strict=True))


def cut_words(text: str, language: str) -> tuple[list[str], list[int], list[int]]:
    """Return the words of a text as they are written, where each begins and where it ends: `word_spans`, for long texts.

    Raises:
        TrackerError: The language is not written with spaces and its segmenter is not installed (zh) or not served (UNSPACED).

    Example:
        >>> cut_words("the country’s", "en")
        (['the', 'country’s'], [0, 4], [3, 13])
    """
    if language in UNSPACED:
        name = f"{UNSPACED[language]} texts (`{language}`)"
        raise TrackerError(
            f"the words of {name} cannot be told apart by this version",
            looked_at=("they are written without spaces between words; counts by anything else would be wrong, so none are made",),
            hint="tracker add TRANSLATION --language en",
        )
    if language == "zh":
        found = _chinese_words(text)
        return [word for word, _, _ in found], [start for _, start, _ in found], [end for _, _, end in found]
    pattern = _WORD if _NOT_LATIN.search(text) else _LATIN_WORD
    parts = pattern.split(text)
    offsets = list(accumulate(map(len, parts)))
    words, starts, ends = parts[1::2], offsets[:-1:2], offsets[1::2]
    if language in _ELIDING:
        spans = list(_apart(text, zip(starts, ends, strict=True)))
        return [text[start:end] for start, end in spans], [start for start, _ in spans], [end for _, end in spans]
    return words, starts, ends


def words_of(text: str, language: str) -> list[str]:
    """Return the words of a text as they stand in it, in order: those of `word_spans`, cheaper."""
    if language == "zh" or language in UNSPACED or language in _ELIDING:
        return [text[start:end] for start, end in word_spans(text, language)]
    return (_WORD if _NOT_LATIN.search(text) else _LATIN_WORD).findall(text)


def _apart(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Split elided articles off their words."""
    for start, end in spans:
        elided = _ELISION.match(text, start, end)
        if elided:
            yield elided.span()
        yield elided.end() if elided else start, end


def _chinese_words(text: str) -> list[tuple[str, int, int]]:
    if find_spec("rjieba") is None:
        raise TrackerError(
            "Chinese words cannot be told apart without `rjieba`",
            looked_at=("counts by characters would be wrong, so none are made",),
            hint="pip install 'speech-theme-tracker[zh]'",
        )
    import rjieba

    return [(text[a:b], a, b) for word, a, b in rjieba.tokenize(text, "default") if _ONE_LETTER.search(word)]


def lemma(word: str, language: str) -> str:
    """Return the dictionary form under which a word is counted, case-folded; the word itself where none is known.

    The English possessive `'s` is dropped. Nothing is remembered here: `tracker.tokens` asks once a type.

    Example:
        >>> lemma("Factories", "en"), lemma("country’s", "en"), lemma("发展", "zh")
        ('factory', 'country', '发展')
    """
    plain = word.translate(_STRAIGHT).casefold()
    if language == "en":
        if plain in stop_words("en"):
            return plain
        plain = plain.removesuffix("'s").removesuffix("'") or plain
    if language in CJK or language in _unserved() or not plain.replace("\u200c", "").isalpha():
        return plain
    from simplemma import lemmatize

    try:
        return str(lemmatize(plain, lang=_SERVED_AS.get(language, language))).casefold()
    except ValueError:
        _unserved().add(language)
        return plain


def is_known(word: str, language: str) -> bool | None:
    """Whether a dictionary of the language has the word; None where there is no dictionary to ask.

    Example:
        >>> is_known("energy", "en"), is_known("harbour", "de"), is_known("能源", "zh")
        (True, False, None)
    """
    if language in CJK or language in _unserved():
        return None
    from simplemma import is_known as has

    try:
        return bool(has(word, lang=_SERVED_AS.get(language, language)))
    except ValueError:
        _unserved().add(language)
        return None


@lru_cache(maxsize=1)
def _unserved() -> set[str]:
    """Languages that simplemma turned out not to serve."""
    return {"und"}


_SERVED_AS = {"no": "nb", "hr": "hbs", "sr": "hbs", "bs": "hbs", "fil": "tl"}  # what simplemma calls them


def _elided(language: str) -> frozenset[str]:
    """The articles and pronouns that have lost their vowel, as words of their own."""
    short = {"fr": "l d j m n t s c qu jusqu lorsqu puisqu quoiqu", "it": "l un dell all dall nell sull coll quest quell c d m s t v gl degl agl negl n"}
    return frozenset(f"{word}'" for word in short.get(language, "").split())


def more_lists_installed() -> bool:
    """Whether the extra with the function words of more languages is there."""
    return find_spec("stopwordsiso") is not None


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the function words of a language, case-folded with straight apostrophes.

    Those in `function_words` are lists of our own; others come from `stopwordsiso` when it is installed, else none.

    Example:
        >>> "the" in stop_words("en"), "state" in stop_words("en")
        (True, False)
    """
    own = OWN.get(language)
    if own is not None:
        return frozenset(own.split()) | _elided(language)
    if language == "und" or not more_lists_installed():
        return frozenset()
    from stopwordsiso import has_lang, stopwords

    return frozenset(w.translate(_STRAIGHT).casefold() for w in stopwords(language)) if has_lang(language) else frozenset()


def _sample(text: str) -> str:
    """The text, or 2,000 characters each of its beginning, middle and end."""
    if len(text) <= 6_000:
        return text
    middle = len(text) // 2 - 1_000
    return "\n".join((text[:2_000], text[middle : middle + 2_000], text[-2_000:]))


@lru_cache(maxsize=1)
def _telling() -> dict[str, tuple[str, ...]]:
    """The languages of every function word that tells one."""
    found: dict[str, list[str]] = {}
    for code, words in TELLING.items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


@lru_cache(maxsize=1)
def _scripts() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(f"[{letters}]"), code) for letters, code in SCRIPTS if " " not in code)
