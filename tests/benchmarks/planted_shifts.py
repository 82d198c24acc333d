"""Shifts planted in real speeches, and what four tools make of them: `python tests/benchmarks/planted_shifts.py ../shared/corpora [--write]`.

Twelve of 24 themes are made 1.2, 1.5 or 2 times as strong in one of two random halves, by thinning sentences out of the other half or by moving
them over; the other twelve are left as they are. Sensitivity and false claims are counted for this tool, for a token-level G2, for log-odds with
an informative prior, and for shares of gensim's LDA topics. With --write the tables go to docs/planted_shifts.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from planted_cli import Stars, invented_theme, themes_through_the_command_line, words_through_the_command_line  # noqa: E402 - the path must be set before
from planted_page import Cell, Check, Measured, page  # noqa: E402
from planted_themes import themes_for  # noqa: E402
from planted_tools import TOOLS, Claims, Topics, fighting_words, fit_topics, measured, ours, token_g2, topic_shares  # noqa: E402
from planting import Corpus, Mask, Planted, cut, drawn, moved, read, thinned  # noqa: E402

TARGET = ROOT / "docs" / "planted_shifts.md"
WAYS = {"thinned": thinned, "moved": moved}
FACTORS, SIZES = (1.2, 1.5, 2.0), (10, 20, 40)
DEFAULT = ("ungdc:2012..2016", "ecb_pressconf:2006..2020")
WORDS = {"sotu:1996..2024": "State of the Union messages", "ecb_pressconf:2006..2020": "ECB press conferences", "ungdc:2015..2015": "UN debate, 2015"}


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One planted corpus: what each tool claims, which themes were planted, and how much stronger each became in fact."""

    claims: Mapping[str, Claims]
    planted: Mask
    ratio: np.ndarray


def outcome(corpus: Corpus, planted: Planted, topics: Topics | None = None) -> Outcome:
    """Ask every tool; LDA where there are topics."""
    hits, tokens = planted.counts(corpus)
    after = planted.draw.after
    said = (ours(corpus, planted), token_g2(hits, tokens, after), fighting_words(hits, tokens, after))
    claims = dict(zip(TOOLS, (*said, *topic_shares(corpus, planted, topics)) if topics else said, strict=False))
    shares = [hits[side].sum(axis=0) / tokens[side].sum() for side in (~after, after)]
    ratio = np.divide(shares[1], shares[0], out=np.full(shares[0].shape, np.nan), where=shares[0] > 0)
    return Outcome(claims, planted.draw.planted, ratio)


def rates(outcomes: Sequence[Outcome], tool: str) -> Measured:
    """Share of planted themes found with the right sign, of unplanted ones claimed, of corpora with a false claim; with Monte Carlo errors.

    A planted theme claimed with the wrong sign is a false claim too. The errors of the first two come from the corpora's spread.
    """
    held = [(one.claims[tool], one.planted) for one in outcomes if tool in one.claims]
    found = np.array([(claims[planted] > 0).mean() for claims, planted in held])
    nulls = np.array([(claims[~planted] != 0).mean() for claims, planted in held])
    false = np.array([bool((claims[~planted] != 0).any() or (claims[planted] < 0).any()) for claims, planted in held], dtype=float)
    return Measured(*(_with_error(values, of) for values, of in ((found, 12), (nulls, 12), (false, 1))))


def _with_error(values: np.ndarray, of: int) -> tuple[float, float]:
    """Mean, and its error from the corpora's spread; where all are alike, that of half a case among all asked."""
    mean, many = float(values.mean()), len(values)
    half = 0.5 / (of * many)
    return mean, max(float(values.std(ddof=1)) / many**0.5 if many > 1 else 0.0, (half * (1 - half) / (of * many)) ** 0.5)


def spread(corpus: Corpus) -> tuple[np.ndarray, np.ndarray]:
    """Mean share of each theme over the speeches, and the speeches' SD relative to it."""
    tokens = np.bincount(corpus.owner, corpus.tokens)
    shares = np.array([np.bincount(corpus.owner, column) / tokens for column in corpus.hits.T])
    return shares.mean(axis=1), shares.std(axis=1, ddof=1) / shares.mean(axis=1)


def run(
    corpus: Corpus, name: str, cell: tuple[str, float, int], *, runs: int, topics: tuple[Topics, int] | None = None, own_days: bool = False
) -> list[Outcome]:
    """Plant and ask `runs` times; its generator is named after the cell. `topics` are asked in the first runs only: they take long."""
    way, factor, n = cell
    rng = np.random.default_rng(zlib.crc32(f"{name} {way} {factor} {n} {own_days}".encode()))
    outcomes = []
    for i in range(runs):
        planted = WAYS[way](corpus, drawn(corpus, n, rng, own_days=own_days), factor=factor, rng=rng)
        outcomes.append(outcome(corpus, planted, topics[0] if topics and i < topics[1] else None))
    return outcomes


def corpus_cells(corpora: Path, name: str, options: argparse.Namespace) -> list[Cell]:
    """All cells of a corpus that it is large enough for."""
    corpus = loaded(corpora, name)
    topics = (fit_topics(corpus), options.lda) if options.lda else None
    share, relative = spread(corpus)
    thirds = np.argsort(np.argsort(relative)) * 3 // relative.size
    cells = []
    for n in SIZES:
        for way in WAYS if 2 * n <= len(corpus.records) else ():
            for factor in FACTORS:
                began = time.process_time()
                outcomes = run(corpus, name, (way, factor, n), runs=options.runs, topics=topics)
                hit = np.array([np.where(one.planted, one.claims[TOOLS[0]] > 0, np.nan) for one in outcomes])
                found = tuple((float(np.nanmean(hit[:, thirds == third])), (float(relative[thirds == third].min()), float(relative[thirds == third].max())))
                              for third in range(3))  # fmt: skip
                realised = float(np.nanmedian(np.concatenate([one.ratio[one.planted] for one in outcomes])))
                by_tool = {tool: rates(outcomes, tool) for tool in TOOLS if tool in outcomes[0].claims}
                cells.append(Cell(name, len(corpus.records), way, factor, n, realised, by_tool, found, (float(share.min()), float(share.max()))))
                told(f"{name} {way} {factor} {n}: x{realised:.2f} found {by_tool[TOOLS[0]].found[0]:.3f} in {time.process_time() - began:.0f} s")
    return cells


def loaded(corpora: Path, name: str) -> Corpus:
    """A corpus by its name and span, e.g. `ungdc:2012..2016`."""
    folder, _, span = name.partition(":")
    first, _, last = span.partition("..")
    return cut(read(corpora / folder / "speeches.jsonl", first, last or "9999"), themes_for(folder))


def mixed_in_time(corpora: Path, options: argparse.Namespace) -> list[Check]:
    """What the tool finds where each speech keeps its own day, so that the sides lie mixed in time."""
    corpus = loaded(corpora, DEFAULT[1])
    checks = []
    for n in SIZES[1:]:
        found = rates(run(corpus, DEFAULT[1], ("thinned", 2.0, n), runs=options.runs, own_days=True), TOOLS[0])
        checks.append(Check(f"ECB, thinned, x 2, {n}/{n}, every speech with its own day", *found.found))
    return checks


def agreement(corpora: Path, folder: Path, rounds: int) -> tuple[int, int, list[Check]]:
    """Themes planted at 2:1 and asked for by `tracker compare`: themes on which the command line and the counts above agree, themes, and rates."""
    agreed = asked = 0
    checks = []
    for name in DEFAULT:
        corpus, themes, rng = loaded(corpora, name), themes_for(name.partition(":")[0]), np.random.default_rng(11)
        found, nulls = [], []
        for i in range(rounds):
            planted, said = themes_through_the_command_line(corpus, themes, folder / f"{name.partition(':')[0]}{i}", rng)
            expected = {theme: (one.p, verdict) for theme, (one, _, verdict) in zip(corpus.themes, measured(corpus, planted), strict=True)}
            agreed += sum(said[theme] == expected[theme] for theme in corpus.themes)
            asked += len(corpus.themes)
            verdicts = np.array([said[theme][1] for theme in corpus.themes])
            found.append((verdicts[planted.draw.planted] == "rose").mean())
            nulls.append(np.isin(verdicts[~planted.draw.planted], ["rose", "fell"]).mean())
        checks += [Check.of(f"{name}, 12 themes x 2 at 10/10, found", found), Check.of(f"{name}, 12 themes left alone, called changed", nulls)]
        told(f"command line, {name}: {checks[-2]}")
    return agreed, asked, checks


def words_found(corpora: Path, folder: Path, rounds: int) -> list[Check]:
    """Words planted at 3:1 at 10/10 and starred by `tracker words`: by how often they are said."""
    checks = []
    for name, label in WORDS.items():
        for least, most, told_as in ((40, np.inf, "said 40 times or more"), (10, 39, "said 10 to 39 times")):
            corpus, _, span = name.partition(":")
            records, rng = read(corpora / corpus / "speeches.jsonl", *span.split("..")), np.random.default_rng(12)
            stars: list[Stars] = []
            for i in range(rounds):
                at = folder / f"words-{corpus}-{least}-{i}"
                stars.append(words_through_the_command_line(records, at, rng, words=40, least=least, most=most))
            checks.append(Check.of(f"{label}: words {told_as}, found", [s.found / s.planted for s in stars]))
            checks.append(Check.of(f"{label}: words {told_as}, false stars among all", [s.false / max(1, s.false + s.found) for s in stars]))
            told(f"command line, {checks[-2]}, {checks[-1]}")
    return checks


def rises_found(folder: Path, rounds: int) -> Check:
    """Invented speeches, one theme from .10 to .16 at 10/10, by `tracker compare`."""
    rng = np.random.default_rng(13)
    return Check.of("a theme from 10 % to 16 % in invented speeches", [float(invented_theme(folder / f"rise{i}", rng) == "rose") for i in range(rounds)])


def told(line: str) -> None:
    """Progress."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def main() -> None:
    """Measure; print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, help="folder with ungdc/speeches.jsonl and so on")
    parser.add_argument("--names", default=",".join(DEFAULT))
    parser.add_argument("--runs", type=int, default=60, help="random halves a cell")
    parser.add_argument("--lda", type=int, default=10, help="of these with LDA; 0 for none")
    parser.add_argument("--rounds", type=int, default=8, help="corpora asked for through the command line")
    parser.add_argument("--write", action="store_true", help="write docs/planted_shifts.md instead of printing")
    options = parser.parse_args()
    cells = [cell for name in options.names.split(",") for cell in corpus_cells(options.corpora, name, options)]
    mixed = mixed_in_time(options.corpora, options)
    with tempfile.TemporaryDirectory() as folder:
        agreed = agreement(options.corpora, Path(folder), options.rounds)
        words = words_found(options.corpora, Path(folder), options.rounds)
        rise = rises_found(Path(folder), 4 * options.rounds)
    text = page(cells, mixed, agreed, [rise, *words], runs=(options.runs, options.lda))
    told(f"{time.process_time():.0f} CPU seconds")
    if options.write:
        TARGET.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
