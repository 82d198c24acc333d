"""Write docs/calibration.md: every cell measured. Run: python tests/calibration/write_table.py [--quick] [WORDS OF A ROW [--write]]."""

from __future__ import annotations

import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from all_cells import CELLS, INTRODUCTIONS  # noqa: E402 - the path must be set before
from cells import OURS, Cell, Counted, error  # noqa: E402

from tracker import __version__  # noqa: E402

TARGET = ROOT / "docs" / "calibration.md"
CONSERVATIVE = 0.02


def main(wanted: str = "", *, quick: bool = False, write: bool = False) -> None:
    """Measure and write; with words given, only print the cells that have them, or put them in their places; quick: with the runs of the normal tests."""
    chosen = [cell for cell in CELLS if wanted.casefold() in cell.id.casefold()]
    with ProcessPoolExecutor(2) as pool:
        measured = []
        for cell, counted in zip(chosen, pool.map(_measured, [(CELLS.index(c), quick) for c in chosen]), strict=True):
            measured.append((cell, counted))
            print(row(cell, counted), file=sys.stderr, flush=True)  # noqa: T201 - progress
    if wanted and write:
        TARGET.write_text(replaced(TARGET.read_text(encoding="utf-8"), measured), encoding="utf-8")
    if wanted:
        return
    TARGET.write_text(page(measured, quick=quick), encoding="utf-8")


def _measured(asked: tuple[int, bool]) -> Counted:
    index, quick = asked
    return CELLS[index].measure(full=not quick)


def replaced(text: str, measured: list[tuple[Cell, Counted]]) -> str:
    """The page with the rows of some cells measured again."""
    lines, claim = text.split("\n"), ""
    fresh = {(cell.claim, cell.name, cell.rate): row(cell, counted) for cell, counted in measured}
    for number, line in enumerate(lines):
        claim = line.removeprefix("## ") if line.startswith("## ") else claim
        parts = line.split(" | ")
        lines[number] = fresh.get((claim, parts[0].removeprefix("| "), parts[1]), line) if len(parts) > 1 else line
    return "\n".join(lines)


def page(measured: list[tuple[Cell, Counted]], *, quick: bool) -> str:
    """The whole page."""
    groups: dict[str, list[tuple[Cell, Counted]]] = defaultdict(list)
    for cell, counted in measured:
        groups[cell.claim].append((cell, counted))
    form = " --quick`, with the few runs of the normal tests (the errors say how few); without `--quick` it takes ten times as many" if quick else "`"
    told = (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with version {__version__} by `python tests/calibration/write_table.py{form}. The normal test run repeats "
        "every row with fewer runs, `pytest -m slow tests/calibration` in full. Every rate stands with its Monte Carlo error (one standard deviation). Simulated "
        "speeches vary as real ones were measured to: SD of the logit share between speeches .4, correlation of two words of a passage .027, SD of the log "
        "length .5. A row outside its range fails the tests, and so does a naive method that no longer fails where it should."
    )
    conservative = "A rate of false alarms below 2 % is printed as conservative: the test then misses more than it need."
    parts = ["# How often the tool is wrong", told, conservative]
    for claim, rows in groups.items():
        parts += [f"## {claim}", INTRODUCTIONS[claim]] if claim in INTRODUCTIONS else [f"## {claim}"]
        heads = "| what is simulated | counted | measured | must lie in | naive methods on the same data |\n|---|---|---|---|---|"
        parts.append("\n".join([heads, *(row(cell, counted) for cell, counted in rows)]))
    return "\n\n".join(parts) + "\n"


def row(cell: Cell, counted: Counted) -> str:
    """One row of a table."""
    count, of = counted[OURS]
    rate = count / of
    remark = " (conservative)" if cell.rate == "false alarms" and rate < CONSERVATIVE else ""
    failed = " **outside**" if cell.problems(counted) else ""
    others = "; ".join(f"{name} {_percent(n, m)}" for name, (n, m) in counted.items() if name != OURS)
    span = f"{100 * cell.allowed[0]:.0f}-{100 * cell.allowed[1]:.0f} %{f' ({cell.note})' if cell.note else ''}"
    return f"| {cell.name} | {cell.rate} | {_percent(count, of)}{remark}{failed} | {span} | {others} |"


def _percent(count: int, of: int) -> str:
    return f"{100 * count / of:.1f} ± {100 * error(max(count, 0.5) / of if count < of else (of - 0.5) / of, of):.1f} %"


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(" ".join(words), quick="--quick" in sys.argv, write="--write" in sys.argv)
