"""Which file a speech was read from, named by its way from the workspace."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from os.path import isfile, join
from pathlib import Path

from tracker.speech import Speech


def line(source: str) -> str:
    """Return the `:12` behind a table's name, or ""."""
    found = re.search(r":\d+$", source)
    return found[0] if found else ""


def _file_of(source: str, folder: Path) -> tuple[str, str]:
    """Return the file a source lies in and what stands behind it, `t.csv:12` -> (`t.csv`, `:12`), `a.zip/b.txt` -> (`a.zip`, `/b.txt`); `` where it is none."""
    whole = source.removesuffix(line(source))
    for name in (source, whole, *(whole[: found.end() - 1] for found in re.finditer(r"\.zip/", whole, re.IGNORECASE))):
        if isfile(join(folder, name)):  # noqa: PTH113, PTH118 - a source can be any text, at which pathlib's would raise
            return name, source[len(name) :]
    return "", ""


def is_whole_file(source: str, folder: Path) -> bool:
    """Return whether a speech is all of a file (or of a file in an archive), not a row of a table."""
    name, behind = _file_of(source, folder)
    return bool(name) and not line(behind)


def seen_from(item: Speech, folder: Path) -> Speech:
    """Return a speech that names its file, or a line of one, by its way from the workspace, so that it is the same wherever the command is given."""
    name, behind = _file_of(item.source, Path())
    if not name:
        return item
    return replace(item, source=_way(Path(name).absolute(), folder) + behind)


@lru_cache(maxsize=1)  # the rows of a table lie in one file
def _way(path: Path, folder: Path) -> str:
    path = path.resolve()
    with suppress(ValueError):  # on another drive
        path = Path(os.path.relpath(path, folder.resolve()))
    return path.as_posix()


def other_file(held: Speech, item: Speech, folder: Path) -> bool:
    """Return whether a key of the corpus belongs to another file that still exists: taking it for an update would lose a speech."""
    if held.source == item.source or held.text == item.text:
        return False
    old, new = (_file_of(source, folder)[0] for source in (held.source, item.source))
    return bool(old and new) and not (folder / old).samefile(folder / new)
