"""CPU seconds of things done in turns, so that a busy machine slows all of them alike."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
sys.path[:0] = [str(ROOT)]


def spent() -> float:
    """CPU seconds of this process and of those it had begun and saw end."""
    return sum(took.ru_utime + took.ru_stime for took in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def of_calls(calls: Mapping[str, Callable[[], object]], rounds: int = 3) -> dict[str, float]:
    """Median CPU seconds of each call, all of them once a round; a round before is not counted."""
    took: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 1):
        for name, call in calls.items():
            begun = time.process_time()
            call()
            if number:
                took[name].append(time.process_time() - begun)
    return {name: median(values) for name, values in took.items()}


def of_processes(programs: Mapping[str, Sequence[str]], rounds: int = 5, folder: Path | None = None, *, warm: bool = True) -> dict[str, list[float]]:
    """CPU seconds of each command line of Python in a process of its own, start included; a warm first round, which writes the bytecode, is not counted."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(ROOT)}
    took: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(0 if warm else 1, rounds + 1):
        for name, words in programs.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *words], env=environment, cwd=folder, capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if number:
                took[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return took


def texts(*names: str) -> list[tuple[str, str]]:
    """The texts of these corpora, all where none is named, with their languages; invented ones where no corpora lie beside the checkout."""
    paths = [CORPORA / name / "speeches.jsonl" for name in names] if names else sorted(CORPORA.glob("*/speeches.jsonl"))
    rows = [json.loads(line) for path in paths if path.exists() for line in path.read_text(encoding="utf-8").splitlines()]
    if not rows:
        from invented import invented_records

        rows = invented_records(60)
    return [(row["text"], row.get("lang") or row.get("language") or "en") for row in rows]
