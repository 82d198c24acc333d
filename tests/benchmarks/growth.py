"""Time, memory and disk of add, fit and report as the corpus grows: `python tests/benchmarks/growth.py 1000 10000 100000 --write`.

Each size is measured from nothing in a workspace of its own. `--words 340` and 170000 make 58 million words; 1000000 `--words 40` a million short ones.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmark_page import TARGET, put, table
from invented import grown_records
from turns import ROOT, texts

DRAWING = TARGET.parent / "growth.svg"
STEPS = ("add", "fit", "report")
READ = (
    "`python tests/benchmarks/growth.py {points} --words {words} --write`. Invented speeches of about {words} words of real sentences, with new words at the rate of real texts "
    "(types as tokens to the power .6). Each step is a process of its own: CPU seconds of it and its helpers, its peak memory in mebibytes; disk is everything in the workspace after the report."
)
PROGRAM = """
import json, resource, sys
from tracker.cli.app import main
code = main(sys.argv[1:])
own, helped = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
unit = 1024 * 1024 if sys.platform == "darwin" else 1024
cpu = own.ru_utime + own.ru_stime + helped.ru_utime + helped.ru_stime
print(json.dumps({"code": code, "cpu_s": cpu, "peak_mb": (own.ru_maxrss + helped.ru_maxrss) / unit}), file=sys.stderr)
"""


def step(folder: Path, *words: str) -> dict[str, float]:
    """CPU seconds, peak memory and time of one command."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words, "--quiet"], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    said = done.stderr.splitlines()
    told = json.loads(said[-1]) if said and said[-1].startswith("{") else {"code": 1}
    if told["code"]:
        sys.exit(f"tracker {' '.join(words)}:\n{done.stderr}")
    return {**told, "wall_s": time.perf_counter() - begun}


def measured(n: int, words: int, sentences: list[str]) -> dict[str, float]:
    """All figures of one size."""
    with tempfile.TemporaryDirectory(prefix="tracker-growth-") as place:
        folder = Path(place)
        tokens = 0
        with (folder / "all.jsonl").open("w", encoding="utf-8") as file:
            for row in grown_records(n, sentences, words=words):
                tokens += row["text"].count(" ") + 1
                file.write(json.dumps(row) + "\n")
        step(folder, "init", "w")
        asked = {"add": ("add", "../all.jsonl"), "fit": ("fit",), "report": ("report", "..1984", "1985..")}
        took = {name: step(folder / "w", *words) for name, words in asked.items()}
        disk = sum(path.stat().st_size for path in (folder / "w").rglob("*") if path.is_file())
    figures = {f"{name}_{key}": value for name, told in took.items() for key, value in told.items() if key != "code"}
    return {"speeches": n, "words": tokens, **figures, "disk_mb": disk / 1e6}


def draw(points: list[dict[str, float]]) -> None:
    """The chart: time, memory and disk against speeches, both ways by powers of ten."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3), layout="constrained")
    kinds = (("CPU seconds", "cpu_s"), ("peak memory, MB", "peak_mb"), ("disk, MB", ""))
    for axes, (title, key) in zip(figure.subplots(1, 3), kinds, strict=True):
        for name in STEPS if key else ("all",):
            axes.plot([p["speeches"] for p in points], [p[f"{name}_{key}" if key else "disk_mb"] for p in points], marker="o", label=name)
        axes.set(title=title, xscale="log", yscale="log", xlabel="speeches")
        axes.spines[["top", "right"]].set_visible(False)
        if key == "cpu_s":
            axes.legend(frameon=False)
    with rc_context({"svg.hashsalt": "growth"}):
        figure.savefig(DRAWING, metadata={"Date": None})


def main() -> None:
    """Measure every size, print a line for each, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("points", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--words", type=int, default=340, help="words of a speech")
    parser.add_argument("--read", type=Path, default=None, help="draw and write the figures of this file instead of measuring")
    parser.add_argument("--keep", type=Path, default=None, help="append the figures of each size to this file, a line for each")
    parser.add_argument("--write", action="store_true", help="write the section and the chart of docs/")
    asked = parser.parse_args()
    if asked.read:
        points = [json.loads(line) for line in asked.read.read_text(encoding="utf-8").splitlines()]
    else:
        sentences = [one for text, language in texts() if language == "en" for one in re.split(r"(?<=[.!?])\s+", text) if 3 < one.count(" ") < 60]
        points = []
        for n in sorted(asked.points):
            points.append(measured(n, asked.words, sentences))
            sys.stdout.write(json.dumps(points[-1]) + "\n")
            sys.stdout.flush()
            if asked.keep:
                with asked.keep.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(points[-1]) + "\n")
    heads = ("speeches", "words", *(f"{name}, {unit}" for name in STEPS for unit in ("CPU s", "MB")), "CPU s a million words", "disk, MB")
    rows = []
    for point in points:
        cpu = sum(point[f"{name}_cpu_s"] for name in STEPS)
        each = (f"{point[f'{name}_{key}']:,.0f}" for name in STEPS for key in ("cpu_s", "peak_mb"))
        rows.append((f"{point['speeches']:,}", f"{point['words']:,}", *each, f"{cpu / point['words'] * 1e6:,.0f}", f"{point['disk_mb']:,.0f}"))
    told = "\n\n".join([table(heads, rows), *(point["note"] for point in points if "note" in point)])  # what was measured otherwise than the rest
    sys.stdout.write(told + "\n")
    if asked.write:
        draw(points)
        read = READ.format(points=" ".join(str(int(point["speeches"])) for point in points), words=asked.words)
        put("Growth", f"{read}\n\n![CPU seconds, memory and disk as the corpus grows](growth.svg)\n\n{told}")


if __name__ == "__main__":
    main()
