"""A corpus, a disk, a model or a report that is not as it should be; a command that is stopped: nothing is lost, and what happened is said.

A read-only folder and a full disk are simulated on the connection, by SQLite's own `query_only` and `max_page_count`: the tests may run
as root, whom permissions do not stop.
"""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import tracker.store.disk as store_module
from tracker.errors import TrackerError
from tracker.store import VERSION, open_store
from tracker.store.integrity import examine
from tracker.tasks import add as add_module
from tracker.tasks.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (["list"], ["add", "a.md"], ["compare", "2022", "2023"], ["check"])
ASIDE = (
    "  nothing in it was changed; with the file out of the way, `tracker add SOURCE` begins a new corpus\n\nhint: mv HERE/corpus.db HERE/corpus.db.damaged\n"
)


def whole_file():
    """The bytes of the corpus as one file, its log written into it."""
    with closing(sqlite3.connect("corpus.db")) as held:
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = Path("corpus.db").read_bytes()
    for file in Path().glob("corpus.db*"):
        file.unlink()
    return data


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda _: b"\x8f\x11 no database" * 700, "file is not a database"),
        (lambda _: b"", "it is empty: 0 bytes"),
    ],
)
def test_what_is_no_corpus_any_more_is_left_as_it_is_and_put_aside_by_the_command_shown(corpus, tracker, refused, damage, found):
    Path("corpus.db").write_bytes(damage(whole_file()))
    before = Path("corpus.db").read_bytes()
    for command in COMMANDS:
        refused(command, f"error: `corpus.db` is damaged or is not a corpus of tracker\n  {found}\n{ASIDE}")
    assert Path("corpus.db").read_bytes() == before
    Path("corpus.db").rename("corpus.db.damaged")
    assert tracker("add", "a.md", "b.md").code == 0


REPAIR = "  a copy is made before anything is repaired\n\nhint: tracker doctor --repair\n"


@pytest.mark.parametrize("share", [2, 1_000_000])
def test_a_corpus_that_was_cut_off_is_left_as_it_is_until_it_is_repaired_or_put_aside(corpus, tracker, refused, share):
    data = whole_file()
    Path("corpus.db").write_bytes(data[: max(100, len(data) // share)])
    before = Path("corpus.db").read_bytes()
    for command in COMMANDS:
        refused(command, f"error: `corpus.db` is damaged\n  database disk image is malformed\n{REPAIR}")
    assert Path("corpus.db").read_bytes() == before
    said = tracker("doctor", "--repair")
    assert said.code in (0, 1)
    assert said.code == 0 or "hint: mv " in said.err or "mv " in said.out
    assert before in [path.read_bytes() for path in Path().glob("corpus.db*")]  # as it was: itself, or the copy
    for path in Path().glob("corpus.db*"):
        path.rename(f"{path}.damaged")
    assert tracker("add", "a.md", "b.md").code == 0


def test_a_text_that_was_changed_by_another_program_is_never_read_as_the_one_that_was_added(corpus, tracker, refused):
    Path("corpus.db").write_bytes(whole_file().replace(b"We shall build more roads", b"We shall build less roads"))
    found = "a row cannot be read: the text of `be4980ab6444` is not the one that was added"
    for command in (["show", "be4980ab6444"], ["compare", "2022", "2023"], ["report"]):
        refused(command, f"error: `corpus.db` is damaged\n  {found}\n{REPAIR}")
    assert tracker("doctor").code == 1
    assert tracker("doctor", "--repair").code == 0
    assert tracker("show", "be4980ab6444").code == 1
    assert tracker("add", "a.md", "b.md").code == 0
    assert tracker("show", "be4980ab6444").code == 0


@pytest.mark.parametrize(("column", "value"), [("event_date", "soon"), ("candidates", "{"), ("tags", "[1]"), ("inferred", "7")])
def test_a_row_changed_by_another_program_is_an_error_until_it_is_repaired(corpus, tracker, column, value):
    with closing(sqlite3.connect("corpus.db")) as held, held:
        held.execute(f"UPDATE speeches SET {column} = ?", (value,))
    for command in (["show", "be4980ab6444"], ["compare", "2022", "2023"], ["report"]):
        said = tracker(*command)
        assert said.code == 1
        assert said.err.startswith("error: `corpus.db` is damaged\n  a row cannot be read: ")
        assert said.err.endswith(REPAIR)
    assert tracker("doctor", "--repair").code == 0
    assert tracker("show", "be4980ab6444").code == 0


def made_by(statement):
    whole_file()
    with closing(sqlite3.connect("corpus.db")) as other, other:
        other.execute("CREATE TABLE birds (name TEXT)")
        other.execute(statement)


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("INSERT INTO birds VALUES ('wren')", "`corpus.db` is a database of another program\n\nhint: tracker init another-folder\n"),
        ("PRAGMA user_version = 1", f"`corpus.db` is damaged or is not a corpus of tracker\n  no such table: speeches\n{ASIDE}"),
        (
            "PRAGMA user_version = 9",
            f"`corpus.db` was written by a newer tracker (format 9; this one reads up to {VERSION})\n\nhint: pip install --upgrade speech-theme-tracker\n",
        ),
    ],
)
def test_a_database_of_another_program_or_of_a_newer_version_is_never_touched(corpus, refused, statement, text):
    made_by(statement)
    before = Path("corpus.db").read_bytes()
    for command in COMMANDS:
        refused(command, f"error: {text}")
    assert Path("corpus.db").read_bytes() == before


def test_a_folder_called_corpus_db_is_no_corpus(corpus, refused):
    whole_file()
    Path("corpus.db").mkdir()
    for command in COMMANDS:
        refused(command, "error: `HERE/corpus.db` is not a file\n\nhint: mv HERE/corpus.db HERE/corpus.db.damaged\n")


def test_a_missing_corpus_is_made_anew_by_the_command_shown(corpus, tracker, refused):
    whole_file()
    refused(["list"], "error: no corpus in `HERE`\n\nhint: tracker add SOURCE\n")
    assert tracker("add", "a.md", "b.md").code == 0


@pytest.fixture
def connections(monkeypatch):
    """Let a test prepare every connection that the store opens: `connections("PRAGMA query_only = ON")`."""
    connect = sqlite3.connect

    def prepare(*pragmas):
        def opened(*args, **kwargs):
            held = connect(*args, **kwargs)
            for pragma in pragmas:
                held.execute(pragma)
            return held

        monkeypatch.setattr(store_module.sqlite3, "connect", opened)

    yield prepare
    monkeypatch.setattr(store_module.sqlite3, "connect", connect)


def test_a_corpus_that_cannot_be_written_can_still_be_read(corpus, tracker, refused, connections):
    connections("PRAGMA query_only = ON")
    text = "error: cannot write `HERE/corpus.db`\n  attempt to write a readonly database\n\nhint: chmod u+w HERE HERE/corpus.db\n"
    refused(["add", "a.md", "--title", "Other"], text)
    refused(["remove", "be4980ab6444"], text)
    refused(["set", "be4980ab6444", "title=Other"], text)
    assert tracker("list").code == 0


def test_a_full_disk_loses_nothing_that_was_added_before(corpus, refused, connections):
    Path("long.txt").write_text("We begin the work of the day. " * 20_000, encoding="utf-8")
    pages = sqlite3.connect("corpus.db").execute("PRAGMA page_count").fetchone()[0]
    connections(f"PRAGMA max_page_count = {pages + 2}")
    whole = "every speech added before is whole; make room and run the command again to add the rest"
    refused(["add", "long.txt"], f"error: no room left on the disk of `HERE/corpus.db`\n  {whole}\n\nhint: df -h HERE\n")


def test_a_corpus_that_another_process_writes_to_is_waited_for_and_then_said(corpus, tracker, refused, monkeypatch):
    monkeypatch.setattr(store_module, "LOCK_SECONDS", 0.05)
    waited = "  waited 0.05 seconds; run the command again when that process is done\n\nhint: lsof HERE/corpus.db\n"
    with closing(sqlite3.connect("corpus.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(["add", "a.md", "--title", "Other"], f"error: another process is writing to `corpus.db`\n{waited}")
        assert tracker("list").code == 0
    assert tracker("add", "a.md", "--title", "Other").code == 0


@pytest.fixture
def six(here):
    """A folder of six speeches, and what the corpus is when all of them are added at once."""
    Path("texts").mkdir()
    for number in range(6):
        Path(f"texts/2021-0{number + 1}-01.txt").write_text(f"We begin the work of month {number} and we go on with it.", encoding="utf-8")
    return here


def added_at_once(here, tracker):
    """The hash of a corpus to which everything was added without a break."""
    Path("other").mkdir()
    shutil.copytree("texts", "other/texts")
    os.chdir("other")
    assert tracker("init").code == 0
    assert tracker("add", "texts").code == 0
    told = open_workspace(".").store.hash()
    os.chdir(here)
    return told


def test_an_interrupted_add_keeps_whole_batches_and_is_completed_by_the_command_shown(six, tracker, monkeypatch):
    monkeypatch.setattr(add_module, "BATCH", 2)
    take, taken = add_module._Taken.take, []

    def interrupted(self, item):
        taken.append(item)
        if len(taken) == 4:
            raise KeyboardInterrupt
        take(self, item)

    with monkeypatch.context() as patch:
        patch.setattr(add_module._Taken, "take", interrupted)
        said = tracker("add", "texts")
    assert (said.code, said.out) == (130, "")
    assert said.err == "made a workspace in HERE\nerror: stopped\n  what was written before is whole\n\nhint: tracker add texts\n"
    assert [s.key for s in open_workspace(".").store.speeches()] == ["2021-01-01.txt", "2021-02-01.txt"]
    assert tracker("add", "texts").code == 0
    assert open_workspace(".").store.hash() == added_at_once(six, tracker)


KILLED = """
import os, signal, sys
from tracker.cli.app import main
from tracker.tasks import add
add.BATCH = 2
take, taken = add._Taken.take, []
def killed(self, item):
    taken.append(item)
    take(self, item)
    if len(taken) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
add._Taken.take = killed
main(["add", "texts"])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize(("at", "kept"), [(1, 0), (4, 2), (5, 4)])
def test_an_add_that_is_killed_leaves_every_speech_whole_or_absent(six, tracker, at, kept):
    done = subprocess.run([sys.executable, "-c", KILLED, str(at)], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    held = open_workspace(".").store.speeches()
    assert [(s.key, s.text) for s in held] == [(p.name, p.read_text()) for p in sorted(Path("texts").iterdir())[:kept]]
    assert tracker("add", "texts").code == 0
    assert open_workspace(".").store.hash() == added_at_once(six, tracker)


def test_a_dry_run_that_fails_leaves_nothing(here, tracker):
    Path("u.txt").write_text("We begin the work of the day.", encoding="utf-8")
    said = tracker("add", "u.txt", "--dry-run", "--strict")
    assert (said.code, [p.name for p in here.iterdir()]) == (1, ["u.txt"])


def test_the_port_of_another_program_is_not_taken(corpus, refused):
    Path("reports/20240101T000000-aaaaaaaa").mkdir(parents=True)
    Path("reports/20240101T000000-aaaaaaaa/index.html").write_text("<p>", encoding="utf-8")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused(["view", "--port", str(port), "--no-browser"], f"error: cannot listen on port {port}: Address already in use\n\nhint: tracker view --port 0\n")


def test_an_unknown_report_names_those_there_are(corpus, refused):
    for run in ("20240101T000000-aaaaaaaa", "20240202T000000-bbbbbbbb"):
        Path("reports", run).mkdir(parents=True)
        Path("reports", run, "index.html").write_text("<p>", encoding="utf-8")
    names = "  20240202T000000-bbbbbbbb\n  20240101T000000-aaaaaaaa\n\nhint: tracker view 20240202T000000-bbbbbbbb\n"
    refused(["view", "nosuch"], f"error: no report `nosuch`\n{names}")
    refused(["view", "2024"], f"error: 2 reports `2024`\n{names}")


def test_a_file_in_place_of_the_reports_is_an_error(corpus, refused):
    Path("reports").write_text("x", encoding="utf-8")
    refused(["view"], "error: no report in `HERE/reports`\n\nhint: tracker report\n")


PLACES = ("road", "bridge", "school", "river", "market", "farm", "mill", "port")
SIDES = ("north", "south", "east", "west", "field", "stone", "water", "light")


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """A workspace with fitted topics."""
    folder = tmp_path_factory.mktemp("fitted")
    before = Path.cwd()
    os.chdir(folder)
    try:
        for year, places in (("2022", PLACES), ("2023", PLACES[::-1])):
            told = "were built by" if year == "2022" else "belong to"
            text = " ".join(f"The {a} of the harbour and the {b} of the mountain {told} the {a} {b} workers." for a in places for b in SIDES)
            Path(f"{year}-03-04.txt").write_text(text, encoding="utf-8")
        from tracker.cli.app import main

        assert main(["add", ".", "--quiet"]) == 0
        Path("tracker.toml").write_text('[topics]\nengine = "nmf"\ntopics = 2\nrefits = 2\n', encoding="utf-8")
        assert main(["fit", "--quiet"]) == 0
    finally:
        os.chdir(before)
    return folder


@pytest.fixture
def with_topics(fitted, here):
    shutil.copytree(fitted, here, dirs_exist_ok=True)
    return json.loads(Path("models/current.json").read_text(encoding="utf-8"))["model"]


CURRENT = "`models/current.json` is damaged\n  it must name a model, its corpus and its speeches, as `tracker fit` writes it\n\nhint: tracker fit\n"


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff\xfe", b'{"model": 3, "corpus": "x", "speeches": 4}'])
def test_a_damaged_note_of_the_current_model_is_mended_by_a_new_fit(with_topics, tracker, refused, data):
    Path("models/current.json").write_bytes(data)
    refused(["topics"], f"error: {CURRENT}")
    refused(["report"], f"error: {CURRENT}")
    if data == b"{":
        assert tracker("fit").code == 0
        assert tracker("topics").code == 0


@pytest.mark.parametrize(
    ("file", "data", "text"),
    [
        ("arrays.npz", b"PK", "the topic model in `HERE/models/MODEL` is damaged\n  arrays.npz is not the file that was written"),
        (
            "model.json",
            b"{",
            "the topic model in `HERE/models/MODEL` is damaged\n  Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        ),
        ("model.json", None, "no topic model in `HERE/models/MODEL`\n  missing: model.json"),
    ],
)
def test_a_damaged_model_is_an_error_with_the_command_that_mends_it(with_topics, refused, file, data, text):
    path = Path("models", with_topics, file)
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    refused(["topics"], f"error: {text.replace('MODEL', with_topics)}\n\nhint: tracker fit\n")


def test_text_of_another_speech_under_an_id_is_never_shown_as_its_own(corpus):
    with closing(sqlite3.connect("corpus.db")) as held, held:
        held.execute("UPDATE texts SET text = 'Something else.' WHERE id = 'be4980ab6444'")
    with pytest.raises(TrackerError), closing(open_store(Path("corpus.db"))) as store:
        store.get("be4980ab6444")


def test_a_disk_that_is_full_leaves_the_corpus_sound_and_the_rest_can_be_added_later(here, tracker, connections, monkeypatch):
    Path("texts").mkdir()
    for number in range(40):
        Path(f"texts/2021-01-{number % 28 + 1:02}-{number}.txt").write_text(f"We begin work {number} of the day. " * 200, encoding="utf-8")
    monkeypatch.setattr(add_module, "BATCH", 4)
    assert tracker("init").code == 0
    with closing(sqlite3.connect("corpus.db")) as held:
        pages = held.execute("PRAGMA page_count").fetchone()[0]
    with monkeypatch.context():
        connections(f"PRAGMA max_page_count = {pages + 60}")
        said = tracker("add", "texts")
        assert (said.code, said.err.splitlines()[0]) == (1, "error: no room left on the disk of `HERE/corpus.db`")
    monkeypatch.undo()
    os.chdir(here)
    kept = open_workspace(here).store.speeches()
    assert 0 < len(kept) < 40
    assert all(s.text == Path("texts", s.key).read_text(encoding="utf-8") for s in kept)
    assert examine(here / "corpus.db") == ()
    assert tracker("add", "texts").code == 0
    assert open_workspace(here).store.hash() == added_at_once(here, tracker)
