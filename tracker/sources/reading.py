"""Files, folders and standard input -> speeches and what was skipped."""

from __future__ import annotations

import hashlib
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from tracker.errors import SourceError
from tracker.recipe import Recipe
from tracker.sources import archive, docx, html, limits, pdf, table, text
from tracker.sources.archive import Archive
from tracker.sources.base import Item, Reader, ReadOptions, Skipped, check_options
from tracker.sources.listing import Found, files_of, listed, told
from tracker.sources.sidecar import SUFFIX as SIDECAR
from tracker.sources.sidecar import Beside, gather, is_sidecar
from tracker.speech import NO_TAGS, Speech

READERS: tuple[Reader, ...] = (text, table, html, pdf, docx)
SUFFIXES: tuple[str, ...] = (*(suffix for reader in READERS for suffix in reader.SUFFIXES), *archive.SUFFIXES)


def read_sources(
    sources: Sequence[str], options: ReadOptions | None = None, recipe: Recipe | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Speech | Skipped]:
    """Return an iterator over the speeches of files, folders and `-`, and over everything skipped, with the true reason.

    One file that fails never stops the rest.

    Args:
        sources: Paths; a folder or zip archive is read with all below it in sorted order; `-` is standard input.
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
    near: dict[Path, Beside] = {}
    roots = [None if source == "-" else _root(Path(source), sources, options, near) for source in sources]
    keys = Counter(f.key for root in roots if root for f in root.found if isinstance(f, Found))
    done: set[tuple[Path, str]] = set()
    opened: Archive | None = None
    for root in roots:
        if root is None:
            yield from _read_stream(stdin, options)
            continue
        for entry in root.found:
            if isinstance(entry, Skipped):
                yield entry
                continue
            if opened and opened is not entry.archive:
                opened.close()
            opened = entry.archive
            file = (entry.path.resolve(), entry.member.name if entry.member else "")
            if file not in done:
                done.add(file)
                key = entry.key if keys[entry.key] == 1 else entry.long_key
                yield from _read_file(entry, key, replace(options, beside=root.fields.get(entry.key, NO_TAGS)))
    if opened:
        opened.close()


@dataclass(frozen=True, slots=True)
class _Root:
    """What one source holds, and what sidecars say of its files."""

    found: list[Found | Skipped]
    fields: Mapping[str, Mapping[str, str]]


def _root(path: Path, sources: Sequence[str], options: ReadOptions, near: dict[Path, Beside]) -> _Root:
    """List a source and read its sidecars, which are no speeches; `near` keeps what was read beside single files."""
    found = listed(path)
    if path.is_dir() or path.suffix.lower() in archive.SUFFIXES:
        beside = gather([f for f in found if isinstance(f, Found)], options)
        rest = [f for f in found if isinstance(f, Skipped) or f.key not in beside.sidecars]
        return _Root([*rest, *beside.skipped, *beside.unmatched], beside.fields)
    is_first = path.parent not in near
    if is_first:
        given = {name.lower() for s in sources for name in (Path(s).name, Path(s).stem)}
        files = [f for f in files_of(path.parent) if not is_sidecar(f.name) or {f.name.lower(), f.name[: -len(SIDECAR)].lower()} & given]
        near[path.parent] = gather(files, options)
    beside = near[path.parent]
    if path.name in beside.sidecars:
        others = any(Path(s).parent == path.parent and Path(s).name not in beside.sidecars for s in sources)
        alone = Skipped(told(str(path)), "says something of the files beside it; add those", shlex.join(["tracker", "add", str(path.parent)]))
        return _Root([] if others else [alone], {})
    own = {f"{name}{SIDECAR}".lower() for name in (path.name, path.stem)}
    skipped = [s for s in beside.skipped if (name := Path(s.source).name.lower()) in own or (is_first and not is_sidecar(name))]
    return _Root([*found, *skipped], beside.fields)


def _read_stream(stdin: BinaryIO | None, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Read standard input: JSON Lines where its first line is a JSON object, CSV where the user names the text column, else one text.

    Its key comes from its content, so that the same text is the same speech.
    """
    data = (stdin or sys.stdin.buffer).read(limits.FILE_BYTES + 1)
    item = Item(f"stdin-{hashlib.sha256(data).hexdigest()[:12]}", "standard input", "", data)
    if len(data) > limits.FILE_BYTES:
        yield Skipped(item.source, f"is larger than {limits.told(limits.FILE_BYTES)}", "save it as a file and add that")
    elif table.starts_with_object(data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0].decode("utf-8", "replace")):
        yield from _refusals_told(item.source, table.read_as(".jsonl", item, options))
    elif options.text_column:
        yield from _refusals_told(item.source, table.read_as(".csv", item, options))
    else:
        yield from _read_item(item, text, options)


def _read_file(found: Found, key: str, options: ReadOptions) -> Iterator[Speech | Skipped]:
    """Choose the reader by suffix and read one file; tables on disk are read row by row."""
    reader = next((r for r in READERS if found.suffix in r.SUFFIXES), None)
    if reader is None:
        what = f"no reader for `{found.suffix}` files" if found.suffix else "no reader for files without a suffix"
        yield Skipped(found.source, f"{what}; read are {', '.join(SUFFIXES)}")
        return
    name = PurePosixPath(found.name).stem
    try:
        if reader is table and found.archive is None:
            item = Item(key, found.source, name, b"", found.regular())
        else:
            item = Item(key, found.source, name, found.bytes())
    except SourceError as error:
        yield Skipped(found.source, error.message, error.hint)
        return
    yield from _read_item(item, reader, options)


def _read_item(item: Item, reader: Reader, options: ReadOptions) -> Iterator[Speech | Skipped]:
    if item.path is None and not item.data.strip():
        yield Skipped(item.source, "is empty")
    else:
        yield from _refusals_told(item.source, reader.read(item, options))


def _refusals_told(source: str, read: Iterator[Speech | Skipped]) -> Iterator[Speech | Skipped]:
    """Yield what a reader yields, and where it gives up, why: the one place that turns a refusal into a Skipped."""
    try:
        yield from read
    except SourceError as error:
        yield Skipped(source, error.message, error.hint)
    except OSError as error:
        yield Skipped(source, f"cannot be opened: {error.strerror}")
    except UnicodeError:
        yield Skipped(source, "was changed while it was read")
