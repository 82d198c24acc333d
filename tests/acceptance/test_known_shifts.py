"""Shifts that history documents, found in the real corpora that lie beside the checkout."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SHIFTS = CHECKOUT / "../shared/checks/shifts.py"
pytestmark = [pytest.mark.shared, pytest.mark.slow, pytest.mark.skipif(not SHIFTS.is_file(), reason="no ../shared/checks beside the checkout")]


@pytest.mark.parametrize("corpus", ["inaugural", "fomc_statements"])
def test_every_documented_shift_of_a_corpus_is_found_and_none_where_none_is_documented(corpus):
    command = [sys.executable, str(SHIFTS), "--only", corpus, "--tracker", f"{sys.executable} -m tracker"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(CHECKOUT)})
    assert done.returncode == 0, done.stdout + done.stderr
    held, total = re.search(r"^(\d+) of (\d+) rows hold$", done.stdout, re.MULTILINE).groups()
    assert held == total != "0"
