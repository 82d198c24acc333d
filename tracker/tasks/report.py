"""The main job: measure everything a report shows, and write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tracker.analysis import Analysed
from tracker.counts import corpus_stop_list
from tracker.errors import TrackerError
from tracker.findings import methods
from tracker.findings.change_records import RunTold
from tracker.findings.changes import changes
from tracker.findings.headlines import findings
from tracker.findings.phrases import found_phrases
from tracker.findings.records import DistinctiveWords, Finding, Warning, WordList
from tracker.findings.rows import measure_rows, mention_rows
from tracker.findings.sides import Side
from tracker.findings.speech_records import CorpusSummary
from tracker.findings.surface import surface_forms
from tracker.lexicon import Lexicon
from tracker.parts import Cache
from tracker.progress import Progress
from tracker.recipe import Recipe
from tracker.reports import json as contract
from tracker.reports.content import ReportContent
from tracker.reports.write import write_report
from tracker.room import give_back
from tracker.slices import display
from tracker.speech import Speech
from tracker.tasks.compare import Choices, Compared, compared, distance_between, last_two_years, phrases_between, topics_between
from tracker.tasks.corpus import corpus_summary, marked
from tracker.tasks.listing import list_speeches
from tracker.tasks.one_language import common_language, narrowed
from tracker.tasks.over_time import novelty_over, series_over, taken_apart
from tracker.tasks.phrases import phrases_in
from tracker.tasks.runs import baseline, manifest_of, read_run, run_told
from tracker.tasks.topics import Reading, fitted, listed, read, read_current
from tracker.tasks.trend import SeriesChoices, refuse_artificial_days
from tracker.tasks.words import words_of
from tracker.tasks.workspace import Workspace

MOST_MARKED = 50
MOST_UNITS = 12
TFIDF_WORDS = 12


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Where a report was written and what it says first."""

    run: str
    path: str
    html: str
    findings: tuple[Finding, ...]
    warnings: tuple[Warning, ...]
    before: str
    after: str


def report(
    workspace: Workspace,
    before: str = "",
    after: str = "",
    choices: Choices | None = None,
    *,
    title: str = "",
    since: str = "",
    progress: Progress | None = None,
) -> ReportResult:
    """Measure two slices and write the report.

    Args:
        workspace: The workspace.
        before: The first slice; with `after` empty too, the last but one calendar year that has speeches.
        after: The second slice.
        choices: Balance, themes left out, scope and level.
        title: Title of the report; named after the slices when empty.
        since: Name of the report that it says what changed since; `none` for none; the newest that was made from something else when empty.
        progress: Called with (step, done, total).

    Raises:
        SliceError: A slice cannot be read, is empty, or overlaps the other.
        TrackerError: Only one slice was given, or the corpus has speeches of fewer than two years.
    """
    made = asked(workspace, (before, after), choices or Choices(), title=title, since=since, progress=progress)
    folder = written(workspace, made, progress=progress)
    first = made.content.comparison
    return ReportResult(folder.name, str(folder), str(folder / "index.html"), made.content.findings, first.warnings, *made.slices)


def asked(workspace: Workspace, slices: tuple[str, str], choices: Choices, *, title: str = "", since: str, progress: Progress | None) -> Made:
    """Make what was asked for; the last two calendar years where no slices were given."""
    before, after = slices
    if bool(before) != bool(after):
        raise TrackerError(f"one slice is not enough: `{before or after}`", hint=f"tracker report {before or '2022'} {after or '2023'}")
    if not before:
        before, after = last_two_years(workspace.store.speeches())
    refuse_artificial_days(workspace, workspace.store.speeches(), SeriesChoices(by=choices.by))
    return make(workspace, (before, after), choices, title=title, since=since, progress=progress)


def written(workspace: Workspace, made: Made, sizes: tuple[str, ...] | None = None, *, progress: Progress | None = None) -> Path:
    """Write it into a new folder of the workspace's reports."""
    run = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{_run_hash(made.content, made.recipe, workspace.lexicon)}"
    name = _free_name(workspace.reports_path, run)
    folder, told = workspace.reports_path, made.json_text
    return write_report(made.content, folder, run_name=name, json_text=told, manifest=made.manifest, sizes=sizes, progress=progress)


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A report before it is written: what it shows, what its report.json says, and what its manifest says."""

    content: ReportContent
    json_text: contract.FileText
    manifest: Mapping[str, object]
    recipe: Recipe
    slices: tuple[str, str]


def make(workspace: Workspace, slices: tuple[str, str], choices: Choices, *, title: str = "", since: str = "", progress: Progress | None = None) -> Made:
    """Measure everything of a report and write nothing; arguments and errors as in `report`."""
    comparison = compared(workspace, *slices, choices, progress=progress)
    command = _command(*slices, choices, title)
    named = title or f"What was emphasised: {display(slices[0])} and {display(slices[1])}"
    content = gather(workspace, comparison, by=choices.by, title=named, command=command, progress=progress)
    data, question = contract.report(content), {"before": slices[0], "after": slices[1], "title": title, **contract.plain(asdict(choices))}
    manifest = manifest_of(content, comparison.recipe, workspace, question)
    held = _last(workspace, since, manifest)
    if held:
        content = replace(content, changes=changes(held, run_told("", manifest, data, content.measures_rows)))
        manifest["baseline"] = held.name
    data["changes"] = contract.plain(content.changes)
    answer = contract.envelope("report", data, corpus=_corpus(content.corpus), recipe=comparison.recipe, warnings=content.comparison.warnings)
    return Made(content, contract.FileText(answer), manifest, comparison.recipe, slices)


def _last(workspace: Workspace, since: str, manifest: Mapping[str, object]) -> RunTold | None:
    """The report to say what changed since; one that was not named and cannot be read is passed over."""
    name = since or baseline(workspace, manifest)
    if name in ("", "none"):
        return None
    try:
        return read_run(workspace.reports_path / name)
    except TrackerError:
        if since:
            raise
        return None


def gather(workspace: Workspace, comparison: Compared, *, by: str = "", title: str, command: str, progress: Progress | None) -> ReportContent:
    """Gather everything one report shows around a comparison; `by` names the groups of its series, years when empty."""
    sides, recipe, everything, without = comparison.sides, comparison.recipe, comparison.everything, frozenset(comparison.result.without)
    leave_out = corpus_stop_list(everything, recipe)
    items = [*sides[0].speeches, *sides[1].speeches]
    known = {item.speech.id: item for item in items}
    whole = taken_apart(everything, known, comparison.lexicon, recipe, without=without, cache=workspace.cache, progress=progress)
    usual = recipe == workspace.recipe and not without  # topics are always measured in the workspace's own scope, nothing left out
    reading, why_none = _topics(workspace, whole if usual else {}, progress)
    topics = listed(workspace, reading) if reading is not None else None
    shifts = topics_between(workspace, comparison, units=reading.units if reading is not None else None, progress=progress)
    del reading  # its passages are a third of all that is held
    give_back()
    words, tfidf, why_no_words = _words(comparison, leave_out, lexicon=workspace.lexicon, cache=workspace.cache, progress=progress)
    give_back()
    result = replace(comparison.result, topics=shifts, distance=distance_between(comparison, progress=progress))
    give_back()
    series, novelty = series_over(whole, by, comparison.lexicon, recipe, progress=progress), novelty_over(whole, leave_out, recipe)
    give_back()
    found = found_phrases(list(whole.values()), progress=progress)
    result = replace(result, phrases=phrases_between(comparison, found, progress=progress))
    phrases = phrases_in(found, [item.speech for item in items])
    del found
    return ReportContent(
        title=title,
        corpus=corpus_summary(workspace),
        speeches=list_speeches(workspace),
        comparison=result,
        words=words,
        topics=topics,
        tfidf=tfidf,
        findings=findings(result),
        marked=tuple(marked(item.speech, recipe, workspace.cache) for item in _newest(sides)),
        warnings=topics.warnings if topics else (),
        methods=methods.paragraphs(result, topics, words),
        recipe=methods.settings(recipe),
        commands=(command, "tracker view"),
        theme_terms=_theme_terms(comparison.lexicon),
        left_out=(*_left_out(everything, items), *why_no_words, *why_none),
        measures_rows=measure_rows(sides, comparison.lexicon),
        mention_rows=mention_rows(sides),
        before_speeches=tuple(item.speech.id for item in sides[0].speeches),
        after_speeches=tuple(item.speech.id for item in sides[1].speeches),
        series=series,
        novelty=novelty,
        phrases=phrases,
    )


def _words(
    comparison: Compared, leave_out: frozenset[str], *, lexicon: Lexicon, cache: Cache, progress: Progress | None
) -> tuple[WordList, tuple[DistinctiveWords, ...], tuple[str, ...]]:
    """Both lists of words in one language; empty, with the reason in a sentence, where the sides have no language in common."""
    everything, sides, recipe = comparison.everything, comparison.sides, comparison.recipe
    try:
        language = common_language([[item.speech for item in side.speeches] for side in sides], recipe.words.language)
    except TrackerError as error:
        if recipe.words.language:
            raise
        empty = WordList(sides[0].summary, sides[1].summary, "all", recipe.words.prior_tokens, (), 0, ())
        return empty, (), (f"No word lists: {error.message}.",)
    before, after = (narrowed(side, language) for side in sides)
    return words_of(everything, sides, recipe, leave_out, lexicon=lexicon, cache=cache, progress=progress), distinctive_words((before, after), leave_out), ()


def distinctive_words(sides: tuple[Side, Side], leave_out: frozenset[str]) -> tuple[DistinctiveWords, ...]:
    """TF-IDF words of each speech, or of each side when there are many speeches."""
    from tracker.matrix import count_terms, group
    from tracker.models.tfidf import distinctive

    items = sorted((item for side in sides for item in side.speeches), key=lambda item: item.speech.id)
    matrix = count_terms(items, [item.speech.id for item in items], leave_out)
    forms = surface_forms(items)
    labels = {item.speech.id: side.label for side in sides for item in side.speeches}
    grouped = len(items) > MOST_UNITS
    if grouped:
        matrix = group(matrix, [labels[unit] for unit in matrix.unit_ids])
    rows = distinctive(matrix, n=TFIDF_WORDS)

    def shown(unit: str) -> tuple[tuple[str, float, int], ...]:
        return tuple((forms.get(term, term), weight, count) for term, weight, count in rows.get(unit, []))

    if grouped:
        return tuple(DistinctiveWords(side.label, "", "", shown(side.label)) for side in sides)
    ordered = [item for side in sides for item in side.speeches]
    return tuple(DistinctiveWords(item.speech.title or item.speech.date.text, item.speech.date.text, item.speech.id, shown(item.speech.id)) for item in ordered)


def _newest(sides: tuple[Side, Side]) -> list[Analysed]:
    """The speeches whose whole text the report may show: the newest of both sides, so that neither is left out."""
    room = [min(len(side.speeches), max(MOST_MARKED // 2, MOST_MARKED - len(other.speeches))) for side, other in (sides, sides[::-1])]
    return [item for side, most in zip(sides, room, strict=True) for item in side.speeches[len(side.speeches) - most :]]


def _topics(workspace: Workspace, known: Mapping[str, Analysed], progress: Progress | None) -> tuple[Reading | None, tuple[str, ...]]:
    """The current topics, fitted now when there are none; for a corpus that is too small for any, None and the reason in a sentence."""
    if read_current(workspace) is not None:
        return read(workspace, known=known, progress=progress), ()
    try:
        return fitted(workspace, known=known, progress=progress), ()
    except TrackerError as error:
        return None, (f"No topics: {error.message}.",)


def _theme_terms(lexicon: Lexicon) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    return tuple((t.label, tuple(w for ws in t.core.values() for w in ws), tuple(w for ws in t.terms.values() for w in ws)) for t in lexicon.themes)


def _left_out(speeches: Sequence[Speech], items: Sequence[Analysed]) -> tuple[str, ...]:
    """What is in the corpus but not in this report, a sentence each."""
    chosen = {item.speech.id for item in items}
    undated = sum(s.date.event_date is None for s in speeches)
    outside = sum(s.id not in chosen and s.date.event_date is not None for s in speeches)
    silent = [item.speech for item in items if item.counts.scopes[item.scope].tokens == 0]
    lines = []
    if outside:
        known = "only first and last use, the background of words and the topics know them"
        lines.append(f"{outside:,} speech{'es' if outside > 1 else ''} outside the two slices: {known}.")
    if undated:
        lines.append(f"{undated} speech{'es' if undated > 1 else ''} without a date (tracker check lists them).")
    several = {item.speech.id: item.counts.scope_reason for item in items if item.scope == "none"}
    for speech in silent:
        why = several.get(speech.id, "no words of the speaker were found in it")
        lines.append(f"{speech.title or speech.source} ({speech.id}): {why}; it counts in no share.")
    fallen = [item for item in items if item.scope == "all" and item.counts.scope_reason.startswith("full text") and item.speech.id not in several]
    lines += [f"{item.speech.title or item.speech.source} ({item.speech.id}): counted whole, {item.counts.scope_reason}." for item in fallen[:MOST_MARKED]]
    return tuple(lines)


def _corpus(corpus: CorpusSummary) -> dict[str, object]:
    return {"speeches": corpus.speeches, "events": corpus.events, "tokens": corpus.tokens, "hash": corpus.hash}


def _free_name(folder: Path, name: str) -> str:
    """The name, or with -2, -3, ... when the same report was written within the same second."""
    taken = 1
    while (folder / (name if taken == 1 else f"{name}-{taken}")).exists():
        taken += 1
    return name if taken == 1 else f"{name}-{taken}"


def _run_hash(content: ReportContent, recipe: Recipe, lexicon: Lexicon) -> str:
    import hashlib

    told = "\0".join((content.corpus.hash, recipe.id, lexicon.hash, *content.commands))
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _command(before: str, after: str, choices: Choices, title: str) -> str:
    import shlex

    words = ["tracker", "report", before, after]
    given: dict[str, object] = {"--title": title, "--balance": choices.balance, "--within": choices.within, "--by": choices.by}
    given |= {"--scope": choices.scope, "--level": choices.level, "--language": choices.language}
    for flag, value in given.items():
        words += [flag, str(value)] if value else []
    for theme in choices.without:
        words += ["--without", theme]
    return shlex.join(words)
