"""One speech and its date, as every later step sees it."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

Kind = Literal["transcript", "readout", "article", "digest"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Precision = Literal["day", "month", "year"]
DateStatus = Literal["stated", "agreed", "inferred", "conflicting", "missing"]
DateRole = Literal["event", "published"]
Basis = Literal["user", "sidecar", "front matter", "table", "page metadata", "header", "caption", "dateline", "file name", "text"]

OWN_EVENT = "own"  # said of a speech that is an event of its own, whatever it looks like
NO_TAGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date somebody or something states, with where it was read.

    Args:
        role: Whether it dates the event or the publication.
        day: The day; the first of the month or year when `precision` is coarser.
        precision: How exact it is.
        basis: Where it comes from.
        quote: The words it was read from, verbatim (`2022` in a column, `August 16, 2022` in a caption).
        start: Offset of `quote` in the speech's text; -1 when it does not stand in the text.
    """

    role: DateRole
    day: date
    precision: Precision
    basis: Basis
    quote: str
    start: int = -1


@dataclass(frozen=True, slots=True)
class SpokenDate:
    """When the speech was given and when the text was published, and how that is known.

    Args:
        event_date: First day of the event's day, month or year; None when missing.
        published: Day of publication; None when unknown.
        precision: Exactness of `event_date`; None when missing.
        basis: The source that decided; None when missing.
        status: stated, agreed (two sources or a weekday agree), inferred, conflicting or missing.
        evidence: One sentence a reader can check, with the words quoted.
        candidates: Everything that was found, best first.
    """

    event_date: date | None = None
    published: date | None = None
    precision: Precision | None = None
    basis: Basis | None = None
    status: DateStatus = "missing"
    evidence: str = ""
    candidates: tuple[DateCandidate, ...] = ()

    @property
    def last_day(self) -> date | None:
        """Last day that the precision allows: 2022-08 ends on 2022-08-31; None when missing."""
        if self.event_date is None or self.precision in (None, "day"):
            return self.event_date
        year, month = self.event_date.year, 12 if self.precision == "year" else self.event_date.month
        return date(year, month, calendar.monthrange(year, month)[1])

    @property
    def text(self) -> str:
        """The date as ISO text no more exact than it is known: `2022-08-16`, `2022-08`, `2022` or ``."""
        if self.event_date is None:
            return ""
        return self.event_date.isoformat()[: {"year": 4, "month": 7}.get(self.precision or "day", 10)]


@dataclass(frozen=True, slots=True)
class Speech:
    """One text of one dated event.

    Args:
        key: The table's id, else the path below the added root: finds the record on a later `add`.
        text: The text as it was read; never changed afterwards.
        date: Event and publication date with their evidence.
        title: Title or "".
        speaker: Whose emphasis is measured, or "".
        place: Where the event took place, or "".
        outlet: Who published this text (agency, host), or "".
        kind: transcript, readout, article or digest.
        language: ISO 639-1 code, or "und".
        tags: Any other column or tag.
        source: Where it was read from, for people.
        event: The occasion's name as the user or the source says it; `own`: an event of its own; "": nobody said.
        inferred: Names of fields that the tool suggested and nobody stated (`title`, `speaker`, `kind`, ...).
        grouped: The event the corpus found it to belong to; "" when to none with other speeches. Never part of what was said.
        id: 12 hex digits of the hash of text and key; set by itself.
    """

    key: str
    text: str = field(compare=False)  # the id says it
    date: SpokenDate = field(default_factory=SpokenDate)
    title: str = ""
    speaker: str = ""
    place: str = ""
    outlet: str = ""
    kind: Kind = "transcript"
    language: str = "und"
    tags: Mapping[str, str] = field(default_factory=lambda: NO_TAGS)
    source: str = ""
    event: str = ""
    inferred: tuple[str, ...] = ()
    grouped: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", speech_id(self.text, self.key))
        object.__setattr__(self, "tags", in_order(self.tags))

    @property
    def event_id(self) -> str:
        """The event's id: joined reports share one, any other speech is its own event."""
        return self.id if self.event == OWN_EVENT else self.event or self.grouped or self.id


@dataclass(frozen=True, slots=True)
class Listed:
    """A speech without its text, for lists and slices of large corpora: the fields of Speech, and its content tokens.

    Args:
        date: Without its candidates.
        tokens: Content tokens of the whole text.
    """

    key: str
    id: str
    date: SpokenDate
    title: str
    speaker: str
    place: str
    outlet: str
    kind: Kind
    language: str
    tags: Mapping[str, str]
    source: str
    event: str
    inferred: tuple[str, ...]
    tokens: int
    grouped: str = ""

    @property
    def event_id(self) -> str:
        """The event's id: joined reports share one, any other speech is its own event."""
        return self.id if self.event == OWN_EVENT else self.event or self.grouped or self.id


def in_order(tags: Mapping[str, str]) -> Mapping[str, str]:
    """Tags as a speech holds them: by name, and not to be changed."""
    return MappingProxyType(dict(sorted(tags.items()))) if tags else NO_TAGS


def speech_id(text: str, key: str) -> str:
    """Return the 12 hex digits that name a speech by its text and key.

    Example:
        >>> speech_id("We begin.", "a.txt") == speech_id("We begin.", "b.txt")
        False
    """
    return hashlib.sha256(f"{key}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence (or heading, caption) of a speech and who is heard in it; offsets, never copies.

    Args:
        start: Offset of its first character in the speech's text.
        end: Offset behind its last character.
        voice: Who is heard.
        block: What part of the text it stands in.
        frame: Offsets (start, end) of the reporter's frame inside it, e.g. the cue clause; (0, 0) when none.
        paragraph: Number of its paragraph, counted from 0; -1 outside the body.
        reason: Why this voice, in a few words for the reader.
        sure: False where the rule only leans to this voice.
        further: Offsets of later cue clauses of the same speaker (", adding that") behind `frame`.
        cued: Whether the sentence itself says who speaks.
    """

    start: int
    end: int
    voice: Voice
    block: Block
    frame: tuple[int, int] = (0, 0)
    paragraph: int = -1
    reason: str = ""
    sure: bool = True
    further: tuple[tuple[int, int], ...] = ()
    cued: bool = False

    @property
    def frames(self) -> tuple[tuple[int, int], ...]:
        """All words of the reporter inside it, in order; () when none."""
        return tuple(span for span in (self.frame, *self.further) if span[1] > span[0])

    @property
    def is_speakers(self) -> bool:
        """Whether the words count as the speaker's (quoted, attributed or spoken)."""
        return self.voice in SPEAKER_VOICES


Voice = Literal["quoted", "attributed", "institutional", "other", "narrated", "spoken"]
VOICES: tuple[Voice, ...] = get_args(Voice)
SPEAKER_VOICES: frozenset[str] = frozenset({"quoted", "attributed", "spoken"})
Block = Literal["title", "heading", "caption", "dateline", "body"]
