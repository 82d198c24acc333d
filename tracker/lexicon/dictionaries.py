"""Other tools' dictionaries: quanteda's YAML and plain tables, read into themes and written from them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.errors import ThemesError
from tracker.lexicon.themes import Theme, parse_themes
from tracker.lexicon.written import theme_key, theme_text

CORE, TERMS = "core", "terms"
_SEPARATORS = ",;\t|"
_LABELLED = "# themes of tracker; what stands behind the name of a theme is its label"
_COLUMNS = ("theme", "label", "language", "core", "term")
_PLAIN = re.compile(r"[^\W\d_][\w' *-]*", re.UNICODE)
_RESERVED = frozenset({"yes", "no", "true", "false", "null", "on", "off", "y", "n", "~"})
_LANGUAGE = re.compile(r"language ([a-z]{2,3})")


@dataclass(frozen=True, slots=True)
class ReadDictionary:
    """A dictionary read: its themes, and what of it could not be carried over, in a few words each."""

    themes: tuple[Theme, ...]
    lost: tuple[str, ...]


def read_yaml(text: str, name: str) -> ReadDictionary:
    r"""Return the themes of a quanteda dictionary: keys with lists of glob patterns, keys in keys joined by a dash.

    A key `core` or `terms` below another is that theme's list, `language xx` its list for a language, as `write_yaml` makes them.

    Args:
        text: YAML of mappings and lists of strings; anything else of YAML is refused.
        name: The file's name, for messages.

    Raises:
        ThemesError: A line that is neither a key nor an entry of a list.

    Example:
        >>> [(theme.id, theme.terms[""]) for theme in read_yaml("economy:\n  - tax*\n  - jobs\n", "d.yml").themes]
        [('economy', ('tax*', 'jobs'))]
    """
    found: dict[tuple[str, ...], list[str]] = {}
    labelled, labels = _LABELLED in text, dict[str, str]()
    path: list[tuple[int, str]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        bare = _uncommented(line)
        if not bare.strip() or bare.strip() in ("---", "..."):
            continue
        indent = len(bare) - len(bare.lstrip(" "))
        behind = line[len(bare) :].strip()
        entry = bare.strip()
        if entry.startswith("- ") or entry == "-":
            if not path:
                raise _refused(name, number, line)
            found.setdefault(tuple(key for _, key in path), []).extend(_scalars(entry[1:].strip(), name, number, line))
            continue
        key, rest = _key_of(entry, name, number, line)
        while path and path[-1][0] >= indent:
            path.pop()
        path.append((indent, key))
        if rest:
            found.setdefault(tuple(k for _, k in path), []).extend(_scalars(rest, name, number, line))
        if labelled and not indent and behind.startswith("#"):
            labels[key] = behind[1:].strip()
    return _themes(found, labels, name)


def write_yaml(themes: Sequence[Theme]) -> str:
    """Return themes as a quanteda dictionary; core terms and other languages stand in keys of their own below the theme."""
    lines = [_LABELLED]
    for theme in themes:
        lines.append(f"{_scalar(theme.id)}:  # {theme.label}")
        plain = not any(theme.core.values()) and not any(t for code, t in theme.terms.items() if code)
        if plain:
            lines += [f"  - {_scalar(term)}" for term in theme.terms.get("", ())]
            continue
        for code in sorted({*theme.core, *theme.terms}):
            lists = {CORE: theme.core.get(code, ()), TERMS: theme.terms.get(code, ())}
            if code and any(lists.values()):
                lines.append(f"  language {code}:")
            for field, terms in lists.items():
                if terms:
                    pad = "    " if code else "  "
                    lines += [f"{pad}{field}:", *(f"{pad}  - {_scalar(term)}" for term in terms)]
    return "\n".join(lines) + "\n"


def read_table(text: str, name: str) -> ReadDictionary:
    r"""Return the themes of a table (commas, semicolons, tabs or bars) with the columns theme and term, and perhaps label, language and core (yes or empty).

    Args:
        text: The csv.
        name: The file's name, for messages.

    Raises:
        ThemesError: A column is missing, or a row has no theme or term.

    Example:
        >>> read_table("theme,term\neconomy,tax*\n", "d.csv").themes[0].terms
        {'': ('tax*',)}
    """
    bare = text.removeprefix("\ufeff").lstrip("\r\n")
    head = bare.split("\n", 1)[0]
    rows = list(csv.DictReader(io.StringIO(bare), delimiter=max(_SEPARATORS, key=head.count)))
    names = {str(column).strip().casefold(): column for column in (rows[0] if rows else [])}
    missing = [column for column in ("theme", "term") if column not in names]
    if missing:
        told = (f"columns: {', '.join(names) or 'none'}", "needed: theme, term; if you like label, language, core")
        raise ThemesError(f"`{name}` has no column {' and no column '.join(f'`{one}`' for one in missing)}", looked_at=told, hint=f"edit {name}")
    held: dict[str, tuple[str, dict[str, list[str]], dict[str, list[str]]]] = {}
    for number, row in enumerate(rows, start=2):
        value = {column: str(row.get(names[column]) or "").strip() if column in names else "" for column in _COLUMNS}
        if not value["theme"] or not value["term"]:
            raise ThemesError(f"line {number} of `{name}` has no {'term' if value['theme'] else 'theme'}", hint=f"edit {name}")
        _, core, terms = held.setdefault(value["theme"], (value["label"] or value["theme"], {}, {}))
        is_core = value["core"].casefold() in ("yes", "y", "true", "1", "core", "x")
        (core if is_core else terms).setdefault(value["language"], []).append(value["term"])
    lost: list[str] = []
    return ReadDictionary(tuple(_checked([(key, *lists) for key, lists in held.items()], name, lost)), tuple(lost))


def write_table(themes: Sequence[Theme]) -> str:
    """Return themes as a csv that `read_table` takes back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for theme in themes:
        for is_core, tables in (("yes", theme.core), ("", theme.terms)):
            writer.writerows((theme.id, theme.label, code, is_core, term) for code in sorted(tables) for term in tables[code])
    return out.getvalue()


def _themes(found: Mapping[tuple[str, ...], Sequence[str]], labels: Mapping[str, str], name: str) -> ReadDictionary:
    held: dict[str, tuple[str, dict[str, list[str]], dict[str, list[str]]]] = {}
    for path, terms in found.items():
        keys, field, code = list(path), TERMS, ""
        if len(keys) > 1 and keys[-1] in (CORE, TERMS):
            field = keys.pop()
        if len(keys) > 1 and (told := _LANGUAGE.fullmatch(keys[-1])):
            keys.pop()
            code = told[1]
        _, core, wider = held.setdefault(" - ".join(keys), (labels.get(keys[0], keys[0]) if len(keys) == 1 else " - ".join(keys), {}, {}))
        (core if field == CORE else wider).setdefault(code, []).extend(terms)
    lost: list[str] = []
    themes = tuple(_checked([(key, *lists) for key, lists in held.items()], name, lost))
    if not themes:
        raise ThemesError(f"`{name}` holds no list of terms", looked_at=tuple(lost[:5]), hint=f"edit {name}")
    return ReadDictionary(themes, tuple(lost))


def _checked(held: Sequence[tuple[str, str, Mapping[str, list[str]], Mapping[str, list[str]]]], name: str, lost: list[str]) -> Iterator[Theme]:
    """The themes with the patterns that can be kept; what cannot goes to `lost`."""
    taken: list[str] = []
    for key, label, core, terms in held:
        kept = [{code: list(dict.fromkeys(_pattern(term, key, lost) for term in table[code])) for code in table} for table in (core, terms)]
        plain = [{code: tuple(term for term in words if term) for code, words in table.items()} for table in kept]
        if not any(any(table.values()) for table in plain):
            lost.append(f"`{key}`, which has no term left")
            continue
        own = key if re.fullmatch(r"[^\W_][\w-]*", key) and key not in taken else theme_key(key, taken)
        taken.append(own)
        theme = Theme(own, label if label != own else key.replace("-", " ").replace("_", " ").capitalize(), *plain)
        yield parse_themes(theme_text(theme), name).themes[0]


def _pattern(term: str, key: str, lost: list[str]) -> str:
    """A glob pattern as a term; "" where this tool has no such pattern, which goes to `lost`."""
    tidy = " ".join(term.split())
    stray = re.search(r"\?|(?<![^\W_])\*|\*(?![\s-]|$)", tidy)
    if not tidy.strip("* ") or stray or not any(map(str.isalnum, tidy)):
        lost.append(f"`{term}` of `{key}`: `*` can only stand at the end of a word, and `?` is not known")
        return ""
    return tidy


def _uncommented(line: str) -> str:
    """A line without its comment; `#` inside quotes, or without a space before it, is text."""
    quote = ""
    for at, letter in enumerate(line):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and (not at or line[at - 1] in " [,-:"):
            quote = letter
        elif letter == "#" and (not at or line[at - 1].isspace()):
            return line[:at].rstrip()
    return line.rstrip()


def _key_of(entry: str, name: str, number: int, line: str) -> tuple[str, str]:
    found = re.match(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\[\]{},:&*!|>%@`]+?)\s*:(?:\s+(.*))?$", entry)
    if found is None:
        raise _refused(name, number, line)
    return _unquoted(found[1]), (found[2] or "").strip()


def _scalars(text: str, name: str, number: int, line: str) -> list[str]:
    if text.startswith("["):
        if not text.endswith("]"):
            raise _refused(name, number, line)
        parts = re.findall(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,\[\]]+", text[1:-1])
        return [_unquoted(part.strip()) for part in parts if part.strip()]
    if not text or text[0] in "{&|>!%@`" or (": " in text and text[0] not in "\"'"):
        raise _refused(name, number, line)
    return [_unquoted(text)]


def _refused(name: str, number: int, line: str) -> ThemesError:
    return ThemesError(
        f"line {number} of `{name}` is neither a key nor an entry of a list", looked_at=(line.strip()[:120],), hint=f"edit {name}; entries look like - tax*"
    )


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED and text == text.strip():
        return text
    return "'" + text.replace("'", "''") + "'"
