"""What changed between two reports, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.render import note, table, text
from tracker.findings.change_claims import claims, mover_words, speech_words
from tracker.numerals import scaled

if TYPE_CHECKING:
    from tracker.findings.change_records import Changes, ThemeChange, ThemeState
    from tracker.tasks.replay import Replayed

MOST = 40


def changed(found: Changes, *, quiet: bool) -> None:
    """Say which speeches, words and settings differ, then what came of it, theme by theme."""
    text(f"{found.before} → {found.after}")
    for claim in claims(found):
        text(f"  {claim}")
    speeches = [speech_words(change) for change in found.speeches]
    lists = (("Speeches", speeches), ("Themes edited", found.words), ("Settings", found.settings), ("Asked", found.asked), ("Besides", found.others))
    topics = [*(f"new: {label}" for label in found.born), *(f"gone: {label}" for label in found.retired)]
    for heading, lines in (*lists, ("Topics", topics)):
        _listed(heading, lines)
    if found.themes:
        text("\nThemes, per 1,000 words")
        heads = ("theme", "before", "after", "rank", "verdict", "moved by")
        table(heads, [_row(theme) for theme in found.themes[:MOST]], right=("before", "after", "rank"))
    if len(found.themes) > MOST:
        text(f"  {len(found.themes) - MOST:,} more: --json lists them")
    if found.same_question and found.unmoved and not quiet:
        note(f"{found.unmoved} theme{'' if found.unmoved == 1 else 's'} as before")


def _listed(heading: str, lines: tuple[str, ...] | list[str]) -> None:
    if not lines:
        return
    text(f"\n{heading}")
    for line in lines[:MOST]:
        text(f"  {line}")
    if len(lines) > MOST:
        text(f"  {len(lines) - MOST:,} more: --json lists them")


def _row(theme: ThemeChange) -> tuple[str, ...]:
    was, now = theme.was, theme.now
    verdict = [state.verdict if state else "–" for state in (was, now)]
    rank = [str(state.rank or "–") if state else "–" for state in (was, now)]
    moved = mover_words(theme.movers[0], now.verdict if now else "", short=True) if theme.movers else theme.why
    rest = len(theme.movers) - 1 + theme.more_movers
    moved += f" and {rest} more" if theme.movers and rest else ""
    return (theme.label, _pair(was, now, "before"), _pair(was, now, "after"), _arrow(*rank), _arrow(*verdict), moved)


def _pair(was: ThemeState | None, now: ThemeState | None, name: str) -> str:
    values = [getattr(state, name) if state else None for state in (was, now)]
    return _arrow(*(scaled(value, 1000) for value in values))


def _arrow(was: str, now: str) -> str:
    return was if was == now else f"{was} → {now}"


def replayed(found: Replayed, *, quiet: bool) -> None:
    """Say that a report came out the same, or which files differ and why."""
    if found.same:
        text(f"{found.run}: the same bytes again, {found.files:,} files")
    else:
        text(f"{found.run}: {len(found.differing)} of {found.files:,} files differ")
        _listed("Files", found.differing)
        _listed("Why", found.reasons or ("nothing that the manifest tells differs: a fault of the program",))
    if found.edited:
        _listed("Changed in the folder since it was written", found.edited)
    if not quiet:
        for line in found.put_back:
            note(f"put back for the replay: {line}")
        for line in found.reasons if found.same else ():
            note(f"differs, without effect: {line}")
