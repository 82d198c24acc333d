"""Every error rate the tool publishes is measured again: quickly in the normal run, in full by `-m slow`."""

import pytest
from all_cells import CELLS, REAL
from real_cells import CORPORA

REAL_MARKS = [pytest.mark.shared, pytest.mark.skipif(not CORPORA.exists(), reason="the real corpora are not beside the checkout")]
ALL = [pytest.param(cell, id=cell.id, marks=REAL_MARKS if cell.id in REAL else []) for cell in CELLS]


@pytest.mark.parametrize("cell", ALL)
def test_the_rate_lies_where_it_must(cell):
    assert cell.problems(cell.measure(full=False)) == []


@pytest.mark.slow
@pytest.mark.parametrize("cell", ALL)
def test_the_rate_measured_in_full_lies_where_it_must(cell):
    assert cell.problems(cell.measure(full=True)) == []
