"""Compare two slices: what these texts say, and what can be said about the periods."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.analysis import analyse_all
from tracker.counts import corpus_stop_list
from tracker.errors import CorpusError, SliceError, ThemesError, TrackerError
from tracker.events import settle
from tracker.findings.cases import Distance
from tracker.findings.distance import distance_of
from tracker.findings.measuring import Measuring
from tracker.findings.phrase_records import PhrasePair
from tracker.findings.phrases import Found, apart, found_phrases
from tracker.findings.records import Comparison
from tracker.findings.reference import candidates, reference_of
from tracker.findings.shifts import compare_measured
from tracker.findings.sides import Side
from tracker.findings.strata import within
from tracker.findings.texts import first_and_last, quotes_of_themes, said_on, text_findings
from tracker.findings.topic_shift_records import TopicShifts
from tracker.lexicon import Lexicon, languages_without_terms, unserved
from tracker.parts import Cache, code_hash
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.room import give_back
from tracker.slices import Slice, display, parse_slice, select_pair
from tracker.speech import Speech
from tracker.tasks.badges import validations
from tracker.tasks.lock import lock_state, theme_hash
from tracker.tasks.one_language import common_language, narrowed
from tracker.tasks.topic_shifts import topic_shifts
from tracker.tasks.topics.units import Units
from tracker.tasks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Choices:
    """What the flags of a comparison say.

    Args:
        balance: Two theme ids `X:Y` whose balance is measured too.
        without: Themes whose words are left out of every count.
        scope: `speaker`, `all` or `by-kind`; the recipe's when None.
        level: Coverage of intervals; the recipe's when None.
        language: Language of the word lists of a report; the recipe's when None.
        by: What the series of a report is over: year, quarter, month, a field or a tag; years where there are enough when "".
        within: A field or tag; events are compared with events of the same value alone. "" for all with all.
    """

    balance: str = ""
    without: tuple[str, ...] = ()
    scope: str | None = None
    level: float | None = None
    language: str | None = None
    within: str = ""
    by: str = ""


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
    held = compared(workspace, before, after, choices or Choices(), progress=progress)
    topics = topics_between(workspace, held, progress=progress)
    give_back()
    result = replace(held.result, topics=topics, phrases=phrases_between(held, progress=progress))
    give_back()
    return replace(result, distance=distance_between(held, progress=progress))


def compared(workspace: Workspace, before: str, after: str, choices: Choices, *, progress: Progress | None = None) -> Compared:
    """Compare the themes of two slices and what is said of them, and keep what was measured; arguments and errors as in `compare`.

    Topics, phrases and the distance of all words are measured for themselves (`topics_between`, `phrases_between`, `distance_between`): a report has
    much of what they need at hand.
    """
    recipe = chosen_recipe(workspace.recipe, scope=choices.scope, level=choices.level, language=choices.language)
    lexicon = workspace.lexicon
    excluded, pair = _themes_asked(choices, lexicon, before, after)
    settle(workspace.store)
    everything = workspace.store.speeches()
    sides = sides_of(everything, before, after, lexicon=lexicon, recipe=recipe, without=excluded, cache=workspace.cache, progress=progress)
    kept = Lexicon(tuple(theme for theme in lexicon.themes if theme.id not in excluded))
    contrast = contrast_of((before, after), sides)
    edited = look_at(workspace, contrast)
    strata = None
    if choices.within:
        first, second, strata = within(*sides, choices.within)
        sides = first, second
    borrowed = analyse_all(candidates(everything, *sides), lexicon, recipe, without=excluded, cache=workspace.cache, progress=progress)
    said = said_on(sides[0], kept, progress=progress), said_on(sides[1], kept, progress=progress)
    texts = text_findings(*sides, kept, span_of_use(workspace, everything, recipe, progress=progress), said)
    result = compare_measured(
        Measuring(*sides, recipe, reference=reference_of(*sides, borrowed), strata=strata),
        kept,
        edited=edited,
        balance_of=pair,
        quoted=(quotes_of_themes(said[0]), quotes_of_themes(said[1])),
        without=tuple(sorted(excluded)),
        locked=lock_state(workspace, recipe, contrast),
        progress=progress,
    )
    give_back()
    held = tuple(one for theme, one in validations(workspace).items() if theme not in excluded)
    return Compared(replace(result, texts=texts, validations=held), sides, kept, recipe, tuple(everything))


def topics_between(workspace: Workspace, held: Compared, *, units: Units | None = None, progress: Progress | None = None) -> TopicShifts | None:
    """The current topics between the sides; `units` are passages that were cut already; else as `topic_shifts`."""
    within = held.result.within.key if held.result.within else ""
    return topic_shifts(workspace, held.sides, held.everything, held.recipe, within=within, units=units, progress=progress)


def phrases_between(held: Compared, found: Found | None = None, *, progress: Progress | None = None) -> PhrasePair:
    """The phrases that one side alone says; `found` are those of speeches among which those of both sides are all there are, if any were found."""
    before, after = ([item.speech.id for item in side.speeches] for side in held.sides)
    if found is None or {item.speech.id for item in found.items} != {*before, *after}:
        found = found_phrases([item for side in held.sides for item in side.speeches], progress=progress)
    return apart(found, frozenset(before))


def distance_between(held: Compared, *, progress: Progress | None = None) -> Distance | None:
    """How far the words of the sides lie apart, in the language they share; None where they share none or a side is too small."""
    everything, sides, recipe = held.everything, held.sides, held.recipe
    try:
        language = common_language([[item.speech for item in side.speeches] for side in sides], recipe.words.language)
    except TrackerError:
        return None
    before, after = (narrowed(side, language) for side in sides)
    return distance_of(before, after, corpus_stop_list(everything, recipe), recipe, progress=progress)


def _themes_asked(choices: Choices, lexicon: Lexicon, before: str, after: str) -> tuple[frozenset[str], tuple[str, str] | None]:
    """The themes left out and the two that are weighed.

    Raises:
        ThemesError: An unknown theme, or one that is weighed and left out at once.
        TrackerError: A balance within strata, which is not measured.
    """
    pair = balance_pair(choices.balance, lexicon) if choices.balance else None
    excluded = frozenset(lexicon.theme(name).id for name in choices.without)
    alone = shlex.join(["tracker", "compare", before, after, "--balance", choices.balance])
    if pair and excluded.intersection(pair):
        raise ThemesError(f"`{min(excluded.intersection(pair))}` cannot be weighed and left out at once", hint=alone)
    if pair and choices.within:
        raise TrackerError("the balance of two themes is not measured within strata", hint=alone)
    return excluded, pair


def contrast_of(slices: tuple[str, str], sides: tuple[Side, Side]) -> str:
    """Return what a contrast means, however it is spelled and whichever side comes first."""
    meant = []
    for text, side in zip(slices, sides, strict=True):
        slice_ = parse_slice(text)
        meant.append(f"id:{side.speeches[0].speech.id}" if slice_.latest else slice_.meaning)
    return " | ".join(sorted(meant))


def look_at(workspace: Workspace, contrast: str) -> frozenset[str]:
    """Remember that a contrast is looked at; return the themes edited since it first was."""
    return workspace.store.log_contrast(contrast, {theme.id: theme_hash(theme) for theme in workspace.lexicon.themes})


def chosen_recipe(recipe: Recipe, *, scope: str | None, level: float | None, language: str | None = None) -> Recipe:
    """Lay the flags of a command over the recipe."""
    given = {"measure__scope": scope, "measure__level": level, "words__language": language}
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
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> tuple[Side, Side]:
    """Choose the speeches of two slices and take them apart.

    Raises:
        SliceError: A slice cannot be read, is empty, or overlaps the other.
        CorpusError: The corpus is empty.
    """
    if not everything:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    slices = parse_slice(before), parse_slice(after)
    first, second = select_pair(everything, *slices)
    told_by_time = slices[0].filters == slices[1].filters
    shared = tuple(sorted({s.event_id for s in first} & {s.event_id for s in second}))
    late = later_reports(first, second) if told_by_time else ([], [])
    first, second = (_without(held, gone, slice_) for held, gone, slice_ in zip((first, second), late, slices, strict=True))
    taken = analyse_all([*first, *second], lexicon, recipe, without=without, cache=cache, progress=progress)
    on_both = () if told_by_time else shared
    languages = {item.speech.language for item in taken}
    lacking = languages_without_terms(lexicon, languages)
    unheard = frozenset(unserved(lexicon, *languages)) if len(languages) == 1 else frozenset()
    return (
        Side(display(before), tuple(taken[: len(first)]), tuple(late[0]), on_both, lacking, unheard),
        Side(display(after), tuple(taken[len(first) :]), tuple(late[1]), on_both, lacking, unheard),
    )


def later_reports(first: Sequence[Speech], second: Sequence[Speech]) -> tuple[list[Speech], list[Speech]]:
    """Return the speeches of each side whose event the other side reported before: an event counts once, where it was reported first.

    Args:
        first: Speeches of one side.
        second: Speeches of the other.
    """
    reported = [{s.event_id: (s.date.event_date or date.max, s.id) for s in sorted(held, key=_when, reverse=True)} for held in (first, second)]
    own, other = reported
    return (
        [s for s in first if s.event_id in other and other[s.event_id] < own[s.event_id]],
        [s for s in second if s.event_id in own and own[s.event_id] < other[s.event_id]],
    )


def _when(speech: Speech) -> tuple[date, str]:
    return speech.date.event_date or date.max, speech.id


def _without(speeches: Sequence[Speech], gone: Sequence[Speech], slice_: Slice) -> list[Speech]:
    """Take later reports out of a side.

    Raises:
        SliceError: Nothing is left of it.
    """
    ids = {speech.id for speech in gone}
    kept = [speech for speech in speeches if speech.id not in ids]
    if not kept:
        events = sorted({speech.event_id for speech in gone})
        found = f"{len(gone)} speech{'es' if len(gone) > 1 else ''} of {len(events)} event{'s' if len(events) > 1 else ''}, first reported on the other side"
        raise SliceError(
            f"`{slice_.label}` holds only later reports of events of the other side",
            looked_at=(f"{found}: {', '.join(events[:3])}",),
            hint=shlex.join(["tracker", "set", gone[0].id, "event=own"]),
        )
    return kept


def span_of_use(
    workspace: Workspace, everything: Sequence[Speech], recipe: Recipe, *, progress: Progress | None = None
) -> Mapping[tuple[str, str], tuple[str, str]]:
    """First and last use of every theme and term in the whole corpus; remembered, for else a comparison of two years would read all others."""
    lexicon, cache = workspace.lexicon, workspace.cache
    told = " ".join((code_hash(), workspace.store.hash(), lexicon.hash, recipe.id, str([theme.id for theme in lexicon.themes])))
    key = hashlib.sha256(told.encode()).hexdigest()[:24]
    held = cache.get("", "span", key)
    if held is not None:
        return {(theme, term): (first, last) for theme, term, first, last in json.loads(held)}
    items = analyse_all(everything, lexicon, recipe, cache=cache, progress=progress)
    found = first_and_last((item.speech.date.text, item.used) for item in items)
    cache.put("", "span", key, json.dumps([(*named, *days) for named, days in sorted(found.items())]).encode())
    cache.flush()
    return found


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
