"""A first list of themes drafted from the corpus's own words and phrases, to be edited by a person."""

from __future__ import annotations

import shlex
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.analysis import Analysed, analyse_all
from tracker.errors import CorpusError, TrackerError
from tracker.findings.quotes import quotes
from tracker.findings.records import Evidence
from tracker.findings.theme_topics import hits_in
from tracker.lexicon import Hit, Lexicon, Theme, match
from tracker.lexicon.written import theme_key, theme_text
from tracker.numerals import scaled
from tracker.passages import Passage
from tracker.progress import Progress
from tracker.speech import Speech
from tracker.tasks.lists.candidates import FEWEST_PASSAGES, Candidates, collect
from tracker.tasks.one_language import common_language, in_language, spoken_language
from tracker.tasks.topics.units import passages_of
from tracker.tasks.workspace import Workspace

if TYPE_CHECKING:
    from tracker.measures.exemplars import Exemplars

NAME = "themes-draft.toml"
MOST_THEMES = 25
MOST_TERMS = 12
MOST_PASSAGES = 20_000  # a larger corpus is drafted from every second, third ... speech
LOOKED_AT = 800  # terms that are gathered
AT_AN_END = 0.6  # a term of which this share opens or closes speeches is ceremony
ONE_VOICE, MANY_SPEAKERS = 0.3, 20  # among many speakers a term that one of them has to this share is his own name
FEW_PASSAGES = 30


@dataclass(frozen=True, slots=True)
class DraftedTheme:
    """One proposed theme.

    Args:
        id: Its key in the file.
        label: Its proposed name: the term that leads it, as the texts write it.
        core: The leading term and those that hold its words.
        terms: The other terms, the closest first.
        passages: Passages that mention it.
        speeches: Speeches that mention it.
        share: Its hits over all content tokens in scope, 0-1.
        quotes: Three verbatim quotes.
    """

    id: str
    label: str
    core: tuple[str, ...]
    terms: tuple[str, ...]
    passages: int
    speeches: int
    share: float
    quotes: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """What no theme covers.

    Args:
        passages: Passages that mention none of them.
        share: Their share of all passages, 0-1.
        terms: (term, passages without a theme that hold it), the commonest first.
        quotes: Three of those passages' sentences.
    """

    passages: int
    share: float
    terms: tuple[tuple[str, int], ...]
    quotes: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The answer of `tracker themes draft`.

    Args:
        path: The file that was written.
        language: The language drafted; "" where none is known.
        speeches: Speeches it was drafted from.
        passages: Their passages.
        themes: The themes, the weightiest first.
        uncovered: What no theme covers.
        text: The file.
    """

    path: str
    language: str
    speeches: int
    passages: int
    themes: tuple[DraftedTheme, ...]
    uncovered: Uncovered
    text: str


def draft(workspace: Workspace, output: Path | None = None, *, language: str = "", most: int = MOST_THEMES, progress: Progress | None = None) -> Draft:
    """Draft themes and write them to a file of their own; the list in use is never touched.

    Args:
        workspace: The workspace.
        output: The file; `themes-draft.toml` in the workspace when None.
        language: ISO 639-1 code, where the texts are in several; the commonest when "".
        most: Themes at the most, 1 to 25.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: The file exists with other content, `most` is out of range, or the corpus is too small.
        CorpusError: The corpus is empty, or the file cannot be written.
    """
    if not 1 <= most <= MOST_THEMES:
        raise TrackerError(f"a draft has 1 to {MOST_THEMES} themes, not {most}", hint=f"tracker themes draft --most {MOST_THEMES}")
    path = output or workspace.path / NAME
    everything = workspace.store.speeches()
    if not everything:
        raise CorpusError("the corpus is empty", hint="tracker add SOURCE")
    found = drafted(everything, workspace, language=language, most=most, progress=progress)
    _write(path, found.text, workspace)
    return replace(found, path=str(path))


def drafted(everything: Sequence[Speech], workspace: Workspace, *, language: str = "", most: int = MOST_THEMES, progress: Progress | None = None) -> Draft:
    """Draft themes without writing them; arguments and errors as in `draft`."""
    from tracker.measures.exemplars import exemplars

    chosen = common_language([everything], language or workspace.recipe.words.language)
    speeches = in_language(everything, chosen)
    items = analyse_all(_thinned(speeches), Lexicon(()), workspace.recipe, cache=workspace.cache, progress=progress)
    passages = passages_of(items, workspace.recipe).passages
    fewest = FEWEST_PASSAGES if len(passages) >= 10 * FEW_PASSAGES else 2
    candidates = _heard(collect(passages, everything, workspace.recipe, fewest=fewest), passages)
    if not candidates.terms or len(passages) < FEW_PASSAGES:
        told = (f"passages: {len(passages)}", f"words and phrases said often enough: {len(candidates.terms)}")
        raise TrackerError("these texts are too few or too short to draft themes from", looked_at=told, hint="tracker init --themes policy another-folder")
    gathered = exemplars(candidates.counts, _numbers([p.speech for _, p in passages]), _words(candidates), most=most)
    themes = tuple(_themes(candidates, gathered, spoken_language(everything, chosen) if chosen else ""))
    return _measured(passages, themes, candidates, spoken_language(speeches, chosen))


def _thinned(speeches: Sequence[Speech]) -> Sequence[Speech]:
    """Every speech, or every second, third ... of a corpus that is too large to be drafted from whole."""
    letters = sum(len(speech.text) for speech in speeches)
    step = -(-letters // (MOST_PASSAGES * 600))
    return sorted(speeches, key=lambda speech: speech.id)[:: max(1, step)]


def _heard(candidates: Candidates, passages: Sequence[tuple[Analysed, Passage]]) -> Candidates:
    """The candidates that stand out most, without ceremony and without the names speakers call themselves by."""
    import numpy as np

    from tracker.measures.exemplars import term_weights

    if not candidates.terms:
        return candidates
    many = candidates.speakers > MANY_SPEAKERS
    long_enough = len(passages) > 10 * len({p.speech for _, p in passages})
    ceremony = np.array(candidates.at_an_end) >= AT_AN_END if long_enough else np.zeros(len(candidates.terms), dtype=bool)
    own = np.array(candidates.largest_part) > ONE_VOICE if many else np.zeros(len(candidates.terms), dtype=bool)
    weights = term_weights(candidates.counts, _numbers([p.speech for _, p in passages]))
    order = [i for i in np.argsort(-np.round(weights, 9), kind="stable") if weights[i] > 0 and not ceremony[i] and not own[i]]
    kept = sorted(order[:LOOKED_AT])
    return replace(
        candidates,
        terms=tuple(candidates.terms[i] for i in kept),
        counts=candidates.counts[:, kept],
        at_an_end=tuple(candidates.at_an_end[i] for i in kept),
        largest_part=tuple(candidates.largest_part[i] for i in kept),
    )


def _numbers(names: Sequence[str]) -> list[int]:
    place = {name: number for number, name in enumerate(sorted(set(names)))}
    return [place[name] for name in names]


def _words(candidates: Candidates):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Which words each term is made of."""
    from scipy.sparse import csr_array

    place = {word: number for number, word in enumerate(sorted({word for term in candidates.terms for word in term}))}
    cells = [(row, place[word]) for row, term in enumerate(candidates.terms) for word in sorted(set(term))]
    rows, columns = zip(*cells, strict=True)
    return csr_array(([1.0] * len(cells), (rows, columns)), shape=(len(candidates.terms), len(place)))


def _themes(candidates: Candidates, gathered: Exemplars, language: str) -> Iterator[Theme]:
    """Write each exemplar with what gathers around it as a theme."""
    taken: list[str] = []
    for k, lead in enumerate(gathered.leads):
        ranked = sorted(
            (int(i) for i in (gathered.owner == k).nonzero()[0] if i != lead),
            key=lambda i: (-round(float(gathered.similarity[i]) * float(gathered.weight[i]) ** 0.5, 9), candidates.terms[i]),
        )[: MOST_TERMS - 1]
        own = set(candidates.terms[lead])
        spelt = {i: candidates.written(i) for i in (int(lead), *ranked)}
        core = [form for i in spelt if i == lead or own <= set(candidates.terms[i]) for form in spelt[i]]
        rest = [form for i in spelt for form in spelt[i] if form not in core]
        key = theme_key(spelt[int(lead)][0], taken)
        taken.append(key)
        yield Theme(key, spelt[int(lead)][0], {language: tuple(dict.fromkeys(core))}, {language: tuple(dict.fromkeys(rest))})


def _measured(passages: Sequence[tuple[Analysed, Passage]], themes: Sequence[Theme], candidates: Candidates, language: str) -> Draft:
    """Match the drafted themes as `tracker` would and say what they cover."""
    lexicon = Lexicon(tuple(themes))
    speeches = {passage.speech: item for item, passage in passages}
    matched = {key: replace(item, counts=replace(item.counts, hits=match(lexicon, item.tokens))) for key, item in sorted(speeches.items())}
    passages = [(matched[passage.speech], passage) for _, passage in passages]
    hits = hits_in(passages, themes).tokens
    n_tokens = sum(item.counted_in_all for item in matched.values())
    by_date = sorted(matched.values(), key=lambda item: (item.speech.date.text or "9", item.speech.id))
    told = []
    for k, theme in enumerate(themes):
        rows = hits[:, k].nonzero()[0]
        core, terms = (next(iter(table.values()), ()) for table in (theme.core, theme.terms))
        of_speeches = len({passages[row][1].speech for row in rows})
        label = _as_written(by_date, theme)
        told.append(DraftedTheme(theme.id, label, core, terms, len(rows), of_speeches, hits[:, k].sum() / n_tokens, quotes(by_date, theme.id)))
    uncovered = _uncovered(passages, ~hits.any(axis=1), candidates)
    found = Draft("", language, len(matched), len(passages), tuple(told), uncovered, "")
    return replace(found, text=_text(found, themes))


def _as_written(items: Sequence[Analysed], theme: Theme) -> str:
    """The leading term as the texts mostly write it, with a capital."""
    seen: Counter[str] = Counter()
    for item in items:
        seen.update(" ".join(item.speech.text[h.start : h.end].split()) for h in item.counts.hits if h.theme == theme.id and h.term == theme.label)
    best = min(seen, key=lambda form: (-seen[form], form), default=theme.label)
    return best[:1].upper() + best[1:]


def _uncovered(passages: Sequence[tuple[Analysed, Passage]], silent, candidates: Candidates) -> Uncovered:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """The passages without a theme, the candidate terms they hold most, and sentences that hold these."""
    import numpy as np

    rows = np.flatnonzero(silent)
    held = np.asarray((candidates.counts[rows] > 0).sum(axis=0)).ravel()
    order = [int(i) for i in np.argsort(-held, kind="stable")[:20] if held[i]]
    wanted = {form for i in order for form in candidates.written(i)}
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    items: dict[str, Analysed] = {}
    for row in rows:
        item, passage = passages[int(row)]
        items[item.speech.id] = item
        spans[item.speech.id].append((passage.start, passage.end))
    lexicon = Lexicon((Theme("uncovered", "", {}, {"": tuple(sorted(wanted))}),)) if wanted else Lexicon(())
    hits: dict[str, list[Hit]] = {key: [hit for hit in match(lexicon, item.tokens) if _in_spans(spans[key], hit.start)] for key, item in items.items()}
    chosen = quotes([items[key] for key in sorted(items)], "uncovered", hits=hits) if wanted else ()
    return Uncovered(len(rows), len(rows) / max(1, len(passages)), tuple((candidates.written(i)[0], int(held[i])) for i in order), chosen)


def _in_spans(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    at = bisect_right(spans, (offset, 1 << 60)) - 1
    return at >= 0 and offset < spans[at][1]


def _text(found: Draft, themes: Sequence[Theme]) -> str:
    """The file: every theme with its evidence as comments."""
    head = [
        f"# Themes drafted by `tracker themes draft` from {found.speeches:,} speeches ({found.passages:,} passages); no person has looked at them yet.",
        "# Delete what is no theme of yours, name the rest, move words between core and terms, then use the file as themes.toml.",
        "# core = the leading term and what holds its words; terms = what keeps its company. Under each: where it is said, and three quotes.",
        "",
    ]
    blocks = []
    for theme, told in zip(themes, found.themes, strict=True):
        notes = [f"{told.passages:,} passages in {told.speeches:,} speeches, {scaled(told.share, 1000)} of 1,000 content words"]
        notes += [f"  “{' '.join(q.quote.split())}” {q.date or 'undated'} {q.speech[:8]}" for q in told.quotes]
        blocks.append(theme_text(replace(theme, label=told.label), notes))
    rest = found.uncovered
    tail = [f"# No theme covers {rest.passages:,} of {found.passages:,} passages ({rest.share:.0%}). Words said most there:"]
    tail += [f"#   {', '.join(f'{term} ({n})' for term, n in rest.terms)}"] if rest.terms else []
    tail += [f"#   “{' '.join(q.quote.split())}” {q.date or 'undated'} {q.speech[:8]}" for q in rest.quotes]
    return "\n".join(head) + "\n" + "\n".join(blocks) + "\n" + "\n".join(tail) + "\n"


def _write(path: Path, text: str, workspace: Workspace) -> None:
    """Write the draft where nothing stands yet; the same draft again is no error."""
    try:
        if path.exists() or path.resolve() == workspace.themes_path.resolve():
            if path.is_file() and path.resolve() != workspace.themes_path.resolve() and path.read_bytes() == text.encode():
                return
            stem = "themes-draft" if path.resolve() == workspace.themes_path.resolve() else path.stem
            free = next(name for n in range(2, 10_000) if not (name := path.with_name(f"{stem}-{n}.toml")).exists())
            used = "is the list in use" if path.resolve() == workspace.themes_path.resolve() else "exists already"
            raise TrackerError(f"`{path}` {used}; a draft never overwrites a list", hint=shlex.join(["tracker", "themes", "draft", "--output", str(free)]))
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CorpusError(f"cannot write `{path}`: {error.strerror}", hint=shlex.join(["ls", "-ld", str(path.parent)])) from error
