"""docs/planted_shifts.md: the tables of `planted_shifts.py` in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from planted_tools import TOOLS

from tracker import __version__

Rate = tuple[float, float]
SURE = 0.5
COLUMNS = {
    TOOLS[0]: "this tool",
    TOOLS[1]: "token G2, BH",
    TOOLS[2]: "log-odds, z > 1.96",
    TOOLS[3]: "LDA shares, Welch, BH",
    TOOLS[4]: "LDA shares, passages",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Rates with their Monte Carlo errors: planted themes found, unplanted ones claimed, corpora with a false claim."""

    found: Rate
    nulls: Rate
    false: Rate


@dataclass(frozen=True, slots=True)
class Cell:
    """One way of planting in one corpus.

    Args:
        corpus: Its name and span.
        speeches: How many it has.
        way: `thinned` or `moved`.
        factor: How much stronger the planted themes are after.
        n: Speeches a side.
        realised: Median ratio of the planted themes' shares as they came out.
        tools: Rates by tool.
        thirds: For the third of the themes in which speeches differ least, middling and most: share found, and the range of that difference.
        shares: Mean share of the rarest theme and of the commonest.
    """

    corpus: str
    speeches: int
    way: str
    factor: float
    n: int
    realised: float
    tools: Mapping[str, Measured]
    thirds: tuple[tuple[float, Rate], ...]
    shares: Rate


@dataclass(frozen=True, slots=True)
class Check:
    """One rate with its Monte Carlo error, and what it is of."""

    name: str
    rate: float
    error: float

    @classmethod
    def of(cls, name: str, values: Sequence[float]) -> Check:
        """The mean of what the corpora gave."""
        mean = sum(values) / len(values)
        variance = sum((v - mean) ** 2 for v in values) / max(1, len(values) - 1)
        return cls(name, mean, (variance / len(values)) ** 0.5)


def page(cells: Sequence[Cell], mixed: Sequence[Check], agreed: tuple[int, int, list[Check]], asked: Sequence[Check], *, runs: tuple[int, int]) -> str:
    """The whole page."""
    names = list(dict.fromkeys(cell.corpus for cell in cells))
    parts = ["# What is found of a planted shift", *_opening(runs), "## What the figures say", *_lessons(cells)]
    for name in names:
        held = [cell for cell in cells if cell.corpus == name]
        low, high = held[0].shares
        parts += [f"## `{name}`", f"{held[0].speeches} speeches; the themes take {100 * low:.2f} % to {100 * high:.2f} % of the words.", _table(held)]
        parts += ["The same, for this tool alone, by how much unchanged speeches differ in the theme (SD of its share over its mean):", _thirds(held)]
    parts += [
        "## Sides that lie mixed in time",
        _MIXED,
        _checks(mixed),
        "## Through the command line",
        _command_line(agreed),
        _checks([*agreed[2], *asked]),
        _WORDS,
    ]
    return "\n\n".join(parts) + "\n"


def _opening(runs: tuple[int, int]) -> list[str]:
    return [
        (
            f"Measured on {datetime.now(UTC):%Y-%m-%d} with version {__version__} by `python tests/benchmarks/planted_shifts.py ../shared/corpora --write`. "
            f"[calibration.md](calibration.md) has the error rates on invented speeches; here the speeches are real and only the shift is made."
        ),
        (
            "Speeches are drawn at random into two halves, so that nothing differs between them but chance, and their days are dealt out anew, the earlier ones to "
            "the half before. Of 24 themes (lists of words, in `tests/benchmarks/planted_themes.py`) twelve, drawn anew each time, are made 1.2, 1.5 or 2 times as "
            "strong after; the other twelve stay as they are. *Thinned*: sentences with words of a planted theme are dropped before, and as many words of "
            "sentences without any theme after. *Moved*: such sentences go from a speech before to a speech after, in exchange for one without any theme. "
            "Sentences with a word of an unplanted theme are never touched; where a planted theme shares most of its sentences with those, it comes out weaker than "
            "asked (the third column: the median)."
        ),
        (
            f"Every entry is *planted themes found with the right sign / unplanted themes claimed to have changed / corpora with any false claim*, in percent, each "
            f"± its Monte Carlo error (one standard deviation): {runs[0]} random halves a row, {runs[1]} for LDA. All halves of a corpus come from the same speeches, "
            "so the rates are about these speeches. This tool: the verdicts `rose` and `fell` (Welch on the shares of speeches, Benjamini-Hochberg over the 24 "
            "themes, effect floors). G2: the log-likelihood ratio of words, Benjamini-Hochberg. Log-odds: Monroe, Colaresi & Quinn's, prior of 500 words. LDA: "
            "24 topics of gensim, fitted to the whole corpus as it stands; a theme is the topic that gives its words the most; Welch on the mean topic share of "
            "speeches with Benjamini-Hochberg, and, as is often done, a 95 % interval that counts passages as independent."
        ),
    ]


def _mean(cells: Sequence[Cell], tool: str, what: str, decimals: int = 0, **like: object) -> str:
    held = [getattr(cell.tools[tool], what)[0] for cell in cells if tool in cell.tools and all(getattr(cell, k) == v for k, v in like.items())]
    return f"{100 * sum(held) / len(held):.{decimals}f} %" if held else "not measured"


def _lessons(cells: Sequence[Cell]) -> list[str]:
    own, naive, log = TOOLS[0], TOOLS[1], TOOLS[2]
    worst = max(cell.tools[own].nulls[0] for cell in cells)
    largest = max(cell.n for cell in cells)
    lines = [
        (
            f"- **False claims.** This tool says of {_mean(cells, own, 'nulls', 1)} of unchanged themes that they changed (at most {100 * worst:.1f} % in a row), "
            f"and makes a false claim in {_mean(cells, own, 'false')} of corpora. Token G2 claims {_mean(cells, naive, 'nulls')} and is wrong somewhere in "
            f"{_mean(cells, naive, 'false')}, log-odds {_mean(cells, log, 'nulls')} and {_mean(cells, log, 'false')}, LDA shares by Welch "
            f"{_mean(cells, TOOLS[3], 'nulls')} and {_mean(cells, TOOLS[3], 'false')}, by passages {_mean(cells, TOOLS[4], 'nulls')} and {_mean(cells, TOOLS[4], 'false')}."
        ),
        *(
            f"- **What it finds of x {factor:g}**, at {', '.join(f'{n}/{n}' for n in sorted({c.n for c in cells}))} speeches: "
            + "; ".join(_by_size(cells, name, factor) for name in dict.fromkeys(c.corpus for c in cells))
            + (". The rest it cannot find." if factor < 2 else ".")
            for factor in sorted({c.factor for c in cells})
        ),
        (
            "- **x 1.2 is out of reach.** Its log2 is .26, and the tool's effect floor is .3 (or half a word in a hundred): it is only called where chance makes it "
            "look larger. That is meant: with speeches that differ by their own mean or more, no test of this many could tell it from nothing."
        ),
        f"- **What decides is how much speeches differ anyway.** At x 2 and {largest}/{largest} the tool found "
        + _by_third([c for c in cells if c.factor == max(x.factor for x in cells) and c.n == largest])
        + ". A short list of rare words is spoken of much in few speeches and not at all in most: such a theme needs far more than 40 speeches a side.",
        (
            "- **A high rate in the other columns is no merit**: what claims a third of everything also claims what is true. Where nothing is found, `tracker compare` "
            "says `cannot tell` with the smallest change these speeches could have shown, never that nothing changed."
        ),
    ]
    return ["\n".join(lines)]


def _by_size(cells: Sequence[Cell], name: str, factor: float) -> str:
    sizes = sorted({c.n for c in cells if c.corpus == name})
    return f"{', '.join(_mean(cells, TOOLS[0], 'found', corpus=name, factor=factor, n=n) for n in sizes)} of the themes of `{name}`"


def _by_third(cells: Sequence[Cell]) -> str:
    shares = [sum(cell.thirds[i][0] for cell in cells) / len(cells) for i in range(3)]
    return "{:.0f} % of the third of themes in which speeches differ least, {:.0f} % of the middle third, {:.0f} % of the last".format(
        *(100 * s for s in shares)
    )


def _table(cells: Sequence[Cell]) -> str:
    tools = [tool for tool in TOOLS if tool in cells[0].tools]
    head = ["a side", "planted", "came out", *(COLUMNS[tool] for tool in tools)]
    rows = [head, ["---"] * len(head)]
    rows += [[f"{c.n}/{c.n}", f"{c.way}, x {c.factor:g}", f"x {c.realised:.2f}", *(_entry(c.tools[tool]) for tool in tools)] for c in cells]
    return _lines(rows)


def _entry(rates: Measured) -> str:
    return " / ".join(f"{100 * rate:.1f} ± {100 * error:.1f}" for rate, error in (rates.found, rates.nulls, rates.false))


def _thirds(cells: Sequence[Cell]) -> str:
    head = ["a side", "planted", *(f"{low:.2f} to {high:.2f}" for _, (low, high) in cells[0].thirds)]
    rows = [head, ["---"] * len(head), *([f"{c.n}/{c.n}", f"{c.way}, x {c.factor:g}", *(f"{100 * found:.0f} %" for found, _ in c.thirds)] for c in cells)]
    return _lines(rows)


def _checks(checks: Sequence[Check]) -> str:
    return _lines([["what", "measured"], ["---", "---"], *([c.name, f"{100 * c.rate:.1f} ± {100 * c.error:.1f} %"] for c in checks)])


def _lines(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


_MIXED = (
    "From 20 events a side on the tool allows for successive speeches that resemble each other. Sides told apart by something else than time (a tag, a place) can "
    "lie mixed in time; a theme that drifts over the years then makes neighbours on either side alike although both sides drift together. What neighbours of "
    "different sides share is taken off again; before it was, 9 % were found in both rows:"
)
_WORDS = (
    "A word starred by `tracker words` is rarely starred wrongly, but most changed words get no star: at 10/10 a word whose rate triples is found in a fifth of "
    "cases where speeches are as long as State of the Union messages and only if it is said 40 times or more, less often in shorter speeches, more often in "
    "formulaic ones, and next to never if it is rarer. The power of .17 to .18 that was measured before was that of words said 40 times or more alone. A word without a star may "
    "have changed too."
)


def _command_line(agreed: tuple[int, int, list[Check]]) -> str:
    return (
        f"The tables above count sentences once and put them together anew. Asked through `tracker add`, `tracker compare --json` and a themes.toml about the same "
        f"texts, p and verdict were the same for {agreed[0]} of {agreed[1]} themes. The words were cut to a third in one of two random halves, 40 words at a time."
    )
