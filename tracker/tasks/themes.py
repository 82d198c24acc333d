"""The named themes: how often each is mentioned, and what in its words could mislead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.analysis import analyse_all
from tracker.errors import CorpusError
from tracker.findings.validation import Validation
from tracker.findings.warnings import CARRYING_SHARE
from tracker.lexicon import Lexicon, Overlap, Theme, WordShare, match, match_terms, overlaps, unserved, word_shares
from tracker.parts import tokens_of
from tracker.progress import Progress
from tracker.tasks.badges import validations
from tracker.tasks.workspace import Workspace
from tracker.tokens import Tokens

MIN_OVERLAP = 0.05


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme over the whole corpus, all text: hits and core hits in content tokens, the speeches that mention it, and the badge of its list."""

    id: str
    label: str
    terms: int
    core: int
    hits: int
    core_hits: int
    per_1000: float | None
    speeches: int
    validation: Validation


@dataclass(frozen=True, slots=True)
class ThemesCheck:
    """What could mislead.

    Args:
        carried: (theme id, its words by share): themes of which one word supplies more than half of the hits (W7).
        overlaps: Pairs of themes that count the same words, most first.
        silent: (theme id, term) that never occur in this corpus.
        inside: (theme id, term, the longer term that takes it): terms that are said, and always inside a longer term of their theme.
        languages: Languages of the corpus for which a theme has no words: (theme id, language).
    """

    carried: tuple[tuple[str, tuple[WordShare, ...]], ...]
    overlaps: tuple[Overlap, ...]
    silent: tuple[tuple[str, str], ...]
    inside: tuple[tuple[str, str, str], ...]
    languages: tuple[tuple[str, str], ...]


def list_themes(workspace: Workspace, *, progress: Progress | None = None) -> tuple[ThemeRow, ...]:
    """Count every theme over the whole corpus."""
    lexicon = workspace.lexicon
    totals = {theme.id: [0, 0, 0] for theme in lexicon.themes}
    items = analyse_all(workspace.store.speeches(), lexicon, workspace.recipe, cache=workspace.cache, progress=progress)
    for item in items:
        counted = item.counts.scopes["all"].themes
        for theme in {theme for theme, _ in item.used}:
            hits, core_hits = counted[theme]
            totals[theme] = [total + n for total, n in zip(totals[theme], (hits, core_hits, 1), strict=True)]
    n_tokens = sum(item.content_tokens for item in items)
    held = validations(workspace)
    return tuple(_row(lexicon, theme.id, totals[theme.id], n_tokens, held[theme.id]) for theme in lexicon.themes)


def check_themes(workspace: Workspace, *, progress: Progress | None = None) -> ThemesCheck:
    """Look for words that carry a theme, words two themes share, and terms that never occur.

    Raises:
        CorpusError: The corpus is empty.
    """
    lexicon = workspace.lexicon
    texts = corpus_tokens(workspace, progress=progress)
    shares = word_shares(lexicon, texts)
    found = {(hit.theme, hit.term) for tokens in texts for hit in match(lexicon, tokens)}
    languages = sorted({tokens.language for tokens in texts})
    lacking = {(theme, code) for code in languages for theme in unserved(lexicon, code)}
    lacking |= {(theme.id, code) for theme in lexicon.themes for code in languages if not theme.vocabulary(code)}
    unheard = [
        (theme, term)
        for theme in lexicon.themes
        for term in _terms(theme.vocabulary, [code for code in languages if (theme.id, code) not in lacking])
        if (theme.id, term) not in found
    ]
    inside = _inside(unheard, lexicon, texts)
    return ThemesCheck(
        carried=tuple((theme, rows[:3]) for theme, rows in shares.items() if rows and rows[0].share > CARRYING_SHARE),
        overlaps=tuple(o for o in overlaps(lexicon, texts) if o.share >= MIN_OVERLAP),
        silent=tuple((theme.id, term) for theme, term in unheard if (theme.id, term) not in inside),
        inside=tuple((*key, inside[key]) for theme, term in unheard if (key := (theme.id, term)) in inside),
        languages=tuple((theme.id, code) for theme in lexicon.themes for code in languages if (theme.id, code) in lacking),
    )


def _inside(unheard: Sequence[tuple[Theme, str]], lexicon: Lexicon, texts: Sequence[Tokens]) -> dict[tuple[str, str], str]:
    """Of terms that are never heard by themselves: the longer term that most often takes them; terms that are not said at all are not there."""
    wanted: dict[str, list[str]] = {}
    for theme, term in unheard:
        wanted.setdefault(theme.id, []).append(term)
    alone = Lexicon(tuple(Theme(theme, theme, {}, {"": tuple(terms)}) for theme, terms in wanted.items()))
    takers: dict[tuple[str, str], Counter[str]] = {}
    for tokens in texts if wanted else ():
        if not (hidden := match_terms(alone, tokens)):
            continue
        taking = match(lexicon, tokens)
        for hit in hidden:
            taker = (one.term for one in taking if one.theme == hit.theme and one.start < hit.end and hit.start < one.end)
            takers.setdefault((hit.theme, hit.term), Counter()).update([next(taker, "")])
    return {key: min(found, key=lambda term: (-found[term], term)) for key, found in takers.items()}


def corpus_tokens(workspace: Workspace, *, progress: Progress | None = None, allow_empty: bool = False) -> list[Tokens]:
    """Tokenise the whole corpus, in order of date.

    Raises:
        CorpusError: The corpus is empty and `allow_empty` is not given.
    """
    speeches = workspace.store.speeches()
    if not speeches and not allow_empty:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    texts = []
    for done, speech in enumerate(speeches, start=1):
        texts.append(tokens_of(speech, workspace.recipe, workspace.cache))
        if progress is not None:
            progress("counting words", done, len(speeches))
    return texts


def _terms(vocabulary: Callable[[str], tuple[tuple[str, bool], ...]], languages: Sequence[str]) -> list[str]:
    return sorted({term for language in languages for term, _ in vocabulary(language)})


def _row(lexicon: Lexicon, theme_id: str, totals: Sequence[int], n_tokens: int, held: Validation) -> ThemeRow:
    theme = lexicon.theme(theme_id)
    n_core, n_terms = (sum(map(len, table.values())) for table in (theme.core, theme.terms))
    hits, core_hits, speeches = totals
    return ThemeRow(theme.id, theme.label, n_core + n_terms, n_core, hits, core_hits, 1000 * hits / n_tokens if n_tokens else None, speeches, held)
