"""Speeches that broke with the past and the distance of two periods, on invented speeches with a planted break."""

import json

import numpy as np
import pytest

from tracker.errors import CorpusError
from tracker.tasks.add import add
from tracker.tasks.compare import compare
from tracker.tasks.novelty import novelty
from tracker.tasks.workspace import init

OLD = ["harbour", "ferry", "sailor", "anchor", "beacon", "lighthouse", "cargo", "captain"]
NEW = ["orchard", "apple", "blossom", "cider", "grafting", "harvest", "ladder", "basket"]
SHARED = ["river", "ledger", "bridge", "evening", "neighbour", "teacher", "window", "garden", "letter", "council", "winter", "meadow"]
BREAK = 2012


def text(words, rng, n=240):
    tokens = [str(word) for word in rng.choice([*words, *SHARED], n)]
    return "I thank you all. " + " ".join("We see the " + " and the ".join(tokens[i : i + 10]) + "." for i in range(0, n, 10))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Two speeches a year for twenty-four years; from 2012 on they speak of orchards instead of harbours."""
    made = init(tmp_path_factory.mktemp("novelty"), themes="none")
    made.themes_path.write_text('[themes.harbours]\nlabel = "Harbours"\nterms = ["harbour*"]\n', encoding="utf-8")
    rng = np.random.default_rng(3)
    rows = [
        {
            "id": f"{year}-{i}",
            "date": f"{year}-{3 + 6 * i:02d}-10",
            "speaker": "Ada Berg",
            "title": f"Address {year} {i}",
            "text": text(OLD if year < BREAK else NEW, rng),
        }
        for year in range(2000, 2024)
        for i in range(2)
    ]
    table = made.path / "speeches.jsonl"
    table.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    add(made, [str(table)])
    return made


@pytest.fixture(scope="module")
def measured(workspace):
    return novelty(workspace)


def test_the_break_is_found_where_it_is(measured):
    told = [row for row in measured.rows if row.verdict == "broke and stayed"]
    assert told
    assert max(told, key=lambda row: row.resonance).date.startswith(str(BREAK))
    assert {row.date[:4] for row in told} <= {str(year) for year in range(BREAK - 1, BREAK + 4)}


def test_the_words_of_a_break_are_its_new_ones(measured):
    best = max((row for row in measured.rows if row.resonance is not None), key=lambda row: row.resonance)
    assert set(best.words) <= {word for new in NEW for word in (new, f"{new}s")}


def test_the_first_and_the_last_speeches_have_no_numbers(measured):
    ends = [*measured.rows[: measured.window], *measured.rows[-measured.window :]]
    assert {row.verdict for row in ends} == {"not measured"}
    assert all(row.resonance is None for row in ends)
    assert [row.date for row in measured.rows] == sorted(row.date for row in measured.rows)


def test_the_same_corpus_gives_the_same_numbers(workspace, measured):
    assert novelty(workspace) == measured


def test_too_few_speeches_are_said_to_be_too_few(workspace):
    few = novelty(workspace, where="2000..2002")
    assert [w.text for w in few.warnings] == ["6 speeches are too few to say which broke with the past (15 needed)."]
    assert all(row.resonance is None for row in few.rows)


def test_an_empty_corpus_has_nothing_before_anything(tmp_path):
    with pytest.raises(CorpusError, match="no speech has a date"):
        novelty(init(tmp_path / "w", themes="none"))


def test_the_command_lists_breaks_with_their_words(workspace, run):
    told = run("novelty", "--workspace", workspace.path)
    assert told.code == 0
    assert "broke with the past, and what was new stayed" in told.out
    answer = json.loads(run("novelty", "--workspace", workspace.path, "--json").out)
    assert answer["schema"] == "tracker/novelty/1"
    assert len(answer["data"]["rows"]) == 48


def test_periods_across_the_break_lie_apart_and_those_of_one_side_do_not(workspace):
    across, within = compare(workspace, "2005..2011", "2012..2018"), compare(workspace, "2000..2005", "2006..2011")
    assert across.distance.p <= 0.05
    assert across.distance.bits.low > 0.05
    assert within.distance.p > 0.05
    assert within.distance.bits.low <= 0 <= within.distance.bits.high


def test_two_speeches_a_side_have_no_distance(workspace):
    assert compare(workspace, "2000", "2001").distance is None


def test_the_distance_stands_in_the_answer(workspace, run):
    answer = json.loads(run("compare", "2005..2011", "2012..2018", "--workspace", workspace.path, "--json").out)
    assert set(answer["data"]["distance"]) == {"jsd", "low", "high", "p", "n", "tokens", "left_out"}
    assert "distance of the words: 0." in run("compare", "2005..2011", "2012..2018", "--workspace", workspace.path).out
