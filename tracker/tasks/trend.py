"""Themes over periods, speakers or tags: the series, and what can be said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from tracker.analysis import Analysed, analyse_all
from tracker.artificial import artificial_days
from tracker.errors import CorpusError, SliceError
from tracker.events import settle
from tracker.findings.series import series_of
from tracker.findings.series_records import Series
from tracker.findings.sides import Side
from tracker.groups import Group, grouped
from tracker.groups import Series as Groups
from tracker.lexicon import Lexicon, languages_without_terms
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.slices import parse_slice, select
from tracker.speech import Speech
from tracker.tasks.compare import chosen_recipe
from tracker.tasks.workspace import Workspace

FINE = ("quarter", "month")


@dataclass(frozen=True, slots=True)
class SeriesChoices:
    """What the flags of a series say.

    Args:
        by: year, quarter, month, a field or a tag.
        edges: First days of periods, e.g. of parliamentary sessions; instead of `by`.
        where: A slice: only its speeches.
        without: Themes whose words are left out of every count.
        scope: `speaker`, `all` or `by-kind`; the recipe's when None.
        level: Coverage of intervals; the recipe's when None.
    """

    by: str = "year"
    edges: tuple[date, ...] = ()
    where: str = ""
    without: tuple[str, ...] = ()
    scope: str | None = None
    level: float | None = None


def trend(workspace: Workspace, themes: Sequence[str] = (), choices: SeriesChoices | None = None, *, progress: Progress | None = None) -> Series:
    """Measure themes in every period or group.

    Args:
        workspace: The workspace.
        themes: Their ids; all when empty. The correction for many tests is over the themes asked for.
        choices: What the groups are, which speeches, whose words.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: The corpus is empty.
        SliceError: Nothing fits into a group, or days that are none of the speeches' own would make a series by month.
        ThemesError: An unknown theme.
    """
    choices = choices or SeriesChoices()
    lexicon, recipe = chosen_themes(workspace.lexicon, themes), chosen_recipe(workspace.recipe, scope=choices.scope, level=choices.level)
    settle(workspace.store)
    everything = workspace.store.speeches()
    if not everything:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    speeches = select(everything, parse_slice(choices.where)) if choices.where else everything
    refuse_artificial_days(workspace, speeches, choices)
    groups = first_reports(grouped(speeches, choices.by, edges=choices.edges))
    excluded = frozenset(workspace.lexicon.theme(name).id for name in choices.without)
    items = analyse_all([s for group in groups.groups for s in group.speeches], lexicon, recipe, without=excluded, cache=workspace.cache, progress=progress)
    kept = Lexicon(tuple(theme for theme in lexicon.themes if theme.id not in excluded))
    return measured(groups, items, kept, recipe, progress=progress)


def measured(groups: Groups[Speech], items: Sequence[Analysed], lexicon: Lexicon, recipe: Recipe, *, progress: Progress | None = None) -> Series:
    """Measure speeches that are taken apart already, group by group.

    Args:
        groups: The groups, every speech with an item.
        items: The speeches taken apart, in any order.
        lexicon: The themes.
        recipe: Level, gates, random state.
        progress: Called with (step, done, total).
    """
    held = {item.speech.id: item for item in items}
    lacking = languages_without_terms(lexicon, {item.speech.language for item in items})
    sides = tuple(Side(group.label, tuple(held[s.id] for s in group.speeches), lacking=lacking) for group in groups.groups)
    return series_of(sides, groups, lexicon, recipe, progress=progress)


def chosen_themes(lexicon: Lexicon, themes: Sequence[str]) -> Lexicon:
    """The themes asked for, in the order of the file; all when none are named.

    Raises:
        ThemesError: An unknown theme.
    """
    wanted = {lexicon.theme(name).id for name in themes}
    return Lexicon(tuple(theme for theme in lexicon.themes if theme.id in wanted)) if wanted else lexicon


def first_reports(groups: Groups[Speech]) -> Groups[Speech]:
    """Count an event in the period of its first report only; groups that are no periods stay as they are."""
    if not groups.in_time:
        return groups
    seen: dict[str, str] = {}
    kept = []
    for group in groups.groups:
        own = [s for s in group.speeches if seen.setdefault(s.event_id, group.label) == group.label]
        kept.append(Group(group.label, tuple(own), group.start, group.end))
    return replace(groups, groups=tuple(kept))


def refuse_artificial_days(workspace: Workspace, speeches: Sequence[Speech], choices: SeriesChoices) -> None:
    """Refuse a series finer than the dates are known.

    Raises:
        SliceError: Speeches carry a day that only stands for their year.
    """
    if choices.by not in FINE and not choices.edges:
        return
    settle(workspace.store)
    days = {one.day: one for one in artificial_days(workspace.store.groupings().seen())}
    touched = sorted({s.date.event_date for s in speeches if s.date.event_date in days} - {None}, key=str)
    if touched:
        shown = tuple(f"{day}: {days[day].reason}" for day in touched[:3] if day)
        raise SliceError(
            f"no series by {'edges' if choices.edges else choices.by}: days that only stand for their year", looked_at=shown, hint="tracker trend --by year"
        )


@contextmanager
def asked_by(command: str) -> Iterator[None]:
    """Let hints that name `tracker trend` name the command that was asked instead.

    Args:
        command: As typed, without options, e.g. `tracker phrases 2022`.
    """
    try:
        yield
    except SliceError as error:
        if not error.hint.startswith("tracker trend"):
            raise
        raise SliceError(error.message, looked_at=error.looked_at, hint=command + error.hint.removeprefix("tracker trend")) from error


def parse_edges(text: str) -> tuple[date, ...]:
    """Read the first days of periods, joined by commas; () for none.

    Raises:
        SliceError: One is no day.

    Example:
        >>> [str(day) for day in parse_edges("2001-01-20, 2005-01-20")]
        ['2001-01-20', '2005-01-20']
    """
    try:
        return tuple(date.fromisoformat(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SliceError(f"`{text}` is not a list of days", hint="tracker trend --edges 2001-01-20,2005-01-20") from error
