"""Zip archives: what lies in them and its bytes; nothing is ever unpacked to disk, and nothing a member says of itself is believed."""

from __future__ import annotations

import re
import shlex
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tracker.errors import SourceError
from tracker.sources import limits

SUFFIXES = (".zip",)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, OverflowError, IndexError, OSError, RuntimeError)
RESOURCES = "__MACOSX"  # what macOS packs beside each file


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path inside, and why it cannot be read ("" when nothing is against it yet)."""

    name: str
    info: zipfile.ZipInfo
    reason: str = ""


class Archive:
    """One archive on disk.

    It is opened when a member is read and stays open until `close`, so that not all archives of a folder are open at once; what has
    been unpacked of it is counted over its whole life.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: zipfile.ZipFile | None = None
        self._unpacked = 0

    def members(self) -> list[Member]:
        """Return the files inside in the order of their paths, those that will not be read with the reason; folders are none.

        Raises:
            SourceError: It is no zip archive, is damaged, or holds too many files.
        """
        infos = [info for info in self._opened().infolist() if not info.filename.endswith(("/", "\\"))]
        if len(infos) > limits.ARCHIVE_MEMBERS:
            raise SourceError(f"holds {len(infos):,} files, more than {limits.ARCHIVE_MEMBERS:,}", hint=self._hint())
        members: list[Member] = []
        taken: set[str] = set()
        for info in infos:
            name = _name(info)
            reason = _objection(info, name)
            if not reason:
                name = _clean(name)
                reason = "stands in the archive twice; the first was taken" if name in taken else ""
                taken.add(name)
            members.append(Member(name, info, reason))
        return sorted(members, key=lambda m: (m.name, m.info.header_offset))

    def read(self, member: Member) -> bytes:
        """Return the bytes of a member.

        Raises:
            SourceError: It is damaged, too large, or one too many.
        """
        room = limits.ARCHIVE_BYTES - self._unpacked
        most = min(limits.FILE_BYTES, room)
        try:
            with self._opened().open(member.info) as packed:
                data = packed.read(most + 1)
        except _DAMAGE as error:
            raise SourceError(f"is damaged in the archive: {error}") from error
        self._unpacked += len(data)
        if len(data) > room:
            raise SourceError(f"was not read: the archive unpacks to more than {limits.told(limits.ARCHIVE_BYTES)}", hint=self._hint())
        if len(data) > most:
            raise SourceError(f"is larger than {limits.told(limits.FILE_BYTES)} when unpacked", hint=self._hint())
        return data

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> zipfile.ZipFile:
        if self._file is None:
            try:
                self._file = zipfile.ZipFile(self.path)
            except PermissionError as error:
                raise SourceError(f"cannot be opened: {error.strerror}") from error
            except _DAMAGE as error:
                raise SourceError("is not a zip archive, or is damaged") from error
        return self._file

    def _hint(self) -> str:
        return shlex.join(["unzip", str(self.path), "-d", self.path.stem])


def _name(info: zipfile.ZipInfo) -> str:
    """Return the path inside with plain slashes; a name that is UTF-8 without saying so, as macOS writes it, is read as UTF-8."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.orig_filename
    return name.replace("\\", "/")


def _clean(name: str) -> str:
    """Return a path without empty parts and `.`."""
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def _objection(info: zipfile.ZipInfo, name: str) -> str:
    """Return why a member is not read, as far as its entry tells; "" where it may be."""
    too_tight = info.file_size > limits.RATIO_FROM_BYTES and info.file_size > limits.ARCHIVE_RATIO * info.compress_size
    objections = (
        ("\0" in name or not _clean(name), "has a name that is none"),
        (name.startswith("/") or re.match(r"[A-Za-z]:", name), "has an absolute path in the archive"),
        (".." in name.split("/"), "has a path that leads out of the archive"),
        (stat.S_ISLNK(info.external_attr >> 16), "is a link in the archive"),
        (info.flag_bits & 0x1, "is encrypted"),
        (info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), "is packed in a way that is not supported"),
        (info.file_size > limits.FILE_BYTES, f"is larger than {limits.told(limits.FILE_BYTES)} when unpacked"),
        (too_tight, f"is packed more than {limits.ARCHIVE_RATIO} to 1, as no text is"),
        (PurePosixPath(name).suffix.lower() in SUFFIXES, "is an archive inside an archive; unpack it first"),
    )
    return next((reason for holds, reason in objections if holds), "")
