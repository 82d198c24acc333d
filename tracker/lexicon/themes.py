"""The named themes of a `themes.toml`: read it, and say everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tracker.errors import ThemesError
from tracker.languages import word_spans
from tracker.tokens import CJK, fold

_FIELDS = ("label", "core", "terms")
_THEME_KEY = re.compile(r"[^\W_][\w-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
JOINERS = "\\s\\-\u00ad\u200b\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"  # white space, hyphens, dashes: all the same inside a phrase
JOIN = re.compile(f"[{JOINERS}]+")
_STRAY_STAR = re.compile(rf"(?<![^\W_])\*|\*(?![{JOINERS}]|$)")


@dataclass(frozen=True, slots=True)
class Theme:
    """A named theme: the few words that are the theme itself, and those that widen it.

    Args:
        id: Its key in the file.
        label: What readers see.
        core: Core terms by language; "" holds those for every language. A core term is also a term.
        terms: The wider terms by language, without the core terms.
    """

    id: str
    label: str
    core: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, tuple[str, ...]]

    def vocabulary(self, language: str) -> tuple[tuple[str, bool], ...]:
        """Return (term, whether core) for a text of this language, core terms first."""
        keys = ("", language) if language else ("",)
        return tuple((term, core) for terms, core in ((self.core, True), (self.terms, False)) for key in keys for term in terms.get(key, ()))


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All named themes.

    Args:
        themes: In the order of the file.
        hash: 12 hex digits over ids, labels and terms; the order of themes and terms does not matter.
    """

    themes: tuple[Theme, ...]
    hash: str = field(init=False)

    def __post_init__(self) -> None:
        content = {t.id: [t.label, *({k: sorted(v) for k, v in terms.items() if v} for terms in (t.core, t.terms))] for t in self.themes}
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
        object.__setattr__(self, "hash", hashlib.sha256(canonical).hexdigest()[:12])

    def theme(self, theme_id: str) -> Theme:
        """Return the theme with this id.

        Raises:
            ThemesError: There is none; the message lists the ids.
        """
        ids = [theme.id for theme in self.themes]
        if theme_id in ids:
            return self.themes[ids.index(theme_id)]
        known = f"themes: {', '.join(ids)}" if ids else "themes.toml names no themes"
        raise ThemesError(f"no theme `{theme_id}`{_nearest(theme_id, ids)}", looked_at=(known,), hint="tracker themes")


def read_themes(path: Path) -> Lexicon:
    """Return the themes of a `themes.toml`.

    Raises:
        ThemesError: The file is missing, unreadable, or has problems; all problems are reported together.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ThemesError(f"`{path.name}` is not UTF-8 text (byte {error.start})", hint=f"save {path} as UTF-8") from error
    except OSError as error:
        where = shlex.quote(str(path))
        helps = f"mv {where} {where}.old" if path.is_dir() else f"chmod u+r {where}" if path.exists() else f"tracker init {shlex.quote(str(path.parent))}"
        raise ThemesError(f"cannot read `{path.name}`: {error.strerror}", looked_at=(str(path),), hint=helps) from error
    return parse_themes(text, path.name)


def parse_themes(text: str, name: str) -> Lexicon:
    r"""Return the themes of the text of a `themes.toml`.

    Args:
        text: TOML.
        name: The file's name, for messages.

    Raises:
        ThemesError: It is not TOML, or themes in it cannot be used; all problems are reported together.

    Example:
        >>> parse_themes('[themes.ports]\nterms = ["harbo*"]', "themes.toml").theme("ports").label
        'Ports'
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = (f"line {at[1]}: {text.splitlines()[int(at[1]) - 1].strip()}",) if at and int(at[1]) <= len(text.splitlines()) else ()
        raise ThemesError(f"`{name}` is not valid TOML: {error}", looked_at=line, hint=f"edit {name}") from error
    except RecursionError as error:
        raise ThemesError(f"`{name}` is nested too deeply", hint=f"edit {name}") from error
    if not isinstance(tables.get("themes"), dict):
        found = (f"found: {', '.join(f'`{key}`' for key in tables)}",) if tables else ()
        raise ThemesError(f"`{name}` has no [themes.NAME] table", looked_at=found, hint=f"edit {name}; a theme starts with a line like [themes.energy]")
    problems = [f"`{key}`: stands outside [themes.NAME]" for key in tables if key != "themes"]
    themes = tuple(_theme(key, table, problems) for key, table in tables["themes"].items())
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        raise ThemesError(f"{count} in `{name}`", looked_at=tuple(problems), hint=f"edit {name}")
    return Lexicon(themes)


def _theme(key: str, table: Any, problems: list[str]) -> Theme:
    where = f"themes.{key}"
    if not _THEME_KEY.fullmatch(key):
        problems.append(f"{where}: a theme's name is letters, digits, `-` and `_`, not `{key}`")
    if not isinstance(table, dict):
        problems.append(f"{where}: must be a table [{where}] with `terms`, not `{table}`")
        return Theme(key, key, {}, {})
    before = len(problems)
    label = table.get("label", key.replace("-", " ").replace("_", " ").capitalize())
    if not isinstance(label, str) or not label.strip():
        problems.append(f"{where}: `label` must be text in quotes, not `{label}`")
        label = key
    core, terms = {}, {}
    for language, content in _by_language(where, table, problems).items():
        core[language], terms[language] = _read_terms(content, f"{where}.{language}" if language else where, problems)
    if len(problems) == before and not any((*core.values(), *terms.values())):
        problems.append(f'{where}: has no terms; add a line like terms = ["energy", "power plant*"]')
    return Theme(key, label.strip(), core, terms)


def _by_language(where: str, table: dict[str, Any], problems: list[str]) -> dict[str, dict[str, Any]]:
    """Return the tables that hold terms: "" for the theme's own, and one per language; unknown fields go to `problems`."""
    found = {"": table}
    for name, content in table.items():
        if name in _FIELDS:
            continue
        if isinstance(content, dict) and _LANGUAGE.fullmatch(name):
            found[name] = content
            unknown = [field for field in content if field not in ("core", "terms")]
            problems += [f"{where}.{name}: unknown field `{field}`{_nearest(field, ('core', 'terms'))}; a language has core and terms" for field in unknown]
        elif _LANGUAGE.fullmatch(name) and not _nearest(name, _FIELDS):
            problems.append(f"{where}: `{name}` must be a table [{where}.{name}] with `terms`, not `{content}`")
        else:
            problems.append(f"{where}: unknown field `{name}`{_nearest(name, _FIELDS)}; a theme has label, core, terms and tables like [{where}.zh]")
    return found


def _read_terms(table: dict[str, Any], where: str, problems: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return core terms and the other terms of one table, each once; what is wrong with them goes to `problems`."""
    seen: set[str] = set()
    kept: dict[str, list[str]] = {"core": [], "terms": []}
    for name, terms in kept.items():
        given = table.get(name, [])
        if not isinstance(given, list):
            problems.append(f'{where}: `{name}` must be a list like ["energy", "power plant*"], not `{given}`')
            continue
        for term in given:
            fault = _fault(term)
            if fault:
                problems.append(f"{where}: `{name}` holds {fault}")
            elif (same := JOIN.sub(" ", fold(term)).strip()) not in seen:
                seen.add(same)
                terms.append(" ".join(term.split()))
    return tuple(kept["core"]), tuple(kept["terms"])


def _fault(term: Any) -> str:
    """Return what is wrong with a term, or ""."""
    if not isinstance(term, str):
        return f"`{term}`, which is not text in quotes"
    if not term.strip():
        return "an empty term"
    if not term.strip(" *"):
        return f"`{term}`, which would match every word"
    if _STRAY_STAR.search(fold(term).strip()):
        return f"`{term}`; `*` can only stand at the end of a word, like `technolog*`"
    readable = any(map(str.isalnum, term)) and (CJK.search(term) or word_spans(term, "en"))
    return "" if readable else f"`{term}`, which has no letter or digit"


def _nearest(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f", did you mean `{close[0]}`?" if close else ""
