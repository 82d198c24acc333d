"""The full-text index over the current texts: kept in step with them, asked for speeches and for the places in one speech."""

from __future__ import annotations

import re
import sqlite3

from tracker.errors import QueryError
from tracker.store.cut import Cut, cut_text, places
from tracker.store.query import Query

_MARKS = (("\x01", "\x02"), ("\x03", "\x04"), ("\x0e", "\x0f"), ("\x10", "\x11"), ("\x12", "\x13"), ("\ufdd0", "\ufdd1"), ("\ufdd2", "\ufdd3"))
_KINDS_OF_TEXT: tuple[tuple[Cut, str], ...] = (("characters", "r.cut != 'words'"), ("words", "r.cut = 'words'"))


def put(db: sqlite3.Connection, speech: str, text: str, language: str) -> None:
    """Index a text (inside a transaction); one that is indexed already is indexed anew only when it is now cut differently."""
    words, cut = cut_text(text, language)
    held = db.execute("SELECT words, cut FROM searched WHERE id = ?", (speech,)).fetchone()
    if held is not None and (held["words"], held["cut"]) == (words, cut):
        return
    drop(db, speech)
    number = db.execute("INSERT INTO searched (id, words, cut) VALUES (?, ?, ?)", (speech, words, cut)).lastrowid
    db.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (number, text if words is None else words))


def drop(db: sqlite3.Connection, speech: str) -> None:
    """Take a text out of the index (inside a transaction)."""
    row = db.execute("SELECT v.number, v.words FROM searchable v JOIN searched r ON r.number = v.number WHERE r.id = ?", (speech,)).fetchone()
    if row is not None:
        db.execute("INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", tuple(row))
        db.execute("DELETE FROM searched WHERE number = ?", (row["number"],))


def rebuild(db: sqlite3.Connection) -> None:
    """Index all current texts anew (inside a transaction), whatever the index holds."""
    db.execute("DELETE FROM searched")
    rows = db.execute("SELECT s.id, s.language, t.text FROM speeches s JOIN texts t ON t.id = s.id ORDER BY s.id")
    for row in rows:
        db.execute("INSERT INTO searched (id, words, cut) VALUES (?, ?, ?)", (row["id"], *cut_text(row["text"], row["language"])))
    db.execute("INSERT INTO search (search) VALUES ('rebuild')")


def matches(db: sqlite3.Connection, query: Query) -> list[str]:
    """Ids of the speeches that a search finds, in order of date, undated ones last, then id.

    Raises:
        QueryError: SQLite cannot take the search.
    """
    select = "SELECT s.id, s.event_date FROM search JOIN searched r ON r.number = search.rowid JOIN speeches s ON s.id = r.id WHERE search MATCH ? AND "
    found: list[sqlite3.Row] = []
    for cut, of_kind in _KINDS_OF_TEXT:
        found += _asked(db, f"{select}{of_kind}", (query.expression(cut),), query)
    found.sort(key=lambda row: (row["event_date"] is None, row["event_date"] or "", row["id"]))
    return [row["id"] for row in found]


def spots(db: sqlite3.Connection, query: Query, speech: str) -> list[tuple[int, int]]:
    """Where a search is met in one speech: offsets (start, end) into its text, in order.

    Raises:
        ValueError: The index is not that of the text.
    """
    row = db.execute("SELECT r.number, r.words, r.cut, t.text FROM searched r JOIN texts t ON t.id = r.id WHERE r.id = ?", (speech,)).fetchone()
    shown = row["text"] if row["words"] is None else row["words"]
    begin, end = next((pair for pair in _MARKS if not any(mark in shown for mark in pair)), _MARKS[0])
    kind: Cut = "words" if row["cut"] == "words" else "characters"
    asked = "SELECT highlight(search, 0, ?, ?) AS marked FROM search WHERE search MATCH ? AND rowid = ?"
    answer = _asked(db, asked, (begin, end, query.expression(kind), row["number"]), query)
    pieces = re.split(f"([{begin}{end}])", answer[0]["marked"]) if answer else []
    found: list[tuple[int, int]] = []
    at = start = 0
    for piece in pieces:
        if piece == begin:
            start = at
        elif piece == end:
            found.append((start, at))
        else:
            at += len(piece)
    if "".join(p for p in pieces if p not in (begin, end)) != (shown if answer else ""):
        raise ValueError("the search index is not that of the text")
    return found if row["words"] is None else _in_text(found, row["words"], row["text"])


def _in_text(found: list[tuple[int, int]], words: str, text: str) -> list[tuple[int, int]]:
    """Places in a cut text as places in the text it was made from."""
    offsets = places(words, text)
    return [(offsets[a], offsets[b - 1] + 1) for a, b in found]


def _asked(db: sqlite3.Connection, statement: str, values: tuple[object, ...], query: Query) -> list[sqlite3.Row]:
    try:
        return db.execute(statement, values).fetchall()
    except sqlite3.OperationalError as error:
        if not re.search(r"fts5|parser stack|too (?:large|many|deep)", str(error)):
            raise
        raise QueryError(f"cannot search for `{query.text}`", looked_at=(str(error),), hint="tracker search 'harbour OR port'") from error
