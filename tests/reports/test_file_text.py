"""report.json goes by line by line: the same values, in lines that can be read."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.findings.rows import Made
from tracker.reports.json import LINE, FileText

LEAVES = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=400)
VALUES = st.recursive(LEAVES, lambda held: st.lists(held, max_size=9) | st.dictionaries(st.text(max_size=9), held, max_size=9), max_leaves=60)


def eight_digits(value):
    if isinstance(value, dict):
        return {name: eight_digits(held) for name, held in value.items()}
    if isinstance(value, list):
        return [eight_digits(held) for held in value]
    return float(f"{value:.8g}") if isinstance(value, float) else value


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_the_values_are_those_given_to_eight_digits(value):
    text = str(FileText(value))
    assert json.loads(text) == eight_digits(value)
    assert text.endswith("\n")


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_what_fits_in_one_line_stands_in_one(value):
    compact = json.dumps(eight_digits(value), ensure_ascii=False, separators=(",", ":"))
    lines = str(FileText(value)).splitlines() if compact.isprintable() else None
    if lines is not None and len(compact) <= LINE:
        assert lines == [compact]


def test_rows_that_are_made_when_asked_for_are_written_as_if_they_were_there():
    rows = [{"id": number, "text": "x" * (number % 90)} for number in range(500)]
    assert str(FileText({"rows": Made(lambda: iter(rows), len(rows)), "n": 1})) == str(FileText({"rows": rows, "n": 1}))


def test_a_number_that_is_none_fails_loudly():
    with pytest.raises(ValueError, match="JSON"):
        str(FileText([float("nan")]))
