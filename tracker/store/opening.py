"""Opening a corpus file: a new one is made, one of an older version is brought up to date with a backup beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from tracker.errors import CorpusError
from tracker.store import index, prints
from tracker.store.corpus import Store
from tracker.store.disk import aside, connect, damaged, explained, write_ahead

VERSION = 5


def open_store(path: Path, *, create: bool = False) -> Store:
    """Open the corpus file.

    Args:
        path: `corpus.db` of a workspace.
        create: Make it when it does not exist.

    Raises:
        CorpusError: It is missing, damaged, newer than this version, or cannot be written.
    """
    if not path.exists() and not create:
        raise CorpusError(f"no corpus in `{path.parent}`", hint="tracker add SOURCE")
    if path.exists() and not path.is_file():
        raise CorpusError(f"`{path}` is not a file", hint=aside(path))
    if not create and path.stat().st_size == 0:
        raise damaged(path, "it is empty: 0 bytes")
    with explained(path):
        connection = connect(path)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return Store(path, connection)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the schema in a new file, bring an older one up to date, refuse what is not ours."""
    version = _version(connection)
    if version == 0:
        _create(connection, path)
    elif version > VERSION:
        raise CorpusError(
            f"`{path.name}` was written by a newer tracker (format {version}; this one reads up to {VERSION})",
            hint="pip install --upgrade speech-theme-tracker",
        )
    elif version < VERSION:
        _migrate(connection, path)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _create(connection: sqlite3.Connection, path: Path) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and _version(connection) == 0:  # asked again: another process may have made the corpus between the two questions
        raise CorpusError(f"`{path.name}` is a database of another program", hint="tracker init another-folder")
    write_ahead(connection)
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) == 0:
        make_schema(connection)
    connection.execute("COMMIT")


def make_schema(connection: sqlite3.Connection) -> None:
    """Make what schema.sql has and the file has not (inside a transaction), and write the version."""
    for statement in _statements((files("tracker") / "schema.sql").read_text(encoding="utf-8")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would end the transaction."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


# Version -> what brings a corpus of the version before it there, besides the tables and views that schema.sql makes.
STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {2: index.rebuild, 3: lambda _: None, 4: prints.rebuild, 5: lambda _: None}


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older corpus to this version: whole or not at all, after a backup that stays beside it.

    Raises:
        CorpusError: The file is not a corpus, the disk is full, the folder read-only; the file is as it was.
    """
    connection.execute("SELECT count(*) FROM speeches").fetchone()  # a database of another program is refused before anything is written
    connection.execute("BEGIN IMMEDIATE")
    copy = None
    try:
        old = _version(connection)
        if old < VERSION:  # else another process has done it while this one waited
            copy = backup(path, f"v{old}.bak")
            make_schema(connection)
            for version in range(old + 1, VERSION + 1):
                STEPS[version](connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        if copy is not None:
            copy.unlink()  # the corpus itself is as it was
        raise


def backup(path: Path, ending: str) -> Path:
    """Copy the corpus as it is on disk, what stands in its journal included; no earlier backup is overwritten.

    Args:
        path: The corpus.
        ending: Put behind the name: `corpus.db` + `v1.bak` -> `corpus.db.v1.bak`, then `corpus.db.v1.bak.2`.
    """
    first = path.with_name(f"{path.name}.{ending}")
    target, number = first, 2
    while target.exists():
        target, number = first.with_name(f"{first.name}.{number}"), number + 1
    partial = target.with_name(f"{target.name}.part")
    partial.unlink(missing_ok=True)
    try:
        with closing(connect(path)) as source, closing(connect(partial)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a journal beside it
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return target
