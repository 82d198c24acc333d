"""Several processes at one corpus, and processes that die: every speech is whole or absent, nothing stands twice."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tracker.store import open_store
from tracker.store.integrity import examine
from tracker.tasks.doctor import doctor
from tracker.tasks.workspace import Workspace, init

ROOT = Path(__file__).resolve().parents[2]
AFRESH = 0.4  # of the kills, after which a new corpus is begun
ADD = "import sys\nfrom tracker.cli.app import main\nsys.exit(main(['add', '--quiet', '--workspace', *sys.argv[1:]]))"
IN_SMALL_BATCHES = f"from tracker.tasks import add\nadd.BATCH = 10\n{ADD}"
WORDS = ["harbour", "ferry", "orchard", "bridge", "school", "winter", "storm", "council", "river", "market", "engine", "window", "garden", "letter", "island"]
NEEDS_KILL = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")


def started(program, *words):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", program, *map(str, words)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finished(process, code=0):
    _, said = process.communicate(timeout=500)
    assert process.returncode == code, said


def write_table(path, numbers):
    """A table of short speeches, one for each number, the same whenever it is written."""
    rows = []
    for number in numbers:
        chance = random.Random(number)  # noqa: S311 - the same every time
        text = " ".join(f"We will mend the {chance.choice(WORDS)} and the {chance.choice(WORDS)} of town {number}." for _ in range(3))
        rows.append(f'{{"id": "s{number:05}", "date": "20{number % 20 + 4:02}-0{number % 9 + 1}-11", "speaker": "Speaker {number % 7}", "text": "{text}"}}\n')
    path.write_text("".join(rows), encoding="utf-8")


def state(folder):
    """What a corpus is: its hash, its keys and what was grouped."""
    store = open_store(folder / "corpus.db")
    try:
        return store.hash(), [s.key for s in store.listed()], store.groupings().held()
    finally:
        store.close()


def workspace(folder):
    return init(folder, themes="none").path


def test_two_adds_of_overlapping_folders_at_once_give_the_union_and_nothing_twice(tmp_path):
    for name, numbers in (("one", range(100)), ("two", range(50, 150))):
        (tmp_path / name).mkdir()
        write_table(tmp_path / name / "speeches.jsonl", numbers)
    alone, both = workspace(tmp_path / "alone"), workspace(tmp_path / "both")
    for source in ("one", "two"):
        finished(started(ADD, alone, tmp_path / source))
    together = [started(IN_SMALL_BATCHES, both, tmp_path / source) for source in ("one", "two")]
    for process in together:
        finished(process)
    assert sorted(state(both)[1]) == sorted(state(alone)[1]) == [f"s{n:05}" for n in range(150)]
    assert examine(both / "corpus.db") == ()


def test_two_processes_that_make_one_corpus_at_once_both_find_it_whole(tmp_path):
    program = "import sys\nfrom pathlib import Path\nfrom tracker.store import open_store\nopen_store(Path(sys.argv[1]), create=True).close()"
    for turn in range(3):
        path = tmp_path / f"{turn}.db"
        together = [started(program, path) for _ in range(3)]
        for process in together:
            finished(process)
        assert examine(path) == ()


def test_a_corpus_that_another_process_is_about_to_write_is_waited_for(tmp_path):
    path = tmp_path / "corpus.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, other.execute, ("COMMIT",))
        release.start()
        open_store(path, create=True).close()
        release.join()
    assert examine(path) == ()


def test_readers_see_the_corpus_before_or_after_a_batch_and_never_wait(tmp_path):
    folder = workspace(tmp_path / "w")
    table = tmp_path / "speeches.jsonl"
    write_table(table, range(200))
    process = started(IN_SMALL_BATCHES, folder, table)
    seen = set()
    while process.poll() is None:
        store = open_store(folder / "corpus.db")
        begun = time.monotonic()
        seen.add(len(store.speeches()))
        assert time.monotonic() - begun < 20
        store.close()
    finished(process)
    assert all(number % 10 == 0 for number in seen)
    assert len(state(folder)[1]) == 200


def killed_and_resumed(tmp_path, numbers, kills, program=ADD):
    """Kill `add` at random moments, look at what is left, and start it again until it comes to its end; then begin a new corpus.

    Returns:
        How many speeches the corpus held after each kill.
    """
    table, folder = tmp_path / "speeches.jsonl", tmp_path / "killed"
    write_table(table, numbers)
    whole = workspace(tmp_path / "whole")
    begun = time.monotonic()
    finished(started(program, whole, table))
    takes = time.monotonic() - begun
    expected, texts = state(whole), {s.key: s.text for s in Workspace(whole).store.each()}
    chance = random.Random(5000)  # noqa: S311 - the same moments every time
    left = []
    while len(left) < kills or folder.exists():
        if not folder.exists():
            workspace(folder)
        process = started(program, folder, table)
        if len(left) < kills:
            wait_for(process, folder, chance.randint(min(stored(folder), len(numbers) - 1), len(numbers) - 1))
            time.sleep(chance.uniform(0, takes / 20))  # somewhere in the work that follows
        else:
            process.wait()
        if process.poll() is not None:
            finished(process)
            assert state(folder) == expected
            shutil.rmtree(folder)
            continue
        process.kill()
        process.wait()
        process.stderr.close()
        held = {s.key: s.text for s in Workspace(folder).store.each()}
        assert held.items() <= texts.items()
        left.append(len(held))
        assert doctor(Workspace(folder)).wrong == 0
        if len(left) < kills and chance.random() < AFRESH:
            shutil.rmtree(folder)  # most of a resumed run goes over what is there already: without this few moments differ
    return left


def wait_for(process, folder, number):
    """Wait until a process has stored so many speeches, or has come to its end; not by the clock, which a busy machine stretches."""
    while process.poll() is None and stored(folder) < number:
        time.sleep(0.02)


def stored(folder):
    """How many speeches a corpus holds, without the store's own reader."""
    with closing(sqlite3.connect(f"file:{folder / 'corpus.db'}?mode=ro", uri=True)) as db:
        return db.execute("SELECT count(*) FROM speeches").fetchone()[0]


@NEEDS_KILL
def test_an_add_killed_at_random_moments_leaves_a_sound_corpus_and_can_be_finished(tmp_path):
    killed_and_resumed(tmp_path, range(150), 3, IN_SMALL_BATCHES)


@NEEDS_KILL
@pytest.mark.slow
def test_a_hundred_kills_of_an_add_of_5000_speeches(tmp_path):
    left = killed_and_resumed(tmp_path, range(5000), 100)
    assert len(set(left)) > 10  # they were killed at moments that differ
    assert sum(0 < n < 5000 for n in left) > 0
