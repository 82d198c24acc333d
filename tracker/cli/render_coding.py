"""Samples for human coders and what they said, as a person reads them."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from tracker.cli.render import note, plain, table, text, warn
from tracker.findings.validation import short
from tracker.numerals import scaled, span

if TYPE_CHECKING:
    from tracker.estimates import Estimate
    from tracker.findings.coding_records import CodedGroup, CodingScore
    from tracker.findings.records import Warning  # noqa: A004
    from tracker.tasks.coding import Forgotten, SampleResult

NOTHING = "–"


def sampled(result: SampleResult, *, quiet: bool) -> None:
    """What was drawn, and what to do with it."""
    text(f"{result.id}: {result.passages:,} of {result.population:,} passages from {result.strata} strata, {result.words:,} content words to read")
    for label, parts in (("period", result.periods), ("outlet", result.outlets)):
        if parts:
            table((label, "drawn", "of"), [(name, f"{n:,}", f"{of:,}") for name, n, of in parts], right=("drawn", "of"))
    hits = ", ".join(f"{theme} {n}" for theme, n in result.with_hits.items())
    text(f"with words of the list (not in the sheets; keep it from the coders): {hits}")
    for path in result.files:
        text(path)
    if quiet:
        return
    note(
        "each coder, alone: an x under every theme the passage is about, or under `none`; leave no row without one\n"
        f"then: tracker themes score {shlex.join(result.files)}"
    )


def scored(result: CodingScore, *, quiet: bool) -> None:
    """Agreement, precision and recall of every theme, its periods and outlets below it."""
    text(f"{result.sample}, drawn {result.made}; coders: {', '.join(result.coders)}; {result.stored:,} codings new or changed")
    heads = ("theme", "coded", "differ", "alpha", "precision", "recall", "by the list", "by coders")
    rows = []
    for theme in result.themes:
        rows += [_row(f"  {group.label}" if group.label else theme.id, group) for group in theme.groups]
    table(heads, rows, right=("coded", "differ"))
    for theme in result.themes:
        text(f"{theme.id}: {theme.validation.badge}")
    if not quiet:
        warn(all_warnings(result), quiet=quiet)
        note(
            f"the last two: percent of the words that stand in passages about the theme, as the list finds them and as coders would ({100 * result.level:g}% "
            "intervals: what reading a sample leaves open, not the spread of speeches)"
        )
        differing = sum(theme.whole.disputed for theme in result.themes)
        if result.disputed:
            note(f"to settle together: {result.disputed}; then: tracker themes score {shlex.quote(result.disputed)}")
        elif differing:
            note(f"{differing} codings differ and count as half; to settle them: tracker themes score --disputed open.csv")


def forgotten(result: Forgotten, *, quiet: bool) -> None:
    """What was taken back, and who is left."""
    text(f"{result.codings:,} coding{'s' if result.codings != 1 else ''} of {result.coder} taken back{f' in {result.sample}' if result.sample else ''}")
    if not quiet:
        note(f"coders left: {', '.join(result.coders) or 'none'}; the filled sheet brings the codings back")


def all_warnings(result: CodingScore) -> tuple[Warning, ...]:
    """Warnings of the sample, then those of each theme."""
    return (*result.warnings, *(warning for theme in result.themes for warning in theme.warnings))


def score_data(result: CodingScore) -> dict[str, Any]:
    """The `data` of `tracker themes score --json`: as the records have it, the badge in words beside them."""
    held: dict[str, Any] = plain(result)
    del held["warnings"]
    for theme in held["themes"]:
        del theme["warnings"]
    held["disputed"] = held["disputed"] or None
    return held


def _row(name: str, group: CodedGroup) -> tuple[str, ...]:
    listed = NOTHING if group.listed_share is None else f"{scaled(group.listed_share, 100)}%"
    shares = (_ranged(group.alpha), _ranged(group.precision), _ranged(group.recall))
    return (name, f"{group.coded:,}", f"{group.disputed:,}", *shares, listed, _percent(group.corrected))


def _ranged(estimate: Estimate) -> str:
    """`.83 (.74-.90)`."""
    if estimate.value is None:
        return NOTHING
    span = "" if estimate.low is None or estimate.high is None else f" ({short(estimate.low)} to {short(estimate.high)})"
    return short(estimate.value) + span


def _percent(estimate: Estimate) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return NOTHING
    return f"{scaled(estimate.value, 100)}% ({span(estimate.low, estimate.high, 100)})"
