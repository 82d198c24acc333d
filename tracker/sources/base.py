"""What every reader takes and gives, and how what was read becomes a Speech."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from tracker.errors import SourceError
from tracker.sources import limits
from tracker.sources.blocks import split_blocks
from tracker.sources.dates import resolve_date, stated_day
from tracker.sources.days import Order
from tracker.sources.metadata import header_fields, suggest
from tracker.speech import KINDS, NO_TAGS, Basis, DateCandidate, DateRole, Kind, Speech

FIELDS = ("date", "published", "speaker", "title", "place", "outlet", "source", "language", "kind", "event")
ALIASES = {"lang": "language"}
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user states for everything that is read, and which columns hold what.

    Args:
        date: Day, month or year of the event; "" when not stated, as everywhere here.
        published: Day of publication.
        speaker: Whose words are measured.
        title: Title.
        place: Place of the event.
        outlet: Who published it.
        kind: transcript, readout, article or digest.
        language: ISO 639-1 code.
        tags: Further tags.
        text_column: Column of a table that holds the text.
        date_column: Column that holds the date.
        id_column: Column that holds the id.
        speaker_column: Column that holds the speaker.
        title_column: Column that holds the title.
        place_column: Column that holds the place.
        date_order: How `03/04/2023` is read; None refuses it.
        today: The last day that is not in the future; None means today.
        beside: What a sidecar says of the file that is read: over its front matter, under the rows of a table.
    """

    date: str = ""
    published: str = ""
    speaker: str = ""
    title: str = ""
    place: str = ""
    outlet: str = ""
    kind: str = ""
    language: str = ""
    tags: Mapping[str, str] = field(default_factory=lambda: NO_TAGS)
    text_column: str = ""
    date_column: str = ""
    id_column: str = ""
    speaker_column: str = ""
    title_column: str = ""
    place_column: str = ""
    date_order: Order | None = None
    today: dt.date | None = None
    beside: Mapping[str, str] = field(default_factory=lambda: NO_TAGS)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read.

    Args:
        source: The file, line or folder, for people.
        reason: Why, in one line.
        hint: A literal command or option that helps, or "".
    """

    source: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One file (or stream) to be read.

    Args:
        key: The path below the added root.
        source: Where it lies, for people.
        name: The file's name without folders and suffix; "" for a stream.
        data: Its bytes; empty where `path` stands.
        path: The file itself where it is read piece by piece.
    """

    key: str
    source: str
    name: str
    data: bytes
    path: Path | None = None

    def open(self) -> BinaryIO:
        """Return its bytes as a stream that starts at the beginning."""
        return self.path.open("rb") if self.path else BytesIO(self.data)


class Reader(Protocol):
    """A module that reads one family of files."""

    @property
    def SUFFIXES(self) -> Sequence[str]:  # noqa: N802 - a constant of the module
        """Its suffixes in lower case, with the dot."""

    def read(self, item: Item, options: ReadOptions) -> Iterator[Speech | Skipped]:
        """Yield the speeches of the file and what was skipped in it; raise SourceError where nothing can be read."""


@dataclass(frozen=True, slots=True)
class RawSpeech:
    """A text and the fields its file or row states.

    Args:
        key: The speech's key.
        text: The text as read.
        source: Where it was read from, unless the fields say.
        name: File name for the date rules; "" in tables.
        fields: Values by the names in FIELDS; others are tags.
        basis: Where the fields stand.
    """

    key: str
    text: str
    source: str
    name: str
    fields: Mapping[str, str]
    basis: Basis


def check_options(options: ReadOptions) -> None:
    """Check what the user states, before anything is read.

    Raises:
        SourceError: A date is no date, the kind is unknown, or the language is no code.
    """
    for name in ("date", "published"):
        value = getattr(options, name)
        if value:
            try:
                stated_day("event", value, "user", order=options.date_order)
            except SourceError as error:
                raise SourceError(f"`--{name} {value}`: {error.message}", looked_at=error.looked_at, hint=error.hint.replace("--date", f"--{name}")) from error
    if options.kind and options.kind not in KINDS:
        raise SourceError(f"`--kind {options.kind}` is unknown", looked_at=(f"known kinds: {', '.join(KINDS)}",), hint="--kind transcript")
    if options.language and parse_language(options.language) is None:
        raise SourceError(f"`--language {options.language}` is no language code", hint="--language en")


def build_speech(raw: RawSpeech, options: ReadOptions) -> Speech:
    """Return the speech: the user's word over the file's fields over its header lines; what nobody states is suggested and named in `inferred`."""
    if len(raw.text) > limits.TEXT_CHARACTERS:
        raise SourceError(f"holds {len(raw.text):,} characters, more than one speech can ({limits.TEXT_CHARACTERS:,}); split it into one file a speech")
    blocks = split_blocks(raw.text)
    header = {name: value for name, (value, _) in header_fields(raw.text).items()}
    fields = _fields(raw, options)
    stated = {name: getattr(options, name, "") or fields.get(name, "") or header.get(name, "") for name in FIELDS}
    kind, language = _kind(stated["kind"]), parse_language(stated["language"])
    inferred = [name for name, value in (("kind", kind), ("language", language)) if value is None]
    if not all(stated[name] for name in ("title", "speaker", "place")):
        suggested = suggest(raw.text, blocks)
        for name in ("title", "speaker", "place"):
            if not stated[name] and getattr(suggested, name):
                stated[name] = getattr(suggested, name)
                inferred.append(name)
    candidates, refused = _stated_dates(raw, options)
    return Speech(
        key=raw.key,
        text=raw.text,
        date=resolve_date(raw.text, blocks, stated=candidates, file_name=raw.name, order=options.date_order, today=options.today, refused=refused),
        **{name: stated[name] for name in ("title", "speaker", "place", "event")},
        outlet=stated["outlet"] or _host(stated["source"]),
        kind=kind or "transcript",
        language=language or "und",
        tags={**_tags(fields, kind), **options.tags},
        source=stated["source"] or raw.source,
        inferred=tuple(sorted(inferred)),
    )


def _fields(raw: RawSpeech, options: ReadOptions) -> dict[str, str]:
    """Return what file and sidecar say: the sidecar over the file's own fields, but a row of a table over the sidecar of the whole table."""
    return {**options.beside, **raw.fields} if raw.basis == "table" else {**raw.fields, **options.beside}


def _kind(value: str) -> Kind | None:
    return next((kind for kind in KINDS if kind == value.casefold()), None)


def parse_language(value: str) -> str | None:
    """Return the language of a code, its region aside; None when it is no code.

    Example:
        >>> parse_language("en-GB"), parse_language("English")
        ('en', None)
    """
    match = _LANGUAGE.fullmatch(value)
    return match[1].lower() if match else None


def _tags(fields: Mapping[str, str], kind: Kind | None) -> dict[str, str]:
    """Return the fields without a place of their own; a kind of the file's own making is kept as the tag `stated_kind`."""
    tags = {name: value for name, value in fields.items() if name not in FIELDS and value}
    if kind is None and fields.get("kind"):
        tags["stated_kind"] = fields["kind"]
    return tags


def _host(source: str) -> str:
    """Return the host of an http address, or ""."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _stated_dates(raw: RawSpeech, options: ReadOptions) -> tuple[list[DateCandidate], list[str]]:
    """Return the dates the user and the file state, and what of them is no date."""
    candidates: list[DateCandidate] = []
    refused: list[str] = []
    roles: tuple[tuple[DateRole, str], ...] = (("event", "date"), ("published", "published"))
    for role, name in roles:
        own = raw.fields.get(name, "")
        beside = "" if own and raw.basis == "table" else options.beside.get(name, "")
        values: tuple[tuple[str, Basis], ...] = ((getattr(options, name), "user"), (beside, "sidecar"), (own, raw.basis))
        for value, basis in values:
            try:
                if value:
                    candidates.append(stated_day(role, value, basis, order=options.date_order))
            except SourceError as error:
                refused.append(f"`{name}` in the {basis} was not taken: {error.message}")
    return candidates, refused
