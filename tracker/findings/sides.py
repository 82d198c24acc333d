"""One side of a comparison: its speeches, their sums per event, and what it is called in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from statistics import median

import numpy as np
import numpy.typing as npt

from tracker.analysis import Analysed
from tracker.counts import Scope, ScopeCounts
from tracker.findings.event_rows import EventTable, Rows
from tracker.findings.records import SideSummary
from tracker.packed import PackedHits
from tracker.slices import is_open
from tracker.speech import Speech

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its label and its speeches, taken apart.

    Args:
        later: Speeches of its slice that are left out: later reports of events that the other side holds.
        on_both: Events that both sides report, where the slices are told apart by something else than time.
        lacking: Languages that a theme has no words for, by theme; speeches in them are not measured for it. Empty where all are in one language.
        unheard: Themes without words for the one language that all speeches are in: they are measured, and their silence says nothing.
    """

    label: str
    speeches: tuple[Analysed, ...]
    later: tuple[Speech, ...] = ()
    on_both: tuple[str, ...] = ()
    lacking: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unheard: frozenset[str] = frozenset()
    _tables: dict[tuple[frozenset[str], Scope | int | None], EventTable] = field(default_factory=dict, init=False, repr=False, compare=False)
    _days: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _kinds: set[str] = field(default_factory=set, init=False, repr=False, compare=False)
    _mentioning: dict[str, list[Analysed]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def days(self) -> Mapping[str, str]:
        """The first day of every event that has one, as ISO text; worked out once."""
        if not self._days:
            for item in self.speeches:
                day, event = item.speech.date, item.speech.event_id
                if day.event_date and day.precision == "day":
                    self._days[event] = min(self._days.get(event, "9"), day.event_date.isoformat())
        return self._days

    @property
    def kinds(self) -> AbstractSet[str]:
        """The kinds that its texts have; worked out once."""
        if not self._kinds:
            self._kinds.update(item.speech.kind for item in self.speeches)
        return self._kinds

    def measuring(self, *themes: str) -> tuple[Analysed, ...]:
        """Speeches in languages that all of these themes have words for: silence in another language says nothing."""
        gaps = frozenset().union(*(self.lacking.get(theme, frozenset()) for theme in themes))
        return tuple(item for item in self.speeches if item.speech.language not in gaps) if gaps else self.speeches

    def mentioning(self, theme: str) -> Sequence[Analysed]:
        """Those of `measuring` that mention the theme anywhere; found once for all themes."""
        if not self._mentioning:
            self._mentioning[""] = []  # found, whether or not any theme is mentioned
            for item in self.speeches:
                for name in sorted(_mentioned(item)):
                    self._mentioning.setdefault(name, []).append(item)
        gaps = self.lacking.get(theme, frozenset())
        return [item for item in self._mentioning.get(theme, ()) if item.speech.language not in gaps]

    @property
    def languages(self) -> dict[str, int]:
        """How many speeches are in each language, the commonest first."""
        counted = Counter(item.speech.language for item in self.speeches)
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def found_events(self) -> tuple[tuple[str, int], ...]:
        """Events with several documents that the corpus found and nobody stated: (id, documents), in order of id."""
        events: dict[str, list[Speech]] = {}
        for item in self.speeches:
            events.setdefault(item.speech.event_id, []).append(item.speech)
        found = {event: len(held) for event, held in events.items() if len(held) > 1 and any(not s.event and s.id != event for s in held)}
        return tuple(sorted(found.items()))

    def counts(self, theme: str, scope: Scope | None = None) -> tuple[Counts, Counts, Counts]:
        """Hits, core hits and content tokens of a theme per event.

        Args:
            theme: The theme's id; "" gives tokens alone.
            scope: `speaker`, `all`, or None for each speech's own.

        Returns:
            Three arrays of shape (events,), in order of event id; reports of one event are summed.
        """
        return self._table(theme, scope).counts(theme)

    @property
    def n_events(self) -> int:
        """How many events its speeches are of."""
        return len(self._table("", None).events)

    def rows(self, theme: str, scope: Scope | None = None) -> Rows:
        """Hits and content tokens of a theme by event; arguments as in `counts`."""
        return self._table(theme, scope).rows(theme)

    def _table(self, theme: str, scope: Scope | int | None) -> EventTable:
        """What the speeches measured for a theme hold, summed once for all themes; a number is an end of the band."""
        gaps = self.lacking.get(theme, frozenset())
        if (gaps, scope) not in self._tables:
            like = next((table for (others, _), table in self._tables.items() if others == gaps), None)
            self._tables[gaps, scope] = EventTable(self.measuring(theme), lambda item: _counted(item, scope), like)
        return self._tables[gaps, scope]

    def _band(self, tokens: int) -> tuple[float, float] | None:
        """The speaker's share of the side if only sure sentences count and if every doubtful one does; None when no speech has doubtful ones."""
        if not tokens or not any(item.counts.speaker_band for item in self.speeches):
            return None
        bands = [(item.content_tokens, item.counts.speaker_band or 2 * (item.counts.speaker_share or 0.0,)) for item in self.speeches]
        low, high = (sum(n * band[end] for n, band in bands) / tokens for end in (0, 1))
        return low, high

    def ends(self, theme: str) -> tuple[float | None, float | None]:
        """Mean share of a theme per event if only the sure sentences count as the speaker's, and if every doubtful one does."""
        means: list[float | None] = []
        for end in (0, 1):
            hits, _, tokens = self._table(theme, end).counts(theme)
            spoken = tokens > 0
            means.append(float((hits[spoken] / tokens[spoken]).mean()) if spoken.any() else None)
        return means[0], means[1]

    @property
    def summary(self) -> SideSummary:
        """What the side holds and is made of."""
        items = self.speeches
        tokens = sum(item.content_tokens for item in items)
        shares = [item.counts.speaker_share for item in items]
        spoken = sum((share or 0.0) * item.content_tokens for item, share in zip(items, shares, strict=True))
        return SideSummary(
            label=self.label,
            speeches=len(items),
            events=len({item.speech.event_id for item in items}),
            tokens=tokens,
            speaker_share=spoken / tokens if tokens else None,
            kinds=_distinct([item.speech.kind for item in items]),
            speakers=_distinct([item.speech.speaker for item in items]),
            outlets=_distinct([item.speech.outlet for item in items]),
            places=_distinct([item.speech.place for item in items]),
            median_tokens=float(median(item.content_tokens for item in items)),
            speaker_band=self._band(tokens),
            mixes=tuple((name, _mix([getattr(item.speech, name) for item in items])) for name in ("kind", "outlet", "place", "speaker")),
        )


def _counted(item: Analysed, scope: Scope | int | None) -> ScopeCounts:
    """What counts of a speech in a scope, its own where none is named, or at an end of the band around the speaker's words."""
    if isinstance(scope, int):
        return item.counts.ends[scope] if item.scope == "speaker" and item.counts.ends else item.counts.scopes[item.scope]
    return item.counts.scopes[scope or item.scope]


def _mentioned(item: Analysed) -> AbstractSet[str]:
    """The themes that a speech mentions anywhere."""
    hits = item.counts.hits
    return hits.themes if isinstance(hits, PackedHits) else {hit.theme for hit in hits}


def noun(side: Side) -> str:
    """What a side is called inside a sentence: `the 2022 digest`, `the 12 speeches of 2021..2023`.

    Example:
        >>> noun(Side("2022", ())), noun(Side("until 1984", ()))
        ('the 0 speeches of 2022', 'the 0 speeches until 1984')
    """
    if len(side.speeches) == 1:
        return f"the {_kind_noun(side)} {side.label}" if is_open(side.label) else f"the {side.label} {_kind_noun(side)}"
    return f"the {len(side.speeches):,} {plural_noun(side)} {'' if is_open(side.label) else 'of '}{side.label}"


def plural_noun(side: Side) -> str:
    """`speeches`, `digests`, `readouts` or `texts`, by the kind that all of a side's texts have."""
    name = _kind_noun(side)
    return "speeches" if name == "speech" else f"{name}s"


def _kind_noun(side: Side) -> str:
    return {"digest": "digest", "readout": "readout", "article": "text"}.get(next(iter(side.kinds)), "speech") if len(side.kinds) == 1 else "speech"


def _mix(values: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """How many speeches have each value, most first."""
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def _distinct(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))
