"""Real speeches with a known change: sentences of chosen themes thinned out before, or moved from before to after; words thinned out on one side."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from planted_themes import themes_toml
from scipy.sparse import csr_array

from tracker.lexicon import match
from tracker.lexicon.themes import parse_themes
from tracker.tokens import tokenise

Record = Mapping[str, Any]
Texts = list[list[int]]
Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
NEVER, ROUNDS = 1e-9, 100


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Speeches cut into sentences, counted as the tool counts.

    Args:
        records: The speeches as the corpus has them.
        themes: Theme ids, T of them.
        texts: Every sentence, S of them.
        owner: The speech of every sentence, shape (S,).
        tokens: Content tokens of every sentence, shape (S,).
        hits: Theme words of every sentence, shape (S, T).
        terms: Counts of every lemma in every sentence, shape (S, V).
        vocabulary: The lemmas.
        of_theme: Which lemmas are words of a theme, shape (T, V).
    """

    records: tuple[Record, ...]
    themes: tuple[str, ...]
    texts: tuple[str, ...]
    owner: Counts
    tokens: Counts
    hits: Counts
    terms: csr_array
    vocabulary: tuple[str, ...]
    of_theme: Mask

    def sentences(self, speech: int) -> list[int]:
        """The sentences of a speech."""
        return np.flatnonzero(self.owner == speech).tolist()


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """Which speeches stand where, and what shall change.

    Args:
        speeches: The speeches of both sides, before first; shape (n + m,).
        after: Which of them stand after, shape (n + m,).
        planted: Which themes are planted, shape (T,); the others stay as they are.
        days: The day of each speech.
    """

    speeches: Counts
    after: Mask
    planted: Mask
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """Two sides with a known difference: the draw, and the sentences of every speech."""

    draw: Draw
    texts: Texts

    def counts(self, corpus: Corpus) -> tuple[Counts, Counts]:
        """Theme words, shape (n + m, T), and content tokens, shape (n + m,), of every speech."""
        hits = [corpus.hits[held].sum(axis=0) for held in self.texts]
        return np.array(hits), np.array([corpus.tokens[held].sum() for held in self.texts])

    def records(self, corpus: Corpus) -> list[dict[str, Any]]:
        """The speeches as records for `tracker add`, with the tag `half` of a and b."""
        rows = zip(self.draw.speeches.tolist(), self.draw.after.tolist(), self.draw.days, self.texts, strict=True)
        return [
            {**corpus.records[speech], "kind": "transcript", "date": day, "half": "ab"[later], "text": " ".join(corpus.texts[s] for s in held)}
            for speech, later, day, held in rows
        ]


def drawn(corpus: Corpus, n: int, rng: np.random.Generator, *, own_days: bool = False) -> Draw:
    """Draw n and n speeches at random, and the half of the themes that is planted.

    Their days are dealt out anew, the earlier half to the side before, so that the sides are two periods that differ in nothing else; with
    `own_days` they keep their own and the sides lie mixed in time.
    """
    speeches = rng.permutation(len(corpus.records))[: 2 * n]
    days = np.array([corpus.records[speech]["date"] for speech in speeches.tolist()])
    if not own_days:
        days = np.sort(days)[np.concatenate((rng.permutation(n), n + rng.permutation(n)))]
    planted = np.isin(np.arange(len(corpus.themes)), rng.permutation(len(corpus.themes))[: len(corpus.themes) // 2])
    return Draw(speeches, np.arange(2 * n) >= n, planted, tuple(days.tolist()))


def read(path: Path, first: str = "", last: str = "9999") -> list[Record]:
    """The speeches of a span of years."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [record for record in records if first <= record["date"][:4] <= last]


def cut(records: Sequence[Record], themes: Mapping[str, str]) -> Corpus:
    """Cut speeches into sentences and count these."""
    lexicon = parse_themes(themes_toml(themes), "themes.toml")
    place = {theme: column for column, theme in enumerate(themes)}
    texts, owner, tokens, hits, counted = [], [], [], [], []
    served: set[tuple[int, str]] = set()
    for speech, record in enumerate(records):
        for sentence in SENTENCE_END.split(" ".join(record["text"].split())):
            found = tokenise(sentence, record.get("lang", "en"))
            row = [0] * len(place)
            for hit in match(lexicon, found):
                row[place[hit.theme]] += sum(found.content[hit.first : hit.last])
                served |= {(place[hit.theme], found.terms[i]) for i in range(hit.first, hit.last) if found.content[i]}
            texts.append(sentence)
            owner.append(speech)
            tokens.append(sum(found.content))
            hits.append(row)
            counted.append(Counter(term for term, content in zip(found.terms, found.content, strict=True) if content))
    vocabulary = sorted({term for held in counted for term in held})
    column = {term: i for i, term in enumerate(vocabulary)}
    ends = np.cumsum([0, *map(len, counted)])
    cells = [n for held in counted for n in held.values()], [column[term] for held in counted for term in held], ends
    matrix = csr_array(cells, shape=(len(texts), len(vocabulary)))
    of_theme = np.zeros((len(place), len(vocabulary)), dtype=bool)
    for theme, term in served:
        of_theme[theme, column[term]] = True
    return Corpus(tuple(records), tuple(place), tuple(texts), np.array(owner), np.array(tokens), np.array(hits), matrix, tuple(vocabulary), of_theme)


def keeping(hits: Counts, planted: Mask, share: float) -> npt.NDArray[np.float64]:
    """Return how likely each sentence is to stay so that of every planted theme's words `share` stays in expectation.

    Sentences with a word of an unplanted theme always stay; the others make up for them. One with words of two planted themes goes for
    the sake of either: the themes' own probabilities are scaled in turns until all of them come out right.

    Args:
        hits: Theme words of every sentence, shape (S, T).
        planted: Which themes are planted, shape (T,).
        share: The share of their words that shall stay, 0-1.
    """
    bound = hits[:, ~planted].any(axis=1)
    own = hits[:, planted].astype(float)
    free = own * ~bound[:, None]
    wanted = np.maximum(share * own.sum(axis=0) - (own - free).sum(axis=0), 0.0)
    bears, keep = (free > 0).astype(float), np.full(own.shape[1], share)
    for _ in range(ROUNDS):
        stays = np.exp(bears @ np.log(keep))
        keep = np.clip(keep * wanted / np.maximum(stays @ free, NEVER), NEVER, 1.0)
    return np.where(bears.any(axis=1), np.exp(bears @ np.log(keep)), 1.0)


def thinned(corpus: Corpus, draw: Draw, *, factor: float, rng: np.random.Generator) -> Planted:
    """Thin planted themes out before, so that they are `factor` times as strong after.

    Every speech loses as many content tokens on either side: before, sentences of the planted themes; after, sentences without any theme.
    """
    texts = [corpus.sentences(speech) for speech in draw.speeches.tolist()]
    every = np.concatenate([np.array(held) for held in texts])
    stays = dict(zip(every.tolist(), (rng.random(every.size) < keeping(corpus.hits[every], draw.planted, 1 / factor)).tolist(), strict=True))
    left = []
    for held, later in zip(texts, draw.after.tolist(), strict=True):
        gone = {s for s in held if not stays[s]}
        if later:
            gone = _neutral(corpus, held, int(corpus.tokens[list(gone)].sum()) if gone else 0, rng)
        left.append([s for s in held if s not in gone])
    return Planted(draw, left)


def _neutral(corpus: Corpus, held: Sequence[int], tokens: int, rng: np.random.Generator) -> set[int]:
    """Sentences without any theme that make up about so many content tokens."""
    plain = [s for s in held if not corpus.hits[s].any()]
    gone: set[int] = set()
    for s in rng.permutation(plain).astype(int).tolist():
        if tokens < corpus.tokens[s] / 2:
            break
        gone.add(s)
        tokens -= int(corpus.tokens[s])
    return gone


def moved(corpus: Corpus, draw: Draw, *, factor: float, rng: np.random.Generator) -> Planted:
    """Move sentences of planted themes from before to after, so that they are `factor` times as strong after.

    Each goes to a speech drawn with the odds of its length, in exchange for that speech's sentence without any theme nearest to it in length.
    """
    texts = [corpus.sentences(speech) for speech in draw.speeches.tolist()]
    every = np.concatenate([np.array(held) for held in texts])
    stays = dict(zip(every.tolist(), keeping(corpus.hits[every], draw.planted, 2 / (factor + 1)).tolist(), strict=True))
    later = np.flatnonzero(draw.after)
    odds = np.array([corpus.tokens[texts[i]].sum() for i in later], dtype=float)
    plain = {int(i): {place for place, s in enumerate(texts[i]) if not corpus.hits[s].any()} for i in later}
    for i in np.flatnonzero(~draw.after).tolist():
        for place in [p for p, s in enumerate(texts[i]) if rng.random() >= stays[s]]:
            target = int(rng.choice(later, p=odds / odds.sum()))
            free = sorted(plain[target])
            if free:
                long = np.abs(corpus.tokens[[texts[target][p] for p in free]] - corpus.tokens[texts[i][place]])
                other = free[int(rng.choice(np.flatnonzero(long == long.min())))]
                plain[target].discard(other)
                texts[i][place], texts[target][other] = texts[target][other], texts[i][place]
    return Planted(draw, texts)


def frequent_words(records: Sequence[Record], leave_out: frozenset[str], least: int) -> list[str]:
    """The lemmas that stand so often in the speeches together."""
    counted: Counter[str] = Counter()
    for record in records:
        found = tokenise(record["text"], record.get("lang", "en"))
        counted.update(term for word, term, content in zip(found.words, found.terms, found.content, strict=True) if content and word not in leave_out)
    return sorted(term for term, n in counted.items() if n >= least and term not in leave_out)


def with_words_thinned(records: Sequence[Record], side: Mapping[str, str], *, keep: float, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Strike out occurrences of words.

    Args:
        records: Speeches with the tag `half`.
        side: Each word (lemma) and the half in which it is thinned.
        keep: The share of its occurrences that stays there.
        rng: Source of randomness.
    """
    result = []
    for record in records:
        text = record["text"]
        found = tokenise(text, record.get("lang", "en"))
        spans = zip(found.starts, found.ends, found.terms, strict=True)
        gone = [(start, end) for start, end, term in spans if side.get(term) == record["half"] and rng.random() >= keep]
        for start, end in reversed(gone):
            text = text[:start].rstrip() + text[end:]
        result.append({**record, "text": text})
    return result
