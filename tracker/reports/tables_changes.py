"""The tables of what changed since an earlier report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.findings.change_claims import mover_words
from tracker.reports.table import Cell, Table

if TYPE_CHECKING:
    from tracker.findings.change_records import Changes, ThemeChange, ThemeState

STATE = ("before", "after", "change", "rank", "verdict")


def change_tables(found: Changes) -> list[Table]:
    """Return a row for every theme that differs, and a row for every speech."""
    columns = ("theme", "label", *(f"{name}_{when}" for name in STATE for when in ("then", "now")), "moved_by", "moved_by_per_1000", "why")
    speeches = tuple((s.speech, s.what, s.date, s.title, s.side, "; ".join(s.told)) for s in found.speeches)
    return [
        Table("changes", columns, tuple(map(_theme, found.themes))),
        Table("changed_speeches", ("speech", "what", "date", "title", "period", "differs"), speeches),
    ]


def _theme(change: ThemeChange) -> tuple[Cell, ...]:
    pairs = zip(_state(change.was), _state(change.now), strict=True)
    first = change.movers[0] if change.movers else None
    moved: tuple[Cell, ...] = (mover_words(first, change.now.verdict if change.now else ""), 10 * first.points) if first else ("", None)
    return (change.id, change.label, *(cell for pair in pairs for cell in pair), *moved, change.why)


def _state(state: ThemeState | None) -> tuple[Cell, ...]:
    if state is None:
        return (None, None, None, None, "")
    scaled = (None if value is None else factor * value for value, factor in ((state.before, 1000), (state.after, 1000), (state.points, 10)))
    return (*scaled, state.rank, state.verdict)
