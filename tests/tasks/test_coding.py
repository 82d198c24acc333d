"""From a sample to the badge: sheets as coders fill and save them, and what they say of the list."""

import csv
import io
import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tracker.errors import TrackerError
from tracker.lexicon import Lexicon, Theme
from tracker.tasks.badges import validations
from tracker.tasks.coding import SampleChoices, sample, score
from tracker.tasks.coding.frame import passage_id, population
from tracker.tasks.coding.sample import _spans
from tracker.tasks.coding.score import ScoreChoices
from tracker.tasks.coding.sheets import read_sheet
from tracker.tasks.compare import compare
from tracker.tasks.workspace import open_workspace

DAY = date(2024, 5, 1)
THEMES = '[themes.ports]\nlabel = "Ports"\nterms = ["harbour", "quay*"]\n[themes.farms]\nlabel = "Farms"\nterms = ["orchard*"]\n'
PORTS, FARMS, OTHER = "harbour quay ferry pilot", "orchard apple cider barn", "school library teacher lesson"


def speech(number, rng):
    """A speech of ten paragraphs; `ferry` and `apple` are the themes without a word of the lists."""
    paragraphs = []
    for turn in range(10):
        words = (PORTS, FARMS, OTHER, OTHER)[(turn + number) % 4].split()
        inside = words if words[0] == "school" else [rng.choice([*words, words[0]])]
        paragraphs.append(" ".join(f"We praise number{rng.randrange(10**6)} and the old {rng.choice(inside)} beside the river." for _ in range(16)))
    head = f"---\ntitle: Speech {number}\ndate: {2001 + number // 2}-0{1 + number % 2}-01\nspeaker: Ada Berg\nkind: transcript\nlanguage: en\n---\n"
    return head + "\n\n".join(paragraphs) + "\n"


@pytest.fixture(scope="module")
def spoken():
    rng = random.Random(7)  # noqa: S311 - the same speeches every time
    return {f"s{number}.md": speech(number, rng) for number in range(8)}


@pytest.fixture
def workspace(make_workspace, spoken):
    return make_workspace(spoken, THEMES)


def about(text, theme):
    return any(word in text for word in (PORTS if theme == "ports" else FARMS).split())


def fill(path, out, judge, *, delimiter=",", encoding="utf-8-sig", style="x"):
    """Fill a sheet by a rule and save it as some spreadsheet would."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows:
        said = {theme: judge(row["text"], theme) for theme in ("ports", "farms")}
        for theme, yes in said.items():
            row[theme] = ("x" if yes else "") if style == "x" else ("Yes" if yes else "no")
        row["none"] = "X" if style == "x" and not any(said.values()) else ""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    out.write_text(text.getvalue(), encoding=encoding, newline="")
    return out


@pytest.fixture
def sheets(workspace, tmp_path):
    """Two filled sheets: the second coder does not count passages that only name a ferry."""
    made = sample(workspace, choices=SampleChoices(size=40, folder=tmp_path), today=DAY)
    first, second = (tmp_path / f"coding-{coder}.csv" for coder in "ab")
    assert made.files == (str(first), str(second))
    one = fill(first, tmp_path / "one.csv", about, delimiter=";")
    other = fill(second, tmp_path / "two.csv", lambda text, theme: about(text.replace("ferry", ""), theme), style="words")
    return one, other


def fresh(workspace):
    return open_workspace(workspace.path)


def test_the_sheets_hold_the_same_passages_in_other_orders_and_nothing_of_the_verdict(workspace, tmp_path):
    made = sample(workspace, choices=SampleChoices(size=40, folder=tmp_path), today=DAY)
    rows = [list(csv.DictReader(io.StringIO((tmp_path / f"coding-{c}.csv").read_text(encoding="utf-8-sig")))) for c in "ab"]
    names = [[row["passage"] for row in held] for held in rows]
    assert (len(names[0]), sorted(names[0]) == sorted(names[1]), names[0] == names[1]) == (40, True, False)
    assert list(rows[0][0]) == ["passage", "coder", "text", "ports", "farms", "none", "note"]
    assert {row[name] for row in rows[0] for name in ("ports", "farms", "none", "note")} == {""}
    assert all(row["passage"] == passage_id(row["text"]) for row in rows[0])
    assert 0 < made.with_hits["ports"] < 40
    assert (made.population, [label for label, _, _ in made.periods]) == (80, ["2001", "2002", "2003", "2004"])


def test_the_same_workspace_draws_the_same_passages_and_a_second_sample_others(make_workspace, spoken, tmp_path):
    drawn = []
    for name in ("x", "y"):
        workspace = make_workspace(spoken, THEMES)
        for turn in ("1", "2"):
            sample(workspace, choices=SampleChoices(size=30, folder=tmp_path / name, name=turn), today=DAY)
        drawn.append([(tmp_path / name / f"{turn}-a.csv").read_bytes() for turn in ("1", "2")])
    assert drawn[0] == drawn[1]
    assert drawn[0][0] != drawn[0][1]


def test_strata_and_probabilities_stay_in_the_workspace(workspace, tmp_path):
    sample(workspace, ["ports"], SampleChoices(size=20, folder=tmp_path, by="year"), today=DAY)
    again = fresh(workspace)
    held = again.store.codings().sample("sample-1")
    assert (sum(held.strata.values()), len(held.passages), held.made) == (80, 20, "2024-05-01")
    assert {theme for _, (theme, _, _) in held.strata} == {"ports", ""}
    assert {period for _, (_, period, _) in held.passages.values()} == {"2001", "2002", "2003", "2004"}


def test_a_score_says_agreement_precision_recall_and_what_coders_would_find(workspace, sheets):
    found = score(workspace, sheets, today=DAY)
    assert (found.coders, found.stored, [theme.id for theme in found.themes]) == (("a", "b"), 160, ["ports", "farms"])
    ports, farms = found.themes
    assert (farms.whole.alpha.value, farms.whole.precision.value) == (1.0, 1.0)
    assert 0.5 < ports.whole.alpha.value < 1
    assert ports.whole.disputed > 0
    assert farms.whole.recall.value < 1  # passages of apples and cider alone
    truth = np.array([[about(u.text, "farms"), u.tokens] for u in population(workspace.store.speeches(), workspace.lexicon, workspace.recipe)])
    assert farms.whole.corrected.low <= truth[:, 0] @ truth[:, 1] / truth[:, 1].sum() <= farms.whole.corrected.high
    assert [group.label for group in farms.groups] == ["", "2001", "2002", "2003", "2004"]


def test_codings_are_kept_and_scored_again_under_an_edited_list(workspace, sheets):
    before = score(workspace, sheets, today=DAY)
    workspace.themes_path.write_text(THEMES.replace('"orchard*"', '"orchard*", "apple", "cider", "barn"'), encoding="utf-8")
    after = score(fresh(workspace))
    assert after.stored == 0
    assert after.themes[1].whole.recall.value == 1 > before.themes[1].whole.recall.value
    assert after.themes[1].validation == before.themes[1].validation


def test_the_badge_stands_in_themes_comparison_and_survives_until_coders_disagree(workspace, sheets):
    assert {held.badge for held in validations(workspace).values()} == {"unvalidated"}
    score(workspace, sheets, today=DAY)
    held = compare(fresh(workspace), "2001", "2004").validations
    assert held[1].badge == "validated (alpha 1.00, n 40, 2024-05-01)"
    assert held[0].valid == (min(held[0].alpha, held[0].low) >= 0.667)


def test_what_coders_settle_together_takes_the_place_of_what_they_said(workspace, sheets, tmp_path):
    first = score(workspace, sheets, ScoreChoices(disputed=tmp_path / "open.csv"), today=DAY)
    text = (tmp_path / "open.csv").read_text(encoding="utf-8-sig")
    assert text.count("ports: a yes, b no") == first.themes[0].whole.disputed
    with pytest.raises(TrackerError, match="left open"):
        score(workspace, [tmp_path / "open.csv"])
    rows = list(csv.reader(io.StringIO(text)))
    place = rows[0].index("ports")
    settled = [rows[0], *([*row[:place], row[place] or "1", *row[place + 1 :]] for row in rows[1:])]
    (tmp_path / "open.csv").write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in settled), encoding="utf-8")
    again = score(workspace, [tmp_path / "open.csv"], today=DAY)
    assert (again.themes[0].whole.disputed, again.coders) == (0, ("a", "b"))
    assert again.themes[0].whole.alpha == first.themes[0].whole.alpha
    assert again.themes[0].whole.corrected.value > first.themes[0].whole.corrected.value


def test_a_speech_that_is_removed_takes_its_passages_along_and_an_added_one_is_told(workspace, sheets):
    from tracker.tasks.corpus import remove

    score(workspace, sheets, today=DAY)
    remove(workspace, [workspace.store.speeches()[0].id])
    found = score(fresh(workspace))
    assert found.themes[0].whole.passages == 70
    assert [w.code for w in found.warnings] == ["W42"]
    assert "1 of its speeches were removed or updated since" in found.warnings[0].text


def test_a_list_that_ages_is_told(make_workspace, spoken, tmp_path):
    aged = {name: text.replace("orchard", "grove") if int(name[1]) >= 4 else text for name, text in spoken.items()}
    workspace = make_workspace(aged, THEMES)
    choices = SampleChoices(size=76, folder=tmp_path, edges=(date(2001, 1, 1), date(2003, 1, 1)))
    made = sample(workspace, ["farms"], choices, today=DAY)

    def judge(text, theme):
        return theme == "farms" and (about(text, "farms") or "grove" in text)

    for path in map(Path, made.files):
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        lines = ["passage;coder;farms", *(f"{r['passage']};{r['coder']};{int(judge(r['text'], 'farms'))}" for r in rows)]
        path.write_text("\n".join(lines), encoding="utf-8")
    found = score(workspace, [Path(path) for path in made.files], today=DAY)
    assert [w.code for w in found.themes[0].warnings] == ["W40"]
    assert "The recall of `farms` is" in found.themes[0].warnings[0].text
    assert "may be the list's own" in found.themes[0].warnings[0].text


@pytest.mark.parametrize(
    ("text", "codes", "open_"),
    [
        ("passage,ports,none\np1,x,\np2,,x\n", {"p1": 1, "p2": 0}, []),
        ("\ufeffpassage;ports;none\r\np1;X;\r\np2;;1\r\n", {"p1": 1, "p2": 0}, []),
        ("passage\tports\np1\tja\np2\tNein\n", {"p1": 1, "p2": 0}, []),
        ("passage,ports\np1,1.0\np2,0\np3,\n", {"p1": 1, "p2": 0}, [(4, "p3", "")]),
        ("passage,ports,none\np1,✓,\n\np2,?,\n", {"p1": 1}, [(4, "p2", "")]),
    ],
)
def test_sheets_are_read_as_spreadsheets_save_them(tmp_path, text, codes, open_):
    path = tmp_path / "ana.csv"
    path.write_text(text, encoding="utf-8", newline="")
    sheet = read_sheet(path, ["ports"])
    assert ({p: c for (p, _), c in sheet.codes.items()}, sheet.coder, list(sheet.unfilled)) == (codes, "ana", open_)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_are_read(tmp_path, encoding):
    path = tmp_path / "b.csv"
    path.write_text("passage;text;ports\np1;Häfen und Straßen öffnen früh;1\np2;Äpfel;0\n", encoding=encoding)
    assert read_sheet(path, ["ports"]).codes == {("p1", "ports"): 1, ("p2", "ports"): 0}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "passage,ports\np1,maybe\n",
            "error: 1 cell of `{path}` say neither yes nor no\n  row 2, ports: `maybe`\n  yes: 1, x, yes; no: 0, no\n\nhint: edit {path}",
        ),
        (
            "passage,ports,none\np1,x,x\n",
            "error: 1 cell of `{path}` say neither yes nor no\n  row 2: `none` beside a theme\n  yes: 1, x, yes; no: 0, no\n\nhint: edit {path}",
        ),
        ("passage,ports\np1,1\np1,0\n", "error: `{path}` has the passage `p1` twice: rows 2 and 3\n\nhint: edit {path}"),
        (
            "name,ports\np1,1\n",
            "error: `{path}` is no sheet of passages to code\n  columns: name, ports\n  needed: passage, and one or more of ports\n\nhint: tracker themes sample",
        ),
    ],
)
def test_what_is_no_answer_is_refused_with_its_place(tmp_path, text, error):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TrackerError) as caught:
        read_sheet(path, ["ports"])
    assert caught.value.render() == error.format(path=path)


def test_gaps_unknown_passages_and_a_single_coder_are_refused_and_nothing_is_kept(workspace, sheets, tmp_path):
    one, two = sheets
    with pytest.raises(TrackerError, match="only one coder: `a`"):
        score(workspace, [one])
    (tmp_path / "strange.csv").write_text("passage,coder,ports\npffffffffffff,c,1\n", encoding="utf-8")
    with pytest.raises(TrackerError, match="1 unknown passage"):
        score(workspace, [one, two, tmp_path / "strange.csv"])
    with pytest.raises(TrackerError, match="two sheets of one coder, `a`"):
        score(workspace, [one, one])
    (tmp_path / "gap.csv").write_text(
        "".join(one.read_text(encoding="utf-8-sig").splitlines(keepends=True)[:1])
        + one.read_text(encoding="utf-8-sig").splitlines()[1].split(";")[0]
        + ";c;;;;;\n",
        encoding="utf-8",
    )
    with pytest.raises(TrackerError) as caught:
        score(workspace, [two, tmp_path / "gap.csv"])
    assert "gap.csv, row 2: nothing marked" in caught.value.render()
    assert workspace.store.codings().held() == ()
    assert score(workspace, [one, two, tmp_path / "gap.csv"], ScoreChoices(partial=True)).coders == ("a", "b")


def test_samples_that_cannot_be_drawn_are_refused(workspace, tmp_path):
    with pytest.raises(TrackerError, match="5 passages are too few"):
        sample(workspace, choices=SampleChoices(size=5, folder=tmp_path))
    with pytest.raises(TrackerError, match="one coder cannot agree"):
        sample(workspace, choices=SampleChoices(coders=("a",), folder=tmp_path))
    (tmp_path / "coding-a.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(TrackerError, match="is not overwritten"):
        sample(workspace, choices=SampleChoices(folder=tmp_path))
    with pytest.raises(TrackerError, match="no periods by `speaker`"):
        sample(workspace, choices=SampleChoices(by="speaker", folder=tmp_path / "x"))
    with pytest.raises(TrackerError, match="no sample was drawn"):
        score(workspace)
    assert workspace.store.codings().names() == ()


def test_years_are_joined_into_spans_of_about_as_many_passages():
    years = [str(year) for year in range(2000, 2008)]
    assert sorted(set(_spans(years, dict.fromkeys(years, 10)).values())) == ["2000..2001", "2002..2003", "2004..2005", "2006..2007"]


def test_a_passage_has_the_same_name_wherever_its_words_stand(workspace):
    units = population(workspace.store.speeches(), Lexicon((Theme("none-at-all", "", {}, {"": ("zzz",)}),)), workspace.recipe)
    assert len({unit.id for unit in units}) == len(units) == 80
    assert all(unit.id == passage_id(unit.text) and not unit.themes for unit in units)
