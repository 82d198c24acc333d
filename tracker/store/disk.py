"""The corpus file: connecting to it, and what SQLite says in words that a user can act on."""

from __future__ import annotations

import shlex
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import CorpusError

LOCK_SECONDS = 30.0
_PAUSE = 0.01  # seconds
WHOLE = "every speech added before is whole; make room and run the command again to add the rest"


def connect(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """Connect to a corpus file; transactions are begun by hand, another writer is waited for.

    Args:
        path: The file.
        any_thread: Whoever asks sees to it that one thread at a time does.
    """
    connection = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=not any_thread)
    connection.row_factory = sqlite3.Row
    return connection


def write_ahead(connection: sqlite3.Connection, seconds: float = LOCK_SECONDS) -> None:
    """Have the file read by others while one writes it: its journal becomes a write-ahead log.

    SQLite does not wait here for another process that is about to write, whatever the connection's timeout.

    Args:
        connection: To the file, outside a transaction.
        seconds: How long to wait.

    Raises:
        sqlite3.OperationalError: The file was locked all the time, or cannot be written.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


@contextmanager
def explained(path: Path, *, mending: bool = False) -> Iterator[None]:
    """Turn what SQLite says into what a user can do; `mending`: a repair is what failed, so none is proposed."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = str(error)
        file, folder = shlex.quote(str(path)), shlex.quote(str(path.parent))
        if "locked" in said or "busy" in said:
            waited = f"waited {LOCK_SECONDS:g} seconds; run the command again when that process is done"
            raise CorpusError(f"another process is writing to `{path.name}`", looked_at=(waited,), hint=f"lsof {file}") from error
        if "full" in said:
            raise CorpusError(f"no room left on the disk of `{path}`", looked_at=(WHOLE,), hint=f"df -h {folder}") from error
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_IOERR"):  # also a limit on the size of files, or a share that went away
            what = f"{said}: the disk is full, over a quota, or fails"
            raise CorpusError(f"the disk of `{path}` refused to read or write", looked_at=(what, WHOLE), hint=f"df -h {folder}") from error
        if "readonly" in said or "unable to open" in said or "attempt to write" in said:
            raise CorpusError(f"cannot write `{path}`", looked_at=(said,), hint=f"chmod u+w {folder} {file}") from error
        if "malformed" in said and not mending:
            raise unreadable(path, said) from error
        raise damaged(path, said) from error


def damaged(path: Path, found: str) -> CorpusError:
    """The error for a file that is no corpus any more."""
    later = "nothing in it was changed; with the file out of the way, `tracker add SOURCE` begins a new corpus"
    return CorpusError(f"`{path.name}` is damaged or is not a corpus of tracker", looked_at=(found, later), hint=aside(path))


def unreadable(path: Path, found: str) -> CorpusError:
    """The error for a row or a page that is not what was written, in a file that is otherwise a corpus."""
    return CorpusError(f"`{path.name}` is damaged", looked_at=(found, "a copy is made before anything is repaired"), hint="tracker doctor --repair")


def aside(path: Path) -> str:
    """The command that puts a file out of the way without losing it."""
    return shlex.join(["mv", str(path), f"{path}.damaged"])
