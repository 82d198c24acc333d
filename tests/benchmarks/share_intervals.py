"""Intervals of themes' mean shares beside bootstraps of them: `python tests/benchmarks/share_intervals.py --write`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np
from benchmark_page import put, table
from turns import of_calls

Numbers = np.ndarray[Any, Any]
READ = (
    "`python tests/benchmarks/share_intervals.py --write`. Invented counts of {themes} themes in {n:,} speeches, half of them on each side; the shares of a theme are very uneven, with "
    "many speeches that say nothing of it (median skewness {skew:.1f}). Asked for are the 95 % intervals of the mean share on both sides and of the change in points. *Plain loops*: "
    "{draws:,} times, draw the speeches of a side again and average their shares, for each theme by itself or for all of them at once. *Weights*: how often each speech is drawn in each of "
    "the {draws:,}, by numpy's `bincount`, times the table of shares. The bootstraps read the ends off the percentiles. *Ours* (`measures/shift.py`, asked once for each theme) gives p, the "
    "ratio with its interval and the smallest change that could be seen besides."
)
WHY = (
    "Why ours draws nothing: a mean over speeches has an error in closed form. The t interval of a mean and, of a change, the wider of Welch's and Student's t need the shares once, no "
    "random state, and are the same every time. With thousands of speeches they are the bootstrap's up to the noise of its draws: on average two bootstraps of the same speeches lie farther "
    "from each other than ours from one of them. With five or ten speeches on a side the percentile bootstrap is the narrower and holds the truth less often, for it knows no degrees of freedom; "
    "where no speech says anything of a theme, its interval has no width, and ours is one of the summed counts. Of shares as uneven as these neither holds the truth in 95 % with few "
    "speeches; bootstraps that allow for skewness were not tried. The tool's only bootstrap is that of the agreement of coders (`measures/krippendorff.py`), which is no mean."
)


def drawn(n: int, themes: int, rng: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    """Hits of each theme (n, themes) and tokens (n,) of n speeches, and the true mean shares: from 1 in 500 to 1 in 20 words, very uneven."""
    true = np.geomspace(0.002, 0.05, themes)
    tokens = np.maximum(40, rng.lognormal(np.log(300), 0.7, n)).astype(np.int64)
    return rng.binomial(tokens[:, None], rng.beta(0.5, 0.5 * (1 - true) / true, (n, themes))), tokens, true


def ends(means: Numbers) -> Numbers:
    """Percentile intervals of some draws, (draws, themes) to (2, themes)."""
    return np.quantile(means, [0.025, 0.975], axis=0)


def plain_loop(shares: Numbers, draws: int, rng: np.random.Generator) -> Numbers:
    """Mean shares of redrawn speeches, one draw after another."""
    n = len(shares)
    return np.array([shares[rng.integers(0, n, n)].mean(axis=0) for _ in range(draws)])


def theme_by_theme(shares: Numbers, draws: int, rng: np.random.Generator) -> Numbers:
    """The same for each theme by itself."""
    return np.column_stack([plain_loop(np.ascontiguousarray(column), draws, rng) for column in shares.T])


def weighted(shares: Numbers, draws: int, rng: np.random.Generator, *, together: int = 100) -> Numbers:
    """The same by how often each speech is drawn."""
    n, found = len(shares), []
    for first in range(0, draws, together):
        rows = min(together, draws - first)
        picked = rng.integers(0, n, (rows, n)) + n * np.arange(rows)[:, None]
        found.append(np.bincount(picked.ravel(), minlength=rows * n).reshape(rows, n).astype(float) @ shares / n)
    return np.concatenate(found)


def coverage(speeches: int, corpora: int, themes: int, draws: int, rng: np.random.Generator) -> dict[str, float]:
    """How often the interval of a mean share of few speeches holds the true one, and how many are of no width."""
    from tracker.measures.prevalence import prevalence

    held = {"ours": 0, "bootstrap": 0, "ours, no width": 0, "bootstrap, no width": 0}
    for _ in range(corpora):
        hits, tokens, true = drawn(speeches, themes, rng)
        estimates = [prevalence(hits[:, theme], tokens) for theme in range(themes)]
        mine = np.array([(one.low, one.high) for one in estimates], dtype=float).T
        for name, (low, high) in (("ours", mine), ("bootstrap", ends(weighted(hits / tokens[:, None], draws, rng)))):
            held[name] += int(((low <= true) & (true <= high)).sum())
            held[f"{name}, no width"] += int((low == high).sum())
    return {name: count / (corpora * themes) for name, count in held.items()}


def main() -> None:
    """Time all three in turns, then hold the intervals against each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speeches", type=int, default=10_000)
    parser.add_argument("--themes", type=int, default=28)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpora", type=int, default=200, help="small corpora that each coverage is taken over")
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    from tracker.measures.shift import Shift, shift

    rng = np.random.default_rng(1)
    hits, tokens, _ = drawn(asked.speeches, asked.themes, rng)
    sides = slice(None, asked.speeches // 2), slice(asked.speeches // 2, None)
    shares = hits / tokens[:, None]
    skew = float(np.median(((shares - shares.mean(axis=0)) ** 3).mean(axis=0) / shares.std(axis=0) ** 3))

    def bootstrap(means_of: Any, draws: int) -> Numbers:
        before, after = (means_of(shares[side], draws, rng) for side in sides)
        return 100 * np.array([ends(before), ends(after), ends(after - before)])

    def ours() -> Numbers:
        before, after = sides
        changes: list[Shift] = [shift(hits[before, i], tokens[before], hits[after, i], tokens[after]) for i in range(asked.themes)]
        told = ([(one.before, 100), (one.after, 100), (one.points, 1)] for one in changes)
        return np.array([[(scale * one.low, scale * one.high) for one, scale in row] for row in told], dtype=float).transpose(1, 2, 0)

    found: dict[str, Numbers] = {}
    calls = {
        "**ours**": lambda: found.update(ours=ours()),
        "weights, numpy": lambda: found.update(weights=bootstrap(weighted, asked.draws)),
        "plain loop, all themes at once": lambda: found.update(loop=bootstrap(plain_loop, asked.draws)),
        "plain loop, theme by theme": lambda: found.update(each=bootstrap(theme_by_theme, asked.draws)),
    }
    took = of_calls(calls, asked.rounds)
    again, many = bootstrap(weighted, asked.draws), bootstrap(weighted, 20 * asked.draws)

    def apart(one: Numbers, other: Numbers) -> list[str]:
        """The largest difference of an end from that of another interval over the width, for each kind of interval; the mean one in brackets."""
        distances = np.abs(one - other) / (other[:, 1] - other[:, 0])[:, None]
        return [f"{100 * d.max():.1f} % ({100 * d.mean():.1f} %)" for d in distances]

    pairs = {
        f"ours, plain loop of {asked.draws:,}": apart(found["loop"], found["ours"]),
        f"ours, weights of {asked.draws:,}": apart(found["weights"], found["ours"]),
        f"ours, weights of {20 * asked.draws:,}": apart(many, found["ours"]),
        f"two bootstraps of {asked.draws:,}": apart(again, found["weights"]),
    }
    sizes = (5, 10, 40)
    covered = {n: coverage(n, asked.corpora, asked.themes, asked.draws, rng) for n in sizes}
    slowest = took["plain loop, theme by theme"]
    size = f"{asked.themes} themes, {asked.speeches:,} speeches, {asked.draws:,} draws"
    speed = table(("what", "CPU s", "times as fast as the last"), [(name, f"{seconds:.3f}", f"{slowest / seconds:.1f}") for name, seconds in took.items()])
    agreement = table(("which two", "mean share before", "mean share after", "change in points"), [(name, *cells) for name, cells in pairs.items()])
    kinds = ("ours", "bootstrap", "ours, no width", "bootstrap, no width")
    few = table(("speeches", *kinds), [(str(n), *(f"{covered[n][kind]:.1%}" for kind in kinds)) for n in sizes])
    middle = "Largest distance of an end of two intervals, as a share of the width of the interval; in brackets the mean distance:"
    last = f"How often a 95 % interval of the mean share holds the true share where there are few such speeches ({asked.corpora * asked.themes:,} intervals a row):"
    told = f"{size}.\n\n{speed}\n\n{middle}\n\n{agreement}\n\n{last}\n\n{few}"
    sys.stdout.write(told + "\n")
    sys.stdout.write(json.dumps({"benchmark": "share_intervals", "size": size, "seconds": took, "apart": pairs, "covered": covered}) + "\n")
    if asked.write:
        read = READ.format(themes=asked.themes, n=asked.speeches, skew=skew, draws=asked.draws)
        put("Intervals of shares", f"{read}\n\n{told}\n\n{WHY}", libraries=("numpy", "scipy"))


if __name__ == "__main__":
    main()
