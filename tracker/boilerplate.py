"""Lines that recur across the speeches of one source: found and proposed; the ones the settings name are left out of counting."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlsplit

from tracker.speech import Speech

FEWEST, EDGE = 3, 3  # events a line must recur in; lines counted as first or last of a text
EDGE_SHARE, INNER_SHARE = 0.05, 0.25  # of the source's events, for lines that mostly stand at an edge, and for others
EDGE_LETTERS, INNER_LETTERS = 160, 60  # longer lines are text

_STOPS = (".", "!", "?", ":", ";", "。", "！", "？")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Recurring:
    """A line that recurs across the speeches of one source.

    Args:
        line: As it first stands, its white space tidied.
        source: The outlet or host; "" for the speeches of which neither is known.
        events: Events of the source in which it stands.
        of: Events of the source.
        first: How often it is one of the first lines of a text.
        last: How often it is one of the last.
        speech: The speech with the smallest id in which it stands.
    """

    line: str
    source: str
    events: int
    of: int
    first: int
    last: int
    speech: str

    @property
    def evidence(self) -> str:
        """Why it looks like boilerplate."""
        place = f", {max(self.first, self.last)} times among the {'first' if self.first >= self.last else 'last'} lines" if max(self.first, self.last) else ""
        return f"stands in {self.events} of {self.of} texts of {self.source or 'no known outlet'}{place}"

    @property
    def setting(self) -> str:
        """The line as `tracker.toml` writes it."""
        return json.dumps(self.line, ensure_ascii=False)


@dataclass(slots=True)
class _Tally:
    speech: str
    line: str
    events: set[str] = field(default_factory=set)
    first: int = 0
    last: int = 0


def recurring_lines(speeches: Iterable[Speech], accepted: Collection[str] = ()) -> tuple[Recurring, ...]:
    """Return the lines that recur across the speeches of one source, the commonest first.

    A line recurs when it stands in FEWEST events or more and in a share of its source's events: EDGE_SHARE where it is mostly one of the first or last
    lines of a text, INNER_SHARE elsewhere. Case, white space and the digits of numbers make no difference; copies of one event count once.

    Args:
        speeches: The corpus, in any order.
        accepted: Lines that are left out of counting already; they are not proposed again.
    """
    known = frozenset(map(line_key, accepted))
    events: dict[str, set[str]] = {}
    tallies: dict[str, dict[str, _Tally]] = {}
    for speech in speeches:
        source = source_of(speech)
        events.setdefault(source, set()).add(speech.event_id)
        _count(speech, tallies.setdefault(source, {}), known)
    found = [
        Recurring(tally.line, source, len(tally.events), len(events[source]), tally.first, tally.last, tally.speech)
        for source, lines in tallies.items()
        for tally in lines.values()
        if _recurs(tally, len(events[source]))
    ]
    return tuple(sorted(found, key=lambda one: (-one.events, one.source, one.line)))


def silent_spans(text: str, accepted: Sequence[str]) -> list[tuple[int, int]]:
    r"""Return where the accepted lines stand in a text, in order.

    Example:
        >>> silent_spans("We build.\nPage 2 of 9\nThank you.", ["page 1 of 3"])
        [(10, 21)]
    """
    keys = frozenset(map(line_key, accepted))
    return [(start, end) for start, end in _lines(text) if line_key(text[start:end]) in keys] if keys else []


def line_key(line: str) -> str:
    """Return the form in which lines are compared: case-folded, single spaces, every number the same."""
    return _DIGITS.sub("0", " ".join(unicodedata.normalize("NFC", line).casefold().split()))


def _recurs(tally: _Tally, of: int) -> bool:
    n = len(tally.events)
    at_edge = 2 * max(tally.first, tally.last) >= n
    longest, share = (EDGE_LETTERS, EDGE_SHARE) if at_edge else (INNER_LETTERS, INNER_SHARE)
    return n >= FEWEST and n >= share * of and len(tally.line) <= longest


def _count(speech: Speech, tallies: dict[str, _Tally], known: frozenset[str]) -> None:
    """Count the lines of one speech, each once; a text of two lines has no boilerplate that could be told from it."""
    lines = list(_lines(speech.text))
    wrapped = _wrapped([speech.text[start:end] for start, end in lines])
    edge = min(EDGE, len(lines) // 3)
    seen: set[str] = set()
    for at, (start, end) in enumerate(lines):
        first, last = at < edge, at >= len(lines) - edge
        line = speech.text[start:end]
        key = line_key(line) if edge and len(line) <= (EDGE_LETTERS if first or last else INNER_LETTERS) else ""
        if at in wrapped or key in seen or key in known or not any(map(str.isalpha, key)):
            continue
        seen.add(key)
        tally = tallies.setdefault(key, _Tally(speech.id, " ".join(line.split())))
        if speech.id < tally.speech:
            tally.speech, tally.line = speech.id, " ".join(line.split())
        new = speech.event_id not in tally.events
        tally.events.add(speech.event_id)
        tally.first += first and new
        tally.last += last and new


def _wrapped(lines: Sequence[str]) -> set[int]:
    """Indices of the lines that are parts of wrapped paragraphs: the next goes on in lower case without a stop before."""
    return {at for i, (line, then) in enumerate(pairwise(lines)) if then[:1].islower() and line[-1:] not in _STOPS for at in (i, i + 1)}


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of every line that has characters, without the white space around it."""
    offset = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            start = offset + raw.index(line)
            yield start, start + len(line)
        offset += len(raw) + 1


def source_of(speech: Speech) -> str:
    """The outlet, else the host of the address it was read from, else ""."""
    return speech.outlet or (urlsplit(speech.source).hostname or "" if "://" in speech.source[:10] else "")
