"""Lists of words from and for other tools: quanteda dictionaries, tables, other `themes.toml` files."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import SourceError, ThemesError, TrackerError
from tracker.lexicon import Theme, parse_themes
from tracker.lexicon.dictionaries import ReadDictionary, read_table, read_yaml, write_table, write_yaml
from tracker.lexicon.written import theme_text
from tracker.sources.encoding import decode
from tracker.tasks.workspace import Workspace

_YAML = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What was read or written.

    Args:
        path: The file that was made.
        themes: How many themes it holds.
        terms: How many terms.
        lost: What could not be carried over, a few words each.
        used: Whether the file is the workspace's `themes.toml`.
    """

    path: str
    themes: int
    terms: int
    lost: tuple[str, ...]
    used: bool


def import_themes(workspace: Workspace, source: Path, output: Path | None = None) -> Exchanged:
    """Read a dictionary and write it as a list of themes.

    Args:
        workspace: The workspace.
        source: A quanteda dictionary (.yml, .yaml), a .csv with the columns theme and term, or a .toml.
        output: The file to make; `themes.toml` where the workspace has none, when None.

    Raises:
        ThemesError: The file cannot be read as a dictionary.
        TrackerError: The file to make exists already, or cannot be written.
    """
    path = output or workspace.themes_path
    if path.exists():
        free = next(name for n in range(1, 10_000) if not (name := path.with_name(f"themes-imported{'' if n == 1 else f'-{n}'}.toml")).exists())
        hint = shlex.join(["tracker", "themes", "import", str(source), "--output", str(free)])
        raise TrackerError(f"`{path}` exists already; an import never overwrites a list", hint=hint)
    found = _read(source)
    lines = [f"# Themes read from {source.name} by `tracker themes import`.", *(f"# left out: {lost}" for lost in found.lost), ""]
    _put(path, "\n".join(lines) + "\n" + "\n".join(theme_text(theme) for theme in found.themes))
    return Exchanged(str(path), len(found.themes), _terms(found.themes), found.lost, path.resolve() == workspace.themes_path.resolve())


def export_themes(workspace: Workspace, output: Path) -> Exchanged:
    """Write the workspace's themes as a quanteda dictionary (.yml, .yaml) or a table (.csv).

    Args:
        workspace: The workspace.
        output: The file to make.

    Raises:
        TrackerError: Another kind of file, one that exists, or one that cannot be written.
    """
    themes = workspace.lexicon.themes
    kind = output.suffix.lower()
    if kind not in (*_YAML, ".csv"):
        raise TrackerError(f"themes are written as .yml, .yaml or .csv, not `{output.name}`", hint="tracker themes export themes.yml")
    if output.exists():
        free = next(name for n in range(2, 10_000) if not (name := output.with_stem(f"{output.stem}-{n}")).exists())
        raise TrackerError(f"`{output}` exists already", hint=shlex.join(["tracker", "themes", "export", str(free)]))
    _put(output, write_yaml(themes) if kind in _YAML else write_table(themes))
    return Exchanged(str(output), len(themes), _terms(themes), (), used=False)


def _read(source: Path) -> ReadDictionary:
    kind = source.suffix.lower()
    if kind not in (*_YAML, ".csv", ".toml"):
        raise ThemesError(f"a dictionary is a .yml, .yaml, .csv or .toml, not `{source.name}`", hint="tracker themes import dictionary.yml")
    try:
        text = decode(source.read_bytes()).text if kind == ".csv" else source.read_text(encoding="utf-8-sig")  # spreadsheets save tables in any encoding
    except UnicodeDecodeError as error:
        raise ThemesError(f"`{source.name}` is not UTF-8 text (byte {error.start})", hint=f"save {source} as UTF-8") from error
    except SourceError as error:
        raise ThemesError(f"`{source.name}` is not a table saved as csv: {error.message}", hint=f"save {source} as csv") from error
    except OSError as error:
        raise ThemesError(f"cannot read `{source}`: {error.strerror}", hint=shlex.join(["ls", "-l", str(source.parent)])) from error
    if kind in _YAML:
        return read_yaml(text, source.name)
    return read_table(text, source.name) if kind == ".csv" else ReadDictionary(parse_themes(text, source.name).themes, ())


def _terms(themes: tuple[Theme, ...]) -> int:
    return sum(len(terms) for theme in themes for tables in (theme.core, theme.terms) for terms in tables.values())


def _put(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise TrackerError(f"cannot write `{path}`: {error.strerror}", hint=shlex.join(["ls", "-ld", str(path.parent)])) from error
