"""Speeches as rows of the corpus, and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any

from tracker.speech import DateCandidate, Listed, Speech, SpokenDate, in_order

COLUMNS = (
    "key, id, event_date, published, precision, basis, status, evidence, candidates, "
    "title, speaker, place, outlet, kind, language, tags, source, event, inferred, tokens"
)
OF_SPEECHES = ", ".join(f"s.{column.strip()}" for column in COLUMNS.split(",")) + ", coalesce((SELECT e.event FROM events e WHERE e.id = s.id), '') AS grouped"
LINE = """s.id AS id, substr(coalesce(s.event_date, ''), 1, CASE s.precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS date,
coalesce(s.basis, '') AS date_basis, s.status AS date_status, coalesce(s.published, '') AS published, coalesce(s.precision, '') AS precision,
s.speaker AS speaker, s.title AS title, s.place AS place, s.outlet AS outlet, s.kind AS kind, s.language AS language, s.tokens AS tokens,
CASE s.event WHEN ? THEN s.id WHEN '' THEN coalesce(nullif((SELECT e.event FROM events e WHERE e.id = s.id), ''), s.id) ELSE s.event END AS event,
s.source AS source"""
_OWN = frozenset({"key", "title", "source"})  # as many as there are speeches
_DATED = ("event_date", "published", "precision", "basis", "status", "evidence")
_PLAIN = ("key", "title", "speaker", "place", "outlet", "kind", "language", "source", "event", "grouped")


def text_hash(text: str) -> str:
    """Fingerprint of a text, whatever its key."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def to_row(speech: Speech, tokens: int) -> tuple[Any, ...]:
    """A speech as the values of COLUMNS."""
    when = speech.date
    candidates = json.dumps([{**asdict(c), "day": c.day.isoformat()} for c in when.candidates], ensure_ascii=False)
    return (
        speech.key,
        speech.id,
        when.event_date.isoformat() if when.event_date else None,
        when.published.isoformat() if when.published else None,
        when.precision,
        when.basis,
        when.status,
        when.evidence,
        candidates,
        *(speech.title, speech.speaker, speech.place, speech.outlet, speech.kind, speech.language),
        json.dumps(dict(speech.tags), ensure_ascii=False),
        speech.source,
        speech.event,
        json.dumps(list(speech.inferred)),
        tokens,
    )


def to_speech(row: sqlite3.Row) -> Speech:
    """A row with its text as a speech.

    Raises:
        ValueError: The row cannot be read, or its text is not the one that was added.
    """
    speech = Speech(text=row["text"], **fields_of(row))
    if speech.id != row["id"]:
        raise ValueError(f"the text of `{row['id']}` is not the one that was added")
    return speech


def fields_of(row: sqlite3.Row) -> dict[str, Any]:
    """All that a row says of a speech, by field, but for its text and its id.

    Raises:
        ValueError: The row cannot be read.
    """
    return {**_plain(row), "date": _date((*map(row.__getitem__, _DATED), row["candidates"])), **_lists(row)}


def _candidate(held: dict[str, Any]) -> DateCandidate:
    shared = {name: intern(held[name]) for name in ("role", "precision", "basis")}
    return DateCandidate(**{**held, **shared, "day": date.fromisoformat(held["day"])})


def to_listed(row: sqlite3.Row) -> Listed:
    """A row as a line of a list: everything but the text and the other dates that were found."""
    plain = _plain(row)
    return Listed(**plain, id=row["id"], date=_date((*map(row.__getitem__, _DATED), "[]")), tokens=row["tokens"], **_lists(row))


def _plain(row: sqlite3.Row) -> dict[str, Any]:
    """The fields that are words; those that many speeches share are held once."""
    return {name: row[name] if name in _OWN else _once(row[name]) for name in _PLAIN}


def _lists(row: sqlite3.Row) -> dict[str, Any]:
    """Tags and what was inferred."""
    tags = {intern(name): intern(held) for name, held in json.loads(row["tags"]).items()} if row["tags"] != "{}" else {}
    return {"tags": in_order(tags), "inferred": _inferred(row["inferred"])}


@lru_cache(maxsize=256)
def _inferred(held: str) -> tuple[str, ...]:
    return tuple(json.loads(held))


def _once(word: Any) -> Any:
    """A word that many rows share, held once; None as it is."""
    return None if word is None else intern(word)


@lru_cache(maxsize=1024)
def _date(told: tuple[Any, ...]) -> SpokenDate:
    """A date as its row tells it, the other dates that were found behind it; speeches of one day, which follow each other, share one."""
    day, published, precision, basis, status, evidence, candidates = told
    return SpokenDate(
        event_date=date.fromisoformat(day) if day else None,
        published=date.fromisoformat(published) if published else None,
        precision=_once(precision),
        basis=_once(basis),
        status=_once(status),
        evidence=evidence,
        candidates=tuple(map(_candidate, json.loads(candidates))) if candidates != "[]" else (),
    )
