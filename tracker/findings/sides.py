"""One side of a comparison: its speeches, their sums per event, and what it is called in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from tracker.analysis import Analysed
from tracker.counts import Scope
from tracker.findings.records import SideSummary

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its label and its speeches, taken apart."""

    label: str
    speeches: tuple[Analysed, ...]

    def counts(self, theme: str, scope: Scope | None = None) -> tuple[Counts, Counts, Counts]:
        """Hits, core hits and content tokens of a theme per event.

        Args:
            theme: The theme's id; "" gives tokens alone.
            scope: `speaker`, `all`, or None for each speech's own.

        Returns:
            Three arrays of shape (events,), in order of event id; reports of one event are summed.
        """
        events: dict[str, list[int]] = {}
        for item in self.speeches:
            counted = item.counts.scopes[scope or item.scope]
            hits, core_hits = counted.themes.get(theme, (0, 0))
            row = events.setdefault(item.speech.event_id, [0, 0, 0])
            for place, value in enumerate((hits, core_hits, counted.tokens)):
                row[place] += value
        table = np.array([events[event] for event in sorted(events)], dtype=np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]

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
            mixes=tuple((name, _mix([getattr(item.speech, name) for item in items])) for name in ("kind", "outlet", "place", "speaker")),
        )


def noun(side: Side) -> str:
    """What a side is called inside a sentence: `the 2022 digest`, `the 12 speeches of 2021..2023`.

    Example:
        >>> noun(Side("2022", ()))
        'the 0 speeches of 2022'
    """
    if len(side.speeches) == 1:
        return f"the {side.label} {_kind_noun(side)}"
    return f"the {len(side.speeches)} {plural_noun(side)} of {side.label}"


def plural_noun(side: Side) -> str:
    """`speeches`, `digests`, `readouts` or `texts`, by the kind that all of a side's texts have."""
    name = _kind_noun(side)
    return "speeches" if name == "speech" else f"{name}s"


def _kind_noun(side: Side) -> str:
    kinds = {item.speech.kind for item in side.speeches}
    return {"digest": "digest", "readout": "readout", "article": "text"}.get(next(iter(kinds)), "speech") if len(kinds) == 1 else "speech"


def _mix(values: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """How many speeches have each value, most first."""
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def _distinct(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))
