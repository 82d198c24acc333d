"""Answers for people: tables that fit the terminal, plain when piped; data to stdout, notes to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli.terminal import columns, note, printable
from tracker.cli.terminal import say as text
from tracker.errors import CorpusError, TrackerError
from tracker.numerals import number, signed
from tracker.reports.json import dumps, envelope, plain
from tracker.slices import as_noun, display, during

if TYPE_CHECKING:
    from rich.console import Console

    from tracker.findings.records import Warning, WordList, WordRow  # noqa: A004
    from tracker.findings.speech_records import SpeechSummary
    from tracker.recipe import Recipe
    from tracker.sources import Skipped
    from tracker.tasks.add import AddResult
    from tracker.tasks.check import CheckResult
    from tracker.tasks.demo import DemoResult
    from tracker.tasks.report import ReportResult
    from tracker.tasks.themes import ThemeRow, ThemesCheck
    from tracker.tasks.workspace import Workspace

__all__ = ["add_data", "answer", "note", "plain", "text"]
PIPE_WIDTH = 160
MOST_ROWS = 40
LONG_TABLE = 500
MARKS = {"quoted": "quoted", "attributed": "attributed", "spoken": "spoken", "institutional": "institution", "other": "other", "narrated": "·"}


def answer(kind: str, data: Any, workspace: Workspace, *, warnings: tuple[Warning, ...] = (), recipe: Recipe | None = None) -> None:
    """Print the JSON envelope and nothing else; `recipe` is the one that was used when flags changed it."""
    from tracker.tasks.listing import corpus_summary

    try:
        held = corpus_summary(workspace)
        corpus = {"speeches": held.speeches, "events": held.events, "tokens": held.tokens, "hash": held.hash}
    except CorpusError:
        corpus = {"speeches": 0, "events": 0, "tokens": 0, "hash": None}
    sys.stdout.write(dumps(envelope(kind, data, corpus=corpus, recipe=recipe or workspace.recipe, warnings=warnings)))


def add_data(result: AddResult) -> dict[str, Any]:
    """The `data` of `tracker add --json`."""
    return {
        "added": [plain(row) for row in result.added],
        "updated": [plain(row) for row in result.updated],
        "unchanged": [plain(row) for row in result.unchanged],
        "duplicates": [{"speech": a, "same_text_as": b} for a, b in result.duplicates],
        "skipped": [{"source": s.source, "reason": _reason(s)} for s in result.skipped],
    }


def pairs(changes: Iterable[str], hint: str) -> dict[str, str]:
    """Read KEY=VALUE words.

    Raises:
        TrackerError: One of them has no `=`.
    """
    held = {}
    for change in changes:
        key, equals, value = change.partition("=")
        if not equals or not key.strip():
            raise TrackerError(f"`{change}` is not KEY=VALUE", hint=hint)
        held[key.strip()] = value.strip()
    return held


def tags_from(given: Sequence[str]) -> dict[str, str]:
    """Read `--tag KEY=VALUE` words as fields `tag:KEY`."""
    return {f"tag:{key}": value for key, value in pairs(given, "--tag region=north").items()}


def speeches(rows: Sequence[SpeechSummary], *, quiet: bool) -> None:
    """A line a speech."""
    table(
        ("id", "date", "known from", "kind", "words", "speaker", "title"),
        [
            (r.id[:8], r.date or "undated", f"{r.date_basis or '–'} ({r.date_status})", r.kind, f"{r.tokens:,}", r.speaker or "–", r.title or r.source)
            for r in rows
        ],
        right=("words",),
    )
    if not quiet:
        note(f"{len(rows):,} speech{'es' if len(rows) != 1 else ''}; words are content words")


def added(result: AddResult, *, dry_run: bool) -> None:
    """What was added, updated, unchanged and skipped."""
    fresh = len(result.added) + len(result.updated)
    if fresh:
        shown = [*(("added", r) for r in result.added.first(MOST_ROWS)), *(("updated", r) for r in result.updated.first(MOST_ROWS))][:MOST_ROWS]
        rows = [
            (what, r.id[:8], r.date or "undated", f"{r.date_basis or '–'} ({r.date_status})", r.kind, r.speaker or "–", r.title or r.source)
            for what, r in shown
        ]
        table(("", "id", "date", "known from", "kind", "speaker", "title"), rows)
        if fresh > len(shown):
            text(f"… {fresh - len(shown):,} more: tracker list")
    for skipped in result.skipped:
        text(f"skipped {skipped.source}: {_reason(skipped)}")
    for speech, other in result.duplicates if dry_run else ():
        text(f"{speech} has exactly the same text as {other}")
    for one in result.grouped[:MOST_ROWS]:
        text(f"{one.speech[:8]} and {one.other[:8]} are counted as one event ({one.reason}); to part them: tracker set {one.speech[:8]} event=own")
    if len(result.grouped) > MOST_ROWS:
        text(f"… {len(result.grouped) - MOST_ROWS:,} more: tracker check")
    for speech, fields in result.returned:
        text(f"{speech[:8]} is back with what you had said of it ({', '.join(fields)}); to drop that: tracker remove {speech[:8]} --forget")
    verb = "would be added" if dry_run else "added"
    text(f"{len(result.added):,} {verb}, {len(result.updated):,} updated, {len(result.unchanged):,} unchanged, {len(result.skipped):,} skipped")
    unsure = sum(r.date_status in ("missing", "inferred", "conflicting") for r in chain(result.added, result.updated))
    if unsure and not dry_run:
        note(f"{unsure} date{'s' if unsure > 1 else ''} inferred, conflicting or missing: tracker check")


def _reason(skipped: Skipped) -> str:
    """Why something was skipped, with the command that helps."""
    hint = f"tracker add {skipped.source} {skipped.hint}" if skipped.hint.startswith("--") else skipped.hint
    return f"{skipped.reason} ({hint})" if hint else skipped.reason


def checked(result: CheckResult, *, quiet: bool) -> None:
    """What needs a human eye."""
    if result.rows:
        shown = result.rows[:MOST_ROWS]
        table(("id", "what", "value", "evidence", "settle with"), [(r.speech[:8], r.concern, r.value or "–", r.evidence, r.command) for r in shown])
        if len(result.rows) > len(shown):
            text(f"… {len(result.rows) - len(shown):,} more: tracker check --json")
    if not quiet:
        note(f"{result.clean:,} of {result.speeches:,} speeches need nothing")


def themes(rows: Sequence[ThemeRow], path: Path, *, quiet: bool) -> None:
    """The named themes with their counts."""
    shown = [
        (
            r.id,
            r.label,
            f"{r.core} + {r.terms - r.core}",
            f"{r.core_hits:,} / {r.hits:,}",
            number(r.per_1000),
            f"{r.speeches:,}",
            r.validation.badge,
        )
        for r in rows
    ]
    table(("theme", "label", "core + terms", "core / all hits", "per 1,000", "speeches", "list"), shown, right=("per 1,000", "speeches", "core / all hits"))
    if not quiet:
        note(f"hits are content words, all text, whole corpus; edit {path}; tracker themes check looks for misleading words")


def themes_checked(result: ThemesCheck, *, quiet: bool) -> None:
    """What could mislead in the themes."""
    for theme, words_ in result.carried:
        listed = ", ".join(f"{w.word} {w.share:.0%}" for w in words_)
        text(f"carried by one word: {theme}: {listed}")
    for shared in result.overlaps:
        first, second = shared.themes
        text(f"counted twice: {first} and {second} share {shared.tokens:,} words ({shared.share:.0%} of the smaller): {', '.join(shared.words)}")
    for language in sorted({language for _, language in result.languages}):
        lacking = [theme for theme, code in result.languages if code == language]
        some = f"{', '.join(lacking[:12])}{f' and {len(lacking) - 12:,} more' if len(lacking) > 12 else ''}"
        text(f"no terms: {some} {'has' if len(lacking) == 1 else 'have'} none for `{language}` texts (tracker themes draft proposes a list of their own words)")
    by_theme: dict[str, list[str]] = {}
    for theme, term in result.silent:
        by_theme.setdefault(theme, []).append(term)
    for theme, terms in by_theme.items():
        more = f" and {len(terms) - 12:,} more" if len(terms) > 12 else ""
        text(f"never said: {theme}: {', '.join(terms[:12])}{more}")
    for theme, term, taker in result.inside:
        text(f"never by itself: {theme}: `{term}` is always inside `{taker}`, which is counted instead")
    if not quiet and not (result.carried or result.inside or result.overlaps or result.silent or result.languages):
        note("nothing to look at")


def words(result: WordList, *, most: int, quiet: bool) -> None:
    """The words of both sides."""
    after, before = [r for r in result.rows if r.z > 0], [r for r in reversed(result.rows) if r.z < 0]
    for label, rows in ((result.after.label, after), (result.before.label, before)):
        text(f"typical of {as_noun(label)}")
        table(
            ("word", during(result.before.label), during(result.after.label), "log2 ratio", "z"), [_word_row(r) for r in rows[:most]], right=("log2 ratio", "z")
        )
        if len(rows) > most:
            text(f"… {len(rows) - most:,} more")
    if not quiet:
        note(_stars(result))
        note(f"z sorts, it does not test; prior of {result.prior_tokens:g} words; scope {result.scope}")
    warn([w for w in result.warnings if w.code != "W15"], quiet=quiet)  # G2 is not in this table


def _stars(result: WordList) -> str:
    """What a star says, or why there is none."""
    if result.method == "none":
        return "no word is tested: at least two speeches on both sides are needed, and words said ten times in three speeches"
    test = "a permutation test over speeches" if result.method == "pooled-null" else "a quasi-G2 test over speeches"
    starred = sum(row.starred for row in result.rows)
    passed = f"{starred:,} word{'s pass' if starred != 1 else ' passes'}" if starred else "no word passes"
    return f"* passes {test} at q <= {1 - result.level:.2g}: {passed}, of {result.tested:,} tested"


def reported(result: ReportResult, *, quiet: bool) -> None:
    """Where the report is and what it says first."""
    if not quiet:
        text(f"{display(result.before)} and {display(result.after)}:")
        text("\n".join(f"  {f.claim}" for f in result.findings[:7]))
        text("")
    text(result.html)
    if not quiet:
        note("tracker view opens it in the browser")


def demonstrated(result: DemoResult, *, quiet: bool) -> None:
    """The demonstration and what to try next."""
    reported(result.report, quiet=quiet)
    if not quiet:
        if result.credit:
            note(result.credit)
        note("next:\n" + "\n".join(f"  {command}" for command in result.next))


def warn(found: Sequence[Warning], *, quiet: bool) -> None:
    """Print warnings to stderr."""
    if not quiet:
        for item in found:
            note(f"{item.code}: {item.text}")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """Print a table that fits the terminal; wide and uncut when piped, and when it is very long."""
    if len(rows) > LONG_TABLE:
        columns(headings, rows, right=right)
        return
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table

    from tracker.cli.fitting import needed, parted, widths

    console = _console()
    columns_ = [(heading, *(printable(row[i]) for row in rows)) for i, heading in enumerate(headings)]
    needs = [needed(cells) for cells in columns_]
    natural = [max(cell_len(line) for cell in cells for line in cell.split("\n")) for cells in columns_]
    for at, held in enumerate(parted(needs, console.width)):
        room = widths([natural[i] for i in held], [needs[i] for i in held], console.width)
        shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for i, width in zip(held, room, strict=True):
            shown.add_column(headings[i], justify="right" if headings[i] in right else "left", overflow="fold", width=max(1, width))
        for row in rows:
            shown.add_row(*(_plain_cell(row[i]) for i in held))
        if at:
            text("")
        console.print(shown)


def _console() -> Console:
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH, file=sys.stdout)


def _plain_cell(value: str) -> Any:
    """A cell whose brackets are text, not markup."""
    from rich.text import Text

    return Text(printable(value))


def _word_row(row: WordRow) -> tuple[str, ...]:
    ratio = signed(row.log_ratio)
    return (
        row.term + (" *" if row.starred else ""),
        f"{row.before_count:,} ({_rate(row.before_per_1000)})",
        f"{row.after_count:,} ({_rate(row.after_per_1000)})",
        ratio,
        signed(row.z),
    )


def _rate(value: float | None) -> str:
    return number(value)


def shortened(quote: str, most: int = 200) -> str:
    """A quote in one line, cut at a word where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"
