"""What one more speech costs under fitted topics, beside fitting anew: `python tests/benchmarks/one_more_speech.py --write`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np
from benchmark_page import put, table
from scipy.sparse import csr_array
from topic_engines import corpus_counts
from turns import CORPORA, of_calls

READ = (
    "`python tests/benchmarks/one_more_speech.py --write`. CPU seconds, in turns, on {passages:,} passages of {name} with {topics} topics. *A fit*: the topics from nothing; "
    "`tracker fit` makes seven of them for their stability, so this is the strictest thing to compare with. *Refresh*: the topics carried on over all passages, as `tracker fit` "
    "begins. *Infer*: the shares of the last speech's passages with the topics held fixed, which is what `tracker add` and a report do."
)


def main() -> None:
    """Fit, refresh and infer in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", default="sotu")
    parser.add_argument("--topics", type=int, default=15)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    from tracker.models import em, lda

    counts, event = corpus_counts(CORPORA / asked.name)
    old, new = csr_array(counts[event != event.max()]), csr_array(counts[event == event.max()])
    names = [str(i) for i in range(counts.shape[0])]
    begun: np.ndarray[Any, Any] = lda.train(old, names[: old.shape[0]], topics=asked.topics, eta=lda.ETA)
    shares = begun / begun.sum(axis=1, keepdims=True)
    calls = {
        "a fit": lambda: lda.train(counts, names, topics=asked.topics, eta=lda.ETA),
        "refresh": lambda: lda.train(counts, names, topics=asked.topics, eta=lda.ETA, start=begun),
        "infer": lambda: em.shares(new, shares),
    }
    took = of_calls(calls, asked.rounds)
    rows = [(name, f"{seconds:.4f}", f"{seconds / took['a fit']:.1%}", f"{seconds / took['a fit'] / 7:.2%}") for name, seconds in took.items()]
    told = table(("what", "CPU s", "of one fit", "of the seven that `tracker fit` makes"), rows)
    sys.stdout.write(told + "\n")
    sys.stdout.write(json.dumps({"benchmark": "one_more_speech", "passages": counts.shape[0], "seconds": took}) + "\n")
    if asked.write:
        put("One more speech", f"{READ.format(passages=counts.shape[0], name=asked.name, topics=asked.topics)}\n\n{told}", libraries=("numpy", "scipy"))


if __name__ == "__main__":
    main()
