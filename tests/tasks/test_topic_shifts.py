"""Topics between two slices: a planted shift is found, and nothing is said that the refits do not carry."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from tracker.models.fitting import infer_refits
from tracker.reports.json import comparison as as_json
from tracker.synthetic import Lengths, PlantedTheme, simulate_speeches
from tracker.tasks.add import add
from tracker.tasks.compare import Choices, compare
from tracker.tasks.topics import fit
from tracker.tasks.workspace import init, open_workspace

THEMES = (
    PlantedTheme("harbour", "Harbours", ("harbour", "quay", "lighthouse", "ferry", "pier", "trawler"), 0.04, 0.14),
    PlantedTheme("orchard", "Orchards", ("orchard", "apple", "blossom", "cider", "graft", "cherry"), 0.14, 0.04),
    PlantedTheme("railway", "Railways", ("railway", "locomotive", "platform", "carriage", "tunnel", "timetable"), 0.08, 0.08),
)


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """A workspace with ten invented speeches a year and five topics."""
    folder = tmp_path_factory.mktemp("invented")
    corpus = simulate_speeches(10, 10, themes=THEMES, tau=0.3, rho=0.1, lengths=Lengths(8, 60, 0.3), rng=np.random.default_rng(2))
    rows = [{"id": s.key, "date": s.day.isoformat(), "text": s.text, "speaker": "Ada Lind", "title": s.key} for s in corpus.speeches]
    (folder / "s.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    workspace = init(folder / "w", themes="none")
    add(workspace, [str(folder / "s.jsonl")])
    assert compare(workspace, "2001", "2002").topics is None
    return workspace, fit(workspace, topics=5)


@pytest.fixture(scope="module")
def found(invented):
    return compare(invented[0], "2001", "2002")


def of(found, theme):
    """The topic with most of a planted theme's words."""
    words = set(next(t for t in THEMES if t.id == theme).words)
    return max(found.topics.rows, key=lambda row: len(words & set(row.shift.terms)))


def test_planted_shifts_are_found_and_what_did_not_move_is_not(found):
    assert (of(found, "harbour").shift.verdict, of(found, "orchard").shift.verdict) == ("rose", "fell")
    assert of(found, "railway").shift.verdict not in ("rose", "fell")
    for theme in THEMES:
        shift = of(found, theme.id).shift
        assert shift.origin == "topic"
        if shift.points.low is not None:
            assert shift.points.low <= shift.points.value <= shift.points.high


def test_q_is_over_the_topics_alone(found):
    tested = [row for row in found.topics.rows if row.shift.q is not None]
    assert found.topics.family.tests == len(tested) <= len(found.topics.reproducible)
    assert all(row.shift.q >= row.shift.p for row in tested)
    assert found.family.tests == 0


def test_a_topic_that_did_not_come_back_has_no_verdict(found):
    held = as_json(found)
    for row, told in zip(found.topics.rows, held["topics"]["rows"], strict=True):
        assert (told["verdict"] is None) == (not row.reproducible)
        if not row.reproducible:
            assert (row.shift.p, row.shift.q, row.shift.points.low, row.shift.verdict) == (None, None, None, "not testable")
    assert [t["id"] for t in held["themes"] if t["origin"] == "topic"] == [row.shift.id for row in found.topics.reproducible]


def test_shares_of_all_topics_make_up_the_whole_of_each_side(found):
    for side in ("before", "after"):
        assert sum(getattr(row.shift, side).share.value for row in found.topics.rows) == pytest.approx(1)


def test_shares_are_those_of_the_one_current_model(invented, found):
    assert found.topics.model == invented[1].model
    assert [row.shift.id for row in found.topics.rows] == [t.id for t in invented[1].topics]
    assert [row.shift.label for row in found.topics.rows] == [t.label for t in invented[1].topics]


def test_quotes_are_verbatim_and_from_both_sides(invented, found):
    texts = {s.id: s.text for s in invented[0].store.speeches()}
    quotes = of(found, "railway").shift.evidence
    assert {q.date[:4] for q in quotes} == {"2001", "2002"}
    assert all(q.quote == texts[q.speech][q.start : q.end] for q in quotes)


def test_the_same_question_has_the_same_answer_and_the_other_way_round_the_opposite(invented, found):
    assert compare(invented[0], "2001", "2002").topics == found.topics
    turned = compare(invented[0], "2002", "2001")
    for row, back in zip(found.topics.rows, turned.topics.rows, strict=True):
        assert back.shift.points.value == pytest.approx(-row.shift.points.value)
        assert back.shift.p == pytest.approx(row.shift.p)


def test_one_event_on_a_side_is_shown_and_not_tested(invented):
    topics = compare(invented[0], "..2001", "latest").topics
    assert "two events or more" in topics.untested
    assert all(row.shift.p is None and row.shift.before.share.value is not None for row in topics.rows)


def test_within_strata_topics_are_shown_and_not_tested(invented):
    topics = compare(invented[0], "2001", "2002", Choices(within="speaker")).topics
    assert topics.untested == "topics are not tested within strata"
    assert topics.family.tests == 0


def test_speeches_newer_than_the_model_are_told_apart(invented, tmp_path):
    workspace = invented[0]
    words = "submarine periscope torpedo sonar ballast hatch crew depth"
    (tmp_path / "new.txt").write_text("2003-05-06\n\n" + f"We speak of {words}. " * 30, encoding="utf-8")
    added = add(workspace, [str(tmp_path / "new.txt")])
    assert added.added
    try:
        result = compare(workspace, "2001..2002", "2003")
        assert [w.code for w in result.topics.warnings] == ["W9", "W13"]
    finally:
        from tracker.tasks.corpus import remove

        remove(workspace, [s.id for s in workspace.store.speeches() if s.date.text.startswith("2003")])


def test_adding_speeches_to_neither_side_moves_no_share(invented, found, tmp_path):
    (tmp_path / "later.txt").write_text("2005-05-06\n\n" + "The harbour and the quay were closed for the whole winter. " * 20, encoding="utf-8")
    workspace = invented[0]
    add(workspace, [str(tmp_path / "later.txt")])
    again = compare(workspace, "2001", "2002").topics
    assert replace(again, warnings=found.topics.warnings) == found.topics


def test_the_report_draws_them_and_tells_them_in_words(invented):
    from pathlib import Path

    from tracker.tasks.report import report

    folder = Path(report(invented[0], "2001", "2002").path)
    assert {"topic-shifts.svg", "topic-shifts.png"} <= {path.name for path in (folder / "charts").iterdir()}
    rows = (folder / "data" / "topic-shifts.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + 5
    page, markdown = ((folder / name).read_text(encoding="utf-8") for name in ("index.html", "report.md"))
    assert "Topics between 2001 and 2002" in page
    assert "### Topics between the two periods" in markdown
    told = json.loads((folder / "report.json").read_text(encoding="utf-8"))["data"]["compare"]["topics"]
    assert [row["verdict"] for row in told["rows"]].count("rose") == 1


def test_the_first_report_fits_topics_and_shows_their_shifts_too(make_workspace, three_texts):
    from tracker.tasks.report import report

    workspace = make_workspace(three_texts)
    ends = [s.date.text[:4] for s in workspace.store.speeches()]
    told = report(workspace, min(ends), max(ends))
    again = report(workspace, min(ends), max(ends))
    from pathlib import Path

    assert (Path(told.path) / "report.json").read_bytes() == (Path(again.path) / "report.json").read_bytes()


def test_what_was_measured_of_a_speech_is_not_measured_again_and_without_it_the_answer_is_the_same(invented, tmp_path, monkeypatch):
    workspace = open_workspace(shutil.copytree(invented[0].path, tmp_path / "w"))
    before = compare(workspace, "2001", "2002")
    text = " ".join(["The harbour and the quay were built with the ferry, the pier and the orchard of apple trees."] * 12)
    (tmp_path / "new.jsonl").write_text(json.dumps({"id": "new", "date": "2002-11-30", "text": text, "speaker": "Ada Lind", "title": "new"}), encoding="utf-8")
    add(workspace, [str(tmp_path / "new.jsonl")])
    asked: list[int] = []

    def counted(model, matrix):
        asked.append(matrix.counts.shape[0])
        return infer_refits(model, matrix)

    monkeypatch.setattr("tracker.models.fitting.infer_refits", counted)
    after = compare(open_workspace(workspace.path), "2001", "2002")
    bare = shutil.copytree(workspace.path, tmp_path / "bare", ignore=shutil.ignore_patterns("cache.db*"))
    assert as_json(compare(open_workspace(bare), "2001", "2002")) == as_json(after) != as_json(before)
    assert 0 < asked[0] < asked[1] / 10  # of 21 speeches one is new
