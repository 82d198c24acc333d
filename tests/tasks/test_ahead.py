import json
import os
import signal

import pytest

from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.tasks import add as module
from tracker.tasks import ahead as ahead_module
from tracker.tasks.add import add
from tracker.tasks.ahead import Ahead
from tracker.tasks.corpus import detected
from tracker.tasks.workspace import init
from tracker.twin import can_run

TEXTS = {
    "own": "We thank you, my friends, for the long way that you came to us.",
    "told": "Premier Alva Brandt said the port will open. She said that it was late.",
    "de": "Wir danken euch, meine Freunde, für den langen Weg, den ihr zu uns gekommen seid.",
    "half": "We hold one half of a sign: \ud83d, and no more of it.",
    "nul": "We go on\0 and on.",
}
SPEECHES = [Speech(key, text, speaker="Alva Brandt", inferred=("kind", "language")) for key, text in TEXTS.items()]
TWO_CORES = pytest.mark.skipif(not can_run(), reason="a second process is started on two cores only")


@pytest.fixture
def ahead():
    made = Ahead(Recipe())
    yield made
    made.close()


@pytest.fixture
def table(tmp_path):
    rows = [{"id": f"r{n:02}", "date": "2022-03-08", "text": TEXTS[list(TEXTS)[n % 3]] + f" Line {n}.", "lang": "ja" if n == 17 else ""} for n in range(40)]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(tmp_path / "t.jsonl")


@TWO_CORES
def test_the_other_process_finds_what_this_one_would(ahead, monkeypatch):
    expected = [detected(speech, Recipe()) for speech in SPEECHES]
    ahead.ask(SPEECHES)
    ahead.ask([])
    monkeypatch.setattr(ahead_module, "detected", None)  # nothing is worked out here
    assert [ahead.detected(speech) for speech in SPEECHES] == expected


@TWO_CORES
def test_a_speech_that_was_not_asked_for_is_worked_out_here(ahead):
    ahead.ask(SPEECHES[:1])
    ahead.ask([])
    assert ahead.detected(SPEECHES[1]).kind == "readout"
    assert ahead.detected(Speech("x", TEXTS["told"], kind="article", language="en")).kind == "article"


@TWO_CORES
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_when_the_other_process_is_killed_the_work_goes_on_here(ahead):
    ahead.ask(SPEECHES)
    process = ahead._twin._process
    os.kill(process.pid, signal.SIGKILL)
    ahead.ask(SPEECHES)
    assert [ahead.detected(speech) for speech in SPEECHES] == [detected(speech, Recipe()) for speech in SPEECHES]
    assert process.returncode is not None


def corpus(folder, table, **said):
    workspace = init(folder, themes="none")
    result = add(workspace, [table], **said)
    return workspace.store.hash(), [row.id for row in result.added], [(s.reason, s.hint) for s in result.skipped]


@pytest.mark.parametrize("said", [{}, {"speaker": "Alva Brandt", "kind": "readout"}, {"language": "de"}])
def test_one_process_and_two_make_the_same_corpus(table, tmp_path, monkeypatch, said):
    monkeypatch.setattr(module, "BATCH", 7)
    two = corpus(tmp_path / "two", table, **said)
    monkeypatch.setattr(ahead_module, "can_run", lambda: False)
    assert two == corpus(tmp_path / "one", table, **said)
    assert len(two[2]) == (0 if "language" in said else 1)


@pytest.mark.parametrize("batch", [200, 40])
def test_a_few_speeches_need_no_other_process(table, tmp_path, monkeypatch, batch):
    monkeypatch.setattr(module, "BATCH", batch)
    monkeypatch.setattr(ahead_module, "Twin", None)
    assert len(corpus(tmp_path / "w", table)[1]) == 39
