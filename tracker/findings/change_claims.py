"""Changes between two reports as sentences, for the page, for Markdown and for the terminal."""

from __future__ import annotations

from tracker.findings.change_records import Changes, Mover, SpeechChange, ThemeChange
from tracker.numerals import signed

__all__ = ["claims", "mover_words", "run_day", "speech_words", "speeches_words", "theme_words"]


def claims(found: Changes) -> tuple[str, ...]:
    """Return what changed in a few sentences, the verdicts first; one sentence where nothing did."""
    if found.nothing:
        return ("Nothing differs.",)
    said = []
    flipped = [theme for theme in found.themes if theme.flipped]
    said += [f"{theme_words(theme)}." for theme in flipped]
    if found.same_question and not flipped:
        said.append("No verdict on the two periods is another one.")
    if found.asked:
        said.append("The two reports ask different questions, so their themes are not held against each other.")
    said += [f"{t.label}, {'trend' if t.what == 'trend' else 'change of level'}: {t.was} → {t.now}." for t in found.trends]
    return tuple(said)


def speeches_words(found: Changes) -> str:
    """Return how many speeches were added, updated, corrected and removed; "" for none."""
    counted = [(what, sum(change.what == what for change in found.speeches)) for what in ("added", "updated", "corrected", "removed")]
    return ", ".join(f"{n:,} {what}" for what, n in counted if n)


def run_day(name: str) -> str:
    """Return the day a run was written, as its name has it: ISO, "" when it has none.

    Example:
        >>> run_day("20261122T074624-2e898247")
        '2026-11-22'
    """
    day = name.partition("T")[0]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 and day.isdigit() else ""


def speech_words(change: SpeechChange) -> str:
    """Return one speech and what happened to it."""
    where = {"before": "in the first period", "after": "in the second period"}.get(change.side, "in neither period")
    told = f" ({'; '.join(change.told)})" if change.told else ""
    return f"{change.what}: {change.title or change.speech}, {change.date or 'without a date'}, {where}{told}"


def theme_words(change: ThemeChange) -> str:
    """Return a theme's verdicts then and now, and what moved it."""
    if change.was is None or change.now is None:
        return f"{change.label} is {'new' if change.was is None else 'gone'}"
    verdict = f"“{change.was.verdict}” became “{change.now.verdict}”" if change.flipped else f"still “{change.now.verdict}”"
    return f"{change.label}: {verdict}{_because(change)}"


def _because(change: ThemeChange) -> str:
    if change.why:
        return f"; {change.why}"
    if not change.movers:
        return ""
    first, n = change.movers[0], len(change.movers) + change.more_movers
    alone = [mover for mover in change.movers if change.was and change.flipped and mover.verdict == change.was.verdict]
    if alone:
        also = f" ({n - 1:,} more moved it too)" if n > 1 else ""
        return f", because of {_called(alone[0])}: without that it would still be “{alone[0].verdict}”{also}"
    return f", because of {_called(first)}" if n == 1 else f", because of {n:,} speeches together, most of all {_called(first)}"


def _called(mover: Mover) -> str:
    return f"{mover.title or mover.speech}{f' ({mover.date})' if mover.date else ''}, {mover.what}"


def mover_words(mover: Mover, verdict: str = "", *, short: bool = False) -> str:
    """Return how far an event moved the change per 1,000 words.

    Args:
        mover: The event.
        verdict: The theme's verdict now: that without the event is told only where it is another one.
        short: With the event's date alone for its name.
    """
    points = 10 * mover.points
    moved = signed(points, 1 if abs(points) >= 0.1 else 2)
    without = f"; without that “{mover.verdict}”" if mover.verdict and mover.verdict != verdict else ""
    name = f"{mover.date or mover.title or mover.speech} {mover.what}" if short else _called(mover)
    return f"{name}: {moved} per 1,000{without}" if not short else f"{name} {moved}{without}"
