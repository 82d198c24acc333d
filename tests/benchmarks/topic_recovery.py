"""Topics planted in invented passages, and changes of their shares: `python tests/benchmarks/topic_recovery.py [--runs 60] [--write]`.

Passages are drawn from LDA itself, with sparse topics. Every engine gets the same counts; what it found is matched to the truth (Hungarian, Hellinger distance).
Then events with and without a change of one topic's share, fitted anew each time, tested as `tracker compare` tests topics: with the doubt of six refits.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean

import numpy as np
from scipy.sparse import csr_array, save_npz

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from benchmark_page import put, table  # noqa: E402
from topic_engines import FITS, PROGRAM  # noqa: E402

from tracker.matrix import TermMatrix, build  # noqa: E402

PASSAGES, TOKENS, TERMS = 8, 60, 400
ENGINES = {"lda": "ours", "gensim": "gensim, 10 passes", "tomotopy": "tomotopy, 500 iterations", "sklearn": "scikit-learn"}


def invented(topics: int, speeches: int, rng: np.random.Generator, *, after: float = 1.0) -> tuple[TermMatrix, np.ndarray]:
    """Passages of speeches that differ in what they dwell on; in the second half the first topic's weight is multiplied."""
    truth = rng.dirichlet(np.full(TERMS, 0.05), size=topics)
    weights = np.full(topics, 0.15)
    units, names = [], []
    for s in range(speeches):
        own = rng.dirichlet(np.full(topics, 4.0))
        if s >= speeches // 2:
            own[0] *= after
            own /= own.sum()
        for p in range(PASSAGES):
            share = rng.dirichlet(weights * topics * own + 1e-6)
            drawn = rng.multinomial(TOKENS, share @ truth / (share @ truth).sum())
            units.append({f"w{w:04d}": int(drawn[w]) for w in np.flatnonzero(drawn)})
            names.append(f"s{s:03d}/{p:03d}")
    matrix = build(units, names, [name[:4] for name in names], {name[:4]: name[:4] for name in names})
    return matrix, truth[:, [int(term[1:]) for term in matrix.terms]]


def engine_fit(engine: str, counts: csr_array, k: int, state: int) -> np.ndarray:
    """One fit by an engine, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "counts.npz", Path(folder) / "phi.npy"
        save_npz(source, counts)
        words = [sys.executable, "-c", PROGRAM.format(fit=FITS[engine]), str(source), str(target), str(k), str(state), ""]
        subprocess.run(words, check=True, capture_output=True, env={"PYTHONPATH": str(ROOT), "PATH": ""})
        return np.load(target)


def distance(found: np.ndarray, truth: np.ndarray) -> list[float]:
    """Hellinger distance of every planted topic to its partner; 1 for one without."""
    from tracker.models.align import match

    pairs = {a: d for a, _, d in match(truth / truth.sum(axis=1, keepdims=True), found)}
    return [pairs.get(k, 1.0) for k in range(len(truth))]


def recovered(engines: list[str], runs: int) -> str:
    """Mean distance to the planted topics, and how many are found (distance below .3), by engine and number of topics."""
    rows = []
    for k, speeches in ((4, 40), (8, 80), (16, 160)):
        told: dict[str, list[float]] = {engine: [] for engine in engines}
        for state in range(runs):
            matrix, truth = invented(k, speeches, np.random.default_rng(100 + state))
            for engine in engines:
                told[engine] += distance(engine_fit(engine, csr_array(matrix.counts), k, state), truth)
        cells = (f"{mean(told[engine]):.3f}, {np.mean(np.array(told[engine]) < 0.3):.0%}" for engine in engines)
        rows.append((f"{k} topics, {speeches} speeches of {PASSAGES} passages", *cells))
    return table(("planted", *(ENGINES[engine] for engine in engines)), rows)


def changes(runs: int, after: float) -> tuple[np.ndarray, np.ndarray]:
    """p of the planted topic and of all others, a corpus of 10 and 10 speeches a run."""
    from tracker.measures.composition import refitted_shift
    from tracker.models.align import match
    from tracker.models.fitting import fit, infer_refits

    k, planted, others = 6, [], []
    for state in range(runs):
        matrix, truth = invented(k, 20, np.random.default_rng(1000 + state), after=after)
        model = fit(matrix, topics=k, engine="lda", random_state=1, passes=10, refits=6)
        shares = np.stack([model.unit_topic, *(np.concatenate([some for _, some in blocks]) for blocks in infer_refits(model, matrix))])
        tokens = np.asarray(matrix.counts.sum(axis=1), dtype=float).ravel()
        held = np.add.reduceat(shares * tokens[None, :, None], np.arange(0, len(tokens), PASSAGES), axis=1)
        long = np.add.reduceat(tokens, np.arange(0, len(tokens), PASSAGES))
        first = {b: a for a, b, _ in match(truth / truth.sum(axis=1, keepdims=True), model.topic_term)}
        for t in range(len(model.topics)):
            p = refitted_shift(held[:, :10, t], long[:10], held[:, 10:, t], long[10:]).shift.p
            if p is not None and model.topics[t].reproducible:
                (planted if first.get(t) == 0 else others).append(p)
    return np.array(planted), np.array(others)


def rate(p: np.ndarray) -> str:
    """Share of p at .05 or below with its Monte-Carlo error."""
    share = float((p <= 0.05).mean())
    return f"{100 * share:.1f} ± {100 * np.sqrt(max(share * (1 - share), 1e-4) / len(p)):.1f} % of {len(p)}"


READ = (
    "`python tests/benchmarks/topic_recovery.py --write`. Mean Hellinger distance of a planted topic to the one found for it (0: the same, 1: nothing in common), and the "
    "share of planted topics found (below .3):"
)


def main() -> None:
    """Measure; print, or write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=60, help="corpora with and without a change")
    parser.add_argument("--fits", type=int, default=3, help="corpora a number of topics for the engines")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    options = parser.parse_args()
    body = [
        READ,
        recovered(options.engines.split(","), options.fits),
        "A change of one planted topic's share at 10/10 speeches, tested with the doubt of six refits (p at .05 or below; reproducible topics only):",
    ]
    quiet, (found, _) = np.concatenate(changes(options.runs, 1.0)), changes(options.runs, 2.5)
    body.append(table(("what", "called at .05"), [("nothing changed", rate(quiet)), ("weight of one topic x 2.5: that topic", rate(found))]))
    text = "\n\n".join(body)
    if options.write:
        put("Topics: what is planted is found", text, libraries=("gensim", "tomotopy", "scikit-learn"))
    else:
        sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
