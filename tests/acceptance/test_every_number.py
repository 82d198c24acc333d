"""Whole pages walked: every number leads to report.json, every quote to its speech, and a number that is changed is caught."""

import json
import random
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from tracker.synthetic import PLANTED, Lengths, simulate_speeches
from tracker.tasks.add import add
from tracker.tasks.compare import Choices
from tracker.tasks.report import report
from tracker.tasks.workspace import open_workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reports"))
from page_numbers import Sources
from page_walk import numbers

HEAD = "---\ntitle: {0}\ndate: {1}\nspeaker: {2}\nkind: transcript\nlanguage: en\n---\n"
SETTINGS = "[topics]\ntopics = 4\nrefits = 3\npasses = 3\n"
SECTIONS = ["corpus", "texts", "themes", "series", "words", "topics", "phrases", "novelty", "changes", "evidence", "speeches", "methods"]


@pytest.fixture(scope="module")
def grown(make_workspace):
    """A workspace of 42 speeches over 14 years with a shift, a balance, topics and novelty; a report, two speeches more and a second report."""
    import numpy as np

    corpus = simulate_speeches(21, 21, themes=PLANTED, lengths=Lengths(5.0, 60, 0.2), rng=np.random.default_rng(7))
    texts = {}
    for i, speech in enumerate(corpus.speeches):
        day = date((2010 if i < 21 else 2017) + (i % 21) // 3, 1 + (i * 5) % 12, 1 + (i * 7) % 28)
        texts[f"{speech.key}.md"] = HEAD.format(f"Address {i + 1}", day, ("Ada Berg", "Jon Varga")[i % 2]) + speech.text + "\n"
    late = [texts.popitem(), texts.popitem()]
    workspace = make_workspace(texts, corpus.themes_toml(), SETTINGS)
    choices = Choices(balance="harbour:orchard")
    report(workspace, "2010..2016", "2017..2023", choices)
    for name, text in late:
        (workspace.path.parent / name).write_text(text, encoding="utf-8")
        add(workspace, [str(workspace.path.parent / name)])
    return open_workspace(workspace.path)


def walked(workspace, *slices, **choices):
    """The sources of a new report's page."""
    folder = Path(report(workspace, *slices, Choices(**choices)).path)
    page, answer = (folder / "index.html").read_text(encoding="utf-8"), json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return Sources(page, answer, {speech.id: speech.text for speech in workspace.store.speeches()})


@pytest.fixture(scope="module")
def whole(grown):
    return walked(grown, "2010..2016", "2017..2023", balance="harbour:orchard")


def test_the_page_that_is_walked_has_every_section(whole):
    assert [n.attrs["id"] for n in whole.root.walk() if n.tag == "section" and n.has("band")] == SECTIONS
    charts = {p.chart for p in whole.pieces} - {""}
    assert charts >= {"rug", "themes", "series", "heatmap", "words", "tfidf", "topics", "stability", "topic-shifts", "novelty"}
    assert whole.data["changes"]["themes"]
    assert whole.data["compare"]["balance"]


def test_every_number_and_every_quote_of_a_whole_page_has_its_source(whole):
    assert whole.wrong() == []


@pytest.mark.parametrize(
    ("slices", "choices"),
    [
        (("2010..2012", "2013..2015"), {"by": "speaker"}),
        (("..2023", "latest"), {}),
        (("2010..2016", "2017..2023"), {"within": "speaker", "without": ("railway",)}),
        (("2010..2012,speaker:Ada Berg", "2020"), {"level": 0.8}),
    ],
)
def test_every_number_of_other_questions_has_its_source(grown, slices, choices):
    assert walked(grown, *slices, **choices).wrong() == []


def test_every_number_of_two_readouts_has_its_source(two):
    assert walked(two, "2022", "2023", balance="shipyards:orchards").wrong() == []


def turned(token):
    """The number with its first digit that is not 0, or its last, another one."""
    at = next((i for i, c in enumerate(token) if c in "123456789"), len(token) - 1)
    return token[:at] + str((int(token[at]) % 9) + 1) + token[at + 1 :]


def test_a_number_that_is_changed_in_a_table_is_always_caught(whole):
    tables = [n for n in whole.root.walk() if n.tag == "table"]
    order, missed = random.Random(3), []  # noqa: S311
    for table in tables:
        cells = [n for n in table.walk() if n.tag == "td" and re.fullmatch(r"[−+\d.,]*\d[\d.,]*", n.text())]
        for cell in order.sample(cells, min(12, len(cells))):
            kept, cell.children = cell.children, [turned(cell.text())]
            missed += [] if whole.wrong_table(table) else [(table.parent.attrs["aria-label"][:40], cell.text())]
            cell.children = kept
    assert missed == []


def test_nearly_every_number_that_is_changed_elsewhere_is_caught(whole):
    order, missed, tried = random.Random(5), [], 0  # noqa: S311
    held = [
        (p, at, token)
        for p in whole.pieces
        if p.kind in ("prose", "drawn", "spoken") and not p.node.above(lambda n: n.tag == "table")
        for at, token in numbers(p.text)
    ]
    for piece, at, token in order.sample(held, 400):
        text, node = piece.text, piece.node
        changed = text[:at] + turned(token) + text[at + len(token) :]
        tried += 1
        missed += [] if whole.notices(piece, changed) else [(piece.section, piece.kind, text[:60], token, turned(token))]
        assert (piece.text, piece.node) == (text, node)
    assert len(missed) / tried <= 0.12, missed  # the rest are such that another line of the page has them too


def test_a_letter_that_is_changed_in_a_quote_is_always_caught(whole):
    quotes = [p for p in whole.pieces if p.kind in ("quote", "sentence")]
    for piece in random.Random(7).sample(quotes, 40):  # noqa: S311
        kept, piece.text = piece.text, piece.text.replace("e", "a", 1)
        node, children = piece.node, piece.node.children
        node.children = [c.replace("e", "a", 1) if isinstance(c, str) else c for c in children] if piece.kind == "sentence" else children
        assert whole.wrong_quotes(), kept
        piece.text, node.children = kept, children
