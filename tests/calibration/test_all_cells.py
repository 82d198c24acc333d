"""Every error rate the tool publishes is measured again: quickly in the normal run, in full by `-m slow`."""

import pytest
from all_cells import CELLS


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.id)
def test_the_rate_lies_where_it_must(cell):
    assert cell.problems(cell.measure(full=False)) == []


@pytest.mark.slow
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.id)
def test_the_rate_measured_in_full_lies_where_it_must(cell):
    assert cell.problems(cell.measure(full=True)) == []
