"""What writing a report costs after everything is measured: `python tests/benchmarks/report_step.py --speeches 250`.

The speeches are those of the corpora beside the checkout, oldest first, cut to `--characters`; all years before the middle one are compared with the
rest. Printed are CPU seconds (of this process and of the one that draws half of the charts) for the charts, the page and everything, and the bytes of page and report.json.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from benchmark_page import put, table  # noqa: E402
from turns import spent  # noqa: E402

CORPORA = ROOT.parent / "shared" / "corpora"
NAMES = ("sotu", "inaugural", "ecb_pressconf", "ungdc")


READ = (
    "`python tests/benchmarks/report_step.py --write`. CPU seconds of `tracker report` and of the process that draws half of its charts: measuring (everything up to the numbers), and the report step after it, "
    "which draws the charts and writes page, files and report.json."
)


def speeches(n: int, characters: int) -> list[dict[str, str]]:
    """The first n speeches of the corpora, each cut at the end of a sentence."""
    found = []
    for name in NAMES:
        path = CORPORA / name / "speeches.jsonl"
        if path.exists():
            found += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if len(found) < n:
        sys.exit(f"{len(found)} speeches in {CORPORA}: too few for {n}")
    return [{**row, "text": row["text"][: row["text"].rfind(".", 0, characters) + 1] or row["text"][:characters]} for row in found[:n]]


def main() -> None:
    """Make a workspace, measure, then time the writing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speeches", type=int, default=250)
    parser.add_argument("--characters", type=int, default=6000)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    from tracker.reports.figures import all_charts
    from tracker.reports.write import parts, report_pieces
    from tracker.tasks.add import add
    from tracker.tasks.compare import Choices
    from tracker.tasks.report import make
    from tracker.tasks.workspace import init

    rows = speeches(asked.speeches, asked.characters)
    middle = sorted(row["date"] for row in rows)[len(rows) // 2][:4]
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "speeches.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        workspace = init(Path(place) / "workspace")
        add(workspace, [str(source)])
        begun = spent()
        made = make(workspace, (f"..{int(middle) - 1}", f"{middle}.."), Choices())
        measured = spent()
        all_charts(made.content)
        drawn = spent()
        files = {path: b"".join(parts(piece)) for path, piece in report_pieces(made.content, json_text=made.json_text).items()}
        done = spent()
    told = {"speeches": len(rows), "measuring_s": measured - begun, "charts_s": drawn - measured, "report_step_s": done - drawn}
    print(json.dumps({name: round(value, 1) for name, value in told.items()}))  # noqa: T201
    print(json.dumps({name: len(files[name]) for name in ("index.html", "report.json")}))  # noqa: T201
    print(f"Python {platform.python_version()}, {platform.machine()}")  # noqa: T201
    if asked.write:
        rest = told["report_step_s"] - told["charts_s"]
        sizes = (f"{len(files[name]) / 1e6:.2f} MB" for name in ("index.html", "report.json"))
        row = (str(len(rows)), *(f"{value:.1f}" for value in (told["measuring_s"], told["charts_s"], rest, told["report_step_s"])), *sizes)
        heads = ("speeches", "measuring", "charts (matplotlib)", "page and files", "report step", "index.html", "report.json")
        put("The report step", f"{READ}\n\n{table(heads, [row])}", libraries=("matplotlib",))


if __name__ == "__main__":
    main()
