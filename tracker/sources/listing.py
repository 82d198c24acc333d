"""Folders and archives -> the files to be read, in sorted order, and what is passed over with the reason."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from os.path import exists, isfile, islink  # these say no where pathlib's raise: a folder may be listed though its files may not be looked at
from pathlib import Path, PurePosixPath

from tracker.errors import SourceError
from tracker.sources import archive, limits
from tracker.sources.archive import Archive, Member
from tracker.sources.base import Skipped

_MARK = "tracker.toml"
_OWN = frozenset({_MARK, "themes.toml", "corpus.db", "corpus.db-wal", "corpus.db-shm", "models", "reports"})  # a workspace is no speech


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read.

    Args:
        source: Where it lies, for people.
        key: Its path below the added root.
        long_key: The longer key, in case two roots hold the same one.
        path: The file, or the archive it lies in.
        archive: The archive; None for a file of its own.
        member: Its entry there.
    """

    source: str
    key: str
    long_key: str
    path: Path
    archive: Archive | None = None
    member: Member | None = None

    @property
    def name(self) -> str:
        """Its name without folders."""
        return self.key.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """Its suffix in lower case, with the dot."""
        return PurePosixPath(self.key).suffix.lower()

    def regular(self) -> Path:
        """Return the path of a file that can be read to its end.

        Raises:
            SourceError: It is none, or may not be looked at.
        """
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise SourceError("is not a regular file")
        except OSError as error:
            raise SourceError(f"cannot be opened: {error.strerror}") from error
        return self.path

    def bytes(self) -> bytes:
        """Return what it holds.

        Raises:
            SourceError: It cannot be opened, is too large, or is damaged in its archive.
        """
        if self.archive and self.member:
            return self.archive.read(self.member)
        try:
            with self.regular().open("rb") as stream:
                data = stream.read(limits.FILE_BYTES + 1)
        except OSError as error:
            raise SourceError(f"cannot be opened: {error.strerror}") from error
        if len(data) > limits.FILE_BYTES:
            raise SourceError(f"is larger than {limits.told(limits.FILE_BYTES)}; split it into one file a speech")
        return data


def listed(root: Path) -> list[Found | Skipped]:
    """Return the files of a folder or an archive (or the one file) in sorted order; hidden ones are skipped."""
    if not root.is_dir():
        file = Found(told(str(root)), told(root.name), told(root.as_posix()), root)
        return _members(file, is_root=True) if file.suffix in archive.SUFFIXES else [file]
    found: list[Found | Skipped] = []

    def refuse(error: OSError) -> None:
        found.append(Skipped(told(str(error.filename)), f"cannot be opened: {error.strerror}"))

    for folder, folders, names in os.walk(root, onerror=refuse):
        here = Path(folder)
        own = _OWN if _MARK in names else frozenset()
        found += [Skipped(told(str(here / name)), "is a hidden folder") for name in sorted(folders) if name.startswith(".")]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in own)
        links = [here / name for name in folders if islink(here / name)]  # noqa: PTH114 - see the import
        found += [Skipped(told(str(link)), "is a link to a folder; add that folder itself") for link in links]
        for name in sorted(set(names) - own):
            found += _file(here / name, root)
    return found or [Skipped(told(str(root)), "is an empty folder")]


def files_of(folder: Path) -> list[Found]:
    """Return the files that stand in a folder, not those below it, by their names alone."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names are enough, and there can be very many
    except OSError:
        return []
    return [Found(told(str(folder / name)), told(name), "", folder / name) for name in names if not name.startswith(".")]


def _file(path: Path, root: Path) -> list[Found | Skipped]:
    if path.name.startswith("."):
        return [Skipped(told(str(path)), "is a hidden file")]
    if islink(path) and not exists(path):  # noqa: PTH110, PTH114 - see the import
        return [Skipped(told(str(path)), "is a link that leads nowhere")]
    below = path.relative_to(root).as_posix()
    file = Found(told(str(path)), told(below), told(f"{root.resolve().name}/{below}"), path)
    return _members(file) if file.suffix in archive.SUFFIXES else [file]


def _members(file: Found, *, is_root: bool = False) -> list[Found | Skipped]:
    """Return what lies in an archive: keys are the paths inside, below the archive's own where it is not the root."""
    if not isfile(file.path):  # noqa: PTH113 - see the import
        return [Skipped(file.source, "is not a regular file")]
    opened = Archive(file.path)
    try:
        members = opened.members()
    except SourceError as error:
        return [Skipped(file.source, error.message, error.hint)]
    finally:
        opened.close()
    workspaces = {PurePosixPath(m.name).parent for m in members if PurePosixPath(m.name).name == _MARK}
    found: list[Found | Skipped] = []
    hidden: set[str] = set()
    for member in members:
        name = member.name
        source = f"{file.source}/{told(name)}"
        veil = _hidden_part(name)
        if member.reason:
            found.append(Skipped(source, member.reason))
        elif veil:
            if veil not in hidden:
                found.append(Skipped(f"{file.source}/{told(veil)}", "is a hidden file" if veil == name else "is a hidden folder"))
            hidden.add(veil)
        elif not _is_own(PurePosixPath(name), workspaces):
            long_key = told(f"{file.path.name}/{name}" if is_root else f"{file.long_key}/{name}")
            found.append(Found(source, told(name) if is_root else f"{file.key}/{told(name)}", long_key, file.path, opened, member))
    return found or ([] if members else [Skipped(file.source, "is an empty archive")])


def _hidden_part(name: str) -> str:
    """Return the path down to the first hidden part; "" where nothing is hidden."""
    parts = name.split("/")
    first = next((i for i, part in enumerate(parts) if part.startswith(".") or part == archive.RESOURCES), None)
    return "" if first is None else "/".join(parts[: first + 1])


def _is_own(path: PurePosixPath, workspaces: set[PurePosixPath]) -> bool:
    """Whether a file belongs to a workspace itself, not to its speeches."""
    return any(parent in workspaces and path.relative_to(parent).parts[0] in _OWN for parent in path.parents)


def told(name: str) -> str:
    r"""Return a name as text that can be stored and printed: bytes that are no UTF-8 become `\xff`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
