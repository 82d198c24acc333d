"""Which language a text is in, and its sentences, words, lemmas and function words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise

from tracker.errors import TrackerError

CJK = frozenset({"zh", "ja"})
APOSTROPHES = "'’‘ʼ"

_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff\u00ad\u200c\u200d"
_WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}{_MARKS}][^\W_]+)*[{_MARKS}]*")
_LATIN = "A-Za-z0-9À-ÖØ-öø-ɏ"
_LATIN_WORD = re.compile(rf"[{_LATIN}]+(?:[{APOSTROPHES}][{_LATIN}]+)*")
_NOT_LATIN = re.compile(rf"[^{_LATIN}\x00-\x7f\xa0-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf×÷\u2010-\u2027\u202f-\u205e€]")
_ONE_LETTER = re.compile(r"[^\W_]")
_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | {"\u00ad": None})

_CJK_END = re.compile(r"[。！？；!?;]+[”’」』）)》\"]*|\n\s*\n|$")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")

# nupunkt learnt most abbreviations; these are the ones it may split after when the next word begins with a capital.
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Col|Lt|Capt|Sgt|Adm|Sen|Rep|Gov|Pres|Hon|Rev|Sr|St|Mt|vs|cf"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.|\b(?:Co|Corp|Inc|Ltd)\.,?)\s*$"
)
_LOWER_NEXT = re.compile(r"\s*[a-z0-9]")
_CORPORATE = re.compile(r"\b(?:Co|Corp|Inc|Ltd)\.,?\s*$")
_GLUED_QUOTE = re.compile(r"(?<=\w[.!?])(?=[“][^\W\d_])")


def detect(text: str) -> str:
    """Return the language as an ISO 639-1 code, or "und" when the words do not tell.

    Han characters decide for zh, kana for ja; otherwise the share of function words in the beginning,
    middle and end decides between en, de, fr, es, it and pt.

    Example:
        >>> detect("The harvest was good and the roads are open."), detect("今年的收成很好。"), detect("12 34")
        ('en', 'zh', 'und')
    """
    sample = _sample(text)
    kana = len(_KANA.findall(sample))
    cjk = len(_HAN.findall(sample)) + kana
    if cjk and cjk >= 0.3 * len(_LETTER.findall(sample)):
        return "ja" if kana >= 0.1 * cjk else "zh"
    words = Counter(sample[a:b].casefold() for a, b in word_spans(sample, "und"))
    total = sum(words.values())
    shares = sorted(((sum(words[w] for w in known) / total, code) for code, known in _telling().items()), reverse=True) if total else []
    if not shares or shares[0][0] < 0.12 or shares[0][0] < 1.3 * shares[1][0]:
        return "und"
    return shares[0][1]


def split_sentences(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Return the sentences of one block as offsets into `text`, without surrounding white space.

    Args:
        text: The whole text.
        start: Where the block begins.
        end: Where it ends.
        language: ISO 639-1 code; zh and ja end at 。！？；, all others go through nupunkt.

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
    if not any(mark in block[:-1] for mark in ".!?"):
        return [len(block)]
    from nupunkt import sent_spans

    ends = {b for _, b in sent_spans(block)}
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

    A word is letters and digits with inner apostrophes; hyphens split words, so that space, hyphen and line end match each other
    inside phrases. Chinese words come from rjieba; punctuation is left out.

    Raises:
        TrackerError: The language is not written with spaces and its segmenter is not installed (zh) or not served (ja).

    Example:
        >>> text = "the country’s self-reliance"
        >>> [text[a:b] for a, b in word_spans(text, "en")]
        ['the', 'country’s', 'self', 'reliance']
    """
    if language in CJK:
        return _chinese_spans(text, language)
    pattern = _WORD if _NOT_LATIN.search(text) else _LATIN_WORD
    return list(map(re.Match.span, pattern.finditer(text)))


def _chinese_spans(text: str, language: str) -> list[tuple[int, int]]:
    if language == "ja":
        raise TrackerError("the words of Japanese texts (`ja`) cannot be told apart by this version", hint="tracker add TRANSLATION --language en")
    if find_spec("rjieba") is None:
        raise TrackerError(
            "Chinese words cannot be told apart without `rjieba`",
            looked_at=("counts by characters would be wrong, so none are made",),
            hint="pip install 'speech-theme-tracker[zh]'",
        )
    import rjieba

    return [(a, b) for word, a, b in rjieba.tokenize(text, "default") if _ONE_LETTER.search(word)]


@lru_cache(maxsize=500_000)
def lemma(word: str, language: str) -> str:
    """Return the dictionary form under which a word is counted, case-folded; the word itself where none is known.

    The English possessive `'s` is dropped. Cached by type.

    Example:
        >>> lemma("Factories", "en"), lemma("country’s", "en"), lemma("发展", "zh")
        ('factory', 'country', '发展')
    """
    plain = word.translate(_STRAIGHT).casefold()
    if language == "en":
        if plain in stop_words("en"):
            return plain
        plain = plain.removesuffix("'s").removesuffix("'") or plain
    if language in CJK or language in _unserved() or not plain.isalpha():
        return plain
    from simplemma import lemmatize

    try:
        return str(lemmatize(plain, lang=language)).casefold()
    except ValueError:
        _unserved().add(language)
        return plain


@lru_cache(maxsize=1)
def _unserved() -> set[str]:
    """Languages that simplemma turned out not to serve."""
    return {"und"}


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the function words of a language, case-folded with straight apostrophes.

    English and Chinese are short lists of our own; others come from `stopwordsiso` when it is installed, else none.

    Example:
        >>> "the" in stop_words("en"), "state" in stop_words("en")
        (True, False)
    """
    own = {"en": _ENGLISH, "zh": _CHINESE}.get(language)
    if own is not None:
        return frozenset(own.split())
    if language == "und" or find_spec("stopwordsiso") is None:
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
def _telling() -> dict[str, frozenset[str]]:
    """The most frequent function words of a few European languages."""
    return {code: frozenset(words.split()) for code, words in _TELLING.items()}


_TELLING: dict[str, str] = {
    "en": "the of and to in is that for are with this our have has was by from not we which its will it on as be",
    "de": "der die und das den von zu mit des ist auf für nicht ein eine dem im sich wir auch als es an werden sind",
    "fr": "le la les de des et du en un une que dans pour est qui nous sur pas au ce avec par plus sont notre aux il",
    "es": "el la los las de que y en un una por con para del se es al lo como más su no nuestro nuestra son este ha",
    "it": "il la di che e in un una per con del della i le non si è dei gli nel alla sono più da delle anche questo al",
    "pt": "o a os as de que e em um uma do da dos das para com não por no na se é ao mais nosso nossa são como foi",
}

_ENGLISH = """
a an the this that these those such some any no every each either neither both all another other
i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
it its itself they them their theirs themselves one's who whom whose which what whoever whatever whichever
someone somebody something anyone anybody anything everyone everybody everything nobody nothing none
of in on at to from by for with without within into onto upon over under above below between among amongst through throughout
during before after since until till against about across along around behind beside besides beyond despite down up off out
near toward towards via per as than like unlike amid except regarding
and or but nor so yet if unless although though because while whereas whether when whenever where wherever why how once that's
am is are was were be been being have has had having do does did doing done will would shall should can could may might must ought
not only also too very just even still already again ever never then there here now thus hence therefore however moreover furthermore
more most less least much many few several own same rather quite almost
don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't won't wouldn't shan't shouldn't can't couldn't mustn't needn't cannot
i'm i've i'll i'd we're we've we'll we'd you're you've you'll you'd he's he'll he'd she's she'll she'd it's it'll they're they've they'll they'd
there's here's what's who's where's how's let's s t ll re ve d m
"""

_CHINESE = """
的 了 和 与 及 以及 是 在 有 也 又 都 就 而 而且 并 并且 或 或者 但 但是 不 没 没有 不是 这 那 这个 那个 这些 那些 这样 那样 这里 那里
我 你 您 他 她 它 我们 你们 他们 她们 它们 自己 大家 各 每 某 其 其他 其中 此 之 所 者 于 以 从 自 由 向 对 对于 关于 把 被 给 为 为了 因 因为
因此 所以 如果 虽然 然而 则 即 若 使 让 将 会 能 能够 可 可以 要 应 应该 必须 得 地 着 过 到 上 下 中 里 内 外 前 后 间 时 等 等等 很 更 最 较
比 还 再 已 已经 正 正在 曾 曾经 仍 仍然 只 只有 才 不仅 不但 同时 既 无论 不论 什么 怎么 如何 哪 哪些 谁 几 多少 一 一个 一些 一种 个 们 吗
呢 吧 啊 呀 么 通过 根据 按照 作为 随着 除了 至 至于 跟 同 像 如 那么 于是 以来 以上 以下 之间 之后 之前 之一
"""
