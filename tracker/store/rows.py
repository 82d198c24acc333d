"""Speeches as rows of the corpus, and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any

from tracker.speech import NO_TAGS, DateCandidate, Listed, Speech, SpokenDate, in_order

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
IN_TURN = tuple(one.name for one in fields(Speech) if one.name != "text")
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
    told = dict(zip(IN_TURN, in_turn(row), strict=True))
    held = told.pop("id")
    speech = Speech(text=row["text"], **told)
    if speech.id != held:
        raise ValueError(f"the text of `{held}` is not the one that was added")
    return speech


def in_turn(row: sqlite3.Row) -> tuple[Any, ...]:
    """What a row of `OF_SPEECHES` says of a speech, in the order of IN_TURN; words that many speeches share are held once.

    Raises:
        ValueError: The row cannot be read.
    """
    key, name, *dated = row[:9]
    title, speaker, place, outlet, kind, language, tags, source, event, inferred, _, grouped = row[9:21]
    shared = map(intern, (speaker, place, outlet, kind, language))
    return (key, _date(tuple(dated)), title, *shared, _tags(tags), source, intern(event), _inferred(inferred), intern(grouped), name)


def _candidate(held: dict[str, Any]) -> DateCandidate:
    shared = {name: intern(held[name]) for name in ("role", "precision", "basis")}
    return DateCandidate(**{**held, **shared, "day": date.fromisoformat(held["day"])})


def to_listed(row: sqlite3.Row) -> Listed:
    """A row as a line of a list: everything but the text and the other dates that were found."""
    plain: dict[str, Any] = {name: row[name] if name in _OWN else intern(row[name]) for name in _PLAIN}
    when = _date((*map(row.__getitem__, _DATED), "[]"))
    return Listed(**plain, id=row["id"], date=when, tokens=row["tokens"], tags=_tags(row["tags"]), inferred=_inferred(row["inferred"]))


def _tags(held: str) -> Mapping[str, str]:
    return NO_TAGS if held == "{}" else in_order({intern(name): intern(value) for name, value in json.loads(held).items()})


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
