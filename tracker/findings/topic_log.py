"""What became of the topics in the last fit, a sentence each: born, split, merged, retired, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.numerals import number

if TYPE_CHECKING:
    from tracker.findings.topic_records import AddedSince, TopicChange, TopicFit

SAID = {"born": "New", "split": "Split off", "merged": "Merged", "retired": "Gone"}
MOST = 12


def fit_words(fit: TopicFit, added: AddedSince | None) -> tuple[str, ...]:
    """Return the log of the last fit: when it was, what became of every topic, and how it covers what was added since.

    Args:
        fit: The last fit.
        added: How the model covers the speeches added since; None when none was.

    Example:
        >>> from tracker.findings.topic_records import TopicChange, TopicFit
        >>> changes = (TopicChange("kept", "topic-01", "roads", "", 0.8), TopicChange("merged", "topic-02", "rails", "topic-01", 0.4))
        >>> fit_words(TopicFit(2, "b", "a", "lda", "en", 9, 90, "2001", "2004", "carried on", "", 1, 1, 0.9, None, changes), None)[0]
        'Fit 2, on 9 speeches of 2001–2004: 1 topic, carried on from the fit before; 1 kept.'
    """
    kept = [change for change in fit.changes if change.became == "kept"]
    years = "" if not fit.first else f" of {fit.first}" if fit.first == fit.last else f" of {fit.first}–{fit.last}"
    begun = "carried on from the fit before" if fit.start == "carried on" else f"started anew: {fit.why}"
    size = f"{fit.speeches:,} speech{'' if fit.speeches == 1 else 'es'}{years}: {fit.topics} topic{'' if fit.topics == 1 else 's'}"
    lines = [f"Fit {fit.number}, on {size}, {begun}{f'; {len(kept)} kept' if kept else ''}."]
    labels = {change.topic: change.label for change in fit.changes}
    for became, verb in SAID.items():
        found = [change for change in fit.changes if change.became == became]
        if found and not (became == "born" and fit.number == 1):
            more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
            lines.append(f"{verb}: {'; '.join(_told(change, labels) for change in found[:MOST])}{more}.")
    if added is not None:
        were, their = ("es were", "their") if added.speeches != 1 else (" was", "its")
        usual = f" ({number(100 * added.usual, 0)} % is usual)" if added.usual else ""
        lines.append(f"{added.speeches:,} speech{were} added since: {number(100 * added.unknown, 0)} % of {their} words unknown to it{usual}.")
    return tuple(lines)


def _told(change: TopicChange, labels: dict[str, str]) -> str:
    where = {"split": " from ", "merged": " into "}.get(change.became, "")
    return f"“{change.label}”" + (f"{where}“{labels.get(change.related, change.related)}”" if where and change.related else "")
