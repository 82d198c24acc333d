"""Topics of a corpus that grows decade by decade: `python tests/benchmarks/topics_by_decade.py ../shared/corpora/sotu`.

The speeches are added a decade at a time and the topics fitted each time, as a user would. Told: what became of every topic, whether the name given at the
first fit stayed, how stable the topics are beside topics started anew, how far the shares of the earlier speeches moved in the topics that went on, and how
many counts of named themes in earlier speeches moved (none may). Last, a speech at a time: what the common case costs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from benchmark_page import put, table  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpora" / "sotu"
NAME = "The name given first"
BECAME = ("kept", "born", "split", "merged", "retired")


@dataclass
class Seen:
    """What was known after the fit before."""

    analysed: dict[str, object] = field(default_factory=dict)
    themes: dict[str, object] = field(default_factory=dict)
    shares: dict[tuple[str, str], float] = field(default_factory=dict)
    named: str = ""


def parts(rows: Sequence[dict[str, str]], alone: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The decades, and the last `alone` speeches one at a time."""
    ordered = sorted(rows, key=lambda row: (row["date"], row["id"]))
    for decade, held in groupby(ordered[: len(ordered) - alone], key=lambda row: row["date"][:3]):
        yield f"{decade}0s", list(held)
    for row in ordered[len(ordered) - alone :]:
        yield row["date"], [row]


def speech_shares(workspace: object, analysed: dict[str, object]) -> dict[tuple[str, str], float]:
    """Share of every topic in every speech, under the current model."""
    from tracker.models.fitting import infer
    from tracker.tasks.topics import current_model, passages_of

    model, _ = current_model(workspace)
    units = passages_of(list(analysed.values()), workspace.recipe)
    mass = infer(model, units.matrix) * units.matrix.counts.sum(axis=1)[:, None]
    summed: dict[str, object] = {}
    for speech, row in zip(units.matrix.unit_speech, mass, strict=True):
        summed[speech] = summed.get(speech, 0) + row
    return {(speech, topic.id): float(row[k] / row.sum()) for speech, row in summed.items() for k, topic in enumerate(model.topics)}


def step(workspace: object, table: Path, seen: Seen, options: argparse.Namespace) -> dict[str, object]:
    """Add one part, fit, and say what moved."""
    from tracker.analysis import analyse_all
    from tracker.tasks.add import add
    from tracker.tasks.topics import fit, name_topic, read_marks
    from tracker.tasks.topics.added import coverage

    result = add(workspace, [str(table)])
    covered, _ = coverage(workspace, [row.id for row in result.added])
    fresh = [speech for speech in workspace.store.speeches() if speech.id not in seen.analysed]
    seen.analysed |= {item.speech.id: item for item in analyse_all(fresh, workspace.lexicon, workspace.recipe)}
    counts = {speech: item.counts.scopes for speech, item in seen.analysed.items()}
    moved_themes = sum(counts[speech] != held for speech, held in seen.themes.items())
    begun = time.process_time()
    found = fit(workspace, topics=None if seen.named else options.topics, known=seen.analysed)
    took = time.process_time() - begun
    if not seen.named:
        best = max(found.topics, key=lambda topic: topic.stability or 0)
        seen.named = name_topic(workspace, best.id, NAME).id
    told = found.fit
    kept = {change.topic: change.overlap for change in told.changes if change.became == "kept"}
    shares = speech_shares(workspace, seen.analysed)
    moves = [abs(shares[key] - share) for key, share in seen.shares.items() if key[1] in kept]
    seen.themes, seen.shares = counts, shares
    return {
        "speeches": told.speeches,
        "passages": told.passages,
        **{name: sum(change.became == name for change in told.changes) for name in BECAME},
        "overlap": mean(kept.values()) if kept else None,
        "stability": told.stability,
        "fresh": told.fresh_stability,
        "moved_points": 100 * mean(moves) if moves else None,
        "themes_moved": moved_themes,
        "unknown": covered.unknown if covered else None,
        "harder": covered.residual if covered else None,
        "name": "stands" if read_marks(workspace)[seen.named].name == NAME and any(t.id == seen.named for t in found.topics) else "gone",
        "cpu_seconds": took,
    }


HEADS = (
    "added",
    "speeches",
    "passages",
    "kept / born / split / merged / retired",
    "overlap of those kept",
    "reproducible",
    "started anew",
    "shares moved",
    "theme counts moved",
    "CPU s",
)
READ = (
    "`python tests/benchmarks/topics_by_decade.py --write`. The State of the Union messages, added a decade at a time and fitted anew each time with `tracker fit`, the last "
    "ones one by one. *Overlap*: shared probability of a topic that was kept and what it was before. *Reproducible*: mean Jaccard index of the ten top words over "
    "80 % subsamples of the speeches, of the topics begun at those before and of topics started anew. *Shares moved*: mean change of an earlier speech's share of a topic that was "
    "kept, in points. *Theme counts moved*: named-theme counts of earlier speeches that differ; none may."
)


def page(figures: Sequence[dict[str, object]]) -> str:
    """The section: a row a fit."""

    def told(row: dict[str, object], name: str, form: str) -> str:
        return "" if row[name] is None else format(row[name], form)

    rows = [
        (
            str(row["part"]), f"{row['speeches']:,}", f"{row['passages']:,}", " / ".join(str(row[name]) for name in BECAME), told(row, "overlap", ".2f"),
            told(row, "stability", ".2f"), told(row, "fresh", ".2f"), told(row, "moved_points", ".2f"), str(row["themes_moved"]), told(row, "cpu_seconds", ".1f"),
        )
        for row in figures
    ]  # fmt: skip
    last = figures[-1]["name"]
    named = "A name given after the first fit still stands after the last." if last == "stands" else "A name given after the first fit went with its topic."
    return f"{READ}\n\n{table(HEADS, rows)}\n\n{named}"


def main() -> None:
    """Print a line a fit, the history, and one line for machines."""
    parser = argparse.ArgumentParser(description="Topics of a corpus that grows decade by decade.")
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS)
    parser.add_argument("--topics", type=int, default=12)
    parser.add_argument("--alone", type=int, default=5, help="speeches added one at a time at the end")
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    options = parser.parse_args()
    rows = [json.loads(line) for line in (options.corpus / "speeches.jsonl").read_text(encoding="utf-8").splitlines()]
    from tracker.cli.app import main as tracker
    from tracker.tasks.workspace import init

    seen, figures = Seen(), []
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        workspace = init(Path(folder) / "workspace")
        for number, (part, held) in enumerate(parts(rows, options.alone)):
            table = Path(folder) / f"{number:03}.jsonl"
            table.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in held), encoding="utf-8")
            figures.append({"part": part, **step(workspace, table, seen, options)})
            shown = {name: f"{value:.2f}" if isinstance(value, float) else value for name, value in figures[-1].items()}
            print(" ".join(f"{name} {value}" for name, value in shown.items() if value is not None), flush=True)  # noqa: T201
        tracker(["topics", "history", "--workspace", str(workspace.path)])
    if options.write:
        put("Topics: growing by decades", page(figures))
    print(json.dumps({"benchmark": "topics_by_decade", "topics": options.topics, "fits": figures}))  # noqa: T201


if __name__ == "__main__":
    main()
