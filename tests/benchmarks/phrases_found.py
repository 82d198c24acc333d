"""How long phrases take to find beside gensim's `Phrases`: `python tests/benchmarks/phrases_found.py --write`."""

from __future__ import annotations

import argparse
import json
import sys
from itertools import chain

import numpy as np
from benchmark_page import put, table
from turns import of_calls, texts

READ = (
    "`python tests/benchmarks/phrases_found.py --write`. Both begin with the words of the same English texts, cut beforehand. gensim's `Phrases` scores pairs of words (NPMI, at "
    "least 3 uses) and knows nothing of longer runs, of where they stand, or of sentences; ours (`measures/phrases.py`, what `tracker phrases` lists) finds all runs of two to five "
    "words with every place they are said at, and drops fragments of longer ones. *Pairs alone* asks ours for no more than two words, which is the like of gensim's; numbering the "
    "words is part of it. So what is found differs: NPMI above .5 against ten times as often as by chance, and a function word at no end."
)


def main() -> None:
    """Find the phrases in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    from gensim.models import Phrases

    from tracker.measures.phrases import maximal_runs
    from tracker.numbered import Numbered
    from tracker.tokens import tokenise

    read, n = [], 0
    for text, language in texts():
        if language != "zh" and n < asked.tokens:
            read.append(tokenise(text, "en"))
            n += len(read[-1].words)

    def ours(longest: int) -> int:
        known = Numbered[str]()
        words = np.fromiter(map(known.__getitem__, chain.from_iterable(tokens.words for tokens in read)), dtype=np.int32, count=n)
        follows = np.concatenate([np.append(np.subtract(t.starts[1:], t.ends[:-1]) == 1, False)[: len(t.words)] for t in read])
        edge = np.fromiter(chain.from_iterable(tokens.content for tokens in read), dtype=bool, count=n)
        return len(maximal_runs(words, follows, edge, longest=longest))

    def by_gensim() -> int:
        return len(Phrases([tokens.words for tokens in read], min_count=3, threshold=0.5, scoring="npmi").export_phrases())

    found: dict[str, int] = {}
    calls = {
        "**ours**, two to five words": lambda: found.update(ours=ours(5)),
        "ours, pairs alone": lambda: found.update(pairs=ours(2)),
        "gensim `Phrases`": lambda: found.update(gensim=by_gensim()),
    }
    took = of_calls(calls, asked.rounds)
    slowest = took["gensim `Phrases`"]
    rows = [(name, f"{seconds:.2f}", f"{slowest / seconds:.2f}", f"{n_found:,}") for (name, seconds), n_found in zip(took.items(), found.values(), strict=True)]
    told = table(("what", "CPU s", "times as fast as gensim", "phrases"), rows)
    sys.stdout.write(f"{n:,} tokens\n{told}\n")
    sys.stdout.write(json.dumps({"benchmark": "phrases_found", "tokens": n, "seconds": took, "found": found}) + "\n")
    if asked.write:
        put("Phrases found", f"{READ}\n\n{n:,} tokens.\n\n{told}", libraries=("gensim",))


if __name__ == "__main__":
    main()
