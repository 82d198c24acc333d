"""A sample of passages for human coders: stratified, blind, and remembered in the workspace."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tracker.errors import CorpusError, ThemesError, TrackerError
from tracker.groups import CALENDAR, grouped
from tracker.lexicon import Lexicon
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.store.codings import Drawn, Stratum
from tracker.tasks.coding.frame import Unit, population
from tracker.tasks.coding.sheets import RESERVED, write_sheet
from tracker.tasks.trend import SeriesChoices, asked_by, chosen_themes, refuse_artificial_days
from tracker.tasks.workspace import Workspace

MOST_YEARS, SPANS = 6, 4
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class SampleChoices:
    """What the flags of a sample say.

    Args:
        size: Passages to draw.
        coders: One sheet for each of these names.
        by: year, quarter, month; "" for years where there are at most MOST_YEARS, else SPANS spans of years that hold about as many passages each.
        edges: First days of periods; instead of `by`.
        folder: Where the sheets go.
        name: Name of the sheets, `NAME-CODER.csv`.
    """

    size: int = 200
    coders: tuple[str, ...] = ("a", "b")
    by: str = ""
    edges: tuple[date, ...] = ()
    folder: Path = Path()
    name: str = "coding"


@dataclass(frozen=True, slots=True)
class SampleResult:
    """A sample that was drawn.

    Args:
        id: Its name in the workspace.
        files: The sheets, one a coder.
        passages: Passages drawn.
        population: Passages they were drawn from.
        themes: Ids of the themes that are asked about.
        strata: How many strata.
        periods: (label, drawn, of so many).
        outlets: The same; () where there is one.
        with_hits: How many drawn passages the list finds any of the themes in: not shown to coders, for you to know what will be coded.
        words: Content words of the passages: what a coder has to read.
    """

    id: str
    files: tuple[str, ...]
    passages: int
    population: int
    themes: tuple[str, ...]
    strata: int
    periods: tuple[tuple[str, int, int], ...]
    outlets: tuple[tuple[str, int, int], ...]
    with_hits: Mapping[str, int]
    words: int


def sample(
    workspace: Workspace, themes: Sequence[str] = (), choices: SampleChoices | None = None, *, today: date | None = None, progress: Progress | None = None
) -> SampleResult:
    """Draw passages for human coders and write a sheet for each.

    Args:
        workspace: The workspace; strata and probabilities are kept in it, not in the sheets.
        themes: Ids of the themes to ask about; all when empty.
        choices: How many passages, which periods, how many coders.
        today: The day that is written down; the day in UTC when None.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: The corpus is empty, has no words in scope, or a sheet cannot be written.
        ThemesError: An unknown theme, none at all, or one whose name is that of a column.
        TrackerError: Fewer passages are asked for than the strata need, a sheet is there already, or fewer than two coders.
        SliceError: The periods cannot be made.
    """
    import numpy as np

    from tracker.measures.sampling import LEAST, drawn, power_allocation

    choices = choices or SampleChoices()
    lexicon = _asked(workspace.lexicon, themes)
    files = _files(choices)
    speeches = workspace.store.speeches()
    again = ["tracker", "themes", "sample", *themes]
    with asked_by(shlex.join(again)):
        refuse_artificial_days(workspace, speeches, SeriesChoices(choices.by, choices.edges))
    units = population(speeches, lexicon, workspace.recipe, cache=workspace.cache, progress=progress)
    if not units:
        raise CorpusError("no passage to code: the corpus is empty or none of its words are in scope", hint="tracker check")
    with asked_by(shlex.join(again)):
        strata = _strata(units, {speech.id: speech for speech in speeches}, choices)
    names = sorted(strata)
    sizes = [len(strata[name]) for name in names]
    needed = sum(min(LEAST, size) for size in sizes)
    if choices.size < needed:
        looked = (f"{len(names)} strata (theme, period, outlet) need {LEAST} passages each", "fewer themes or longer periods need fewer")
        raise TrackerError(f"{choices.size} passages are too few", looked_at=looked, hint=shlex.join([*again, "--size", str(needed)]))
    held = workspace.store.codings()
    number = len(held.names()) + 1
    rng = np.random.default_rng([workspace.recipe.topics.random_state, *b"sample", number])
    picked = drawn(sizes, power_allocation(sizes, choices.size), rng)
    chosen = {strata[name][i].id: (strata[name][i], name) for name, places in zip(names, picked, strict=True) for i in places}
    made = Drawn(
        f"sample-{number}",
        (today or datetime.now(UTC).date()).isoformat(),
        _design(lexicon, workspace.recipe),
        Counter((unit.speech, name) for name in names for unit in strata[name]),
        {passage: (unit.speech, name) for passage, (unit, name) in chosen.items()},
    )
    rows = [chosen[passage][0] for passage in sorted(chosen)]
    with workspace.store.writing():
        held.put_sample(made)
        for coder, path in files:
            write_sheet(path, [rows[i] for i in rng.permutation(len(rows))], [theme.id for theme in lexicon.themes], coder)
    return _told(made, files, [unit for unit, _ in chosen.values()], lexicon)


def _asked(lexicon: Lexicon, themes: Sequence[str]) -> Lexicon:
    chosen = chosen_themes(lexicon, themes)
    if not chosen.themes:
        raise ThemesError("themes.toml names no themes", hint="tracker themes")
    if taken := [theme.id for theme in chosen.themes if theme.id in RESERVED]:
        raise ThemesError(f"a theme cannot be called `{taken[0]}` in a sheet", looked_at=(f"columns: {', '.join(RESERVED)}",), hint="edit themes.toml")
    return chosen


def _files(choices: SampleChoices) -> list[tuple[str, Path]]:
    """The sheets to make, by coder; none of them there yet: a filled one must not be lost."""
    names = list(dict.fromkeys(choices.coders))
    if len(names) < 2:
        raise TrackerError("one coder cannot agree with anybody: two or more are needed", hint="--coders a,b")
    files = [(name, choices.folder / f"{choices.name}-{name}.csv") for name in names]
    if there := [path for _, path in files if path.exists()]:
        raise TrackerError(f"`{there[0]}` exists already and is not overwritten", hint="--name second")
    return files


def _design(lexicon: Lexicon, recipe: Recipe) -> dict[str, object]:
    """What the passages and the questions depend on."""
    return {
        "themes": [theme.id for theme in lexicon.themes],
        "lexicon": lexicon.hash,
        "passage_tokens": recipe.topics.passage_tokens,
        "scope": recipe.measure.scope,
        "institutions": recipe.measure.institutions,
        "random_state": recipe.topics.random_state,
    }


def _strata(units: Sequence[Unit], speeches: Mapping[str, Speech], choices: SampleChoices) -> dict[Stratum, list[Unit]]:
    """Put every passage into one stratum, ordered by name within: the rarest theme found in it, its period, its outlet."""
    periods = _periods(units, speeches, choices)
    outlets = {speech.outlet or "not stated" for speech in speeches.values()}
    many = len(outlets) > 1
    often = Counter(theme for unit in units for theme in unit.themes)
    strata: dict[Stratum, list[Unit]] = defaultdict(list)
    for unit in sorted(units, key=lambda unit: unit.id):
        lead = min(unit.themes, key=lambda theme: (often[theme], theme), default="")
        strata[lead, periods.get(unit.speech, UNDATED), (speeches[unit.speech].outlet or "not stated") if many else ""].append(unit)
    return strata


def _periods(units: Sequence[Unit], speeches: Mapping[str, Speech], choices: SampleChoices) -> dict[str, str]:
    """The period of every speech that fits into one, by id."""
    held = Counter(unit.speech for unit in units)
    used = [speeches[name] for name in held]
    if not any(speech.date.event_date for speech in used):
        return {}
    if choices.by and choices.by not in CALENDAR:
        raise TrackerError(f"no periods by `{choices.by}`", looked_at=(f"periods: {', '.join(CALENDAR)}, or --edges",), hint="--by year")
    groups = grouped(used, choices.by or "year", edges=choices.edges)
    labels = {speech.id: group.label for group in groups.groups for speech in group.speeches}
    years = sorted(set(labels.values()))
    if choices.by or choices.edges or len(years) <= MOST_YEARS:
        return labels
    passages = Counter(dict.fromkeys(years, 0))
    for name, label in labels.items():
        passages[label] += held[name]
    spans = _spans(years, passages)
    return {name: spans[label] for name, label in labels.items()}


def _spans(years: Sequence[str], passages: Mapping[str, int]) -> dict[str, str]:
    """Join years, in order, into SPANS spans of about as many passages each; year to label.

    Example:
        >>> _spans(["1990", "1991", "1995", "1996"], {"1990": 5, "1991": 5, "1995": 5, "1996": 5})["1995"]
        '1995'
    """
    total, before = sum(passages.values()), 0
    of: dict[str, int] = {}
    for year in years:
        of[year] = min(SPANS - 1, int(SPANS * (before + passages[year] / 2) / total))
        before += passages[year]
    ends = {span: [year for year in years if of[year] == span] for span in set(of.values())}
    labels = {span: held[0] if len(held) == 1 else f"{held[0]}..{held[-1]}" for span, held in ends.items()}
    return {year: labels[span] for year, span in of.items()}


def _told(made: Drawn, files: Sequence[tuple[str, Path]], units: Sequence[Unit], lexicon: Lexicon) -> SampleResult:
    def parts(place: int) -> tuple[tuple[str, int, int], ...]:
        taken, held = Counter(stratum[place] for _, stratum in made.passages.values()), Counter[str]()
        for (_, stratum), n in made.strata.items():
            held[stratum[place]] += n
        return tuple((name, taken[name], held[name]) for name in sorted(held))

    outlets = parts(2)
    return SampleResult(
        id=made.id,
        files=tuple(str(path) for _, path in files),
        passages=len(units),
        population=sum(made.strata.values()),
        themes=tuple(theme.id for theme in lexicon.themes),
        strata=len({stratum for _, stratum in made.strata}),
        periods=parts(1),
        outlets=outlets if len(outlets) > 1 else (),
        with_hits={theme.id: sum(theme.id in unit.themes for unit in units) for theme in lexicon.themes},
        words=sum(unit.tokens for unit in units),
    )
