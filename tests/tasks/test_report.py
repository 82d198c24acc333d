import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.tasks.add import add
from tracker.tasks.compare import Choices
from tracker.tasks.corpus import remove
from tracker.tasks.report import MOST_MARKED, _newest, report
from tracker.tasks.workspace import open_workspace

CHOICES = Choices(balance="shipyards:orchards")


def files(path):
    root = Path(path)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def told(files_):
    return json.loads(files_["report.json"])["data"]


def rows(files_, name):
    return list(csv.DictReader(io.StringIO(files_[f"data/{name}.csv"].decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def written(make_workspace, three_texts):
    """A workspace with three speeches, its report on two of them, and the report's files."""
    workspace = make_workspace(three_texts)
    result = report(workspace, "2022", "2023", CHOICES)
    return workspace, result, files(result.path)


def test_a_report_has_page_charts_data_text_and_numbers(written):
    names = set(written[2])
    assert {"index.html", "report.json", "report.md", "manifest.json", "data/measures.csv", "data/themes.csv", "data/texts.csv"} <= names
    assert {name[:6] for name in names} > {"charts", "data/m"}


def test_the_newest_report_is_the_latest(written):
    workspace, result, _ = written
    assert (workspace.reports_path / "latest").resolve() == Path(result.path)


def test_the_same_corpus_gives_the_same_bytes_again(written):
    workspace, first, before = written
    result = report(open_workspace(workspace.path), "2022", "2023", CHOICES)
    after = files(result.path)
    assert result.run != first.run
    assert {name for name in before if before[name] != after.get(name)} == {"manifest.json"}
    assert set(before) == set(after)
    shutil.rmtree(result.path)


def test_another_order_of_adding_in_another_process_with_another_hash_seed_gives_the_same_bytes(written, make_workspace, three_texts):
    workspace, _, before = written
    other = make_workspace(dict(reversed(three_texts.items())))
    assert other.store.hash() == workspace.store.hash()
    command = [sys.executable, "-m", "tracker", "report", "2022", "2023", "--balance", CHOICES.balance, "--workspace", str(other.path), "--json"]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    after = files(json.loads(done.stdout)["data"]["path"])
    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} == {"manifest.json"}


def test_rows_of_earlier_speeches_never_move_when_a_speech_is_added(written, make_workspace, three_texts, tmp_path):
    workspace = make_workspace(three_texts)
    shutil.copytree(written[0].models_path, workspace.models_path)
    (tmp_path / "new.md").write_text(three_texts["belmara.md"].replace("2023-06-14", "2023-09-01").replace("On June 14 ", ""), encoding="utf-8")
    add(workspace, [str(tmp_path / "new.md")])
    after = rows(files(report(workspace, "2022", "2023", CHOICES).path), "measures")
    before = rows(written[2], "measures")
    assert len(after) == 1.5 * len(before)
    assert [row for row in after if row["speech"] in {r["speech"] for r in before}] == before


def test_the_tidy_table_holds_every_speech_scope_and_theme_with_its_counts(written):
    workspace, _, held = written
    table = rows(held, "measures")
    themes = [theme.id for theme in workspace.lexicon.themes]
    assert len(table) == 2 * 2 * len(themes)
    assert {row["theme"] for row in table} == set(themes)
    assert all(0 <= int(row["core_hits"]) <= int(row["hits"]) <= int(row["tokens"]) for row in table)
    sums = {(t["id"], side): t[side]["hits"] for t in told(held)["compare"]["themes"] for side in ("before", "after")}
    for (theme, side), hits in sums.items():
        assert sum(int(r["hits"]) for r in table if r["theme"] == theme and r["period"] == side and r["headline_scope"] == "yes") == hits


def test_two_speeches_rise_and_fall_nowhere(written):
    held = written[2]
    page = re.sub(r"<(style|script)\b.*?</\1>", " ", held["index.html"].decode(), flags=re.DOTALL)
    for text in (page, held["report.md"].decode(), json.dumps(told(held)["findings"]), json.dumps(told(held)["compare"])):
        assert not re.findall(r"\b(rose|fell|rising|falling|increased|decreased)\b", text)
    assert {(t["p"], t["q"], t["verdict"]) for t in told(held)["compare"]["themes"]} == {(None, None, "not testable")}
    assert told(held)["compare"]["balance"]["p"] is None


def test_every_quote_of_a_report_is_verbatim_and_its_hits_lie_inside(written):
    workspace, _, held = written
    texts = {s.id: s.text for s in workspace.store.speeches()}
    shown = list(quotes(told(held)))
    assert len(shown) > 20
    for e in shown:
        assert e["quote"] == texts[e["speech"]][e["start"] : e["end"]]
        assert all(e["start"] <= start < end <= e["end"] for start, end in e["hits"])
    assert {tuple(e) for e in shown} == {("speech", "date", "start", "end", "quote", "voice", "hits")}


def quotes(held):
    if isinstance(held, dict):
        if "quote" in held:
            yield held
        held = list(held.values())
    for part in held if isinstance(held, list) else []:
        yield from quotes(part)


def test_nothing_in_the_json_is_nan(written):
    assert not re.findall(rb"\b(NaN|Infinity|nan|inf)\b", written[2]["report.json"])


def test_what_is_left_out_is_told(written):
    assert "1 speech outside the two slices" in written[2]["index.html"].decode()


def test_a_corpus_too_small_for_topics_has_a_report_that_says_so(two):
    held = files(report(two, "2022", "2023").path)
    assert told(held)["topics"] is None
    assert "No topics: too little text for topics." in held["index.html"].decode()


def test_the_manifest_holds_versions_recipe_and_the_hash_of_every_other_file(written):
    workspace, _, held = written
    manifest = json.loads(held["manifest.json"])
    assert set(manifest["files"]) == set(held) - {"manifest.json"}
    assert (manifest["recipe"]["id"], manifest["corpus"], manifest["themes"]) == (workspace.recipe.id, workspace.store.hash(), workspace.lexicon.hash)
    assert manifest["command"] == "tracker report 2022 2023 --balance shipyards:orchards"


def test_flags_stand_in_the_recipe_that_a_report_and_its_manifest_tell(written):
    workspace = open_workspace(written[0].path)
    result = report(workspace, "2022", "2023", Choices(level=0.8, scope="all", without=("airships",)))
    held = files(result.path)
    used = workspace.recipe.with_settings(measure__level=0.8, measure__scope="all")
    assert json.loads(held["report.json"])["recipe"]["id"] == json.loads(held["manifest.json"])["recipe"]["id"] == used.id
    assert (told(held)["compare"]["scope"], told(held)["compare"]["without"]) == ("all", ["airships"])
    assert json.loads(held["manifest.json"])["command"] == "tracker report 2022 2023 --scope all --level 0.8 --without airships"
    shutil.rmtree(result.path)


def test_one_slice_alone_is_an_error(two):
    with pytest.raises(TrackerError, match="one slice is not enough"):
        report(two, "2022")


def test_the_speeches_shown_whole_are_the_newest_of_both_sides():
    class Part:
        def __init__(self, *names):
            self.speeches = names

    many, few = Part(*range(100)), Part("a", "b", "c")
    assert _newest((many, few)) == [*range(53, 100), "a", "b", "c"]
    assert _newest((few, many)) == ["a", "b", "c", *range(53, 100)]
    assert _newest((many, many)) == [*range(75, 100)] * 2
    assert len(_newest((many, Part()))) == MOST_MARKED


def test_speeches_added_and_removed_again_leave_the_same_bytes(make_workspace, three_texts, tmp_path):
    workspace = make_workspace(three_texts)
    before = files(report(workspace, "2022", "2023", CHOICES, since="none").path)
    (tmp_path / "new.md").write_text(three_texts["belmara.md"].replace("2023-06-14", "2023-09-01").replace("On June 14 ", ""), encoding="utf-8")
    known = {speech.id for speech in workspace.store.speeches()}
    add(workspace, [str(tmp_path / "new.md")])
    added = [speech.id for speech in workspace.store.speeches() if speech.id not in known]
    assert len(added) == 1
    assert files(report(open_workspace(workspace.path), "2022", "2023", CHOICES, since="none").path)["index.html"] != before["index.html"]
    remove(workspace, added)
    after = files(report(open_workspace(workspace.path), "2022", "2023", CHOICES, since="none").path)
    assert set(after) == set(before)
    assert [name for name in after if after[name] != before[name]] == ["manifest.json"]


def test_a_period_without_an_end_is_named_as_one_says_it(written, run):
    """Nowhere stands "in until 2022": on the page, in its charts, in the text file, and on the screen."""
    workspace = open_workspace(written[0].path)
    held = files(report(workspace, "..2022", "2023..", CHOICES).path)
    shown = {name: held[name].decode() for name in held if name.endswith((".html", ".md", ".svg"))}
    assert "until 2022" in shown["index.html"]
    assert "from 2023" in shown["report.md"]
    for command in ("report", "compare", "words"):
        shown[command] = run(command, "..2022", "2023..", "--workspace", workspace.path).out
    assert [(name, said) for name, text in shown.items() for said in re.findall(r"\b(?:[Ii]n|between|of) (?:until|from) [^,.;<]*", text)] == []
    assert [name for name, text in shown.items() if name in ("report", "compare", "words") and "..2022" in text] == []
