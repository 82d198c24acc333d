"""docs/benchmarks.md: each comparison writes its own section, the others stay as they were."""

import os
import platform
import re
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that a script beside this one needs no installed package

from tracker import __version__

TARGET = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
HEAD = (
    "# Beside the field's tools\n\nEvery section is written by the command it names, from runs of both tools in turns on the same machine; "
    "ratios carry over to other machines, seconds do not. CPU seconds are those of all threads. Gaps below 1.5 times are ties."
)
ORDER = (
    "What was to be reached",
    "Topics: engines on sotu",
    "Topics: engines on ungdc",
    "Topics: engines on ecb_pressconf",
    "Topics: what is planted is found",
    "Topics: growing by decades",
    "Topics: the gensim object",
    "Themes: words suggested",
    "Adding speeches",
    "The report step",
    "Start of the commands",
    "Tokens counted",
    "Phrases found",
    "One more speech",
    "Intervals of shares",
    "Words that change places",
    "Counts stored",
    "Charts drawn",
    "A report after one more speech",
    "Growth",
)


def put(heading: str, body: str, *, libraries: tuple[str, ...] = ()) -> None:
    """Write one section, with the day, the machine and the versions it was measured with."""
    if heading not in ORDER:
        raise ValueError(f"no section `{heading}`: {', '.join(ORDER)}")
    held = sections(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    used = ", ".join(f"{name} {_version(name)}" for name in libraries)
    told = f"Measured on {datetime.now(UTC):%Y-%m-%d}, tracker {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores{f', {used}' if used else ''}."
    held[heading] = f"{body.strip()}\n\n{told}"
    parts = [HEAD, *(f"## {name}\n\n{held[name]}" for name in ORDER if name in held)]
    TARGET.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The sections of the page by heading."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
