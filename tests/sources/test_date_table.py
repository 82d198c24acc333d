"""The date table: what the rules make of every raw sample beside the checkout; nothing may be dated wrongly."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tracker.sources import parse_day, read_sources, resolve_date
from tracker.speech import Speech

SHARED = Path(__file__).resolve().parents[2] / "../shared"
CORPORA = SHARED / "corpora"
NOT_READABLE = ("canada_throne",)  # neither their texts nor their names (`22-1`) hold the day
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not CORPORA.exists(), reason="the real corpora are not beside the checkout")]


def rows(corpus):
    with (CORPORA / corpus / "speeches.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def raw(corpus):
    """Yield (name, date as resolved) of every raw file that is read."""
    for item in read_sources([str(CORPORA / corpus / "raw")]):
        if isinstance(item, Speech):
            yield item.key, item.date


def translations():
    """Yield (name, date) of the work reports, each language of the translation memories by itself."""
    for path in sorted((CORPORA / "gwr_en" / "raw").glob("*.tmx")):
        memory = path.read_text(encoding="utf-8-sig")
        for language in ("zh-CN", "en-US"):
            segments = re.findall(rf'<tuv xml:lang="{language}">\s*<seg>(.*?)</seg>', memory, re.DOTALL)
            yield f"{path.stem}-{language}", resolve_date("\n".join(segments))


def truths():
    """The day of every raw sample, or as much of it as anything beside the samples knows."""
    with (CORPORA / "sotu" / "raw" / "SOTU_metadata.csv").open(encoding="utf-8-sig") as table:
        known = {("sotu", row["filename"]): str(parse_day(row["Date"])[0]) for row in csv.DictReader(table)}
    known |= {("canada_throne", f"{row['id'].removeprefix('throne-')}.txt"): row["date"] for row in rows("canada_throne")}
    report = {row["date"][:4]: row["date"] for row in rows("gwr_en")}
    known |= {("gwr", f"GR{year}-{language}"): day for year, day in report.items() for language in ("zh-CN", "en-US")}
    known |= {("seeds", name): day for name, day in (("000", "2022-08-16"), ("002", "2023-09-07"))}
    return known


def truth_of(known, corpus, name):
    if corpus == "ungdc":
        return str(1945 + int(name.split("_")[1]))  # the session tells the year
    if corpus == "inaugural":
        return name[:4] if (int(name[:4]) - 1789) % 4 == 0 else "no inauguration"
    if corpus == "fomc_statements":
        return f"{name[:4]}-{name[4:6]}-{name[6:8]}"
    return known.get((corpus, name))


@pytest.fixture(scope="module")
def table():
    known = truths()
    found = [(corpus, name, date) for corpus in ("canada_throne", "fomc_statements", "inaugural", "sotu", "ungdc") for name, date in raw(corpus)]
    found += [("gwr", name, date) for name, date in translations()]
    found += [("seeds", item.key[:3], item.date) for item in read_sources([str(SHARED / "seeds")]) if isinstance(item, Speech)]
    lines = []
    for corpus, name, date in found:
        truth = truth_of(known, corpus, name)
        verdict = "missing" if not date.text else "right" if truth and truth.startswith(date.text) else "wrong"
        lines.append((corpus, name, truth, date.text, verdict, date.evidence))
    return lines


def show(counted, below):
    """Print how many of each corpus are right, missing and wrong."""
    verdicts = ("right", "missing", "wrong")
    lines = [f"{'corpus':<18}" + "".join(f"{verdict:>9}" for verdict in verdicts)]
    lines += [f"{corpus:<18}" + "".join(f"{counted[corpus, verdict]:>9}" for verdict in verdicts) for corpus in sorted({c for c, _ in counted})]
    print("", *lines, below, sep="\n")  # noqa: T201 - the table is what this file is for


def test_no_raw_sample_is_dated_wrongly_and_nine_in_ten_readable_ones_are_dated(table):
    counted = Counter((corpus, verdict) for corpus, _, _, _, verdict, _ in table)
    readable = [line for line in table if line[0] not in NOT_READABLE]
    right = sum(line[4] == "right" for line in readable)
    show(counted, f"of {len(readable)} files whose date a person can read {right} are right; {len(table) - len(readable)} hold no date")
    assert [line for line in table if line[4] == "wrong"] == []
    assert right >= 0.9 * len(readable)
    assert {line[0] for line in table} == {"canada_throne", "fomc_statements", "gwr", "inaugural", "seeds", "sotu", "ungdc"}


def test_what_is_missing_says_why(table):
    assert all(line[5] for line in table if line[4] == "missing")


def test_no_text_of_any_corpus_is_dated_wrongly_when_its_columns_are_taken_away():
    counted = Counter()
    for corpus in sorted(path.name for path in CORPORA.iterdir() if (path / "speeches.jsonl").exists()):
        for row in rows(corpus):
            date = resolve_date(row["text"])
            verdict = "missing" if not date.text else "right" if row["date"].startswith(date.text) else "wrong"
            assert verdict != "wrong", (row["id"], row["date"], date.evidence)
            counted[corpus, verdict] += 1
    show(counted, "texts alone, without columns and file names")
    assert counted["gwr_en", "right"] >= 13
    assert counted["gwr_zh", "right"] >= 6
