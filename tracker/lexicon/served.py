"""Which languages a theme has words for: a comparison of several languages must not count silence where no word could be heard."""

from __future__ import annotations

import re
from collections.abc import Collection

from tracker.function_words import SCRIPTS
from tracker.languages import is_known
from tracker.lexicon.themes import Lexicon, Theme
from tracker.tokens import CJK

MANY_OWN_WORDS, FEW = 3, 0.2
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]")


def languages_without_terms(lexicon: Lexicon, languages: Collection[str]) -> dict[str, frozenset[str]]:
    r"""Return, for each theme that lacks words in some of these languages, which; a theme that has words for all of them is not there.

    A theme has words for a language when it has a list of its own for it, or when its general list is written in the script of that language
    and is not plainly another of these languages: at least MANY_OWN_WORDS of its words are in the other's dictionary alone, and not a FEW of
    that number in its own alone.

    Args:
        lexicon: The named themes.
        languages: ISO 639-1 codes of the texts that are compared; with fewer than two known ones nothing lacks.

    Example:
        >>> from tracker.lexicon.themes import parse_themes
        >>> lexicon = parse_themes('[themes.ports]\nterms = ["harbour", "quay*", "ferry"]\n[themes.ports.fr]\nterms = ["quai*"]', "themes.toml")
        >>> {theme: sorted(codes) for theme, codes in languages_without_terms(lexicon, ["en", "fr", "zh"]).items()}
        {'ports': ['zh']}
    """
    known = sorted(set(languages) - {"und", ""})
    if len(known) < 2:
        return {}
    found = {theme.id: frozenset(code for code in known if not _has_words(theme, code, known)) for theme in lexicon.themes}
    return {theme: codes for theme, codes in found.items() if codes}


def unserved(lexicon: Lexicon, language: str) -> tuple[str, ...]:
    r"""Return the themes that have no words for a corpus in one language: its own list is missing, and the general one is another language's.

    A general list is another language's when it is written in another script, or when it is plainly English (as the lists that come with tracker are).

    Example:
        >>> from tracker.lexicon.themes import parse_themes
        >>> ports = parse_themes('[themes.ports]\nterms = ["harbour", "quay*", "ferry", "dockers", "sailor"]', "themes.toml")
        >>> unserved(ports, "zh"), unserved(ports, "de"), unserved(ports, "en")
        (('ports',), ('ports',), ())
    """
    if language in ("und", ""):
        return ()
    return tuple(theme.id for theme in lexicon.themes if not _has_words(theme, language, sorted({language, "en"})))


def _has_words(theme: Theme, language: str, among: Collection[str]) -> bool:
    if any(own.get(language) for own in (theme.core, theme.terms)):
        return True
    general = [*theme.core.get("", ()), *theme.terms.get("", ())]
    script = _script(language)
    if not any(script.search(term) for term in general):
        return False
    words = [word for term in general for word in re.findall(r"[^\W\d_]{2,}(?!\w|\*)", term.casefold())]
    in_own = {word for word in words if is_known(word, language)}
    for other in among:
        in_other = {word for word in words if is_known(word, other)} if other != language else set()
        if len(in_other - in_own) >= MANY_OWN_WORDS and len(in_own - in_other) <= FEW * len(in_other - in_own):
            return False
    return True


def _script(language: str) -> re.Pattern[str]:
    if language in ("zh", "ja"):
        return CJK
    letters = next((letters for letters, codes in SCRIPTS if language in codes.split()), "")
    return re.compile(f"[{letters}]") if letters else _LATIN
