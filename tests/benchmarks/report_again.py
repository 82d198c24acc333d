"""What a report costs after one more speech, beside a full run: `python tests/benchmarks/report_again.py --speeches 1000 --write`."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from benchmark_page import put, table
from report_step import speeches
from turns import of_processes

RUN = "from tracker.cli.app import run\nrun()"
READ = (
    "`python tests/benchmarks/report_again.py --speeches {n} --write`. CPU seconds of whole `tracker report` processes on {n} speeches. *Full run*: the workspace has the speeches "
    "and the topics, its cache is deleted. *One more*: a report was written before, then one speech was added. Both write the same report, without what differs by right (the "
    "folder's name and the manifest's dates)."
)


def digest(folder: Path) -> str:
    """A hash of everything in the only report of a folder but its manifest."""
    report = next(path for path in sorted(folder.iterdir(), reverse=True) if (path / "report.json").exists())
    told = hashlib.sha256()
    for path in sorted(report.rglob("*")):
        if path.is_file() and path.name != "manifest.json":
            told.update(str(path.relative_to(report)).encode() + path.read_bytes())
    return told.hexdigest()[:12]


def main() -> None:
    """Write the reports and compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speeches", type=int, default=1000)
    parser.add_argument("--characters", type=int, default=2500)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    rows = speeches(asked.speeches + 1, asked.characters)
    middle = int(sorted(row["date"] for row in rows)[len(rows) // 2][:4])

    def tracker(folder: Path, *words: str) -> float:
        return of_processes({"it": ["-c", RUN, *words, "--quiet"]}, rounds=1, warm=False, folder=folder)["it"][0]

    with tempfile.TemporaryDirectory() as place:
        folder, again = Path(place) / "first", Path(place) / "again"
        folder.mkdir()
        for name, part in (("most", rows[:-1]), ("one", rows[-1:])):
            (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in part), encoding="utf-8")
        said = ("report", f"..{middle - 1}", f"{middle}..", "--since", "none")
        for words in (("init",), ("add", "most.jsonl"), ("fit",), said, ("add", "one.jsonl")):
            tracker(folder, *words)
        shutil.rmtree(folder / "reports")
        shutil.copytree(folder, again)
        for path in again.glob("cache.db*"):
            path.unlink()
        warm, full = tracker(folder, *said), tracker(again, *said)
        same = digest(folder / "reports") == digest(again / "reports")
    told = table(("what", "CPU s", "of the full run"), [("full run", f"{full:.1f}", "100 %"), ("one more", f"{warm:.1f}", f"{warm / full:.0%}")])
    verdict = "The reports are the same, byte for byte." if same else "The reports differ."
    sys.stdout.write(f"{told}\n{verdict}\n")
    sys.stdout.write(json.dumps({"benchmark": "report_again", "speeches": asked.speeches, "full": full, "one_more": warm, "same": same}) + "\n")
    if asked.write:
        put("A report after one more speech", f"{READ.format(n=asked.speeches)}\n\n{told}\n\n{verdict}")


if __name__ == "__main__":
    main()
