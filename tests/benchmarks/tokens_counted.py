"""Tokens counted in a CPU second beside scikit-learn's and gensim's counters: `python tests/benchmarks/tokens_counted.py --write`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from itertools import compress

from benchmark_page import put, table
from turns import of_calls, texts

READ = (
    "`python tests/benchmarks/tokens_counted.py --write`. The English texts of the corpora counted one by one, a row for each: ours gives offsets, case-folded words, lemmas and "
    "function words, and counts the lemmas of content words; scikit-learn's `CountVectorizer` counts words of two letters or more as they stand; gensim's `simple_preprocess` and "
    "`doc2bow` do the same of 2 to 15 letters. One process and one core, after a round that is not counted (in it ours looks the lemmas up). Speeds are of the same count of "
    "tokens, ours; the others see fewer."
)


def main() -> None:
    """Count the same texts in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=0, help="how many texts; all when left out")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    from gensim.corpora import Dictionary
    from gensim.utils import simple_preprocess
    from sklearn.feature_extraction.text import CountVectorizer

    from tracker.tokens import tokenise

    rows = [text for text, language in texts() if language != "zh"][: asked.texts or None]
    n = sum(len(tokenise(text, "en").words) for text in rows)

    def ours() -> object:
        return [Counter(compress(tokens.terms, tokens.content)) for tokens in (tokenise(text, "en") for text in rows)]

    def by_gensim() -> object:
        known = Dictionary()
        return [known.doc2bow(simple_preprocess(text), allow_update=True) for text in rows]

    calls = {
        "**ours**": ours,
        "ours, tokens alone": lambda: [tokenise(text, "en") for text in rows],
        "scikit-learn": lambda: CountVectorizer().fit_transform(rows),
        "gensim": by_gensim,
    }
    took = of_calls(calls, asked.rounds)
    lines = [(name, f"{n / seconds / 1e6:.2f}", f"{seconds / took['**ours**']:.2f}") for name, seconds in took.items()]
    told = table(("what", "million tokens a CPU second", "time, times ours"), lines)
    sys.stdout.write(f"{len(rows):,} texts, {n:,} tokens\n{told}\n")
    sys.stdout.write(json.dumps({"benchmark": "tokens_counted", "tokens": n, "seconds": took}) + "\n")
    if asked.write:
        put("Tokens counted", f"{READ}\n\n{len(rows):,} texts, {n:,} tokens.\n\n{told}", libraries=("scikit-learn", "gensim"))


if __name__ == "__main__":
    main()
