"""Words and phrases of a corpus that could stand in a theme's list: how they are written, and in which passages they stand."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.analysis import Analysed
from tracker.boilerplate import recurring_lines, silent_spans
from tracker.counts import corpus_stop_list, scope_ranges
from tracker.passages import Passage
from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tokens import CJK, Tokens, token_range

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Key = tuple[str, ...]
LONGEST = 4  # words of a phrase
FEWEST_PASSAGES, FEWEST_EVENTS = 5, 3
WIDEST = 0.3  # a term in more than this share of the passages is everywhere
STICKY = 0.35  # normalised mutual information from which words side by side are a phrase
PART = 0.6  # a phrase that stands in a longer one this often is only a part of it
DOMINATED = 0.4  # a word that stands in one phrase this often is heard as that phrase
UNIT = 0.4  # a word that follows a number this often is a unit of measure
_JOINTS = frozenset({"", " ", "-", "\n", "\u3000"})
_NUMERAL = re.compile("[一二两三四五六七八九十百千万亿]+[年月日个]?")
WRITTEN = 0.05  # a spelling that makes up this share of a term's occurrences is written into the list
_MOST_SPELLINGS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The candidate terms of a corpus.

    Args:
        terms: Each as its words (lemmas), sorted.
        spellings: How often each is written how, folded.
        counts: Passages x terms, in the order of the passages given and of `terms`.
        at_an_end: Of every term, the share of its passages that open or close a speech, 0-1.
        largest_part: Of every term, the largest share of its passages that one speaker has, 0-1.
        speakers: How many speakers there are.
    """

    terms: tuple[Key, ...]
    spellings: Mapping[Key, Counter[str]]
    counts: csr_array
    at_an_end: tuple[float, ...]
    largest_part: tuple[float, ...]
    speakers: int

    def written(self, index: int) -> tuple[str, ...]:
        """The spellings of a term that a list needs, the commonest first."""
        found = self.spellings[self.terms[index]]
        ranked = sorted(found, key=lambda form: (-found[form], form))
        plain = [form for form in ranked if not form.endswith("'s")] or ranked
        return tuple(form for n, form in enumerate(plain[:_MOST_SPELLINGS]) if not n or found[form] >= WRITTEN * found.total())


def collect(passages: Sequence[tuple[Analysed, Passage]], speeches: Sequence[Speech], recipe: Recipe, *, fewest: int = FEWEST_PASSAGES) -> Candidates:
    """Find the words and phrases that are said in enough passages and events, and are neither everywhere nor a speech's furniture.

    Args:
        passages: Where to look.
        speeches: The whole corpus, for its stop list and its recurring lines.
        recipe: The settings.
        fewest: Passages a term must stand in.
    """
    leave_out = corpus_stop_list(speeches, recipe)
    lines = [found.line for found in recurring_lines(speeches)]
    items = {item.speech.id: item for item, _ in passages}
    silent = {key: {i for span in silent_spans(item.speech.text, lines) for i in range(*token_range(item.tokens, *span))} for key, item in items.items()}
    held = [_Passage(item, passage, leave_out, silent[item.speech.id]) for item, passage in passages]
    spellings: dict[Key, Counter[str]] = defaultdict(Counter)
    found = [Counter(passage.terms(spellings)) for passage in held]
    total: Counter[Key] = Counter()
    standing: Counter[Key] = Counter()
    events: dict[Key, set[str]] = defaultdict(set)
    for (item, _), terms in zip(passages, found, strict=True):
        total.update(terms)
        standing.update(terms.keys())
        for key in terms:
            events[key].add(item.speech.event_id)
    common = {k for k in total if fewest <= standing[k] <= WIDEST * len(passages) and len(events[k]) >= min(FEWEST_EVENTS, len(speeches))}
    units = _units(held)
    chosen = tuple(sorted(k for k in _apart(_sticky(common, total), total) if not units.intersection(k) and not any(map(_NUMERAL.fullmatch, k))))
    return Candidates(chosen, spellings, _matrix(found, chosen), *_placed(passages, found, chosen))


class _Passage:
    """The runs of tokens of one passage that count, sentence by sentence."""

    def __init__(self, item: Analysed, passage: Passage, leave_out: AbstractSet[str], silent: AbstractSet[int]) -> None:
        self.tokens: Tokens = item.tokens
        self.leave_out = leave_out
        self.silent = silent
        self.runs = [
            run for segment in passage.segments(item.segments) for run in scope_ranges(item.tokens, (segment,), item.scope, institutions=item.institutions)
        ]
        self.unspaced = item.speech.language in ("zh", "ja")

    def counts(self, i: int) -> bool:
        """Whether a token may begin or end a term."""
        tokens = self.tokens
        return tokens.content[i] and i not in self.silent and tokens.terms[i] not in self.leave_out and tokens.words[i] not in self.leave_out

    def terms(self, spellings: dict[Key, Counter[str]]) -> Iterator[Key]:
        """Yield every word and phrase; `spellings` collects how each is written."""
        words, terms = self.tokens.words, self.tokens.terms
        for first, last in self.runs:
            for i in range(first, last):
                if not self.counts(i):
                    continue
                if len(terms[i]) > 1:
                    spellings[terms[i],][words[i]] += 1
                    yield (terms[i],)
                for behind in self._ends(i, last):
                    key = tuple(terms[i:behind])
                    spellings[key][_spelt(words[i:behind])] += 1
                    yield key

    def _ends(self, first: int, last: int) -> Iterator[int]:
        """Yield where phrases that begin at a token can end: behind a content word, function words only inside."""
        tokens = self.tokens
        seen = {tokens.terms[first]}
        for i in range(first + 1, min(first + LONGEST, last)):
            if tokens.text[tokens.ends[i - 1] : tokens.starts[i]] not in _JOINTS or tokens.terms[i] in seen:
                return
            seen.add(tokens.terms[i])
            if self.counts(i):
                yield i + 1
            elif tokens.content[i] or self.unspaced or not tokens.words[i].isalpha():
                return


def _spelt(words: Sequence[str]) -> str:
    return ("" if any(CJK.search(word) for word in words) else " ").join(words)


def _units(held: Sequence[_Passage]) -> set[str]:
    """Words that mostly follow a number, or a word that does: million, dollars, 亿元."""
    units: set[str] = set()
    for _ in range(2):
        after, total = Counter[str](), Counter[str]()
        for passage in held:
            tokens = passage.tokens
            for first, last in passage.runs:
                for i in range(first, last):
                    if tokens.content[i]:
                        total[tokens.terms[i]] += 1
                        before = tokens.words[i - 1] if i > first else ""
                        after[tokens.terms[i]] += (
                            any(map(str.isdigit, before)) or bool(_NUMERAL.fullmatch(before)) or (i > first and tokens.terms[i - 1] in units)
                        )
        units |= {term for term, n in after.items() if n and n >= UNIT * total[term]}
    return units


def _sticky(common: AbstractSet[Key], total: Mapping[Key, int]) -> set[Key]:
    """The words, and the phrases whose words are side by side far more often than by chance."""
    size = sum(n for key, n in total.items() if len(key) == 1)
    kept: set[Key] = set()
    for key in common:
        words = [word for word in key if (word,) in total]
        if len(key) == 1:
            kept.add(key)
        elif len(words) > 1:
            seen = math.log(total[key] / size)
            chance = sum(math.log(total[word,] / size) for word in words)
            if (seen - chance) / (-(len(words) - 1) * seen) >= STICKY:
                kept.add(key)
    return kept


def _apart(kept: AbstractSet[Key], total: Mapping[Key, int]) -> set[Key]:
    """Leave out phrases that are mostly parts of longer ones, and words that are mostly heard in one phrase."""
    dropped: set[Key] = set()
    for key in kept:
        for size in range(1, len(key)):
            limit = DOMINATED if size == 1 else PART
            dropped |= {part for at in range(len(key) - size + 1) if (part := key[at : at + size]) in kept and total[key] >= limit * total[part]}
    return set(kept) - dropped


def _matrix(found: Sequence[Mapping[Key, int]], chosen: Sequence[Key]) -> csr_array:
    import numpy as np
    from scipy.sparse import csr_array as build

    column = {key: index for index, key in enumerate(chosen)}
    cells = [sorted((column[key], n) for key, n in terms.items() if key in column) for terms in found]
    indptr = np.concatenate(([0], np.cumsum([len(row) for row in cells], dtype=np.int64)))
    flat = [cell for row in cells for cell in row]
    return build((np.array([n for _, n in flat], dtype=float), [c for c, _ in flat], indptr), shape=(len(found), len(chosen)))


def _placed(
    passages: Sequence[tuple[Analysed, Passage]], found: Sequence[Mapping[Key, int]], chosen: Sequence[Key]
) -> tuple[tuple[float, ...], tuple[float, ...], int]:
    """Of every term: the share of its passages that open or close a speech, and the largest share that one speaker has."""
    last = Counter[str]()
    for _, passage in passages:
        last[passage.speech] = max(last[passage.speech], passage.index)
    wanted = set(chosen)
    ends, total = Counter[Key](), Counter[Key]()
    speakers: dict[Key, Counter[str]] = defaultdict(Counter)
    for (item, passage), terms in zip(passages, found, strict=True):
        margin = last[passage.speech] // 30
        at_end = passage.index <= margin or passage.index >= last[passage.speech] - margin
        for key in wanted.intersection(terms):
            total[key] += 1
            ends[key] += at_end
            speakers[key][item.speech.speaker] += 1
    parts = tuple(max(speakers[key].values()) / total[key] for key in chosen)
    return tuple(ends[key] / total[key] for key in chosen), parts, len({item.speech.speaker for item, _ in passages})
