"""Which sample filled sheets are scored in, whose they are, and codings that are taken back."""

import csv
import io
import random
from datetime import date
from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.tasks.coding import SampleChoices, forget, sample, score
from tracker.tasks.coding.score import ScoreChoices
from tracker.tasks.coding.sheets import read_sheet

DAY = date(2024, 5, 1)
THEMES = '[themes.ports]\nterms = ["harbour", "quay*"]\n[themes.farms]\nterms = ["orchard*"]\n'
WORDS = ("harbour", "orchard", "school", "library")


def speech(number):
    rng = random.Random(number)  # noqa: S311 - the same speeches every time
    paragraphs = [
        " ".join(f"We praise number{rng.randrange(10**6)} and the old {WORDS[(turn + number) % 4]} beside it." for _ in range(16)) for turn in range(10)
    ]
    head = f"---\ntitle: Speech {number}\ndate: {2001 + number // 2}-0{1 + number % 2}-01\nspeaker: Ada Berg\nkind: transcript\nlanguage: en\n---\n"
    return head + "\n\n".join(paragraphs) + "\n"


@pytest.fixture
def workspace(make_workspace):
    return make_workspace({f"s{number}.md": speech(number) for number in range(6)}, THEMES)


def drawn(workspace, folder, name, size, themes=()):
    return [Path(path) for path in sample(workspace, themes, SampleChoices(size=size, folder=folder, name=name), today=DAY).files]


def filled(path, *, change=None, columns=None):
    """Answer a sheet by its words, in place; `change` edits every row, `columns` renames headings."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows:
        row.update({theme: "1" if word in row["text"] else "0" for theme, word in (("ports", "harbour"), ("farms", "orchard")) if theme in row})
        row.update(change or {})
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((columns or {}).get(name, name) for name in rows[0])
    writer.writerows(row.values() for row in rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def test_sheets_are_scored_in_the_sample_they_are_of_though_a_newer_one_shares_passages(workspace, tmp_path):
    first = drawn(workspace, tmp_path, "first", 40)
    second = drawn(workspace, tmp_path, "second", 40)
    held = workspace.store.codings()
    assert set(held.sample("sample-1").passages) & set(held.sample("sample-2").passages)
    found = score(workspace, [filled(path) for path in first], today=DAY)
    assert (found.sample, found.themes[0].whole.coded, found.warnings) == ("sample-1", 40, ())
    assert score(workspace, today=DAY).sample == "sample-1"
    assert score(workspace, [filled(path) for path in second], today=DAY).sample == "sample-2"
    assert score(workspace, today=DAY).sample == "sample-2"


def test_of_two_samples_of_the_same_passages_the_newest_is_taken_and_the_other_named(workspace, tmp_path):
    drawn(workspace, tmp_path, "first", 60)
    second = [filled(path) for path in drawn(workspace, tmp_path, "second", 60)]
    found = score(workspace, second, today=DAY)
    assert (found.sample, [w.code for w in found.warnings]) == ("sample-2", ["W44"])
    assert "sample-2 and sample-1 hold the same 60 passages of the sheets" in found.warnings[0].text
    assert "--sample sample-1" in found.warnings[0].text
    assert score(workspace, second, ScoreChoices(sample="sample-1")).warnings == ()


def test_of_two_samples_of_the_same_passages_the_one_that_asks_about_the_sheets_themes_is_taken(workspace, tmp_path):
    first = [filled(path) for path in drawn(workspace, tmp_path, "first", 60)]
    drawn(workspace, tmp_path, "second", 60, ["ports"])
    found = score(workspace, first, today=DAY)
    assert (found.sample, found.warnings) == ("sample-1", ())


def test_passages_of_another_sample_are_told(workspace, tmp_path):
    first = drawn(workspace, tmp_path, "first", 40)
    second = drawn(workspace, tmp_path, "second", 20)
    found = score(workspace, [filled(first[0]), filled(second[1])], ScoreChoices(partial=True), today=DAY)
    assert (found.sample, [w.code for w in found.warnings]) == ("sample-1", ["W44"])
    assert "are not of sample-1: they are kept, and not scored here" in found.warnings[0].text


def test_a_sheet_whose_coder_column_is_empty_goes_by_its_files_name_and_that_is_told(workspace, tmp_path):
    first, second = drawn(workspace, tmp_path, "coding", 40)
    found = score(workspace, [filled(first), filled(second, change={"coder": ""})], today=DAY)
    assert (found.coders, [w.code for w in found.warnings]) == (("a", "coding-b"), ["W45"])
    assert "is kept as `coding-b`, a new coder" in found.warnings[0].text
    assert found.warnings[0].text.endswith("tracker themes score --forget coding-b.")


def test_what_a_coder_said_can_be_taken_back(workspace, tmp_path):
    sheets = [filled(path) for path in drawn(workspace, tmp_path, "coding", 40)]
    score(workspace, sheets, today=DAY)
    gone = forget(workspace, "b")
    assert (gone.codings, gone.coders) == (80, ("a",))
    assert {c.coder for c in workspace.store.codings().held()} == {"a"}
    with pytest.raises(TrackerError, match="only one coder: `a`"):
        score(workspace)
    assert score(workspace, sheets, today=DAY).stored == 80
    with pytest.raises(TrackerError, match="nothing is kept of a coder `c`") as caught:
        forget(workspace, "c")
    assert caught.value.looked_at == ("coders: a, b",)


def test_codings_are_taken_back_in_one_sample_alone_and_by_the_command(workspace, tmp_path, run):
    score(workspace, [filled(path) for path in drawn(workspace, tmp_path, "first", 20)], today=DAY)
    inside = len(workspace.store.codings().sample("sample-1").passages)
    sheets = [filled(path) for path in drawn(workspace, tmp_path, "second", 30)]
    shared = set(workspace.store.codings().sample("sample-2").passages) - set(workspace.store.codings().sample("sample-1").passages)
    score(workspace, sheets, today=DAY)
    said = run("themes", "score", "--forget", "b", "--sample", "sample-1", "--workspace", str(workspace.path))
    assert said.out == f"{2 * inside} codings of b taken back in sample-1\n"
    assert {c.passage for c in workspace.store.codings().held() if c.coder == "b"} == shared


def test_a_column_of_answers_about_no_known_theme_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("passage,coder,ports,farm,remarks,none\np1,a,x,,clear,\np2,a,,x,hm,\n", encoding="utf-8")
    with pytest.raises(TrackerError) as caught:
        read_sheet(path, ["farms", "ports"])
    assert caught.value.render() == (
        f"error: answers of `{path}` stand under no known theme\n  column `farm`: 1 answer; did you mean `farms`?\n"
        f"  themes that samples of this workspace ask about: farms, ports\n\nhint: edit {path}"
    )
    path.write_text("passage,coder,ports,remarks,mine\np1,a,x,clear,\np2,a,0,x,\n", encoding="utf-8")
    assert read_sheet(path, ["farms", "ports"]).codes == {("p1", "ports"): 1, ("p2", "ports"): 0}
