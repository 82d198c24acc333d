"""Every comparison of docs/benchmarks.md, each in a process of its own: `python tests/benchmarks/all.py [NAME ...]`.

One that fails is named and the others go on; the exit code is 1 then. `--list` names them with about how long each takes on two cores.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = str(HERE.parents[2] / "shared" / "corpora")
ALL = {  # name -> (words of its command line, about how many minutes)
    "start_up": (("--write",), 6),
    "tokens_counted": (("--write",), 2),
    "phrases_found": (("--write",), 3),
    "one_more_speech": (("--write",), 1),
    "share_intervals": (("--write",), 2),
    "words_change_places": (("--write",), 30),
    "counts_stored": (("--write",), 6),
    "charts_drawn": (("--write",), 3),
    "report_step": (("--write",), 5),
    "report_again": (("--write",), 30),
    "suggest_themes": ((), 5),
    "gensim_object": ((SHARED, "--write"), 10),
    "topic_recovery": (("--write",), 20),
    "topics_by_decade": (("--write",), 20),
    "topic_engines": ((SHARED, "--write"), 120),
    "add_speeches": (("10000", "30000", "--write"), 20),
    "growth": (("1000", "10000", "--write"), 40),
    "goals": (("--write",), 1),
}


def main(asked: list[str]) -> int:
    """Run them, and return how it went."""
    if unknown := [name for name in asked if name not in ALL and name != "--list"]:
        sys.stderr.write(f"no comparison `{unknown[0]}`: {', '.join(ALL)}\n")
        return 2
    if "--list" in asked:
        sys.stdout.write("".join(f"{name:20} about {minutes:3} minutes\n" for name, (_, minutes) in ALL.items()))
        return 0
    failed = []
    for name in asked or ALL:
        words, minutes = ALL[name]
        sys.stdout.write(f"{name}: about {minutes} minutes\n")
        sys.stdout.flush()
        begun = time.perf_counter()
        code = subprocess.run([sys.executable, str(HERE / f"{name}.py"), *words], check=False).returncode
        failed += [name] if code else []
        sys.stdout.write(f"{name}: {'failed' if code else 'written'} after {(time.perf_counter() - begun) / 60:.1f} minutes\n")
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
