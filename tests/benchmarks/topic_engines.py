"""Our topic engine beside gensim, tomotopy and scikit-learn on real speeches: `python tests/benchmarks/topic_engines.py ../shared/corpora`.

Every fit runs in a process of its own, the engines taking turns, so that a busy machine slows all of them alike. A tenth of the speeches is left out of all
fits; one estimator (document completion, `tracker.models.quality`) tells every engine's perplexity on them, and one NPMI its coherence. Stability is the
mean Jaccard index of the ten top words over matched topics: over random states, over 80 % subsamples of the speeches (same state), and between a fit without
the last-drawn tenth of the speeches and one with it. `state[...]` columns that cost nothing to an engine without chance are 1 by construction.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, save_npz

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from benchmark_page import put, table  # noqa: E402

if TYPE_CHECKING:
    from tracker.analysis import Analysed
    from tracker.recipe import Recipe

FITS = {
    "lda": """
from tracker.models import lda
start = np.load(start_path) if start_path else None
phi = lda.train(counts, [str(i) for i in range(counts.shape[0])], topics=k, eta=lda.ETA, start=start)
""",
    "gensim": """
from gensim.models import LdaModel
ends = zip(counts.indptr[:-1], counts.indptr[1:])
passages = [list(zip(counts.indices[a:b].tolist(), counts.data[a:b].tolist())) for a, b in ends]
phi = LdaModel(passages, k, id2word={i: str(i) for i in range(counts.shape[1])}, passes=10, random_state=state).get_topics()
""",
    "tomotopy": """
import tomotopy
model = tomotopy.LDAModel(k=k, alpha=0.1, eta=0.01, seed=state)
for a, b in zip(counts.indptr[:-1], counts.indptr[1:]):
    if b > a:
        model.add_doc([str(w) for w, n in zip(counts.indices[a:b], counts.data[a:b]) for _ in range(n)])
model.train(500, workers=1)
phi = np.zeros((k, counts.shape[1]))
phi[:, [int(word) for word in model.used_vocabs]] = [model.get_topic_word_dist(topic) for topic in range(k)]
""",
    "sklearn": """
from sklearn.decomposition import LatentDirichletAllocation
phi = LatentDirichletAllocation(k, max_iter=30, learning_method="batch", random_state=state).fit(counts).components_
""",
}
PROGRAM = """
import json, resource, sys, time
import numpy as np
from scipy.sparse import load_npz
source, target, k, state, start_path = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
counts = load_npz(source)
wall, cpu = time.perf_counter(), time.process_time()
{fit}
told = {{"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}}
np.save(target, phi / phi.sum(axis=1, keepdims=True))
try:  # ru_maxrss begins at that of the process which started this one
    with open("/proc/self/status") as status:
        told["peak_mb"] = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
except OSError:
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(json.dumps(told))
"""


def analysed_corpus(path: Path) -> tuple[list[Analysed], Recipe]:
    """A corpus added and taken apart as the product does it."""
    from tracker.analysis import analyse_all
    from tracker.tasks.add import add
    from tracker.tasks.workspace import init

    with tempfile.TemporaryDirectory() as folder:
        workspace = init(Path(folder) / "w")
        add(workspace, [str(path / "speeches.jsonl")])
        return analyse_all(workspace.store.speeches(), workspace.lexicon, workspace.recipe), workspace.recipe


def corpus_counts(path: Path) -> tuple[csr_array, np.ndarray]:
    """Passages of a corpus as the product cuts and counts them: counts, and the number of each passage's event."""
    from tracker.matrix import select_terms
    from tracker.models.stability import by_event
    from tracker.tasks.topics import passages_of

    items, recipe = analysed_corpus(path)
    matrix = select_terms(passages_of(items, recipe).matrix, min_units=5, max_share=0.5)
    return matrix.counts, by_event(matrix)[0]


class Bench:
    """One corpus: its training and left-out passages, and the fits made so far."""

    def __init__(self, counts: csr_array, event: np.ndarray, folder: Path) -> None:
        rng = np.random.default_rng(5)
        names = rng.permutation(int(event.max()) + 1)
        held = np.isin(event, names[: max(1, len(names) // 10)])
        self.folder = folder
        self.train, self.asked, self.event = csr_array(counts[~held]), csr_array(counts[held]), event[~held]
        self.events = np.unique(self.event)
        self.rows = {"all": np.arange(self.train.shape[0])}
        for n in range(4):
            kept = rng.choice(self.events, int(0.8 * len(self.events)), replace=False)
            self.rows[f"sub{n}"] = np.flatnonzero(np.isin(self.event, kept))
        for n in range(3):
            kept = rng.choice(self.events, int(0.9 * len(self.events)), replace=False)
            self.rows[f"old{n}"] = np.flatnonzero(np.isin(self.event, kept))

    def fit(self, engine: str, k: int, *, rows: str = "all", state: int = 0, start: Path | str = "") -> tuple[np.ndarray, dict[str, float]]:
        """Fit in a process of its own; return the topics and what it took."""
        source = self.folder / f"{rows}.npz"
        if not source.exists():
            save_npz(source, csr_array(self.train[self.rows[rows]]))
        target = self.folder / f"{engine}-{k}-{rows}-{state}{'-warm' if start else ''}.npy"
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        words = [sys.executable, "-c", PROGRAM.format(fit=FITS[engine]), str(source), str(target), str(k), str(state), str(start)]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
        return np.load(target), json.loads(done.stdout)


def overlap(first: np.ndarray, second: np.ndarray) -> float:
    """Mean Jaccard index of the ten top words of matched topics."""
    from tracker.models.stability import agreement

    return float(agreement(first, [second]).mean())


def measured(bench: Bench, engines: Sequence[str], k: int, options: argparse.Namespace) -> Iterator[dict[str, object]]:
    """One row an engine; the engines take turns in every round."""
    from tracker.models.quality import coherence, perplexity

    states: dict[str, list[tuple[np.ndarray, dict[str, float]]]] = {engine: [] for engine in engines}
    subs: dict[str, list[np.ndarray]] = {engine: [] for engine in engines}
    olds: dict[str, list[float]] = {engine: [] for engine in engines}
    warm: list[float] = []
    often = [engine for engine in engines if engine not in options.once.split(",")]
    for state in range(options.states):
        for engine in engines if state == 0 else often:
            states[engine].append(bench.fit(engine, k, state=state))
    for n in range(options.subsamples):
        for engine in often:
            subs[engine].append(bench.fit(engine, k, rows=f"sub{n}")[0])
    for n in range(options.appends):
        for engine in often:
            old = bench.fit(engine, k, rows=f"old{n}")[0]
            olds[engine].append(overlap(old, states[engine][0][0]))
            if engine == "lda":
                begun = bench.folder / f"lda-{k}-old{n}-0.npy"
                warm.append(overlap(old, bench.fit(engine, k, start=begun)[0]))
    for engine in engines:
        topics = [phi for phi, _ in states[engine]]
        took = [told for _, told in states[engine]]
        yield {
            "engine": engine, "K": k, "cpu": median(t["cpu"] for t in took), "wall": median(t["wall"] for t in took), "peak_mb": max(t["peak_mb"] for t in took),
            "perplexity": mean(perplexity(bench.asked, phi, random_state=1) for phi in topics),
            "npmi": mean(float(coherence(bench.train, phi).mean()) for phi in topics),
            "states": mean([overlap(a, b) for a, b in combinations(topics, 2)] or [float("nan")]),
            "subsamples": mean([overlap(a, b) for a, b in combinations(subs[engine], 2)] or [float("nan")]),
            "append": mean(olds[engine] or [float("nan")]), "append_warm": mean(warm) if engine == "lda" and warm else float("nan"),
        }  # fmt: skip


HEADS = ("K", "engine", "CPU s", "wall s", "MB", "perplexity", "NPMI", "states", "80 % of speeches", "a tenth more")
NAMES = {"lda": "**ours**", "gensim": "gensim, 10 passes", "tomotopy": "tomotopy, 500 iterations", "sklearn": "scikit-learn, 30 passes"}
READ = (
    "`python tests/benchmarks/topic_engines.py ../shared/corpora --write`. A tenth of the speeches is left out of all fits and its perplexity told by one estimator (document "
    "completion); NPMI of the ten top words; the last three columns are the mean Jaccard index of the ten top words of matched topics: between random states, between "
    "80 % subsamples of the speeches (same state), and between a fit without a tenth of the speeches and one with it (in brackets: begun at the topics there were, as "
    "`tracker fit` does). Ours takes no random state, so its 1 there is by construction. CPU and memory are those of the fit alone in a process of its own, imports of the "
    "engine included in memory."
)


def page_row(row: dict[str, object]) -> tuple[str, ...]:
    """A row of the page."""

    def told(name: str, form: str) -> str:
        value = row[name]
        return "" if not isinstance(value, float) or np.isnan(value) else format(value, form)

    warm = told("append_warm", ".2f")
    return (
        str(row["K"]), NAMES[str(row["engine"])], told("cpu", ".1f"), told("wall", ".1f"), told("peak_mb", ".0f"), told("perplexity", ".0f"), told("npmi", ".3f"),
        told("states", ".2f"), told("subsamples", ".2f"), told("append", ".2f") + (f" ({warm})" if warm else ""),
    )  # fmt: skip


def main() -> None:
    """Run the cells asked for; print one line each, and write the sections."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, help="folder with sotu/speeches.jsonl and so on")
    parser.add_argument("--names", default="sotu,ungdc,ecb_pressconf")
    parser.add_argument("--topics", default="5,15,30")
    parser.add_argument("--engines", default=",".join(FITS))
    parser.add_argument("--once", default="", help="engines fitted a single time: their time and quality alone are told")
    parser.add_argument("--states", type=int, default=3)
    parser.add_argument("--subsamples", type=int, default=4)
    parser.add_argument("--appends", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the sections of docs/benchmarks.md, one a corpus")
    options = parser.parse_args()
    for name in options.names.split(","):
        counts, event = corpus_counts(options.corpora / name)
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(counts, event, Path(folder))
            what = f"{name}: {counts.shape[0]} passages, {counts.shape[1]} terms, {int(counts.sum())} tokens, {len(bench.events)} events in training"
            sys.stdout.write(what + "\n")
            rows = []
            for k in (int(word) for word in options.topics.split(",")):
                for row in measured(bench, options.engines.split(","), k, options):
                    told = (f"{key} {value if not isinstance(value, float) else format(value, '.3g' if value < 10 else '.0f')}" for key, value in row.items())
                    sys.stdout.write("  " + "  ".join(told) + "\n")
                    sys.stdout.flush()
                    rows.append(page_row(row))
            if options.write:
                once = f" Fitted once: {options.once}." if options.once else ""
                times = f"{options.states} random states, {options.subsamples} subsamples, {options.appends} times a tenth more.{once}"
                put(f"Topics: engines on {name}", f"{READ}\n\n{what}; {times}\n\n{table(HEADS, rows)}", libraries=("gensim", "tomotopy", "scikit-learn"))


if __name__ == "__main__":
    main()
