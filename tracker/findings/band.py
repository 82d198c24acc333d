"""Shifts that depend on who is counted as speaking: the two ends of the band around the speaker's words."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.findings import warnings as notes
from tracker.findings.records import ThemeShift, Warning
from tracker.findings.sides import Side


def depends_on_voice(themes: Sequence[ThemeShift], before: Side, after: Side) -> list[Warning]:
    """Return W21 for every theme whose change turns round, or which leads all changes at one end of the band only.

    Args:
        themes: The themes as measured.
        before: The first side.
        after: The second side.
    """
    if not any(item.scope == "speaker" and item.counts.ends for side in (before, after) for item in side.speeches):
        return []
    changes: dict[str, tuple[float, float]] = {}
    for theme in themes:
        low, high = ((b, a) for b, a in zip(before.ends(theme.id), after.ends(theme.id), strict=True))
        if None not in (*low, *high):
            changes[theme.id] = ((low[1] or 0.0) - (low[0] or 0.0), (high[1] or 0.0) - (high[0] or 0.0))
    leaders = [max(changes, key=lambda theme: (abs(changes[theme][end]), theme)) for end in (0, 1)] if changes else []
    found = []
    for theme in themes:
        sure, whole = changes.get(theme.id, (0.0, 0.0))
        if sure * whole < 0:
            found.append(notes.turns_round(theme.label, 1000 * sure, 1000 * whole))
        elif theme.id in leaders and leaders[0] != leaders[1]:
            found.append(notes.leads_at_one_end(theme.label, sure=theme.id == leaders[0]))
    return found
