"""How long commands take from nothing, beside `import typer`: `python tests/benchmarks/start_up.py --write`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from add_speeches import speeches
from add_speeches import texts as originals
from benchmark_page import put, table
from turns import CORPORA, ROOT, of_processes

RUN = "from tracker.cli.app import run\nrun()"
HEAVY = {"numpy", "scipy", "sklearn", "gensim", "matplotlib"}
READ = (
    "`python tests/benchmarks/start_up.py --write`. CPU seconds of whole processes, the start of Python included, the bytecode written before; the median of runs in turns, "
    "and its ratio to `import typer`, which every command needs. The corpus holds {n:,} speeches made from real sentences; `add one.txt` adds a file that is new every time. "
    "*Heavy*: which of numpy, scipy, scikit-learn, gensim and matplotlib the command loads."
)


def loads(words: list[str], folder: Path) -> str:
    """The heavy libraries that a command loads."""
    program = f"import sys\nfrom tracker.cli.app import main\nmain({words!r})\nprint(*{{m.split('.')[0] for m in sys.modules}}, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    return ", ".join(sorted(HEAVY & set(done.stderr.splitlines()[-1].split()))) or "none"


def main() -> None:
    """Make the corpus, run the commands in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speeches", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in speeches(asked.speeches, originals(CORPORA), 1200)), encoding="utf-8")
        of_processes({"init": ["-c", RUN, "init", "--themes", "none"]}, 0, folder)
        of_processes({"add": ["-c", RUN, "add", "all.jsonl", "--quiet"]}, 0, folder)
        one = "import os, sys\nopen('one.txt', 'w').write(f'Speech {os.getpid()}: we built the harbour, and we shall build roads.')\nsys.argv[1:] = ['add', 'one.txt']\n"
        commands = {
            "`import typer`": ["-c", "import typer"],
            "`tracker --help`": ["-c", RUN, "--help"],
            "`tracker list`": ["-c", RUN, "list"],
            "`tracker list latest`": ["-c", RUN, "list", "latest"],
            '`tracker search "number 77"`': ["-c", RUN, "search", '"number 77"'],
            "`tracker add one.txt --date 2023-09-07`": ["-c", one + "sys.argv += ['--date', '2023-09-07']\n" + RUN],
        }
        took = of_processes(commands, asked.rounds, folder)
        heavy = {name: loads(words[2:] or ["add", "one.txt"], folder) if RUN in words[1] else "" for name, words in commands.items()}
    least = median(took["`import typer`"])
    rows = [(name, f"{median(values):.2f}", f"{median(values) / least:.2f}", heavy[name]) for name, values in took.items()]
    told = table(("what", "CPU s", "times `import typer`", "heavy"), rows)
    sys.stdout.write(told + "\n")
    sys.stdout.write(json.dumps({"benchmark": "start_up", "speeches": asked.speeches, "ratios": {name: median(v) / least for name, v in took.items()}}) + "\n")
    if asked.write:
        put("Start of the commands", f"{READ.format(n=asked.speeches)}\n\n{told}", libraries=("typer",))


if __name__ == "__main__":
    main()
