"""The command line as a user has it: a folder of its own, what it said, and whether the corpus is as it was."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tracker.cli.app import main
from tracker.errors import TrackerError
from tracker.store import open_store

ROADS = "---\ndate: 2022-03-04\nspeaker: Ada Moss\ntitle: On roads\n---\nThe road is long and the bridge is open. We shall build more roads for growth.\n"
SCHOOLS = (
    "---\ndate: 2023-05-06\nspeaker: Ada Moss\ntitle: On schools\n---\nThe school is open. Our teachers teach innovation and technology to the children.\n"
)
ROADS_ID, SCHOOLS_ID = "be4980ab6444", "f7b2715bbc54"


@dataclass(frozen=True)
class Said:
    """What a command answered, the temporary folder written as HERE."""

    code: int
    out: str
    err: str


def fingerprint(folder):
    """The corpus hash; the bytes of the file where it is no corpus; None where there is none."""
    path = folder / "corpus.db"
    if not path.is_file():
        return None
    try:
        store = open_store(path)
        try:
            return store.hash()
        finally:
            store.close()
    except TrackerError:
        return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder, made the current one, with no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def tracker(here, capsys):
    """Run `tracker ARGV...` and return what it said."""

    def run(*argv):
        capsys.readouterr()
        code = main(list(argv))
        told = capsys.readouterr()
        return Said(code, *(text.replace(str(here), "HERE") for text in told))

    return run


@pytest.fixture
def refused(here, tracker):
    """Assert that a command ends with this code and exactly this text on stderr, and leaves the corpus as it was."""

    def check(argv, text, code=1):
        before = fingerprint(here)
        said = tracker(*argv)
        assert said.err == text.lstrip("\n")
        assert (said.code, said.out) == (code, "")
        assert fingerprint(here) == before

    return check


@pytest.fixture
def corpus(here, tracker):
    """A workspace of two speeches, `a.md` of 2022 and `b.md` of 2023."""
    Path("a.md").write_text(ROADS, encoding="utf-8")
    Path("b.md").write_text(SCHOOLS, encoding="utf-8")
    assert tracker("add", "a.md", "b.md").code == 0
    return here


@pytest.fixture
def empty(here, tracker):
    """A workspace without a speech."""
    assert tracker("init").code == 0
    return here
