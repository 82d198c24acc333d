"""Theme shifts between two periods: false alarms, coverage, power, on invented counts and on real speeches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from cells import OURS, Cell, Counted
from scipy import stats

from tracker.measures.keyness import g2
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.permutation import permutation_p
from tracker.measures.prevalence import event_shares
from tracker.measures.shift import shift
from tracker.measures.verdict import judge
from tracker.synthetic import Lengths, simulate_events

SHIFT, FAMILY, SAME, REPORTS, CHECK = (
    "A theme rose or fell between two periods",
    "Many themes at once",
    "A theme stayed about the same",
    "One event reported several times",
    "The permutation p beside a verdict",
)
INTRODUCTIONS = {
    SHIFT: "Welch's t on the shares of events; `n/m` are events before and after. Token G2 counts words as if each were independent.",
    FAMILY: "Twelve themes, six of them shifted; Benjamini-Hochberg at q = .05 and the effect floors.",
    SAME: "Said when the whole interval of the ratio lies within 1/1.5 to 1.5.",
    REPORTS: "Each event stands in the corpus four times; reports of one event are summed before any test.",
    CHECK: "Exchange of whole events between the periods, studentised; a caveat where it disagrees, never a verdict.",
}
SHORT, LONG3, LONG10 = Lengths(10), Lengths(30), Lengths(100)
Row = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def side(n: int, mean: float, **settings: object) -> dict[str, object]:
    return {"n": n, "mean": mean, **settings}


def rows(rng: np.random.Generator, runs: int, before: dict, after: dict) -> list[Row]:
    """(hits before, tokens before, hits after, tokens after), one row a run."""
    columns = []
    for told in (before, after):
        settings = {key: value for key, value in told.items() if key in ("silent", "lengths", "rho")}
        hits, tokens = simulate_events(told["n"] * runs, told["mean"], told.get("tau", 0.4), rng=rng, **settings)
        columns += [hits.reshape(runs, told["n"]), tokens.reshape(runs, told["n"])]
    return list(zip(*columns, strict=True))


def token_p(row: Row) -> float:
    """p of the log-likelihood ratio over words."""
    before, before_tokens, after, after_tokens = (float(column.sum()) for column in row)
    score = g2([before, before_tokens - before], [after, after_tokens - after])[0]
    return float(stats.chi2.sf(score, 1))


def _alarms(before: dict, after: dict) -> Callable[[np.random.Generator, int], Counted]:
    def run(rng: np.random.Generator, runs: int) -> Counted:
        simulated = rows(rng, runs, before, after)
        ps = [shift(*row).p for row in simulated]
        naive = sum(token_p(row) <= 0.05 for row in simulated)
        return {OURS: (sum(p is not None and p <= 0.05 for p in ps), runs), "token G2": (naive, runs)}

    return run


def _coverage(before: dict, after: dict, unit: str) -> Callable[[np.random.Generator, int], Counted]:
    truth = 100 * (after["mean"] - before["mean"]) if unit == "points" else after["mean"] / before["mean"]

    def run(rng: np.random.Generator, runs: int) -> Counted:
        spans = [getattr(shift(*row), unit) for row in rows(rng, runs, before, after)]
        held = [span.low <= truth <= (np.inf if span.high is None else span.high) for span in spans if span.low is not None]
        return {OURS: (sum(held), len(held))}

    return run


def _power(before: dict, after: dict) -> Callable[[np.random.Generator, int], Counted]:
    def run(rng: np.random.Generator, runs: int) -> Counted:
        return {OURS: (sum((shift(*row).p or 0) <= 0.05 for row in rows(rng, runs, before, after)), runs)}

    return run


def _summed(rng: np.random.Generator, runs: int) -> Counted:
    simulated = rows(rng, runs, side(5, 0.1), side(5, 0.1))
    four = [tuple(np.repeat(column, 4) for column in row) for row in simulated]
    summed = [tuple(column.reshape(5, 4).sum(axis=1) for column in row) for row in four]
    return {
        OURS: (sum((shift(*row).p or 0) <= 0.05 for row in summed), runs),
        "every report an event": (sum((shift(*row).p or 0) <= 0.05 for row in four), runs),
    }


def _family(rng: np.random.Generator, runs: int, *, factor: float = 2.0) -> tuple[int, int, int, int, int, int]:
    themes = [rows(rng, runs, side(10, 0.05), side(10, 0.05 if theme < 6 else 0.05 * factor)) for theme in range(12)]
    named_false = named = found = naive_false = naive_named = naive_found = 0
    for run in range(runs):
        results = [shift(*theme[run]) for theme in themes]
        q = benjamini_hochberg([r.p for r in results])
        said = [i for i in range(12) if judge(results[i], q[i]) in ("rose", "fell")]
        naive_q = benjamini_hochberg([token_p(theme[run]) for theme in themes])
        naive = [i for i in range(12) if naive_q[i] <= 0.05]
        named_false, named, found = named_false + sum(i < 6 for i in said), named + len(said), found + sum(i >= 6 for i in said)
        naive_false, naive_named, naive_found = naive_false + sum(i < 6 for i in naive), naive_named + len(naive), naive_found + sum(i >= 6 for i in naive)
    return named_false, max(1, named), found, naive_false, max(1, naive_named), naive_found


def _false_discoveries(rng: np.random.Generator, runs: int) -> Counted:
    false, named, _, naive_false, naive_named, _ = _family(rng, runs)
    return {OURS: (false, named), "token G2 -> BH": (naive_false, naive_named)}


def _found(rng: np.random.Generator, runs: int) -> Counted:
    return {OURS: (_family(rng, runs)[2], 6 * runs)}


def _said_same(before: dict, after: dict) -> Callable[[np.random.Generator, int], Counted]:
    def run(rng: np.random.Generator, runs: int) -> Counted:
        results = [shift(*row) for row in rows(rng, runs, before, after)]
        return {OURS: (sum(judge(r, r.p) == "about the same" for r in results), runs)}

    return run


def _permuted(n: tuple[int, int], taus: tuple[float, float] = (0.4, 0.4)) -> Callable[[np.random.Generator, int], Counted]:
    def run(rng: np.random.Generator, runs: int) -> Counted:
        simulated = rows(rng, runs, side(n[0], 0.1, tau=taus[0]), side(n[1], 0.1, tau=taus[1]))
        ps = [permutation_p(event_shares(a, b), event_shares(c, d), n_permutations=199, random_state=int(rng.integers(2**32))) for a, b, c, d in simulated]
        return {OURS: (sum((p or 1) <= 0.05 for p in ps), runs)}

    return run


NULLS = {
    "2/2, share .10": (side(2, 0.1), side(2, 0.1)),
    "3/12, share .10": (side(3, 0.1), side(12, 0.1)),
    "5/5, share .10": (side(5, 0.1), side(5, 0.1)),
    "10/10, share .10": (side(10, 0.1), side(10, 0.1)),
    "40/40, share .10": (side(40, 0.1), side(40, 0.1)),
    "5/5, share .01": (side(5, 0.01), side(5, 0.01)),
    "10/10, share .01, lengths 1:3": (side(10, 0.01, lengths=SHORT), side(10, 0.01, lengths=LONG3)),
    "20/20, share .01, lengths 1:10": (side(20, 0.01, lengths=SHORT), side(20, 0.01, lengths=LONG10)),
    "10/10, share .003": (side(10, 0.003), side(10, 0.003)),
    "20/20, share .003, lengths 1:3": (side(20, 0.003, lengths=SHORT), side(20, 0.003, lengths=LONG3)),
    "40/40, share .003, lengths 1:3": (side(40, 0.003, lengths=SHORT), side(40, 0.003, lengths=LONG3)),
    "10/10, half the speeches silent, lengths 1:10": (side(10, 0.1, silent=0.5, lengths=SHORT), side(10, 0.1, silent=0.5, lengths=LONG10)),
    "20/20, half the speeches silent, lengths 1:10": (side(20, 0.1, silent=0.5, lengths=SHORT), side(20, 0.1, silent=0.5, lengths=LONG10)),
}
UNEQUAL = {
    "10/10, SD .8 before and .2 after": (side(10, 0.1, tau=0.8), side(10, 0.1, tau=0.2)),
    "4/16, SD .8 before and .2 after": (side(4, 0.1, tau=0.8), side(16, 0.1, tau=0.2)),
    "16/4, SD .8 before and .2 after": (side(16, 0.1, tau=0.8), side(4, 0.1, tau=0.2)),
}
KNOWN_WORST = "few speeches that vary four times as much: the known worst case"
RISE, RARE_RISE = (side(10, 0.1), side(10, 0.16)), (side(10, 0.01), side(10, 0.03))

CELLS = (
    *(
        Cell(SHIFT, name, "false alarms", _alarms(*sides), (0, 0.08), (400, 4000), {"token G2": 0.4} if "share .10" in name else {})
        for name, sides in NULLS.items()
    ),
    *(Cell(SHIFT, name, "false alarms", _alarms(*sides), (0, 0.12), (400, 4000), note=KNOWN_WORST) for name, sides in UNEQUAL.items()),
    Cell(SHIFT, "40/40, SD .8 before and .2 after", "false alarms", _alarms(side(40, 0.1, tau=0.8), side(40, 0.1, tau=0.2)), (0, 0.08), (400, 4000)),
    Cell(SHIFT, "10/10, .10 to .16, points", "coverage", _coverage(*RISE, "points"), (0.92, 0.98), (400, 4000)),
    Cell(SHIFT, "10/10, .10 to .16, ratio", "coverage", _coverage(*RISE, "ratio"), (0.92, 0.98), (400, 4000)),
    Cell(SHIFT, "5/20, .05 to .20, ratio", "coverage", _coverage(side(5, 0.05), side(20, 0.2), "ratio"), (0.92, 0.99), (400, 4000)),
    Cell(
        SHIFT, "20/20, .01 to .01, lengths 1:10, points", "coverage", _coverage(*NULLS["20/20, share .01, lengths 1:10"], "points"), (0.92, 0.98), (400, 4000)
    ),
    Cell(SHIFT, "10/10, .10 to .16", "power", _power(*RISE), (0.65, 0.85), (400, 4000)),
    Cell(SHIFT, "5/5, .10 to .16", "power", _power(side(5, 0.1), side(5, 0.16)), (0.25, 0.45), (400, 4000)),
    Cell(SHIFT, "10/10, .01 to .03", "power", _power(*RARE_RISE), (0.75, 0.95), (400, 4000)),
    Cell(FAMILY, "10/10, .05 to .10 in 6 of 12", "false discoveries", _false_discoveries, (0, 0.10), (60, 1000), {"token G2 -> BH": 0.25}),
    Cell(FAMILY, "10/10, .05 to .10 in 6 of 12", "power", _found, (0.7, 1), (60, 1000)),
    Cell(SAME, "20/20, .10 to .15", "false alarms", _said_same(side(20, 0.1), side(20, 0.15)), (0, 0.05), (400, 4000)),
    Cell(SAME, "40/40, no change", "power", _said_same(side(40, 0.1), side(40, 0.1)), (0.85, 1), (100, 2000)),
    Cell(REPORTS, "5/5, each event four times", "false alarms", _summed, (0, 0.08), (400, 4000), {"every report an event": 0.25}),
    Cell(CHECK, "5/5", "false alarms", _permuted((5, 5)), (0, 0.08), (200, 1000)),
    Cell(CHECK, "10/10", "false alarms", _permuted((10, 10)), (0, 0.08), (200, 1000)),
    Cell(CHECK, "4/16, SD .8 and .2", "false alarms", _permuted((4, 16), (0.8, 0.2)), (0, 0.2), (200, 1000), note="why it is no verdict"),
)
