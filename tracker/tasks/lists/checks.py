"""What a list does to a comparison: words that one side alone says, what each shift leans on, themes that are heard no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.analysis import Analysed, analyse_all
from tracker.errors import CorpusError
from tracker.estimates import Verdict
from tracker.findings.records import ThemeShift
from tracker.lexicon import Lexicon, match_terms
from tracker.progress import Progress
from tracker.tasks.compare import Choices, compared
from tracker.tasks.lists.halves import halves
from tracker.tasks.workspace import Workspace

FEWEST_SAID = 5  # mentions from which a word of one side alone is told


@dataclass(frozen=True, slots=True)
class OneSided:
    """A term of a list that only one side says.

    Args:
        theme: The theme's id.
        term: As written in the list.
        only: before or after.
        hits: Its mentions there.
        speeches: Speeches there that say it.
        first: Date of the first of these.
        last: Date of the last.
        share: Its part of the theme's mentions on that side, 0-1.
    """

    theme: str
    term: str
    only: str
    hits: int
    speeches: int
    first: str
    last: str
    share: float


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a theme's shift leans on.

    Args:
        theme: The theme's id.
        points: The change in points; None where it cannot be measured.
        low: Smallest change without any one word.
        low_word: The word it is without.
        high: Largest change without any one word.
        high_word: The word it is without.
        turns: Whether the change has another sign without some word.
        verdict: The verdict on the change.
        verdict_without: The verdict without the word that moves it farthest; None when it was not tested.
        widest_word: That word.
    """

    theme: str
    points: float | None
    low: float | None
    low_word: str
    high: float | None
    high_word: str
    turns: bool
    verdict: Verdict
    verdict_without: Verdict | None
    widest_word: str


@dataclass(frozen=True, slots=True)
class SidesCheck:
    """What the lists do between two sides.

    Args:
        before: The first side's label.
        after: The second side's label.
        one_sided: Terms that only one side says, most mentions first.
        leaning: Every theme's shift, without any one word; () where the sides are the halves of the corpus.
        gone: Themes that the first side mentions and the second does not.
    """

    before: str
    after: str
    one_sided: tuple[OneSided, ...]
    leaning: tuple[Leaning, ...]
    gone: tuple[str, ...]


def check_sides(workspace: Workspace, before: str = "", after: str = "", *, progress: Progress | None = None) -> SidesCheck:
    """Look at what the lists do between two slices, or between the earlier and the later half of the corpus.

    Args:
        workspace: The workspace.
        before: The first slice; with `after` empty too, the earlier half, and no shift is measured.
        after: The second slice.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: The corpus is empty.
        SliceError: A slice cannot be read, is empty, or overlaps the other.

    Caution:
        With slices the contrast is looked at: a list that is edited afterwards is exploratory for it (W17), as after `compare`.
    """
    if before or after:
        done = compared(workspace, before, after, Choices(), progress=progress)
        sides = tuple(side.speeches for side in done.sides)
        labels = (done.sides[0].label, done.sides[1].label)
        leaning = tuple(_leaning(row) for row in done.result.themes)
    else:
        speeches = [s for s in workspace.store.speeches() if s.date.text]
        if not speeches:
            raise CorpusError("no speech has a date", hint="tracker check")
        sides = halves(analyse_all(speeches, workspace.lexicon, workspace.recipe, cache=workspace.cache, progress=progress))
        labels = ("the earlier half", "the later half")
        leaning = ()
    if not sides[1]:  # all of one day: there is no later half that could be silent
        return SidesCheck(*labels, (), leaning, ())
    told = tuple(_said(workspace.lexicon, side) for side in sides)
    return SidesCheck(*labels, _one_sided(told), leaning, tuple(t.id for t in workspace.lexicon.themes if told[0].themes[t.id] and not told[1].themes[t.id]))


@dataclass(frozen=True, slots=True)
class _Said:
    """Mentions on one side: of every theme, and of every term with the speeches (date, id) that say it."""

    themes: Counter[str]
    terms: Counter[tuple[str, str]]
    where: dict[tuple[str, str], set[tuple[str, str]]]


def _said(lexicon: Lexicon, side: Iterable[Analysed]) -> _Said:
    found = _Said(Counter(), Counter(), {})
    for item in side:
        for hit in match_terms(lexicon, item.tokens):
            if item.counted_tokens(hit):
                key = (hit.theme, hit.term)
                found.themes[hit.theme] += 1
                found.terms[key] += 1
                found.where.setdefault(key, set()).add((item.speech.date.text, item.speech.id))
    return found


def _one_sided(told: tuple[_Said, ...]) -> tuple[OneSided, ...]:
    rows = []
    for name, here, there in (("before", told[0], told[1]), ("after", told[1], told[0])):
        for (theme, term), hits in here.terms.items():
            if hits >= FEWEST_SAID and not there.terms[theme, term]:
                days = sorted(here.where[theme, term])
                rows.append(OneSided(theme, term, name, hits, len(days), days[0][0], days[-1][0], hits / here.themes[theme]))
    return tuple(sorted(rows, key=lambda row: (-row.hits, row.theme, row.term)))


def _leaning(row: ThemeShift) -> Leaning:
    held, points = row.sensitivity, row.points.value
    if held is None:
        return Leaning(row.id, points, None, "", None, "", turns=False, verdict=row.verdict, verdict_without=None, widest_word="")
    turns = points is not None and any(end is not None and end * points < 0 for end in (held.low, held.high))
    return Leaning(row.id, points, held.low, held.low_word, held.high, held.high_word, turns, row.verdict, held.verdict, held.widest_word)
