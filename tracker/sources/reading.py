"""Files, folders and standard input -> speeches and what was skipped."""

from __future__ import annotations

import hashlib
import os
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from tracker.errors import SourceError
from tracker.recipe import Recipe
from tracker.sources import table, text
from tracker.sources.base import Item, Reader, ReadOptions, Skipped, check_options
from tracker.speech import Speech

READERS: tuple[Reader, ...] = (text, table)
SUFFIXES: tuple[str, ...] = tuple(suffix for reader in READERS for suffix in reader.SUFFIXES)
_MARK = "tracker.toml"
_OWN = frozenset({_MARK, "themes.toml", "corpus.db", "corpus.db-wal", "corpus.db-shm", "models", "reports"})  # a workspace is no speech


@dataclass(frozen=True, slots=True)
class _Found:
    """A file to be read: its path, the key below its root, and the longer key in case two roots hold the same one."""

    path: Path
    key: str
    long_key: str


def read_sources(
    sources: Sequence[str], options: ReadOptions | None = None, recipe: Recipe | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Speech | Skipped]:
    """Return an iterator over the speeches of files, folders and `-`, and over everything skipped, with the true reason.

    One file that fails never stops the rest.

    Args:
        sources: Paths; a folder is read with all below it in sorted order; `-` is text on standard input.
        options: What the user states; nothing when None.
        recipe: Its `dates.order` counts where the options have none.
        stdin: Standard input; `sys.stdin.buffer` when None.

    Raises:
        SourceError: A path does not exist or an option is unusable; raised here, before anything is read.
    """
    chosen = options or ReadOptions()
    if recipe is not None and chosen.date_order is None:
        chosen = replace(chosen, date_order=recipe.dates.order)
    check_options(chosen)
    check_paths(sources)
    return _read_all(sources, chosen, stdin)


def check_paths(sources: Sequence[str]) -> None:
    """Check that every source exists.

    Raises:
        SourceError: Some do not; all of them are named.
    """
    missing = [source for source in sources if source != "-" and not Path(source).exists()]
    if missing:
        names = ", ".join(f"`{m}`" for m in missing)
        meant = [str(near) for m in missing if (near := _near(Path(m)))]
        hint = shlex.join(["tracker", "add", *meant]) if len(meant) == len(missing) else "tracker add . --dry-run"
        raise SourceError(f"no such file or folder: {names}", looked_at=(f"looked in `{Path.cwd()}`",), hint=hint)


def _near(missing: Path) -> Path | None:
    """Return the file beside a missing one whose name is nearest to it."""
    beside = sorted(p.name for p in missing.parent.iterdir() if not p.name.startswith(".")) if missing.parent.is_dir() else []
    return next((missing.with_name(name) for name in get_close_matches(missing.name, beside, n=1)), None)


def _read_all(sources: Sequence[str], options: ReadOptions, stdin: BinaryIO | None) -> Iterator[Speech | Skipped]:
    found: list[_Found | Skipped | None] = []
    for source in sources:
        found += [None] if source == "-" else _listed(Path(source))
    keys = Counter(f.key for f in found if isinstance(f, _Found))
    done: set[Path] = set()
    for entry in found:
        if entry is None:
            yield from _read_item(_stream(stdin), text, options)
        elif isinstance(entry, Skipped):
            yield entry
        elif (path := entry.path.resolve()) not in done:
            done.add(path)
            yield from _read_file(entry, entry.key if keys[entry.key] == 1 else entry.long_key, options)


def _stream(stdin: BinaryIO | None) -> Item:
    """Return standard input; its key comes from its content, so that the same text is the same speech."""
    data = (stdin or sys.stdin.buffer).read()
    return Item(f"stdin-{hashlib.sha256(data).hexdigest()[:12]}", "standard input", "", data)


def _listed(root: Path) -> list[_Found | Skipped]:
    """Return the files of a folder (or the one file) in sorted order; hidden ones are skipped."""
    if not root.is_dir():
        return [_Found(root, _told(root.name), _told(root.as_posix()))]
    listed: list[_Found | Skipped] = []

    def refuse(error: OSError) -> None:
        listed.append(Skipped(_told(str(error.filename)), f"cannot be opened: {error.strerror}"))

    for folder, folders, names in os.walk(root, onerror=refuse):
        here = Path(folder)
        own = _OWN if _MARK in names else frozenset()
        listed += [Skipped(_told(str(here / name)), "is a hidden folder") for name in sorted(folders) if name.startswith(".")]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in own)
        for name in sorted(set(names) - own):
            path = here / name
            below = path.relative_to(root).as_posix()
            long_key = f"{root.resolve().name}/{below}"
            listed.append(Skipped(_told(str(path)), "is a hidden file") if name.startswith(".") else _Found(path, _told(below), _told(long_key)))
    return listed or [Skipped(_told(str(root)), "is an empty folder")]


def _told(name: str) -> str:
    r"""Return a name as text that can be stored and printed: bytes that are no UTF-8 become `\xff`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_file(found: _Found, key: str, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Choose the reader by suffix and read one file."""
    source = _told(str(found.path))
    suffix = found.path.suffix.lower()
    reader = next((r for r in READERS if suffix in r.SUFFIXES), None)
    if reader is None:
        what = f"no reader for `{suffix}` files" if suffix else "no reader for files without a suffix"
        yield Skipped(source, f"{what}; read are {', '.join(SUFFIXES)}")
        return
    if not found.path.is_file():
        yield Skipped(source, "is not a regular file")
        return
    try:
        data = found.path.read_bytes()
    except OSError as error:
        yield Skipped(source, f"cannot be opened: {error.strerror}")
        return
    yield from _read_item(Item(key, source, _told(found.path.stem), data), reader, options)


def _read_item(item: Item, reader: Reader, options: ReadOptions) -> Iterator[Speech | Skipped]:
    try:
        if not item.data.strip():
            raise SourceError("is empty")  # noqa: TRY301 - the one place that turns a reader's refusal into a Skipped
        yield from reader.read(item, options)
    except SourceError as error:
        yield Skipped(item.source, error.message, error.hint)
