"""No room left: a clear error, exit 1, no traceback, and a corpus that is whole and can be completed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.store.integrity import examine
from tracker.tasks.add import add
from tracker.tasks.corpus import list_speeches
from tracker.tasks.export import export
from tracker.tasks.workspace import Workspace, init

ROOT = Path(__file__).resolve().parents[2]
ROWS = 600
RUN = "from tracker.cli.app import main\nsys.exit(main(sys.argv[2:]))"
# The first word of the command line is the limit: bytes that a file may have, or pages that the corpus may have.
SMALL_FILES = f"import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)\n{RUN}"
FEW_PAGES = f"""
import sys
from tracker.store import disk, opening
made = disk.connect
def connect(path):
    connection = made(path)
    connection.execute(f"PRAGMA max_page_count = {{sys.argv[1]}}")
    return connection
opening.connect = connect
{RUN}
"""
REFUSED = {SMALL_FILES: "the disk of `{0}` refused to read or write", FEW_PAGES: "no room left on the disk of `{0}`"}
NEEDS_LIMITS = pytest.mark.skipif(sys.platform == "win32", reason="this system has no limits on the size of files")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "speeches.jsonl"
    rows = [{"id": f"s{n:04}", "date": "2022-03-08", "text": f"We mend the sea wall of town {n}, and the quay behind it. " * 6} for n in range(ROWS)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def ran(program, limit, *words):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", program, str(limit), *map(str, words)], env=environment, capture_output=True, text=True, check=False)


@NEEDS_LIMITS
@pytest.mark.parametrize(("program", "limit"), [(SMALL_FILES, 10_000), (SMALL_FILES, 700_000), (FEW_PAGES, 120)])
def test_a_disk_that_is_full_is_a_clear_error_and_what_was_added_stays_whole(table, tmp_path, program, limit):
    folder = init(tmp_path / "w", themes="none").path
    said = ran(program, limit, "add", table, "--quiet", "--workspace", folder)
    assert said.returncode == 1
    assert said.stderr.startswith(f"error: {REFUSED[program].format(folder / 'corpus.db')}\n")
    assert "every speech added before is whole; make room and run the command again to add the rest" in said.stderr
    assert said.stderr.endswith(f"\n\nhint: df -h {folder}\n")
    assert "Traceback" not in said.stderr + said.stdout
    assert examine(folder / "corpus.db") == ()
    held = Workspace(folder)
    before = len(list_speeches(held))
    assert before < ROWS
    assert before % 200 == 0  # whole batches
    result = add(held, [str(table)])
    assert (len(result.added), len(result.unchanged)) == (ROWS - before, before)


@NEEDS_LIMITS
def test_an_export_that_finds_no_room_says_so_and_leaves_no_half_a_file(table, tmp_path):
    workspace = init(tmp_path / "w", themes="none")
    add(workspace, [str(table)])
    said = ran(SMALL_FILES, 40_000, "export", "--output", tmp_path / "all.csv", "--workspace", workspace.path)
    assert said.returncode == 1
    assert said.stderr == f"error: cannot write `{tmp_path / 'all.csv'}`: File too large\n\nhint: df -h {tmp_path}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["speeches.jsonl", "w"]
    assert export(workspace, tmp_path / "all.csv").speeches == ROWS


@NEEDS_LIMITS
def test_a_corpus_of_an_older_version_stays_as_it_is_when_there_is_no_room_for_its_backup(table, tmp_path):
    workspace = init(tmp_path / "w", themes="none")
    add(workspace, [str(table)])
    workspace.store.close()
    import sqlite3

    with sqlite3.connect(workspace.corpus_path) as db:
        db.execute("PRAGMA user_version = 1")
        db.execute("PRAGMA journal_mode = DELETE")
    db.close()
    before = workspace.corpus_path.read_bytes()
    said = ran(SMALL_FILES, 100_000, "list", "--workspace", workspace.path)
    assert (said.returncode, said.stdout) == (1, "")
    assert "refused to read or write" in said.stderr
    assert workspace.corpus_path.read_bytes() == before
    assert [path.name for path in workspace.path.glob("corpus.db*")] == ["corpus.db"]
