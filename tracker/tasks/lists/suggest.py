"""Words that a theme's list lacks, and words it would be better without: each with what it would do to the theme."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.analysis import Analysed, analyse_all
from tracker.boilerplate import recurring_lines, silent_spans
from tracker.errors import CorpusError, ThemesError
from tracker.findings.quotes import quotes
from tracker.findings.records import Evidence
from tracker.lexicon import Hit, Lexicon, Theme, match, surface
from tracker.lexicon.written import edited
from tracker.passages import Passage
from tracker.tasks.lists.candidates import Candidates, collect
from tracker.tasks.one_language import common_language, in_language, spoken_language
from tracker.tasks.topics.units import passages_of
from tracker.tasks.workspace import Workspace
from tracker.tokens import CJK, tokenise

if TYPE_CHECKING:
    from tracker.measures.companions import Companions

Progress = Callable[[str, int, int], None]
MOST = 25
LEAST_INSIDE, LIFT = 0.2, 2.0  # a word that stands in the theme's passages less often, or less than twice as often as any word, means other things too
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
class Suggested:
    """A word that keeps the theme's company.

    Args:
        term: As it would stand in the list, with its spellings.
        z: Log-odds inside the theme's passages against outside, over its standard error.
        hits: Times it is said.
        inside: Passages that hold it and mention the theme.
        passages: Passages that hold it.
        speeches: Speeches that hold it.
        years: Calendar years in which it is said.
        first: Date of its first use.
        last: Date of its last use.
        with_it: The theme's shares with it.
        quotes: One verbatim quote from a passage that does not mention the theme yet, else from one that does.
    """

    term: tuple[str, ...]
    z: float
    hits: int
    inside: int
    passages: int
    speeches: int
    years: int
    first: str
    last: str
    with_it: Share
    quotes: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A term of the list that may mislead: which words it matches, why, the theme's shares without it, and a quote."""

    term: str
    reason: str
    hits: int
    without_it: Share
    quotes: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The answer of `tracker themes suggest`.

    Args:
        theme: The theme's id.
        language: The language looked at.
        passages: Passages that mention the theme now.
        of: All passages.
        now: The theme's shares as it is.
        halves: What the earlier and the later half are.
        add: Words to consider, the strongest first.
        drop: Words of the list to reconsider.
    """

    theme: str
    language: str
    passages: int
    of: int
    now: Share
    halves: tuple[str, str]
    add: tuple[Suggested, ...]
    drop: tuple[Doubtful, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written into `themes.toml`: terms put in and taken out, and how many terms the theme has now."""

    theme: str
    accepted: tuple[str, ...]
    dropped: tuple[str, ...]
    terms: int
    path: str


def accept(workspace: Workspace, theme: str, terms: Sequence[str] = (), *, drop: Sequence[str] = (), language: str = "", core: bool = False) -> Accepted:
    """Put terms into a theme's list in `themes.toml` and take others out; comments and layout stay.

    The edit is seen like any other: comparisons that were looked at before call the theme exploratory (W17), and a lock says that its words changed.

    Args:
        workspace: The workspace.
        theme: The theme's id.
        terms: Terms to put in.
        drop: Terms to take out.
        language: The language's own list; "" for the general one.
        core: Whether the terms are core.

    Raises:
        ThemesError: No such theme, a term that cannot be used, or one to drop that is not there.
        CorpusError: The file cannot be written.
    """
    workspace.lexicon.theme(theme)
    path = workspace.themes_path
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    changed = edited(text, path.name, theme, accept=terms, drop=drop, language=language, core=core)
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.write_text(changed, encoding="utf-8", newline="\n")
        os.replace(partial, path)  # noqa: PTH105 - the old list stays whole until the new one is
    except OSError as error:
        raise CorpusError(f"cannot write `{path}`: {error.strerror}", hint=f"chmod u+w {path}") from error
    workspace.__dict__.pop("lexicon", None)
    now = workspace.lexicon.theme(theme)
    return Accepted(theme, tuple(terms), tuple(drop), sum(len(t) for tables in (now.core, now.terms) for t in tables.values()), str(path))


def suggest(workspace: Workspace, theme: str, *, language: str = "", most: int = MOST, progress: Progress | None = None) -> Suggestions:
    """Propose words for a theme's list, and words to drop from it.

    Args:
        workspace: The workspace.
        theme: The theme's id.
        language: ISO 639-1 code, where the texts are in several; the commonest when "".
        most: Words at the most.
        progress: Called with (step, done, total).

    Raises:
        CorpusError: The corpus is empty.
        ThemesError: No such theme, or one that these texts never mention.
    """
    from tracker.measures.companions import companions

    held = workspace.lexicon.theme(theme)
    everything = workspace.store.speeches()
    if not everything:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    chosen = common_language([everything], language or workspace.recipe.words.language)
    items = analyse_all(in_language(everything, chosen), Lexicon((held,)), workspace.recipe, progress=progress)
    units = passages_of(items, workspace.recipe).passages
    mentioned = [any(item.counted_tokens(h) and _holds(passage, h) for h in item.counts.hits) for item, passage in units]
    if not any(mentioned):
        raise ThemesError(f"these texts never mention `{theme}`, so nothing keeps its company", hint="tracker themes draft")
    candidates = _unmatched(collect(units, everything, workspace.recipe, fewest=2), held, spoken_language(everything, chosen))
    found = companions(candidates.counts, mentioned)
    best = strongest(candidates, found, sum(mentioned) / len(mentioned), most=most)
    halves = _Halves(items)
    looked = _Looked(candidates, found, items, units, mentioned, halves)
    return Suggestions(
        theme=theme,
        language=spoken_language(everything, chosen),
        passages=sum(mentioned),
        of=len(units),
        now=halves.share({}),
        halves=halves.labels,
        add=tuple(_suggested(looked, i) for i in best),
        drop=_doubtful(held, items, units, halves, [line.line for line in recurring_lines(everything)]),
    )


def strongest(candidates: Candidates, found: Companions, base: float, *, most: int = MOST) -> list[int]:
    """Return which candidates to propose, the strongest first: z > 3.5, and said in the theme's passages clearly more often than any word.

    Args:
        candidates: The candidates.
        found: How each is drawn to the theme's passages.
        base: Share of all passages that mention the theme, 0-1.
        most: How many at the most.
    """
    from tracker.measures.companions import Z_LEAST

    least = max(LEAST_INSIDE, min(0.5, LIFT * base))
    order = sorted(range(len(candidates.terms)), key=lambda i: (-round(float(found.z[i]), 6), candidates.terms[i]))
    return [i for i in order if found.z[i] > Z_LEAST and found.inside[i] >= least * found.passages[i]][:most]


def _holds(passage: Passage, hit: Hit) -> bool:
    return any(segment.start <= hit.start < segment.end for segment in passage.segments) if passage.start <= hit.start < passage.end else False


def _unmatched(candidates: Candidates, theme: Theme, language: str) -> Candidates:
    """The candidates that the theme's list does not match already, in whole or in part."""
    lexicon = Lexicon((theme,))
    kept = [i for i, key in enumerate(candidates.terms) if not match(lexicon, tokenise(candidates.written(i)[0], language))]
    return replace(candidates, terms=tuple(candidates.terms[i] for i in kept), counts=candidates.counts[:, kept], at_an_end=(), largest_part=())


class _Halves:
    """The theme's mean share in the earlier and the later half of the dated speeches, with words added or taken away."""

    def __init__(self, items: Sequence[Analysed]) -> None:
        dated = sorted((item for item in items if item.speech.date.text and sum(item.inside)), key=lambda item: (item.speech.date.text, item.speech.id))
        self.items = (dated[: len(dated) // 2], dated[len(dated) // 2 :])
        self.own = {item.speech.id: (sum(item.counted_tokens(hit) for hit in item.counts.hits), sum(item.inside)) for item in dated}

    @property
    def labels(self) -> tuple[str, str]:
        first, second = (f"{half[0].speech.date.text} to {half[-1].speech.date.text}" if half else "" for half in self.items)
        return first, second

    def share(self, change: Mapping[str, int]) -> Share:
        """The shares when each speech's hits change by so many tokens."""
        means = []
        for half in self.items:
            shares = [(self.own[item.speech.id][0] + change.get(item.speech.id, 0)) / self.own[item.speech.id][1] for item in half]
            means.append(sum(sorted(shares)) / len(shares) if shares else None)
        return Share(means[0], means[1])


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """What the words are looked up in."""

    candidates: Candidates
    found: Companions
    items: Sequence[Analysed]
    units: Sequence[tuple[Analysed, Passage]]
    mentioned: Sequence[bool]
    halves: _Halves


def _suggested(looked: _Looked, i: int) -> Suggested:
    candidates, found, items = looked.candidates, looked.found, looked.items
    forms = candidates.written(i)
    lexicon = Lexicon((Theme("suggested", "", {}, {"": forms}),))
    hits = {item.speech.id: [h for h in match(lexicon, item.tokens) if item.counted_tokens(h)] for item in items}
    said = [item for item in items if hits[item.speech.id]]
    days = sorted(item.speech.date.text for item in said if item.speech.date.text)
    fresh: dict[str, list[Hit]] = {}
    for (item, passage), is_in in zip(looked.units, looked.mentioned, strict=True):
        if not is_in:
            fresh.setdefault(item.speech.id, []).extend(h for h in hits[item.speech.id] if _holds(passage, h))
    quote = quotes(said, "suggested", hits=fresh, most=1) or quotes(said, "suggested", hits=hits, most=1)
    return Suggested(
        term=forms,
        z=round(float(found.z[i]), 2),
        hits=sum(map(len, hits.values())),
        inside=int(found.inside[i]),
        passages=int(found.passages[i]),
        speeches=len(said),
        years=len({day[:4] for day in days}),
        first=days[0] if days else "",
        last=days[-1] if days else "",
        with_it=looked.halves.share({item.speech.id: sum(item.counted_tokens(h) for h in hits[item.speech.id]) for item in said}),
        quotes=quote,
    )


def _doubtful(held: Theme, items: Sequence[Analysed], units: Sequence[tuple[Analysed, Passage]], halves: _Halves, lines: Sequence[str]) -> tuple[Doubtful, ...]:
    """The terms of a list that look ambiguous, hang on one speech, stand in boilerplate, or catch words they should not."""
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
    forms = Counter(surface(hit, item.tokens) for item, hit in found)
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
        of_passage.append({h.term for h in item.counts.hits if item.counted_tokens(h) and _holds(passage, h)})
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
