"""Planted shifts asked for through the command line, as a user would: themes by `tracker compare`, words by `tracker words`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from planted_themes import themes_toml
from planting import Corpus, Planted, Record, drawn, frequent_words, thinned, with_words_thinned

from tracker.cli.app import main
from tracker.counts import CALENDAR_NAMES, REPORTING_VERBS
from tracker.synthetic import PlantedTheme, simulate_speeches
from tracker.tokens import tokenise

FREQUENT = 40
THIRD = 1 / 3
RISING = PlantedTheme("harbour", "Harbours", ("harbour", "quay", "lighthouse", "ferry"), 0.10, 0.16)


@dataclass(frozen=True, slots=True)
class Stars:
    """What `tracker words` made of words planted at 3:1.

    Args:
        planted: Words planted.
        found: Of these, starred on the right side.
        false: Stars on other words, or on the wrong side.
    """

    planted: int
    found: int
    false: int


def ask(*words: str) -> dict[str, Any]:
    """Run a command in this process; return its data.

    Raises:
        RuntimeError: The command failed.
    """
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(list(words))
    if code not in (0, 3):
        raise RuntimeError(f"tracker {' '.join(words)}: {err.getvalue()}")
    return json.loads(out.getvalue())["data"] if "--json" in words else {}


def filled(folder: Path, records: Iterable[Record], toml: str) -> list[str]:
    """Make a workspace of the speeches; return the words that choose it."""
    folder.mkdir(parents=True)
    (folder / "halves.jsonl").write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    ask("init", str(folder), "--quiet")
    ask("add", str(folder / "halves.jsonl"), "--workspace", str(folder), "--quiet")
    (folder / "themes.toml").write_text(toml, encoding="utf-8")
    return ["half:a", "half:b", "--workspace", str(folder), "--json"]


def compared(folder: Path, records: Iterable[Record], toml: str) -> dict[str, tuple[float | None, str]]:
    """p and verdict of every theme, by `tracker compare half:a half:b --json`."""
    themes = ask("compare", *filled(folder, records, toml))["themes"]
    return {theme["id"]: (theme["p"], theme["verdict"]) for theme in themes if theme["origin"] == "named"}


def themes_through_the_command_line(
    corpus: Corpus, themes: Mapping[str, str], folder: Path, rng: np.random.Generator, *, n: int = 10
) -> tuple[Planted, dict[str, tuple[float | None, str]]]:
    """Plant twelve themes at 2:1 in n and n speeches; return them and what the command line says of all themes."""
    planted = thinned(corpus, drawn(corpus, n, rng), factor=2.0, rng=rng)
    return planted, compared(folder, planted.records(corpus), themes_toml(themes))


def words_through_the_command_line(
    records: Sequence[Record], folder: Path, rng: np.random.Generator, *, n: int = 10, words: int = 20, least: int = FREQUENT, most: float = np.inf
) -> Stars:
    """Plant words at 3:1 in n and n speeches of random halves; return what the command line stars.

    Args:
        records: The speeches to draw from.
        folder: Where the workspace is made.
        rng: Source of randomness; it also decides the half in which each word is thinned.
        n: Speeches a side.
        words: How many words, or all there are.
        least: How often a word must stand in all speeches together.
        most: How often it may stand at most.
    """
    chosen = [{**records[i], "kind": "transcript", "half": "ab"[place >= n]} for place, i in enumerate(rng.permutation(len(records))[: 2 * n].tolist())]
    stops = REPORTING_VERBS | CALENDAR_NAMES
    common = [] if np.isinf(most) else frequent_words(chosen, stops, int(most) + 1)
    known = [word for word in frequent_words(chosen, stops, least) if word not in common]
    side = {known[i]: str(rng.choice(["a", "b"])) for i in rng.permutation(len(known))[:words]}
    rows = ask("words", *filled(folder, with_words_thinned(chosen, side, keep=THIRD, rng=rng), themes_toml({"none": "zzz"})))["rows"]
    starred = {tokenise(row["term"], "en").terms[0]: "a" if row["z"] > 0 else "b" for row in rows if row["starred"]}
    found = sum(side.get(word) == thin for word, thin in starred.items())
    return Stars(len(side), found, len(starred) - found)


def invented_theme(folder: Path, rng: np.random.Generator, *, n: int = 10) -> str:
    """Invented speeches in which a theme rises from .10 to .16; return the verdict of the command line."""
    corpus = simulate_speeches(n, n, themes=(RISING,), rng=rng)
    records = [{"id": s.key, "date": s.day.isoformat(), "text": s.text, "kind": "transcript", "half": "ab"[s.side == "after"]} for s in corpus.speeches]
    return compared(folder, records, corpus.themes_toml())[RISING.id][1]
