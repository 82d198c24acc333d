"""How fast speeches are added, in how much memory and disk, as the corpus grows: `python tests/benchmarks/add_speeches.py 10000 30000 100000`.

The speeches repeat the texts of the corpora beside the checkout (or those of `seeds/`) with changed ids, dates and sentences: in each, every other
sentence comes from another text of the same language, so that they share much and few are copies; with `--copies` all sentences are one text's, and a
corpus of 100,000 has a hundred near copies of each. They are added by processes of their own, STEP speeches each, so that the peak memory of the last
one beside that of the first tells whether it grows with the corpus.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from benchmark_page import put, table  # noqa: E402

CORPORA = ROOT.parent / "shared" / "corpora"
STEP, SPEAKERS = 5_000, 997
PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from tracker.tasks.add import Reading, add_speeches
from tracker.tasks.workspace import open_workspace
begun, cpu = time.perf_counter(), time.process_time()
result = add_speeches(open_workspace(sys.argv[1]), [sys.argv[2]], Reading())
unit = 1024 * 1024 if sys.platform == "darwin" else 1024
took, mine = time.perf_counter() - begun, time.process_time() - cpu
own, helped = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
cpu = mine + helped.ru_utime + helped.ru_stime
print(json.dumps({"added": len(result.added), "seconds": took, "cpu_seconds": cpu, "peak_mb": (own.ru_maxrss + helped.ru_maxrss) / unit}))
"""


def texts(folder: Path) -> list[tuple[str, str]]:
    """The texts to repeat with their languages: those of the corpora, else of the built-in seeds."""
    found = [json.loads(line) for path in sorted(folder.glob("*/speeches.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [(row["text"], row.get("lang") or row.get("language") or "en") for row in found]
    return rows or [(path.read_text(encoding="utf-8"), "en") for path in sorted((ROOT / "seeds").glob("2*.md"))]


def speeches(count: int, originals: list[tuple[str, str]], longest: int, *, copies: bool = False) -> Iterator[dict[str, str]]:
    """As many speeches as asked for: a stretch of some original, its sentences in another order and half of them another's, with a sentence of its own."""
    cut = [(text[:longest].split("。" if language == "zh" else ". "), language) for text, language in originals]
    of_language: dict[str, list[list[str]]] = {}
    for sentences, language in cut:
        of_language.setdefault(language, []).append(sentences)
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - the same speeches every time
        own, language = cut[number % len(cut)]
        sentences = [one if copies or i % 2 else chance.choice(chance.choice(of_language[language])) for i, one in enumerate(own)]
        chance.shuffle(sentences)
        first = f"这是第{number}次讲话" if language == "zh" else f"This is speech number {number}"
        day = (date(1950, 1, 1) + timedelta(days=number % 27_000)).isoformat()  # nobody gives many speeches on one day
        text = ("。" if language == "zh" else ". ").join([first, *sentences])
        yield {"id": f"b{number:07}", "date": day, "speaker": f"Speaker {number % SPEAKERS}", "language": language, "text": text}


def write(folder: Path, rows: Iterator[dict[str, str]], number: int, count: int) -> tuple[Path, int]:
    """Write the next table; return it and the bytes of text in it."""
    path, size = folder / f"{number:07}.jsonl", 0
    with path.open("w", encoding="utf-8") as file:
        for row in islice(rows, count):
            size += len(row["text"].encode())
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path, size


def ran(program: str, *words: Path) -> str:
    """Run a program of ours in a process of its own and return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program, *map(str, words)], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def timed(command: str, workspace: Path, *words: str) -> tuple[float, float]:
    """CPU seconds and peak megabytes of one command."""
    said = json.dumps([command, *words, "--workspace", str(workspace)])
    program = (
        "import contextlib, io, resource, sys, time\nfrom tracker.cli.app import main\nout = io.StringIO()\n"
        f"with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):\n    code = main({said})\nassert code == 0, out.getvalue()\n"
        "print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == 'darwin' else 1024))"
    )
    seconds, peak = ran(program).split()
    return float(seconds), float(peak)


def measure(points: Sequence[int], rows: Iterator[dict[str, str]], step: int) -> Iterator[dict[str, object]]:
    """Add the speeches and yield the figures at each point of growth: speed since the point before, peak memory of the last process."""
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as name:
        folder, workspace = Path(name), Path(name) / "workspace"
        ran("import sys\nfrom pathlib import Path\nfrom tracker.tasks.workspace import init\ninit(Path(sys.argv[1]), themes='none')", workspace)
        held = size = 0
        for point in points:
            parts = []
            while held < point:
                table, more = write(folder, rows, held, min(step, point - held))
                parts.append(json.loads(ran(PROGRAM, workspace, table)))
                table.unlink()
                held, size = held + parts[-1]["added"], size + more
                print(f"{held:,} speeches, the last {parts[-1]['added']:,} in {parts[-1]['seconds']:.1f} s", file=sys.stderr, flush=True)  # noqa: T201
            used = sum(path.stat().st_size for path in workspace.glob("corpus.db*"))
            commands = {" ".join(words): timed(words[0], workspace, *words[1:]) for words in (("list", "latest"), ("search", '"number 77"'), ("list",))}
            seconds, cpu, added = (sum(part[name] for part in parts) for name in ("seconds", "cpu_seconds", "added"))
            yield {
                "speeches": held,
                "text_mb": round(size / 1e6, 1),
                "speeches_per_second": round(added / seconds, 1),
                "cpu_ms_per_speech": round(1000 * cpu / added, 2),
                "peak_mb": round(parts[-1]["peak_mb"]),
                "database_mb": round(used / 1e6, 1),
                "database_per_text": round(used / size, 2),
                "commands": {name: {"cpu_seconds": round(took, 2), "peak_mb": round(peak)} for name, (took, peak) in commands.items()},
            }


READ = (
    "`python tests/benchmarks/add_speeches.py 10000 30000 100000 --write`. Speeches that repeat real ones with changed ids, days and sentences, added by processes of "
    "5,000 each; speed and CPU since the row before, peak memory of the last process and its helper, database with its search index. The commands are asked at that size; "
    "their CPU seconds include the start of Python."
)


def page(points: Sequence[dict[str, object]]) -> str:
    """The section: a row for each size."""
    commands = list(points[0]["commands"])
    heads = ("speeches", "text, MB", "speeches a second", "CPU ms a speech", "peak, MB", "database, MB", *(f"`{name}`, CPU s" for name in commands))
    names = ("speeches", "text_mb", "speeches_per_second", "cpu_ms_per_speech", "peak_mb", "database_mb")
    rows = [(*(f"{point[name]:,}" for name in names), *(f"{point['commands'][name]['cpu_seconds']:.2f}" for name in commands)) for point in points]
    return f"{READ}\n\n{table(heads, rows)}"


def main() -> None:
    """Print a table, then one line for machines."""
    parser = argparse.ArgumentParser(description="Measure `tracker add`.")
    parser.add_argument("points", type=int, nargs="*", default=[10_000, 30_000, 100_000], help="how large the corpus is when it is looked at")
    parser.add_argument("--longest", type=int, default=2_500, help="characters of an original that are used")
    parser.add_argument("--step", type=int, default=STEP, help="speeches that one process adds")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--copies", action="store_true", help="repeat whole texts, their sentences in another order")
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    given = parser.parse_args()
    rows = speeches(max(given.points), texts(given.corpora), given.longest, copies=given.copies)
    points = []
    for figures in measure(sorted(given.points), rows, given.step):
        points.append(figures)
        for name, value in figures.items():
            print(f"{name:22}{value}", flush=True)  # noqa: T201
    if given.write:
        put("Adding speeches", page(points))
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    print(json.dumps({"benchmark": "add_speeches", "copies": given.copies, **machine, "points": points}))  # noqa: T201


if __name__ == "__main__":
    main()
