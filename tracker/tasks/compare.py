"""Compare two slices: what these texts say, and what can be said about the periods."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.analysis import Analysed, analyse_all
from tracker.errors import CorpusError, ThemesError, TrackerError
from tracker.findings.records import Comparison
from tracker.findings.shifts import compare_sides
from tracker.findings.sides import Side
from tracker.findings.texts import first_and_last, text_findings
from tracker.lexicon import Hit, Lexicon, Theme, match_terms
from tracker.recipe import Recipe
from tracker.slices import display, parse_slice, select_pair
from tracker.speech import Speech
from tracker.tasks.workspace import Workspace
from tracker.tokens import tokenise

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the flags of a comparison say.

    Args:
        balance: Two theme ids `X:Y` whose balance is measured too.
        without: Themes whose words are left out of every count.
        scope: `speaker`, `all` or `by-kind`; the recipe's when None.
        level: Coverage of intervals; the recipe's when None.
    """

    balance: str = ""
    without: tuple[str, ...] = ()
    scope: str | None = None
    level: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A comparison with everything it was measured from, for what a report adds to it."""

    result: Comparison
    sides: tuple[Side, Side]
    lexicon: Lexicon
    recipe: Recipe
    everything: tuple[Speech, ...]


def compare(workspace: Workspace, before: str, after: str, choices: Choices | None = None, *, progress: Progress | None = None) -> Comparison:
    """Compare two slices.

    Args:
        workspace: The workspace.
        before: The first slice, e.g. `2022`.
        after: The second slice.
        choices: Balance, themes left out, scope and level.
        progress: Called with (step, done, total).

    Raises:
        SliceError: A slice cannot be read, is empty, or overlaps the other.
        ThemesError: An unknown theme.
        RecipeError: Scope or level is outside its range.
    """
    return compared(workspace, before, after, choices or Choices(), progress=progress).result


def compared(workspace: Workspace, before: str, after: str, choices: Choices, *, progress: Progress | None = None) -> Compared:
    """Compare two slices and keep what was measured; arguments and errors as in `compare`."""
    recipe = chosen_recipe(workspace.recipe, scope=choices.scope, level=choices.level)
    lexicon = workspace.lexicon
    pair = balance_pair(choices.balance, lexicon) if choices.balance else None
    excluded = frozenset(lexicon.theme(name).id for name in choices.without)
    if pair and excluded.intersection(pair):
        raise ThemesError(
            f"`{min(excluded.intersection(pair))}` cannot be weighed and left out at once",
            hint=shlex.join(["tracker", "compare", before, after, "--balance", choices.balance]),
        )
    everything = workspace.store.speeches()
    sides = sides_of(everything, before, after, lexicon=lexicon, recipe=recipe, without=excluded, progress=progress)
    kept = Lexicon(tuple(theme for theme in lexicon.themes if theme.id not in excluded))
    edited = look_at(workspace, (before, after), sides)
    texts = text_findings(*sides, kept, span_of_use(everything, sides, lexicon, progress=progress))
    result = compare_sides(*sides, kept, recipe, edited=edited, balance_of=pair, texts=texts, without=tuple(sorted(excluded)))
    return Compared(result, sides, kept, recipe, tuple(everything))


def look_at(workspace: Workspace, slices: tuple[str, str], sides: tuple[Side, Side]) -> frozenset[str]:
    """Remember that a contrast is looked at, however it is spelled and whichever side comes first; return the themes edited since it first was."""
    meant = []
    for text, side in zip(slices, sides, strict=True):
        slice_ = parse_slice(text)
        meant.append(f"id:{side.speeches[0].speech.id}" if slice_.latest else slice_.meaning)
    return workspace.store.log_contrast(" | ".join(sorted(meant)), {theme.id: theme_hash(theme) for theme in workspace.lexicon.themes})


def chosen_recipe(recipe: Recipe, *, scope: str | None, level: float | None) -> Recipe:
    """Lay the flags of a command over the recipe."""
    given = {"measure__scope": scope, "measure__level": level}
    changes = {name: value for name, value in given.items() if value is not None}
    return recipe.with_settings(**changes) if changes else recipe


def sides_of(
    everything: Sequence[Speech],
    before: str,
    after: str,
    *,
    lexicon: Lexicon,
    recipe: Recipe,
    without: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> tuple[Side, Side]:
    """Choose the speeches of two slices and take them apart.

    Raises:
        SliceError: A slice cannot be read, is empty, or overlaps the other.
        CorpusError: The corpus is empty.
    """
    if not everything:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    first, second = select_pair(everything, parse_slice(before), parse_slice(after))
    taken = analyse_all([*first, *second], lexicon, recipe, without=without, progress=progress)
    return Side(display(before), tuple(taken[: len(first)])), Side(display(after), tuple(taken[len(first) :]))


def span_of_use(
    everything: Sequence[Speech], sides: tuple[Side, Side], lexicon: Lexicon, *, progress: Progress | None = None
) -> dict[tuple[str, str], tuple[str, str]]:
    """First and last use of every theme and term in the whole corpus; speeches outside the two sides are only searched."""
    known: dict[str, Analysed] = {item.speech.id: item for side in sides for item in side.speeches}
    found: list[tuple[str, Sequence[Hit]]] = []
    for done, speech in enumerate(everything, start=1):
        item = known.get(speech.id)
        hits = match_terms(lexicon, item.tokens if item is not None else tokenise(speech.text, speech.language))
        found.append((speech.date.text, hits))
        if progress is not None:
            progress("first and last use", done, len(everything))
    return first_and_last(found)


def balance_pair(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Read `X:Y`.

    Raises:
        ThemesError: Not two themes that exist.
    """
    x, colon, y = text.partition(":")
    if not colon or not x or not y or x == y:
        ids = [theme.id for theme in lexicon.themes]
        names = [*(i for i in ids if i in (x, y)), *(i for i in ids if i not in (x, y))][:2]
        hint = f"--balance {':'.join(names)}" if len(names) == 2 else "tracker themes"
        raise ThemesError(f"cannot read the balance `{text}`: two different themes are needed, as X:Y", hint=hint)
    return lexicon.theme(x).id, lexicon.theme(y).id


def theme_hash(theme: Theme) -> str:
    """Fingerprint of a theme's words: what must not change after a contrast was looked at."""
    words = {"core": {k: sorted(v) for k, v in theme.core.items() if v}, "terms": {k: sorted(v) for k, v in theme.terms.items() if v}}
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def last_two_years(everything: Sequence[Speech]) -> tuple[str, str]:
    """The last two calendar years that have speeches.

    Raises:
        CorpusError: The corpus is empty.
        TrackerError: Fewer than two years have speeches.
    """
    if not everything:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    days = sorted({s.date.event_date for s in everything if s.date.event_date})
    years = sorted({day.year for day in days})
    if not years:
        raise TrackerError("a report compares two periods, and no speech of this corpus has a date", hint="tracker check")
    if len(years) == 1:
        later = days[len(days) // 2]
        hint = f"tracker report ..{days[len(days) // 2 - 1]} {later}.." if len(days) > 1 else "tracker add SOURCE"
        raise TrackerError(f"a report compares two periods, and all dated speeches of this corpus are of {years[0]}", hint=hint)
    return str(years[-2]), str(years[-1])
