"""What was to be reached and what is, read from the other sections of the page: `python tests/benchmarks/goals.py --write`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from benchmark_page import TARGET, put, sections, table

Rows = list[dict[str, str]]
READ = (
    "`python tests/benchmarks/goals.py --write`. Every figure is read from its own section below, which says how it was measured; none is written by hand. "
    "Where a goal is missed, the last column says why, and what would reach it."
)
STARTS = (
    "What is left is the start of Python and typer, rich for the table, and for `add` the readers, the voices and the rules of dates, "
    "whose patterns every process compiles anew: a goal for a process that stays."
)
AGAIN = (
    "Of one more speech every number of a comparison changes: all themes, words, phrases and topics are measured again, and all charts drawn (two fifths of the time). "
    "What is kept is what is worked out of single speeches. Results kept for unchanged periods would help reports that look elsewhere, not this one."
)
LARGE = (
    "Words are read, marked and matched in Python at about 6 CPU seconds a million, and looked through in about ten ways for a report. "
    "A compiled reader of texts, and counts of themes, passages and rows of words read in one pass as counts of words are, would reach it."
)


@dataclass(frozen=True)
class Goal:
    """One row: what, the goal in words, the figure as read, whether it is reached, and why not."""

    what: str
    goal: str
    figure: Callable[[dict[str, Rows]], float]
    shown: str
    reached: Callable[[float], bool]
    why: str = ""


def tables(text: str) -> dict[str, Rows]:
    """The rows of all tables of each section, by heading; a cell by its column."""
    found: dict[str, Rows] = {}
    for heading, body in sections(text).items():
        rows: Rows = []
        for block in re.findall(r"(?:^\|.*\n?)+", body, flags=re.MULTILINE):
            lines = [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in block.strip().splitlines()]
            rows += [dict(zip(lines[0], line, strict=False)) for line in lines[2:]]
        found[heading] = rows
    return found


def number(cell: str) -> float:
    """The first number of a cell."""
    return float(re.search(r"-?[\d,]*\.?\d+", cell)[0].replace(",", ""))


def cell(heading: str, row: str, column: str) -> Callable[[dict[str, Rows]], float]:
    """The figure of the first row that begins so."""
    return lambda page: next(number(one[column]) for one in page[heading] if next(iter(one.values())).replace("*", "").startswith(row))


def slowest(heading: str, engine: str) -> Callable[[dict[str, Rows]], float]:
    """How many times as long as ours another engine takes, at the number of topics where that is least."""

    def least(page: dict[str, Rows]) -> float:
        seconds = {(one["K"], one["engine"].replace("*", "").split(",")[0]): number(one["CPU s"]) for one in page[heading]}
        return min(held / seconds[k, "ours"] for (k, name), held in seconds.items() if name == engine)

    return least


def jaccard(heading: str, column: str) -> Callable[[dict[str, Rows]], float]:
    """The overlap of our topics at 15."""
    return lambda page: next(number(one[column]) for one in page[heading] if one["K"] == "15" and one["engine"].startswith("**ours"))


def largest(page: dict[str, Rows]) -> dict[str, str]:
    """The largest corpus of the growth table."""
    return max(page["Growth"], key=lambda one: number(one["speeches"]))


def minutes(page: dict[str, Rows]) -> float:
    """CPU minutes of add, fit and report together."""
    return sum(number(largest(page)[f"{step}, CPU s"]) for step in ("add", "fit", "report")) / 60


def flatness(page: dict[str, Rows]) -> float:
    """Cost of a word in the largest corpus, times that in the smallest."""
    smallest = min(page["Growth"], key=lambda one: number(one["speeches"]))
    return number(largest(page)["CPU s a million words"]) / number(smallest["CPU s a million words"])


def at_most(limit: float) -> Callable[[float], bool]:
    return lambda value: value <= limit


def at_least(limit: float) -> Callable[[float], bool]:
    return lambda value: value >= limit


START, COLUMN, MORE = "Start of the commands", "times `import typer`", "of the seven that `tracker fit` makes"
SOTU, UN = "Topics: engines on sotu", "Topics: engines on ungdc"
GOALS = (
    Goal("`tracker --help`", "≤ 1.3 × `import typer`", cell(START, "`tracker --help`", COLUMN), "{:.2f} ×", at_most(1.3)),
    Goal("`tracker list latest`, 10,000 speeches", "≤ 3 × `import typer`", cell(START, "`tracker list latest`", COLUMN), "{:.1f} ×", at_most(3)),
    Goal(
        "`tracker list`, all 10,000",
        "≤ 3 × `import typer`",
        cell(START, "`tracker list`", COLUMN),
        "{:.1f} ×",
        at_most(3),
        "10,000 lines are laid out and printed. " + STARTS,
    ),
    Goal("`tracker search`", "≤ 3 × `import typer`", cell(START, "`tracker search", COLUMN), "{:.1f} ×", at_most(3), STARTS),
    Goal("`tracker add one.txt`", "≤ 3 × `import typer`", cell(START, "`tracker add", COLUMN), "{:.1f} ×", at_most(3), STARTS),
    Goal(
        "words read, with lemmas, offsets and function words",
        "≥ 2 M tokens a CPU second",
        cell("Tokens counted", "ours", "million tokens a CPU second"),
        "{:.2f} M",
        at_least(2),
        "Beside CountVectorizer, which gives none of these, it is about a tie. A compiled cutter of words would reach it.",
    ),
    Goal(
        "phrases of two to five words, beside gensim's pairs",
        "≥ 8 ×",
        cell("Phrases found", "ours, two", "times as fast as gensim"),
        "{:.1f} ×",
        at_least(8),
        "gensim counts pairs and thins them as it goes; ours are exact, of any length to five, without fragments, with every place. Numbering words is half of it.",
    ),
    *(
        Goal(f"topic fit on {name}, K = 5 to 30, beside {engine}", f"≥ {times} ×", slowest(heading, engine), "{:.1f} × and more", at_least(times))
        for name, heading in (("sotu", SOTU), ("ungdc", UN))
        for engine, times in (("gensim", 8), ("tomotopy", 3))
    ),
    Goal("the same topics from other random states, sotu", "1.00", jaccard(SOTU, "states"), "{:.2f}", at_least(1)),
    *(
        Goal(
            f"the same topics from 80 % of the speeches, {name}",
            f"≥ {least}",
            jaccard(heading, "80 % of speeches"),
            "{:.2f}",
            at_least(least),
            "Whole speeches are left out, and with them themes that only they speak of. In the same samples it is above gensim's and tomotopy's.",
        )
        for name, heading, least in (("sotu", SOTU, 0.58), ("ungdc", UN, 0.85))
    ),
    Goal("one more speech: inferred", "≤ 1 % of a refit", cell("One more speech", "infer", MORE), "{:.2f} %", at_most(1)),
    Goal(
        "one more speech: warm refresh",
        "≤ 5 % of a refit",
        cell("One more speech", "refresh", MORE),
        "{:.2f} %",
        at_most(5),
        "A refresh goes through all passages a few times; so does a fit, which takes .4 CPU seconds by now.",
    ),
    Goal(
        "intervals of shares, 10,000 speeches",
        "≥ 15 × the plain bootstrap",
        cell("Intervals of shares", "ours", "times as fast as the last"),
        "{:.0f} ×",
        at_least(15),
    ),
    Goal(
        "12,000 words tested, 10,000 speeches",
        "≥ 5 × the plain permutations",
        cell("Words that change places", "10,000", "times as fast"),
        "{:.0f} ×",
        at_least(5),
    ),
    Goal(
        "counts of 33,000 speeches loaded",
        "≤ 0.2 s",
        cell("Counts stored", "ours", "CPU s"),
        "{:.1f} s",
        at_most(0.2),
        "Rows and keys are read in one pass; what is left is summing words by lemma and sorting the matrix, and the words of the file. Rows sorted by term would reach it, and be written again with every new word.",
    ),
    Goal("charts, png and svg", "≤ 0.6 × constrained layout", cell("Charts drawn", "ours", "times the peer"), "{:.2f} ×", at_most(0.6)),
    Goal(
        "a report after one more speech",
        "≤ 25 % of a full run, the same bytes",
        cell("A report after one more speech", "one more", "of the full run"),
        "{:.0f} %",
        at_most(25),
        AGAIN,
    ),
    Goal("add, fit and report of the largest corpus of the growth table", "≤ 15 CPU minutes", minutes, "{:.0f} minutes", at_most(15), LARGE),
    Goal(
        "memory of that report",
        "≤ 3 GB",
        lambda page: number(largest(page)["report, MB"]) * 1.048576 / 1000,  # the table has mebibytes
        "{:.2f} GB",
        at_most(3),
        "Counts, shares and places of all speeches are held at once in the largest step; `tracker report` says so beforehand where `memory` is set lower.",
    ),
    Goal("cost of a word in it, times that in the smallest", "≤ 2 ×", flatness, "{:.1f} ×", at_most(2)),
)


def main() -> None:
    """Read the page and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    page = tables(TARGET.read_text(encoding="utf-8"))
    rows = []
    for one in GOALS:
        value = one.figure(page)
        rows.append((one.what, one.goal, f"**{one.shown.format(value)}**", "yes" if one.reached(value) else "no", "" if one.reached(value) else one.why))
    told = table(("what", "to reach", "ours", "reached", "why not, and what would"), rows)
    sys.stdout.write(told + "\n")
    if asked.write:
        put("What was to be reached", f"{READ}\n\n{told}")


if __name__ == "__main__":
    main()
