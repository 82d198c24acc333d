"""Words that a theme's list lacks, and words it would be better without: each with what it would do to the theme."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.analysis import Analysed, analyse_all
from tracker.boilerplate import recurring_lines
from tracker.errors import CorpusError, ThemesError
from tracker.findings.quotes import quotes
from tracker.findings.records import Evidence
from tracker.lexicon import Hit, Lexicon, Theme, match, match_terms
from tracker.lexicon.written import edited, same_term
from tracker.passages import Passage
from tracker.progress import Progress
from tracker.tasks.lists.candidates import Candidates, collect
from tracker.tasks.lists.doubtful import Doubtful, Halves, Share, doubtful, holds
from tracker.tasks.one_language import common_language, in_language, spoken_language
from tracker.tasks.themes import corpus_tokens
from tracker.tasks.topics.units import passages_of
from tracker.tasks.workspace import Workspace
from tracker.tokens import tokenise

if TYPE_CHECKING:
    from tracker.measures.companions import Companions

MOST = 25
LEAST_INSIDE, LIFT = 0.2, 2.0  # a word that stands in the theme's passages less often, or less than twice as often as any word, means other things too


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
    """What was written into `themes.toml`.

    Args:
        theme: The theme's id.
        accepted: Terms put in.
        dropped: Terms taken out.
        already: Terms that were asked for and that the theme has already; nothing was written for them.
        terms: How many terms the theme has now.
        path: The file.
    """

    theme: str
    accepted: tuple[str, ...]
    dropped: tuple[str, ...]
    already: tuple[str, ...]
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
        ThemesError: No such theme, a term that cannot be used or is never said, or one to drop that is not there.
        CorpusError: The file cannot be written.
    """
    held = workspace.lexicon.theme(theme)
    if any(not term.strip() for term in (*terms, *drop)):
        raise ThemesError("an empty word can neither be accepted nor dropped", hint=f"tracker themes suggest {theme}")
    before = {same_term(term): term for tables in (held.core, held.terms) for own in tables.values() for term in own}
    fresh = [term for term in dict.fromkeys(terms) if same_term(term) not in before.keys() - {same_term(gone) for gone in drop}]
    _refuse_unsaid(workspace, fresh, language)
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
    already = tuple(before[same_term(term)] for term in dict.fromkeys(terms) if term not in fresh)
    return Accepted(theme, tuple(fresh), tuple(drop), already, sum(len(t) for tables in (now.core, now.terms) for t in tables.values()), str(path))


def _refuse_unsaid(workspace: Workspace, terms: Sequence[str], language: str) -> None:
    """Refuse terms that no speech says, in texts of the language where one is given; an empty corpus says nothing."""
    if not terms:
        return
    texts = corpus_tokens(workspace, allow_empty=True)
    alone = Lexicon((Theme("accepted", "", {}, {"": tuple(terms)}),))
    said = {hit.term for tokens in texts if language in ("", tokens.language) for hit in match_terms(alone, tokens)}
    unsaid = [term for term in terms if " ".join(term.split()) not in said and term not in said]
    if texts and unsaid:
        where = f"in texts in `{language}`" if language else "in this corpus"
        told = tuple(f"`{term}`: 0 times {where}" for term in unsaid[:6])
        hint = (
            f"edit {workspace.themes_path.name} to list words for speeches to come; tracker search {shlex.quote(unsaid[0].rstrip('*'))} looks for what is said"
        )
        raise ThemesError(f"never said: {', '.join(f'`{term}`' for term in unsaid[:6])}; nothing was written", looked_at=told, hint=hint)


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
    items = analyse_all(in_language(everything, chosen), Lexicon((held,)), workspace.recipe, cache=workspace.cache, progress=progress)
    units = passages_of(items, workspace.recipe).passages
    mentioned = [any(item.counted_tokens(h) and holds(item, passage, h) for h in item.counts.hits) for item, passage in units]
    if not any(mentioned):
        raise ThemesError(f"these texts never mention `{theme}`, so nothing keeps its company", hint="tracker themes draft")
    candidates = _unmatched(collect(units, everything, workspace.recipe, fewest=2), held, spoken_language(everything, chosen))
    found = companions(candidates.counts, mentioned)
    best = strongest(candidates, found, sum(mentioned) / len(mentioned), most=most)
    halves = Halves(items)
    looked = _Looked(candidates, found, items, units, mentioned, halves)
    return Suggestions(
        theme=theme,
        language=spoken_language(everything, chosen),
        passages=sum(mentioned),
        of=len(units),
        now=halves.share({}),
        halves=halves.labels,
        add=tuple(_suggested(looked, i) for i in best),
        drop=doubtful(held, items, units, halves, [line.line for line in recurring_lines(everything)]),
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


def _unmatched(candidates: Candidates, theme: Theme, language: str) -> Candidates:
    """The candidates that the theme's list does not match already, in whole or in part."""
    lexicon = Lexicon((theme,))
    kept = [i for i, key in enumerate(candidates.terms) if not match(lexicon, tokenise(candidates.written(i)[0], language))]
    return replace(candidates, terms=tuple(candidates.terms[i] for i in kept), counts=candidates.counts[:, kept], at_an_end=(), largest_part=())


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """What the words are looked up in."""

    candidates: Candidates
    found: Companions
    items: Sequence[Analysed]
    units: Sequence[tuple[Analysed, Passage]]
    mentioned: Sequence[bool]
    halves: Halves


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
            fresh.setdefault(item.speech.id, []).extend(h for h in hits[item.speech.id] if holds(item, passage, h))
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
