"""Themes as the text of a `themes.toml`: written anew, or edited in place with everything else kept as it stands."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Sequence

from tracker.errors import ThemesError
from tracker.lexicon.themes import JOIN, Theme, parse_themes
from tracker.tokens import fold

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 120
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_COMMENT = re.compile(r"#[^\n]*")


def theme_key(name: str, taken: Collection[str]) -> str:
    """Return a theme's name made from a term, different from those taken.

    Example:
        >>> theme_key("Climate change", ["climate-change"]), theme_key("疫情", [])
        ('climate-change-2', '疫情')
    """
    plain = re.sub(r"[^\w]+|_", "-", unicodedata.normalize("NFC", name).casefold()).strip("-") or "theme"
    return next(key for n in range(1, len(taken) + 2) if (key := plain if n == 1 else f"{plain}-{n}") not in taken)


def theme_text(theme: Theme, notes: Sequence[str] = ()) -> str:
    """Return one theme as TOML.

    Args:
        theme: The theme.
        notes: Lines of comment, put below its label.
    """
    lines = [f"[themes.{_key(theme.id)}]", f"label = {_quoted(theme.label)}", *(f"# {note}".rstrip() for note in notes)]
    lines += _lists(theme, "")
    for language in sorted({*theme.core, *theme.terms} - {""}):
        if theme.core.get(language) or theme.terms.get(language):
            lines += [f"[themes.{_key(theme.id)}.{language}]", *_lists(theme, language)]
    return "\n".join(lines) + "\n"


def edited(text: str, name: str, theme: str, *, accept: Sequence[str] = (), drop: Sequence[str] = (), language: str = "", core: bool = False) -> str:
    r"""Return the text of a `themes.toml` with terms put into one theme's list and others taken out; comments and layout stay.

    Args:
        text: The file's text.
        name: The file's name, for messages.
        theme: The theme's id.
        accept: Terms to put in; those that are there already are left alone.
        drop: Terms to take out, wherever the theme has them.
        language: Put them into the list of this language; "" for the theme's own.
        core: Put them among the core terms.

    Raises:
        ThemesError: No such theme, a term to drop that the theme does not have, or a list that cannot be edited without a person.

    Example:
        >>> print(edited('[themes.rail]\nterms = ["rail*"]  # mine', "themes.toml", "rail", accept=["tram"]))
        [themes.rail]
        terms = ["rail*", "tram"]  # mine
    """
    held = parse_themes(text, name).theme(theme)
    there = {same_term(term): term for tables in (held.core, held.terms) for terms in tables.values() for term in terms}
    missing = [term for term in drop if same_term(term) not in there]
    if missing:
        raise ThemesError(f"`{theme}` does not have `{missing[0]}`", looked_at=(f"it has: {', '.join(there.values())}",), hint="tracker themes")
    changed = text
    for term in drop:
        changed = _without(changed, theme, term)
    kept = {same_term(term) for term in drop}
    fresh = [term for term in dict.fromkeys(accept) if same_term(term) not in there.keys() - kept]
    if fresh:
        changed = _with(changed, theme, fresh, language, "core" if core else "terms")
    now = parse_themes(changed, name).theme(theme)
    in_list = {same_term(term) for tables in (now.core, now.terms) for terms in tables.values() for term in terms}
    if in_list != (set(there) - kept) | {same_term(term) for term in fresh}:
        raise ThemesError(f"the list of `{theme}` is written in a way that cannot be edited here", hint=f"edit {name}")
    return changed


def same_term(term: str) -> str:
    """Return a term as two spellings of it are compared: case, hyphens and spaces alike."""
    return JOIN.sub(" ", fold(term)).strip()


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _lists(theme: Theme, language: str) -> list[str]:
    return [line for name, terms in (("core", theme.core), ("terms", theme.terms)) if terms.get(language) for line in _list(name, terms[language])]


def _list(name: str, terms: Sequence[str]) -> list[str]:
    whole = f"{name} = [{', '.join(map(_quoted, terms))}]"
    if len(whole) <= _WIDTH:
        return [whole]
    lines, line = [f"{name} = ["], "   "
    for term in terms:
        if len(line) + len(_quoted(term)) + 2 > _WIDTH:
            lines.append(line)
            line = "   "
        line += f" {_quoted(term)},"
    return [*lines, line, "]"]


def _table(text: str, theme: str, language: str) -> tuple[int, int] | None:
    """Where the lines of a theme's table stand, its heading left out; None where it has none."""
    keys = [f"{re.escape(form)}" for form in {theme, _quoted(theme), f"'{theme}'"}]
    tail = rf"\s*\.\s*{language}" if language else ""
    masked = _masked(text)
    heading = re.search(rf"^[ \t]*\[\s*themes\s*\.\s*(?:{'|'.join(keys)}){tail}\s*\][^\n]*(?:\n|$)", text, re.MULTILINE)
    if heading is None:
        return None
    after = re.compile(r"^[ \t]*\[\s*[^\[\]\n]*\][ \t]*$", re.MULTILINE)
    end = next((m.start() for m in after.finditer(masked, heading.end()) if _depth(masked, m.start()) == 0), len(text))
    return heading.end(), end


def _masked(text: str) -> str:
    """The text with comments, and the insides of strings, blanked; same length."""
    out, at = [], 0
    while at < len(text):
        found = _STRING.match(text, at) or _COMMENT.match(text, at)
        if found:
            out.append(" " * (found.end() - at) if found[0].startswith("#") else f'"{"x" * (found.end() - at - 2)}"')
            at = found.end()
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def _depth(masked: str, end: int) -> int:
    """How many lists are open before an offset; headings are balanced themselves."""
    return masked.count("[", 0, end) - masked.count("]", 0, end)


def _array(text: str, start: int, end: int, field: str) -> tuple[int, int] | None:
    """Where the list of a field stands between two offsets: behind `[` and before `]`."""
    masked = _masked(text)
    found = re.compile(rf"^[ \t]*{field}\s*=\s*\[", re.MULTILINE).search(masked, start, end)
    if found is None:
        return None
    close = masked.index("]", found.end())
    return found.end(), close


def _with(text: str, theme: str, terms: Sequence[str], language: str, field: str) -> str:
    place = _table(text, theme, language)
    if place is None:
        if not language:
            return text
        start = len(text.rstrip("\n"))
        own = _table(text, theme, "")
        at = own[1] if own else start
        block = f"[themes.{_key(theme)}.{language}]\n" + "\n".join(_list(field, terms)) + "\n"
        before = text[:at].rstrip("\n")
        return f"{before}\n{block}\n{text[at:]}" if text[at:] else f"{before}\n{block}"
    found = _array(text, *place, field)
    if found is None:
        line = "\n".join(_list(field, terms)) + "\n"
        before = text[: place[0]]
        return f"{before}{'' if before.endswith(chr(10)) else chr(10)}{line}{text[place[0] :]}"
    start, end = found
    inside = _masked(text)[start:end]
    tidy = len(inside.rstrip())
    new = ", ".join(map(_quoted, terms))
    if not inside.strip():
        return text[:start] + new + text[start + (0 if text[start:end].strip() else end - start) :]
    comma = "" if inside.rstrip().endswith(",") else ","
    line_start = text.rfind("\n", start, start + tidy)
    gap = " " if line_start < 0 else "\n" + re.match(r"[ \t]*", text[line_start + 1 :])[0]  # type: ignore[index]
    trailing = "," if line_start >= 0 else ""
    return text[: start + tidy] + comma + gap + new + trailing + text[start + tidy :]


def _without(text: str, theme: str, term: str) -> str:
    """Take a term out of every list of a theme."""
    languages = ["", *sorted(set(re.findall(r"^\s*\[\s*themes\s*\.[^\]\n]*\.\s*([a-z]{2,3})\s*\]", text, re.MULTILINE)))]
    for language in languages:
        for field in ("core", "terms"):
            place = _table(text, theme, language)
            found = _array(text, *place, field) if place else None
            if found is None:
                continue
            for string in _strings(text, *found):
                if same_term(_value(string[0])) == same_term(term):
                    text = _cut(text, string.start(), string.end(), found[1])
                    break
    return text


def _strings(text: str, start: int, end: int) -> list[re.Match[str]]:
    found, at = [], start
    while at < end:
        string = _STRING.match(text, at) or _COMMENT.match(text, at)
        if string is None:
            at += 1
            continue
        if not string[0].startswith("#"):
            found.append(string)
        at = string.end()
    return found


def _value(written: str) -> str:
    return str(json.loads(written)) if written.startswith('"') else written[1:-1]


def _cut(text: str, start: int, end: int, close: int) -> str:
    """Cut a string out of a list, with the comma behind it, else the one before; a line left empty goes too."""
    after = re.match(r"[ \t]*,[ \t]*", text[end:close])
    if after:
        cut = text[:start] + text[end + after.end() :]
    else:
        before = re.search(r",[ \t]*\n?[ \t]*$", text[:start])
        start = before.start() if before else start
        cut = text[:start] + text[end:]
    line = cut.rfind("\n", 0, start) + 1
    behind = cut.find("\n", start)
    return cut[:line] + cut[behind + 1 :] if behind >= 0 and not cut[line:behind].strip() else cut
