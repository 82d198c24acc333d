from collections import defaultdict

import pytest

from tracker.tasks.check import check
from tracker.tasks.doctor import doctor
from tracker.tasks.export import export
from tracker.tasks.report import report

STEPS = {
    "report": {"reading speeches", "measuring themes", "cutting passages", "measuring topics", "finding phrases", "drawing charts", "writing files"},
    "check": {"looking at whose words they are"},
    "doctor": {"reading texts", "reading speeches"},
    "export": {"writing speeches"},
}


@pytest.fixture
def told():
    """What was said of each step: (done, total) in order."""
    return defaultdict(list)


@pytest.mark.parametrize("command", STEPS)
def test_every_long_step_is_followed_to_its_end(command, planted, told, tmp_path):
    workspace = planted(6, 6)

    def progress(step, done, total):
        told[step].append((done, total))

    if command == "report":
        report(workspace, progress=progress)
    elif command == "export":
        export(workspace, tmp_path / "all.jsonl", progress=progress)
    else:
        {"check": check, "doctor": doctor}[command](workspace, progress=progress)
    assert set(told) >= STEPS[command]
    for steps in told.values():
        done, total = steps[-1]
        assert done == total > 0
        assert all(0 <= one <= of for one, of in steps)


def test_nothing_is_told_when_nobody_asks(planted):
    assert check(planted(3, 3)) == check(planted(3, 3), progress=None)
