"""How one theme is measured between two sides: as a shift of periods, within strata, or as one event against the usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tracker.estimates import Verdict
from tracker.findings.event_rows import Numbers, Rows
from tracker.findings.reference import Reference
from tracker.findings.resemblance import allowed_for, resemblance
from tracker.findings.sides import Side
from tracker.findings.strata import Strata
from tracker.measures.prevalence import event_shares
from tracker.measures.serial import Serial
from tracker.measures.shift import Shift, shift
from tracker.measures.stands_out import StandsOut, stands_out
from tracker.measures.strata import shift_within
from tracker.measures.verdict import Floors, judge, judge_single
from tracker.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a theme.

    Args:
        shift: Its change; where 20 events a side or more resemble their neighbours, with the p and interval that allow for it.
        standing: Where one event was held against others.
        resembles: How much successive events resemble each other; None where it is not known or was not asked.
    """

    shift: Shift
    standing: StandsOut | None = None
    resembles: Serial | None = None

    @property
    def p(self) -> float | None:
        """The p that enters the family of tests."""
        return self.shift.p if self.standing is None else self.standing.p


@dataclass(frozen=True, slots=True)
class Table:
    """Hits and content tokens of a theme by event: both sides, and the periods of the reference; an event may stand in several parts."""

    before: Rows
    after: Rows
    reference: tuple[Rows, ...] = ()

    @property
    def parts(self) -> tuple[Rows, ...]:
        """The first side, the second, and the periods of the reference."""
        return self.before, self.after, *self.reference

    def without_words(self, removed: Sequence[Mapping[str, int]]) -> Table:
        """The table when some tokens of each event, given part by part, no longer count as the theme's."""
        before, after, *reference = (rows.less(gone) for rows, gone in zip(self.parts, removed, strict=True))
        return Table(before, after, tuple(reference))

    def without_event(self, side: Literal["before", "after"], gone: str) -> Table:
        """The table without one event of a side, which lends nothing to the reference either."""
        before, after = (self.before.without(gone), self.after) if side == "before" else (self.before, self.after.without(gone))
        return Table(before, after, tuple(rows.without(gone) for rows in self.reference))


@dataclass(frozen=True, slots=True)
class Measuring:
    """Two sides and the way they are compared.

    Args:
        before: The first side.
        after: The second side.
        recipe: Level, effect floors, gate.
        reference: The events a single event is held against; None where both sides have several.
        strata: Values whose events are compared with each other alone; None for all events together.
    """

    before: Side
    after: Side
    recipe: Recipe
    reference: Reference | None = None
    strata: Strata | None = None

    @property
    def parts(self) -> tuple[Side, ...]:
        """The sides behind the parts of a table."""
        return self.before, self.after, *(self.reference.groups if self.reference else ())

    def table(self, theme: str) -> Table:
        """The theme's counts by event, summed over reports."""
        before, after, *reference = (side.rows(theme) for side in self.parts)
        return Table(before, after, tuple(reference))

    def measure(self, table: Table, *, tests: int = 1) -> Measured:
        """Measure one theme.

        Args:
            table: Its counts, whole or with something left out.
            tests: Themes of the family, for the smallest change it could have seen.
        """
        settings = self.recipe.measure
        if self.strata is not None:
            sides = [[_columns(rows.chosen(events)) for events in held] for rows, held in self._strata(table)]
            return Measured(shift_within(*sides, level=settings.level, min_expected_hits=settings.min_expected_hits, tests=tests))
        whole = shift(*_columns(table.before), *_columns(table.after), level=settings.level, min_expected_hits=settings.min_expected_hits, tests=tests)
        if self.reference is None or whole.testable:
            found = resemblance(self.before, self.after, (table.before, table.after)) if whole.p is not None else None
            return Measured(allowed_for(whole, found, level=settings.level), resembles=found)
        single = table.before if self.reference.single == "before" else table.after
        own = [row for row in single.values() if row[1]]
        if len(own) != 1:
            return Measured(whole)
        others = [_columns(rows) for rows in table.reference]
        standing = stands_out(*own[0], others, level=settings.level, min_expected_hits=settings.min_expected_hits)
        return Measured(replace(whole, tau_star=None) if standing else whole, standing)

    def points(self, table: Table) -> float | None:
        """The change alone, in points."""
        if self.strata is not None:
            return self.measure(table).shift.points.value
        means = [_mean(rows) for rows in (table.before, table.after)]
        return None if means[0] is None or means[1] is None else 100 * (means[1] - means[0])

    def verdict(self, measured: Measured, q: float | None) -> Verdict:
        """Put the word to what was measured."""
        settings = self.recipe.measure
        floors = Floors(settings.min_log2_ratio, settings.min_points, settings.same_ratio)
        if measured.standing is not None:
            return judge_single(measured.standing, measured.shift, q, level=settings.level, floors=floors)
        return judge(measured.shift, q, level=settings.level, min_log2_ratio=floors.min_log2_ratio, min_points=floors.min_points, same_ratio=floors.same_ratio)

    def _strata(self, table: Table) -> tuple[tuple[Rows, list[frozenset[str]]], ...]:
        held = self.strata.events if self.strata else ()
        return (table.before, [before for before, _ in held]), (table.after, [after for _, after in held])


def _columns(rows: Rows) -> tuple[Numbers, Numbers]:
    """Hits and tokens in order of event."""
    return rows.hits, rows.tokens


def _mean(rows: Rows) -> float | None:
    shares = event_shares(*_columns(rows))
    return float(shares.mean()) if shares.size else None
