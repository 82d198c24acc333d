"""How fast speeches are added, in how much memory and disk: `python tests/benchmarks/add_speeches.py 10000`.

The speeches repeat the texts of the corpora beside the checkout (or those of `seeds/`) with changed ids, dates and sentences. They are added in
equal parts by processes of their own, so that the peak memory of the last part beside that of the first tells whether it grows with the corpus.
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
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
ROWS_A_FILE = 1_000
PARTS = 5
PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from tracker.tasks.add import Reading, add_speeches
from tracker.tasks.workspace import open_workspace
begun, cpu = time.perf_counter(), time.process_time()
result = add_speeches(open_workspace(sys.argv[1]), [sys.argv[2]], Reading())
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
took = time.perf_counter() - begun
print(json.dumps({"added": len(result.added), "seconds": took, "cpu_seconds": time.process_time() - cpu, "peak_mb": used}))
"""


def texts(folder: Path) -> list[tuple[str, str]]:
    """The texts to repeat with their languages: those of the corpora, else of the built-in seeds."""
    found = [json.loads(line) for path in sorted(folder.glob("*/speeches.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [(row["text"], row.get("lang") or row.get("language") or "en") for row in found]
    return rows or [(path.read_text(encoding="utf-8"), "en") for path in sorted((ROOT / "seeds").glob("2*.md"))]


def speeches(count: int, originals: list[tuple[str, str]], longest: int) -> Iterator[dict[str, str]]:
    """As many speeches as asked for: a stretch of some original, its sentences in another order, with a sentence of its own."""
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - the same speeches every time
        text, language = originals[number % len(originals)]
        mark = "。" if language == "zh" else ". "
        sentences = text[:longest].split(mark)
        chance.shuffle(sentences)
        own = f"这是第{number}次讲话" if language == "zh" else f"This is speech number {number}"
        day = f"{1950 + number % 75}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield {"id": f"b{number:07}", "date": day, "speaker": f"Speaker {number % 200}", "language": language, "text": mark.join([own, *sentences])}


def write(folder: Path, rows: Iterator[dict[str, str]], count: int) -> int:
    """Write tables of a thousand rows each, in one folder a part; return the bytes of text."""
    size = 0
    for part in range(PARTS):
        (folder / f"part{part}").mkdir(parents=True)
        left = count // PARTS + (count % PARTS if part == PARTS - 1 else 0)
        for number in range(0, left, ROWS_A_FILE):
            with (folder / f"part{part}" / f"{number:07}.jsonl").open("w", encoding="utf-8") as file:
                for _ in range(min(ROWS_A_FILE, left - number)):
                    row = next(rows)
                    size += len(row["text"].encode())
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return size


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


def measure(count: int, longest: int, corpora: Path) -> dict[str, object]:
    """Add the speeches and return the figures."""
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as name:
        folder = Path(name)
        size = write(folder, speeches(count, texts(corpora), longest), count)
        workspace = folder / "workspace"
        ran("import sys\nfrom pathlib import Path\nfrom tracker.tasks.workspace import init\ninit(Path(sys.argv[1]), themes='none')", workspace)
        parts = []
        for part in range(PARTS):
            begun = time.perf_counter()
            parts.append(json.loads(ran(PROGRAM, workspace, folder / f"part{part}")))
            print(f"part {part + 1}: {parts[-1]['added']:,} added in {time.perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)  # noqa: T201
        used = sum(path.stat().st_size for path in workspace.glob("corpus.db*"))
        commands = {" ".join(words): timed(words[0], workspace, *words[1:]) for words in (("list", "latest"), ("search", '"number 77"'), ("list",))}
    seconds, cpu = (sum(part[name] for part in parts) for name in ("seconds", "cpu_seconds"))
    added = sum(part["added"] for part in parts)
    return {
        "speeches": added,
        "text_mb": round(size / 1e6, 1),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "speeches_per_second": round(added / seconds, 1),
        "peak_mb": [round(part["peak_mb"]) for part in parts],
        "database_mb": round(used / 1e6, 1),
        "database_per_text": round(used / size, 2),
        "commands": {name: {"cpu_seconds": round(took, 2), "peak_mb": round(peak)} for name, (took, peak) in commands.items()},
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }


def main() -> None:
    """Print a table, then one line for machines."""
    parser = argparse.ArgumentParser(description="Measure `tracker add`.")
    parser.add_argument("speeches", type=int, nargs="?", default=10_000)
    parser.add_argument("--longest", type=int, default=2_500, help="characters of an original that are used")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    given = parser.parse_args()
    figures = measure(given.speeches, given.longest, given.corpora)
    for name, value in figures.items():
        print(f"{name:22}{value}")  # noqa: T201
    print(json.dumps({"benchmark": "add_speeches", **figures}))  # noqa: T201


if __name__ == "__main__":
    main()
