"""Words that a theme's list would be better without, and what a theme's shares would be with words added or taken away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.analysis import Analysed
from tracker.boilerplate import silent_spans
from tracker.findings.quotes import quotes
from tracker.findings.records import Evidence
from tracker.lexicon import Hit, Theme
from tracker.passages import Passage
from tracker.tasks.lists.halves import halves
from tracker.tokens import CJK

ONE_SPEECH = 0.5
IN_LINES = 0.5
FEWEST_HITS = 5
LOW_LIFT = 1.2
INSIDE = 0.3  # a term of which this share stands inside longer words
_AFTER_STAR = 0.2


@dataclass(frozen=True, slots=True)
class Share:
    """A theme's mean share over speeches, 0-1, in the earlier and the later half of the dated speeches; None without any."""

    earlier: float | None
    later: float | None


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A term of the list that may mislead: which words it matches, why, the theme's shares without it, and a quote."""

    term: str
    reason: str
    hits: int
    without_it: Share
    quotes: tuple[Evidence, ...]


class Halves:
    """The theme's mean share in the earlier and the later half of the dated speeches, with words added or taken away."""

    def __init__(self, items: Sequence[Analysed]) -> None:
        self.items = halves(item for item in items if item.counted_in_all)
        dated = (item for half in self.items for item in half)
        self.own = {item.speech.id: (sum(item.counted_tokens(hit) for hit in item.counts.hits), item.counted_in_all) for item in dated}

    @property
    def labels(self) -> tuple[str, str]:
        """The first and last day of each half."""
        first, second = (f"{half[0].speech.date.text} to {half[-1].speech.date.text}" if half else "" for half in self.items)
        return first, second

    def share(self, change: Mapping[str, int]) -> Share:
        """The shares when each speech's hits change by so many tokens."""
        means = []
        for half in self.items:
            shares = [(self.own[item.speech.id][0] + change.get(item.speech.id, 0)) / self.own[item.speech.id][1] for item in half]
            means.append(sum(sorted(shares)) / len(shares) if shares else None)
        return Share(means[0], means[1])


def holds(item: Analysed, passage: Passage, hit: Hit) -> bool:
    """Whether a mention stands in a passage of its speech."""
    return passage.start <= hit.start < passage.end and any(segment.start <= hit.start < segment.end for segment in passage.segments(item.segments))


def doubtful(held: Theme, items: Sequence[Analysed], units: Sequence[tuple[Analysed, Passage]], halves: Halves, lines: Sequence[str]) -> tuple[Doubtful, ...]:
    """Return the terms of a list that look ambiguous, hang on one speech, stand in boilerplate, or catch words they should not.

    Args:
        held: The theme.
        items: The speeches.
        units: Their passages.
        halves: For what the theme's shares would be.
        lines: Lines that recur.
    """
    hits: dict[str, list[tuple[Analysed, Hit]]] = {}
    for item in items:
        for hit in item.counts.hits:
            if item.counted_tokens(hit):
                hits.setdefault(hit.term, []).append((item, hit))
    silent = {item.speech.id: silent_spans(item.speech.text, lines) for item in items} if lines else {}
    company = _company(hits, units)
    rows = []
    for term, found in sorted(hits.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        reason = _fault(term, found, silent) or company.get(term, "")
        if reason:
            lost: Counter[str] = Counter()
            by_speech: dict[str, list[Hit]] = {}
            for item, hit in found:
                lost[item.speech.id] -= item.counted_tokens(hit)
                by_speech.setdefault(item.speech.id, []).append(hit)
            quote = quotes([item for item in items if item.speech.id in by_speech], held.id, hits=by_speech, most=1)
            rows.append(Doubtful(term, reason, len(found), halves.share(lost), quote))
    return tuple(rows)


def _fault(term: str, found: Sequence[tuple[Analysed, Hit]], silent: Mapping[str, Any]) -> str:
    """What is wrong with a term by itself; "" when nothing is."""
    total = len(found)
    speeches = Counter(item.speech.id for item, _ in found)
    most, n = min(speeches.items(), key=lambda pair: (-pair[1], pair[0]))
    in_lines = sum(any(a <= hit.start < b for a, b in silent.get(item.speech.id, ())) for item, hit in found)
    if in_lines >= IN_LINES * total:
        return f"{in_lines} of {total} mentions stand in lines that recur (tracker check lists them)"
    if total >= FEWEST_HITS and n > ONE_SPEECH * total:
        return f"{n} of {total} mentions stand in one speech ({most[:8]})"
    wider = Counter(whole for item, hit in found if (whole := _inside_of(item, hit)))
    if total >= FEWEST_HITS and wider.total() >= INSIDE * total:
        return f"stands inside other words: {', '.join(f'{whole} ({m})' for whole, m in sorted(wider.items(), key=lambda p: (-p[1], p[0]))[:3])}"
    forms = Counter(hit.words for _, hit in found)
    if "*" in term and len(forms) > 1:
        stem = term.replace("*", "")
        far = [
            (form, m)
            for form, m in sorted(forms.items())
            if len(form) - len(stem) > 4 and m >= _AFTER_STAR * total and not re.fullmatch(r".*(ation|ments?|ists?|isms?)s?", form)
        ]
        if far and len(stem.split()[-1]) <= 4:
            return f"`*` catches {', '.join(f'{form} ({m})' for form, m in far[:3])}"
    return ""


def _inside_of(item: Analysed, hit: Hit) -> str:
    """The longer word a mention stands in: `policy-makers` around `makers`, or the Chinese words it cuts; "" when it stands alone."""
    text, tokens = item.speech.text, item.tokens
    first, last = tokens.starts[hit.first], tokens.ends[hit.last - 1]
    if (first, last) != (hit.start, hit.end) and CJK.search(hit.term):
        return text[first:last]
    start, end = hit.start, hit.end
    while start > 1 and text[start - 1] == "-" and text[start - 2].isalpha():
        start = re.search(r"[^\W_]+-$", text[max(0, start - 40) : start]).start() + max(0, start - 40)  # type: ignore[union-attr]
    while end + 1 < len(text) and text[end] == "-" and text[end + 1].isalpha():
        end += re.match(r"-[^\W_]+", text[end:]).end()  # type: ignore[union-attr]
    return text[start:end].casefold() if (start, end) != (hit.start, hit.end) else ""


def _company(hits: Mapping[str, Sequence[tuple[Analysed, Hit]]], units: Sequence[tuple[Analysed, Passage]]) -> dict[str, str]:
    """Terms that keep the company of the theme's other terms no more often than any passage does: they mostly mean something else."""
    of_passage: list[set[str]] = []
    for item, passage in units:
        of_passage.append({h.term for h in item.counts.hits if item.counted_tokens(h) and holds(item, passage, h)})
    told = {}
    for term in hits:
        with_term = [held for held in of_passage if term in held]
        others = sum(bool(held - {term}) for held in of_passage) / max(1, len(of_passage))
        beside = sum(len(held) > 1 for held in with_term)
        if len(with_term) >= 2 * FEWEST_HITS and len(hits) > 2 and beside < LOW_LIFT * others * len(with_term):
            told[term] = (
                f"ambiguous: {beside} of its {len(with_term)} passages hold another word of the theme, no more than passages do by chance ({others:.0%})"
            )
    return told
